"""地名: villages, communities, rivers and roads that are nearly, but not quite, those of the roster.

Found: one sign of a similar sound or shape (凌塘村), signs in the wrong order (塘菱村), a name without one
of its signs in a list of villages (脉塘村、洛村), 社区 for a village and 村 for a community, 居委会 of a village,
a community that the town has not got, a road of another class or number on the town's own stretch,
a neighbouring town misspelt (径头镇).

Silent: places of other towns and counties, ordinary words before 村 (高龄村民, 联合村委会), counted villages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.likeness import HAN, Likeness, differing, likeness_of, one_sign_open
from town_portal.proofreading.rules.values.stretches import sentence_at
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing

_SUFFIX = re.compile(r"村|社区|小学|幼儿园|卫生站|党群服务中心|经联社|经济联合社|党总支")
_OF_A_VILLAGE = frozenset("民庄委里级集干组道容貌务落口居户医规两群")
"""What makes 村 the start of a word of its own: 村民, 村委会, 村干部."""
_REACH = 160
"""How far before a place another town's name still counts."""
_TO_A_PLACE = re.compile(r"(?:[在到赴于往至从]|来自|走进|深入|位于|途经|抵达|前往)$")
_NEVER_NAMING = frozenset("为位委在对和于与是把被从到由了的各全该本我其同及向给以这那每某两几多有等个名会让将请")
_NEVER_CLOSING = frozenset("在对和于与是把被从到由了的各全该本我其同及每某两几多有等个名")
"""Signs that say something before, or between, names and are no part of one, first or last."""
_NUMERAL = frozenset("〇零一二三四五六七八九十百两几廿")
_SUFFIX_ALIKE = ({"圩", "墟", "虚"}, set("河江冮湖溪涌"), {"库", "厍"})
_FOREIGN = re.compile(rf"[{HAN}]{{1,5}}(?:镇|乡|街道|县|市)(?:的)?(?:[{HAN}]{{2,3}}(?:村|社区)[、和及与])*$")
_GENERIC = re.compile(r"(?:[我本该各全两城集圩村古名重小]镇|[城本]?乡|[我本该各全]县|[我本该各全城都]市|市县|县市)$")
_LIST = re.compile(rf"[{HAN}]{{1,6}}(?:、[{HAN}]{{1,6}})+")
_OF_PLACES = re.compile(r"村|等地")
_LIST_END = re.compile(r"(?:等|[两二三四五六七八九十]个?村|村|社区).*$")
_ROAD = re.compile(
    r"(?<![\d.])(?:[GgSsXx](?P<coded>\d{3})(?!\d)|(?P<class>国道|省道|县道|乡道)?(?P<number>\d{3})(?P<behind>国道|省道|县道|乡道)?)"
)
_FAR = re.compile(r"[省市县]|广州|英德|从化|高速|转入?|换乘|[一二两三四五六七八九十几多\d]条")
_THROUGH_US = re.compile(
    r"穿(?:过|越)?(?:[我本全]?镇|镇域|镇区|圩镇)(?:而过)?的$|(?:[我本]镇|辖区|镇域)境?内的?$|[途流]?经过?[我本]镇的$"
)
_RANKS = frozenset(["", *"镇县市乡区、，。"])
_ORDINARY_USE = 50
_INVENTED = r"(?P<stem>[{han}]{{2,4}})社区(?P<body>居民?委员?会|党总支|党委|党支部)"
_NOT_A_NAME = re.compile(r"[各两个本该全辖区等些有一二三四五六七八九十]|所属|城乡|农村")


@dataclass(frozen=True)
class _Roster:
    """The town's places, ready to be compared with."""

    villages: frozenset[str]
    communities: frozenset[str]
    stems: tuple[str, ...]
    near_stems: re.Pattern[str] | None
    near_places: re.Pattern[str] | None
    near_towns: re.Pattern[str] | None
    roads: frozenset[str]


@kept_for_lexicon
def _roster(lexicon: Lexicon) -> _Roster:
    villages = frozenset(name.removesuffix("村") for name in lexicon.villages)
    communities = frozenset(name.removesuffix("社区") for name in lexicon.communities)
    stems = tuple(dict.fromkeys(chain(villages, communities)))
    return _Roster(
        villages,
        communities,
        stems,
        one_sign_open(stem for stem in stems if len(stem) > 1),
        one_sign_open(place for place in lexicon.places if not place[0].isdigit()),
        one_sign_open(town[:-1] for town in lexicon.other_towns),
        frozenset(found.group() for place in lexicon.places if (found := re.match(r"\d{3}(?=国道|省道|县道)", place))),
    )


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Names of places that are nearly those of the roster, or of a kind the roster does not know."""
    yield from _misspelt_villages(writing, lexicon)
    yield from _listed_villages(writing, lexicon)
    yield from _wrong_kind(writing, lexicon)
    yield from _invented(writing, lexicon)
    yield from _misspelt_places(writing, lexicon)
    yield from _misspelt_towns(writing, lexicon)
    yield from _roads(writing, lexicon)


def _misspelt_villages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    text, roster = writing.plain, _roster(lexicon)
    lengths = {len(stem) for stem in roster.stems}
    for suffix in _SUFFIX.finditer(text):
        for length in lengths:
            start = suffix.start() - length
            stem = text[start : suffix.start()] if start >= 0 else ""
            meant = _meant(stem, roster.stems, likeness_of(lexicon)) if stem else None
            if not meant or _belongs_elsewhere(text, start, lexicon) or not _is_name(text, start, suffix):
                continue
            kind = suffix.group() if suffix.group() in ("村", "社区") else ""
            yield _near(writing, start, start + length + len(kind), meant + kind)


def _meant(stem: str, stems: tuple[str, ...], likeness: Likeness) -> str | None:
    """The roster's name that is meant by one nearly like it; None when it is one itself, or could be several."""
    if stem in stems or set(stem) <= _NUMERAL:
        return None
    meant = [own for own in stems if _is_slip(stem, own, likeness)]
    return meant[0] if len(meant) == 1 else None


