"""The whole history as one list of acts in the order of time, from the corpus, a seed and a moment.

Nothing is later than that moment: what would come after it has not happened yet, so the items of
the last days stand wherever they are. ``today`` adds the cases a visitor wants to see open.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from town_portal.demo.rules import today, words
from town_portal.demo.rules.act import Act
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import Pace
from town_portal.demo.rules.walk import FAULT_STAGES, TOWN, Step, Walk
from town_portal.foundation.clock import day_of, instant
from town_portal.submissions.rules.lifecycle import State

SEED = "2026"
HASTE = (1.0, 0.6, 0.35, 0.2, 0.12, 0.08)
GOLDEN_DAYS = 3

NOT_ACTIVE = {
    "镇综治中心调解一起46人欠薪纠纷": ("closed", "涉及劳资双方当事人约定保密的调解内容，按《政府信息公开条例》第十五条不予公开。"),
    "关于元旦假期机关值班和窗口服务安排的通知": ("closed", "机关内部值班安排，属内部事务信息，按《政府信息公开条例》第十六条第一款不予公开。"),
    "围镇村公益性岗位人员管理办法（试行）": ("on_request", "试行办法只涉及在岗人员，不主动公开；按《政府信息公开条例》第二十七条接受申请。"),
    "田心村调解一起宅基地滴水纠纷 两家砌起一道沟": ("closed", "涉及邻里双方家庭情况，公开会损害其合法权益，按《政府信息公开条例》第十五条不予公开。"),
    "法律顾问参与调解湴江村一起八年排水沟纠纷": ("on_request", "涉及两户土地界址，不主动公开；利害关系人可按《政府信息公开条例》第二十七条申请。"),
    "关于报送村（社区）党组织书记年度述职材料的通知": ("closed", "机关内部工作流程，属内部事务信息，按《政府信息公开条例》第十六条第一款不予公开。"),
}
"""Items that are signed and filed, not published: their 公开属性 and why."""

_RECALLED, _COPIED, _DUPLICATED, _SCHEDULED, _CORRECTED, _WITHDRAWN = 7, 6, 6, 15, 9, 3


def plan(items: Sequence[Item], pace: Pace, seed: str = SEED) -> list[Act]:
    """Every act up to now, in the order of time. The same arguments give the same acts."""
    staged = today.stage(items, pace, Random(f"{seed}:today"))
    used = {walk.item.key for walk in staged}
    history = [item for item in items if item.key not in used and not item.pinned and not pace.silent(item)]
    parts = _parts(history, pace.today, Random(f"{seed}:parts"))
    walks = [_history(item, parts.get(item.key, ""), pace, seed) for item in history]
    walks += _aftermath(walks, parts, pace, seed)
    walks += _copies(walks, pace, seed)
    acts = [act for walk in (*walks, *staged) for act in walk.acts if act.at < pace.now]
    return sorted(acts, key=lambda act: act.at)


def attribute(item: Item) -> tuple[str, str]:
    """The 公开属性 of an item and the reason for it."""
    return NOT_ACTIVE.get(item.title, ("active", ""))


def _parts(items: Sequence[Item], day: date, random: Random) -> dict[str, str]:
    """What befalls whom: an even draw over the history for each fate, one fate an item."""
    plain = [
        item
        for item in items
        if not (item.fault or item.urgent or item.major or item.title in NOT_ACTIVE) and (day - item.day).days > 12
    ]
    faulty = [item for item in items if item.fault and not item.urgent and (day - item.day).days > 25]
    parts = {item.key: "corrected" for item in _spread(faulty, _CORRECTED)}
    random.shuffle(plain)
    for fate, count in (
        ("recalled", _RECALLED), ("copied", _COPIED), ("scheduled", _SCHEDULED), ("withdrawn", _WITHDRAWN),
    ):  # fmt: skip
        chosen, plain = plain[:count], plain[count:]
        parts |= {item.key: fate for item in chosen}
    return parts


def _spread(items: Sequence[Item], count: int) -> list[Item]:
    step = max(1, len(items) // count)
    return list(items[step // 2 :: step][:count])


def _history(item: Item, fate: str, pace: Pace, seed: str) -> Walk:
    """The way of one item, hastened until it is as timely as it is meant to be."""
    wanted = pace.timely(item, Random(f"{seed}:{item.key}"))
    last = item.day + timedelta(days=GOLDEN_DAYS)
    walk = _walk(item, fate, wanted, 0, pace, seed)
    for attempt in range(1, len(HASTE)):
        if walk.published is None or (day_of(walk.published) <= last) is wanted:
            break
        walk = _walk(item, fate, wanted, attempt, pace, seed)
    return walk


def _walk(item: Item, fate: str, wanted: bool, attempt: int, pace: Pace, seed: str) -> Walk:
    random = Random(f"{seed}:{item.key}:{attempt}")
    haste = HASTE[attempt] if wanted else 1.0
    walk = Walk(item, pace.drafted_at(item, wanted, attempt, random), random)
    walk.attribute, walk.attribute_reason = attribute(item)
    first = item.careless
    if fate == "copied":
        walk.copy("", first)
    else:
        walk.draft(first, unfinished=random.random() < 0.18 and not item.urgent)
    walk.wait(*((2, 6) if item.urgent else (3, 40)))
    if fate == "recalled":
        _hesitate(walk)
    walk.submit()
    if item.fault is not None and fate != "corrected":
        _be_returned(walk, FAULT_STAGES[item.fault.stage], haste, pace)
    _pass(walk, walk.way(), haste, pace)
    if walk.attribute == "active":
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


def _be_returned(walk: Walk, stage: State, haste: float, pace: Pace) -> None:
    """Up to the stage that finds the fault, back to the drafter, and handed in again."""
    steps = [*walk.way(cross=walk.item.major or stage is State.CROSS_REVIEW), walk.desk]
    position = [step[0] for step in steps].index(stage)
    _pass(walk, steps[:position], haste, pace)
    walk.send_back(steps[position], _done(walk, stage, haste, pace))
    walk.at = pace.mended_at(walk.item, walk.at, haste, walk.random)
    walk.revise(walk.item)
    walk.wait(1, 5)
    walk.submit()


def _pass(walk: Walk, steps: Sequence[Step], haste: float, pace: Pace) -> None:
    """Signed stage by stage. A cross review nobody asked for is ordered by the head's signature."""
    for number, step in enumerate(steps):
        crossed = number + 1 < len(steps) and steps[number + 1][0] is State.CROSS_REVIEW
        ordered = steps[number + 1][2] if crossed and not walk.item.major else ""
        walk.sign(step, _done(walk, step[0], haste, pace), ordered)


