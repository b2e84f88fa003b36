"""A place in this data version beside the same place in the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from barometer.catalogue import Indicator
from barometer.indices.noise import ASSUMED, share_noise, smallest_change
from barometer.queries.own_areas import with_own_areas
from barometer.queries.versions import last_types, members_of, place_figures, stored_signals
from barometer.selection.own import own_tokens
from barometer.store import DamagedSnapshotError, Reader
from barometer.ui.pages.place import words
from barometer.ui.pages.place.signals import signals_frame
from barometer.ui.pages.place.state import PlaceState
from barometer.wording import versions as wording

_DECIMAL: Final = 0.001  # the step of a share that is published in per cent with one decimal
_WHOLE: Final = 0.01  # and of one in whole per cents


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs from the data version `before`: a row a finding, by the columns it has."""

    before: str
    rows: tuple[dict[str, Any], ...]


def compared(state: PlaceState) -> Compared | None:
    """The findings; None where no earlier data version that can be read is kept here."""
    try:
        with state.context.store.earlier(state.reader) as bare:
            if bare is None:
                return None
            tokens, language = own_tokens(state.query), state.language
            with with_own_areas(
                bare, tokens, catalogue=state.catalogue, language=language
            ) as earlier:
                rows = (*_figures(state, earlier), *_signals(state, earlier))
                return Compared(bare.snapshot.snapshot_id, (*rows, *_types(state, earlier)))
    except DamagedSnapshotError:
        return None


def _figures(state: PlaceState, earlier: Reader) -> Iterator[dict[str, Any]]:
    """New years and revised figures of the place; none where it was redrawn since."""
    area_id = state.area.area_id
    if members_of(earlier.cursor, area_id) != members_of(state.reader.cursor, area_id):
        return
    before, now = (place_figures(r.cursor, area_id) for r in (earlier, state.reader))
    both = now.merge(before, on=["indicator_id", "year"], how="left", suffixes=("", "_before"))
    for indicator_id, part in both.groupby("indicator_id", sort=False):
        indicator = state.catalogue.indicators.get(str(indicator_id))
        known = part["value_before"].notna()
        if indicator is None or indicator.categories or not known.any():
            continue
        latest = part[known].iloc[-1]
        new = part[~known & (part["year"] > latest["year"])]
        if len(new):
            yield _new_years(state, indicator, latest, new)
        revised = part[known & ~np.isclose(part["value"], part["value_before"], rtol=1e-9)]
        if len(revised):
            yield _revised(state, indicator, revised)


def _new_years(
    state: PlaceState, indicator: Indicator, latest: Any, new: pd.DataFrame
) -> dict[str, Any]:
    newest = new.iloc[-1]
    amounts = (float(latest["value_before"]), float(newest["value"]))
    years = [int(year) for year in new["year"]]
    text = wording.new_years_sentence(indicator, years, amounts=amounts, language=state.language)
    return _row(state, "year", indicator, int(newest["year"]), amounts, text)


def _revised(state: PlaceState, indicator: Indicator, revised: pd.DataFrame) -> dict[str, Any]:
    apart = (revised["value"] - revised["value_before"]).abs()
    most = revised.iloc[int(apart.to_numpy().argmax())]
    amounts = (float(most["value_before"]), float(most["value"]))
    first = state.catalogue.perturbed.get(indicator.indicator_id)
    noise = noise_of(most, perturbed_from=first) if indicator.is_share else None
    text = wording.revised_sentence(
        indicator,
        n=len(revised),
        year=int(most["year"]),
        amounts=amounts,
        noise=noise,
        language=state.language,
    )
    row = _row(state, "values", indicator, int(most["year"]), amounts, text)
    return row | {"noise": np.nan if noise is None else noise}


def noise_of(row: Any, *, perturbed_from: int | None) -> float | None:
    """Half the 95 % interval of a share's difference between versions, in percentage points.

    Of what perturbation (in the years from `perturbed_from` on) and rounding give to both figures;
    None where persons are not known.
    """
    spreads = []
    for end in ("_before", ""):
        total, group, value = (
            float(row[f"{n}{end}"]) for n in ("denominator", "numerator", "value")
        )
        if np.isnan(total) or total <= 0:
            return None
        counted = not np.isnan(group)
        step = 0.0 if counted else (_WHOLE if value == round(value) else _DECIMAL)
        noisy = perturbed_from is not None and int(row["year"]) >= perturbed_from
        key = ASSUMED if noisy else None
        group = group if counted else value * total / 100
        spreads.append(share_noise(group, total, key=key, step=step))
    return 100 * float(smallest_change(*spreads))


def _row(
    state: PlaceState,
    kind: str,
    indicator: Indicator,
    year: int,
    amounts: tuple[float, float],
    text: str,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "area_id": state.area.area_id,
        "label": state.area.label,
        "indicator_id": indicator.indicator_id,
        "year": year,
        "earlier_value": amounts[0],
        "later_value": amounts[1],
        "text": text,
    }


def _signals(state: PlaceState, earlier: Reader) -> Iterator[dict[str, Any]]:
    """Signals that came, went or turned, by the same rules in both data versions."""
    shown = state.once(signals_frame)
    labels = dict(zip(shown["area_id"], shown["label"], strict=True))
    before, now = (_told_signals(state, r, tuple(labels)) for r in (earlier, state.reader))
    both = now.merge(before, on="area_id", suffixes=("", "_before"))
    both = both.dropna(subset=["course", "course_before"])
    for row in both[both["course"] != both["course_before"]].to_dict("records"):
        courses = (int(row["course_before"]), int(row["course"]))
        text = wording.signal_turned_sentence(
            labels[row["area_id"]],
            courses=courses,
            year=int(row["year"]),
            size=(row["change"], row["margin"]),
            language=state.language,
        )
        yield {
            "kind": "signal",
            "area_id": row["area_id"],
            "label": labels[row["area_id"]],
            "year": int(row["year"]),
            "text": text,
            "signal_change": row["change"],
            "signal_margin": row["margin"],
        }


def _told_signals(state: PlaceState, reader: Reader, area_ids: tuple[str, ...]) -> pd.DataFrame:
    """The signals of a data version: by the reader's own rules, else those that it has stored.

    Columns as `stored_signals`.
    """
    if not state.profile.signals.is_own:
        return stored_signals(reader.cursor, area_ids)
    found = signals_frame(replace(state, reader=reader))
    names = {"signal_change": "change", "signal_margin": "margin"}
    told = found[found["area_id"].isin(area_ids)].rename(columns=names)
    return told[["area_id", "year", "course", "change", "margin"]]


def _types(state: PlaceState, earlier: Reader) -> Iterator[dict[str, Any]]:
    shown = state.once(signals_frame)
    labels = dict(zip(shown["area_id"], shown["label"], strict=True))
    before, now = (last_types(r.cursor, tuple(labels)) for r in (earlier, state.reader))
    both = now.merge(before, on="area_id", suffixes=("", "_before"))
    for row in both[both["area_type"] != both["area_type_before"]].to_dict("records"):
        label = labels[row["area_id"]]
        text = words.TYPE_CHANGED[state.language].format(
            label=label, before=row["area_type_before"], now=row["area_type"], year=row["year"]
        )
        yield {
            "kind": "type",
            "area_id": row["area_id"],
            "label": label,
            "year": int(row["year"]),
            "text": text,
        }
