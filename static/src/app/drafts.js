// Nothing typed is lost. A form[data-draft="key"] saves itself to the server through htmx
// (hx-post, hx-trigger="input delay:…"). Where that fails, its fields are kept in localStorage
// under "draft:key", a banner says so, and saving is tried again after 5, 15, 60, 60 … seconds
// and as soon as the line is back. A draft found on the next visit is offered, not imposed.

import { hideBanner, showBanner } from "./banner.js";
import { button, storage, visit } from "./dom.js";
import { collect, restore } from "./form-values.js";
import { afterSignIn, leftBefore } from "./sign-in.js";

const PREFIX = "draft:";
const SENT = "draft-sent"; // in sessionStorage: the key of the form just submitted
const RETRY_AFTER = [5, 15, 60]; // seconds; the last one repeats
const STORE_AFTER = 500; // ms without typing, while saving does not work

const WORDS = {
  offline: "网络断了。写的内容先存在这台设备上，连上网会自动补存。",
  server: "暂时存不上。写的内容先存在这台设备上，过一会儿会自动补存。",
  full: "网络断了，这台设备也存不下。请先不要关掉这一页。",
  submit: "网络断了，现在提交不了。写的内容先存在这台设备上，连上网再提交。",
  saved: "已连上，稿子补存好了",
  found: "这台设备上有一份没存上的稿子",
  changed: "服务器上的稿子后来又改过，恢复前请先看一看。",
};

class Draft {
  constructor(form) {
    this.form = form;
    this.key = PREFIX + form.dataset.draft;
    this.edits = 0; // counts changes; compared with…
    this.sent = 0; // …the count when the running request left, and…
    this.safe = 0; // …the count that is on the server or on this device
    this.failing = null; // why saving does not work at the moment: a key of WORDS
    this.attempt = 0;
    this.retryTimer = null;
    this.storeTimer = null;

    form.addEventListener("input", () => this.onInput());
    form.addEventListener("htmx:beforeRequest", this.ifOwn(() => (this.sent = this.edits)));
    form.addEventListener("htmx:sendError", this.ifOwn(() => this.onFailure("offline")));
    form.addEventListener("htmx:timeout", this.ifOwn(() => this.onFailure("offline")));
    form.addEventListener(
      "htmx:responseError",
      this.ifOwn(({ xhr }) => this.onRefusal(xhr)),
    );
    form.addEventListener(
      "htmx:afterRequest",
      this.ifOwn(({ successful }) => successful && this.onSaved()),
    );
  }

  /** Of the requests inside the form, only those of the form itself are autosaves. */
  ifOwn(handler) {
    return ({ detail }) => detail.elt === this.form && handler(detail);
  }

  get version() {
    return this.form.elements.version?.value ?? this.form.dataset.version;
  }

  onInput() {
    this.edits += 1;
    if (!this.failing) return;
    clearTimeout(this.storeTimer);
    this.storeTimer = setTimeout(() => this.store(), STORE_AFTER);
  }

  onFailure(reason) {
    this.failing = reason;
    const kept = this.store();
    const again = button("再试一次", () => this.retry());
    showBanner("draft", WORDS[kept ? reason : "full"], again);
    this.retryLater();
  }

  /**
   * 401 waits for the sign-in dialog, or goes again where the sign-in came while it was on its way;
   * 4xx is for the server's own words; 5xx is tried again.
   */
  onRefusal(xhr) {
    if (xhr.status === 401) {
      this.failing = "server";
      this.store();
      if (leftBefore(xhr)) setTimeout(() => this.retry());
    } else if (xhr.status >= 500) {
      this.onFailure("server");
    }
  }

  onSaved() {
    this.safe = Math.max(this.safe, this.sent);
    if (!this.failing) return;
    this.failing = null;
    this.attempt = 0;
    this.stopRetrying();
    clearTimeout(this.storeTimer);
    storage.remove(this.key);
    hideBanner("draft");
    // After htmx has put the server's own words there.
    setTimeout(() => {
      const place = document.getElementById("save");
      if (place) place.textContent = WORDS.saved;
    });
  }

