"""The routes beside the pages, on the tiny country."""

import csv
import gzip
import json
import re
from urllib.parse import urljoin

import brotli
import pytest
from flask.testing import FlaskClient

from barometer.classes import diverging_palette
from barometer.ui.context import Context
from barometer.ui.serving import vendor_address
from tests.barometer.ui.test_classed import classes_of
from tests.snapshots import SNAPSHOT_ID, WITHOUT_BOUNDARY

BR = {"Accept-Encoding": "br"}


def values(client: FlaskClient, query: str = "") -> dict[str, object]:
    answer = client.get(f"/values{query}")
    assert answer.status_code == 200
    return answer.get_json()


def test_values_come_in_the_order_of_the_names(client: FlaskClient) -> None:
    view = values(client, "?indicator=low_standard_children&level=regso&year=2024")
    names = client.get(view["names"]).get_json()
    shown = dict(zip(names["ids"], view["values"], strict=True))
    assert view["scale"] == 1
    assert shown["0380R002_SYN_RegSO2025"] == 30
    assert shown["0380R001_SYN_RegSO2025"] == 8
    assert shown["0114R001_SYN_RegSO2025"] is None
    assert shown[WITHOUT_BOUNDARY] == 4


def test_areas_without_a_boundary_come_after_the_layers(client: FlaskClient) -> None:
    view = values(client, "?level=regso&year=2024")
    names = client.get(view["names"]).get_json()
    geometry = client.get(view["layer"]["url"], headers={"Accept-Encoding": "gzip"})
    features = json.loads(gzip.decompress(geometry.data))["features"]
    drawn = [feature["properties"]["area_id"] for feature in features]
    assert names["ids"][: len(drawn)] == drawn
    assert WITHOUT_BOUNDARY in names["ids"][len(drawn) :]


def test_a_missing_value_has_no_class_and_a_reason(client: FlaskClient) -> None:
    view = values(client, "?indicator=low_standard_children&level=regso&year=2024")
    names = client.get(view["names"]).get_json()
    place = names["ids"].index("0114R001_SYN_RegSO2025")
    assert classes_of(view)[place] == "-"
    assert place in view["reasons"]["suppressed"]
    assert view["reason_words"]["suppressed"] == "uppgift saknas hos SCB"
    assert view["n_missing"] == 2


def test_the_legend_counts_every_value(client: FlaskClient) -> None:
    view = values(client, "?indicator=low_standard_children&level=regso&year=2024")
    legend = view["legend"]
    with_value = [code for code in classes_of(view) if code != "-"]
    assert sum(legend["counts"]) == len(with_value)
    assert len(legend["labels"]) == len(legend["colours"]["light"]) == len(legend["counts"])
    assert legend["labels"] == ["4\xa0%", "8\xa0%", "30\xa0%", "40\xa0%"]


def test_the_legend_in_words_is_right_on_both_grounds(client: FlaskClient) -> None:
    sentence = values(client, "?level=regso&year=2024")["sentence"]
    subject = "andelen barn i hushåll med låg ekonomisk standard"
    assert sentence["light"] == (
        f"I de mörkaste områdena är {subject} 40\xa0%, i de ljusaste 4\xa0%."
    )
    assert sentence["dark"] == (
        f"I de ljusaste områdena är {subject} 40\xa0%, i de mörkaste 4\xa0%."
    )


def test_words_follow_the_language(client: FlaskClient) -> None:
    view = values(client, "?level=kommun&year=2024&lang=en")
    assert view["title"] == "Low economic standard, children aged 0–19, by municipality, 2024"
    assert view["selection"]["language"] == "en"
    assert view["format"]["pattern"] == "{}%"


def test_area_types_are_five_named_classes(client: FlaskClient) -> None:
    view = values(client, "?indicator=area_type&level=regso&year=2024")
    assert len(view["legend"]["colours"]["light"]) == 5
    assert view["format"]["categories"]["1"] == "Områden med stora socioekonomiska utmaningar"
    assert [level["value"] for level in view["set"]["map-level"]["data"]] == ["regso", "deso"]


def test_deso_have_types_of_their_own_that_say_what_they_are(client: FlaskClient) -> None:
    """SCB's types are one choice with our approximation for DeSO, under another name."""
    official = values(client, "?indicator=area_type&level=regso&year=2024")
    deso = official["set"]["map-level"]["data"][-1]
    assert deso == {"value": "deso", "label": "DeSO, närmevärde"}
    ours = values(client, f"{official['query']}&change=level&to=deso")
    assert ours["selection"]["indicator"] == "deso_area_type"
    assert ours["set"]["map-indicator"]["value"] == "area_type"
    assert "närmevärde för DeSO" in ours["title"]
    assert sum(ours["legend"]["counts"]) > 0
    refused = values(client, "?indicator=area_type&level=deso&year=2024")
    assert refused["selection"]["level"] == "regso"
    assert refused["notice"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?year=2035", "Året 2035 finns inte; visar 2024."),
        ("?level=planet", "planet"),
        ("?indicator=lycka", "lycka"),
        ("?area=9999", "9999"),
        ("?lang=fi", "fi"),
    ],
)
def test_what_is_not_understood_is_explained(
    client: FlaskClient, query: str, sentence: str
) -> None:
    view = values(client, query)
    assert any(sentence in said for said in view["notice"])
    assert view["query"] != query


