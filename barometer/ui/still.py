"""What never changes by itself goes to the browser as HTML instead of as components.

Dash makes each component of an answer an instance that it tells of every change; a page of tables
and menus has more than a thousand, which take seconds. Here an element in which nothing has an id
becomes one component, drawn by assets/23-still.js as the same element with the same inside. What a
reader opens or scrolls stays a component, handled by Dash as any other.
"""

from copy import copy
from typing import Any

from dash.development.base_component import Component

from barometer.ui.markup import markup, props_of


class Still(Component):
    """One HTML element: its tag, its attributes as Dash names them, and its inside as HTML."""

    _children_props: list[str] = []  # noqa: RUF012 - as Dash declares it
    _base_nodes: list[str] = ["children"]  # noqa: RUF012
    _namespace = "barometer"  # a package that is there: Dash imports it for each attribute
    _type = "Still"

    def __init__(self, tag: str, attributes: dict[str, Any], inside: str) -> None:
        self._prop_names = ["tag", "attributes", "inside"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(tag=tag, attributes=attributes, inside=inside)


def stilled(part: Any) -> Any:
    """The same parts, with one `Still` for each outermost element that callbacks cannot reach."""
    if isinstance(part, list | tuple):
        return [stilled(child) for child in part]
    inside = getattr(part, "children", None)
    if not isinstance(part, Component) or not _has_components(inside):
        return part
    if _is_still(part):
        props = props_of(part)
        inside = markup(props.pop("children"), site="")
        return Still(part._type.lower(), props, inside)
    kept = copy(part)
    kept.children = stilled(inside)
    return kept


def _has_components(inside: Any) -> bool:
    parts = inside if isinstance(inside, list | tuple) else [inside]
    return any(isinstance(part, Component | list | tuple) for part in parts)


def _is_still(part: Any) -> bool:
    """Whether it is text, or HTML in which no element has an id or is opened or scrolled."""
    if isinstance(part, list | tuple):
        return all(map(_is_still, part))
    if not isinstance(part, Component):
        return True
    plain = part._namespace == "dash_html_components" and part._type != "Details"
    reached = hasattr(part, "id") or hasattr(part, "tabIndex")
    return plain and not reached and _is_still(getattr(part, "children", None))
