/* The map page: address, controls, map and texts follow each other.

   The server says what an address means and what a control does to it; this only asks, draws, and
   sets the properties that the answer names. */

import { cameraOf, hashOf, step } from "./address.mjs";
import { Ahead } from "./ahead.mjs";
import { Chooser } from "./choose.mjs";
import { ask, begin, drawable, file, question, recall } from "./data.mjs";
import "./menus.mjs";
import { Picture } from "./picture.mjs";
import { covering } from "./placing.mjs";
import { Player } from "./play.mjs";
import { Speaker } from "./text.mjs";
import { Twin } from "./twin.mjs";

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const element = (id) => document.getElementById(id);
const CONTROLLED = ["value", "checked"];

class Page {
  constructor(node) {
    this.node = node;
    this.keys = JSON.parse(node.dataset.keys);
    this.speaker = new Speaker(JSON.parse(node.dataset.words), node.dataset.locale);
    this.view = null;
    this.turn = 0;
    this.base = Promise.resolve(null); /* the address that the next change is laid over */
    this.told = new Map(); /* what the page was last told, or asked, by part */
    this.failed = !drawable();
    this.player = new Player(this);
    this.chooser = new Chooser(this);
  }

  embedded() {
    return Boolean(this.node.closest(".karta--embed"));
  }

  camera() {
    return cameraOf(window.location.hash);
  }

  /* Where one looks is part of the address, and no step of its own. */
  moved(camera) {
    window.clearTimeout(this.moving);
    this.moving = window.setTimeout(() => {
      const { pathname, search } = window.location;
      window.history.replaceState(window.history.state, "", pathname + search + hashOf(camera));
    }, 200);
  }

  /* The boxes of the cards that float over a map. */
  floating(node) {
    const cards = ".card:not([hidden]), .tabs, .map-search, .panel:has(.panel__close), .cities:not([hidden]), .map__zoom, .map-source";
    return covering(node.closest(".karta").querySelectorAll(cards), node.getBoundingClientRect());
  }

  /* Pixels at each edge that the chosen view keeps free: what floats there must not cover it. */
  room(node) {
    const own = node.getBoundingClientRect();
    const room = { left: 24, right: 24, top: 24, bottom: 44 };
    if (own.width < 760) {
      return { left: 12, right: 12, top: 12, bottom: 28 };
    }
    const edge = own.left + own.width / 2;
    const wide = own.width * 0.4;
    this.floating(node).forEach((box) => {
      if (box.height < 60 && box.top < own.top + 60) {
        room.top = Math.max(room.top, box.bottom - own.top + 12); // the row of controls
        return;
      }
      if (box.width > wide || box.height < 60) {
        return;
      }
      if (box.right < edge) {
        room.left = Math.max(room.left, box.right - own.left + 16);
      } else if (box.left > edge) {
        room.right = Math.max(room.right, own.right - box.left + 16);
      }
    });
    return room;
  }

  /* ------------------------------------------------------------ asking */

  /* A control was used: the server says what that does to the address. */
  change(key, value, trigger = key) {
    const again = this.pending && this.pending.key === key && this.turn === this.pending.turn;
    const base = again ? this.pending.base : this.base;
    const ready = this.view && !this.busy ? this.view.query : null;
    if (value === "" || value === null || value === undefined) {
      value = "";
    }
    this.turn += 1;
    this.pending = { key, base: ready !== null ? Promise.resolve(ready) : base, turn: this.turn };
    const asked = ready !== null ? question(ready, { key, value: String(value) }) : null;
    const known = asked && recall(asked);
    if (known) {
      this.base = Promise.resolve(known.query);
      return this.present(known, trigger, this.turn, known.query);
    }
    return this.follow(
      (async () => ask(question(await this.pending.base, { key, value: String(value) })))(),
      trigger,
    );
  }

  /* The address itself. */
  open(search) {
    this.turn += 1;
    this.pending = null;
    const known = recall(search);
    return known ? this.present(known, "url", this.turn, search) : this.follow(ask(search), "url", search);
  }

  async follow(answer, trigger, search) {
    const turn = this.turn;
    this.busy = true;
    const before = this.view?.query ?? window.location.search;
    this.base = answer.then((view) => view.query, () => before);
    try {
      const view = await answer;
      if (turn === this.turn) {
        await this.present(view, trigger, turn, search);
      }
    } catch (error) {
      if (turn === this.turn) {
        this.busy = false;
        this.pending = null;
        this.restore();
        this.complain(() => (search === undefined ? this.open(before) : this.open(search)));
      }
      window.console.warn(error);
    }
  }

