// Finds words the server speaks of in the editor's document. The server reads a text as lines and
// cuts what stands around the words; blanks and the bars between table cells are its own, so both
// sides are compared without them.

const NOT_COMPARED = /[\s|]+/g;

const TELLING = 4; // so many signs are known again by themselves

export const bare = (text) => text.replace(NOT_COMPARED, "");

/**
 * Where findings ({ before, words, after }) stand: [{ from, to } or null, …] in the order given.
 * Findings alike in all three stand at the next such place each.
 */
export function locate(doc, findings) {
  const { text, places, starts } = readable(doc);
  const used = new Map(); // what was looked for -> where it was found last

  return findings.map(({ before, words, after }) => {
    const [left, meant, right] = [before, words, after].map(bare);
    const needle = left + meant + right;
    if (!needle) return null;
    const told = JSON.stringify([left, meant, right]);
    const at = find(text, needle, (used.get(told) ?? -1) + 1, left ? null : starts);
    if (at < 0) return meant.length >= TELLING ? alone(text, places, meant) : null;
    used.set(told, at);
    return span(places, at + left.length, meant.length);
  });
}

/** Words whose surroundings were changed since, where they stand once. */
function alone(text, places, meant) {
  const at = text.indexOf(meant);
  return at >= 0 && text.indexOf(meant, at + 1) < 0 ? span(places, at, meant.length) : null;
}

/** The first place of a needle; where nothing stands before it, the start of a paragraph is preferred. */
function find(text, needle, from, starts) {
  const first = text.indexOf(needle, from);
  for (let at = first; starts && at >= 0; at = text.indexOf(needle, at + 1)) {
    if (starts.has(at)) return at;
  }
  return first;
}

/** Blanks that are meant by themselves lie between two compared signs. */
function span(places, at, length) {
  const from = length ? places[at] : places[at - 1] + 1;
  const to = length ? places[at + length - 1] + 1 : places[at];
  return from < to ? { from, to } : null;
}

/** The compared signs of a document, where each stands, and which begin a paragraph. */
function readable(doc) {
  let text = "";
  const places = [];
  const starts = new Set();
  doc.descendants((node, position) => {
    if (node.isTextblock) starts.add(text.length);
    if (!node.isText) return;
    for (let i = 0; i < node.text.length; i++) {
      if (!bare(node.text[i])) continue;
      text += node.text[i];
      places.push(position + i);
    }
  });
  return { text, places, starts };
}
