/* Playing the years. */
(function () {
  "use strict";

  const { page } = window.barometer;

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

  /* While the years play, a colour means the same in all of them. */
  function begin(year) {
    const params = new URLSearchParams(page.view.query);
    params.set("year", String(year));
    if (page.view.options.steady) {
      params.set("steady", "1");
    }
    const data = { look: `?${params}`, trigger: "year" };
    window.dash_clientside.set_props("map-picked", { data });
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
    const at = years.indexOf(page.view.selection.year);
    button.setAttribute("aria-label", button.dataset.pause);
    button.classList.add("play--on");
    begin(years[at + 1] ?? years[0]);
    playing = window.setInterval(() => step(button), PACE);
  });
})();
