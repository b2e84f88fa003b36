"""The rules of the signals: the catalogue's with the reader's over them, and the form for those."""

from collections.abc import Mapping
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from barometer.catalogue.signals import SignalRules
from barometer.divisions import Language
from barometer.selection.profiles import weighed
from barometer.selection.signals import FORM, MOST_WEIGHTS
from barometer.ui import words as site_words
from barometer.ui.markup import aria, element
from barometer.ui.pages.place import words
from barometer.ui.pages.place.state import PlaceState

SPARE_WEIGHTS: Final = 2  # empty rows of the form, for indicators more


def rules(state: PlaceState) -> SignalRules | None:
    """The catalogue's rules with the reader's over them; None where nothing can be weighed."""
    own = state.catalogue.signals
    if own is None:
        return None
    chosen = state.profile.signals.over(own).among(weighed(state.offer, state.catalogue))
    return chosen if chosen.weights else None


def form(state: PlaceState) -> Component:
    """The rules to change; sent as an address, so that the link holds them."""
    language, chosen = state.language, rules(state)
    if chosen is None:
        return html.Div()
    hidden = {"area": state.profile.area, "year": str(state.profile.year)}
    hidden |= {"lang": language} if language != "sv" else {}
    values = (
        (words.SIGNAL_LIMITS, "limits", ",".join(f"{limit:g}" for limit in chosen.limits)),
        (words.SIGNAL_SPAN, "span", str(chosen.span)),
    )
    fields = [
        html.Label([label[language], " ", dcc.Input(name=name, value=value, type="text")])
        for label, name, value in values
    ]
    weights = [*chosen.weights.items(), *[("", 0.0)] * SPARE_WEIGHTS]
    known, offered = state.catalogue.indicators, weighed(state.offer, state.catalogue)
    names = {"": words.SIGNAL_NONE[language]} | {i: known[i].name[language] for i in offered}
    fields[:0] = [_weight(names, language, *weight) for weight in weights[:MOST_WEIGHTS]]
    kept = [dcc.Input(name=name, value=value, type="hidden") for name, value in hidden.items()]
    button = html.Button(words.SIGNAL_SHOW[language], type="submit", className="button")
    return html.Details(
        [
            html.Summary(words.SIGNAL_CHANGE[language]),
            html.Form([*fields, *kept, button], action="/plats", method="get", className="rules"),
        ],
        className="fold",
        **aria(label=words.SIGNAL_CHANGE[language]),
    )


def _weight(
    names: Mapping[str, str], language: Language, indicator_id: str, weight: float
) -> Component:
    """A row of the form: an indicator of some by name, and its weight; an empty one adds none."""
    indicators = [
        element(html.Option, name, value=i, selected="selected" if i == indicator_id else None)
        for i, name in names.items()
    ]
    amount = f"{weight:g}" if weight else ""
    amount = amount.replace(".", ",") if language == "sv" else amount
    return html.Div(
        [
            html.Label(
                [site_words.INDICATOR[language], " ", html.Select(indicators, name=FORM[0])]
            ),
            html.Label(
                [
                    words.SIGNAL_WEIGHT[language],
                    " ",
                    dcc.Input(name=FORM[1], value=amount, type="text"),
                ]
            ),
        ],
        className="rules__weight",
    )
