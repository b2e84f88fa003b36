"""The country at full size: numbers of areas, national totals, and contrasts like the real ones."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
import shapely
from country_cells import cells

from etl.synthetic import synthetic_country

pytestmark = pytest.mark.slow

PUBLISHED_2022 = {"people": 10_521_556, "born here": 8_375_882, "foreign background": 2_827_122,
                  "households": 4_883_816, "employed 16-64": 4_993_137}  # fmt: skip
PUBLISHED_DWELLINGS_2022 = {"1": 1_989_631, "2": 1_240_030, "3": 1_928_221}
PUBLISHED_TYPES_2022 = (160, 289, 855, 1_770, 289)


@pytest.fixture(scope="module")
def country():
    return synthetic_country()


def bare(country, set_id):
    return {code.split("_")[0] for code in country.atlas.sets[set_id].codes}


def dissimilarity(group, rest):
    return float(np.abs(group / group.sum() - rest / rest.sum()).sum() / 2)


def test_areas_are_as_many_as_scbs(country):
    numbers = {set_id: len(area_set.codes) for set_id, area_set in country.atlas.sets.items()}
    assert numbers == {
        "riket": 1, "lan": 21, "kommun": 290, "deso2018": 5_984, "deso2025": 6_160,
        "regso2020": 3_363, "regso2025": 3_363,
    }  # fmt: skip


def test_divisions_differ_by_as_many_codes_as_scbs(country):
    old, new = bare(country, "deso2018"), bare(country, "deso2025")
    assert (len(old & new), len(old - new), len(new - old)) == (5_835, 149, 325)
    old, new = bare(country, "regso2020"), bare(country, "regso2025")
    assert (len(old - new), len(new - old)) == (1, 1)


def test_boundaries_of_the_whole_country(country):
    frame = country.boundaries()
    assert len(frame) == 19_182
    assert frame.is_valid.all()
    assert frame.geometry.geom_type.eq("MultiPolygon").all()
    for _, group in frame.groupby(["level", "division"]):
        assert shapely.coverage_is_valid(group.geometry.to_numpy())
    regso = frame[frame.level == "regso"].assign(bare=frame.area_id.str[:8])
    area = regso.pivot_table(index="bare", columns="division", values="land_area_km2")
    assert ((area["2018"] - area["2025"]).abs() > 1e-6).sum() == 288


def test_national_totals_are_near_the_published(country):
    riket = {"Region": "00", "Tid": "2022"}
    deso = list(country.atlas.sets["deso2018"].codes)
    work = cells(country, "TAB6680").at(
        Region=deso, Kon="1+2", Alder="16-64", ContentsCode="0000089X", Tid="2022"
    )
    found = {
        "people": cells(country, "TAB6574").at(**riket, Alder="totalt", Kon="1+2")[0],
        "born here": cells(country, "TAB6572").at(**riket, Fodelseregion="sv", Kon="1+2")[0],
        "foreign background": cells(country, "TAB6571").at(**riket, UtlBakgrund="1", Kon="1+2")[0],
        "households": cells(country, "TAB6568").at(**riket, Hushallstyp="TOTALT")[0],
        "employed 16-64": work.sum(),
    }
    assert found == pytest.approx(PUBLISHED_2022, rel=0.01)


def test_dwellings_are_near_the_published(country):
    codes = list(country.atlas.sets["regso2020"].codes)
    dwellings = cells(country, "TAB6258").at(Region=codes, Tid="2022")[..., 0]
    for column, expected in enumerate(PUBLISHED_DWELLINGS_2022.values()):
        assert dwellings[:, column].sum() == pytest.approx(expected, rel=0.01)


def test_area_types_are_spread_as_the_published(country):
    types = cells(country, "TAB6586").at(
        Region=list(country.atlas.sets["regso2020"].codes), ContentsCode="000008IU", Tid="2022"
    )
    counts = [int((types == number).sum()) for number in range(1, 6)]
    assert counts == pytest.approx(PUBLISHED_TYPES_2022, rel=0.15)


def test_segregation_is_believable(country):
    background = cells(country, "TAB6571")
    deso = np.array(country.atlas.sets["deso2018"].codes)
    by_kommun = {}
    for kommun in country.kommuner.codes:
        own = deso[np.char.startswith(deso, kommun)].tolist()
        both = background.at(Region=own, Kon="1+2", Tid="2022")
        by_kommun[kommun] = dissimilarity(both[:, 1, 0], both[:, 0, 0])
    for big in ("0180", "1480", "1280"):
        assert 0.30 <= by_kommun[big] <= 0.45
        assert by_kommun[big] > 1.3 * np.median(list(by_kommun.values()))


def test_economic_standard_is_believable(country):
    low = cells(country, "TAB6685").at(
        Region=list(country.atlas.sets["deso2018"].codes),
        Alder="tot",
        ContentsCode="000008AC",
        Tid="2022",
    )
    assert 2 <= np.nanpercentile(low, 5) <= 5
    assert 25 <= np.nanpercentile(low, 95) <= 40
    assert np.nanpercentile(low, 99) <= 60


def test_neighbourhoods_are_alike(country):
    """RegSO explain most of the variation between DeSO: fields are clustered, not scattered."""
    origin = country.population.landscape.level["origin"]
    regso = country.atlas.sets["regso2020"].of_atom
    mean = np.bincount(regso, weights=origin) / np.bincount(regso)
    assert np.var(mean[regso]) > 0.6 * np.var(origin)


def test_few_cells_are_suppressed(country):
    deso = list(country.atlas.sets["deso2018"].codes)
    low = cells(country, "TAB6685").at(ContentsCode="000008AC", Tid="2022", Region=deso)
    assert 0.0001 < np.isnan(low).mean() < 0.05


def test_two_countries_of_one_seed_are_equal():
    one, other = (synthetic_country(kommuner=("0331", "1480")) for _ in range(2))
    for table_id in ("TAB6586", "TAB6571"):
        np.testing.assert_array_equal(one.table(table_id).values, other.table(table_id).values)
    assert one.boundaries().geometry.to_wkb().equals(other.boundaries().geometry.to_wkb())


def test_another_process_makes_the_same_country():
    program = (
        "import hashlib; from etl.synthetic import synthetic_country as make;"
        "values = make(kommuner=('0331',)).table('TAB6571').values;"
        "print(hashlib.sha256(values.tobytes()).hexdigest())"
    )
    here = synthetic_country(kommuner=("0331",)).table("TAB6571").values
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert there == hashlib.sha256(here.tobytes()).hexdigest()