def _done(walk: Walk, stage: State, haste: float, pace: Pace) -> datetime:
    return pace.done_at(stage, walk.item, walk.at, haste, walk.random)


def _go_out(walk: Walk, fate: str, haste: float, pace: Pace) -> None:
    at = _done(walk, State.APPROVED, haste, pace)
    if fate == "scheduled":
        walk.schedule(at, instant(day_of(at) + timedelta(days=1), time(9)))
    else:
        walk.publish(at)


def _aftermath(walks: Sequence[Walk], parts: dict[str, str], pace: Pace, seed: str) -> list[Walk]:
    """What happened to published items later: corrections, withdrawals."""
    later = []
    for walk in walks:
        if walk.published is None or walk.published >= pace.now:
            continue
        random = Random(f"{seed}:{walk.key}:later")
        if parts.get(walk.key) == "corrected":
            later.append(_correction(walk, random, pace))
        elif parts.get(walk.key) == "withdrawn":
            found = pace.working.add(walk.published, random.randint(200, 3000))
            walk.withdraw(found, random.choice(words.WITHDRAWN))
    return later


def _correction(walk: Walk, random: Random, pace: Pace) -> Walk:
    found = pace.working.add(walk.at, random.randint(300, 2600))
    correction = Walk(walk.item, found, random, key=f"{walk.key}/更正")
    correction.correct(walk.key, walk.item)
    correction.wait(2, 10)
    correction.submit("发布后发现一处差错，现申请更正。")
    _pass(correction, correction.way(), 0.4, pace)
    correction.publish(_done(correction, State.APPROVED, 0.4, pace), words.correction(walk.item))
    return correction


def _copies(walks: Sequence[Walk], pace: Pace, seed: str) -> list[Walk]:
    """Items made by copying older ones get their source; some copies are given up again."""
    random = Random(f"{seed}:copies")
    for number, walk in enumerate(walks):
        if walk.acts[0].verb == "copy":
            walk.acts[0] = _from(walk, _older(walks[:number], walk))
    duplicated = []
    for walk in _even([walk for walk in walks if walk.acts[0].at < pace.now], _DUPLICATED):
        copy = Walk(walk.item, walk.acts[-1].at + timedelta(hours=1), random, key=f"{walk.key}/副本")
        copy.copy(walk.key, walk.item)
        copy.wait(4, 30)
        copy.discard(random.choice(words.DUPLICATED))
        duplicated.append(copy)
    return duplicated


def _even(walks: Sequence[Walk], count: int) -> list[Walk]:
    step = max(1, len(walks) // count)
    return list(walks[step - 1 :: step][:count])
