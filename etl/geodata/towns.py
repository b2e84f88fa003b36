"""Sweden's towns from SCB's geodata service: localities (tätorter), as points with their residents.

They name maps and feed the search; their residents order them and are not published.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from etl.fetch.bronze import write_atomically
from etl.geodata.outlines import in_sweden
from etl.geodata.wfs import GeodataError, open_service
from etl.text import clean_label

TOWNS: Final = "towns.csv"
COLUMNS: Final = ("name", "lat", "lon", "population", "id")
_LAYER: Final = "stat:Tatorter_2023"
_CODE, _NAME, _RESIDENTS = "tatortskod", "tatort", "bef"
_SHARE_UNUSABLE: Final = 0.5  # of the records: more than bad records means a bad layer


def download_towns(
    path: Path,
    *,
    url: str,
    on_progress: Callable[[str], None],
    noted: Callable[[str], None],
    **options: Any,
) -> None:
    """Keep the towns as CSV with COLUMNS (degrees, EPSG:4326), largest first; once.

    `noted` hears of records that are left out; `options` are those of `open_service`.

    Raises:
        GeodataError: the layer cannot be had, or most of it cannot be used.
    """
    if path.is_file():
        return
    on_progress(_LAYER)
    with open_service(url, **options) as service:
        towns, _ = service.fetch(_LAYER, code=_CODE, check=lambda layer: _towns(layer, noted))
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(towns.loc[:, list(COLUMNS)].itertuples(index=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.getvalue().encode())


def _towns(layer: gpd.GeoDataFrame, noted: Callable[[str], None]) -> pd.DataFrame:
    lacking = {_NAME, _RESIDENTS} - set(layer.columns)
    if lacking:
        raise GeodataError(f"{_LAYER} has no attribute {' and '.join(sorted(lacking))}")
    layer = layer.assign(
        id=[clean_label(str(code)) for code in layer[_CODE]],
        name=[clean_label(str(name)) if isinstance(name, str) else "" for name in layer[_NAME]],
        population=pd.to_numeric(layer[_RESIDENTS], errors="coerce"),
    )
    shaped = layer.geometry.notna() & ~layer.geometry.is_empty & layer.geometry.is_valid
    good = shaped & in_sweden(layer.geometry.to_numpy()) & (layer["name"] != "")
    good &= (layer["population"] >= 0) & ~layer["id"].duplicated()
    if not len(layer) or good.mean() < _SHARE_UNUSABLE:
        raise GeodataError(
            f"{_LAYER} cannot be used: {len(layer) - int(good.sum())} of its {len(layer)} records "
            "have no name, residents or outline in Sweden"
        )
    if not good.all():
        codes = ", ".join(layer.loc[~good, "id"].head(5))
        noted(f"{_LAYER}: {int((~good).sum())} records cannot be used ({codes})")
    towns = layer[good].sort_values(["population", "id"], ascending=[False, True])
    middle = towns.geometry.centroid
    inside = middle.where(middle.within(towns.geometry), towns.geometry.representative_point())
    points = inside.to_crs(4326)
    return pd.DataFrame(towns.drop(columns=towns.geometry.name)).assign(
        population=towns["population"].astype(int), lat=points.y.round(5), lon=points.x.round(5)
    )
