"""The pipeline's commands: arguments in, exit code out, progress on the terminal.

Exit codes, for a scheduler:

    0   done, also when nothing had changed
    1   failed for a reason of its own; the message says which
    2   the command line cannot be understood
    4   the candidate breaks data contracts; what is published stays
    5   the catalogue does not fit SCB's tables, or has faults: edit it
    6   SCB gave no usable answer: run again later
    7   the data folder cannot be written, or its disk is full
    75  another run is at work in the same data folder
    141 whoever read standard output has closed it, as in `… | head`
"""

# Commands import what they need when they run: --help and --if-missing answer at once.
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from barometer.streams import run_program
from etl import operate
from etl.operate import emulator, extract
from etl.options import (
    Api,
    Boundaries,
    Changes,
    DataDir,
    DryRun,
    EvenIfHeld,
    Extract,
    FewerYears,
    Geodata,
    IfMissing,
    Kommuner,
    Partial,
    ProviderAddresses,
    Synthetic,
    Tables,
    Years,
    open_run,
    parse_years,
    read_settings,
    workspace_of,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from barometer.catalogue import Catalogue
    from etl.providers.provider import Providers
    from etl.terminal import Terminal
    from etl.workspace import Workspace

_EPILOG: Final = (__doc__ or "").partition("\n\n")[2].replace("\n    ", "\n\n")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog=_EPILOG,
    help="Fetch area statistics from SCB, build a snapshot, check it and publish it.\n\n"
    "Examples: `python -m etl refresh`, or `python -m etl refresh --synthetic` without network.",
)


@app.command()
def refresh(
    data_dir: DataDir = None,
    api: Api = None,
    extract: Extract = None,
    synthetic: Synthetic = False,
    kommuner: Kommuner = None,
    partial: Partial = False,
    boundaries: Boundaries = None,
    geodata: Geodata = None,
    changes: Changes = None,
    tables: Tables = None,
    years: Years = None,
    dry_run: DryRun = False,
    if_missing: IfMissing = False,
    even_if_held: EvenIfHeld = False,
    fewer_years: FewerYears = False,
    provider: ProviderAddresses = None,
) -> None:
    """Fetch, build, compare, check and publish; nothing is published unless all checks hold.

    Examples: `python -m etl refresh`, `python -m etl refresh --dry-run`,
    `python -m etl refresh --api http://127.0.0.1:8060/api/v2 --partial --boundaries layers`
    """
    workspace = workspace_of(data_dir)
    if if_missing and _is_published(workspace):
        _say_when_older(workspace)
        return
    with open_run("refresh", workspace) as terminal, _ready_workers(extract) as workers:
        from etl import run
        from etl.geodata.fetch import fetch_boundaries
        from etl.remembered import remember

        server = _Server(api, synthetic, kommuner, extract, provider)
        done = _fetch(workspace, terminal, server, partial, tables, years, dry_run)
        if done:
            return
        if not (extract or synthetic):
            given = remember(workspace, boundaries=boundaries, changes=changes, say=terminal.say)
            boundaries, changes = [*given.boundaries], given.changes
        folders = boundaries or (
            run.install_extract(workspace, extract)
            if extract
            else fetch_boundaries(workspace, _geodata(geodata, server=server), say=terminal.say)
        )
        inputs = run.inputs_of(
            workspace, _catalogue(), folders=folders, changes=changes, say=terminal.say
        )
        if run.is_current(workspace, inputs):
            run.mend_pointer(workspace, say=terminal.say)
            terminal.say("Nothing has changed since the published snapshot was built.")
            return
        if run.is_held(workspace, inputs, say=terminal.say) and not even_if_held:
            return
        run.build(workspace, inputs, progress=terminal.stage, workers=workers)
        path = run.check_and_publish(workspace, progress=terminal.stage, fewer_years=fewer_years)
        terminal.say(f"Published {path.name} ({path.stat().st_size / 1e6:,.0f} MB).")
        if not extract:
            _say_lacking(terminal, dict.fromkeys(n.message for n in inputs.collection.lacking))
        for gap in inputs.collection.gaps:
            terminal.say(f"warning: {gap}")
        terminal.sum_up()


