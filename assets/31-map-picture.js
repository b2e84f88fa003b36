/* The map: geometry stays with MapLibre; a new year or indicator only sets the state of features. */
(function () {
  "use strict";

  const { calm, collection, dark, file, loadLibrary, pattern, PATTERNS, theme, TONES, WholeControl } =
    window.barometer;

  const SWEDEN = [10.6, 55.2, 24.3, 69.15];
  const MISSING = -1;
  const OUTSIDE = -2;
  const CODES = { "-": MISSING, ".": OUTSIDE };
  const NEAR = 6; /* zoom from which kommuner are outlined */
  const EDGES_FROM = { deso: 6.5, regso: 5 }; /* before that they would cover the colours */
  const LAYERS = ["picked", "picked-casing", "hovered", "lan", "kommun", "edges", "marked", "fill"];
  /* Sources of a few shapes; their layers are hidden while empty, for each costs as much as all areas. */
  const DRAWN = { marked: ["marked"], hovered: ["hovered"], picked: ["picked-casing", "picked"] };

  class Picture {
    /* `home` is the node that knows addresses and words; a second map has another node. */
    constructor(node, speaker, home) {
      this.node = node;
      this.home = home;
      this.extra = []; /* views whose values stand beside this one's */
      this.speaker = speaker;
      this.layer = null; /* address of the layer that is drawn */
      this.states = []; /* class of each feature as it is drawn */
      this.clicked = null;
      this.opened = false;
      this.ready = this.open();
    }

    async open() {
      const gl = await loadLibrary();
      const coarse = window.matchMedia("(pointer: coarse)").matches;
      this.map = new gl.Map({
        container: this.node,
        style: { version: 8, sources: {}, layers: [] }, /* the page is the ground */
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
          "Map.Title": this.speaker.say(this.node === this.home ? "label" : "label_second"),
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
      Object.keys(PATTERNS).forEach((name) =>
        this.map.addImage(name, pattern(name, theme()), { pixelRatio: 2 }),
      );
      this.listen();
      if (this.node === this.home) {
        window.barometerMap = this.map;
      }
      this.opened = true;
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
      this.frame(view, first);
      this.node.dataset.shown = view.query;
      if (laid && !again) {
        this.map.redraw();
        this.map.getCanvas().getContext("webgl2")?.flush();
      }
      await this.outline(view, first);
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
      this.overlaid = null;
      this.hovered = null;
      this.names = null;
      file(view.names).then((names) => {
        if (this.layer === view.layer.url) {
          this.names = names;
          this.relabel(this.view);
        }
      });
      this.map.once("idle", () => collection(view.layer.url));
      this.node.dataset.layer = view.layer.key;
    }

    /* Län always; kommuner when someone comes near enough to see them. */
    addOutlines(view) {
      this.addOutline("lan", view);
      for (const own of Object.keys(DRAWN)) {
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
      const layout = { visibility: "none" };
      const paint = { "fill-pattern": ["get", "pattern"] };
      this.map.addLayer({ id: "marked", type: "fill", source: "marked", layout, paint });
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
          layout: { "line-join": "round", visibility: "none" },
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
      Object.keys(PATTERNS).forEach((name) => this.map.updateImage(name, pattern(name, scheme)));
    }

    recolour() {
      if (this.view && this.map.getLayer("fill")) {
        this.colour(this.view);
        if (this.node === this.home) {
          window.barometer.retell();
        }
      }
    }

    classify(view) {
      if (!view.classes) {
        return;
      }
      for (let index = 0; index < view.classes.length; index += 1) {
        const code = view.classes[index];
        const c = CODES[code] ?? Number(code);
        if (this.states[index] !== c) {
          this.map.setFeatureState({ source: "areas", id: index }, { c });
          this.states[index] = c;
        }
      }
      if (this.hovered !== null && this.hovered !== undefined && !this.tip.hidden && this.names) {
        this.write(this.hovered);
      }
      this.mark(view);
    }

    /* Patterns over areas without a value, or with one of few persons, when they are others than before. */
    async mark(view) {
      const missing = [...view.classes].flatMap((code, index) => (code === "-" ? [index] : []));
      const key = [view.layer.url, missing.join(), view.few.join()].join(" ");
      if (key === this.overlaid) {
        return;
      }
      this.overlaid = key;
      const places = [
        ...missing.map((index) => [index, "hatch"]),
        ...view.few.map((index) => [index, "dots"]),
      ];
      const all = places.length ? (await collection(view.layer.url)).features : [];
      if (this.overlaid === key) {
        const shapes = places.filter(([index]) => all[index]);
        this.draw("marked", shapes.map(([index, pattern]) => ({ ...all[index], pattern })));
      }
    }

    /* Puts shapes in one of the sources of few. */
    draw(source, shapes) {
      if (!this.map.getSource(source)) {
        return;
      }
      this.map.getSource(source).setData({
        type: "FeatureCollection",
        features: shapes.map(({ geometry, pattern }) => ({
          type: "Feature",
          properties: pattern ? { pattern } : {},
          geometry,
        })),
      });
      DRAWN[source].forEach((id) => {
        if (this.map.getLayer(id)) {
          this.map.setLayoutProperty(id, "visibility", shapes.length ? "visible" : "none");
        }
      });
    }

    /* The place that the map is limited to fills it, once. */
    frame(view, first) {
      const id = view.within ? view.within.id : null;
      if (id !== (this.framed ?? null) && view.within?.bounds && !view.embed) {
        this.fit(view.within.bounds, first);
      }
      this.framed = id;
    }

    fit(box, still) {
      const padding = Math.min(this.node.clientWidth, this.node.clientHeight) / 12;
      const animate = !(still || calm.matches);
      this.map.fitBounds(box, { padding, maxZoom: 11, animate, duration: 600 });
      /* A panel that opens now makes the map smaller. */
      this.refit = () => {
        this.refit = null;
        this.fit(box, true);
      };
      window.setTimeout(() => {
        this.refit = null;
      }, 2500);
    }

    /* After the next frame, so that the map comes before all else; hidden pages have no frames. */
    painted() {
      return Promise.race([
        new Promise((resolve) => window.requestAnimationFrame(() => window.setTimeout(resolve))),
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

  window.barometer.Picture = Picture;
})();
