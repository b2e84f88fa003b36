"""What actors share, in sentences."""

from collections.abc import Sequence

import pandas as pd

from barometer.catalogue import Text
from barometer.divisions import Language
from barometer.wording.numbers import enumerated, uncapitalised


def lens_sentence(*, n: int, partners: Sequence[tuple[str, int]], language: Language) -> str:
    """How many indicators the actor has and with whom it shares most; ties are all named."""
    most = max((count for _, count in partners), default=0)
    noun = Text("indikator" if n == 1 else "indikatorer", "indicator" if n == 1 else "indicators")
    lead = Text(
        f"{n} {noun.sv} rör uppdraget.",
        f"{n} {noun.en} {'bears' if n == 1 else 'bear'} on the task.",
    )[language]
    if not most:
        return lead
    names = enumerated(
        [name.lower() for name, count in partners if count == most], language=language
    )
    return (
        lead
        + Text(
            f" Flest, {most}, delas med {names}.",
            f" The most, {most}, are shared with {names}.",
        )[language]
    )


def sharing_sentence(table: pd.DataFrame, *, language: Language) -> str:
    """Which two actors share most. Columns: actor_id, actor, other_id, other, n_shared."""
    pairs = table[table["actor_id"] < table["other_id"]]
    top = pairs.sort_values("n_shared", ascending=False).iloc[0]
    first, second = str(top["actor"]), str(top["other"])
    return Text(
        f"{first} och {second.lower()} har flest indikatorer gemensamt: {top['n_shared']}.",
        f"{first} and {second.lower()} share the most indicators: {top['n_shared']}.",
    )[language]


def common_sentence(names: Sequence[str], *, n: int, language: Language) -> str:
    """The indicators that most actors have."""
    listed = enumerated([uncapitalised(name) for name in names], language=language)
    return Text(
        f"Det som rör flest aktörer, {n} av dem, är {listed}.",
        f"What concerns most actors, {n} of them, is {listed}.",
    )[language]
