"""A reader of the snapshot that a module publishes as `store`, and its cursor."""

from collections.abc import Iterator

import pytest

from barometer.store import Cursor, Reader, Store


@pytest.fixture
def reader(store: Store) -> Iterator[Reader]:
    with store.reader() as found:
        yield found


@pytest.fixture
def cursor(reader: Reader) -> Cursor:
    return reader.cursor
