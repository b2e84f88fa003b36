"""Pages whose address owns their state: the address and the controls say the same thing.

The address, with a changed control's value laid over it, is read as a view. Controls, title,
remarks and sections follow from the view as it was understood.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from dash import dcc, html, no_update
from dash.development.base_component import Component

from barometer.selection.address import Address
from barometer.ui.base.state import PageState
from barometer.ui.markup import aria
from barometer.ui.parts import notice

StateT = TypeVar("StateT", bound=PageState[Any])
Property = tuple[str, str]


class Ids(Protocol):
    """The components that every such page has; a page's module `ids` is one."""

    @property
    def URL(self) -> str: ...  # noqa: N802, D102
    @property
    def ASKED(self) -> str: ...  # noqa: N802, D102
    @property
    def ANNOUNCE(self) -> str: ...  # noqa: N802, D102
    @property
    def TITLE(self) -> str: ...  # noqa: N802, D102
    @property
    def NOTICE(self) -> str: ...  # noqa: N802, D102


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlSync(Generic[StateT]):
    """A page's address: its controls by the address's key, and what else follows from it.

    A control has the value that the address has for its key, unless `values_of` gives it another.
    `resets` has the keys that a change of a control makes void, by the control. `rewrite` makes the
    address's keys of the controls', where a control is part of a key's value.
    """

    ids: Ids
    controls: Mapping[str, Property]
    follows: Mapping[Property, Callable[[StateT], Any]]
    remarks: Callable[[StateT], Sequence[str]]
    title: Callable[[StateT], str] = attrgetter("title")
    values_of: Mapping[str, Callable[[StateT], Any]] = field(default_factory=dict)
    resets: Mapping[str, str] = field(default_factory=dict)
    rewrite: Callable[[dict[str, str]], dict[str, str]] = dict

    @property
    def outputs(self) -> tuple[Property, ...]:
        """Every property that follows from the address, in the order of `values`."""
        ids = self.ids
        said = ((ids.TITLE, "children"), (ids.NOTICE, "children"), (ids.ANNOUNCE, "children"))
        address = (ids.URL, "search")
        return (address, *self.controls.values(), *self.follows, *said, (ids.ASKED, "data"))

    def values(
        self,
        state: StateT,
        *,
        by_control: bool,
        asked: str | None = None,
        given: Sequence[Any] = (),
    ) -> tuple[Any, ...]:
        """The values of `outputs`; a control's own consequences are not remarked on.

        Where the address says what has been asked for already, what is shown stays as it is; so
        does a control that has its value as `given`: drawing it again takes the browser long.
        """
        title = self.title(state)
        remarks = notice(() if by_control else self.remarks(state), language=state.language)
        if asked == state.query and not by_control:
            same = [no_update] * (len(self.controls) + len(self.follows) + 1)
            return (state.query, *same, remarks, title, no_update)
        controls = [self._value(state, key) for key in self.controls]
        if given:
            pairs = zip(controls, given, strict=True)
            controls = [no_update if value == now else value for value, now in pairs]
        follows = [follow(state) for follow in self.follows.values()]
        return (state.query, *controls, *follows, title, remarks, title, state.query)

    def _value(self, state: StateT, key: str) -> Any:
        if key in self.values_of:
            return self.values_of[key](state)
        own = getattr(state.address, key)
        return list(own) if isinstance(own, tuple) else str(own)

    def overlaid(self, search: str | None, values: Sequence[Any], *, changed: str = "") -> str:
        """The address with the controls' values in place of its own; an emptied control counts."""
        own = {key: given[-1] for key, given in Address.of(search or "").values.items()}
        payload = {
            key: ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
            for key, value in zip(self.controls, values, strict=True)
            if value is not None
        }
        payload |= {self.resets[changed]: ""} if changed in self.resets else {}
        both = {key: value for key, value in self.rewrite(own | payload).items() if value}
        return "?" + urlencode(both, safe=",")


def head(ids: Ids, *stores: str, asked: str | None = None) -> list[Component]:
    """What a page has before anything that is seen; `asked` is what it shows from the start."""
    return [
        dcc.Location(id=ids.URL, refresh=False),
        dcc.Store(id=ids.ASKED, data=asked),
        *[dcc.Store(id=store) for store in stores],
        html.Div(id=ids.ANNOUNCE, className="unseen", role="status", **aria(live="polite")),
    ]
