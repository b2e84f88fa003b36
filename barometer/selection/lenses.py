"""The actors page's view: whose lens the barometer is seen through."""

from dataclasses import dataclass

from barometer.divisions import Language
from barometer.selection.keys import EMBED, LANG, Key, PageView, word


@dataclass(frozen=True, slots=True)
class Lens(PageView):
    """One actor's view; the offer of its address are the actors' ids, one at least."""

    actor: str
    language: Language = "sv"
    embed: bool = False

    keys = (Key("actor", word(lambda asked: asked.offer)), LANG, EMBED)
