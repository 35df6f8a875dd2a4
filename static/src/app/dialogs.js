// Native dialogs. a[data-dialog="id"] opens dialog#id; with data-dialog-src="url" its content
// is fetched first; [data-close] closes. The focus goes back to what opened it. A browser
// without showModal() follows the link to the page that says the same.

import { on } from "./dom.js";

export const canShow = (dialog) => Boolean(dialog && dialog.showModal);

export function open(dialog, opener = document.activeElement) {
  if (dialog.open) return;
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
  dialog.showModal();
}

on("click", "[data-dialog]", (opener, event) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  const { dialogSrc } = opener.dataset;
  if (!canShow(dialog) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (dialogSrc && !window.htmx) return;
  event.preventDefault();
  if (dialogSrc) fetchInto(dialog, dialogSrc, opener);
  else open(dialog, opener);
});

on("click", "[data-close]", (closer, event) => {
  const dialog = closer.closest("dialog");
  if (!dialog?.open) return;
  event.preventDefault();
  dialog.close();
});

/** Opens once the content is in; where none comes, the link is followed. */
async function fetchInto(dialog, url, opener) {
  const target = dialog.querySelector("[data-dialog-body]") || dialog;
  target.textContent = "";
  await window.htmx.ajax("GET", url, { source: opener, target, swap: "innerHTML" }).catch(() => {});
  if (target.childElementCount) open(dialog, opener);
  else if (opener.href) window.location.assign(opener.href);
}
