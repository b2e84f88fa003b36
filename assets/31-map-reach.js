/* Reaching the areas of the map: the pointer with its tip, the chosen area, and the keys. */
(function () {
  "use strict";

  const { bounds, calm, collection, drawn, file, middle, Picture } = window.barometer;

  Object.assign(Picture.prototype, {
    at(point) {
      if (!this.map.getLayer("fill")) {
        return null;
      }
      const [found] = this.map.queryRenderedFeatures(point, { layers: ["fill"] });
      return found && this.view.classes[found.id] !== "." ? found.id : null;
    },

    pick(index) {
      this.clicked = this.names.ids[index];
      window.dash_clientside.set_props("map-picked", { data: { area: this.clicked } });
    },

    hover(event) {
      const index = this.at(event.point);
      if (index !== this.hovered) {
        this.hint(index);
        if (this.twin?.layer === this.layer) {
          this.twin.hint(index);
        }
        this.hovered = index;
        this.map.getCanvas().style.cursor = index === null ? "" : "pointer";
      }
      if (index === null || !this.names) {
        this.tip.hidden = true;
        return;
      }
      this.write(index);
      this.place(event.point);
    },

    /* Outline the area under the pointer. */
    hint(index) {
      const all = this.view && drawn(this.view.layer?.url);
      const feature = all && index !== null ? all.features[index] : null;
      this.draw("hovered", feature ? [feature] : []);
    },

    leave() {
      this.hint(null);
      this.twin?.hint(null);
      this.hovered = null;
      this.tip.hidden = true;
    },

    write(index) {
      const name = document.createElement("strong");
      name.textContent = this.names.labels[index];
      const value = document.createElement("span");
      value.textContent = this.speaker.value(this.view, index);
      const beside = this.extra.map(({ label, view }) => {
        const line = document.createElement("span");
        line.textContent = `${label}: ${this.speaker.value(view, index)}`;
        return line;
      });
      this.tip.replaceChildren(name, value, ...beside);
    },

    place({ x, y }) {
      this.tip.hidden = false;
      const { clientWidth: width } = this.node;
      const right = x + 16 + this.tip.offsetWidth < width;
      const left = right ? x + 16 : Math.max(4, x - 16 - this.tip.offsetWidth);
      this.tip.style.transform = `translate(${left}px, ${Math.max(4, y - 12)}px)`;
    },

    /* The chosen area's outline and its button for the keyboard; zoom when it was not clicked. */
    async outline(view, first) {
      const id = view.area ? view.area.id : null;
      const same = id === this.chosen && view.layer?.url === this.chosenOn;
      if (same) {
        this.relabel(view);
        return;
      }
      const zoom = view.area && view.area.id !== view.within?.id && id !== this.clicked && id !== this.chosen;
      this.chosen = id;
      this.chosenOn = view.layer?.url;
      this.clicked = null;
      this.marker?.remove();
      this.marker = null;
      const found = view.area?.layer ? await this.feature(view.area) : null;
      this.draw("picked", found ? [found] : []);
      if (found && this.node === this.home) {
        this.attach(view, found);
      }
      const box = view.area?.bounds || found?.bounds;
      if (zoom && box) {
        const still = first || calm.matches;
        const padding = Math.min(this.node.clientWidth, this.node.clientHeight) / 4;
        this.map.fitBounds(box, { padding, maxZoom: 11, animate: !still, duration: 600 });
      }
    },

    async feature(area) {
      const [data, names] = await Promise.all([
        collection(area.layer.url),
        file(area.layer.names),
      ]);
      const index = names.ids.indexOf(area.id);
      return data.features[index] || null;
    },

    attach(view, feature) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "map__chosen";
      button.addEventListener("keydown", (event) => this.walk(event));
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        document.getElementById("map-panel")?.scrollIntoView({ block: "nearest" });
      });
      this.marker = new this.gl.Marker({ element: button });
      this.marker.setLngLat(middle(feature.bounds)).addTo(this.map);
      this.relabel(view);
      if (this.walking) {
        this.walking = false;
        button.focus();
      }
    },

    relabel(view) {
      if (!this.marker || !view?.area) {
        return;
      }
      const index = this.names ? this.names.ids.indexOf(view.area.id) : -1;
      const value = index < 0 ? "" : this.speaker.value(view, index);
      const said = this.speaker.say("chosen", { name: view.area.label, value });
      this.marker.getElement().setAttribute("aria-label", value ? said : view.area.label);
    },

    /* Arrow keys on the chosen area go to the nearest area in that direction. */
    async walk(event) {
      const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      const [dx, dy] = way[event.key] || [];
      if (dx === undefined || !this.names) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const { features: all } = await collection(this.view.layer.url);
      const [x, y] = middle(bounds(all[this.names.ids.indexOf(this.chosen)]?.geometry));
      let best = null;
      let least = Infinity;
      all.forEach((feature, index) => {
        const [fx, fy] = middle(feature.bounds);
        const [ax, ay] = [(fx - x) * Math.cos((y * Math.PI) / 180), fy - y];
        const along = ax * dx + ay * dy;
        const across = Math.abs(ax * dy + ay * dx);
        const far = along + 2 * across;
        if (along > 1e-6 && across <= along && far < least) {
          best = index;
          least = far;
        }
      });
      if (best !== null) {
        this.walking = true;
        this.pick(best);
        const [fx, fy] = middle(all[best].bounds);
        if (!this.map.getBounds().contains([fx, fy])) {
          this.map.panTo([fx, fy], { animate: !calm.matches });
        }
      }
    },
  });
})();
