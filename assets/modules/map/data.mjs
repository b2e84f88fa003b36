/* What the map is drawn from: views, geometry and names from the server, each asked for once. */

const RECALL = 80; /* views that are kept in memory */

const config = () => JSON.parse(document.getElementById("_dash-config")?.textContent || "{}");

/* A path of the site, under the prefix that the site is served at. */
export function url(path) {
  const base = config().requests_pathname_prefix || "/";
  return path.startsWith(base) ? path : base + path.replace(/^\//, "");
}

const files = new Map();

/* A file whose address never changes. */
export function file(path) {
  if (!files.has(path)) {
    const answer = fetch(url(path)).then((response) => {
      if (!response.ok) {
        throw new Error(`${path}: ${response.status}`);
      }
      return response.json();
    });
    answer.catch(() => files.delete(path));
    files.set(path, answer);
  }
  return files.get(path);
}

/* The smallest box around a geometry: west, south, east, north. */
export function bounds(geometry) {
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

export const middle = ([west, south, east, north]) => [(west + east) / 2, (south + north) / 2];

const collections = new Map();

/* A layer's features, with the box of each. */
export async function collection(path) {
  if (!collections.has(path)) {
    const data = await file(path);
    data.features.forEach((feature) => {
      feature.bounds = bounds(feature.geometry);
    });
    collections.set(path, data);
  }
  return collections.get(path);
}

export const loaded = (path) => collections.get(path);

/* The question for an address with one of its keys changed. */
export function question(query, change) {
  if (!change) {
    return query;
  }
  const more = new URLSearchParams({ change: change.key, to: change.value });
  return `${query || "?"}${query && query !== "?" ? "&" : ""}${more}`;
}

const views = new Map();
const asking = new Map();

export const recall = (asked) => views.get(asked);

/* A view: from memory, from the question that is under way, or from the server. */
export function ask(asked) {
  if (views.has(asked)) {
    return Promise.resolve(views.get(asked));
  }
  if (!asking.has(asked)) {
    asking.set(asked, fetchView(asked).finally(() => asking.delete(asked)));
  }
  return asking.get(asked);
}

async function fetchView(asked) {
  const response = await fetch(url("/values") + asked);
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    throw new Error(told.detail || response.statusText);
  }
  const view = await response.json();
  view.classes ??= classesOf(view);
  const [last] = [...views.values()].slice(-1);
  if (last && last.snapshot !== view.snapshot) {
    views.clear();
  }
  [asked, view.query].forEach((key) => views.set(key, view));
  while (views.size > RECALL) {
    views.delete(views.keys().next().value);
  }
  return view;
}

/* A character an area: its class, "-" where a value is missing, "." outside the place. */
export function classesOf({ values, reasons, classed: { tops, above } }) {
  const codes = values.map((value) =>
    value === null ? "." : String(tops.findIndex((top) => value <= top)),
  );
  const put = (places, code) => places.forEach((place) => (codes[place] = code));
  Object.values(reasons).forEach((places) => put(places, "-"));
  Object.entries(above).forEach(([code, places]) => put(places, code));
  return codes.join("");
}

let library = null;

/* MapLibre, from the addresses that the page's head names. */
export function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const [script, style] = ["js", "css"].map(
      (kind) => document.head.querySelector(`link[href*="/maplibre-gl-"][href$=".${kind}"]`).href,
    );
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = style;
    const code = document.createElement("script");
    code.src = script;
    code.dataset.handled = ""; /* the map says itself when it did not come, and asks again */
    code.onload = () => resolve(window.maplibregl);
    code.onerror = () => {
      library = null; /* the next map asks again */
      reject(new Error(script));
    };
    document.head.append(sheet, code);
  });
  return library;
}

export function drawable() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

/* What the first view needs is asked for while the page's own parts are read; what fails here is
   asked for again, and then said. */
export async function begin() {
  const { search } = window.location;
  const draws = new URLSearchParams(search).get("view") !== "table";
  if (draws) {
    loadLibrary().then((gl) => gl.prewarm(), () => {});
  }
  const view = await ask(search);
  file(view.names).catch(() => {});
  if (draws && view.layer) {
    for (const { url: path } of [view.layer, view.ground].filter(Boolean)) {
      file(path).catch(() => {});
    }
  }
}
