"""What a Dash page does by itself: a callback whose answer is the whole choropleth figure.

`python -m tests.bench.naive PUBLISHED PORT` serves it as our site is served, values and geometry
being at hand in memory.
"""

import gzip
import sys
from pathlib import Path
from typing import Any

import orjson
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

from barometer import queries
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.server import Gunicorn

LEVEL, DIVISION = "deso", "2025"


def main(published: Path, port: int) -> None:
    """Serve until stopped."""
    geometry, values = read(published)
    app = Dash("naive", add_log_handler=False, enable_mcp=False)
    app.layout = html.Div([dcc.Dropdown(list(values), id="view"), dcc.Graph(id="map")])

    @app.callback(Output("map", "figure"), Input("view", "value"))
    def draw(view: str) -> go.Figure:
        shares = values[view]
        return go.Figure(
            go.Choroplethmap(geojson=geometry, locations=list(range(len(shares))), z=shares)
        )

    Gunicorn(app.server, Settings(published.parent, "127.0.0.1", port, 2, "")).run()


def read(published: Path) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """The boundaries of DeSO, and each indicator's values of a year in their order."""
    with Store(published).reader() as reader:
        layer = queries.map_layer(reader.cursor, level=LEVEL, division=DIVISION)
        assert layer is not None
        packed = queries.map_layer_bytes(reader.cursor, layer.sha256, encoding="gzip")
        rows = reader.cursor.execute(
            "SELECT indicator_id || ' ' || year, area_id, value FROM indicator_values "
            "WHERE background = 'all' AND level = ? AND division = ?",
            [LEVEL, DIVISION],
        ).df()
    rows.columns = ["view", "area_id", "value"]
    values = {
        view: found.set_index("area_id")["value"].reindex(list(layer.area_ids)).tolist()
        for view, found in rows.groupby("view")
    }
    return orjson.loads(gzip.decompress(packed or b"")), values


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
