"""The emulator as a process of its own, reached through a socket."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from pxweb import PxApi

from etl.emulator.server import CannotListenError, serve_folder

ROOT = Path(__file__).parents[3]
RUN = "import sys; from pathlib import Path; from etl.emulator.server import serve_folder; "
RUN += "serve_folder(Path(sys.argv[1]), 0)"
pytestmark = pytest.mark.enable_socket


@pytest.fixture
def address(folder):
    """The address that the server says it has."""
    command = [sys.executable, "-c", RUN, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        said = server.stdout.readline()
        yield said.split(" at ", 1)[1].split(" ", 1)[0].rstrip(";")
        server.terminate()


def read(address, **request):
    with urllib.request.urlopen(urllib.request.Request(address, **request), timeout=10) as answer:
        return json.load(answer)


def test_it_says_where_it_is_and_answers_there(address):
    assert address.startswith("http://127.0.0.1:")
    assert read(f"{address}/config")["maxDataCells"] == 150_000
    assert read(f"{address}/tables")["page"]["totalElements"] == 1


def test_a_public_client_can_talk_to_it(address, cells):
    api = PxApi(address, language="sv")
    assert api.number_of_tables == 1
    codes = {"Region": ["01*"], "ContentsCode": ["A1"], "Niva": ["1"], "Tid": ["2023"]}
    rows = api.get_table_data("TAB1", codes, code_list={"Region": "vs_Kommun"}, show="code")
    assert [(row["region"], row["value"]) for row in rows] == [
        ("0114", round(cells[2, 0, 0, 0, 1])),
        ("0180", round(cells[3, 0, 0, 0, 1])),
    ]


def test_a_taken_port_is_one_sentence(address, folder):
    port = int(address.split(":")[2].split("/")[0])
    with pytest.raises(CannotListenError, match=rf"cannot listen on 127\.0\.0\.1:{port} \(.+\): "):
        serve_folder(folder, port)


def test_an_impossible_port_is_one_sentence(folder):
    with pytest.raises(CannotListenError, match="choose another port"):
        serve_folder(folder, 70_000)


def test_the_call_over_the_limit_is_refused(address):
    for _ in range(30):
        read(f"{address}/tables")
    with pytest.raises(urllib.error.HTTPError, match="429") as refused:
        read(f"{address}/tables")
    assert 0 < int(refused.value.headers["Retry-After"]) <= 10
