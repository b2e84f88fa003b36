"""Times on the screen: from a reader's key or click until the frame with the answer is painted.

Every time is taken in the page itself: it begins with the browser's own time stamp of the event
and ends in the first animation frame after the map's, once its pixels can be read back: software
rendering counts, and so does whatever else keeps the page from showing what is drawn.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import plotly
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from barometer.ui import ids
from tests.browser.chromium import FLAGS, find_chromium

QUIET = 700  # milliseconds without network before the next change, as between two of a reader's
TEMPLATE = "https://plotly.invalid/"
PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Notes when the reader acts and when the map's frame with the new colours is there to be read.
WATCH = """
window.bench = { begun: 0, tasks: [] };
for (const kind of ["keydown", "click"]) {
  addEventListener(kind, (event) => { window.bench.begun = event.timeStamp; }, true);
}
new PerformanceObserver((list) => window.bench.tasks.push(
  ...list.getEntries().map((task) => task.startTime + task.duration)
)).observe({ type: "longtask", buffered: true });
/* When what has been drawn can be read, and the page is free to show it. */
window.bench.read = (map) => new Promise((resolve) => requestAnimationFrame(() => {
  const gl = map.getCanvas().getContext("webgl2");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  resolve(performance.now());
}));
/* The same for the first time that the map, having taken a view, does something: draws a frame, or
   rests with all its areas drawn; told before the reader acts. */
window.bench.expect = (id, wanted, done) => {
  window.bench.answer = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`the map has not shown ${wanted} within a minute`)), 60000);
    const listen = () => {
      const map = window.barometerMap;
      if (!map) {
        setTimeout(listen, 5);
        return;
      }
      const look = () => {
        if ((document.getElementById(id)?.dataset.shown ?? "").includes(wanted)) {
          map.off(done, look);
          resolve(window.bench.read(map));
        }
      };
      map.on(done, look);
    };
    listen();
  });
};
"""
# When something is there and can be seen: a picture once it is whole.
SEEN = """(selector) => new Promise((resolve) => {
  const look = () => {
    const found = document.querySelector(selector);
    const there = found?.getClientRects().length && (found.naturalWidth ?? 1) > 0;
    requestAnimationFrame(there ? () => setTimeout(() => resolve(performance.now())) : look);
  };
  look();
})"""
EXPECT = "([id, wanted, done]) => window.bench.expect(id, wanted, done)"
ANSWERED = "async () => await window.bench.answer - window.bench.begun"
# Loaded: all areas drawn. Interactive: after it, when no task has held the page for long.
LOADED = """async () => {
  const painted = await window.bench.answer;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return [painted, Math.max(painted, ...window.bench.tasks)];
}"""
PLOTLY = """async (year) => {
  const [{ data }, begun] = [await (await fetch(`/figure/${year}`)).json(), performance.now()];
  const layout = { map: { style: "white-bg", center: { lon: 17, lat: 62.5 }, zoom: 3.4 },
                   margin: { l: 0, r: 0, t: 0, b: 0 }, width: 900, height: 700 };
  const node = document.getElementById("map");
  await Plotly.react(node, data, layout);
  const { map } = node._fullLayout.map._subplot;
  await new Promise((resolve) => { map.once("idle", resolve); map.triggerRepaint(); });
  return await window.bench.read(map) - begun;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless, with software rendering."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def reader(browser: Browser) -> Iterator[Page]:
    """A page of somebody who has never been here, watched."""
    context: BrowserContext = browser.new_context(
        locale="sv-SE", viewport={"width": 1280, "height": 900}
    )
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def load(page: Page, address: str, wanted: str) -> tuple[float, float]:
    """Milliseconds from the address until the map is painted, and until the page is at rest."""
    page.goto(address, wait_until="commit")
    page.evaluate(EXPECT, [ids.MAP_CANVAS, wanted, "idle"])
    painted, interactive = page.evaluate(LOADED)
    return painted, interactive


def seen(page: Page, address: str, selectors: Sequence[str]) -> list[float]:
    """Milliseconds from the address until each of some things can be seen."""
    page.goto(address, wait_until="commit")
    return [float(page.evaluate(SEEN, selector)) for selector in selectors]


def answered(page: Page, act: Callable[[], None], wanted: str) -> float:
    """Milliseconds from an act of the reader's until the map's frame with the answer is painted."""
    page.wait_for_timeout(QUIET)
    page.evaluate(EXPECT, [ids.MAP_CANVAS, wanted, "render"])
    act()
    return float(page.evaluate(ANSWERED))


def step(page: Page, year: int) -> float:
    """One year back by the slider's key."""
    slider = page.get_by_role("slider", name="År")
    slider.focus()
    return answered(page, lambda: page.keyboard.press("ArrowLeft"), f"year={year}")


def choose(page: Page, name: str, indicator_id: str) -> float:
    """Another indicator from the list, on which the pointer has rested."""
    page.get_by_role("textbox", name="Indikator").click()
    option = page.get_by_role("option", name=name, exact=True)
    option.hover()
    return answered(page, option.click, f"indicator={indicator_id}")


def plotly_changes(page: Page, figures: dict[int, bytes], years: Sequence[int]) -> list[float]:
    """Milliseconds of Plotly's own map for each other year, the server having the figure ready."""
    html = '<!doctype html><div id="map"></div><script src="/plotly.js"></script>'
    page.route(f"{TEMPLATE}*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.route(f"{TEMPLATE}plotly.js", lambda route: route.fulfill(path=PLOTLY_JS))

    def answer(route: Route) -> None:
        route.fulfill(body=figures[int(route.request.url.rpartition("/")[2])])

    page.route(f"{TEMPLATE}figure/*", answer)
    page.goto(TEMPLATE)
    page.evaluate(PLOTLY, years[0])
    return [float(page.evaluate(PLOTLY, year)) for year in years[1:]]
