"""Runs the notebook of this folder and keeps what it prints: `python -m docs.run_notebook`.

Without Jupyter: its cells are plain Python that prints.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any, Final

NOTEBOOK: Final = Path(__file__).parent / "reproduce.ipynb"


def read_notebook() -> dict[str, Any]:
    """The notebook as it is kept, cells and outputs."""
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return found


def printed(cells: list[dict[str, Any]]) -> list[list[str]]:
    """The lines that each code cell prints, run in order in the notebook's folder."""
    names: dict[str, Any] = {"__name__": "__main__"}
    before, lines = Path.cwd(), []
    os.chdir(NOTEBOOK.parent)
    try:
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec("".join(cell["source"]), names)
            lines.append(out.getvalue().splitlines(keepends=True))
    finally:
        os.chdir(before)
    return lines


def main() -> None:
    """Run every cell and write its output beside it."""
    notebook = read_notebook()
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, (cell, lines) in enumerate(zip(code, printed(code), strict=True), 1):
        told = {"name": "stdout", "output_type": "stream", "text": lines}
        cell |= {"execution_count": number, "outputs": [told] if lines else []}
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    NOTEBOOK.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
