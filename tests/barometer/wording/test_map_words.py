"""What a map says, and the names that are not in the catalogue, as whole sentences."""

from datetime import date
from typing import get_args

import pytest

from barometer import wording
from barometer.catalogue import load_catalogue
from barometer.divisions import LEVELS, Language, Level
from barometer.selection import METHODS, Selection

CATALOGUE = load_catalogue()
SHARE = CATALOGUE.indicators["foreign_background"]
MEDIAN = CATALOGUE.indicators["median_standard"]
TYPES = CATALOGUE.indicators["area_type"]
LANGUAGES = get_args(Language)


def visible(text: str) -> str:
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("level", "background", "year", "sv", "en"),
    [
        (
            "regso",
            "sex:women",
            2024,
            "Utländsk bakgrund, kvinnor, i RegSO 2025 år 2024",
            "Foreign background, women, by RegSO 2025, 2024",
        ),
        (
            "deso",
            "all",
            2023,
            "Utländsk bakgrund, i DeSO 2018 år 2023",
            "Foreign background, by DeSO 2018, 2023",
        ),
        (
            "kommun",
            "all",
            2023,
            "Utländsk bakgrund, i kommunerna år 2023",
            "Foreign background, by municipality, 2023",
        ),
        (
            "lan",
            "all",
            2023,
            "Utländsk bakgrund, i länen år 2023",
            "Foreign background, by county, 2023",
        ),
        (
            "riket",
            "all",
            2023,
            "Utländsk bakgrund, i riket år 2023",
            "Foreign background, in Sweden, 2023",
        ),
    ],
)
def test_a_map_has_a_title(level: Level, background: str, year: int, sv: str, en: str) -> None:
    for language, title in (("sv", sv), ("en", en)):
        selection = Selection("foreign_background", level, year, background, language=language)
        assert wording.map_title(selection, catalogue=CATALOGUE) == title


RANGES = ((0.0, 4.0), (4.1, 24.0), (24.1, 45.4))


def test_the_legend_is_a_sentence() -> None:
    sv = wording.legend_sentence(RANGES, (5, 5, 5), indicator=SHARE, language="sv")
    assert visible(sv) == (
        "I de mörkaste områdena är andelen personer med utländsk bakgrund 24,1–45,4~%,"
        " i de ljusaste 0,0–4,0~%."
    )
    en = wording.legend_sentence(RANGES, (5, 5, 5), indicator=SHARE, language="en")
    assert en == (
        "In the darkest areas the share of people with a foreign background is 24.1–45.4%,"
        " in the lightest 0.0–4.0%."
    )


def test_on_a_dark_page_the_highest_values_are_the_lightest() -> None:
    sv = wording.legend_sentence(RANGES, (5, 5, 5), indicator=MEDIAN, language="sv", theme="dark")
    assert visible(sv) == (
        "I de ljusaste områdena är värdet 24,1–45,4~tkr, i de mörkaste 0,0–4,0~tkr."
    )


def test_a_legend_of_one_class_and_of_none() -> None:
    one = wording.legend_sentence(((7.0, 7.0),), (3,), indicator=SHARE, language="sv")
    assert visible(one) == "I alla områden är andelen personer med utländsk bakgrund 7,0~%."
    one = wording.legend_sentence(((7.0, 7.0),), (3,), indicator=MEDIAN, language="en")
    assert visible(one) == "In all areas the value is SEK~7.0~thousand."
    none = wording.legend_sentence((), (), indicator=SHARE, language="sv")
    assert none == "Det finns inga uppgifter att visa."
    none = wording.legend_sentence(((1, 1),), (0,), indicator=TYPES, language="en")
    assert none == "There are no figures to show."


def test_the_legend_of_area_types_counts_them() -> None:
    ranges = tuple((float(n), float(n)) for n in range(1, 6))
    counts = (160, 289, 855, 1770, 289)
    sv = wording.legend_sentence(ranges, counts, indicator=TYPES, language="sv")
    assert visible(sv) == (
        "Områdestyp: av 3~363 områden är 160 av typ 1, 289 av typ 2, 855 av typ 3,"
        " 1~770 av typ 4 och 289 av typ 5."
    )
    en = wording.legend_sentence(ranges, counts, indicator=TYPES, language="en")
    assert en == (
        "Area type: 160 of type 1, 289 of type 2, 855 of type 3, 1,770 of type 4"
        " and 289 of type 5 (3,363 areas)."
    )


