import hashlib
import re
from dataclasses import replace

import numpy as np
import pytest
from country_cells import SOME, cells

from barometer.catalogue import load_catalogue
from barometer.divisions import covers, parse_area_code
from etl.synthetic import synthetic_country
from etl.synthetic.declaration import Content, Declaration, Text, counted
from etl.synthetic.declarations import declarations_for

DECLARATIONS = declarations_for(load_catalogue())
IDS = [declaration.id for declaration in DECLARATIONS]
COUNTS = [d.id for d in DECLARATIONS if all(content.is_count for content in d.contents)]
EVERYBODY = {
    "TAB6574": {"Alder": "totalt", "Kon": "1+2"},
    "TAB6571": {"UtlBakgrund": "SA", "Kon": "1+2"},
    "TAB6572": {"Fodelseregion": "tot", "Kon": "1+2"},
    "TAB6253": {"Upplatelseform": "TOTALT"},
    "TAB6065": {"Hustyp": "TOTALT"},
}


def digest(table):
    return hashlib.sha256(table.values.tobytes()).hexdigest()


@pytest.mark.parametrize("table_id", IDS)
def test_values_have_the_shape_that_the_metadata_states(part, table_id):
    table = part.table(table_id)
    assert table.values.shape == tuple(table.metadata["size"])
    assert table.values.dtype == np.float64
    assert table.metadata["value"] == []
    assert table.metadata["id"][0] == "Region"
    assert table.metadata["id"][-2:] == ["ContentsCode", "Tid"]


@pytest.mark.parametrize("table_id", IDS)
def test_english_metadata_has_the_same_codes_and_other_labels(part, table_id):
    table = part.table(table_id)
    assert table.metadata_en is not None
    assert table.metadata_en["size"] == table.metadata["size"]
    assert table.metadata_en["label"] != table.metadata["label"]
    for name, dimension in table.metadata["dimension"].items():
        english = table.metadata_en["dimension"][name]
        assert english["category"]["index"] == dimension["category"]["index"]


@pytest.mark.parametrize("table_id", IDS)
def test_values_are_missing_outside_the_years_of_a_division(part, table_id):
    found = cells(part, table_id)
    for row, code in enumerate(found.codes["Region"]):
        division = parse_area_code(code).division
        for column, year in enumerate(found.codes["Tid"]):
            block = found.table.values[row, ..., column]
            assert np.isnan(block).all() != covers(division, int(year))


@pytest.mark.parametrize("table_id", COUNTS)
def test_counts_are_whole_and_never_missing_where_they_apply(part, table_id):
    values = part.table(table_id).values
    known = values[~np.isnan(values)]
    assert (known == np.round(known)).all()
    assert (known >= 0).all()


@pytest.mark.parametrize("table_id", COUNTS)
@pytest.mark.parametrize("division", ["2018", "2025"])
def test_counts_add_up_through_the_levels(part, table_id, division):
    found = cells(part, table_id)
    codes = {}
    for code in found.codes["Region"]:
        area = parse_area_code(code)
        if area.division in ("admin", division):
            codes.setdefault(area.level, []).append(code)
    years = [year for year in found.codes["Tid"] if covers(division, int(year))]
    sums = [found.at(Region=own, Tid=years).sum(axis=0) for own in codes.values()]
    for level_sum in sums[1:]:
        if not np.isnan(level_sum).all():
            np.testing.assert_array_equal(level_sum, sums[0])


def test_all_tables_count_the_same_people(part):
    years = [str(year) for year in range(2012, 2025)]
    expected = cells(part, "TAB6574").at(**EVERYBODY["TAB6574"], Tid=years)
    for table_id, whole in EVERYBODY.items():
        np.testing.assert_array_equal(cells(part, table_id).at(**whole, Tid=years), expected)


def test_categories_add_up_to_their_totals(part):
    ages = cells(part, "TAB6574")
    parts = [code for code in ages.codes["Alder"] if code != "totalt"]
    np.testing.assert_array_equal(
        ages.at(Alder=parts, Kon=["1", "2"]).sum(axis=(1, 2)), ages.at(Alder="totalt", Kon="1+2")
    )
    work = cells(part, "TAB6680")
    np.testing.assert_array_equal(
        work.at(ContentsCode=["0000089X", "0000089W"]).sum(axis=3), work.at(ContentsCode="0000089V")
    )
    np.testing.assert_array_equal(
        work.at(ContentsCode=["0000089V", "0000089Z"]).sum(axis=3), work.at(ContentsCode="0000089Y")
    )


