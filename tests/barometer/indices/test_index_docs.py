"""The pages of docs/ are those that the registry of indices gives."""

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
import sqlglot

from barometer.indices import INDICES, segregation
from docs.generate import pages
from docs.run_notebook import printed, read_notebook

DOCS = Path(__file__).parents[3] / "docs"


def test_the_pages_are_current() -> None:
    """After a change in an index: python -m docs.generate."""
    wanted = pages()
    stale = [
        name
        for name, text in wanted.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    assert stale == []
    assert {f"indices/{path.name}" for path in (DOCS / "indices").iterdir()} <= wanted.keys()
    assert {f"indices/{index.id}.md" for index in INDICES} <= wanted.keys()


def persons() -> pd.DataFrame:
    """A row for each person, every second one counted three times over."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"deso": rng.integers(0, 60, 6_000)})
    abroad = rng.random(6_000) < 0.1 + frame["deso"] / 100
    return frame.assign(
        kommun=frame["deso"] // 20,
        fodd=np.where(abroad, "utrikes", "inrikes"),
        vikt=np.where(np.arange(6_000) % 2, 3.0, 1.0),
    )


def areas() -> pd.DataFrame:
    counts = np.random.default_rng(6).integers(0, 300, (60, 4))
    frame = pd.DataFrame(counts, columns=[f"kvartil_{i}" for i in range(1, 5)])
    return frame.assign(kommun=np.arange(60) // 20)


def test_every_statement_to_paste_into_mona_gives_the_numbers_of_python() -> None:
    engine = duckdb.connect(config={"threads": 1})
    tables = {"personer": persons(), "omraden": areas()}
    engine.execute("CREATE SCHEMA dbo")
    for name, frame in tables.items():
        engine.register("frame", frame)
        engine.execute(f"CREATE TABLE dbo.{name} AS SELECT * FROM frame")
    page = (DOCS / "mona.md").read_text(encoding="utf-8")
    recipes = re.findall(r"\(`(\w+)`\)\n\n```sql\n(.*?)```", page, re.DOTALL)
    assert len(recipes) == 8
    for index, statement in recipes:
        (back,) = sqlglot.transpile(statement, read="tsql", write="duckdb")
        answer = engine.execute(back.replace("AS REAL)", "AS DOUBLE)")).df()  # FLOAT has 53 bits
        counts = tables["omraden"].set_index("kommun")
        if "[personer]" in statement:
            weight = tables["personer"]["vikt"] if "[vikt]" in statement else 1
            people = tables["personer"].assign(weight=weight)
            counts = people.pivot_table("weight", ["kommun", "deso"], "fodd", "sum", fill_value=0)
            counts = counts[["utrikes", "inrikes"]].droplevel("deso")
        right = segregation(counts.to_numpy(), counts.index.tolist(), (index,))[index]
        assert answer.set_index("container")[index].sort_index().tolist() == pytest.approx(
            right.sort_index().tolist(), rel=0, abs=1e-9
        )


def test_the_notebook_prints_what_stands_in_it() -> None:
    """After a change in a cell: python -m docs.run_notebook."""
    cells = read_notebook()["cells"]
    kept = [
        [line for output in cell["outputs"] for line in output["text"]]
        for cell in cells
        if cell["cell_type"] == "code"
    ]
    assert printed(cells) == kept
    assert " Göteborg      42.3   42.3\n" in kept[-1]
