// Photos in the text: taking, choosing, dropping and pasting them, the place a finished upload goes
// to, and what is still to be written about them. A place is remembered when photos are chosen and
// moves with the text, so the writer can go on typing while a slow line sends.

import { TextSelection } from "@tiptap/pm/state";
import { el, icon, settled } from "./dom.js";
import { figureFromHtml } from "./figure.js";
import { createShelf } from "./shelf.js";
import { createUploader } from "./upload.js";

/** A phone or a tablet: there a photo is taken or chosen with the thumb, below the text. */
const byTouch = () => window.matchMedia("(pointer: coarse)").matches;

export function createPictures({ url, form, notice }) {
  let editor = null;
  const marks = new Set(); // remembered places, each { place }

  const remember = (place) => {
    const mark = { place };
    marks.add(mark);
    return mark;
  };

  const insert = async (mark, node) => {
    await settled(editor.view);
    editor.view.dispatch(editor.state.tr.insert(mark.place, node));
  };

  const uploader = createUploader({
    url,
    form,
    shelf: createShelf(form.dataset.draft ?? ""),
    async onPicture(html, mark) {
      const figure = figureFromHtml(editor.schema, html);
      if (!figure) return;
      await insert(mark, figure);
      notice("照片已放进正文，请写上图说。");
    },
  });

  const add = (files) => uploader.add(files, remember(afterBlock(editor.state)));

  const input = el("input", {
    type: "file",
    accept: "image/*",
    multiple: true,
    hidden: true,
    onchange: () => {
      add([...input.files]);
      input.value = "";
    },
  });
  const choose = () => {
    input.removeAttribute("capture");
    input.click();
  };
  const take = () => {
    input.setAttribute("capture", "environment");
    input.click();
  };
  const button = (props, iconName, words) =>
    el("button", { type: "button", ...props }, icon(iconName), words);

  const asked = createAsked(() => editor);
  const large = "btn btn-outline-primary";
  const buttons = byTouch()
    ? [
        button({ class: large, onclick: take }, "camera", "拍照"),
        button({ class: large, onclick: choose }, "image", "从相册选"),
      ]
    : [];
  const element = el(
    "div",
    { class: "tp-ed-photos" },
    el("div", { class: "tp-ed-take" }, ...buttons, asked.element),
    input,
    uploader.element,
  );

  /** Takes the files of a paste or a drop; text beside them means: not a photo. */
  const takeOver = (transfer) => {
    const files = [...(transfer?.files ?? [])];
    if (!files.length || transfer.types.includes("text/html")) return false;
    add(files);
    return true;
  };

  const leaving = (event) => {
    if (!uploader.unsent()) return;
    event.preventDefault();
    event.returnValue = "";
  };
  window.addEventListener("beforeunload", leaving);

  return {
    toolbarButton: buttons.length ? null : button({ onclick: choose }, "image", "照片"),
    element,

    /** Why the form cannot be sent yet, in words; null when it can. */
    pending() {
      if (uploader.undecided()) return "上次有照片没传完，请在正文下面选“接着传”或“不传了”，然后自动提交。";
      const left = uploader.unsent();
      return left ? `还有 ${left} 张照片没传完，传完自动提交。` : null;
    },

    editorProps: {
      handlePaste: (_, event) => takeOver(event.clipboardData),
      handleDrop: (_, event, __, moved) => !moved && takeOver(event.dataTransfer),
    },

    attach(started) {
      editor = started;
      editor.on("transaction", ({ transaction }) => {
        for (const mark of marks) mark.place = transaction.mapping.map(mark.place);
      });
      editor.on("update", asked.refresh);
      editor.on("pictureRemoved", ({ node, place }) => {
        const mark = remember(place);
        const back = () => {
          insert(mark, node);
          notice("照片放回来了。");
        };
        notice("照片删掉了。", button({ class: "btn btn-light btn-sm", onclick: back }, "arrow-counterclockwise", "放回来"));
      });
      asked.refresh();
      uploader.offerLeftOvers(remember(endOfText(editor.state.doc)));
    },
  };
}

/** Just after the outermost block the selection ends in: never inside a table or a list. */
function afterBlock({ selection }) {
  const { $to } = selection;
  return $to.depth ? $to.after(1) : $to.pos;
}

/** Before the empty paragraph the editor keeps at the end. */
function endOfText({ content, lastChild }) {
  const isSpare = lastChild?.isTextblock && lastChild.content.size === 0;
  return content.size - (isSpare ? lastChild.nodeSize : 0);
}

/** How many photos there are, and a button to the first of which something is not written yet. */
function createAsked(getEditor) {
  const total = el("span", {});
  const missing = el("button", {
    type: "button",
    class: "btn btn-link btn-sm",
    hidden: true,
    onclick: () => toWrite(getEditor()),
  });
  return {
    element: el("span", { class: "tp-ed-asked", role: "status" }, total, missing),
    refresh() {
      const figures = figuresIn(getEditor().state.doc);
      const without = (test) => figures.filter(({ node }) => test(node)).length;
      const parts = [
        [without(hasNoCaption), "没写图说"],
        [without(hasNoDescription), "没写画面描述"],
      ];
      const words = parts.filter(([n]) => n).map(([n, what]) => `${n} 张${what}`);
      total.textContent = figures.length ? `照片 ${figures.length} 张` : "";
      missing.hidden = !words.length;
      missing.textContent = words.join("，");
    },
  };
}

const hasNoCaption = (figure) => !figure.textContent.trim();
const hasNoDescription = (figure) => !figure.attrs.alt.trim();

function figuresIn(doc) {
  const figures = [];
  doc.descendants((node, place) => {
    if (node.type.name === "figure") figures.push({ node, place });
  });
  return figures;
}

/** Puts the writer into the first caption, or description, that is missing. */
function toWrite(editor) {
  const { view } = editor;
  const figures = figuresIn(view.state.doc);
  const bare = figures.find(({ node }) => hasNoCaption(node));
  const { place } = bare ?? figures.find(({ node }) => hasNoDescription(node));
  const figure = view.nodeDOM(place);
  if (bare) {
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place + 1)));
  } else {
    figure.querySelector("input").focus();
  }
  figure.querySelector("figcaption").scrollIntoView({ block: "center" });
}
