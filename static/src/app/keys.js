// Single keys for people who work through a list all day. [data-keys="list"]: J and K move
// among [data-row], Enter opens the row, ? shows the keys. [data-keys="review"]: J and K go to
// the next and the previous item, N to the next marked change. Off in fields, and off
// everywhere when the person has switched them off (localStorage keys=off).

import { storage } from "./dom.js";
import { canShow, open } from "./dialogs.js";

const FIELDS = "input, textarea, select, [contenteditable=true]";

const ACTIONS = {
  list: { j: () => moveRow(1), k: () => moveRow(-1), Enter: openRow, "?": showKeys },
  review: { j: () => follow("next"), k: () => follow("prev"), n: nextChange, "?": showKeys },
};

document.addEventListener("keydown", (event) => {
  const kind = document.querySelector("[data-keys]")?.dataset.keys;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const action = ACTIONS[kind]?.[key];
  if (!action || isElsewhere(event) || storage.get("keys") === "off") return;
  if (action()) event.preventDefault();
});

/** Typing, a shortcut of the browser, an open dialog, or Enter on something of its own. */
function isElsewhere(event) {
  const { target } = event;
  return (
    event.ctrlKey ||
    event.altKey ||
    event.metaKey ||
    event.isComposing ||
    target.closest(FIELDS) ||
    document.querySelector("dialog[open]") ||
    (event.key === "Enter" && target.closest("a, button, summary"))
  );
}

const rows = () => [...document.querySelectorAll('[data-keys="list"] [data-row]')];

function moveRow(step) {
  const list = rows();
  const from = list.findIndex((row) => row.classList.contains("is-cur"));
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), list.length - 1);
  list.forEach((row, i) => {
    row.classList.toggle("is-cur", i === to);
    if (i === to) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  });
  list[to]?.scrollIntoView({ block: "nearest" });
  return list.length > 0;
}

function openRow() {
  const link = rows()
    .find((row) => row.classList.contains("is-cur"))
    ?.querySelector("a[href]");
  link?.click();
  return Boolean(link);
}

function follow(direction) {
  const link = document.querySelector(`a[rel=${direction}]`);
  link?.click();
  return Boolean(link);
}

let change = -1;

function nextChange() {
  const changes = [...document.querySelectorAll(".tp-chg")];
  if (!changes.length) return false;
  change = (change + 1) % changes.length;
  const mark = changes[change];
  if (!mark.hasAttribute("tabindex") && mark.tabIndex < 0) mark.tabIndex = -1;
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (canShow(dialog)) open(dialog);
  return canShow(dialog);
}
