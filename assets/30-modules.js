/* Dash's callbacks that ES modules answer: Dash looks for them before a module is there, so that they
   stand here and hand on. A page that has some names the module in its head, under its checksum. */
(function () {
  "use strict";

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const loading = new Map();

  function load(name) {
    const link = document.head.querySelector(`link[rel=modulepreload][href$="/${name}.mjs"]`);
    if (link && !loading.has(name)) {
      const module = import(link.href);
      module.catch(() => loading.delete(name));
      loading.set(name, module);
    }
    return loading.get(name);
  }

  ["map/main", "method/narrow", "table/pages"].forEach(load); /* before anything asks for them */

  function broken() {
    document.documentElement.classList.add("broken");
    return clientside.no_update;
  }

  /* The page says so where it cannot show the map. */
  function noMap() {
    const node = document.getElementById("map-canvas");
    const box = document.createElement("p");
    box.className = "map__message";
    box.setAttribute("role", "alert");
    box.textContent = JSON.parse(node.dataset.words).script_failed;
    node.replaceChildren(box);
  }

  clientside.map = {
    sync() {
      const asked = clientside.callback_context.triggered || [];
      load("map/main").then(({ sync }) => sync(asked), noMap);
    },
  };

  clientside.rows = {
    show(spec) {
      load("table/pages").then(({ show }) => show(spec), broken);
      return clientside.no_update;
    },
  };

  clientside.method = {
    narrow: (typed) => load("method/narrow").then(({ narrow }) => narrow(typed), broken),
  };
})();
