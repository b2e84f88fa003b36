"""Every misunderstanding is explained in a whole sentence, in both languages."""

import pytest

from barometer import wording
from barometer.catalogue import load_catalogue
from barometer.selection import Misunderstood, Offer, Selection
from barometer.wording.page_remarks import profile_remarks
from barometer.wording.remarks import _BY_FIELD

CATALOGUE = load_catalogue()
OFFER = Offer(
    years={
        ("foreign_background", "kommun"): (2011, 2012, 2024),
        ("foreign_background", "regso"): (2011, 2012, 2024),
        ("area_type", "regso"): (2020, 2022, 2024),
    },
    backgrounds={"foreign_background": ("all", "sex:women", "sex:men"), "area_type": ("all",)},
    areas=frozenset({"00", "0380", "0380R001", "0380R001_RegSO2025", "0380R003"}),
    names={"00": "Riket", "0380": "Uppsala"},
)


def remark(query: str) -> str:
    reading = Selection.from_query(query, catalogue=CATALOGUE, offer=OFFER)
    (sentence,) = wording.misunderstood_sentences(reading, catalogue=CATALOGUE, offer=OFFER)
    return sentence


FB = "indicator=foreign_background&"


@pytest.mark.parametrize(
    ("query", "sv", "en"),
    [
        (
            FB + "year=2035",
            "Året 2035 finns inte; visar 2024. Det finns uppgifter för 2011–2012, 2024.",
            "There is no year 2035; showing 2024. There are figures for 2011–2012, 2024.",
        ),
        (
            FB + "year=now",
            "Året ”now” finns inte; visar 2024. Det finns uppgifter för 2011–2012, 2024.",
            "There is no year “now”; showing 2024. There are figures for 2011–2012, 2024.",
        ),
        (
            "indicator=foreign",
            "Indikatorn ”foreign” finns inte; visar Utländsk bakgrund."
            " Det finns 2 indikatorer att välja bland.",
            "There is no indicator “foreign”; showing Foreign background."
            " There are 2 indicators to choose from.",
        ),
        (
            "indicator=rented",
            "Boende i hyresrätt finns inte i den här dataversionen; visar Områdestyp.",
            "Living in rented housing is not in this data version; showing Area type.",
        ),
        (
            FB + "background=sex:wimmen",
            "Utländsk bakgrund finns inte i dataversionen för gruppen ”sex:wimmen”; visar kvinnor."
            " Välj mellan alla, kvinnor och män.",
            "Foreign background is not in the data version for the group “sex:wimmen”; showing"
            " women. Available: everybody, women and men.",
        ),
        (
            "indicator=area_type&background=sex:men",
            "Områdestyp finns inte i dataversionen för gruppen ”sex:men”; visar alla.",
            "Area type is not in the data version for the group “sex:men”; showing everybody.",
        ),
        (
            FB + "level=deso",
            "Utländsk bakgrund finns inte i dataversionen på nivån DeSO; visar RegSO. Välj mellan"
            " kommun och RegSO.",
            "Foreign background is not in the data version at the level DeSO; showing RegSO."
            " Available: municipality and RegSO.",
        ),
        (
            FB + "level=riket",
            "Utländsk bakgrund finns inte i dataversionen på nivån riket; visar kommun."
            " Välj mellan kommun och RegSO.",
            "Foreign background is not in the data version at the level Sweden; showing"
            " municipality. Available: municipality and RegSO.",
        ),
        (
            "indicator=area_type&level=block",
            "Områdestyp finns inte i dataversionen på nivån ”block”; visar RegSO.",
            "Area type is not in the data version at the level “block”; showing RegSO.",
        ),
        (
            FB + "area=upsala",
            "Området ”upsala” finns inte; visar Uppsala kommun (0380).",
            "There is no area “upsala”; showing Uppsala municipality (0380).",
        ),
        (
            FB + "area=zz",
            "Området ”zz” finns inte; inget område är valt. Sök efter ett namn eller en kod.",
            "There is no area “zz”; no area is selected. Search for a name or a code.",
        ),
        (
            FB + "area=0380R001&year=2024",
            "Området 0380R001 hör till en annan indelning än 2024 års; visar 0380R001_RegSO2025,"
            " som har samma kod men kan ha andra gränser.",
            "The area 0380R001 belongs to another area version than that of 2024; showing"
            " 0380R001_RegSO2025, which has the same code but may have other boundaries.",
        ),
        (
            FB + "area=0380R003&year=2024",
            "Området 0380R003 finns inte i 2024 års indelning; visar Uppsala kommun (0380).",
            "The area 0380R003 is not in the area version of 2024;"
            " showing Uppsala municipality (0380).",
        ),
        (
            FB + "method=jenkins",
            "Klassindelningen ”jenkins” finns inte; visar Jenks."
            " Välj mellan kvantiler, lika steg, Jenks och standardavvikelser.",
            "There is no class method “jenkins”; showing Jenks."
            " Available: quantiles, equal steps, Jenks and standard deviations.",
        ),
        (
            FB + "classes=99",
            "Antalet klasser kan inte vara ”99”; visar 7. Det kan vara 3–7.",
            "The number of classes cannot be “99”; showing 7. It can be 3–7.",
        ),
        (
            FB + "view=globe",
            "Vyn ”globe” finns inte; visar kartan.",
            "There is no view “globe”; showing the map.",
        ),
        (
            FB + "embed=yes",
            "Värdet ”yes” för embed är okänt; visar bara figuren. Det kan vara 0 eller 1.",
            "The value “yes” of embed is not known; showing the figure only. It can be 0 or 1.",
        ),
        (
            FB + "embed=off",
            "Värdet ”off” för embed är okänt; visar hela sidan. Det kan vara 0 eller 1.",
            "The value “off” of embed is not known; showing the whole page. It can be 0 or 1.",
        ),
        (
            FB + "yaer=2011",
            "Länken innehåller ”yaer”, som inte betyder något här. Menade du year?",
            "The link contains “yaer”, which means nothing here. Did you mean year?",
        ),
        (
            FB + "year=2011&year=2012",
            "Länken har flera värden för year (2011, 2012); visar det första.",
            "The link has several values for year (2011, 2012); showing the first.",
        ),
    ],
)
def test_a_misunderstanding_is_explained(query: str, sv: str, en: str) -> None:
    assert remark(query) == sv
    assert remark(query + "&lang=en") == en


