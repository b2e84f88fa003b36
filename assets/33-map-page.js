/* The map page: the address, the controls and what is said about the map follow each other. */
(function () {
  "use strict";

  const { ask, drawable, file, Picture, Speaker, theme } = window.barometer;

  const page = { node: null, picture: null, speaker: null, view: null, turn: 0, streak: false };

  function enter(node) {
    if (page.node !== node) {
      page.node = node;
      page.speaker = new Speaker(node);
      page.picture = null;
      page.view = null;
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

  /* The view on the map, in the table, or in the table because it cannot be drawn. */
  async function present(view) {
    const table = document.getElementById("map-table");
    const cannot = page.failed ? "failed" : view.layer ? null : "no_layer";
    const showTable = view.selection.view === "table" || Boolean(cannot);
    page.node.hidden = showTable;
    table.hidden = !showTable;
    if (showTable) {
      const names = await file(view.names);
      window.barometerTable.show(table, view, names, page.speaker);
      table.querySelector(":scope > .map__message")?.remove();
      if (cannot) {
        sentence(table, page.speaker.say(cannot));
      }
      return;
    }
    page.node.querySelector(":scope > .map__message")?.remove();
    page.picture ??= new Picture(page.node, page.speaker);
    await page.picture.show(view);
    page.node.dataset.shown = view.query;
    await page.picture.painted();
  }

  const h = (type, props, children) => ({
    type,
    namespace: "dash_html_components",
    props: { ...props, children },
  });

  function legend(view) {
    if (!view.legend) {
      return [];
    }
    const { labels, counts, colours, missing } = view.legend;
    const item = (key, light, shade, label, n, extra = "") =>
      h("Li", { key, className: `legend__item${extra}` }, [
        h("Span", {
          className: "legend__swatch",
          style: { "--light": light, "--dark": shade },
          "aria-hidden": "true",
        }),
        h("Span", { className: "legend__label" }, label),
        h(
          "Span",
          { className: "legend__count" },
          page.speaker.areas(n),
        ),
      ]);
    const items = labels.map((label, index) =>
      item(`c${index}`, colours.light[index], colours.dark[index], label, counts[index]),
    );
    if (view.n_missing > 0) {
      const words = page.speaker.say("no_value");
      items.push(
        item("missing", missing.light, missing.dark, words, view.n_missing, " legend__item--missing"),
      );
    }
    return items;
  }

  function marks(years) {
    const step = Math.ceil(years.length / 5);
    return years.map((value, index) =>
      (years.length - 1 - index) % step === 0 ? { value, label: String(value) } : { value },
    );
  }

  /* Years in a row are one step back; everything else is a step of its own. */
  function remember(view, trigger) {
    const now = window.location.pathname + view.query;
    if (trigger === "url") {
      if (!view.notice.length) {
        window.history.replaceState(window.history.state, "", now);
      }
    } else if (now !== window.location.pathname + window.location.search) {
      const again = trigger === "year" && page.streak;
      window.history[again ? "replaceState" : "pushState"]({}, "", now);
    }
    page.streak = trigger === "year";
    const link = document.getElementById("site-language");
    if (link) {
      const other = new URLSearchParams(view.query);
      const english = other.get("lang") === "en";
      other.delete("lang");
      link.href = `${window.location.pathname}?${other}${english ? "" : "&lang=en"}`;
    }
    document.title = `${view.title} – ${page.speaker.say("site")}`;
  }

  const KEYS = {
    "map-indicator": "indicator",
    "map-level": "level",
    "map-background": "background",
    "map-year": "year",
    "map-method": "method",
    "map-classes": "classes",
    "map-view": "view",
    "map-place": "area",
    "map-picked": "area",
  };

  /* The query that a change asks for: the address itself, or the last view with one thing changed. */
  function wanted(search, changed) {
    if (!changed || !page.view) {
      return { query: search || "", trigger: "url" };
    }
    const key = KEYS[changed.id];
    const params = new URLSearchParams(page.view.query);
    const value = changed.id === "map-picked" ? changed.value?.area : changed.value;
    if (value === null || value === undefined || value === "") {
      params.delete(key);
    } else {
      params.set(key, String(value));
    }
    return { query: `?${params}`, trigger: key };
  }

  function change(context) {
    const changed = (context.triggered || [])
      .map(({ prop_id: prop, value }) => ({ id: prop.split(".")[0], value }))
      .filter(({ id, value }) => KEYS[id] && !(value === null && id !== "map-picked"));
    const fromUrl = (context.triggered || []).some(({ prop_id: p }) => p === "map-url.search");
    return fromUrl ? null : changed[0];
  }

  const inWords = (view) => (view.sentence ? view.sentence[theme()] : "");

  function aside(view) {
    const asked = new URLSearchParams(view.query);
    ["method", "classes", "view", "embed"].forEach((key) => asked.delete(key));
    return asked.has("area") ? `?${asked}` : asked.get("lang") === "en" ? "?lang=en" : "";
  }

  /* In the order of karta.SHOWN. */
  function outputs(view) {
    const { selection, options } = view;
    const { years } = options;
    return [
      window.location.search,
      selection.indicator,
      selection.level,
      options.levels,
      selection.background,
      options.backgrounds,
      options.backgrounds.length < 2,
      selection.year,
      years[0],
      Math.max(years[years.length - 1], years[0] + 1),
      marks(years),
      String(selection.year),
      selection.method,
      String(selection.classes),
      selection.view,
      null,
      null,
      aside(view),
      view.title,
      view.definition,
      inWords(view),
      view.notice.length
        ? [
            h("H2", { className: "notice__title" }, page.speaker.say("notice")),
            h("Ul", {}, view.notice.map((text, key) => h("Li", { key: `n${key}` }, text))),
          ]
        : [],
      legend(view),
      view.note.map((text, key) => h("P", { key: `p${key}` }, text)),
      view.source,
      view.downloads.map(({ name, href }) =>
        h("Li", { key: href }, h("A", { href, download: "" }, name)),
      ),
      `${view.title}. ${inWords(view)}`,
    ];
  }

  /* Only what is another than on the page already: drawing a control again costs more than the map. */
  function news(all) {
    const skip = window.dash_clientside.no_update;
    const { getLayout } = window.dash_component_api;
    return all.map((value, place) => {
      const [id, prop] = page.shown[place];
      const now = getLayout(id)?.props?.[prop];
      return JSON.stringify(value) === JSON.stringify(now ?? null) ? skip : value;
    });
  }

  async function sync(search) {
    const skip = window.dash_clientside.no_update;
    const changed = change(window.dash_clientside.callback_context);
    const node = document.getElementById("map-canvas");
    enter(node);
    const { query, trigger } = wanted(search, changed);
    page.turn += 1;
    const turn = page.turn;
    try {
      const view = await ask(query);
      if (turn !== page.turn) {
        return page.shown.map(() => skip);
      }
      page.view = view;
      remember(view, trigger);
      await present(view);
      foresee(view, trigger);
      /* Someone may have gone on while the map was drawn: what they chose now stands. */
      return turn === page.turn ? news(outputs(view)) : page.shown.map(() => skip);
    } catch (error) {
      const place = page.node.hidden ? document.getElementById("map-table") : page.node;
      sentence(place, page.speaker.say("offline"), () => {
        window.dash_clientside.set_props("map-url", { search: query });
      });
      window.console.warn(error);
      return page.shown.map(() => skip);
    }
  }

  /* While someone walks through the years, the next ones are fetched ahead. */
  function foresee(view, trigger) {
    if (trigger !== "year") {
      return;
    }
    const { years } = view.options;
    const at = years.indexOf(view.selection.year);
    [years[at + 1], years[at - 1]].forEach((year) => {
      if (year !== undefined) {
        const params = new URLSearchParams(view.query);
        params.set("year", String(year));
        ask(`?${params}`).catch(() => {});
      }
    });
  }

  /* ------------------------------------------------------------ play */

  const PACE = 900;
  let playing = null;

  function stop(button) {
    window.clearInterval(playing);
    playing = null;
    button.setAttribute("aria-label", button.title);
    button.classList.remove("play--on");
  }

  function step(button) {
    const { years } = page.view.options;
    const at = years.indexOf(page.view.selection.year);
    if (at + 1 >= years.length || !button.isConnected) {
      stop(button);
      return;
    }
    window.dash_clientside.set_props("map-year", { value: years[at + 1] });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#map-play");
    if (!button || !page.view) {
      return;
    }
    if (playing !== null) {
      stop(button);
      return;
    }
    const { years } = page.view.options;
    button.setAttribute("aria-label", button.dataset.pause);
    button.classList.add("play--on");
    if (page.view.selection.year === years[years.length - 1]) {
      window.dash_clientside.set_props("map-year", { value: years[0] });
    } else {
      step(button);
    }
    playing = window.setInterval(() => step(button), PACE);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.map = { sync };
})();
