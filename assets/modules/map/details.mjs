/* Borders in full detail, a län at a time, once somebody has come near enough to see them. */

import { file } from "./data.mjs";

export const FROM = 8; /* zoom */

/* Whether two boxes (west, south, east, north) share a point. */
export const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

export class Details {
  constructor(picture) {
    this.picture = picture;
    this.laid = new Map(); /* by part: the areas' ids by their place in the layer */
  }

  fills = () => [...this.laid.keys()].map((part) => `fill-${part}`);

  edges = () => [...this.laid.keys()].map((part) => `edges-${part}`);

  /* Lay what is in view; the coarse borders go when all of it is there. */
  look() {
    const { map, view } = this.picture;
    const parts = view?.layer?.parts || [];
    if (!parts.length || !map.getLayer("fill")) {
      return;
    }
    const near = map.getZoom() >= FROM;
    const box = map.getBounds().toArray().flat();
    const wanted = near ? parts.filter((part) => meet(part.bounds, box)) : [];
    wanted.forEach((part) => this.lay(part, view));
    const complete = wanted.length > 0 && wanted.every((part) => this.laid.has(part.id));
    const edges = { deso: 8, regso: 7 }[view.selection.level] || 0;
    this.range("fill", 0, complete ? FROM : 24);
    this.range("edges", edges, complete ? Math.max(FROM, edges) : 24);
  }

  /* A layer's zooms, where they are others: the map is drawn once more after each call. */
  range(id, least, most) {
    const { minzoom = 0, maxzoom = 24 } = this.picture.map.getLayer(id);
    if (minzoom !== least || maxzoom !== most) {
      this.picture.map.setLayerZoomRange(id, least, most);
    }
  }

  async lay(part, view) {
    const { map } = this.picture;
    if (this.laid.has(part.id) || map.getSource(`detail-${part.id}`)) {
      return;
    }
    map.addSource(`detail-${part.id}`, { ...this.picture.source(part.url), promoteId: "a" });
    const [{ features }, names] = await Promise.all([file(part.url), file(view.names)]);
    if (this.picture.view?.layer?.url !== view.layer.url || !map.getSource(`detail-${part.id}`)) {
      return;
    }
    const ids = new Map(features.map(({ properties: { a } }) => [names.ids.indexOf(a), a]));
    this.laid.set(part.id, ids);
    ids.forEach((id, index) => {
      const c = this.picture.states[index];
      if (c !== undefined) {
        map.setFeatureState({ source: `detail-${part.id}`, id }, { c });
      }
    });
    const paint = { "fill-color": this.picture.fill, "fill-antialias": false };
    const fill = { id: `fill-${part.id}`, type: "fill", source: `detail-${part.id}`, minzoom: FROM, paint };
    map.addLayer(fill, "marked");
    this.picture.addEdges(`edges-${part.id}`, `detail-${part.id}`, view.selection.level);
    map.setLayerZoomRange(`edges-${part.id}`, FROM, 24);
    map.once("idle", () => this.look());
  }

  set(index, c) {
    this.laid.forEach((ids, part) => {
      if (ids.has(index)) {
        const id = ids.get(index);
        this.picture.map.setFeatureState({ source: `detail-${part}`, id }, { c });
      }
    });
  }

  clear() {
    const { map } = this.picture;
    const parts = new Set(this.laid.keys());
    Object.keys(map?.getStyle()?.sources || {})
      .filter((id) => id.startsWith("detail-"))
      .forEach((id) => parts.add(id.slice("detail-".length)));
    parts.forEach((part) => {
      [`fill-${part}`, `edges-${part}`].filter((id) => map.getLayer(id)).forEach((id) => map.removeLayer(id));
      if (map.getSource(`detail-${part}`)) {
        map.removeSource(`detail-${part}`);
      }
    });
    this.laid.clear();
  }
}
