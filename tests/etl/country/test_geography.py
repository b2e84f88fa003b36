import re

import numpy as np
import pytest
import shapely

from barometer.divisions import parse_area_code
from etl.synthetic import synthetic_country
from etl.synthetic.boundaries import parents
from etl.synthetic.kommuner import repair_coverage


@pytest.fixture(scope="module")
def boundaries(part):
    return part.boundaries()


def by_set(frame):
    return [group for _, group in frame.groupby(["level", "division"])]


def test_every_area_of_both_divisions_has_a_boundary(part, boundaries):
    codes = {code for area_set in part.atlas.sets.values() for code in area_set.codes}
    assert set(boundaries.area_id) == codes
    assert boundaries.area_id.is_unique


def test_codes_say_their_level_and_division(boundaries):
    for row in boundaries.itertuples():
        code = parse_area_code(row.area_id)
        assert (code.level, code.division) == (row.level, row.division)


def test_small_area_codes_are_ones_that_scb_does_not_use(boundaries):
    small = boundaries[boundaries.level.isin(["regso", "deso"])]
    assert small.area_id.str.contains("_SYN").all()


def test_boundaries_are_valid_coverages(boundaries):
    assert boundaries.crs == 3006
    assert boundaries.is_valid.all()
    assert not boundaries.is_empty.any()
    for group in by_set(boundaries):
        assert shapely.coverage_is_valid(group.geometry.to_numpy())


def test_every_level_covers_the_same_land(part, boundaries):
    outlines = shapely.area(part.kommuner.outline).sum() / 1e6
    for group in by_set(boundaries):
        assert group.land_area_km2.sum() == pytest.approx(outlines, rel=1e-6)


def test_an_area_is_the_union_of_the_areas_below_it(boundaries):
    area = boundaries.set_index("area_id").land_area_km2
    for level in ("lan", "kommun", "regso", "deso"):
        for _, group in boundaries[boundaries.level == level].groupby("division"):
            below = group.groupby("parent_id").land_area_km2.sum()
            np.testing.assert_allclose(below, area[below.index], rtol=1e-9)


def test_deso_nest_in_regso_in_kommun(part):
    for set_id, above in (("deso2018", "regso2020"), ("deso2025", "regso2025")):
        deso, regso = part.atlas.sets[set_id], part.atlas.sets[above]
        pairs = set(zip(deso.of_atom.tolist(), regso.of_atom.tolist(), strict=True))
        assert len(pairs) == len(deso.codes)
        for code, parent in zip(deso.codes, parents(deso, part.atlas), strict=True):
            assert code[:4] == parent[:4]


def test_deso_letters_and_numbers_follow_the_rule(part):
    for code in part.atlas.sets["deso2018"].codes:
        assert re.fullmatch(r"\d{4}(A0\d\d0|B2\d\d0|C[1-9]\d\d0)_SYN", code), code


def test_divisions_differ_as_scbs_do(part):
    old = {code.removesuffix("_SYN") for code in part.atlas.sets["deso2018"].codes}
    new = {code.removesuffix("_SYN_DeSO2025") for code in part.atlas.sets["deso2025"].codes}
    split = {code for code in new - old if code[-1] != "0"}
    assert split
    assert {code[:-1] + "0" for code in split} <= old - new
    regso_old = {code[:8] for code in part.atlas.sets["regso2020"].codes}
    regso_new = {code[:8] for code in part.atlas.sets["regso2025"].codes}
    assert regso_old - regso_new == {"2584R001"}
    assert {code[:4] for code in regso_new - regso_old} == {"2523"}


def test_some_regso_change_borders_under_the_same_code(boundaries):
    regso = boundaries[boundaries.level == "regso"].assign(bare=boundaries.area_id.str[:8])
    old = regso[regso.division == "2018"].set_index("bare").land_area_km2
    new = regso[regso.division == "2025"].set_index("bare").land_area_km2
    both = old.index.intersection(new.index)
    changed = (old[both] - new[both]).abs() > 1e-6
    assert 4 <= changed.sum() < len(both) / 2


def test_names_of_regso_are_unique_in_a_kommun_and_in_swedish_order(part):
    regso = part.atlas.sets["regso2020"]
    labels = dict(zip(regso.codes, regso.names, strict=True))
    uppsala = [labels[code] for code in sorted(labels) if code.startswith("0380")]
    assert len(set(uppsala)) == len(uppsala)
    order = "abcdefghijklmnopqrstuvwxyzåäö"
    initials = [order.index(name[0].casefold()) for name in uppsala]
    assert initials == sorted(initials)


def test_both_divisions_share_labels_so_that_labels_are_not_keys(part):
    old, new = part.atlas.sets["regso2020"], part.atlas.sets["regso2025"]
    assert len(set(old.labels) & set(new.labels)) >= len(old.labels) - 1


def test_repair_cuts_spikes_and_settles_overlaps_and_slivers():
    left = shapely.Polygon([(0, 0), (10_000, 0), (10_010, 10_000), (0, 10_000)])
    right = shapely.Polygon([(10_020, 0), (20_000, 0), (20_000, 10_000), (10_000, 10_000)])
    shore = [(0, -9_000), (20_000, -9_000), (20_000, 0)]
    spiked = shapely.Polygon([*shore, (9_000, 0), (8_995, 9_000), (8_990, 0), (0, 0)])
    mended = repair_coverage(np.array([left, right, spiked], dtype=object))
    assert shapely.coverage_is_valid(mended)
    assert shapely.area(mended).sum() == pytest.approx(20_000 * 19_000, rel=1e-3)
    assert shapely.bounds(mended[2])[3] == 0


def test_an_unknown_kommun_is_named():
    with pytest.raises(ValueError, match="9999"):
        synthetic_country(kommuner=("0114", "9999"))
