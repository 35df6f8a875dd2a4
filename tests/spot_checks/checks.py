"""Spot checks made through operations."""

from datetime import timedelta

from tests.builders import a_submission
from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.spot_checks import operations
from town_portal.spot_checks.models import SpotCheck, SpotCheckItem
from town_portal.spot_checks.operations import Plan
from town_portal.spot_checks.rules.checking import CheckResult, Mark
from town_portal.submissions.rules.lifecycle import State

GOOD = dict.fromkeys(range(1, 8), Mark.GOOD)
BAD = GOOD | {2: Mark.BAD}


def a_plan(size: int = 2) -> Plan:
    """The last month."""
    return Plan(first=clock.today() - timedelta(days=30), last=clock.today(), size=size)


def published(cast: Cast, count: int = 3) -> None:
    """Public texts of two units."""
    for number in range(count):
        a_submission(cast, State.PUBLISHED, title=f"洛洞村开展第{'一二三四五'[number]}期农技培训")
    a_submission(cast, State.PUBLISHED, by="office_reporter", unit="B05", title="农业农村办公室检查秋收农机")


def a_sealed_check(cast: Cast, size: int = 2) -> SpotCheck:
    """A list that waits for its seed."""
    return operations.seal(cast.actor("coordinator"), a_plan(size))


def later_acts(cast: Cast, count: int = 5) -> None:
    """What others do meanwhile."""
    for _ in range(count):
        a_submission(cast)


def a_drawn_check(cast: Cast, size: int = 2) -> SpotCheck:
    """A check whose texts are to be looked at."""
    check = a_sealed_check(cast, size)
    later_acts(cast)
    return operations.draw_now(cast.actor("coordinator"), check, check.version)


def looked_at(
    cast: Cast, item: SpotCheckItem, result: CheckResult = CheckResult.NOTHING, by: str = "coordinator"
) -> None:
    """A text somebody looked at."""
    marks = GOOD if result is CheckResult.NOTHING else BAD
    note = "" if result is CheckResult.NOTHING else "培训人数写成了 86 人，应为 68 人。"
    operations.record(cast.actor(by), item, item.version, result, marks, note, "以后数字由两人核对。")
