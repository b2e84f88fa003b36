"""`python -m barometer indicators`."""

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.taking import Format_, Limit, take


def indicators(
    limit: Limit = None,
    file_format: Format_ = None,
    out: Out = None,
    lang: Lang = "sv",
    data_dir: DataDir = None,
    snapshot: SnapshotFile = None,
) -> None:
    """Write what there is: every indicator with definition, unit, levels and years.

    Examples: `python -m barometer indicators --format json`,
    `python -m barometer indicators --lang en --out indicators.csv`
    """
    given = {
        "limit": limit,
        "lang": lang,
    }
    take("indicators", given, format_id=file_format, out=out, data_dir=data_dir, snapshot=snapshot)
