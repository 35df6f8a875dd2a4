"""What waits to be published, what is live, what missed its time."""

from datetime import timedelta

from tests.builders import a_submission, days_ago
from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing import queries
from town_portal.publishing.rules.schedule import GRACE
from town_portal.submissions import operations as submissions
from town_portal.submissions.models import Urgency
from town_portal.submissions.rules.lifecycle import State

S = State


def test_urgent_first_then_the_nearest_golden_day(town: Cast) -> None:
    late = a_submission(town, S.APPROVED)
    near = a_submission(town, S.APPROVED, event_on=days_ago(2))
    urgent = a_submission(town, S.APPROVED, urgency=Urgency.URGENT, urgency_reason="台风")
    a_submission(town, S.THIRD_REVIEW)
    assert [item.id for item in queries.awaiting()] == [urgent.id, near.id, late.id]


def test_a_missed_time_is_told_after_a_grace(town: Cast) -> None:
    item = a_submission(town, S.SCHEDULED)
    assert [one.id for one in queries.scheduled()] == [item.id]
    with clock.stopped_at(item.scheduled_at + GRACE):
        assert queries.missed() == []
    with clock.stopped_at(item.scheduled_at + GRACE + timedelta(seconds=1)):
        assert [one.id for one in queries.missed()] == [item.id]


def test_what_is_live(town: Cast) -> None:
    a_submission(town, S.WITHDRAWN)
    first, second = a_submission(town, S.PUBLISHED), a_submission(town, S.PUBLISHED)
    live = list(db.session.scalars(queries.live()))
    assert {one.submission_id for one in live} == {first.id, second.id}


def test_what_was_published_is_listed_for_those_who_see_the_items(town: Cast) -> None:
    item, gone = a_submission(town, S.PUBLISHED), a_submission(town, S.WITHDRAWN)
    for key in ("publisher", "reporter", "auditor"):
        listed = [one.submission_id for one in db.session.scalars(queries.published_lately(town.actor(key)))]
        assert listed == [gone.id, item.id]
    assert db.session.scalars(queries.published_lately(town.actor("other_reporter"))).all() == []


def test_an_item_and_its_correction_have_one_publication(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = submissions.correct(town.actor("reporter"), item)
    assert queries.of_submission(correction.id).submission_id == item.id
    assert queries.of_submission(a_submission(town).id) is None
    assert queries.of_submission(999) is None
