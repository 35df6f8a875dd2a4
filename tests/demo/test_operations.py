"""Loading and emptying the demo."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.conftest import Databases, open_house
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.accounts import operations as accounts
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.columns import queries as column_queries
from town_portal.demo import operations, queries
from town_portal.files.models import StoredFile
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.publishing.models import Publication
from town_portal.submissions.models import Revision, Signature, StageVisit, Submission, WorkingCopy
from town_portal.submissions.rules.lifecycle import State

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
"""A Monday, 10:40 in Shanghai."""


def quietly(_words: str) -> None:
    """Progress nobody reads."""


@pytest.fixture(scope="module")
def house(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with a small demo, loaded once for the reading tests."""
    address = databases.fresh(with_cast=False)
    app = open_house(tmp_path_factory.mktemp("demo"), address)
    with app.app_context():
        operations.load(app, quietly, NOW, every=12)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


@pytest.fixture
def loaded(house: Flask) -> Iterator[None]:
    with house.app_context(), clock.stopped_at(NOW):
        yield
        db.session.rollback()


def count(statement: object) -> int:
    return db.session.scalar(statement) or 0  # type: ignore[call-overload]


def check(*, least: int) -> None:
    """What must hold of every loaded demo."""
    report = trail.verify()
    assert report.sound, report.findings[:3]
    items = list(db.session.scalars(select(Submission)))
    assert {item.state for item in items} == set(State) - {State.FIRST_REVIEW}
    assert len({item.unit_id for item in items}) == 31
    assert len(items) >= least
    events = list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)))
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert events[-1].at <= NOW
    assert not count(select(func.count()).select_from(Revision).where(Revision.body_html.contains("{")))
    assert not count(select(func.count()).select_from(Revision).where(Revision.title.contains("{")))


def test_the_trail_is_sound_and_every_state_is_there(loaded: None) -> None:
    check(least=90)


def test_something_is_overdue_due_within_the_hour_and_urgent(loaded: None) -> None:
    waiting = [item for item in db.session.scalars(select(Submission)) if item.stage_due_at]
    assert any(item.stage_due_at < NOW for item in waiting)
    soon = [item for item in waiting if NOW < item.stage_due_at <= NOW + timedelta(hours=1)]
    assert {item.state for item in soon} >= {State.SECOND_REVIEW, State.THIRD_REVIEW, State.APPROVED}
    assert any(item.urgent for item in soon)
    assert {item.state for item in waiting if item.urgent} >= {State.SECOND_REVIEW, State.APPROVED}


def test_what_is_scheduled_is_for_tomorrow_at_nine(loaded: None) -> None:
    times = set(db.session.scalars(select(Submission.scheduled_at).where(Submission.state == State.SCHEDULED)))
    assert times == {datetime(2026, 11, 24, 1, 0, tzinfo=UTC)}


def test_a_colleague_has_claimed_and_somebody_stands_in(loaded: None) -> None:
    assert count(select(func.count()).select_from(Submission).where(Submission.claimed_by_id.is_not(None)))
    assert count(select(func.count()).select_from(Signature).where(Signature.acting_for.is_not(None)))
    covers = [post for post in network.posts_on(clock.today()) if post.acting_for_id is not None]
    assert [(post.role, post.unit.code) for post in covers] == [(Role.HEAD, "B10")]


def test_duties_were_handed_over(loaded: None) -> None:
    office = network.unit_by_code("B06")
    assert office is not None
    names = [person.name for person in network.holders(clock.today(), Role.REPORTER, office.id)]
    assert names == ["谭子晴", "刘雅文"]
    assert db.session.scalar(select(AuditEvent.label).where(AuditEvent.action == "hand_over")) == "工作交接"


def test_a_correction_is_public_and_another_waits(loaded: None) -> None:
    corrected = list(db.session.scalars(select(Publication).where(Publication.corrections > 0)))
    assert all(one.correction_note or not one.corrected_at for one in corrected)
    assert any("应为" in (one.correction_note or "") for one in corrected)
    waiting = (
        select(func.count())
        .select_from(Submission)
        .where(Submission.corrects_id.is_not(None), Submission.state == State.SECOND_REVIEW)
    )
    assert count(waiting) == 1


def test_a_reporter_has_something_unsaved(loaded: None) -> None:
    (copy,) = db.session.scalars(select(WorkingCopy))
    submission = db.session.get(Submission, copy.slot)
    assert submission is not None
    assert submission.revision is not None
    assert submission.state is State.DRAFT
    assert copy.base_version == submission.version
    assert len(copy.fields["body_html"]) > len(submission.revision.body_html)


