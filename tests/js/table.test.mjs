/* The table without a browser: its window, its order, rows that come late, and what is read aloud. */

import assert from "node:assert/strict";
import { test } from "node:test";

import "./document.mjs";
import { arranged } from "../../assets/modules/map/twin.mjs";
import { Pages } from "../../assets/modules/table/pages.mjs";
import { Table, turned, windowOf } from "../../assets/modules/table/table.mjs";

const COLUMNS = [
  { name: "area", heading: "Area", hint: "Sort by area" },
  { name: "value", heading: "Value", hint: "Sort by value", number: true },
];

const inMemory = (count) => ({ count, at: (place) => [`area ${place}`, place ? String(place) : null] });

function shown(rows, { sort = () => {}, order = { column: "value", up: false } } = {}) {
  const table = new Table(sort);
  table.frame.clientHeight = 360;
  table.show({ label: "Areas", columns: COLUMNS, order, rows });
  return table;
}

const drawn = (table) => table.body.all("tr").filter((row) => "aria-rowindex" in row.attributes);
const texts = (row) => row.children.map((cell) => cell.textContent);

test("the window is what one sees and some rows on either side", () => {
  assert.deepEqual(windowOf({ top: 0, height: 360, count: 1000 }), { first: 0, last: 30 });
  assert.deepEqual(windowOf({ top: 36 * 500, height: 360, count: 1000 }), { first: 490, last: 520 });
  assert.deepEqual(windowOf({ top: 36 * 990, height: 360, count: 1000 }), { first: 980, last: 1000 });
  assert.deepEqual(windowOf({ top: 0, height: 360, count: 3 }), { first: 0, last: 3 });
  assert.deepEqual(windowOf({ top: 36 * 500, height: 360, count: 0 }), { first: 0, last: 0 });
});

test("gaps stand for the rows that are not drawn, and are not read aloud", () => {
  const table = shown(inMemory(1000));
  table.frame.scrollTop = 36 * 500;
  table.draw();
  const [above, below] = table.body.all("tr").filter((row) => row.attributes.class === "rows__gap");
  const heights = [above, below].map((row) => row.children[0].attributes.style);
  assert.deepEqual(heights, [`height: ${490 * 36}px`, `height: ${480 * 36}px`]);
  assert.equal(above.attributes["aria-hidden"], "true");
  assert.equal(drawn(table).length, 30);
});

test("a table without end in height draws no more than the window holds", () => {
  const table = shown(inMemory(100_000));
  table.frame.clientHeight = 3_600_000;
  table.begin();
  assert.equal(drawn(table).length, Math.ceil(800 / 36) + 20);
});

test("what is read aloud counts all rows, not those that are drawn", () => {
  const table = shown(inMemory(1000));
  table.begin();
  assert.equal(table.table.attributes["aria-rowcount"], "1001");
  assert.equal(table.table.attributes["aria-colcount"], "2");
  assert.equal(table.frame.attributes["aria-label"], "Areas");
  assert.equal(table.caption.textContent, "Areas");
  const [first, second] = drawn(table);
  assert.equal(first.attributes["aria-rowindex"], "2");
  assert.equal(second.attributes["aria-rowindex"], "3");
  assert.equal(first.children[0].attributes.scope, "row");
  const sorted = table.head.all("th").map(({ attributes }) => attributes["aria-sort"]);
  assert.deepEqual(sorted, [undefined, "descending"]);
});

test("a cell without a value is a dash, never zero", () => {
  const table = shown(inMemory(3));
  table.begin();
  assert.deepEqual(drawn(table).map(texts), [["area 0", "–"], ["area 1", "1"], ["area 2", "2"]]);
});

test("a heading sorts texts from the first, numbers from the largest, and turns when pressed again", () => {
  const [area, value] = COLUMNS;
  assert.deepEqual(turned({ column: "area", up: true }, value), { column: "value", up: false });
  assert.deepEqual(turned({ column: "value", up: false }, value), { column: "value", up: true });
  assert.deepEqual(turned({ column: "value", up: false }, area), { column: "area", up: true });
});

test("a heading that was pressed keeps the focus when the table comes in its order", () => {
  const rows = inMemory(3);
  const table = shown(rows, {
    sort: (order) => table.show({ label: "Areas", columns: COLUMNS, order, rows }),
  });
  const [before] = table.head.all("button");
  before.focus();
  before.click();
  const [after] = table.head.all("button");
  assert.notEqual(after, before);
  assert.equal(document.activeElement, after);
  assert.equal(table.head.all("th")[0].attributes["aria-sort"], "ascending");
});

