"""Pages whose address owns their state: the address and the controls say the same thing.

The address, with a changed control's value laid over it, is read as a view. Controls, title,
remarks and sections follow from the view as it was understood.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component

from barometer.divisions import Language
from barometer.store import Reader
from barometer.ui.attributes import aria
from barometer.ui.context import Context
from barometer.ui.parts import notice

StateT = TypeVar("StateT")
Property = tuple[str, str]
Resolve = Callable[[Context, Reader, str], StateT]


class Ids(Protocol):
    """The components that every such page has; a page's module `ids` is one."""

    @property
    def URL(self) -> str: ...  # noqa: N802, D102
    @property
    def ASKED(self) -> str: ...  # noqa: N802, D102
    @property
    def ANNOUNCE(self) -> str: ...  # noqa: N802, D102
    @property
    def TITLE(self) -> str: ...  # noqa: N802, D102
    @property
    def NOTICE(self) -> str: ...  # noqa: N802, D102


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """What a page shows of an address as understood: `controls` and `follows` in their order."""

    query: str
    title: str
    remarks: Sequence[str]
    language: Language
    controls: Sequence[Any]
    follows: Sequence[Any]


@dataclass(frozen=True, slots=True)
class UrlSync(Generic[StateT]):
    """A page's address: its controls by the address's key, and what else follows from it.

    `forgets` has the keys that a change of a control makes void, by the control.
    """

    ids: Ids
    controls: Mapping[str, Property]
    follows: tuple[Property, ...]
    resolve: Resolve[StateT]
    page_update: Callable[[StateT], PageUpdate]
    resets: Mapping[str, str] = field(default_factory=dict)

    @property
    def outputs(self) -> tuple[Property, ...]:
        """Every property that follows from the address, in the order of `values`."""
        ids = self.ids
        said = ((ids.TITLE, "children"), (ids.NOTICE, "children"), (ids.ANNOUNCE, "children"))
        address = (ids.URL, "search")
        return (address, *self.controls.values(), *self.follows, *said, (ids.ASKED, "data"))

    def values(self, state: StateT, *, remark: bool) -> tuple[Any, ...]:
        """The values of `shown`; a control's own consequences are not remarked on."""
        payload = self.page_update(state)
        remarks = notice(payload.remarks if remark else (), language=payload.language)
        said = (payload.title, remarks, payload.title)
        return (payload.query, *payload.controls, *payload.follows, *said, payload.query)

    def overlaid(self, search: str | None, values: Sequence[Any], *, changed: str = "") -> str:
        """The address with the controls' values in place of its own; an emptied control counts."""
        own = dict(parse_qsl((search or "").removeprefix("?")))
        payload = {
            key: ",".join(value) if isinstance(value, list) else value
            for key, value in zip(self.controls, values, strict=True)
            if value is not None
        }
        payload |= {self.resets[changed]: ""} if changed in self.resets else {}
        both = {key: value for key, value in (own | payload).items() if value}
        return "?" + urlencode(both, safe=",")


def head(ids: Ids, *stores: str) -> list[Component]:
    """What a page has before anything that is seen."""
    return [
        dcc.Location(id=ids.URL, refresh=False),
        *[dcc.Store(id=store) for store in (ids.ASKED, *stores)],
        html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
    ]


def register_address(app: Dash, context: Context, sync: UrlSync[Any]) -> None:
    """The address follows the controls, and the controls the address."""

    @app.callback(
        *[Output(component, prop) for component, prop in sync.outputs],
        Input(sync.ids.URL, "search"),
        *[Input(component, prop) for component, prop in sync.controls.values()],
    )
    def follow(search: str | None, *values: Any) -> tuple[Any, ...]:
        changed = ctx.triggered_id
        by_control = changed not in (None, sync.ids.URL)
        query = sync.overlaid(search, values, changed=changed) if by_control else search or ""
        with context.store.reader() as reader:
            return sync.values(sync.resolve(context, reader, query), remark=not by_control)


def register_search(
    app: Dash,
    context: Context,
    sync: UrlSync[StateT],
    *,
    component: str,
    options: Callable[[StateT, str], Any],
) -> None:
    """A control's options follow what is typed in it, beside what is chosen in it."""

    @app.callback(
        Output(component, "data", allow_duplicate=True),
        Input(component, "searchValue"),
        State(sync.ids.URL, "search"),
        *[State(control, prop) for control, prop in sync.controls.values()],
        prevent_initial_call=True,
    )
    def find(text: str | None, search: str | None, *values: Any) -> Any:
        with context.store.reader() as reader:
            state = sync.resolve(context, reader, sync.overlaid(search, values))
            return options(state, text or "")


def register_sections(
    app: Dash,
    context: Context,
    sync: UrlSync[StateT],
    made: Sequence[tuple[str, Callable[[StateT], Any]]],
    *,
    after: str,
) -> None:
    """Each part of a page answers by itself, so that the quick ones do not wait.

    The parts follow the store `after`: that of the address, or one that waits for the charts.
    """
    for component, make in made:

        @app.callback(
            Output(component, "children"), Input(after, "data"), prevent_initial_call=True
        )
        def show(query: str | None, make: Callable[[StateT], Any] = make) -> Any:
            with context.store.reader() as reader:
                return make(sync.resolve(context, reader, query or ""))

        app.clientside_callback(
            ClientsideFunction("sections", "settled"),
            Output(component, "aria-busy"),
            Input(component, "children"),
            prevent_initial_call=True,
        )


def register_charts(app: Dash, sync: UrlSync[Any], *, ready: str, waits: str = "ready") -> None:
    """The store `ready` follows the address when the chart library is there.

    `waits` is the function of assets/34-sections.js that waits for it.
    """
    app.clientside_callback(
        ClientsideFunction("sections", waits),
        Output(ready, "data"),
        Input(sync.ids.ASKED, "data"),
        prevent_initial_call=True,
    )
