/* Which texts have the words that are looked for, whatever their case and accents. */

const plain = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "");

export const wordsOf = (typed) => plain(typed || "").split(/\s+/).filter(Boolean);

export function matches(text, words) {
  const own = plain(text);
  return words.every((word) => own.includes(word));
}
