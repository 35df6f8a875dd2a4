"""与旧稿雷同: a text most of which stands in an earlier item, with the same facts.

The words are compared without figures and places; if then the days, figures, places or people differ, it
is another event told in the same form (an annual event, a template), and nothing is said.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.facts import chinese_number, people
from town_portal.proofreading.rules.writing import Writing

_SHORTEST = 16
"""A text under this many signs is like others by chance."""
_CONTAINED = 0.7
_SAMPLES = 16
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?|[一二两三四五六七八九]{0,3}[十百千][零一二三四五六七八九十百]{0,6}|[一二两三四五六七八九十](?=[月日号届期季周支名位人户个亩株棵条批场份年])"
)
_SEASON = re.compile(
    r"春节|元宵|清明|端午|中秋|重阳|国庆|元旦|冬至|七夕|[春夏秋冬]季|上半年|下半年|[上下]午|[上中下]旬|星期.|周[一二三四五六日]"
)
_QUOTED = re.compile(r"[“《]([^”》\n]{2,40})[”》]")
_VILLAGE = re.compile(
    r"[\u4e00-\u9fff][^\W\d_乡农全各本该我驻的了地过个着](?:村|社区|小学|中学|幼儿园|圩)(?![民委级容务])"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """At most one finding: the whole text, when an earlier item already says it."""
    text = writing.plain
    if writing.is_title or not writing.prior:
        return
    grams = _grams(text)
    if len(grams) < _SHORTEST - 2:
        return
    for prior in writing.prior:
        earlier = _words(prior)
        if _contained(grams, earlier) >= _CONTAINED and _same_facts(text, prior, lexicon):
            said = f"这篇和以前的稿件“{_opening(prior)}”大部分相同，请核对是不是重复报送。"
            yield writing.finding(Family.NEAR_DUP, 0, len(text), said)
            return


def _grams(text: str) -> list[str]:
    """Every stretch of three signs of the words of a text."""
    signs = _words(text)
    return sorted({signs[place : place + 3] for place in range(len(signs) - 2)})


@lru_cache(maxsize=2048)
def _words(text: str) -> str:
    """A text without its marks, and with every figure as a bare sign for one."""
    return _SIGNS.sub("", _FIGURE.sub("0", text))


def _contained(grams: list[str], earlier: str) -> float:
    """The share of the stretches that an earlier text holds; 0 when a few samples already show that it is low."""
    step = max(1, len(grams) // _SAMPLES)
    samples = grams[::step]
    if 2 * sum(gram in earlier for gram in samples) < len(samples):
        return 0
    return sum(gram in earlier for gram in grams) / len(grams)


def _same_facts(text: str, prior: str, lexicon: Lexicon) -> bool:
    """No kind of fact is replaced: each text has one the other has not."""
    return not any(
        ours - theirs and theirs - ours
        for ours, theirs in zip(_facts(text, lexicon), _facts(prior, lexicon), strict=True)
    )


def _facts(text: str, lexicon: Lexicon) -> tuple[set[str], ...]:
    """Figures, seasons, places, people, and what is quoted."""
    figures = {_plain_figure(figure) for figure in _FIGURE.findall(text)}
    places = {name for name in (*lexicon.villages, *lexicon.communities) if name in text}
    places |= set(_VILLAGE.findall(text))
    named = {person.name for person in people(text)} | {one.name for one in lexicon.leaders if one.name in text}
    return figures, set(_SEASON.findall(text)), places, named, set(_QUOTED.findall(text))


def _plain_figure(figure: str) -> str:
    value = None if figure[0].isdigit() else chinese_number(figure)
    return figure if value is None else str(value)


def _opening(prior: str) -> str:
    words = " ".join(prior.split())
    return words if len(words) <= _SHORTEST else words[:_SHORTEST] + "…"
