/* Menus that one types in: a click is ready to type over what is chosen, a search waits until the
   typing rests, and its answer changes what there is to choose, never what is chosen. */
(function () {
  "use strict";

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const MENU = 'input[aria-haspopup="listbox"]:not([readonly])';
  const REST = 200; /* milliseconds */
  const typed = new WeakSet();
  const waiting = {};

  document.addEventListener("input", (event) => typed.add(event.target), true);
  document.addEventListener("focusout", (event) => typed.delete(event.target));
  document.addEventListener("click", (event) => {
    const menu = event.target.closest(MENU);
    if (menu && !typed.has(menu)) {
      menu.select();
    }
    if (event.target.closest('[role="option"]') && document.activeElement) {
      typed.delete(document.activeElement);
    }
  });

  const flat = (data) => (data || []).flatMap((option) => option.items || [option]);

  clientside.menus = {
    /* What is typed, when nothing more has been typed for a while. */
    rest(text) {
      const { no_update: nothing, callback_context: context } = window.dash_clientside;
      const [id] = context.triggered[0].prop_id.split(".");
      window.clearTimeout(waiting[id]?.timer);
      waiting[id]?.resolve(nothing);
      document.body.classList.add("searching");
      return new Promise((resolve) => {
        waiting[id] = { resolve, timer: window.setTimeout(() => resolve(text || ""), REST) };
      });
    },

    /* What was found, and beside it all that is chosen by now, which the answer cannot know. */
    offer(found, value, before) {
      document.body.classList.remove("searching");
      if (!found) {
        const { no_update: nothing } = window.dash_clientside;
        return [nothing, nothing];
      }
      const there = new Set(flat(found.options).map((option) => option.value));
      const chosen = [value].flat().filter((own) => own && !there.has(own));
      const known = new Map(flat(before).map((option) => [option.value, option]));
      const kept = chosen.map((own) => ({ label: own, ...known.get(own), value: own, kept: true }));
      return [[...found.options, ...kept], found.message];
    },
  };
})();
