// Puts other words in a place of the text: what the proofreader suggests, at the words it meant.

/** Replaces `words` after `before` by `right`; false when they do not stand in the text any more. */
export function mend(editor, { words, before, right }) {
  const place = find(editor.state.doc, before, words);
  if (place === null) return false;
  const { tr } = editor.state;
  editor.view.dispatch(tr.insertText(right, place, place + words.length).scrollIntoView());
  editor.view.focus();
  return true;
}

function find(doc, before, words) {
  let place = null;
  doc.descendants((node, position) => {
    if (place !== null || !node.isTextblock) return place === null;
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
    const at = text.indexOf(before + words);
    if (at >= 0) place = position + 1 + at + before.length;
    return false;
  });
  return place;
}
