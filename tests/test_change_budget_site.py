"""What a page with a figure costs, and what a figure on a page does."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from dash import html
from flask.testing import FlaskClient

from barometer import queries
from barometer.catalogue import Text, load_catalogue
from barometer.selection import Lens
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.base.page import LivePage
from barometer.ui.base.section import Box, Section
from barometer.ui.base.state import PageState
from barometer.ui.factory import PAGES, create_app
from barometer.ui.pages.segregation import page as segregation
from tests.edits import app_answer, everywhere
from tests.snapshots import publish_snapshot


@dataclass(frozen=True)
class NewState(PageState[Lens]):
    """The state of a new page: an address that has a language and nothing else of its own."""

    path = "/ny"
    prefix = "new"
    title = "Ny sida"

    @property
    def provenance(self) -> queries.Provenance:
        return self.provenance_of(("TAB6574",))

    def stem(self, file: str) -> tuple[str, ...]:
        return ("new", file)


def areas_by_level(state: PageState[Any]) -> pd.DataFrame:
    return state.reader.cursor.execute(
        "SELECT level, count(*) AS n_areas FROM areas GROUP BY level ORDER BY level"
    ).df()


NEW_FIGURE: Section[Any] = Section(
    key="counts",
    heading=Text("Antal områden", "Number of areas"),
    frame=areas_by_level,
    sentences=lambda _, frame: [f"{len(frame)} nivåer."],
    table=lambda _, frame: html.Table([html.Tr(html.Td(level)) for level in frame["level"]]),
)


def test_a_new_page_with_a_figure_is_a_folder_and_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state, its sections and its record: address, files and headings follow."""
    box = Box("", (NEW_FIGURE,))
    page = LivePage(
        path=NewState.path,
        name=Text("Ny sida", "New page"),
        resolve=lambda context, reader, _: NewState(context, reader, Lens("school")),
        body=lambda state: html.Div(box.fill(state)),
        boxes=(box,),
    )
    everywhere(monkeypatch, "PAGES", (*PAGES, page), instead_of=PAGES)
    client = tiny_site(tmp_path)
    shown = str(app_answer(client, path="/ny"))
    assert "5 nivåer." in shown
    assert "/export/ny/counts/csv" in shown
    assert client.get("/export/ny/counts/json").get_json()["rows"][0]["level"] == "riket"


def test_a_new_figure_is_one_section(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    *others, last = segregation.PAGE.boxes
    more = dataclasses.replace(last, content=(*last.content, NEW_FIGURE))
    page = dataclasses.replace(segregation.PAGE, boxes=(*others, more))
    pages = tuple(page if known is segregation.PAGE else known for known in PAGES)
    everywhere(monkeypatch, "PAGES", pages, instead_of=PAGES)
    client = tiny_site(tmp_path)
    query = "?area=0380&year=2023"
    body = {
        "output": f"{last.component}.children",
        "outputs": {"id": last.component, "property": "children"},
        "inputs": [{"id": last.after or page.after, "property": "data", "value": query}],
        "changedPropIds": [f"{last.after or page.after}.data"],
    }
    shown = client.post("/_dash-update-component", json=body).text
    assert "segregation-counts" in shown
    assert "Antal områden" in shown
    (header, *rows) = client.get(f"/export/segregation/counts/csv{query}").text.splitlines()
    assert header.removeprefix("\ufeff").startswith("level,n_areas,")
    assert len(rows) == 5


def tiny_site(folder: Path) -> FlaskClient:
    """The site on the snapshot that is small enough to compute by hand."""
    publish_snapshot(folder / "published")
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    app = create_app(settings, Store(settings.published_dir), load_catalogue())
    return app.server.test_client()
