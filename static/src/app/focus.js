// Where the focus goes after the page or a part of it has changed: to the summary of errors,
// or, in a part put in by htmx, to what the server marked data-focus. Nothing else moves it.

import { within } from "./dom.js";

function focusOn(element) {
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
}

focusOn(document.querySelector(".tp-errsum"));
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) focusOn(within(target, ".tp-errsum, [data-focus]")[0]);
});
