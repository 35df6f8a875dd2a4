// Ties the editor to the form: hidden fields, label, character count, submit, and two events.
// "editor:set" puts detail.html into the editor, wherever on the page it is dispatched (so a
// server answer may trigger it); "editor:flush", on the document, writes the fields now.

import { Editor } from "@tiptap/core";
import { el, icon } from "./dom.js";
import { createPictures } from "./pictures.js";
import { extensions } from "./schema.js";
import { createToolbar } from "./toolbar.js";
import { cleanPastedHtml, cleanPastedText } from "./word.js";

const WRITE_AFTER = 100; // ms without typing
const LOOK_AGAIN = 200; // ms, while a submit is held back
const TRAILING_EMPTY = /(<p(?: class="[^"]*")?><\/p>)+$/;
const PICTURES_LEFT_OUT = "粘贴的内容里有照片没有带过来，请点“照片”另外添加。";

export function startEditor(root) {
  const textarea = root.querySelector("textarea");
  const format = root.querySelector("input[name=body_format]");
  const stored = root.querySelector("input[name=body_html]");
  const { form } = textarea;

  const status = el("span", { role: "status" });
  const notice = (words, ...buttons) => {
    // The same words again would only be read out again.
    if (!buttons.length && status.textContent === words) return;
    status.replaceChildren(words, ...buttons);
  };
  const pictures =
    root.dataset.uploadUrl && createPictures({ url: root.dataset.uploadUrl, form, notice });

  const label = form.querySelector(`label[for="${textarea.id}"]`);
  if (label && !label.id) label.id = `${textarea.id}-label`;

  const editor = new Editor({
    element: el("div"),
    extensions,
    content: stored.value,
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      ...pictures?.editorProps,
      attributes: accessibleName(textarea, label),
      transformPastedText: cleanPastedText,
      transformPastedHTML(html) {
        const clean = cleanPastedHtml(html);
        if (/<img\b/i.test(html) && !/<img\b/i.test(clean)) notice(PICTURES_LEFT_OUT);
        return clean;
      },
    },
  });
  pictures?.attach(editor);

  const count = el("span");
  const parts = [
    createToolbar(editor, { controls: textarea.id, photoButton: pictures?.toolbarButton }),
    editor.options.element,
    ...(pictures ? [pictures.element] : []),
    el("div", { class: "tp-ed-foot" }, count, status, ...keptOffline(form)),
  ];

  const showCount = () => {
    count.textContent = `正文 ${letters(editor.getText())} 字`;
  };
  const fields = createFields({ editor, stored, textarea });
  editor.on("update", () => {
    showCount();
    fields.writeSoon();
  });
  showCount();

  document.addEventListener("editor:set", ({ target, detail }) => {
    const meant = target.closest?.("[data-editor]") ?? root;
    if (meant === root) editor.commands.setContent(detail.html);
  });
  document.addEventListener("editor:flush", fields.write);
  form.addEventListener("htmx:confirm", fields.write);
  holdSubmit(form, {
    isComposing: () => editor.view.composing,
    pending: () => pictures?.pending() ?? null,
    notice,
    reveal: () => status.scrollIntoView({ block: "center" }),
    write: fields.write,
  });
  label?.addEventListener("click", () => editor.commands.focus());

  // Last, when nothing can fail any more: take the place of the textarea, and of its id.
  root.append(...parts);
  textarea.hidden = true;
  textarea.removeAttribute("id");
  format.value = "html";
}

function accessibleName(textarea, label) {
  const attributes = {
    id: textarea.id,
    class: "tp-ed-body",
    role: "textbox",
    "aria-multiline": "true",
  };
  if (label) attributes["aria-labelledby"] = label.id;
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

const keptOffline = (form) =>
  form.matches("[data-draft]") ? [el("span", {}, icon("wifi"), "断网也不丢稿，联网后自动补存")] : [];

/** Characters a reader would count: no spaces, no line ends, a rare character as one. */
const letters = (text) => [...text.replace(/\s/g, "")].length;

/** Writes the hidden HTML and its plain form; not in the middle of an unfinished word. */
function createFields({ editor, stored, textarea }) {
  let timer = null;

  const write = () => {
    if (editor.view.composing) return false;
    const html = editor.getHTML().replace(TRAILING_EMPTY, "");
    if (html === stored.value) return false;
    stored.value = html;
    textarea.value = editor.getText({ blockSeparator: "\n" }).replace(/\n{2,}/g, "\n");
    return true;
  };

  const writeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (editor.view.composing) writeSoon();
      else if (write()) stored.dispatchEvent(new Event("input", { bubbles: true }));
    }, WRITE_AFTER);
  };

  return { write, writeSoon };
}

/**
 * Holds a submit back until the text is whole: during composition it would post the raw letters, and
 * before the last photo has arrived a text without it. Then it goes by itself.
 */
function holdSubmit(form, { isComposing, pending, notice, reveal, write }) {
  let timer = null;

  const isHeld = () => {
    const words = pending();
    if (words) notice(words);
    return words || isComposing();
  };

  const resumeLater = (submitter) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isHeld()) resumeLater(submitter);
      else if (submitter) submitter.click();
      else form.requestSubmit();
    }, LOOK_AGAIN);
  };

  form.addEventListener(
    "submit",
    (event) => {
      if (!isHeld()) {
        write();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pending()) reveal();
      resumeLater(event.submitter);
    },
    true,
  );
}
