"""Tables whose periods are no years of figures: quarters, and what is projected."""

from types import SimpleNamespace

import duckdb
import orjson
import pytest
from small_source import table

from barometer.catalogue import load_catalogue
from barometer.snapshot import schema_sql
from etl.fetch.metadata import parse_metadata
from etl.fetch.needs import resolve_need
from etl.snapshot.observations import load_observations

CATALOGUE = load_catalogue()
# As recorded answers of the tables' metadata have them; of the regions only these.
SHAPES = {
    "TAB4572": {
        "Region": ("00", "01", "0114"),
        "Hustyp": ("FLERBO", "SMÅHUS"),
        "ContentsCode": ("BO0101A4", "BO0101A3"),
        "Tid": tuple(f"{year}K{n}" for year in range(2010, 2027) for n in (1, 2, 3, 4))[:-2],
    },
    "TAB6008": {
        "Region": ("01", "0114"),
        "InrikesUtrikes": ("13", "23", "83"),
        "Kon": ("1", "2"),
        "Alder": ("0", "1"),
        "ContentsCode": ("000005RC",),
        "Tid": tuple(map(str, range(2024, 2071))),
    },
    "TAB4590": {
        "Region": ("00", "01", "0114"),
        "Hyresuppg": ("Ah_kvm", "Mh_kvm"),
        "ContentsCode": ("000000J4", "000000J3", "000000RZ", "000000MQ"),
        "Tid": tuple(map(str, range(2016, 2026))),
    },
}
LABELS = {
    "BO0101A4": "Påbörjade lägenheter",
    "000000J4": "Medianhyra i hyreslägenhet",
    "000000J3": "Felmarginal ±, medianhyra",
    "83": "totalt",
}
TITLES = {"TAB4572": "Lägenheter i nybyggda hus", "TAB4590": "Hyra i hyreslägenhet"}


def metadata_of(table_id):
    described = table(table_id, SHAPES[table_id]).metadata
    described["label"] = TITLES.get(table_id, table_id)
    for name, dimension in described["dimension"].items():
        labels = dimension["category"]["label"]
        labels.update({code: LABELS[code] for code in labels if code in LABELS})
        dimension["extension"]["elimination"] = name in ("Kon", "Alder", "InrikesUtrikes", "Hustyp")
    return parse_metadata(orjson.dumps(described), table_id=table_id)


@pytest.mark.parametrize("table_id", SHAPES)
def test_the_entry_fits_the_table_as_it_was_recorded(table_id):
    needs = [need for need in CATALOGUE.needs() if need.source_id == table_id]
    for need in needs:
        assert resolve_need(need, metadata=metadata_of(table_id)).lacks == ()


def test_a_projection_is_asked_for_ten_years_after_the_years_it_is_shown_at():
    (need,) = [need for need in CATALOGUE.needs() if need.source_id == "TAB6008"]
    (request,) = resolve_need(need, metadata=metadata_of("TAB6008")).requests
    assert dict(request.codes)["Tid"] == ("2034", "2035")
    assert sorted(dict(request.codes)) == ["ContentsCode", "InrikesUtrikes", "Region", "Tid"]


def answer(codes, values):
    """A data answer over the codes, its cells in order."""
    dimension = {name: {"category": {"index": list(own)}} for name, own in codes.items()}
    sizes = [len(own) for own in codes.values()]
    status = {str(at): ".." for at, value in enumerate(values) if value is None}
    said = {"id": list(codes), "size": sizes, "dimension": dimension, "value": values}
    return orjson.dumps(said | {"status": status, "updated": "2026-02-01T07:00:00Z"})


def observed(table_id, *answers):
    """(area, year, variable): value and status, of the answers as the build reads them."""
    read = SimpleNamespace(read=lambda entry: entry)
    collected = SimpleNamespace(
        table_id=table_id, metadata=SimpleNamespace(origin="scb"), data=answers
    )
    with duckdb.connect() as con:
        con.execute(schema_sql())
        sources = [CATALOGUE.sources[table_id]]
        load_observations(con, [collected], bronze=read, sources=sources, done=lambda _: None)
        rows = con.execute(
            "SELECT area_id, year, variable_id, value, status::VARCHAR FROM observations"
        ).fetchall()
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def test_a_years_figure_is_the_sum_of_its_four_quarters_also_of_several_answers():
    codes = {"Region": ["0114", "0115"], "Hustyp": ["SMÅHUS"], "ContentsCode": ["BO0101A4"]}
    first = answer(codes | {"Tid": ["2024K1", "2024K2", "2024K3"]}, [1, 2, 3, 10, None, 30])
    rest = answer(codes | {"Tid": ["2024K4", "2025K1"]}, [4, 100, 40, 100])
    assert observed("TAB4572", first, rest) == {
        ("0114", 2024, "BO0101A4|SMÅHUS"): (10.0, None),
        ("0115", 2024, "BO0101A4|SMÅHUS"): (None, "suppressed"),
    }


def test_what_is_projected_is_shown_ten_years_before():
    codes = {"Region": ["0114"], "InrikesUtrikes": ["83"], "ContentsCode": ["000005RC"]}
    assert observed("TAB6008", answer(codes | {"Tid": ["2034"]}, [51_234.5])) == {
        ("0114", 2024, "000005RC|83"): (51_234.5, None)
    }
