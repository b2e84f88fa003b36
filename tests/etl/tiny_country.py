"""Two kommuner, four RegSO, eight DeSO, two tables and a catalogue: a pipeline run in a second.

The figures are counted up from the DeSO, so that every contract holds. A later `release` has other
figures and another `updated`. The areas are the same in both divisions.
"""

import re
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from unittest import mock

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import box
from small_source import SmallSource, table
from werkzeug.serving import WSGIRequestHandler, make_server

from barometer.catalogue import load_catalogue
from barometer.divisions import covers, parse_area_code
from etl.emulator.limits import NO_LIMITS
from tests.emulated.app import create_emulator
from tests.emulated.faults import Faults

YEARS = (2022, 2023, 2024)
DESO = tuple(f"{kommun}A00{n}0" for kommun in ("0114", "0180") for n in range(1, 5))
REGSO = {code: f"{code[:4]}R00{1 + (int(code[7]) > 2)}" for code in DESO}
SUFFIX = {"2018": ("_SYN", "_SYN"), "2025": ("_SYN_DeSO2025", "_SYN_RegSO2025")}
SOURCES = """
[backgrounds.sex]
name = { sv = "Kön", en = "Sex" }
categories.women = { sv = "Kvinnor", en = "Women" }
categories.men = { sv = "Män", en = "Men" }
"""
SOURCE = """
[sources.%s]
title = { sv = "Folkmängd", en = "Population" }
path = "BE/BE0101/BE0101Y/%s"
subject = "BE0101"
levels = ["riket", "lan", "kommun", "regso", "deso"]
years = { first = 2022, last = 2024 }
rhythm = { sv = "Varje år", en = "Every year" }
variables = { ContentsCode = "%s", %s = "%s", Kon = "1+2" }
backgrounds.sex = { variable = "Kon", codes = { women = "2", men = "1" } }
"""
INDICATORS = """
[population]
sector = "befolkning"
name = { sv = "Folkmängd", en = "Population" }
definition = { sv = "Antal folkbokförda.", en = "Number of residents." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "persons"
parts = [{ source = "TAB6574", published = {} }]
min_denominator = 0

[foreign_background]
sector = "befolkning"
name = { sv = "Utländsk bakgrund", en = "Foreign background" }
definition = { sv = "Andel av befolkningen.", en = "Share of the population." }
population = { sv = "Hela befolkningen", en = "The whole population" }
unit = "percent"
group = { sv = "personer med utländsk bakgrund", en = "people with a foreign background" }
rest = { sv = "personer med svensk bakgrund", en = "people with a Swedish background" }
parts = [{ source = "TAB6571", numerator = { UtlBakgrund = "1" }, denominator = {} }]
"""
# Table: its contents code, its variable, and that variable's codes with the part each counts.
TABLES = {
    "TAB6574": ("000007Y7", "Alder", {"totalt": "all"}),
    "TAB6571": ("000007Y4", "UtlBakgrund", {"1": "group", "2": "rest", "SA": "all"}),
}


