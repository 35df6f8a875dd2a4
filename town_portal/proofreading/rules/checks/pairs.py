"""标点不成对: marks left open or never opened, the wrong way round, doubled, crossed or of two forms.

Every paragraph is matched for itself. A quotation that runs over several paragraphs opens each of them
and closes only the last; that is right and stays silent.
"""

import re
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.quotes import Pair, Pairing, Stray, pairings
from town_portal.proofreading.rules.writing import Writing

_NEAR = 40
"""Two strays farther apart than this are two faults."""
_UNDERLINED = 30
_WORDS = 12
_STOP = re.compile(r"[，。；！？、：,;!?\s]")
_STRAIGHT = re.compile('"')
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SPOKEN = re.compile(
    r"“[^。！？\n“”]{2,28}[。！？](?=[^，。；！？\n“”]{0,12}(?:说|道|表示|介绍|感慨|笑着|指着|告诉|一边))"
)
"""Words that somebody says, of which the closing mark is missing before who says them."""
_SENTENCE_END = "。！？…；：!?;:"
_FOLLOWING = 3
"""A pair may be broken over this many line ends."""

_NAMES = {
    "“": "引号",
    "‘": "单引号",
    "《": "书名号",
    "〈": "单书名号",
    "「": "引号",
    "『": "引号",
    "（": "括号",
    "【": "方括号",
}


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:  # noqa: ARG001 - marks need no names
    """Every place of a text where marks do not pair."""
    text = writing.plain
    paragraphs = pairings(text)
    for pairing, strays in zip(paragraphs, _strays(text, paragraphs), strict=True):
        straight = [match.start() for match in _STRAIGHT.finditer(text, pairing.start, pairing.end)]
        yield from _unmatched(writing, strays, straight)
        yield from _odd(writing, pairing, straight)
        yield from _mixed(writing, pairing)
        yield from _doubled(writing, pairing)
        yield from _crossed(writing, pairing)


def _strays(text: str, paragraphs: tuple[Pairing, ...]) -> list[list[Stray]]:
    """The strays of every paragraph that are truly without a partner."""
    left = [list(pairing.strays) for pairing in paragraphs]
    for place, pairing in enumerate(paragraphs):
        if not left[place] or not left[place][-1].opens:
            continue
        last = left[place][-1]
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if following and _runs_on(text, last, pairing, following):
            left[place].pop()
            continue
        for later in left[place + 1 : place + 1 + _FOLLOWING]:
            if later:
                if not later[0].opens and later[0].kind == last.kind:
                    left[place].pop()
                    later.pop(0)
                break
    return left


def _runs_on(text: str, stray: Stray, pairing: Pairing, following: Pairing) -> bool:
    """A quotation that goes on in the next paragraph, which opens it again."""
    if stray.sign != "“" or text[pairing.end - 1] not in _SENTENCE_END:
        return False
    reopened = following.end - len(text[following.start : following.end].lstrip())
    if text[reopened : reopened + 1] != "“":
        return False
    pair = next((pair for pair in following.pairs if pair.start == reopened), None)
    return pair is None or text[pair.close - 1] in _SENTENCE_END


def _unmatched(writing: Writing, strays: list[Stray], straight: list[int]) -> Iterator[Finding]:
    """One finding for every stray, or for two that are one fault."""
    waiting = deque(strays)
    while waiting:
        first = waiting.popleft()
        partner = waiting[0] if waiting and waiting[0].place - first.place <= _NEAR else None
        if partner and first.kind == partner.kind and abs(first.place - partner.place) > 1:
            waiting.popleft()
            said = f"{_NAMES[first.kind]}前后用反了，请改成一前一后。"
            yield _finding(writing, first.place, partner.place + 1, said)
        elif partner and first.kind != partner.kind and first.opens and not partner.opens:
            waiting.popleft()
            said = f"前面是“{first.sign}”，后面是“{partner.sign}”，两个标点不是一对，请改成一样的。"
            yield _finding(writing, first.place, partner.place + 1, said)
        else:
            yield _half_straight(writing, first, straight) or _alone(writing, first)


