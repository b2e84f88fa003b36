"""The built wheel in an empty environment: the indices without the site, quick to import."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHAT = """
import sys, time
start = time.process_time()  # of this process: what else the machine does is left out
import barometer.indices
seconds = time.process_time() - start
lazy = {"pandas", "scipy", "dash", "geopandas", "duckdb", "sqlglot"} & set(sys.modules)
value = barometer.indices.segregation([[100, 0], [60, 40], [40, 60], [0, 100]]).iloc[0, 0]
assert abs(value - 0.6) < 1e-12, value
found = []
for name in ("dash", "geopandas", "duckdb"):
    try:
        __import__(name)
        found.append(name)
    except ImportError:
        pass
print(f"{seconds:.3f} {sorted(lazy)} {found}")
"""


def main() -> None:
    """Print what the import takes and brings; fails above 0.2 s or with the site's packages."""
    with tempfile.TemporaryDirectory() as folder:
        python = _installed(Path(folder))
        runs = [_run(python, "-c", WHAT, cwd=folder) for _ in range(5)]
    seconds = min(float(run.split()[0]) for run in runs)
    print(f"  import barometer.indices: {seconds:.3f} s of processor, best of 5 (at most 0.2)")
    print(f"  loaded at import, installed beside it: {runs[0].split(maxsplit=1)[1].strip()}")
    if seconds > 0.2 or not runs[0].strip().endswith("[] []"):
        sys.exit("the wheel brings the site along, or is slow to import")


def _installed(folder: Path) -> Path:
    """The Python of a new environment with the wheel and what it asks for."""
    source = folder / "source"
    for name in ("barometer", "etl"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = "from setuptools import build_meta; build_meta.build_wheel('..')"
    _run(Path(sys.executable), "-c", build, cwd=source)
    (wheel,) = folder.glob("*.whl")
    _run(Path(sys.executable), "-m", "uv", "venv", "-q", "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    install = (
        "-m",
        "uv",
        "pip",
        "install",
        "-q",
        "--compile-bytecode",
        "--python",
        str(python),
        str(wheel),
    )
    _run(Path(sys.executable), *install, cwd=folder)
    return python


def _run(python: Path, *arguments: str, cwd: str | Path) -> str:
    run = subprocess.run(
        [str(python), *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"{' '.join(arguments[:3])} failed:\n{run.stderr[-2000:]}")
    return run.stdout


if __name__ == "__main__":
    main()
