"""From blocks to the page: the title apart, headings in two ranks, lists joined, everything written as HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from town_portal.files.rules.word.block import Block
from town_portal.files.rules.word.caption import usual_size
from town_portal.files.rules.word.numbering import MOST_LEVELS
from town_portal.files.rules.word.report import Tally
from town_portal.files.rules.word.words import Piece, escaped, plain, tidy

_TITLE_SIZE = 36  # half points: 小二
_LONGEST_TITLE = 80
_TITLE_PLACES = 8
_TITLE_LINES = 4
_SENTENCE_ENDS = ("。", "；", "！", "？", "：", "。”", "！”", "？”")
_LETTERHEAD = re.compile(r".{0,40}(?:文件|党委会议纪要|简报)")


def without_title(blocks: list[Block], tally: Tally) -> tuple[str, list[Block]]:
    """The title, and the blocks without it; the title is empty where none clearly is one.

    Words above it, as of a letterhead, stay and are told.

    A title is styled as one; or large and centred near the top; or centred, the first words, and bold or larger
    than the others; or the only first-rank heading and the first words.
    """
    start = next((place for place, block in enumerate(blocks) if block.style == "title"), None)
    if start is None:
        start = next(
            (place for place, block in enumerate(blocks[:_TITLE_PLACES]) if _large(block) and not _letterhead(block)),
            None,
        )
    if start is None and blocks and _stands_out(blocks[0], usual_size(blocks)):
        start = 0
    if start is None and blocks and _only_first_heading(blocks):
        return blocks[0].text.replace("\n", ""), blocks[1:]
    if start is None or any(block.kind == "table" for block in blocks[:start]):
        return "", blocks
    end = start + 1
    while end < min(len(blocks), start + _TITLE_LINES) and _goes_on(blocks[start], blocks[end]):
        end += 1
    title = "".join(block.text for block in blocks[start:end]).replace("\n", "")
    if len(title) > _LONGEST_TITLE:
        return "", blocks
    for block in blocks[:start]:
        if block.text:
            tally.meet("letterhead", block.text)
    return title, blocks[:start] + blocks[end:]


def with_lines_apart(blocks: list[Block], tally: Tally) -> list[Block]:
    """Paragraphs that were typed as lines of one paragraph, as on a phone, stand for themselves.

    A line ends a paragraph where it ends a sentence; lines of an address or a poem stay together.
    """
    out: list[Block] = []
    for block in blocks:
        parts = _sentences_apart(block.pieces) if block.kind == "text" and not block.align else [block.pieces]
        tally.met["lines"] += len(parts) - 1
        out += [block] if len(parts) == 1 else [_part(block, part, first=not n) for n, part in enumerate(parts)]
    return out


def _sentences_apart(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of a paragraph, cut at the line breaks that follow the end of a sentence."""
    parts: list[list[Piece]] = [[]]
    said = ""
    for piece in pieces:
        *lines, last = piece.text.split("\n")
        for line in lines:
            said += line
            if said.endswith(_SENTENCE_ENDS):
                parts[-1].append(replace(piece, text=line))
                parts.append([])
            else:
                parts[-1].append(replace(piece, text=f"{line}\n"))
        said += last
        parts[-1].append(replace(piece, text=last))
    found = [tidy(part) for part in parts]
    return [part for part in found if part]


def _part(block: Block, pieces: list[Piece], *, first: bool) -> Block:
    """One of the paragraphs a block falls into; the first keeps its number."""
    return Block("text", pieces, label=block.label if first else None, style=block.style)


def _large(block: Block) -> bool:
    return block.kind in ("text", "heading") and block.align == "center" and block.size >= _TITLE_SIZE


def _stands_out(block: Block, usual: int) -> bool:
    """The first words, centred and clearly not like the text that follows."""
    centred = block.kind in ("text", "heading") and block.align == "center" and not _letterhead(block)
    return centred and (block.size > usual or block.heading_like) and not block.text.endswith("。")


def _letterhead(block: Block) -> bool:
    return bool(_LETTERHEAD.fullmatch(block.text.replace("\n", "")))


def _goes_on(first: Block, block: Block) -> bool:
    """Whether a title goes on with this block: the same style, or as large and centred."""
    if first.style == "title":
        return block.style == "title"
    alike = block.size == first.size and block.heading_like == first.heading_like and block.align == "center"
    return alike and block.kind == first.kind


def _only_first_heading(blocks: list[Block]) -> bool:
    firsts = [block for block in blocks if block.kind == "heading" and block.level == 1 and block.style != "form"]
    return len(firsts) == 1 and firsts[0] is blocks[0] and not blocks[0].before


# -- lists


