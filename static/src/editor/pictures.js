// Photos in the text: the button, dropping and pasting files, and the place a finished upload
// goes to. That place is remembered when the photos are chosen and moves with the text, so the
// writer can go on typing while a slow line sends.

import { el, icon } from "./dom.js";
import { figureFromHtml } from "./figure.js";
import { createUploader, isPicture } from "./upload.js";

export function createPictures({ url, form, notice }) {
  let editor = null;
  let place = 0;

  const uploader = createUploader({
    url,
    form,
    onPicture(html) {
      const figure = figureFromHtml(editor.schema, html);
      if (!figure) return;
      editor.view.dispatch(editor.state.tr.insert(place, figure));
      notice("照片已放进正文，请写上说明。");
    },
  });

  const add = (files) => {
    place = afterBlock(editor.state);
    uploader.add(files);
  };

  const input = el("input", {
    type: "file",
    accept: "image/*",
    multiple: true,
    hidden: true,
    onchange: () => {
      add(input.files);
      input.value = "";
    },
  });
  const button = el(
    "button",
    { type: "button", onclick: () => input.click() },
    icon("image"),
    "照片",
  );

  /** Takes the files of a paste or a drop; text beside them means: not a photo. */
  const take = (transfer) => {
    const files = [...(transfer?.files ?? [])].filter(isPicture);
    if (!files.length || transfer.types.includes("text/html")) return false;
    add(files);
    return true;
  };

  return {
    button,
    input,
    list: uploader.element,
    editorProps: {
      handlePaste: (_, event) => take(event.clipboardData),
      handleDrop: (_, event, __, moved) => !moved && take(event.dataTransfer),
    },
    attach(started) {
      editor = started;
      editor.on("transaction", ({ transaction }) => {
        place = transaction.mapping.map(place);
      });
    },
  };
}

/** Just after the outermost block the selection ends in: never inside a table or a list. */
function afterBlock({ selection }) {
  const { $to } = selection;
  return $to.depth ? $to.after(1) : $to.pos;
}
