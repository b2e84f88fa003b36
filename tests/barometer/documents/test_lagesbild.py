"""A lägesbild as Word and slides: made, written in, renewed, in a template, and refused."""

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pptx
import pytest
from flask.testing import FlaskClient
from lxml import etree
from typer.testing import CliRunner

from barometer.__main__ import app
from barometer.catalogue import load_catalogue
from barometer.documents import DocumentError, controls
from barometer.documents.files import briefing_id_of
from barometer.documents.model import Block, Briefing, Chapter, Illustration, Sentences, TextTable
from barometer.documents.slides import PREFIX, slides_file
from barometer.documents.word import word_file
from barometer.pictures import Line, LineChart, Point
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.factory import create_app
from tests.snapshots import publish_snapshot

CHART = LineChart((Line("Uppsala", "21 %", (Point(2023, 20.0), Point(2024, 21.0)), "#b4460f"),))


def made(figure: str = "21,0 %", *, area: str = "0380", snapshot: str = "first") -> Briefing:
    said = Block("extent", (Sentences((f"Andelen är {figure}.",)),))
    rows = (("Andel", figure),)
    shown = TextTable("Alla år", ("Indikator", "2024"), rows, message=f"Nu {figure}")
    table = Block("years", (shown,))
    drawn = Block("development", (Illustration("Kurva", f"Linje: {figure}", CHART, (400, 200)),))
    return Briefing(
        area_id=area,
        language="sv",
        snapshot_id=snapshot,
        title="Lägesbild för Uppsala",
        fields={"title": "Lägesbild för Uppsala", "place": "Uppsala", "year": "2024"},
        chapters=(
            Chapter("extent", "Omfattning", (said, Block("segregation", ())), "Skriv här."),
            Chapter("time", "Över tid", (table, drawn)),
        ),
    )


def keys_in(path: Path) -> list[str]:
    body = docx.Document(str(path)).element.body
    return [key for key, _ in controls.tagged(body)]


def text_of(path: Path) -> str:
    body = docx.Document(str(path)).element.body
    return " ".join(node.text or "" for node in body.iter(controls.qn("w:t")))


def write(path: Path, briefing: Briefing, **given: Path) -> Path:
    path.write_bytes(word_file(briefing, **given))
    return path


