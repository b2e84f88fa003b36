"""`python -m barometer serve`."""

import gc
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from barometer.commands.options import stop
from barometer.fonts import pack_beside
from barometer.settings import Settings, counting_together


def serve(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port [PORT, 8050].")] = None,
    host: Annotated[str | None, typer.Option(help="Address [HOST, 127.0.0.1].")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Data folder [DATA_DIR, ./data].")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="[WORKERS, 2].")] = None,
) -> None:
    """Serve the site until Ctrl-C.

    Examples: `python -m barometer serve`,
    `python -m barometer serve --port 8080 --data-dir /srv/barometer`
    """
    given: dict[str, Any] = {
        "port": port,
        "host": host,
        "data_dir": data_dir,
        "workers": workers,
    }
    said = {name: value for name, value in given.items() if value is not None}
    with counting_together():
        try:
            settings = replace(Settings.from_env(), **said)
        except ValueError as error:
            stop(str(error))
        packing = pack_beside(settings.fonts_dir)  # while the application is imported
        gc.disable()  # what imports make stays: to look through it takes a tenth of the start
        from barometer.ui.server import ServeError, serve_site

        gc.enable()
        try:
            serve_site(settings, packing=packing)
        except ServeError as error:
            stop(str(error))
