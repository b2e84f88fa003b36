/* The map's table twin: the same values in rows, sorted and filtered in the browser. */

import { element, Table } from "../table/table.mjs";

/* The name without its kommun, which has a column of its own. */
function bare(names, index) {
  const tail = ` (${names.kommuner[names.kommun[index]]})`;
  const label = names.labels[index];
  return label.endsWith(tail) ? label.slice(0, -tail.length) : label;
}

const heading = ({ selection: { since, year } }) => (since ? `${since}–${year}` : String(year));

/* The rows that have what is looked for, in the order of a column; what is missing comes last. */
export function arranged(rows, { order: { column, up }, needle, locale }) {
  const collator = new Intl.Collator(locale, { numeric: true });
  const compare = (a, b) => {
    const [x, y] = [a, b].map((row) => row[column] ?? null);
    if (x === null || y === null) {
      return (x === null) - (y === null) || a.index - b.index;
    }
    const sign = typeof x === "number" ? x - y : collator.compare(x, y);
    return (up ? sign : -sign) || a.index - b.index;
  };
  const held = ({ area, kommun, id }) => `${area} ${kommun} ${id}`.toLocaleLowerCase(locale).includes(needle);
  return rows.filter(held).sort(compare);
}

export class Twin {
  constructor(node, speaker, page) {
    this.node = node;
    this.speaker = speaker;
    this.page = page;
    this.order = { column: "area", up: true };
    this.needle = "";
    this.table = new Table((order) => {
      this.order = order;
      this.arrange();
    });
    this.build();
  }

  build() {
    const { speaker, table } = this;
    const input = element("input", { type: "search", class: "twin__filter", id: "twin-filter" });
    const label = element("label", { for: "twin-filter", class: "field__label" }, speaker.say("filter"));
    input.addEventListener("input", () => {
      this.needle = input.value.trim().toLocaleLowerCase(speaker.locale);
      this.arrange();
    });
    table.body.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) {
        this.page.change("area", button.value);
      }
    });
    const to = { class: "outlined", "data-set": "view", "data-to": "map" };
    const back = element("button", { type: "button", ...to }, speaker.say("show_map"));
    const bar = element("div", { class: "twin__bar" }, element("div", {}, label, input), table.count, back);
    this.node.replaceChildren(bar, table.frame);
  }

  /* `extra` are views whose values stand in columns of their own. */
  show(view, names, extra) {
    const small = names.kommun.some((place) => place >= 0) && view.selection.level !== "kommun";
    const changed = view.selection.since !== null;
    if (changed !== Boolean(this.view?.selection.since)) {
      this.order = changed ? { column: "value", up: false } : { column: "area", up: true };
    }
    this.view = view;
    this.uncertain = new Set(view.uncertain);
    this.extra = Object.fromEntries(extra.map((found, place) => [`extra${place}`, found]));
    this.columns = this.columnsOf(view, small);
    this.rows = names.ids
      .map((id, index) => ({
        id,
        index,
        area: small ? bare(names, index) : names.labels[index],
        kommun: names.kommuner[names.kommun[index]] || "",
        value: view.values[index],
        class: view.classes[index] === "-" ? null : Number(view.classes[index]) + 1,
        ...Object.fromEntries(
          Object.entries(this.extra).map(([name, found]) => [name, found.view.values[index]]),
        ),
      }))
      .filter(({ index }) => view.classes[index] !== ".");
    this.arrange();
  }

  columnsOf(view, small) {
    const { speaker } = this;
    const extra = Object.entries(this.extra).map(([name, found]) => [
      name,
      `${found.label}, ${found.view.format.unit}`,
      { number: true },
    ]);
    return [
      ["area", speaker.say("area")],
      ...(small ? [["kommun", speaker.say("kommun")]] : []),
      ...extra,
      ["value", `${heading(view)}, ${view.format.unit}`, { number: true }],
      ...(view.legend ? [["class", speaker.say("class"), { number: true, look: "twin__class" }]] : []),
    ].map(([name, text, more]) => ({
      name,
      heading: text,
      hint: speaker.say("table_sort", { column: text }),
      ...more,
    }));
  }

  arrange() {
    const { columns, order, needle, speaker, table, view } = this;
    const rows = arranged(this.rows, { order, needle, locale: speaker.locale });
    table.count.textContent = speaker.areas(rows.length);
    table.show({
      label: view.title,
      columns,
      order,
      rows: {
        count: rows.length,
        at: (place) => columns.map(({ name }) => this.cell(rows[place], name)),
        mark: (place) => (view.selection.area === rows[place].id ? "twin__row--chosen" : ""),
      },
    });
    table.begin();
  }

  cell(row, column) {
    if (column === "area") {
      return element("button", { type: "button", class: "twin__pick", value: row.id }, row.area);
    }
    if (column === "kommun") {
      return row.kommun;
    }
    if (column === "class") {
      return row.class === null ? null : this.swatch(row.class - 1);
    }
    const value = this.speaker.value(this.extra[column]?.view ?? this.view, row.index);
    const uncertain = column === "value" && this.uncertain.has(row.index);
    const mark = () => element("span", { class: "twin__uncertain" }, this.speaker.say("uncertain_cell"));
    return uncertain ? [value, " ", mark()] : value;
  }

  swatch(number) {
    const { colours, numbers, labels, axes } = this.view.legend;
    const mark = element("span", { class: "swatch", "aria-hidden": "true" });
    mark.style.setProperty("--light", colours.light[number]);
    mark.style.setProperty("--dark", colours.dark[number]);
    return [mark, axes ? labels[number] : numbers[number] || String(number + 1)];
  }
}
