/* Own areas: chosen on the map, of pasted codes, or of a file that never leaves the browser.

   Only codes travel, in the address; the server says what they mean and what is wrong with them. */

import { bounds, collection, file, middle } from "./data.mjs";
import { Lasso } from "./lasso.mjs";

const CODE = /\b\d{4}(?:[ABC]\d{4}|R\d{3})(?:_SYN)?(?:_DeSO2025|_RegSO2025)?(?![\w])/g;
const BARE = /^\d{4}(?:[ABC]\d{4}|R\d{3})?/;
const BYTES = 20_000_000;
const GRID = 9; /* points on each side of the box that an area is judged by */

/* The own area of some areas as an address writes it: the division's suffix once. */
export function token(ids, name = "") {
  const suffix = ids[0].replace(BARE, "");
  const codes = ids.map((id) => (suffix && id.endsWith(suffix) ? id.slice(0, -suffix.length) : id));
  return `own:${codes.sort().join(".")}${suffix}${name ? `:${name.replace(/[,:@<>&|;]+/g, " ").trim()}` : ""}`;
}

/* Whether a point lies in a polygon or several, holes and crossings by the even-odd rule. */
export function within([x, y], { type, coordinates }) {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  let inside = false;
  polygons.flat().forEach((ring) => {
    ring.forEach(([ax, ay], index) => {
      const [bx, by] = ring[(index || ring.length) - 1];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) {
        inside = !inside;
      }
    });
  });
  return inside;
}

/* Whether more than half of an area lies in a surface: of the points of a grid that lie in it. */
export function mostly({ geometry, bounds: [west, south, east, north] }, surface) {
  let own = 0;
  let shared = 0;
  for (let place = 0; place < GRID * GRID; place += 1) {
    const [column, row] = [(place % GRID) + 0.5, Math.floor(place / GRID) + 0.5];
    const point = [west + (column / GRID) * (east - west), south + (row / GRID) * (north - south)];
    if (within(point, geometry)) {
      own += 1;
      shared += within(point, surface);
    }
  }
  return own ? 2 * shared > own : within(middle([west, south, east, north]), surface);
}

const apart = ([west, south, east, north], [left, low, right, high]) =>
  east < left || right < west || north < low || high < south;

/* The codes of a text, each once, with those that stood there more often. */
export function codesIn(text) {
  const found = text.match(CODE) || [];
  return { codes: [...new Set(found)], doubled: [...new Set(found.filter((code, n) => found.indexOf(code) !== n))] };
}

