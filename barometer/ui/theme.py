"""Colours and type as values: for the component library and for Plotly.

The style sheet has the same colours as custom properties (assets/10-tokens.css); what needs a
value in Python stands here.
"""

from collections.abc import Iterable
from typing import Any, Final

from barometer.fonts import STACK

ACCENT: Final = (
    "#eef3fa",
    "#dce6f3",
    "#b9cce6",
    "#93b0d8",
    "#7097ca",
    "#5580b8",
    "#416ba3",
    "#31588c",
    "#244674",
    "#18345b",
)
ROLE_COLOURS: Final[dict[str, str]] = {
    "area": "#b4460f",
    "kommun": "#31588c",
    "lan": "#3f6f5c",
    "riket": "#5d626b",
    "counterpart": "#b4460f",
    "carried": "#b4460f",
}
ROLE_DASHES: Final[dict[str, str]] = {
    "area": "solid",
    "kommun": "solid",
    "lan": "dash",
    "riket": "dot",
    "counterpart": "solid",
    "carried": "dot",
}
MANTINE: Final[dict[str, Any]] = {
    "fontFamily": STACK,
    "headings": {"fontFamily": STACK, "fontWeight": "600"},
    "colors": {"accent": list(ACCENT)},
    "primaryColor": "accent",
    "primaryShade": {"light": 7, "dark": 4},
    "defaultRadius": "sm",
    "cursorType": "pointer",
    "respectReducedMotion": True,
    "fontSizes": {"xs": "0.875rem", "sm": "0.875rem", "md": "1rem"},
}


def template() -> dict[str, Any]:
    """Plotly's template: transparent, quiet, readable on light and dark ground."""
    axis = {
        "gridcolor": "rgba(128,132,140,0.28)",
        "linecolor": "rgba(128,132,140,0.6)",
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "color": "#7c8088",
    }
    return {
        "layout": {
            "font": {"family": STACK, "size": 14, "color": "#7c8088"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis,
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
            "hoverlabel": {"font": {"family": STACK, "size": 14}},
            "showlegend": False,
        }
    }


def year_axis(years: Iterable[int], *, most: int = 7) -> dict[str, Any]:
    """An axis of whole years: at most `most` steps, the last year named, and no year twice.

    Its ends are stated, or a name at a line's end would widen it with years that are not there.
    """
    found = [int(year) for year in years] or [0]
    first, last = min(found), max(found)
    edge = min(0.04 * (last - first), 0.9) or 0.5
    return {
        "tickformat": "d",
        "dtick": max(1, -(-(last - first) // most)),
        "tick0": last,
        "range": [first - edge, last + edge],
    }