  retryLater() {
    if (this.retryTimer) return;
    const seconds = RETRY_AFTER[Math.min(this.attempt, RETRY_AFTER.length - 1)];
    this.attempt += 1;
    this.retryTimer = setTimeout(() => this.retry(), seconds * 1000);
  }

  stopRetrying() {
    clearTimeout(this.retryTimer);
    this.retryTimer = null;
  }

  retry() {
    if (!this.failing || !window.htmx) return;
    this.stopRetrying();
    const { form } = this;
    const url = form.getAttribute("hx-post");
    // A failure comes back through the events above, which also plan the next attempt.
    window.htmx.ajax("POST", url, { source: form }).catch(() => {});
  }

  /** Keeps the fields on this device; false where the browser does not let us. */
  store() {
    const time = new Date().toISOString();
    const draft = { time, version: this.version, fields: collect(this.form) };
    const kept = storage.set(this.key, JSON.stringify(draft));
    if (kept) this.safe = this.edits;
    return kept;
  }

  stored() {
    try {
      return JSON.parse(storage.get(this.key));
    } catch {
      return null;
    }
  }

  /** Offers what an earlier visit left behind, if the server does not have it already. */
  offer() {
    const draft = this.stored();
    if (!draft) return;
    const sameVersion = draft.version === this.version;
    const newer = Date.parse(draft.time) > Date.parse(this.form.dataset.savedAt || 0);
    const same = JSON.stringify(draft.fields) === JSON.stringify(collect(this.form));
    if (same || !(newer || sameVersion)) {
      storage.remove(this.key);
      return;
    }
    const done = () => {
      storage.remove(this.key);
      hideBanner("found");
    };
    const words = `${WORDS.found}（${moment(draft.time)}）。${sameVersion ? "" : WORDS.changed}`;
    showBanner(
      "found",
      words,
      button("恢复", () => {
        restore(this.form, draft.fields);
        done();
      }),
      button("不要了", done),
    );
  }

  onSubmit(event) {
    const kept = this.store();
    if (navigator.onLine !== false) {
      visit.set(SENT, this.key);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.failing = "offline";
    showBanner("draft", WORDS[kept ? "submit" : "full"]);
  }

  /** Warns only if leaving would lose something. */
  onLeave(event) {
    if (this.edits === this.safe || this.store()) return;
    event.preventDefault();
    event.returnValue = "";
  }
}

/** "4月16日 10:31" */
function moment(iso) {
  const t = new Date(iso);
  const minutes = String(t.getMinutes()).padStart(2, "0");
  return `${t.getMonth() + 1}月${t.getDate()}日 ${t.getHours()}:${minutes}`;
}

/** A form that was sent and is not on the next page again has been accepted. */
function forgetAccepted(drafts) {
  const key = visit.get(SENT);
  visit.remove(SENT);
  if (key && !drafts.some((draft) => draft.key === key)) storage.remove(key);
}

function forgetAll() {
  for (const key of storage.keys()) if (key.startsWith(PREFIX)) storage.remove(key);
  window.indexedDB?.deleteDatabase("photos"); // editor/shelf.js
}

const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => new Draft(form));

forgetAccepted(drafts);
document.addEventListener("DOMContentLoaded", () => drafts.forEach((draft) => draft.offer()));
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-sign-out]")) forgetAll();
  drafts.find(({ form }) => form === event.target)?.onSubmit(event);
});
afterSignIn(() => drafts.forEach((draft) => draft.retry()));
window.addEventListener("offline", () => drafts.forEach((draft) => draft.onFailure("offline")));
window.addEventListener("online", () => drafts.forEach((draft) => draft.retry()));
window.addEventListener("beforeunload", (event) => drafts.forEach((draft) => draft.onLeave(event)));
