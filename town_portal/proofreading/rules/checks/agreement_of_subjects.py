"""前后不一致: what an item is about, told in two ways - 砂糖橘 in the title, 荔枝 in the body.

Things of one sort stand in ``data/sorts.csv``: a thing (``words``), its sort (``right``) and the other words
that show it to be spoken of (``note``). A title that names one thing of a sort has a body that names it
too; if the body never does, but opens with another thing of that sort, one of them is left from another
item. The same holds for the town's rivers and roads, and for the offices of the county.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from town_portal.proofreading.rules.checks.agreement import LONGEST
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.values.likeness import in_order
from town_portal.proofreading.rules.writing import Writing

SORTS = "sorts"
"""Kind of terms: things, with their sort and the other words for them."""

_OPENING = 150
"""Where a body says what it is about."""
_PLACE = "地点"
_OFFICE = re.compile(
    r"(?P<rank>[县市省])(?P<name>[\u4e00-\u9fff]{2,9}?(?:局|委员会|联合会|检察院|法院|供电局|消防救援大队))"
)
Sort = dict[str, tuple[str, ...]]


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """The thing, the river or the office a body is about where its title says another."""
    if writing.is_title or not writing.title or len(writing.plain) > LONGEST:
        return
    sorts = dict(_sorts(lexicon.of(SORTS, writing.day)))
    sorts[_PLACE] = dict.fromkeys(lexicon.places, ())
    for things in sorts.values():
        yield from _other_thing(writing, things)
    yield from _other_office(writing)


@lru_cache(maxsize=4)
def _sorts(terms: tuple[Term, ...]) -> tuple[tuple[str, Sort], ...]:
    sorts: dict[str, Sort] = {}
    for term in terms:
        sorts.setdefault(term.right, {})[term.words] = tuple(term.note.split())
    return tuple(sorts.items())


def _other_thing(writing: Writing, things: Sort) -> Iterator[Finding]:
    titled = _named(writing.title, things)
    if len(titled) != 1:
        return
    ((stated, _),) = titled.items()
    spoken_of = (stated, *things[stated])
    text = writing.plain
    if any(word in text for word in spoken_of):
        return
    told = {
        thing: place
        for thing, place in _named(text[:_OPENING], things).items()
        if not any(word in writing.title for word in (thing, *things[thing])) and not _in_a_table(text, place)
    }
    if len(told) == 1:
        ((thing, place),) = told.items()
        said = f"标题写的是{stated}，正文没有提到，写的是{thing}，请核对。"
        yield writing.finding(Family.INCONSISTENT, place, place + len(thing), said)


def _in_a_table(text: str, place: int) -> bool:
    """Does a place of a text stand in a row of a table, which names many things?"""
    end = text.find("\n", place)
    return "|" in text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _named(text: str, things: Sort) -> dict[str, int]:
    """The things a text names, the longer before the shorter they contain, with their first places."""
    found: dict[str, int] = {}
    for thing in sorted(things, key=len, reverse=True):
        place = text.find(thing)
        if place >= 0 and not any(thing in longer for longer in found):
            found[thing] = place
    return found


def _other_office(writing: Writing) -> Iterator[Finding]:
    """县农业农村局 in the title, and the body opens with 县林业局."""
    text = writing.plain
    titled, told = (
        {match.group(): match for match in _OFFICE.finditer(words)} for words in (writing.title, text[:_OPENING])
    )
    if len(titled) != 1 or len(told) != 1:
        return
    (stated, one), (name, other) = next(iter(titled.items())), next(iter(told.items()))
    if one["rank"] != other["rank"] or one["name"][:2] in text or in_order(stated, name) or in_order(name, stated):
        return
    yield writing.finding(Family.INCONSISTENT, *other.span(), f"标题写的是{stated}，正文写的是{name}，请核对。")
