/* Which names have room on the map, and where each of them stands. */

const GAP = 3; /* pixels between a name and what it must not touch */
const BESIDE = 8; /* pixels from a town's dot to its name */

const apart = (a, b) =>
  a.right + GAP <= b.left || b.right + GAP <= a.left || a.bottom + GAP <= b.top || b.bottom + GAP <= a.top;

/* The box of a name at a point: right or left of a dot, or in the middle of an area. */
export function boxOf({ x, y, width, height }, side) {
  const top = y - height / 2;
  const left = { right: x + BESIDE, left: x - BESIDE - width, middle: x - width / 2 }[side];
  return { left, top, right: left + width, bottom: top + height };
}

/* The boxes of the cards that can be seen over a map's own box. What is folded away still has a
   box, and covers nothing. */
export function covering(cards, own) {
  return [...cards]
    .filter((card) => card.checkVisibility())
    .map((card) => card.getBoundingClientRect())
    .filter((box) => box.width && box.left < own.right && box.right > own.left && box.top < own.bottom && box.bottom > own.top);
}

/* Places names in the order given, most important first.

   `names` have x, y, width and height in pixels, and `sides` in the order that they are tried;
   `taken` are boxes that no name may touch; a name that does not fit whole into `size` is left
   out. Gives the chosen names with their side. */
export function place(names, { taken = [], size: { width, height } }) {
  const boxes = [...taken];
  const chosen = [];
  for (const name of names) {
    for (const side of name.sides) {
      const box = boxOf(name, side);
      const inside = box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2;
      if (inside && boxes.every((other) => apart(box, other))) {
        boxes.push(box);
        chosen.push({ ...name, side });
        break;
      }
    }
  }
  return chosen;
}

/* How many of the largest towns are named at a zoom: more the nearer one looks. */
export function mostTowns(zoom) {
  const steps = [[4.6, 24], [5.4, 60], [6.2, 120], [7, 240], [8, 500], [9, 900]];
  const found = steps.find(([below]) => zoom < below);
  return found ? found[1] : Infinity;
}

/* The zoom from which areas are named. */
export const AREAS_FROM = 11;

const LONG = 20; /* letters of a name that is cut at its first hyphen */

/* A RegSO's name as people say it: without its kommun; of several, the first. */
export function short(name) {
  const plain = name.replace(/ \([^)]*\)$/, "");
  return plain.length > LONG ? plain.split("-")[0] : plain;
}
