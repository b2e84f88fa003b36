"""The house rules that no linter knows."""

import ast
import os
import re
import shlex
import shutil
import socket
import statistics
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import grimp
import pytest
from pytest_socket import SocketConnectBlockedError
from typer.main import get_command

from tests.pipeline import ROOT

PACKAGES = ("barometer", "etl")
CODE = ("app.py", *PACKAGES, "tests")
SITE = ("app.py", "assets", "barometer")
EVERYTHING = (
    *CODE,
    *("assets", ".ci/run", "Makefile", "pyproject.toml", "requirements.lock"),
    *("requirements-dev.lock", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".gitignore"),
)
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
# What the library may speak of: itself, its source, references and the names of formats.
HOSTS = {
    *(
        "127.0.0.1",
        "localhost",
        "statistikdatabasen.scb.se",
        "www.statistikdatabasen.scb.se",
        "www.scb.se",
    ),
    *("doi.org", "www.w3.org", "creativecommons.org", "spdx.org", "json-schema.org"),
    *("api.kolada.se", "fohm-app.folkhalsomyndigheten.se"),  # a source's own page of its table
    "purl.org",  # names the elements of a document's properties
}
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}


def files(*places: str, suffix: str = "") -> Iterator[Path]:
    """The project's own text files in these places."""
    for place in places:
        path = ROOT / place
        found = [path] if path.is_file() else path.rglob(f"*{suffix}")
        yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)


def texts(*places: str) -> Iterator[tuple[str, str]]:
    """Name and text of every text file in these places."""
    for path in files(*places):
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def functions(*places: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for path in files(*places, suffix=".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> set[str]:
    """The name==version lines of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^[\w.\-]+==[^\s;]+", text, flags=re.MULTILINE))


def targets() -> set[str]:
    """What `make` can be asked for: the targets that its help names."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", text, flags=re.MULTILINE))


def test_modules_are_at_most_400_lines() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in files(*CODE, suffix=".py")}
    assert {str(path): n for path, n in lengths.items() if n > 400} == {}


def test_app_only_wires() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) < 15


def test_functions_are_short() -> None:
    lengths = [node.end_lineno - node.lineno + 1 for node in functions(*PACKAGES, "app.py")]
    assert statistics.median(lengths) <= 12
    assert statistics.quantiles(lengths, n=10)[-1] <= 35


def test_modules_have_names_that_say_something() -> None:
    stems = {path.stem for path in files(*CODE, suffix=".py")}
    assert stems & SAY_NOTHING == set()