def settle_items(blocks: list[Block], tally: Tally) -> None:
    """Turn list items into paragraphs with written numbers where a page would count otherwise than Word."""
    for _ in range(MOST_LEVELS):
        wrong = {item.label.key for items in _groups(blocks) for item in _miscounted(items) if item.label is not None}
        for block in blocks:
            if block.kind == "item" and block.label is not None and block.label.key in wrong:
                block.kind = "text"
    for items in _groups(blocks):
        if _miscounted(items):
            for item in items:
                item.kind = "text"
    tally.met["numbers"] += sum(bool(block.before) for block in blocks)


def _groups(blocks: list[Block]) -> Iterable[list[Block]]:
    """Items that follow each other."""
    group: list[Block] = []
    for block in blocks:
        if block.kind == "item":
            group.append(block)
        elif group:
            yield group
            group = []
    if group:
        yield group


@dataclass(slots=True)
class _List:
    """A list as the page shows it: each item with the lists below it."""

    tag: str
    level: int
    items: list[tuple[Block, list["_List"]]] = field(default_factory=list)


def _lists(items: list[Block]) -> list[_List]:
    """Items as lists of two ranks at most."""
    lists: list[_List] = []
    for item in items:
        tag, level = _tag(item), item.label.level if item.label else 0
        if lists and level > lists[-1].level:
            _add(lists[-1].items[-1][1], item, tag, level)
        elif lists and (lists[-1].tag, lists[-1].level) == (tag, level):
            lists[-1].items.append((item, []))
        else:
            lists.append(_List(tag, level, [(item, [])]))
    return lists


def _add(below: list[_List], item: Block, tag: str, level: int) -> None:
    if below and below[-1].tag == tag:
        below[-1].items.append((item, []))
    else:
        below.append(_List(tag, level, [(item, [])]))


def _tag(item: Block) -> str:
    return "ol" if item.label is not None and item.label.kind == "number" else "ul"


def _miscounted(items: list[Block]) -> list[Block]:
    """Items whose number in Word is not their place on the page."""
    found = []
    lists = _lists(items)
    for each in [*lists, *(below for top in lists for _, belows in top.items for below in belows)]:
        if each.tag == "ol":
            found += [item for place, (item, _) in enumerate(each.items, 1) if item.label and item.label.count != place]
    return found


# -- writing


def written(blocks: list[Block]) -> str:
    """All blocks as HTML."""
    tops = _ranks(blocks)
    out: list[str] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.kind == "item":
            waiting.append(block)
            continue
        out += _list_html(waiting)
        waiting = []
        out.append(_block_html(block, tops))
    return "".join([*out, *_list_html(waiting)])


def _ranks(blocks: list[Block]) -> int:
    """The highest rank any styled heading has."""
    return min((block.level for block in blocks if block.kind == "heading" and block.style != "form"), default=1)


def _list_html(items: list[Block]) -> list[str]:
    return [_one_list(each) for each in _lists(items)]


def _one_list(each: _List) -> str:
    items = "".join(
        f"<li>{item.inside()}{''.join(_one_list(below) for below in belows)}</li>" for item, belows in each.items
    )
    return f"<{each.tag}>{items}</{each.tag}>"


def _block_html(block: Block, top: int) -> str:
    if block.kind == "table":
        return block.html
    if block.kind == "figure":
        image = f'<img src="picture:{block.picture}" alt="">'
        return f"<figure>{image}<figcaption>{escaped(block.caption)}</figcaption></figure>"
    place = f' class="ta-{block.align}"' if block.align else ""
    if block.kind == "heading":
        tag = "h2" if block.level <= (1 if block.style == "form" else top) else "h3"
        return f"<{tag}{place}>{block.inside(plain_marks=True)}</{tag}>"
    return f"<p{place}>{block.inside()}</p>"


def kept(title: str, blocks: list[Block]) -> list[str]:
    """What came over, counted."""
    kinds = [block.kind for block in blocks]
    captions = sum(bool(block.caption) for block in blocks if block.kind == "figure")
    links = {piece.link for block in blocks for piece in block.pieces if piece.link}
    lists = sum(len(_lists(group)) for group in _groups(blocks))
    lines = [
        (bool(title), f"标题：{title}"),
        (kinds.count("text"), f"段落 {kinds.count('text')} 段"),
        (kinds.count("heading"), f"小标题 {kinds.count('heading')} 个"),
        (lists, f"列表 {lists} 个"),
        (kinds.count("table"), f"表格 {kinds.count('table')} 个"),
        (kinds.count("figure"), f"图片 {kinds.count('figure')} 张（有说明的 {captions} 张）"),
        (len(links), f"链接 {len(links)} 个"),
    ]
    return [line for found, line in lines if found]


def deep_items(blocks: list[Block]) -> int:
    """How many items stood deeper than two ranks."""
    return sum(
        item.label is not None and item.label.level > below.level
        for group in _groups(blocks)
        for top in _lists(group)
        for _, belows in top.items
        for below in belows
        for item, _ in below.items
    )


def word_count(blocks: list[Block]) -> int:
    """How many characters of text there are."""
    return sum(len(plain(block.pieces)) + len(block.words) for block in blocks)
