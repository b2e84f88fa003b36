"""The API's documentation in the site's frame: made of the declarations that route and validate."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from barometer.catalogue import Catalogue
from barometer.divisions import Language
from barometer.tables import TABLES, Parameter, Table
from barometer.ui.address import address, site_address
from barometer.ui.base.page import Page
from barometer.ui.context import Context, language_of
from barometer.ui.pages.api import words
from barometer.ui.pages.method.page import contents
from barometer.ui.pages.method.parts import entry, rendered, section, table, text_of
from barometer.ui.v1.openapi import PREFIX

_FEW: Final = 12  # choices that are told; more are found in the table of their own


def layout(context: Context, query: str) -> Component:
    """Examples first, then every table with its keys and columns."""
    language = language_of(query)
    examples = rendered(text_of("api", language=language).replace("{site}", site_address()))
    tables = [table_entry(found, context.catalogue, language=language) for found in TABLES]
    parts = [
        section("examples", words.EXAMPLES[language], examples),
        section("tables", words.TABLES[language], tables),
        section(
            "whole",
            words.WHOLE[language],
            [_link(f"{PREFIX}/package.zip", words.PACKAGE[language])],
        ),
        section(
            "machine", words.MACHINE[language], [_link(f"{PREFIX}/openapi.json", "OpenAPI 3.1")]
        ),
    ]
    back = html.A(words.BACK[language], href=address("/data", language=language))
    head = html.Div([html.H1(words.HEADING[language]), html.P(back)], className="method__head")
    inside = [head, contents(parts, language), html.Div(parts, className="method__parts")]
    return html.Div(inside, className="method")


def table_entry(entry_of: Table, catalogue: Catalogue, *, language: Language) -> Component:
    """One table: address, formats, keys, columns, and a question to try."""
    keys = [
        (
            html.Code(parameter.name),
            _described(parameter, catalogue, language),
            html.Code(parameter.example),
        )
        for parameter in entry_of.parameters
    ]
    heads = (words.PARAMETER[language], words.MEANING[language], words.EXAMPLE[language])
    columns = [
        (html.Code(own.name), own.heading[language], words.KINDS[own.kind][language])
        for own in entry_of.columns
    ]
    formats = [html.Code(f".{name} ") for name in entry_of.formats]
    inside = [
        html.P(entry_of.about[language]),
        html.P([words.FORMATS[language], *formats]),
        html.P([f"{words.TRY[language]}: ", _tried(entry_of)]),
        table(f"{entry_of.table_id}: {words.KEYS[language]}", heads, keys),
        table(
            f"{entry_of.table_id}: {words.COLUMNS[language]}",
            (words.COLUMN[language], words.MEANING[language], words.TYPE[language]),
            columns,
        ),
    ]
    where = f"{PREFIX}/{entry_of.table_id}"
    return entry(f"api-{entry_of.table_id}", entry_of.name[language], aside=where, inside=inside)


def _described(parameter: Parameter, catalogue: Catalogue, language: Language) -> str:
    choices = parameter.choices(catalogue) if parameter.choices else ()
    few = f" {words.CHOICES[language]}{', '.join(choices)}." if 0 < len(choices) <= _FEW else ""
    required = words.REQUIRED[language] if parameter.required else ""
    return f"{required}{parameter.about[language]}{few}"


def _tried(declared: Table) -> Component:
    """The table's address with an example for each key that is required."""
    asked = "&".join(f"{own.name}={own.example}" for own in declared.parameters if own.required)
    where = f"{PREFIX}/{declared.table_id}" + (f"?{asked}" if asked else "")
    return html.A(html.Code(where), href=where)


def _link(where: str, text: str) -> Component:
    return html.P([html.A(html.Code(where), href=where), f" {text}"])


PAGE = Page(path="/data/api", name=words.NAME, layout=layout, menu="hidden")
