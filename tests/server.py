"""The site as a real server, for tests and measurements that need one."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from barometer.fonts import faces
from tests.pipeline import KEPT, ROOT

FONTS = KEPT / "fonts"
PATIENCE = 300.0  # seconds until the first answer, on a machine that does much else


@contextmanager
def serving(
    data_dir: Path,
    *,
    workers: int = 1,
    host: str = "127.0.0.1",
    env: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The site on a free port; gives its address without a slash at the end."""
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{(port := free_port())}"
    options = ["--port", str(port), "--data-dir", str(data_dir), "--workers", str(workers)]
    pack_fonts(data_dir / "fonts")
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "barometer", "serve", *options],
            cwd=ROOT,
            env={**os.environ, "HOST": host, **(env or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            if not answers(f"{address}/health", process):
                said.seek(0)
                raise RuntimeError(f"the site does not answer at {address}: {said.read()}")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def pack_fonts(folder: Path) -> None:
    """Give a data folder the fonts, which are packed once for all servers and later runs."""
    FONTS.mkdir(parents=True, exist_ok=True)
    faces(FONTS)
    with suppress(OSError):  # the server can do without
        unfinished = shutil.ignore_patterns("*.part")
        shutil.copytree(FONTS, folder, dirs_exist_ok=True, ignore=unfinished)


def answers(address: str, process: "subprocess.Popen[bytes]") -> bool:
    """Whether the server answers before it ends or patience does."""
    limit = time.monotonic() + PATIENCE
    with httpx.Client(timeout=10, trust_env=False, verify=False) as client:
        while time.monotonic() < limit and process.poll() is None:
            try:
                return client.get(address).is_success
            except httpx.TransportError:
                time.sleep(0.1)
    return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
