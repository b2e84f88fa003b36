"""Finds the programs that tests need; as a program, installs what is missing and can be."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from barometer.streams import run_program

MORE_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")  # not on every user's PATH


@dataclass(frozen=True, slots=True)
class Program:
    """A program by the names that it may have; the first one is its package's too.

    A `service` starts by itself on some systems when it is installed: that is done where we are
    root, as in a container, and left to the person whose machine it is elsewhere.
    """

    title: str
    names: tuple[str, ...]
    service: bool = False

    @property
    def package(self) -> str:
        """What package managers call it."""
        return self.names[0]

    def find(self) -> str | None:
        """Where it is; None when it is not installed."""
        path = os.pathsep.join((os.environ.get("PATH", os.defpath), *MORE_FOLDERS))
        return next(filter(None, (shutil.which(name, path=path) for name in self.names)), None)


CHROMIUM = Program(
    "Chromium or Chrome", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
)
NGINX = Program("nginx", ("nginx",), service=True)
LIBREOFFICE = Program("LibreOffice", ("libreoffice", "soffice"))
# LibreOffice is used where it is, and too large to be installed for two tests.
PROGRAMS = (CHROMIUM, NGINX)
# Package manager: what it is told, step by step; the package's name goes after the last one.
MANAGERS = {
    "apt-get": (("update", "-q"), ("install", "-q", "-y", "--no-install-recommends")),
    "dnf": (("install", "-y"),),
    "zypper": (("--non-interactive", "install"),),
    "pacman": (("-Sy", "--noconfirm"),),
    "apk": (("add",),),
}
ADVICE = (
    "The tests need {title} as one of {names} on PATH. Install it and run make test again: "
    "{commands}."
)


def main() -> int:
    """0 when all that must be there is there in the end; 1 with advice when a person must act."""
    return max(map(_provide, PROGRAMS))


def _provide(program: Program) -> int:
    found = program.find() or _install(program)
    if found is None:
        print(advice(program), file=sys.stderr)
        return 0 if program.service else 1
    print(f"Tests run with {found}")
    return 0


def _install(program: Program) -> str | None:
    manager = next(filter(shutil.which, MANAGERS), None)
    rights = _rights()
    if manager is None or rights is None or (program.service and rights):
        return None
    for step in _steps(manager, program):
        command = [*rights, manager, *step]
        print(f"{program.title} is missing: {' '.join(command)}", flush=True)
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL)
    return program.find()


def _steps(manager: str, program: Program) -> list[tuple[str, ...]]:
    *before, last = MANAGERS[manager]
    return [*before, (*last, program.package)]


def _rights() -> list[str] | None:
    """What goes before a package manager's command; None when it takes a password."""
    if _answers("test", "-w", "/usr/bin"):
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _answers("sudo", "-n", "true") else None


def _answers(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def advice(program: Program) -> str:
    """What a person is told who has to install it."""
    known = [manager for manager in MANAGERS if shutil.which(manager)] or list(MANAGERS)[:2]
    commands = " or ".join(f"{m} {' '.join(_steps(m, program)[-1])}" for m in known)
    names = ", ".join(program.names)
    return ADVICE.format(title=program.title, names=names, commands=commands)


if __name__ == "__main__":
    run_program(main)
