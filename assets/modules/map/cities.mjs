/* Windows on the three big cities, whose areas are a pixel each when the whole country shows. */

import { collection, loaded } from "./data.mjs";
import { theme, TONES } from "./theme.mjs";

const TO = 7; /* zoom until which the windows show */
const CITIES = [
  { name: "Stockholm", center: [18.02, 59.325], width: 0.5 },
  { name: "Göteborg", center: [11.97, 57.715], width: 0.44 },
  { name: "Malmö", center: [13.02, 55.585], width: 0.27 },
];
const FLY = 10.6;

/* From degrees to pixels in a window: Mercator around its middle. */
export function projection({ center: [lon, lat], width: span }, { width, height }) {
  const scale = width / span;
  const rise = 1 / Math.cos((lat * Math.PI) / 180);
  return ([x, y]) => [width / 2 + (x - lon) * scale, height / 2 - (y - lat) * scale * rise];
}

const rings = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates).flat();

export class Cities {
  constructor(picture) {
    this.picture = picture;
    this.box = document.createElement("div");
    this.box.className = "cities";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", picture.speaker.say("cities"));
    this.windows = CITIES.map((city) => this.window(city));
    picture.node.append(this.box);
    picture.map.on("zoom", () => this.turn());
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  window(city) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cities__window";
    button.setAttribute("aria-label", this.picture.speaker.say("city", { name: city.name }));
    const canvas = document.createElement("canvas");
    const name = document.createElement("span");
    name.textContent = city.name;
    button.append(canvas, name);
    button.addEventListener("click", () => this.picture.fly(city.center, FLY));
    this.box.append(button);
    return { ...city, canvas };
  }

  /* They are for the whole country, seen from afar, and for areas that are small. */
  turn() {
    const { map, view } = this.picture;
    const small = ["regso", "deso"].includes(view?.selection.level);
    this.box.hidden = !small || map.getZoom() >= TO || Boolean(view.area) || view.selection.within !== "00";
  }

  show(view) {
    this.turn();
    if (this.box.hidden) {
      return;
    }
    if (loaded(view.layer?.url)) {
      this.draw();
    } else if (view.layer) {
      this.picture.map.once("idle", () => collection(view.layer.url).then(() => this.draw(), () => {}));
    }
  }

  draw() {
    const { view } = this.picture;
    const data = view && loaded(view.layer?.url);
    if (data && !this.box.hidden) {
      this.windows.forEach((window) => this.paint(window, data.features, view));
    }
  }

  paint(city, features, view) {
    const { canvas } = city;
    const ratio = window.devicePixelRatio || 1;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (!size.width) {
      return;
    }
    canvas.width = size.width * ratio;
    canvas.height = size.height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const tones = TONES[theme()];
    const colours = view.legend.colours[theme()];
    const to = projection(city, size);
    pen.fillStyle = tones.sea;
    pen.fillRect(0, 0, size.width, size.height);
    pen.lineWidth = 0.5;
    pen.strokeStyle = tones.edge;
    for (const [index, feature] of features.entries()) {
      const [[west, north], [east, south]] = [to(feature.bounds.slice(0, 2)), to(feature.bounds.slice(2))];
      if (east < 0 || west > size.width || north < 0 || south > size.height) {
        continue;
      }
      const code = view.classes[index];
      pen.fillStyle = code === "-" ? tones.hatchGround : (colours[code] ?? tones.land);
      pen.beginPath();
      for (const ring of rings(feature.geometry)) {
        ring.forEach((point, place) => pen[place ? "lineTo" : "moveTo"](...to(point)));
        pen.closePath();
      }
      pen.fill("evenodd");
      pen.stroke();
    }
  }
}
