/* The map: geometry stays with MapLibre; a new year or indicator only sets the state of features. */

import { Cities } from "./cities.mjs";
import { collection, file, loadLibrary, url } from "./data.mjs";
import { Details } from "./details.mjs";
import { Names } from "./names.mjs";
import { exchanged } from "./paper.mjs";
import { Reach } from "./reach.mjs";
import { calm, onTheme, pattern, PATTERNS, theme, TONES } from "./theme.mjs";

export const SWEDEN = [10.6, 55.2, 24.3, 69.15];
const MISSING = -1;
const OUTSIDE = -2;
const CODES = { "-": MISSING, ".": OUTSIDE };
const NEAR = 6; /* zoom from which kommuner are outlined */
const ABROAD = ["!=", ["get", "sweden"], true];
const COAST = 7; /* zoom to which the coast cuts the areas, which reach out to sea */
const EDGES_FROM = { deso: 8, regso: 7 }; /* before that they would cover the colours */
/* Sources of a few shapes; their layers are hidden while empty, for each costs as much as all areas. */
const DRAWN = { marked: ["marked"], hovered: ["hovered"], picked: ["picked-casing", "picked"] };
const EMPTY = { type: "FeatureCollection", features: [] };

const WORLD = [[-40, 30], [70, 30], [70, 80], [-40, 80], [-40, 30]];

const polygons = ({ type, coordinates, geometries }) =>
  ({ Polygon: () => [coordinates], MultiPolygon: () => coordinates, GeometryCollection: () => geometries.flatMap(polygons) })[
    type
  ]?.() ?? [];

/* All that is not the country's land: laid over areas that reach out to sea, it cuts them at the
   coast. Other countries' land is drawn over it. */
export function seaOf(land) {
  const holes = land.features
    .filter(({ properties }) => properties.sweden)
    .flatMap(({ geometry }) => polygons(geometry))
    .map(([outer]) => outer);
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [WORLD, ...holes] } };
}

/* The land is cut off at a box; east and south of it there is more: its cut edges are moved out of
   sight, so that no country ends in a straight line. */
const CUT = { east: 33.9, south: 53.1 };
const stretch = ([x, y]) => [x > CUT.east ? 75 : x, y < CUT.south ? 35 : y];

export function stretched(land) {
  return {
    type: "FeatureCollection",
    features: land.features.map(({ properties, geometry }) => ({
      type: "Feature",
      properties,
      geometry: {
        type: "MultiPolygon",
        coordinates: polygons(geometry).map((rings) => rings.map((ring) => ring.map(stretch))),
      },
    })),
  };
}

export class Picture {
  /* `page` knows what the map's parts say back: pick, move and retheme. */
  constructor(node, { speaker, second = false, page }) {
    Object.assign(this, { node, speaker, second, page });
    this.extra = []; /* views whose values stand beside this one's */
    this.layer = null; /* address of the layer that is drawn */
    this.states = []; /* class of each feature as it is drawn */
    this.opened = false;
    this.reach = new Reach(this);
    this.details = new Details(this);
    this.ready = this.open();
  }

  async open() {
    const gl = await loadLibrary();
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    const camera = this.second ? null : this.page.camera();
    this.map = new gl.Map({
      container: this.node,
      style: { version: 8, sources: {}, layers: [] }, /* the page is the ground */
      ...(camera || { bounds: SWEDEN, fitBoundsOptions: { padding: this.room() } }),
      minZoom: 2.5,
      maxZoom: 15,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      cooperativeGestures: coarse && this.page.embedded(),
      locale: { "Map.Title": this.speaker.say(this.second ? "label_second" : "label") },
    });
    this.placed = Boolean(camera);
    this.map.touchZoomRotate.disableRotation();
    this.gl = gl;
    if (!this.second) {
      this.zoomControl();
      window.barometerMap = this.map;
    }
    this.names = new Names(this);
    this.cities = this.second ? null : new Cities(this);
    await new Promise((resolve) => this.map.once("load", resolve));
    Object.keys(PATTERNS).forEach((name) =>
      this.map.addImage(name, pattern(name, theme()), { pixelRatio: 2 }),
    );
    this.listen();
    this.opened = true;
  }

