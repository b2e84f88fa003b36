/* What is likely to be asked for next is fetched ahead: the years beside the one shown while someone
   is at the slider, and the choice that someone rests on in a list. Chosen, it is drawn at once. */

import { ask, question, recall } from "./data.mjs";

const REST = 60; /* milliseconds on a choice; who passes over it asks for nothing */

export class Ahead {
  constructor(page) {
    this.page = page;
    this.resting = null;
    this.thumbs = new MutationObserver(([{ target }]) => {
      const year = Number(target.getAttribute("aria-valuenow"));
      if (page.view && page.picture && page.view.selection.year !== year) {
        this.draw(this.yearly(year));
      }
    });
    for (const kind of ["focusin", "pointerover"]) {
      document.addEventListener(kind, ({ target }) => this.near(target));
    }
    document.addEventListener("click", ({ target }) => this.click(target), true);
  }

  /* What is not there when it is asked for is asked for again, and then said. */
  fetch(asked) {
    ask(asked).catch(() => {});
  }

  yearly(year) {
    return question(this.page.view.query, { key: "year", value: String(year) });
  }

  years() {
    const { years, selection } = this.page.view;
    const at = years.indexOf(selection.year);
    [years[at + 1], years[at - 1]]
      .filter((year) => year !== undefined)
      .forEach((year) => this.fetch(this.yearly(year)));
  }

  /* What an option of one of the map's lists asks for; the list's control names it. */
  meant(option) {
    const list = option.closest("[role=listbox]");
    const control = list && document.querySelector(`input[aria-controls="${list.id}"]`);
    const key = control && this.page.keys[control.id];
    const value = option.getAttribute("value");
    return key && key !== "area" && value ? question(this.page.view.query, { key, value }) : null;
  }

  near(target) {
    if (!this.page.view || !this.page.node?.isConnected) {
      return;
    }
    const option = target.closest("[role=option]");
    if (option) {
      window.clearTimeout(this.resting);
      const asked = this.meant(option);
      if (asked) {
        this.resting = window.setTimeout(() => this.fetch(asked), REST);
      }
    } else if (target.closest("#map-year")) {
      const thumb = target.closest("#map-year").querySelector("[role=slider]");
      this.thumbs.observe(thumb, { attributeFilter: ["aria-valuenow"] });
      this.years();
    }
  }

  /* A list takes longer to close than the map to draw; the page follows when it has closed. */
  click(target) {
    const option = target.closest("[role=option]");
    if (option && this.page.view && this.page.picture && this.page.node.isConnected) {
      this.draw(this.meant(option));
    }
  }

  draw(asked) {
    const view = asked && recall(asked);
    const { node, picture, view: now } = this.page;
    if (view && !view.second && !node.hidden && view.layer?.url === now.layer?.url) {
      picture.show(view);
    }
  }
}