@app.command()
def fetch(
    data_dir: DataDir = None,
    api: Api = None,
    synthetic: Synthetic = False,
    partial: Partial = False,
    tables: Tables = None,
    years: Years = None,
    dry_run: DryRun = False,
    provider: ProviderAddresses = None,
) -> None:
    """Download what has changed at SCB, or is missing, into bronze.

    Example: `python -m etl fetch --tables TAB6574 --years 2020-2024`
    """
    workspace = workspace_of(data_dir)
    with open_run("fetch", workspace) as terminal:
        server = _Server(api, synthetic, beside=provider)
        _fetch(workspace, terminal, server, partial, tables, years, dry_run)


@app.command()
def build(data_dir: DataDir = None, boundaries: Boundaries = None, changes: Changes = None) -> None:
    """Build a candidate snapshot from the last complete fetch; asks nothing of SCB.

    Example: `python -m etl build --boundaries layers`
    """
    workspace = workspace_of(data_dir)
    with open_run("build", workspace) as terminal:
        from etl import run
        from etl.geodata.fetch import stored_boundaries

        folders = boundaries or stored_boundaries(workspace)
        inputs = run.inputs_of(
            workspace, _catalogue(), folders=folders, changes=changes, say=terminal.say
        )
        built = run.build(workspace, inputs, progress=terminal.stage)
        terminal.say(f"Candidate {built.snapshot_id}: python -m etl diff shows what it changes.")
        terminal.sum_up()


@app.command()
def diff(
    data_dir: DataDir = None,
    language: Annotated[str, typer.Option(help="sv or en.")] = "en",
) -> None:
    """Say what the candidate changes against the published snapshot.

    Example: `python -m etl diff --language sv`
    """
    workspace = workspace_of(data_dir)
    with open_run("diff", workspace):
        from etl import run

        for change in run.compare(workspace):
            typer.echo(change.sv if language == "sv" else change.en)


@app.command()
def publish(data_dir: DataDir = None, fewer_years: FewerYears = False) -> None:
    """Check the candidate, seal it and point to it; the last three snapshots are kept.

    Example: `python -m etl publish`
    """
    workspace = workspace_of(data_dir)
    with open_run("publish", workspace) as terminal:
        from etl import run

        path = run.check_and_publish(workspace, progress=terminal.stage, fewer_years=fewer_years)
        terminal.say(f"Published {path.name}.")


@app.command()
def forget(
    table: Annotated[str, typer.Argument(help="Id of a table, such as TAB6574.")],
    data_dir: DataDir = None,
) -> None:
    """Drop the kept answers of one table: the next fetch asks for all of them again.

    What is published stays. Example: `python -m etl forget TAB6574`
    """
    workspace = workspace_of(data_dir)
    with open_run("forget", workspace) as terminal:
        from etl.fetch.bronze import Bronze

        n = Bronze(workspace.bronze).forget(table)
        terminal.say(f"{n} kept answers of {table} are dropped: python -m etl fetch asks again.")


@app.command()
def doctor(
    data_dir: DataDir = None,
    api: Api = None,
    synthetic: Synthetic = False,
    provider: ProviderAddresses = None,
) -> None:
    """Compare every configured table, code and year with what SCB and the others have now.

    Example: `python -m etl doctor`
    """
    workspace = workspace_of(data_dir)
    with open_run("doctor", workspace):
        from etl import run
        from etl.doctor import compare_catalogue
        from etl.errors import CatalogueMismatchError
        from etl.fetch.bronze import Bronze

        catalogue = _catalogue()
        with _Server(api, synthetic, beside=provider).connect(workspace, catalogue) as client:
            needs = run.needs_of(catalogue, years=None, asked=client.asks)
            drifts = compare_catalogue(client, Bronze(workspace.bronze), needs)
        for drift in drifts:
            typer.echo(f"{drift.severity}: {drift.message}\n      {drift.suggestion}")
        faults = run.faults_of_files(workspace, catalogue)
        for fault in faults:
            typer.echo(f"stop: {fault}")
        stops = sum(drift.severity == "stop" for drift in drifts) + len(faults)
        if stops:
            raise CatalogueMismatchError(f"{stops} differences would stop a refresh: edit the TOML")
        typer.echo("The catalogue fits the tables, and own files can be read.")


