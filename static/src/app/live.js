// A list that stays true while it is looked at. [data-live="/queue/pulse?…"] is asked every
// data-every seconds whether anything changed since data-seen; 204 means no. Otherwise each
// [data-live-swap] of the answer takes the place of its namesake, figures and the pill only:
// rows come when the pill is pressed. Nothing is replaced under the focus, nothing scrolls.

import { onContent, within } from "./dom.js";
import { afterSignIn } from "./sign-in.js";

const JITTER = 0.1;
const TIMEOUT = 10000;
const FAILURES_SHOWN = 3;
const SLOW_DOWN = 5; // times slower while the line is down
const LINE_DOWN = "连接断了，列表可能不是最新的";

const started = new WeakSet();

onContent((root) => within(root, "[data-live]").forEach(start));

function start(element) {
  if (started.has(element)) return;
  started.add(element);
  const every = Number(element.dataset.every || 5) * 1000;
  const applied = new Map(); // id -> the HTML last put in, so that only changes flash
  let failures = 0;
  let timer = null;
  let asking = false;

  const later = () => {
    clearTimeout(timer);
    const pause = failures >= FAILURES_SHOWN ? every * SLOW_DOWN : every;
    timer = setTimeout(tick, pause * (1 + JITTER * (2 * Math.random() - 1)));
  };

  const tick = async () => {
    if (!element.isConnected) {
      document.removeEventListener("visibilitychange", wake);
      return;
    }
    if (document.hidden || asking) return;
    asking = true;
    const verdict = await ask(element, applied);
    asking = false;
    if (verdict === "signed-out") {
      element.dispatchEvent(new CustomEvent("sign-in-needed", { bubbles: true }));
      return;
    }
    failures = verdict === "failed" ? failures + 1 : 0;
    showLine(failures >= FAILURES_SHOWN);
    later();
  };

  const wake = () => {
    clearTimeout(timer);
    if (!document.hidden) tick();
  };

  document.addEventListener("visibilitychange", wake);
  afterSignIn(wake);
  later();
}

/** Asks once: "same", "changed", "failed" or "signed-out". */
async function ask(element, applied) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIMEOUT);
  try {
    const headers = { "HX-Request": "true", "X-Seen": element.dataset.seen || "" };
    const answer = await fetch(element.dataset.live, { headers, signal: limit.signal });
    if (answer.status === 401) return "signed-out";
    if (answer.status === 204) {
      // Something happened elsewhere, but not to this list: ask from there on.
      element.dataset.seen = answer.headers.get("X-Seen") || element.dataset.seen;
      return "same";
    }
    if (!answer.ok) return "failed";
    const complete = apply(await answer.text(), applied);
    // What was left out for the sake of the focus is to come again.
    if (complete) element.dataset.seen = answer.headers.get("X-Seen") || "";
    return "changed";
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}

function apply(html, applied) {
  const page = new DOMParser().parseFromString(html, "text/html");
  let complete = true;
  for (const fresh of page.querySelectorAll("[data-live-swap][id]")) {
    const old = document.getElementById(fresh.id);
    const source = fresh.outerHTML;
    if (!old || applied.get(fresh.id) === source) continue;
    if (old.contains(document.activeElement)) {
      complete = false;
      continue;
    }
    applied.set(fresh.id, source);
    fresh.classList.add("tp-flash");
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
  }
  return complete;
}

function showLine(down) {
  const state = document.getElementById("line-state");
  const text = down ? LINE_DOWN : "";
  if (state && state.textContent !== text) state.textContent = text;
}
