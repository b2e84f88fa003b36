/* Reaching the areas of the map: the pointer with its tip, the chosen area, and the keys. */

import { bounds, collection, file, loaded, middle } from "./data.mjs";
import { calm } from "./theme.mjs";

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/* The nearest of some points in a direction, by its index; null where none lies that way. */
export function nearest([x, y], points, [dx, dy]) {
  let best = null;
  let least = Infinity;
  points.forEach(([px, py], index) => {
    const [ax, ay] = [(px - x) * Math.cos((y * Math.PI) / 180), py - y];
    const along = ax * dx + ay * dy;
    const across = Math.abs(ax * dy + ay * dx);
    const far = along + 2 * across;
    if (along > 1e-6 && across <= along && far < least) {
      best = index;
      least = far;
    }
  });
  return best;
}

export class Reach {
  constructor(picture) {
    this.picture = picture;
    this.hovered = null;
    this.clicked = null;
  }

  listen() {
    const { map, node } = this.picture;
    this.tip = document.createElement("div");
    this.tip.className = "map__tip";
    this.tip.hidden = true;
    node.append(this.tip);
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.leave());
    this.picture.page.chooser?.listen(this.picture);
    map.on("click", (event) => {
      const index = this.at(event.point);
      if (index !== null && this.picture.areaNames) {
        this.pick(index);
      }
    });
  }

  at(point) {
    const { map, view, details } = this.picture;
    const layers = ["fill", ...details.fills()].filter((id) => map.getLayer(id));
    const [found] = layers.length ? map.queryRenderedFeatures(point, { layers }) : [];
    const index = typeof found?.id === "string" ? this.picture.areaNames?.ids.indexOf(found.id) : found?.id;
    return index >= 0 && view.classes[index] !== "." ? index : null;
  }

  pick(index) {
    const { areaNames, page } = this.picture;
    this.clicked = areaNames.ids[index];
    if (page.chooser?.on) {
      page.chooser.pick(this.clicked);
      return;
    }
    page.change("area", this.clicked);
  }

  hover(event) {
    const { map, twin, layer } = this.picture;
    const index = this.at(event.point);
    if (index !== this.hovered) {
      this.hint(index);
      if (twin?.layer === layer) {
        twin.reach.hint(index);
      }
      this.hovered = index;
      map.getCanvas().style.cursor = index === null ? "" : "pointer";
    }
    if (index === null || !this.picture.areaNames) {
      this.tip.hidden = true;
      return;
    }
    this.write(index);
    this.place(event.point);
  }

  /* Outline the area under the pointer. */
  hint(index) {
    const all = this.picture.view && loaded(this.picture.view.layer?.url);
    const feature = all && index !== null ? all.features[index] : null;
    this.picture.draw("hovered", feature ? [feature] : []);
  }

  leave() {
    this.hint(null);
    this.picture.twin?.reach.hint(null);
    this.hovered = null;
    this.tip.hidden = true;
  }

  rewrite() {
    if (this.hovered !== null && this.tip && !this.tip.hidden && this.picture.areaNames) {
      this.write(this.hovered);
    }
  }

  write(index) {
    const { areaNames, extra, speaker, view } = this.picture;
    const name = document.createElement("strong");
    name.textContent = areaNames.labels[index];
    const value = document.createElement("span");
    value.textContent = speaker.value(view, index);
    const beside = extra.map(({ label, view: other }) => {
      const line = document.createElement("span");
      line.textContent = `${label}: ${speaker.value(other, index)}`;
      return line;
    });
    this.tip.replaceChildren(name, value, ...beside);
  }

  place({ x, y }) {
    this.tip.hidden = false;
    const { clientWidth: width } = this.picture.node;
    const right = x + 16 + this.tip.offsetWidth < width;
    const left = right ? x + 16 : Math.max(4, x - 16 - this.tip.offsetWidth);
    this.tip.style.transform = `translate(${left}px, ${Math.max(4, y - 12)}px)`;
  }

  /* The chosen area's outline and its button for the keyboard; zoom when it was not clicked. */
  async outline(view, first) {
    const { picture } = this;
    const id = view.area ? view.area.id : null;
    if (id === this.chosen && view.layer?.url === this.chosenOn) {
      this.relabel(view);
      return;
    }
    const other = id !== this.clicked && id !== this.chosen && id !== view.within?.id;
    const zoom = view.area && other && !first && !picture.page.chooser?.on;
    this.chosen = id;
    this.chosenOn = view.layer?.url;
    this.clicked = this.covered = null;
    this.marker?.remove();
    this.marker = null;
    const found = view.area?.outline || (view.area?.layer ? await this.feature(view.area) : null);
    picture.draw("picked", found ? [found] : []);
    if (found && !picture.second) {
      this.attach(view, found);
    }
    const box = view.area?.bounds || found?.bounds;
    if (zoom && box) {
      picture.fit(box, first);
    } else if (found && !first && !picture.page.chooser?.on) {
      this.covered = found; /* the drawer opens next */
      this.uncover();
    }
  }

  /* Where the drawer hides an area that was chosen just now the map moves aside. */
  uncover() {
    const feature = this.covered;
    if (!feature) {
      return;
    }
    const { map, node } = this.picture;
    const room = this.picture.room();
    const { x, y } = map.project(middle(feature.bounds));
    const inside = x < node.clientWidth - room.right && y < node.clientHeight - room.bottom && x > 0 && y > 0;
    if (!inside) {
      this.covered = null;
      map.easeTo({ center: middle(feature.bounds), padding: room, animate: !calm.matches, duration: 300 });
      map.once("moveend", () => map.setPadding({ left: 0, right: 0, top: 0, bottom: 0 }));
    }
  }

  async feature(area) {
    const [data, names] = await Promise.all([collection(area.layer.url), file(area.layer.names)]);
    return data.features[names.ids.indexOf(area.id)] || null;
  }

  attach(view, feature) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map__chosen";
    button.addEventListener("keydown", (event) => this.walk(event));
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      document.getElementById("map-panel")?.scrollIntoView({ block: "nearest" });
    });
    this.marker = new this.picture.gl.Marker({ element: button });
    this.marker.setLngLat(middle(feature.bounds)).addTo(this.picture.map);
    this.relabel(view);
    if (this.walking) {
      this.walking = false;
      button.focus();
    }
  }

  relabel(view) {
    const { areaNames, speaker } = this.picture;
    if (!this.marker || !view?.area) {
      return;
    }
    const index = areaNames ? areaNames.ids.indexOf(view.area.id) : -1;
    const value = index < 0 ? "" : speaker.value(view, index);
    const said = speaker.say("chosen", { name: view.area.label, value });
    this.marker.getElement().setAttribute("aria-label", value ? said : view.area.label);
  }

  /* Arrow keys on the chosen area go to the nearest area in that direction. */
  async walk(event) {
    const { areaNames, map, view } = this.picture;
    const way = WAYS[event.key];
    if (!way || !areaNames) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { features: all } = await collection(view.layer.url);
    const from = middle(bounds(all[areaNames.ids.indexOf(this.chosen)]?.geometry));
    const best = nearest(from, all.map((feature) => middle(feature.bounds)), way);
    if (best !== null) {
      this.walking = true;
      this.pick(best);
      const to = middle(all[best].bounds);
      if (!map.getBounds().contains(to)) {
        map.panTo(to, { animate: !calm.matches });
      }
    }
  }
}
