"""A real server on the tiny country, and a reader's page that tells of every mishap."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.server import serving
from tests.snapshots import publish_snapshot

PATIENCE = 20_000  # milliseconds; only a failing test waits that long


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, serving the tiny country."""
    folder = tmp_path_factory.mktemp("browser")
    publish_snapshot(folder / "published")
    with serving(folder) as found:
        yield found


@pytest.fixture
def mishaps() -> list[str]:
    """Errors on the page's console and requests to strangers; a test must leave it empty."""
    return []


@pytest.fixture
def page(browsing: BrowserContext, address: str, mishaps: list[str]) -> Iterator[Page]:
    """A page of the reader's; relative addresses are the site's."""
    expect.set_options(timeout=PATIENCE)
    page = browsing.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: mishaps.append(str(error)))
    page.on("console", lambda said: said.type == "error" and mishaps.append(said.text))
    page.on(
        "request",
        lambda asked: (
            asked.url.startswith((address, "blob:", "data:")) or mishaps.append(asked.url)
        ),
    )
    yield page
    assert mishaps == []
