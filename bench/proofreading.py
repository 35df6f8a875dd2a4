"""P21, P22: what the proofreader finds in a collection its writers did not see, and how long it takes."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bench.measuring import percentile
from bench.processes import ROOT, Server
from bench.table import Line
from town_portal.proofreading.apart import Asked, ReaderApart
from town_portal.proofreading.batch import writing_of
from town_portal.proofreading.language_model import MODEL, is_there
from town_portal.proofreading.queries import shipped_terms
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, from_roster
from town_portal.proofreading.rules.writing import Writing

HELD_OUT = ROOT / "tests" / "proofreading" / "collection" / "held_out.jsonl"
OPENED = HELD_OUT.with_name("practice_third.jsonl")
"""The last collection that was opened: prose for measuring the time, whatever becomes of the closed one."""
ROSTER = ROOT / "tests" / "proofreading" / "roster.json"
LONG = 1_500
ROUNDS = 60


@dataclass
class Score:
    """Hits and misses by family; alarms on clean text."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: int = 0
    false_blocks: int = 0
    clean_signs: int = 0
    clean_alarms: int = 0
    clean_blocks: int = 0
    clean_texts: int = 0
    silent: int = 0

    def add(self, case: dict[str, Any], found: Iterable[Finding]) -> None:
        """One text: a finding hits a label of its family that it touches."""
        left = list(found)
        for label in case["issues"]:
            spans = [label["span"], *label.get("alt", [])]
            hits = [one for one in left if one.family.value == label["category"] and _touches(one, spans)]
            (self.hit if hits else self.missed)[label["category"]] += 1
            left = [one for one in left if one not in hits]
        self.false += len(left)
        self.false_blocks += sum(one.blocks for one in left)
        if not case["issues"]:
            self.clean_signs += len(case["text"])
            self.clean_alarms += len(left)
            self.clean_blocks += sum(one.blocks for one in left)
            self.clean_texts += 1
            self.silent += not left

    @property
    def families(self) -> dict[str, float]:
        """Recall of every family."""
        every = {*self.hit, *self.missed}
        return {one: self.hit[one] / (self.hit[one] + self.missed[one]) for one in sorted(every)}

    @property
    def recall(self) -> float:
        """Of all labels, the share that was found."""
        return self.hit.total() / (self.hit.total() + self.missed.total())


def lines() -> list[Line]:
    """The rows of the table."""
    reader, lexicon = ReaderApart(MODEL), from_roster(json.loads(ROSTER.read_text("utf-8")), shipped_terms())
    whole, tiers = Score(), {"A": Score(), "B": Score()}
    try:
        if not HELD_OUT.exists():
            print(
                f"P21 NOT MEASURED: {HELD_OUT.relative_to(ROOT)} is absent; have a closed collection written first",
                file=sys.stderr,
            )
            return [_time(reader, lexicon), _memory(reader)]
        for case in map(json.loads, HELD_OUT.read_text("utf-8").splitlines()):
            found = _read(reader, lexicon, writing_of(case["text"], case.get("ctx") or {}))
            whole.add(case, found)
            tiers[case["tier"]].add(case, found)
        return [*_accuracy(whole, tiers), _time(reader, lexicon), _memory(reader)]
    finally:
        reader.end()


def _read(reader: ReaderApart, lexicon: Lexicon, writing: Writing) -> list[Finding]:
    answer = reader.read(Asked(writing, frozenset(), guesses=True), lexicon)
    return [*answer.found, *answer.guessed]


def _accuracy(whole: Score, tiers: dict[str, Score]) -> Iterable[Line]:
    families = whole.families
    weakest = min(families, key=lambda one: families[one])
    sacred = {one.value for one in NEVER_OVERRIDDEN}
    found, all_ = (sum(kept[one] for one in sacred) for kept in (whole.hit, whole.hit + whole.missed))
    precision = whole.hit.total() / (whole.hit.total() + whole.false)
    alarms, blocks = (1000 * one / whole.clean_signs for one in (whole.clean_alarms, whole.clean_blocks))
    silent = whole.silent / whole.clean_texts
    macro = sum(families.values()) / len(families)
    for what, value, least in (
        ("recall, ordinary wording", tiers["A"].recall, 0.93),
        ("recall, unusual wording", tiers["B"].recall, 0.75),
        ("precision", precision, 0.96),
        (f"recall by family, mean of {len(families)}", macro, 0.88),
        (f"recall of the weakest family ({weakest})", families[weakest], 0.6),
        ("clean texts silent", silent, 0.99),
        (f"personal data and secrecy ({found} of {all_})", found / all_, 1.0),
    ):
        yield Line("P21", f"held out: {what}", "", f"{value:.3f}", "", f"≥ {least:g}", value >= least)
    for what, value, most in (("alarms", alarms, 0.3), ("blocks", blocks, 0.05)):
        yield Line(
            "P21", f"held out: {what} in 1,000 clean signs", "", f"{value:.2f}", "", f"≤ {most:g}", value <= most
        )


def _time(reader: ReaderApart, lexicon: Lexicon) -> Line:
    """Texts of 1,500 signs, warm, through the pipe as pages ask; each text is new to the reader."""
    cases = [json.loads(line)["text"] for line in OPENED.read_text("utf-8").splitlines()]
    clean = "\n".join(cases)
    took = []
    for number in range(ROUNDS):
        text = clean[number * 311 : number * 311 + LONG]
        began = time.perf_counter()
        _read(reader, lexicon, Writing(text))
        took.append((time.perf_counter() - began) * 1000)
    warm = took[ROUNDS // 6 :]
    p95 = percentile(warm, 0.95)
    more = f"p50 {percentile(warm, 0.5):.0f} ms" + ("" if is_there() else "; without the speller")
    return Line("P22", f"proofreading of {LONG} signs, p95", "", f"{p95:.0f} ms", "", "≤ 100 ms", p95 <= 100, more)


def _memory(reader: ReaderApart) -> Line:
    held = Server(reader.process, 0).memory()
    return Line("P22", "memory of the process that reads", "", f"{held:.0f} MB", "", "≤ 500 MB", held <= 500)


def _touches(one: Finding, spans: Iterable[list[int]]) -> bool:
    return any(one.start < end and start < max(one.end, one.start + 1) for start, end in spans)
