/* Own areas: chosen on the map, of pasted codes, or of a file that never leaves the browser.

   Only codes travel, in the address; the server says what they mean and what is wrong with them. */

import { bounds, collection, file, middle } from "./data.mjs";
import { Lasso } from "./lasso.mjs";
import { degrees } from "./sweref.mjs";

/* As people have codes: without the nought that a spreadsheet takes, and in small letters. */
const CODE = /\b(\d{3,4})([ABC]\d{4}|R\d{3})(_SYN)?(_DeSO2025|_RegSO2025)?(?![\w])/gi;
const SUFFIXES = { _deso2025: "_DeSO2025", _regso2025: "_RegSO2025" };
const KOMMUNER = /^\s*\d{4}(?:[\s,;.]+\d{4})*[\s,;.]*$/; /* a list of nothing else: years look alike */
const BARE = /^\d{4}(?:[ABC]\d{4}|R\d{3})?/;
const DEGREES = [[9, 26], [54, 70]]; /* Sweden, east and north */
const METRES = [[200_000, 1_000_000], [6_000_000, 7_800_000]]; /* the same in SWEREF 99 TM */
const POINTS = 3000; /* of a ring that is looked through for crossings */
const BYTES = 20_000_000;
const GRID = 9; /* points on each side of the box that an area is judged by */
const PARTS = 4; /* and on each side of a square of 1 km */
const CUT = 0.01; /* of an area on either side of a border, for the border to cut it */
const KILOMETRE = 1 / 111.2; /* in degrees of latitude */

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

const apart = ([west, south, east, north], [left, low, right, high]) =>
  east < left || right < west || north < low || high < south;

/* Points of a grid over a box, each with its part of a weight. */
function spread([west, south, east, north], side, weight) {
  return Array.from({ length: side * side }, (_, place) => {
    const [column, row] = [(place % side) + 0.5, Math.floor(place / side) + 0.5];
    const point = [west + (column / side) * (east - west), south + (row / side) * (north - south)];
    return { point, weight: weight / (side * side) };
  });
}

/* Points of an area where its people live, by squares of 1 km over which they live evenly. */
function lived({ geometry, bounds: box }, squares) {
  return squares.flatMap(([x, y, people]) => {
    const wide = KILOMETRE / Math.cos((y * Math.PI) / 180);
    const square = [x - wide / 2, y - KILOMETRE / 2, x + wide / 2, y + KILOMETRE / 2];
    return apart(box, square)
      ? []
      : spread(square, PARTS, people).filter(({ point }) => within(point, geometry));
  });
}

/* The squares that may lie in one of some boxes. */
function nearby(squares, boxes) {
  const edge = (side, most) => most(...boxes.map((box) => box[side]));
  const [west, south] = [edge(0, Math.min) - 3 * KILOMETRE, edge(1, Math.min) - KILOMETRE];
  const [east, north] = [edge(2, Math.max) + 3 * KILOMETRE, edge(3, Math.max) + KILOMETRE];
  return squares.filter(([x, y]) => x > west && x < east && y > south && y < north);
}

/* How much of an area lies in a surface, 0 to 1: of its people, where they are known to live. */
export function shareIn(area, surface, squares = []) {
  const people = lived(area, squares);
  const points = people.length
    ? people
    : spread(area.bounds, GRID, 1).filter(({ point }) => within(point, area.geometry));
  const sum = (some) => some.reduce((total, { weight }) => total + weight, 0);
  return points.length
    ? sum(points.filter(({ point }) => within(point, surface))) / sum(points)
    : Number(within(middle(area.bounds), surface));
}

/* The codes of a text, each once, with those that stood there more often. */
export function codesIn(text) {
  const small = [...text.matchAll(CODE)].map(([, kommun, part, synthetic = "", suffix = ""]) =>
    kommun.padStart(4, "0") + part.toUpperCase() + synthetic.toUpperCase() + (SUFFIXES[suffix.toLowerCase()] || ""),
  );
  const found = small.length || !KOMMUNER.test(text) ? small : text.match(/\d{4}/g);
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
  try {
    return drawnIn(JSON.parse(text));
  } catch { /* no JSON, or none of GeoJSON's shape */
    return { fault: "own_json" };
  }
}

/* The codes among GeoJSON's properties, or else its surfaces. */
function drawnIn(data) {
  const features = data.features || [data];
  const { codes, doubled } = codesIn(JSON.stringify(features.map(({ properties }) => properties || {})));
  if (codes.length) {
    return { codes, doubled };
  }
  const surfaces = features.flatMap((feature) => surfacesOf(feature.geometry || feature));
  const rings = surfaces.flatMap(ringsOf);
  const points = rings.flat();
  if (!points.length) {
    return { fault: "own_empty" };
  }
  const lie = ([[west, east], [south, north]]) =>
    points.every(([x, y]) => x > west && x < east && y > south && y < north);
  if (lie([DEGREES[1], DEGREES[0]]) || lie([METRES[1], METRES[0]])) {
    return { fault: "own_swapped" };
  }
  const found = lie(METRES) ? surfaces.map(inDegrees) : surfaces;
  if (found === surfaces && !points.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)) {
    return { fault: "own_degrees" };
  }
  return { surfaces: found, doubled: [], crossed: rings.some(crosses) };
}