  /* Larger, smaller, the whole: the page's own cells, so that they can lie where there is room. */
  zoomControl() {
    const box = document.createElement("div");
    box.className = "map__zoom";
    const act = { zoom_in: () => this.map.zoomIn(), zoom_out: () => this.map.zoomOut(), whole: () => this.whole() };
    Object.entries(act).forEach(([name, run]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `map__${name}`;
      button.title = this.speaker.say(name);
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => {
        this.settle();
        run();
      });
      box.append(button);
    });
    this.node.append(box);
  }

  listen() {
    this.reach.listen();
    this.map.on("zoomend", () => this.near());
    this.map.on("movestart", ({ originalEvent }) => originalEvent && this.settle());
    this.map.on("moveend", () => {
      this.details.look();
      if (!this.second) {
        this.page.moved({ zoom: this.map.getZoom(), center: this.map.getCenter().toArray() });
      }
    });
    const canvas = this.map.getCanvas();
    canvas.addEventListener("webglcontextlost", () => this.page.lost(this));
    onTheme(() => this.recolour());
    new ResizeObserver(() => {
      this.map.resize();
      this.refit?.();
    }).observe(this.node);
    window.addEventListener("beforeprint", () => this.photograph());
  }

  /* Show a view: geometry only when the level or division is another. Where it is the same, the
     new colours are drawn before this returns, so that nothing else can come between. */
  async show(view) {
    if (!this.opened) {
      await this.ready;
    }
    const first = !this.layer;
    const laid = this.layer === view.layer?.url;
    const again = this.view === view;
    if (view.layer && !laid) {
      this.lay(view);
    }
    this.view = view;
    this.colour(view);
    this.classify(view);
    this.near();
    this.unknown(view);
    this.police(view);
    this.frame(view, first);
    this.node.dataset.shown = view.query;
    if (laid && !again) {
      this.map.redraw();
      this.map.getCanvas().getContext("webgl2")?.flush();
    }
    this.names.show(view);
    this.cities?.show(view);
    this.details.look();
    await this.reach.outline(view, first);
  }

  /* Two maps in step: where one looks, the other looks. */
  step(other) {
    let leading = false;
    const lead = (one, two) =>
      one.on("move", () => {
        if (!leading) {
          leading = true;
          two.jumpTo({ center: one.getCenter(), zoom: one.getZoom() });
          leading = false;
        }
      });
    Promise.all([this.ready, other.ready]).then(() => {
      other.map.jumpTo({ center: this.map.getCenter(), zoom: this.map.getZoom() });
      lead(this.map, other.map);
      lead(other.map, this.map);
    });
    [this.twin, other.twin] = [other, this];
  }

  /* Sources and layers of another level or division; the ones of the last are taken away. */
  lay(view) {
    const { map } = this;
    this.details.clear();
    for (const id of ["edges", "fill"]) {
      if (map.getLayer(id)) {
        map.removeLayer(id);
      }
    }
    if (map.getSource("areas")) {
      map.removeSource("areas");
    }
    this.states = [];
    this.layer = view.layer.url;
    this.overlaid = null;
    this.palette = null;
    this.areaNames = null;
    file(view.names).then((names) => {
      if (this.view?.names === view.names) {
        this.areaNames = names;
        this.reach.relabel(this.view);
      }
    }, () => {});
    map.addSource("areas", { ...this.source(view.layer.url), generateId: true });
    this.addGround(view);
    this.addAreas(view);
    map.once("idle", () => collection(view.layer.url).catch(() => {}));
    this.node.dataset.layer = view.layer.key;
  }

  source(path) {
    const data = new URL(url(path), window.location.href).href;
    return { type: "geojson", tolerance: 0.45, buffer: 32, maxzoom: 12, data };
  }

  /* What lies under and over the areas whatever they are; laid once. */
  addGround(view) {
    const { map } = this;
    if (map.getSource("marked")) {
      return;
    }
    if (view.ground) {
      map.addSource("ground", { type: "geojson", data: EMPTY, tolerance: 0.45, buffer: 32 });
      map.addSource("sea", { type: "geojson", data: EMPTY });
      map.addLayer({ id: "neighbours", type: "fill", source: "ground", filter: ABROAD, paint: {} });
      map.addLayer({ id: "borders", type: "line", source: "ground", filter: ABROAD, paint: { "line-width": 0.8 } });
      file(view.ground.url).then((land) => {
        map.getSource("ground")?.setData(stretched(land));
        map.getSource("sea")?.setData(seaOf(land));
      }, () => {});
    }
    Object.keys(DRAWN).forEach((id) => map.addSource(id, { type: "geojson", data: EMPTY, maxzoom: 12 }));
    ["lan", "kommun"].filter((o) => view.outlines[o]).forEach((o) =>
      map.addSource(o, { ...this.source(view.outlines[o].url), generateId: true }),
    );
    if (view.outlines.kommun) {
      map.addLayer({ id: "land", type: "fill", source: "kommun", layout: { visibility: "none" }, paint: {} });
      map.addLayer({ id: "unknown", type: "fill", source: "kommun", filter: ["==", ["id"], -1], paint: { "fill-pattern": "hatch" } });
    }
    if (view.ground) {
      /* Near the coast areas go over it; what has none ends there. */
      const near = { minzoom: COAST };
      map.addLayer({ id: "sea-near", type: "fill", source: "sea", ...near, paint: {} });
      map.addLayer({ id: "abroad-near", type: "fill", source: "ground", filter: ABROAD, ...near, paint: {} });
    }
    const hidden = { visibility: "none" };
    map.addLayer({ id: "marked", type: "fill", source: "marked", layout: hidden, paint: { "fill-pattern": ["get", "pattern"] } });
    this.addLine("kommun", [0.35, 1.6], NEAR);
    this.addLine("lan", [0.85, 1.8]);
    if (view.ground) {
      const far = { maxzoom: COAST };
      map.addLayer({ id: "sea", type: "fill", source: "sea", ...far, paint: {} });
      map.addLayer({ id: "abroad", type: "fill", source: "ground", filter: ABROAD, ...far, paint: {} });
      const home = ["==", ["get", "sweden"], true];
      map.addLayer({ id: "coast", type: "line", source: "ground", filter: home, ...far, paint: { "line-width": 0.8 } });
    }
    const bold = (id, source, width) =>
      map.addLayer({ id, type: "line", source, layout: { "line-join": "round", ...hidden }, paint: { "line-width": width } });
    map.addSource("police", { type: "geojson", data: EMPTY, maxzoom: 12 });
    bold("police-casing", "police", 4);
    bold("police", "police", 2);
    bold("hovered", "hovered", 2);
    bold("picked-casing", "picked", 5.5);
    bold("picked", "picked", 3);
  }

  addLine(id, widths, minzoom = 0) {
    if (this.map.getSource(id)) {
      const width = ["interpolate", ["linear"], ["zoom"], 4, widths[0], 9, widths[1]];
      this.map.addLayer({ id, type: "line", source: id, minzoom, layout: { "line-join": "round" }, paint: { "line-width": width } });
    }
  }

  /* Only the fill follows the state of features: every layer that does costs as much again. */
  addAreas(view) {
    const paint = { "fill-color": "#888", "fill-antialias": false };
    this.map.addLayer({ id: "fill", type: "fill", source: "areas", paint }, "marked");
    this.addEdges("edges", "areas", view.selection.level);
  }

  addEdges(id, source, level) {
    const width = ["interpolate", ["linear"], ["zoom"], 7, 0.3, 11, 0.8];
    const line = { id, type: "line", source, minzoom: EDGES_FROM[level] || 0, paint: { "line-width": width } };
    this.map.addLayer(line, this.map.getLayer("kommun") ? "kommun" : "lan");
    this.map.setPaintProperty(id, "line-color", TONES[theme()].edge);
  }

  /* Colours of classes, lines and ground for the theme; nothing happens when they are the same. */
  colour(view) {
    const scheme = theme();
    const colours = view.legend.colours[scheme];
    const palette = `${scheme} ${colours.join()}`;
    if (palette === this.palette) {
      return;
    }
    this.palette = palette;
    const tones = TONES[scheme];
    const { map } = this;
    this.fill = [
      "match",
      ["coalesce", ["feature-state", "c"], OUTSIDE],
      ...colours.flatMap((colour, index) => [index, colour]),
      ...[MISSING, tones.hatchGround],
      tones.land,
    ];
    ["fill", ...this.details.fills()].forEach((id) => map.setPaintProperty(id, "fill-color", this.fill));
    const set = (id, property, tone) => map.getLayer(id) && map.setPaintProperty(id, property, tone);
    set("neighbours", "fill-color", tones.neighbour);
    set("abroad", "fill-color", tones.neighbour);
    set("abroad-near", "fill-color", tones.neighbour);
    set("borders", "line-color", tones.border);
    set("land", "fill-color", tones.land);
    set("sea", "fill-color", tones.sea);
    set("sea-near", "fill-color", tones.sea);
    set("coast", "line-color", tones.coast);
    ["edges", ...this.details.edges()].forEach((id) => set(id, "line-color", tones.edge));
    set("hovered", "line-color", tones.ink);
    set("kommun", "line-color", tones.kommun);
    set("lan", "line-color", tones.lan);
    set("police", "line-color", tones.police);
    set("police-casing", "line-color", tones.halo);
    set("picked", "line-color", tones.place);
    set("picked-casing", "line-color", tones.halo);
    Object.keys(PATTERNS).forEach((name) => map.updateImage(name, pattern(name, scheme)));
  }

  recolour() {
    if (this.view && this.map.getLayer("fill")) {
      this.colour(this.view);
      this.cities?.draw();
    }
  }

  classify(view) {
    for (let index = 0; index < view.classes.length; index += 1) {
      const code = view.classes[index];
      const c = CODES[code] ?? Number(code);
      if (this.states[index] !== c) {
        this.map.setFeatureState({ source: "areas", id: index }, { c });
        this.details.set(index, c);
        this.states[index] = c;
      }
    }
    this.reach.rewrite();
    this.mark(view).catch(() => {});
  }

  /* The kommuner that hold areas whose borders are not known: what no area covers is hatched, and
     around a place that the view is limited to it is land. */
  unknown(view) {
    if (this.map.getLayer("unknown")) {
      const key = [Boolean(view.within), ...view.unbounded].join();
      if (this.lacking !== key) {
        this.lacking = key;
        this.map.setLayoutProperty("land", "visibility", view.within ? "visible" : "none");
        this.map.setFilter("unknown", ["in", ["id"], ["literal", view.unbounded]]);
      }
    }
  }

  /* The police's areas are lines over everything, and belong to no area. */
  police(view) {
    const shown = Boolean(view.police);
    if (!this.map.getLayer("police") || (!shown && !this.policed)) {
      return;
    }
    this.policed = shown;
    ["police-casing", "police"].forEach((id) =>
      this.map.setLayoutProperty(id, "visibility", shown ? "visible" : "none"),
    );
    if (shown) {
      file(view.police).then((lines) => this.map.getSource("police")?.setData(lines), () => {});
    }
  }

  /* Patterns over areas without a value, with an uncertain change or with few persons. */
  async mark(view) {
    const missing = [...view.classes].flatMap((code, index) => (code === "-" ? [index] : []));
    const key = [view.layer.url, missing.join(), view.few.join(), view.uncertain.join()].join(" ");
    if (key === this.overlaid) {
      return;
    }
    this.overlaid = key;
    const places = [
      ...missing.map((index) => [index, "hatch"]),
      ...view.uncertain.map((index) => [index, "uncertain"]),
      ...view.few.map((index) => [index, "dots"]),
    ];
    const all = places.length ? (await collection(view.layer.url)).features : [];
    if (this.overlaid === key) {
      const shapes = places.filter(([index]) => all[index]);
      this.draw("marked", shapes.map(([index, name]) => ({ ...all[index], pattern: name })));
    }
  }

  /* Puts shapes in one of the sources of few. */
  draw(source, shapes) {
    if (!this.map.getSource(source)) {
      return;
    }
    this.map.getSource(source).setData({
      type: "FeatureCollection",
      features: shapes.map(({ geometry, pattern: name }) => ({
        type: "Feature",
        properties: name ? { pattern: name } : {},
        geometry,
      })),
    });
    DRAWN[source].forEach((id) => {
      if (this.map.getLayer(id)) {
        this.map.setLayoutProperty(id, "visibility", shapes.length ? "visible" : "none");
      }
    });
  }

  near() {
    this.node.classList.toggle("map--near", this.map.getZoom() >= COAST);
  }

  /* The place that the map is limited to fills it, once; the address's own camera goes before. */
  frame(view, first) {
    const id = view.within ? view.within.id : null;
    const placed = first && this.placed;
    if (!placed && (id !== (this.framed ?? null) || first)) {
      this.fit(view.within?.bounds || (first && view.area?.bounds) || SWEDEN, first);
    }
    this.framed = id;
  }

  /* Pixels at the edges that cards float over. */
  room() {
    return this.page.room(this.node);
  }

  fit(box, still) {
    const animate = !(still || calm.matches);
    const maxZoom = 12.5;
    this.map.fitBounds(box, { padding: this.room(), maxZoom, animate, duration: 600 });
    /* A card that opens before the page has settled leaves less room. */
    this.refit = () => this.fit(box, true);
  }

  /* The page is as the view asks for it: from here on the map stays where it is. */
  settle() {
    this.refit = this.reach.covered = null;
  }

  /* After the next frame, so that the map comes before all else; hidden pages have no frames. */
  painted() {
    return Promise.race([
      new Promise((resolve) => window.requestAnimationFrame(() => window.setTimeout(resolve))),
      new Promise((resolve) => window.setTimeout(resolve, 150)),
    ]);
  }

  whole() {
    this.map.fitBounds(SWEDEN, { padding: this.room(), animate: !calm.matches, duration: 600 });
  }

  fly(center, zoom) {
    this.map.flyTo({ center, zoom, animate: !calm.matches, duration: 900 });
  }

  /* A canvas is blank on paper: put its picture beside it. */
  photograph() {
    this.map.redraw();
    let image = this.node.querySelector(".map__print");
    if (!image) {
      image = document.createElement("img");
      image.className = "map__print";
      image.alt = "";
      this.node.append(image);
    }
    image.src = this.inLight(this.map.getCanvas()).toDataURL("image/png");
  }

  inLight(canvas) {
    if (theme() === "light" || !this.view) {
      return canvas;
    }
    const { light, dark } = this.view.legend.colours;
    const classes = dark.map((colour, index) => [colour, light[index]]);
    return exchanged(canvas, [...classes, ...Object.keys(TONES.dark).map((name) => [TONES.dark[name], TONES.light[name]])]);
  }

  remove() {
    this.map?.remove();
    this.node.replaceChildren();
  }
}
