"""What a section needs beside the development lock, installed in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("TEST_CACHE", ".pytest_cache")).absolute() / "scale"


def installed(*requirements: str) -> Path | None:
    """The folder that Python now finds the packages in too; None, and a sentence, without them.

    It comes after what is installed already, here and in programs that are started from here.
    """
    folder = CACHE / requirements[0].partition("[")[0].replace("==", "-")
    install = ("-m", "uv", "pip", "install", "-q", "--target", str(folder), *requirements)
    run = subprocess.run([sys.executable, *install], capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"  {', '.join(requirements)} could not be installed: {run.stderr.strip()[-500:]}")
        return None
    sys.path.append(str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[1:])
    return folder
