"""The answers of the API's endpoints."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import flask
import numpy as np
import orjson
from numpy.typing import NDArray

from etl.emulator import listing, problems
from etl.emulator.axes import TableAxis, count_cells, find_variable, lay_out, whole_axis
from etl.emulator.datasets import cells, dataset, narrow_metadata, place
from etl.emulator.limits import DATA_FORMATS, LANGUAGES, Limits, config_answer
from etl.emulator.problems import Problem, RefusedError
from etl.emulator.queries import (
    Query,
    default_query,
    first_value_set,
    query_from_address,
    query_from_body,
    selection_answer,
)
from etl.emulator.shelf import Shelf, ShelvedTable, TableSource


class Answers:
    """One view per endpoint; each reads the current request, and raises RefusedError to refuse."""

    def __init__(self, source: TableSource, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._shelf = Shelf()

    def config(self) -> flask.Response:
        """GET /config."""
        extract = getattr(self._source, "extract", False)
        return _json(config_answer(self._limits, synthetic=self._source.synthetic, extract=extract))

    def tables(self) -> flask.Response:
        """GET /tables."""
        past_days = _argument("pastDays")
        search = listing.Search(
            _language(),
            query=_argument("query"),
            past_days=int(past_days) if past_days.isdecimal() else None,
            discontinued=_argument("includeDiscontinued").casefold() == "true",
            page=_positive("pageNumber", default=1),
            size=_positive("pageSize", default=listing.PAGE_SIZE),
        )
        listed = listing.list_tables(self._summaries(), search, base=_base(), now=datetime.now(UTC))
        return _json(listed)

    def table(self, table_id: str) -> flask.Response:
        """GET /tables/{id}."""
        language = _language()
        return _json(
            {"language": language}
            | listing.describe(self._summary(table_id), language, base=_base())
        )

    def metadata(self, table_id: str) -> flask.Response:
        """GET /tables/{id}/metadata, narrowed by `codelist[VAR]` or to the default selection."""
        language = _language()
        shelved = self._shelved(table_id)
        variables = shelved.variables_in(language)
        lists = self._source.code_lists()
        named = {
            find_variable(variables, key[9:-1]).code: value
            for key, value in flask.request.args.items()
            if key.casefold().startswith("codelist[")
        }
        if _argument("defaultSelection").casefold() == "true":
            shown = {v.code: first_value_set(v, code_lists=lists) for v in variables}
            named = {code: name for code, name in shown.items() if name is not None} | named
        metadata = shelved.metadata(language)
        if not named:
            return _json({**metadata, "value": []})
        axes = [whole_axis(v, named.get(v.code), code_lists=lists) for v in variables]
        return _json(narrow_metadata(metadata, axes))

    def default_selection(self, table_id: str) -> flask.Response:
        """GET /tables/{id}/defaultselection."""
        language = _language()
        variables = self._shelved(table_id).variables_in(language)
        query = default_query(variables, code_lists=self._source.code_lists())
        address = f"{_base()}/tables/{table_id}/defaultselection?lang={language}"
        return _json(selection_answer(query, language=language, address=address))

    def code_list(self, code_list_id: str) -> flask.Response:
        """GET /codelists/{id}; ids of code lists are the only ones whose case counts."""
        language = _language()
        known = self._source.code_lists().get(code_list_id)
        if known is None:
            raise RefusedError(problems.LOST_CODE_LIST)
        address = f"{_base()}/codeLists/{code_list_id}"
        return _json(
            {
                "id": known["id"],
                "label": known["label"],
                "language": language,
                "languages": ["sv", "en"],
                "elimination": known.get("elimination", False),
                "type": known["type"],
                "values": known["values"],
                "links": [
                    {"rel": rel, "hreflang": code, "href": f"{address}?lang={code}"}
                    for rel, code in zip(("self", "alternate"), _both(language), strict=True)
                ],
            }
        )

    def data(self, table_id: str) -> flask.Response:
        """GET and POST /tables/{id}/data."""
        request = flask.request
        language = _language()
        _check_format()
        query = (
            query_from_address(request.args.items(multi=True))
            if request.method == "GET"
            else query_from_body(request.get_data())
        )
        try:
            shelved = self._shelved(table_id)
        except RefusedError as error:
            raise RefusedError(self._unknown_on_data(error.problem)) from error
        if not query.choices:
            lists = self._source.code_lists()
            query = default_query(shelved.variables_in(language), code_lists=lists)
        axes, values = self._select(shelved, query, language=language)
        closed = bool(self._summary(table_id).get("discontinued"))
        placed, values = _placed(axes, values, heading=query.heading, stub=query.stub)
        return _json(dataset(shelved.metadata(language), placed, values, closed=closed))

    def _select(
        self, shelved: ShelvedTable, query: Query, *, language: str
    ) -> tuple[tuple[TableAxis, ...], NDArray[np.float64]]:
        variables = shelved.variables_in(language)
        for code in (*query.heading, *query.stub):
            find_variable(variables, code)
        axes = lay_out(variables, query, code_lists=self._source.code_lists())
        if count_cells(axes) > self._limits.cells:
            status = self._limits.too_many_cells_status
            raise RefusedError(replace(problems.TOO_MANY_CELLS, status=status))
        return axes, cells(shelved.values(), axes)

    def _unknown_on_data(self, problem: Problem) -> Problem:
        return replace(problem, status=self._limits.unknown_table_on_data, inner=problem.status)

    def _shelved(self, table_id: str) -> ShelvedTable:
        """The table; ids without regard to case."""
        name = str(self._summary(table_id)["id"])
        try:
            return self._shelf.get((name,), lambda: self._source.table(name))
        except KeyError as error:
            raise RefusedError(problems.NO_TABLE) from error

    def _summaries(self) -> list[dict[str, Any]]:
        return self._source.summaries()

    def _summary(self, table_id: str) -> dict[str, Any]:
        wanted = table_id.casefold()
        for entry in self._summaries():
            if entry["id"].casefold() == wanted:
                return entry
        raise RefusedError(problems.NO_TABLE)


def _placed(
    axes: Sequence[TableAxis],
    values: NDArray[np.float64],
    *,
    heading: Sequence[str],
    stub: Sequence[str],
) -> tuple[tuple[TableAxis, ...], NDArray[np.float64]]:
    kept = [axis for axis in axes if not axis.eliminated]
    placed = place(axes, heading=heading, stub=stub)
    return placed, values.transpose([kept.index(axis) for axis in placed])


def _check_format() -> None:
    output = (_argument("outputFormat") or DATA_FORMATS[0]).casefold()
    if output not in DATA_FORMATS or _argument("outputFormatParams"):
        raise RefusedError(problems.UNSUPPORTED_FORMAT)


def _language() -> str:
    language = _argument("lang") or "sv"
    if language not in LANGUAGES:
        raise RefusedError(problems.UNSUPPORTED_LANGUAGE)
    return language


def _both(language: str) -> tuple[str, str]:
    return (language, "en" if language == "sv" else "sv")


def _argument(name: str) -> str:
    """The first argument of that name, found whatever its case; empty when there is none."""
    given = flask.request.args.items()
    return next((value for key, value in given if key.casefold() == name.casefold()), "")


def _positive(name: str, *, default: int) -> int:
    text = _argument(name)
    return int(text) if text.isdecimal() and int(text) > 0 else default


def _base() -> str:
    return flask.request.host_url + "api/v2"


def _json(content: dict[str, Any]) -> flask.Response:
    body = orjson.dumps(content)
    return flask.Response(body, content_type="application/json; charset=utf-8")