/* What a file says: codes, or surfaces. Gives the word of what is wrong instead. */
export function read(text) {
  if (text.includes("\0")) {
    return { fault: "own_kind" };
  }
  if (!/^\s*[{[]/.test(text)) {
    const { codes, doubled } = codesIn(text);
    return codes.length ? { codes, doubled } : { fault: "own_kind" };
  }
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return { fault: "own_json" };
  }
  const features = data.features || [data];
  const { codes, doubled } = codesIn(JSON.stringify(features.map(({ properties }) => properties || {})));
  if (codes.length) {
    return { codes, doubled };
  }
  const surfaces = features.map((feature) => feature.geometry || feature).filter((g) => /^(Multi)?Polygon$/.test(g?.type));
  const points = surfaces.flatMap((surface) => surface.coordinates.flat(surface.type === "Polygon" ? 1 : 2));
  if (!points.length) {
    return { fault: "own_empty" };
  }
  const degrees = points.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
  return degrees ? { surfaces, doubled: [] } : { fault: "own_degrees" };
}

export class Chooser {
  constructor(page) {
    this.page = page;
    this.on = false;
  }

  get members() {
    const { area } = this.page.view;
    return area ? area.members || [area.id] : [];
  }

  say(key, values) {
    const text = this.page.speaker.say(key, values);
    const status = document.getElementById("map-own-status");
    if (status) {
      status.textContent = text;
    }
    return text;
  }

  /* Choosing on the map, on and off. */
  toggle(on = !this.on) {
    this.on = on;
    const karta = this.page.node.closest(".karta");
    karta.classList.toggle("karta--choosing", on);
    document.getElementById("map-own-choose")?.setAttribute("aria-pressed", String(on));
    karta.querySelector(":scope .map__choosing")?.remove();
    this.page.picture?.map?.boxZoom[on ? "disable" : "enable"]();
    this.lasso?.toggle(false);
    if (on) {
      this.bar();
    }
  }

  bar() {
    const bar = document.createElement("p");
    bar.className = "map__choosing";
    bar.setAttribute("role", "status");
    const done = document.createElement("button");
    done.type = "button";
    done.className = "outlined";
    done.textContent = this.page.speaker.say("own_done");
    done.addEventListener("click", () => this.toggle(false));
    bar.append(this.page.speaker.say("own_how"), " ", this.drawer(), " ", done);
    this.page.node.append(bar);
  }

  /* The button that lets one draw a surface, on and off. */
  drawer() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "outlined";
    button.textContent = this.page.speaker.say("own_draw");
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const { picture } = this.page;
      if (this.lasso?.map !== picture.map) {
        this.lasso = new Lasso(picture, (surface) => this.drawn(surface));
      }
      button.setAttribute("aria-pressed", String(this.lasso.toggle()));
    });
    return button;
  }

  async drawn(surface) {
    const seen = (index) => this.page.view.classes[index] !== ".";
    const found = await this.areasIn([surface], seen);
    this.say(found.length ? "own_mostly" : "own_nowhere", { n: found.length });
    if (found.length) {
      this.show([...new Set([...this.members, ...found])]);
    }
  }

  /* An area was picked while choosing: it comes to the others, or leaves them. */
  pick(id) {
    const rest = this.members.filter((code) => code !== id);
    this.show(rest.length < this.members.length ? rest : [...rest, id]);
  }

  show(ids, name = this.page.view.area?.name || "") {
    const input = document.getElementById("map-own-name");
    this.page.change("area", ids.length ? token(ids, input?.value || name) : "");
  }

  /* Shift and drag: every area in the box. */
  listen(picture) {
    const { map, node } = picture;
    map.on("mousedown", (event) => {
      if (!this.on || !event.originalEvent.shiftKey || picture.second) {
        return;
      }
      event.preventDefault();
      const { x, y } = event.point;
      const box = document.createElement("div");
      box.className = "map__box";
      node.append(box);
      const drag = (moved) => {
        const [left, top] = [Math.min(x, moved.point.x), Math.min(y, moved.point.y)];
        const [width, height] = [Math.abs(moved.point.x - x), Math.abs(moved.point.y - y)];
        Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
      };
      map.on("mousemove", drag);
      map.once("mouseup", (ended) => {
        map.off("mousemove", drag);
        box.remove();
        this.boxed(picture, [[x, y], [ended.point.x, ended.point.y]]);
      });
    });
  }

  async boxed(picture, [one, other]) {
    const [a, b] = [picture.map.unproject(one), picture.map.unproject(other)];
    const ring = [[a.lng, a.lat], [b.lng, a.lat], [b.lng, b.lat], [a.lng, b.lat], [a.lng, a.lat]];
    await this.drawn({ type: "Polygon", coordinates: [ring] });
  }

  /* The map's areas of which one of the surfaces has the larger part. */
  async areasIn(surfaces, seen = () => true) {
    const { view } = this.page;
    const [{ features }, { ids }] = await Promise.all([collection(view.layer.url), file(view.names)]);
    const boxed = surfaces.map((surface) => ({ surface, box: bounds(surface) }));
    const held = (feature) =>
      boxed.some(({ surface, box }) => !apart(feature.bounds, box) && mostly(feature, surface));
    return features.flatMap((feature, index) =>
      feature.geometry && seen(index) && held(feature) ? [ids[index]] : [],
    );
  }

  /* Codes without a division are those of the shown areas, where there are such. */
  async completed(codes) {
    const { ids } = await file(this.page.view.names);
    const known = new Set(ids);
    const suffix = ids.length ? ids[0].replace(BARE, "") : "";
    return codes.map((code) => (known.has(code) || !known.has(code + suffix) ? code : code + suffix));
  }

  async take(text) {
    const { fault, codes, surfaces, doubled } = read(text);
    if (fault) {
      this.say(fault);
      return;
    }
    const ids = codes ? await this.completed(codes) : await this.areasIn(surfaces);
    if (!ids.length) {
      this.say("own_nowhere");
      return;
    }
    this.say(surfaces ? "own_mostly" : "own_taken", { n: ids.length });
    if (doubled.length) {
      this.say("own_doubled", { codes: doubled.slice(0, 3).join(", "), n: ids.length });
    }
    this.show(ids);
  }

  browse() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".csv,.txt,.json,.geojson";
    input.addEventListener("change", () => this.open(input.files[0]));
    input.click();
  }

  async open(chosen) {
    if (chosen.size > BYTES) {
      this.say("own_large");
      return;
    }
    await this.take(await chosen.text());
  }
}
