// Inline marks: the five plain ones, and links. What a mark may carry equals what the server
// keeps; everything else falls away when HTML is read.

import { Mark } from "@tiptap/core";
import Bold from "@tiptap/extension-bold";

// The library's rules for <b> read element.style, which is empty under our policy; the paste
// cleaner has already unwrapped the <b> that means "not bold".
const Strong = Bold.extend({
  parseHTML: () => [{ tag: "strong" }, { tag: "b" }],
});

function plainMark(name, tag, { alsoTag, ...options } = {}) {
  return Mark.create({
    name,
    parseHTML: () => [tag, alsoTag].filter(Boolean).map((each) => ({ tag: each })),
    renderHTML: () => [tag, 0],
    ...options,
  });
}

const Emphasis = plainMark("emphasis", "em", {
  alsoTag: "i",
  addKeyboardShortcuts() {
    return { "Mod-i": () => this.editor.commands.toggleMark(this.name) };
  },
});

const Underline = plainMark("underline", "u", {
  addKeyboardShortcuts() {
    return { "Mod-u": () => this.editor.commands.toggleMark(this.name) };
  },
});

const Subscript = plainMark("subscript", "sub", { excludes: "superscript" });
const Superscript = plainMark("superscript", "sup", { excludes: "subscript" });

const SAFE_TARGET = /^(https?:|mailto:|tel:|\/(?!\/))/i;

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (a) => SAFE_TARGET.test(a.getAttribute("href").trim()) && null,
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

export const marks = [Strong, Emphasis, Underline, Subscript, Superscript, Link];
