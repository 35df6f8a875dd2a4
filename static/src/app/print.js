// [data-print] opens the print dialog.

import { on } from "./dom.js";

on("click", "[data-print]", (_, event) => {
  event.preventDefault();
  window.print();
});
