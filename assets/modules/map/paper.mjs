/* Paper is light: the canvas of a dark map in the colours of a light one. It cannot be drawn anew,
   for what colours areas is made by workers, and the browser prints at once. */

const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

const nearest = ([r, g, b], pairs) => {
  const far = ({ from }) => (from[0] - r) ** 2 + (from[1] - g) ** 2 + (from[2] - b) ** 2;
  return pairs.reduce((best, pair) => (far(pair) < far(best) ? pair : best)).to;
};

/* Each colour of RGBA bytes for that which the nearest of the keys stands for; the first of two
   pairs with one key counts. What is transparent stays. */
export function exchange(bytes, colours) {
  const pairs = colours.map(([from, to]) => ({ from: parts(from), to: parts(to) }));
  const found = new Map();
  for (let at = 0; at < bytes.length; at += 4) {
    if (bytes[at + 3]) {
      const key = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
      if (!found.has(key)) {
        found.set(key, nearest([bytes[at], bytes[at + 1], bytes[at + 2]], pairs));
      }
      bytes.set(found.get(key), at);
    }
  }
}

export function exchanged(canvas, colours) {
  const copy = document.createElement("canvas");
  Object.assign(copy, { width: canvas.width, height: canvas.height });
  const pen = copy.getContext("2d");
  pen.drawImage(canvas, 0, 0);
  const image = pen.getImageData(0, 0, copy.width, copy.height);
  exchange(image.data, colours);
  pen.putImageData(image, 0, 0);
  return copy;
}
