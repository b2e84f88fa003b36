"""The reader's own comparison group: `peers` of an address, wherever places are compared."""

from collections.abc import Collection, Mapping
from typing import Final

from barometer.selection.address import Address
from barometer.selection.own import Own, own_area

MOST_PEERS: Final = 12  # places of a comparison group


def chosen_peers(
    address: Address,
    *,
    area: str,
    known: Collection[str],
    names: Mapping[str, str],
    presets: Mapping[str, tuple[str, ...]],
    own: Own,
) -> tuple[str, ...]:
    """Places to compare `area` with, at most 12: codes, names, own areas, or a preset's id.

    `known` are the codes that can be compared, `names` the names by code, `presets` the operator's
    groups by id. What is none of them is remarked on; the place itself is left out.
    """
    words = (word.strip() for given in address.values.get("peers", ()) for word in given.split(","))
    found: dict[str, None] = {}
    by_name = {name: area_id for area_id, name in names.items()}
    for word in filter(None, words):
        own_code = own_area(address, "peers", word, own)
        codes = [by_name.get(code, code) for code in presets.get(word, (own_code or word,))]
        found |= dict.fromkeys(code for code in codes if code in known and code != area)
        if not any(code in known for code in codes):
            address.instead("peers", word, "", (), "not_offered")
    if len(found) > MOST_PEERS:
        address.instead("peers", str(len(found)), str(MOST_PEERS), (), "too_many")
    return tuple(found)[:MOST_PEERS]
