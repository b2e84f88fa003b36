"""The catalogue's words against SCB's own labels and notes, kept here as facts.

The labels are those of SCB's Swedish table metadata, read in 2024-2026. Each indicator is held to
what its cells are called there, and to who is counted and when according to SCB's notes.
"""

import re

import pytest

from barometer.catalogue import Indicator, Source, Term, load_catalogue
from barometer.selection import LANGUAGES

CATALOGUE = load_catalogue()
OF_SCB = {
    key: own
    for key, own in CATALOGUE.indicators.items()
    if all(CATALOGUE.sources[s].provider == "scb" for s in own.source_ids)
}

# Table, variable, code: SCB's label. Codes that say "everybody" and ages that say themselves are
# not here.
LABELS = {
    ("TAB6571", "UtlBakgrund", "1"): "utländsk bakgrund",
    ("TAB6572", "Fodelseregion", "sv"): "Sverige",
    ("TAB6572", "Fodelseregion", "eu"): "Europa utom Sverige",
    ("TAB6572", "Fodelseregion", "öv"): "övriga världen inkl. uppgift saknas",
    ("TAB6568", "Hushallstyp", "SBMB"): "sammanboende med barn",
    ("TAB6568", "Hushallstyp", "SBUB"): "sammanboende utan barn",
    ("TAB6568", "Hushallstyp", "ESMB"): "ensamstående med barn",
    ("TAB6568", "Hushallstyp", "ESUB"): "ensamstående utan barn",
    ("TAB6568", "Hushallstyp", "OVRIGA"): "övriga hushåll",
    ("TAB6253", "Upplatelseform", "ÄG/ANDEL"): "äganderätt",
    ("TAB6253", "Upplatelseform", "BOSTADSRÄTT"): "bostadsrätt",
    ("TAB6253", "Upplatelseform", "HYRESRÄTT"): "hyresrätt",
    ("TAB6253", "Upplatelseform", "ÖVRIGT"): "uppgift saknas",
    ("TAB6065", "Hustyp", "SMÅHUS"): "småhus",
    ("TAB6065", "Hustyp", "FLERBOST"): "flerbostadshus",
    ("TAB6065", "Hustyp", "ÖVRHUS"): "övriga hus",
    ("TAB6065", "Hustyp", "SPEC"): "specialbostäder",
    ("TAB6065", "Hustyp", "OKÄND"): "uppgift saknas",
    ("TAB5956", "UtbildningsNiva", "21"): "förgymnasial utbildning",
    ("TAB5956", "UtbildningsNiva", "3+4"): "gymnasial utbildning",
    ("TAB5956", "UtbildningsNiva", "5"): "eftergymnasial utbildning, mindre än 3 år",
    ("TAB5956", "UtbildningsNiva", "6"): "eftergymnasial utbildning, 3 år eller mer",
    ("TAB5956", "UtbildningsNiva", "US"): "uppgift om utbildningsnivå saknas",
    ("TAB6684", "ContentsCode", "000008A5"): "Antal personer totalt",
    ("TAB6684", "ContentsCode", "000008A6"): "Kvartil 1, andel personer, procent",
    ("TAB6684", "ContentsCode", "000008A7"): "Kvartil 2, andel personer, procent",
    ("TAB6684", "ContentsCode", "000008A8"): "Kvartil 3, andel personer, procent",
    ("TAB6684", "ContentsCode", "000008A9"): "Kvartil 4, andel personer, procent",
    ("TAB6684", "ContentsCode", "000008AA"): "Medelvärde, tkr",
    ("TAB6684", "ContentsCode", "000008AB"): "Medianvärde, tkr",
    ("TAB6685", "ContentsCode", "000008AC"): "Låg ekonomisk standard, procent",
    ("TAB6685", "ContentsCode", "000008AD"): "Hög ekonomisk standard, procent",
    ("TAB6685", "ContentsCode", "000008AE"): "Antal personer totalt",
    ("TAB6680", "ContentsCode", "0000089X"): "antal sysselsatta",
    ("TAB6680", "ContentsCode", "0000089W"): "antal arbetslösa",
    ("TAB6680", "ContentsCode", "0000089V"): "antal sysselsatta och arbetslösa (arbetskraften)",
    ("TAB6680", "ContentsCode", "0000089Z"): "antal personer utanför arbetskraften",
    ("TAB6680", "ContentsCode", "0000089Y"): "antal totalt",
    ("TAB6679", "InkomstTyp", "NeInk"): "nettoinkomst",
    ("TAB6679", "ContentsCode", "0000089U"): "Medianvärde, tkr",
    ("TAB6679", "ContentsCode", "0000089T"): "Medelvärde, tkr",
    ("TAB6258", "Upplatelseform", "1"): "hyresrätt",
    ("TAB6258", "Upplatelseform", "2"): "bostadsrätt",
    ("TAB6258", "Upplatelseform", "3"): "äganderätt",
    ("TAB6258", "Upplatelseform", "ÖVRIGT"): "uppgift saknas",
    ("TAB6091", "Bestand", "ITRAF"): "i trafik",
    ("TAB5724", "ContentsCode", "000004V8"): "Inrikes flyttnetto, procent",
    ("TAB6586", "ContentsCode", "000008IT"): "Socioekonomiskt index",
    ("TAB6586", "ContentsCode", "000008IU"): "Områdestyp",
    ("TAB6586", "ContentsCode", "000008IV"): "Andelen med förgymnasial utbildning",
    ("TAB6586", "ContentsCode", "000008IW"): (
        "Andelen personer med låg ekonomisk standard (oavsett ålder)"
    ),
    ("TAB6586", "ContentsCode", "000008IX"): (
        "Andelen med ekonomiskt bistånd och/eller långtidsarbetslösa"
    ),
}
TITLES = {
    "TAB6568": "Antal hushåll efter region och hushållstyp",
    "TAB6253": "Antal personer efter region och upplåtelseform",
    "TAB6065": "Antal personer efter region och hustyp",
    "TAB6258": "Antal lägenheter efter region (DeSO 2018/RegSO 2020) och upplåtelseform",
    "TAB6091": "Personbilar efter region och status",
    "TAB5880": "Befolkningen 16-64 år efter region, sysselsättning och kön",
    "TAB683": "Befolkningen 16-64 år efter region, sysselsättning och kön",
}
_STOCK = (r"31 december", r"31 December")
_WHOLE_YEAR = (r"folkbokförda? hela året", r"registered the whole year")
_BOTH_ENDS = (r"både 1 januari och 31 december", r"both on 1 January and on 31 December")
_NOVEMBER = (r"\(BAS\), i november", r"BAS, in November")
_OWNER = (r"följer vem som äger bostaden", r"follows who owns the dwelling")
_ANY_AGE = (r"Barn räknas oavsett ålder", r"Children are counted at any age")
_UNKNOWN_BIRTH = (r"inte är känt medräknade", r"not known")
_PRICES = (r"Fasta priser, i prisnivån för det senaste året", r"price level of the latest year")
_AGES_25 = (r"25–64 år \(.*25–65 år", r"25–64 \(25–65")
_NOT_ZERO = (r"annan inkomst än noll", r"income other than zero")
_OVER_20 = (r"20 år och äldre", r"20 and over")
_ALL_INCOMES = (r"alla inkomster minus skatt", r"all incomes minus tax")
_AGES_NOT_STATED = (r"SCB:s tabell anger dem inte", r"SCB's table does not state them")
_MONTHS = (r"minst tio månader", r"at least ten months")
# What SCB's labels and notes say of each indicator: patterns (Swedish, English) that its name,
# definition or population must hold.
FACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "population": (_STOCK, ("folkbokförda", "registered residents")),
    "children": (_STOCK, ("0–19 år", "0–19")),
    "older": (_STOCK, ("65 år och äldre", "65 and over")),
    "aged_20_24": (_STOCK, ("20–24 år", "aged 20–24")),
    "foreign_background": (
        _STOCK,
        (
            "utrikes födda eller inrikes födda med två utrikes födda föräldrar",
            "born abroad, or in Sweden with two parents born abroad",
        ),
    ),
    "born_abroad": (_STOCK, _UNKNOWN_BIRTH),
    "born_in_europe": (
        _STOCK,
        ("Europa utom Sverige", "Europe except Sweden"),
        ("med Ryssland och Turkiet", "including Russia and Turkey"),
    ),
    "born_outside_europe": (_STOCK, ("utanför Europa", "outside Europe"), _UNKNOWN_BIRTH),
    "single_parents": (_ANY_AGE, ("hushållen", "households")),
    "couples_with_children": (_ANY_AGE, ("hushållen", "households")),
    "couples_without_children": (_ANY_AGE, ("hushållen", "households")),
    "living_alone": (
        _ANY_AGE,
        ("hushållen", "households"),
        ("ensamstående utan barn, ensamboende medräknade", "single adult .*living alone included"),
    ),
    "other_households": (
        ("varken ensamstående eller sammanboende", "neither single nor couple"),
        ("med eller utan barn", "with or without children"),
    ),
    "employed": (_NOVEMBER, ("20–64 år", "20–64")),
    "employed_16_64": (_NOVEMBER, ("16–64 år", "16–64"), (r"\(RAMS\)", r"\(RAMS\)")),
    "unemployed": (_NOVEMBER, ("Andel av arbetskraften", "Share of the labour force")),
    "outside_labour_force": (
        _NOVEMBER,
        ("varken är sysselsatta eller arbetslösa", "neither employed nor unemployed"),
    ),
    "long_term_unemployed": (
        ("minst sex månader, eller minst 100 dagar", "at least six months, or at least 100 days"),
        ("Befolkningen 20–65 år", "Population aged 20–65"),
    ),
    "unemployment_benefit": (
        ("andel av nettoinkomsten", "share of (the )?net income"),
        ("20–64 år", "20–64"),
    ),
    "self_sufficient": (
        _WHOLE_YEAR,
        ("minst tre inkomstbasbelopp", "at least three income base amounts"),
        ("20–64 år", "20–64"),
    ),
    "low_standard_children": (
        _WHOLE_YEAR,
        ("lägre än 60 procent av rikets median", "below 60 per cent of the national median"),
        ("0–19 år", "0–19"),
    ),
    "low_standard": (
        _WHOLE_YEAR,
        ("lägre än 60 procent av rikets median", "below 60 per cent of the national median"),
    ),
    "low_standard_older": (
        _WHOLE_YEAR,
        ("lägre än 60 procent av rikets median", "below 60 per cent of the national median"),
        ("65 år och äldre", "65 and over"),
    ),
    "high_standard": (
        _WHOLE_YEAR,
        ("mer än dubbelt så hög som rikets median", "more than twice the national median"),
    ),
    "median_standard": (_WHOLE_YEAR, _PRICES, ("konsumtionsenhet", "consumption unit")),
    "mean_standard": (_WHOLE_YEAR, _PRICES, ("konsumtionsenhet", "consumption unit")),
    "lowest_quartile": (_WHOLE_YEAR, ("den lägsta fjärdedelen", "lowest quarter")),
    "second_quartile": (_WHOLE_YEAR, ("näst lägsta fjärdedelen", "second lowest quarter")),
    "third_quartile": (_WHOLE_YEAR, ("näst högsta fjärdedelen", "second highest quarter")),
    "highest_quartile": (_WHOLE_YEAR, ("den högsta fjärdedelen", "highest quarter")),
    "net_income_median": (_BOTH_ENDS, _NOT_ZERO, _PRICES, _OVER_20, _ALL_INCOMES),
    "net_income_mean": (_BOTH_ENDS, _NOT_ZERO, _PRICES, _OVER_20, _ALL_INCOMES),
    "economic_assistance": (
        _BOTH_ENDS,
        _NOT_ZERO,
        _OVER_20,
        ("någon gång under året", "at some time during the year"),
    ),
    "economic_support_only": (
        _MONTHS,
        ("ingen annan ersättning", "no other benefit"),
        ("20–64 år", "20–64"),
    ),
    "lower_secondary": (
        _AGES_25,
        ("förgymnasial, med eller utan examen", "primary or lower secondary, completed or not"),
    ),
    "upper_secondary": (_AGES_25, ("gymnasial, med eller utan examen", "completed or not")),
    "short_tertiary": (
        _AGES_25,
        ("kortare än 3 år, med eller utan examen", "less than 3 years, completed or not"),
    ),
    "long_tertiary": (
        _AGES_25,
        ("3 år eller mer, med eller utan examen", "3 years or more, completed or not"),
        ("forskarutbildning bara med examen", "doctoral studies only if completed"),
    ),
    "education_not_stated": (_AGES_25, ("inte är känd", "not known")),
    "rented": (_STOCK, _OWNER),
    "cooperative": (_STOCK, _OWNER),
    "owner_occupied": (_STOCK, _OWNER),
    "apartment_blocks": (_STOCK, ("tre eller flera lägenheter", "three or more dwellings")),
    "special_housing": (
        _STOCK,
        ("studerande vid universitet eller högskola", "students at universities"),
        (
            "äldre eller personer med funktionsnedsättning",
            "older people or people with disabilities",
        ),
    ),
    "small_houses": (_STOCK, ("par-, rad- och kedjehus", "semi-detached, row and linked houses")),
    "rented_dwellings": (_STOCK, _OWNER, ("småhus medräknade", "houses included")),
    "cooperative_dwellings": (_STOCK, _OWNER, ("småhus medräknade", "houses included")),
    "owned_dwellings": (_STOCK, _OWNER, ("småhus medräknade", "houses included")),
    "net_moves": (("Inrikes", "Domestic"), ("i procent av befolkningen", "in per cent of the")),
    "net_migration": (("in- och utvandring medräknad", "to and from abroad"),),
    "turnout": (("röstberättigade", "eligible voters"), ("riksdagsvalet", "parliamentary")),
    "sickness": (("Nettodagar", "Net days"), ("per folkbokförd person 20–64", "resident aged 20")),
    "cars": (
        ("där ägaren är registrerad, företag och leasingbolag", "where its owner is registered"),
        _STOCK,
    ),
    "area_type": (("standardavvikelser", "standard deviations"), ("alla RegSO", "all RegSO")),
    "socioeconomic_index": (
        ("Medelvärdet av tre andelar", "Mean of three percentages"),
        _MONTHS,
        ("längre än sex månader", "more than six months"),
    ),
    "index_education": (
        _AGES_NOT_STATED,
        ("förgymnasial utbildning", "primary or lower secondary"),
    ),
    "index_low_standard": (("oavsett ålder", "any age"), ("60 procent", "60 per cent")),
    "index_assistance": (
        _AGES_NOT_STATED,
        _MONTHS,
        ("längre än sex månader", "more than six months"),
    ),
    "deso_index": (("inte SCB:s", "not SCB's"), ("arbetslöshet enligt BAS", "according to BAS")),
    "deso_area_type": (("inte SCB:s", "not SCB's"), ("alla DeSO", "all DeSO")),
}
FACTS |= {
    "capital_income": (_BOTH_ENDS, _NOT_ZERO, _PRICES, _OVER_20, ("medelvärde", "mean")),
    "turnout_region": (("röstberättigade", "eligible"), ("regionfullmäktige", "regional council")),
    "turnout_kommun": (("röstberättigade", "eligible"), ("kommunfullm", "municipal council")),
    "citizen_safety": (("urval", "sample"), ("18 år", "aged 18")),
    "citizen_safety_margin": (("95 %", "95%"), ("procentenheter", "percentage points")),
    "citizen_trust": (("urval", "sample"), ("18 år", "aged 18")),
    "citizen_trust_margin": (("95 %", "95%"), ("procentenheter", "percentage points")),
    "median_rent": (("hyreslägenheter", "rented dwellings"), ("urval", "sample")),
    "median_rent_margin": (("95 %", "95%"), ("kvadratmeter", "square metre")),
    "population_ahead": (("tio år", "ten years"), ("planerat byggande", "planned building")),
    "density": (("kvadratkilometer land", "square kilometre of land"), ("31 dec", "31 Dec")),
    "housing_starts": (("påbörjats under året", "started during the year"), ("1 000", "1,000")),
}
NEVER = re.compile(r"EU och Norden|the EU and|per försäkrad|insured|minst dubbelt|at least twice")


