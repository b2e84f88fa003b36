/* What is likely to be asked for next is fetched ahead: the years beside the one shown while someone
   is at the slider, and the choice that someone rests on in a list. Chosen, it is drawn at once. */
(function () {
  "use strict";

  const { address, ask, page, recall } = window.barometer;

  const REST = 60; /* milliseconds on a choice; who passes over it asks for nothing */

  /* What is not there when it is asked for is asked for again, and then said. */
  const fetchAhead = (query) => ask(query).catch(() => {});

  const yearly = (year) => address.wanted("", { id: "map-year", value: year }).query;

  function years() {
    const { options, selection } = page.view;
    const at = options.years.indexOf(selection.year);
    [options.years[at + 1], options.years[at - 1]].forEach((year) => {
      if (year !== undefined) {
        fetchAhead(yearly(year));
      }
    });
  }

  /* The view that an option of one of the map's lists asks for; the list's control names it. */
  function meant(option) {
    const list = option.closest("[role=listbox]");
    const control = list && document.querySelector(`input[aria-controls="${list.id}"]`);
    const value = option.getAttribute("value");
    const known = control && value && address.asks(control.id);
    return known ? address.wanted("", { id: control.id, value }).query : null;
  }

  let resting = null;

  function rest(option) {
    window.clearTimeout(resting);
    const query = meant(option);
    if (query) {
      resting = window.setTimeout(() => fetchAhead(query), REST);
    }
  }

  /* A list takes longer to close than the map to draw; the page follows when it has closed. */
  function draw(query) {
    const view = recall(query);
    if (view && !view.second && !page.node.hidden && view.layer?.url === page.view.layer?.url) {
      page.picture.show(view);
    }
  }

  const thumbs = new MutationObserver(([{ target }]) => {
    const year = Number(target.getAttribute("aria-valuenow"));
    if (page.view && page.picture && page.view.selection.year !== year) {
      draw(yearly(year));
    }
  });

  for (const kind of ["focusin", "pointerover"]) {
    document.addEventListener(kind, ({ target }) => {
      if (!page.view || !page.node?.isConnected) {
        return;
      }
      const option = target.closest("[role=option]");
      if (option) {
        rest(option);
      } else if (target.closest("#map-year")) {
        const thumb = target.closest("#map-year").querySelector("[role=slider]");
        thumbs.observe(thumb, { attributeFilter: ["aria-valuenow"] });
        years();
      }
    });
  }

  document.addEventListener(
    "click",
    ({ target }) => {
      const option = target.closest("[role=option]");
      if (option && page.view && page.picture && page.node.isConnected) {
        draw(meant(option));
      }
    },
    true,
  );

  window.barometer.ahead = { years };
})();
