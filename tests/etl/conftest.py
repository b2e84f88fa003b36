"""A published snapshot of the tiny country, and a server that has the next release."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from tiny_country import (
    TinyServer,
    boundaries,
    run_pipeline,
    serving,
    tiny_source,
    write_catalogue,
)

from barometer.pointer import current_snapshot
from etl.geodata.service import download_layers


@dataclass(frozen=True)
class Site:
    """A data folder in use, and the server that its pipeline asks."""

    server: TinyServer
    data_dir: Path
    catalogue: Path
    layers: Path

    @property
    def published(self):
        return self.data_dir / "published"

    def command(self, name, *more):
        places = {
            "refresh": ("--api", self.server.api, "--boundaries", self.layers),
            "fetch": ("--api", self.server.api),
            "build": ("--boundaries", self.layers),
        }
        return (name, "--data-dir", self.data_dir, *places.get(name, ()), *more)

    def run(self, name, *more):
        return self.pipeline(*self.command(name, *more))

    def pipeline(self, *arguments):
        return run_pipeline(*arguments, catalogue=self.catalogue)

    def served(self):
        """What a reader of the site gets: the snapshot's name and Sweden's population of 2024."""
        path = current_snapshot(self.published).path
        with duckdb.connect(str(path), read_only=True) as con:
            rows = con.execute(
                "SELECT value FROM indicator_values WHERE indicator_id = 'population' "
                "AND area_id = '00' AND background = 'all' AND year = 2024"
            ).fetchall()
        return path.name, rows[0][0]

    def calls_for_data(self):
        """How many answers were asked for since the last question."""
        n = len([call for call in self.server.faults.calls if call.endswith("/data")])
        self.server.faults.clear()
        return n


@pytest.fixture(scope="session")
def tiny_places(tmp_path_factory):
    """Catalogue, layers and a data folder where release 1 is published: to be copied."""
    folder = tmp_path_factory.mktemp("tiny")
    catalogue = write_catalogue(folder / "catalogue")
    with serving() as server:
        area_ids = tuple(boundaries()["area_id"])
        download_layers(folder / "layers", area_ids=area_ids, url=server.geodata)
        site = Site(server, folder / "data", catalogue, folder / "layers")
        ran = site.run("refresh")
        assert ran.code == 0, ran.said
    return folder


@pytest.fixture
def site(tiny_places, tmp_path, monkeypatch):
    """Release 1 is served; SCB has published release 2. Nobody waits between attempts."""
    monkeypatch.setattr("etl.network.calls._BACKOFF", lambda _state: 0.0)
    shutil.copytree(tiny_places / "data", tmp_path / "data")
    with serving(tiny_source(2)) as server:
        yield Site(server, tmp_path / "data", tiny_places / "catalogue", tiny_places / "layers")
