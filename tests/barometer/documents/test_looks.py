"""How a lägesbild looks: its tables fit, its slides are whole, and LibreOffice opens both."""

import re
import subprocess
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pptx
import pytest
from docx.oxml.ns import qn
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.documents.model import Block, Briefing, Chapter, Sentences, TextTable
from barometer.documents.scenes import scenes
from barometer.documents.widths import column_widths
from barometer.documents.word import word_file
from barometer.ui.pages.place.briefing.maps import class_ends
from tests.programs import LIBREOFFICE, advice
from tests.snapshots import publish_snapshot

OWN = "own:0380A0011.0380A0012_SYN_DeSO2025:Norra Uppsala"
PLACES = ("0380", "0380R001_SYN_RegSO2025", OWN)
LETTER = 12_700 * 9 * 0.5  # EMU that a letter of a table takes at least


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """A Word file and slides of each place."""
    folder = tmp_path_factory.mktemp("looks")
    publish_snapshot(folder / "published")
    files = {}
    for number, place in enumerate(PLACES):
        paths = folder / f"{number}.docx", folder / f"{number}.pptx"
        given = ["--docx", str(paths[0]), "--pptx", str(paths[1]), "--data-dir", str(folder)]
        result = CliRunner().invoke(app, ["report", place, *given])
        assert result.exit_code == 0, result.output
        files[place] = paths
    return files


@pytest.mark.parametrize("place", PLACES)
def test_tables_fit_the_page_and_break_no_word(
    made: dict[str, tuple[Path, Path]], place: str
) -> None:
    check_tables(docx.Document(str(made[place][0])))


def test_a_table_of_many_columns_breaks_no_word() -> None:
    rows = tuple((f"Flerbostadshusområde {n}", *["12,5 %"] * 8) for n in range(3))
    table = TextTable("Alla", ("Indikator", *map(str, range(2016, 2024))), rows)
    chapter = Chapter("time", "Tid", (Block("years", (table,)),))
    fields = {"title": "Lägesbild", "year": "2024"}
    briefing = Briefing("0380", "sv", "first", "Lägesbild", fields, (chapter,))
    check_tables(docx.Document(BytesIO(word_file(briefing))))


def check_tables(document: Any) -> None:
    section: Any = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    tables = document.element.body.findall(f".//{qn('w:tbl')}")
    assert tables
    for table in tables:
        widths = [635 * int(g.get(qn("w:w"))) for g in table.iter(qn("w:gridCol"))]
        assert room * 0.98 <= sum(widths) <= room * 1.01
        cells = [635 * int(w.get(qn("w:w"))) for w in table.iter(qn("w:tcW"))]
        assert cells[: len(widths)] == widths
        for row in table.iter(qn("w:tr")):
            texts = ["".join(t.text for t in c.iter(qn("w:t"))) for c in row.iter(qn("w:tc"))]
            for text, width in zip(texts, widths, strict=True):
                assert all(len(word) * LETTER < width for word in text.split(" ")), text
    texts = [node.text for node in document.element.body.iter(qn("w:t"))]
    assert not any("/plats?" in text for text in texts), "an address without a host"


@pytest.mark.parametrize("place", PLACES)
def test_every_slide_is_whole_and_says_something(
    made: dict[str, tuple[Path, Path]], place: str
) -> None:
    deck = pptx.Presentation(str(made[place][1]))
    assert 8 <= len(deck.slides) <= 16
    for slide in list(deck.slides)[1:]:
        shapes = list(slide.shapes)
        for shape in shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width, shape.name
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height, shape.name
        for one, other in combinations(shapes, 2):
            assert not lie_on_one_another(one, other), (one.name, other.name)
        assert slide.shapes.title.text_frame.text
        told = [s for s in shapes if s.has_text_frame and s.text_frame.text.strip()]
        assert len(told) > 1, slide.shapes.title.text_frame.text
        for shape in shapes:
            if not shape.has_text_frame:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0], shape.name


def lie_on_one_another(one: Any, other: Any) -> bool:
    across = one.left < other.left + other.width and other.left < one.left + one.width
    return bool(across and one.top < other.top + other.height and other.top < one.top + one.height)


def test_a_column_holds_its_longest_word_in_smaller_letters_if_need_be() -> None:
    columns: Sequence[Sequence[str]] = (
        ("Indikator", "Flerbostadshusbebyggelse i centrum"),
        *[(f"Kommunalförbund{n}", "12,5 %") for n in range(4)],
    )
    wide, size = column_widths(columns, total=6_300_000, sizes=(9, 8, 7))
    assert (sum(wide), size) == (6_300_000, 8)
    assert all(
        len(max(" ".join(texts).split(" "), key=len)) * 8 * 12_700 * 0.55 < width
        for texts, width in zip(columns, wide, strict=True)
    )


