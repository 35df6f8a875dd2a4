// Tables without the inline widths the library writes: no style, no colgroup, no resizing.

import { mergeAttributes } from "@tiptap/core";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";

const PlainTable = Table.extend({
  renderHTML: () => ["table", ["tbody", 0]],
  addNodeView: () => null,
});

function span(name) {
  return {
    default: 1,
    parseHTML: (cell) => Math.max(1, Number.parseInt(cell.getAttribute(name), 10) || 1),
    renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
  };
}

/** td and th with only their spans; the table commands expect a colwidth, which stays empty. */
function plainCell(extension, tag) {
  return extension.extend({
    addAttributes: () => ({
      colspan: span("colspan"),
      rowspan: span("rowspan"),
      colwidth: { default: null, parseHTML: () => null, rendered: false },
    }),
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  });
}

export const tableNodes = [
  PlainTable.configure({ resizable: false }),
  TableRow,
  plainCell(TableCell, "td"),
  plainCell(TableHeader, "th"),
];