@dataclass(frozen=True, slots=True)
class _Server:
    """Where figures come from: an address, a made-up country or the folder of an extract."""

    api: str | None
    synthetic: bool
    kommuner: str | None = None
    extract: Path | None = None
    beside: list[str] | None = None

    def connect(self, workspace: "Workspace", catalogue: "Catalogue") -> "Providers":
        """A client of it and of the providers beside it."""
        from etl import run
        from etl.fetch.scb import SCB_API
        from etl.providers.archive import Archive
        from etl.providers.connecting import addresses_of, connect_all

        some = tuple(self.kommuner.split(",")) if self.kommuner else None
        live = not (self.synthetic or self.extract) and _api(self.api) == SCB_API
        addresses = addresses_of(self.beside or (), live=live)
        scb = run.connect(
            _api(self.api), synthetic=self.synthetic, kommuner=some, extract=self.extract
        )
        archive = Archive(workspace.archive)
        return connect_all(scb, catalogue, archive=archive, addresses=addresses)


def _fetch(
    workspace: "Workspace",
    terminal: "Terminal",
    server: "_Server",
    partial: bool,
    tables: str | None,
    years: str | None,
    dry_run: bool,
) -> bool:
    """Fetch, or with `dry_run` say what a fetch would do and return True."""
    from etl import run
    from etl.fetch.bronze import Bronze
    from etl.fetch.collection import fetch_tables, plan_fetch

    catalogue = _catalogue()
    bronze = Bronze(workspace.bronze)
    partial = partial or server.extract is not None
    with server.connect(workspace, catalogue) as client:
        needs = run.needs_of(catalogue, years=parse_years(years), asked=client.asks)
        only = tables.split(",") if tables else None
        if dry_run:
            plan = plan_fetch(client, bronze, needs, progress=terminal, partial=partial, only=only)
            terminal.print_plan(plan)
            return True
        fetch_tables(client, bronze, needs, progress=terminal, partial=partial, only=only)
        bronze.prune()
    return False


def _ready_workers(extract: Path | None) -> "AbstractContextManager[Executor | None]":
    """Workers that start while an extract is read, which is a country; else a build has its own."""
    if extract is None:
        return nullcontext()
    from etl.workers import open_workers

    return open_workers(first="etl.snapshot.drawing")


def _is_published(workspace: "Workspace") -> bool:
    from etl.workspace import has_usable_snapshot

    return has_usable_snapshot(workspace)


def _say_when_older(workspace: "Workspace") -> None:
    from etl.version import code_version
    from etl.workspace import composed_of

    made = composed_of(workspace)
    if made and made[2] != code_version():
        typer.echo(
            "Code or catalogue is newer than the published figures: run the same command without "
            "--if-missing to build them anew."
        )


def _api(given: str | None) -> str:
    return given or read_settings().api


def _geodata(given: str | None, *, server: "_Server") -> str | None:
    """The WFS to ask: the given one, or SCB's when the figures are SCB's own."""
    from etl.fetch.scb import SCB_API
    from etl.geodata.wfs import SCB_GEODATA

    if given is not None:
        return None if given == "none" else given
    return SCB_GEODATA if _api(server.api) == SCB_API and not server.synthetic else None


def _catalogue() -> "Catalogue":
    from barometer.catalogue import load_catalogue

    return load_catalogue()


def _say_lacking(terminal: "Terminal", lacking: Collection[str]) -> None:
    if lacking:
        terminal.say(f"Built without {len(lacking)} things that the server lacks:")
    for message in lacking:
        terminal.say(f"- {message}")


operate.register(app)

app.command()(extract)
app.command()(emulator)


if __name__ == "__main__":
    run_program(app)