def words_of(own: Indicator, language: str) -> str:
    texts = (own.name, own.definition, own.population)
    return " ".join(text.sv if language == "sv" else text.en for text in texts)


def terms_of(own: Indicator) -> list[Term]:
    return [term for part in own.parts for term in part.terms]


@pytest.mark.parametrize("own", OF_SCB.values(), ids=OF_SCB)
def test_an_indicator_says_what_scb_says(own: Indicator) -> None:
    """Name, definition and population hold who is counted, of what age and when."""
    facts = FACTS[own.indicator_id]
    for sv, en in facts:
        assert re.search(sv, words_of(own, "sv"), re.IGNORECASE), sv
        assert re.search(en, words_of(own, "en"), re.IGNORECASE), en
    for language in ("sv", "en"):
        assert not NEVER.search(words_of(own, language))


WHEN = {
    "sv": r"31 december|november|under året|hela året|valet|(?:samma|per|det) år|senaste året",
    "en": r"31 Dec|November|during the year|whole year|election|(?:that|same|the) year|and year",
}
OF_A_SAMPLE = {"citizen_safety", "citizen_trust", "median_rent"}  # of the year that is shown


@pytest.mark.parametrize("own", OF_SCB.values(), ids=OF_SCB)
def test_an_indicator_says_of_whom_and_when(own: Indicator) -> None:
    """Whoever reads a definition alone learns who is counted, and at what time of the year."""
    for language in LANGUAGES:
        text = words_of(own, language)
        assert own.population[language]
        if own.indicator_id.removesuffix("_margin") not in OF_A_SAMPLE and not own.derived:
            assert re.search(WHEN[language], text), text
        if own.unit == "tkr":
            assert re.search(_PRICES[language == "en"], text)


