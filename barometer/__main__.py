"""The commands of the site, `python -m barometer`: serve it, or take its numbers with you.

Exit codes, for a scheduler:

    0   done
    1   failed; the message says why and what to do
    2   the command line cannot be understood; every fault is named
    141 whoever read standard output has closed it, as in `… | head`
"""

from typing import Final

import typer

from barometer.commands import COMMANDS
from barometer.streams import run_program

_EPILOG: Final = (__doc__ or "").partition("\n\n")[2].replace("\n    ", "\n\n")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog=_EPILOG,
    help="The segregation barometer: serve the site, or take its numbers with you.",
)

for command in COMMANDS:
    app.command()(command)


@app.callback()
def commands() -> None:
    """The segregation barometer: serve the site, or take its numbers with you."""


if __name__ == "__main__":
    run_program(app)
