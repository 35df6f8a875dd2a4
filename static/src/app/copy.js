// button[data-copy="#id"]: copies the words of that field, and with data-copy-rich="#id" the rich
// text whose source stands in that one. The buttons are hidden where there is no script; the fields
// themselves, and a file, are the way then. The old command is used because the newer interface
// answers only on https, and a town's intranet is often without.

import { on, onContent, within } from "./dom.js";

const BUTTON = "[data-copy]";

onContent((root) => {
  for (const button of within(root, BUTTON)) button.hidden = false;
});

/** Puts words, and rich text where there is any, on the clipboard; true when the browser took them. */
function put(words, rich) {
  let taken = false;
  const listener = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/plain", words);
    if (rich) event.clipboardData.setData("text/html", rich);
    taken = true;
  };
  document.addEventListener("copy", listener, true);
  try {
    return document.execCommand("copy") && taken;
  } finally {
    document.removeEventListener("copy", listener, true);
  }
}

function say(button, words) {
  const told = button.closest("[data-copies]")?.querySelector("[data-copied]");
  if (told) told.textContent = words;
}

on("click", BUTTON, (button, event) => {
  event.preventDefault();
  const field = document.querySelector(button.dataset.copy);
  const rich = button.dataset.copyRich && document.querySelector(button.dataset.copyRich);
  if (!field) return;
  if (put(field.value, rich?.value)) {
    say(button, `已复制${button.dataset.copyName || ""}，到编辑器里粘贴（Ctrl+V）。`);
    return;
  }
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
  field.select();
  say(button, "浏览器没有让复制。文字已经选中，请按 Ctrl+C。");
});
