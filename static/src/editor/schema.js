// Everything a body may hold. The list equals what the server keeps:
// p h2 h3 strong em u sub sup br ul ol li blockquote table figure a hr.

import { Node } from "@tiptap/core";
import Blockquote from "@tiptap/extension-blockquote";
import Document from "@tiptap/extension-document";
import HardBreak from "@tiptap/extension-hard-break";
import Heading from "@tiptap/extension-heading";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import Paragraph from "@tiptap/extension-paragraph";
import Text from "@tiptap/extension-text";
import { Dropcursor, Gapcursor, TrailingNode, UndoRedo } from "@tiptap/extensions";
import { Align } from "./align.js";
import { Figure } from "./figure.js";
import { Findings } from "./findings.js";
import { marks } from "./marks.js";
import { tableNodes } from "./table.js";

// The page has its own h1, so pasted headings move down: h1 to h2, h4 and below to h3.
const LEVELS = { h1: 2, h2: 2, h3: 3, h4: 3, h5: 3, h6: 3 };

const BodyHeading = Heading.extend({
  parseHTML: () => Object.entries(LEVELS).map(([tag, level]) => ({ tag, attrs: { level } })),
}).configure({ levels: [2, 3] });

// The server keeps no start number, so "3. …" pasted as plain text must stay plain text: the
// library would turn it into a list that begins at 1.
const PlainOrderedList = OrderedList.extend({
  addAttributes: () => ({}),
  renderHTML: () => ["ol", 0],
  addProseMirrorPlugins: () => [],
});

const Rule = Node.create({
  name: "rule",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
});

export const extensions = [
  Document,
  Paragraph,
  Text,
  BodyHeading,
  Blockquote,
  BulletList,
  PlainOrderedList,
  ListItem,
  ListKeymap,
  HardBreak,
  Rule,
  ...tableNodes,
  Figure,
  ...marks,
  Align,
  Findings,
  Dropcursor.configure({ class: "tp-ed-drop", color: false }),
  Gapcursor,
  TrailingNode,
  UndoRedo,
];
