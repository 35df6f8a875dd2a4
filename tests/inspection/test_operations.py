"""The worker's reading, and what people do with what it found."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.events import detail, newest
from tests.inspection.late import NO_SUCH_DAY, REASON, a_late_finding, found, public_with_a_fault
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Moved, Refused, Stale
from town_portal.inspection import operations, queries
from town_portal.inspection.models import Reading
from town_portal.publishing import operations as publishing
from town_portal.publishing.models import Publication
from town_portal.submissions.models import Revision
from town_portal.submissions.rules.lifecycle import State

CLEAN = "<p>今天上午，洛洞村干部到河边清理水草，沿线道路恢复了通行。</p>"


def test_only_what_newly_fails_is_told_and_only_once(town: Cast) -> None:
    publication = public_with_a_fault(town)
    assert operations.inspect(publication) == 1
    assert detail(newest())["families"] == ["date_impossible"]
    assert newest().actor_name == "系统"
    before = trail.head_seq()
    assert operations.inspect(publication) == 0
    assert trail.head_seq() == before
    assert [(one.words, one.severity.value, one.open) for one in found()] == [("6月31日", "block", True)]
    assert trail.verify().sound


def test_what_was_answered_before_publication_is_not_told(town: Cast) -> None:
    doubtful = "<p>本季度受理咨询93件，其中来电47件、来访29件、留言18件，都按时答复了。</p>"
    item = a_submission(town, State.PUBLISHED, body_html=doubtful)
    publication = db.session.scalars(select(Publication).where(Publication.submission_id == item.id)).one()
    assert operations.inspect(publication) == 0


def test_a_night_reads_everything_once_and_goes_on_where_it_stopped(town: Cast) -> None:
    public_with_a_fault(town)
    for _ in range(2):
        a_submission(town, State.PUBLISHED, body_html=CLEAN)
    tomorrow = clock.instant(clock.today() + timedelta(days=1))
    with clock.stopped_at(tomorrow + timedelta(minutes=59)):
        assert operations.go_on(2) == 0
        assert queries.last_round() is None
    with clock.stopped_at(tomorrow + timedelta(hours=1)):
        assert operations.go_on(2) == 2
        assert queries.last_round().finished_at is None  # type: ignore[union-attr]
        assert operations.go_on(2) == 1
        assert operations.go_on(2) == 0
    night = queries.last_round()
    assert night is not None
    assert (night.read, night.found, night.refused) == (3, 1, 0)
    with clock.stopped_at(tomorrow + timedelta(days=1, hours=1)):
        assert operations.go_on(9) == 3
    assert queries.last_round().found == 0  # type: ignore[union-attr]


def test_a_text_at_which_the_program_fails_holds_up_nothing(
    town: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = public_with_a_fault(town).revision_id
    for _ in range(2):
        a_submission(town, State.PUBLISHED, body_html=CLEAN)
    reading = operations.spotted_in_revision

    def fails_at_one(revision: Revision, **given: Any) -> Any:
        return 1 // 0 if revision.id == first else reading(revision, **given)

    monkeypatch.setattr(operations, "spotted_in_revision", fails_at_one)
    assert (operations.read_versions(9), operations.read_versions(9)) == (3, 0)
    with clock.stopped_at(clock.instant(clock.today() + timedelta(days=1)) + timedelta(hours=1)):
        assert operations.under_way()
        assert (operations.go_on(2), operations.go_on(2), operations.go_on(2)) == (2, 1, 0)
        assert not operations.under_way()
    night = queries.last_round()
    assert night is not None
    assert (night.read, night.refused, night.finished_at is not None) == (3, 1, True)
    assert "could not be read" in caplog.text


def test_what_cannot_be_told_of_a_text_holds_up_nothing(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = public_with_a_fault(town).id
    a_submission(town, State.PUBLISHED, body_html=CLEAN)
    inspect = operations.inspect
    monkeypatch.setattr(operations, "inspect", lambda one: {}["x"] if one.id == broken else inspect(one))
    with clock.stopped_at(clock.instant(clock.today() + timedelta(days=1)) + timedelta(hours=1)):
        assert (operations.go_on(2), operations.go_on(2)) == (2, 0)


def test_a_database_that_fails_stops_the_round_until_later(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    public_with_a_fault(town)

    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("select", {}, Exception("database is locked"))

    with clock.stopped_at(clock.instant(clock.today() + timedelta(days=1)) + timedelta(hours=1)):
        with monkeypatch.context() as patch, pytest.raises(OperationalError):
            patch.setattr(operations, "spotted_in_revision", locked)
            operations.go_on(2)
        db.session.rollback()
        assert operations.go_on(2) == 1
        assert queries.last_round().refused == 0  # type: ignore[union-attr]


def test_versions_are_read_once_and_leave_no_event(town: Cast) -> None:
    a_submission(town, State.DRAFT, body_html=NO_SUCH_DAY)
    before = trail.head_seq()
    assert (operations.read_versions(5), operations.read_versions(5), queries.unread_count()) == (1, 0, 0)
    assert trail.head_seq() == before
    reading = db.session.scalars(select(Reading)).one()
    assert [one["family"] for one in reading.found] == ["date_impossible"]
    assert reading.signs > 30


def test_a_reason_settles_it(town: Cast) -> None:
    late = a_late_finding(town)
    operations.dismiss(town.actor("publisher"), late, late.version, REASON)
    assert (late.open, late.dismissed_reason) == (False, REASON)
    assert operations.inspect(late.publication) == 0
    assert trail.verify().sound


def test_who_and_what_is_refused(town: Cast) -> None:
    late = a_late_finding(town)
    with pytest.raises(Forbidden):
        operations.dismiss(town.actor("reporter"), late, late.version, REASON)
    with pytest.raises(Refused, match="至少"):
        operations.dismiss(town.actor("publisher"), late, late.version, "没错")
    with pytest.raises(Stale):
        operations.dismiss(town.actor("publisher"), late, late.version + 1, REASON)
    operations.dismiss(town.actor("publisher"), late, late.version, REASON)
    with pytest.raises(Moved):
        operations.dismiss(town.actor("publisher"), late, late.version, REASON)


def test_a_withdrawn_text_needs_no_more(town: Cast) -> None:
    late = a_late_finding(town)
    publication = late.publication
    publishing.withdraw(
        surely(town.actor("publisher")), publication.submission, publication.submission.version, "日期有误"
    )
    assert (late.mended, late.open) == (True, False)
    assert queries.open_count(town.actor("publisher")) == 0
    with pytest.raises(Moved):
        operations.dismiss(town.actor("publisher"), late, late.version, REASON)
