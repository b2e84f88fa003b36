"""Kolada (v3): indicators of kommuner, each resolved through /kpi before it is used.

Kolada answers a name that it does not know with an empty list: empty is a fault here. It does not
say when a series was last updated, so releases are told apart by their content.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import orjson

from barometer.divisions import RIKET
from etl.errors import RequestRefusedError, TableMissingError
from etl.fetch.metadata import TableInfo
from etl.network.answers import BadAnswerError, kind_of, list_at, parse_object
from etl.network.calls import Call
from etl.providers.cube import SUPPRESSED, Cell, Cube, CubeProvider, build_cube
from etl.text import clean_label, excerpt

KOLADA_API: Final = "https://api.kolada.se/v3"
_PAGE: Final = 5_000
_YEARS_A_CALL: Final = 20  # longer lists of years are refused
_MOST_PAGES: Final = 200
_RIKET: Final = "0000"
_GENDERS: Final = {"T": "Totalt", "K": "Kvinnor", "M": "Män"}
_AXES: Final = (
    ("Region", "region"),
    ("Kon", "kön"),
    ("ContentsCode", "nyckeltal"),
    ("Tid", "år"),
)


class Kolada(CubeProvider):
    """A connection to Kolada; may be shared by threads."""

    name = "kolada"
    calls_a_second = 3

    def read(self, table_id: str) -> Cube:
        """An indicator with all of its years.

        Raises:
            TableMissingError: Kolada has no such indicator, or no value of it in any of the years.
        """
        kpi = self._kpi(table_id)
        pages = list(self._pages(table_id))
        cells = [cell for raw in pages for cell in _cells(raw, kpi=table_id)]
        if not any(cell.value is not None for cell in cells):
            raise TableMissingError(
                f"{table_id}: Kolada has no value of {kpi['title']!r} in "
                f"{self._years(table_id)[0]} or later: an empty list, which it also answers to "
                "what it does not know",
                status=404,
            )
        if self._archive:
            whole = orjson.dumps({"kpi": kpi, "pages": [orjson.loads(raw) for raw in pages]})
            self._archive.keep("kolada", table_id, whole, ending="json")
        return build_cube(
            table_id,
            label=clean_label(str(kpi["title"])),
            updated=_stamp(cells),
            axes=_AXES,
            cells=cells,
            names={"Kon": _GENDERS, "ContentsCode": {table_id: clean_label(str(kpi["title"]))}},
            notes=[excerpt(str(kpi.get("description") or ""), longest=2_000)],
        )

    def search(self, query: str = "", *, near: str = "") -> Iterator[TableInfo]:  # noqa: ARG002 - as Provider
        """The indicators whose title has the words."""
        call = Call(f"Kolada, search for {query!r}", _values)
        raw = self._caller.get(f"kpi?{urlencode({'title': query, 'per_page': 20})}", call).raw
        for found in _values(raw):
            title = clean_label(str(found.get("title", "")))
            yield TableInfo(str(found.get("id", "")), title, "", "", "", False, ())

    def _kpi(self, table_id: str) -> dict[str, Any]:
        """The indicator's own description; TableMissingError when there is none of that id."""
        call = Call(f"{table_id}, Kolada's description", parse_object, of_table=True)
        answer = parse_object(self._caller.get(f"kpi/{quote(table_id, safe='')}", call).raw)
        values = list_at(answer, "values", place=table_id) if "values" in answer else [answer]
        found = [
            own
            for own in values
            if isinstance(own, dict) and own.get("id") == table_id and own.get("title")
        ]
        if not found:
            raise TableMissingError(f"{table_id}: Kolada has no indicator of that id", status=404)
        return found[0]

    def _years(self, table_id: str) -> tuple[int, ...]:
        return tuple(range(self._sources[table_id].years[0], datetime.now(UTC).year + 1))

    def _pages(self, table_id: str) -> Iterator[bytes]:
        """Every page of values, some years a call."""
        call = Call(f"{table_id}, Kolada's values", lambda raw: list(_cells(raw, kpi=table_id)))
        every = self._years(table_id)
        for first in range(0, len(every), _YEARS_A_CALL):
            listed = ",".join(map(str, every[first : first + _YEARS_A_CALL]))
            path = f"data/kpi/{table_id}/year/{listed}?per_page={_PAGE}"
            for _ in range(_MOST_PAGES):
                raw = self._caller.get(path, call).raw
                yield raw
                path = self._next(raw)
                if not path:
                    break
            else:
                raise RequestRefusedError(f"{table_id}: over {_MOST_PAGES} pages", status=0)

    def _next(self, raw: bytes) -> str:
        """The path of the next page at the same server, whatever host the answer names; or ""."""
        address = parse_object(raw).get("next_url")
        if not isinstance(address, str) or not address:
            return ""
        parts = urlsplit(address)
        root = urlsplit(self.base_url).path.rstrip("/")
        return f"{parts.path.removeprefix(root).lstrip('/')}?{parts.query}"


def _values(raw: bytes) -> list[dict[str, Any]]:
    values = list_at(parse_object(raw), "values", place="Kolada")
    strange = next((own for own in values if not isinstance(own, dict)), None)
    if strange is not None:
        raise BadAnswerError(f"values hold {kind_of(strange)} where an object was expected")
    return values


def _cells(raw: bytes, *, kpi: str) -> Iterator[Cell]:
    """The figures of kommuner and riket on a page.

    Raises:
        BadAnswerError: the page is not what was asked for; says where.
    """
    for own in _values(raw):
        place = f"{own.get('municipality')} {own.get('period')}"
        if own.get("kpi") != kpi:
            raise BadAnswerError(f"{place} is of {excerpt(str(own.get('kpi')))}, not of {kpi}")
        area, year = own.get("municipality"), own.get("period")
        if not isinstance(area, str) or type(year) is not int or not 1900 < year < 2200:
            raise BadAnswerError(f"{place} is no area and year")
        if area != _RIKET and (len(area) != 4 or not area.isdecimal() or area.startswith("00")):
            continue  # regions and groups of kommuner
        for figure in list_at(own, "values", place=place):
            cell = _cell(figure, area=RIKET if area == _RIKET else area, kpi=kpi, year=year)
            if cell:
                yield cell


def _cell(figure: Any, *, area: str, kpi: str, year: int) -> Cell | None:
    """One figure; None for one that Kolada has deleted."""
    place = f"{area} {year}"
    if not isinstance(figure, dict) or figure.get("gender") not in _GENDERS:
        raise BadAnswerError(f"{place} has a figure for neither T, K nor M")
    if figure.get("isdeleted"):
        return None
    value = figure.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise BadAnswerError(f"{place}: a value is {kind_of(value)} where a number was expected")
    secret = value is None and "private" in str(figure.get("status") or "").casefold()
    codes = (area, figure["gender"], kpi, str(year))
    return Cell(codes, None if value is None else float(value), SUPPRESSED if secret else "")


def _stamp(cells: list[Cell]) -> str:
    """Tells one content from another; Kolada has no stamp of its own."""
    digest = hashlib.sha256()
    for cell in sorted(cells, key=lambda cell: cell.codes):
        digest.update(repr((cell.codes, cell.value, cell.mark)).encode())
    return f"content {digest.hexdigest()[:16]}"
