/* A table whose rows lie on the server: sorted there, fetched a page at a time while one scrolls,
   and drawn a window at a time, so that 100,000 rows cost no more than 40.

   A page puts a specification in a store; `dash_clientside.rows.show` draws it:
   {node, source, count, columns: [{name, heading, number}], sort, store, label, locale, words}.
   `source` answers {rows: [[cell …] …]} for from and n; a cell is a text or {text, href}. */
(function () {
  "use strict";

  const ROW = 36;
  const SPARE = 10;
  const PAGE = 100;

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  class Rows {
    constructor(node) {
      this.node = node;
      this.count = element("p", { class: "rows__count", role: "status" });
      this.head = element("thead");
      this.body = element("tbody");
      this.table = element("table", { class: "rows__table" }, this.head, this.body);
      this.frame = element("div", { class: "rows__frame", tabindex: "0", role: "region" }, this.table);
      this.frame.addEventListener("scroll", () => this.draw(), { passive: true });
      this.turn = 0;
      node.replaceChildren(this.count, this.frame);
    }

    async show(spec) {
      this.spec = spec;
      this.pages = new Map();
      this.turn += 1;
      this.frame.setAttribute("aria-label", spec.label);
      this.table.setAttribute("aria-rowcount", String(spec.count + 1));
      this.table.setAttribute("aria-colcount", String(spec.columns.length));
      this.count.textContent = spec.words.count;
      this.titles();
      await this.fetch(0);
      this.frame.scrollTop = 0;
      this.drawn = null;
      this.draw();
    }

    titles() {
      const { columns, sort, store, words } = this.spec;
      const held = this.head.contains(document.activeElement)
        ? document.activeElement.closest("th").dataset.column
        : null;
      const cells = columns.map(({ name, heading, number }) => {
        const button = element("button", { type: "button", class: "rows__sort" });
        button.textContent = heading;
        button.title = words.sort.replace("{column}", heading);
        button.addEventListener("click", () => {
          const next = sort === name ? `-${name}` : name;
          const first = number && sort !== `-${name}` && sort !== name ? `-${name}` : next;
          window.dash_clientside.set_props(store, { data: first });
        });
        const cell = element("th", { scope: "col", "data-column": name }, button);
        cell.classList.toggle("rows__number", Boolean(number));
        if (sort === name || sort === `-${name}`) {
          cell.setAttribute("aria-sort", sort === name ? "ascending" : "descending");
        }
        return cell;
      });
      this.head.replaceChildren(element("tr", { "aria-rowindex": "1" }, ...cells));
      if (held) {
        this.head.querySelector(`[data-column="${CSS.escape(held)}"] button`)?.focus();
      }
    }

    async fetch(page) {
      if (this.pages.has(page)) {
        return;
      }
      const { turn } = this;
      this.pages.set(page, null);
      const rows = await this.ask(page);
      if (turn !== this.turn) {
        return;
      }
      if (rows) {
        this.pages.set(page, rows);
      } else {
        this.pages.delete(page); // asked for again by the next scroll
      }
      this.count.textContent = rows ? this.spec.words.count : this.spec.words.failed;
    }

    async ask(page) {
      const mark = this.spec.source.includes("?") ? "&" : "?";
      try {
        const answer = await fetch(`${this.spec.source}${mark}from=${page * PAGE}&n=${PAGE}`);
        return answer.ok ? (await answer.json()).rows : null;
      } catch {
        return null;
      }
    }

    async draw() {
      const { count, columns } = this.spec;
      const first = Math.max(0, Math.floor(this.frame.scrollTop / ROW) - SPARE);
      const height = Math.min(this.frame.clientHeight || 480, 1200);
      const last = Math.min(count, first + Math.ceil(height / ROW) + 2 * SPARE);
      const wanted = [];
      for (let page = Math.floor(first / PAGE); page * PAGE < last; page += 1) {
        wanted.push(page);
      }
      const missing = wanted.filter((page) => !this.pages.get(page));
      const key = `${this.turn} ${first} ${last} ${missing.length}`;
      if (key === this.drawn) {
        return;
      }
      this.drawn = key;
      const gap = (rows) => {
        const space = element("tr", { "aria-hidden": "true", class: "rows__gap" });
        space.append(element("td", { colspan: String(columns.length) }));
        space.firstChild.style.height = `${rows * ROW}px`;
        return rows > 0 ? [space] : [];
      };
      const made = [];
      for (let place = first; place < last; place += 1) {
        const cells = this.pages.get(Math.floor(place / PAGE))?.[place % PAGE];
        made.push(this.row(cells || columns.map(() => "…"), place));
      }
      this.body.replaceChildren(...gap(first), ...made, ...gap(count - last));
      if (missing.length) {
        const { turn } = this;
        await Promise.all(missing.map((page) => this.fetch(page)));
        if (turn !== this.turn) {
          return;
        }
        if (missing.every((page) => this.pages.get(page))) {
          this.draw();
        } else {
          this.drawn = null;
        }
      }
    }

    row(cells, place) {
      const made = element("tr", { "aria-rowindex": String(place + 2) });
      cells.forEach((cell, number) => {
        const column = this.spec.columns[number];
        const inside = number
          ? element("td", column?.number ? { class: "rows__number" } : {})
          : element("th", { scope: "row" });
        if (cell && typeof cell === "object") {
          const link = element("a", { href: cell.href });
          link.textContent = cell.text;
          inside.append(link);
        } else {
          inside.textContent = cell ?? "–";
        }
        made.append(inside);
      });
      return made;
    }
  }

  const tables = new WeakMap();
  const clientside = (window.dash_clientside = window.dash_clientside || {});

  clientside.rows = {
    show(spec) {
      const node = spec && document.getElementById(spec.node);
      if (node) {
        if (!tables.has(node)) {
          tables.set(node, new Rows(node));
        }
        tables.get(node).show(spec);
      }
      return window.dash_clientside.no_update;
    },
  };
})();
