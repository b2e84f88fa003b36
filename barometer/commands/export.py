"""`python -m barometer export`."""

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.questions import Area, Background, Indicator, Level, Within, Year
from barometer.commands.taking import Format_, Limit, take


def export(
    indicator: Indicator,
    background: Background = None,
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
    """Write indicator values, an area and year a row.

    Examples: `python -m barometer export --indicator low_standard --level deso --out a.csv`,
    `python -m barometer export --indicator employed --within 0180 --year 2020-2024 --out b.xlsx`

    Every month, from cron:
    `0 6 2 * * python -m barometer export --indicator employed --data-dir /srv/b --out /srv/a.csv`
    """
    given = {
        "indicator": indicator,
        "background": background,
        "level": level,
        "year": year,
        "area": area,
        "within": within,
        "limit": limit,
        "lang": lang,
    }
    take("values", given, format_id=file_format, out=out, data_dir=data_dir, snapshot=snapshot)
