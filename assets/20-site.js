/* What every page needs: the place search's filter, opening a found place, small buttons. */
(function () {
  "use strict";

  const clientside = (window.dash_clientside = window.dash_clientside || {});
  const functions = (window.dashMantineFunctions = window.dashMantineFunctions || {});

  /* The server has searched already: show what it found, in its order; what is chosen is kept
     among the options for its name alone, and is no answer to a search. */
  functions.keepAll = ({ options, search }) =>
    search?.trim() ? options.filter((option) => !option.kept) : options;

  function language() {
    return document.documentElement.lang === "en" ? "&lang=en" : "";
  }

  clientside.site = {
    open_place(area) {
      if (area) {
        window.location.assign(`${document.body.dataset.base}/plats?area=${encodeURIComponent(area)}${language()}`);
      }
      return "";
    },
  };

  /* Say something to people who do not see it happen. */
  function announce(text) {
    const region = document.querySelector("[aria-live]");
    if (region) {
      region.textContent = text;
    }
  }

  /* The code that shows this view on another site: the address is the view. */
  function frameCode() {
    const address = new URL(window.location.href);
    address.searchParams.set("embed", "1");
    address.hash = "";
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = document.querySelector("main h1")?.textContent || document.title;
    frame.width = "100%";
    frame.height = "700";
    frame.style.border = "0";
    frame.loading = "lazy";
    return frame.outerHTML;
  }

  /* The code that shows one figure on another site: its picture, which has heading, key, source
     and day in it and fits any width, as the link to where it stands. */
  function figureCode(path, anchor, name) {
    const link = document.createElement("a");
    const address = new URL(window.location.href);
    address.hash = anchor;
    link.href = address.href;
    const picture = document.createElement("img");
    picture.src = window.location.origin + path;
    picture.alt = name;
    picture.width = 1600;
    picture.height = 900;
    picture.loading = "lazy";
    picture.style.width = "100%";
    picture.style.height = "auto";
    link.append(picture);
    return link.outerHTML;
  }

  /* The link to the view or to a figure in it, its frame, or a line that reads its figures. */
  function copied({ copy: kind, code, anchor }) {
    if (kind === "embed") {
      const name = document.getElementById(`${anchor}-heading`)?.textContent || document.title;
      return code ? figureCode(code, anchor, name) : frameCode();
    }
    if (kind === "code") {
      return code.replace("{origin}", window.location.origin);
    }
    const address = new URL(window.location.href);
    if (anchor) {
      address.hash = anchor;
    }
    return address.href;
  }

  async function copy(button) {
    const said = button.dataset.said || (button.querySelector("strong") || button).textContent;
    const text = copied(button.dataset);
    button.dataset.said = said;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      window.prompt(said, text);
      return;
    }
    const label = button.querySelector("strong") || button;
    label.textContent = button.dataset.done;
    announce(button.dataset.done);
    window.setTimeout(() => {
      label.textContent = said;
    }, 2500);
  }

  const FOLDS = ".fold-button, .menu__button";

  function unfold(button, open) {
    button.setAttribute("aria-expanded", String(open));
  }

  /* Close every menu but the one that `inside` stands in; the last one closed is answered. */
  function fold(inside = null) {
    let closed = null;
    for (const button of document.querySelectorAll(FOLDS)) {
      const room = document.getElementById(button.getAttribute("aria-controls"));
      const open = button.getAttribute("aria-expanded") === "true";
      if (open && !button.contains(inside) && !room?.contains(inside)) {
        unfold(button, false);
        closed = button;
      }
    }
    for (const details of document.querySelectorAll(".origin[open], .figure-menu[open], .menu-fold[open]")) {
      if (!details.contains(inside)) {
        details.open = false;
        closed = details.querySelector("summary");
      }
    }
    return closed;
  }

  document.addEventListener("click", (event) => {
    if (event.isTrusted && !event.target.closest("[role=option], .mantine-Popover-dropdown")) {
      fold(event.target);
    }
    if (event.target.closest("a.figure-menu__item, .menu-fold a")) {
      fold()?.focus(); // the file is on its way, and the list would lie over the next figure
    }
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if ("copy" in button.dataset) {
      copy(button);
    } else if ("print" in button.dataset) {
      window.print();
    } else if (button.matches(FOLDS)) {
      const open = button.getAttribute("aria-expanded") !== "true";
      fold(button);
      unfold(button, open);
      if (open && button.matches(".fold-button--search")) {
        document.querySelector("#site-search input")?.focus();
      }
    }
  });

  /* Arrows move in an open menu of a figure; down opens it. */
  function move(event) {
    const menu = event.target.closest?.(".figure-menu");
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!menu || !(event.key in steps)) {
      return;
    }
    event.preventDefault();
    menu.open = true;
    const items = [...menu.querySelectorAll(".figure-menu__item")];
    const next = items.indexOf(document.activeElement) + steps[event.key];
    items[(next + items.length) % items.length].focus();
  }

  document.addEventListener("keydown", move);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      fold()?.focus();
    }
  });
})();
