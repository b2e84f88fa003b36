"""How Chromium is started for the browser tests."""

from tests.programs import CHROMIUM

NAMES = CHROMIUM.names
# Software rendering, so that the map draws on a machine without a graphics card; nothing that
# calls home.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",  # the map needs the emulated graphics card, the pages do not
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Where the browser is; None when it is not installed."""
    return CHROMIUM.find()