def write_catalogue(folder):
    """The catalogue of the two tables as files."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = SOURCES + "".join(
        SOURCE % (table_id, table_id, contents, variable, "SA" if "SA" in codes else "totalt")
        for table_id, (contents, variable, codes) in TABLES.items()
    )
    for name, text in (("sources", sources), ("indicators", INDICATORS), ("groupings", "")):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def small_areas(division):
    """Each DeSO of a division with its RegSO."""
    deso, regso = SUFFIX[division]
    return {code + deso: REGSO[code] + regso for code in DESO}


def regions():
    """Every area with the DeSO (by place in DESO) that it is made of."""
    made = {"00": range(8), "01": range(8), "0114": range(4), "0180": range(4, 8)}
    for division in SUFFIX:
        for place, (deso, regso) in enumerate(small_areas(division).items()):
            made[deso] = [place]
            made.setdefault(regso, [])
            made[regso] = [*made[regso], place]
    return made


def counted(release):
    """Persons by DeSO, part (group, rest), sex (1, 2) and year."""
    random = np.random.default_rng(7)
    people = random.integers(200, 600, size=(8, 2, 2, len(YEARS))).astype(float)
    people[..., -1] += 10 * (release - 1)
    return people


def tiny_source(release=1, *, without=""):
    """The two tables as a release of SCB has them; areas that match `without` are left out."""
    people = counted(release)
    tables = {}
    for table_id, (contents, variable, codes) in TABLES.items():
        made = {a: places for a, places in regions().items() if not re.match(without or "$", a)}
        axes = {
            "Region": tuple(made),
            variable: tuple(codes),
            "Kon": ("1", "2", "1+2"),
            "ContentsCode": (contents,),
            "Tid": tuple(map(str, YEARS)),
        }
        empty = table(table_id, axes, updated=f"2026-0{release}-01T07:00:00Z")
        values = [
            [_by_sex(people[list(places)].sum(axis=0), part, area=area) for part in codes.values()]
            for area, places in made.items()
        ]
        empty.metadata["dimension"]["Region"]["category"]["label"] = {a: label(a) for a in made}
        tables[table_id] = replace(empty, cells=np.array(values)[:, :, :, None, :])
    return SmallSource(tables, synthetic=True)


def label(area):
    """An area as SCB labels it."""
    kommuner = {"0114": "Upplands Väsby", "0180": "Stockholm"}
    if "R0" in area:
        return f"{area.split('_')[0]} {kommuner[area[:4]]} (Område {area[:4]} {area[7]})"
    return {"00": "Riket", "01": "Stockholms län", **kommuner}.get(area, area)


def _by_sex(people, part, *, area):
    parts = {"group": people[0], "rest": people[1], "all": people.sum(axis=0)}[part]
    division = parse_area_code(area).division
    known = [covers(division, year) for year in YEARS]
    return np.where(known, [*parts, parts.sum(axis=0)], np.nan)


def boundaries():
    """Squares of a kilometre in a row, RegSO of two, as the emulator's geodata service has them."""
    rows = []
    for division in SUFFIX:
        for at, (deso, regso) in enumerate(small_areas(division).items()):
            shape = box(670_000 + at * 1000, 6_580_000, 671_000 + at * 1000, 6_581_000)
            rows.append((deso, "deso", division, deso, regso, shape))
    columns = ["area_id", "level", "division", "name", "parent_id", "geometry"]
    deso = gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), crs=3006)
    regso = deso.dissolve("parent_id").reset_index()
    named = regso.assign(
        area_id=regso["parent_id"],
        level="regso",
        name="Område " + regso["parent_id"].str[:4],
        parent_id=regso["parent_id"].str[:4],
    )
    return pd.concat([deso, named[columns]], ignore_index=True)


@dataclass
class TinyServer:
    """The emulator on a port of its own; `source` may be replaced and faults added at any time."""

    source: SmallSource = field(default_factory=tiny_source)
    faults: Faults = field(default_factory=Faults)
    port: int = 0

    def publish(self, source):
        self.source = source
        self._app = create_emulator(
            source, limits=NO_LIMITS, faults=self.faults, boundaries=boundaries
        )

    def __call__(self, environ, start_response):
        return self._app(environ, start_response)

    @property
    def api(self):
        return f"http://127.0.0.1:{self.port}/api/v2"

    @property
    def geodata(self):
        return f"http://127.0.0.1:{self.port}/geoserver/stat/wfs"

    def data_calls(self):
        return [call for call in self.faults.calls if call.endswith("/data")]


class _Silent(WSGIRequestHandler):
    def log_request(self, *_):
        pass


@contextmanager
def serving(source=None):
    """A running TinyServer."""
    tiny = TinyServer()
    tiny.publish(source or tiny_source())
    server = make_server("127.0.0.1", 0, tiny, threaded=True, request_handler=_Silent)
    tiny.port = server.port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield tiny
    finally:
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Ran:
    """How a command of the pipeline ended."""

    code: int
    said: str


def run_pipeline(*arguments, catalogue):
    """A command of the pipeline in this process, over the tiny catalogue."""
    from etl.__main__ import app

    said = StringIO()
    tiny = load_catalogue(Path(catalogue))
    with (
        mock.patch("barometer.catalogue.load_catalogue", return_value=tiny),
        mock.patch("etl.run.code_version", return_value="tiny"),
        mock.patch("etl.snapshot.contents.code_version", return_value="tiny"),
        redirect_stdout(said),
        redirect_stderr(said),
    ):
        try:
            app([str(argument) for argument in arguments])
        except SystemExit as end:
            return Ran(int(end.code or 0), said.getvalue())
    return Ran(0, said.getvalue())
