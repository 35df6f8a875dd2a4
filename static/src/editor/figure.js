// A picture with its caption: <figure><img><figcaption>. In the editor it also shows a field
// for the text read out to people who cannot see the picture, and buttons to move or delete it; with
// a mouse it can also be dragged.

import { Node } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { el, icon } from "./dom.js";

const OUR_FILE = /^\/files\//;
const CAPTION_HINT = "请写图说：谁、在哪、做什么";
const ALT_LABEL = "画面描述（给看不见图的人听）";
const ALT_EXAMPLE = "例：技术员在讲台前讲课";

/** The attributes of an <img> of ours; false for any other picture, which is then dropped. */
function pictureAttributes(img) {
  const src = img?.getAttribute("src") ?? "";
  if (!OUR_FILE.test(src)) return false;
  return {
    src,
    alt: img.getAttribute("alt") ?? "",
    width: size(img, "width"),
    height: size(img, "height"),
  };
}

const size = (img, name) => Number.parseInt(img.getAttribute(name), 10) || null;

/** HTML of one picture, as an upload answers it, to a node of the schema (or null). */
export function figureFromHtml(schema, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const attributes = pictureAttributes(page.querySelector("img"));
  return attributes && schema.nodes.figure.create(attributes);
}

function figurePosition(state) {
  const { $from, empty } = state.selection;
  return empty && $from.parent.type.name === "figure" ? $from.before() : null;
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  defining: true,

  addAttributes: () => ({
    src: { default: null },
    alt: { default: "" },
    width: { default: null },
    height: { default: null },
  }),

  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (figure) => pictureAttributes(figure.querySelector("img")),
      contentElement: (figure) =>
        figure.querySelector("figcaption") || document.createElement("figcaption"),
    },
    { tag: "img", getAttrs: pictureAttributes },
  ],

  renderHTML({ node, HTMLAttributes }) {
    const { src, alt, width, height } = node.attrs;
    const figure = HTMLAttributes.class ? { class: HTMLAttributes.class } : {};
    return ["figure", figure, ["img", { src, alt, width, height }], ["figcaption", 0]];
  },

  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.leaveCaption(),
      Backspace: () => this.editor.commands.selectFigureAtCaptionStart(),
    };
  },

  addCommands: () => ({
    // Out of the caption, into a new paragraph below the picture.
    leaveCaption:
      () =>
      ({ state, tr, dispatch }) => {
        const position = figurePosition(state);
        if (position === null) return false;
        const after = position + state.doc.nodeAt(position).nodeSize;
        if (dispatch) {
          tr.insert(after, state.schema.nodes.paragraph.create());
          tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView();
        }
        return true;
      },

    // The first Backspace selects the picture, the second deletes it: never by surprise.
    selectFigureAtCaptionStart:
      () =>
      ({ state, tr, dispatch }) => {
        const position = figurePosition(state);
        if (position === null || state.selection.$from.parentOffset > 0) return false;
        if (dispatch) tr.setSelection(NodeSelection.create(tr.doc, position));
        return true;
      },
  }),

  addNodeView: () => (props) => new FigureView(props),
});

class FigureView {
  constructor({ node, view, getPos, editor }) {
    this.editor = editor;
    this.node = node;
    this.view = view;
    this.getPos = getPos;

    this.img = el("img", { onpointerdown: (event) => this.selectToDrag(event) });
    this.contentDOM = el("figcaption", { "data-hint": CAPTION_HINT });
    this.alt = el("input", {
      class: "form-control",
      placeholder: ALT_EXAMPLE,
      oninput: () => this.setAlt(this.alt.value),
    });
    this.tools = el(
      "div",
      { class: "tp-fig-tools", contenteditable: "false", role: "group", "aria-label": "照片" },
      el("label", {}, ALT_LABEL, this.alt),
      el(
        "div",
        { class: "tp-fig-acts" },
        this.button("up", "arrow-up", "上移", () => this.move(-1)),
        this.button("down", "arrow-down", "下移", () => this.move(1)),
        this.button("delete", "trash", "删除", () => this.remove()),
      ),
    );
    this.dom = el("figure", {}, this.img, this.contentDOM, this.tools);
    this.show();
  }

  button(action, iconName, label, onclick) {
    const props = { type: "button", class: "btn btn-light btn-sm", "data-act": action, onclick };
    return el("button", props, icon(iconName), label);
  }

  show() {
    const { src, alt, width, height, align } = this.node.attrs;
    for (const [name, value] of Object.entries({ src, alt, width, height })) {
      if (value === null) this.img.removeAttribute(name);
      else if (this.img.getAttribute(name) !== String(value)) this.img.setAttribute(name, value);
    }
    this.dom.className = align ? `tp-fig-ed ta-${align}` : "tp-fig-ed";
    this.contentDOM.classList.toggle("is-empty", this.node.content.size === 0);
    if (this.alt.value !== alt) this.alt.value = alt;
  }

  setAlt(alt) {
    this.view.dispatch(this.view.state.tr.setNodeAttribute(this.getPos(), "alt", alt));
  }

  /** With a mouse the picture itself is taken to its new place: only a selected block can be dragged. */
  selectToDrag({ pointerType }) {
    if (pointerType !== "mouse") return;
    const { doc, tr } = this.view.state;
    this.view.dispatch(tr.setSelection(NodeSelection.create(doc, this.getPos())));
  }

  /** Swaps places with the block before (-1) or after (1); focus stays on the button. */
  move(direction) {
    const { state } = this.view;
    const position = this.getPos();
    const start = state.doc.resolve(position);
    const end = state.doc.resolve(position + this.node.nodeSize);
    const neighbour = direction < 0 ? start.nodeBefore : end.nodeAfter;
    if (!neighbour) return;
    const target = position + direction * neighbour.nodeSize;
    this.view.dispatch(
      state.tr.delete(position, end.pos).insert(target, this.node).scrollIntoView(),
    );
    const action = direction < 0 ? "up" : "down";
    this.view.nodeDOM(target)?.querySelector(`[data-act=${action}]`)?.focus();
  }

  remove() {
    const position = this.getPos();
    this.view.dispatch(this.view.state.tr.delete(position, position + this.node.nodeSize));
    this.view.focus();
    this.editor.emit("pictureRemoved", { node: this.node, place: position });
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  stopEvent(event) {
    return this.tools.contains(event.target);
  }

  ignoreMutation({ type, target }) {
    return type !== "selection" && !this.contentDOM.contains(target);
  }

  selectNode() {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode() {
    this.dom.classList.remove("ProseMirror-selectednode");
  }
}
