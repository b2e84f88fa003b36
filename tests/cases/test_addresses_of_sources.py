"""Where figures come from, written oddly or with a password."""

import logging
from pathlib import Path

import pytest

from barometer.runs import public_text
from etl.errors import SourceUnavailableError
from etl.fetch.scb import Client
from etl.geodata.wfs import open_service
from etl.journal import LOG_FILE, log_event, open_log
from etl.providers.kolada import Kolada
from etl.pull import pull
from etl.workspace import Workspace

NONE_AT_ALL = (
    "",
    "scb.se",
    "//scb.se",
    "file:///etc",
    "http://",
    "http://xn--/",
    "http://a..b/",
    f"http://{'a' * 300}.se/",
    "http://127.0.0.1:abc/",
    "http://\x1b[2J/",
    "http://\udcff/",
    f"http://127.0.0.1:1/{'a' * 70_000}",
)


@pytest.mark.parametrize("address", NONE_AT_ALL, ids=range(len(NONE_AT_ALL)))
def test_what_is_no_address_is_told_by_every_door(tmp_path: Path, address: str) -> None:
    doors = (
        lambda: pull(Workspace(tmp_path), address),
        lambda: Client.connect(address),
        lambda: Kolada.connect({}, base_url=address),
        lambda: open_service(address).__enter__(),
    )
    for door in doors:
        with pytest.raises(SourceUnavailableError, match="is no address of a server") as told:
            door()
        assert len(str(told.value)) < 250
        assert "\x1b" not in str(told.value)


def test_a_password_in_an_address_is_nowhere_told(tmp_path: Path) -> None:
    secret = "https://reader:s3cr@t@bucket.example.org/CURRENT gives no pointer"
    assert public_text(secret) == "https://bucket.example.org/CURRENT gives no pointer"
    with open_log(tmp_path, run="1"):
        log_event("ended", message=secret)
        logging.getLogger("httpx").info("HTTP Request: GET %s", secret)
    log = (tmp_path / LOG_FILE).read_text()
    assert log.count("https://bucket.example.org/CURRENT") == 2
    assert "s3cr" not in log
