"""`python -m barometer package`."""

from barometer.commands.options import DataDir, Out, SnapshotFile, reading
from barometer.commands.taking import write_pieces


def package(out: Out = None, data_dir: DataDir = None, snapshot: SnapshotFile = None) -> None:
    """Write the whole data set as a Frictionless data package: a zip of described CSV files.

    Examples: `python -m barometer package --out barometer.zip`,
    `python -m barometer package --snapshot barometer-x.duckdb --out x.zip`
    """
    from barometer.catalogue import load_catalogue
    from barometer.export.package import write_package

    with reading(data_dir=data_dir, snapshot=snapshot) as reader:
        write_pieces(write_package(reader, catalogue=reader.catalogue(load_catalogue())), out=out)
