"""`python -m barometer snapshot`."""

from barometer.commands.options import DataDir, Lang, Out, SnapshotFile
from barometer.commands.taking import Format_, Limit, take


def snapshot(
    limit: Limit = None,
    file_format: Format_ = None,
    out: Out = None,
    lang: Lang = "sv",
    data_dir: DataDir = None,
    snapshot: SnapshotFile = None,
) -> None:
    """Write which data set is read: id, origin, when it was built and what it lacks.

    Examples: `python -m barometer snapshot`, `python -m barometer snapshot --format json`
    """
    given = {
        "limit": limit,
        "lang": lang,
    }
    take("snapshot", given, format_id=file_format, out=out, data_dir=data_dir, snapshot=snapshot)