def test_classes_have_labels() -> None:
    labels = wording.class_labels(RANGES, indicator=SHARE, language="sv")
    assert [visible(label) for label in labels] == ["0,0–4,0~%", "4,1–24,0~%", "24,1–45,4~%"]
    labels = wording.class_labels(((5.0, 5.0),), indicator=TYPES, language="en")
    assert labels == ("5 Areas with very good socio-economic conditions",)


def test_what_is_missing_is_counted_with_its_reasons() -> None:
    missing = (("suppressed", 1_200), ("not_published", 1))
    sv = wording.missing_sentence(missing, n_areas=6160, language="sv")
    assert visible(sv) == (
        "Uppgift saknas för 1~201 av 6~160 områden (uppgift saknas hos SCB: 1~200, ej "
        "publicerad: 1)."
    )
    en = wording.missing_sentence(missing, n_areas=6160, language="en")
    missing = " (not available from SCB: 1,200, not published: 1)."
    assert en == f"There is no figure for 1,201 of 6,160 areas{missing}"
    assert wording.missing_sentence((), n_areas=6160, language="sv") == ""


@pytest.mark.parametrize(
    ("n", "level", "sv", "en"),
    [
        (0, "deso", "", ""),
        (
            1,
            "deso",
            "1 DeSO saknar gräns på kartan och finns bara i tabellen.",
            "1 DeSO area has no boundary on the map and is in the table only.",
        ),
        (
            2,
            "kommun",
            "2 kommuner saknar gräns på kartan och finns bara i tabellen.",
            "2 municipalities have no boundary on the map and are in the table only.",
        ),
    ],
)
def test_areas_without_a_boundary_are_told(n: int, level: Level, sv: str, en: str) -> None:
    assert wording.boundary_sentence(n, level=level, language="sv") == sv
    assert wording.boundary_sentence(n, level=level, language="en") == en


def test_every_reason_for_a_missing_value_has_words() -> None:
    reasons = {
        "suppressed": ("uppgift saknas hos SCB", "not available from SCB"),
        "not_published": ("ej publicerad", "not published"),
        "outside_division": ("området fanns inte det året", "the area did not exist that year"),
        "too_few": ("för få invånare", "too few residents"),
        "not_available": ("finns inte i dataversionen", "not in this data version"),
    }
    for reason, words in reasons.items():
        assert tuple(wording.missing_reason(reason, language=lang) for lang in LANGUAGES) == words


def test_every_method_has_a_name() -> None:
    names = ["kvantiler", "lika steg", "Jenks", "standardavvikelser"]
    assert [wording.method_name(method, language="sv") for method in METHODS] == names
    names = ["quantiles", "equal steps", "Jenks", "standard deviations"]
    assert [wording.method_name(method, language="en") for method in METHODS] == names


def test_backgrounds_have_names() -> None:
    for language, names in (("sv", ("alla", "kvinnor")), ("en", ("everybody", "women"))):
        found = tuple(
            wording.background_name(b, catalogue=CATALOGUE, language=language)
            for b in ("all", "sex:women")
        )
        assert found == names


def test_areas_of_every_level_are_counted_in_their_own_word() -> None:
    one = [wording.level_noun(level, n=1, language="en") for level in LEVELS]
    assert one == ["country", "county", "municipality", "RegSO area", "DeSO area"]
    many = [wording.level_noun(level, n=2, language="sv") for level in LEVELS]
    assert many == ["länder", "län", "kommuner", "RegSO", "DeSO"]


@pytest.mark.parametrize(
    ("label", "level", "sv", "en"),
    [
        ("Riket", "riket", "riket", "Sweden as a whole"),
        ("Uppsala län", "lan", "Uppsala län", "Uppsala county"),
        ("Stockholms län", "lan", "Stockholms län", "Stockholm county"),
        ("Uppsala", "kommun", "Uppsala kommun", "Uppsala municipality"),
        ("Stockholm", "kommun", "Stockholms kommun", "Stockholm municipality"),
        ("Borås", "kommun", "Borås kommun", "Borås municipality"),
        ("Överkalix", "kommun", "Överkalix kommun", "Överkalix municipality"),
        ("Upplands Väsby", "kommun", "Upplands Väsby kommun", "Upplands Väsby municipality"),
        ("Falun", "kommun", "Falu kommun", "Falun municipality"),
        ("Kalmar", "kommun", "Kalmar kommun", "Kalmar municipality"),
        ("Flogsta (Uppsala)", "regso", "Flogsta (Uppsala)", "Flogsta (Uppsala)"),
    ],
)
def test_a_place_in_a_sentence(label: str, level: Level, sv: str, en: str) -> None:
    assert wording.place(label, level, language="sv") == sv
    assert wording.place(label, level, language="en") == en


