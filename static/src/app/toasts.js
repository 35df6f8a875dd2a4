// Short messages put into #toasts. Each stays at least 20 seconds, longer while the pointer or
// the focus is on it, and can be closed. What it offers (撤回) also stands elsewhere.

import { onContent } from "./dom.js";

const STAY = 20000;

function adopt(toast) {
  if (toast.dataset.timed) return;
  toast.dataset.timed = "1";
  toast.append(closeButton(toast));
  let timer = null;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAY);
  };
  const hold = () => clearTimeout(timer);
  const release = () => {
    if (!toast.matches(":hover") && !toast.contains(document.activeElement)) start();
  };
  toast.addEventListener("mouseenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("mouseleave", release);
  toast.addEventListener("focusout", () => setTimeout(release));
  start();
}

function closeButton(toast) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "关闭";
  button.addEventListener("click", () => toast.remove());
  return button;
}

const adoptAll = () => document.querySelectorAll("#toasts .tp-toast").forEach(adopt);

onContent(adoptAll);
document.addEventListener("htmx:oobAfterSwap", adoptAll);
