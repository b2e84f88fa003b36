"""Own figures: data/local/NAME.toml and NAME.csv, read row by row, all faults at once.

NAME.toml is an entry of the catalogue, NAME.csv its figures: area, year and value, or numerator and
denominator, and a group where there are several. A file of another shape is named in `parser`; a
folder NAME/ holds several, such as one a year. Each file is kept by date in the archive, so that a
series grows although its agency overwrites it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson

from barometer.catalogue import Catalogue, CatalogueError, extend_catalogue, local_id
from barometer.catalogue.local import COUNTS, GROUP
from barometer.divisions import EVERY_LEVEL
from barometer.operator_files import read_toml
from etl.errors import PipelineError
from etl.fetch.bronze import Bronze, CollectedTable, Collection, Origin
from etl.fetch.metadata import parse_metadata
from etl.fetch.plan import DataRequest
from etl.fetch.survey import utc_now
from etl.network.answers import BadAnswerError
from etl.providers.archive import Archive
from etl.providers.cube import Cell, build_cube, packed
from etl.providers.parsers import PARSERS, FileContext, FileFaultError, FileFigure, KnownArea
from etl.text import is_of_a_program

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_ENDINGS: Final = (".csv", ".xlsx", ".json")
_AXES: Final = (
    ("Region", "region"),
    (GROUP, "grupp"),
    ("ContentsCode", "uppgift"),
    ("Tid", "år"),
)
_SHOWN: Final = 50

Found = dict[tuple[str, ...], FileFigure]
"""Figures by area, group, content and year."""


class LocalFiguresError(PipelineError):
    """Own figures cannot be used; the message lists every fault with its file and line."""


@dataclass(frozen=True, slots=True)
class LocalFigures:
    """One file of own figures: its entry, complete, and every figure."""

    name: str
    entry: Mapping[str, Any]
    cells: tuple[Cell, ...]
    stamp: str


def read_local(
    folder: Path, *, areas: Mapping[str, KnownArea], catalogue: Catalogue, archive: Archive
) -> tuple[LocalFigures, ...]:
    """Every own file of a folder, in the order of the names; none without a folder.

    Args:
        folder: Where the TOML files and their figures lie.
        areas: Every area that figures can be about, by id.
        catalogue: What the entries are added to.
        archive: Where files are kept by date.

    Raises:
        LocalFiguresError: listing the faults of all files.
    """
    faults: list[str] = []
    found = []
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        figures = _read_one(path, areas=areas, archive=archive, faults=faults)
        if figures:
            found.append(figures)
    orphans = _orphans(folder) if folder.is_dir() else ()
    faults += [f"{name}: no {Path(name).stem}.toml says what it is: add one" for name in orphans]
    try:
        extend_catalogue(catalogue, {own.name: own.entry for own in found})
    except CatalogueError as error:
        faults += error.faults
    if faults:
        more = f"\n… and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        listed = "\n".join(f"- {fault}" for fault in faults[:_SHOWN])
        raise LocalFiguresError(
            f"{folder} has {len(faults)} faults; nothing is built and what is published stays:\n"
            f"{listed}{more}\nMend the files and run the same command again"
        )
    return tuple(found)


def collect_local(
    collection: Collection, bronze: Bronze, figures: Sequence[LocalFigures]
) -> Collection:
    """The collection with own figures as further tables; kept in bronze like any answer."""
    if not figures:
        return collection
    tables = [_collected(own, bronze, origin=collection.origin) for own in figures]
    every = sorted((*collection.tables, *tables), key=lambda table: table.table_id)
    return replace(collection, tables=tuple(every))


def _orphans(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        is_given = path.suffix.lower() in _ENDINGS or path.is_dir()
        is_named = is_of_a_program(path) or folder.joinpath(f"{path.stem}.toml").is_file()
        if is_given and not is_named:
            yield f"local/{path.name}"


def _read_one(
    path: Path, *, areas: Mapping[str, KnownArea], archive: Archive, faults: list[str]
) -> LocalFigures | None:
    place = f"local/{path.name}"
    if not _NAME.fullmatch(path.stem):
        faults.append(f"{place}: name the file with a-z, 0-9 and _, beginning with a letter")
        return None
    try:
        entry = read_toml(path)
    except ValueError as error:
        faults.append(f"{place}: is not TOML in UTF-8: {error}")
        return None
    if not _is_list_of_words(entry.get("backgrounds", [])):
        faults.append(f"{place}: backgrounds: {entry['backgrounds']!r} is not a list of words")
        return None
    figures = _figures(path, entry, areas=areas, archive=archive, faults=faults)
    if not figures:
        return None
    counted = any(figure.content in COUNTS for figure in figures)
    used = {areas[figure.area_id].level for figure in figures}
    years = sorted({figure.year for figure in figures})
    complete = {
        **entry,
        "levels": [level for level in EVERY_LEVEL if level in used],
        "years": {"first": years[0], "last": years[-1]},
        "counts": counted,
    }
    cells = tuple(
        Cell((f.area_id, f.group, f.content, str(f.year)), f.value, f.mark) for f in figures
    )
    return LocalFigures(path.stem, complete, cells, _stamp(entry, cells))


def _figures(
    path: Path,
    entry: Mapping[str, Any],
    *,
    areas: Mapping[str, KnownArea],
    archive: Archive,
    faults: list[str],
) -> list[FileFigure]:
    """The figures of all files of an entry, those kept of earlier years too; the newest wins."""
    parser = entry.get("parser", "tidy")
    if not isinstance(parser, str) or parser not in PARSERS:
        known = ", ".join(PARSERS)
        faults.append(f"local/{path.name}: parser: {parser!r} is none of {known}")
        return []
    files = _files_of(path)
    if not files:
        faults.append(f"local/{path.name}: its figures are missing: put {path.stem}.csv beside it")
        return []
    before = len(faults)
    read = _contents(path, files, faults)
    for file, raw in read.items():
        archive.keep("file", path.stem, raw, ending=file.name)
    context = FileContext(entry, areas)

    def parse(raw: bytes, name: str) -> list[FileFigure]:
        return PARSERS[parser](raw, name, context)

    found = _earlier(archive, path.stem, parse) if parser != "tidy" else {}
    for file, raw in read.items():
        try:
            _merge(found, parse(raw, file.name))
        except FileFaultError as fault:
            faults += [f"{_place(path, file)}: {line}" for line in fault.lines]
    if len(faults) == before and not found:
        faults.append(f"local/{path.name}: its file has no figures")
    return list(found.values())


def _contents(path: Path, files: Sequence[Path], faults: list[str]) -> dict[Path, bytes]:
    """What the files hold; one that cannot be read is a fault."""
    found: dict[Path, bytes] = {}
    for file in files:
        try:
            found[file] = file.read_bytes()
        except OSError as error:
            faults.append(
                f"{_place(path, file)}: is no file that can be read ({error.strerror}): mend it"
            )
    return found


def _place(path: Path, file: Path) -> str:
    return f"local/{file.relative_to(path.parent).as_posix()}"


def _earlier(archive: Archive, name: str, parse: Callable[[bytes, str], list[FileFigure]]) -> Found:
    """The figures of all files that are kept; one that could not be read then is left out."""
    found: Found = {}
    for answer in archive.answers("file", name):
        with suppress(FileFaultError):
            _merge(found, parse(answer.raw, answer.name))
    return found


def _merge(merged: Found, figures: Sequence[FileFigure]) -> None:
    """Add a file's figures in place of all that earlier files had of its years."""
    years = {str(own.year) for own in figures}
    for key in [key for key in merged if key[-1] in years]:
        del merged[key]
    for own in figures:
        merged[own.area_id, own.group, own.content, str(own.year)] = own


