"""Measurements that `make bench` and `make scale` run, each section in a process of its own."""

import subprocess
import sys
from collections.abc import Mapping, Sequence


def run_sections(package: str, sections: Mapping[str, str], asked: Sequence[str]) -> int:
    """Run those asked for, or all; 0 when all went well, else how many failed, 2 when unknown.

    A section is a module of the package that prints a table; its value says what it measures.
    """
    if unknown := [name for name in asked if name not in sections]:
        print(f"No section {', '.join(unknown)}; there are {', '.join(sections)}", file=sys.stderr)
        return 2
    failed = 0
    for name in asked or sections:
        print(f"\n{name}: {sections[name]}\n", flush=True)
        run = subprocess.run([sys.executable, "-m", f"{package}.{name}"], check=False)
        failed += run.returncode > 0
    return failed
