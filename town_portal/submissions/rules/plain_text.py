"""The text as plain typing, for a browser without script, and back again without losing anything.

One line is one paragraph. ``## `` begins a heading, ``- `` and ``1. `` a list. Pictures and
tables stand as 【图1】 and 【表1】; their lines keep their place and let captions be written.
"""

import re
from html import escape

from town_portal.submissions.rules.markup import Block, blocks

_FIGURE = re.compile(r"【图(\d+)】([^|｜]*)(?:[|｜](.*))?")
_TABLE = re.compile(r"【表(\d+)】")
_ITEM = {"ul": re.compile(r"[-•]\s+(.+)"), "ol": re.compile(r"\d+[.、]\s+(.+)")}
_HEADING = re.compile(r"(##|###)\s+(.+)")


def to_text(stored: str) -> str:
    """A stored text as lines to type in."""
    pictures = tables = 0
    shown = []
    for block in blocks(stored):
        if block.token:
            pictures += 1
        elif block.tag == "table":
            tables += 1
        shown.append(_shown(block, pictures, tables))
    return "\n\n".join(part for part in shown if part)


def _shown(block: Block, pictures: int, tables: int) -> str:
    if block.token:
        return f"【图{pictures}】{block.text}|{block.alt}"
    match block.tag:
        case "table":
            return f"【表{tables}】"
        case "h2":
            return f"## {block.text}"
        case "h3":
            return f"### {block.text}"
        case "ul":
            return "\n".join(f"- {line}" for line in block.lines)
        case "ol":
            return "\n".join(f"{number}. {line}" for number, line in enumerate(block.lines, 1))
    return block.text


def from_text(text: str, base: str = "") -> str:
    """HTML of typed lines. What is unchanged against the base text keeps its markup."""
    old = blocks(base)
    figures = [block for block in old if block.token]
    tables = [block for block in old if block.tag == "table"]
    kept = {_shown(block, 0, 0): block.html for block in old if not block.token and block.tag != "table"}
    parts: list[str] = []
    run: list[str] = []
    for line in (*(line.strip() for line in text.replace("\r\n", "\n").split("\n")), ""):
        tag = next((tag for tag, pattern in _ITEM.items() if pattern.fullmatch(line)), None)
        if run and (tag is None or tag != _list_tag(run[0])):
            parts.append(kept.get("\n".join(run)) or _list(run))
            run = []
        if tag is not None:
            run.append(line)
        elif line:
            parts.append(kept.get(line) or _line(line, figures, tables))
    return "".join(parts)


def _list_tag(line: str) -> str:
    return "ul" if _ITEM["ul"].fullmatch(line) else "ol"


def _list(run: list[str]) -> str:
    tag = _list_tag(run[0])
    items = (_ITEM[tag].fullmatch(line) for line in run)
    return f"<{tag}>{''.join(f'<li><p>{escape(item[1])}</p></li>' for item in items if item)}</{tag}>"


def _line(line: str, figures: list[Block], tables: list[Block]) -> str:
    if (figure := _FIGURE.fullmatch(line)) and 0 < int(figure[1]) <= len(figures):
        return picture(figures[int(figure[1]) - 1], figure[2].strip(), (figure[3] or "").strip())
    if (table := _TABLE.fullmatch(line)) and 0 < int(table[1]) <= len(tables):
        return tables[int(table[1]) - 1].html
    if heading := _HEADING.fullmatch(line):
        tag = "h2" if heading[1] == "##" else "h3"
        return f"<{tag}>{escape(heading[2])}</{tag}>"
    return f"<p>{escape(line)}</p>"


def picture(block: Block, caption: str, alt: str) -> str:
    """A picture with the caption and the description it was given."""
    size = "".join(re.findall(r'\s(?:width|height)="\d+"', block.html))
    return (
        f'<figure><img src="/files/{block.token}" alt="{escape(alt)}"{size}>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
