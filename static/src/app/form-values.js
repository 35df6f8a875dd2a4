// What a person has entered in a form, as a list of [name, value], and the way back.

import { fire } from "./dom.js";

// Tokens belong to the page, not to the text; so does the version the page was made from.
const NOT_KEPT = ["csrf_token", "form_key", "version"];

export function collect(form) {
  document.dispatchEvent(new CustomEvent("editor:flush"));
  return [...new FormData(form)].filter(([name, value]) => {
    const isSecret = form.querySelector(`[type=password][name="${CSS.escape(name)}"]`);
    return typeof value === "string" && !NOT_KEPT.includes(name) && !isSecret;
  });
}

export function restore(form, entries) {
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);

  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.includes(field.name)) continue;
    if (/^(submit|button|file|password)$/.test(field.type)) continue;
    setField(field, values.get(field.name) ?? []);
  }
  for (const editor of form.querySelectorAll("[data-editor]")) {
    const html = editor.querySelector("input[name=body_html]").value;
    editor.dispatchEvent(new CustomEvent("editor:set", { detail: { html }, bubbles: true }));
  }
  fire(form, "input");
}

/** Gives a field its value; of several fields of one name, each takes the next. */
function setField(field, values) {
  if (/^(checkbox|radio)$/.test(field.type)) {
    field.checked = values.includes(field.value);
  } else if (field.multiple) {
    for (const option of field.options) option.selected = values.includes(option.value);
  } else if (values.length) {
    if (field.name !== "body_format") field.value = values.shift();
  }
  fire(field, "change");
}
