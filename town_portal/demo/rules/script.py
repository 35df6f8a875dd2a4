"""The whole history as one list of acts in the order of time, from the corpus, a seed and a moment.

Nothing is later than that moment: what would come after it has not happened yet, so the items of
the last days stand wherever they are. ``today`` adds the cases a visitor wants to see open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from town_portal.demo.rules import filing, today, words
from town_portal.demo.rules.act import Act
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import Pace
from town_portal.demo.rules.walk import DESK, FAULT_STAGES, Step, Walk, way
from town_portal.foundation.clock import day_of, instant
from town_portal.submissions.rules.lifecycle import State

SEED = "2026"
HASTE = (1.0, 0.6, 0.35, 0.2, 0.12, 0.08)
GOLDEN_DAYS = 3


@dataclass(frozen=True, slots=True)
class Fate:
    """What is out of the ordinary about an item: corrected, copied (of another), recalled, scheduled, withdrawn."""

    name: str = ""
    of: str = ""


PLAIN = Fate()
Thing = TypeVar("Thing", Item, Walk)

_RECALLED, _COPIED, _DUPLICATED, _SCHEDULED, _CORRECTED, _WITHDRAWN = 7, 6, 6, 15, 9, 3


def plan(items: Sequence[Item], pace: Pace, seed: str = SEED) -> list[Act]:
    """Every act up to now, in the order of time. The same arguments give the same acts."""
    staged = today.stage(items, pace, Random(f"{seed}:today"))
    used = {walk.item.key for walk in staged}
    history = [item for item in items if item.key not in used and not item.pinned and not pace.silent(item)]
    fates = _fates(history, pace.today, Random(f"{seed}:fates"))
    walks = [_history(item, fates.get(item.key, PLAIN), pace, seed) for item in history]
    walks += _aftermath(walks, fates, pace, seed) + _duplicates(walks, pace, Random(f"{seed}:copies"))
    acts = [act for walk in (*walks, *staged) for act in walk.acts if act.at < pace.now]
    return sorted(acts, key=lambda act: act.at)


def _fates(items: Sequence[Item], day: date, random: Random) -> dict[str, Fate]:
    """What befalls whom, at most one thing an item; corrections are spread over the whole history."""
    faulty = [item for item in items if item.fault and not item.urgent and (day - item.day).days > 25]
    fates = {item.key: Fate("corrected") for item in _even(faulty, _CORRECTED)}
    plain = [
        item
        for item in items
        if filing.is_active(item) and not (item.fault or item.urgent or item.major) and (day - item.day).days > 12
    ]
    random.shuffle(plain)
    for item in [item for item in plain if _source(items, item)][:_COPIED]:
        fates[item.key] = Fate("copied", _source(items, item))
    plain = [item for item in plain if item.key not in fates]
    names = ["recalled"] * _RECALLED + ["withdrawn"] * _WITHDRAWN + ["scheduled"] * _SCHEDULED
    return fates | {item.key: Fate(name) for item, name in zip(plain, names, strict=False)}


def _source(items: Sequence[Item], item: Item) -> str:
    """An older item of the same unit that a copy could begin with."""
    older = [
        other.key
        for other in items
        if other.unit == item.unit and other.column == item.column and (item.day - other.day).days > 20
    ]
    return older[-1] if older else ""


def _even(things: Sequence[Thing], count: int) -> list[Thing]:
    """So many of them, evenly over the whole."""
    step = max(1, len(things) // count)
    return list(things[step // 2 :: step][:count])


def _history(item: Item, fate: Fate, pace: Pace, seed: str) -> Walk:
    """The way of one item, hastened until it is as timely as it is meant to be."""
    wanted = pace.timely(item, Random(f"{seed}:{item.key}"))
    last = item.day + timedelta(days=GOLDEN_DAYS)
    walk = _walk(item, fate, wanted, 0, pace, seed)
    for attempt in range(1, len(HASTE)):
        if walk.published is None or (day_of(walk.published) <= last) is wanted:
            break
        walk = _walk(item, fate, wanted, attempt, pace, seed)
    return walk


def _walk(item: Item, fate: Fate, wanted: bool, attempt: int, pace: Pace, seed: str) -> Walk:
    random = Random(f"{seed}:{item.key}:{attempt}")
    haste = HASTE[attempt] if wanted else 1.0
    walk = Walk(item, pace.drafted_at(item, wanted, attempt, random), random, pace)
    if fate.name == "copied":
        walk.copy(fate.of, item)
    elif fate.name == "recalled":
        walk.draft(item.unfinished)
    else:
        walk.draft(item.careless, unfinished=random.random() < 0.18 and not item.urgent)
    walk.wait(*((2, 6) if item.urgent else (3, 40)))
    if fate.name == "recalled":
        _hesitate(walk)
    walk.submit()
    stage = FAULT_STAGES[item.fault.stage] if item.fault and fate.name != "corrected" else None
    steps = way(item, cross=item.major or stage is State.CROSS_REVIEW)
    if stage is not None:
        _be_returned(walk, steps, stage, haste, pace)
    _pass(walk, steps, len(steps), haste, pace)
    if filing.is_active(item):
        _go_out(walk, fate, haste, pace)
    return walk


def _hesitate(walk: Walk) -> None:
    """Submit, think better of it, mend and go on."""
    walk.submit("")
    walk.wait(3, 12)
    walk.recall(walk.random.choice(words.RECALLED))
    walk.wait(6, 30)
    walk.revise(walk.item)
    walk.wait(2, 6)


def _be_returned(walk: Walk, review: Sequence[Step], stage: State, haste: float, pace: Pace) -> None:
    """Up to the stage that finds the fault, back to the drafter, and handed in again."""
    steps = [*review, DESK]
    position = [step[0] for step in steps].index(stage)
    _pass(walk, steps, position, haste, pace)
    walk.send_back(steps[position], _done(walk, stage, haste, pace))
    walk.at = pace.mended_at(walk.item, walk.at, haste, walk.random)
    walk.revise(walk.item)
    walk.wait(1, 5)
    walk.submit()


def _pass(walk: Walk, steps: Sequence[Step], count: int, haste: float, pace: Pace) -> None:
    """So many stages signed. A cross review nobody asked for is ordered by the head's signature."""
    for step, following in zip(steps[:count], [*steps[1:], DESK], strict=False):
        ordered = following[0] is State.CROSS_REVIEW and not walk.item.major
        walk.sign(step, _done(walk, step[0], haste, pace), following[2] if ordered else "")


