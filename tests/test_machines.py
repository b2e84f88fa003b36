"""Beyond one machine: three servers of the site behind nginx, while a refresh publishes."""

import asyncio
import json
import random
import shlex
import sys
import time
from collections import defaultdict, deque
from collections.abc import Collection, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import duckdb
import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from barometer.settings import Settings
from barometer.ui import ids
from etl.__main__ import app
from etl.machines import SERVERS, render_machines
from etl.snapshot.build import CANDIDATE
from tests.fleet import Fleet, fleet, several_servers, snapshots_of
from tests.programs import NGINX, advice
from tests.readers import Answer, Ask, Tally, read_along
from tests.snapshots import YEARS, build_snapshot, publish_snapshot

OLD, NEW = "20261121-synthetic-aaaaaaaa", "20261122-synthetic-bbbbbbbb"
SECONDS_TO_FOLLOW = 10  # what is promised to operators
N_READERS = 8
PLACES = {
    "python": Path("/srv/the barometer/.venv/bin/python"),
    "project": Path("/srv/the barometer"),
    "data_dir": Path("/var/lib/100% data"),
}


@dataclass(frozen=True, slots=True)
class Served:
    """Three servers of one data folder, where readers ask, and nginx if it stands before them."""

    data_dir: Path
    servers: Collection[str]
    address: str
    nginx: Fleet | None

    def snapshots(self) -> set[str]:
        """The snapshots that the servers say they serve."""
        return snapshots_of(self.servers)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Servers that serve the old snapshot, behind nginx where there is one."""
    data_dir, prefix = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("nginx")
    publish_snapshot(data_dir / "published", snapshot_id=OLD)
    if NGINX.find() is None:
        with several_servers(data_dir) as servers:
            yield Served(data_dir, servers, next(iter(servers)), None)
        return
    with fleet(data_dir, prefix) as started:
        yield Served(data_dir, started.servers, started.address, started)


class Crowd:
    """Readers of map pages: views, what views refer to, documents and callbacks."""

    def __init__(self) -> None:
        self.over = False
        self.snapshots: set[str] = set()
        self._next: dict[int, deque[Ask]] = defaultdict(deque)
        self._tags: dict[str, str] = {}

    def asks(self, number: int) -> Iterator[Ask]:
        """What a reader asks for, one after the other."""
        chance = random.Random(number)
        while True:
            if self._next[number]:
                yield self._next[number].popleft()
                continue
            level, year = chance.choice(("kommun", "regso", "deso")), chance.choice(YEARS)
            path = f"/values?level={level}&year={year}"
            yield chance.choice(
                (
                    Ask("values", path, etag=self._tags.get(path, "")),
                    Ask("values", path),
                    Ask("page", f"/karta?level={level}"),
                    Ask("callback", "/_dash-update-component", body=callback(level)),
                    Ask("file", f"/export/csv?level={level}&year={year}"),
                )
            )

    def hear(self, number: int, ask: Ask, answer: Answer) -> None:
        """A view leads to the names of its areas and to their boundaries."""
        if ask.kind != "values" or answer.status != 200:
            return
        view = json.loads(brotli.decompress(answer.body))
        self.snapshots.add(view["snapshot"])
        self._tags[ask.path] = answer.etag
        links = (view["names"], view["layer"]["url"])
        self._next[number].extend(Ask("link", link) for link in links)

    async def read(self, address: str) -> Tally:
        """Ask until it is over."""
        return await read_along(
            address,
            self.asks,
            readers=N_READERS,
            until=lambda _: self.over,
            pause=lambda _: 0.2,
            heard=self.hear,
        )


def callback(level: str) -> bytes:
    """What a browser sends to have the map page drawn."""
    place = {"id": ids.PAGE, "property": "children"}
    url = {"id": ids.URL, "property": "pathname", "value": "/karta"}
    search = {"id": ids.URL, "property": "search", "value": f"?level={level}"}
    asked = {
        "output": f"{ids.PAGE}.children",
        "outputs": place,
        "inputs": [url],
        "state": [search],
        "changedPropIds": [f"{ids.URL}.pathname"],
    }
    return json.dumps(asked).encode()


def put_candidate(data_dir: Path) -> None:
    """Another snapshot, checked by nobody yet, where a build leaves it."""
    folder = data_dir / "candidate"
    folder.mkdir()
    built = build_snapshot(folder / f"barometer-{NEW}.duckdb")
    built.chmod(0o644)
    with duckdb.connect(str(built)) as connection:
        connection.execute("DELETE FROM indicator_values WHERE indicator_id = 'foreign_background'")
        connection.execute("UPDATE map_layers SET sha256 = reverse(sha256)")
    built.rename(folder / CANDIDATE)


async def publish_under_load(crowd: Crowd, machines: Served) -> tuple[Tally, float]:
    """What the readers met, and the seconds until every server served the new snapshot."""
    reading = asyncio.create_task(crowd.read(machines.address))
    await asyncio.sleep(1)
    command = [sys.executable, "-m", "etl", "publish", "--data-dir", str(machines.data_dir)]
    assert await (await asyncio.create_subprocess_exec(*command)).wait() == 0
    start = time.monotonic()
    while await asyncio.to_thread(machines.snapshots) != {NEW}:
        assert time.monotonic() - start < SECONDS_TO_FOLLOW, machines.snapshots()
        await asyncio.sleep(0.1)
    spent = time.monotonic() - start
    while NEW not in crowd.snapshots and time.monotonic() - start < SECONDS_TO_FOLLOW:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    crowd.over = True
    return await reading, spent


async def lose_a_server(crowd: Crowd, started: Fleet) -> Tally:
    """What the readers met while a server was stopped."""
    reading = asyncio.create_task(crowd.read(started.address))
    await asyncio.sleep(1)
    await asyncio.to_thread(next(iter(started.servers.values())).close)
    await asyncio.sleep(1)
    crowd.over = True
    return await reading


def run_apart(work: Coroutine[None, None, Any]) -> Any:
    """What it comes to, in a thread of its own: a browser's tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_a_publish_fails_no_request_and_every_server_follows(machines: Served) -> None:
    """Readers ask all the while a snapshot is published; none meets a fault."""
    assert machines.snapshots() == {OLD}
    put_candidate(machines.data_dir)
    crowd = Crowd()
    tally, spent = run_apart(publish_under_load(crowd, machines))
    print(f"{tally.answered} requests, every server on the new snapshot after {spent:.1f} s")
    assert tally.faults == {}
    assert tally.seconds.keys() == {"values", "page", "callback", "file", "link"}
    assert tally.statuses.keys() == {200, 304}
    assert crowd.snapshots == {OLD, NEW}


