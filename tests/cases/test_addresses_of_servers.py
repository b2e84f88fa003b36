"""Where the site listens, and how long an address it takes."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from barometer.settings import Settings
from barometer.ui.context import embedded, language_of
from barometer.ui.server import address
from etl.machines import render_machines
from tests.server import serving
from tests.snapshots import publish_snapshot


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")],
)
def test_the_printed_address_can_be_opened(host: str, shown: str) -> None:
    settings = replace(Settings.from_env({}), host=host)
    assert address(settings) == f"http://{shown}:8050"


def test_ipv6_and_500_areas_in_one_question(tmp_path: Path) -> None:
    publish_snapshot(tmp_path / "published")
    there = "0380A0011_SYN_DeSO2025,0380A0012_SYN_DeSO2025"
    areas = ",".join([there, *(f"0180A{n:04}_DeSO2025" for n in range(498))])
    asked = {"indicator": "low_standard_children", "level": "deso", "year": "2024", "area": areas}
    with serving(tmp_path, host="::1") as site:
        assert site.startswith("http://[::1]:")
        answer = httpx.get(f"{site}/api/v1/values", params=asked, trust_env=False)
        assert answer.status_code == 404
        assert len(answer.json()["errors"]) == 498  # each code that is no area's, by name
        asked["area"] = ",".join([there] * 250)
        answer = httpx.get(f"{site}/api/v1/values", params=asked, trust_env=False)
        assert answer.status_code == 200
        assert answer.json()["total"] == 2
        page = httpx.get(f"{site}/labb", params={"areas": areas}, trust_env=False)
        assert page.status_code == 200
        for base in ("/karta", "/elsewhere"):  # gunicorn would take it from anybody at this machine
            page = httpx.get(f"{site}/karta", headers={"SCRIPT_NAME": base}, trust_env=False)
            assert page.status_code == 200
            assert 'src="/_dash-component-suites/' in page.text


@pytest.mark.parametrize(
    ("listen", "ports", "inside"),
    [
        ("8080", '["8080:8080"]', "listen 8080;"),
        ("127.0.0.1:8080", '["127.0.0.1:8080:8080"]', "listen 8080;"),
        ("[::1]:81", '["[::1]:81:81"]', "listen 81;"),
    ],
)
def test_containers_listen_on_the_port_and_the_host_on_the_address(
    listen: str, ports: str, inside: str
) -> None:
    here = {"python": Path("/p"), "project": Path("/q"), "data_dir": Path("/d")}
    files = render_machines(listen=listen, **here)
    assert f"ports: {ports}" in files["compose.yaml"]
    assert inside in files["nginx.conf"]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        *(("", "sv"), ("?lang=en", "en"), ("?lang=EN", "en")),
        *(("?lang=%65n", "en"), ("?lang= en", "en"), ("?lang=SV", "sv"), ("?lang=fi", "sv")),
    ],
)
def test_the_frame_speaks_the_language_that_the_page_reads(query: str, language: str) -> None:
    assert language_of(query) == language


def test_a_page_is_embedded_as_the_page_reads_it() -> None:
    assert [embedded(q) for q in ("?embed=1", "?embed=true", "?embed=no", "?x=1")] == [
        *(True, True, False, False)
    ]
