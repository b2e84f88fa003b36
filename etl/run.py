"""The steps of a refresh over one data folder: fetch, build, compare, check, publish."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Collection as Some
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from barometer.catalogue import Catalogue, Need, extend_catalogue, load_catalogue
from barometer.divisions import parse_area_code
from barometer.pointer import current_snapshot, point_to
from etl.emulator.app import create_emulator
from etl.emulator.folder import FolderTables, folder_tables
from etl.emulator.limits import NO_LIMITS
from etl.errors import ContractViolatedError, PipelineError
from etl.extract import EXTRACT, TABLES, install_layers, require_whole
from etl.fetch.bronze import Bronze, Collection
from etl.fetch.metadata import parse_metadata
from etl.fetch.scb import Client
from etl.geodata.boundaries import (
    NO_LAYER,
    BoundarySource,
    FolderBoundaries,
    NoBoundaries,
    layer_files,
)
from etl.geodata.changes import read_changes
from etl.geodata.fetch import BESIDE, area_ids_of, stored_boundaries
from etl.geodata.keys import CHANGES
from etl.geodata.squares import SQUARES
from etl.geodata.towns import TOWNS
from etl.own.areas import named_areas, own_files
from etl.own.figures import collect_local, entries_of, read_local
from etl.providers.archive import Archive
from etl.providers.parsers import KnownArea
from etl.publish.candidate import Candidate
from etl.publish.checks import EXPECTED_AREAS, require_contracts
from etl.publish.diff import BEFORE, Change, list_changes, lost_years, store_changes
from etl.publish.hold import read_hold, release
from etl.publish.publishing import NothingToPublishError, publish
from etl.snapshot.areas import region_labels
from etl.snapshot.build import CANDIDATE, Built, Inputs, Progress, build_candidate, open_candidate
from etl.snapshot.lists import read_lists
from etl.snapshot.sums import read_contract
from etl.version import SCHEMA_VERSION, code_version, country_version
from etl.workspace import Workspace, composed_of, origin_of_published

if TYPE_CHECKING:
    from etl.synthetic import SyntheticCountry

SYNTHETIC_API: Final = "http://emulator/api/v2"  # in this process: nothing is sent anywhere


class NothingFetchedError(PipelineError):
    """There is nothing to build from: fetch first."""


def connect(
    api: str,
    *,
    synthetic: bool,
    kommuner: tuple[str, ...] | None = None,
    extract: Path | None = None,
) -> Client:
    """A client of SCB or of an emulator at an address; of a made-up country or an extract in here.

    Raises:
        ExtractError: the extract is not whole.
    """
    if extract is None and not synthetic:
        return Client.connect(api)
    source: FolderTables | SyntheticCountry
    if extract is None:
        source = synthetic_tables(kommuner)
    else:
        require_whole(extract)
        source = folder_tables(extract / TABLES)
    app = create_emulator(source, limits=NO_LIMITS)
    return Client.connect(SYNTHETIC_API, transport=httpx.WSGITransport(app=app))


def install_extract(workspace: Workspace, extract: Path) -> tuple[Path, ...]:
    """Keep an extract's boundaries, keys and places for builds; gives the folder of layers."""
    install_layers(extract, workspace.layers / "scb-extract", subfolder=BESIDE)
    return stored_boundaries(workspace)


@cache
def synthetic_tables(kommuner: tuple[str, ...] | None = None) -> "SyntheticCountry":
    """The made-up country, or a part of it, with every table of SCB that the catalogue names."""
    from etl.synthetic import synthetic_country  # SciPy takes a second to import

    return synthetic_country(kommuner=kommuner)


def needs_of(
    catalogue: Catalogue, *, years: Some[int] | None, asked: Callable[[str], bool] | None = None
) -> tuple[Need, ...]:
    """What to fetch; with `years` those only, from sources that have one of them.

    `asked` says of a provider whether it is asked in this run: SCB alone without it.
    """
    asks = asked or (lambda provider: provider == "scb")
    wanted = tuple(need for need in catalogue.needs() if asks(need.provider))
    if years is None:
        return wanted
    narrowed = (
        replace(need, years=tuple(year for year in need.years if year in years), open_ended=False)
        for need in wanted
    )
    return tuple(need for need in narrowed if need.years)


