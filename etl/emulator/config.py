"""The answer of GET /config."""

from typing import Any

from etl.emulator.limits import Limits

API_VERSION = "2.3.2"
DATA_FORMATS = ("json-stat2",)  # SCB also has csv, px, xlsx, html and json-px
LANGUAGES = {"en": "English", "sv": "Svenska"}


def config_answer(limits: Limits, *, synthetic: bool, extract: bool = False) -> dict[str, Any]:
    """What SCB answers, with this server's limits and formats; what is no SCB says so."""
    features = [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}]
    answer: dict[str, Any] = {
        "apiVersion": API_VERSION,
        "appVersion": "emulator",
        "languages": [{"id": code, "label": name} for code, name in LANGUAGES.items()],
        "defaultLanguage": "sv",
        "maxDataCells": limits.cells,
        "maxCallsPerTimeWindow": limits.calls,
        "timeWindow": round(limits.window),
        "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
        "sourceReferences": [
            {"language": "en", "text": "Source: Statistics Sweden"},
            {"language": "sv", "text": "Källa: SCB"},
        ],
        "defaultDataFormat": DATA_FORMATS[0],
        "dataFormats": list(DATA_FORMATS),
        "features": features,
    }
    if extract:
        features.append({"id": "extract", "params": [{"key": "enabled", "value": "True"}]})
    if not synthetic:
        return answer
    features.append({"id": "synthetic", "params": [{"key": "enabled", "value": "True"}]})
    answer["sourceReferences"] = [
        {"language": "en", "text": "Synthetic data, not statistics"},
        {"language": "sv", "text": "Syntetiska data, inte statistik"},
    ]
    return answer
