"""Finds the programs that tests need; as a program, installs what is missing and can be."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

MORE_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")  # not on every user's PATH


@dataclass(frozen=True, slots=True)
class Program:
    """A program by the names that it may have; the first one is its package's too."""

    title: str
    names: tuple[str, ...]

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
NGINX = Program("nginx", ("nginx",))
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
    """0 when everything is there in the end; 1 with advice when a person must install it."""
    return max(map(_provide, PROGRAMS))


def _provide(program: Program) -> int:
    found = program.find() or _install(program)
    if found is None:
        print(_advice(program), file=sys.stderr)
        return 1
    print(f"Tests run with {found}")
    return 0


def _install(program: Program) -> str | None:
    manager = next(filter(shutil.which, MANAGERS), None)
    rights = _rights()
    if manager is None or rights is None:
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


def _advice(program: Program) -> str:
    known = [manager for manager in MANAGERS if shutil.which(manager)] or list(MANAGERS)[:2]
    commands = " or ".join(f"{m} {' '.join(_steps(m, program)[-1])}" for m in known)
    names = ", ".join(program.names)
    return ADVICE.format(title=program.title, names=names, commands=commands)


if __name__ == "__main__":
    sys.exit(main())
