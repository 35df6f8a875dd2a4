"""Submission 稿件, Revision 版本, Signature 签字, StageVisit 办理环节, ReturnNote 退回意见."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from town_portal.access.roles import Role
from town_portal.columns.models import Column
from town_portal.files.models import FileKind, StoredFile
from town_portal.foundation.db import Bookkeeping, Json, Model, UtcDateTime, choice
from town_portal.network.models import Person, Unit
from town_portal.proofreading.rules.finding import Severity
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.spotted import Answer


class Importance(StrEnum):
    """重要 items pass a 交叉审核 by another office."""

    NORMAL = "normal"
    MAJOR = "major"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"normal": "一般", "major": "重要"}[self.value]


class Urgency(StrEnum):
    """紧急 items take the 绿色通道 with its own step limits."""

    NORMAL = "normal"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"normal": "普通", "urgent": "紧急（绿色通道）"}[self.value]


class Attribute(StrEnum):
    """公开属性: set when the text is drafted and signed together with it (facts §4.3)."""

    ACTIVE = "active"
    ON_REQUEST = "on_request"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"active": "主动公开", "on_request": "依申请公开", "closed": "不予公开"}[self.value]


class Act(StrEnum):
    """What a signature stands for: 校 for words and figures, 审 for the whole."""

    PROOF = "proof"
    REVIEW = "review"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"proof": "校", "review": "审"}[self.value]


class Submission(Model):
    """稿件: one piece of news or one disclosure item on its way.

    The text is a revision; what stands here besides the state is copied from it, or computed by
    the rules, for lists and queues.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("state <> 'returned' or returned_from is not null", name="returned_has_stage"),
        CheckConstraint(
            "state not in ('approved','scheduled','published','filed') or signed_digest is not null",
            name="approved_has_digest",
        ),
        CheckConstraint("state <> 'scheduled' or scheduled_at is not null", name="scheduled_has_time"),
        Index("ix_submission_waiting", "waiting_role", "waiting_unit_id", "urgency", "stage_due_at"),
        Index("ix_submission_unit", "unit_id", "state", "updated_at"),
        Index("ix_submission_counterpart", "counterpart_id", "state", "updated_at"),
        Index("ix_submission_updated", "updated_at"),
        Index("ix_submission_scheduled", "state", "scheduled_at"),
        Index("ix_submission_event", "event_on", "unit_id", "state"),
        Index("ix_submission_submitted", "submitted_at", "unit_id", "corrects_id"),
        Index("ix_submission_corrects", "corrects_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    drafter_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[State] = mapped_column(choice(State), default=State.DRAFT)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    """The published item this one will replace (更正)."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    # Copied from the current revision.
    title: Mapped[str] = mapped_column(Text)
    column_id: Mapped[int] = mapped_column(ForeignKey("column_tree.id"))
    event_on: Mapped[date]
    importance: Mapped[Importance] = mapped_column(choice(Importance))
    urgency: Mapped[Urgency] = mapped_column(choice(Urgency))
    attribute: Mapped[Attribute] = mapped_column(choice(Attribute))
    counterpart_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    cross_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    digest: Mapped[str] = mapped_column(Text)

    # The walk through review.
    route: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The route as it was when the item was handed in; a later change does not move it."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """First handing in."""
    submit_count: Mapped[int] = mapped_column(default=0)
    return_count: Mapped[int] = mapped_column(default=0)
    returned_from: Mapped[State | None] = mapped_column(choice(State))
    returned_digest: Mapped[str | None] = mapped_column(Text)
    signed_digest: Mapped[str | None] = mapped_column(Text)
    """What the last reviewer signed; publishing compares it with the text at hand."""
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scheduled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Computed by the rules in the operation that changes their facts.
    golden_until: Mapped[date]
    waiting_role: Mapped[Role | None] = mapped_column(choice(Role))
    waiting_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    stage_entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    counterpart: Mapped[Unit] = relationship(foreign_keys=[counterpart_id])
    cross_unit: Mapped[Unit | None] = relationship(foreign_keys=[cross_unit_id])
    drafter: Mapped[Person] = relationship(foreign_keys=[drafter_id])
    claimed_by: Mapped[Person | None] = relationship(foreign_keys=[claimed_by_id])
    column: Mapped[Column] = relationship()
    revision: Mapped["Revision | None"] = relationship(foreign_keys=[revision_id], post_update=True)

    def __str__(self) -> str:
        return self.title or "（未写标题）"

    @property
    def urgent(self) -> bool:
        """On the 绿色通道."""
        return self.urgency is Urgency.URGENT


class Revision(Model):
    """版本: one saved text. Rows are never changed; what was signed is what is shown."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    title: Mapped[str] = mapped_column(Text)
    column_id: Mapped[int] = mapped_column(ForeignKey("column_tree.id"))
    event_on: Mapped[date]
    body_html: Mapped[str] = mapped_column(Text)
    importance: Mapped[Importance] = mapped_column(choice(Importance))
    urgency: Mapped[Urgency] = mapped_column(choice(Urgency))
    urgency_reason: Mapped[str] = mapped_column(Text, default="")
    attribute: Mapped[Attribute] = mapped_column(choice(Attribute))
    attribute_reason: Mapped[str] = mapped_column(Text, default="")
    secrecy_cleared: Mapped[bool] = mapped_column(default=False)
    """保密审查 (保密法 2024 第三十五条): the drafter answered that nothing secret is in it."""
    source: Mapped[str] = mapped_column(Text, default="")
    counterpart_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    cross_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    digest: Mapped[str] = mapped_column(Text)

    submission: Mapped[Submission] = relationship(foreign_keys=[submission_id])
    author: Mapped[Person] = relationship()
    column: Mapped[Column] = relationship()
    files: Mapped[list["RevisionFile"]] = relationship(order_by="RevisionFile.position")

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"

    @property
    def attachments(self) -> list["RevisionFile"]:
        """The files that stand under the text."""
        return [file for file in self.files if file.kind is FileKind.ATTACHMENT]


class RevisionFile(Model):
    """A picture in a revision's text, or an attachment under it, with the name it is shown by."""

    __tablename__ = "revision_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    kind: Mapped[FileKind] = mapped_column(choice(FileKind))
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]

    file: Mapped[StoredFile] = relationship(lazy="joined")