  async present(view, trigger, turn, search) {
    const before = this.controls();
    const second = view.second ? recall(view.second) || (await ask(view.second)) : null;
    if (turn !== this.turn || (trigger === "url" && this.passed(search))) {
      return;
    }
    Object.assign(this, { view, other: second, busy: false, pending: null });
    this.picture?.settle();
    this.base = Promise.resolve(view.query);
    this.remember(view, trigger);
    try {
      await this.draw(view, second);
    } catch (error) {
      this.picture = this.picture?.opened ? this.picture : null;
      this.complain(() => this.open(view.query));
      window.console.warn(error);
    }
    if (trigger === "year") {
      ahead.years();
    }
    /* Someone may have gone on while the map was drawn: what they chose now stands. */
    if (turn === this.turn) {
      this.tell(this.properties(view, second), before);
      window.setTimeout(() => this.picture?.refit?.(), 50); /* the key is as large as it will be */
      window.setTimeout(() => turn === this.turn && this.picture?.settle(), 5000);
    }
  }

  /* Whether the browser has gone on to another address before this one's view was there. */
  passed(search) {
    return String(new URLSearchParams(search || "")) !== String(new URLSearchParams(window.location.search));
  }

  remember(view, trigger) {
    const { hash, pathname, search } = window.location;
    const now = pathname + view.query + hash;
    const way = step({
      trigger,
      streak: this.streak,
      same: view.query === search,
      remarked: view.notice.length > 0,
    });
    if (way === "replace") {
      window.history.replaceState(window.history.state, "", now);
    } else if (way === "push") {
      window.history.pushState({}, "", now);
    }
    this.streak = trigger === "year";
    const link = element("site-language");
    if (link) {
      const other = new URLSearchParams(view.query);
      const english = other.get("lang") === "en";
      other.delete("lang");
      link.href = `${pathname}?${other}${english ? "" : "&lang=en"}`;
    }
    document.title = `${view.title} – ${this.speaker.say("site")}`;
  }

  /* ------------------------------------------------------------ showing */

  /* The view on the map, in the table, or in the table because it cannot be drawn. */
  async draw(view, second) {
    const stand = document.querySelector(".first-picture");
    const table = element("map-table");
    const cannot = this.failed ? "failed" : view.layer ? null : "no_layer";
    const tabled = view.selection.view === "table" || Boolean(cannot);
    this.node.closest(".karta").classList.toggle("karta--table", tabled);
    this.node.hidden = tabled;
    table.hidden = !tabled;
    element("map-second").hidden = tabled || !second;
    this.node.closest(".karta").classList.toggle("karta--two", Boolean(!tabled && second));
    if (tabled) {
      stand?.remove();
      await this.tabulate(table, view, cannot);
      return;
    }
    this.hush(this.node);
    this.picture ??= new Picture(this.node, { speaker: this.speaker, page: this });
    this.picture.extra = [];
    await Promise.all([this.picture.show(view), second ? this.beside(view, second) : null]);
    this.extras(view).then((extra) => {
      this.picture.extra = this.view === view ? extra : [];
    }, () => {});
    if (stand) {
      this.picture.map.once("idle", () => stand.remove()); /* all areas are drawn */
    }
    await this.picture.painted();
  }

  async tabulate(node, view, cannot) {
    const [names, extra] = await Promise.all([file(view.names), this.extras(view)]);
    if (this.view !== view) {
      return;
    }
    this.table = this.table?.node === node ? this.table : new Twin(node, this.speaker, this);
    this.table.show(view, names, extra);
    this.hush(node);
    if (cannot) {
      this.message(node, this.speaker.say(cannot));
    }
  }

  /* Views whose values stand beside this one's: in the tip and in the table. */
  extras(view) {
    return Promise.all(view.columns.map(async ({ label, query }) => ({ label, view: await ask(query) })));
  }

  /* The second map, in step with the first; its areas tell the first's values too. */
  async beside(view, second) {
    if (!this.twin) {
      this.twin = new Picture(element("map-second-canvas"), { speaker: this.speaker, page: this, second: true });
      this.picture.step(this.twin);
    }
    const label = view.name === second.name ? String(view.selection.year) : view.name;
    this.twin.extra = view.layer?.url === second.layer?.url ? [{ label, view }] : [];
    await this.twin.show(second);
  }

  /* What the page says of the view; of two maps, the second's key and sentence beside the first's. */
  properties(view, second) {
    if (!second) {
      return view.set;
    }
    const [one, other] = [view, second].map(({ set }) => set["map-sentence"].children);
    return {
      ...view.set,
      "map-second-legend": second.set["map-legend"],
      "map-sentence": { children: [...one, " ", ...other] },
    };
  }

  now(id, prop) {
    return window.dash_component_api.getLayout(id)?.props?.[prop];
  }

  controls() {
    return Object.fromEntries(
      Object.keys(this.keys).map((id) => [id, CONTROLLED.map((prop) => this.now(id, prop))]),
    );
  }

  /* Sets what is another than on the page already: drawing a control again costs more than the map.
     A control that someone moved on meanwhile stays where it is: its own question comes next. */
  tell(properties, before) {
    const later = this.controls();
    Object.entries(properties).forEach(([id, props]) => {
      const news = {};
      Object.entries(props).forEach(([prop, value]) => {
        const moved = CONTROLLED.includes(prop) && id in later && !same(later[id], before[id]);
        if (!moved) {
          this.told.set(`${id}.${prop}`, value);
        }
        if (!moved && !same(value, this.now(id, prop))) {
          news[prop] = value;
        }
      });
      if (Object.keys(news).length) {
        window.dash_clientside.set_props(id, news);
      }
    });
  }