def test_every_block_has_a_control_and_every_part_is_xml(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", made())
    assert keys_in(path) == ["title", "extent", "years", "development"]
    with ZipFile(path) as parts:
        for name in (n for n in parts.namelist() if n.endswith((".xml", ".rels"))):
            etree.fromstring(parts.read(name))
    document = docx.Document(str(path))
    assert document.core_properties.identifier == "barometer:0380:sv:2024:first"
    picture = next(document.element.body.iter(controls.qn("wp:docPr")))
    assert picture.get("descr") == "Linje: 21,0 %"
    assert len(list(document.element.body.iter(controls.qn("w:tbl")))) == 1


def test_renewing_changes_figures_and_leaves_what_people_wrote(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", made())
    document = docx.Document(str(path))
    own = next(
        tag.getparent().getparent()
        for tag in document.element.body.iter(controls.qn("w:tag"))
        if tag.get(controls.qn("w:val")) == "own:extent"
    )
    next(own.iter(controls.qn("w:t"))).text = "Vår egen bild."
    document.paragraphs[1].runs[0].text = "Hur stort är det?"  # the heading
    document.add_paragraph("Ett eget stycke sist.")
    document.save(str(path))
    write(path, made("22,5 %", snapshot="second"), existing=path)
    text = text_of(path)
    for kept in ("Vår egen bild.", "Hur stort är det?", "Ett eget stycke sist."):
        assert kept in text
    assert "21,0 %" not in text
    assert text.count("22,5 %") == 2
    with ZipFile(path) as parts:
        assert sum(name.startswith("word/media/") for name in parts.namelist()) == 1


def test_a_document_that_lost_the_tags_of_its_controls_is_renewed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", made())
    document = docx.Document(str(path))
    body = document.element.body
    for tag in list(body.iter(controls.qn("w:tag"))):  # as LibreOffice does when it saves
        tag.getparent().remove(tag)
    said = next(p for p in document.element.body.iter(controls.qn("w:p")) if "Andelen" in text(p))
    said.append(controls.text_run(" Vårt tillägg.", None))  # after the bookmark's end
    document.save(str(path))
    write(path, made("22,5 %", snapshot="second"), existing=path)
    assert keys_in(path) == ["title", "extent", "years", "development"]
    assert " Vårt tillägg." in text_of(path)
    assert "21,0 %" not in text_of(path)
    write(path, made("23,5 %", snapshot="third"), existing=path)
    assert text_of(path).count("23,5 %") == 2
    assert " Vårt tillägg." in text_of(path)


def text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(controls.qn("w:t")))


def test_what_the_place_no_longer_has_is_said_in_its_place(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", made())
    later = made()
    without = Briefing("0380", "sv", "second", later.title, later.fields, later.chapters[:1])
    write(path, without, existing=path)
    assert text_of(path).count("Lägesbilden har inte längre den här delen.") == 2
    assert "dataversionen" not in text_of(path)
    lacking = [replace(c, blocks=tuple(Block(b.key, ()) for b in c.blocks)) for c in later.chapters]
    write(path, replace(without, chapters=tuple(lacking)), existing=path)
    assert text_of(path).count("Uppgiften finns inte i den här dataversionen.") == 3
    assert "inte längre" not in text_of(path)


def test_a_part_that_only_older_slides_have_is_not_said_to_lack_figures(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(slides_file(made()))
    deck = pptx.Presentation(str(path))
    shape = next(s for slide in deck.slides for s in slide.shapes if s.name == PREFIX + "years")
    shape.name = PREFIX + "years:7"
    deck.save(str(path))
    path.write_bytes(slides_file(made(), existing=path))
    told = [
        shape.text_frame.text
        for slide in pptx.Presentation(str(path)).slides
        for shape in slide.shapes
        if shape.has_text_frame and shape.name == PREFIX + "years:7"
    ]
    assert told == [made().gone("years:7").texts[0]]
    assert told[0].startswith("Lägesbilden har inte längre den här delen.")


def test_a_template_is_filled_and_nothing_else_is_touched(tmp_path: Path) -> None:
    template = docx.Document()
    line = template.add_paragraph("Kommun: {{barometer:")
    line.add_run("place}}").bold = True
    line.add_run(", år {{barometer:year}}.")
    template.add_paragraph("{{barometer:years}}")
    template.add_paragraph("Eget stycke.", style="Quote")
    template.save(str(tmp_path / "mall.docx"))
    path = write(tmp_path / "a.docx", made(), template=tmp_path / "mall.docx")
    assert keys_in(path) == ["place", "year", "years"]
    assert "Uppsala" in text_of(path)
    assert re.search(r"\{\{", text_of(path)) is None
    assert docx.Document(str(path)).paragraphs[-1].style.name == "Quote"
    write(path, made("30,0 %"), existing=path)
    assert "30,0 %" in text_of(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [("Ingenting", "has no placeholders"), ("{{barometer:nonsense}}", "which is not known")],
)
def test_a_template_that_cannot_be_filled_is_refused(tmp_path: Path, text: str, said: str) -> None:
    template = docx.Document()
    template.add_paragraph(text)
    template.save(str(tmp_path / "mall.docx"))
    with pytest.raises(DocumentError, match=said):
        word_file(made(), template=tmp_path / "mall.docx")


def test_locked_foreign_and_other_places_are_refused(tmp_path: Path) -> None:
    locked, foreign = tmp_path / "locked.docx", tmp_path / "foreign.docx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(DocumentError, match="password"):
        word_file(made(), existing=locked)
    foreign.write_bytes(b"PK not really")
    with pytest.raises(DocumentError, match="damaged"):
        word_file(made(), existing=foreign)
    docx.Document().save(str(foreign))
    with pytest.raises(DocumentError, match="no content controls"):
        word_file(made(), existing=foreign)
    own = write(tmp_path / "a.docx", made())
    with pytest.raises(DocumentError, match="is of the place 0380, not 0180"):
        word_file(made(area="0180"), existing=own)


def test_a_document_of_an_own_area_of_any_size_is_made_and_known_again(tmp_path: Path) -> None:
    """An identifier of Office has 255 letters at most."""
    token = "own:" + ".".join(f"0180C{n:04}" for n in range(1000, 1500))
    path = tmp_path / "own"
    for make in (word_file, slides_file):
        path.write_bytes(make(made(area=f"{token}:Norr")))
        assert len(briefing_id_of(path)) < 255
        assert make(made(area=f"{token}:Norra delen"), existing=path)
        with pytest.raises(DocumentError, match="is of the place own-"):
            make(made(area="own:0180C1000:Norr"), existing=path)


def texts_of_slides(path: Path) -> list[str]:
    shapes = [shape for slide in pptx.Presentation(str(path)).slides for shape in slide.shapes]
    cells = [cell.text for s in shapes if s.has_table for row in s.table.rows for cell in row.cells]
    return [s.text_frame.text for s in shapes if s.has_text_frame] + cells


def test_slides_are_renewed_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(slides_file(made()))
    deck = pptx.Presentation(str(path))
    own = next(s for slide in deck.slides for s in slide.shapes if s.name == "own:extent")
    own.text_frame.text = "Vår egen bild."
    deck.save(str(path))
    about = deck.core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Lägesbild för Uppsala", "", "")
    path.write_bytes(slides_file(made("22,5 %"), existing=path))
    with ZipFile(path) as parts:
        slides = [parts.read(n).decode() for n in parts.namelist() if n.startswith("ppt/slides/s")]
    assert all('lang="sv-SE"' in slide for slide in slides)
    texts = texts_of_slides(path)
    assert "Vår egen bild." in texts
    assert {"Andelen är 22,5 %.", "Nu 22,5 %"} <= set(texts)
    assert "22,5 %" in texts
    assert not any("21,0" in text for text in texts)


def test_slides_fill_a_template(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "{{barometer:place}}"
    deck.save(str(tmp_path / "mall.pptx"))
    path = tmp_path / "a.pptx"
    path.write_bytes(slides_file(made(), template=tmp_path / "mall.pptx"))
    assert texts_of_slides(path) == ["Uppsala"]
    pptx.Presentation().save(str(tmp_path / "mall.pptx"))
    with pytest.raises(DocumentError, match="has no placeholders"):
        slides_file(made(), template=tmp_path / "mall.pptx")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    publish_snapshot(folder / "published")
    return folder


def run(*arguments: Any) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_command_makes_renews_and_keeps_a_copy(data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "uppsala.docx"
    code, said = run("0380", "--docx", out, "--data-dir", data_dir, "--site", "https://x.example")
    assert (code, said.strip()) == (0, f"1/1 0380 Uppsala: {out} made")
    text = text_of(out)
    assert "https://x.example/plats?area=0380&year=2024" in text
    headings = [p.text for p in docx.Document(str(out)).paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["Omfattning", "Konsekvenser", "Var"]
    assert headings[5:8] == ["Analys", "Åtgärder", "Uppföljning"]
    before = out.read_bytes()
    code, said = run("0380", "--docx", out, "--data-dir", data_dir)
    assert code == 0
    assert (tmp_path / "uppsala.docx.bak").read_bytes() == before
    (tmp_path / ".~lock.uppsala.docx#").touch()
    code, said = run("0380", "--docx", out, "--data-dir", data_dir)
    assert code == 1
    assert "is open in another program" in said


def test_many_are_made_once(data_dir: Path, tmp_path: Path) -> None:
    given = ("--level", "kommun", "--docx", tmp_path, "--data-dir", data_dir)
    code, said = run(*given)
    assert (code, len(said.splitlines())) == (0, 3)
    assert (tmp_path / "0114_Upplands-Vasby_sv.docx").is_file()
    code, said = run(*given)
    assert said.count("is there already") == 3
    code, said = run(*given, "--pptx", tmp_path)  # as one that was broken off between the two
    assert (code, len(list(tmp_path.glob("*.pptx")))) == (0, 3)
    assert not list(tmp_path.glob("*.bak"))


def test_faults_of_the_command_line_are_told(tmp_path: Path) -> None:
    assert "one of them" in run("--docx", tmp_path / "a.docx")[1]
    assert "need --docx or --pptx" in run("0380", "--template", tmp_path / "a.docx")[1]


def test_the_site_hands_out_documents(data_dir: Path) -> None:
    settings = Settings(data_dir, "127.0.0.1", 8050, 1, "")
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    client: FlaskClient = create_app(
        settings, context.store, context.catalogue
    ).server.test_client()
    answer = client.get("/plats/lagesbild.docx?area=0380")
    assert docx.Document(BytesIO(answer.data)).core_properties.title.startswith("Lägesbild")
    assert "attachment" in answer.headers["Content-Disposition"]
    slides = client.get("/plats/lagesbild.pptx?area=0380&lang=en")
    assert len(pptx.Presentation(BytesIO(slides.data)).slides) > 5


def test_the_libraries_of_office_files_are_imported_where_a_file_is_written() -> None:
    code = "import barometer.documents, sys; sys.exit(bool({'docx', 'pptx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
