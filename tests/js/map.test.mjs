/* The map's modules without a browser: addresses, classes, places of names, words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { cameraOf, hashOf, step } from "../../assets/modules/map/address.mjs";
import { crosses, decoded, read, shareIn } from "../../assets/modules/map/choose.mjs";
import { bounds, classesOf, question } from "../../assets/modules/map/data.mjs";
import { meet } from "../../assets/modules/map/details.mjs";
import { exchange } from "../../assets/modules/map/paper.mjs";
import { covering, mostTowns, place, short } from "../../assets/modules/map/placing.mjs";
import { Speaker } from "../../assets/modules/map/text.mjs";

test("a camera survives the address to within a pixel", () => {
  for (const zoom of [3.2, 8, 12.75]) {
    const camera = { zoom, center: [13.00073, 55.60587] };
    const found = cameraOf(hashOf(camera));
    const pixel = 360 / (512 * 2 ** zoom);
    assert.ok(Math.abs(found.center[0] - camera.center[0]) <= pixel);
    assert.ok(Math.abs(found.center[1] - camera.center[1]) <= pixel);
    assert.ok(Math.abs(found.zoom - zoom) < 0.01);
  }
});

test("a hash that is no camera is none", () => {
  for (const hash of ["", "#main", "#1/2", "#a/b/c", "#5/99/10", "#5/60/999", "#-1/60/15"]) {
    assert.equal(cameraOf(hash), null, hash);
  }
});

test("history: completed addresses replace, choices push, years in a row are one step", () => {
  assert.equal(step({ trigger: "url", remarked: false }), "replace");
  assert.equal(step({ trigger: "url", remarked: true }), null);
  assert.equal(step({ trigger: "level", same: false }), "push");
  assert.equal(step({ trigger: "level", same: true }), null);
  assert.equal(step({ trigger: "year", streak: false, same: false }), "push");
  assert.equal(step({ trigger: "year", streak: true, same: false }), "replace");
});

test("a change is laid over the address", () => {
  const change = { key: "level", value: "kommun" };
  assert.equal(question("", change), "?change=level&to=kommun");
  assert.equal(question("?year=2022", change), "?year=2022&change=level&to=kommun");
  assert.equal(question("?year=2022", null), "?year=2022");
});

test("each area has its class, a gap its sign, and what lies outside its own", () => {
  const view = {
    values: [10, 25, null, null, 20],
    reasons: { suppressed: [2] },
    classed: { tops: [20, 30], above: { 1: [4] } },
  };
  assert.equal(classesOf(view), "01-.1");
});

test("a box holds all of a geometry, and boxes meet at an edge", () => {
  const geometry = { type: "Polygon", coordinates: [[[1, 2], [3, 5], [0, 4], [1, 2]]] };
  assert.deepEqual(bounds(geometry), [0, 2, 3, 5]);
  assert.ok(meet([0, 0, 1, 1], [1, 1, 2, 2]));
  assert.ok(!meet([0, 0, 1, 1], [1.1, 0, 2, 1]));
});

const name = (text, x, y, sides = ["right", "left"]) => ({ text, x, y, width: 60, height: 18, sides });
const size = { width: 400, height: 300 };

test("names do not touch each other or what floats, and stand whole in the window", () => {
  const names = [name("a", 100, 100), name("b", 120, 104), name("c", 390, 50), name("d", 390, 200, ["right"])];
  const chosen = place(names, { size, taken: [{ left: 0, top: 0, right: 40, bottom: 300 }] });
  assert.deepEqual(chosen.map(({ text, side }) => [text, side]), [["a", "right"], ["c", "left"]]);
});

test("what is folded away leaves the largest town its name", () => {
  const box = { left: 50, top: 50, right: 250, bottom: 250, width: 200 };
  const card = (seen) => ({ checkVisibility: () => seen, getBoundingClientRect: () => box });
  const named = (cards) => place([name("a", 100, 100)], { size, taken: covering(cards, { ...box, right: 400, bottom: 300 }) });
  assert.equal(named([card(false)]).length, 1);
  assert.equal(named([card(true)]).length, 0);
});

test("more towns are named the nearer one looks", () => {
  const counts = [4, 5, 6, 6.5, 7.5, 8.5, 9.5].map(mostTowns);
  assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
  assert.equal(counts.at(-1), Infinity);
});

test("an area is called as people call it", () => {
  assert.equal(short("Centrum (Falun)"), "Centrum");
  assert.equal(short("Emilstorp-Östra kyrkogården-Apelgården"), "Emilstorp");
});

test("values are written as people read them, with a reason where there is none", () => {
  const speaker = new Speaker({ no_value: "Uppgift saknas", areas: "områden", one_area: "område" }, "sv-SE");
  const format = { decimals: 1, pattern: "{} %", categories: {}, signed: false };
  const view = { values: [125, null, -5], scale: 10, format, reasons: { suppressed: [1] }, reason_words: { suppressed: "skyddad" } };
  assert.equal(speaker.value(view, 0), "12,5 %");
  assert.equal(speaker.value(view, 1), "Uppgift saknas (skyddad)");
  assert.equal(speaker.value(view, 2), "\u22120,5 %");
  assert.equal(speaker.areas(1), "1 område");
});

const polygon = (...ring) => ({ type: "Polygon", coordinates: [[...ring, ring[0]]] });
const feature = (geometry) => ({ geometry, bounds: bounds(geometry) });

const upTo = (x) => polygon([-1, -1], [x, -1], [x, 11], [-1, 11]);

test("an area is in a surface with more than half of itself", () => {
  const area = feature(polygon([0, 0], [10, 0], [10, 10], [0, 10]));
  assert.ok(shareIn(area, upTo(6)) > 0.5);
  assert.ok(shareIn(area, upTo(4)) < 0.5);
  const around = feature(polygon([0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10]));
  assert.equal(shareIn(around, polygon([2, 2], [8, 2], [8, 10], [2, 10])), 0, "its middle is no part of it");
  const thin = feature(polygon([0, 0], [5, 10], [10, 0], [9.999, 0], [5, 9.998], [0.001, 0]));
  assert.equal(shareIn(thin, upTo(6)), 1, "no point of the grid need lie in it");
});

test("an area that a border cuts lies where its people live", () => {
  const area = feature(polygon([0, 0], [10, 0], [10, 10], [0, 10]));
  const town = [[2, 5, 90], [8, 5, 30]]; /* longitude, latitude, people of a square of 1 km */
  assert.equal(shareIn(area, upTo(4), town), 0.75);
  assert.equal(shareIn(area, polygon([1.9, 4.9], [2.1, 4.9], [2.1, 5.1], [1.9, 5.1]), town), 0.75, "however small the surface");
  assert.equal(shareIn(area, upTo(2), town), 0.375, "of a square that is cut a part");
  assert.ok(shareIn(area, upTo(4), [[20, 5, 90]]) < 0.5, "by surface where nobody is known to live");
});