def _odd(writing: Writing, pairing: Pairing, straight: list[int]) -> Iterator[Finding]:
    """A straight quotation mark without its other half; inches and minutes are none."""
    text = writing.plain
    if pairing.strays or len(straight) % 2 == 0 or any(text[place - 1 : place].isdigit() for place in straight):
        return
    place = straight[-1]
    if _CHINESE.search(text, max(0, place - 1), place + 2):
        yield _finding(writing, place, place + 1, "引号只有一个，请补上另一半，并改用中文引号。")


def _alone(writing: Writing, stray: Stray) -> Finding:
    """A mark whose partner is missing, or stands twice."""
    text, place = writing.plain, stray.place
    name = _NAMES[stray.kind]
    if stray.sign in (text[place + 1 : place + 2], text[max(0, place - 1) : place]):
        said = f"{name}重复了，请删去多余的一个。"
    elif stray.opens:
        said = f"{name}只有前一半，请补上后一半。"
    else:
        said = f"{name}只有后一半，请补上前一半。"
    if stray.opens:
        spoken = _SPOKEN.match(text, place)
        if spoken:
            return _finding(writing, place, spoken.end(), said)
        stop = _STOP.search(text, place + 2, place + _WORDS)
        return _finding(writing, place, stop.start() if stop else min(len(text), place + _WORDS), said)
    start = max(0, place - _WORDS)
    stops = [match.end() for match in _STOP.finditer(text, start, max(start, place - 1))]
    return _finding(writing, stops[-1] if stops else start, place + 1, said)


def _half_straight(writing: Writing, stray: Stray, straight: list[int]) -> Finding | None:
    """A curved quotation mark whose partner was typed straight, or a 《 closed with >."""
    text = writing.plain
    window = range(stray.place + 1, stray.place + _NEAR) if stray.opens else range(stray.place - _NEAR, stray.place)
    if stray.kind == "“":
        places = [place for place in straight if place in window]
    elif stray.kind == "《":
        sign = ">" if stray.opens else "<"
        places = [place for place in window if 0 <= place < len(text) and text[place] == sign]
    else:
        return None
    if not places:
        return None
    start, end = sorted((stray.place, places[0] if stray.opens else places[-1]))
    return _finding(writing, start, end + 1, f"{_NAMES[stray.kind]}一半是中文的、一半是英文的，请统一用中文标点。")


def _mixed(writing: Writing, pairing: Pairing) -> Iterator[Finding]:
    for pair in pairing.pairs:
        if pair.mixed:
            said = f"前面是“{pair.opener}”，后面是“{pair.closer}”，请统一用中文标点。"
            yield _finding(writing, *_short(pair.start, pair.end), said)


def _doubled(writing: Writing, pairing: Pairing) -> Iterator[Finding]:
    """““…””: one pair directly inside another of the same form."""
    for outer, inner in pairwise(pairing.pairs):
        if inner.opener == outer.opener and inner.start == outer.start + 1 and inner.end == outer.close:
            said = f"{_NAMES.get(outer.opener, '括号')}重复了，请删去一层。"
            yield _finding(writing, *_short(outer.start, outer.end), said)


def _crossed(writing: Writing, pairing: Pairing) -> Iterator[Finding]:
    """“《…”》: a pair that is closed after the pair around it."""
    open_pairs: list[Pair] = []
    closing = {pair.close: pair for pair in pairing.pairs}
    opening = {pair.start: pair for pair in pairing.pairs}
    for place in sorted((*closing, *opening)):
        if place in opening:
            open_pairs.append(opening[place])
            continue
        outer = closing[place]
        inner = open_pairs[-1]
        if inner is outer:
            open_pairs.pop()
            continue
        open_pairs.remove(outer)
        start = outer.start if inner.end - outer.start <= _UNDERLINED else outer.close
        said = f"“{outer.opener}{outer.closer}”和“{inner.opener}{inner.closer}”交叉了，请让里面的先收尾。"
        yield _finding(writing, start, inner.end, said)


def _short(start: int, end: int) -> tuple[int, int]:
    """The whole stretch when it can be underlined at a glance, otherwise its last words."""
    return (start, end) if end - start <= _UNDERLINED else (end - _WORDS, end)


def _finding(writing: Writing, start: int, end: int, said: str) -> Finding:
    return writing.finding(Family.PUNCT_PAIR, start, end, said)
