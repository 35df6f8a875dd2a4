// Turns every [data-editor] block into the rich-text editor. Where that fails for any reason
// the textarea the server rendered stays and posts as it is.

import "./polyfill.js";
import { startEditor } from "./field.js";

for (const root of document.querySelectorAll("[data-editor]")) {
  try {
    startEditor(root);
  } catch (error) {
    console.error("The editor did not start; the plain text field stays.", error);
  }
}