test("metres of SWEREF 99 TM are read as such, and a surface that crosses itself is told of", () => {
  const coordinates = [[[674032, 6580822], [674032, 6590822], [684032, 6590822], [674032, 6580822]]];
  const { surfaces, crossed } = read(JSON.stringify({ type: "MultiPolygon", coordinates: [coordinates] }));
  const [longitude, latitude] = surfaces[0].coordinates[0][0]; /* as pyproj has the point */
  assert.ok(Math.abs(longitude - 18.05918973635474) < 1e-9);
  assert.ok(Math.abs(latitude - 59.330231226921924) < 1e-9);
  assert.equal(crossed, false);
  assert.ok(crosses([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]));
  assert.ok(!crosses([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]));
});

test("a file of any shape says codes, surfaces or what is wrong with it", () => {
  const ring = [[18, 59], [18.1, 59], [18.1, 59.1], [18, 59]];
  const said = (given) => {
    const { fault, codes, surfaces } = read(typeof given === "string" ? given : JSON.stringify(given));
    return fault || (codes ? codes.join() : surfaces.length);
  };
  assert.equal(said({ type: "MultiPolygon", coordinates: [[ring], [ring]] }), 1);
  assert.equal(said({ type: "Feature", properties: { kod: "0180C1010" }, geometry: null }), "0180C1010");
  for (const broken of [{ features: [null] }, { features: "x" }, { features: {} }, { type: "Polygon" }, "null", "{"]) {
    assert.match(said(broken), /^own_(json|kind)$/);
  }
  for (const coordinates of ["x", [[null, [1, 2]]], 7]) {
    assert.equal(said({ type: "Polygon", coordinates }), "own_json");
  }
  assert.equal(said({ type: "Polygon", coordinates: [] }), "own_empty");
  assert.equal(said({ type: "Polygon", coordinates: [[[1674000, 6580000]]] }), "own_degrees");
  assert.equal(said({ type: "Polygon", coordinates: [ring.map(([x, y]) => [y, x])] }), "own_swapped");
  assert.equal(said({ type: "Polygon", coordinates: [[[6580000, 674000]]] }), "own_swapped");
  assert.equal(said({ type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [1, 2] }, { type: "Polygon", coordinates: [ring] }] }), 1);
  assert.equal(said('"180c1010";"0180r001_regso2025"'), "0180C1010,0180R001_RegSO2025");
  assert.equal(said("0180, 1480\n1280"), "0180,1480,1280");
  assert.equal(said("år 2022 och 2023"), "own_kind");
  assert.equal(said("PK\u0003\u0004\0"), "own_kind");
  assert.equal(said(decoded(Uint8Array.from([0xff, 0xfe, ...Buffer.from("kod;0180C1010\n", "utf16le")]).buffer)), "0180C1010");
  assert.equal(said(decoded(Uint8Array.from(Buffer.from("\ufeff0180C1010\r\n")).buffer)), "0180C1010");
});

test("paper has each colour of the dark map in light, and what is transparent as it is", () => {
  const bytes = new Uint8ClampedArray([14, 19, 25, 255, 43, 68, 97, 255, 45, 66, 99, 255, 9, 9, 9, 0]);
  exchange(bytes, [["#2b4461", "#c9dbf2"], ["#0e1319", "#e6f0ef"], ["#0e1319", "#ffffff"]]);
  assert.deepEqual([...bytes], [230, 240, 239, 255, 201, 219, 242, 255, 201, 219, 242, 255, 9, 9, 9, 0]);
});
