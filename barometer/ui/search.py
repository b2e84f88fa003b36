"""Menus whose options the server finds while one types.

The text waits in the browser until the typing rests, the server finds, and the browser puts what
was found beside what is chosen by then (assets/22-menus.js): an answer never writes a value.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, no_update
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.ui import words
from barometer.ui.parts import Options

LEAST: Final = 2  # characters that a search is worth
Find = Callable[..., tuple[Options, Language] | None]


def stores(component: str) -> list[Component]:
    """What a page with such a menu has besides it: the text to look for, and what was found."""
    return [dcc.Store(id=_asked(component)), dcc.Store(id=_results_id(component))]


def register(
    app: Dash,
    component: str,
    find: Find,
    *,
    states: Sequence[State],
    nothing: Text = words.PLACE_NONE,
) -> None:
    """Options of a menu follow what is typed in it.

    `find` takes the text and the states, and gives options and the reader's language, or None when
    there is nothing to change. `nothing` is said when nothing is found.
    """
    app.clientside_callback(
        ClientsideFunction("menus", "rest"),
        Output(_asked(component), "data"),
        Input(component, "searchValue"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(_results_id(component), "data"),
        Input(_asked(component), "data"),
        *states,
        prevent_initial_call=True,
    )
    def answer(text: str | None, *values: Any) -> Any:
        found = find(text or "", *values)
        if found is None:
            return no_update
        options, language = found
        said = nothing if len((text or "").strip()) >= LEAST else words.PLACE_TYPE
        return {"options": options, "message": said[language]}

    app.clientside_callback(
        ClientsideFunction("menus", "offer"),
        Output(component, "data", allow_duplicate=True),
        Output(component, "nothingFoundMessage"),
        Input(_results_id(component), "data"),
        State(component, "value"),
        State(component, "data"),
        prevent_initial_call=True,
    )


def _asked(component: str) -> str:
    return f"{component}-asked"


def _results_id(component: str) -> str:
    return f"{component}-found"