def test_every_room_stands_in_the_picture_of_the_house() -> None:
    """A folder of code that CONTRIBUTING does not name is found by nobody."""
    picture = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```")[1]
    rooms = {path.parent for package in PACKAGES for path in (ROOT / package).glob("*/*.py")}
    assert [room.name for room in sorted(rooms) if f"{room.name}/" not in picture] == []


def test_every_import_keeps_to_its_layer() -> None:
    """Also part of make check; here so that the tests alone find it."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("package", ["barometer", "etl"])
def test_no_modules_need_each_other(package: str) -> None:
    """Neither for types nor within functions; a package's own `__init__` names what it offers."""
    graph = grimp.build_graph(package, cache_dir=None)
    within = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    modules = {m: found for m, found in within.items() if not graph.find_children(m)}
    TopologicalSorter({m: found & modules.keys() for m, found in modules.items()}).prepare()


def test_every_module_of_the_library_is_open_or_closed_to_the_pipeline() -> None:
    contracts = {
        contract["id"]: contract for contract in settings()["tool"]["importlinter"]["contracts"]
    }
    closed = {
        name.removeprefix("barometer.") for name in contracts["pipeline"]["forbidden_modules"]
    }
    library = {path.stem for path in (ROOT / "barometer").iterdir() if is_module(path)}
    shared = {
        *("areas", "catalogue", "indices", "divisions", "own_codes", "settings", "signals"),
        *("pointer", "runs", "manifest", "snapshot", "operator_files", "streams"),
    }
    assert library - closed == shared


def is_module(path: Path) -> bool:
    return path.stem != "__init__" and (path.suffix == ".py" or (path / "__init__.py").is_file())


def test_the_site_names_no_third_party() -> None:
    named = {
        (name, host)
        for name, text in texts(*SITE)
        for host in re.findall(r"https?://([\w.\-]+)", text)
    }
    assert {(name, host) for name, host in named if host not in HOSTS} == set()


@pytest.mark.filterwarnings("ignore:A test tried")
def test_tests_cannot_reach_the_network() -> None:
    with socket.socket() as connection, pytest.raises(SocketConnectBlockedError):
        connection.connect(("203.0.113.1", 80))


@pytest.mark.parametrize("name", [name for name, _ in texts("assets")])
def test_the_browser_loads_nothing_from_elsewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"(?:url\(|src=|href=|import |@import )\s*[\"']?(?:https?:)?//", text) == []


def test_no_file_knows_a_machine() -> None:
    own = Path(__file__).relative_to(ROOT).as_posix()
    path = re.compile(r"(?<![\w.:/\-])/(?:home|root|work|Users|private|mnt)/\w+")
    found = {(name, match) for name, text in texts(*EVERYTHING) for match in path.findall(text)}
    assert {(name, match) for name, match in found if name != own} == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_host_and_pin_by_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"://|^--|@ ", text, flags=re.MULTILINE) == []
    entries = [entry for entry in re.split(r"\n(?=[\w.\-]+==)", text) if "==" in entry]
    assert [entry[:40] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_development_lock_holds_every_pin_of_the_other() -> None:
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", ("site", "sql", "etl")),
        ("requirements-dev.lock", ("site", "sql", "etl", "dev")),
    ],
)
def test_locks_pin_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    project = settings()["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    names = {re.split(r"[\s<>=!~\[;]", requirement)[0] for requirement in asked}
    assert names - {pin.split("==")[0] for pin in pins(lock)} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_commands_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))
    assert named
    assert named - targets() == set()


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))
    assert targets() - named - {"help", "lock", "format", "lint", "audit", "coverage"} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_command_line_that_is_told_is_understood(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the documents and in each command's own help: the command and its options exist."""
    here = tmp_path / "here"
    for folder in (here / "layers", tmp_path / "tables"):  # that examples read
        folder.mkdir(parents=True)
    monkeypatch.chdir(here)
    module = __import__(f"{package}.__main__", fromlist=["app"])
    commands = get_command(module.app).commands
    documents = [(ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    helps = [command.help or "" for command in commands.values()]
    told = re.findall(rf"python -m {package} ([a-z][^`\n]*)", "\n".join([*documents, *helps]))
    assert len(told) >= len(commands)
    for words in (shlex.split(line.partition(" …")[0]) for line in told):
        assert words[0] in commands, words
        commands[words[0]].make_context(words[0], words[1:])


def test_the_readme_s_example_gives_the_readme_s_numbers() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code, printed = re.findall(
        r"```(?:python)?\n(import pandas.+?|  +dissim.+?)```", text, re.DOTALL
    )
    *statements, last = ast.parse(code).body
    assert isinstance(last, ast.Expr)
    names: dict[str, Any] = {}
    exec(compile(ast.Module(statements, []), "README.md", "exec"), names)
    result = eval(compile(ast.Expression(last.value), "README.md", "eval"), names)
    assert str(result).split() == printed.split()


def test_make_alone_prints_what_there_is() -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(["make"], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in run.stdout.splitlines()} == targets()


def test_the_changelog_has_a_place_for_the_next_line() -> None:
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert titles[0] == "Unreleased"


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    """Built in a copy, so that the tree stays clean, and without the network."""
    source = tmp_path / "source"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = "from setuptools import build_meta; build_meta.build_wheel('..')"
    subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    expected = {path.relative_to(ROOT).as_posix() for path in files(*PACKAGES)}
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()
