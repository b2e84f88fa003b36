/* The legend of a map: a row a class, or a square where two things are shown in one map. */
(function () {
  "use strict";

  const h = (type, props, children) => ({
    type,
    namespace: "dash_html_components",
    props: { ...props, children },
  });

  const swatch = (light, dark, text = null, extra = "") =>
    h(
      "Span",
      {
        className: `legend__swatch${extra}`,
        style: { "--light": light, "--dark": dark },
        "aria-hidden": "true",
      },
      text,
    );

  function item(key, mark, label, count) {
    return h("Li", { key, className: "legend__item" }, [
      mark,
      h("Span", { className: "legend__label" }, label),
      h("Span", { className: "legend__count" }, count),
    ]);
  }

  /* The number stands in the swatch already. */
  const named = (label, number) => (number ? label.replace(`${number} `, "") : label);

  function classes(view, speaker) {
    const { labels, counts, colours, numbers } = view.legend;
    return labels.map((label, index) => {
      const number = numbers[index];
      const strong = number ? ` legend__swatch--number legend__swatch--${number}` : "";
      const mark = swatch(colours.light[index], colours.dark[index], number || null, strong);
      return item(`c${index}`, mark, named(label, number), speaker.areas(counts[index]));
    });
  }

  /* What is drawn as a pattern: no value, and few persons. */
  function patterns(view, speaker) {
    const { missing } = view.legend;
    const made = [];
    if (view.n_missing > 0) {
      const mark = swatch(missing.light, missing.dark, null, " legend__swatch--missing");
      made.push(item("missing", mark, speaker.say("no_value"), speaker.areas(view.n_missing)));
    }
    if (view.few.length) {
      const mark = swatch("transparent", "transparent", null, " legend__swatch--few");
      made.push(item("few", mark, speaker.say("few"), speaker.areas(view.few.length)));
    }
    return made;
  }

  /* Nine colours in a square: one thing grows to the right, the other upwards. */
  function square(view, speaker) {
    const { axes, colours, counts } = view.legend;
    const [one, other] = axes;
    const rows = [2, 1, 0].map((row) =>
      h("Tr", { key: `r${row}` }, [
        h("Th", { key: "h", scope: "row" }, other.labels[row]),
        ...[0, 1, 2].map((column) => {
          const place = 3 * row + column;
          return h("Td", { key: `c${column}` }, [
            swatch(colours.light[place], colours.dark[place], null, " legend__swatch--cell"),
            h("Span", { className: "square__count" }, speaker.count(counts[place])),
          ]);
        }),
      ]),
    );
    const head = h("Tr", { key: "head" }, [
      h("Td", { key: "corner" }, ""),
      ...one.labels.map((label, column) => h("Th", { key: `h${column}`, scope: "col" }, label)),
    ]);
    return h("Table", { className: "square", key: "square" }, [
      h("Caption", {}, [
        h("Span", { key: "up" }, `↑ ${other.name}`),
        h("Span", { key: "on" }, `→ ${one.name}`),
        h("Span", { key: "n", className: "unseen" }, speaker.say("square_counts")),
      ]),
      h("Tbody", {}, [...rows, head]),
    ]);
  }

  function legend(view, speaker) {
    if (!view.legend) {
      return [];
    }
    const rest = patterns(view, speaker);
    const list = (items) => h("Ul", { className: "legend", key: "list" }, items);
    return view.legend.axes
      ? [square(view, speaker), ...(rest.length ? [list(rest)] : [])]
      : [list([...classes(view, speaker), ...rest])];
  }

  Object.assign(window.barometer, { h, legend });
})();
