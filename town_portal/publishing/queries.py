"""Questions about publishing: what waits, what is live, what missed its time."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.columns.models import Column
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing.models import NumberSeries, Publication, Standing
from town_portal.publishing.rules.schedule import GRACE
from town_portal.submissions.models import RevisionFile, Submission
from town_portal.submissions.queries import visible
from town_portal.submissions.rules.lifecycle import State
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page


def awaiting() -> list[Submission]:
    """Approved items: urgent ones first, then the nearest golden day."""
    return list(
        db.session.scalars(
            select(Submission)
            .where(Submission.state == State.APPROVED)
            .options(joinedload(Submission.unit), joinedload(Submission.column), joinedload(Submission.counterpart))
            .order_by(Submission.urgency.desc(), Submission.golden_until, Submission.stage_due_at)
        )
    )


def scheduled() -> list[Submission]:
    """Items with a set time, the earliest first."""
    return list(
        db.session.scalars(
            select(Submission)
            .where(Submission.state == State.SCHEDULED)
            .options(joinedload(Submission.unit), joinedload(Submission.column))
            .order_by(Submission.scheduled_at)
        )
    )


def due(now: datetime) -> list[int]:
    """The ids of scheduled items whose time has come (UTC)."""
    return list(
        db.session.scalars(
            select(Submission.id)
            .where(Submission.state == State.SCHEDULED, Submission.scheduled_at <= now)
            .order_by(Submission.scheduled_at)
        )
    )


def due_since(since: datetime, now: datetime) -> bool:
    """Has the time of a scheduled item come between two instants?"""
    come = (Submission.state == State.SCHEDULED, Submission.scheduled_at > since, Submission.scheduled_at <= now)
    return db.session.scalar(select(Submission.id).where(*come).limit(1)) is not None


def published_since(since: datetime) -> bool:
    """Was anything that is public published after an instant?"""
    new = (Publication.standing == Standing.LIVE, Publication.published_at > since)
    return db.session.scalar(select(Publication.id).where(*new).limit(1)) is not None


def missed() -> list[Submission]:
    """Items whose set time passed without publication: an alarm, not silence."""
    limit = clock.now() - GRACE
    return [item for item in scheduled() if item.scheduled_at is not None and item.scheduled_at < limit]


def duties(limits: Limits) -> list[Duty]:
    """Items whose set time passed without publication."""
    publisher = (Role.PUBLISHER, limits.coordinating_id)
    return [
        Duty(
            key=f"release:{item.id}:{item.scheduled_at:%Y%m%d%H%M}",
            kind=DutyKind.RELEASE,
            what=item.title,
            page=Page("publishing.show", "submission_id", item.id),
            unit=item.unit.name,
            seat=publisher,
            above=(Role.COORDINATOR, limits.coordinating_id),
            since=item.scheduled_at,
            due_at=item.scheduled_at,
            urgent=True,
        )
        for item in missed()
        if item.scheduled_at is not None
    ]


_C, _PUB, _TOP = Column.__table__.c, Publication.__table__.c, Column.__table__.alias("top").c
_NEWEST = (
    select(_PUB.id)
    .where(_PUB.column_id == _C.id, _PUB.standing == Standing.LIVE)
    .order_by(_PUB.published_at.desc(), _PUB.id.desc())
    .limit(1)
    .correlate(_C.id.table)
    .scalar_subquery()
)
_GONE = Publication.__table__.alias("gone").c
_EMPTIED = select(func.max(_GONE.withdrawn_at)).where(_GONE.column_id == _C.id).correlate(_C.id.table).scalar_subquery()
_COLUMNS = (
    select(
        _C.id,
        _C.code,
        _C.name,
        _C.office_id,
        _PUB.id.label("publication_id"),
        _PUB.title,
        _PUB.published_on,
        _EMPTIED.label("withdrawn_at"),
    )
    .join(_TOP.id.table, _TOP.id == _C.parent_id)
    .outerjoin(_PUB.id.table, _PUB.id == _NEWEST)
    .where(_C.open, _TOP.open)
    .order_by(_TOP.position, _TOP.id, _C.position, _C.id)
)


@dataclass(frozen=True, slots=True)
class ColumnNewest:
    """A column, and the newest article the public reads there."""

    column_id: int
    code: str
    name: str
    office_id: int | None
    publication_id: int | None
    title: str | None
    published_on: date | None
    withdrawn_at: datetime | None = None
    """When something was last taken down there (UTC): since then an empty column is empty."""


def newest_by_column() -> list[ColumnNewest]:
    """Every open column in which items stand, in the order of the tree, with its newest article: one statement."""
    return [ColumnNewest(*row) for row in db.session.execute(_COLUMNS)]


def submission(submission_id: int) -> Submission | None:
    """One item, for jobs of the system."""
    return db.session.get(Submission, submission_id)


def of_submission(submission_id: int) -> Publication | None:
    """What the public reads of an item, or of the item a correction replaced."""
    item = db.session.get(Submission, submission_id)
    if item is None:
        return None
    return db.session.scalar(
        select(Publication)
        .where(Publication.submission_id == (item.corrects_id or item.id))
        .options(joinedload(Publication.revision))
    )


def published_lately(actor: Actor) -> Select[Publication]:
    """What was published, newest first, as far as the actor may see the items."""
    return (
        select(Publication)
        .join(Submission, Submission.id == Publication.submission_id)
        .where(visible(actor))
        .options(joinedload(Publication.unit), joinedload(Publication.column))
        .order_by(Publication.published_at.desc(), Publication.id.desc())
    )


def live() -> Select[Publication]:
    """What the public may read, newest first."""
    return (
        select(Publication)
        .where(Publication.standing == Standing.LIVE)
        .order_by(Publication.published_at.desc(), Publication.id.desc())
    )


def file_public(file_id: int) -> bool:
    """Does a file stand in a live version of a live article?"""
    return (
        db.session.scalar(
            select(Publication.id)
            .join(RevisionFile, RevisionFile.revision_id == Publication.revision_id)
            .where(RevisionFile.file_id == file_id, Publication.standing == Standing.LIVE)
            .limit(1)
        )
        is not None
    )


def series(name: str, year: int) -> NumberSeries | None:
    """The counter of a year, locked until the transaction ends."""
    return db.session.scalar(
        select(NumberSeries).where(NumberSeries.name == name, NumberSeries.year == year).with_for_update()
    )
