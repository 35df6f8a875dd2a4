// The proofreader's list ([data-findings]) and the words it speaks of, each leading to the other.
// The list is in [data-findings-panel], which stays when a check brings a new list, so that it keeps
// its place. Where the panel is not beside the text (narrow screens), a finding pressed in the text
// shows itself over the text, and a.tp-pf-chip leads to the panel. There #title-found holds what is
// about the title, which cannot be marked, right below it, and the list keeps one line of it.

import { ask, on, onContent, within } from "./dom.js";

const beside = window.matchMedia("(min-width: 1200px)");
const panel = document.querySelector("[data-findings-panel]");
const chip = document.querySelector(".tp-pf-chip");
let current = null; // id of the finding whose words are pointed at
let peeking = false; // whether it shows itself over the text
let unfolded = null; // whether somebody opened the hints; null: left as they were

const find = (id) => id && document.querySelector(`[data-findings] [data-finding="${id}"]`);

// -- from the text to the list ---------------------------------------------------------------------

document.addEventListener("finding:meet", ({ detail: { id, sought } }) => {
  if (id === current && sought !== "pressed") return;
  // A tap is followed by hovering and a caret that other words may claim: what was pressed stays shown.
  if (peeking && sought !== "pressed" && (id || !sought)) return;
  const article = light(id, sought === "pressed" && !beside.matches);
  if (!article || !sought) return; // who only types keeps what he sees of the list
  article.closest("details")?.setAttribute("open", "");
  if (beside.matches) reveal(article);
});

/** Makes a finding the current one, and no other. */
function light(id, peek) {
  document.querySelector("[data-findings] .is-cur")?.classList.remove("is-cur", "is-peek");
  current = id;
  peeking = peek;
  const article = find(id);
  article?.classList.add("is-cur");
  article?.classList.toggle("is-peek", peek);
  return article;
}

/** Scrolls the panel, never the page. */
function reveal(article) {
  const [inner, outer] = [article, panel].map((element) => element.getBoundingClientRect());
  if (inner.top < outer.top) panel.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) panel.scrollTop += inner.bottom - outer.bottom;
}

document.addEventListener("pointerdown", ({ target }) => {
  if (peeking && !target.closest(".is-peek")) light(current, false);
});

// -- from the list to the text ---------------------------------------------------------------------

on("click", "[data-finding]", (article, { target }) => {
  const control = target.closest("button, a, input, label");
  if (control && !control.matches("[data-seek]")) return;
  if (!window.getSelection().isCollapsed && !control) return;
  const { finding: id, place, before, words } = article.dataset;
  light(id, false);
  if (place === "标题") selectInTitle(before, words);
  else ask("finding:seek", { id });
});

function selectInTitle(before, words) {
  const title = document.getElementById("title");
  const at = title.value.indexOf(before + words);
  title.focus();
  if (at >= 0) title.setSelectionRange(at + before.length, at + before.length + words.length);
}

// -- after each check ------------------------------------------------------------------------------

onContent((root) => {
  const list = within(root, "[data-findings]")[0];
  if (!list) return;
  fold(list.querySelector("details"));
  light(current, peeking);
  showBelowTitle(list);
  if (chip) showChip(list.dataset);
});

/** Hints are open where they stand beside the text, folded where they follow it; as somebody left them. */
function fold(hints) {
  if (!hints) return;
  hints.open = unfolded ?? beside.matches;
  hints.querySelector("summary").addEventListener("click", () => (unfolded = !hints.open));
}

function showBelowTitle(list) {
  const place = document.getElementById("title-found");
  if (!place) return;
  const lines = [...list.querySelectorAll('[data-place="标题"]')].map((article) => {
    const line = article.cloneNode(true);
    line.removeAttribute("id");
    line.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    line.querySelectorAll("[data-seek]").forEach((element) => element.remove());
    return line;
  });
  place.replaceChildren(...lines);
}

function showChip({ summary, must }) {
  chip.textContent = summary;
  chip.classList.toggle("is-must", must === "1");
  chip.hidden = !summary;
}

if (chip && window.IntersectionObserver) {
  const watch = ([{ isIntersecting }]) => chip.classList.toggle("is-there", isIntersecting);
  new IntersectionObserver(watch).observe(panel);
}
