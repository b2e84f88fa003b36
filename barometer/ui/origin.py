"""Whose figures the site shows, as one calm badge with a popover; once a page."""

from dash import html
from dash.development.base_component import Component

from barometer import wording
from barometer.divisions import Language
from barometer.snapshot import Snapshot
from barometer.ui import words
from barometer.ui.address import address
from barometer.ui.markup import aria


def badge(snapshot: Snapshot, *, language: Language) -> Component:
    """The origin in a few words; opened it says what that means and where to read more."""
    kind = "origin origin--example" if snapshot.synthetic else "origin"
    label = origin_label(snapshot, language=language)
    link = html.A(words.WHAT_LACKS[language], href=f"{address('/data', language=language)}#status")
    return html.Details(
        [
            html.Summary(
                [html.Span(className="origin__dot", **aria(hidden="true")), html.Span(label)]
            ),
            html.Div(
                [*[html.P(line) for line in details(snapshot, language=language)], html.P(link)],
                className="origin__more",
            ),
        ],
        className=kind,
    )


def origin_label(snapshot: Snapshot, *, language: Language) -> str:
    """Made up, an extract and its usual year, or all of SCB's and the day they were fetched."""
    if snapshot.synthetic:
        return words.ORIGIN_EXAMPLE[language]
    if not snapshot.extract:
        day = wording.day(snapshot.built_at.date(), language=language)
        return words.fill(words.ORIGIN_WHOLE, language, day=day)
    line = wording.extract_line(snapshot.main_year, language=language)
    return line.removesuffix(".")


def details(snapshot: Snapshot, *, language: Language) -> list[str]:
    """Sentences for the popover."""
    lines = [wording.synthetic_banner(language)] if snapshot.synthetic else []
    if snapshot.lacking:
        lines.append(wording.partial_banner(snapshot.lacking, language=language))
    built = wording.day(snapshot.built_at.date(), language=language)
    return [*lines, f"{words.SNAPSHOT[language]} {snapshot.snapshot_id}, {built}."]