def _done(walk: Walk, stage: State, haste: float, pace: Pace) -> datetime:
    return pace.done_at(stage, walk.item, walk.at, haste, walk.random)


def _go_out(walk: Walk, fate: Fate, haste: float, pace: Pace) -> None:
    at = _done(walk, State.APPROVED, haste, pace)
    if fate.name == "scheduled":
        walk.schedule(at, instant(day_of(at) + timedelta(days=1), time(9)))
    else:
        walk.publish(at)


def _aftermath(walks: Sequence[Walk], fates: dict[str, Fate], pace: Pace, seed: str) -> list[Walk]:
    """What happened to published items later: corrections, withdrawals."""
    later = []
    for walk in walks:
        if walk.published is None or walk.published >= pace.now:
            continue
        random = Random(f"{seed}:{walk.key}:later")
        if fates.get(walk.key, PLAIN).name == "corrected":
            later.append(_correction(walk, random, pace))
        elif fates.get(walk.key, PLAIN).name == "withdrawn":
            found = pace.working.add(walk.published, random.randint(200, 3000))
            walk.withdraw(found, random.choice(words.WITHDRAWN))
    return later


def _correction(walk: Walk, random: Random, pace: Pace) -> Walk:
    found = pace.working.add(walk.at, random.randint(300, 2600))
    correction = Walk(walk.item, found, random, pace, key=f"{walk.key}/更正")
    correction.correct(walk.key, walk.item)
    correction.wait(2, 10)
    correction.submit("发布后发现一处差错，现申请更正。")
    steps = way(walk.item, cross=walk.item.major)
    _pass(correction, steps, len(steps), 0.4, pace)
    correction.publish(_done(correction, State.APPROVED, 0.4, pace), words.correction(walk.item))
    return correction


def _duplicates(walks: Sequence[Walk], pace: Pace, random: Random) -> list[Walk]:
    """Copies that somebody made and gave up again."""
    duplicated = []
    for walk in _even([walk for walk in walks if not walk.item.urgent], _DUPLICATED):
        at = pace.working.add(walk.acts[-1].at, random.randint(30, 300))
        copy = Walk(walk.item, at, random, pace, key=f"{walk.key}/副本")
        copy.copy(walk.key, walk.item)
        copy.wait(4, 30)
        copy.discard(random.choice(words.DUPLICATED))
        duplicated.append(copy)
    return duplicated
