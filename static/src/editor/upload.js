// Sends photos one after another, one request a photo, and shows how far each has come. When the
// line is lost the photo under way and those behind it wait, and go on by themselves: as soon as the
// line is back, after a new sign-in, and after 3, 10, 30, 60, 60 … seconds. What the server refuses
// keeps its row, with the server's words. Photos not sent stay on the shelf: the next visit offers them.

import { el } from "./dom.js";
import { prepare } from "./shrink.js";

const PAUSES = [3, 10, 30, 60]; // seconds; the last one repeats
const SILENCE = 30000; // ms without an answer or a byte sent, after which the line counts as lost

const FAILED = "这张照片没有传上，请再试一次。";
const NO_LINE = "网络断了，连上网会自动接着传。";
const BUSY = "暂时传不上，过一会儿会自动接着传。";
const SIGNED_OUT = "登录过期了，重新登录后自动接着传。";
const LEFT_OVER = "上次没传完，还在这台设备上。";

/**
 * @param url where to post a photo
 * @param form whose csrf_token goes along, and on which "sign-in-needed" is dispatched
 * @param shelf where photos are kept until they are sent
 * @param onPicture called with the HTML a 201 answers and the mark the photo was added with; awaited
 */
export function createUploader({ url, form, shelf, onPicture }) {
  const element = el("ul", { class: "tp-ed-ups", "aria-label": "没传完的照片", hidden: true });
  let rows = [];
  let running = false;
  let failures = 0;
  let timer = null;

  const append = (file, mark, kept) => {
    const row = createRow(file, { again: () => start(row), dismiss: () => drop(row) });
    rows.push(Object.assign(row, { mark, kept }));
    element.append(row.element);
    element.hidden = false;
    return row;
  };

  const drop = (row) => {
    rows = rows.filter((other) => other !== row);
    row.abort();
    row.element.remove();
    element.hidden = rows.length === 0;
    row.kept.then((id) => id && shelf.remove(id));
  };

  const start = (row) => {
    row.wait();
    go();
  };

  /** Sends what waits, in order, until one has to wait longer. */
  const go = async () => {
    clearTimeout(timer);
    if (running) return;
    running = true;
    for (let row; (row = rows.find(({ state }) => state === "waiting")); ) {
      if (!(await send(row))) break;
    }
    running = false;
  };

  /** False when this photo and those behind it are to wait. */
  const send = async (row) => {
    if (!row.ready) {
      row.say("正在缩小…");
      const ready = await prepare(row.file);
      if (!rows.includes(row)) return true;
      if (ready.refusal) {
        refuse(row, ready.refusal, null);
        return true;
      }
      row.show(ready);
    }
    const answer = await row.post(url, csrfToken(form));
    if (!rows.includes(row)) return true;
    if (answer.status === 201) {
      failures = 0;
      await onPicture(answer.text, row.mark);
      drop(row);
      return true;
    }
    if (answer.status === 401) {
      row.say(SIGNED_OUT);
      form.dispatchEvent(new CustomEvent("sign-in-needed", { bubbles: true }));
      return false;
    }
    if (isPassing(answer.status)) {
      row.say(answer.status ? BUSY : NO_LINE, "现在重传");
      timer = setTimeout(go, 1000 * PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      return false;
    }
    refuse(row, messageOf(answer), "重传");
    return true;
  };

  const refuse = (row, words, retryWords) => {
    row.state = "refused";
    row.say(words, retryWords);
    row.kept.then((id) => id && shelf.remove(id));
  };

  window.addEventListener("online", go);
  document.addEventListener("signed-in", () => setTimeout(go)); // after the new token is in place

  return {
    element,

    /** Sends files, in order; mark goes back with each. */
    add(files, mark) {
      for (const file of files) start(append(file, mark, shelf.put(file)));
    },

    /** Offers what an earlier visit left on the shelf. */
    async offerLeftOvers(mark) {
      for (const { id, file } of await shelf.all()) {
        const row = append(file, mark, Promise.resolve(id));
        row.state = "left over";
        row.say(LEFT_OVER, "接着传");
      }
    },

    /** How many are under way, and how many an earlier visit left and nobody has decided on. */
    unsent: () => rows.filter(({ state }) => state === "waiting").length,
    undecided: () => rows.filter(({ state }) => state === "left over").length,
  };
}

const csrfToken = (form) => form.querySelector("input[name=csrf_token]")?.value ?? "";

/** No answer, or one that may be another in a minute. */
const isPassing = (status) => status === 0 || status === 408 || status === 429 || status >= 500;

function messageOf({ text }) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("[data-message]")?.textContent.trim() || FAILED;
}

/** One photo: what is known of it, and its line in the list. */
function createRow(file, { again, dismiss }) {
  const bar = el("progress", { class: "tp-bar", max: 100, hidden: true, "aria-label": `已传 ${file.name}` });
  const name = el("span", { class: "tp-ed-up-n" }, `${file.name}（${size(file)}）`);
  const message = el("span", { role: "status", class: "tp-ed-up-m" });
  const retry = el("button", {
    type: "button",
    class: "btn btn-outline-primary btn-sm",
    hidden: true,
    onclick: again,
  });
  const cancel = el("button", { type: "button", class: "btn btn-link btn-sm", onclick: dismiss });
  let request = null;

  return {
    file,
    state: "waiting", // or "refused", or "left over"
    ready: null,
    element: el("li", {}, name, bar, message, retry, cancel),

    wait() {
      this.state = "waiting";
      this.say("等着传");
    },

    /** Words in the place of the bar, with a button to try again where it is given words. */
    say(words, retryWords) {
      bar.hidden = true;
      message.textContent = words;
      message.classList.toggle("tp-err", this.state === "refused");
      cancel.textContent = this.state === "refused" ? "知道了" : "不传了";
      retry.hidden = !retryWords;
      retry.textContent = retryWords ?? "";
    },

    /** What is going to be sent, as it is after shrinking. */
    show({ file: smaller, preview }) {
      this.ready = smaller;
      if (smaller !== file) name.textContent = `${file.name}（${size(file)}，缩小到 ${size(smaller)}）`;
      if (preview) this.element.prepend(preview);
    },

    /** One POST; never rejects: status 0 stands for "no answer". */
    post(url, token) {
      this.say("");
      bar.hidden = false;
      bar.value = 0;
      request = send(url, this.ready, token, (percent) => {
        bar.value = percent;
        message.textContent = percent < 100 ? "" : "传到了，正在处理…";
      });
      return request.answer;
    },

    abort() {
      request?.abort();
    },
  };
}

function size({ size: bytes }) {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function send(url, file, token, onProgress) {
  const body = new FormData();
  body.append("file", file, file.name);
  const xhr = new XMLHttpRequest();
  let silence = null;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => xhr.abort(), SILENCE);
  };
  const answer = new Promise((done) => {
    xhr.open("POST", url);
    xhr.setRequestHeader("X-CSRFToken", token);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.upload.onprogress = ({ loaded, total }) => {
      heard();
      onProgress(total ? (100 * loaded) / total : 0);
    };
    xhr.onloadend = () => {
      clearTimeout(silence);
      done({ status: xhr.status, text: xhr.responseText });
    };
    heard();
    xhr.send(body);
  });
  return { answer, abort: () => xhr.abort() };
}
