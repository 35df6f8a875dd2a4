"""Noise 笔误: what a stretch of signs may have been before the hand slipped.

Words of the same length that sound or look like it, words of which it is what is left when one sign fell out,
and what a list says is taken for it (在 for 再). Each way to slip asks for its own proof: how much likelier
(log10) a text must become.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from town_portal.proofreading.rules.soundalikes import Soundalikes, readings

CANDIDATES = 12
GAP_CANDIDATES = 60
LONGEST_GAP = 2
"""So many signs may be left of a word that lost one."""
COMMON, RARE = 50, 5
"""A word of two signs, or a longer one, must be used so often to be what is meant."""
A_WELL_KNOWN_NAME = 2000
"""A name used so often (北京) may be meant; any other may be anybody's."""
DEED = 1.0
"""The further proof it takes where the signs may be a clipped verb and its object."""
A_WORD = 20
"""Used so often, what is written is a word itself."""
FREE = 0.4
"""A sign that is a word of its own in more than this share of its uses is nothing that was left over."""
SAID_ALONE = frozenset(
    "备学实本样界解票课证扩降升增减播育灌撤签京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔滇陕秦陇甘青疆藏宁蒙港澳台穗深莞佛清昆衣味录团相"
)
"""Signs that plain speech uses as words, though most of their uses are in compounds."""
BOUND = 0.2
"""A sign that is a word of its own in fewer of its uses proves by itself that something is missing."""
SHORTEST_PHRASE, LONG_PHRASE = 4, 6
_WHOSE = frozenset("镇村县市省区各本我全")
"""Signs that say whose; without them a phrase is whole (党委副书记)."""
_PHRASE_PROOF = {3: 3.5, 4: 2.5}
"""What is left of a phrase, by its length: the shorter, the more it may be chance."""
MANY_COMPOUNDS = 25
"""A sign that ends so many compounds (员, 队, 园) hangs on the word before it."""

NUMERALS = frozenset("一二三四五六七八九十百千万亿两几半零")


class Slip(Enum):
    """How the hand slipped."""

    WRONG = "wrong"
    """What is written is no word."""
    CONFUSED = "confused"
    """What is written is a word too."""
    LOST = "lost"
    """A sign fell out."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What may be meant, how the hand slipped, and the proof it takes (log10)."""

    word: str
    slip: Slip
    proof: float


class Noise:
    """Answers what may be meant.

    ``uses``: word → how often it is used; ``shapes``: sign → signs of a similar shape; ``confused``: word → what
    is often meant by it, with the proof that takes, which goes before every other; ``alone``: signs that stand
    alone in the town's own prose; ``names``: words that are names, which are never meant;
    ``tags``: sign → its part of speech as a word.
    """

    def __init__(
        self,
        uses: Mapping[str, int],
        shapes: Mapping[str, frozenset[str]],
        confused: Mapping[str, Mapping[str, float]],
        alone: Collection[str] = (),
        names: Collection[str] = (),
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._alone = frozenset(alone)
        self._names = frozenset(names)
        self._tags = tags or {}
        self._uses = uses
        self._confused = confused
        self._shapes = shapes
        self._alike = Soundalikes(uses, shapes)
        self._broken = _broken(uses)
        self._free = _freedom(uses)
        self._ends = _compounds_ended_by(uses)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, stretch: str, behind_word: bool) -> tuple[Meant, ...]:
        """What a stretch may stand for. ``behind_word``: a word of several signs stands right before it."""
        return (*self._alikes(stretch), *self._wholes(stretch, behind_word=behind_word))

    def is_bound(self, stretch: str) -> bool:
        """Is a stretch no word, or a sign that hardly ever is one?"""
        return len(stretch) > 1 or self._free.get(stretch, 1.0) < BOUND

    def _alikes(self, stretch: str) -> Iterator[Meant]:
        listed = self._confused.get(stretch, {})
        for word, proof in listed.items():
            yield Meant(word, Slip.CONFUSED, proof)
        if len(stretch) < 2 or NUMERALS.issuperset(stretch[:-1]):
            return
        uses = self._uses
        is_word = uses.get(stretch, 0) >= A_WORD
        for word, _ in self._alike.of(stretch, CANDIDATES):
            if word not in listed and not (word in self._names and uses.get(word, 0) < A_WELL_KNOWN_NAME):
                proof = self._proof(stretch, word, is_word=is_word)
                yield Meant(word, Slip.CONFUSED if is_word else Slip.WRONG, proof)

    def _proof(self, stretch: str, word: str, *, is_word: bool) -> float:
        changed = [(one, other) for one, other in zip(stretch, word, strict=True) if one != other]
        same_sound = all(set(readings(one)) & set(readings(other)) for one, other in changed)
        same_shape = all(other in self._shapes.get(one, ()) for one, other in changed)
        if is_word:
            return 3.0
        if self._alone.issuperset(stretch):
            return 6.0
        if len(changed) > 1:
            return 8.0 if len(word) == len(changed) else 5.5
        if len(stretch) > 2:
            whole_inside = stretch[:-1] == word[:-1] and word[:-1] in self._uses
            return 4.5 if len(stretch) == 3 and whole_inside else 3.3
        further = DEED if self._may_be_a_deed(stretch) else 0.0
        return further + (3.4 if same_shape else 4.0 if same_sound else 5.0)

    def _may_be_a_deed(self, stretch: str) -> bool:
        """Two signs, verb and object or verb and verb, that anybody may put together: 疏果, 惜贷, 建社."""
        first, second = (self._tags.get(sign, "") for sign in stretch)
        return first[:1] == "v" and second[:1] in ("n", "v", "a")

    def _wholes(self, stretch: str, *, behind_word: bool) -> Iterator[Meant]:
        if len(stretch) == 1:
            if self._free.get(stretch, 1.0) > FREE or (behind_word and self._ends.get(stretch, 0) >= MANY_COMPOUNDS):
                return
            proof = 4.5 if self._free[stretch] >= BOUND else 3.4 if stretch in self._alone else 2.5
            proof = max(proof, 4.8 if stretch in SAID_ALONE else 0.0)
        elif len(stretch) > LONGEST_GAP or self._uses.get(stretch, 0) >= A_WORD:
            return
        else:
            proof = 4.8
        for word in self._broken.get(stretch, ()):
            if word not in self._names:
                yield Meant(word, Slip.LOST, proof)