def test_a_slide_has_a_message_its_sentences_and_the_notes_of_its_figure() -> None:
    table = TextTable("Ålder", ("Grupp", "Andel"), (("Barn", "21 %"),), message="Många barn")
    note = Sentences(("Per 31 december.",), small=True)
    said = Sentences(("Många barn. En femtedel av alla.",))
    chapter = Chapter("extent", "Omfattning", (Block("ages", (said, table, note)),))
    (scene,) = scenes(chapter)
    assert (scene.title, scene.key, scene.message_key) == ("Många barn", "ages:2", "ages:2:message")
    assert [part.texts for _, part in scene.beside] == [("En femtedel av alla.",), note.texts]
    assert scenes(Chapter("analysis", "Analys", (Block("analysis", (note,)),))) == ()


@pytest.mark.parametrize(
    "values", [[10.0, 20.0], [5.0, 5.0, np.nan], [1.0, 2.0, 3.0, 4.0, 9.0, 9.5]]
)
def test_every_class_of_a_map_has_an_area(values: list[float]) -> None:
    known = np.array(values)
    ends = class_ends(known)
    classes = np.searchsorted(ends, known[~np.isnan(known)])
    assert set(classes) == set(range(len(ends)))


@pytest.fixture
def convert(tmp_path: Path) -> Callable[[Path, str], Path]:
    """A document as LibreOffice writes it in another form."""
    office = LIBREOFFICE.find()
    if office is None:
        pytest.skip(f"documents are not opened in LibreOffice. {advice(LIBREOFFICE)}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    def converted(path: Path, kind: str) -> Path:
        given = ["--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
        subprocess.run([office, profile, *given], check=True, capture_output=True, timeout=120)
        return (tmp_path / path.name).with_suffix(f".{kind}")

    return converted


def test_libreoffice_opens_both_as_pages(
    made: dict[str, tuple[Path, Path]], convert: Callable[[Path, str], Path]
) -> None:
    for path, least, most in zip(made["0380"], (5, 8), (14, 16), strict=True):
        pdf = convert(path, "pdf").read_bytes()
        assert least <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most, path


def test_what_libreoffice_has_saved_is_renewed(
    made: dict[str, tuple[Path, Path]], convert: Callable[[Path, str], Path]
) -> None:
    word, slides = (convert(p, p.suffix[1:]) for p in made["0380"])
    titles = [title_of(slide) for slide in pptx.Presentation(str(slides)).slides]
    years = ["--year", "2023", "--docx", str(word), "--pptx", str(slides)]
    data = str(made["0380"][0].parent)
    result = CliRunner().invoke(app, ["report", "0380", *years, "--data-dir", data])
    assert result.exit_code == 0, result.output
    texts = [p.text for p in docx.Document(str(word)).element.body.iter(qn("w:t"))]
    assert "Lägesbild för Uppsala kommun 2023" in texts
    assert not any("slutet av 2024" in text for text in texts)
    assert sum("slutet av 2023" in text for text in texts) == 1
    renewed = [title_of(slide) for slide in pptx.Presentation(str(slides)).slides]
    assert "slutet av 2024" in " ".join(titles)
    assert "slutet av 2023" in " ".join(renewed)
    assert "slutet av 2024" not in " ".join(renewed)


def test_titles_that_lost_their_names_are_renewed(
    made: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    deck = pptx.Presentation(str(made["0380"][1]))
    for n, slide in enumerate(deck.slides):
        if slide.shapes.title is not None:
            slide.shapes.title.name = f"PlaceHolder {n}"  # as LibreOffice does when it saves
    slides = tmp_path / "lost.pptx"
    deck.save(str(slides))
    data = str(made["0380"][0].parent)
    asked = ["report", "0380", "--year", "2023", "--pptx", str(slides), "--data-dir", data]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    renewed = " ".join(title_of(slide) for slide in pptx.Presentation(str(slides)).slides)
    assert "slutet av 2023" in renewed
    assert "slutet av 2024" not in renewed


def title_of(slide: Any) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""


def test_english_names_the_country_as_a_name(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "published")
    word = tmp_path / "a.docx"
    given = ["--lang", "en", "--docx", str(word), "--data-dir", str(tmp_path)]
    result = CliRunner().invoke(app, ["report", "0380", *given])
    assert result.exit_code == 0, result.output
    text = " ".join(node.text for node in docx.Document(str(word)).element.body.iter(qn("w:t")))
    assert ", in Sweden " in text
    assert "in sweden" not in text
