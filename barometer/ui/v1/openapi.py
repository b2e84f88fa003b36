"""The API's own description, OpenAPI 3.1, made of the declarations that route and validate."""

from typing import Any, Final

from barometer.catalogue import Catalogue
from barometer.export import Column
from barometer.tables import TABLES, Parameter, Table
from barometer.tables.parameter import MOST_VALUES
from barometer.ui.v1.answers import formats_of, media_type

PREFIX: Final = "/api/v1"
_TYPES: Final = {"text": "string", "number": "number", "whole": "integer"}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "given", "detail"],
                "properties": {
                    name: {"type": "string"} for name in ("parameter", "given", "detail")
                },
            },
        },
    },
}


def document(catalogue: Catalogue) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, Any] = {}
    for table in TABLES:
        paths[f"{PREFIX}/{table.table_id}"] = {"get": _operation(table, catalogue)}
        named = f"{PREFIX}/{table.table_id}.{{extension}}"
        paths[named] = {"get": _operation(table, catalogue, extension=True)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Segregationsbarometern",
            "version": "1",
            "summary": "Area statistics and segregation measures of Sweden.",
            "description": "Read only, for anyone. Every answer names its data version (X-Snapshot,"
            " ETag) and its source. Source of all figures: Statistics Sweden (SCB).",
            "license": {"name": "CC0-1.0 (figures)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {"problem": _PROBLEM} | {t.table_id: _rows(t) for t in TABLES}},
    }


def _operation(table: Table, catalogue: Catalogue, *, extension: bool = False) -> dict[str, Any]:
    asked = [_parameter(parameter, catalogue) for parameter in table.parameters]
    in_path = {
        "name": "extension",
        "in": "path",
        "required": True,
        "description": "Format of the file.",
        "schema": {"type": "string", "enum": list(table.formats)},
    }
    return {
        "operationId": f"{table.table_id}-as" if extension else table.table_id,
        "summary": table.name.en,
        "description": table.about.en,
        "parameters": [in_path, *asked] if extension else asked,
        "responses": _responses(table),
    }


def _responses(table: Table) -> dict[str, Any]:
    content = {media_type(found): _schema(found.format_id, table) for found in formats_of(table)}
    answer = {"description": "The rows.", "headers": _HEADERS, "content": content}
    refused = {
        "304": "What the client has is still right.",
        "400": "The question cannot be read; errors names every fault.",
        "404": "An area or a format that is not there.",
        "406": "No format that the client takes.",
        "429": "Too many questions; Retry-After says when to ask again.",
        "503": "No data version is published.",
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {"200": answer} | {
        code: {"description": said} | ({} if code == "304" else {"content": problem})
        for code, said in refused.items()
    }


def _schema(format_id: str, table: Table) -> dict[str, Any]:
    """Only JSON has a schema here; the other formats are files."""
    if format_id != "json":
        return {}
    return {"schema": {"$ref": f"#/components/schemas/{table.table_id}"}}


def _rows(table: Table) -> dict[str, Any]:
    row = {
        "type": "object",
        "required": [column.name for column in table.columns],
        "properties": {column.name: _cell(column) for column in table.columns},
    }
    return {
        "type": "object",
        "required": ["snapshot", "origin", "synthetic", "total", "limit", "offset", "next", "rows"],
        "properties": {
            "title": {"type": "string"},
            "table": {"const": table.table_id},
            "snapshot": {"type": "string"},
            "origin": {"enum": ["scb", "scb-extract", "synthetic"]},
            "synthetic": {"type": "boolean"},
            "sources": {"type": "array", "items": {"type": "object"}},
            "total": {"type": "integer"},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "next": {"type": ["string", "null"]},
            "rows": {"type": "array", "items": row},
        },
    }


def _cell(column: Column) -> dict[str, Any]:
    return {"type": [_TYPES[column.kind], "null"], "description": column.heading.en}


def _parameter(parameter: Parameter, catalogue: Catalogue) -> dict[str, Any]:
    """A key of the question; several values stand with commas between them."""
    one = _value(parameter, catalogue)
    many = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_VALUES}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about.en,
        "schema": many if parameter.many else one,
        **({"style": "form", "explode": False} if parameter.many else {}),
    }


def _value(parameter: Parameter, catalogue: Catalogue) -> dict[str, Any]:
    if parameter.choices:
        return {"type": "string", "enum": list(parameter.choices(catalogue))}
    if parameter.kind == "whole":
        return {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
    length = {"minLength": parameter.least, "maxLength": parameter.most} if parameter.most else {}
    return {"type": "string", "pattern": parameter.pattern, **length}


_HEADERS: Final = {
    "ETag": {"description": "The data version and the format.", "schema": {"type": "string"}},
    "X-Snapshot": {"description": "The data version.", "schema": {"type": "string"}},
    "X-Total-Count": {"description": "Rows in all.", "schema": {"type": "integer"}},
    "Link": {"description": "The next page.", "schema": {"type": "string"}},
}
