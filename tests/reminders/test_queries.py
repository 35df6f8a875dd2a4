"""What is owed, by whom, in one statement a room; a round over many duties."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from tests.builders import a_submission
from tests.cast import Cast
from tests.inspection.late import a_late_finding
from tests.proofreading.terms import a_proposal, an_entry
from tests.reminders.duties import at
from tests.statements import statements
from tests.stopwatch import stopped
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.reminders import operations, queries
from town_portal.settings import operations as settings
from town_portal.submissions.models import StageVisit, Submission
from town_portal.submissions.rules.lifecycle import State
from town_portal.workflow.duty import DutyKind as K

OWED = {
    State.DRAFT: (K.FILING, Role.REPORTER),
    State.RETURNED: (K.REVISION, Role.REPORTER),
    State.SECOND_REVIEW: (K.REVIEW, Role.HEAD),
    State.CROSS_REVIEW: (K.REVIEW, Role.HEAD),
    State.THIRD_REVIEW: (K.REVIEW, Role.LEADER),
    State.APPROVED: (K.PUBLICATION, Role.PUBLISHER),
}


@pytest.mark.parametrize("state", [state for state in State if state is not State.FIRST_REVIEW])
def test_each_state_owes_what_it_waits_for(town: Cast, state: State) -> None:
    a_submission(town, state)
    found = [(duty.kind, duty.seat[0]) for duty in queries.duties()]
    assert found == ([OWED[state]] if state in OWED else [])


def test_a_set_time_that_passed_is_owed_by_the_publisher(town: Cast) -> None:
    a_submission(town, State.SCHEDULED)
    with clock.stopped_at(clock.now() + timedelta(hours=3)):
        (duty,) = queries.duties()
    assert (duty.kind, duty.seat[0], duty.urgent) == (K.RELEASE, Role.PUBLISHER, True)


def test_proposals_and_late_findings_are_owed_by_somebody_else_than_who_made_them(town: Cast) -> None:
    setting = settings.propose(town.actor("coordinator"), "golden_days", {"days": 5, "count": "natural"}, None, "试行")
    proposal = a_proposal(
        town, an_entry(words="粉蕉苗", right="香蕉苗", bad=("村民领到粉蕉苗。",), good=("村民领到香蕉苗。",))
    )
    late = a_late_finding(town)
    found = {duty.key.rpartition(":")[0] or duty.key: duty for duty in queries.duties()}
    assert found["setting"].apart == {setting.proposed_by_id}
    assert found["terms"].apart == {proposal.proposed_by_id}
    assert found[f"late:{late.publication_id}"].urgent


def test_everything_owed_comes_in_one_statement_a_room(town: Cast) -> None:
    for state in (State.DRAFT, State.RETURNED, State.SECOND_REVIEW, State.THIRD_REVIEW, State.APPROVED):
        a_submission(town, state)
    queries.duties()
    with statements() as few:
        queries.duties()
    for _ in range(3):
        a_submission(town, State.SECOND_REVIEW)
    queries.duties()
    with statements() as more:
        queries.duties()
    assert len(few) == len(more) <= len(queries.ROOMS) + 9


@pytest.mark.slow
def test_ten_thousand_open_duties_take_a_round_two_seconds(town: Cast) -> None:
    """Everything is told already, so the round only looks; the first round writes to each person once."""
    monday = at("2026-03-02 10:00")
    with clock.stopped_at(monday):
        item = a_submission(town, State.SECOND_REVIEW)
        _multiply(item, 10_000)
    with clock.stopped_at(at("2026-03-03 09:20")):
        operations.go_round()
        assert len(queries.duties()) == 10_001
        with stopped() as watch:
            assert queries.due_letters() == []
        assert watch.seconds < 2


def _multiply(item: Submission, times: int) -> None:
    """Copies of an item and its open stay, written past the operations: only their number matters."""
    visit = db.session.query(StageVisit).filter_by(submission_id=item.id, left_at=None).one()
    items = [{c.name: getattr(item, c.name) for c in Submission.__table__.c if c.name != "id"} for _ in range(times)]
    numbers = range(item.id + 1, item.id + 1 + times)
    stays = {c.name: getattr(visit, c.name) for c in StageVisit.__table__.c if c.name != "id"}
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(
            insert(Submission.__table__), [{**row, "id": n} for row, n in zip(items, numbers, strict=True)]
        )
        connection.execute(insert(StageVisit.__table__), [{**stays, "submission_id": n} for n in numbers])


def test_a_house_without_a_coordinating_office_owes_nothing(database: None) -> None:
    assert queries.duties() == []
    assert queries.last_resort() is None


def test_late_says_who_owes_it_and_how_far_the_ladder_went(town: Cast) -> None:
    with clock.stopped_at(at("2026-03-02 10:00")):
        a_submission(town, State.SECOND_REVIEW)
    with clock.stopped_at(at("2026-03-03 10:30")):
        ((before,), _) = queries.late()
        operations.go_round()
        ((after,), _) = queries.late()
    assert (before.owners, before.rung, before.vacant) == (("陈志明",), None, False)
    assert after.rung is not None
    assert after.rung.label == "已超时"
