"""Ready-made files for a site on several machines behind nginx, and for carrying snapshots there.

The servers hold no state: any of them answers any request, and each follows the pointer in its own
folder of snapshots, or in one that they share.
"""

import shlex
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

FILES: Final = ("nginx.conf", "compose.yaml", "snapshots.cron")
SERVERS: Final = ("site1:8050", "site2:8050", "site3:8050")
"""Where the servers listen when they are started by the compose file."""


class _Template(Template):
    """nginx and cron have a meaning of their own for the dollar."""

    delimiter = "@"


def render_machines(
    *,
    servers: Sequence[str] = SERVERS,
    listen: str = "8080",
    source: str = "https://bucket.example.org/barometer",
    python: Path,
    project: Path,
    data_dir: Path,
) -> dict[str, str]:
    """The files by name: `servers` are host:port, `listen` is a port or address:port.

    `source` is where published snapshots lie.
    """
    folder = resources.files(__name__)
    port = listen.rpartition(":")[2]  # all that nginx knows of inside its container
    words = {
        "servers": "\n".join(f"        server {server} {_PATIENCE};" for server in servers),
        "listen": listen,
        "port": port,
        "where": "" if port == listen else f"  # without containers: listen {listen};",
        "source": _cron_word(source),
        "python": _cron_word(python),
        "project": _cron_word(project),
        "data_dir": _cron_word(data_dir),
    }
    return {
        name: _Template((folder / name).read_text(encoding="utf-8")).substitute(words)
        for name in FILES
    }


_PATIENCE: Final = "max_fails=2 fail_timeout=5s"


def _cron_word(text: object) -> str:
    """One word of a command in a crontab, where a bare % ends the line."""
    return shlex.quote(str(text)).replace("%", r"\%")
