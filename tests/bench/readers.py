"""Every state of every page for every reader, where `make test` lets them take turns."""

import os
import subprocess
import sys

from tests.pipeline import ROOT

if __name__ == "__main__":
    test = "tests/browser/test_every_page.py"
    environment = {**os.environ, "EVERY_READER": "1"}
    run = subprocess.run([sys.executable, "-m", "pytest", "-q", test], cwd=ROOT, env=environment)
    sys.exit(run.returncode)
