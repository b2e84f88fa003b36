"""Every table of SCB that the catalogue names, made up from its entry alone."""

from dataclasses import replace

import numpy as np
import orjson
import pytest

from barometer.catalogue import load_catalogue
from etl.fetch.metadata import parse_metadata
from etl.fetch.needs import resolve_need
from etl.synthetic import SyntheticCountry, declarations
from etl.synthetic.compositions import COMPOSITIONS

CATALOGUE = load_catalogue()
IDS = sorted(
    {need.source_id for need in CATALOGUE.needs() if need.provider == "scb" and not need.unverified}
)


@pytest.fixture
def from_entries(part: SyntheticCountry, monkeypatch: pytest.MonkeyPatch) -> SyntheticCountry:
    monkeypatch.setattr(declarations, "COMPOSITIONS", {})
    return replace(part, declarations=declarations.declarations_for(CATALOGUE))


def test_every_composition_has_an_entry_and_every_certain_entry_figures() -> None:
    made = {own.id: own for own in declarations.declarations_for(CATALOGUE)}
    assert COMPOSITIONS.keys() <= made.keys() >= set(IDS)
    assert all(made[table_id].cells is own.cells for table_id, own in COMPOSITIONS.items())


@pytest.mark.parametrize("table_id", IDS)
def test_a_table_has_what_its_entry_asks_for(from_entries: SyntheticCountry, table_id: str) -> None:
    table = from_entries.table(table_id)
    metadata = parse_metadata(orjson.dumps(table.metadata), table_id=table_id)
    needs = [need for need in CATALOGUE.needs() if need.source_id == table_id]
    assert [resolve_need(need, metadata=metadata).lacks for need in needs] == [()] * len(needs)
    years = [int(code) for code in table.metadata["dimension"]["Tid"]["category"]["index"]]
    assert set(needs[0].years) <= set(years)
    values = table.values[..., years.index(needs[0].years[-1])]
    known = values[~np.isnan(values)]
    assert known.size
    assert known.min() >= 0
    assert known.max() > 0
