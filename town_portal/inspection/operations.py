"""The worker's reading, and the verb of those who look at what it found: dismiss."""

import logging
from datetime import date, time

from sqlalchemy.exc import OperationalError

from town_portal.access.actor import SYSTEM, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Moved, Refused
from town_portal.inspection import queries
from town_portal.inspection.models import InspectionRound, LateFinding, Reading
from town_portal.publishing.models import Publication
from town_portal.submissions.models import Revision
from town_portal.submissions.queries import spotted_in_revision
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.spotted import SHORTEST_REASON, Spotted

log = logging.getLogger(__name__)

NIGHT = time(1, 0)
"""When the night's reading begins, in Shanghai."""
FIND = Action("find_late", "巡检发现")
DISMISS = Action("dismiss_finding", "说明不是错")


def read_versions(limit: int) -> int:
    """Read saved versions for the figures, each once; returns how many. Records no event: nothing is decided."""
    unread = queries.unread_versions(limit)
    for revision in unread:
        found = _weighing(revision, clock.local(revision.created_at).date())
        with bookkeeping() as session:
            session.add(
                Reading(
                    revision_id=revision.id,
                    read_at=clock.now(),
                    signs=len(revision.title) + len(markup.words(revision.body_html)),
                    found=[{"key": one.key, "family": one.family.value} for one in found or ()],
                )
            )
    return len(unread)


def under_way() -> bool:
    """Is tonight's round still to be begun, or to be gone on with?"""
    now = clock.local(clock.now())
    round_ = db.session.get(InspectionRound, now.date())
    return now.time() >= NIGHT and (round_ is None or round_.finished_at is None)


def go_on(limit: int) -> int:
    """Read the next public texts of tonight's round; returns how many. Nothing before ``NIGHT`` and after its end.

    The round remembers how far it came: it goes on after a restart, and reads a text once a night. A text at
    which the program fails counts as one that could not be read: the round goes on behind it.
    """
    if not under_way():
        return 0
    now = clock.local(clock.now())
    round_ = db.session.get(InspectionRound, now.date())
    texts = queries.live_after(round_.reached if round_ else 0, limit)
    numbers = [publication.id for publication in texts]
    told = [_inspected(publication, number) for publication, number in zip(texts, numbers, strict=True)]
    with bookkeeping() as session:
        round_ = session.get(InspectionRound, now.date()) or InspectionRound(
            day=now.date(), started_at=clock.now(), reached=0, read=0, found=0, refused=0
        )
        session.add(round_)
        round_.read += len(texts)
        round_.found += sum(one or 0 for one in told)
        round_.refused += sum(one is None for one in told)
        if texts:
            round_.reached = numbers[-1]
        if len(texts) < limit:
            round_.finished_at = clock.now()
    return len(texts)


def _inspected(publication: Publication, number: int) -> int | None:
    try:
        return inspect(publication)
    except OperationalError:  # the database's fault, not the text's: the round is gone on with later
        raise
    except Exception:
        db.session.rollback()
        log.exception("publication %s could not be read; the round goes on", number)
        return None


def inspect(publication: Publication) -> int | None:
    """Read one public text by today's lists and the day of its publication; tell what newly fails.

    Returns how many findings are new; None when the text could not be read.
    """
    revision = publication.revision
    found = _weighing(revision, publication.published_on)
    if found is None:
        return None
    known = queries.known_keys(revision.id)
    new = {one.key: one for one in found if one.key not in known}
    if new:
        with unit_of_work(SYSTEM, on=publication) as work:
            db.session.add_all(
                LateFinding(
                    publication_id=publication.id,
                    revision_id=revision.id,
                    unit_id=publication.unit_id,
                    key=one.key,
                    place=one.place,
                    family=one.family,
                    severity=one.severity,
                    words=one.words,
                    before=one.before,
                    after=one.after,
                    message=one.message,
                    found_at=work.at,
                )
                for one in new.values()
            )
            work.record(
                FIND, publication, revision=revision.number, families=[one.family.value for one in new.values()]
            )
    return len(new)


def dismiss(actor: Actor, finding: LateFinding, seen: int | None, reason: str) -> None:
    """Say why what was found is no error. Refused for personal data and secrecy: they are withdrawn or corrected."""
    with unit_of_work(actor, on=finding, seen=seen) as work:
        post = check(actor, P.PUBLISH, finding)
        if not finding.explainable:
            raise Refused("个人信息和涉密标志不能说明了事，请马上撤下，或者起草更正稿。")
        if not finding.open:
            raise Moved("这一处已经处理过了。")
        if len(reason) < SHORTEST_REASON:
            raise Refused(f"请写明为什么不是错，至少 {SHORTEST_REASON} 个字。")
        finding.dismissed_at, finding.dismissed_by_id, finding.dismissed_reason = work.at, actor.id, reason
        work.record(DISMISS, finding, post=post, reason=reason, publication=finding.publication_id)


def _weighing(revision: Revision, day: date) -> list[Spotted] | None:
    """What weighs in a version, judged by a day and not held against other items; None when it could not be read."""
    number = revision.id
    try:
        return [one for one in spotted_in_revision(revision, day=day, alone=True) if one.weighs]
    except Refused as refusal:
        log.warning("version %s could not be read: %s", number, type(refusal).__name__)
    except OperationalError:
        raise
    except Exception:
        db.session.rollback()
        log.exception("version %s could not be read", number)
    return None
