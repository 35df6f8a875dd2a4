"""What waits for whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import a_submission, hand_in, sign, surely
from tests.cast import Cast
from tests.statements import statements
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.review import operations as review
from town_portal.review import queries
from town_portal.submissions.models import Submission, Urgency
from town_portal.submissions.rules.lifecycle import State

S = State


@pytest.mark.parametrize("state", [state for state in State if state is not S.FIRST_REVIEW])
def test_an_item_stands_in_exactly_the_queues_of_the_post_it_waits_for(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    waiting = {
        S.RETURNED: {"reporter", "deputy_reporter"},
        S.SECOND_REVIEW: {"head", "second_head"},
        S.CROSS_REVIEW: {"other_head", "office_head_reporter"},
        S.THIRD_REVIEW: {"leader"},
        S.APPROVED: {"publisher"},
    }.get(state, set())
    keys = ("reporter", "deputy_reporter", "other_reporter", "head", "second_head", "other_head", "office_head_reporter",
            "leader", "other_leader", "principal", "publisher", "coordinator", "administrator", "auditor", "idler")  # fmt: skip
    for key in keys:
        rows = queries.queue_for(town.actor(key))
        assert [row.id for row in rows] == ([item.id] if key in waiting else []), key
        assert queries.count_for(town.actor(key)) == len(rows)


def test_the_green_lane_first_then_the_least_time_left(town: Cast) -> None:
    now = clock.now()
    with clock.stopped_at(now - timedelta(days=3)):
        old = a_submission(town, S.SECOND_REVIEW)
    fresh = a_submission(town, S.SECOND_REVIEW)
    urgent = a_submission(town, S.SECOND_REVIEW, urgency=Urgency.URGENT, urgency_reason="台风")
    rows = queries.queue_for(town.actor("head"))
    assert [row.id for row in rows] == [urgent.id, old.id, fresh.id]
    assert [(row.urgent, row.over, row.first) for row in rows] == [
        (True, False, True),
        (False, True, True),
        (False, False, False),
    ]


def test_narrowing_the_queue(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    again = a_submission(town, S.RETURNED)
    hand_in(town, again)
    rows = queries.queue_for(town.actor("head"))
    assert queries.narrowed(rows) == rows
    assert len(queries.narrowed(rows, unit="洛洞村")) == 2
    assert queries.narrowed(rows, unit="汤塘社区") == []
    assert [row.id for row in queries.narrowed(rows, again=True)] == [again.id]
    with clock.stopped_at(item.stage_due_at - timedelta(days=30)):
        assert queries.narrowed(rows, due_today=True) == []
    with clock.stopped_at(item.stage_due_at - timedelta(minutes=1)):
        assert item.id in [row.id for row in queries.narrowed(rows, due_today=True)]


def test_ones_own_hand_is_shown(town: Cast) -> None:
    network.appoint(town.actor("administrator"), town.person("head"), town.unit("B05"), Role.LEADER, clock.today())
    a_submission(town, S.THIRD_REVIEW)
    assert [row.mine for row in queries.queue_for(town.actor("head"))] == [True]
    assert [row.mine for row in queries.queue_for(town.actor("leader"))] == [False]


def test_what_one_wrote_and_has_to_mend_is_no_foreign_hand(town: Cast) -> None:
    a_submission(town, S.RETURNED)
    assert [row.mine for row in queries.queue_for(town.actor("reporter"))] == [False]


def test_a_claim_is_shown(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    review.claim(town.actor("head"), item, item.version)
    assert [(row.claimed_by, row.claimed_by_me) for row in queries.queue_for(town.actor("head"))] == [("陈志明", True)]
    assert [(row.claimed_by, row.claimed_by_me) for row in queries.queue_for(town.actor("second_head"))] == [
        ("陈志明", False)
    ]


def test_the_mark_changes_with_every_line(town: Cast) -> None:
    head = town.actor("head")
    marks = [queries.seen_mark(queries.queue_for(head))]
    item = a_submission(town, S.SECOND_REVIEW)
    marks.append(queries.seen_mark(queries.queue_for(head)))
    review.claim(head, item, item.version)
    marks.append(queries.seen_mark(queries.queue_for(head)))
    sign(town, item, "head")
    marks.append(queries.seen_mark(queries.queue_for(head)))
    assert len(set(marks)) == 3
    assert marks[0] == marks[3]


def test_neighbours(town: Cast) -> None:
    first, second, third = (a_submission(town, S.SECOND_REVIEW).id for _ in range(3))
    head = town.actor("head")
    assert queries.neighbours(head, first) == (1, 3, None, second)
    assert queries.neighbours(head, second) == (2, 3, first, third)
    assert queries.neighbours(head, third) == (3, 3, second, None)
    assert queries.neighbours(head, 999) == (0, 3, None, first)
    assert queries.neighbours(town.actor("idler"), first) == (0, 0, None, None)


def test_what_was_done_today(town: Cast) -> None:
    head = town.actor("head")
    assert queries.done_today(head) == (0, None)
    sign(town, a_submission(town, S.SECOND_REVIEW), "head")
    item = a_submission(town, S.SECOND_REVIEW)
    review.return_for_revision(surely(head), item, item.version, [], "请核对")
    assert queries.done_today(head)[0] == 2
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert queries.done_today(head)[0] == 0


def test_what_one_signed_and_returned(town: Cast) -> None:
    passed, returned = a_submission(town, S.PUBLISHED), a_submission(town, S.RETURNED)
    head = town.actor("head")
    assert [row.submission_id for row in db.session.execute(queries.signed_by(head))] == [passed.id]
    assert [row.submission_id for row in db.session.execute(queries.returned_by(head))] == [returned.id]
    assert db.session.execute(queries.signed_by(town.actor("second_head"))).all() == []


def test_a_queue_is_one_statement_however_long(town: Cast) -> None:
    for _ in range(5):
        a_submission(town, S.SECOND_REVIEW)
    head = town.actor("head")
    with statements() as sent:
        assert len(queries.queue_for(head)) == 5
    assert len(sent) == 1
    assert db.session.scalars(select(Submission)).first() is not None
