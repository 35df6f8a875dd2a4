// input[data-count="#id"]: "已写 18 字" in that element while typing.

import { on, onContent, within } from "./dom.js";

const COUNTED = "[data-count]";

function show(field) {
  const target = document.querySelector(field.dataset.count);
  if (target) target.textContent = `已写 ${[...field.value.trim()].length} 字`;
}

on("input", COUNTED, show);
onContent((root) => within(root, COUNTED).forEach(show));
