"""Questions that pages send, whole and altered in ids, types and depth, from a seed."""

import copy
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from barometer.ui.guard import outputs_of

PLACES: Final = ("00", "01", "0380", "0380R002_SYN_RegSO2025", "0380A0022_SYN_DeSO2025")
ODD: Final = (
    *(None, "", "?", "?area=0180", "x" * 5_000, "\x00", "<b>", "=1+1", "🙂", 0, -1, 1e308),
    *(2**53, True, [], ["0180"], [[1]], {}, {"area": "0180"}, [None], [{}], "?years=1e400"),
    *("?year=99999999999999999999", "?level=%00", "?area=" + "0180," * 600, "?k=NaN"),
)
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "area": PLACES,
    "within": PLACES,
    "areas": (*PLACES, ",".join(PLACES)),
    "level": ("riket", "lan", "kommun", "regso", "deso"),
    "year": ("2022", "2023", "2024", "1900"),
    "since": ("2022", "2023"),
    "indicator": ("low_standard_children", "foreign_background", "population", "area_type"),
    "indicators": ("low_standard_children,population",),
    "grouping": ("birth_region", "low_standard_children"),
    "index": ("dissimilarity", "isolation"),
    "lang": ("sv", "en"),
    "view": ("table", "lines", "bars", "map"),
}
BODIES: Final = (b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b"NaN", b"\x00")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as bytes; `valid` when a page of ours would send it."""

    body: bytes
    output: str
    valid: bool


def questions(callbacks: Mapping[str, Mapping[str, Any]], *, count: int, seed: int) -> Any:
    """So many questions to the callbacks of a site, a third of them as a page sends them."""
    chance = random.Random(seed)
    outputs = sorted(name for name, found in callbacks.items() if "callback" in found)
    paths = ("/", "/karta", "/plats", "/segregation", "/omradestyper", "/labb", "/nowhere")
    for _ in range(count):
        output = chance.choice(outputs)
        body = _whole(output, callbacks[output], chance, paths)
        if chance.random() < 1 / 3:
            yield Question(json.dumps(body).encode(), output, valid=True)
        else:
            yield Question(_altered(body, chance), output, valid=False)


def _whole(
    output: str, found: Mapping[str, Any], chance: random.Random, paths: tuple[str, ...]
) -> dict[str, Any]:
    filled = {
        kind: [
            {"id": p["id"], "property": p["property"], "value": _held(p["property"], chance, paths)}
            for p in found[kind]
        ]
        for kind in ("inputs", "state")
    }
    changed = chance.choice(filled["inputs"])
    name = f"{changed['id']}.{changed['property']}"
    return {"output": output, "outputs": outputs_of(output), "changedPropIds": [name]} | filled


def _held(name: str, chance: random.Random, paths: tuple[str, ...]) -> object:
    """What a page's component may hold."""
    if name == "pathname":
        return chance.choice(paths)
    if name in ("search", "data"):
        keys = chance.sample(sorted(WORDS), k=chance.randrange(4))
        return "?" + urlencode({key: chance.choice(WORDS[key]) for key in keys}, safe=",")
    return chance.choice([None, *(chance.choice(words) for words in WORDS.values())])


def _altered(body: dict[str, Any], chance: random.Random) -> bytes:
    body = copy.deepcopy(body)
    kind = chance.choice(("ids", "types", "depth", "keys", "bytes"))
    if kind == "bytes":
        raw = json.dumps(body).encode()
        return chance.choice([*BODIES, raw[:-3], b"[" * 100_000, b'{"a":' * 3_000])
    if kind == "keys":
        key = chance.choice(list(body))
        if chance.random() < 0.5:
            del body[key]
        else:
            body[key] = chance.choice(ODD)
    elif kind == "ids":
        _alter_ids(body, chance)
    else:
        part = chance.choice([*body["inputs"], *body["state"]])
        part["value"] = _nested(chance.randrange(1, 900)) if kind == "depth" else chance.choice(ODD)
    return json.dumps(body).encode()


def _alter_ids(body: dict[str, Any], chance: random.Random) -> None:
    odd = [{"type": "x"}, {"a": 1}, "nobody", None, 1, [], ["x"]]
    target = chance.choice(("inputs", "outputs", "changedPropIds", "list"))
    if target == "outputs":
        ids = [[], {}, [{}], [None], "x", {"id": {"x": 1}, "property": "children"}, [{"id": 1}]]
        body["outputs"] = chance.choice(ids)
    elif target == "changedPropIds":
        body["changedPropIds"] = chance.choice([["x"], [1], [None], ["."], ['{"a":1}.b'], {}])
    elif target == "list":
        one = {"id": {"a": 1}, "property": "value", "value": 2}
        body["inputs"][chance.randrange(len(body["inputs"]))] = chance.choice([[one], [], None, 1])
    else:
        chance.choice(body["inputs"])["id"] = chance.choice(odd)


def _nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value
