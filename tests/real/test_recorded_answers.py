"""Answers of SCB's own server for Karlstad, recorded in July 2026, through the product's reader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import orjson
import pandas as pd
import pytest

from barometer.catalogue import load_catalogue
from etl.fetch.parse import parse_dataset
from etl.geodata.boundaries import FolderBoundaries
from etl.geodata.service import download_layers
from etl.snapshot.observations import to_observations

RECORDED = Path(__file__).parent / "recorded"
CONTENTS = {"000008IT": "index", "000008IU": "type", "000008IV": "v1", "000008IW": "v2"}
CONTENTS |= {"000008IX": "v3"}


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    """TAB6586 as observations: 62 RegSO, five contents, 2011-2024."""
    raw = (RECORDED / "regso_socioek.json").read_bytes()
    return to_observations(parse_dataset(raw), source=load_catalogue().sources["TAB6586"])


def test_the_index_is_the_mean_of_its_three_parts(cells: pd.DataFrame) -> None:
    named = cells.assign(content=cells["variable_id"].astype(str).map(CONTENTS))
    wide = named.dropna(subset="value").pivot_table(
        index=["area_id", "year"], columns="content", values="value", observed=True
    )
    off = (wide["index"] - wide[["v1", "v2", "v3"]].mean(axis=1)).abs()
    assert len(off) == 31 * 14
    assert off.max() < 0.05


def test_types_are_kept_as_answered(cells: pd.DataFrame) -> None:
    answer = orjson.loads(
        (RECORDED / "regso_socioek.json").read_bytes().removeprefix(b"\xef\xbb\xbf")
    )
    place = answer["id"].index("ContentsCode")
    frame = parse_dataset(orjson.dumps(answer))
    asked = frame[frame["ContentsCode"] == "000008IU"]["value"]
    kept = cells[cells["variable_id"].astype(str) == "000008IU"]["value"]
    assert answer["size"][place] == 5
    assert sorted(kept.dropna()) == sorted(asked.dropna())
    assert set(kept.dropna()) <= {1, 2, 3, 4, 5}


def test_zeros_outside_a_division_s_years_are_no_figures() -> None:
    raw = (RECORDED / "omraden_befolkning.json").read_bytes()
    source = load_catalogue().sources["TAB6574"]
    frame = parse_dataset(raw)
    for variable in source.variables:
        if variable.code not in frame.columns:  # left out of the call, so the total
            codes = pd.Categorical(["1+2"] * len(frame))
            frame[variable.code] = codes
    if "ContentsCode" not in frame.columns:
        frame["ContentsCode"] = pd.Categorical(["000007Y7"] * len(frame))
    found = to_observations(frame, source=source)
    old = found[found["division"] == "2018"]
    assert len(old) == 84 * 18
    assert old["value"].isna().all()
    assert set(old["status"].astype(str)) == {"outside_division"}
    total = found[found["variable_id"].astype(str).str.contains("totalt")]
    by_level = total.assign(n=total["area_id"].astype(str)).set_index("n")["value"].dropna()
    assert by_level["1780"] == 99_007
    assert by_level[by_level.index.str.contains("_DeSO")].sum() == 98_988
    assert by_level[by_level.index.str.contains("_RegSO")].sum() == 98_999


@pytest.mark.parametrize(("level", "name", "n"), [("deso", "DeSO", 57), ("regso", "RegSO", 31)])
def test_a_layer_in_degrees_is_read_in_metres(
    tmp_path: Path, level: str, name: str, n: int
) -> None:
    """SCB's geodata service can send degrees, and says so, where metres were asked for."""
    raw = (RECORDED / f"geo_{level}.json").read_bytes()

    def answer(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
        start("200 OK" if "json" in environ["QUERY_STRING"] else "400 Bad Request", [])
        return [raw]

    features = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))["features"]
    codes = {f"{feature['properties'][f'{level}kod']}_{name}2025" for feature in features}
    transport = httpx.WSGITransport(app=answer)
    (stored,) = download_layers(tmp_path, area_ids=codes, transport=transport, attempts=1)
    assert (stored.features, stored.format, stored.lacking) == (n, "json", ())
    areas = FolderBoundaries((tmp_path,)).read()
    assert set(areas["area_id"]) == codes
    assert set(areas["division"]) == {"2025"}
    if level == "deso":  # SCB's layer is its own key: 57 DeSO in 31 RegSO
        assert areas["parent_id"].nunique() == 31
        regso = {f"{feature['properties']['regsokod']}_RegSO2025" for feature in features}
        assert set(areas["parent_id"]) == regso
    assert areas["land_area_km2"].sum() == pytest.approx(1524.3, abs=0.1)  # km2: Karlstad
