"""The publisher's verbs: publish, schedule, unschedule, withdraw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from town_portal.access.actor import FRESH, SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.unit_of_work import Work, unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.publishing import queries
from town_portal.publishing.models import NumberSeries, Publication, Standing
from town_portal.publishing.rules import schedule as schedule_rules
from town_portal.publishing.rules import withdrawal
from town_portal.publishing.rules.index_number import index_number
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.settings import queries as settings
from town_portal.submissions.models import Attribute, Revision, Submission
from town_portal.submissions.operations import arrive, leave
from town_portal.submissions.queries import open_findings, places, published_corrections
from town_portal.submissions.rules import route
from town_portal.submissions.rules.digest import digest_of
from town_portal.submissions.rules.lifecycle import LIFECYCLE
from town_portal.submissions.rules.spotted import blocking, objection
from town_portal.workflow.lifecycle import Move

SERIES = "index_number"


def publish(actor: Actor, submission: Submission, seen: int | None, note: str = "") -> Publication:
    """Put an approved text before the public, now. A correction takes the place of the live text.

    Refuses a text that is not byte for byte the one that was signed last, an item that is not to
    be published, and a publisher who did not give his password with this act. ``note`` is the
    public correction notice; a correction needs one.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = _may_publish(actor, submission)
        move = LIFECYCLE.take(submission, "publish", actor)
        publication = _put(actor, submission, work, note.strip())
        leave(submission, actor, "publish", work.at)
        submission.scheduled_at = None
        work.record(
            move,
            submission,
            post=post,
            publication=publication.id,
            index_number=publication.index_number,
            digest=submission.digest,
            timely=publication.timely,
            event_on=publication.event_on,
            golden_until=publication.golden_until,
            meaning="发布",
            note=note,
        )
    return publication


def schedule(actor: Actor, submission: Submission, seen: int | None, at: datetime) -> None:
    """Set the time (UTC) at which the system publishes an approved text by itself."""
    with unit_of_work(actor, on=submission, seen=seen) as work:
        if submission.corrects_id is not None:
            raise Moved("更正稿不能定时，请审定后马上发布。")
        post = _may_publish(actor, submission)
        schedule_rules.check(at, work.at)
        move = LIFECYCLE.take(submission, "schedule", actor)
        leave(submission, actor, "schedule", work.at)
        submission.scheduled_at = at
        work.record(move, submission, post=post, at=at, digest=submission.digest, meaning="定时发布")


def unschedule(actor: Actor, submission: Submission, seen: int | None) -> None:
    """Take the set time back; the item waits for the publisher again."""
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.PUBLISH, submission)
        move = LIFECYCLE.take(submission, "unschedule", actor)
        submission.scheduled_at = None
        arrive(submission, route.publish_step(places(submission)), work.at)
        work.record(move, submission, post=post, digest=submission.digest)


def publish_scheduled(submission_id: int) -> Publication | None:
    """The system's job: publish an item whose time has come; None when it waits no longer, or longer."""
    submission = queries.submission(submission_id)
    if submission is None or submission.scheduled_at is None or submission.scheduled_at > clock.now():
        return None
    return publish(SYSTEM, submission, submission.version)