def test_made_up_figures_are_called_made_up() -> None:
    assert wording.synthetic_banner("sv") == (
        "Exempeldata: siffrorna är påhittade och säger inget om verkliga platser."
    )
    assert wording.synthetic_banner("en") == (
        "Example data: the figures are made up and say nothing about real places."
    )


def test_a_partial_data_set_says_what_it_lacks() -> None:
    lacking = ("TAB6680: kommun", "TAB683, variable 'Kon': no code '1'", "TAB6571 has no 2011")
    assert wording.lacking_in_words((), ("TAB6680",), language="sv") == ""
    assert wording.lacking_in_words(lacking, ("TAB6680", "TAB6571"), language="en") == (
        "The data version lacks TAB683. The data version does not have every code, level or year"
        " of TAB6680 and TAB6571."
    )
    assert wording.lacking_sentence((), ("TAB6680",), language="sv") == ""
    assert wording.lacking_sentence(lacking, ("TAB6574", "TAB68"), language="sv") == ""
    assert wording.lacking_sentence(lacking, ("TAB6680", "TAB6574"), language="sv") == (
        "Dataversionen har inte alla koder, nivåer eller år av TAB6680."
    )
    assert wording.lacking_sentence(lacking, ("TAB683", "TAB6571"), language="en") == (
        "The data version does not have every code, level or year of TAB683 and TAB6571."
    )


def test_the_banner_counts_what_a_partial_data_set_lacks() -> None:
    assert wording.partial_banner((), language="sv") == ""
    assert wording.partial_banner(("TAB6680: kommun",), language="sv") == (
        "Dataversionen är inte fullständig: 1 tabell, kod, nivå eller år saknades när den hämtades."
    )
    assert wording.partial_banner(tuple("ab"), language="sv") == (
        "Dataversionen är inte fullständig: 2 tabeller, koder, nivåer eller år saknades när den"
        " hämtades."
    )
    assert wording.partial_banner(("TAB6680: kommun",), language="en") == (
        "The data version is not complete: 1 table, code, level or year was missing when it was"
        " fetched."
    )
    assert wording.partial_banner(tuple("ab"), language="en") == (
        "The data version is not complete: 2 tables, codes, levels or years were missing when "
        "it was"
        " fetched."
    )


def _line(computed: bool, language: Language, *tables: tuple[str, str, date | None]) -> str:
    return wording.source_line(
        tables,
        derived=computed,
        retrieved=date(2026, 11, 22),
        snapshot_id="S",
        synthetic=False,
        language=language,
    )


def test_a_figure_as_published_has_scb_as_its_source() -> None:
    table = ("SCB", "TAB6685", date(2025, 6, 4))
    assert _line(False, "sv", table) == (
        "Källa: SCB, tabell TAB6685 (uppdaterad 4 juni 2025). Hämtad 22 november 2026."
        " Dataversion S."
    )
    assert _line(False, "en", table).startswith("Source: Statistics Sweden (SCB), table TAB6685")


def test_what_the_barometer_has_computed_does_not_state_scb_as_its_source() -> None:
    tables = (("Trafikanalys", "TAB6091", None), ("SCB", "TAB6574", date(2025, 6, 4)))
    assert _line(True, "sv", *tables).startswith(
        "Beräknat av Segregationsbarometern ur Trafikanalys tabell TAB6091 och SCB:s tabell TAB6574"
        " (uppdaterad 4 juni 2025). Hämtad"
    )
    assert _line(True, "en", *tables).startswith(
        "Computed by the Segregation Barometer from Transport Analysis' table TAB6091 and"
        " Statistics Sweden's (SCB) table TAB6574 (updated 4 June 2025)."
    )
    assert "Källa" not in _line(True, "sv", *tables)


def test_made_up_figures_and_unknown_tables_have_no_source() -> None:
    made_up = wording.source_line(
        [("SCB", "TAB6574", None)],
        derived=False,
        retrieved=date(2026, 11, 22),
        snapshot_id="S",
        synthetic=True,
        language="sv",
    )
    assert made_up.startswith("Påhittade siffror i samma form som SCB:s tabell TAB6574.")
    assert _line(True, "sv").startswith(
        "Beräknat av Segregationsbarometern ur en tabell hos SCB vars nummer inte är känt."
    )


def test_sums_of_the_barometer_say_what_was_summed() -> None:
    assert wording.summed_sentence((), language="sv") == ""
    assert wording.summed_sentence(("regso", "deso"), language="sv") == (
        "Värden som SCB inte publicerar har barometern summerat av uppgifter för RegSO"
        " och uppgifter för DeSO."
    )
