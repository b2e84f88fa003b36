"""The data set for notebooks and scripts: every table as a frame, in one line each."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pandas as pd

from barometer.catalogue import load_catalogue
from barometer.divisions import Language
from barometer.queries import contents_of
from barometer.queries.own_areas import with_own_areas
from barometer.selection.own import own_of_texts
from barometer.settings import Settings
from barometer.snapshot import Snapshot
from barometer.store import Reader, Store, read_snapshot
from barometer.tables import (
    Fault,
    faults_of_contents,
    faults_of_rows,
    find_table,
    read_request,
    table_sheet,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Asked = str | int | Iterable[str | int] | None
"""One value, several of them, or None for all."""


class QuestionError(ValueError):
    """A question about the data that cannot be answered; the message lists every fault."""


class Barometer:
    """One data set, read only: `with barometer.open() as data: data.values("low_standard")`.

    Every frame has the columns of the API's table of the same name, codes and full precision, with
    source, data set and origin in every row. An unknown code raises QuestionError with every fault.
    """

    def __init__(self, reading: object, *, language: Language = "sv") -> None:
        self._reading = reading
        self._reader: Reader = reading.__enter__()  # type: ignore[attr-defined]
        self._catalogue = self._reader.catalogue(load_catalogue())
        self._language = language

    @property
    def snapshot(self) -> Snapshot:
        """What the data set is."""
        return self._reader.snapshot

    def values(
        self,
        indicator: Asked,
        *,
        level: Asked = None,
        year: Asked = None,
        area: Asked = None,
        within: Asked = None,
        background: Asked = None,
    ) -> pd.DataFrame:
        """Indicator values; `year` may be 2024, [2020, 2024] or "2015-2024"."""
        return self._frame(
            "values",
            indicator=indicator,
            level=level,
            year=year,
            area=area,
            within=within,
            background=background,
        )

    def indices(
        self,
        grouping: Asked = None,
        *,
        index: Asked = None,
        units: Asked = None,
        level: Asked = None,
        year: Asked = None,
        area: Asked = None,
        within: Asked = None,
    ) -> pd.DataFrame:
        """Segregation measures with interval, what chance gives, and caution."""
        return self._frame(
            "indices",
            grouping=grouping,
            index=index,
            units=units,
            level=level,
            year=year,
            area=area,
            within=within,
        )

    def areas(
        self, *, level: Asked = None, year: Asked = None, area: Asked = None, within: Asked = None
    ) -> pd.DataFrame:
        """The register of areas."""
        return self._frame("areas", level=level, year=year, area=area, within=within)

    def geometry(
        self, *, level: Asked = None, year: Asked = None, area: Asked = None, within: Asked = None
    ) -> "GeoDataFrame":
        """The same areas with their boundaries, in SWEREF 99 TM (EPSG:3006)."""
        import geopandas as gpd

        from barometer.queries import boundaries

        found = self.areas(level=level, year=year, area=area, within=within)
        shapes = boundaries(self._reader.cursor, found["area_id"].tolist())
        return gpd.GeoDataFrame(found, geometry=gpd.GeoSeries.from_wkb(list(shapes), crs=3006))

    def series(self, indicator: str, *, area: Asked, background: str = "all") -> pd.DataFrame:
        """Years down, areas across: an indicator's development, ready to plot.

        A column is named by its area's label, with the code where two areas share one: RegSO of
        before and after 2024 are different areas although their names stay.
        """
        found = self.values(indicator, area=area, background=background)
        labels = found.drop_duplicates("area_id").set_index("area_id")["label"]
        coded = labels + " (" + labels.index + ")"
        names = labels.where(~labels.duplicated(keep=False), coded)
        wide = found.pivot_table(index="year", columns="area_id", values="value", dropna=False)
        return wide[list(labels.index)].set_axis(list(names), axis="columns")

    def indicators(self) -> pd.DataFrame:
        """What there is, with definition, unit, levels and years."""
        return self._frame("indicators")

    def _frame(self, table_id: str, **asked: Asked) -> pd.DataFrame:
        table = find_table(table_id)
        assert table is not None  # named in this module
        given = {name: _texts(value) for name, value in asked.items() if value is not None}
        given["lang"] = [self._language]
        wanted, faults = read_request(table.parameters, given, catalogue=self._catalogue)
        with with_own_areas(
            self._reader,
            own_of_texts(wanted.area, wanted.within),
            catalogue=self._catalogue,
            language=self._language,
        ) as reader:
            _stop_at(faults + faults_of_contents(wanted, contents_of(reader)))
            sheet, rows = table_sheet(reader, table, wanted, catalogue=self._catalogue)
            _stop_at(faults_of_rows(rows, reader, table, wanted, catalogue=self._catalogue))
            parts = list(sheet.parts()) if sheet.parts else []
        return pd.concat(parts, ignore_index=True) if parts else sheet.frame

    def close(self) -> None:
        """Let the data set go."""
        self._reading.__exit__(None, None, None)  # type: ignore[attr-defined]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_barometer(place: str | Path | None = None, *, language: Language = "sv") -> Barometer:
    """A snapshot file, or the one that a data folder publishes (DATA_DIR, ./data)."""
    where = Path(place) if place is not None else Settings.from_env().data_dir
    reading = read_snapshot(where) if where.is_file() else Store(where / "published").reader()
    return Barometer(reading, language=language)


def _texts(value: Asked) -> list[str]:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [*map(_text, value)] or [""]
    return [] if value is None else [_text(value)]


def _text(value: object) -> str:
    """A value as it is asked for; pandas makes floats of years where one is missing."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _stop_at(faults: Sequence[Fault]) -> None:
    if faults:
        raise QuestionError("; ".join(f"{f.parameter} {f.given!r} {f.detail}" for f in faults))