def test_birth_region_and_background_agree(part):
    foreign = cells(part, "TAB6571").at(UtlBakgrund="1", Kon="1+2")
    born_abroad = cells(part, "TAB6572").at(Fodelseregion=["eu", "öv"], Kon="1+2").sum(axis=1)
    known = ~np.isnan(foreign)
    assert (born_abroad[known] <= foreign[known]).all()


def test_the_education_base_takes_in_the_65_year_olds_from_2023(part):
    base = cells(part, "TAB5956").at(Region="00", ContentsCode="000005MO").sum(axis=0)
    growth = base[1:] / base[:-1]
    assert growth[-1] > 1.015 > growth[:-1].max()


def test_income_shares_of_few_people_are_suppressed_and_no_others(part):
    standard = cells(part, "TAB6685")
    people = standard.at(ContentsCode="000008AE")
    low = standard.at(ContentsCode="000008AC")
    few = people < 100
    assert few.any()
    assert np.isnan(low[few]).all()
    assert not np.isnan(low[people >= 100]).any()


def test_national_quarters_hold_a_quarter_each(part):
    shares = cells(part, "TAB6684").at(
        Region="00", ContentsCode=["000008A6", "000008A7", "000008A8", "000008A9"]
    )
    assert np.abs(shares - 25).max() <= 1


def test_medians_lie_where_the_quarters_say(part):
    income = cells(part, "TAB6684")
    below = income.at(ContentsCode=["000008A6", "000008A7"]).sum(axis=1)
    median = income.at(ContentsCode="000008AB")
    national = income.at(Region="00", ContentsCode="000008AB")
    assert (median[below > 51] < np.broadcast_to(national, median.shape)[below > 51]).all()
    assert (median[below < 49] > np.broadcast_to(national, median.shape)[below < 49]).all()


def test_area_types_follow_their_definition(part):
    found = cells(part, "TAB6586")
    areas = [c for c in found.codes["Region"] if c.endswith("_SYN")]
    index = found.at(Region=areas, Tid="2022", ContentsCode=["000008IV", "000008IW", "000008IX"])
    mean_index = index.mean(axis=1)
    score = (mean_index - mean_index.mean()) / mean_index.std()
    types = 5 - np.searchsorted([-1, 0, 1, 2], score, side="right")
    agreement = types == found.at(Region=areas, Tid="2022", ContentsCode="000008IU")
    assert agreement.mean() > 0.95


def test_kommun_rows_are_where_scb_has_them(part):
    assert not {"00", "0114"} & set(cells(part, "TAB6680").codes["Region"])
    assert {"00", "01", "0114"} <= set(cells(part, "TAB6574").codes["Region"])
    assert all("R" in code for code in cells(part, "TAB6586").codes["Region"])


def test_region_code_lists_hold_the_codes_of_the_tables(part):
    lists = part.code_lists()
    for summary in part.summaries():
        region = part.table(summary["id"]).metadata["dimension"]["Region"]
        named = [entry["id"] for entry in region["extension"]["codelists"]]
        members = {value["code"] for list_id in named for value in lists[list_id]["values"]}
        assert members == set(region["category"]["index"])


def test_summaries_state_the_years_served(part):
    summaries = {entry["id"]: entry for entry in part.summaries()}
    assert (summaries["TAB5956"]["firstPeriod"], summaries["TAB5956"]["lastPeriod"]) == (
        "2015",
        "2023",
    )
    assert summaries["TAB5956"]["discontinued"]
    assert summaries["TAB6574"]["lastPeriod"] == "2024"


def test_everything_is_marked_as_made_up(part):
    assert part.synthetic
    assert "påhittat" in part.table("TAB6574").metadata["note"][0]


def test_noise_from_2025_leaves_zeros_and_breaks_sums(noisy_part, monkeypatch):
    noisy = cells(noisy_part, "TAB6572")
    monkeypatch.setattr("etl.synthetic.reckoning.FIRST_NOISY_YEAR", 9999)
    exact = cells(noisy_part, "TAB6572")
    before, after = exact.at(Tid="2025"), noisy.at(Tid="2025")
    known = ~np.isnan(before)
    assert (after[known & (before == 0)] == 0).all()
    assert 0 < np.abs(after - before)[known].max() <= 2
    parts = noisy.at(Tid="2025", Fodelseregion=["sv", "eu", "öv"]).sum(axis=1)
    whole = noisy.at(Tid="2025", Fodelseregion="tot")
    known = ~np.isnan(whole)
    assert (parts[known] != whole[known]).mean() > 0.5
    riket = noisy.at(Tid="2025", Region="00") - exact.at(Tid="2025", Region="00")
    assert riket.any()


