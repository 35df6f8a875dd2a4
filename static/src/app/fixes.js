// button[data-fix]: puts the proofreader's suggestion in the place of the words it meant, in the
// title or in the text. The editor takes "editor:mend"; what it mends it answers by preventDefault.

import { fire, on } from "./dom.js";

on("click", "[data-fix]", (button) => {
  const { words, before, right, place } = button.dataset;
  const done = place === "标题" ? inField("#title", button.dataset) : inEditor({ words, before, right });
  button.textContent = done ? "已改" : "这几个字已经不在了";
  button.disabled = true;
});

function inField(selector, { words, before, right }) {
  const field = document.querySelector(selector);
  if (!field || !field.value.includes(before + words)) return false;
  field.value = field.value.replace(before + words, before + right);
  fire(field, "input");
  return true;
}

function inEditor(detail) {
  const asked = new CustomEvent("editor:mend", { detail, bubbles: true, cancelable: true });
  return !document.dispatchEvent(asked);
}