  /* What was not answered is not chosen: the controls say again what is shown. */
  restore() {
    if (this.view) {
      this.tell(this.properties(this.view, this.other), this.controls());
    }
  }

  /* ------------------------------------------------------------ saying what went wrong */

  complain(again) {
    const node = this.node.hidden ? element("map-table") : this.node;
    this.message(node, this.speaker.say("offline"), this.speaker.say("retry"), again);
  }

  /* The browser took the graphics back: the map is drawn anew when the reader asks for it. */
  lost(picture) {
    const again = () => {
      [this.picture, this.twin].filter(Boolean).forEach((old) => old.remove());
      this.picture = this.twin = null;
      this.open(this.view.query);
    };
    this.message(picture.node, this.speaker.say("context_lost"), this.speaker.say("draw_again"), again);
  }

  message(node, text, label, act) {
    const box = document.createElement("div");
    box.className = "map__message";
    box.setAttribute("role", "alert");
    box.append(text);
    if (act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "outlined";
      button.textContent = label;
      button.addEventListener("click", () => {
        this.hush(node);
        act();
      });
      box.append(button);
    }
    this.hush(node);
    node.append(box);
  }

  hush(node) {
    node.querySelector(":scope > .map__message")?.remove();
  }
}

let page = null;

function enter() {
  const node = element("map-canvas");
  if (node && page?.node !== node) {
    page = new Page(node);
    ahead.page = page;
    window.barometer = { ...window.barometer, page };
  }
  return page;
}

const here = () => (page?.view && page.node.isConnected ? page : null);

const ahead = new Ahead({ view: null });

/* Follows the controls. What `tell` sets comes back here and is no question. */
export function sync(triggered) {
  const now = here();
  if (!now) {
    return;
  }
  const asked = triggered
    .map(({ prop_id: prop, value }) => ({ prop, value, id: prop.split(".")[0] }))
    .filter(({ prop, value }) => !now.told.has(prop) || !same(value, now.told.get(prop)));
  asked.forEach(({ prop, value }) => now.told.set(prop, value));
  const [first] = asked.filter(({ id, value }) => now.keys[id] && value !== null && value !== undefined);
  if (!first) {
    return;
  }
  const key = now.keys[first.id];
  const town = key === "area" && String(first.value).startsWith("@") ? cameraOf(String(first.value).slice(1)) : null;
  if (town) {
    now.picture?.fly(town.center, town.zoom);
    window.dash_clientside.set_props(first.id, { value: null });
    return;
  }
  const value = typeof first.value === "boolean" ? String(Number(first.value)) : String(first.value);
  now.change(key, value);
}


window.addEventListener("popstate", () => {
  const now = here();
  if (!now) {
    return;
  }
  const { hash, search } = window.location;
  const camera = cameraOf(hash);
  if (search === now.view.query) {
    if (camera) {
      now.picture?.map?.jumpTo(camera);
    }
  } else {
    now.open(search);
  }
});

document.addEventListener("click", (event) => {
  const now = here();
  const setter = event.target.closest("[data-set]");
  if (now && setter) {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (setter.tagName === "BUTTON" || plain) {
      event.preventDefault();
      now.change(setter.dataset.set, setter.dataset.to);
      if (setter.dataset.set === "area" && !setter.dataset.to) {
        now.node.querySelector("canvas")?.focus();
      }
    }
  }
  if (now && event.target.closest("#map-own-choose")) {
    now.chooser.toggle();
    document.querySelector('[data-popover="map-own"]').click();
  }
  if (now && event.target.closest("#map-own-file")) {
    now.chooser.browse();
  }
  if (now && event.target.closest("#map-own-take")) {
    now.chooser.take(element("map-own-codes").value);
  }
  const play = event.target.closest("#map-play");
  if (now && play) {
    now.player.toggle(play);
  }
});

document.addEventListener("change", (event) => {
  const now = here();
  if (now && event.target.id === "map-own-name" && now.view.area?.members) {
    now.chooser.show(now.chooser.members);
  }
});

document.addEventListener("keydown", (event) => {
  const now = here();
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  if (now && event.key === "t" && plain && !typing) {
    now.change("view", element("map-table").hidden ? "table" : "map");
  }
  if (now && event.key === "Escape" && event.target.closest?.(".panel, .map") && now.view.area) {
    now.change("area", "");
    now.node.querySelector("canvas")?.focus();
  }
});

/* The page's parts are put there by Dash, some time after this. */
function start() {
  if (element("map-canvas") && window.dash_component_api) {
    enter().open(window.location.search);
    new MutationObserver(() => {
      page.picture?.names?.draw();
      page.picture?.refit?.();
      page.picture?.reach.uncover();
      page.picture?.cities?.turn();
    }).observe(element("map-panel"), { childList: true });
    return true;
  }
  return false;
}

begin().catch(() => {});
if (!start()) {
  new MutationObserver((_, observer) => start() && observer.disconnect()).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });
}
