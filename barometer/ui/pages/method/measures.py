"""Segregation measures: every entry of the registry, and the table of three answers."""

import math
import re
from collections.abc import Iterator
from typing import Any, Final

from dash import html
from dash.development.base_component import Component
from latex2mathml.converter import convert

from barometer import wording
from barometer.divisions import Language
from barometer.indices import INDICES, Index
from barometer.indices.agreement import PYSAL_VERSION, Agreement, agreement
from barometer.indices.index import BothLanguages as IndexText
from barometer.ui.markup import Still, aria
from barometer.ui.pages.method import words
from barometer.ui.pages.method.parts import Fact, entry, facts, linked, table
from barometer.ui.words import fill

_DECIMAL_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_SHOWN: Final = {"percent": 45.0, "number": 0.45, "nats": 0.45}  # a value for the reading example


def index_entries(*, language: Language) -> Iterator[Component]:
    """Every measure, kind by kind."""
    for kind in wording.KINDS:
        of_kind = [index for index in INDICES if index.kind == kind]
        if of_kind:
            yield html.H3(
                wording.capitalised(wording.KINDS[kind][language]), className="part__group"
            )
            yield from (index_entry(index, language=language) for index in of_kind)


def index_entry(index: Index, *, language: Language) -> Component:
    """One measure: formula, range and what its ends mean."""
    said: list[Fact | None] = [
        (words.FORMULA[language], formula(index.formula, language=language)),
        (words.RANGE[language], _range(index, language)),
        (words.LOW_END[language], index.low.of(language)),
        (words.HIGH_END[language], index.high.of(language)),
        (words.READING[language], _reading(index, language)),
        _optional(words.NOTE[language], index.note, language),
        _optional(words.FOR_QUARTERS[language], index.label_of_quarters, language),
        (words.CHANCE[language], words.HAS_CHANCE[language]) if index.expected else None,
        (words.REFERENCE[language], index.reference),
        (words.CODE[language], html.Code(index.id)),
    ]
    aside = _range(index, language)
    title = wording.capitalised(index.label.of(language))
    return entry(f"index-{index.id}", title, aside=aside, inside=[facts(said)])


def formula(source: str, *, language: Language) -> Component:
    """A formula as maths, a line for each statement."""
    for word in words.IN_FORMULAS:
        source = source.replace(f"\\text{{ {word.en} }}", f"\\text{{ {word[language]} }}")
    drawn = [Still("div", {}, line) for line in formula_lines(source)]
    label = aria(label=words.FORMULA[language])
    return html.Div(drawn, className="formula", tabIndex=0, role="group", **label)


def agreement_table(*, language: Language) -> Component:
    """What hand, we and PySAL say of the same small tables."""
    heads = (
        words.MEASURE,
        words.CASE,
        words.DERIVATION,
        words.BY_HAND,
        words.OURS,
        words.PYSAL,
    )
    rows = [_agreement_row(found, language) for found in agreement()]
    return table(words.AGREEMENT[language], [head[language] for head in heads], rows)


def agreement_lead(language: Language) -> str:
    """What the table is."""
    return fill(words.AGREEMENT_LEAD, language, version=PYSAL_VERSION)


def _agreement_row(agreement: Agreement, language: Language) -> tuple[Any, ...]:
    fact = agreement.fact
    label = next(index.label for index in INDICES if index.id == fact.index_id)
    pysal = words.NO_SUCH[language] if fact.pysal is None else _number(fact.pysal, language)
    name = html.Span(f" ({fact.pysal_class})") if fact.pysal_class else ""
    return (
        linked(wording.capitalised(label.of(language)), f"index-{fact.index_id}"),
        fact.case.label.of(language),
        _DECIMAL_POINT.sub(",", fact.derivation) if language == "sv" else fact.derivation,
        _number(fact.hand, language),
        _number(agreement.ours, language),
        [pysal, name],
    )


def _number(value: float, language: Language) -> str:
    if math.isnan(value):
        return words.UNDEFINED[language]
    return wording.number(value, decimals=6, language=language)


def _range(index: Index, language: Language) -> str:
    low, high = index.range
    lowest = wording.number(low, language=language)
    if math.isinf(high):
        return fill(words.RANGE_OPEN, language, low=lowest)
    highest = wording.number(high, language=language)
    return fill(words.RANGE_CLOSED, language, low=lowest, high=highest)


def _reading(index: Index, language: Language) -> str:
    """The registry's sentence with a made-up value in its slot."""
    value = wording.number(
        _SHOWN[index.unit], decimals=0 if index.unit == "percent" else 2, language=language
    )
    unit = {"sv": "\u00a0%", "en": "%"}[language] if index.unit == "percent" else ""
    return index.sentence.of(language).format(value=value + unit)


def _optional(label: str, text: IndexText | None, language: Language) -> Fact | None:
    return None if text is None else (label, text.of(language))


_OPEN: Final = {"{": "}", "(": ")", "[": "]"}
_FUNCTION: Final = re.compile(r"\s*(\\(?:ln|log|exp|max|min)(?![A-Za-z])(?:_\w)?)\s*(?=(\()?)")
# Only some fonts have bars that grow with what they enclose: assets/15-data.css draws them.
_BAR: Final = '<mo stretchy="true" fence="true" form="{}">&#x0007C;</mo>'
_OPENED: Final = "<mrow>" + _BAR.format("prefix")
_ABSOLUTE: Final = '<mrow class="abs" intent="absolute-value">'


def formula_lines(formula: str) -> tuple[str, ...]:
    r"""MathML of each statement of a formula: "H = \frac{M}{E}, E = …" gives two."""
    return tuple(
        convert(_FUNCTION.sub(_set_apart, line), display="block")
        .replace(_OPENED, _ABSOLUTE)
        .replace(_BAR.format("postfix"), "")
        for line in _statements(formula)
    )


def _statements(formula: str) -> list[str]:
    """What stands between commas outside every bracket."""
    lines, depth = [""], 0
    for sign in formula:
        depth += (sign in _OPEN) - (sign in _OPEN.values())
        if sign == "," and depth == 0:
            lines.append("")
        else:
            lines[-1] += sign
    return [line.strip() for line in lines if line.strip()]


def _set_apart(match: re.Match[str]) -> str:
    """A function's name with a thin space before it, and after it where no bracket follows."""
    return rf"\,{match[1]} " if match[2] else rf"\,{match[1]}\, "
