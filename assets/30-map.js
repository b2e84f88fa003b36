/* Dash's callback of the map page, handed on to the page's modules; they come under their checksum. */
(function () {
  "use strict";

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  let main = null;

  function modules() {
    const link = document.head.querySelector('link[rel=modulepreload][href$="/main.mjs"]');
    main ??= import(link.href).catch((error) => {
      main = null;
      throw error;
    });
    return main;
  }

  if (document.head.querySelector('link[rel=modulepreload][href*="/map-"]')) {
    modules().catch(() => {});
  }

  /* The page says so where it cannot show the map. */
  function failed() {
    const node = document.getElementById("map-canvas");
    const box = document.createElement("p");
    box.className = "map__message";
    box.setAttribute("role", "alert");
    box.textContent = JSON.parse(node.dataset.words).script_failed;
    node.replaceChildren(box);
  }

  clientside.map = {
    sync() {
      const { triggered } = clientside.callback_context;
      const asked = triggered || [];
      modules().then(({ sync }) => sync(asked), failed);
    },
  };
})();
