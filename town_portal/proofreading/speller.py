"""The language-model speller: of two ways to read a passage, the one people write.

The model is that of an input method (libime, LGPL-2.1+), read by kenlm, mixed with what words stand side by
side in the prose of townships (``data/usage.txt``). Each run of signs is cut into words; where another word,
one slip away, makes the passage likelier by more than that slip's proof, the place is a finding: a wrong sign,
a word for another, or a sign that fell out. Brought in by set-up where that works; ``open_speller`` answers
None where it does not, and the product says so.
"""

import csv
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from town_portal.proofreading.language_model import is_there
from town_portal.proofreading.rules import usage
from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.noise import BrokenPhrases, Meant, Noise, Slip
from town_portal.proofreading.rules.soundalikes import shapes_of
from town_portal.proofreading.rules.usage import START, Usage
from town_portal.proofreading.rules.values.quotes import is_told_of
from town_portal.proofreading.rules.values.surnames import CALLED, KIN, SURNAMES
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.values.words import cut
from town_portal.proofreading.rules.writing import Writing

SHAPES = Path(__file__).with_name("data") / "same_stroke.txt"
PHRASES = Path(__file__).with_name("data") / "set_phrases.csv"
CONFUSED = Path(__file__).with_name("data") / "confusions.csv"
USAGE = Path(__file__).with_name("data") / "usage.txt"
LONGEST_WORD = 5
MOST_WORDS = 4
"""What is meant as one word is written as so many at most."""
LONGEST_RUN = 120
"""Signs read at once; a longer run is cut."""
BEHIND = 2
"""So many words behind a place are read again with it."""
UNKNOWN = -6.0
CLEARLY = 1.0
"""By how much (log10) another sign or word must win beyond its proof: fewer guesses, nearly all of them right."""
SURE = -0.5
"""A word is hardly ever likelier than this."""
OWN_SHARE = 0.4
"""What the town's usage weighs beside the model."""
RARELY = 2
"""A sign that stood alone so often in the town's prose may have done so by chance."""
CLAIM = 0.3
"""So much more must be proved where a word beside it claims what seems left over."""
NEIGHBOUR = 20
"""A word used so often claims a sign that another word seems to have left over."""

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SUM_IN_WORDS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整]{3,}")
"""An amount as cheques give it: 壹佰贰拾捌万元整."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_MODEL_SHARE = math.log10(1 - OWN_SHARE)
_SURNAMES = SURNAMES - frozenset("和于时应都向从有方常高又后关要能经通干安严成解全利强")
"""Surnames that are not above all words."""
_OPENS = frozenset("“‘《〈「")
"""Marks behind a verb of one sign: 庆“三八”, 迎“国庆”."""
_PARTICLES = frozenset("的地得")
_LINKS = frozenset("的了着过们在把被将对向从由以和与及并而也都就又还再不要会能可请所这那各每其")
"""Signs beside which a sign alone is still alone; two others side by side are rather a term than a word that broke."""
_FAMILY = {Slip.WRONG: Family.WRONG_CHAR, Slip.CONFUSED: Family.WORD_CONFUSION, Slip.LOST: Family.OMISSION}


class Step(NamedTuple):
    """A stretch of a run that reads better otherwise: where it stands, what is meant, how the hand slipped."""

    start: int
    end: int
    word: str
    slip: Slip


Steps = tuple[Step, ...]


class Read(NamedTuple):
    """A word of a run as it stands: its place, how likely it is there (log10), and the model's state before it."""

    start: int
    text: str
    score: float
    state: Any
    before: str


