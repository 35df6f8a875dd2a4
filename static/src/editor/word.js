// Cleans what is pasted before the editor reads it: HTML of Word, WPS, WeChat and web pages, and plain
// text typed or dictated on a phone.
//
// Under our policy a style attribute is refused (and reported) even in a scratch document, and
// element.style stays empty. So: take style blocks, scripts and comments out of the text first,
// rename style= and on…= so that they mean nothing, parse, and read the renamed attribute.

const KEPT_CLASS = /^ta-(center|right|justify)$/;
const KEPT = {
  A: ["href"],
  IMG: ["src", "alt", "width", "height"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan"],
};
const DROPPED =
  "style,script,noscript,template,title,meta,link,base,xml,iframe,frame,object,embed,applet," +
  "svg,math,audio,video,canvas,button,input,select,textarea";
const LINES = "p,h1,h2,h3,h4,h5,h6";
const BLOCKS = `${LINES},div,section,article,ul,ol,table,blockquote,figure`;
const ALIGNABLE = `${LINES},td,th`;
const HAN = "[\\u3000-\\u9fff\\uff00-\\uffef]";
const HAN_BREAK = new RegExp(`(${HAN})[ \\t]*\\r?\\n[ \\t\\r\\n]*(?=${HAN})`, "g");
const INDENT = /^[\s\u3000\u00a0]+/;

export function cleanPastedHtml(html) {
  const inert = disarm(html);
  // Copied inside an editor of this kind: already clean, and its slice marker must survive.
  if (inert.includes("data-pm-slice")) return inert;
  const { body } = new DOMParser().parseFromString(inert, "text/html");
  dropHidden(body);
  fixFakeEmphasis(body);
  marksFromSpans(body);
  alignFromStyle(body);
  buildLists(body);
  dropForeignPictures(body);
  splitAtBreaks(body);
  tidyLines(body);
  stripAttributes(body);
  return body.innerHTML;
}

const LETTER = "[\\u3400-\\u9fff]"; // a Chinese character, no mark
const FULL = { ",": "，", ";": "；", ":": "：", "?": "？", "!": "！" };
const HALF_MARK = new RegExp(`(${LETTER}[ \\t]*)?([,;:?!])(?=([ \\t]*${LETTER})?)`, "g");
const LISTED = /^[一二三四五六七八九十]{1,3}\./; // "一.加强领导" is a number, no sentence
const DOTS = new RegExp(`(${LETTER})\\.{3,}`, "g");
const DOT = new RegExp(`([\\u3400-\\u9fff”）])\\.(?=[ \\t]*(?:${LETTER}|[“（”）]|$))`, "g");
const BRACKETS = new RegExp(`\\(([^()]*${LETTER}[^()]*)\\)`, "g");
const QUOTES = new RegExp(`"([^"]*${LETTER}[^"]*)"`, "g");
const BLANK_AT_MARK = /[ \t]*([，。；：？！、（）“”《》])[ \t]*/g;
const BLANK_INSIDE = new RegExp(`(${LETTER}+) (?=(${LETTER}+))`, "g");
const SHORT = 4; // letters: names and single words, which blanks may well keep apart

/**
 * Lines of plain text as paragraphs of Chinese prose: no indents, as the page makes its own; marks of
 * the keyboard as Chinese ones where they stand by Chinese characters; no blanks inside a sentence.
 * Figures, addresses and lists of names stay as they are.
 */
export const cleanPastedText = (text) => text.split(/\r\n?|\n/).map(cleanLine).join("\n");

function cleanLine(line) {
  const blanks = line.replace(/[\s\u3000]+/g, " ").trim();
  const number = LISTED.exec(blanks)?.[0] ?? "";
  const prose = blanks
    .slice(number.length)
    .replace(HALF_MARK, (all, left, mark, right) => (left || right ? (left ?? "") + FULL[mark] : all))
    .replace(DOTS, "$1……")
    .replace(DOT, "$1。")
    .replace(BRACKETS, "（$1）")
    .replace(QUOTES, "“$1”")
    .replace(BLANK_AT_MARK, "$1")
    .replace(BLANK_INSIDE, (all, left, right) =>
      left.length > SHORT || right.length > SHORT ? left : all,
    );
  return number + prose;
}

/** Removes what must not even be parsed, and renames style= and on…= inside tags. */
function disarm(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^>]*>/g, "")
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) =>
      tag.replace(/([\s"'/])style\s*=/gi, "$1data-s=").replace(/([\s"'/])on\w+\s*=/gi, "$1data-x="),
    );
}

const styleOf = (element) => element.getAttribute("data-s") || "";
const has = (element, pattern) => pattern.test(styleOf(element));

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

function dropHidden(body) {
  body.querySelectorAll(DROPPED).forEach((element) => element.remove());
  for (const element of body.querySelectorAll("[data-s]")) {
    if (has(element, /(^|;)\s*(display\s*:\s*none|mso-hide\s*:\s*all)/i)) element.remove();
  }
}

/** <b style="font-weight:normal"> wraps whole documents; mso-bidi-font-weight is something else. */
function fixFakeEmphasis(body) {
  for (const element of body.querySelectorAll("b,strong")) {
    if (has(element, /(^|;)\s*font-weight\s*:\s*(normal|[1-4]00)/i)) unwrap(element);
  }
  for (const element of body.querySelectorAll("i,em")) {
    if (has(element, /(^|;)\s*font-style\s*:\s*normal/i)) unwrap(element);
  }
}

const SPAN_MARKS = [
  ["strong", /(^|;)\s*font-weight\s*:\s*(bold|[5-9]00)/i],
  ["em", /(^|;)\s*font-style\s*:\s*italic/i],
  ["u", /(^|;)\s*text-decoration(-line)?\s*:[^;]*underline/i],
  ["sub", /(^|;)\s*vertical-align\s*:\s*sub/i],
  ["sup", /(^|;)\s*vertical-align\s*:\s*super/i],
];

function marksFromSpans(body) {
  for (const span of body.querySelectorAll("span[data-s]")) {
    for (const [tag, pattern] of SPAN_MARKS) if (has(span, pattern)) wrapContent(span, tag);
  }
}

/** Centred and right-aligned stay, as classes; Word justifies everything, which means nothing. */
function alignFromStyle(body) {
  for (const element of body.querySelectorAll(ALIGNABLE)) {
    const style = /(^|;)\s*text-align\s*:\s*(center|right)/i.exec(styleOf(element))?.[2];
    const align = (style || element.getAttribute("align") || "").toLowerCase();
    if (align === "center" || align === "right") element.classList.add(`ta-${align}`);
  }
}

/** Word's list paragraphs ("mso-list:l0 level2 lfo1") to real, nested lists. */
function buildLists(body) {
  let open = []; // the chain of open lists, outermost first
  for (const paragraph of body.querySelectorAll(LINES)) {
    const level = Number(/mso-list\s*:\s*l\d+\s+level(\d)/i.exec(styleOf(paragraph))?.[1] || 0);
    if (!level) continue;
    if (open[0]?.nextElementSibling !== paragraph) open = [];
    addItem(open, level, takeMarker(paragraph) ? "ol" : "ul", paragraph);
  }
}

/** Removes the typed-out number or bullet; true when it was a number. */
function takeMarker(paragraph) {
  const marker = [...paragraph.querySelectorAll("[data-s]")].find((element) =>
    has(element, /mso-list\s*:\s*ignore/i),
  );
  const text = marker?.textContent.trim() ?? "";
  marker?.remove();
  return /^[(（]?(\d+|[ivxlc]+|[a-z]|[一二三四五六七八九十]+)[.、．)）]/i.test(text);
}

/** Puts the paragraph into the list of its level, opening and closing lists as needed. */
function addItem(open, level, tag, paragraph) {
  const page = paragraph.ownerDocument;
  open.length = Math.min(open.length, level);
  if (open.length === level && open[level - 1].localName !== tag) open.length = level - 1;
  if (open.length === 0) {
    const list = page.createElement(tag);
    paragraph.before(list);
    open.push(list);
  }
  while (open.length < level && open[open.length - 1].lastElementChild) {
    const list = page.createElement(tag);
    open[open.length - 1].lastElementChild.append(list);
    open.push(list);
  }
  const item = page.createElement("li");
  const line = page.createElement("p");
  line.append(...paragraph.childNodes);
  item.append(line);
  open[open.length - 1].append(item);
  paragraph.remove();
}

function dropForeignPictures(body) {
  for (const img of body.querySelectorAll("img")) {
    if (!/^\/files\//.test(img.getAttribute("src") || "")) img.remove();
  }
}

/** A line break in running text means a new paragraph: web pages and WeChat write them so. */
function splitAtBreaks(body) {
  if (!body.querySelector(BLOCKS) && body.querySelector("br")) wrapContent(body, "p");
  for (const line of body.querySelectorAll("p,div,section")) {
    if (line.querySelector(BLOCKS) || line.closest("td,th,li")) continue;
    for (const br of line.querySelectorAll("br")) {
      const before = line.ownerDocument.createRange();
      before.setStart(line, 0);
      before.setEndBefore(br);
      const part = line.cloneNode(false);
      part.append(before.extractContents());
      line.before(part);
      br.remove();
    }
  }
}

/** Source line breaks between Chinese characters, typed indents, and blank lines. */
function tidyLines(body) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(HAN_BREAK, "$1");
  }
  for (const line of body.querySelectorAll(`${LINES},div,section`)) {
    if (line.querySelector(BLOCKS)) continue;
    dropIndent(line);
    const empty = !line.textContent.trim() && !line.querySelector("img");
    if (empty && !line.closest("td,th,li")) line.remove();
  }
}

function dropIndent(line) {
  const texts = line.ownerDocument.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(INDENT, "");
    if (texts.currentNode.data) return;
  }
}

function stripAttributes(body) {
  for (const element of body.querySelectorAll("*")) {
    const align = [...element.classList].find((name) => KEPT_CLASS.test(name));
    const kept = KEPT[element.tagName] || [];
    for (const { name } of [...element.attributes]) {
      if (!kept.includes(name)) element.removeAttribute(name);
    }
    if (align) element.className = align;
  }
}
