"""Every frame of every page is a file, at every level, with a heading for every column."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from barometer.ui.base.page import LivePage
from barometer.ui.context import Context
from barometer.ui.factory import PAGES

LIVE = tuple(page for page in PAGES if isinstance(page, LivePage))
FILES = tuple((page, key) for page in LIVE for key in page.frames)
PLACES = {
    "riket": "00",
    "lan": "03",
    "kommun": "0380",
    "regso": "0380R002_SYN_RegSO2025",
    "deso": "0380A0021_SYN_DeSO2025",
}
OWN_NAMES = {"M", "H"}  # columns whose heading is their name in both languages


@pytest.mark.parametrize("level", PLACES)
@pytest.mark.parametrize(("page", "file"), FILES, ids=lambda value: getattr(value, "path", value))
def test_every_frame_is_a_file_at_every_level(
    client: FlaskClient, page: LivePage[Any], file: str, level: str
) -> None:
    place = PLACES[level]
    keys = {"/folj-upp": f"areas={place}&level={level}", "/aktorer": ""}
    query = keys.get(page.path, f"area={place}")
    answer = client.get(f"/export/{page.export}/{file}/json?{query}")
    if answer.status_code == 400:  # a page that is not about such places: it names those it is for
        assert place in answer.text or level in answer.text
        assert page.path in ("/segregation", "/omradestyper", "/folj-upp", "/listor")
        return
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["snapshot"]
    assert isinstance(answer.get_json()["rows"], list)


@pytest.mark.parametrize(("page", "file"), FILES, ids=lambda value: getattr(value, "path", value))
def test_every_column_has_a_heading(context: Context, page: LivePage[Any], file: str) -> None:
    with context.store.reader() as reader:
        state = page.resolve(context, reader, "?area=0380&areas=0380&level=kommun")
        sheet = page.sheet(state, file)
    assert sheet
    bare = [
        column.name
        for column in sheet.columns
        if column.name in (column.heading.sv, column.heading.en) and column.name not in OWN_NAMES
    ]
    assert bare == []


def test_pages_that_live_by_their_address_are_all_here() -> None:
    paths = {page.path for page in LIVE}
    assert paths >= {"/plats", "/segregation", "/omradestyper", "/labb", "/folj-upp", "/aktorer"}
    assert len({(page.path, key) for page, key in FILES}) == len(FILES) >= 20
