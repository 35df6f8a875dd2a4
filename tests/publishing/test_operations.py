"""The publisher's verbs: publish, schedule, unschedule, withdraw; and what only the system does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.builders import a_submission, a_text, hand_in, sign, surely
from tests.cast import Cast
from tests.events import acts, detail, newest
from tests.refusals import refused
from town_portal.access.actor import RECENT, SYSTEM, Actor
from town_portal.audit import queries as trail
from town_portal.columns import operations as columns
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Stale
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries
from town_portal.publishing.models import NumberSeries, Publication, Standing
from town_portal.review import operations as review
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries as items
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

S = State
HOUR = timedelta(hours=1)


def publisher(cast: Cast) -> Any:
    """The publisher with his password just given."""
    return surely(cast.actor("publisher"))


# -- publishing ---------------------------------------------------------------------------------------


def test_what_is_approved_reaches_the_public(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    publication = publishing.publish(publisher(town), item, item.version)
    assert (item.state, item.waiting_role, item.stage_due_at) == (S.PUBLISHED, None, None)
    assert (publication.title, publication.revision_id, publication.standing) == (
        item.title,
        item.revision_id,
        Standing.LIVE,
    )
    assert publication.index_number == f"TT441821102/{clock.today().year}-00001"
    assert (publication.timely, publication.published_on) == (True, clock.today())
    assert db.session.scalars(queries.live()).one() is publication
    told = detail()
    assert (newest().label, told["index_number"], told["digest"], told["timely"], told["meaning"]) == (
        "发布", publication.index_number, item.digest, True, "发布",
    )  # fmt: skip


def test_numbers_run_on_through_the_year_and_begin_again(town: Cast) -> None:
    at = datetime(2026, 12, 31, 2, tzinfo=UTC)
    numbers = []
    for moment in (at, at + HOUR, at + timedelta(days=1)):
        with clock.stopped_at(moment):
            item = a_submission(town, S.PUBLISHED)
            numbers.append(queries.of_submission(item.id).index_number)
    assert numbers == ["TT441821102/2026-00001", "TT441821102/2026-00002", "TT441821102/2027-00001"]
    assert {(row.year, row.last) for row in db.session.scalars(select(NumberSeries))} == {(2026, 2), (2027, 1)}


@pytest.mark.parametrize(("minute", "timely", "on"), [(59, True, date(2026, 9, 11)), (61, False, date(2026, 9, 12))])
def test_the_golden_days_end_at_midnight_in_shanghai(town: Cast, minute: int, timely: bool, on: date) -> None:
    with clock.stopped_at(datetime(2026, 9, 8, 2, tzinfo=UTC)):
        item = a_submission(town, S.APPROVED)
    with clock.stopped_at(datetime(2026, 9, 11, 15, tzinfo=UTC) + timedelta(minutes=minute)):
        publication = publishing.publish(publisher(town), item, item.version)
    assert (item.golden_until, publication.published_on, publication.timely) == (date(2026, 9, 11), on, timely)


@pytest.mark.parametrize("state", [state for state in State if state not in (S.FIRST_REVIEW, S.APPROVED, S.SCHEDULED)])
def test_nothing_is_published_but_what_is_approved(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    words = "不能发布到网上" if state is S.FILED else "不是同一版|现在是"
    for actor in (publisher(town), SYSTEM):
        with refused(words):
            publishing.publish(actor, item, item.version)
    assert item.state is state


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "coordinator", "administrator", "auditor"])
def test_only_the_publisher_publishes(town: Cast, key: str) -> None:
    item = a_submission(town, S.APPROVED)
    live = a_submission(town, S.PUBLISHED)
    actor = surely(town.actor(key))
    at = clock.now() + HOUR
    for act in (
        lambda: publishing.publish(actor, item, item.version),
        lambda: publishing.schedule(actor, item, item.version, at),
        lambda: publishing.withdraw(actor, live, live.version, "x"),
    ):
        with refused("任职不能", Forbidden):
            act()
    scheduled = a_submission(town, S.SCHEDULED)
    with refused("任职不能", Forbidden):
        publishing.unschedule(actor, scheduled, scheduled.version)


@pytest.mark.parametrize("authentication", ["password", RECENT])
def test_the_password_is_given_with_the_act_itself(town: Cast, authentication: str) -> None:
    item, live = a_submission(town, S.APPROVED), a_submission(town, S.PUBLISHED)
    actor = replace(town.actor("publisher"), authentication=authentication)
    acts_: list[Callable[[], Any]] = [
        lambda: publishing.publish(actor, item, item.version),
        lambda: publishing.schedule(actor, item, item.version, clock.now() + HOUR),
        lambda: publishing.withdraw(actor, live, live.version, "x"),
    ]
    for act in acts_:
        with refused("每次都要核验身份"):
            act()


def test_a_stale_page_publishes_nothing(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    seen = item.version
    publishing.publish(publisher(town), item, seen)
    with refused("刚被别人办过", Stale):
        publishing.publish(publisher(town), item, seen)
    assert len(db.session.scalars(select(Publication)).all()) == 1


def test_a_closed_column_takes_nothing_in(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    columns.close_column(town.actor("coordinator"), town.column("gzdt"))
    with refused("栏目“工作动态”已停用"):
        publishing.publish(publisher(town), item, item.version)


TAMPERING = {
    "the words": ("revision", "UPDATE revision SET body_html = replace(body_html, '68', '86')"),
    "the title": ("revision", "UPDATE revision SET title = '换了一个题目'"),
    "the claim to publicity": ("revision", "UPDATE revision SET secrecy_cleared = (1 = 0)"),
}


@pytest.mark.parametrize("what", TAMPERING)
@pytest.mark.parametrize("scheduled", [False, True])
def test_a_text_that_is_not_the_signed_one_is_not_published(town: Cast, what: str, scheduled: bool) -> None:
    item = a_submission(town, S.SCHEDULED if scheduled else S.APPROVED)
    table, statement = TAMPERING[what]
    tamper(table, statement)
    db.session.expire_all()
    actor = SYSTEM if scheduled else publisher(town)
    before = trail.head_seq()
    with pytest.raises(publishing.Refused, match="和终审签过的不是同一版"):
        publishing.publish(actor, item, item.version)
    assert (item.state, trail.head_seq()) == (S.SCHEDULED if scheduled else S.APPROVED, before)
    assert db.session.scalars(select(Publication)).all() == []
    assert any("revision 表第" in finding.words for finding in trail.verify().findings)


def tamper(table: str, statement: str) -> None:
    """Change a row behind the house's back: take the trigger away, then write."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER {table}_no_update")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER {table}_append_only ON {table}")
        connection.execute(text(statement))
        connection.commit()


