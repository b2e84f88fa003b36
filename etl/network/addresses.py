"""Addresses of servers as operators write them."""

from typing import Final

import httpx

from etl.errors import SourceUnavailableError
from etl.text import excerpt

_SHOWN: Final = 100  # characters


def require_address(text: str) -> str:
    """The address as it was given, once it is one that can be asked.

    Raises:
        SourceUnavailableError: it is no address of a server on the web.
    """
    try:
        url = httpx.URL(text)
        url.host.encode("idna")  # as the look-up of its name does, which says less
        usable = url.scheme in ("http", "https") and bool(url.host)
    except (httpx.InvalidURL, UnicodeError):
        usable = False
    if not usable:
        raise SourceUnavailableError(
            f"{excerpt(text, longest=_SHOWN)!r} is no address of a server: write it as "
            "https://host/folder"
        )
    return text
