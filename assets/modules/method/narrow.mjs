/* Data och metod: leaves the entries that match, opens what a link names. */

import { matches, wordsOf } from "./words.mjs";

/* Shows the entries that hold every word, and hides headings and sections without any. */
function leave(words) {
  const entries = [...document.querySelectorAll(".method .entry")];
  let n = 0;
  for (const entry of entries) {
    entry.hidden = words.length > 0 && !matches(`${entry.id} ${entry.textContent}`, words);
    n += entry.hidden ? 0 : 1;
  }
  for (const part of document.querySelectorAll(".method .part")) {
    const own = [...part.querySelectorAll(".entry")];
    part.hidden = words.length > 0 && own.every((entry) => entry.hidden);
  }
  for (const group of document.querySelectorAll(".method .part__group")) {
    let next = group.nextElementSibling;
    while (next?.hidden) {
      next = next.nextElementSibling;
    }
    group.hidden = words.length > 0 && !next?.matches(".entry");
  }
  /* A search looks into the folds; without one they are as they were. */
  for (const fold of document.querySelectorAll(".method .part__more")) {
    const wanted = words.length > 0 && fold.querySelector(".entry:not([hidden])") !== null;
    if (wanted || fold.hasAttribute("data-searched")) {
      fold.open = wanted;
    }
    fold.toggleAttribute("data-searched", wanted);
  }
  return n;
}

function keep(typed) {
  const address = new URL(window.location.href);
  if ((address.searchParams.get("q") || "") === typed) {
    return;
  }
  if (typed) {
    address.searchParams.set("q", typed);
  } else {
    address.searchParams.delete("q");
  }
  window.history.replaceState(window.history.state, "", address);
}

/* Opens the entry that the address names and goes there. */
function follow() {
  const name = decodeURIComponent(window.location.hash.slice(1));
  const target = name && document.querySelector(".method") && document.getElementById(name);
  if (!target) {
    return;
  }
  if (target.tagName === "DETAILS") {
    target.hidden = false;
    target.closest(".part").hidden = false;
    target.open = true;
  }
  for (let fold = target.closest(".part__more"); fold; fold = fold.parentElement.closest(".part__more")) {
    fold.open = true;
  }
  target.scrollIntoView();
  target.querySelector("summary, h2")?.focus({ preventScroll: true });
}

let begun = null;

/* What is said of what was typed. */
export function narrow(typed) {
  const found = document.getElementById("data-found");
  const words = wordsOf(typed);
  const n = leave(words);
  keep((typed || "").trim());
  if (begun !== found) {
    begun = found;
    window.requestAnimationFrame(follow);
  }
  if (!words.length) {
    return "";
  }
  return n ? found.dataset.found.replace("{n}", n) : found.dataset.nothing;
}

window.addEventListener("hashchange", follow);

/* Wide windows have room for the contents. */
const wide = window.matchMedia("(min-width: 64rem)");

function unfold() {
  const fold = document.querySelector(".contents__fold");
  if (fold) {
    fold.open = wide.matches;
  }
  return Boolean(fold);
}

if (!unfold()) {
  new MutationObserver((_, observer) => unfold() && observer.disconnect()).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });
}

/* Paper has the whole text, and of the registers the entries that the reader has opened. */
const FOLDED_TEXT = ".method .part__more:not([open], :has(.entry))";
let unfolded = [];

window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(FOLDED_TEXT)];
  unfolded.forEach((more) => { more.open = true; });
});
window.addEventListener("afterprint", () => {
  unfolded.forEach((more) => { more.open = false; });
});
