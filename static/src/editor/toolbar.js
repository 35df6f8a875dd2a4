// The labelled toolbar: few tools, each with its word. One Tab stop; arrow keys move inside.

import { el, icon } from "./dom.js";

const always = () => true;

/** A tool: its word, its icon, what it does, and when it is on, usable and shown. */
const TOOLS = [
  { label: "撤销", icon: "arrow-counterclockwise", run: (c) => c.undo(), usable: (can) => can.undo() },
  { label: "重做", icon: "arrow-clockwise", run: (c) => c.redo(), usable: (can) => can.redo() },
  null,
  toggle("小标题", "type", (c) => c.toggleHeading({ level: 2 }), "heading"),
  toggle("加粗", "type-bold", (c) => c.toggleBold(), "bold"),
  null,
  toggle("编号", "list-ol", (c) => c.toggleOrderedList(), "orderedList"),
  toggle("项目符号", "list-ul", (c) => c.toggleBulletList(), "bulletList"),
  null,
  toggle("居中", "text-center", (c) => c.toggleCentre(), { align: "center" }),
  {
    label: "表格",
    icon: "table",
    run: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    usable: (can, editor) => !editor.isActive("table"),
  },
];

const TABLE_TOOLS = [
  { label: "加行", icon: "plus-lg", run: (c) => c.addRowAfter() },
  { label: "加列", icon: "plus-lg", run: (c) => c.addColumnAfter() },
  { label: "删行", icon: "dash-lg", run: (c) => c.deleteRow() },
  { label: "删列", icon: "dash-lg", run: (c) => c.deleteColumn() },
  {
    label: "合并",
    icon: "union",
    run: (c) => c.mergeCells(),
    usable: (can) => can.mergeCells(),
    hint: "先拖选几个格子，再点合并",
  },
  {
    label: "拆开",
    icon: "layout-split",
    run: (c) => c.splitCell(),
    usable: (can) => can.splitCell(),
    shown: (can) => can.splitCell(),
  },
  { label: "删表", icon: "trash", run: (c) => c.deleteTable() },
];

function toggle(label, iconName, run, active) {
  return { label, icon: iconName, run, active };
}

/** The toolbar element for an editor, kept in step with it. */
export function createToolbar(editor, { controls, photoButton }) {
  const tools = [];
  const make = (tool) => {
    if (!tool) return el("span", { class: "tp-ed-sep", "aria-hidden": "true" });
    const button = createButton(editor, tool);
    tools.push({ tool, button });
    return button;
  };
  const main = TOOLS.map(make);
  const tableGroup = el(
    "div",
    { class: "tp-ed-group", role: "group", "aria-label": "表格", hidden: true },
    ...TABLE_TOOLS.map(make),
  );
  const bar = el(
    "div",
    { class: "tp-ed-bar", role: "toolbar", "aria-label": "正文格式", "aria-controls": controls },
    ...main,
    ...(photoButton ? [photoButton] : []),
    tableGroup,
  );

  const refresh = () => {
    const can = editor.can();
    tableGroup.hidden = !editor.isActive("table");
    for (const { tool, button } of tools) {
      if (tableGroup.hidden && tableGroup.contains(button)) continue;
      showState(editor, can, tool, button);
    }
  };
  editor.on("transaction", refresh);
  refresh();
  moveByArrowKeys(bar);
  return bar;
}

function createButton(editor, tool) {
  const props = { type: "button", title: tool.hint, onmousedown: keepSelection };
  const button = el("button", props, icon(tool.icon), tool.label);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    tool.run(editor.chain().focus()).run();
  });
  return button;
}

/** A press of the mouse would take the focus, and with it the selection, out of the text. */
function keepSelection(event) {
  event.preventDefault();
}

function showState(editor, can, tool, button) {
  const { active, usable = always, shown = always } = tool;
  button.hidden = !shown(can);
  button.setAttribute("aria-disabled", String(!usable(can, editor)));
  if (active) button.setAttribute("aria-pressed", String(editor.isActive(active)));
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function moveByArrowKeys(bar) {
  const buttons = () => [...bar.querySelectorAll("button")];
  const visible = () => buttons().filter((button) => button.offsetParent);
  const only = (current) => {
    for (const button of buttons()) button.tabIndex = button === current ? 0 : -1;
  };
  only(buttons()[0]);
  bar.addEventListener("focusin", (event) => {
    if (event.target.matches("button")) only(event.target);
  });
  bar.addEventListener("keydown", (event) => {
    const list = visible();
    const from = list.indexOf(event.target);
    const to = { Home: 0, End: list.length - 1 }[event.key] ?? from + (STEPS[event.key] ?? NaN);
    const next = list[(to + list.length) % list.length];
    if (from < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
}
