// Fields that change what is seen: .tp-choice cards show which one is chosen, and a block with
// data-show-when="name=value" (or "name=one|two") is seen only while a field of its form so
// named has that value. Without script every block is seen.

import { on, onContent, within } from "./dom.js";

function markCards(root) {
  for (const card of within(root, ".tp-choice")) {
    const input = card.querySelector("input");
    if (input) card.classList.toggle("tp-choice-on", input.checked);
  }
}

function showBlocks(root) {
  for (const block of within(root, "[data-show-when]")) {
    const [name, values] = block.dataset.showWhen.split("=");
    const form = block.closest("form");
    if (form) block.hidden = !hasValue(form, name, values.split("|"));
  }
}

function hasValue(form, name, wanted) {
  return [...form.elements].some((field) => {
    if (field.name !== name) return false;
    const chosen = /^(checkbox|radio)$/.test(field.type) ? field.checked : true;
    return chosen && wanted.includes(field.value);
  });
}

function refresh(root) {
  markCards(root);
  showBlocks(root);
}

onContent(refresh);
on("change", "form", refresh);
window.addEventListener("pageshow", () => refresh(document));
