/* The map: geometry stays with MapLibre; a new year or indicator only sets the state of features. */
(function () {
  "use strict";

  const { bounds, calm, collection, dark, drawn, file, loadLibrary, middle, theme } = window.barometer;

  const SWEDEN = [10.6, 55.2, 24.3, 69.15];
  const MISSING = -1;
  const NEAR = 6; /* zoom from which kommuner are outlined */
  const EDGES_FROM = { deso: 6.5, regso: 5 }; /* before that they would cover the colours */
  const LAYERS = [
    ...["picked", "picked-casing", "hovered", "lan", "kommun", "edges", "hatched", "fill"],
  ];

  class Picture {
    constructor(node, speaker) {
      this.node = node;
      this.speaker = speaker;
      this.layer = null; /* address of the layer that is drawn */
      this.states = []; /* class of each feature as it is drawn */
      this.clicked = null;
      this.ready = this.open();
    }

    async open() {
      const gl = await loadLibrary(this.node.dataset);
      const coarse = window.matchMedia("(pointer: coarse)").matches;
      this.map = new gl.Map({
        container: this.node,
        style: {
          version: 8,
          sources: {},
          layers: [{ id: "ground", type: "background", paint: { "background-color": "#fff" } }],
        },
        bounds: SWEDEN,
        fitBoundsOptions: { padding: 12 },
        minZoom: 2.5,
        maxZoom: 14,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        cooperativeGestures: coarse,
        locale: {
          "Map.Title": this.speaker.say("label"),
          "NavigationControl.ZoomIn": this.speaker.say("zoom_in"),
          "NavigationControl.ZoomOut": this.speaker.say("zoom_out"),
        },
      });
      this.map.touchZoomRotate.disableRotation();
      this.map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
      this.map.addControl(new WholeControl(this), "top-right");
      this.tip = document.createElement("div");
      this.tip.className = "map__tip";
      this.tip.hidden = true;
      this.node.append(this.tip);
      this.gl = gl;
      await new Promise((resolve) => this.map.once("load", resolve));
      this.map.addImage("hatch", hatch(theme()), { pixelRatio: 2 });
      this.listen();
      window.barometerMap = this.map;
    }

    listen() {
      this.map.on("mousemove", (event) => this.hover(event));
      this.map.on("mouseout", () => this.leave());
      this.map.on("click", (event) => {
        const index = this.at(event.point);
        if (index !== null && this.names) {
          this.pick(index);
        }
      });
      this.map.on("zoomend", () => this.near());
      new MutationObserver(() => this.recolour()).observe(document.documentElement, {
        attributes: true,
        attributeFilter: ["data-mantine-color-scheme"],
      });
      dark.addEventListener("change", () => this.recolour());
      new ResizeObserver(() => this.map.resize()).observe(this.node);
      window.addEventListener("beforeprint", () => this.photograph());
    }

    at(point) {
      if (!this.map.getLayer("fill")) {
        return null;
      }
      const [found] = this.map.queryRenderedFeatures(point, { layers: ["fill"] });
      return found ? found.id : null;
    }

    pick(index) {
      this.clicked = this.names.ids[index];
      window.dash_clientside.set_props("map-picked", { data: { area: this.clicked } });
    }

    hover(event) {
      const index = this.at(event.point);
      if (index !== this.hovered) {
        this.mark(index);
        this.hovered = index;
        this.map.getCanvas().style.cursor = index === null ? "" : "pointer";
      }
      if (index === null || !this.names) {
        this.tip.hidden = true;
        return;
      }
      this.write(index);
      this.place(event.point);
    }

    /* Outline the area under the pointer. */
    mark(index) {
      const all = this.view && drawn(this.view.layer?.url);
      const feature = all && index !== null ? all.features[index] : null;
      this.draw("hovered", feature ? [feature] : []);
    }

    draw(source, shapes) {
      this.map.getSource(source)?.setData({
        type: "FeatureCollection",
        features: shapes.map(({ geometry }) => ({ type: "Feature", properties: {}, geometry })),
      });
    }

    leave() {
      this.mark(null);
      this.hovered = null;
      this.tip.hidden = true;
    }

    write(index) {
      const name = document.createElement("strong");
      name.textContent = this.names.labels[index];
      const value = document.createElement("span");
      value.textContent = this.speaker.value(this.view, index);
      this.tip.replaceChildren(name, value);
    }

    place({ x, y }) {
      this.tip.hidden = false;
      const { clientWidth: width } = this.node;
      const right = x + 16 + this.tip.offsetWidth < width;
      const left = right ? x + 16 : Math.max(4, x - 16 - this.tip.offsetWidth);
      this.tip.style.transform = `translate(${left}px, ${Math.max(4, y - 12)}px)`;
    }

    /* Show a view: geometry only when the level or division is another. */
    async show(view) {
      await this.ready;
      const first = !this.layer;
      if (view.layer && this.layer !== view.layer.url) {
        this.lay(view);
      }
      this.view = view;
      this.colour(view);
      this.classify(view);
      this.near();
      await this.outline(view, first);
    }

    lay(view) {
      const source = {
        type: "geojson",
        generateId: true,
        tolerance: 0.45,
        buffer: 32,
        maxzoom: 11,
        data: new URL(view.layer.url, window.location.href).href,
      };
      LAYERS.forEach((id) => {
        if (this.map.getLayer(id)) {
          this.map.removeLayer(id);
        }
      });
      if (this.map.getSource("areas")) {
        this.map.removeSource("areas");
      }
      this.map.addSource("areas", source);
      this.addOutlines(view);
      this.addLayers(view);
      this.layer = view.layer.url;
      this.states = [];
      this.palette = null;
      this.hatched = "";
      this.hovered = null;
      this.names = null;
      file(view.names).then((names) => {
        this.names = names;
        this.relabel(this.view);
      });
      this.map.once("idle", () => collection(view.layer.url));
      this.node.dataset.layer = view.layer.key;
    }

    /* Län always; kommuner when someone comes near enough to see them. */
    addOutlines(view) {
      this.addOutline("lan", view);
      for (const own of ["hatched", "hovered", "picked"]) {
        if (!this.map.getSource(own)) {
          const data = { type: "FeatureCollection", features: [] };
          this.map.addSource(own, { type: "geojson", data, maxzoom: 12 });
        }
      }
    }

    addOutline(level, view) {
      const layer = view.outlines[level];
      if (layer && !this.map.getSource(level)) {
        const data = new URL(layer.url, window.location.href).href;
        this.map.addSource(level, { type: "geojson", data, tolerance: 0.45, maxzoom: 11 });
      }
    }

    near() {
      const small = this.view && ["regso", "deso"].includes(this.view.selection.level);
      if (small && this.map.getZoom() >= NEAR && !this.map.getLayer("kommun")) {
        this.addOutline("kommun", this.view);
        this.addLine("kommun", [0.35, 1.4], "lan");
        this.palette = null;
        this.colour(this.view);
      }
    }

    addLine(id, widths, before) {
      if (this.map.getSource(id)) {
        const width = ["interpolate", ["linear"], ["zoom"], 4, widths[0], 9, widths[1]];
        this.map.addLayer(
          {
            id,
            type: "line",
            source: id,
            layout: { "line-join": "round" },
            paint: { "line-width": width },
          },
          before,
        );
      }
    }

    /* Only the fill follows the state of features: every layer that does costs as much again. */
    addLayers(view) {
      const { level } = view.selection;
      this.map.addLayer({
        id: "fill",
        type: "fill",
        source: "areas",
        paint: { "fill-color": "#888", "fill-antialias": false },
      });
      this.map.addLayer({
        id: "hatched",
        type: "fill",
        source: "hatched",
        paint: { "fill-pattern": "hatch" },
      });
      this.map.addLayer({
        id: "edges",
        type: "line",
        source: "areas",
        minzoom: EDGES_FROM[level] || 0,
        paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.4, 9, 0.8] },
      });
      this.addLine("lan", [0.9, 2]);
      const bold = (id, source, width) =>
        this.map.addLayer({
          id,
          type: "line",
          source,
          layout: { "line-join": "round" },
          paint: { "line-width": width },
        });
      bold("hovered", "hovered", 2);
      bold("picked-casing", "picked", 6);
      bold("picked", "picked", 2.8);
    }

    /* Colours of classes, lines and ground for the theme; nothing happens when they are the same. */
    colour(view) {
      const scheme = theme();
      const colours = view.legend ? view.legend.colours[scheme] : [];
      const palette = `${scheme} ${colours.join()}`;
      if (palette === this.palette) {
        return;
      }
      this.palette = palette;
      const tones = TONES[scheme];
      this.map.setPaintProperty("ground", "background-color", tones.ground);
      this.map.setPaintProperty("fill", "fill-color", [
        "match",
        ["coalesce", ["feature-state", "c"], -2],
        ...colours.flatMap((colour, index) => [index, colour]),
        ...[MISSING, view.legend ? view.legend.missing[scheme] : tones.land],
        tones.land,
      ]);
      for (const [id, tone] of [
        ["edges", tones.edge],
        ["hovered", tones.ink],
        ["kommun", tones.kommun],
        ["lan", tones.lan],
        ["picked", tones.picked],
        ["picked-casing", tones.casing],
      ]) {
        if (this.map.getLayer(id)) {
          this.map.setPaintProperty(id, "line-color", tone);
        }
      }
      this.map.updateImage("hatch", hatch(scheme));
    }

    recolour() {
      if (this.view && this.map.getLayer("fill")) {
        this.colour(this.view);
        window.dash_clientside.set_props("map-sentence", { children: this.view.sentence[theme()] });
      }
    }

    classify(view) {
      if (!view.classes) {
        return;
      }
      for (let index = 0; index < view.classes.length; index += 1) {
        const code = view.classes[index];
        const c = code === "-" ? MISSING : Number(code);
        if (this.states[index] !== c) {
          this.map.setFeatureState({ source: "areas", id: index }, { c });
          this.states[index] = c;
        }
      }
      if (this.hovered !== null && this.hovered !== undefined && !this.tip.hidden && this.names) {
        this.write(this.hovered);
      }
      this.hatch(view);
    }

    /* Areas without a value, drawn over when they are others than before. */
    async hatch(view) {
      const missing = [...view.classes].flatMap((code, index) => (code === "-" ? [index] : []));
      const key = `${view.layer.url} ${missing.join()}`;
      if (key === this.hatched) {
        return;
      }
      this.hatched = key;
      const all = missing.length ? (await collection(view.layer.url)).features : [];
      if (this.hatched === key) {
        this.draw(
          "hatched",
          missing.map((index) => all[index]).filter(Boolean),
        );
      }
    }

    /* The chosen area's outline and its button for the keyboard; zoom when it was not clicked. */
    async outline(view, first) {
      const id = view.area ? view.area.id : null;
      const same = id === this.chosen && view.layer?.url === this.chosenOn;
      if (same) {
        this.relabel(view);
        return;
      }
      const zoom = view.area && id !== this.clicked && id !== this.chosen;
      this.chosen = id;
      this.chosenOn = view.layer?.url;
      this.clicked = null;
      this.marker?.remove();
      this.marker = null;
      const found = view.area?.layer ? await this.feature(view.area) : null;
      this.draw("picked", found ? [found] : []);
      if (found) {
        this.attach(view, found);
      }
      const box = view.area?.bounds || found?.bounds;
      if (zoom && box) {
        const still = first || calm.matches;
        const padding = Math.min(this.node.clientWidth, this.node.clientHeight) / 4;
        this.map.fitBounds(box, { padding, maxZoom: 11, animate: !still, duration: 600 });
      }
    }

    async feature(area) {
      const [data, names] = await Promise.all([
        collection(area.layer.url),
        file(area.layer.names),
      ]);
      const index = names.ids.indexOf(area.id);
      return data.features[index] || null;
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
      this.marker = new this.gl.Marker({ element: button });
      this.marker.setLngLat(middle(feature.bounds)).addTo(this.map);
      this.relabel(view);
      if (this.walking) {
        this.walking = false;
        button.focus();
      }
    }

    relabel(view) {
      if (!this.marker || !view?.area) {
        return;
      }
      const index = this.names ? this.names.ids.indexOf(view.area.id) : -1;
      const value = index < 0 ? "" : this.speaker.value(view, index);
      const said = this.speaker.say("chosen", { name: view.area.label, value });
      this.marker.getElement().setAttribute("aria-label", value ? said : view.area.label);
    }

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
    }

    /* The next frame, so that the map comes before everything else; hidden pages have no frames. */
    painted() {
      return Promise.race([
        new Promise((resolve) => this.map.once("render", resolve)),
        new Promise((resolve) => window.setTimeout(resolve, 150)),
      ]);
    }

    whole() {
      this.map.fitBounds(SWEDEN, { padding: 12, animate: !calm.matches, duration: 600 });
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
      image.src = this.map.getCanvas().toDataURL("image/png");
    }
  }

  const TONES = {
    light: {
      ground: "#eef1f4",
      land: "#dfe3e8",
      edge: "rgba(255,255,255,0.55)",
      ink: "#12161c",
      kommun: "rgba(255,255,255,0.9)",
      lan: "rgba(20,24,32,0.62)",
      picked: "#12161c",
      casing: "#ffffff",
    },
    dark: {
      ground: "#12161c",
      land: "#2a3038",
      edge: "rgba(10,12,16,0.55)",
      ink: "#ffffff",
      kommun: "rgba(10,12,16,0.9)",
      lan: "rgba(235,240,248,0.6)",
      picked: "#ffffff",
      casing: "#12161c",
    },
  };

  /* Slanting lines: an area without a value, told by pattern and not by colour alone. */
  function hatch(scheme) {
    const size = 16;
    const canvas = document.createElement("canvas");
    canvas.width = size;
    canvas.height = size;
    const pen = canvas.getContext("2d");
    pen.strokeStyle = scheme === "dark" ? "rgba(235,240,248,0.75)" : "rgba(40,46,56,0.7)";
    pen.lineWidth = 2;
    for (const shift of [-size, 0, size]) {
      pen.beginPath();
      pen.moveTo(shift - 2, size + 2);
      pen.lineTo(shift + size + 2, -2);
      pen.stroke();
    }
    return pen.getImageData(0, 0, size, size);
  }

  const EXTENT = `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path
    d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M12 7v10" fill="none" stroke="currentColor"
    stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

  class WholeControl {
    constructor(picture) {
      this.picture = picture;
    }

    onAdd() {
      const label = this.picture.speaker.say("whole");
      const button = document.createElement("button");
      button.type = "button";
      button.title = label;
      button.setAttribute("aria-label", label);
      button.className = "map__whole";
      button.innerHTML = EXTENT;
      button.addEventListener("click", () => this.picture.whole());
      this.box = document.createElement("div");
      this.box.className = "maplibregl-ctrl maplibregl-ctrl-group";
      this.box.append(button);
      return this.box;
    }

    onRemove() {
      this.box.remove();
    }
  }

  window.barometer.Picture = Picture;
})();
