// time[data-due]: keeps the words in its <span data-left> true, once a minute, in the words
// the server uses. Only what is due today or past is touched; days ahead stay as rendered.

import { onContent, within } from "./dom.js";

const MINUTE = 60000;
const DAY = 1440; // minutes
const LOCAL_OFFSET = 8 * 60 * MINUTE; // China has one time zone and no summer time

const localDay = (ms) => Math.floor((ms + LOCAL_OFFSET) / (DAY * MINUTE));

/** "3 天", "2 小时 10 分", "3 小时", "25 分" */
function span(minutes) {
  if (minutes >= DAY) return `${Math.floor(minutes / DAY)} 天`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours && `${hours} 小时`, (rest || !hours) && `${rest} 分`];
  return parts.filter(Boolean).join(" ");
}

function refresh(time) {
  const words = time.querySelector("[data-left]");
  const due = Date.parse(time.dataset.due);
  if (!words || Number.isNaN(due)) return;
  const now = Date.now();
  const late = now >= due;
  if (!late && localDay(now) !== localDay(due)) return;
  const minutes = late ? Math.floor((now - due) / MINUTE) : Math.ceil((due - now) / MINUTE);
  const text = `${late ? "超时" : "剩"} ${span(minutes)}`;
  if (words.textContent !== text) words.textContent = text;
  if (late) {
    time.classList.remove("tp-clock-soon");
    time.classList.add("tp-clock-over");
  }
}

const refreshIn = (root) => within(root, "time[data-due]").forEach(refresh);

onContent(refreshIn);
setInterval(() => refreshIn(document), MINUTE);
document.addEventListener("visibilitychange", () => refreshIn(document));
