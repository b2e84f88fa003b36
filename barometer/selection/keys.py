"""The address of a page, declared: its keys, what each may be, and when it is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final, Generic, Self, TypeVar
from urllib.parse import urlencode

from barometer.catalogue import Catalogue
from barometer.selection.address import (
    LANGUAGES,
    Address,
    Misunderstood,
    Reason,
    embed_of,
    whole_number,
)

V = TypeVar("V")
Read = Callable[["Asked"], Any]
_SAFE: Final = ",:;@"  # what stands between values, left as it is


@dataclass(frozen=True, slots=True)
class Asked:
    """What a key is read from: the address, the view as far as it is read, and what there is.

    `offer` is the page's own kind of offer; `catalogue` is there for pages that hand it over.
    """

    key: str
    address: Address
    view: Any
    offer: Any
    catalogue: Any

    def given(self) -> str | None:
        """The key's value, None where there is none."""
        return self.address.given(self.key)

    def items(self) -> list[str]:
        """The key's values with commas between them, each without blanks around it."""
        values = self.address.values.get(self.key, ())
        return [item for value in values for own in value.split(",") if (item := own.strip())]

    def instead(
        self, given: str, used: str, choices: Sequence[str] = (), reason: Reason = "unknown"
    ) -> str:
        """Remember that another value is used."""
        return self.address.instead(self.key, given, used, choices, reason)

    def number(
        self, choices: tuple[int, ...], *, default: int, reason: Reason = "not_offered"
    ) -> int:
        """One of some whole numbers; `reason` is that of the remark on another."""
        return whole_number(self.address, self.key, choices, default=default, unknown=reason)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an address.

    `read` gives the value of the view's field (of `fields` where it is called otherwise or there
    are several) and remarks on what it cannot follow. A key with a `start` is written only where
    the view differs from that, one without a name never: it follows from the others.
    """

    name: str
    read: Read
    start: str | Callable[[Any], str] | None = None
    fields: tuple[str, ...] = ()
    spell: Callable[[Any], str] | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of the view."""
        return self.fields or (self.name,)

    def text(self, view: Any) -> str:
        """The value as it stands in an address."""
        return self.spell(view) if self.spell else _spelt(getattr(view, self.named[0]))

    def is_written(self, view: Any) -> bool:
        """Whether the address of a view needs the key."""
        start = self.start(view) if callable(self.start) else self.start
        return bool(self.name) and self.text(view) != start


@dataclass(frozen=True, slots=True)
class Reading(Generic[V]):
    """An address as it was understood, and what of it was not."""

    view: V
    misunderstood: tuple[Misunderstood, ...] = ()


class PageView:
    """A page's view as a value, declared by the keys of its address in their order.

    Equal views show equal numbers on the page, in a link and in a file. `form` are further keys
    that are understood and never written.
    """

    __slots__ = ()
    keys: ClassVar[tuple[Key, ...]]
    form: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_query(
        cls, query: str, *, offer: Any, catalogue: Catalogue | None = None
    ) -> Reading[Self]:
        """Read an address ("?year=…", with or without "?"); never raises.

        Whatever is not understood becomes the nearest view that makes sense and a `Misunderstood`.
        """
        return cls.from_values(Address.of(query).values, offer=offer, catalogue=catalogue)

    @classmethod
    def from_values(
        cls, values: Mapping[str, Sequence[str]], *, offer: Any, catalogue: Catalogue | None = None
    ) -> Reading[Self]:
        """Read an address whose keys and values are apart already."""
        address, view = Address(values), cls.__new__(cls)
        for key in cls.keys:
            found = key.read(Asked(key.name, address, view, offer, catalogue))
            several = found if len(key.named) > 1 else (found,)
            for name, value in zip(key.named, several, strict=True):
                object.__setattr__(view, name, value)
        address.check_keys((*(key.name for key in cls.keys if key.name), *cls.form))
        whole = cls(**{own.name: getattr(view, own.name) for own in fields(cls)})  # type: ignore[arg-type]  # every view is a dataclass
        return Reading(whole, tuple(address.misunderstood))

    def to_query(self) -> str:
        """The address, with "?": `from_query` gives the same view back.

        What is shown always stands there, so that a link means the same after a refresh; how it
        is shown only where it differs from the start.
        """
        values = self.to_values()
        return "?" + urlencode(values, safe=_SAFE) if values else ""

    def to_values(self) -> dict[str, str]:
        """The keys and values of `to_query`."""
        return {key.name: key.text(self) for key in self.keys if key.is_written(self)}


def word(choices: Any, *, default: Any = None) -> Read:
    """One of some words, the most alike for an unknown one; the first of them without a default.

    Choices and default may depend on what is asked.
    """

    def read(asked: Asked) -> str:
        offered = choices(asked) if callable(choices) else choices
        start = default(asked) if callable(default) else default
        return asked.address.word(asked.key, offered, default=start or offered[0])

    return read


def number(choices: Any, *, default: Any = None, reason: Reason = "not_offered") -> Read:
    """One of some whole numbers, the nearest for another; the last of them without a default.

    `reason` is that of the remark on a number that is none of them.
    """

    def read(asked: Asked) -> int:
        offered = choices(asked) if callable(choices) else choices
        start = default(asked) if callable(default) else default
        last = offered[-1] if start is None else start
        return asked.number(offered, default=last, reason=reason)

    return read


LANG: Final = Key("lang", word(LANGUAGES), start="sv", fields=("language",))
EMBED: Final = Key("embed", lambda asked: embed_of(asked.address), start="0")


def _spelt(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)
