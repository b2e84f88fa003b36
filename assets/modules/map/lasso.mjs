/* A surface drawn on the map by hand, with mouse, pen or finger. */

const NEAR = 4; /* pixels between two points of the line */
const SVG = "http://www.w3.org/2000/svg";

/* Draws while it is on; `done` gets the ring in degrees when the hand is lifted. */
export class Lasso {
  constructor({ map, node }, done) {
    Object.assign(this, { map, node, done, on: false, points: null });
    this.canvas = map.getCanvasContainer();
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.draw(event));
    ["pointerup", "pointercancel"].forEach((name) =>
      this.canvas.addEventListener(name, (event) => this.end(event)),
    );
  }

  toggle(on = !this.on) {
    this.on = on;
    ["dragPan", "touchZoomRotate"].forEach((way) => this.map[way][on ? "disable" : "enable"]());
    if (!on) {
      this.map.touchZoomRotate.disableRotation();
    }
    this.node.classList.toggle("map--drawing", on);
    this.clear();
    return on;
  }

  at({ clientX, clientY }) {
    const { left, top } = this.node.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  begin(event) {
    if (!this.on || !event.isPrimary || event.button || event.shiftKey) {
      return;
    }
    this.points = [this.at(event)];
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("class", "map__drawn");
    this.line = this.svg.appendChild(document.createElementNS(SVG, "polygon"));
    this.node.append(this.svg);
    this.canvas.setPointerCapture(event.pointerId);
  }

  draw(event) {
    if (!this.points) {
      return;
    }
    const [x, y] = this.at(event);
    const [lastX, lastY] = this.points.at(-1);
    if (Math.hypot(x - lastX, y - lastY) >= NEAR) {
      this.points.push([x, y]);
      this.line.setAttribute("points", this.points.join(" "));
    }
  }

  end(event) {
    const { points } = this;
    this.clear();
    if (points?.length > 2 && event.type === "pointerup") {
      const ring = [...points, points[0]].map((point) => this.map.unproject(point).toArray());
      this.done({ type: "Polygon", coordinates: [ring] });
    }
  }

  clear() {
    this.points = null;
    this.svg?.remove();
  }
}