def withdraw(
    actor: Actor,
    submission: Submission,
    seen: int | None,
    reason: str,
    kind: WithdrawalKind = WithdrawalKind.OTHER,
    notice: str = "",
) -> None:
    """Take an article away from the public at once, and every correction of it with it.

    The reason is kept and shown to staff; ``notice`` stands in the article's place for the public, where the
    kind of reason asks for one or allows one.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.PUBLISH, submission)
        taken = take_down(actor, submission, reason, kind, notice, work.at)
        work.record(taken.move, submission, post=post, **taken.told)


@dataclass(frozen=True, slots=True)
class TakenDown:
    """An article that went, and what the trail says of it."""

    move: Move
    publication: Publication
    told: dict[str, Any]


def take_down(
    actor: Actor, submission: Submission, reason: str, kind: WithdrawalKind, notice: str, at: datetime
) -> TakenDown:
    """Inside an act, also of a room above: nobody reads the article from now on, at none of its addresses.

    Refused: an actor without his password, a correction by itself, what is not public, and a notice that is
    missing or would lead people to what must not be known.
    """
    if not reason:
        raise Refused("撤下必须写明原因。")
    _check_fresh(actor)
    withdrawal.check_notice(kind, notice)
    if submission.corrects_id is not None:
        raise Moved("这是更正稿。要撤下请打开原来那篇稿件办理。")
    publication = queries.of_submission(submission.id)
    if publication is None or publication.standing is not Standing.LIVE:
        raise Moved("这篇现在没有公开，不用撤下。")
    move = LIFECYCLE.take(submission, "withdraw", actor)
    publication.standing, publication.withdrawn_at = Standing.WITHDRAWN, at
    publication.withdrawn_reason, publication.withdrawn_kind = reason, kind
    publication.withdrawal_notice = notice
    submission.updated_at = at
    corrections = published_corrections(submission.id)
    for correction in corrections:
        LIFECYCLE.take(correction, "withdraw", actor)
        correction.updated_at = at
    return TakenDown(
        move,
        publication,
        {
            "publication": publication.id,
            "reason": reason,
            "kind": kind.value,
            "notice": notice,
            "digest": submission.digest,
            "corrections": [correction.id for correction in corrections],
        },
    )


def _may_publish(actor: Actor, submission: Submission) -> HeldPost | None:
    if submission.attribute is not Attribute.ACTIVE:
        raise Moved(f"这篇的公开属性是“{submission.attribute.label}”，不能发布到网上。")
    revision = submission.revision
    if (
        revision is None
        or _digest(revision) != submission.signed_digest
        or submission.digest != submission.signed_digest
    ):
        raise Moved("现在的内容和终审签过的不是同一版，不能发布。请退回重新送审，并告诉审计员核查。")
    if words := objection(blocking(open_findings(revision))):
        raise Refused(words)
    if not revision.column.open:
        raise Refused(f"栏目“{revision.column.name}”已停用，请退回改选栏目。")
    if actor is SYSTEM:
        return None
    post = check(actor, P.PUBLISH, submission)
    _check_fresh(actor)
    return post


def _check_fresh(actor: Actor) -> None:
    if actor.authentication != FRESH:
        raise Refused("发布和撤下每次都要核验身份，请输入您的登录密码。")


def _digest(revision: Revision) -> str:
    """The digest of the text as it stands now, computed anew."""
    fields = {column.name: getattr(revision, column.name) for column in Revision.__table__.columns}
    return digest_of(fields, [(file.kind.value, file.name, file.file.sha256) for file in revision.files])


def _put(actor: Actor, submission: Submission, work: Work, note: str) -> Publication:
    if submission.corrects_id is not None:
        return _replace(submission, work, note)
    today = clock.day_of(work.at)
    publication = Publication(
        submission_id=submission.id,
        unit_id=submission.unit_id,
        index_number=_next_number(today.year),
        published_at=work.at,
        published_on=today,
        publisher_id=actor.id,
        standing=Standing.LIVE,
        **_shown(submission),
    )
    db.session.add(publication)
    db.session.flush()
    return publication


def _replace(submission: Submission, work: Work, note: str) -> Publication:
    publication = queries.of_submission(submission.id)
    if publication is None or publication.standing is not Standing.LIVE:
        raise Refused("原来那篇已经撤下，不能再更正。请作为新稿件报送。")
    if not note:
        raise Refused("更正要写一句给公众看的更正说明，比如“更正第二段培训户数”。")
    for name, value in _shown(submission).items():
        if name not in ("event_on", "golden_until"):
            setattr(publication, name, value)
    publication.corrected_at, publication.correction_note = work.at, note
    publication.corrections += 1
    return publication


def _shown(submission: Submission) -> dict[str, Any]:
    return {
        "revision_id": submission.revision_id,
        "column_id": submission.column_id,
        "title": submission.title,
        "event_on": submission.event_on,
        "golden_until": submission.golden_until,
    }


def _next_number(year: int) -> str:
    counter = queries.series(SERIES, year)
    if counter is None:
        counter = NumberSeries(name=SERIES, year=year, last=0)
        db.session.add(counter)
    counter.last += 1
    return index_number(settings.value("index_number"), year, counter.last)
