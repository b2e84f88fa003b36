"""Answers that are computed once and kept while there is room for them."""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

T = TypeVar("T")

MAX_BYTES: Final = 128_000_000  # what profiles need of a whole country takes 85 million
MAX_ENTRIES: Final = 2_000
_DEPTH: Final = 6
_FEW_CELLS: Final = 2_000  # to measure a small table takes longer than to make it
_CELL: Final = 32  # bytes


@dataclass(slots=True)
class _Entry:
    """One answer; whoever asks for another one meanwhile need not wait."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    answers: list[Any] = field(default_factory=list)
    size: int = 0


class Memo:
    """Answers by key in so many bytes, the longest unused thrown away first; for several threads.

    Keys may hold what visitors send, so that there is no end of them.
    """

    def __init__(self, *, max_bytes: int = MAX_BYTES, max_entries: int = MAX_ENTRIES) -> None:
        self._max_bytes = max_bytes
        self._max_entries = max_entries
        self._entries: OrderedDict[object, _Entry] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """The bytes that are kept, estimated."""
        return self._size

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: object, function: Callable[[], T]) -> T:
        """The answer under a key, computed when it is not there."""
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
        with entry.lock:
            if not entry.answers:
                self._fill(key, entry, function())
            answer: T = entry.answers[0]
            return answer

    def _fill(self, key: object, entry: _Entry, answer: object) -> None:
        entry.size = size_of(answer) + size_of(key)
        entry.answers.append(answer)
        with self._lock:
            if self._entries.get(key) is entry:
                self._size += entry.size
                self._evict()

    def _evict(self) -> None:
        """Throw away the longest unused; answers that are being computed have no size yet."""
        while len(self._entries) > self._max_entries or self._size > self._max_bytes:
            _, entry = self._entries.popitem(last=False)
            self._size -= entry.size


def size_of(value: object, *, depth: int = _DEPTH) -> int:
    """About how many bytes a value takes; of a long list or mapping the first hundred count."""
    if isinstance(value, pd.DataFrame):
        if value.size < _FEW_CELLS:
            return _CELL * value.size
        return int(value.memory_usage(deep=True).sum())
    if isinstance(value, pd.Series | pd.Index):
        return int(value.memory_usage(deep=True))
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    return sys.getsizeof(value) + (_inside(value, depth=depth - 1) if depth > 0 else 0)


def _inside(value: object, *, depth: int) -> int:
    if isinstance(value, Mapping):
        pairs = [part for pair in list(value.items())[:100] for part in pair]
        return _scaled(pairs, 2 * len(value), depth=depth)
    if isinstance(value, list | tuple | set | frozenset):
        return _scaled(list(value)[:100], len(value), depth=depth)
    if is_dataclass(value) and not isinstance(value, type):
        return sum(size_of(getattr(value, own.name), depth=depth) for own in fields(value))
    return 0


def _scaled(sample: list[object], length: int, *, depth: int) -> int:
    """The size of all parts, judged by some of them."""
    measured = sum(size_of(part, depth=depth) for part in sample)
    return measured * length // len(sample) if sample else 0
