"""领导姓名职务: leaders' names and titles against the roster of the publish date.

Found: a name with a wrong, missing, surplus or misplaced sign beside a title, in a list of leaders or
before what only leaders do; a title that is not his; 原 or 代 before a title he holds; somebody whose
term is over, or has not begun; surname and title (钟书记) that fit nobody; leaders listed against their order.

Silent: ordinary namesakes, posts of other towns, villages and offices, former posts said to be former.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Leader, Lexicon
from town_portal.proofreading.rules.values.likeness import HAN
from town_portal.proofreading.rules.values.names import (
    AFTER_NAME,
    BEFORE_NAME,
    Mention,
    Post,
    Title,
    exact_mentions,
    in_office,
    kinds_held,
    name_at,
    name_before,
    near_mentions,
    titles,
)
from town_portal.proofreading.rules.values.stretches import Stretches, sentence_at
from town_portal.proofreading.rules.writing import Writing

_LIST_JOINT = re.compile(r"(?:同志)?[）)]?(?:、|，|,|和|及|以及| +)(?!分别)")
_LEADS = re.compile(
    r"同志(?![们的])|(?:同志)?(?:(?:一行)?[在到赴][^，。；\n]{2,14})??(?:强调|指出|要求|主持|率队|带队|部署|督导|检查|慰问|讲话|致辞|宣讲|调研|深入|到会|传达|作[了动总讲]|一行(?:深入|来到|走进|前往|先后|实地))"
)
_ORDINARY = re.compile(
    r"(?:村民|群众|居民|老师|医生|护士|同学|学生|记者|选手|队员|师傅|大爷|大妈|阿姨|老人|户|者|员|生|支书|主任"
    r"|理事长|经理|老板|厂长|校长|所长|队长|代表|商户|司机|名叫|叫做|叫|农民|工人|孩子|儿子|女儿|先生|女士)[“‘]?$"
)
_RESPECTIVE = re.compile(r"分别|值班|带班|轮值|轮流|依次|姓氏笔画|抽签|第[一二三四五六七八九十\d]+[组名]")
_ANOTHER_OFFICE = re.compile(r"[村县市省区局校司院厂会老小大姓]$")
_SURNAMED = "副?(?:书记|镇长|主席)"
_GRASS_ROOTS = re.compile(r"支书|支部书记|总支(?:部)?书记|村书记|第一书记|村党")
_IN_THOSE_DAYS = re.compile(r"期间|时(?!候?表示)|以来|之前|的时候")
_AS = re.compile(r"(?:作为|身为|担任)$")
_WORDS_WITH_SURNAME = ("任何", "如何", "为何", "模范", "示范", "师范", "规范", "不曾", "未曾", "张罗")
_HEADS = frozenset({"书记", "镇长", "人大主席", "纪委书记"})
_LONGEST_LIST = 90


@dataclass(frozen=True, slots=True)
class _Person:
    """A leader in the text with the title that belongs to him, before or behind his name."""

    mention: Mention
    title: Title | None
    start: int
    end: int


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Names and titles of leaders that do not agree with the roster of the day."""
    if not lexicon.leaders:
        return
    people = _people(writing.plain, lexicon, writing.day)
    for place, person in enumerate(people):
        if not person.mention.exact:
            yield _misspelt(person, writing)
        yield from _wrong_title(people, place, writing, lexicon)
    yield from _out_of_order(people, writing)
    yield from _wrong_address(people, writing, lexicon)


def _people(text: str, lexicon: Lexicon, day: date | None) -> list[_Person]:
    """Every leader in the text, in order, each place once."""
    leaders = _candidates(lexicon, day)
    found: list[_Person] = []
    taken = Stretches(len(text))

    def keep(person: _Person | None) -> None:
        if person and not taken.touch(person.mention.start, person.mention.end):
            taken.add(person.mention.start, person.mention.end)
            found.append(person)

    written = titles(text, lexicon)
    for title in written:
        keep(_named_after(text, title, leaders, lexicon) or _named_before(text, title, leaders, lexicon))
    for mention in exact_mentions(text, leaders):
        keep(_alone(mention))
    others = {title.end + gap for title in written if not title.own for gap in (0, 1)}
    near = [mention for mention in near_mentions(text, lexicon, leaders) if mention.start not in others]
    for mention in _meant_for_leaders(text, near, found):
        keep(_alone(mention))
    return sorted(found, key=lambda person: person.mention.start)


_ROW = re.compile(r"[|\s]*(?:\d+\s*[|\t]\s*)?(?P<name>[\u4e00-\u9fff]{2,4})\s*[|\t]\s*")
"""The cells of a table before a title: a number at most, and a name."""


def _candidates(lexicon: Lexicon, day: date | None) -> list[Leader]:
    """Those in office first, then those whose names are known from other days; each name once."""
    current = in_office(lexicon, day)
    names = {leader.name for leader in current}
    return current + [leader for leader in lexicon.leaders if leader not in current and leader.name not in names]


