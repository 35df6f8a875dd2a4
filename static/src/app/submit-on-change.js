// form[data-submit-on-change]: choosing in one of its lists sends it. Without script the
// form's own button does.

import { on, submit } from "./dom.js";

on("change", "form[data-submit-on-change] select", (select) => submit(select.form));
