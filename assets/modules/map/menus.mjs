/* Lists that open from a button: by click and keys, one at a time; and what paper needs open. */

const ITEMS = "a[href], button, summary";

const listOf = (button) => document.getElementById(button.dataset.popover);
const opened = () => document.querySelector('[data-popover][aria-expanded="true"]');

function set(button, open) {
  button.setAttribute("aria-expanded", String(open));
  listOf(button).hidden = !open;
  listOf(button).querySelectorAll("[data-origin]").forEach((line) => {
    line.textContent = line.textContent.replace("{origin}", window.location.origin);
  });
}

/* The next of some things in a direction, from the first again after the last. */
export const turned = (index, step, count) => (index + step + count) % count;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-popover]");
  const open = opened();
  if (button) {
    set(button, button !== open);
  } else if (open && !event.target.closest(`#${open.dataset.popover}`)) {
    set(open, false);
  }
});

document.addEventListener("keydown", (event) => {
  const open = opened();
  if (!open) {
    return;
  }
  if (event.key === "Escape") {
    set(open, false);
    open.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const items = [...listOf(open).querySelectorAll(ITEMS)].filter((item) => item.offsetParent);
    const at = items.indexOf(document.activeElement);
    items[at < 0 ? (step > 0 ? 0 : items.length - 1) : turned(at, step, items.length)].focus();
  }
});

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".karta details.about").forEach((details) => {
    details.open = true;
  });
});
