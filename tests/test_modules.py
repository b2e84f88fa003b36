"""The pages' ES modules, tested by the Node that comes with Playwright; browsers run them too."""

import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

FOLDER = Path(__file__).parent / "js"


def test_the_modules_do_what_their_own_tests_say() -> None:
    node, _ = compute_driver_executable()
    files = sorted(map(str, FOLDER.glob("*.test.mjs")))
    assert files
    run = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:]
