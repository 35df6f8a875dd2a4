"""The drafter's verbs: effect, refusal, the one event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders import BODY, a_submission, a_text, days_ago, hand_in, put_in_force, sign, surely
from tests.cast import Cast
from tests.events import acts, detail, newest
from tests.refusals import refused
from tests.workdays.years import load_shipped
from town_portal.access.actor import RECENT
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.columns import operations as columns
from town_portal.files.models import FileKind
from town_portal.files.operations import upload_attachment
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Forbidden, Repeated, Stale
from town_portal.network import operations as network
from town_portal.network.models import Post
from town_portal.publishing import operations as publishing
from town_portal.publishing.queries import of_submission
from town_portal.review import operations as review
from town_portal.settings import operations as settings
from town_portal.settings import queries as settings_queries
from town_portal.submissions import operations, queries
from town_portal.submissions.models import Attribute, Importance, StageVisit, Submission, Urgency
from town_portal.submissions.rules.lifecycle import EDITABLE, IN_REVIEW, State

S = State
TUESDAY = datetime(2026, 9, 8, 2, tzinfo=UTC)  # ten o'clock in Shanghai


def hold(cast: Cast, key: str) -> Post:
    """Somebody's first post."""
    return db.session.scalars(
        select(Post).where(Post.person_id == cast.person(key).id).order_by(Post.id).limit(1)
    ).one()


@pytest.mark.parametrize("state", [state for state in State if state is not State.FIRST_REVIEW])
def test_every_state_is_reached_by_operations(town: Cast, state: State) -> None:
    assert a_submission(town, state).state is state
    assert trail.verify().findings == []


# -- drafting ------------------------------------------------------------------------------------


def test_a_draft_has_its_first_version(town: Cast) -> None:
    with clock.stopped_at(TUESDAY):
        item = operations.draft(town.actor("reporter"), town.unit("C03").id, a_text(town))
    assert (item.state, item.version, item.unit.name, item.drafter.name) == (S.DRAFT, 2, "洛洞村", "李月娥")
    assert item.golden_until == date(2026, 9, 11)
    assert (item.revision.number, item.revision.digest, item.revision.body_html) == (1, item.digest, BODY)
    assert queries.hands(item.id) == [(town.person("reporter").id, S.DRAFT)]
    assert (newest().action, newest().label, newest().subject_name) == ("draft", "起草", "洛洞村开展秋收农技培训")
    assert newest().actor_post == "洛洞村 · 信息员"


@pytest.mark.parametrize("key", ["other_reporter", "head", "leader", "publisher", "administrator", "auditor", "idler"])
def test_who_does_not_report_for_the_unit_drafts_nothing(town: Cast, key: str) -> None:
    with refused("任职不能对这一件“写稿报送”", Forbidden):
        operations.draft(town.actor(key), town.unit("C03").id, a_text(town))
    assert db.session.scalars(select(Submission)).all() == []


def test_a_text_is_stored_without_what_acts(town: Cast) -> None:
    item = a_submission(town, body_html='<p onclick="x()">一<script>alert(1)</script></p>')
    assert item.revision.body_html == "<p>一</p>"


def test_an_office_for_cross_review_belongs_to_what_is_major(town: Cast) -> None:
    office = town.unit("B10").id
    assert a_submission(town, cross_unit_id=office).cross_unit_id is None
    item = a_submission(town, cross_unit_id=office, importance=Importance.MAJOR)
    assert (item.cross_unit_id, item.revision.cross_unit_id) == (office, office)


# -- revising ------------------------------------------------------------------------------------


def test_a_new_version_does_not_touch_the_old_one(town: Cast) -> None:
    item = a_submission(town)
    first = item.digest
    operations.revise(town.actor("deputy_reporter"), item, a_text(town, title="洛洞村开展秋收农技培训会"), item.version)
    assert [(one.number, one.title) for one in queries.revisions(item.id)] == [
        (2, "洛洞村开展秋收农技培训会"),
        (1, "洛洞村开展秋收农技培训"),
    ]
    assert (item.title, item.drafter.name, item.digest == first) == ("洛洞村开展秋收农技培训会", "李月娥", False)
    assert sorted(queries.hands(item.id)) == sorted(
        (town.person(k).id, S.DRAFT) for k in ("reporter", "deputy_reporter")
    )
    assert (newest().action, detail()["revision"], detail()["fallen"]) == ("revise", 2, [])


