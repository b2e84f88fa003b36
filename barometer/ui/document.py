"""The HTML around the app: language, title, icon, and what the browser may fetch early."""

from collections.abc import Callable
from html import escape
from typing import Any, Final

from dash import Dash
from flask import has_request_context, request

from barometer.fonts import Face, rules
from barometer.ui import words
from barometer.ui.context import language_of
from barometer.ui.pages import Page
from barometer.ui.serving import fingerprinted, font_address

# A font is fetched without cookies, and is only taken for the preloaded one when that was too.
_KINDS: Final = {"js": "script", "css": "style", "woff2": 'font" crossorigin type="font/woff2'}
_DOCUMENT = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{description}">
<link rel="icon" type="image/svg+xml" href="{icon}">
{preload}
<style>{fonts}</style>
{css}
</head>
<body>
<div id="react-entry-point"><div class="loading" role="status">{loading}</div></div>
<noscript><p class="loading">{no_script}</p></noscript>
<footer hidden>{config}{scripts}{renderer}</footer>
</body>
</html>"""


class Site(Dash):
    """Dash with a document of our own: its language and title follow the address."""

    find_page: Callable[[str], Page]
    faces: Callable[[], tuple[Face, ...]]

    def interpolate_index(self, **parts: Any) -> str:
        """The document for the request's address."""
        path, query = _asked()
        page, language = self.find_page(path), language_of(query)
        fonts = self.faces()
        hints = "\n".join(map(_preload, (*map(font_address, fonts), *page.preload())))
        return _DOCUMENT.format(
            language=language,
            title=escape(f"{page.name[language]} – {words.SITE[language]}"),
            description=escape(words.TAGLINE[language]),
            icon=self.get_asset_url("favicon.svg"),
            preload=hints,
            fonts=rules(fonts, address=font_address),
            loading=words.LOADING[language],
            no_script=words.NO_SCRIPT[language],
            css=fingerprinted(parts["css"]),
            config=parts["config"],
            scripts=fingerprinted(parts["scripts"]),
            renderer=parts["renderer"],
        )


def _preload(address: str) -> str:
    kind = _KINDS[address.rpartition(".")[2]]
    return f'<link rel="preload" as="{kind}" href="{escape(address)}">'


def _asked() -> tuple[str, str]:
    if not has_request_context():
        return "/", ""
    return request.path, request.query_string.decode("utf-8", errors="replace")