def _files_of(path: Path) -> list[Path]:
    folder = path.with_suffix("")
    single = sorted(own for own in path.parent.iterdir() if own.stem == path.stem)
    several = sorted(folder.iterdir()) if folder.is_dir() else []
    given = [own for own in (*single, *several) if own.suffix.lower() in _ENDINGS]
    return [own for own in given if not is_of_a_program(own)]


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _stamp(entry: Mapping[str, Any], cells: Sequence[Cell]) -> str:
    """The day that the entry states, if it does, and a mark of the content."""
    mark = hashlib.sha256(repr(cells).encode()).hexdigest()[:16]
    return f"{entry.get('updated', 'content')} {mark}"


def _collected(own: LocalFigures, bronze: Bronze, *, origin: Origin) -> CollectedTable:
    table_id = local_id(own.name)
    try:
        cube = build_cube(
            table_id,
            label=str(own.entry["name"]["sv"]),
            updated=own.stamp,
            axes=_AXES,
            cells=own.cells,
        )
    except BadAnswerError as error:
        raise LocalFiguresError(f"local/{own.name}: {error}") from error
    described = parse_metadata(cube.metadata(), table_id=table_id)
    request = DataRequest.of(table_id, {v.code: v.codes for v in described.variables})
    bronze.forget(table_id)
    keep = partial(bronze.put, updated=own.stamp, origin=origin, retrieved=utc_now())
    metadata = keep(DataRequest(table_id, ()), packed(cube.metadata()), kind="metadata")
    data = keep(request, packed(cube.data(request)))
    return CollectedTable(table_id, own.stamp, metadata, (data,))


def entries_of(figures: Sequence[LocalFigures]) -> tuple[tuple[str, str], ...]:
    """Each entry's name with the entry as JSON, as the snapshot keeps them."""
    return tuple(
        (own.name, orjson.dumps(own.entry, default=str, option=orjson.OPT_SORT_KEYS).decode())
        for own in figures
    )
