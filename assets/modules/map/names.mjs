/* Names on the map: towns, and near enough the areas; drawn as SVG, so that no glyphs are fetched. */

import { file } from "./data.mjs";
import { AREAS_FROM, mostTowns, place, short } from "./placing.mjs";

const NS = "http://www.w3.org/2000/svg";
const HEIGHT = 18;
const MOST = 60;
const WEST = 14.2; /* degrees: west of it names stand left of their dot first, in the water */
const BIG = 3; /* as many of the largest towns have strong names */

export class Names {
  constructor(picture) {
    this.picture = picture;
    this.list = null;
    this.widths = new Map();
    this.layer = document.createElementNS(NS, "svg");
    this.layer.setAttribute("class", "map__names");
    this.layer.setAttribute("aria-hidden", "true");
    picture.node.append(this.layer);
    picture.map.on("move", () => this.follow());
    picture.map.on("moveend", () => this.draw());
    picture.map.on("resize", () => this.draw());
    this.pen = document.createElement("canvas").getContext("2d");
    document.fonts?.ready.then(() => {
      this.widths.clear();
      this.draw();
    });
  }

  show(view) {
    if (view.places && this.source !== view.places) {
      this.source = view.places;
      file(view.places).then((list) => {
        this.list = list;
        this.draw();
      }, () => {});
    }
    const within = view.within?.id || "";
    if (this.within !== within || this.level !== view.selection.level) {
      this.within = within;
      this.level = view.selection.level;
      this.draw();
    }
  }

  width(text, strong) {
    const key = `${strong} ${text}`;
    if (!this.widths.has(key)) {
      const font = getComputedStyle(this.picture.node).fontFamily;
      this.pen.font = `${strong ? 600 : 400} 14px ${font}`;
      this.widths.set(key, this.pen.measureText(text).width);
    }
    return this.widths.get(key);
  }

  /* Names in view, most important first: towns by residents, then the areas. */
  candidates() {
    const { map } = this.picture;
    const zoom = map.getZoom();
    const box = map.getBounds();
    const most = mostTowns(zoom);
    const small = ["regso", "deso"].includes(this.level) && zoom >= AREAS_FROM;
    const towns = this.list.towns
      .filter(([, lon, lat, rank]) => rank <= most && box.contains([lon, lat]))
      .filter(([, lon, lat]) => !small || !this.list.areas.length || !this.inTown(lon, lat))
      .map(([name, lon, lat, rank]) => ({
        text: name,
        lon,
        lat,
        strong: rank <= BIG && zoom < 9,
        dot: true,
        sides: lon < WEST && zoom < 8 ? ["left", "right"] : ["right", "left"],
      }));
    const areas = small
      ? this.list.areas
          .filter(([, lon, lat]) => box.contains([lon, lat]))
          .map(([name, lon, lat]) => ({ text: short(name), lon, lat, strong: zoom >= 13, dot: false, sides: ["middle"] }))
      : [];
    return [...areas, ...towns].slice(0, 400);
  }

  /* Where areas are named a town's own name says nothing new. */
  inTown(lon, lat) {
    return this.list.areas.some(([, x, y]) => Math.hypot((x - lon) * 0.55, y - lat) < 0.03);
  }

  draw() {
    const { map, node } = this.picture;
    if (!this.list || !map) {
      return;
    }
    const names = this.candidates().map((name) => {
      const { x, y } = map.project([name.lon, name.lat]);
      return { ...name, x, y, width: this.width(name.text, name.strong), height: HEIGHT };
    });
    const size = { width: node.clientWidth, height: node.clientHeight };
    this.chosen = place(names, { taken: this.cards(), size }).slice(0, MOST);
    this.layer.replaceChildren(...this.chosen.map((name) => this.element(name)));
    this.follow();
  }

  /* What floats over the map, in the map's own pixels. */
  cards() {
    const origin = this.picture.node.getBoundingClientRect();
    return this.picture.page.floating(this.picture.node).map((box) => ({
      left: box.left - origin.left,
      right: box.right - origin.left,
      top: box.top - origin.top,
      bottom: box.bottom - origin.top,
    }));
  }

  element({ text, side, strong, dot, width }) {
    const group = document.createElementNS(NS, "g");
    if (dot) {
      const mark = document.createElementNS(NS, "circle");
      mark.setAttribute("r", "2.6");
      group.append(mark);
    }
    const name = document.createElementNS(NS, "text");
    name.setAttribute("x", { right: 8, left: -8 - width, middle: -width / 2 }[side]);
    name.setAttribute("dy", "0.34em");
    name.setAttribute("class", strong ? "map__name map__name--strong" : "map__name");
    name.textContent = text;
    group.append(name);
    return group;
  }

  follow() {
    const { map } = this.picture;
    [...this.layer.children].forEach((group, index) => {
      const { lon, lat } = this.chosen[index];
      const { x, y } = map.project([lon, lat]);
      group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    });
  }
}
