// [data-look="ts:2"] changes the look of a page that no server draws: text size (ts: 1, 2, 3) and high contrast
// (hc: 0, 1). The choice is kept in the browser; the switches are hidden ([data-looks]) until they work.

import { on, storage } from "./dom.js";

const KEY = "look";
const root = document.documentElement;

function chosen() {
  try {
    return { ts: "1", hc: "0", ...JSON.parse(storage.get(KEY) || "{}") };
  } catch {
    return { ts: "1", hc: "0" };
  }
}

function show({ ts, hc }) {
  for (const size of ["2", "3"]) root.classList.toggle(`tp-fs-${size}`, ts === size);
  root.classList.toggle("tp-hc", hc === "1");
  for (const link of document.querySelectorAll("[data-look]")) {
    const [name, value] = link.dataset.look.split(":");
    const current = { ts, hc }[name] === value && !(name === "hc" && value === "0");
    if (current || (name === "hc" && hc === "1")) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const switches = document.querySelector("[data-looks]");
if (switches) {
  switches.classList.remove("d-none");
  show(chosen());
}

on("click", "[data-look]", (link, event) => {
  event.preventDefault();
  const [name, value] = link.dataset.look.split(":");
  const look = chosen();
  look[name] = name === "hc" ? (look.hc === "1" ? "0" : "1") : value;
  storage.set(KEY, JSON.stringify(look));
  show(look);
});