def test_one_account_of_each_role_can_sign_in(loaded: None) -> None:
    shown = queries.accounts()
    assert [account.role for account in shown] == [role.label for role in (
        Role.REPORTER, Role.HEAD, Role.LEADER, Role.PRINCIPAL,
        Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR,
    )]  # fmt: skip
    assert len({account.phone for account in shown}) == 8
    assert accounts.sign_in(shown[0].phone, shown[0].password, "127.0.0.1", "test")


def test_loading_twice_is_refused(house: Flask, loaded: None) -> None:
    before = trail.head_seq()
    with pytest.raises(Refused, match="已经有数据"):
        operations.load(house, quietly, NOW, every=40)
    assert trail.head_seq() == before


def test_pictures_are_there_and_differ(house: Flask, loaded: None) -> None:
    files = [file for file in db.session.scalars(select(StoredFile)) if not file.name.startswith("截图")]
    assert len({file.sha256 for file in files}) == len(files) > 20
    assert all((file.width, file.height) == (960, 600) for file in files)
    assert all((house.config["PORTAL"].files / file.token[:2] / file.token).exists() for file in files)


# -- in houses of their own ---------------------------------------------------------------------


def test_a_real_house_is_not_loaded_into(app: Flask, town: Cast) -> None:
    before = trail.head_seq()
    with pytest.raises(Refused, match="已经有数据"):
        operations.load(app, quietly, NOW)
    assert trail.head_seq() == before


def test_a_real_house_is_not_emptied(app: Flask, town: Cast) -> None:
    with pytest.raises(Refused, match="不是演示数据"):
        operations.reset(app)
    assert trail.head_seq()


def test_production_is_left_alone(app: Flask, database: object) -> None:
    app.config["PORTAL"] = dataclasses.replace(app.config["PORTAL"], production=True)
    with pytest.raises(Refused, match="正式环境"):
        operations.load(app, quietly, NOW)
    with pytest.raises(Refused, match="正式环境"):
        operations.reset(app)
    assert not trail.head_seq()


def test_demo_passwords_only_in_the_demo(town: Cast) -> None:
    with pytest.raises(Refused, match="只能在演示数据里"):
        operations.set_demo_passwords(SYSTEM)


def test_emptied_it_can_be_loaded_again(app: Flask, database: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations.script, "plan", lambda *_: [])
    monkeypatch.setattr(operations.Player, "leave_something_unsaved", lambda _: None)
    config = app.config["PORTAL"]
    operations.load(app, quietly, NOW)
    first = trail.head_seq()
    for folder in (config.files / "ab", config.checkpoints):
        folder.mkdir(parents=True)
        Path(folder / "left").write_text("from the first time")
    operations.reset(app)
    assert not trail.head_seq()
    assert not list(config.files.iterdir())
    assert not list(config.checkpoints.iterdir())
    operations.load(app, quietly, NOW)
    assert trail.head_seq() == first
    assert trail.verify().sound
    assert column_queries.leaves()


@pytest.mark.slow
def test_the_whole_demo(app: Flask, database: object) -> None:
    with clock.stopped_at(NOW):
        operations.load(app, quietly, NOW)
        check(least=330)
        quarters = Counter(
            (one.published_on.year, (one.published_on.month + 2) // 3)
            for one in db.session.scalars(select(Publication))
        )
        assert all(quarters[quarter] >= 40 for quarter in ((2025, 4), (2026, 1), (2026, 2), (2026, 3), (2026, 4)))
        published = list(db.session.scalars(select(Publication)))
        late = [one for one in published if not one.timely]
        assert 0.15 < len(late) / len(published) < 0.35
        first, last = (
            [one.timely for one in published if one.published_on < date(2026, 1, 1)],
            [one.timely for one in published if one.published_on >= date(2026, 7, 1)],
        )
        assert sum(last) / len(last) > sum(first) / len(first)
        share = {unit.code: [one.timely for one in published if one.unit_id == unit.id] for unit in network.units()}
        assert sum(share["C03"]) / len(share["C03"]) > sum(share["C14"]) / len(share["C14"])
        newest = max(one.event_on for one in db.session.scalars(select(Submission)) if one.unit.code == "C19")
        assert (clock.today() - newest).days > 45
        visits = [visit for visit in db.session.scalars(select(StageVisit)) if visit.left_at]
        overdue = [visit for visit in visits if visit.left_at > visit.due_at]
        assert 0.01 < len(overdue) / len(visits) < 0.15
