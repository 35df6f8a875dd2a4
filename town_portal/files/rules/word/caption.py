"""Which words belong under which picture."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import takewhile

from town_portal.files.rules.word.block import Block

_LONGEST = 60
_LONGEST_CENTRED = 40
_BEGINS = re.compile(r"[（(]?(?:(?:附|配)?图(?![书纸谋案腾表])|照片|[▲△▼▽↑])")
_STYLES = {"caption", "题注", "图注", "图片说明"}
_SENTENCE_END = ("。", "；", "！", "？")


def begins_like_caption(text: str) -> bool:
    """Short words that begin like a caption: 图, 照片, ▲."""
    return len(text) <= _LONGEST and bool(_BEGINS.match(text))


def usual_size(blocks: list[Block]) -> int:
    """The size most of the words have, in half points."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.text) if block.kind == "text" else 0
    return sizes.most_common(1)[0][0] if sizes else 0


def _below(block: Block, usual: int) -> bool:
    """Whether a paragraph right under a picture is its caption."""
    if block.kind != "text" or block.style == "title" or block.label is not None:
        return False
    if begins_like_caption(block.text) or (block.style in _STYLES and not block.text.startswith("表")):
        return True
    short = len(block.text) <= _LONGEST_CENTRED and not block.text.endswith(_SENTENCE_END)
    return short and block.align == "center" and block.size <= usual and not block.heading_like


def _above(block: Block) -> bool:
    """Whether a paragraph right above a picture is its caption."""
    return (
        block.kind == "text"
        and block.label is None
        and begins_like_caption(block.text)
        and not block.text.endswith(_SENTENCE_END)
    )


def _stretch(blocks: list[Block], start: int, wanted: Callable[[Block], bool]) -> list[Block]:
    """The blocks from a place on, as long as they are wanted."""
    return list(takewhile(wanted, (blocks[place] for place in range(start, len(blocks)))))


def _open_figure(block: Block) -> bool:
    return block.kind == "figure" and not block.caption


def with_captions(blocks: list[Block]) -> list[Block]:
    """The blocks with captions moved into their pictures.

    As many captions as pictures in a row: one each. Otherwise the last picture takes the first caption.
    """
    usual = usual_size(blocks)
    out: list[Block] = []
    place = 0
    while place < len(blocks):
        if not _open_figure(blocks[place]):
            out.append(blocks[place])
            place += 1
            continue
        figures = _stretch(blocks, place, _open_figure)
        place += len(figures)
        captions = _stretch(blocks, place, lambda block: _below(block, usual))[: len(figures)]
        if len(captions) == len(figures):
            pairs = list(zip(figures, captions, strict=True))
        else:
            captions = captions[:1]
            pairs = [(figures[-1], caption) for caption in captions]
        if not captions and out and _above(out[-1]):
            pairs = [(figures[0], out.pop())]
        for figure, caption in pairs:
            figure.caption = caption.text.replace("\n", " ")
        out += figures
        place += len(captions)
    return out
