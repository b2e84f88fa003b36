"""Asks PyPI for known vulnerabilities in what the lock pins; as a program, fails for one.

A registry that cannot be asked is told about and fails nobody: what cannot be known here is known
wherever the same command runs with PyPI in reach.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from barometer.streams import run_program

LOCK = "requirements.lock"
OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--timeout", "10")
PATIENCE = 120  # seconds
UNREACHED = re.compile(
    r"^(requests|urllib3)\.exceptions\.|^pip_audit\._service\.|Could not connect"
)
AGAIN = "run make audit where PyPI can be asked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known: each vulnerability in a line, and what is told of the rest."""

    faults: tuple[str, ...]
    told: str


def judge(output: str, errors: str) -> Verdict:
    """What pip-audit found, by what it wrote."""
    if not output.strip():
        return _unanswered(errors)
    pins = json.loads(output)["dependencies"]
    faults = tuple(line for pin in pins for line in _vulnerabilities(pin))
    skipped = [pin["name"] for pin in pins if "skip_reason" in pin]
    named = ", ".join(skipped[:3]) + (", …" if len(skipped) > 3 else "")
    unknown = (
        f" WARNING: {len(skipped)} were not known there ({named}): {AGAIN}." if skipped else ""
    )
    asked = len(pins) - len(skipped)
    return Verdict(
        faults, f"{LOCK}: {len(faults)} known vulnerabilities in {asked} packages.{unknown}"
    )


def _vulnerabilities(pin: dict[str, object]) -> Iterator[str]:
    for found in pin.get("vulns", ()):
        mended = " or ".join(found["fix_versions"]) or "no release yet"
        yield f"{pin['name']} {pin['version']}: {found['id']}, mended in {mended}"


def _unanswered(errors: str) -> Verdict:
    last = errors.strip().rpartition("\n")[2]
    if UNREACHED.search(last):
        return Verdict((), f"WARNING: PyPI could not be asked about {LOCK}: {AGAIN}. {last[:200]}")
    return Verdict((f"pip-audit cannot read {LOCK}: {last}",), "run make lock")


def main() -> int:
    """0 when no vulnerability is known; 1 with each of them."""
    command = (sys.executable, "-m", "pip_audit", *OPTIONS, "--format", "json", "-r", LOCK)
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        verdict = judge(ran.stdout, ran.stderr)
    except subprocess.TimeoutExpired:
        verdict = judge("", f"Could not connect within {PATIENCE} s")
    if verdict.faults:
        print("\n".join(verdict.faults), file=sys.stderr)
        print("Renew the locks with make lock UPGRADE=1.", file=sys.stderr)
    print(verdict.told)
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    run_program(main)
