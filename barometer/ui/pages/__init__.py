"""The site's pages. A page is a module here and a line in PAGES."""

from collections.abc import Callable
from dataclasses import dataclass

from dash import Dash
from dash.development.base_component import Component

from barometer.catalogue import Text
from barometer.ui.context import Context

Layout = Callable[[Context, str], Component]
"""Context and the address's query to what stands in the page's main element.

Reads its own snapshot; `NoSnapshotError` becomes the page that says what to do.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its name in menu and title, and its two functions.

    `wide` pages use the whole window; the others keep a readable measure. What `preload` gives the
    addresses of is fetched beside the page's own scripts and styles. Pages to `embed` may be
    framed by other sites at embed=1; no other page may be framed by anybody else. Pages off the
    `menu` are led to by another page.
    """

    path: str
    name: Text
    layout: Layout
    register: Callable[[Dash, Context], None]
    wide: bool = False
    preload: Callable[[], tuple[str, ...]] = tuple
    embed: bool = False
    menu: bool = True
