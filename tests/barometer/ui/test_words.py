"""Both languages have every word, and pages take them from one place."""

import re
from pathlib import Path

import pytest
from dash import html

from barometer import wording
from barometer.catalogue import SECTORS, Text, load_catalogue
from barometer.selection import FEWEST_CLASSES, METHODS, MOST_CLASSES
from barometer.ui import ids, parts, words
from barometer.ui.context import Context
from barometer.ui.pages.map.controls import class_choices
from barometer.ui.pages.map.options import control_properties
from barometer.ui.pages.map.state import read_state
from barometer.ui.parts import linked_tables

UI = Path(words.__file__).parent
TEXTS = {name: text for name, text in vars(words).items() if isinstance(text, Text)}


@pytest.mark.parametrize("name", TEXTS)
def test_a_word_is_there_in_both_languages(name: str) -> None:
    text = TEXTS[name]
    assert text.sv.strip()
    assert text.en.strip()
    assert re.findall(r"\{\w+\}", text.sv) == re.findall(r"\{\w+\}", text.en)


def test_every_sector_has_a_name() -> None:
    assert set(wording.SECTORS) == set(SECTORS)


def test_swedish_stands_in_words_only() -> None:
    spoken = re.compile(r'"[^"]*[åäöÅÄÖ][^"]*"')
    strays = {
        path.name: found
        for path in UI.rglob("*.py")
        if path.name != "words.py" and (found := spoken.findall(_code(path)))
    }
    assert strays == {}


def _code(path: Path) -> str:
    return re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))


def test_the_last_year_has_a_label() -> None:
    marks = parts.year_marks(tuple(range(2011, 2025)))
    assert marks[-1] == {"value": 2024, "label": "2024"}
    assert len(marks) == 14
    assert sum("label" in mark for mark in marks) <= parts.MOST_YEAR_LABELS


def test_controls_offer_what_a_selection_can_hold(context: Context) -> None:
    with context.store.reader() as reader:
        properties = control_properties(read_state(context, reader, "?level=kommun&since=2022"))
        plain = control_properties(read_state(context, reader, "?level=kommun"))
    folded = class_choices("sv", properties)
    (method,) = [part for part in folded._traverse() if getattr(part, "id", "") == ids.MAP_METHOD]
    assert [item["value"] for item in method.data] == list(METHODS)
    numbers = range(FEWEST_CLASSES, MOST_CLASSES + 1)
    assert plain[ids.MAP_CLASSES]["data"] == [str(n) for n in numbers]
    assert properties[ids.MAP_CLASSES]["data"] == [str(n) for n in numbers if n % 2]


def test_a_table_in_a_source_line_leads_to_the_same_table() -> None:
    catalogue = load_catalogue()
    pieces = linked_tables("SCB, tabell TAB6685 och TAB6766, XTAB6571.", catalogue, language="en")
    assert [piece for piece in pieces if isinstance(piece, str)] == [
        *("SCB, tabell ", " och ", ", XTAB6571.")
    ]
    links = [piece for piece in pieces if isinstance(piece, html.A)]
    assert [(link.children, link.href) for link in links] == [
        ("TAB6685", "https://www.statistikdatabasen.scb.se/goto/en/ssd/Tab4InkDesoRegso"),
        ("TAB6766", "https://statistikdatabasen.scb.se/api/v2/tables/TAB6766?lang=en"),
    ]


def test_the_sign_of_per_cent_is_written_in_one_place() -> None:
    """English has no blank before it: `wording.percent` and `wording.unit_suffix` know."""
    written = re.compile(r'["}\d][ \u00a0]%["<]')
    strays = {
        path.name: found
        for path in UI.rglob("*.py")
        if path.name != "words.py" and (found := written.findall(_code(path)))
    }
    assert strays == {}
    assert [wording.unit_suffix("percent", language=own) for own in ("sv", "en")] == [
        "\u00a0%",
        "%",
    ]
    assert wording.unit_suffix("persons", language="sv") == ""
