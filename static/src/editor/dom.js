// Small helpers: elements without inline anything, and the editor in step with its element.

/** el("p", { class: "a", hidden: true, onclick: fn }, "text", child) */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite named in <body data-icons>; decorative, so hidden from readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "tp-ico");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons || ""}#${name}`);
  svg.append(use);
  return svg;
}

const LOOK_AGAIN = 100; // ms, while a word is being composed

/**
 * Waits for the moment in which the text may be changed by something the writer did not do: not in the
 * middle of an unfinished word, and after the editor has read what was typed or pressed just now.
 * Otherwise the caret would go back to where the editor last saw it, and the next words with it.
 * (domObserver is ProseMirror's own; its commands flush it in the same way.)
 */
export async function settled(view) {
  while (view.composing) await new Promise((done) => setTimeout(done, LOOK_AGAIN));
  view.domObserver.forceFlush();
  view.domObserver.flush();
}
