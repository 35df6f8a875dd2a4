// input[data-suggest]: offers what its address answers to what is typed, as a datalist. Without script,
// or when the line is gone, the field is a field.

import { on } from "./dom.js";

const PAUSE = 250;
let waiting;
let asked = "";

on("input", "input[data-suggest]", (field) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(field), PAUSE);
});

async function suggest(field) {
  const typed = field.value.trim();
  if (typed.length < 2 || typed === asked) return;
  asked = typed;
  try {
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== field.value.trim()) return;
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("datalist");
    document.getElementById(list.id)?.remove();
    field.after(document.adoptNode(list));
    field.setAttribute("list", list.id);
  } catch {
    // No line: nothing is offered.
  }
}
