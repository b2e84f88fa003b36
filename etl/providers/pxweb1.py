"""PxWebApi 1, for agencies beside SCB: its description and answers in the shape of PxWebApi 2.

A source names the server and folder in `address`, the table in `path`, and in `names` what the
server calls our variables. The variable of time is known by its own mark. A period of several years
("2021-2024") counts as its last.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import orjson

from etl.errors import TableMissingError
from etl.fetch.metadata import TableInfo, parse_metadata
from etl.fetch.needs import REGION, TIME
from etl.fetch.parse import NO_COUNTS, Counts, read_dataset
from etl.fetch.plan import CONTENTS, DataRequest
from etl.fetch.scb import Config
from etl.network.answers import Answer, BadAnswerError, list_at, object_at, parse_json, parse_object
from etl.network.calls import ANSWER_BYTES, Call
from etl.providers.cube import packed
from etl.providers.provider import WebProvider
from etl.text import excerpt

_CELLS: Final = 50_000  # a call: servers of other agencies allow less than SCB
_PERIOD: Final = re.compile(r"(?:(?:19|20)\d\d\s*[-–/]\s*)?((?:19|20)\d\d)")
_LIMITS: Final = Config("1", ("sv",), _CELLS, 0, 1.0, synthetic=False)


@dataclass(frozen=True, slots=True)
class _Table:
    """A described table: its title, and of each variable our name, theirs and both codes."""

    title: str
    described: bytes
    names: Mapping[str, str]  # ours to theirs
    codes: Mapping[str, Mapping[str, str]]  # our name, then our code to theirs


class PxWeb1(WebProvider):
    """A client of several PxWebApi 1 servers; may be shared by threads."""

    config = _LIMITS
    name = "pxweb1"  # each source has a server of its own
    calls_a_second = 1

    def table_info(self, table_id: str) -> TableInfo:
        """The table's title, and when its folder says that it was updated."""
        table = self._described(table_id)
        metadata = parse_metadata(table.described, table_id=table_id)
        names = tuple(variable.code for variable in metadata.variables)
        years = next(v.codes for v in metadata.variables if v.code == TIME)
        updated = self._updated(table_id)
        return TableInfo(table_id, table.title, updated, min(years), max(years), False, names)

    def metadata_answer(self, table_id: str, *, release: str = "", exists: bool = False) -> Answer:  # noqa: ARG002 - as Provider
        """The table's variables and codes, under our names."""
        return packed(self._described(table_id).described)

    def data_answer(
        self,
        request: DataRequest,
        *,
        release: str = "",  # noqa: ARG002 - as Provider
        counts: Counts = NO_COUNTS,
    ) -> Answer:
        """The cells that are asked for, under our names and codes."""
        table = self._described(request.table_id)
        body = {"query": _query(table, request), "response": {"format": "json-stat2"}}

        def read(raw: bytes) -> bytes:
            ours = _in_our_words(raw, table)
            read_dataset(ours, request=request, counts=counts)
            return ours

        call = Call(
            f"{request.table_id}, data", read, max_bytes=ANSWER_BYTES, of_table=True, has_cells=True
        )
        answer = self._caller.post(self._address(request.table_id), call, body=lambda _: body)
        if self._archive:
            self._archive.keep("pxweb1", request.table_id, answer.raw, ending="json")
        return packed(read(answer.raw))

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:  # noqa: ARG002 - as Provider
        """PxWebApi 1 cannot be searched in a way that all servers share."""
        return iter(())

    def _address(self, table_id: str) -> str:
        source = self._sources[table_id]
        return f"{source.address}/{quote(source.path)}"

    def _described(self, table_id: str) -> _Table:
        source = self._sources[table_id]
        named = {theirs: ours for ours, theirs in source.names}
        call = Call(
            f"{table_id}, metadata", lambda raw: _describe(raw, named, table_id), of_table=True
        )
        return _describe(self._caller.get(self._address(table_id), call).raw, named, table_id)

    def _updated(self, table_id: str) -> str:
        """The table's stamp in the list of its folder; "" where that has none."""
        folder, _, name = self._address(table_id).rpartition("/")
        call = Call(f"{table_id}, folder", parse_json)
        listed = parse_json(self._caller.get(folder, call).raw)
        for entry in listed if isinstance(listed, list) else ():
            if isinstance(entry, dict) and entry.get("id") == name:
                return str(entry.get("updated") or "")
        raise TableMissingError(f"{table_id}: its folder does not list {name}", status=404)


def _describe(raw: bytes, named: Mapping[str, str], table_id: str) -> _Table:
    """A description as json-stat2 under our names.

    Raises:
        BadAnswerError: it is none, or has no variable of region, time or contents.
    """
    answer = parse_object(raw)
    variables = list_at(answer, "variables", place="metadata")
    names: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    dimension: dict[str, Any] = {}
    for variable in variables:
        theirs, values = str(variable.get("code")), list_at(variable, "values", place="variables")
        ours = TIME if variable.get("time") is True else named.get(theirs, theirs)
        labels = [str(text) for text in variable.get("valueTexts", values)]
        own = [
            _year(label) if ours == TIME else str(v)
            for v, label in zip(values, labels, strict=True)
        ]
        names[ours], codes[ours] = theirs, dict(zip(own, map(str, values), strict=True))
        dimension[ours] = _dimension(
            ours, own, labels, eliminated=bool(variable.get("elimination"))
        )
    lacking = {REGION, TIME, CONTENTS} - set(dimension)
    if lacking:
        raise BadAnswerError(
            f"a description without {', '.join(sorted(lacking))}: it has "
            f"{excerpt(', '.join(names.values()))}; name them in names of the source {table_id}"
        )
    title = str(answer.get("title") or table_id)
    described = {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "id": list(dimension),
        "size": [len(own) for own in codes.values()],
        "dimension": dimension,
        "extension": {},
        "value": [],
    }
    return _Table(title, orjson.dumps(described), names, codes)


def _year(label: str) -> str:
    """The last year of a period; other words stay."""
    match = _PERIOD.fullmatch(label.strip())
    return match[1] if match else label


def _dimension(
    name: str, codes: list[str], labels: list[str], *, eliminated: bool
) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: place for place, code in enumerate(codes)},
        "label": dict(zip(codes, labels, strict=True)),
    }
    if name == REGION:
        category["label"] = {code: code for code in codes}  # SCB names the areas
    return {
        "label": name,
        "category": category,
        "extension": {"elimination": eliminated, "codelists": []},
    }


def _query(table: _Table, request: DataRequest) -> list[dict[str, Any]]:
    return [
        {
            "code": table.names[name],
            "selection": {"filter": "item", "values": [table.codes[name][code] for code in codes]},
        }
        for name, codes in request.codes
    ]


def _in_our_words(raw: bytes, table: _Table) -> bytes:
    """An answer under our names and codes, its cells untouched."""
    answer = parse_object(raw)
    ours = {theirs: name for name, theirs in table.names.items()}
    given = object_at(answer, "dimension", place="dataset")
    dimension = {}
    for theirs in list_at(answer, "id", place="dataset"):
        name = ours.get(str(theirs))
        if name is None:
            raise BadAnswerError(f"a variable {excerpt(str(theirs))!r} that was not asked for")
        back = {code: own for own, code in table.codes[name].items()}
        category = object_at(
            object_at(given, str(theirs), place="dimension"), "category", place=name
        )
        index = category.get("index")
        listed = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index or []
        codes = [back.get(str(code), str(code)) for code in listed]
        dimension[name] = {"label": name, "category": {"index": codes}}
    return orjson.dumps({**answer, "id": list(dimension), "dimension": dimension})
