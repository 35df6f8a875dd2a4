"""An article as it is copied into a channel's own editor: rich text with its styles inside, or plain lines.

The house's pages carry no style attributes; what is made here leaves the house through the clipboard or as a file.
Pictures do not travel by clipboard: WeChat fetches no picture from a town's network. In their place stands a line with
the number of the picture's file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

from town_portal.submissions.rules.markup import blocks

INK, LINE, SHADE = "#333333", "#bfbfbf", "#f5f5f5"
_TEXT = f"font-size:16px;line-height:1.75;letter-spacing:0.5px;color:{INK};"
STYLES = {
    "p": f"margin:0 0 16px;text-align:justify;{_TEXT}",
    "h2": f"margin:24px 0 12px;font-size:18px;line-height:1.5;font-weight:bold;color:{INK};",
    "h3": f"margin:20px 0 10px;font-size:17px;line-height:1.5;font-weight:bold;color:{INK};",
    "ul": f"margin:0 0 16px;padding-left:24px;{_TEXT}",
    "ol": f"margin:0 0 16px;padding-left:24px;{_TEXT}",
    "li": "margin:0 0 6px;",
    "blockquote": f"margin:0 0 16px;padding:8px 14px;border-left:3px solid {LINE};background:{SHADE};{_TEXT}",
    "table": f"width:100%;border-collapse:collapse;margin:0 0 16px;font-size:14px;color:{INK};",
    "th": f"border:1px solid {LINE};padding:6px 8px;background:{SHADE};font-weight:bold;text-align:center;",
    "td": f"border:1px solid {LINE};padding:6px 8px;",
    "strong": "font-weight:bold;",
    "em": "font-style:italic;",
    "u": "text-decoration:underline;",
    "hr": f"border:0;border-top:1px solid {LINE};margin:20px 0;",
    "sub": "",
    "sup": "",
    "thead": "",
    "tbody": "",
    "tr": "",
}
PICTURE = "margin:0 0 16px;text-align:center;font-size:14px;line-height:1.6;color:#888888;"
_ALIGN = {"ta-center": "center", "ta-right": "right", "ta-justify": "justify"}
_SPANS = ("colspan", "rowspan")
SUMMARY = 120
"""Signs of WeChat's 摘要."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the text: its number, its file and its words."""

    number: int
    token: str
    caption: str

    @property
    def line(self) -> str:
        """What stands in its place."""
        return f"【图{self.number}{'：' + self.caption if self.caption else ''}】"


def pictures(stored: str) -> list[Picture]:
    """The pictures of a stored text, in order."""
    found = [block for block in blocks(stored) if block.token]
    return [Picture(number, block.token or "", block.text or block.alt) for number, block in enumerate(found, 1)]


def rich(stored: str, source: str = "") -> str:
    """A stored text with its styles inside; the title is not in it, for it has a field of its own."""
    parts, number = [], 0
    shown = pictures(stored)
    for block in blocks(stored):
        if block.token:
            parts.append(f'<p style="{PICTURE}">{escape(shown[number].line)}</p>')
            number += 1
        else:
            parts.append(_styled(block.html))
    if source:
        parts.append(f'<p style="{STYLES["p"]}text-align:right;color:#888888;">来源：{escape(source)}</p>')
    return f"<section>{''.join(parts)}</section>"


def plain(title: str, stored: str, source: str = "") -> str:
    """Title and text as lines to paste anywhere, two signs before each paragraph."""
    lines, number = [title, ""], 0
    shown = pictures(stored)
    for block in blocks(stored):
        if block.token:
            lines.append(shown[number].line)
            number += 1
        elif block.tag == "p":
            lines += [f"　　{line}" for line in block.text.split("\n") if line]
        else:
            lines += block.lines
    if source:
        lines += ["", f"来源：{source}"]
    return "\n".join(lines).strip() + "\n"


def page(title: str, body: str) -> str:
    """The rich text as a file that a browser opens, to be marked and copied by hand."""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )


def county_page(title: str, stored: str, names: Mapping[str, str], facts: Mapping[str, object]) -> str:
    """A stored text as a page of its own, its pictures beside it; ``names``: picture's token → file."""
    shown = _SOURCE.sub(lambda found: f'src="{escape(quote(names[found[1]]))}"', stored)
    told = "　".join(f"{name}：{escape(str(facts[name]))}" for name in ("来源", "发布时间", "索引号"))
    return page(title, f"<h1>{escape(title)}</h1>\n<p>{told}</p>\n{shown}")


_SOURCE = re.compile(r'src="/files/([0-9a-f]{32})"')


def _styled(html: str) -> str:
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    """Writes sanitised HTML again, its classes turned into styles. Links become their words: channels drop them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._link: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.parts.append("<br>")
        elif tag == "a":
            self._link, self._words = given.get("href", ""), ""
        elif tag in STYLES:
            style = STYLES[tag] + "".join(
                f"text-align:{_ALIGN[name]};" for name in given.get("class", "").split() if name in _ALIGN
            )
            spans = "".join(f' {name}="{escape(given[name])}"' for name in _SPANS if name in given)
            self.parts.append(f'<{tag}{spans} style="{style}">' if style else f"<{tag}{spans}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self._link and self._link.startswith("http") and self._link != self._words:
                self.parts.append(escape(f"（{self._link}）"))
            self._link = None
        elif tag in STYLES and tag != "hr":
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._words += data
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
