// A form is sent once: further presses are ignored until the answer is in, or ten seconds have
// passed. The button says so with its .tp-busy words. Forms with data-again may be repeated.
// The server has its own guard (a one-time key); this only spares people the doubt.

const LOCK = 10000;
const locks = new Map(); // form -> how to unlock it

function isGuarded(form, submitter) {
  const method = submitter?.getAttribute("formmethod") || form.getAttribute("method") || "get";
  return method.toLowerCase() === "post" && !form.hasAttribute("data-again");
}

document.addEventListener(
  "submit",
  (event) => {
    if (!locks.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// Last in the bubble, so that a submit another listener has held back is not counted. htmx
// prevents the default of the forms it sends itself.
window.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!isGuarded(form, submitter)) return;
  const isHtmx = form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
  if (event.defaultPrevented && !isHtmx) return;
  lock(form, submitter);
});

function lock(form, submitter) {
  const timer = setTimeout(() => unlock(form), LOCK);
  submitter?.setAttribute("aria-disabled", "true");
  submitter?.classList.add("is-sending");
  locks.set(form, () => {
    clearTimeout(timer);
    submitter?.removeAttribute("aria-disabled");
    submitter?.classList.remove("is-sending");
  });
}

function unlock(form) {
  locks.get(form)?.();
  locks.delete(form);
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest("form");
  if (form) unlock(form);
});
window.addEventListener("pageshow", () => [...locks.keys()].forEach(unlock));
