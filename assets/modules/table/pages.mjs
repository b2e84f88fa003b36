/* A table whose rows lie on the server: sorted there, and asked for a page at a time while one scrolls.

   A page of the site puts a specification in a store; `show` draws it:
   {node, source, count, columns: [{name, heading, number}], sort, store, label, words}.
   `source` answers {rows: [[cell …] …]} for from and n; a cell is a text or {text, href}. */

import { element, Table } from "./table.mjs";

const PAGE = 100;

const inside = (cell) => (cell?.href ? element("a", { href: cell.href }, cell.text) : cell);

/* The rows of one question; `ask` gives some, or nothing where they did not come. */
export class Pages {
  constructor(count, ask) {
    this.count = count;
    this.ask = ask;
    this.asked = new Map();
    this.here = new Map();
  }

  at(place) {
    return this.here.get(Math.floor(place / PAGE))?.[place % PAGE]?.map(inside);
  }

  missing(first, last) {
    const from = Math.floor(first / PAGE);
    const pages = Array.from({ length: Math.ceil(last / PAGE) - from }, (_, page) => from + page);
    return pages.filter((page) => !this.here.has(page));
  }

  async bring(pages) {
    const came = await Promise.all(pages.map((page) => this.fetch(page)));
    return came.every(Boolean);
  }

  fetch(page) {
    if (!this.asked.has(page)) {
      this.asked.set(page, this.take(page));
    }
    return this.asked.get(page);
  }

  async take(page) {
    const rows = await this.ask(page * PAGE, PAGE);
    if (rows) {
      this.here.set(page, rows);
    } else {
      this.asked.delete(page); // asked for again by the next scroll
    }
    return Boolean(rows);
  }
}

async function answered(source, from, n) {
  const mark = source.includes("?") ? "&" : "?";
  try {
    const answer = await fetch(`${source}${mark}from=${from}&n=${n}`);
    return answer.ok ? (await answer.json()).rows : null;
  } catch {
    return null;
  }
}

const tables = new WeakMap();

function tableAt(node, { store }) {
  if (!tables.has(node)) {
    const table = new Table(({ column, up }) => {
      window.dash_clientside.set_props(store, { data: up ? column : `-${column}` });
    });
    node.classList.add("rows");
    node.replaceChildren(table.count, table.frame);
    tables.set(node, table);
  }
  return tables.get(node);
}

export async function show(spec) {
  const node = spec && document.getElementById(spec.node);
  if (!node) {
    return;
  }
  const { label, words, sort } = spec;
  const table = tableAt(node, spec);
  const rows = new Pages(spec.count, async (from, n) => {
    const found = await answered(spec.source, from, n);
    if (table.rows === rows) {
      table.count.textContent = found ? words.count : words.failed;
    }
    return found;
  });
  const columns = spec.columns.map((column) => ({
    ...column,
    hint: words.sort.replace("{column}", column.heading),
  }));
  const order = { column: sort.replace(/^-/, ""), up: !sort.startsWith("-") };
  table.count.textContent = words.count;
  table.show({ label, columns, order, rows });
  await rows.bring([0]);
  if (table.rows === rows) {
    table.begin();
  }
}
