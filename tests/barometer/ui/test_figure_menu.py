"""The menu of a figure: what it offers, and the lines that read exactly its figures."""

import io

import pandas as pd

from barometer.ui.downloads import downloads

QUERY = "?area=1480&year=2022"


def _items(picture: str = "") -> list[object]:
    menu = downloads(
        "omradestyper/shares", QUERY, language="sv", anchor="types-shares", picture=picture
    )
    return [part for part in menu._traverse() if _class(part) == "figure-menu__item"]


def _class(part: object) -> str | None:
    return getattr(part, "className", None)


def test_a_figure_without_a_chart_offers_no_picture() -> None:
    addresses = [item.href for item in _items() if hasattr(item, "href")]
    assert all(address.startswith("/export/omradestyper/shares/") for address in addresses)
    assert f"/export/omradestyper/shares/xlsx{QUERY}" in addresses


def test_a_figure_with_a_chart_offers_both_forms_of_its_picture() -> None:
    addresses = [item.href for item in _items("omradestyper/shares") if hasattr(item, "href")]
    assert addresses[:2] == [
        f"/picture/omradestyper/shares.png{QUERY}",
        f"/picture/omradestyper/shares.svg{QUERY}",
    ]


def test_every_line_of_code_reads_the_table_of_the_same_address() -> None:
    copied = [item for item in _items() if not hasattr(item, "href")]
    code = [getattr(item, "data-code") for item in copied if getattr(item, "data-copy") == "code"]
    table = f"{{origin}}/export/omradestyper/shares/csv{QUERY}"
    in_r, in_python, address = code
    assert in_r == (
        f'suppressWarnings(read.csv("{table}", colClasses = c(area = "character", '
        'area_id = "character", container_id = "character")))'
    )
    assert in_python.startswith(f'import pandas; pandas.read_csv("{table}", dtype=')
    assert address == table
    given = in_python.partition("import pandas; ")[2].replace(f'"{table}"', "table")
    read = eval(given, {"pandas": pd, "table": io.StringIO("area_id,value\n0180,1.5\n")})
    assert read.to_dict("records") == [{"area_id": "0180", "value": 1.5}]
    assert getattr(copied[0], "data-anchor") == "types-shares"


def test_a_figure_is_embedded_as_its_picture_and_else_its_page() -> None:
    def code(picture: str) -> str:
        embeds = [i for i in _items(picture) if getattr(i, "data-copy", "") == "embed"]
        return str(getattr(embeds[0], "data-code"))

    assert code("omradestyper/shares") == f"/picture/omradestyper/shares.svg{QUERY}"
    assert code("") == ""