def test_no_fact_is_of_an_indicator_that_is_gone() -> None:
    assert set(FACTS) == set(OF_SCB)


@pytest.mark.parametrize("source", CATALOGUE.sources.values(), ids=CATALOGUE.sources)
def test_every_claiming_code_is_held_to_scb_s_label(source: Source) -> None:
    """A code whose words are a claim has words that SCB's recorded label holds."""
    meanings = {(variable, code): words for variable, code, words in source.meanings}
    source_id = source.source_id
    for (table, variable, code), label in LABELS.items():
        if table == source_id:
            claimed = meanings.get((variable, code))
            assert claimed is not None, f"{variable} {code} has no meaning to be held to"
            assert claimed.casefold() in label.casefold()
    if source_id in TITLES:
        assert meanings["title", ""].casefold() in TITLES[source_id].casefold()


def test_every_label_is_of_a_code_that_is_used() -> None:
    used = {
        (term.source_id, variable, code)
        for term in CATALOGUE.terms()
        for variable, codes in term.codes
        for code in codes
    }
    assert set(LABELS) <= used


def test_no_series_of_20_64_is_made_of_figures_of_16_64() -> None:
    for own in CATALOGUE.indicators.values():
        tables = {term.source_id for term in terms_of(own)}
        if tables & {"TAB683", "TAB5880"}:
            assert "16–64" in own.name.sv
            assert any(found.severs and found.year == 2020 for found in CATALOGUE.breaks_of(own))