def _is_slip(stem: str, own: str, likeness: Likeness) -> bool:
    wrong = differing(stem, own)
    if not wrong or (stem[0] != own[0] and stem[0] in _NEVER_NAMING):
        return False
    if stem[-1] != own[-1] and stem[-1] in _NEVER_CLOSING and sorted(stem) != sorted(own):
        return False
    if sorted(stem) == sorted(own):
        return True
    return wrong == 1 and likeness.words_alike(stem, own)


def _is_name(text: str, start: int, suffix: re.Match[str]) -> bool:
    """Is it a name that stands there? An ordinary word must stand where only a place can."""
    stem = text[start : suffix.start()]
    if text[start - 1 : start] not in _RANKS and vocabulary().use(text[start - 1 : start + 1]) >= _ORDINARY_USE:
        return False
    tag = vocabulary().tag(stem)
    if not tag or tag in ("ns", "nr", "nz", "nrt", "nrfg") or vocabulary().use(stem) < 10:
        return True
    if suffix.group() not in ("村", "社区") or text[suffix.end() : suffix.end() + 1] in _OF_A_VILLAGE:
        return False
    before = text[max(0, start - 6) : start]
    return not before or before[-1] in "，。、；：“（\n " or bool(_TO_A_PLACE.search(before)) or before.endswith("镇")


def _belongs_elsewhere(text: str, start: int, lexicon: Lexicon) -> bool:
    """Is the place behind one of another town, county or city, or in a list of such?"""
    sentence = re.split(r"[。；\n]", text[max(0, start - _REACH) : start])[-1]
    last_own = max(sentence.rfind(name) for name in (lexicon.town, "我镇", "全镇") if name)
    if any(sentence.rfind(town) > last_own for town in lexicon.other_towns):
        return True
    found = _FOREIGN.search(sentence)
    if not found or _GENERIC.search(found.group()):
        return False
    own = (lexicon.town, lexicon.town_full, lexicon.county, lexicon.city)
    return not any(name in found.group() for name in own if name)


def _near(writing: Writing, start: int, end: int, right: str) -> Finding:
    written = writing.plain[start:end]
    return writing.finding(Family.PLACE_NAME, start, end, f"名录里没有“{written}”，只有“{right}”，请核对地名。", right)