class BrokenPhrases:
    """Set phrases from which one sign fell out. ``phrases``: phrases of four signs and more."""

    def __init__(self, phrases: Iterable[str]) -> None:
        whole = {phrase for phrase in phrases if len(phrase) >= SHORTEST_PHRASE}
        self._by_left: dict[str, str] = {}
        for phrase in sorted(whole):
            for place in range(phrase[0] in _WHOSE, len(phrase)):
                left = phrase[:place] + phrase[place + 1 :]
                if left not in whole and phrase[place - 1 : place] != phrase[place]:
                    self._by_left.setdefault(left, phrase)
        self._heads = frozenset(left[:2] for left in self._by_left)
        self.longest = max(map(len, self._by_left), default=0)

    def begins(self, signs: str) -> bool:
        """May what is left of a phrase begin so?"""
        return signs[:2] in self._heads

    def of(self, left: str) -> tuple[str, float] | None:
        """The phrase of which this is left when one sign fell out, and the proof that takes (log10)."""
        phrase = self._by_left.get(left)
        if phrase is None:
            return None
        broken_within = len(left) >= LONG_PHRASE and (left[0], left[-1]) == (phrase[0], phrase[-1])
        return phrase, 0.0 if broken_within else _PHRASE_PROOF.get(len(left), 1.5)


def _broken(uses: Mapping[str, int]) -> dict[str, list[str]]:
    """What is left of each word when one sign falls out → the words, the most used first."""
    broken: dict[str, set[str]] = defaultdict(set)
    for word, use in uses.items():
        if 2 <= len(word) <= LONGEST_GAP + 1 and use >= (COMMON if len(word) == 2 else RARE):
            for place in range(len(word)):
                broken[word[:place] + word[place + 1 :]].add(word)
    return {left: sorted(words, key=lambda word: -uses[word])[:GAP_CANDIDATES] for left, words in broken.items()}


def _freedom(uses: Mapping[str, int]) -> dict[str, float]:
    """Sign → the share of its uses in which it is a word of its own."""
    within: dict[str, int] = defaultdict(int)
    for word, use in uses.items():
        for sign in word:
            within[sign] += use
    return {sign: uses.get(sign, 0) / whole for sign, whole in within.items() if whole}


def _compounds_ended_by(uses: Collection[str]) -> dict[str, int]:
    """Sign → how many compounds of a word and this sign there are."""
    ended: dict[str, int] = defaultdict(int)
    for word in uses:
        if len(word) == 3 and word[:2] in uses:
            ended[word[2]] += 1
    return ended
