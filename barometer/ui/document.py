"""The HTML around the app: language, title, icon, and what the browser may fetch early."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, Final

from dash import Dash
from flask import has_request_context, request

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.fonts import rules
from barometer.ui import words
from barometer.ui.address import base_path
from barometer.ui.base.page import LivePage, Page
from barometer.ui.context import Context, asked_query, language_of
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
<style>{fonts}{late_style}</style>
<script>{watch}</script>
{css}
</head>
<body{said}>
{picture}
<div id="react-entry-point">{opening}<div class="loading" role="status">{loading}</div></div>
<div class="late" role="alert"><p>{late}</p><p><a href="">{reload}</a></p></div>
<noscript><style>#react-entry-point, .late {{ display: none; }}</style>{no_script}</noscript>
<footer hidden>{config}{scripts}{renderer}</footer>
</body>
</html>"""


# A script that does not come is told of at once, unless whoever asked for it handles that itself;
# a page that does not begin, after a while. An address may name a place on the page, or in the map.
WATCH: Final = (
    "addEventListener('error',function(e){if(e.target instanceof HTMLScriptElement"
    "&&!('handled' in e.target.dataset))document.documentElement.classList.add('broken')},true);"
    "if(location.hash)document.documentElement.classList.add('placed')"
)
_LATE: Final = (
    ".late{display:none;padding:1rem}.broken .late{display:block}"
    "#react-entry-point:has(>.loading)~.late{display:block;visibility:hidden;"
    "animation:late 0s 15s forwards}"
    ".broken #react-entry-point:has(>.loading)~.late{visibility:visible;animation:none}"
    "@keyframes late{to{visibility:visible}}"
)
_FILES: Final = (
    (words.EVERYTHING, "/api/v1/package.zip"),
    (words.API_DESCRIPTION, "/api/v1/openapi.json"),
)


class Site(Dash):
    """Dash with a document of our own: its language and title follow the address."""

    find_page: Callable[[str], Page]
    context: Context

    def interpolate_index(self, **parts: Any) -> str:
        """The document for the request's address."""
        path, query = _asked()
        page, language = self.find_page(path), language_of(query)
        fonts = self.context.faces()
        hints = "\n".join(map(_preload, (*map(font_address, fonts), *page.early_files())))
        return _DOCUMENT.format(
            language=language,
            title=escape(f"{page.name[language]} – {words.SITE[language]}"),
            description=escape(words.TAGLINE[language]),
            icon=self.get_asset_url("favicon.svg"),
            preload=hints,
            fonts=rules(fonts, address=font_address),
            opening=_opening(*page.first_words(self.context, query)),
            picture=_picture(page.picture(self.context, query)),
            loading=words.LOADING[language],
            late_style=_LATE,
            watch=WATCH,
            said=_attributes(language),
            late=words.LATE[language],
            reload=words.RELOAD[language],
            no_script=_without_script(page, query, language),
            css=fingerprinted(parts["css"]),
            config=parts["config"],
            scripts=fingerprinted(parts["scripts"]),
            renderer=parts["renderer"],
        )


def failed_page(query: str, *, title: Text = words.FAILED, lead: Text = words.FAILED_LEAD) -> str:
    """What is read where the server has no page to give: what happened, and what to do."""
    language = language_of(query)
    links = (("", words.RELOAD), (f"{base_path()}/", words.START))
    ways = "".join(
        f'<li><a href="{escape(path)}">{escape(name[language])}</a></li>' for path, name in links
    )
    heading, sentence = (escape(text[language]) for text in (title, lead))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{heading}</title></head>'
        f"<body><main><h1>{heading}</h1><p>{sentence}</p><ul>{ways}</ul></main></body></html>"
    )


def script_hash(script: str) -> str:
    """What the policy for scripts says of one that stands in the document."""
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _attributes(language: Language) -> str:
    """What scripts say to the reader."""
    said = {
        "site": words.SITE,
        "unanswered": words.UNANSWERED,
        "retry": words.RETRY,
    }
    texts = {name: text[language] for name, text in said.items()} | {"base": base_path()}
    return "".join(f' data-{name}="{escape(text)}"' for name, text in texts.items())


def _without_script(page: Page, query: str, language: Language) -> str:
    """What there is for a reader without scripts: the page's name, and where its figures are."""
    links = "".join(
        f'<li><a href="{escape(path)}">{escape(name[language])}</a></li>'
        for name, path in (*_twins(page, query), *_FILES)
    )
    heading, sentence = escape(page.name[language]), words.NO_SCRIPT[language]
    return f'<main class="main message"><h1>{heading}</h1><p>{sentence}</p><ul>{links}</ul></main>'


def _twins(page: Page, query: str) -> Iterator[tuple[Text, str]]:
    """The same view as documents and files: name and address."""
    asked = f"?{query}" if query else ""
    if page.path in ("/", "/plats"):
        yield words.PLACE_REPORT, f"/plats/rapport{asked}"
    file = page.file
    if isinstance(page, LivePage) and page.frames:
        file = "/".join(("/export", page.export, *filter(None, [next(iter(page.frames))])))
    if file:
        yield words.AS_EXCEL, f"{file}/xlsx{asked}"
        yield words.AS_CSV, f"{file}/csv{asked}"


def _opening(heading: str, sentence: str) -> str:
    """What is read while the page is on its way."""
    if not heading:
        return ""
    lead = f'<p class="lead">{escape(sentence)}</p>'
    return f'<div class="opening"><h1>{escape(heading)}</h1>{lead}</div>'


def _picture(addresses: tuple[str, str] | None) -> str:
    """What is seen while the page is on its way; the page's script takes it away.

    Lazy: where styles hide it, on phones and at a place in the map, it is not fetched.
    """
    if addresses is None:
        return ""
    light, dark = map(escape, addresses)
    return (
        '<div class="first-picture" aria-hidden="true"><picture>'
        f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
        f'<img src="{light}" alt="" loading="lazy" fetchpriority="high"></picture></div>'
    )


def _preload(address: str) -> str:
    if address.endswith(".mjs"):
        return f'<link rel="modulepreload" href="{escape(address)}">'
    kind = _KINDS[address.rpartition(".")[2]]
    return f'<link rel="preload" as="{kind}" href="{escape(address)}">'


def _asked() -> tuple[str, str]:
    if not has_request_context():
        return "/", ""
    return request.path, asked_query()
