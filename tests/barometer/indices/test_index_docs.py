"""The pages of docs/ are those that the registry of indices gives."""

from pathlib import Path

from barometer.indices import INDICES
from docs.generate import pages

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
