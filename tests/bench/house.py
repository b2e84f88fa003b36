"""The house in numbers: lines by part, sizes of functions, names, and how often an address is read.

Counting rules. A private name is a class, function or parameter of `barometer` or `etl` with one of
`PRIVATE` as a word of its name ("frame_told", "Seen");
"own" is none: own areas are a level. A repeated class is one whose public name
another class of the two packages has. A figure touches a module when the module names the figure's
key, as a definition or as text, anywhere on the path from the page's address to its files.
"""

import ast
import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib import parse

from tests.pipeline import ROOT

PARTS = {
    "barometer without ui": ("barometer", ("barometer/ui/",)),
    "barometer/ui": ("barometer/ui", ()),
    "etl without emulator": ("etl", ("etl/emulator/",)),
    "etl/emulator": ("etl/emulator", ()),
    "tests": ("tests", ()),
}
PRODUCT = ("barometer", "etl")
PRIVATE = frozenset(
    [
        "seen",
        "see",
        "told",
        "tell",
        "said",
        "saying",
        "sayings",
        "shown",
        "found",
        "made",
        "kept",
        "company",
        "alike",
        "anew",
        "compute",
        "computed",
        "reckons",
        "heard",
        "heir",
        "wanted",
        "room",
        "beside",
    ]
)
PAGES = {
    "place": ("/plats", "?area=0380&year=2023"),
    "segregation": ("/segregation", "?area=0380&year=2023&units=regso"),
    "area types": ("/omradestyper", "?area=0380&year=2023"),
    "lab": ("/labb", "?indicators=population&areas=0380,0180&years=2023"),
    "evaluation": ("/folj-upp", "?indicator=low_standard_children&level=kommun&areas=0380"),
    "actors": ("/aktorer", ""),
}
FIGURES = {
    "place": ("types", ("place",)),
    "segregation": ("pairs", ("segregation",)),
    "area types": ("shares", ("area_types",)),
    "evaluation": ("donors", ("evaluation",)),
    "actors": ("matrix", ("actors",)),
}
SHARED_ROOMS = ("export", "columns")
MAP = "/values?indicator=low_standard_children&level=regso&year=2023"


