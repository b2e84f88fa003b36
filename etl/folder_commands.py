"""The commands about folders of tables: making an extract, and serving a folder as SCB does."""

from pathlib import Path
from typing import Annotated

import typer

from barometer.settings import Settings
from etl.options import DataDir


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
        from etl.bronze import Bronze

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
