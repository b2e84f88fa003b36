"""Formulas of the registry (LaTeX) as MathML, which browsers draw themselves."""

import re
from typing import Final

from latex2mathml.converter import convert

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
