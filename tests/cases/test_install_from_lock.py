"""A lock is installed as it stands, however much newer the releases are that an index holds."""

import base64
import ensurepip
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.pipeline import ROOT

# `asks` needs an extra of `asked`, as pytest-cov needs coverage[toml].
LOCKED = {"asks": "1.0", "asked": "1.0", "more": "1.0"}
NEEDS = {
    "asks": ("Requires-Dist: asked[extra]>=1.0",),
    "asked": ("Provides-Extra: extra", "Requires-Dist: more>=1.0; extra == 'extra'"),
}


def wheel(folder: Path, name: str, version: str) -> Path:
    """A package of one module, as an index has it."""
    info = f"{name}-{version}.dist-info"
    metadata = "\n".join(
        ("Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *NEEDS.get(name, ()), "")
    )
    members = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_checksum(text)},{len(text)}\n" for path, text in members.items())
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in members.items():
            archive.writestr(member, text)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return path


def _checksum(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project with our Makefile, a lock of its own, and an index that has newer releases."""
    index, clone = tmp_path / "index", tmp_path / "clone"
    index.mkdir()
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    lines = []
    for name, version in LOCKED.items():
        digest = hashlib.sha256(wheel(index, name, version).read_bytes()).hexdigest()
        lines.append(f"{name}=={version} --hash=sha256:{digest}\n")
        wheel(index, name, "2.0")
    (clone / "requirements.lock").write_text("".join(lines), encoding="utf-8")
    return clone


@pytest.fixture(params=("oldest", "newest"))
def pips(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the pip that Python itself brings, or with the newest one that is here."""
    folder = tmp_path / "pip"
    if request.param == "oldest":
        # Debian keeps it beside Python.
        beside = sysconfig.get_config_var("WHEEL_PKG_DIR")
        places = (*ensurepip.__path__, *filter(None, [beside]))
        bundled = next(wheel for place in places for wheel in Path(place).rglob("pip-*.whl"))
        with zipfile.ZipFile(bundled) as archive:
            archive.extractall(folder)
    else:
        folder.mkdir()
        (folder / "pip").symlink_to(Path(str(distribution("pip").locate_file("pip"))))
    return folder


@pytest.mark.slow
def test_an_install_from_the_lock_resolves_nothing(clone: Path, pips: Path) -> None:
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(pips),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(clone.parent / "index"),
        "PIP_CONFIG_FILE": os.devnull,
    }
    command = ["make", "environment", f"PYTHON={sys.executable}"]
    run = subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    code = "import asks, asked, more; print(asks.VERSION, asked.VERSION, more.VERSION)"
    shown = subprocess.run([venv / "bin/python", "-c", code], capture_output=True, text=True)
    assert shown.stdout.split() == ["1.0", "1.0", "1.0"]
    assert (venv / "requirements.lock").read_bytes() == (clone / "requirements.lock").read_bytes()
