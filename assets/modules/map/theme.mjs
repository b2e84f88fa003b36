/* Light or dark, the colours of all that is no class, and the patterns. */

export const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function theme() {
  const chosen = document.documentElement.dataset.mantineColorScheme;
  return chosen === "dark" || (chosen !== "light" && dark.matches) ? "dark" : "light";
}

export function onTheme(act) {
  new MutationObserver(act).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-mantine-color-scheme"],
  });
  dark.addEventListener("change", act);
}

export const TONES = {
  light: {
    sea: "#e6f0ef",
    land: "#f4f2ec",
    neighbour: "#f1f0eb",
    border: "#bfc8c8",
    coast: "#86a3a8",
    edge: "#ffffff",
    ink: "#171b21",
    kommun: "#ffffff",
    lan: "#ffffff",
    place: "#b4460f",
    police: "#7a1fa2",
    halo: "#ffffff",
    hatch: "#8d949c",
    hatchGround: "#f3f3f1",
  },
  dark: {
    sea: "#0e1319",
    land: "#20262e",
    neighbour: "#1a1f26",
    border: "#3a424d",
    coast: "#4a5a68",
    edge: "#0e1319",
    ink: "#ffffff",
    kommun: "#0e1319",
    lan: "#0e1319",
    place: "#f08a4f",
    police: "#d9a5ff",
    halo: "#0e1319",
    hatch: "#6d7682",
    hatchGround: "#171c22",
  },
};

const SIZE = 24; /* device pixels of a pattern's tile at twice the screen's own */

const slanting = (pen, width, gap) => {
  pen.lineWidth = width;
  for (let shift = -SIZE; shift <= SIZE; shift += gap) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIZE + 2);
    pen.lineTo(shift + SIZE + 2, -2);
    pen.stroke();
  }
};

/* Patterns tell an area apart by more than colour: hatching on its own ground where nothing is
   known, over the colour where a change is uncertain, dots where few persons are behind it. */
export const PATTERNS = {
  hatch(pen, tones) {
    pen.fillStyle = tones.hatchGround;
    pen.fillRect(0, 0, SIZE, SIZE);
    pen.strokeStyle = tones.hatch;
    slanting(pen, 3, SIZE / 2);
  },
  uncertain(pen, tones) {
    pen.strokeStyle = `${tones.ink}99`;
    slanting(pen, 2, SIZE / 2);
  },
  dots(pen, tones) {
    pen.fillStyle = `${tones.ink}b3`;
    for (const [x, y] of [[6, 6], [18, 18]]) {
      pen.beginPath();
      pen.arc(x, y, 2.4, 0, 7);
      pen.fill();
    }
  },
};

export function pattern(name, scheme) {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  PATTERNS[name](pen, TONES[scheme]);
  return pen.getImageData(0, 0, SIZE, SIZE);
}
