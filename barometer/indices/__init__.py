from barometer.indices.entry import local_values, segregation
from barometer.indices.index import Index, Text
from barometer.indices.panel import index_panel
from barometer.indices.registry import INDICES

__all__ = ["INDICES", "Index", "Text", "index_panel", "local_values", "segregation"]
