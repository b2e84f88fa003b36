"""Attributes whose names Python cannot spell."""

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """`aria(label="Karta")` as `aria-label`."""
    return {f"aria-{name}": value for name, value in said.items()}


def data(**said: str) -> dict[str, Any]:
    """`data(close_panel="")` as `data-close-panel`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in said.items()}
