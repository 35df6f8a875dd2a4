"""The text as plain typing, for a browser without script, and back again without losing anything.

One line is one paragraph. ``## `` begins a heading, ``- `` and ``1. `` a list, ``|甲|乙|`` is a row
of a new table, the first one its head. Pictures and tables there are stand as 【图1】 and 【表1】; their
lines keep their place and let captions be written.
"""

import re
from html import escape

from town_portal.submissions.rules.markup import Block, blocks

_FIGURE = re.compile(r"【图(\d+)】([^|｜]*)(?:[|｜](.*))?")
_TABLE = re.compile(r"【表(\d+)】")
_ITEM = {
    "ul": re.compile(r"[-•]\s+(.+)"),
    "ol": re.compile(r"\d+[.、]\s+(.+)"),
    "table": re.compile(r"[|｜](.+)[|｜]"),
}
_BETWEEN_CELLS = re.compile(r"[|｜]")
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
        tag = _run_tag(line)
        if run and tag != _run_tag(run[0]):
            parts.append(kept.get("\n".join(run)) or _run(run))
            run = []
        if tag is not None:
            run.append(line)
        elif line:
            parts.append(kept.get(line) or _line(line, figures, tables))
    return "".join(parts)


def _run_tag(line: str) -> str | None:
    """What a line is a part of: a list or a table; None for a line that stands alone."""
    return next((tag for tag, pattern in _ITEM.items() if pattern.fullmatch(line)), None)


def _run(run: list[str]) -> str:
    """The HTML of lines that belong together."""
    tag = _run_tag(run[0]) or ""
    items = [found[1] for line in run if (found := _ITEM[tag].fullmatch(line))]
    if tag == "table":
        head, *rows = ([escape(cell.strip()) for cell in _BETWEEN_CELLS.split(item)] for item in items)
        body = "".join(_row(row, "td") for row in rows)
        return f"<table><thead>{_row(head, 'th')}</thead><tbody>{body}</tbody></table>"
    return f"<{tag}>{''.join(f'<li><p>{escape(item)}</p></li>' for item in items)}</{tag}>"


def _row(cells: list[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


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