def test_versions_and_signatures_cannot_be_changed_at_all(town: Cast) -> None:
    a_submission(town, S.APPROVED)
    for table in ("revision", "signature", "audit_event"):
        with db.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
            connection.execute(text(f"DELETE FROM {table}"))


# -- at a set time --------------------------------------------------------------------------------------


def test_an_item_is_published_by_the_system_at_its_time(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    at = clock.now() + HOUR
    publishing.schedule(publisher(town), item, item.version, at)
    assert (item.state, item.scheduled_at, item.waiting_role) == (S.SCHEDULED, at, None)
    assert queries.due(at - timedelta(seconds=1)) == []
    assert publishing.publish_scheduled(item.id) is None
    with clock.stopped_at(at):
        assert queries.due(clock.now()) == [item.id]
        publication = publishing.publish_scheduled(item.id)
        assert publishing.publish_scheduled(item.id) is None
    assert publication.published_at == at
    assert (item.state, item.scheduled_at, newest().actor_name, newest().label) == (
        S.PUBLISHED,
        None,
        "系统",
        "定时发布",
    )
    assert publication.publisher_id is None


def test_a_time_put_off_meanwhile_is_not_the_old_time(town: Cast) -> None:
    item = a_submission(town, S.SCHEDULED)
    at = item.scheduled_at
    with clock.stopped_at(at):
        due = queries.due(clock.now())
        publishing.unschedule(publisher(town), item, item.version)
        publishing.schedule(publisher(town), item, item.version, at + timedelta(days=1))
        assert [publishing.publish_scheduled(number) for number in due] == [None]
    assert item.state is S.SCHEDULED


@pytest.mark.parametrize(("later", "words"), [(timedelta(), "以后的时间"), (timedelta(days=91), "90 天")])
def test_which_times_are_refused(town: Cast, later: timedelta, words: str) -> None:
    item = a_submission(town, S.APPROVED)
    with clock.stopped_at(clock.now()), refused(words):
        publishing.schedule(publisher(town), item, item.version, clock.now() + later)


def test_a_set_time_is_taken_back(town: Cast) -> None:
    item = a_submission(town, S.SCHEDULED)
    with refused("现在是“已定时”"):
        publishing.schedule(publisher(town), item, item.version, clock.now() + HOUR)
    publishing.unschedule(publisher(town), item, item.version)
    assert (item.state, item.scheduled_at) == (S.APPROVED, None)
    assert item.waiting_role is not None
    assert acts(item)[-2:] == ["schedule", "unschedule"]
    assert publishing.publish(publisher(town), item, item.version).standing is Standing.LIVE


def test_what_has_no_set_time_is_not_unscheduled(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    with refused("现在是“待发布”"):
        publishing.unschedule(publisher(town), item, item.version)


def test_a_correction_has_no_set_time(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = submissions.correct(town.actor("reporter"), item)
    with refused("更正稿不能定时"):
        publishing.schedule(publisher(town), correction, correction.version, clock.now() + HOUR)


# -- withdrawing, returning -------------------------------------------------------------------------------


def test_an_article_is_taken_away_at_once(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    publishing.withdraw(publisher(town), item, item.version, "含个人信息")
    publication = queries.of_submission(item.id)
    assert (item.state, publication.standing, publication.withdrawn_reason) == (
        S.WITHDRAWN, Standing.WITHDRAWN, "含个人信息",
    )  # fmt: skip
    assert db.session.scalars(queries.live()).all() == []
    assert (newest().label, detail()["reason"]) == ("撤下", "含个人信息")


def test_withdrawing_needs_a_reason_and_something_public(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    with refused("必须写明原因"):
        publishing.withdraw(publisher(town), item, item.version, "")
    for state in (S.APPROVED, S.WITHDRAWN, S.FILED, S.SECOND_REVIEW):
        other = a_submission(town, state)
        with refused("现在没有公开"):
            publishing.withdraw(publisher(town), other, other.version, "x")


def test_a_number_is_never_used_twice(town: Cast) -> None:
    first = a_submission(town, S.WITHDRAWN)
    second = a_submission(town, S.PUBLISHED)
    assert queries.of_submission(first.id).index_number != queries.of_submission(second.id).index_number


def test_a_correction_is_withdrawn_with_what_it_corrects(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = submissions.correct(town.actor("reporter"), item)
    with refused("要撤下请打开原来那篇"):
        publishing.withdraw(publisher(town), correction, correction.version, "x")


def test_a_published_correction_goes_with_what_it_corrects(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = submissions.correct(town.actor("reporter"), item)
    submissions.revise(
        town.actor("reporter"), correction, submissions.text_of(correction.revision, secrecy_cleared=True), None
    )
    hand_in(town, correction)
    sign(town, correction, "head")
    sign(town, correction, "leader")
    publishing.publish(publisher(town), correction, correction.version, "更正户数")
    open_ = submissions.correct(town.actor("reporter"), item)
    publishing.withdraw(publisher(town), item, item.version, "含个人信息")
    assert (item.state, correction.state, open_.state) == (S.WITHDRAWN, S.WITHDRAWN, S.DRAFT)
    assert detail()["corrections"] == [correction.id]
    assert trail.verify().sound
    auditor = town.actor("auditor")
    assert [one.id for one in items.relatives(correction, auditor)] == [item.id, open_.id]
    assert items.relatives(item, town.actor("other_reporter")) == []


def test_two_publishers_take_the_first_number_of_a_year(town: Cast, app: Flask) -> None:
    numbers = [a_submission(town, S.APPROVED).id for _ in range(4)]
    actor = publisher(town)
    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda number: put(app, actor, number), numbers))
    assert len(found) == 4


def put(app: Flask, actor: Actor, number: int) -> str:
    """Publish an item in a thread of its own; its number."""
    with app.app_context():
        item = db.session.get_one(Submission, number)
        return publishing.publish(actor, item, item.version).index_number


def test_returned_before_publishing_and_changed_it_needs_every_signature_again(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    review.return_for_revision(publisher(town), item, item.version, [], "请核对户数")
    submissions.revise(town.actor("reporter"), item, a_text(town, source="村委会"), item.version)
    submissions.submit(surely(town.actor("reporter")), item, item.version)
    assert item.state is S.SECOND_REVIEW
    with refused("不是同一版"):
        publishing.publish(publisher(town), item, item.version)
    assert isinstance(item, Submission)
