"""The commands of the site: `python -m barometer serve`."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from barometer.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The segregation barometer.")

EXAMPLES = """Examples:

  python -m barometer serve

  python -m barometer serve --port 8080 --data-dir /srv/barometer
"""


@app.callback()
def commands() -> None:
    """The segregation barometer."""


@app.command(epilog=EXAMPLES)
def serve(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port [PORT, 8050].")] = None,
    host: Annotated[str | None, typer.Option(help="Address [HOST, 127.0.0.1].")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Data folder [DATA_DIR, ./data].")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="[WORKERS, 2].")] = None,
) -> None:
    """Serve the site until Ctrl-C."""
    from barometer.ui.server import ServeError, serve_site

    try:
        given: dict[str, Any] = {
            "port": port,
            "host": host,
            "data_dir": data_dir,
            "workers": workers,
        }
        said = {name: value for name, value in given.items() if value is not None}
        serve_site(replace(Settings.from_env(), **said))
    except (ServeError, ValueError) as error:
        _stop(str(error))


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