def boundaries_of(
    collection: Collection, bronze: Bronze, *, folders: Sequence[Path], warn: Callable[[str], None]
) -> BoundarySource:
    """The given folders' layers, else the synthetic country's own, else none of small areas.

    SCB's figures have SCB's keys of DeSO and RegSO in any case. An empty folder stops nothing:
    `warn` hears of it.
    """
    given = tuple(folder for folder in folders if layer_files(folder))
    for empty in sorted({*folders} - {*given}):
        warn(f"{empty}: {NO_LAYER}. The figures are built without it")
    if collection.origin == "synthetic":
        own = _SyntheticBoundaries(_kommuner(collection, bronze))
        return FolderBoundaries(given) if given else own
    keys = EXTRACT / "keys"
    known = (*given, *((keys,) if keys.is_dir() else ()))
    return FolderBoundaries(known) if known else NoBoundaries()


def _kommuner(collection: Collection, bronze: Bronze) -> tuple[str, ...] | None:
    """The kommuner of a part of the made-up country; None for all of it."""
    areas = (parse_area_code(code) for code in area_ids_of(collection, bronze))
    found = sorted(area.area_id for area in areas if area and area.level == "kommun")
    return None if len(found) == EXPECTED_AREAS["kommun", "admin"] else tuple(found)


@dataclass(frozen=True, slots=True)
class _SyntheticBoundaries:
    """The made-up country's boundaries, drawn when they are read: they follow from its code."""

    kommuner: tuple[str, ...] | None

    @property
    def fingerprint(self) -> str:
        return f"synthetic {country_version()} {self.kommuner or ''}"

    def read(self, _warn: Callable[[str], None] | None = None, _expected: Some[str] = ()) -> Any:
        return synthetic_tables(self.kommuner).boundaries()


def inputs_of(
    workspace: Workspace,
    catalogue: Catalogue,
    *,
    folders: Sequence[Path],
    changes: Path | None = None,
    say: Callable[[str], None],
) -> Inputs:
    """The inputs of a build: the last complete fetch, the boundaries, SCB's changes in DeSO.

    `say` hears of boundaries that are left out.

    Raises:
        NothingFetchedError: nothing has been fetched into the folder.
    """
    bronze = Bronze(workspace.bronze)
    collection = bronze.collection()
    if collection is None:
        raise NothingFetchedError(
            f"{bronze.directory} holds no complete fetch: run python -m etl fetch first"
        )

    def warn(fault: str) -> None:
        say(f"warning: {fault}")

    areas = _areas_of_own_files(workspace, collection, bronze)
    archive = Archive(workspace.archive)
    own = read_local(
        workspace.local,
        areas=areas | named_areas(workspace.own_areas),
        catalogue=catalogue,
        archive=archive,
    )
    catalogue = extend_catalogue(catalogue, {figures.name: figures.entry for figures in own})
    collection = collect_local(collection, bronze, own)
    beside = workspace.layers / collection.origin / BESIDE
    given = changes or _first_file(beside / CHANGES)
    known = {table.table_id for table in collection.tables} & set(catalogue.sources)
    tables = tuple(table for table in collection.tables if table.table_id in known)
    return Inputs(
        collection=replace(collection, tables=tables),
        bronze=bronze,
        boundaries=boundaries_of(collection, bronze, folders=folders, warn=warn),
        catalogue=catalogue,
        changes=read_changes(given) if given else (),
        contract=read_contract(beside),
        places=_first_file(beside / "places.csv", EXTRACT / "places.csv"),
        towns=_first_file(beside / TOWNS),
        squares=_first_file(beside / SQUARES),
        local=entries_of(own),
        lists=read_lists(workspace.lists, areas=areas, archive=archive),
        ground=_first_file(beside / "ground.parquet", EXTRACT / "ground.parquet"),
        own=own_files(workspace.own_areas),
        warn=warn,
    )


def _areas_of_own_files(
    workspace: Workspace, collection: Collection, bronze: Bronze
) -> dict[str, KnownArea]:
    """What the operator's files can be about; nothing is read where there are none."""
    folders = (workspace.local, workspace.lists, workspace.own_areas)
    return known_areas(collection, bronze) if any(f.exists() for f in folders) else {}


def known_areas(collection: Collection, bronze: Bronze) -> dict[str, KnownArea]:
    """Every area of a fetch that figures can be about, by id."""
    described = [
        parse_metadata(bronze.read(table.metadata), table_id=table.table_id)
        for table in collection.tables
    ]
    labels, _ = region_labels(described, origin=collection.origin)
    areas = ((parse_area_code(code), label) for code, label in labels.items())
    return {
        area.area_id: KnownArea(area.level, label.removeprefix(area.area_id).strip() or label)
        for area, label in areas
        if area
    }


