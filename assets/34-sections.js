/* Pages that draw many figures at once: the chart library is fetched once, before them. */
(function () {
  "use strict";

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  let loading = null;

  /* Every figure that finds no library would fetch one of its own. */
  function library() {
    if (window.Plotly || !window._dashPlotlyJSURL) {
      return Promise.resolve();
    }
    loading ||= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = window._dashPlotlyJSURL;
      script.onload = resolve;
      script.onerror = resolve;
      document.body.appendChild(script);
    });
    return loading;
  }

  /* A chart as wide as a window would make paper shrink all else: it is drawn anew for the sheet,
     in the pixels that its style says. */
  const PAPER = 660;
  let drawn = [];

  function toPaper() {
    toScreen();
    drawn = [...document.querySelectorAll(".js-plotly-plot")].map((chart) => {
      const { autosize = true, width = null, height = null } = chart.layout;
      const said = (name) => Number(getComputedStyle(chart).getPropertyValue(name));
      window.Plotly.relayout(chart, {
        width: Math.min(said("--paper-width") || PAPER, chart.clientWidth || PAPER),
        height: said("--paper-height") || chart.clientHeight || null,
      });
      return [chart, { autosize, width, height }];
    });
  }

  function toScreen() {
    drawn.forEach(([chart, size]) => window.Plotly.relayout(chart, size));
    drawn = [];
  }

  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);

  /* A folded part asks for its sections when it is opened, and again when the view has changed. */
  let current = null;

  function ask(fold) {
    if (current !== null && fold.dataset.asked !== current) {
      fold.dataset.asked = current;
      fold.querySelectorAll(".room").forEach(setBusy);
      window.dash_clientside.set_props(fold.dataset.loads, { data: current });
    }
  }

  function setBusy(room) {
    window.dash_clientside.set_props(room.id, { "aria-busy": "true" });
  }

  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.dataset.loads) {
        library().then(() => ask(target));
      }
    },
    true,
  );

  clientside.sections = {
    async ready(query) {
      current = query;
      const rooms = [...document.querySelectorAll(".room")];
      rooms.filter((room) => !room.closest("details[data-loads]")).forEach(setBusy);
      await library();
      document.querySelectorAll("details[data-loads][open]").forEach(ask);
      return query;
    },

    /* The library is fetched only for a view that draws. */
    async ready_to_draw(query) {
      const draws = new URLSearchParams(query || "").has("view");
      return draws ? clientside.sections.ready(query) : query;
    },

    /* A part that has its sections is no longer busy. */
    settled(sections) {
      return sections ? "false" : window.dash_clientside.no_update;
    },
  };
})();
