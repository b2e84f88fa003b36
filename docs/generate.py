"""Writes the pages of this folder from the registry of indices: `python -m docs.generate`."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Final

from barometer.indices import INDICES, SQL_INDICES, Index, sql

FOLDER: Final = Path(__file__).parent
_INDEX: Final = """# {label}

`{id}` · {kind}, {dimension} · Swedish: {sv}

$${formula}$$

- **Range**: {low:g} to {high:g}
- **Lowest**: {lowest}
- **Highest**: {highest}
- **Reference**: {reference}
{note}
```python
from barometer.indices import {entry}

{call}
```

Code: [`{module}.{function}`](../../{path})

{sql}
"""
_SQL: Final = """As SQL (`barometer.indices.sql`), here in T-SQL, of a row for each area:

```sql
{query}
```"""
_PYTHON_ONLY: Final = "It needs Python: `barometer.indices.sql` has no statement for it."
_MONA: Final = """# Paste into MONA

Microdata that may not leave a server are measured where they lie. The statements below are written
for Microsoft SQL Server 2012 and later: change the names of table and columns, or write your own
with `barometer.indices.sql(...)` on any computer, and carry nothing but the text with you.

- **Run, and equal to the Python engine to nine decimals**: DuckDB in every run of the tests,
  PostgreSQL and Spark by `make scale`.
- **Parsed only**: T-SQL, BigQuery and Snowflake. The tests hold T-SQL to what SQL Server 2012 has,
  read every statement of this page back and run it in DuckDB, with the same numbers. None of them
  has been run on a SQL Server, in BigQuery or in Snowflake.

Groups below 100 persons and fewer than three areas say nothing: leave such places out of what
leaves the server. The rows of an answer come in no order.

## One row for each person

Segregation of persons born abroad between DeSO, by kommun. The column `fodd` says `utrikes` or
`inrikes`.

{microdata}
## One row for each person, with a weight

{weighted}
## One row for each area

More than two groups, one column each.

{wide}"""
_MICRODATA: Final = ("dissimilarity", "gini", "information_theory", "isolation")
_WIDE: Final = ("information_theory_multi", "mutual_information", "ordinal_information_theory")


def pages() -> dict[str, str]:
    """Every generated page by its path in this folder."""
    written = {f"indices/{index.id}.md": _page(index) for index in INDICES}
    return {"indices/README.md": _contents(), **written, "mona.md": _mona()}


def main() -> None:
    """Write the pages, and remove those of indices that are no more."""
    (FOLDER / "indices").mkdir(exist_ok=True)
    wanted = pages()
    for old in (FOLDER / "indices").glob("*.md"):
        if f"indices/{old.name}" not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _contents() -> str:
    rows = [f"| [`{i.id}`]({i.id}.md) | {i.label.en} | {i.label.sv} | {i.kind} |" for i in INDICES]
    head = "# Indices\n\n| id | name | Swedish | kind |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _page(index: Index) -> str:
    code = inspect.unwrap(index.function)
    module = getattr(code, "__module__", "") or "barometer.indices"
    entry = "local_values" if index.kind == "local" else "segregation"
    return _INDEX.format(
        label=index.label.en[:1].upper() + index.label.en[1:],
        id=index.id,
        kind=index.kind,
        dimension=index.dimension,
        sv=index.label.sv,
        formula=index.formula,
        low=index.range[0],
        high=index.range[1],
        lowest=index.low.en,
        highest=index.high.en,
        reference=index.reference,
        note=f"- **Note**: {index.note.en}\n" if index.note else "",
        entry=entry,
        call=_call(index, entry),
        module=module,
        function=getattr(code, "__name__", index.id),
        path=module.replace(".", "/") + ".py",
        sql=_statement(index),
    )


def _call(index: Index, entry: str) -> str:
    land = ", land_area=[1.0, 2.0, 1.0, 0.5]" if index.needs_land else ""
    counts = "counts = [[100, 0], [60, 40], [40, 60], [0, 100]]"
    return f'{counts}\n{entry}(counts, indices=("{index.id}",){land})'


def _statement(index: Index) -> str:
    if index.id not in SQL_INDICES:
        return _PYTHON_ONLY
    land = "land_area" if index.needs_land else None
    groups = ["persons", "others"] if index.kind == "two-group" else ["low", "middle", "high"]
    query = sql(
        index.id, table="areas", groups=groups, container="kommun", land=land, dialect="tsql"
    )
    return _SQL.format(query=query)


def _mona() -> str:
    person = {"group": "fodd", "unit": "deso", "container": "kommun"}
    groups = ["utrikes", "inrikes"]
    microdata = "".join(
        _recipe(i, sql(i, table="dbo.personer", groups=groups, dialect="tsql", **person))
        for i in _MICRODATA
    )
    weighted = sql(
        "dissimilarity",
        table="dbo.personer",
        groups=groups,
        weight="vikt",
        dialect="tsql",
        **person,
    )
    columns = ["kvartil_1", "kvartil_2", "kvartil_3", "kvartil_4"]
    wide = "".join(
        _recipe(i, sql(i, table="dbo.omraden", groups=columns, container="kommun", dialect="tsql"))
        for i in _WIDE
    )
    return _MONA.format(microdata=microdata, weighted=_recipe("dissimilarity", weighted), wide=wide)


def _recipe(index: str, query: str) -> str:
    label = next(entry.label.en for entry in INDICES if entry.id == index)
    return f"### {label[:1].upper() + label[1:]} (`{index}`)\n\n```sql\n{query}\n```\n\n"


if __name__ == "__main__":
    main()