def test_cars_are_of_trafikanalys_and_all_else_of_scb() -> None:
    scb = {key: own for key, own in CATALOGUE.sources.items() if own.provider == "scb"}
    agencies = {key: own.agency for key, own in scb.items() if own.agency != "SCB"}
    assert agencies == {"TAB6091": "Trafikanalys", "TAB6589": "Trafikanalys"}


def test_another_provider_s_tables_name_their_agency_and_licence() -> None:
    beside = [own for own in CATALOGUE.sources.values() if own.provider != "scb"]
    kolada = [own for own in beside if own.provider == "kolada"]
    assert len(kolada) >= 20
    assert {(own.agency, own.licence) for own in kolada} == {("Kolada", "CC BY 4.0")}
    assert {own.levels for own in kolada} == {("riket", "kommun")}
    assert all(own.agency != "SCB" and own.licence != "CC0" for own in beside)
    # What is not proved by a recorded answer is unverified, and its title is held to words.
    assert all(own.unverified and own.meanings for own in kolada)


def test_no_segregation_is_measured_of_kolada_s_figures() -> None:
    of_kolada = {key for key, own in CATALOGUE.sources.items() if own.provider == "kolada"}
    for grouping in CATALOGUE.groupings.values():
        assert of_kolada.isdisjoint(grouping.source_ids)


def test_every_source_leads_to_its_table() -> None:
    for own in CATALOGUE.sources.values():
        if own.provider != "scb":
            continue
        for language in LANGUAGES:
            address = own.table_address(language)
            assert address.startswith("https://")
            assert own.path.rpartition("/")[2] in address


def test_a_figure_is_told_from_what_is_computed_of_it() -> None:
    published = {key for key, own in CATALOGUE.indicators.items() if not own.is_derived_in(2022)}
    assert {"low_standard", "lowest_quartile", "median_standard", "area_type"} <= published
    assert published.isdisjoint({"foreign_background", "employed", "cars", "deso_index", "rented"})