PAGE_KEY = "page_key"
"""Among the fields of a working copy: the key of the form on the page it was kept from."""


class WorkingCopy(Bookkeeping, Model):
    """What somebody has typed and not yet saved as a version: one for each person and item.

    It is nobody's record until it is saved, so it is kept beside the trail, not on it.
    """

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("person_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    slot: Mapped[int]
    """The submission's id, or 0 for an item that has not been saved at all."""
    base_version: Mapped[int | None]
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def page(self) -> str:
        """The key of the page it was kept from, or "" where none is known."""
        return str(self.fields.get(PAGE_KEY) or "")


class ImportReport(Bookkeeping, Model):
    """What the newest Word file brought into an item and what it did not, until the drafter put it away.

    That a file was read in, and which, stands on the trail; this is only the note to compare by.
    """

    __tablename__ = "import_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    file_name: Mapped[str] = mapped_column(Text)
    lines: Mapped[dict[str, list[str]]] = mapped_column(Json)
    """kept, changed, dropped, warnings: each some lines for a person."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Hand(Model):
    """A hand that touched an item: it wrote the text or signed a stage (双人复核)."""

    __tablename__ = "hand"
    __table_args__ = (UniqueConstraint("submission_id", "person_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stage: Mapped[State] = mapped_column(choice(State))
    """DRAFT for writing, else the stage that was signed."""


class Signature(Model):
    """签字: one act of one person on one text. Stands or falls with the digest it was given for."""

    __tablename__ = "signature"
    __table_args__ = (Index("ix_signature_submission", "submission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    digest: Mapped[str] = mapped_column(Text)
    stage: Mapped[State] = mapped_column(choice(State))
    act: Mapped[Act] = mapped_column(choice(Act))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text)
    acting_for: Mapped[str | None] = mapped_column(Text)
    authentication: Mapped[str] = mapped_column(Text)
    opinion: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    found: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    """校对清单: what the proofreader found and what was said to it, as it stood before the one who signed 校."""

    __later__ = {"found": None}

    revision: Mapped[Revision] = relationship()


class ReturnNote(Model):
    """退回意见: who sent the text back from which stage, why, and the passages he marked."""

    __tablename__ = "return_note"
    __table_args__ = (Index("ix_return_note_returned", "returned_at", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    stage: Mapped[State] = mapped_column(choice(State))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(Text)
    reasons: Mapped[list[str]] = mapped_column(Json)
    opinion: Mapped[str] = mapped_column(Text)
    marks: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """[{"quote": words of the text, "note": what is wrong with them}, …]."""
    returned_at: Mapped[datetime] = mapped_column(UtcDateTime)

    revision: Mapped[Revision] = relationship()


class FindingAnswer(Model):
    """疑点答复: what somebody said to a finding of the proofreader, for one version. Never changed."""

    __tablename__ = "finding_answer"
    __table_args__ = (Index("ix_finding_answer_submission", "submission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    key: Mapped[str] = mapped_column(Text)
    """Which finding, by place, family, words and surroundings."""
    place: Mapped[str] = mapped_column(Text)
    family: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    severity: Mapped[Severity] = mapped_column(choice(Severity), default=Severity.WARN)
    answer: Mapped[Answer] = mapped_column(choice(Answer), default=Answer.RIGHT)
    reason: Mapped[str] = mapped_column(Text, default="")

    __later__ = {"severity": Severity.WARN, "answer": Answer.RIGHT, "reason": ""}


class StageVisit(Model):
    """办理环节: one stay of an item at one stage, from its arrival to the act that ended it."""

    __tablename__ = "stage_visit"
    __table_args__ = (
        CheckConstraint("(left_at is null) = (outcome is null)", name="left_has_outcome"),
        Index("ix_stage_visit_submission", "submission_id", "id"),
        Index("ix_stage_visit_left", "left_at", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    stage: Mapped[State] = mapped_column(choice(State))
    role: Mapped[Role] = mapped_column(choice(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(Text)
    """The name of the move that ended the stay: sign, return, recall, publish."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who ended it."""
    working_minutes: Mapped[int | None]
    """Working time between arrival and end."""
