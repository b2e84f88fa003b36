"""The commands of whoever runs the site: what is served, extracts, and files for running it.

Registered by `etl.__main__`; like there, each imports what it needs when it runs.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from barometer.settings import Settings
from etl.options import DataDir, EvenIfHeld, Listen, Servers, Source, open_run, workspace_of


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (rollback, pull, status, schedule, machines):
        app.command()(command)


def rollback(
    data_dir: DataDir = None,
    to: Annotated[str | None, typer.Option(help="Id of the snapshot to go back to.")] = None,
) -> None:
    """Point to the snapshot before the current one; takes a second and rebuilds nothing.

    The snapshot that is left is on hold: `refresh` and `pull` do not publish it again until told
    to with `--even-if-held`, or by `python -m etl publish`.

    Example: `python -m etl rollback`
    """
    workspace = workspace_of(data_dir)
    with open_run("rollback", workspace) as terminal:
        from etl.publish.publishing import roll_back

        terminal.say(f"Now serving {roll_back(workspace.published, to=to).name}.")


def pull(
    source: Annotated[str, typer.Argument(help="Address of a folder of published snapshots.")],
    data_dir: DataDir = None,
    even_if_held: EvenIfHeld = False,
) -> None:
    """Publish here what another machine has published: the whole file first, the pointer last.

    Beside each snapshot the folder must hold its manifest, `barometer-….duckdb.sha256`.

    Example: `python -m etl pull https://bucket.example.org/barometer`
    """
    from etl.pull import pull as pull_snapshot

    with open_run("pull", workspace := workspace_of(data_dir)) as terminal:
        pulled = pull_snapshot(
            workspace, source, progress=terminal.megabytes, even_if_held=even_if_held
        )
        terminal.say(f"Now serving {pulled.name}." if pulled else "Nothing new, or on hold.")


def status(data_dir: DataDir = None) -> None:
    """Say which snapshots are published, which is served, and how the last run ended.

    Example: `python -m etl status`
    """
    from barometer.pointer import current_snapshot, published_snapshots
    from etl.publish.hold import read_hold
    from etl.session import read_status

    workspace = workspace_of(data_dir)
    current = current_snapshot(workspace.published)
    if current.warning:
        typer.echo(f"warning: {current.warning}")
    for path in published_snapshots(workspace.published):
        mark = "serving" if path == current.path else "kept"
        typer.echo(f"{mark:8} {path.name}  {path.stat().st_size / 1e6:,.0f} MB")
    for name, _ in read_hold(workspace.published).entries:
        typer.echo(f"on hold  {name}: it was rolled back from")
    run = read_status(workspace.published).last_run
    if run:
        typer.echo(f"last run {run.command}, {run.ended}, exit code {run.exit_code}: {run.message}")


def schedule(
    kind: Annotated[str, typer.Argument(help="systemd, cron or container.")],
    data_dir: DataDir = None,
    user: Annotated[str, typer.Option(help="User that the refresh runs as.")] = "barometer",
) -> None:
    """Print ready files that refresh on a schedule, filled with this installation's paths.

    Example: `python -m etl schedule systemd`
    """
    from etl.schedule import KINDS, render_schedule

    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(KINDS)}")
    files = render_schedule(
        kind,
        python=Path(sys.executable),
        project=Path(__file__).resolve().parents[1],
        data_dir=workspace_of(data_dir).data_dir.resolve(),
        user=user,
    )
    typer.echo("\n".join(f"# {name}\n{content}" for name, content in files.items()))


def machines(
    server: Servers = None,
    listen: Listen = "8080",
    source: Source = "https://bucket.example.org/barometer",
    data_dir: DataDir = None,
) -> None:
    """Print ready files for a site on several machines: nginx, containers, snapshots by a bucket.

    Example: `python -m etl machines --server 10.0.0.1:8050 --server 10.0.0.2:8050`
    """
    from etl.machines import SERVERS, render_machines

    files = render_machines(
        servers=server or SERVERS,
        listen=listen,
        source=source,
        python=Path(sys.executable),
        project=Path(__file__).resolve().parents[1],
        data_dir=workspace_of(data_dir).data_dir.resolve(),
    )
    typer.echo("\n".join(f"# {name}\n{content}" for name, content in files.items()))


def extract(
    out: Annotated[Path, typer.Option(help="Folder that the extract is written to.")],
    tables: Annotated[
        Path | None,
        typer.Option(help="Folder of tables, boundaries and keys; else what refresh has kept."),
    ] = None,
    contract: Annotated[
        Path | None, typer.Option(help="What in that folder is a sum: contract.json.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make an extract: figures, keys, boundaries and places in a folder, with checksums.

    `refresh --from` reads it on a machine without a network.
    Example: `python -m etl extract --out extract`
    """
    from etl.session import open_session
    from etl.workspace import Workspace

    workspace = Workspace(data_dir or Settings.from_env().data_dir)
    with open_session("extract", workspace) as terminal:
        from etl import packing
        from etl.fetch.bronze import Bronze

        if tables:
            packing.pack_folder(tables, out, contract=contract)
        else:
            bronze = Bronze(workspace.bronze)
            packing.pack_bronze(bronze, workspace.layers / packing.stored_origin(bronze), out)
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        terminal.say(f"Extract of {size / 1e6:,.1f} MB in {out}.")


def emulator(
    tables: Annotated[
        Path | None, typer.Option(help="Folder of tables; else the made-up country.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port; 0 takes any free one.")] = 8060,
) -> None:
    """Serve tables as SCB's PxWebApi 2 does, with its limits, until stopped.

    Example: `python -m etl emulator --tables data/sweden/tables --port 8060`
    """
    from etl.emulator.folder import folder_tables
    from etl.emulator.server import CannotListenError, serve
    from etl.run import synthetic_tables

    try:
        serve(folder_tables(tables) if tables else synthetic_tables(), port)
    except (CannotListenError, OSError, ValueError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error