def faults_of_files(workspace: Workspace, catalogue: Catalogue) -> list[str]:
    """What is wrong with own figures and lists, held against the areas of the last fetch.

    Nothing can be said before anything has been fetched.
    """
    bronze = Bronze(workspace.bronze)
    collection = bronze.collection()
    if collection is None:
        return []
    areas, archive = known_areas(collection, bronze), Archive(workspace.archive)
    faults = []
    for check in (
        lambda: read_local(
            workspace.local,
            areas=areas | named_areas(workspace.own_areas),
            catalogue=catalogue,
            archive=archive,
        ),
        lambda: read_lists(workspace.lists, areas=areas, archive=archive),
    ):
        try:
            check()
        except PipelineError as error:
            faults.append(str(error))
    return faults


def _first_file(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_file()), None)


def mend_pointer(workspace: Workspace, *, say: Callable[[str], None]) -> None:
    """Point to the snapshot that is served if the pointer itself does not."""
    current = current_snapshot(workspace.published)
    if current.path and current.warning:
        point_to(current.path)
        say(f"warning: {current.warning}. The pointer is mended")


def is_current(workspace: Workspace, inputs: Inputs) -> bool:
    """Whether the published snapshot was made of these inputs by this code."""
    return composed_of(workspace) == (inputs.sha256, SCHEMA_VERSION, code_version())


def is_held(workspace: Workspace, inputs: Inputs, *, say: Callable[[str], None]) -> bool:
    """Whether a snapshot of these inputs was rolled back from; says so and what to do."""
    name = read_hold(workspace.published).name_of_inputs(inputs.sha256)
    if name is not None:
        say(
            f"{name}, of the same figures, was rolled back from and is on hold. To publish them "
            "all the same: python -m etl refresh --even-if-held"
        )
    return name is not None


def build(
    workspace: Workspace, inputs: Inputs, *, progress: Progress, workers: Executor | None = None
) -> Built:
    """Build a candidate, compare it with the current snapshot and keep the changes in it."""
    built = build_candidate(
        inputs, directory=workspace.candidate, progress=progress, workers=workers
    )
    progress("changes", 0, 1)
    compare(workspace)
    progress("changes", 1, 1)
    return built


def compare(workspace: Workspace) -> tuple[Change, ...]:
    """What the candidate changes; kept in its table `changes`."""
    with _open_with_current(workspace) as candidate:
        changes = list_changes(candidate.con, compared=candidate.compared)
        store_changes(candidate.con, changes)
    return changes


def check_and_publish(
    workspace: Workspace, *, progress: Progress, fewer_years: bool = False
) -> Path:
    """Publish the candidate if it keeps all contracts; ContractViolatedError lists them else.

    Years that are served may be missing from the candidate with `fewer_years` only.
    """
    progress("checks", 0, 1)
    with _open_with_current(workspace) as candidate:
        if candidate.compared and not fewer_years:
            _require_years(lost_years(candidate.con))
        require_contracts(candidate)
        row = candidate.con.execute("SELECT snapshot_id FROM snapshot").fetchall()[0]
    progress("checks", 1, 1)
    path = workspace.candidate / CANDIDATE
    published = publish(path, published_dir=workspace.published, snapshot_id=row[0])
    release(workspace.published)
    return published


def _require_years(lost: Sequence[str]) -> None:
    if lost:
        raise ContractViolatedError(
            "The candidate lacks years that are served, and is not published:\n- "
            + "\n- ".join(lost)
            + "\nRefresh without --years, or publish it with --fewer-years"
        )


@contextmanager
def _open_with_current(workspace: Workspace) -> Iterator[Candidate]:
    """The candidate with the current snapshot attached, if that can be compared with."""
    path = workspace.candidate / CANDIDATE
    if not path.is_file():
        raise NothingToPublishError(
            f"{workspace.candidate} holds no candidate: run python -m etl build first"
        )
    current = current_snapshot(workspace.published).path
    with open_candidate(path) as con:
        origin = con.execute("SELECT origin FROM snapshot").fetchall()[0][0]
        comparable = current is not None and origin_of_published(workspace) == origin
        if comparable:
            place = str(current).replace("'", "''")
            con.execute(f"ATTACH '{place}' AS {BEFORE} (READ_ONLY)")
        yield Candidate(con, compared=comparable, perturbed=load_catalogue().perturbed)
        if comparable:
            con.execute(f"DETACH {BEFORE}")
