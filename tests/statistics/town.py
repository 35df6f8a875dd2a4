"""Items whose days are known, walked there by the people whose work it is."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from tests import builders
from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.publishing import operations as publishing
from town_portal.review import operations as review
from town_portal.submissions import operations as submissions
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

S = State


def at(moment: str) -> AbstractContextManager[None]:
    """The clock held at a moment in Shanghai: ``2026-07-01 09:30``; nine o'clock when no time is given."""
    day, _, time = moment.partition(" ")
    return clock.stopped_at(datetime.fromisoformat(f"{day}T{time or '09:00'}").replace(tzinfo=clock.SHANGHAI))


def handed_in(
    cast: Cast, event: str, sent: str, *, by: str = "reporter", unit: str = "C03", state: State = S.SECOND_REVIEW
) -> Submission:
    """An item of an event's day, handed in at a moment (and brought to a state right then)."""
    with at(sent):
        return builders.a_submission(cast, state, by=by, unit=unit, event_on=date.fromisoformat(event))


def returned(cast: Cast, item: Submission, moment: str, again: str) -> Submission:
    """Returned by the head at one moment, handed in again at another."""
    with at(moment):
        review.return_for_revision(builders.surely(cast.actor("head")), item, item.version, [], "数据请核对")
    with at(again):
        return builders.hand_in(cast, item)


def published(cast: Cast, item: Submission, moment: str) -> Submission:
    """Signed by head and leader and published at a moment."""
    with at(moment):
        builders.sign(cast, item, "head")
        builders.sign(cast, item, "leader")
        publishing.publish(
            builders.surely(cast.actor("publisher")), item, item.version, "更正户数" * bool(item.corrects_id)
        )
    return item


def an_article(
    cast: Cast, event: str, sent: str, public: str, *, by: str = "reporter", unit: str = "C03"
) -> Submission:
    """An item handed in at one moment and published at another."""
    return published(cast, handed_in(cast, event, sent, by=by, unit=unit), public)


def withdrawn(cast: Cast, item: Submission, moment: str) -> None:
    """Withdrawn at a moment."""
    with at(moment):
        publishing.withdraw(builders.surely(cast.actor("publisher")), item, item.version, "数据有误")


def a_correction(cast: Cast, item: Submission, moment: str) -> Submission:
    """A correction of a published item, handed in at a moment."""
    with at(moment):
        reporter = cast.actor("reporter")
        draft = submissions.correct(reporter, item)
        text = submissions.text_of(draft.revision, secrecy_cleared=True)
        submissions.revise(reporter, draft, text, draft.version)
        return builders.hand_in(cast, draft)


def corrected(cast: Cast, item: Submission, moment: str) -> Submission:
    """Corrected at a moment: drafted, signed and put in place at once."""
    return published(cast, a_correction(cast, item, moment), moment)


def discarded(cast: Cast, item: Submission, moment: str) -> None:
    """Recalled and given up at a moment."""
    recalled(cast, item, moment)
    with at(moment):
        submissions.discard(cast.actor("reporter"), item, item.version, "写重了")


def recalled(cast: Cast, item: Submission, moment: str) -> None:
    """Taken back by its drafter at a moment."""
    with at(moment):
        submissions.recall(cast.actor("reporter"), item, item.version, "再核一下数")


def some_days(first: str, count: int) -> list[str]:
    """So many days in a row."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=number)).isoformat() for number in range(count)]
