"""What every page owes every reader: narrow, double size, dark, forced colours, keys, axe."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

CONTRAST = """
(() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (parts(backgroundColor)[3] === 255) return backgroundColor;
    }
    return "white";
  };
  const faint = (chosen, least) => [...document.querySelectorAll(chosen)].flatMap((node) => {
    const { fill, stroke, fillOpacity, strokeOpacity, opacity } = getComputedStyle(node);
    const drawn = fill === "none" ? [stroke, strokeOpacity] : [fill, fillOpacity];
    const bold = drawn[1] * opacity === 1 && parts(drawn[0])[3] === 255;
    const told = contrast(drawn[0], ground(node));
    return bold && told < least ? [`${drawn[0]} on ${ground(node)}: ${told.toFixed(2)}`] : [];
  });
  return { words: [...new Set(faint(".js-plotly-plot .main-svg text:not(.bartext)", 4.5))],
           drawn: [...new Set(faint(
             ".js-plotly-plot .js-line, .js-plotly-plot .scatterlayer .point", 3))] };
})()
"""
MOVING = """
[...document.querySelectorAll("*")].filter((node) => {
  const { transitionDuration, animationName } = getComputedStyle(node);
  return parseFloat(transitionDuration) > 0 || animationName !== "none";
}).map((node) => node.outerHTML.slice(0, 80))
"""
RING = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return document.activeElement === document.body || (
    outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
}
"""
OPEN = "chosen => document.querySelectorAll(chosen).forEach(part => { part.open = true; })"
REMOVE = "chosen => document.querySelectorAll(chosen).forEach(part => part.remove())"

NARROW: ViewportSize = {"width": 320, "height": 800}


@dataclass(frozen=True, slots=True)
class State:
    """A page as its address asks for it.

    Attributes:
        address: Path and query.
        there: What is on the page when all of it is.
        unfolded: What is opened before anybody looks, as a CSS selector.
        repeated: What axe need not look at because others before are like it, as a selector.
        sheets: As many sheets of paper as it takes at most.
    """

    address: str
    there: str
    unfolded: str = ""
    repeated: str = ""
    sheets: int = 6

    def open(self, page: Page, site: str, language: str) -> None:
        """Open the page in a language and wait until all of it is there."""
        joint = "&" if "?" in self.address else "?"
        page.goto(f"{site}{self.address}{joint}lang={language}")
        page.locator(self.there).first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        if self.unfolded:
            page.evaluate(OPEN, self.unfolded)


def suits_every_reader(
    page: Page,
    site: str,
    state: State,
    languages: tuple[str, ...] = ("sv", "en"),
    schemes: tuple[str, ...] = ("dark", "light"),
) -> None:
    """Fail where a page spills over, moves, is faint, hides the focus or breaks a rule of axe.

    The first language is looked at dark and with forced colours, the last one light; axe looks at
    the schemes asked for.
    """
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(NARROW)
    state.open(page, site, languages[0])
    fits(page, NARROW["width"])
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
    fits(page, 640)
    assert page.evaluate(MOVING) == []
    assert faint(page, "words", "drawn") == []
    page.evaluate(REMOVE, state.repeated or "no-part")
    assert "dark" not in schemes or faults(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1100, "height": 900})
    fits(page, 1100)
    page.set_viewport_size({"width": 1280, "height": 900})
    fits(page, 1280)
    page.emulate_media(forced_colors="active")
    assert faint(page, "words") == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")
    page.emulate_media(forced_colors="none")
    for language in languages[1:]:
        state.open(page, site, language)
        page.set_viewport_size(NARROW)
        fits(page, NARROW["width"])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate(REMOVE, state.repeated or "no-part")
    expect(page.locator("html")).to_have_attribute("lang", languages[-1])
    assert "light" not in schemes or faults(page) == []


def fits(page: Page, width: int) -> None:
    """Wait until nothing stands outside a window of this width: charts take a moment to shrink."""
    page.wait_for_function("most => document.documentElement.scrollWidth <= most", arg=width)


def faint(page: Page, *kinds: str) -> list[str]:
    """What is too faint once the charts have had time to follow a change of colours."""
    for _ in range(20):
        seen = page.evaluate(CONTRAST)
        if not any(seen[kind] for kind in kinds):
            return []
        page.wait_for_timeout(250)
    return [each for kind in kinds for each in seen[kind]]


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds: the rule, and the first place that breaks it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found]