def test_the_loss_of_a_server_fails_no_request(machines: Served) -> None:
    if machines.nginx is None:
        pytest.skip(advice(NGINX))
    tally = run_apart(lose_a_server(Crowd(), machines.nginx))
    assert tally.faults == {}
    assert tally.answered > N_READERS
    assert machines.nginx.kept() > 0


def files() -> dict[str, str]:
    return render_machines(**PLACES)


def test_the_containers_are_the_servers_that_nginx_knows() -> None:
    compose = yaml.safe_load(files()["compose.yaml"])
    sites = {name for name in compose["services"] if name.startswith("site")}
    assert {server.partition(":")[0] for server in SERVERS} == sites
    for name in sites:
        assert compose["services"][name]["volumes"] == ["barometer:/data:ro"]
        assert Settings.from_env(compose["services"][name]["environment"]).proxies == 1
        assert f"server {name}:8050 " in files()["nginx.conf"]


def test_what_is_carried_is_carried_before_the_pointer() -> None:
    lines = [line for line in files()["snapshots.cron"].splitlines() if line[0] != "#"]
    publishing, pulling = (
        shlex.split(line.split(maxsplit=5)[5].replace(r"\%", "%")) for line in lines
    )
    steps = " ".join(publishing).split(" && ")
    assert steps[1].endswith(f"etl refresh --data-dir {PLACES['data_dir']}")
    assert "barometer-*.duckdb" in steps[2]
    assert steps[3].endswith("/CURRENT bucket:barometer/CURRENT")
    pull = get_command(app).commands[pulling[pulling.index("etl") + 1]]
    assert {word for word in pulling if word.startswith("--")} <= {
        option for parameter in pull.params for option in parameter.opts
    }


def test_the_files_are_printed_with_the_servers_asked_for() -> None:
    asked = ["machines", "--server", "10.0.0.1:8050", "--listen", "81", "--data-dir", "here"]
    printed = CliRunner().invoke(app, asked).output
    assert "        server 10.0.0.1:8050 max_fails" in printed
    assert "site2:8050" not in printed
    assert "listen 81;" in printed
    assert '"81:81"' in printed
