"""`python -m barometer areas`."""

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.questions import Area, Level, Within, Year
from barometer.commands.taking import Format_, Limit, take


def areas(
    level: Level = None,
    year: Year = None,
    area: Area = None,
    within: Within = None,
    limit: Limit = None,
    file_format: Format_ = None,
    out: Out = None,
    lang: Lang = "sv",
    data_dir: DataDir = None,
    snapshot: SnapshotFile = None,
) -> None:
    """Write the register of areas; with boundaries as geojson or gpkg.

    Examples: `python -m barometer areas --level kommun`,
    `python -m barometer areas --level regso --year 2024 --within 0180 --out stockholm.gpkg`
    """
    given = {
        "level": level,
        "year": year,
        "area": area,
        "within": within,
        "limit": limit,
        "lang": lang,
    }
    take("areas", given, format_id=file_format, out=out, data_dir=data_dir, snapshot=snapshot)