@pytest.mark.parametrize("state", [state for state in State if state not in (S.FIRST_REVIEW, *EDITABLE)])
def test_what_is_not_with_its_drafter_is_not_changed(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    with refused(f"现在是“{state.label}”，不能修改"):
        operations.revise(town.actor("reporter"), item, a_text(town, title="换一个题目试试"), item.version)


def test_who_was_slower_is_told_and_nothing_is_overwritten(town: Cast) -> None:
    item = a_submission(town)
    seen = item.version
    operations.revise(town.actor("deputy_reporter"), item, a_text(town, title="副信息员先改好的题目"), seen)
    with refused("刚被别人办过", Stale):
        operations.revise(town.actor("reporter"), item, a_text(town, title="慢了一步的人的题目"), seen)
    assert item.title == "副信息员先改好的题目"


def test_a_stranger_revises_nothing(town: Cast) -> None:
    item = a_submission(town)
    with refused("任职不能", Forbidden):
        operations.revise(town.actor("other_reporter"), item, a_text(town), item.version)


def test_changed_text_voids_signatures_and_says_which(town: Cast) -> None:
    item = a_submission(town, S.THIRD_REVIEW)
    review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "请核对户数")
    operations.revise(town.actor("reporter"), item, a_text(town, body_html=BODY.replace("68", "86")), item.version)
    assert detail()["fallen"] == [
        "李月娥（一审一校·校）",
        "李月娥（一审一校·审）",
        "陈志明（二审二校·校）",
        "陈志明（二审二校·审）",
    ]
    assert queries.standing(item) == []
    assert len(queries.signatures(item.id)) == 4


def test_saving_the_same_text_voids_nothing(town: Cast) -> None:
    item = a_submission(town, S.RETURNED)
    operations.revise(town.actor("reporter"), item, a_text(town), item.version)
    assert detail()["fallen"] == []
    assert len(queries.standing(item)) == 2


def test_going_back_to_the_signed_text_lets_its_signatures_stand_again(town: Cast) -> None:
    item = a_submission(town, S.RETURNED)
    reporter = town.actor("reporter")
    operations.revise(reporter, item, a_text(town, source="别处"), item.version)
    assert queries.standing(item) == []
    operations.revise(reporter, item, a_text(town), item.version)
    assert len(queries.standing(item)) == 2


def test_files_of_others_are_not_used(town: Cast, tmp_path: Any) -> None:
    theirs = upload_attachment(
        town.actor("other_reporter"), Store(tmp_path), town.unit("C01").id, "明细.pdf", b"%PDF-1.4\n%%EOF\n"
    )
    with refused("附件“偷来的.pdf”找不到了"):
        a_submission(town, attachments=((theirs.id, "偷来的.pdf"),))
    with refused("附件“没有.pdf”找不到了"):
        a_submission(town, attachments=((999, "没有.pdf"),))
    with refused("有一张照片找不到了"):
        a_submission(town, body_html=f'<figure><img src="/files/{theirs.token}" alt="x"></figure>')
    mine = upload_attachment(
        town.actor("reporter"), Store(tmp_path), town.unit("C03").id, "明细.pdf", b"%PDF-1.4\n%%EOF\n"
    )
    item = a_submission(town, attachments=((mine.id, "名单.pdf"),))
    assert [(file.name, file.kind) for file in item.revision.attachments] == [("名单.pdf", FileKind.ATTACHMENT)]


# -- handing in ----------------------------------------------------------------------------------


