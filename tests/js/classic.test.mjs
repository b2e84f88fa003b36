/* Scripts that come before Dash, run in a window of this test's own: menus that one types in, and what
   the answers of the server do to the reader's steps. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const source = (name) => readFileSync(new URL(`../../assets/${name}.js`, import.meta.url), "utf8");

const plain = (value) => JSON.parse(JSON.stringify(value));

function page(more = {}) {
  const classes = { add() {}, remove() {}, toggle() {} };
  const body = { classList: classes, dataset: { base: "", site: "Site" } };
  const document = { addEventListener() {}, body, documentElement: { classList: classes }, querySelector: () => null };
  const window = { addEventListener() {}, document, ...more };
  return { window, document, URL, MutationObserver: class { observe() {} } };
}

function menus(more) {
  const context = { triggered: [{ prop_id: "a.search" }] };
  const room = page({ dash_clientside: { no_update: "nothing", callback_context: context }, ...more });
  runInNewContext(source("22-menus"), room);
  return room.window.dash_clientside.menus;
}

test("what is chosen stays among the options that were found, and once", () => {
  const found = { options: [{ value: "0180", label: "Stockholm" }], message: "" };
  const before = [{ value: "1480", label: "Göteborg" }];
  const [options] = plain(menus().offer(found, ["0180", "1480"], before));
  assert.deepEqual(options, [
    { value: "0180", label: "Stockholm" },
    { value: "1480", label: "Göteborg", kept: true },
  ]);
  assert.deepEqual(plain(menus().offer(null, "0180", before)), ["nothing", "nothing"]);
});

test("only what is typed when the typing rests is looked for", async () => {
  const timers = new Map();
  const { rest } = menus({
    setTimeout: (act) => timers.set(timers.size, act).size - 1,
    clearTimeout: (timer) => timers.delete(timer),
  });
  const asked = [rest("Lu"), rest("Lund")];
  assert.equal(timers.size, 1);
  timers.forEach((act) => act());
  assert.deepEqual(await Promise.all(asked), ["nothing", "Lund"]);
});

/* A window at an address whose server answers with `respond(question)`. */
function answers(href, respond) {
  const steps = [];
  const asked = [];
  const history = {
    pushState: (_, __, address) => steps.push(["push", address]),
    replaceState: (_, __, address) => steps.push(["replace", address]),
  };
  const fetch = async (address, { body }) => {
    asked.push(JSON.parse(body));
    const answer = respond(asked.at(-1));
    return { ok: true, status: 200, clone: () => ({ json: async () => answer }) };
  };
  const room = page({ location: new URL(href), history, fetch });
  runInNewContext(source("21-answers"), room);
  return { ...room.window, asked, steps };
}

const ADDRESS = { output: "..url.search..", outputs: [{ id: "url", property: "search" }] };
const put = (window, question) =>
  window.fetch("/_dash-update-component", { body: JSON.stringify(question) });

test("an address that a page completes replaces, one that a reader chose is a step", async () => {
  const completed = () => ({ response: { url: { search: "?area=0180&year=2024" } } });
  const window = answers("http://site/plats?area=0180", completed);
  await put(window, { ...ADDRESS, changedPropIds: ["url.search"] });
  window.history.pushState({}, "", "/plats?area=0180&year=2024");
  window.history.pushState({}, "", "/plats?area=0180&year=2023");
  await put(window, { ...ADDRESS, changedPropIds: ["year.value"] });
  window.history.pushState({}, "", "/plats?area=0180&year=2024");
  assert.deepEqual(window.steps.map(([way]) => way), ["replace", "push", "push"]);
});

const PAGE = {
  output: "site-page.children",
  outputs: { id: "site-page", property: "children" },
  changedPropIds: ["site-url.pathname"],
};
const asks = (pathname, search) => ({
  ...PAGE,
  inputs: [{ id: "site-url", property: "pathname", value: pathname }],
  state: [{ id: "site-url", property: "search", value: search }],
});

test("the page is asked for at once, and not again by its callback", async () => {
  const window = answers("http://site/plats?area=0180", () => ({}));
  assert.equal(window.asked.length, 1);
  await put(window, asks("/plats", "?area=0180"));
  assert.equal(window.asked.length, 1);
  await put(window, asks("/plats", "?area=0180"));
  assert.equal(window.asked.length, 2, "an answer is taken once");
});

test("an early answer of another address is none", async () => {
  const window = answers("http://site/plats?area=0180", () => ({}));
  await put(window, asks("/plats", "?area=1480"));
  assert.equal(window.asked.length, 2);
});
