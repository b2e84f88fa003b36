"""The shared agenda of a place: picture, priorities with their tasks, who does what, and when."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from barometer.catalogue.efforts import EFFORTS_CSV
from barometer.ui.context import Context

HEADS = ("Gemensam bild", "Gemensamma prioriteringar", "Vem gör vad", "När det följs upp")


@pytest.fixture
def register(data_dir: Path) -> str:
    path = data_dir / EFFORTS_CSV
    path.write_text(
        "what;who;areas;start;indicator\nÖppen förskola;Kommunen;0380;2023;low_standard_children\n"
        "Annan ort;Ingen;0180;2023;low_standard_children\n",
        encoding="utf-8",
    )
    return "Öppen förskola"


def test_the_agenda_is_one_page_with_four_headings(client: FlaskClient) -> None:
    answer = client.get("/plats/agenda?area=0380&first=low_standard_children,population")
    assert answer.status_code == 200
    places = [answer.text.index(f"<h2>{head}</h2>") for head in HEADS]
    assert places == sorted(places)
    assert answer.text.count('class="sheet"') == 1
    plain = answer.text.replace("\xa0", " ")
    first, second = plain.index(", 2024: 21"), plain.index(", 2024: 1 000")
    assert plain.index("<ol>") < first < plain.index("Rör kommun, region") < second
    assert "bilagan" not in plain  # it has no appendix to lead to
    assert "Valda i länken" in answer.text
    english = client.get("/plats/agenda?area=0380&lang=en").text
    assert "<h2>Shared priorities</h2>" in english
    assert "A proposal: what pulls the signals" in english


def test_the_registers_efforts_here_stand_under_who_does_what(
    client: FlaskClient, context: Context, register: str
) -> None:
    assert (context.settings.data_dir / EFFORTS_CSV).is_file()
    text = client.get("/plats/agenda?area=0380").text
    (context.settings.data_dir / EFFORTS_CSV).unlink()
    assert register in text
    assert "Annan ort" not in text
    assert "start=2023" in text
    assert register not in client.get("/plats/agenda?area=0380").text


def test_efforts_that_have_no_room_are_counted_with_a_link(
    client: FlaskClient, context: Context
) -> None:
    path = context.settings.data_dir / EFFORTS_CSV
    lines = [f"Insats {n};Kommunen;0380;2023;low_standard_children" for n in range(1, 6)]
    path.write_text("\n".join(["what;who;areas;start;indicator", *lines]), encoding="utf-8")
    text = client.get("/plats/agenda?area=0380").text
    path.unlink()
    assert "Insats 3" in text
    assert "Insats 4" not in text
    assert '<a href="/folj-upp">Och 2 till: se alla i registret på Följ upp.</a>' in text
