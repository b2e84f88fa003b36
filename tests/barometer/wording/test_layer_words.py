"""What the legend says of changes, local measures and two things in one map."""

from dataclasses import replace

import numpy as np
import pytest

from barometer import wording
from barometer.catalogue import Break, Text, load_catalogue
from barometer.divisions import Language
from barometer.selection import Selection

CATALOGUE = load_catalogue()
NAMES = {"00": "Riket", "03": "Uppsala län", "0380": "Uppsala"}
SHARE = "foreign_background"


def visible(text: str) -> str:
    return text.replace("\u00a0", "~")


def told(selection: Selection, values: list[float]) -> wording.MapSentenceInput:
    scale = wording.scale_of(selection, catalogue=CATALOGUE, n_areas=len(values))
    return wording.MapSentenceInput(selection, CATALOGUE, NAMES, np.array(values), scale)


def title(selection: Selection, beside: Selection | None = None) -> str:
    return wording.map_title(selection, catalogue=CATALOGUE, names=NAMES, compared=beside)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "sv",
            "Från 2018 till 2023 ökade andelen personer med utländsk bakgrund i 2 områden (blå),"
            " minskade i 1 (bruna) och var nästan detsamma i 1; förändringen går från −1,5 till"
            " +4,0~procentenheter. Ju starkare färg, desto större förändring. I 1 streckat område"
            " är förändringen inom osäkerheten (modellberäknad, 95~%).",
        ),
        (
            "en",
            "From 2018 to 2023 the share of people with a foreign background rose in 2 areas"
            " (blue), fell in 1 (brown) and was about the same in 1; the change runs from −1.5 to"
            " +4.0~percentage~points. The stronger the colour, the larger the change. In 1 hatched"
            " area the change is within its uncertainty (by model, 95%).",
        ),
    ],
)
def test_a_change_is_told(language: Language, sentence: str) -> None:
    selection = Selection(SHARE, "deso", 2023, since=2018, language=language)
    said = wording.change_of_values_sentence(
        told(selection, [-1.5, 0.0, 2.0, 4.0]), counts=(0, 1, 1, 2, 0), uncertain=1
    )
    assert visible(said) == sentence
    assert "inga uppgifter" in wording.change_of_values_sentence(
        told(Selection(SHARE, "deso", 2023, since=2018), []), counts=(), uncertain=0
    )


def test_titles_say_change_place_and_company() -> None:
    change = Selection(SHARE, "deso", 2023, since=2018, within="0380")
    assert title(change) == "Utländsk bakgrund, i DeSO 2018 i Uppsala kommun, förändring 2018–2023"
    quotient = Selection(SHARE, "regso", 2024, layer="location_quotient", grouping=SHARE)
    assert title(quotient) == ("Lokaliseringskvot, utländsk bakgrund, i RegSO 2025 i riket år 2024")
    ice = Selection(SHARE, "regso", 2024, layer="ice", grouping="income_quartile", language="en")
    assert title(ice) == (
        "Concentration at the extremes (ICE), income quartile, by RegSO 2025 in Sweden as a whole,"
        " 2024"
    )
    one, other = Selection(SHARE, "regso", 2024), Selection("employed", "regso", 2024)
    assert title(one, other) == "Utländsk bakgrund och sysselsatta 20–64 år, i RegSO 2025 år 2024"
    years = Selection(SHARE, "regso", 2023), Selection(SHARE, "regso", 2019)
    assert title(*years) == "Utländsk bakgrund, i RegSO 2020 år 2023 och 2019"
    across = Selection(SHARE, "regso", 2024), Selection(SHARE, "regso", 2019)
    assert title(*across) == (
        "Utländsk bakgrund, i RegSO 2025 år 2024 och utländsk bakgrund, i RegSO 2020 år 2019"
    )


def test_a_location_quotient_is_told() -> None:
    selection = Selection(
        SHARE, "regso", 2024, layer="location_quotient", grouping=SHARE, within="0380"
    )
    view = told(selection, [0.5, 1.0, 2.0, 3.0])
    said = wording.measure_of_areas_sentence(view, strongest=np.zeros(4, bool))
    assert said.startswith(
        "I 2 områden är andelen personer med utländsk bakgrund högre än i Uppsala kommun (blå), i 1"
        " lägre (bruna). Lokaliseringskvoten 2 betyder att gruppen är dubbelt så vanlig"
    )
    assert visible(wording.written(2.0, scale=view.scale, language="sv")) == "2,00~gånger"


def test_the_distance_to_the_mix_is_told() -> None:
    selection = Selection(SHARE, "regso", 2024, layer="distance_to_mix", grouping=SHARE)
    view = told(selection, [0.0, 800.4, 1_200.0, 12_345.0])
    said = wording.measure_of_areas_sentence(view, strongest=np.zeros(4, bool))
    assert visible(said).startswith(
        "I 1 område räcker området självt; i hälften av områdena är avståndet högst 1~000~m, som"
        " längst 12~345~m. Från varje område växer ett grannskap"
    )
    english = told(replace(selection, language="en"), [800.4, 1_200.0])
    said = wording.measure_of_areas_sentence(english, strongest=np.zeros(2, bool))
    assert visible(said).startswith("In no area the area itself is enough; in half of the areas")


