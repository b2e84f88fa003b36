"""Colours and sizes of pictures: always light, readable on a slide and in print."""

from typing import Final

INK: Final = "#171b21"
MUTED: Final = "#4b525d"
RULE: Final = "#dcdad3"
GRID: Final = "#e6e5e0"
AXIS: Final = "#8b8f97"
SURFACE: Final = "#ffffff"
TRACK: Final = "#e9ebee"
SEA: Final = "#e6f0ef"
OTHER_LAND: Final = "#f4f2ec"
OTHER_BORDER: Final = "#bfc8c8"
HATCH_LINE: Final = "#8d949c"
HATCH_GROUND: Final = "#f3f3f1"
MOST: Final = "#dbe7f3"
HALF: Final = "#a9c5e0"
SCALE_MOST: Final = "#eaf1f8"
SCALE_HALF: Final = "#d3e2f0"
KOMMUN: Final = "#31588c"
PLACE: Final = "#b4460f"
BADGE: Final = "#fff3d6"
BADGE_INK: Final = "#5b3f00"
LOGO: Final = ("#5aa59b", "#9ad1c2", "#6f78ad", "#6b2f7f")

REGULAR: Final = 400
STRONG: Final = 600
BOLD: Final = 700
