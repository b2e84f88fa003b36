"""The address and the controls: what a changed control does to the address."""

import pytest

from barometer.ui.base.url_sync import UrlSync
from barometer.ui.pages.lab import ids
from barometer.ui.pages.lab import page as labb

URL_SYNC: UrlSync = labb.URL_SYNC


def values(**told: object) -> list[object]:
    return [told.get(key) for key in URL_SYNC.controls]


@pytest.mark.parametrize(
    ("told", "changed", "query"),
    [
        ({}, "", "?indicators=employed&areas=kommun&sort=-value&lang=en"),
        ({"areas": ["00", "0380"]}, "", "?indicators=employed&areas=00,0380&sort=-value&lang=en"),
        ({"areas": []}, "", "?indicators=employed&sort=-value&lang=en"),
        ({"sort": "label"}, ids.SORT, "?indicators=employed&areas=kommun&sort=label&lang=en"),
        ({"sort": "label"}, ids.ROWS, "?indicators=employed&areas=kommun&lang=en"),
    ],
)
def test_a_control_that_says_something_wins_and_an_emptied_one_counts(
    told: dict[str, object], changed: str, query: str
) -> None:
    search = "?indicators=employed&areas=kommun&sort=-value&lang=en"
    assert URL_SYNC.overlaid(search, values(**told), changed=changed) == query
