/* What the map is drawn from: geometry, names and views from the server, and words for them. */
(function () {
  "use strict";

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

  const asking = new Map();

  /* A view of an address: from memory, from the question under way, or from the server. */
  function ask(query) {
    if (views.has(query)) {
      return Promise.resolve(views.get(query));
    }
    if (!asking.has(query)) {
      asking.set(
        query,
        fetchView(query).finally(() => asking.delete(query)),
      );
    }
    return asking.get(query);
  }

  /* A character an area: its class, "-" where a value is missing, "." outside the place. */
  function classesOf({ values, reasons, classed: { tops, above } }) {
    const codes = values.map((value) =>
      value === null ? "." : String(tops.findIndex((top) => value <= top)),
    );
    const put = (places, code) => places.forEach((place) => (codes[place] = code));
    Object.values(reasons).forEach((places) => put(places, "-"));
    Object.entries(above).forEach(([code, places]) => put(places, code));
    return codes.join("");
  }

  async function fetchView(query) {
    const response = await fetch(`/values${query}`);
    if (!response.ok) {
      throw new Error((await response.json()).detail || response.statusText);
    }
    const view = await response.json();
    view.classes ??= classesOf(view);
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

  /* The library, from the addresses that the page's head told the browser to fetch. */
  function loadLibrary() {
    library ??= new Promise((resolve, reject) => {
      const [script, style] = ["js", "css"].map(
        (kind) => document.head.querySelector(`link[href^="/static/maplibre-gl"][href$=".${kind}"]`).href,
      );
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = style;
      const code = document.createElement("script");
      code.src = script;
      code.onload = () => resolve(window.maplibregl);
      code.onerror = () => {
        library = null; /* the next map asks again */
        reject(new Error(script));
      };
      document.head.append(sheet, code);
    });
    return library;
  }

  /* What the first view needs is asked for while the page's own parts are read: the library's
     workers, the view itself, its names, and its geometry, which the workers then find in the
     browser's store. What fails here is asked for again, and then said. */
  async function begin() {
    const { search } = window.location;
    const draws = new URLSearchParams(search).get("view") !== "table";
    if (draws) {
      loadLibrary().then((gl) => gl.prewarm(), () => {});
    }
    const view = await ask(search);
    file(view.names);
    if (draws && view.layer) {
      file(view.layer.url);
    }
  }

  if (document.head.querySelector('link[rel=preload][href^="/static/maplibre-gl"]')) {
    begin().catch(() => {});
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

    areas(n) {
      return `${this.count(n)} ${this.say(n === 1 ? "one_area" : "areas")}`;
    }

    /* A value as people read it, in the server's pattern; the reason where there is none. */
    value(view, index) {
      const whole = view.values[index];
      if (whole === null || whole === undefined) {
        return this.reason(view, index);
      }
      const { decimals, pattern, categories, signed } = view.format;
      const named = categories[String(whole / view.scale)];
      if (named) {
        return named;
      }
      const number = new Intl.NumberFormat(this.locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        signDisplay: signed ? "exceptZero" : "negative",
      }).format(whole / view.scale);
      return pattern.replace("{}", number.replace("-", "\u2212"));
    }

    reason(view, index) {
      const found = Object.entries(view.reasons).find(([, places]) => places.includes(index));
      const word = found && view.reason_words[found[0]];
      return word ? `${this.words.no_value} (${word})` : this.words.no_value;
    }
  }

  window.barometer = {
    ask,
    bounds,
    calm,
    collection,
    dark,
    drawable,
    drawn: (url) => collections.get(url),
    file,
    loadLibrary,
    middle,
    recall: (query) => views.get(query),
    Speaker,
    theme,
  };
})();