def _alone(mention: Mention) -> _Person:
    return _Person(mention, None, mention.start, mention.end)


def _named_after(text: str, title: Title, leaders: list[Leader], lexicon: Lexicon) -> _Person | None:
    if text.startswith(" ", title.end) and name_before(text, title.start - 1, title.kinds, leaders, lexicon):
        return None  # A table: 黎文澍 镇党委书记 钟启桓 镇长.
    gap = BEFORE_NAME.match(text, title.end)
    places = {title.end, gap.end() if gap else title.end, title.posts[-1].end}
    if text.startswith("，", title.end) and _AS.search(text[max(0, title.start - 2) : title.start]):
        places.add(title.end + 1)
    kinds = title.kinds if title.own else frozenset[str]()
    found = [mention for place in sorted(places) if (mention := name_at(text, place, kinds, leaders, lexicon))]
    mention = next((one for one in found if one.exact), found[0] if found and title.own else None)
    return _Person(mention, title, title.start, mention.end) if mention else None


def _named_before(text: str, title: Title, leaders: list[Leader], lexicon: Lexicon) -> _Person | None:
    row = _ROW.fullmatch(text, text.rfind("\n", 0, title.start) + 1, title.start)
    in_row = name_before(text, row.end("name"), title.kinds, leaders, lexicon) if row else None
    if in_row:
        return _Person(in_row, title, in_row.start, title.end)
    for place in range(title.start, max(0, title.start - 8), -1):
        gap = AFTER_NAME.fullmatch(text, place, title.start)
        mention = name_before(text, place, title.kinds, leaders, lexicon) if gap else None
        if mention:
            return _Person(mention, title, mention.start, title.end)
    return None


def _meant_for_leaders(text: str, near: list[Mention], found: list[_Person]) -> list[Mention]:
    """Of names one sign off those meant for a leader: beside other leaders, in a leader's place, or spelt right elsewhere."""
    ordinary = {
        text[mention.start : mention.end]
        for mention in near
        if _ORDINARY.search(text[max(0, mention.start - 6) : mention.start])
    }
    named = {person.mention.leader.name for person in found if person.mention.exact}
    starts, ends = {person.start for person in found}, {person.end for person in found}
    return [
        mention
        for mention in near
        if text[mention.start : mention.end] not in ordinary
        and (mention.leader.name in named or _listed(text, mention, starts, ends) or _acts_as_leader(text, mention))
    ]


def _listed(text: str, mention: Mention, starts: set[int], ends: set[int]) -> bool:
    """Is a name in a list with leaders? ``starts`` and ``ends`` are where these stand."""
    return any(
        (mention.start - gap in ends and _LIST_JOINT.fullmatch(text, mention.start - gap, mention.start))
        or (mention.end + gap in starts and _LIST_JOINT.fullmatch(text, mention.end, mention.end + gap))
        for gap in range(1, 5)
    )


def _acts_as_leader(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 4) : mention.start]
    return bool(_LEADS.match(text, mention.end)) or before.endswith(("镇领导", "班子成员"))


def _followers(people: list[_Person], place: int, text: str) -> Iterator[Leader]:
    """Those who are listed behind a leader without a title of their own."""
    last = people[place]
    for other in people[place + 1 :]:
        if other.title is not None or not _LIST_JOINT.fullmatch(text, last.end, other.start):
            return
        yield other.mention.leader
        last = other


def _misspelt(person: _Person, writing: Writing) -> Finding:
    mention, name = person.mention, person.mention.leader.name
    written = writing.plain[mention.start : mention.end]
    return writing.finding(
        Family.PERSON_TITLE,
        mention.start,
        mention.end,
        f"名录里是“{name}”，这里写的是“{written}”，请核对姓名。",
        name if len(name) == len(written) else None,
    )


