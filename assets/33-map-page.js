/* The map page: the address, the controls and what is said about the map follow each other. */
(function () {
  "use strict";

  const { address, ahead, ask, drawable, file, h, legend, page, Picture, recall, Speaker, theme } =
    window.barometer;
  const { aside, change, remember, wanted } = address;

  function enter(node) {
    if (page.node !== node) {
      page.node = node;
      page.speaker = new Speaker(node);
      page.picture = null;
      page.other = null;
      page.view = null;
      page.query = null;
      page.told = new Map(); /* what the page was last told, or asked, by part */
      page.shown = JSON.parse(node.dataset.outputs);
      page.failed = !drawable();
    }
  }

  function sentence(node, text, action) {
    const box = document.createElement("div");
    box.className = "map__message";
    box.setAttribute("role", "alert");
    box.append(text);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = page.speaker.say("retry");
      button.addEventListener("click", action);
      box.append(button);
    }
    node.querySelector(":scope > .map__message")?.remove();
    node.append(box);
  }

  /* Views whose values stand beside this one's: in the tip and in the table. */
  function extras(view) {
    return Promise.all(
      view.columns.map(async ({ label, query }) => ({ label, view: await ask(query) })),
    );
  }

  /* The view on the map, in the table, or in the table because it cannot be drawn. */
  async function present(view, second) {
    const table = document.getElementById("map-table");
    const pane = document.getElementById("map-second");
    const cannot = page.failed ? "failed" : view.layer ? null : "no_layer";
    const showTable = view.selection.view === "table" || Boolean(cannot);
    page.node.hidden = showTable;
    table.hidden = !showTable;
    pane.hidden = showTable || !second;
    if (showTable) {
      const [names, extra] = await Promise.all([file(view.names), extras(view)]);
      if (page.view !== view) {
        return;
      }
      window.barometerTable.show(table, view, names, page.speaker, extra);
      table.querySelector(":scope > .map__message")?.remove();
      if (cannot) {
        sentence(table, page.speaker.say(cannot));
      }
      return;
    }
    page.node.querySelector(":scope > .map__message")?.remove();
    page.picture ??= new Picture(page.node, page.speaker, page.node);
    page.picture.extra = [];
    await Promise.all([page.picture.show(view), second ? beside(view, second) : null]);
    if (view.columns.length) {
      extras(view).then((extra) => {
        page.picture.extra = page.view === view ? extra : [];
      });
    }
    await page.picture.painted();
  }

  /* The second map, in step with the first; its areas tell the first's values too. */
  async function beside(view, second) {
    const node = document.getElementById("map-second-canvas");
    if (!page.other) {
      page.other = new Picture(node, page.speaker, page.node);
      page.picture.step(page.other);
    }
    const same = view.layer?.url === second.layer?.url;
    page.other.extra = same ? [{ label: labelled(view, second), view }] : [];
    await page.other.show(second);
  }

  const labelled = (view, second) =>
    view.name === second.name ? String(view.selection.year) : view.name;

  function marks(years) {
    const step = Math.ceil(years.length / 5);
    return years.map((value, index) =>
      (years.length - 1 - index) % step === 0 ? { value, label: String(value) } : { value },
    );
  }

  /* A span of years or ages does not break at its dash, a division not before its year. */
  const unbroken = (text) =>
    text
      .split(/(\d[\d.,]*–[\d.,]*\d|(?:RegSO|DeSO) \d{4})/)
      .map((part, place) =>
        place % 2 ? h("Span", { key: `s${place}`, className: "together" }, part) : part,
      )
      .filter((part) => part !== "");

  function comparing(view) {
    const { compare_years: years } = view.options;
    const now = window.dash_component_api.getLayout("map-compare")?.props?.data || [];
    const items = years.map((year) => ({ value: year, label: year }));
    return [{ group: page.speaker.say("compare_years"), items }, ...now.slice(1)];
  }

  const inWords = (view) => (view.sentence ? view.sentence[theme()] : "");

  /* What is hidden is drawn when it is shown: a list of indicators costs more than the map. */
  const KEEP = Symbol("keep");

  /* In the order of karta.SHOWN. */
  function outputs(view) {
    const { selection, options } = view;
    const { years } = options;
    const second = page.second;
    const choice = (list) => (list.length ? list : [{ value: "", label: "–" }]);
    return [
      window.location.search,
      selection.kind,
      selection.indicator,
      selection.kind === "types",
      selection.level,
      options.levels,
      selection.background,
      options.backgrounds,
      options.backgrounds.length < 2,
      selection.within,
      options.within,
      options.within.length < 2,
      selection.since ? "change" : selection.compare ? "compare" : "year",
      selection.since ? String(selection.since) : null,
      selection.since ? options.since : KEEP,
      !selection.since,
      selection.compare,
      selection.compare ? comparing(view) : KEEP,
      !selection.compare,
      selection.together,
      selection.layer,
      options.layers,
      selection.grouping || null,
      choice(options.groupings),
      options.groupings.length < 2,
      selection.year,
      years[0],
      Math.max(years[years.length - 1], years[0] + 1),
      marks(years),
      String(selection.year),
      selection.method,
      String(selection.classes),
      options.classes,
      selection.steady,
      !options.steady,
      selection.view,
      null,
      null,
      aside(view),
      unbroken(view.title),
      view.definition,
      view.about,
      sentences(view, second),
      view.notice.length
        ? [
            h("H2", { className: "notice__title" }, page.speaker.say("notice")),
            h("Ul", {}, view.notice.map((text, key) => h("Li", { key: `n${key}` }, text))),
          ]
        : [],
      legend(view, page.speaker),
      second ? caption(view, second) : null,
      second ? caption(second, view) : null,
      second ? legend(second, page.speaker) : [],
      view.note.map((text, key) => h("P", { key: `p${key}` }, text)),
      view.source,
      view.downloads.map(({ name, href }) =>
        h("Li", { key: href }, h("A", { href, download: "" }, name)),
      ),
      `${view.title}. ${inWords(view)}`,
    ];
  }

  /* The legend of one of two maps in words. */
  function told(view, other) {
    const own = view.name === other.name ? `${caption(view, other)}: ` : "";
    return h("Span", { key: view.query, className: "stage__told" }, unbroken(own + inWords(view)));
  }

  const sentences = (view, second) =>
    second ? [told(view, second), told(second, view)] : unbroken(inWords(view));

  /* The legend in words speaks of dark and light, which change places with the theme. */
  function retell() {
    const children = sentences(page.view, page.second);
    window.dash_clientside.set_props("map-sentence", { children });
  }

  window.barometer.retell = retell;

  /* Over one of two maps: what sets it apart from the other. */
  function caption(view, other) {
    const { year } = view.selection;
    const sameYear = year === other.selection.year;
    return view.name === other.name ? String(year) : `${view.name}${sameYear ? "" : `, ${year}`}`;
  }

  const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

  const now = ([id, prop]) => window.dash_component_api.getLayout(id)?.props?.[prop];

  const controls = () => page.shown.map((part) => (VALUES.includes(part[1]) ? now(part) : 0));

  const VALUES = ["value", "checked"];

  /* Sets what is another than on the page already: drawing a control again costs more than the map.
     A control that someone moved on meanwhile stays where it is: its own question comes next. */
  function tell(all, before) {
    const later = controls();
    const news = {};
    all.forEach((value, place) => {
      const [id, prop] = page.shown[place];
      if (value === KEEP) {
        return;
      }
      page.told.set(`${id}.${prop}`, value);
      if (!same(value, now([id, prop])) && later[place] === before[place]) {
        news[id] = { ...news[id], [prop]: value };
      }
    });
    Object.entries(news).forEach(([id, props]) => window.dash_clientside.set_props(id, props));
  }

  /* Whether the address has gone on, as by another step back, before Dash tells of it. */
  const passed = (search) =>
    String(new URLSearchParams(search || "")) !== String(new URLSearchParams(window.location.search));

  /* Follows the address and the controls. It has no outputs, since Dash draws those twice, when
     they are awaited and when they come; what `tell` sets comes back here and is no question. */
  async function sync(search) {
    const node = document.getElementById("map-canvas");
    enter(node);
    const { triggered } = window.dash_clientside.callback_context;
    const asked = (triggered || []).filter(
      ({ prop_id: prop, value }) => !page.told.has(prop) || !same(value, page.told.get(prop)),
    );
    if (page.view && !asked.length) {
      return;
    }
    asked.forEach(({ prop_id: prop, value }) => page.told.set(prop, value));
    const before = controls();
    const { query, trigger } = wanted(search, change(asked));
    page.query = query;
    page.turn += 1;
    const turn = page.turn;
    try {
      /* A view in memory is drawn at once: a wait, however short, lets all else go first. */
      const view = recall(query) || (await ask(query));
      if (turn !== page.turn) {
        return;
      }
      const second = view.second ? recall(view.second) || (await ask(view.second)) : null;
      if (turn !== page.turn || (trigger === "url" && passed(search))) {
        return;
      }
      page.view = view;
      page.query = view.query;
      page.second = second;
      remember(view, trigger);
      await present(view, second);
      if (trigger === "year") {
        ahead.years();
      }
      /* Someone may have gone on while the map was drawn: what they chose now stands. */
      if (turn === page.turn) {
        tell(outputs(view), before);
      }
    } catch (error) {
      asked.forEach(({ prop_id: prop }) => page.told.delete(prop));
      if (turn === page.turn) {
        page.query = page.view?.query;
      }
      if (!page.picture?.opened) {
        page.picture = page.other = null; /* opened anew by the next view */
      }
      const place = page.node.hidden ? document.getElementById("map-table") : page.node;
      sentence(place, page.speaker.say("offline"), () => {
        window.dash_clientside.set_props("map-url", { search: query });
      });
      window.console.warn(error);
    }
  }

  /* The view as it is, at the level and in the place of a link. */
  function moved(look) {
    const params = new URLSearchParams(page.query);
    const asked = new URLSearchParams(look);
    params.set("level", asked.get("level"));
    params.delete("within");
    if (asked.has("within")) {
      params.set("within", asked.get("within"));
    }
    return `?${params}`;
  }

  /* Links to another view of the map change it in place; opened elsewhere they are plain links. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-look]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (link && plain && page.view) {
      event.preventDefault();
      window.dash_clientside.set_props("map-picked", { data: { look: moved(link.dataset.look) } });
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.map = { sync };
})();
