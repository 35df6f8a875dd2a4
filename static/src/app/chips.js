// button[data-fill="#id"]: adds its words to that text field (common phrases of an opinion).

import { fire, on } from "./dom.js";

const ENDS_SENTENCE = /[。；！？;.!?]$/;

on("click", "[data-fill]", (chip, event) => {
  const field = document.querySelector(chip.dataset.fill);
  if (!field) return;
  event.preventDefault();
  const before = field.value.trim();
  const joint = before && !ENDS_SENTENCE.test(before) ? "；" : "";
  field.value = before + joint + chip.textContent.trim();
  fire(field, "input");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});
