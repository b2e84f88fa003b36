"""Colours and sizes of pictures: light, for slides and print; a page's maps can be dark."""

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
BORDER: Final = "#5f6b78"
KOMMUN: Final = "#31588c"
PLACE: Final = "#b4460f"
OVER: Final = "#7a1fa2"
BADGE: Final = "#fff3d6"
BADGE_INK: Final = "#5b3f00"
LOGO: Final = ("#5aa59b", "#9ad1c2", "#6f78ad", "#6b2f7f")

# What a map that stands on a dark page has in place of the light colours.
DARK_MAP: Final[dict[str, str]] = {
    SURFACE: "#0e1319",  # borders between areas, and around names
    INK: "#f4f6f9",
    MUTED: "#b4bcc8",
    SEA: "#0e1319",
    OTHER_LAND: "#20262e",
    OTHER_BORDER: "#3a424d",
    HATCH_LINE: "#6d7682",
    HATCH_GROUND: "#171c22",
    BORDER: "#b4bcc8",
    PLACE: "#f08a4f",
    OVER: "#d9a5ff",
}

REGULAR: Final = 400
STRONG: Final = 600
BOLD: Final = 700
