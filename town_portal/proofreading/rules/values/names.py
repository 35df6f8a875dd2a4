"""Names 姓名职务: the posts of the town's leaders and their names, right or nearly right, in a text.

A post is known by its kind (书记, 副镇长, 组织委员 …) and by whose it is: a post of another town, of a
county, a village or a company is not the town's own. Posts side by side make one title
(镇党委副书记、镇长). Names are those of the roster; ``name_at`` and ``name_before`` also read a name that is
one slip away from one of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from town_portal.proofreading.rules.lexicon import Leader, Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.likeness import HAN, Likeness, differing, likeness_of, one_sign_open

_IS_HAN = re.compile(f"[{HAN}]+")
_PAST = r"{unless_in_a_name}原任?|(?<![会日之以目年节午当提生])前任?|时任|曾任|历任|首任"
_BODY = (
    r"(?:党委)?(?:纪委|纪检(?:监察)?)(?:常务)?(?P<discipline>副?书记)"
    r"|(?P<party>党工?委会?|党委|镇委|委)(?:专职|常务|第一)?(?P<secretary>副?书记)"
    r"|(?:常务|第一)?(?P<head>副?镇长)"
    r"|(?P<congress>人大(?:主席团)?)(?:专职|常务)?(?P<chair>副?主席)(?![台团令])"
    r"|(?:党委|镇委|委)?(?P<member>政法|组织|宣传|统战|纪检|武装)委员(?!会)"
    r"|(?:党委|镇委)(?P<plain_member>委员)(?!会)"
    r"|(?:专职)?(?P<bare>副?(?:书记(?![处员])|主席(?![台团令])))"
)
_OF_ANOTHER_BODY = frozenset("村支总部区局县市省乡校院司厂站所心会团联组队科室处社协企办班园场行区州")
_JOINT = re.compile(r"(?:、|兼任?|（兼）|\(兼\)| )?")
_OTHER_POST = re.compile(
    rf"、[{HAN}]{{2,10}}?(?:部长|主任|科员|调研员|代表|队长|组长|河长|林长|田长|会长|院长|校长|所长|站长|干事)"
)
BEFORE_NAME = re.compile(r"(?:一职)?(?:的)?(?:同志)?(?:——|[：: （(])?")
"""What may stand between a title and the name it belongs to."""
AFTER_NAME = re.compile(
    r"(?:同志)?(?:[：:（( ]|，(?=[^，。；、\n]{2,16}[，。；）])|现?任|担任|作为|当选为?|[是系为])?(?:职务[：:])?"
)
"""What may stand between a name and the title behind it."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post as written. ``kind`` is its plain name, without whose it is."""

    start: int
    end: int
    kind: str
    own: bool
    """Of this town, as far as one can see."""
    bare: bool = False
    """Without the body it belongs to: 书记, not 党委书记."""
    acting: bool = False
    past: str = ""
    """The word that makes it a former one: 原, 时任 …"""


