"""The emulated geodata service with one of its layers changed, for tests of what is downloaded."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import httpx
import pytest
from small_source import SmallSource, Time
from tiny_country import boundaries

from tests.emulated import wfs
from tests.emulated.app import create_emulator
from tests.emulated.faults import Faults

Change = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


def changed_service(
    monkeypatch: pytest.MonkeyPatch, frame: Change, change: Change, faults: Faults | None
) -> dict[str, Any]:
    """Where the service is and how it is asked; `frame` of `tests.emulated.wfs` is the layer."""
    monkeypatch.setattr(wfs, frame.__name__, lambda areas: change(frame(areas)))
    app = create_emulator(SmallSource(), faults=faults, boundaries=boundaries, clock=Time())
    transport = httpx.WSGITransport(app=app)
    return {"url": f"http://scb.test{wfs.WFS}", "transport": transport, "attempts": 1}