def modules(place: str, *, without: tuple[str, ...] = ()) -> Iterator[Path]:
    """The modules in a folder, but for those in some others."""
    for path in sorted((ROOT / place).rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(without or ("\0",)):
            yield path


def definitions(*places: str) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every class and function of some folders."""
    for place in places:
        for path in modules(place):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                    yield node


def names() -> Iterator[str]:
    """The names of classes, functions and their parameters."""
    for node in definitions(*PRODUCT):
        yield node.name
        if not isinstance(node, ast.ClassDef):
            arguments = node.args
            every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            yield from (argument.arg for argument in every)


def words_of(name: str) -> set[str]:
    """The words of a name in snake or camel case."""
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


def private_names() -> list[str]:
    """Every name with a private word, as often as it is defined."""
    return [name for name in names() if words_of(name) & PRIVATE]


def repeated_classes() -> dict[str, int]:
    """Public class names that are used more than once, and how often."""
    classes = (node.name for node in definitions(*PRODUCT) if isinstance(node, ast.ClassDef))
    counted = Counter(name for name in classes if not name.startswith("_"))
    return {name: n for name, n in counted.items() if n > 1}


def modules_of_a_figure(key: str, rooms: tuple[str, ...]) -> list[str]:
    """The modules of a page and of what all pages share that name one of its figures."""
    named = re.compile(rf"\b(?:{key}|_{key}|{key}_frame|{key.upper()})\b")
    return [
        path.relative_to(ROOT).as_posix()
        for path in modules("barometer")
        if set(path.relative_to(ROOT).with_suffix("").parts) & {*rooms, *SHARED_ROOMS}
        if named.search(re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8")))
    ]


class Parses:
    """Counts how often the query of an address is taken apart by the package `barometer`."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, *args: Any, **kwargs: Any) -> dict[str, list[str]]:
        """`parse_qs`, counted."""
        self.n += 1
        return parse.parse_qs(*args, **kwargs)


def parses_by_page() -> Iterator[tuple[str, int, int]]:
    """Page, the most parses that one request makes, and those of opening the page."""
    import sys

    from flask import Flask

    from barometer.catalogue import load_catalogue
    from barometer.settings import Settings
    from barometer.store import Store
    from barometer.ui.factory import create_app
    from tests.snapshots import publish_snapshot

    with tempfile.TemporaryDirectory() as folder:
        publish_snapshot(Path(folder) / "published")
        settings = Settings(Path(folder), "127.0.0.1", 8050, 1, "")
        app = create_app(settings, Store(settings.published_dir), load_catalogue())
        counted = Parses()
        for module in [m for name, m in sys.modules.items() if name.startswith("barometer")]:
            if hasattr(module, "parse_qs"):
                module.parse_qs = counted  # type: ignore[attr-defined]
        assert isinstance(app.server, Flask)
        client = app.server.test_client()
        every = client.get("/_dash-dependencies").get_json()
        before = counted.n
        assert client.get(MAP).status_code == 200
        yield "map (its values)", counted.n - before, counted.n - before
        for name, (path, query) in PAGES.items():
            spent = []
            for body in requests_of(every, path, query):
                before = counted.n
                assert client.post("/_dash-update-component", json=body).status_code == 200
                spent.append(counted.n - before)
            yield name, max(spent), sum(spent)


def requests_of(every: list[dict[str, Any]], path: str, query: str) -> Iterator[dict[str, Any]]:
    """What a browser asks the server when it opens a page: its layout, then address and parts."""
    page = path.strip("/")
    prefix = {"omradestyper": "types", "folj-upp": "follow", "labb": "lab"}.get(page, page)
    for entry in every:
        inputs = [f"{asked['id']}.{asked['property']}" for asked in entry["inputs"]]
        router = any(asked.endswith("pathname") for asked in inputs)
        own = any(asked.startswith(f"{prefix}-") for asked in inputs)
        address = any(asked.endswith((".search", "asked.data", "ready.data")) for asked in inputs)
        if entry.get("clientside_function") or not (router or (own and address)):
            continue
        yield _body(entry, path, query)


def _body(entry: dict[str, Any], path: str, query: str) -> dict[str, Any]:
    def value(asked: dict[str, Any]) -> str | None:
        if asked["property"] == "pathname":
            return path
        addressed = asked["property"] == "search" or asked["id"].endswith(("asked", "ready"))
        return query if addressed else None

    outputs = [
        dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))
        for name in entry["output"].strip(".").split("...")
    ]
    given = {
        kind: [{**asked, "value": value(asked)} for asked in entry[kind]]
        for kind in ("inputs", "state")
    }
    first = entry["inputs"][0]
    changed = [f"{first['id']}.{first['property']}"]
    shape = outputs if entry["output"].startswith("..") else outputs[0]
    return {"output": entry["output"], "outputs": shape, **given, "changedPropIds": changed}


def main() -> None:
    """Print everything."""
    for name, (place, without) in PARTS.items():
        found = list(modules(place, without=without))
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in found)
        print(f"{name:24}{len(found):6} modules{lines:8} lines")
    product = [path for place in PRODUCT for path in modules(place)]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in product)
    print(f"{'product':24}{len(product):6} modules{lines:8} lines")
    functions = [node for node in definitions(*PRODUCT) if not isinstance(node, ast.ClassDef)]
    sizes = [(node.end_lineno or 0) - node.lineno + 1 for node in functions]
    tenth = statistics.quantiles(sizes, n=10)[-1]
    print(f"functions: {len(sizes)}, median {statistics.median(sizes):.0f} lines, p90 {tenth:.0f}")
    print(f"private names: {len(private_names())}")
    repeated = repeated_classes()
    told = ", ".join(f"{name} {n}" for name, n in sorted(repeated.items()))
    print(f"repeated class names: {len(repeated)} ({told})")
    for name, (key, rooms) in FIGURES.items():
        print(f"a figure of {name} ({key}): {len(modules_of_a_figure(key, rooms))} modules")
    for name, most, every in parses_by_page():
        print(f"parses of the address, {name}: at most {most} a request, {every} to open the page")


if __name__ == "__main__":
    main()