class Speller:
    """Reads runs of Chinese signs. Build it once; a check takes about 35 ms for 1,500 signs."""

    def __init__(self, model: Any, new_state: Any, own: Usage) -> None:
        self._model = model
        self._new_state = new_state
        self._share = own.share
        self._frequencies = _vocabulary(model)
        shapes = shapes_of(SHAPES.read_text(encoding="utf-8").splitlines())
        alone = {word for word in self._frequencies if len(word) == 1 and own.count(word) > RARELY}
        self._noise = Noise(self._frequencies, shapes, _confused(), alone, _names(), vocabulary().tags)
        self._phrases = BrokenPhrases(row["words"] for row in _rows(PHRASES))
        self._read = lru_cache(maxsize=20_000)(self._reading_of)

    def check(self, writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
        """A hint wherever another reading wins, but in names and terms of the town, and in what stands there twice."""
        return _slips_in(writing, lexicon, self.read)

    def read(self, runs: Sequence[str]) -> list[Steps]:
        """For every run the stretches that read better otherwise."""
        return [self._read(words) for words in runs]

    def _reading_of(self, run: str) -> Steps:
        """The stretches of a run that read better otherwise, in their order; none overlap."""
        words = self._as_it_stands(run)
        likelier = sorted([*self._likelier(words), *self._likelier_phrases(words)], key=lambda pair: -pair[0])
        steps: list[Step] = []
        for _, step in likelier:
            if all(step.end <= other.start or other.end <= step.start for other in steps):
                steps.append(step)
        return tuple(sorted(steps))

    def _as_it_stands(self, run: str) -> list[Read]:
        state = self._new_state()
        self._model.NullContextWrite(state)
        place, before, words = 0, START, []
        for word in cut(run):
            score, after = self._score(state, before, word)
            words.append(Read(place, word, score, state, before))
            place, before, state = place + len(word), word, after
        return words

    def _score(self, state: Any, before: str, word: str) -> tuple[float, Any]:
        """How likely a word is (log10) behind what was read, and the model's state after it."""
        after = self._new_state()
        score = self._model.BaseScore(state, word, after)
        if score < UNKNOWN or word not in self._frequencies:
            score = min(score, UNKNOWN)
        own = self._share(before, word)
        if own:
            return math.log10((1 - OWN_SHARE) * 10.0**score + OWN_SHARE * own), after
        return score + _MODEL_SHARE, after

    def _likelier(self, words: list[Read]) -> Iterator[tuple[float, Step]]:
        """(by how much the proof is exceeded, stretch) for each stretch that reads better otherwise."""
        count = len(words)
        for first in range(count):
            stretch, written = "", 0.0
            behind_word = first > 0 and len(words[first - 1].text) > 1
            for last in range(first, min(count, first + MOST_WORDS)):
                stretch += words[last].text
                written += words[last].score
                if len(stretch) > LONGEST_WORD:
                    break
                if last > first and all(len(word.text) > 1 for word in words[first : last + 1]):
                    continue
                gain = 2 * SURE - written - (words[last + 1].score if last + 1 < count else SURE)
                for meant in self._noise.of(stretch, behind_word):
                    if gain < meant.proof or (meant.slip is Slip.WRONG and _names_somebody(words, first, last)):
                        continue
                    proof = meant.proof + self._claim(words, first, last, meant)
                    if gain >= proof:
                        excess = self._gain(words, first, last, (meant.word,)) - proof
                        if excess >= (0.0 if meant.slip is Slip.LOST else CLEARLY):
                            start = words[first].start
                            yield excess, Step(start, start + len(stretch), meant.word, meant.slip)

    def _claim(self, words: list[Read], first: int, last: int, meant: Meant) -> float:
        """The further proof it takes where the edges of what seems left over belong to the words beside it."""
        if meant.slip is not Slip.LOST:
            return 0.0
        before_word = words[first - 1].text if first else ""
        behind_word = words[last + 1].text if last + 1 < len(words) else ""
        before, behind = before_word[-1:], behind_word[:1]
        uses = self._frequencies
        claimed = uses.get(before + words[first].text[0], 0) > NEIGHBOUR or (
            uses.get(words[last].text[-1] + behind, 0) > NEIGHBOUR
        )
        beside = (word for word in (before_word, behind_word) if len(word) == 1)
        if first == last and len(words[first].text) == 1 and not _LINKS.issuperset(beside):
            return math.inf
        if behind_word in ("的", "了") and vocabulary().tag(words[first].text) == "a":
            return math.inf
        if not claimed:
            return 0.0
        return CLAIM if self._noise.is_bound("".join(word.text for word in words[first : last + 1])) else math.inf

    def _likelier_phrases(self, words: list[Read]) -> Iterator[tuple[float, Step]]:
        """(by how much the proof is exceeded, stretch) for each set phrase that lost a sign."""
        run = "".join(word.text for word in words)
        for first in range(len(words)):
            start, stretch = words[first].start, ""
            for last in range(first, len(words)):
                stretch += words[last].text
                if len(stretch) > self._phrases.longest or (len(stretch) > 1 and not self._phrases.begins(stretch)):
                    break
                whole = all(len(word.text) > 1 for word in words[first : last + 1])
                broken = None if whole else self._phrases.of(stretch)
                if broken and broken[0] not in run[max(0, start - 1) : start + len(stretch) + 1]:
                    phrase, proof = broken
                    excess = self._gain(words, first, last, tuple(cut(phrase))) - proof
                    if excess >= 0:
                        yield excess, Step(start, start + len(stretch), phrase, Slip.LOST)

    def _gain(self, words: list[Read], first: int, last: int, meant: Sequence[str]) -> float:
        """By how much a run becomes likelier when other words stand for those from first to last."""
        state, before = words[first].state, words[first].before
        gain = -sum(word.score for word in words[first : last + 1])
        for word in meant:
            score, state = self._score(state, before, word)
            gain += score
            before = word
        for behind in words[last + 1 : last + 1 + BEHIND]:
            score, state = self._score(state, before, behind.text)
            gain += score - behind.score
            before = behind.text
        return gain


@cache
def open_speller(model_file: Path) -> Speller | None:
    """The speller on a model, or None where kenlm or the model is missing. Loads for about two seconds."""
    if not is_there(model_file):
        return None
    kenlm = import_module("kenlm")  # optional: it is compiled at set-up
    with USAGE.open(encoding="utf-8") as lines:
        own = Usage(usage.read(lines))
    return Speller(kenlm.Model(str(model_file)), kenlm.State, own)


def word_list() -> Path:
    """The file of words and frequencies that jieba ships (MIT); its code is not needed."""
    found = find_spec("jieba")
    if found is None or found.origin is None:
        raise FileNotFoundError("jieba is not installed")
    return Path(found.origin).with_name("dict.txt")


def _vocabulary(model: Any) -> dict[str, int]:
    """Word → frequency of every word the model knows, single signs included."""
    words: dict[str, int] = {}
    with word_list().open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, _ = line.split(" ")
            if len(word) <= LONGEST_WORD and word in model and _CHINESE.fullmatch(word):
                words[word] = int(frequency)
    for sign in map(chr, range(0x4E00, 0x9FA6)):
        if sign in model:
            words.setdefault(sign, 1)
    return words


def _names() -> frozenset[str]:
    """Names of persons, of firms and works, and of places: nobody's name is put right by another's."""
    with word_list().open(encoding="utf-8") as lines:
        parts = (line.split() for line in lines)
        return frozenset(word for word, _, tag in parts if tag.startswith(("nr", "nt", "nz", "ns")))


def _confused() -> dict[str, dict[str, float]]:
    """Word → what is often meant by it → the proof it takes: the lines of the list whose context is a number."""
    confused: dict[str, dict[str, float]] = {}
    for row in _rows(CONFUSED):
        if row["note"].replace(".", "").isdigit():
            confused.setdefault(row["words"], {})[row["right"]] = float(row["note"])
    return confused


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _slips_in(
    writing: Writing, lexicon: Lexicon, read: Callable[[Sequence[str]], Sequence[Steps]]
) -> Iterator[Finding]:
    plain = writing.plain
    known = _covered(plain, lexicon)
    runs = [
        (at, plain[at : min(at + LONGEST_RUN, run.end())])
        for run in _RUN.finditer(plain)
        for at in range(run.start(), run.end(), LONGEST_RUN)
    ]
    for (at, words), steps in zip(runs, read([words for _, words in runs]), strict=True):
        for step in steps:
            start, end, written = at + step.start, at + step.end, words[step.start : step.end]
            meant_so = step.word in lexicon.own_names or (len(written) > 1 and plain.count(written) > 1)
            alone = end - start == 1 and step.slip is Slip.LOST and plain[end : end + 1] in _OPENS
            meant_so = meant_so or alone or (written == "那" and plain[start - 1 : start] in ("的", "是"))
            if known.isdisjoint(range(start, end)) and not meant_so and not is_told_of(plain, start, end):
                family = Family.DE_PARTICLE if written in _PARTICLES else _FAMILY[step.slip]
                yield writing.finding(family, start, end, _said(written, step), step.word, Severity.HINT)


def _said(written: str, step: Step) -> str:
    if step.slip is Slip.LOST:
        return f"“{written}”这里可能漏了字，是不是“{step.word}”？"
    if step.slip is Slip.CONFUSED:
        return f"这里的“{written}”可能用错了，是不是“{step.word}”？"
    return f"“{written}”可能写错了，是不是“{step.word}”？"


def _covered(plain: str, lexicon: Lexicon) -> set[int]:
    """The places that names of the town and protected terms cover."""
    names = lexicon.own_names | {term.words for term in lexicon.of("protected")}
    names |= {name[:-1] for name in lexicon.other_towns}
    covered = {
        place for name in names for start in _places_of(name, plain) for place in range(start, start + len(name))
    }
    return covered.union(*(range(*sum_.span()) for sum_ in _SUM_IN_WORDS.finditer(plain)))


def _places_of(name: str, plain: str) -> Iterator[int]:
    start = plain.find(name)
    while start >= 0:
        yield start
        start = plain.find(name, start + len(name))


def _names_somebody(words: list[Read], first: int, last: int) -> bool:
    """May the stretch from one word to another be somebody's name, or the end of one: 潘伟强, 老朱, 钟伯?"""
    if any(len(word.text) > 1 for word in words[first : last + 1]):
        return False
    before = words[first - 1].text if first else ""
    behind = words[last + 1].text if last + 1 < len(words) else ""
    if before in _SURNAMES or (before in CALLED and words[first].text in SURNAMES):
        return True
    if words[first].text in ("小", "阿") and last == first + 1:
        return True
    if words[first].text in CALLED and words[last].text in SURNAMES:
        return True
    opens = words[first].text in _SURNAMES
    alone = not behind or len(behind) > 1
    return opens and (len(behind) == 1 or words[last].text in KIN or (not before and alone))
