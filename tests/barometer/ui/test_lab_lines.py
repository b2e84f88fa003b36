"""The lab's lines have names and a finding; a filter that leaves nothing is named."""

from itertools import pairwise

import pytest

from barometer.ui.context import Context
from barometer.ui.pages.lab import charts, figures
from barometer.ui.pages.lab import page as labb
from barometer.ui.pages.lab import state as view
from tests.barometer.ui.callbacks import said

NB = "\u00a0"
KOMMUNER = "?indicators=low_standard_children&areas=kommun"


def drawn(context: Context, query: str) -> str:
    with context.store.reader() as reader:
        return said(labb.figure_part(view.resolve(context, reader, query)))


def test_a_filter_that_leaves_no_rows_is_named(context: Context) -> None:
    lost = drawn(context, KOMMUNER + "&view=line&find=nowhere")
    assert "Inget av de valda områdena har ”nowhere” i sitt namn, sin kommun eller sin kod." in lost
    high = drawn(context, KOMMUNER + "&view=bar&only=>99")
    assert "Inget värde för de valda områdena, åren och grupperna uppfyller ”>99”." in high
    both = drawn(context, "?indicators=employed&areas=lan&view=line&only=>99&lang=en")
    assert "The indicators have no figures" in both  # without the filter too


def test_lines_have_their_names_at_their_ends_and_a_finding_as_title(context: Context) -> None:
    with context.store.reader() as reader:
        state = view.resolve(context, reader, KOMMUNER + "&view=line")
        chart = next(charts.line_charts(state))
    assert chart.finding == (
        f"Låg ekonomisk standard, barn 0–19 år 2024: Stockholm högst med 22{NB}%,"
        f" Upplands Väsby lägst med 18{NB}%"
    )
    names = {note.text: note for note in chart.figure.layout.annotations}
    assert set(names) == {"Stockholm", "Upplands Väsby", "Uppsala"}
    pixels = sorted(
        -note.ay + note.y / chart.figure.layout.yaxis.range[1] * 290 for note in names.values()
    )
    assert all(after - before >= 18 - 1e-9 for before, after in pairwise(pixels))
    assert chart.key == ()
    assert chart.figure.layout.margin.r > 24


def test_lines_that_cannot_be_named_have_a_key(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_NAMED", 2)
    with context.store.reader() as reader:
        chart = next(charts.line_charts(view.resolve(context, reader, KOMMUNER + "&view=line")))
    assert [name for name, _ in chart.key] == ["Upplands Väsby", "Stockholm", "Uppsala"]
    assert not chart.figure.layout.annotations
