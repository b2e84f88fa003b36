/* What the map is drawn with: tones of land and lines, patterns, and the button for the whole. */
(function () {
  "use strict";

  const TONES = {
    light: {
      land: "#dfe3e8",
      edge: "rgba(255,255,255,0.55)",
      ink: "#12161c",
      kommun: "rgba(255,255,255,0.9)",
      lan: "rgba(20,24,32,0.62)",
      picked: "#12161c",
      casing: "#ffffff",
    },
    dark: {
      land: "#2a3038",
      edge: "rgba(10,12,16,0.55)",
      ink: "#ffffff",
      kommun: "rgba(10,12,16,0.9)",
      lan: "rgba(235,240,248,0.6)",
      picked: "#ffffff",
      casing: "#12161c",
    },
  };

  const SIZE = 16;

  function drawing(scheme, draw) {
    const canvas = document.createElement("canvas");
    canvas.width = SIZE;
    canvas.height = SIZE;
    const pen = canvas.getContext("2d");
    const tone = scheme === "dark" ? "rgba(235,240,248,0.75)" : "rgba(40,46,56,0.7)";
    pen.strokeStyle = tone;
    pen.fillStyle = tone;
    draw(pen);
    return pen.getImageData(0, 0, SIZE, SIZE);
  }

  /* Patterns that tell an area apart by more than colour: slanting lines where there is no value,
     dots where few persons are behind it. */
  const PATTERNS = {
    hatch(pen) {
      pen.lineWidth = 2;
      for (const shift of [-SIZE, 0, SIZE]) {
        pen.beginPath();
        pen.moveTo(shift - 2, SIZE + 2);
        pen.lineTo(shift + SIZE + 2, -2);
        pen.stroke();
      }
    },
    dots(pen) {
      for (const [x, y] of [[4, 4], [12, 12]]) {
        pen.beginPath();
        pen.arc(x, y, 1.9, 0, 7);
        pen.fill();
      }
    },
  };

  const pattern = (name, scheme) => drawing(scheme, PATTERNS[name]);

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

  Object.assign(window.barometer, { PATTERNS, pattern, TONES, WholeControl });
})();