def test_parts_of_segregation_are_added_up() -> None:
    layer = "dissimilarity_contribution"
    selection = Selection(SHARE, "regso", 2024, layer=layer, grouping=SHARE)
    view = told(selection, [10.0, 20.0, 70.0])
    strongest = np.array([False, True, True])
    said = wording.measure_of_areas_sentence(view, strongest=strongest)
    assert visible(said) == (
        "De 2 områden som drar mest står för 90~% av segregationen i riket. Områdets andel"
        " av segregationsindex (D) i riket. Andelarna summerar till 100 %."
    )
    said = wording.measure_of_areas_sentence(view, strongest=np.array([False, False, True]))
    assert visible(said).startswith("Det område som drar mest står för 70~% av segregationen")


def test_more_areas_share_a_whole_with_more_decimals() -> None:
    selection = Selection(SHARE, "deso", 2024, layer="local_segregation", grouping=SHARE)
    scales = [wording.scale_of(selection, catalogue=CATALOGUE, n_areas=n) for n in (50, 500, 6_160)]
    assert [scale.decimals for scale in scales] == [1, 2, 3]


def test_extremes_are_told_by_the_names_of_their_groups() -> None:
    selection = Selection(SHARE, "regso", 2024, layer="ice", grouping="income_quartile")
    said = wording.measure_of_areas_sentence(
        told(selection, [-0.5, 0.25]), strongest=np.zeros(2, bool)
    )
    assert said.startswith(
        "I 1 område är ”Högsta kvartilen” fler än ”Lägsta kvartilen” (blå), i 1 är de färre"
    )
    scale = told(selection, [0.5]).scale
    assert wording.written(0.25, scale=scale, language="sv") == "+0,25"
    assert wording.written(None, scale=scale, language="sv") == "–"


def test_two_things_are_told_by_their_corners() -> None:
    one = Selection(SHARE, "regso", 2024, compare="employed", together="bivariate")
    other = Selection("employed", "regso", 2024)
    said = wording.crossed_sentence(
        (7, 0, 5, 0, 0, 0, 3, 0, 9), one=one, other=other, catalogue=CATALOGUE
    )
    assert said == (
        "I 9 områden hör både ”Utländsk bakgrund” och ”Sysselsatta 20–64 år” till den högsta"
        " tredjedelen, i 7 hör båda till den lägsta. I 5 är ”Utländsk bakgrund” hög och "
        "”Sysselsatta"
        " 20–64 år” låg, i 3 tvärtom."
    )
    starts: dict[Language, str] = {"sv": "I 1 område hör både ", "en": "In 1 area both "}
    for language, start in starts.items():
        view = replace(one, language=language)
        said = wording.crossed_sentence((1,) * 9, one=view, other=other, catalogue=CATALOGUE)
        assert said.startswith(start)
    years = Selection(SHARE, "regso", 2019)
    assert "2024 års värde" in wording.crossed_sentence(
        (1,) * 9, one=one, other=years, catalogue=CATALOGUE
    )


def test_breaks_between_the_years_are_said_and_no_others() -> None:
    breaks = [Break(year, Text(f"brott {year}", f"break {year}")) for year in (2018, 2019, 2024)]
    said = wording.breaks_sentences(breaks, first=2018, last=2023, language="sv")
    assert said == ["Tidsseriebrott 2019: brott 2019"]


def test_caution_counts_its_areas() -> None:
    assert wording.caution_sentence(0, fewest=100, language="sv") == ""
    assert wording.caution_sentence(1, fewest=100, language="sv").startswith(
        "1 område med punktmönster bygger på färre än 100"
    )
    assert wording.caution_sentence(3, fewest=100, language="en").startswith(
        "3 dotted areas have fewer than 100 persons"
    )
    assert wording.steady_sentence((2011, 2012, 2024), language="sv") == (
        "Klasserna är desamma för alla år (2011–2024)."
    )


def test_diversity_is_told_from_end_to_end() -> None:
    selection = Selection(SHARE, "regso", 2024, layer="local_entropy", grouping="birth_region")
    view = told(selection, [0.25, 0.5, 1.0])
    said = wording.measure_of_areas_sentence(view, strongest=np.zeros(3, bool))
    assert said.startswith("Mångfalden går från 0,25 till 1,00. ")


def test_a_change_keeps_a_unit_that_is_no_share() -> None:
    selection = Selection("net_income_median", "regso", 2023, since=2018)
    scale = wording.scale_of(selection, catalogue=CATALOGUE, n_areas=3)
    assert visible(wording.written(4.0, scale=scale, language="sv")) == "+4,0~tkr"


def test_a_change_of_one_area_has_one_number_and_no_colours() -> None:
    selection = Selection(SHARE, "kommun", 2023, since=2018)
    said = wording.change_of_values_sentence(told(selection, [-0.5]), counts=(1, 0, 0), uncertain=0)
    assert visible(said) == (
        "Från 2018 till 2023 ändrades andelen personer med utländsk bakgrund med"
        " −0,5~procentenheter i 1 område."
    )