def test_noise_never_makes_somebody_of_nobody(noisy_part, monkeypatch):
    noisy = cells(noisy_part, "TAB6638").at(Tid="2025")
    monkeypatch.setattr("etl.synthetic.reckoning.FIRST_NOISY_YEAR", 9999)
    nobody = cells(noisy_part, "TAB6638").at(Tid="2025") == 0
    assert nobody.any()
    assert (noisy[nobody] == 0).all()


def test_noise_is_for_counts_only():
    later = synthetic_country(kommuner=("0331",), last_year=2026)
    types = cells(later, "TAB6586").at(Tid="2025", ContentsCode="000008IU")
    assert set(types[~np.isnan(types)]) <= {1.0, 2.0, 3.0, 4.0, 5.0}
    quarter = cells(later, "TAB6684").at(Tid="2025", Region="00", ContentsCode="000008A6")
    assert quarter == 25


@pytest.mark.parametrize("table_id", ["TAB6574", "TAB6685", "TAB6586", "TAB6568"])
def test_a_further_year_leaves_the_earlier_as_they_were(part, noisy_part, table_id):
    years = cells(part, table_id).codes["Tid"]
    np.testing.assert_array_equal(
        cells(part, table_id).at(Tid=years), cells(noisy_part, table_id).at(Tid=years)
    )


def test_income_lags_a_year_behind_population(noisy_part):
    summaries = {entry["id"]: entry for entry in noisy_part.summaries()}
    assert summaries["TAB6574"]["lastPeriod"] == "2025"
    assert summaries["TAB6685"]["lastPeriod"] == "2024"


def test_the_same_seed_gives_the_same_country_in_any_order(part):
    again = synthetic_country(kommuner=SOME)
    backwards = {table_id: digest(again.table(table_id)) for table_id in reversed(IDS)}
    assert {table_id: digest(part.table(table_id)) for table_id in IDS} == backwards


def test_another_seed_gives_another_country(part):
    other = synthetic_country(kommuner=SOME, seed=7)
    assert digest(other.table("TAB6571")) != digest(part.table("TAB6571"))


def test_an_unknown_table_is_a_key_error(part):
    with pytest.raises(KeyError):
        part.table("TAB1")


def test_a_year_before_the_first_is_refused():
    with pytest.raises(ValueError, match="2011"):
        synthetic_country(last_year=2010)


def test_a_new_table_is_one_declaration(part):
    newborn = Declaration(
        id="TAB1",
        label=Text("Små barn", "Small children"),
        infofile="BE0101",
        variables=(),
        contents=(Content("C1", Text("Antal", "Number"), counted()),),
        cells=lambda population, years: population.of(years)[:, :, 0].astype(np.int32),
        first=2020,
        sets=("kommun",),
    )
    country = replace(part, declarations=(newborn,))
    table = country.table("TAB1")
    expected = cells(part, "TAB6574").at(
        Region=list(SOME), Alder="-4", Kon="1+2", Tid=[str(y) for y in range(2020, 2025)]
    )
    np.testing.assert_array_equal(table.values, expected)


def test_ids_and_codes_that_nobody_has_verified_say_so():
    known = re.compile(r"TAB\d{3,4}|UNVERIFIED-\w+")
    codes = re.compile(r"[0-9A-Z]{8}|UNVERIFIED-\d")
    for declaration in DECLARATIONS:
        assert known.fullmatch(declaration.id), declaration.id
        for content in declaration.contents:
            assert codes.fullmatch(content.code), content.code


def test_turnout_is_of_the_two_elections(part):
    turnout = cells(part, "UNVERIFIED-IntGr11RegSO1")
    assert turnout.codes["Tid"] == ["2018", "2022"]
    everybody = turnout.at(Bakgrund="TOT", Kon="1+2")
    assert np.nanmean(everybody, axis=0).ravel().tolist() == pytest.approx([86, 83], abs=3)


def test_income_components_are_shares_of_the_adults(part):
    income = cells(part, "TAB6683")
    persons = income.at(ContentsCode="000008A3", Kon="1+2", Inkomstkomponenter="170")
    net = cells(part, "TAB6679").at(ContentsCode="0000089O", Kon="1+2", InkomstTyp="NeInk")
    np.testing.assert_array_equal(persons, net)
    share = income.at(ContentsCode="000008A2")
    assert 0 <= np.nanmin(share) < np.nanmax(share) <= 100


def test_older_tables_name_the_older_code_lists(part):
    def named(table_id):
        region = part.table(table_id).metadata["dimension"]["Region"]
        return [entry["id"] for entry in region["extension"]["codelists"]][-2:]

    assert named("TAB5956") == ["vs_DeSoHE", "vs_RegSo1"]
    assert named("TAB6574") == ["vs_RegSO2020", "vs_RegSO2025"]
