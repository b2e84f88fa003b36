/* The map: geometry stays with MapLibre; a new year or indicator only sets the state of features. */
(function () {
  "use strict";

  const SWEDEN = [10.6, 55.2, 24.3, 69.15];
  const MISSING = -1;
  const NEAR = 6; /* zoom from which kommuner are outlined */
  const RECALL = 80; /* views that are kept in memory */

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function theme() {
    const chosen = document.documentElement.dataset.mantineColorScheme;
    return chosen === "dark" || (!chosen && dark.matches) ? "dark" : "light";
  }

  /* ------------------------------------------------------------ fetching */

  const files = new Map();

  /* A file whose address never changes, once. */
  function file(url) {
    if (!files.has(url)) {
      const answer = fetch(url).then((response) => {
        if (!response.ok) {
          files.delete(url);
          throw new Error(`${url}: ${response.status}`);
        }
        return response.json();
      });
      answer.catch(() => files.delete(url));
      files.set(url, answer);
    }
    return files.get(url);
  }

  const collections = new Map();

  /* A layer's features with the bounding box of each, for outlines and for the keyboard. */
  async function collection(url) {
    if (!collections.has(url)) {
      const data = await file(url);
      data.features.forEach((feature) => {
        feature.bounds = bounds(feature.geometry);
      });
      collections.set(url, data);
    }
    return collections.get(url);
  }

  function bounds(geometry) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const walk = (part) => {
      if (typeof part[0] === "number") {
        box[0] = Math.min(box[0], part[0]);
        box[1] = Math.min(box[1], part[1]);
        box[2] = Math.max(box[2], part[0]);
        box[3] = Math.max(box[3], part[1]);
      } else {
        part.forEach(walk);
      }
    };
    if (geometry) {
      walk(geometry.coordinates);
    }
    return box;
  }

  const middle = ([west, south, east, north]) => [(west + east) / 2, (south + north) / 2];

  const views = new Map();

  async function ask(query, signal) {
    if (views.has(query)) {
      return views.get(query);
    }
    const response = await fetch(`/values${query}`, { signal });
    if (!response.ok) {
      throw new Error((await response.json()).detail || response.statusText);
    }
    const view = await response.json();
    const [last] = [...views.values()].slice(-1);
    if (last && last.snapshot !== view.snapshot) {
      views.clear();
    }
    views.set(query, view);
    if (views.size > RECALL) {
      views.delete(views.keys().next().value);
    }
    return view;
  }

  let library = null;

  function loadLibrary({ script, style }) {
    library ??= new Promise((resolve, reject) => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = style;
      const code = document.createElement("script");
      code.src = script;
      code.onload = () => resolve(window.maplibregl);
      code.onerror = () => reject(new Error(script));
      document.head.append(sheet, code);
    });
    return library;
  }

  function drawable() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  /* ------------------------------------------------------------ words */

  class Speaker {
    constructor(node) {
      this.words = JSON.parse(node.dataset.words);
      this.locale = node.dataset.locale;
    }

    say(name, parts = {}) {
      return this.words[name].replace(/\{(\w+)\}/g, (_, part) => parts[part]);
    }

    count(n) {
      return new Intl.NumberFormat(this.locale).format(n);
    }

    /* A value as people read it, in the server's pattern; the reason where there is none. */
    value(view, index) {
      const whole = view.values[index];
      if (whole === null || whole === undefined) {
        return this.reason(view, index);
      }
      const { decimals, pattern, categories } = view.format;
      const named = categories[String(whole / view.scale)];
      if (named) {
        return named;
      }
      const number = new Intl.NumberFormat(this.locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }).format(whole / view.scale);
      return pattern.replace("{}", number.replace("-", "\u2212"));
    }

    reason(view, index) {
      const found = Object.entries(view.reasons).find(([, places]) => places.includes(index));
      const word = found && view.reason_words[found[0]];
      return word ? `${this.words.no_value} (${word})` : this.words.no_value;
    }
  }

  /* ------------------------------------------------------------ the map */

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
        this.mark(this.hovered, false);
        this.mark(index, true);
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

    mark(index, hover) {
      if (index !== null && index !== undefined && this.map.getSource("areas")) {
        this.map.setFeatureState({ source: "areas", id: index }, { hover });
      }
    }

    leave() {
      this.mark(this.hovered, false);
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
      ["picked", "picked-casing", "lan", "kommun", "edges", "missing", "fill"].forEach((id) => {
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
      this.names = null;
      file(view.layer.names).then((names) => {
        this.names = names;
      });
      this.node.dataset.layer = view.layer.key;
    }

    /* Län always; kommuner when someone comes near enough to see them. */
    addOutlines(view) {
      this.addOutline("lan", view);
      if (!this.map.getSource("picked")) {
        const data = { type: "FeatureCollection", features: [] };
        this.map.addSource("picked", { type: "geojson", data });
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

    addLayers(view) {
      const small = ["regso", "deso"].includes(view.selection.level);
      const hover = ["boolean", ["feature-state", "hover"], false];
      const c = ["coalesce", ["feature-state", "c"], -2];
      const thin = view.selection.level === "deso" ? 0.15 : 0.3;
      this.map.addLayer({
        id: "fill",
        type: "fill",
        source: "areas",
        paint: { "fill-color": "#888", "fill-antialias": false },
      });
      this.map.addLayer({
        id: "missing",
        type: "fill",
        source: "areas",
        layout: { visibility: "none" },
        paint: {
          "fill-pattern": "hatch",
          "fill-opacity": ["case", ["==", c, MISSING], 1, 0],
        },
      });
      this.map.addLayer({
        id: "edges",
        type: "line",
        source: "areas",
        paint: {
          "line-width": [
            ...["interpolate", ["linear"], ["zoom"]],
            ...[4, ["case", hover, 1.6, small ? thin : 0.6]],
            ...[9, ["case", hover, 2.4, small ? 0.7 : 1]],
          ],
        },
      });
      this.addLine("lan", [0.9, 2]);
      const bold = (id, width) =>
        this.map.addLayer({
          id,
          type: "line",
          source: "picked",
          layout: { "line-join": "round" },
          paint: { "line-width": width },
        });
      bold("picked-casing", 6);
      bold("picked", 2.8);
    }

    /* Colours of classes, lines and ground for the theme; nothing happens when they are the same. */
    colour(view) {
      const scheme = theme();
      const colours = view.legend ? view.legend.colours[scheme] : [];
      const palette = `${scheme} ${colours.join()}`;
      const missing = view.n_missing > 0 ? "visible" : "none";
      if (this.map.getLayoutProperty("missing", "visibility") !== missing) {
        this.map.setLayoutProperty("missing", "visibility", missing);
      }
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
      const hover = ["boolean", ["feature-state", "hover"], false];
      this.map.setPaintProperty("edges", "line-color", ["case", hover, tones.ink, tones.edge]);
      for (const [id, tone] of [
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
      this.map.getSource("picked").setData({
        type: "FeatureCollection",
        features: found ? [{ type: "Feature", properties: {}, geometry: found.geometry }] : [],
      });
      if (found) {
        this.attach(view, found);
      }
      const box = view.area?.bounds || found?.bounds;
      if (zoom && box) {
        const still = first || calm.matches;
        this.map.fitBounds(box, { padding: 48, maxZoom: 12, animate: !still, duration: 600 });
      }
    }

    async feature(area) {
      const [data, names] = await Promise.all([
        collection(area.layer.url),
        file(area.layer.names),
      ]);
      const index = names.ids.indexOf(area.id);
      return index < 0 ? null : data.features[index];
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
      if (!this.marker || !view.area) {
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

  /* ------------------------------------------------------------ the page */

  const page = { node: null, picture: null, speaker: null, view: null, turn: 0, streak: false };

  function enter(node) {
    if (page.node !== node) {
      page.node = node;
      page.speaker = new Speaker(node);
      page.picture = null;
      page.view = null;
      page.failed = !drawable();
    }
  }

  function sentence(node, text, action) {
    const box = document.createElement("div");
    box.className = "map__message";
    box.setAttribute("role", "alert");
    box.append(text);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = page.speaker.say("retry");
      button.addEventListener("click", action);
      box.append(button);
    }
    node.querySelector(":scope > .map__message")?.remove();
    node.append(box);
  }

  /* The view on the map, in the table, or in the table because it cannot be drawn. */
  async function present(view) {
    const table = document.getElementById("map-table");
    const cannot = page.failed ? "failed" : view.layer ? null : "no_layer";
    const showTable = view.selection.view === "table" || Boolean(cannot);
    page.node.hidden = showTable;
    table.hidden = !showTable;
    if (showTable) {
      const names = view.layer ? await file(view.layer.names) : null;
      window.barometerTable.show(table, view, names, page.speaker);
      table.querySelector(":scope > .map__message")?.remove();
      if (cannot) {
        sentence(table, page.speaker.say(cannot));
      }
      return;
    }
    page.node.querySelector(":scope > .map__message")?.remove();
    page.picture ??= new Picture(page.node, page.speaker);
    await page.picture.show(view);
    page.node.dataset.shown = view.query;
  }

  const h = (type, props, children) => ({
    type,
    namespace: "dash_html_components",
    props: { ...props, children },
  });

  function legend(view) {
    if (!view.legend) {
      return [];
    }
    const { labels, counts, colours, missing } = view.legend;
    const item = (key, light, shade, label, n, extra = "") =>
      h("Li", { key, className: `legend__item${extra}` }, [
        h("Span", {
          className: "legend__swatch",
          style: { "--light": light, "--dark": shade },
          "aria-hidden": "true",
        }),
        h("Span", { className: "legend__label" }, label),
        h(
          "Span",
          { className: "legend__count" },
          `${page.speaker.count(n)} ${page.speaker.say("areas")}`,
        ),
      ]);
    const items = labels.map((label, index) =>
      item(`c${index}`, colours.light[index], colours.dark[index], label, counts[index]),
    );
    if (view.n_missing > 0) {
      const words = page.speaker.say("no_value");
      items.push(
        item("missing", missing.light, missing.dark, words, view.n_missing, " legend__item--missing"),
      );
    }
    return items;
  }

  function marks(years) {
    const step = Math.ceil(years.length / 7);
    return years.map((value, index) =>
      (years.length - 1 - index) % step === 0 ? { value, label: String(value) } : { value },
    );
  }

  /* Years in a row are one step back; everything else is a step of its own. */
  function remember(view, trigger) {
    const now = window.location.pathname + view.query;
    if (trigger === "url") {
      if (!view.notice.length) {
        window.history.replaceState(window.history.state, "", now);
      }
    } else if (now !== window.location.pathname + window.location.search) {
      const again = trigger === "year" && page.streak;
      window.history[again ? "replaceState" : "pushState"]({}, "", now);
    }
    page.streak = trigger === "year";
    const link = document.getElementById("site-language");
    if (link) {
      const other = new URLSearchParams(view.query);
      const english = other.get("lang") === "en";
      other.delete("lang");
      link.href = `${window.location.pathname}?${other}${english ? "" : "&lang=en"}`;
    }
    document.title = `${view.title} – ${page.speaker.say("site")}`;
  }

  const KEYS = {
    "map-indicator": "indicator",
    "map-level": "level",
    "map-background": "background",
    "map-year": "year",
    "map-method": "method",
    "map-classes": "classes",
    "map-view": "view",
    "map-place": "area",
    "map-picked": "area",
  };

  /* The query that a change asks for: the address itself, or the last view with one thing changed. */
  function wanted(search, changed) {
    if (!changed || !page.view) {
      return { query: search || "", trigger: "url" };
    }
    const key = KEYS[changed.id];
    const params = new URLSearchParams(page.view.query);
    const value = changed.id === "map-picked" ? changed.value?.area : changed.value;
    if (value === null || value === undefined || value === "") {
      params.delete(key);
    } else {
      params.set(key, String(value));
    }
    return { query: `?${params}`, trigger: key };
  }

  function change(context) {
    const changed = (context.triggered || [])
      .map(({ prop_id: prop, value }) => ({ id: prop.split(".")[0], value }))
      .filter(({ id, value }) => KEYS[id] && !(value === null && id !== "map-picked"));
    const fromUrl = (context.triggered || []).some(({ prop_id: p }) => p === "map-url.search");
    return fromUrl ? null : changed[0];
  }

  function aside(view) {
    const asked = new URLSearchParams(view.query);
    ["method", "classes", "view", "embed"].forEach((key) => asked.delete(key));
    return asked.has("area") ? `?${asked}` : asked.get("lang") === "en" ? "?lang=en" : "";
  }

  /* In the order of karta.SHOWN. */
  function outputs(view) {
    const { selection, options } = view;
    const { years } = options;
    return [
      window.location.search,
      selection.indicator,
      selection.level,
      options.levels,
      selection.background,
      options.backgrounds,
      options.backgrounds.length < 2,
      selection.year,
      years[0],
      Math.max(years[years.length - 1], years[0] + 1),
      marks(years),
      String(selection.year),
      selection.method,
      String(selection.classes),
      selection.view,
      null,
      null,
      aside(view),
      view.title,
      view.definition,
      view.sentence || "",
      view.notice.length
        ? [
            h("H2", { className: "notice__title" }, page.speaker.say("notice")),
            h("Ul", {}, view.notice.map((text, key) => h("Li", { key: `n${key}` }, text))),
          ]
        : [],
      legend(view),
      view.note.map((text, key) => h("P", { key: `p${key}` }, text)),
      view.source,
      view.downloads.map(({ name, href }) =>
        h("Li", { key: href }, h("A", { href, download: "" }, name)),
      ),
      `${view.title}. ${view.sentence || ""}`,
    ];
  }

  let controller = null;

  async function sync(search) {
    const skip = window.dash_clientside.no_update;
    const changed = change(window.dash_clientside.callback_context);
    const node = document.getElementById("map-canvas");
    enter(node);
    const { query, trigger } = wanted(search, changed);
    page.turn += 1;
    const turn = page.turn;
    controller?.abort();
    controller = new AbortController();
    try {
      const view = await ask(query, controller.signal);
      if (turn !== page.turn) {
        return Array(COUNT).fill(skip);
      }
      page.view = view;
      remember(view, trigger);
      await present(view);
      foresee(view, trigger);
      return outputs(view);
    } catch (error) {
      if (error.name !== "AbortError") {
        const place = page.node.hidden ? document.getElementById("map-table") : page.node;
        sentence(place, page.speaker.say("offline"), () => {
          window.dash_clientside.set_props("map-url", { search: query });
        });
        window.console.warn(error);
      }
      return Array(COUNT).fill(skip);
    }
  }

  const COUNT = 27;

  /* While someone walks through the years, the next ones are fetched ahead. */
  function foresee(view, trigger) {
    if (trigger !== "year") {
      return;
    }
    const { years } = view.options;
    const at = years.indexOf(view.selection.year);
    [years[at + 1], years[at - 1]].forEach((year) => {
      if (year !== undefined) {
        const params = new URLSearchParams(view.query);
        params.set("year", String(year));
        ask(`?${params}`).catch(() => {});
      }
    });
  }

  /* ------------------------------------------------------------ play */

  const PACE = 900;
  let playing = null;

  function stop(button) {
    window.clearInterval(playing);
    playing = null;
    button.setAttribute("aria-label", button.title);
    button.classList.remove("play--on");
  }

  function step(button) {
    const { years } = page.view.options;
    const at = years.indexOf(page.view.selection.year);
    if (at + 1 >= years.length || !button.isConnected) {
      stop(button);
      return;
    }
    window.dash_clientside.set_props("map-year", { value: years[at + 1] });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#map-play");
    if (!button || !page.view) {
      return;
    }
    if (playing !== null) {
      stop(button);
      return;
    }
    const { years } = page.view.options;
    button.setAttribute("aria-label", button.dataset.pause);
    button.classList.add("play--on");
    if (page.view.selection.year === years[years.length - 1]) {
      window.dash_clientside.set_props("map-year", { value: years[0] });
    } else {
      step(button);
    }
    playing = window.setInterval(() => step(button), PACE);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.map = { sync };
})();
