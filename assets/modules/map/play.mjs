/* Playing the years. */

const PACE = 900;

export class Player {
  constructor(page) {
    this.page = page;
    this.timer = null;
  }

  toggle(button) {
    if (this.timer !== null) {
      this.stop(button);
      return;
    }
    const { years, selection } = this.page.view;
    button.setAttribute("aria-label", button.dataset.pause);
    button.classList.add("play--on");
    this.page.change("play", String(years[years.indexOf(selection.year) + 1] ?? years[0]), "year");
    this.timer = window.setInterval(() => this.next(button), PACE);
  }

  next(button) {
    const { years, selection } = this.page.view;
    const at = years.indexOf(selection.year);
    if (at + 1 >= years.length || !button.isConnected) {
      this.stop(button);
      return;
    }
    this.page.change("year", String(years[at + 1]));
  }

  stop(button) {
    window.clearInterval(this.timer);
    this.timer = null;
    button.setAttribute("aria-label", button.title);
    button.classList.remove("play--on");
  }
}