@pytest.mark.parametrize("query", ["?%ff=%fe", "?a=" + "x" * 5000, "?indicator=%00", "?&&==;"])
def test_garbage_never_breaks_a_view(client: FlaskClient, query: str) -> None:
    assert values(client, query)["selection"]["indicator"] == "area_type"


def test_a_known_view_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/values?level=regso", headers=BR)
    assert first.headers["Content-Encoding"] == "br"
    assert first.headers["Cache-Control"] == "no-cache"
    assert SNAPSHOT_ID in first.headers["ETag"]
    again = client.get("/values?level=regso", headers=BR | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_packed_and_plain_say_the_same(client: FlaskClient) -> None:
    plain = client.get("/values?level=deso").data
    packed = client.get("/values?level=deso", headers=BR).data
    gzipped = client.get("/values?level=deso", headers={"Accept-Encoding": "gzip"}).data
    assert brotli.decompress(packed) == plain == gzip.decompress(gzipped)


def test_geometry_is_packed_and_kept_for_ever(client: FlaskClient) -> None:
    address = values(client, "?level=deso")["layer"]["url"]
    answer = client.get(address, headers=BR)
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "application/geo+json"
    assert json.loads(brotli.decompress(answer.data))["type"] == "FeatureCollection"
    assert client.get(address, headers={"Accept-Encoding": "identity"}).status_code == 406


@pytest.mark.parametrize(
    "path",
    [
        "/geometry/deso-2025-0000.json",
        "/geometry/planet-2025-0000.json",
        "/areas/deso-2025-old.json",
        "/areas/x.json",
        "/export/docx",
        "/static/other.js",
    ],
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=BR).status_code == 404


@pytest.mark.parametrize("name", ["maplibre-gl.js", "maplibre-gl.css"])
def test_the_map_library_comes_from_the_installed_package(client: FlaskClient, name: str) -> None:
    answer = client.get(vendor_address(name), headers=BR)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert b"MapLibre" in brotli.decompress(answer.data) or name.endswith(".css")


def test_the_file_holds_what_the_map_shows(client: FlaskClient) -> None:
    query = "?indicator=low_standard_children&level=kommun&year=2024"
    view = values(client, query)
    names = client.get(view["names"]).get_json()
    answer = client.get(f"/export/csv{view['query']}")
    assert answer.status_code == 200
    assert (
        'filename="low_standard_children_kommun_2024_synthetic.csv"'
        in (answer.headers["Content-Disposition"])
    )
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert len(rows) == len(names["ids"])
    for area_id, value in zip(names["ids"], view["values"], strict=True):
        row = next(row for row in rows if row["area_id"] == area_id)
        assert float(row["value"]) == pytest.approx(value, abs=0.5)


def test_every_format_is_offered_and_answers(client: FlaskClient) -> None:
    view = values(client, "?level=kommun")
    assert len(view["downloads"]) >= 2
    for download in view["downloads"]:
        answer = client.get(download["href"])
        assert answer.status_code == 200
        assert answer.data


def test_health_says_what_is_served(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert answer.get_json()["snapshot"] == SNAPSHOT_ID
    assert answer.get_json()["origin"] == "synthetic"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_change_of_year_fits_in_16_kb(national_client: FlaskClient) -> None:
    answer = national_client.get("/values?level=deso&year=2024", headers=BR)
    assert len(json.loads(brotli.decompress(answer.data))["values"]) > 6_000
    assert len(answer.data) <= 16_000


def test_the_context_reads_an_address(context: Context) -> None:
    with context.store.reader() as reader:
        selection = context.read(reader, "?level=deso&year=2023").view
    assert (selection.level, selection.year, selection.division) == ("deso", 2023, "2018")


def test_a_change_has_colours_around_zero_and_the_years_it_lies_between(
    client: FlaskClient,
) -> None:
    view = values(client, "?level=kommun&year=2024&since=2022&indicator=foreign_background")
    legend = view["legend"]
    assert len(legend["labels"]) % 2 == 1
    expected = diverging_palette(len(legend["labels"]), theme="light")
    assert legend["colours"]["light"] == list(expected)
    assert [column["label"] for column in view["columns"]] == ["2022", "2024"]
    assert view["format"]["pattern"].endswith("procentenheter")
    names = client.get(view["names"]).get_json()["ids"]
    whole = view["values"][names.index("0380")] / view["scale"]
    assert whole == -16.0  # twice that of low standard: 42 less 58


def test_areas_outside_the_place_are_no_gaps(client: FlaskClient) -> None:
    view = values(client, "?level=regso&year=2024&within=0380")
    assert sorted(classes_of(view).replace(".", "")) != []
    assert classes_of(view).count(".") == 4
    assert (view["n_missing"], view["note"]) == (0, [])
    assert view["within"]["id"] == "0380"


def test_two_maps_are_two_views_and_one_map_has_nine_classes(client: FlaskClient) -> None:
    two = values(client, "?level=regso&year=2024&compare=foreign_background")
    assert two["second"] == "?indicator=foreign_background&level=regso&year=2024"
    one = values(client, "?level=regso&compare=foreign_background&together=bivariate")
    assert one["second"] is None
    assert len(one["legend"]["counts"]) == 9
    assert [axis["name"] for axis in one["legend"]["axes"]] == [
        "Låg ekonomisk standard, barn 0–19 år",
        "Utländsk bakgrund",
    ]


def test_the_classes_of_all_years_are_the_same_in_every_year(client: FlaskClient) -> None:
    labels = [
        values(client, f"?level=kommun&year={year}&steady=1")["legend"]["labels"]
        for year in (2022, 2023, 2024)
    ]
    assert labels[0] == labels[1] == labels[2]
    assert "desamma för alla år" in values(client, "?level=kommun&steady=1")["note"][-1]


CHILDREN = "?indicator=low_standard_children&level=kommun&year=2024"


def test_a_tab_says_what_it_does_to_the_address(client: FlaskClient) -> None:
    changed = values(client, f"{CHILDREN}&change=mode&to=change")
    assert changed["query"].endswith("level=kommun&year=2024&since=2022")
    assert changed["set"]["map-mode"] == {"value": "change"}
    back = values(client, f"{changed['query']}&change=mode&to=level")
    assert "since" not in back["query"]
    beside = values(client, f"{changed['query']}&change=mode&to=compare")
    assert "compare=" in beside["query"]
    assert "since" not in beside["query"]
    local = values(client, f"{beside['query']}&change=mode&to=local")
    assert "layer=location_quotient" in local["query"]
    assert "compare" not in local["query"]


def test_a_tab_that_a_view_lacks_says_why_and_changes_nothing(client: FlaskClient) -> None:
    types = values(client, "?indicator=area_type&level=regso&year=2024&change=mode&to=change")
    assert types["query"] == "?indicator=area_type&level=regso&year=2024"
    lacking = types["set"]["map-lacking"]
    assert lacking["hidden"] is False
    assert "finns inte för två år" in lacking["children"]


def test_a_level_larger_than_the_place_ends_the_limit(client: FlaskClient) -> None:
    query = "?indicator=low_standard_children&level=regso&year=2024&within=0380"
    assert "within" not in values(client, f"{query}&change=level&to=kommun")["query"]
    assert "within=0380" in values(client, f"{query}&change=level&to=deso")["query"]


def test_an_emptied_key_leaves_the_address(client: FlaskClient) -> None:
    query = f"{CHILDREN}&area=0380"
    assert "area" not in values(client, f"{query}&change=area&to=")["query"]


def test_text_and_key_count_the_same_classes_of_a_change(client: FlaskClient) -> None:
    query = "?indicator=foreign_background&level=kommun&year=2024&since=2022"
    view = values(client, query)
    counts = view["legend"]["counts"]
    drawn = classes_of(view)
    assert [drawn.count(str(code)) for code in range(len(counts))] == counts
    middle = len(counts) // 2
    assert f"i {sum(counts[middle + 1 :])} områden (blå)" in view["sentence"]["light"]
    assert f"minskade i {sum(counts[:middle])} (bruna)" in view["sentence"]["light"]


def test_a_change_that_chance_could_make_is_uncertain(client: FlaskClient) -> None:
    """Ten of 200 fewer in two years is within 1.96 standard errors; 20 of 1,000 twice is not."""
    small = values(client, "?indicator=lower_secondary&level=regso&year=2023&since=2022")
    names = client.get(small["names"]).get_json()["ids"]
    assert names.index("0380R003_SYN") in small["uncertain"]
    assert small["set"]["map-note"]["children"]


@pytest.mark.parametrize(
    ("path", "first", "folders"),
    [
        ("/karta", "map/main.mjs", {"map", "table"}),
        ("/labb", "table/pages.mjs", {"table"}),
        ("/omradestyper", "table/pages.mjs", {"table"}),
        ("/data", "method/narrow.mjs", {"method"}),
        ("/plats", "", set()),
    ],
)
def test_a_page_names_its_modules_and_all_that_they_import(
    client: FlaskClient, path: str, first: str, folders: set[str]
) -> None:
    document = client.get(path).get_data(as_text=True)
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', document)
    assert {address.split("/")[3] for address in named} == folders
    assert not first or named[0].endswith(first)
    for address in named:
        answer = client.get(address, headers=BR)
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        script = brotli.decompress(answer.data).decode()
        imported = re.findall(r'"(\.{1,2}/[\w./]+\.mjs)"', script)
        assert {urljoin(address, other) for other in imported} <= set(named)


def test_a_module_at_another_checksum_is_not_there(client: FlaskClient) -> None:
    assert client.get("/static/modules-0000/map/main.mjs").status_code == 404
