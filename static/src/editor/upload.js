// Sends photos one after another, one request a photo, and shows how far each has come. A
// photo that fails keeps its row, with the server's words and a button to send it again.

import { el } from "./dom.js";
import { shrink } from "./shrink.js";

const FAILED = "这张照片没有传上，请再试一次。";
const NO_LINE = "网络断了，这张照片没有传上。连上网后点“重传”。";
const SIGNED_OUT = "登录过期了，重新登录后再点“重传”。";

/**
 * @param url where to post a photo
 * @param form whose csrf_token goes along, and on which "sign-in-needed" is dispatched
 * @param onPicture called with the HTML a 201 answers
 */
export function createUploader({ url, form, onPicture }) {
  const list = el("ul", { class: "tp-ed-ups", "aria-label": "正在上传的照片", hidden: true });
  let queue = Promise.resolve();

  const add = (file) => {
    const row = createRow(file, { retry: () => enqueue(row), dismiss: () => drop(row) });
    list.append(row.element);
    list.hidden = false;
    enqueue(row);
  };

  const drop = (row) => {
    row.element.remove();
    list.hidden = list.childElementCount === 0;
  };

  const enqueue = (row) => {
    row.showProgress(0);
    queue = queue.then(() => send(row));
  };

  const send = async (row) => {
    const file = await shrink(row.file);
    const answer = await post(url, file, csrfToken(form), row.showProgress);
    if (answer.status === 201) {
      onPicture(answer.text);
      drop(row);
      return;
    }
    if (answer.status === 401) {
      form.dispatchEvent(new CustomEvent("sign-in-needed", { bubbles: true }));
    }
    row.showFailure(messageOf(answer));
  };

  return { element: list, add: (files) => [...files].filter(isPicture).forEach(add) };
}

export const isPicture = (file) => file.type.startsWith("image/");

const csrfToken = (form) => form.querySelector("input[name=csrf_token]")?.value ?? "";

function messageOf({ status, text }) {
  if (status === 0) return NO_LINE;
  if (status === 401) return SIGNED_OUT;
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("[data-message]")?.textContent.trim() || FAILED;
}

/** One POST; never rejects: status 0 stands for "no answer". */
function post(url, file, token, onProgress) {
  return new Promise((done) => {
    const body = new FormData();
    body.append("file", file, file.name);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url);
    xhr.setRequestHeader("X-CSRFToken", token);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(total ? (100 * loaded) / total : 0);
    xhr.onloadend = () => done({ status: xhr.status, text: xhr.responseText });
    xhr.send(body);
  });
}

function createRow(file, { retry, dismiss }) {
  const bar = el("progress", { class: "tp-bar", max: 100, "aria-label": `正在上传 ${file.name}` });
  const message = el("span", { role: "alert", class: "tp-err" });
  const acts = el(
    "span",
    { class: "tp-fig-acts", hidden: true },
    el("button", { type: "button", class: "btn btn-outline-primary btn-sm", onclick: retry }, "重传"),
    el("button", { type: "button", class: "btn btn-link btn-sm", onclick: dismiss }, "不传了"),
  );
  const element = el("li", {}, el("span", { class: "tp-ed-up-n" }, file.name), bar, message, acts);

  return {
    file,
    element,
    showProgress(percent) {
      bar.value = percent;
      bar.hidden = false;
      acts.hidden = true;
      message.textContent = "";
    },
    showFailure(text) {
      bar.hidden = true;
      acts.hidden = false;
      message.textContent = text;
    },
  };
}
