"""The selection that a data call without one gets: the newest period of a corner of the table.

The server's own rule, simplified: contents whole, one period, the first codes of the mandatory
variables and of the last that may be left out; a variable with value sets is shown through its
first.
"""

from collections.abc import Sequence
from typing import Any

from etl.emulator.axes import CodeLists
from etl.emulator.queries import Choice, Query
from etl.emulator.variables import SelectedVariable

MOST_CODES = 11


def default_query(variables: Sequence[SelectedVariable], *, code_lists: CodeLists) -> Query:
    """What the server selects when nothing is asked for; variables not in it are eliminated."""
    classifying = [v for v in variables if not v.is_contents and not v.codes.is_time]
    optional = [variable for variable in classifying if not variable.mandatory]
    left_out = {variable.code for variable in optional[:-1]}
    choices = tuple(
        _choice(variable, code_lists=code_lists)
        for variable in variables
        if variable.code not in left_out
    )
    heading = tuple(v.code for v in variables if v.is_contents or v.codes.is_time)
    stub = tuple(v.code for v in classifying if v.code not in left_out)
    return Query(choices, heading=heading, stub=stub)


def selection_answer(query: Query, *, language: str, address: str) -> dict[str, Any]:
    """The answer of GET /tables/{id}/defaultselection."""
    return {
        "language": language,
        "selection": [
            {
                "variableCode": choice.variable,
                "codelist": choice.code_list,
                "valueCodes": list(choice.expressions),
            }
            for choice in query.choices
        ],
        "placement": {"heading": list(query.heading), "stub": list(query.stub)},
        "links": [{"rel": "self", "hreflang": language, "href": address}],
    }


def first_value_set(variable: SelectedVariable, *, code_lists: CodeLists) -> str | None:
    """The code list that shows a variable by default: its first with codes that the table has."""
    for code_list in variable.code_lists:
        known = code_lists.get(code_list)
        if known is not None and known["type"] == "Valueset":
            held = any(variable.codes.position(m["code"]) is not None for m in known["values"])
            if held:
                return code_list
    return None


def _choice(variable: SelectedVariable, *, code_lists: CodeLists) -> Choice:
    if variable.codes.is_time:
        return Choice(variable.code, ("TOP(1)",))
    most = ("*",) if variable.is_contents else (f"TOP({MOST_CODES})",)
    return Choice(variable.code, most, first_value_set(variable, code_lists=code_lists))