/* The surfaces of a geometry of any kind. */
const surfacesOf = (geometry) =>
  /^(Multi)?Polygon$/.test(geometry?.type) ? [geometry] : (geometry?.geometries || []).flatMap(surfacesOf);

const ringsOf = ({ type, coordinates }) => coordinates.flat(type === "Polygon" ? 0 : 1);

/* By the even-odd rule the rings of several polygons are those of one. */
const inDegrees = (surface) => ({ type: "Polygon", coordinates: ringsOf(surface).map((ring) => ring.map(degrees)) });

/* Whether a ring crosses itself: two of its lines that are no neighbours have a point inside both. */
export function crosses(ring) {
  const left = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  const meet = (a, b, c, d) => left(a, b, c) * left(a, b, d) < 0 && left(c, d, a) * left(c, d, b) < 0;
  const lines = ring.slice(1).map((end, index) => [ring[index], end]);
  return ring.length <= POINTS && lines.some(([a, b], one) => lines.slice(one + 2).some(([c, d]) => meet(a, b, c, d)));
}

/* A file's text: Excel's "Unicode text" is UTF-16. */
export function decoded(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const wide = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[256 * first + second];
  return new TextDecoder(wide).decode(bytes);
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
    [document.getElementById("map-own-status"), this.told].filter(Boolean).forEach((status) => {
      status.textContent = text;
    });
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
    this.told = document.createElement("span"); /* the form, which tells it too, is folded meanwhile */
    this.told.className = "map__told";
    bar.append(this.page.speaker.say("own_how"), " ", this.drawer(), " ", done, this.told);
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
    this.tell(found);
    if (found.ids.length) {
      this.show([...new Set([...this.members, ...found.ids])]);
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

  /* How many areas lie in a surface, by what, and how many its border cuts. */
  tell({ ids, cut }) {
    const by = this.page.view.squares ? "own_lived" : "own_mostly";
    return this.say(ids.length ? by : "own_nowhere", { n: ids.length, cut: this.page.speaker.areas(cut) });
  }

  /* The map's areas of which one of the surfaces has the larger part, and how many it cuts. */
  async areasIn(surfaces, seen = () => true) {
    const { view } = this.page;
    const [{ features }, { ids }, people] = await Promise.all([
      collection(view.layer.url),
      file(view.names),
      view.squares ? file(view.squares.url) : { coordinates: [] },
    ]);
    const boxed = surfaces.map((surface) => ({ surface, box: bounds(surface) }));
    const met = features.flatMap((feature, index) => {
      const over = boxed.filter(({ box }) => feature.geometry && seen(index) && !apart(feature.bounds, box));
      return over.length ? [{ feature, id: ids[index], over }] : [];
    });
    const near = nearby(people.coordinates, met.map(({ feature }) => feature.bounds));
    const shares = met.map(({ feature, id, over }) => ({
      id,
      share: Math.max(...over.map(({ surface }) => shareIn(feature, surface, near))),
    }));
    return {
      ids: shares.filter(({ share }) => share > 0.5).map(({ id }) => id),
      cut: shares.filter(({ share }) => share > CUT && share < 1 - CUT).length,
    };
  }

  /* Codes without a division are those of the shown areas, where there are such. */
  async completed(codes) {
    const { ids } = await file(this.page.view.names);
    const known = new Set(ids);
    const suffix = ids.length ? ids[0].replace(BARE, "") : "";
    return codes.map((code) => (known.has(code) || !known.has(code + suffix) ? code : code + suffix));
  }

  async take(text) {
    const { fault, codes, surfaces, doubled, crossed } = read(text);
    if (fault) {
      this.say(fault);
      return;
    }
    const found = codes ? { ids: await this.completed(codes) } : await this.areasIn(surfaces);
    if (codes) {
      this.say("own_taken", { n: found.ids.length });
    } else {
      const told = this.tell(found);
      if (crossed) {
        this.say("own_crossed", { told });
      }
    }
    if (doubled.length) {
      this.say("own_doubled", { codes: doubled.slice(0, 3).join(", "), n: found.ids.length });
    }
    if (found.ids.length) {
      this.show(found.ids);
    }
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
    await this.take(decoded(await chosen.arrayBuffer()));
  }
}
