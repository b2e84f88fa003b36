/* The map's address: what a control means in it, and how the browser's history follows. */
(function () {
  "use strict";

  const page = {
    ...{ node: null, picture: null, other: null, speaker: null, view: null, second: null },
    ...{ turn: 0, streak: false, query: null /* what was last asked for */ },
  };
  window.barometer.page = page;

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
    "map-kind": "kind",
    "map-indicator": "indicator",
    "map-level": "level",
    "map-background": "background",
    "map-within": "within",
    "map-mode": "mode",
    "map-since": "since",
    "map-compare": "compare",
    "map-together": "together",
    "map-layer": "layer",
    "map-grouping": "grouping",
    "map-year": "year",
    "map-method": "method",
    "map-classes": "classes",
    "map-steady": "steady",
    "map-view": "view",
    "map-place": "area",
    "map-picked": "area",
  };
  const COMPANY = ["since", "compare", "together", "layer", "grouping", "steady"];

  const drop = (params, keys) => keys.forEach((key) => params.delete(key));

  /* Controls that stand for several keys of the address. */
  const MEANT = {
    kind(params, value) {
      const { types } = page.view.options;
      if (value === "types") {
        page.before = page.view.selection.indicator;
        drop(params, [...COMPANY, "background", "classes"]);
        params.set("indicator", types[page.view.selection.level] || Object.values(types)[0]);
      } else {
        params.delete("indicator");
        if (page.before) {
          params.set("indicator", page.before);
        }
      }
    },
    mode(params, value) {
      const { since_start: start, compare_start: other } = page.view.options;
      drop(params, ["since", "compare", "together", "steady", "classes"]);
      if (value === "change" && start) {
        params.set("since", start.since);
        params.set("year", start.year);
      }
      if (value === "compare") {
        params.set("compare", other);
      }
    },
    /* A place is limited to only while its areas are smaller than itself. */
    level(params, value) {
      const within = params.get("within") || "";
      if (value === "lan" || (value === "kommun" && within.length === 4)) {
        params.delete("within");
      }
      const { selection, options } = page.view;
      if (selection.kind === "types" && options.types[value]) {
        params.set("indicator", options.types[value]);
      }
      params.set("level", value);
    },
    layer(params, value) {
      drop(params, ["grouping", "classes"]);
      params.set("layer", value);
    },
    indicator(params, value) {
      if (params.get("compare") === value) {
        drop(params, ["compare", "together"]);
      }
      if (params.get("grouping") === page.view.selection.indicator) {
        params.delete("grouping");
      }
      params.set("indicator", value);
    },
    compare(params, value) {
      drop(params, ["steady"]);
      params.set("compare", value);
    },
    steady(params, value) {
      params.set("steady", value ? "1" : "0");
    },
  };

  /* The query that a change asks for: the address itself, or what was last asked for, which may be
     on its way still, with one thing changed. */
  function wanted(search, changed) {
    if (!changed || !page.view) {
      return { query: search || "", trigger: "url" };
    }
    const key = KEYS[changed.id];
    const picked = changed.id === "map-picked";
    if (picked && changed.value?.look) {
      return { query: changed.value.look, trigger: changed.value.trigger || "look" };
    }
    const params = new URLSearchParams(page.query);
    const value = picked ? changed.value?.area : changed.value;
    if (value === null || value === undefined || value === "") {
      params.delete(key);
    } else if (MEANT[key]) {
      MEANT[key](params, value);
    } else {
      params.set(key, String(value));
    }
    return { query: `?${params}`, trigger: key };
  }

  function change(triggered) {
    const changed = triggered
      .map(({ prop_id: prop, value }) => ({ id: prop.split(".")[0], value }))
      .filter(({ id, value }) => KEYS[id] && !(value === null && id !== "map-picked"));
    const fromUrl = triggered.some(({ prop_id: prop }) => prop === "map-url.search");
    return fromUrl ? null : changed[0];
  }

  function aside(view) {
    const asked = new URLSearchParams(view.query);
    [...COMPANY, "within", "method", "classes", "view", "embed"].forEach((key) => asked.delete(key));
    if (view.selection.within !== "00" && asked.has("area")) {
      asked.set("within", view.selection.within);
    }
    return asked.has("area") ? `?${asked}` : asked.get("lang") === "en" ? "?lang=en" : "";
  }

  const asks = (id) => id in KEYS;

  window.barometer.address = { aside, asks, change, remember, wanted };
})();