@dataclass(frozen=True, slots=True)
class Title:
    """Posts side by side, as they stand before or behind one name."""

    start: int
    end: int
    posts: tuple[Post, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """What posts these are."""
        return frozenset(post.kind for post in self.posts)

    @property
    def own(self) -> bool:
        """Of this town: the first post says it for those behind it."""
        return self.posts[0].own

    @property
    def past(self) -> bool:
        """Said of former days."""
        return any(post.past for post in self.posts)


@dataclass(frozen=True, slots=True)
class Mention:
    """A leader's name in a text; ``exact`` unless a sign is wrong, missing, too many or out of place."""

    start: int
    end: int
    leader: Leader
    exact: bool = True


@kept_for_lexicon
def _post_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    county = f"(?:{re.escape(lexicon.county)})?" if lexicon.county else ""
    town = re.escape(lexicon.town)
    in_names = (leader.name[:-1] for leader in lexicon.leaders if leader.name.endswith("原"))
    past = _PAST.format(unless_in_a_name="".join(f"(?<!{re.escape(start)})" for start in in_names))
    return re.compile(
        rf"(?P<past>{past})?(?:中共)?{county}(?P<owner>{town}|[我本该]镇|镇)?(?:人民政府|政府)?"
        rf"(?P<past2>{past})?(?P<acting>代理?)?(?:{_BODY})"
    )


def posts(text: str, lexicon: Lexicon) -> list[Post]:
    """Every post in a text, in its order."""
    return [_post(match, text, lexicon) for match in _post_pattern(lexicon).finditer(text)]


def _post(match: re.Match[str], text: str, lexicon: Lexicon) -> Post:
    discipline, bare = match["discipline"], match["bare"]
    if discipline:
        kind = f"纪委{discipline}"
    elif match["chair"]:
        kind = f"人大{match['chair']}"
    elif match["member"]:
        kind = f"{match['member']}委员"
    elif match["plain_member"]:
        kind = "党委委员"
    elif bare and bare.endswith("主席"):
        kind = f"人大{bare}"
    else:
        kind = match["secretary"] or match["head"] or bare
    return Post(
        *match.span(),
        kind,
        own=_is_own(match, text, lexicon),
        bare=bool(bare) and not match["owner"],
        acting=bool(match["acting"]),
        past=match["past"] or match["past2"] or "",
    )


def _is_own(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    owner = match["owner"] or ("镇" if match["head"] else "")
    if owner in ("", "镇") and before.endswith(tuple(name[:-1] for name in lexicon.other_towns)):
        return False
    if owner in ("", "镇") and before.endswith(lexicon.other_towns):
        return False
    if owner == "镇" and before.endswith(("邻", "兄弟", "外", "各", "县", "市")):
        return before.endswith(lexicon.county or "县")
    return bool(owner) or before[-1:] not in _OF_ANOTHER_BODY


def titles(text: str, lexicon: Lexicon) -> list[Title]:
    """Every title in a text: posts joined by 、 or 兼, with what other posts stand behind them."""
    groups: list[list[Post]] = []
    for post in posts(text, lexicon):
        if groups and _JOINT.fullmatch(text, groups[-1][-1].end, post.start):
            groups[-1].append(post)
        else:
            groups.append([post])
    return [Title(group[0].start, _reach(text, group[-1].end), tuple(group)) for group in groups]


def _reach(text: str, end: int) -> int:
    """Where a title ends when posts that are nobody's here follow it, as in 镇长、二级调研员."""
    other = _OTHER_POST.match(text, end)
    return other.end() if other else end


@kept_for_lexicon
def _held(lexicon: Lexicon) -> dict[Leader, frozenset[str]]:
    return {
        leader: frozenset(post.kind for title in leader.titles for post in posts(title, lexicon))
        for leader in lexicon.leaders
    }


def kinds_held(leader: Leader, lexicon: Lexicon) -> frozenset[str]:
    """The kinds of post a leader holds by the roster."""
    return _held(lexicon)[leader]


def in_office(lexicon: Lexicon, day: date | None) -> list[Leader]:
    """The leaders of a day, in their order; without a day those of today."""
    return sorted((leader for leader in lexicon.leaders if leader.valid_on(day)), key=lambda leader: leader.order)


def exact_mentions(text: str, leaders: list[Leader]) -> list[Mention]:
    """Every place where a leader's name is written as in the roster."""
    found = [
        Mention(match.start(), match.end(), leader)
        for leader in leaders
        for match in re.finditer(re.escape(leader.name), text)
    ]
    return sorted(found, key=lambda mention: mention.start)


@kept_for_lexicon
def _one_sign_off(lexicon: Lexicon) -> re.Pattern[str] | None:
    """All names of three signs and more with any one sign left open."""
    return one_sign_open(leader.name for leader in lexicon.leaders if len(leader.name) > 2)


def near_mentions(text: str, lexicon: Lexicon, leaders: list[Leader]) -> Iterator[Mention]:
    """Every place with a leader's name in which one sign is another of a similar sound or shape."""
    pattern = _one_sign_off(lexicon)
    likeness = likeness_of(lexicon)
    for match in pattern.finditer(text) if pattern else ():
        written = match.group(1)
        for leader in leaders:
            if likeness.words_alike(written, leader.name) and differing(written, leader.name) == 1:
                yield Mention(match.start(), match.start() + len(written), leader, exact=False)


def name_at(text: str, place: int, kinds: frozenset[str], leaders: list[Leader], lexicon: Lexicon) -> Mention | None:
    """The leader's name that starts at a place behind a title of these kinds, right or one slip away."""
    for leader in leaders:
        if text.startswith(leader.name, place):
            return Mention(place, place + len(leader.name), leader)
    for size in (0, 1, -1):
        for leader in leaders:
            written = text[place : place + len(leader.name) + size]
            if _is_slip(written, leader, kinds, lexicon) and not (size < 0 and _goes_on(text, place, written, leader)):
                return Mention(place, place + len(written), leader, exact=False)
    return None


def name_before(
    text: str, place: int, kinds: frozenset[str], leaders: list[Leader], lexicon: Lexicon
) -> Mention | None:
    """The leader's name that ends at a place before a title of these kinds, right or one slip away."""
    for leader in leaders:
        if text.endswith(leader.name, 0, place):
            return Mention(place - len(leader.name), place, leader)
    for leader in leaders:
        start = place - len(leader.name)
        if start >= 0 and _is_slip(text[start:place], leader, kinds, lexicon):
            return Mention(start, place, leader, exact=False)
    return None


def _goes_on(text: str, place: int, written: str, leader: Leader) -> bool:
    """Is a name that lacks its last sign only the start of somebody else's?"""
    return leader.name.startswith(written) and text[place + len(written) : place + len(written) + 1] in "某氏"


def _is_slip(written: str, leader: Leader, kinds: frozenset[str], lexicon: Lexicon) -> bool:
    """Is this the leader's name with a slip? A title of his own leaves more room for one."""
    name, likeness = leader.name, likeness_of(lexicon)
    if not _IS_HAN.fullmatch(written):
        return False
    titled = bool(kinds & kinds_held(leader, lexicon))
    if len(written) == len(name):
        return _same_length_slip(written, name, likeness, titled=titled or (bool(kinds) and written[:1] == name[0]))
    longer, shorter = sorted((written, name), key=len, reverse=True)
    if not titled or len(longer) - len(shorter) != 1 or len(name) < 3:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _same_length_slip(written: str, name: str, likeness: Likeness, *, titled: bool) -> bool:
    wrong = differing(written, name) or 0
    if not wrong:
        return False
    if sorted(written) == sorted(name):
        return True
    if wrong == 1 and len(name) > 2:
        return titled or likeness.words_alike(written, name)
    return titled and wrong <= 2 and written[0] == name[0] and likeness.words_alike(written, name)