def test_an_unknown_language_is_explained_in_the_one_shown() -> None:
    assert remark("lang=fi") == (
        "Språket ”fi” finns inte; visar svenska. Det finns svenska och engelska."
    )
    assert remark("lang=en-GB") == (
        "There is no language “en-GB”; showing English. There is Swedish and English."
    )


def test_every_key_of_the_address_has_a_remark() -> None:
    assert set(_BY_FIELD) == {key.name for key in Selection.keys}


@pytest.mark.parametrize(
    ("field", "given", "used", "told"),
    [
        ("area", "9999", "00", "area: ”9999” är okänt."),
        ("area", "1280X", "1280", "area: ”1280X” är okänt. Närmast: 1280."),
        ("weights", "low_standard:0", "", "weights: ”low_standard:0” gäller inte. Skriv"
            " indikator:vikt för en indikator som finns här, med en vikt som inte är 0, till"
            " exempel low_standard:1."),
        ("limits", "1,1,1", "", "limits: ”1,1,1” gäller inte. Skriv tre tal, vart och ett större än"
            " det förra, till exempel -1,1,1.5."),
    ],
)  # fmt: skip
def test_a_refusal_names_what_is_near_or_how_it_is_written(
    field: str, given: str, used: str, told: str
) -> None:
    fault = Misunderstood(field, given, used, (), "unknown")
    assert wording.question_faults([fault], language="sv") == (told,)
    (english,) = wording.question_faults([fault], language="en")
    assert given in english


def test_a_page_says_how_weights_and_limits_are_written() -> None:
    about = Misunderstood("limits", "0,0,0", "", (), "not_offered")
    (said,) = profile_remarks([about], names={}, language="sv")
    assert said.startswith("Gränserna ”0,0,0” gäller inte. Skriv tre tal")
