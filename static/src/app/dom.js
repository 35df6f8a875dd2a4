// Helpers the listeners share.

/** Listens on the document for events inside elements that match; the match is passed first. */
export function on(type, selector, handler) {
  document.addEventListener(type, (event) => {
    const match = event.target.closest?.(selector);
    if (match) handler(match, event);
  });
}

/** Runs now for the page, and again for every region htmx puts in. */
export function onContent(handler) {
  handler(document);
  document.addEventListener("htmx:load", ({ target }) => {
    if (target !== document.body) handler(target);
  });
}

/** The element itself if it matches, and everything inside that does. */
export function within(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}

export function fire(element, type) {
  element.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Asks whoever listens to do something; true when somebody did (answered by preventDefault). */
export function ask(type, detail) {
  return !document.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
}

export function submit(form) {
  if (form.requestSubmit) {
    form.requestSubmit();
    return;
  }
  const button = form.querySelector("button:not([type=button]), input[type=submit]");
  if (button) button.click();
  else form.submit();
}

export function button(label, onclick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn btn-sm btn-light";
  element.textContent = label;
  element.addEventListener("click", onclick);
  return element;
}

/** A Storage that may be full or forbidden: then nothing is kept and set() answers false. */
function keeper(name) {
  const attempt = (action, otherwise) => {
    try {
      return action(window[name]);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((store) => store.getItem(key), null),
    set: (key, value) => attempt((store) => (store.setItem(key, value), true), false),
    remove: (key) => attempt((store) => store.removeItem(key)),
    keys: () => attempt((store) => Object.keys(store), []),
  };
}

export const storage = keeper("localStorage");
export const visit = keeper("sessionStorage");