def _listed_villages(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Names without 村 in a list of villages (洛洞、脉唐、大埔等村), and names that lack a sign there (洛村)."""
    roster = _roster(lexicon)
    for listed in _LIST.finditer(writing.plain):
        stems = list(_stems(listed))
        known = sum(stem in roster.stems for _, stem in stems)
        if known < 2 - bool(_OF_PLACES.search(listed.group())) or _belongs_elsewhere(
            writing.plain, listed.start(), lexicon
        ):
            continue
        for place, stem in stems:
            meant = _meant(stem, roster.stems, likeness_of(lexicon))
            if meant and not vocabulary().use(stem):
                yield _near(writing, place, place + len(stem), meant)
            short = [own for own in roster.villages if len(stem) == 1 and stem in own]
            if len(short) == 1 and writing.plain.startswith("村", place + 1):
                yield _near(writing, place, place + 2, f"{short[0]}村")


def _stems(listed: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Where the names of a list start and what they are without 村, 等村, 三村; the verb before the first falls away."""
    place = listed.start()
    for item in listed.group().split("、"):
        stem = _LIST_END.sub("", item)
        kept = stem[-2:] if place == listed.start() and len(stem) > 2 else stem
        yield place + len(stem) - len(kept), kept
        place += len(item) + 1


def _wrong_kind(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """社区 for a village, 村 for a community, 居委会 of a village, 村委会 of a community."""
    roster, text = _roster(lexicon), writing.plain
    wrong = [
        (f"{stem}{said}", f"{stem}{right}")
        for stems, others, said, right in (
            (roster.villages, roster.communities, "社区", "村"),
            (roster.villages, roster.communities, "居委会", "村委会"),
            (roster.villages, frozenset[str](), "村居委会", "村委会"),
            (roster.communities, roster.villages, "村", "社区"),
            (roster.communities, frozenset[str](), "社区村委会", "社区居委会"),
        )
        for stem in stems - others
    ]
    for written, right in wrong:
        for match in re.finditer(re.escape(written), text):
            if not _belongs_elsewhere(text, match.start(), lexicon) and not text.startswith(right, match.start()):
                yield _near(writing, *match.span(), right)


def _invented(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """A community of this town that the roster does not know."""
    roster = _roster(lexicon)
    pattern = re.compile(rf"(?:{re.escape(lexicon.town)}|我镇|本镇)" + _INVENTED.format(han=HAN))
    for match in pattern.finditer(writing.plain):
        stem = match["stem"]
        if any(stem.endswith(own) for own in roster.stems) or _NOT_A_NAME.search(stem):
            continue
        if _meant(stem, roster.stems, likeness_of(lexicon)):
            continue
        names = "、".join(lexicon.communities)
        yield writing.finding(
            Family.PLACE_NAME,
            match.start("stem"),
            match.start("body"),
            f"名录里没有“{stem}社区”，本镇的社区是{names}，请核对。",
        )


def _misspelt_places(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Rivers, markets and reservoirs with one sign wrong, or one missing from a long name."""
    text, pattern = writing.plain, _roster(lexicon).near_places
    for match in pattern.finditer(text) if pattern else ():
        written = match.group(1)
        meant = [place for place in lexicon.places if _is_place_slip(written, place, likeness_of(lexicon))]
        end = match.start() + len(written)
        if len(meant) != 1 or _belongs_elsewhere(text, match.start(), lexicon):
            continue
        if not any(text.startswith(own, match.start()) for own in _long(lexicon, len(written))):
            yield _near(writing, match.start(), end, meant[0])
    for place in (place for place in lexicon.places if len(place) > 4):
        for gap in range(1, len(place) - 2):
            for match in re.finditer(re.escape(place[:gap] + place[gap + 1 :]), text):
                yield _near(writing, *match.span(), place)


def _long(lexicon: Lexicon, length: int) -> Iterator[str]:
    return (own for own in lexicon.own_names if len(own) >= length)


def _is_place_slip(written: str, place: str, likeness: Likeness) -> bool:
    if differing(written, place) != 1 or vocabulary().use(written):
        return False
    spot = next(at for at, sign in enumerate(place) if sign != written[at])
    if any({written[spot], place[spot]} <= kinds for kinds in _SUFFIX_ALIKE):
        return True
    if spot == len(place) - 1:
        return False
    return written[spot] not in _NEVER_NAMING and likeness.alike(written[spot], place[spot])


def _misspelt_towns(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """A neighbouring town with one sign wrong."""
    text, pattern = writing.plain, _roster(lexicon).near_towns
    stems = tuple(town[:-1] for town in lexicon.other_towns)
    for match in pattern.finditer(text) if pattern else ():
        end = match.start() + len(match.group(1))
        if text[end : end + 1] != "镇" or match.group(1) == lexicon.town[:-1]:
            continue
        meant = _meant(match.group(1), stems, likeness_of(lexicon))
        if meant and not _belongs_elsewhere(text, match.start(), lexicon):
            yield _near(writing, match.start(), end + 1, f"{meant}镇")


def _roads(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """A numbered road that the town has not got, on the town's own stretch or with the right number."""
    roads = {place[:3]: place for place in lexicon.places if re.match(r"\d{3}(?:国道|省道|县道)", place)}
    for match in _ROAD.finditer(writing.plain) if roads else ():
        number = match["coded"] or match["number"]
        kind = match["class"] or match["behind"]
        own_stretch = _on_own_stretch(writing.plain, match, lexicon)
        if not (kind or match["coded"]) or _belongs_elsewhere(writing.plain, match.start(), lexicon):
            continue
        if number in roads:
            if kind and not roads[number].endswith(kind):
                yield _near(writing, *match.span(), roads[number])
        elif len(roads) == 1 and (own_stretch or (kind and _beside_our_places(writing, match, lexicon))):
            yield _near(writing, *match.span(), next(iter(roads.values())))


def _beside_our_places(writing: Writing, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Does the sentence name a place or village of ours, and nothing beyond the town, nor the town's own road?"""
    sentence = sentence_at(writing, match.start())[1]
    ours = (*lexicon.places, *lexicon.villages, lexicon.town)
    beyond = (lexicon.county, lexicon.city, *lexicon.other_towns)
    own_road = any(place[:3] in sentence for place in lexicon.places if place[0].isdigit())
    far = any(name[:-1] in sentence for name in beyond if name) or _FAR.search(sentence)
    return not own_road and not far and any(name in sentence for name in ours if name)


def _on_own_stretch(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    if _THROUGH_US.search(text, max(0, match.start() - 14), match.start()):
        return True
    behind = text[match.end() : match.end() + 8]
    own = (lexicon.town, lexicon.town[:-1], "我镇", *lexicon.villages, *(name[:-1] for name in lexicon.villages))
    return any(re.match(rf"线?[（(]?{re.escape(name)}[^，。；]{{0,3}}段", behind) for name in own)