def test_handing_in_is_the_drafters_signature(town: Cast) -> None:
    with clock.stopped_at(TUESDAY):
        item = a_submission(town, S.SECOND_REVIEW)
    assert [(s.stage, s.act.label, s.person_name, s.post, s.digest) for s in queries.signatures(item.id)] == [
        (S.FIRST_REVIEW, "校", "李月娥", "洛洞村 · 信息员", item.digest),
        (S.FIRST_REVIEW, "审", "李月娥", "洛洞村 · 信息员", item.digest),
    ]
    assert (item.waiting_role, item.waiting_unit_id) == (Role.HEAD, town.unit("B05").id)
    assert item.submitted_at == item.stage_entered_at == TUESDAY
    assert item.stage_due_at == TUESDAY + timedelta(days=1)
    assert (item.submit_count, item.return_count) == (1, 0)
    told = detail()
    assert (newest().label, told["to"], told["round"], told["changed"], told["meaning"]) == (
        "送审", "second_review", 1, True, "一审一校",
    )  # fmt: skip
    assert (told["digest"], told["route"]) == (item.digest, "拟稿人 → 部门负责人 → 分管领导")


def test_an_item_that_is_not_ready_says_everything_that_is_missing(town: Cast) -> None:
    item = a_submission(town, title="短", source="", secrecy_cleared=False)
    with refused("还有 3 处要改：标题要.*；请写信息来源；请先做保密审查"):
        hand_in(town, item)
    assert item.state is S.DRAFT


def test_handing_in_is_for_somebody_known_for_sure(town: Cast) -> None:
    item = a_submission(town)
    with refused("要核验身份"):
        operations.submit(town.actor("reporter"), item, item.version)
    recent = town.actor("reporter").at(authentication=RECENT)
    assert operations.submit(recent, item, item.version).state is S.SECOND_REVIEW


def test_a_closed_column_is_not_ready(town: Cast) -> None:
    item = a_submission(town)
    columns.close_column(town.actor("coordinator"), town.column("gzdt"))
    with refused("栏目已停用"):
        hand_in(town, item)


def test_an_event_of_tomorrow_is_not_ready(town: Cast) -> None:
    item = a_submission(town, event_on=clock.today() + timedelta(days=1))
    with refused("不能晚于今天"):
        hand_in(town, item)


