"""What goes to the browser as HTML: what it holds, what stays a component, and how few are."""

from html.parser import HTMLParser
from typing import Any

import dash_mantine_components as dmc
import pytest
from dash import html
from dash.development.base_component import Component
from flask.testing import FlaskClient

from barometer.ui.markup import Still, element, stilled
from barometer.ui.pages.place import ids

HOSTILE = "</p><script>alert('1')</script> \"&amp;' <img src=x onerror=alert(1)>"
MOST = 175  # components of a profile's sections; one for each element would be 671


class Read(HTMLParser):
    """The tags, attributes and text of HTML as a browser would understand them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def one(part: Component) -> Still:
    (found,) = stilled([part])
    assert isinstance(found, Still)
    return found


def props(part: Component) -> dict[str, Any]:
    found: dict[str, Any] = part.to_plotly_json()["props"]
    return found


@pytest.mark.parametrize("kind", [html.Td, html.I, html.Button, html.Option])
def test_an_element_is_what_dash_would_have_made(kind: Any) -> None:
    given = {"className": "mark", "title": None, "style": {"left": "1%"}, "data-code": "x"}
    for children in (None, "text", [html.B("1"), " "]):
        assert vars(element(kind, children, **given)) == vars(kind(children, **given))
    assert props(element(kind, "first", id="a")) == props(kind("first", id="a"))
    assert props(element(kind)) == props(kind())


@pytest.mark.parametrize("hostile", [HOSTILE, "'", '"', "' onclick='x", '" onclick="x', "&quot;<"])
def test_a_hostile_text_stays_text_and_a_hostile_attribute_one_value(hostile: str) -> None:
    part = html.Div(html.P(hostile, title=hostile, style={"--x": hostile}), title=hostile)
    found = props(one(part))
    assert found["attributes"] == {"title": hostile}
    read = Read(found["inside"])
    assert read.tags == [("p", {"title": hostile, "style": f"--x:{hostile}"})]
    assert read.text == hostile


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " \tJava\nScript:alert(1)", "vbscript:x", "data:text/html,x"]
)
def test_no_link_runs_what_it_says(address: str) -> None:
    read = Read(props(one(html.P(html.A("x", href=address))))["inside"])
    assert read.tags == [("a", {})]


def test_what_callbacks_reach_or_readers_open_and_scroll_stays_a_component() -> None:
    kept = (
        html.Div(html.P("a"), id="x"),
        html.Details([html.Summary(html.B("a")), html.P("b")]),
        html.Div(html.P("a"), tabIndex=0),
        dmc.Tabs(html.Div(html.P("a"))),
    )
    for part in kept:
        (shown,) = stilled([html.Div([html.Ul(html.Li("still")), part])])
        still, found = shown.children
        assert isinstance(still, Still)
        assert type(found) is type(part)
        assert props(found).keys() == props(part).keys()


def test_parts_themselves_stay_as_they_are() -> None:
    part = html.Div([html.Ul(html.Li("a")), html.P("b", id="x")])
    before = str(part)
    assert str(stilled(part)) != before
    assert str(part) == before


def test_an_address_in_a_style_is_seen_by_what_puts_the_site_under_a_path() -> None:
    image = html.Img(style={"--dark": 'url("/plats/karta.svg?a=\'")'})
    assert '("/plats/' in props(one(html.Figure(image)))["inside"]


def test_the_sections_of_a_profile_are_few_components(client: FlaskClient) -> None:
    body = {
        "output": f"{ids.SECTIONS}.children",
        "outputs": {"id": ids.SECTIONS, "property": "children"},
        "inputs": [{"id": ids.ASKED, "property": "data", "value": "?area=0380"}],
        "changedPropIds": [f"{ids.ASKED}.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    n = answer.text.count('"namespace":')
    assert 0 < n <= MOST, n
    assert "/export/plats/key/xlsx?area=0380" in str(answer.json)
