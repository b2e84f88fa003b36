"""The audit fails for a vulnerability, and for a registry that cannot be asked it warns."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import audit

CLEAN = {"name": "flask", "version": "3.1.0", "vulns": []}
VULNERABLE = {
    "name": "old",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1", "2.0"], "aliases": []}],
}
UNKNOWN = {"name": "new", "skip_reason": "Dependency not found on PyPI"}


def written(*pins: object) -> str:
    return json.dumps({"dependencies": pins, "fixes": []})


def run(monkeypatch: pytest.MonkeyPatch, output: str, errors: str = "") -> int:
    ran = subprocess.CompletedProcess((), 0, output, errors)
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: ran)
    return audit.main()


def test_a_vulnerability_fails_with_its_name_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, written(CLEAN, VULNERABLE, UNKNOWN)) == 1
    said = capsys.readouterr().err
    assert "old 1.0: PYSEC-2026-1, mended in 1.1 or 2.0" in said
    assert "make lock UPGRADE=1" in said


def test_no_vulnerability_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, written(CLEAN)) == 0
    assert capsys.readouterr().out == "requirements.lock: 0 known vulnerabilities in 1 packages.\n"


def test_what_the_registry_does_not_know_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, written(CLEAN, UNKNOWN)) == 0
    said = capsys.readouterr().out
    assert "in 1 packages. WARNING: 1 were not known there (new): run make audit where" in said


def test_a_registry_that_cannot_be_asked_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "", "Traceback\nrequests.exceptions.ProxyError: Unable to connect") == 0
    assert "WARNING: PyPI could not be asked about requirements.lock" in capsys.readouterr().out


def test_a_lock_that_cannot_be_read_is_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "", "ERROR:pip_audit._cli:requirement a==1 has no hash") == 1


def test_pip_audit_itself_is_understood(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real program, with nobody to ask."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    options = (*audit.OPTIONS, "--cache-dir", str(tmp_path), "--format", "json")
    command = (sys.executable, "-m", "pip_audit", *options, "-r", audit.LOCK)
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert audit.judge(ran.stdout, ran.stderr).faults == ()
    assert "WARNING: PyPI could not be asked" in audit.judge(ran.stdout, ran.stderr).told