def _wrong_title(people: list[_Person], place: int, writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    person = people[place]
    title, leader = person.title, person.mention.leader
    if title is None or not _own(title, person.mention) or _IN_THOSE_DAYS.match(writing.plain, title.end):
        return
    complaint = _complaint(title, leader, lexicon, writing.day)
    if not complaint:
        return
    shared = len(title.posts) > 1 and any(
        kinds_held(other, lexicon) & title.kinds for other in _followers(people, place, writing.plain)
    )
    if not shared:
        yield writing.finding(Family.PERSON_TITLE, person.start, person.end, complaint)


def _own(title: Title, mention: Mention) -> bool:
    """Is the title of this town? Behind a name, the name is what stands before the post."""
    if title.own or mention.end <= title.start:
        return title.posts[0].own or title.posts[0].bare
    return False


def _complaint(title: Title, leader: Leader, lexicon: Lexicon, day: date | None) -> str | None:
    """What is wrong with this leader under this title on this day."""
    held = kinds_held(leader, lexicon)
    full = "、".join(leader.titles)
    if not leader.valid_on(day):
        if title.past or not title.kinds & held:
            return None
        return f"按名录，{leader.name}在发布之日不任{full}，请核对姓名和职务。"
    if title.past:
        if any(post.past.startswith(("原", "前")) and post.kind in held for post in title.posts):
            return f"按名录，{leader.name}现任{full}，不应写“原”，请核对。"
        return None
    if any(post.acting and post.kind in held for post in title.posts):
        return f"按名录，{leader.name}已任{full}，不应写“代”，请核对。"
    if any(not _fits(post, held, lexicon, day) for post in title.posts):
        return f"按名录，{leader.name}是{full}，这里的职务不对，请核对。"
    return None


def _fits(post: Post, held: frozenset[str], lexicon: Lexicon, day: date | None) -> bool:
    """Is a post his, or one of which the roster knows nothing?"""
    if post.kind in held or (post.bare and post.kind == "书记" and "纪委书记" in held):
        return True
    known = {kind for leader in in_office(lexicon, day) for kind in kinds_held(leader, lexicon)}
    return post.kind not in known and post.kind.replace("副", "") not in held


def _out_of_order(people: list[_Person], writing: Writing) -> Iterator[Finding]:
    """Lists of leaders whose order is not the roster's."""
    run: list[_Person] = []
    for person in [*people, None]:
        if person and run and _LIST_JOINT.fullmatch(writing.plain, run[-1].end, person.start):
            run.append(person)
            continue
        yield from _judge_order(run, writing)
        run = [person] if person else []


def _judge_order(run: list[_Person], writing: Writing) -> Iterator[Finding]:
    orders = [person.mention.leader.order for person in run]
    if orders == sorted(orders) or len(set(orders)) != len(orders):
        return
    first = next(place for place, order in enumerate(orders) if order > min(orders[place:]))
    last = next(place for place in range(len(orders) - 1, -1, -1) if orders[place] < max(orders[: place + 1]))
    start, end = run[first].start, run[last].end
    if end - start > _LONGEST_LIST or _RESPECTIVE.search(sentence_at(writing, start)[1]):
        return
    right = "、".join(person.mention.leader.name for person in sorted(run, key=lambda one: one.mention.leader.order))
    yield writing.finding(Family.PERSON_TITLE, start, end, f"领导排序与名录不符，名录的次序是：{right}，请核对。")


def _wrong_address(people: list[_Person], writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Surname and title, as in 钟书记, of a post that nobody of this surname holds."""
    text = writing.plain
    by_surname: dict[str, list[Leader]] = {}
    for leader in in_office(lexicon, writing.day):
        by_surname.setdefault(leader.name[0], []).append(leader)
    named = {person.mention.leader.name[0] for person in people}
    if not by_surname:
        return
    namesakes = {surname for surname in by_surname if _has_own_name(text, surname, lexicon)}
    grass_roots = bool(_GRASS_ROOTS.search(text))
    for match in re.finditer(f"(?P<surname>[{''.join(by_surname)}])(?P<post>{_SURNAMED})", text):
        surname, post = match["surname"], match["post"]
        if any(_may_be_called(leader, post, lexicon) for leader in by_surname[surname]):
            continue
        if surname in namesakes or _of_somebody_else(text, match, lexicon):
            continue
        if surname not in named and grass_roots and post.endswith("书记"):
            continue
        holders = "、".join(f"{leader.name}（{'、'.join(leader.titles)}）" for leader in by_surname[surname])
        yield writing.finding(
            Family.PERSON_TITLE, match.start(), match.end(), f"名录里没有“{match.group()}”，只有{holders}，请核对。"
        )


def _may_be_called(leader: Leader, post: str, lexicon: Lexicon) -> bool:
    """May one call him so to his face? A deputy is called without 副, unless he heads something himself."""
    held = {kind.removeprefix("纪委").removeprefix("人大") for kind in kinds_held(leader, lexicon)}
    heads = bool(kinds_held(leader, lexicon) & _HEADS)
    return post in held or (not heads and f"副{post}" in held)


def _of_somebody_else(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """May this be a namesake: of a village, another town or office, or no name at all?"""
    before = text[max(0, match.start() - 12) : match.start()]
    if (before + match["surname"]).endswith(_WORDS_WITH_SURNAME) or _ANOTHER_OFFICE.search(before):
        return True
    return any(name[:-1] in before for name in lexicon.other_towns)


def _has_own_name(text: str, surname: str, lexicon: Lexicon) -> bool:
    """Does the text name somebody of this surname with a title who is no leader of this town?"""
    names = {leader.name for leader in lexicon.leaders if leader.name[0] == surname}
    return any(f"{surname}{match['given']}" not in names for match in _titled(surname).finditer(text))


@cache
def _titled(surname: str) -> re.Pattern[str]:
    """Somebody of a surname after a title."""
    return re.compile(rf"(?:书记|支书|主任|镇长|主席){surname}(?P<given>[{HAN}]{{2}})")
