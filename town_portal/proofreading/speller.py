"""The language-model speller: of two ways to read a passage, the one people write.

The model is that of an input method (libime, LGPL-2.1+), read by kenlm. A lattice of the words as
they stand and of words one slip away is searched for the likeliest path; where another path beats
the text as it stands by a margin, the place is a finding. Brought in by set-up where that works;
``open_speller`` answers None where it does not, and the product says so.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from town_portal.proofreading.language_model import is_there
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.soundalikes import Soundalikes, shapes_of
from town_portal.proofreading.rules.writing import Writing

SHAPES = Path(__file__).with_name("data") / "same_stroke.txt"
LONGEST_WORD = 5
LONGEST_RUN = 60
"""Signs searched at once; a longer run is cut."""
BEAM = 12
CANDIDATES = 10
EDIT, MARGIN = 3.5, 2.0
"""What a slip costs, and by how much a path must win (in log10): nearly silent on clean text."""
UNKNOWN = -6.0

_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


class Step(NamedTuple):
    """One word of a path: where it stands and how it is read."""

    start: int
    end: int
    word: str


Steps = tuple[Step, ...]


class Way(NamedTuple):
    """A way through a run up to some place."""

    score: float
    state: Any
    steps: Steps


class Speller:
    """Reads runs of Chinese signs. Build it once; a check takes about 35 ms for 1,500 signs."""

    def __init__(self, model: Any, new_state: Any) -> None:
        self._model = model
        self._new_state = new_state
        self._frequencies = _vocabulary(model)
        self._alike = Soundalikes(self._frequencies, shapes_of(SHAPES.read_text(encoding="utf-8").splitlines()))
        self._slips = lru_cache(maxsize=200_000)(self._slips_of)
        self._read = lru_cache(maxsize=20_000)(self._reading_of)

    def check(self, writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
        """A finding wherever another reading wins, but in names and terms of the town."""
        return _slips_in(writing, lexicon, self.read)

    def read(self, runs: Sequence[str]) -> list[Steps]:
        """For every run the words that read otherwise."""
        return [self._read(words) for words in runs]

    def _reading_of(self, words: str) -> Steps:
        """The words that read otherwise on the winning path; none when it does not win."""
        best = self._likeliest(words, slips=True)
        changed = tuple(step for step in best.steps if step.word != words[step.start : step.end])
        if not changed or best.score - self._likeliest(words, slips=False).score < MARGIN * len(changed):
            return ()
        return changed

    def _likeliest(self, words: str, *, slips: bool) -> Way:
        start = self._new_state()
        self._model.NullContextWrite(start)
        reached: list[list[Way]] = [[] for _ in range(len(words) + 1)]
        reached[0] = [Way(0.0, start, ())]
        for place in range(len(words)):
            best = sorted(reached[place], key=lambda path: -path.score)[:BEAM]
            for stretch, word, weight in self._choices(words, place, slips=slips):
                cost = EDIT * (1 + (weight - 1) * 0.5) if weight else 0.0
                reached[place + stretch] += [self._longer(path, place, stretch, word, cost) for path in best]
        return max(reached[-1], key=lambda path: path.score)

    def _longer(self, path: Way, place: int, stretch: int, word: str, cost: float) -> Way:
        state = self._new_state()
        score = self._model.BaseScore(path.state, word, state)
        if word not in self._frequencies:
            score = min(score, UNKNOWN)
        return Way(path.score + score - cost, state, (*path.steps, Step(place, place + stretch, word)))

    def _choices(self, words: str, place: int, *, slips: bool) -> Iterator[tuple[int, str, float]]:
        """(length, word, weight of the slip) of every way to go on from a place."""
        yield 1, words[place], 0.0
        for stretch in range(2, min(LONGEST_WORD, len(words) - place) + 1):
            written = words[place : place + stretch]
            if written in self._frequencies:
                yield stretch, written, 0.0
            if slips:
                yield from ((stretch, word, weight) for word, weight in self._slips(written))

    def _slips_of(self, words: str) -> tuple[tuple[str, float], ...]:
        return tuple(self._alike.of(words, CANDIDATES))


@cache
def open_speller(model_file: Path) -> Speller | None:
    """The speller on a model, or None where kenlm or the model is missing. Loads for about two seconds."""
    if not is_there(model_file):
        return None
    kenlm = import_module("kenlm")  # optional: it is compiled at set-up
    return Speller(kenlm.Model(str(model_file)), kenlm.State)


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
            if known.isdisjoint(range(start, end)):
                message = f"“{written}”可能写错了，是不是“{step.word}”？"
                yield writing.finding(Family.WRONG_CHAR, start, end, message, step.word)


def _covered(plain: str, lexicon: Lexicon) -> set[int]:
    """The places that names of the town and protected terms cover."""
    names = lexicon.own_names | {term.words for term in lexicon.of("protected")}
    return {place for name in names for match in re.finditer(re.escape(name), plain) for place in range(*match.span())}
