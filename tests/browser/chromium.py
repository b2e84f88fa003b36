"""Finds Chromium for the browser tests; as a program, installs it when it is missing and can be."""

import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Software rendering, so that the map draws on a machine without a graphics card; nothing that
# calls home.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Package manager: what it is told, step by step.
MANAGERS = {
    "apt-get": (("update", "-q"), ("install", "-q", "-y", "--no-install-recommends", "chromium")),
    "dnf": (("install", "-y", "chromium"),),
    "zypper": (("--non-interactive", "install", "chromium"),),
    "pacman": (("-Sy", "--noconfirm", "chromium"),),
    "apk": (("add", "chromium"),),
}
ADVICE = (
    "The browser tests need Chromium or Chrome as one of {names} on PATH. Install it and run make "
    "test again: {commands}."
)


def find_chromium() -> str | None:
    """Where the browser is; None when it is not installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    """0 when there is a browser in the end; 1 with advice when a person must install it."""
    found = find_chromium() or _install()
    if found is None:
        print(_advice(), file=sys.stderr)
        return 1
    print(f"Browser tests run in {found}")
    return 0


def _install() -> str | None:
    manager = next(filter(shutil.which, MANAGERS), None)
    rights = _rights()
    if manager is None or rights is None:
        return None
    for step in MANAGERS[manager]:
        command = [*rights, manager, *step]
        print(f"Chromium is missing: {' '.join(command)}", flush=True)
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL)
    return find_chromium()


def _rights() -> list[str] | None:
    """What goes before a package manager's command; None when it takes a password."""
    if _answers("test", "-w", "/usr/bin"):
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _answers("sudo", "-n", "true") else None


def _answers(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _advice() -> str:
    known = [manager for manager in MANAGERS if shutil.which(manager)] or list(MANAGERS)[:2]
    commands = " or ".join(f"{manager} {' '.join(MANAGERS[manager][-1])}" for manager in known)
    return ADVICE.format(names=", ".join(NAMES), commands=commands)


if __name__ == "__main__":
    sys.exit(main())
