"""20,000 questions to the callbacks and 20,000 odd addresses: no fault, and memory that is bounded.

And every section of the pages at 700 addresses on the real figures.

python -m tests.bench.fuzz [COUNT] [SEED]
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient

from barometer.catalogue import load_catalogue
from barometer.settings import Settings
from barometer.store import Store
from barometer.ui.context import Context
from barometer.ui.downloads import EXPORTS
from barometer.ui.factory import create_app
from barometer.ui.guard import CALLBACKS
from tests.addresses import Words, live_pages
from tests.addresses import faults as section_faults
from tests.callback_fuzz import ODD, WORDS, questions
from tests.pipeline import REAL_CACHE, ROOT, fingerprint, once, refresh
from tests.snapshots import publish_snapshot

COUNT = 20_000
STEPS = 4  # after each of which the memory is looked at


def main(count: int, seed: int) -> int:
    """Print what was answered; the exit code is 1 if a fault of ours was met."""
    with tempfile.TemporaryDirectory() as folder:
        publish_snapshot(Path(folder) / "published")
        settings = Settings(Path(folder), "127.0.0.1", 8050, 1, "", rate_limit="off")
        store = Store(settings.published_dir)
        site = create_app(settings, store, load_catalogue())
        client = site.server.test_client()
        client.get("/_dash-dependencies")
        faults = callbacks(client, site.callback_map, count, seed)
        faults += addresses(client, site.server.extensions[EXPORTS], store, count, seed)
    return min(faults + sections(count // 200, seed), 1)


def sections(n: int, seed: int) -> int:
    """Every section of each page at `n` addresses on the real figures."""
    data_dir, began = REAL_CACHE / fingerprint(ROOT), time.monotonic()
    once(data_dir, lambda: refresh("--from", "data/sweden", data_dir=data_dir))
    settings = Settings.from_env({"DATA_DIR": str(data_dir)})
    context = Context(settings, Store(settings.published_dir), load_catalogue())
    words = Words.of(context)
    found = [
        fault
        for page in live_pages().values()
        for fault in section_faults(page, context, words=words, n=n, seed=seed)
    ]
    for address, what, error in found:
        print("FAULT", address[:300], what, error, sep="\n")
    print(f"sections: {n} addresses of each page in {time.monotonic() - began:.0f} s")
    return len(found)


def callbacks(client: FlaskClient, known: dict[str, object], count: int, seed: int) -> int:
    """Questions to the callbacks, a third of them as a page sends them."""
    valid, altered, began = Counter[int](), Counter[int](), time.monotonic()
    for asked in questions(known, count=count, seed=seed):
        answer = client.post(CALLBACKS, data=asked.body, content_type="application/json")
        (valid if asked.valid else altered)[answer.status_code] += 1
        if answer.status_code >= 500:
            print("FAULT", asked.output, asked.body[:300])
    seconds = time.monotonic() - began
    print(f"callbacks, seed {seed}: {count:,} in {seconds:.0f} s")
    print(f"  as a page sends them {dict(valid)}\n  altered              {dict(altered)}")
    return sum(n for found in (valid, altered) for status, n in found.items() if status >= 500)


def addresses(
    client: FlaskClient, exports: dict[str, tuple[str, ...]], store: Store, count: int, seed: int
) -> int:
    """Files and views of addresses with words that mean something and words that do not."""
    chance, found, began = random.Random(seed), Counter[int](), time.monotonic()
    paths = [f"/export/{page}/{part}/csv" for page, parts in exports.items() for part in parts]
    paths += ["/values", "/export/csv", "/export/labb/csv", "/plats/rapport", "/api/v1/values.csv"]
    for number in range(count):
        path = f"{chance.choice(paths)}?{query(chance)}"
        status = client.get(path).status_code
        found[status] += 1
        if status >= 500:
            print("FAULT", path[:300])
        if (number + 1) % (count // STEPS) == 0:
            with store.reader() as reader:
                kept = reader.cached_bytes / 1e6
            print(f"  after {number + 1:6,} addresses: {rss_mb():4.0f} MB, {kept:.1f} kept answers")
    print(f"addresses: {count:,} in {time.monotonic() - began:.0f} s {dict(found)}")
    return sum(n for status, n in found.items() if status >= 500)


def query(chance: random.Random) -> str:
    """A few keys, each with a word of its own or an odd one."""
    keys = chance.sample(sorted(WORDS), k=chance.randrange(1, 5))
    odd = [str(word)[:200] for word in ODD]
    words = {k: chance.choice(WORDS[k] if chance.random() < 0.8 else odd) for k in keys}
    return urlencode(words, safe=",", quote_via=quote)


def rss_mb() -> float:
    """Resident memory of this process; on Linux."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(given + [COUNT, 13][len(given) :])))
