// The proofreader's findings as marks in the text. They are decorations: never in the saved value,
// moving with the text until the next check brings new ones. The list on the page tells which there
// are ([data-finding] with data-place, -before, -words, -after and -severity). Three events go over
// the document, each with the finding's id in its detail:
//   "finding:meet"  from here: the pointer or the caret is in its words (id null: in none);
//                   sought says that somebody pressed there or went there, not that the words
//                   came to be under the caret by typing
//   "finding:seek"  to here: show the words
//   "finding:mend"  to here: put `right` in their place; both are answered by preventDefault
//   "finding:mend-all"  to here: the same for all `fixes` ({id, right}) in one step to undo; `done`
//                   takes the ids of those that were put right

import { Extension } from "@tiptap/core";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { settled } from "./dom.js";
import { bare, locate } from "./locate.js";

const LIST = '[data-finding][data-place="正文"]';
const LOOKS = { block: "tp-mk-must", warn: "tp-mk-adv", hint: "tp-mk-note" };

const key = new PluginKey("findings");

export const Findings = Extension.create({
  name: "findings",

  addProseMirrorPlugins: () => [
    new Plugin({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, marks) => {
          const list = tr.getMeta(key);
          return list ? drawn(tr.doc, list) : marks.map(tr.mapping, tr.doc);
        },
      },
      props: {
        decorations: (state) => key.getState(state),
        handleDOMEvents: {
          mouseover: (view, { target }) => tell(idOfMark(target) ?? idAtCaret(view.state)),
          mouseleave: (view) => tell(idAtCaret(view.state)),
          click: (view, { target }) => tell(idOfMark(target), "pressed"),
        },
      },
      view: () => ({
        update(view, before) {
          const id = idAtCaret(view.state);
          if (id === idAtCaret(before)) return;
          const went = view.state.doc.eq(before.doc) && !view.state.selection.eq(before.selection);
          tell(id, went ? "went" : "");
        },
      }),
    }),
  ],

  onCreate() {
    const { editor } = this;
    document.addEventListener("htmx:load", ({ target }) => {
      if (target.matches?.("[data-findings]")) show(editor);
    });
    answer("finding:seek", ({ id }) => seek(editor.view, id));
    answer("finding:mend", ({ id, right }) => mend(editor.view, [{ id, right }]).length === 1);
    answer("finding:mend-all", ({ fixes, done }) => done.push(...mend(editor.view, fixes)));
  },
});

function answer(type, act) {
  document.addEventListener(type, (event) => {
    if (act(event.detail)) event.preventDefault();
  });
}

/** `sought`: "pressed", "went", or "" where the words only came there. */
function tell(id = null, sought = "") {
  document.dispatchEvent(new CustomEvent("finding:meet", { detail: { id, sought } }));
}

/** Takes the list as it is now on the page. */
async function show(editor) {
  await settled(editor.view);
  const list = [...document.querySelectorAll(LIST)].map(({ dataset }) => ({ ...dataset }));
  editor.view.dispatch(editor.state.tr.setMeta(key, list));
}

function drawn(doc, list) {
  const places = locate(doc, list);
  const marks = list.flatMap(({ finding, words, severity }, order) => {
    if (!places[order]) return [];
    const { from, to } = places[order];
    const look = { nodeName: "mark", class: `tp-mk ${LOOKS[severity]}`, "data-mark": finding };
    return [Decoration.inline(from, to, look, { id: finding, words, order })];
  });
  return DecorationSet.create(doc, marks);
}

const idOfMark = (element) => element.closest("[data-mark]")?.dataset.mark;

/** The finding whose words hold the caret or all that is selected: of several, the first of the list. */
function idAtCaret(state) {
  const { from, to } = state.selection;
  const here = key.getState(state).find(from, to).filter((mark) => mark.from <= from && to <= mark.to);
  return here.sort((one, other) => one.spec.order - other.spec.order)[0]?.spec.id ?? null;
}

const markOf = (state, id) => key.getState(state).find(undefined, undefined, (spec) => spec.id === id)[0];

function seek(view, id) {
  const mark = markOf(view.state, id);
  if (!mark) return false;
  view.focus();
  view.dispatch(
    view.state.tr.setSelection(TextSelection.create(view.state.doc, mark.from, mark.to)),
  );
  const { node } = view.domAtPos(mark.from + 1);
  (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).scrollIntoView({ block: "center" });
  return true;
}

/** The ids of those put right, in one step; left out where the words do not stand in one paragraph any more. */
function mend(view, fixes) {
  const { tr, doc } = view.state;
  const done = fixes.filter(({ id, right }) => {
    const mark = markOf(view.state, id);
    if (!mark) return false;
    const { from, to, spec } = mark;
    const same = bare(doc.textBetween(from, to, "\n")) === bare(spec.words);
    if (!same || !doc.resolve(from).sameParent(doc.resolve(to))) return false;
    tr.insertText(right, tr.mapping.map(from), tr.mapping.map(to));
    return true;
  });
  if (!done.length) return [];
  view.dispatch(tr.scrollIntoView());
  view.focus();
  return done.map(({ id }) => id);
}
