"""The placeholders of a template: what they may name."""

from collections.abc import Sequence
from pathlib import Path

from barometer.documents.files import DocumentError
from barometer.documents.model import Briefing


def check_keys(keys: Sequence[str], briefing: Briefing, path: Path) -> None:
    """Refuse a template that names nothing, or something that is not there."""
    known = ", ".join(f"{{{{barometer:{key}}}}}" for key in briefing.keys)
    if not keys:
        raise DocumentError(f"{path} has no placeholders: write any of {known} where it should be")
    unknown = [key for key in dict.fromkeys(keys) if key not in briefing.keys]
    if unknown:
        names = ", ".join(f"{{{{barometer:{key}}}}}" for key in unknown)
        raise DocumentError(f"{path} names {names}, which is not known: use any of {known}")
