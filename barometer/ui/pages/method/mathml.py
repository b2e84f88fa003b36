"""Formulas of the registry (a small part of LaTeX) as MathML, drawn by the browser itself."""

import re
from collections.abc import Sequence
from typing import Any, Final

from dash.development.base_component import Component

Node = list[Any]
"""A MathML element as JSON: [tag, attributes, *children]; a child is an element or text."""

_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\d+(?:\.\d+)?|\S")
_RAW: Final = re.compile(r"\\(text|mathrm)\s*\{([^{}]*)\}")
_FUNCTIONS: Final = {"\\ln": "ln", "\\log": "log", "\\exp": "exp", "\\max": "max", "\\min": "min"}
_LETTERS: Final = {
    "\\mu": "μ",
    "\\eta": "η",
    "\\alpha": "α",
    "\\beta": "β",
    "\\sigma": "σ",
    "\\pi": "π",
}
_SIGNS: Final = {
    "\\ge": "≥",
    "\\le": "≤",
    "\\ne": "≠",
    "\\sim": "∼",
    "\\approx": "≈",
    "\\cdot": "·",
    "\\times": "×",
    "\\in": "∈",
    "-": "−",
}
_BIG: Final = {"\\sum": "∑", "\\prod": "∏", "\\int": "∫"}
_OPEN: Final = {"{": "}", "(": ")", "[": "]"}
_THIN: Final = ["mspace", {"width": "0.17em"}]


class FormulaError(ValueError):
    """A formula uses a command that is not known here. Remedy: teach pages/method/mathml.py."""


class Formula(Component):
    """One line of maths; drawn by assets/50-data.js with MathML elements."""

    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares it
    _base_nodes: list[str] = ["children"]  # noqa: RUF012
    _namespace = "barometer_method"
    _type = "Formula"

    def __init__(self, tree: Node) -> None:
        self._prop_names = ["tree"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = ["tree"]
        self.available_wildcard_properties: list[str] = []
        super().__init__(tree=tree)


def formula_lines(formula: str) -> tuple[Node, ...]:
    r"""A line for each statement of a formula: "H = \frac{M}{E}, E = …" gives two.

    Raises:
        FormulaError: a command is unknown or a bracket is not closed.
    """
    tokens = _tokens(formula)
    return tuple(["mrow", {}, *_Parser(line).row()] for line in _statements(tokens))


def _tokens(formula: str) -> list[str]:
    r"""The tokens; words of \text{…} and \mathrm{…} stay whole, marked with their command."""
    found: list[str] = []
    end = 0
    for match in _RAW.finditer(formula):
        found += _TOKEN.findall(formula[end : match.start()])
        found.append(f"{match[1]}:{match[2]}")
        end = match.end()
    return found + _TOKEN.findall(formula[end:])


def _statements(tokens: Sequence[str]) -> list[list[str]]:
    """The tokens between commas that stand outside every bracket."""
    lines: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token in _OPEN) - (token in _OPEN.values())
        if token == "," and depth == 0:
            lines.append([])
        else:
            lines[-1].append(token)
    return [line for line in lines if line]


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = list(tokens)
        self._at = 0

    def row(self, until: str | None = None) -> list[Node]:
        """The elements up to a closing token, or to the end."""
        found: list[Node] = []
        while self._at < len(self._tokens):
            if self._tokens[self._at] == until:
                self._at += 1
                return found
            if self._peek() == "-" and _begins(found):
                found.append(
                    ["mo", {"form": "prefix", "lspace": "0", "rspace": "0"}, self._minus()]
                )
                continue
            atom, is_function = self._scripted()
            before = [] if _begins(found) else [_THIN]
            found += [*before, atom, _THIN] if is_function else [atom]
        if until is not None:
            raise FormulaError(f"{until!r} is missing at the end of {' '.join(self._tokens)}")
        return found

    def _minus(self) -> str:
        return _SIGNS[self._next()]

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise FormulaError(f"something is missing at the end of {' '.join(self._tokens)}")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _scripted(self) -> tuple[Node, bool]:
        """An element with what stands under and over it."""
        token = self._peek()
        base = self._atom()
        scripts: dict[str, Node] = {}
        while self._peek() in ("_", "^"):
            mark = self._next()
            scripts[mark] = self._atom()
        kind = ("under", "over") if token in ("\\sum", "\\prod") else ("sub", "sup")
        names = [name for mark, name in zip("_^", kind, strict=True) if mark in scripts]
        if not names:
            return base, token in _FUNCTIONS
        held = [scripts[mark] for mark in "_^" if mark in scripts]
        return ["m" + "".join(names), {}, base, *held], token in _FUNCTIONS

    def _atom(self) -> Node:
        token = self._next()
        if token == "{":
            return ["mrow", {}, *self.row("}")]
        if token == "\\frac":
            return ["mfrac", {}, self._atom(), self._atom()]
        if token == "\\sqrt":
            return ["msqrt", {}, self._atom()]
        if token == "\\left":
            return self._fenced()
        return _leaf(token)

    def _fenced(self) -> Node:
        opening = self._next()
        inside = self.row("\\right")
        closing = self._next()
        if opening == closing == "|":
            # Lines that grow with what they enclose in every font: assets/15-data.css draws them.
            return ["mrow", {"className": "abs", "intent": "absolute-value"}, *inside]
        return ["mrow", {}, _fence(opening, "prefix"), *inside, _fence(closing, "postfix")]


def _begins(nodes: Sequence[Node]) -> bool:
    """Whether nothing stands before that a sign could join or a function name could touch."""
    return not nodes or (nodes[-1][0] == "mo" and nodes[-1][-1] in "=<(−+,~∼≥")


def _fence(sign: str, form: str) -> Node:
    return ["mo", {"stretchy": "true", "fence": "true", "form": form}, sign]


def _leaf(token: str) -> Node:
    """An element without parts."""
    command, colon, words = token.partition(":")
    if colon and command:
        return _words(command, words)
    if token in _FUNCTIONS or token in _LETTERS or token.isalpha():
        return ["mi", {}, _FUNCTIONS.get(token) or _LETTERS.get(token, token)]
    if token[0].isdigit():
        return ["mn", {}, token]
    return _sign(token)


def _words(command: str, words: str) -> Node:
    if command == "text":
        return ["mtext", {}, words.replace(" ", "\u00a0")]
    return ["mi", {"mathvariant": "normal"}, words]


def _sign(token: str) -> Node:
    known = _BIG.get(token) or _SIGNS.get(token)
    if token.startswith("\\") and known is None:
        raise FormulaError(f"{token} is not known: add it to barometer/ui/pages/method/mathml.py")
    if token == "|":
        return ["mo", {"stretchy": "false", "lspace": "0", "rspace": "0"}, token]
    return ["mo", {}, known or token]