@pytest.mark.parametrize("state", [state for state in State if state not in (S.FIRST_REVIEW, *EDITABLE)])
def test_what_is_on_its_way_or_at_its_end_is_not_handed_in(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    with refused(f"现在是“{state.label}”"):
        hand_in(town, item)


def test_only_the_units_reporters_hand_in(town: Cast) -> None:
    item = a_submission(town)
    for key in ("other_reporter", "head", "publisher", "administrator", "auditor"):
        with refused("任职不能", Forbidden):
            hand_in(town, item, key)
    assert hand_in(town, item, "deputy_reporter").state is S.SECOND_REVIEW


def test_a_stale_page_hands_nothing_in(town: Cast) -> None:
    item = a_submission(town)
    seen = item.version
    operations.revise(town.actor("deputy_reporter"), item, a_text(town, source="村委会"), seen)
    with refused("刚被别人办过", Stale):
        operations.submit(surely(town.actor("reporter")), item, seen)


@pytest.mark.parametrize("state", [S.SECOND_REVIEW, S.CROSS_REVIEW, S.THIRD_REVIEW, S.APPROVED])
def test_unchanged_text_enters_where_it_was_returned(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    key = {S.SECOND_REVIEW: "head", S.CROSS_REVIEW: "other_head", S.THIRD_REVIEW: "leader"}.get(state, "publisher")
    review.return_for_revision(surely(town.actor(key)), item, item.version, [], "请再核对")
    hand_in(town, item)
    assert item.state is state
    assert (detail()["changed"], item.submit_count, newest().label) == (False, 2, "修改后重报")
    if state is S.APPROVED:
        assert item.waiting_role is Role.PUBLISHER
        assert publishing.publish(surely(town.actor("publisher")), item, item.version).index_number


@pytest.mark.parametrize("state", [S.CROSS_REVIEW, S.THIRD_REVIEW, S.APPROVED])
def test_changed_text_starts_at_the_first_signer(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    key = {S.CROSS_REVIEW: "other_head", S.THIRD_REVIEW: "leader"}.get(state, "publisher")
    review.return_for_revision(surely(town.actor(key)), item, item.version, [], "请再核对")
    text = operations.text_of(item.revision, body_html=BODY.replace("68", "86"))
    operations.revise(town.actor("reporter"), item, text, item.version)
    hand_in(town, item)
    assert (item.state, detail()["changed"]) == (S.SECOND_REVIEW, True)
    sign(town, item, "head")  # the same hand at the same stage again
    assert item.state is (S.CROSS_REVIEW if item.cross_unit_id else S.THIRD_REVIEW)


def test_a_text_changed_and_changed_back_is_unchanged(town: Cast) -> None:
    item = a_submission(town, S.THIRD_REVIEW)
    review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "请再核对")
    reporter = town.actor("reporter")
    operations.revise(reporter, item, a_text(town, source="别处"), item.version)
    operations.revise(reporter, item, a_text(town), item.version)
    assert hand_in(town, item).state is S.THIRD_REVIEW


def test_recalled_after_a_return_it_starts_anew(town: Cast) -> None:
    item = a_submission(town, S.THIRD_REVIEW)
    review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "请再核对")
    hand_in(town, item)
    operations.recall(town.actor("reporter"), item, item.version, "还要改")
    assert hand_in(town, item).state is S.SECOND_REVIEW


def test_a_stage_nobody_could_sign_refuses_naming_the_stage(town: Cast) -> None:
    item = a_submission(town, counterpart_id=town.unit("B01").id)
    with refused("“二审二校”这一步没有人能签：党政和人大办公室的部门负责人空缺"):
        hand_in(town, item)
    administrator = town.actor("administrator")
    leader = hold(town, "other_leader")
    network.relieve(administrator, leader, clock.today(), "调离")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        other = a_submission(town, counterpart_id=town.unit("B10").id)
        with refused("“三审三校”这一步没有人能签：应急管理办公室的分管领导空缺"):
            hand_in(town, other)
    assert other.state is S.DRAFT


def test_the_only_signer_who_wrote_the_text_leaves_the_stage_empty(town: Cast) -> None:
    network.relieve(town.actor("administrator"), hold(town, "other_head"), clock.today(), "调离")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        item = a_submission(town, by="office_head_reporter", unit="B10", counterpart_id=town.unit("B10").id)
        with refused("“二审二校”这一步没有人能签.*写稿人"):
            hand_in(town, item, "office_head_reporter")


def test_who_stands_in_for_the_writer_is_no_signer_either(town: Cast) -> None:
    administrator = town.actor("administrator")
    with clock.stopped_at(clock.now()):
        item = a_submission(town, by="office_head_reporter", unit="B10", counterpart_id=town.unit("B10").id)
        network.relieve(administrator, hold(town, "other_head"), clock.today(), "调离")
    tomorrow = clock.now() + timedelta(days=1)
    with clock.stopped_at(tomorrow):
        absent = next(post for post in town.person("office_head_reporter").posts if post.role is Role.HEAD)
        network.cover(
            administrator, absent, town.person("idler"), clock.today(), clock.today() + timedelta(days=5), "休假"
        )
        assert town.actor("idler").posts[0].acting_for == "两顶帽"
        with refused("“二审二校”这一步没有人能签"):
            hand_in(town, item, "office_head_reporter")


def test_due_over_the_holiday_and_the_green_lane(town: Cast) -> None:
    load_shipped()
    eve = datetime(2026, 9, 30, 8, tzinfo=UTC)  # four in the afternoon before 国庆节
    with clock.stopped_at(eve):
        normal = a_submission(town, S.SECOND_REVIEW)
        urgent = a_submission(town, S.SECOND_REVIEW, urgency=Urgency.URGENT, urgency_reason="台风")
    assert normal.stage_due_at == datetime(2026, 10, 8, 8, tzinfo=UTC)
    assert urgent.stage_due_at == datetime(2026, 10, 8, 1, tzinfo=UTC)


def test_another_route_holds_for_what_is_handed_in_later(town: Cast) -> None:
    before = a_submission(town, S.SECOND_REVIEW)
    proposal = settings.propose(town.actor("coordinator"), "route", {"preset": "three_reviewers"}, reason="县里要求")
    settings.confirm(town.actor("principal"), proposal, proposal.version)
    after = a_submission(town)
    hand_in(town, after)
    assert (before.state, after.state) == (S.SECOND_REVIEW, S.FIRST_REVIEW)
    assert queries.signatures(after.id) == []
    assert detail()["meaning"] == "送审"
    for key, state in (("head", S.SECOND_REVIEW), ("leader", S.THIRD_REVIEW), ("principal", S.APPROVED)):
        assert sign(town, after, key).state is state
    assert sign(town, before, "head").state is S.THIRD_REVIEW
    assert sign(town, before, "leader").state is S.APPROVED


# -- recalling and giving up -----------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in IN_REVIEW if state is not S.FIRST_REVIEW])
def test_an_item_is_recalled_before_its_last_signature(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    operations.recall(town.actor("reporter"), item, item.version, "写错了村名")
    assert (item.state, item.waiting_role, item.stage_due_at) == (S.DRAFT, None, None)
    assert (newest().label, detail()["stage"], detail()["reason"]) == ("撤回送审", state.value, "写错了村名")
    assert queries.visits(item.id)[-1].outcome == "recall"


@pytest.mark.parametrize("state", [s for s in State if s not in (S.FIRST_REVIEW, *IN_REVIEW)])
def test_what_is_not_in_review_is_not_recalled(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    with refused(f"现在是“{state.label}”"):
        operations.recall(town.actor("reporter"), item, item.version, "写错了")


def test_recalling_needs_a_reason_and_the_right_person(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    with refused("写明为什么撤回"):
        operations.recall(town.actor("reporter"), item, item.version, "")
    for key in ("head", "other_reporter", "publisher", "administrator"):
        with refused("任职不能", Forbidden):
            operations.recall(town.actor(key), item, item.version, "不想审")


@pytest.mark.parametrize("state", EDITABLE)
def test_a_draft_or_returned_item_is_given_up(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    operations.discard(town.actor("reporter"), item, item.version, "写重了")
    assert (item.state, newest().label, detail()["reason"]) == (S.DISCARDED, "作废", "写重了")
    with refused("现在是“已作废”"):
        operations.discard(town.actor("reporter"), item, item.version, "再废一次")


@pytest.mark.parametrize("state", [s for s in State if s not in (S.FIRST_REVIEW, *EDITABLE)])
def test_nothing_else_is_given_up(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    with refused(f"现在是“{state.label}”"):
        operations.discard(town.actor("reporter"), item, item.version, "不要了")


def test_giving_up_needs_a_reason(town: Cast) -> None:
    item = a_submission(town)
    with refused("写明为什么作废"):
        operations.discard(town.actor("reporter"), item, item.version, "")


# -- copying and correcting ------------------------------------------------------------------------


def test_a_copy_is_a_new_draft_of_today(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED, event_on=days_ago(9))
    copy = operations.copy_as_new(town.actor("reporter"), item, town.unit("C03").id)
    assert (copy.state, copy.title, copy.event_on) == (S.DRAFT, item.title, clock.today())
    assert (copy.revision.secrecy_cleared, copy.corrects_id, copy.submit_count) == (False, None, 0)
    assert queries.signatures(copy.id) == []
    assert (acts(copy), detail()["source"]) == (["copy_as_new"], item.id)
    with refused("任职不能", Forbidden):
        operations.copy_as_new(town.actor("reporter"), item, town.unit("C01").id)


def published_correction(cast: Cast, item: Submission, title: str) -> Submission:
    """A correction with another title, walked to the public."""
    correction = operations.correct(cast.actor("reporter"), item)
    text = operations.text_of(correction.revision, title=title, secrecy_cleared=True)
    operations.revise(cast.actor("reporter"), correction, text, correction.version)
    hand_in(cast, correction)
    sign(cast, correction, "head")
    sign(cast, correction, "leader")
    publishing.publish(surely(cast.actor("publisher")), correction, correction.version, "更正标题")
    return correction


def test_a_correction_keeps_the_live_text_up_until_it_takes_its_place(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    live = item.revision_id
    correction = operations.correct(town.actor("reporter"), item)
    assert (correction.state, correction.corrects_id, correction.title) == (S.DRAFT, item.id, item.title)
    assert (newest().label, newest().subject_id, detail()["corrects"]) == ("起草更正", correction.id, item.id)
    text = operations.text_of(correction.revision, title="洛洞村开展秋收农技培训会", secrecy_cleared=True)
    operations.revise(town.actor("reporter"), correction, text, correction.version)
    hand_in(town, correction)
    sign(town, correction, "head")
    sign(town, correction, "leader")
    assert of_submission(item.id).revision_id == live
    with refused("更正要写一句给公众看的更正说明"):
        publishing.publish(surely(town.actor("publisher")), correction, correction.version, "  ")
    before = of_submission(item.id)
    number, published_at, golden = before.index_number, before.published_at, before.golden_until
    publication = publishing.publish(surely(town.actor("publisher")), correction, correction.version, "更正标题")
    assert (publication.id, publication.revision_id) == (before.id, correction.revision_id)
    assert (publication.title, publication.correction_note) == ("洛洞村开展秋收农技培训会", "更正标题")
    assert (publication.index_number, publication.published_at, publication.golden_until, publication.corrections) == (
        number, published_at, golden, 1,
    )  # fmt: skip


def test_another_correction_starts_from_what_the_public_reads(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    first = published_correction(town, item, "改过一次的题目就是它")
    again = operations.correct(town.actor("reporter"), item)
    assert (again.title, again.corrects_id) == ("改过一次的题目就是它", item.id)
    operations.discard(town.actor("reporter"), again, again.version, "不改了")
    third = operations.correct(town.actor("reporter"), first)
    assert (third.title, third.corrects_id) == ("改过一次的题目就是它", item.id)


def test_one_correction_at_a_time(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    open_ = operations.correct(town.actor("reporter"), item)
    with refused("已经有一份更正稿在办"):
        operations.correct(town.actor("deputy_reporter"), item)
    operations.discard(town.actor("reporter"), open_, open_.version, "不改了")
    assert operations.correct(town.actor("deputy_reporter"), item).corrects_id == item.id


@pytest.mark.parametrize("state", [s for s in State if s not in (S.FIRST_REVIEW, S.PUBLISHED)])
def test_only_what_is_public_is_corrected(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    with refused("只有已发布、还没有撤下的稿件才能更正"):
        operations.correct(town.actor("reporter"), item)


def test_what_was_withdrawn_is_not_corrected_by_way_of_its_correction(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = published_correction(town, item, "改过一次的题目就是它")
    publishing.withdraw(surely(town.actor("publisher")), item, item.version, "含个人信息")
    assert queries.published_revision(correction) is None
    with refused("还没有撤下的稿件才能更正"):
        operations.correct(town.actor("reporter"), correction)


def test_a_correction_of_something_withdrawn_meanwhile_is_not_published(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = operations.correct(town.actor("reporter"), item)
    text = operations.text_of(correction.revision, secrecy_cleared=True, source="村委会")
    operations.revise(town.actor("reporter"), correction, text, correction.version)
    hand_in(town, correction)
    sign(town, correction, "head")
    sign(town, correction, "leader")
    publishing.withdraw(surely(town.actor("publisher")), item, item.version, "含个人信息")
    with refused("原来那篇已经撤下，不能再更正"):
        publishing.publish(surely(town.actor("publisher")), correction, correction.version, "更正来源")


# -- typing, and one form twice --------------------------------------------------------------------


def test_a_working_copy_is_kept_without_an_event(town: Cast) -> None:
    item = a_submission(town)
    before = trail.head_seq()
    reporter = town.actor("reporter")
    operations.keep_working_copy(reporter, item.id, item.version, {"title": "写到一半"})
    operations.keep_working_copy(reporter, item.id, item.version, {"title": "又写了几个字"})
    operations.keep_working_copy(town.actor("deputy_reporter"), item.id, item.version, {"title": "别人的"})
    assert trail.head_seq() == before
    assert queries.working_copy(reporter.id, item.id).fields == {"title": "又写了几个字"}
    operations.drop_working_copy(reporter, item.id)
    operations.drop_working_copy(reporter, item.id)
    assert queries.working_copy(reporter.id, item.id) is None
    assert queries.working_copy(town.actor("deputy_reporter").id, item.id) is not None


def test_two_pages_of_one_person_do_not_write_over_each_other(town: Cast) -> None:
    desk, phone = (town.actor("reporter").at(form_key=key) for key in ("desk-page-key", "phone-page-key"))
    operations.keep_working_copy(desk, 0, None, {"title": "在电脑上写的"})
    with pytest.raises(operations.Elsewhere, match="另一个窗口") as other:
        operations.keep_working_copy(phone, 0, None, {"title": "在手机上写的"})
    assert other.value.copy.fields["title"] == "在电脑上写的"
    operations.keep_working_copy(phone, 0, None, {"title": "在手机上接着写的"}, "desk-page-key")
    with pytest.raises(operations.Elsewhere):
        operations.keep_working_copy(desk, 0, None, {"title": "电脑上又写"})
    operations.draft(desk, town.unit("C03").id, a_text(town))
    assert queries.working_copy(desk.id or 0, 0).fields["title"] == "在手机上接着写的"
    operations.draft(phone, town.unit("C03").id, a_text(town))
    assert queries.working_copy(desk.id or 0, 0) is None


def test_saving_a_version_forgets_the_working_copy(town: Cast) -> None:
    reporter = town.actor("reporter")
    operations.keep_working_copy(reporter, 0, None, {"title": "新的"})
    item = a_submission(town)
    assert queries.working_copy(reporter.id, 0) is None
    operations.keep_working_copy(reporter, item.id, item.version, {"title": "改的"})
    operations.revise(reporter, item, a_text(town, source="别处"), item.version)
    assert queries.working_copy(reporter.id, item.id) is None


def test_a_refused_save_keeps_the_working_copy(town: Cast) -> None:
    item = a_submission(town)
    reporter = town.actor("reporter")
    operations.keep_working_copy(reporter, item.id, item.version, {"title": "没存上的"})
    seen = item.version
    operations.revise(town.actor("deputy_reporter"), item, a_text(town, source="别处"), seen)
    with refused("刚被别人办过", Stale):
        operations.revise(reporter, item, a_text(town), seen)
    assert queries.working_copy(reporter.id, item.id).fields == {"title": "没存上的"}


def test_one_form_sent_twice_has_one_effect_and_one_answer(town: Cast) -> None:
    item = a_submission(town)
    actor = surely(town.actor("reporter")).at(form_key="k1", answer="/submissions/1")
    seen = item.version
    operations.submit(actor, item, seen)
    before = trail.head_seq()
    with pytest.raises(Repeated) as answered:
        operations.submit(actor, item, seen)
    assert (answered.value.location, answered.value.kind, answered.value.id) == (
        "/submissions/1",
        "Submission",
        item.id,
    )
    assert trail.head_seq() == before
    theirs = surely(town.actor("deputy_reporter")).at(form_key="k1")
    operations.recall(theirs, item, item.version, "别人的同名钥匙不算重复")


def test_a_refused_form_may_be_sent_again(town: Cast) -> None:
    item = a_submission(town, source="")
    actor = surely(town.actor("reporter")).at(form_key="k1")
    with refused("信息来源"):
        operations.submit(actor, item, item.version)
    operations.revise(town.actor("reporter"), item, a_text(town), item.version)
    assert operations.submit(actor, item, item.version).state is S.SECOND_REVIEW


# -- the marks a walk leaves -------------------------------------------------------------------------


def test_every_stay_is_closed_with_its_working_time(town: Cast) -> None:
    with clock.stopped_at(TUESDAY):
        item = a_submission(town, S.SECOND_REVIEW)
    with clock.stopped_at(TUESDAY + timedelta(minutes=45)):
        sign(town, item, "head")
    with clock.stopped_at(TUESDAY + timedelta(hours=5)):  # over noon
        sign(town, item, "leader")
    visits = queries.visits(item.id)
    assert [(v.stage, v.role, v.outcome, v.working_minutes) for v in visits] == [
        (S.SECOND_REVIEW, Role.HEAD, "sign", 45),
        (S.THIRD_REVIEW, Role.LEADER, "sign", 105),
        (S.APPROVED, Role.PUBLISHER, None, None),
    ]
    assert visits[0].person_id == town.person("head").id


@pytest.mark.parametrize("attribute", [Attribute.ON_REQUEST, Attribute.CLOSED])
def test_what_is_not_for_the_public_is_filed(town: Cast, attribute: Attribute) -> None:
    item = a_submission(town, attribute=attribute, attribute_reason="涉及第三方")
    hand_in(town, item)
    sign(town, item, "head")
    sign(town, item, "leader")
    assert (item.state, item.waiting_role) == (S.FILED, None)
    assert of_submission(item.id) is None
    with refused("不能发布到网上"):
        publishing.publish(surely(town.actor("publisher")), item, item.version)
    assert db.session.scalars(select(StageVisit).where(StageVisit.left_at.is_(None))).all() == []


def test_nothing_is_written_outside_the_frame(town: Cast) -> None:
    item = a_submission(town)
    item.title = "悄悄改的题目"
    with pytest.raises(Exception, match="outside unit_of_work"):
        db.session.commit()
    db.session.rollback()
    item.state = S.PUBLISHED
    with pytest.raises(Exception, match="outside unit_of_work"), bookkeeping():
        item.title = "又来一次"
        db.session.add(item)
    db.session.rollback()


ACTS: list[Callable[[Any, Submission], object]] = [
    lambda actor, item: operations.submit(surely(actor), item, item.version),
    lambda actor, item: operations.recall(actor, item, item.version, "原因"),
    lambda actor, item: operations.discard(actor, item, item.version, "原因"),
    operations.correct,
]


@pytest.mark.parametrize("act", ACTS)
def test_a_post_that_is_over_carries_nothing(town: Cast, act: Callable[[Any, Submission], object]) -> None:
    item = a_submission(town)
    retired = replace(town.actor("reporter"), posts=())
    with refused("任职不能", Forbidden):
        act(retired, item)


# -- limits by route, lane and kind ------------------------------------------------------------------


def test_a_correction_has_limits_of_its_own(town: Cast) -> None:
    load_shipped()
    with clock.stopped_at(TUESDAY):
        published = a_submission(town, S.PUBLISHED)
        hour = {"drafter_first": {"correction": {"normal": {"second_review": {"amount": 1, "unit": "working_hour"}}}}}
        put_in_force(town, "step_limits", {**settings_queries.value("step_limits"), "routes": hour})
        correction = operations.correct(town.actor("reporter"), published)
        mended = operations.text_of(correction.revision, title="洛洞村开展冬种农技培训", secrecy_cleared=True)
        operations.revise(town.actor("reporter"), correction, mended, correction.version)
        hand_in(town, correction)
        plain = a_submission(town, S.SECOND_REVIEW)
    assert correction.stage_due_at == TUESDAY + timedelta(hours=1)
    assert plain.stage_due_at == TUESDAY + timedelta(days=1)


def test_a_value_of_before_the_tables_goes_on_judging(town: Cast) -> None:
    load_shipped()
    with clock.stopped_at(TUESDAY):
        old = settings_queries.value("step_limits")
        assert "routes" not in old
        old = {**old, "normal": {name: {"amount": 3, "unit": "working_hour"} for name in old["normal"]}}
        put_in_force(town, "step_limits", old)
        assert a_submission(town, S.SECOND_REVIEW).stage_due_at == TUESDAY + timedelta(hours=5, minutes=30)
