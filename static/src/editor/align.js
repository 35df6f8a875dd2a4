// Alignment as a class (ta-center, ta-right, ta-justify): an inline style would be refused by
// the policy of every page that shows the text.

import { Extension } from "@tiptap/core";

const ALIGNED = ["paragraph", "heading", "tableCell", "tableHeader", "figure"];
const CLASS = /(?:^|\s)ta-(center|right|justify)(?=\s|$)/;

export const Align = Extension.create({
  name: "align",

  addGlobalAttributes: () => [
    {
      types: ALIGNED,
      attributes: {
        align: {
          default: null,
          parseHTML: (element) => CLASS.exec(element.className)?.[1] ?? null,
          renderHTML: ({ align }) => (align ? { class: `ta-${align}` } : {}),
        },
      },
    },
  ],

  addCommands: () => ({
    toggleCentre:
      () =>
      ({ editor, commands }) => {
        const align = editor.isActive({ align: "center" }) ? null : "center";
        return ["paragraph", "heading"]
          .map((type) => commands.updateAttributes(type, { align }))
          .some(Boolean);
      },
  }),
});
