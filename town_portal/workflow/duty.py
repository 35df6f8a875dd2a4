"""Duty 待办事项: one shape for everything somebody owes by an instant.

Every room says by ``queries.duties(limits)`` what is owed in it, in one statement; what reminds,
lists and warns reads this shape and nothing else. A duty is a question to the rows, never a row.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from town_portal.access.roles import Role

Seat = tuple[Role, int]
"""A role in a unit: whoever holds it today."""


class DutyKind(StrEnum):
    """What is owed."""

    FILING = "filing"
    CORRECTION = "correction"
    REVIEW = "review"
    REVISION = "revision"
    PUBLICATION = "publication"
    RELEASE = "release"
    CHANNEL_RELEASE = "channel_release"
    CHANNEL_ANSWER = "channel_answer"
    CHANNEL_PROOF = "channel_proof"
    CONFIRMATION = "confirmation"
    LATE_FINDING = "late_finding"
    RHYTHM = "rhythm"
    COLUMN = "column"
    NETWORK = "network"
    BULLETIN_CHECK = "bulletin_check"
    OBJECTION = "objection"
    ISSUING = "issuing"
    RECEIPT = "receipt"
    RECTIFICATION = "rectification"
    RECTIFICATION_CHECK = "rectification_check"
    SPOT_CHECK = "spot_check"

    @property
    def label(self) -> str:
        """What is owed, in Chinese."""
        return LABELS[self]

    @property
    def own_start(self) -> bool:
        """Begun by the one who owes it, or by the calendar: nobody tells him that it has come."""
        return self in (DutyKind.FILING, DutyKind.CORRECTION, DutyKind.RHYTHM)

    @property
    def slow(self) -> bool:
        """Runs for weeks beside everything else: the morning's list leaves it out until half its time is gone."""
        return self in (DutyKind.RHYTHM, DutyKind.RECTIFICATION)


K = DutyKind

LABELS = {
    K.FILING: "送审",
    K.CORRECTION: "更正送审",
    K.REVIEW: "审核",
    K.REVISION: "修改重报",
    K.PUBLICATION: "发布",
    K.RELEASE: "定时发布没有发出",
    K.CHANNEL_RELEASE: "渠道发布",
    K.CHANNEL_ANSWER: "渠道采用情况",
    K.CHANNEL_PROOF: "渠道链接和截图",
    K.CONFIRMATION: "确认",
    K.LATE_FINDING: "发布后疑点",
    K.RHYTHM: "按期报送",
    K.COLUMN: "栏目更新",
    K.NETWORK: "工作网络",
    K.BULLETIN_CHECK: "核对通报数字",
    K.OBJECTION: "答复异议",
    K.ISSUING: "印发通报",
    K.RECEIPT: "签收通报",
    K.RECTIFICATION: "整改落实",
    K.RECTIFICATION_CHECK: "整改核查",
    K.SPOT_CHECK: "完成抽查",
}


class Limits(Protocol):
    """Until when things are due that have no limit in their own rows, all instants UTC."""

    @property
    def coordinating_id(self) -> int:
        """The office that publishes and coordinates."""

    def filing(self, event_on: date, drafted_at: datetime) -> datetime:
        """Until when a draft about an event is handed in."""

    def correction(self, since: datetime) -> datetime:
        """Until when a correction that was begun is handed in."""

    def confirmation(self, since: datetime) -> datetime:
        """Until when a second person decides a proposal."""

    def late_finding(self, since: datetime) -> datetime:
        """Until when an error that is public already is dealt with."""

    def vacancy(self, since: datetime) -> datetime:
        """Until when a gap in the network is filled."""

    def cover(self, first: date) -> datetime:
        """Until when somebody stands in for one who is away, by the first day nobody does."""

    def by_the_end_of(self, last: date, since: datetime) -> datetime:
        """Until when something is done that has time to a day: closing time of the last working day up to it."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a duty is done: an endpoint, and the number of the thing there under its name."""

    endpoint: str
    name: str = ""
    number: int | None = None

    @property
    def values(self) -> dict[str, int]:
        """What stands in the page's address."""
        return {} if self.number is None else {self.name: self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something owed: what, whose, until when, and where it is done."""

    key: str
    """The clock's own name. A thing that comes back (a second return) is another clock with another key."""
    kind: DutyKind
    what: str
    """The title of the thing: the most that is ever told outside the portal."""
    page: Page
    """Where it is done."""
    watch: Page | None = None
    """Where somebody looks at it who does not do it himself; where that is not simply the thing's own page."""
    step: str = ""
    """Which step of its way, such as 二审二校; empty where the kind says it."""
    unit: str = ""
    """The unit the thing comes from."""
    seat: Seat
    """Who owes it."""
    person_id: int | None = None
    """The one of them who took it on (claimed it, drafts it)."""
    above: Seat | None = None
    """Who is told when it is overdue (督办)."""
    since: datetime
    due_at: datetime
    counts_from: date | None = None
    """The day before the first one that counts, where days are counted and not from ``since``: an event's."""
    urgent: bool = False
    sender: str = ""
    """Who handed it on, by name."""
    words: str = ""
    """What he said with it, such as the opinion of a return."""
    doer_id: int | None = None
    """Who handed it on: never told that it has come."""
    apart: frozenset[int] = field(default=frozenset())
    """Whose hands are on it already: they cannot do it, and are not asked to."""

    @property
    def label(self) -> str:
        """What is to be done, in Chinese: the step where there is one."""
        return self.step or self.kind.label
