"""Several servers of the site on one folder of snapshots behind a real nginx."""

import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from etl.machines import render_machines
from tests.pipeline import ROOT
from tests.programs import NGINX
from tests.server import PATIENCE, free_port, serving


@dataclass(frozen=True, slots=True)
class Fleet:
    """nginx's address, its folder, and each server's own address with what stops that server."""

    address: str
    prefix: Path
    servers: dict[str, ExitStack]

    def kept(self) -> int:
        """How many answers nginx keeps."""
        return sum(path.is_file() for path in (self.prefix / "cache").rglob("*"))


def snapshots_of(servers: Iterable[str]) -> set[str]:
    """The snapshots that the servers at these addresses say they serve."""
    answers = (httpx.get(f"{server}/health", trust_env=False) for server in servers)
    return {answer.json()["snapshot"] for answer in answers}


@contextmanager
def several_servers(data_dir: Path, *, n_servers: int = 3) -> Iterator[dict[str, ExitStack]]:
    """Servers of one data folder: the address of each, and what stops it."""
    with ExitStack() as stack:
        owns = [stack.enter_context(ExitStack()) for _ in range(n_servers)]
        with ThreadPoolExecutor() as pool:
            starts = pool.map(lambda own: own.enter_context(serving(data_dir)), owns)
            yield dict(zip(starts, owns, strict=True))


@contextmanager
def fleet(data_dir: Path, prefix: Path) -> Iterator[Fleet]:
    """Start them with the configuration that `python -m etl machines` prints."""
    with (
        several_servers(data_dir) as servers,
        _nginx(list(servers), prefix, data_dir=data_dir) as address,
    ):
        yield Fleet(address, prefix, servers)


@contextmanager
def _nginx(servers: list[str], prefix: Path, *, data_dir: Path) -> Iterator[str]:
    listen = f"127.0.0.1:{free_port()}"
    files = render_machines(
        servers=[urlsplit(server).netloc for server in servers],
        listen=listen,
        python=Path("python"),
        project=ROOT,
        data_dir=data_dir,
    )
    (prefix / "nginx.conf").write_text(files["nginx.conf"], encoding="utf-8")
    program = NGINX.find()
    assert program is not None, "no nginx: make test installs it or says how"
    command = [program, "-p", str(prefix), "-c", "nginx.conf", "-e", "start.log"]
    # Started by root, nginx would work as a user who may not enter the folder of the tests.
    user = " user root;" if os.geteuid() == 0 else ""
    process = subprocess.Popen([*command, "-g", f"daemon off;{user}"])
    try:
        _wait_for(f"http://{listen}/health")
        yield f"http://{listen}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            httpx.get(address, timeout=10, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nginx does not answer at {address}")