const row = (id, area, value, kommun = "") => ({ id, area, kommun, value });
const AREAS = [row("1", "Äng", 3), row("2", "Ås", null), row("3", "Alm", 20, "Lund"), row("4", "Bo", 3)].map(
  (area, index) => ({ ...area, index }),
);
const names = (order, needle = "") =>
  arranged(AREAS, { order, needle, locale: "sv-SE" }).map(({ area }) => area);

test("rows in memory come in order, those without a value last in either direction", () => {
  assert.deepEqual(names({ column: "area", up: true }), ["Alm", "Bo", "Ås", "Äng"]);
  assert.deepEqual(names({ column: "value", up: true }), ["Äng", "Bo", "Alm", "Ås"]);
  assert.deepEqual(names({ column: "value", up: false }), ["Alm", "Äng", "Bo", "Ås"]);
});

test("rows in memory are found by name, kommun or code", () => {
  const order = { column: "area", up: true };
  assert.deepEqual(names(order, "lund"), ["Alm"]);
  assert.deepEqual(names(order, "ä"), ["Äng"]);
  assert.deepEqual(names(order, "4"), ["Bo"]);
  assert.deepEqual(names(order, "nowhere"), []);
});

/* A server that answers when it is told to. */
function server() {
  const asked = [];
  const ask = (from, n) => new Promise((answer) => asked.push({ from, n, answer }));
  const answer = ({ from, n, answer: give }, name) =>
    give(Array.from({ length: n }, (_, place) => [`${name} ${from + place}`, "1"]));
  return { asked, ask, answer };
}

const settled = () => new Promise((done) => setTimeout(done));

test("only the pages in the window are asked for, each once", async () => {
  const { asked, ask, answer } = server();
  const pages = new Pages(1000, ask);
  assert.deepEqual(pages.missing(180, 220), [1, 2]);
  assert.deepEqual(pages.missing(200, 300), [2]);
  assert.deepEqual(pages.missing(0, 0), []);
  const [one, two] = [pages.bring([1, 2]), pages.bring([2])];
  assert.deepEqual(asked.map(({ from, n }) => [from, n]), [[100, 100], [200, 100]]);
  asked.forEach((question) => answer(question, "row"));
  assert.deepEqual([await one, await two], [true, true]);
  assert.deepEqual(pages.missing(180, 320), [3]);
  assert.equal(pages.at(220)[0], "row 220");
  assert.equal(pages.at(320), undefined);
});

test("rows that an answer lacks are none", async () => {
  const pages = new Pages(1000, async () => [["row 0"]]);
  await pages.bring([0]);
  assert.deepEqual(pages.at(0), ["row 0"]);
  assert.equal(pages.at(1), undefined);
});

test("rows on their way are dots until they are here", async () => {
  const { asked, ask, answer } = server();
  const table = shown(new Pages(1000, ask));
  table.begin();
  assert.deepEqual(texts(drawn(table)[0]), ["…", "…"]);
  answer(asked[0], "row");
  await settled();
  assert.deepEqual(texts(drawn(table)[0]), ["row 0", "1"]);
});

test("rows that did not come are asked for again by the next scroll", async () => {
  const { asked, ask, answer } = server();
  const table = shown(new Pages(1000, ask));
  table.begin();
  asked[0].answer(null);
  await settled();
  assert.equal(asked.length, 1);
  table.frame.listeners.scroll();
  assert.equal(asked.length, 2);
  answer(asked[1], "row");
  await settled();
  assert.deepEqual(texts(drawn(table)[0]), ["row 0", "1"]);
});

test("an answer to an older question is no row of the newer one", async () => {
  const { asked, ask, answer } = server();
  const table = shown(new Pages(1000, ask));
  table.begin();
  const before = drawn(table);
  table.show({ label: "Others", columns: COLUMNS, order: { column: "area", up: true }, rows: new Pages(5, ask) });
  answer(asked[0], "old");
  await settled();
  assert.equal(drawn(table)[0], before[0], "what is drawn stays until the newer rows begin");
  table.begin();
  answer(asked[1], "new");
  await settled();
  assert.equal(texts(drawn(table)[0])[0], "new 0");
  assert.equal(drawn(table).length, 5);
});
