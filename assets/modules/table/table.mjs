/* A table of any number of rows, of which only those near sight are in the document, so that 100,000
   cost no more than 40.

   It owns the frame, the headings, the window and what is said to those who do not see it. Who shows
   it has the rows: {count, at(place)}, where `at` gives a row's cells, or nothing while they are on
   their way. Rows that come by and by have `missing(first, last)` too, what of them is not here, and
   `bring(missing)`, which says whether all of it came. `mark(place)` is a row's class. */

const ROW = 36; /* pixels, as in the styles */
const SPARE = 10; /* rows beyond sight, on either side */

export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
};

/* Which rows are drawn where one has scrolled to: from `first` up to, not with, `last`. */
export function windowOf({ top, height, count }) {
  const first = Math.min(count, Math.max(0, Math.floor(top / ROW) - SPARE));
  return { first, last: Math.min(count, first + Math.ceil(height / ROW) + 2 * SPARE) };
}

/* The order that a press on a column's heading asks for: numbers begin with the largest. */
export const turned = ({ column, up }, { name, number }) => ({
  column: name,
  up: column === name ? !up : !number,
});

/* The class of a column's cells and heading. */
const look = ({ number, look = number ? "rows__number" : "" }) => (look ? { class: look } : {});

function gap(rows, columns) {
  const space = element("td", { colspan: String(columns.length), style: `height: ${rows * ROW}px` });
  return rows ? [element("tr", { "aria-hidden": "true", class: "rows__gap" }, space)] : [];
}

export class Table {
  /* `sort` hears of the order that a reader asks for. */
  constructor(sort) {
    this.sort = sort;
    this.rows = { count: 0 };
    this.buttons = new Map();
    this.count = element("p", { class: "rows__count", role: "status" });
    this.caption = element("caption", { class: "unseen" });
    this.head = element("thead");
    this.body = element("tbody");
    this.table = element("table", { class: "rows__table" }, this.caption, this.head, this.body);
    this.frame = element("div", { class: "rows__frame", tabindex: "0", role: "region" }, this.table);
    this.frame.addEventListener("scroll", () => this.draw(), { passive: true });
  }

  /* `columns` are {name, heading, hint, number}. What is drawn stays until `begin`. */
  show({ label, columns, order, rows }) {
    Object.assign(this, { columns, rows });
    this.caption.textContent = label;
    this.frame.setAttribute("aria-label", label);
    this.table.setAttribute("aria-rowcount", String(rows.count + 1));
    this.table.setAttribute("aria-colcount", String(columns.length));
    this.headings(order);
  }

  headings(order) {
    const [held] = [...this.buttons].find(([, button]) => button === document.activeElement) || [];
    this.buttons = new Map();
    const cells = this.columns.map((column) => {
      const { name, heading, hint } = column;
      const button = element("button", { type: "button", class: "rows__sort", title: hint }, heading);
      button.addEventListener("click", () => this.sort(turned(order, column)));
      this.buttons.set(name, button);
      const direction = order.up ? "ascending" : "descending";
      const sorted = order.column === name ? { "aria-sort": direction } : {};
      return element("th", { scope: "col", "data-column": name, ...look(column), ...sorted }, button);
    });
    this.head.replaceChildren(element("tr", { "aria-rowindex": "1" }, ...cells));
    this.buttons.get(held)?.focus();
  }

  /* From the first row on. */
  begin() {
    this.frame.scrollTop = 0;
    this.drawn = null;
    return this.draw();
  }

  async draw() {
    const { rows, columns } = this;
    const height = Math.min(this.frame.clientHeight || 480, window.innerHeight); // on paper it has no end
    const { first, last } = windowOf({ top: this.frame.scrollTop, height, count: rows.count });
    const missing = rows.missing?.(first, last) ?? [];
    const key = `${first} ${last} ${missing}`;
    if (key === this.drawn) {
      return;
    }
    this.drawn = key;
    const drawn = Array.from({ length: last - first }, (_, place) => this.row(first + place));
    this.body.replaceChildren(...gap(first, columns), ...drawn, ...gap(rows.count - last, columns));
    if (!missing.length) {
      return;
    }
    const all = await rows.bring(missing);
    if (rows !== this.rows) {
      return;
    }
    if (all) {
      await this.draw();
    } else {
      this.drawn = null; // the next scroll asks again
    }
  }

  row(place) {
    const { rows, columns } = this;
    const mark = rows.mark?.(place);
    const cells = rows.at(place) ?? columns.map(() => "…");
    const made = cells.map((cell, number) => {
      const content = [cell ?? "–"].flat();
      return number
        ? element("td", look(columns[number]), ...content)
        : element("th", { scope: "row" }, ...content);
    });
    return element("tr", { "aria-rowindex": String(place + 2), ...(mark && { class: mark }) }, ...made);
  }
}
