"""`python -m barometer index`."""

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.questions import Area, Grouping, Index, Level, Units, Within, Year
from barometer.commands.taking import Format_, Limit, take


def index(
    grouping: Grouping = None,
    index: Index = None,
    units: Units = None,
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
    """Write segregation measures, with interval, what chance gives and caution.

    Examples: `python -m barometer index --grouping birth_region --area 0180,0380 --out c.csv`,
    `python -m barometer index --grouping low_standard --index dissimilarity --level kommun`
    """
    given = {
        "grouping": grouping,
        "index": index,
        "units": units,
        "level": level,
        "year": year,
        "area": area,
        "within": within,
        "limit": limit,
        "lang": lang,
    }
    take("indices", given, format_id=file_format, out=out, data_dir=data_dir, snapshot=snapshot)
