/* The map's table twin: the same values in rows, sorted and filtered in the browser, drawn a window
   at a time so that 6,000 rows cost no more than 40. */

const ROW = 36;
const SPARE = 12;

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
};

/* The name without its kommun, which has a column of its own. */
function bare(names, index) {
  const tail = ` (${names.kommuner[names.kommun[index]]})`;
  const label = names.labels[index];
  return label.endsWith(tail) ? label.slice(0, -tail.length) : label;
}

const TEXTS = ["area", "kommun"];

const heading = ({ selection: { since, year } }) => (since ? `${since}–${year}` : String(year));

export class Table {
  constructor(node, speaker, page) {
    this.node = node;
    this.speaker = speaker;
    this.page = page;
    this.order = { column: "area", up: true };
    this.needle = "";
    this.build();
  }

  build() {
    const { speaker } = this;
    this.input = element("input", { type: "search", class: "twin__filter", id: "twin-filter" });
    const label = element("label", { for: "twin-filter", class: "field__label" });
    label.textContent = speaker.say("filter");
    this.input.addEventListener("input", () => {
      this.needle = this.input.value.trim().toLocaleLowerCase(speaker.locale);
      this.arrange();
    });
    this.count = element("p", { class: "twin__count", role: "status" });
    this.head = element("thead");
    this.body = element("tbody");
    this.table = element("table", { class: "twin__table" }, this.head, this.body);
    this.caption = element("caption", { class: "unseen" });
    this.table.prepend(this.caption);
    this.frame = element("div", { class: "twin__frame", tabindex: "0", role: "region" }, this.table);
    this.frame.addEventListener("scroll", () => this.draw(), { passive: true });
    this.body.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) {
        this.page.change("area", button.value);
      }
    });
    const back = element("button", { type: "button", class: "outlined", "data-set": "view", "data-to": "map" });
    back.textContent = speaker.say("show_map");
    const bar = element("div", { class: "twin__bar" }, element("div", {}, label, this.input), this.count, back);
    this.node.replaceChildren(bar, this.frame);
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
    this.columns = [
      "area",
      ...(small ? ["kommun"] : []),
      ...Object.keys(this.extra),
      "value",
      ...(view.legend ? ["class"] : []),
    ];
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
    this.caption.textContent = view.title;
    this.frame.setAttribute("aria-label", view.title);
    this.titles();
    this.arrange();
  }

  titles() {
    const { speaker, view, order } = this;
    const named = {
      area: speaker.say("area"),
      kommun: speaker.say("kommun"),
      value: `${heading(view)}, ${view.format.unit}`,
      class: speaker.say("class"),
      ...Object.fromEntries(
        Object.entries(this.extra).map(([name, found]) => [
          name,
          `${found.label}, ${found.view.format.unit}`,
        ]),
      ),
    };
    const cells = this.columns.map((column) => {
      const button = element("button", { type: "button", class: "twin__sort" });
      button.textContent = named[column];
      button.title = speaker.say("table_sort", { column: named[column] });
      button.addEventListener("click", () => {
        this.order = { column, up: order.column === column ? !order.up : TEXTS.includes(column) };
        this.titles();
        this.arrange();
        this.head.querySelector(`[data-column="${column}"] button`).focus();
      });
      const cell = element("th", { scope: "col", "data-column": column }, button);
      if (order.column === column) {
        cell.setAttribute("aria-sort", order.up ? "ascending" : "descending");
      }
      return cell;
    });
    this.head.replaceChildren(element("tr", { "aria-rowindex": "1" }, ...cells));
  }

  arrange() {
    const { column, up } = this.order;
    const { locale } = this.speaker;
    const collator = new Intl.Collator(locale, { numeric: true });
    const compare = (a, b) => {
      const [x, y] = [a[column], b[column]];
      if (x === null || y === null) {
        return (x === null) - (y === null) || a.index - b.index;
      }
      const sign = typeof x === "number" ? x - y : collator.compare(x, y);
      return (up ? sign : -sign) || a.index - b.index;
    };
    const held = (row) =>
      !this.needle ||
      `${row.area} ${row.kommun} ${row.id}`.toLocaleLowerCase(locale).includes(this.needle);
    this.sorted = this.rows.filter(held).sort(compare);
    this.table.setAttribute("aria-rowcount", String(this.sorted.length + 1));
    this.count.textContent = this.speaker.areas(this.sorted.length);
    this.frame.scrollTop = 0;
    this.drawn = null;
    this.draw();
  }

  draw() {
    const first = Math.max(0, Math.floor(this.frame.scrollTop / ROW) - SPARE);
    const height = this.frame.clientHeight || 480;
    const last = Math.min(this.sorted.length, first + Math.ceil(height / ROW) + 2 * SPARE);
    const key = `${first} ${last}`;
    if (key === this.drawn) {
      return;
    }
    this.drawn = key;
    const gap = (rows) => {
      const space = element("tr", { "aria-hidden": "true", class: "twin__gap" });
      space.append(element("td", { colspan: String(this.columns.length) }));
      space.firstChild.style.height = `${rows * ROW}px`;
      return rows ? [space] : [];
    };
    const rows = this.sorted.slice(first, last).map((row, place) => this.row(row, first + place));
    this.body.replaceChildren(...gap(first), ...rows, ...gap(this.sorted.length - last));
  }

  row(row, place) {
    const made = element("tr", { "aria-rowindex": String(place + 2) });
    const chosen = this.view.selection.area === row.id;
    if (chosen) {
      made.className = "twin__row--chosen";
    }
    this.columns.forEach((column) => made.append(this.cell(row, column)));
    return made;
  }

  cell(row, column) {
    if (column === "area") {
      const button = element("button", { type: "button", class: "twin__pick", value: row.id });
      button.textContent = row.area;
      return element("th", { scope: "row" }, button);
    }
    if (column === "class") {
      return element("td", { class: "twin__class" }, ...this.swatch(row));
    }
    const view = column === "value" ? this.view : this.extra[column]?.view;
    const cell = element("td", view ? { class: "twin__value" } : {});
    cell.textContent = view ? this.speaker.value(view, row.index) : row.kommun;
    if (column === "value" && this.uncertain.has(row.index)) {
      cell.append(" ", element("span", { class: "twin__uncertain" }, this.speaker.say("uncertain_cell")));
    }
    return cell;
  }

  swatch(row) {
    if (row.class === null) {
      return ["–"];
    }
    const { colours } = this.view.legend;
    const mark = element("span", { class: "swatch", "aria-hidden": "true" });
    mark.style.setProperty("--light", colours.light[row.class - 1]);
    mark.style.setProperty("--dark", colours.dark[row.class - 1]);
    const { numbers, labels, axes } = this.view.legend;
    return [mark, axes ? labels[row.class - 1] : numbers[row.class - 1] || String(row.class)];
  }
}
