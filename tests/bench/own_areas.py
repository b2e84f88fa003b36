"""Own areas: the processor's time for a profile beside a kommun's, and for 36 areas as Excel.

Every profile is of another own area, so that nothing of it is kept from before; each is measured
right after a kommun's, so that a busy machine slows both. In SCB's extract a kommun has fewer
indicators than the DeSO of Stockholm have, so that its page is the smaller one: how much that is
shows the second look at both, for which nothing has to be summed. With the folder of a whole
country as argument both have all indicators.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from barometer.catalogue import load_catalogue
from barometer.own_codes import own_of
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.factory import create_app
from barometer.ui.pages.place.page import PAGE
from tests.pipeline import REAL_CACHE, ROOT, fingerprint, once, refresh

PARTS = 50  # DeSO of a profile
AREAS = 36
TIMES = 5


def main(data_dir: Path | None) -> None:
    """Both measurements, on SCB's extract."""
    folder = data_dir or REAL_CACHE / fingerprint(ROOT)
    if data_dir is None:
        once(folder, lambda: refresh("--from", "data/sweden", data_dir=folder))
    settings = Settings.from_env({"DATA_DIR": str(folder)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    codes = _deso(context)
    own = [_token(codes[n : n + PARTS]) for n in range(TIMES + 1)]
    kommuner = ["0180", "1280", "0380", "1480", "0580", "1880"]
    places = list(zip(kommuner, own, strict=True))
    pairs, again = (
        [(_profile(context, k), _profile(context, o)) for k, o in places] for _ in range(2)
    )
    print(f"{'processor seconds':28}{'kommun':>9}{f'{PARTS} DeSO':>9}{'times':>7}")
    sizes = [_indicators(context, area) for area in (kommuner[1], own[1])]
    print(f"{'indicators':28}{sizes[0]:9}{sizes[1]:9}")
    for kommun, area in pairs[1:]:  # after the first, which opens the snapshot
        print(f"{'profile':28}{kommun:9.2f}{area:9.2f}{area / kommun:7.2f}")
    print(f"{'median':28}{'':18}{median(area / kommun for kommun, area in pairs[1:]):7.2f}")
    print(f"{'median of the second look':28}{'':18}{median(a / k for k, a in again):7.2f}")
    print(f"{f'{AREAS} areas as Excel':28}{_excel(settings, context, codes):9.2f}")


def _deso(context: Context) -> list[str]:
    with context.reader() as reader:
        rows = reader.cursor.execute(
            "SELECT area_id FROM areas WHERE kommun_id = '0180' AND level = 'deso'"
            " AND division = '2018' ORDER BY area_id"
        ).fetchall()
    return [area_id for (area_id,) in rows]


def _token(codes: Sequence[str]) -> str:
    own = own_of(codes).own
    assert own is not None
    return own.token


def _profile(context: Context, area: str) -> float:
    query = f"?area={area}"
    begun = time.process_time()
    with context.reader(query) as reader:
        PAGE.body(PAGE.resolve(context, reader, query))
    return time.process_time() - begun


def _indicators(context: Context, area: str) -> int:
    """How many the page shows."""
    with context.reader(f"?area={area}") as reader:
        return len(PAGE.resolve(context, reader, f"?area={area}").portrait.rows)


def _excel(settings: Settings, context: Context, codes: Sequence[str]) -> float:
    """All indicators of all years for areas that are all of the kommun."""
    client = create_app(settings, context.store, context.catalogue).server.test_client()
    width = len(codes) // AREAS
    areas = ",".join(_token(codes[n * width : (n + 1) * width]) for n in range(AREAS))
    with context.reader() as reader:
        indicators = ",".join(context.offer(reader).indicators)
    begun = time.process_time()
    answer = client.get(
        "/api/v1/values.xlsx", query_string={"indicator": indicators, "area": areas}
    )
    assert answer.status_code == 200, answer.text[:300]
    assert len(answer.data) > 10_000
    return time.process_time() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
