// When the sign-in has run out: a dialog over the page, so that nothing typed is lost. The
// answer to it brings a new token, which goes into every form and into htmx's headers.

import { hideBanner, showBanner } from "./banner.js";
import { canShow, open } from "./dialogs.js";

const waiting = [];
const sentAt = new WeakMap(); // the number of sign-ins when a request left
let signIns = 0;

/** Runs the handler after each new sign-in, once the new token is in place. */
export function afterSignIn(handler) {
  waiting.push(handler);
}

/** Whether the request left before the latest sign-in: its 401 is old news, ask again with the new session. */
export function leftBefore(xhr) {
  return (sentAt.get(xhr) ?? signIns) < signIns;
}

function ask() {
  const dialog = document.getElementById("sign-in-again");
  if (canShow(dialog)) open(dialog);
  else offerLink();
}

/** Where dialogs are missing: a link to the sign-in page in a new tab. */
function offerLink() {
  const link = document.createElement("a");
  Object.assign(link, { href: "/sign-in", target: "_blank", textContent: "重新登录" });
  showBanner("sign-in", "登录过期了，写的内容还在。", link);
}

function adoptToken(token) {
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  headers["X-CSRFToken"] = token;
  document.body.setAttribute("hx-headers", JSON.stringify(headers));
}

// What a page asks by itself beside autosave is silent: autosave asks to sign in.
const isSilent = (target) => Boolean(target.closest?.("[data-silent]"));

document.addEventListener("sign-in-needed", ({ target }) => {
  if (!isSilent(target)) ask();
});
document.addEventListener("htmx:beforeSend", ({ detail }) => sentAt.set(detail.xhr, signIns));
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  if (detail.xhr.status === 401 && !leftBefore(detail.xhr) && !isSilent(target)) ask();
});
document.addEventListener("signed-in", ({ detail }) => {
  signIns += 1;
  if (detail.csrf) adoptToken(detail.csrf);
  hideBanner("sign-in");
  const dialog = document.getElementById("sign-in-again");
  if (dialog?.open) dialog.close();
  waiting.forEach((handler) => handler());
});
