"""Cells of a table as the few rectangular selections that a server can be asked for."""

from collections.abc import Iterable, Iterator


def rectangles(
    variables: tuple[str, ...], cells: Iterable[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], ...]]:
    """Cells as few rectangles: codes of a variable with the same cells behind them join."""
    for rectangle in _merge(list(cells), width=len(variables)):
        yield tuple(zip(variables, rectangle, strict=True))


def _merge(cells: list[tuple[str, ...]], *, width: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    if width == 0:
        yield ()
        return
    behind: dict[str, dict[tuple[str, ...], None]] = {}
    for head, *tail in cells:
        behind.setdefault(head, {})[tuple(tail)] = None
    with_the_same: dict[frozenset[tuple[str, ...]], list[str]] = {}
    for head, tails in behind.items():
        with_the_same.setdefault(frozenset(tails), []).append(head)
    for heads in with_the_same.values():
        for rectangle in _merge(list(behind[heads[0]]), width=width - 1):
            yield (tuple(heads), *rectangle)
