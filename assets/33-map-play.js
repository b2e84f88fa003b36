/* Playing the years, and the code that puts the map on another site. */
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

  /* ------------------------------------------------------------ embedding */

  function code() {
    const address = new URL(window.location.pathname + page.view.query, window.location.href);
    address.searchParams.set("embed", "1");
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = page.view.title;
    frame.width = "100%";
    frame.height = "700";
    frame.style.border = "0";
    frame.loading = "lazy";
    return frame.outerHTML;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("#map-embed");
    if (!button || !page.view) {
      return;
    }
    const said = button.dataset.said || button.textContent;
    button.dataset.said = said;
    try {
      await navigator.clipboard.writeText(code());
    } catch {
      window.prompt(said, code());
      return;
    }
    button.textContent = button.dataset.done;
    document.querySelector("[aria-live]").textContent = button.dataset.done;
    window.setTimeout(() => {
      button.textContent = said;
    }, 2500);
  });
})();
