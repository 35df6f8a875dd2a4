"""What the quarter's page shows beside the ranking: its lists in words, its shares, its arithmetic.

A number on the page is a ``Slice``: what is counted, and which of it. The same slice names the list
that opens from the number, so that what is counted and what is listed cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from town_portal.access.roles import Role
from town_portal.statistics.rules.measures import Rate
from town_portal.statistics.rules.steps import STAGES, median
from town_portal.submissions.rules.lifecycle import State


class What(StrEnum):
    """What one list holds; the value is its name in addresses."""

    COLUMN = "column"
    TIER = "tier"
    CHANNEL = "channel"
    STAGE = "stage"
    ROLE = "role"
    URGENT = "urgent"
    CROSS = "cross"
    OVERRIDDEN = "overridden"
    COVERED = "covered"
    CHANGED = "changed"
    FAULT = "fault"
    MENDED = "mended"
    EXPLAINED = "explained"
    RETURNED = "returned"
    LATE = "late"
    AFTER = "after"


EXCEPTIONS = (What.URGENT, What.CROSS, What.OVERRIDDEN, What.COVERED, What.CHANGED)
FINDINGS = (What.MENDED, What.EXPLAINED, What.RETURNED, What.LATE, What.AFTER)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list for people: its name, what one of it is called, and what exactly is counted."""

    label: str
    one: str
    sentence: str


KINDS: Mapping[What, Kind] = {
    What.COLUMN: Kind("栏目", "条", "发布的日子在本季度、放在这个栏目的信息。更正稿替换原文，不另算一条。"),
    What.TIER: Kind("渠道层级", "次", "本季度在这一级渠道上刊出、没有撤回的。同一条信息上了几个渠道算几次。"),
    What.CHANNEL: Kind("渠道", "次", "本季度在这个渠道上刊出、没有撤回的。"),
    What.STAGE: Kind("环节", "次", "从稿件到达算到签字、退回、撤回、定时或发布，只计工作时间，算在办完的季度。"),
    What.ROLE: Kind(
        "岗位", "次", "从稿件到达这个岗位算到办完，只计工作时间，算在办完的季度。超时按每件自己的时限判断。"
    ),
    What.URGENT: Kind("走绿色通道", "条", "本季度发布的信息里，按紧急件办理的。"),
    What.CROSS: Kind("交叉审核", "条", "本季度发布的信息里，转其他办公室交叉审核过的。"),
    What.OVERRIDDEN: Kind("必改项放行", "条", "本季度发布的信息里，校对列为必须改、由审核人写明理由放行过的。"),
    What.COVERED: Kind("请假代签", "条", "本季度发布的信息里，有一道以上签字由代班人代签的。"),
    What.CHANGED: Kind(
        "发布后撤改",
        "条",
        "本季度发布的信息里，到现在已经撤下或者更正过的。季度统计里的“发布后撤改”按撤改的日子算，不按发布的日子。",
    ),
    What.FAULT: Kind("差错", "起", "确认的日子在本季度、没有被排除的差错工单，按原因分。"),
    What.MENDED: Kind("送审前改掉", "处", "机器在历次保存里看到、第一次送审时已经没有的。算在第一次送审的季度。"),
    What.EXPLAINED: Kind("说明没有错", "处", "第一次送审时还在，由拟稿人说明没有错的。算在第一次送审的季度。"),
    What.RETURNED: Kind("审核人指出", "处", "退回时标出的原文，没有标的一次算一处。算在退回的季度。"),
    What.LATE: Kind(
        "发布后机器发现", "处", "每晚巡检在已发布的信息里新发现、没有说明的，后来改好的也算。算在发现的季度。"
    ),
    What.AFTER: Kind("发布后差错", "处", "巡检发现、还没有改的，加上本季度更正和撤下的。每万字差错就按这个数算。"),
}

STAGE_NAMES: Mapping[State, str] = {**STAGES, State.RETURNED: "退回后修改"}
ROLES = (Role.REPORTER, Role.HEAD, Role.LEADER, Role.PRINCIPAL, Role.COORDINATOR, Role.PUBLISHER)
"""The kinds of people through whose hands an item passes, in its order."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One number of a quarter: what, which of it, and whether only what took too long."""

    what: What
    which: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """How long something took that ended in the quarter, in working minutes; and how much of it too long."""

    done: int = 0
    spent: int = 0
    late: int = 0
    pending: int = 0
    """Not ended and past its limit."""
    middle: Fraction | None = None

    @property
    def mean(self) -> Fraction | None:
        """The mean; None without any."""
        return Fraction(self.spent, self.done) if self.done else None

    @property
    def overdue(self) -> int:
        """Ended too late, or not ended and too late already."""
        return self.late + self.pending

    @property
    def in_time(self) -> int:
        """Ended within the limit."""
        return self.done - self.late

    @property
    def overdue_rate(self) -> Rate:
        """The overdue among all that ended or should have."""
        return Rate(self.overdue, self.done + self.pending)


def timed(spread: Mapping[int, tuple[int, int]], pending: int = 0) -> Time:
    """Minutes → (how many took so many, how many of those were late), as one."""
    return Time(
        done=sum(count for count, _ in spread.values()),
        spent=sum(minutes * count for minutes, (count, _) in spread.items()),
        late=sum(late for _, late in spread.values()),
        pending=pending,
        middle=median({minutes: count for minutes, (count, _) in spread.items()}),
    )


@dataclass(frozen=True, slots=True)
class Quality:
    """When errors were found: by family, and at which step."""

    families: Mapping[str, tuple[int, int, int]]
    """Family → (mended before handing in, explained, found after publication)."""
    stages: Mapping[State, int]
    """The stage that returned → places marked."""
    after: int
    """Errors after publication, as the rate counts them."""
    signs: int
    """Signs of text published for the first time."""

    @property
    def mended(self) -> int:
        """Found and gone before handing in."""
        return sum(mended for mended, _, _ in self.families.values())

    @property
    def explained(self) -> int:
        """Said to be no error."""
        return sum(explained for _, explained, _ in self.families.values())

    @property
    def late(self) -> int:
        """Found in public texts by the night's reading."""
        return sum(late for _, _, late in self.families.values())

    @property
    def returned(self) -> int:
        """Marked by those who returned."""
        return sum(self.stages.values())

    def share(self, found: int) -> str:
        """So many for each ten thousand signs: 1.25; — where nothing was published."""
        return per_ten_thousand(found, self.signs)


def per_ten_thousand(found: int, signs: int) -> str:
    """So many for each ten thousand signs, two decimals, halves up: 1.25; — for no signs."""
    if not signs:
        return "—"
    hundredths = (2 * found * 1_000_000 + signs) // (2 * signs)
    return f"{hundredths // 100}.{hundredths % 100:02}"
