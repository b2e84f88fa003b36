"""What a marked area is marked for: students or an institution, which look like poverty."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.selection.offer import MARKS, Marked
from barometer.wording.numbers import enumerated, number, percent

_MOST_NAMED: Final = 10
MARK: Final = Text("Märkning", "Mark")
_NAMES: Final = {
    "aged_20_24": Text("många 20–24-åringar", "many aged 20–24"),
    "special_housing": Text("många i specialbostäder", "many in special housing"),
}
_SENTENCES: Final = {
    "aged_20_24": Text(
        "{share} av invånarna är 20–24 år ({year}). Låga inkomster kan här bero på studier.",
        "{share} of the residents are aged 20–24 ({year}). Low incomes may here be due to studies.",
    ),
    "special_housing": Text(
        "{share} av invånarna bor i specialbostäder ({year}), till exempel för studenter eller"
        " äldre. Siffrorna kan säga mer om de bostäderna än om villkoren i området.",
        "{share} of the residents live in special housing ({year}), for example for students or"
        " older people. The figures may say more about those homes than about conditions in the"
        " area.",
    ),
}
_LIMITS: Final = Text(
    "minst {aged_20_24} av invånarna är 20–24 år eller minst {special_housing} bor i"
    " specialbostäder",
    "at least {aged_20_24} of the residents are aged 20–24 or at least {special_housing} live in"
    " special housing",
)


def mark_names(marks: str, *, language: Language) -> str:
    """An area's marks (`queries.marks_by_area`): "många 20–24-åringar; många i specialbostäder"."""
    return "; ".join(_NAMES[indicator][language] for indicator in marks.split("; "))


def mark_sentences(marks: Iterable[Mapping[str, Any]], *, language: Language) -> tuple[str, ...]:
    """Why an area is marked; `marks` has its rows of `queries.marked_areas`."""
    return tuple(
        _SENTENCES[mark["indicator"]][language].format(
            share=_percent(mark["value"], language=language), year=mark["year"]
        )
        for mark in marks
    )


def marked_areas_sentence(areas: Sequence[tuple[str, str]], *, language: Language) -> str:
    """Which areas of a list are marked: their names, each with its marks; "" where none is."""
    if not areas:
        return ""
    named = [f"{name} ({mark_names(marks, language=language)})" for name, marks in areas]
    rest = len(named) - _MOST_NAMED
    more = Text(f" och {rest} till", f" and {rest} more")[language]
    listed = f"{', '.join(named[:_MOST_NAMED])}{more}" if rest > 0 else ""
    listed = listed or enumerated(named, language=language)
    return Text(
        f"Märkning: {listed}. Låga inkomster kan där bero på studier eller vård.",
        f"Marks: {listed}. Low incomes may there be due to studies or care.",
    )[language]


def marked_words(marked: str, *, language: Language) -> str:
    """Whether marked areas are in a file, for people."""
    named = {"in": Text("medräknade", "included"), "out": Text("utelämnade", "left out")}
    return named[marked][language]


def without_marked(place: str, *, marked: Marked, language: Language) -> str:
    """A place in a sentence: "Malmö kommun", or "Malmö kommun utan märkta områden"."""
    if marked == "in":
        return place
    return place + Text(" utan märkta områden", " without marked areas")[language]


def marked_note(n: int, *, left_out: bool, language: Language) -> str:
    """How many areas of a view are marked, or left out of it, and by which limits; or ""."""
    if not n:
        return ""
    shares = {mark.indicator: _percent(mark.limit, language=language) for mark in MARKS}
    limits = _LIMITS[language].format(**shares)
    counted = number(n, decimals=0, language=language)
    noun = Text("område" if n == 1 else "områden", "area" if n == 1 else "areas")[language]
    if left_out:
        verb = "is" if n == 1 else "are"
        return Text(
            f"{counted} {noun} är utelämnat: {limits}."
            if n == 1
            else f"{counted} {noun} är utelämnade: {limits}.",
            f"{counted} {noun} {verb} left out: {limits}.",
        )[language]
    return Text(
        f"I {counted} {noun} gäller att {limits}. Låga inkomster kan där bero på studier eller"
        " vård.",
        f"In {counted} {noun} {limits}. Low incomes may there be due to studies or care.",
    )[language]


def _percent(share: float, *, language: Language) -> str:
    decimals = 0 if float(share).is_integer() else 1
    return percent(share, decimals=decimals, language=language)
