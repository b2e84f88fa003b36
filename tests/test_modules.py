"""The pages' ES modules, tested by Node where it is installed; Chromium runs them in any case."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
FOLDER = Path(__file__).parent / "js"


@pytest.mark.skipif(NODE is None, reason="Node is not installed: the browser tests run the modules")
def test_the_modules_do_what_their_own_tests_say() -> None:
    assert NODE is not None
    files = sorted(map(str, FOLDER.glob("*.test.mjs")))
    assert files
    run = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:]
