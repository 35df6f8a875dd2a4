"""The reviewers' verbs: claim, release, proof, sign, return."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import BODY, a_submission, a_text, hand_in, sign, surely
from tests.cast import Cast
from tests.events import acts, detail, newest
from tests.refusals import refused
from town_portal.access.actor import RECENT, Actor
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Repeated, Stale
from town_portal.network import operations as network
from town_portal.network.models import Post
from town_portal.network.queries import posts_on
from town_portal.review import operations as review
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import IN_REVIEW, State
from town_portal.submissions.rules.marks import Mark

S = State
SIGNER = {S.SECOND_REVIEW: "head", S.CROSS_REVIEW: "other_head", S.THIRD_REVIEW: "leader"}
STAGES = tuple(SIGNER)


def proof(actor: Actor, item: Submission) -> None:
    """Sign 校 for the text at hand."""
    review.proof(actor, item, item.version, item.digest)


def review_it(actor: Actor, item: Submission) -> Submission:
    """Sign 审 for the text at hand."""
    return review.sign(actor, item, item.version, item.digest)


def post_of(cast: Cast, key: str, role: Role) -> Post:
    """Somebody's post of today in 农业农村办公室."""
    person = cast.person(key)
    held = posts_on(clock.today(), unit_id=cast.unit("B05").id, roles=(role,))
    return next(post for post in held if post.person_id == person.id)


def appoint(cast: Cast, key: str, role: Role, unit: str) -> None:
    """Give somebody one more post from today on."""
    network.appoint(cast.actor("administrator"), cast.person(key), cast.unit(unit), role, clock.today())


def cover(cast: Cast, absent: Post, key: str) -> None:
    """Let somebody stand in for the holder of a post, from today on."""
    until = clock.today() + timedelta(days=5)
    network.cover(cast.actor("administrator"), absent, cast.person(key), clock.today(), until, "休假")


# -- 校 and 审 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stage", "after"), [(S.SECOND_REVIEW, S.THIRD_REVIEW), (S.CROSS_REVIEW, S.THIRD_REVIEW), (S.THIRD_REVIEW, S.APPROVED)])  # fmt: skip
def test_proof_and_review_move_an_item_on(town: Cast, stage: State, after: State) -> None:
    item = a_submission(town, stage)
    actor, version = surely(town.actor(SIGNER[stage])), item.version
    proof(actor, item)
    assert (item.state, item.version) == (stage, version)
    assert (newest().action, detail()["act"], detail()["digest"]) == ("proof", "校", item.digest)
    review_it(actor, item)
    assert item.state is after
    assert (newest().action, detail()["act"], detail()["to"]) == ("sign", "审", after.value)
    signed = queries.signatures(item.id)[-2:]
    assert [(s.stage, s.act.value, s.person_name, s.digest, s.revision_id) for s in signed] == [
        (stage, act, town.name(SIGNER[stage]), item.digest, item.revision_id) for act in ("proof", "review")
    ]
    assert item.claimed_by_id is None


def test_the_last_signature_seals_the_text(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    assert item.signed_digest == item.digest
    assert (item.waiting_role, item.waiting_unit_id) == (Role.PUBLISHER, town.unit("B01").id)
    assert item.approved_at is not None


@pytest.mark.parametrize("stage", STAGES)
def test_no_review_before_proof(town: Cast, stage: State) -> None:
    item = a_submission(town, stage)
    with refused("还没有校对签字"):
        review_it(surely(town.actor(SIGNER[stage])), item)


def test_two_people_of_one_post_may_share_proof_and_review(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    proof(surely(town.actor("second_head")), item)
    assert review_it(surely(town.actor("head")), item).state is S.THIRD_REVIEW


def test_one_proof_a_stay(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    proof(surely(town.actor("head")), item)
    with refused("陈志明 .* 已经签过这一版的“校”"):
        proof(surely(town.actor("second_head")), item)


def test_a_proof_of_an_earlier_stay_does_not_count(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    proof(surely(town.actor("head")), item)
    review.return_for_revision(surely(town.actor("head")), item, item.version, [], "再核对")
    hand_in(town, item)
    with refused("还没有校对签字"):
        review_it(surely(town.actor("head")), item)


@pytest.mark.parametrize("act", [proof, review_it])
@pytest.mark.parametrize("stage", STAGES)
def test_only_the_post_it_waits_for_signs(town: Cast, stage: State, act: Callable[[Actor, Submission], Any]) -> None:
    item = a_submission(town, stage)
    may = {
        S.SECOND_REVIEW: {"head", "second_head"},
        S.CROSS_REVIEW: {"other_head", "office_head_reporter"},
        S.THIRD_REVIEW: {"leader"},
    }[stage]
    for key in ("reporter", "head", "second_head", "other_head", "leader", "other_leader", "principal", "coordinator",
                "publisher", "administrator", "auditor", "idler"):  # fmt: skip
        if key not in may:
            with refused("任职不能对这一件“审核”", Forbidden):
                act(surely(town.actor(key)), item)


@pytest.mark.parametrize("state", [state for state in State if state not in IN_REVIEW])
def test_what_is_not_in_review_is_not_signed(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    for key in ("head", "leader", "publisher"):
        for act in (proof, review_it):
            with refused(f"现在是“{state.label}”"):
                act(surely(town.actor(key)), item)


def test_only_the_text_that_was_shown_is_signed(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    for act in (review.proof, review.sign):
        with refused("您看的不是现在这一版"):
            act(surely(town.actor("head")), item, item.version, "0" * 64)
        with refused("刚被别人办过", Stale):
            act(surely(town.actor("head")), item, item.version - 1, item.digest)


@pytest.mark.parametrize(
    ("stage", "recent"), [(S.SECOND_REVIEW, True), (S.CROSS_REVIEW, True), (S.THIRD_REVIEW, False)]
)
def test_how_surely_a_signer_must_be_known(town: Cast, stage: State, recent: bool) -> None:
    item = a_submission(town, stage)
    actor = town.actor(SIGNER[stage])
    for act in (proof, review_it):
        with refused("请输入您的登录密码"):
            act(actor, item)
    lately = actor.at(authentication=RECENT)
    proof(lately, item)
    if recent:
        assert review_it(lately, item).state is S.THIRD_REVIEW
    else:
        with refused("请输入您的登录密码"):
            review_it(lately, item)


# -- 双人复核 ----------------------------------------------------------------------------------------


def test_the_writer_signs_nothing_by_another_post(town: Cast) -> None:
    appoint(town, "reporter", Role.HEAD, "B05")
    item = a_submission(town, S.SECOND_REVIEW)
    for act in (proof, review_it):
        with refused("您写过或改过"):
            act(surely(town.actor("reporter")), item)
    with refused("您写过或改过"):
        review.return_for_revision(surely(town.actor("reporter")), item, item.version, [], "自己退自己")
    with refused("您写过或改过"):
        review.claim(town.actor("reporter"), item, item.version)


def test_whoever_only_mended_the_text_signs_nothing_either(town: Cast) -> None:
    item = a_submission(town)
    submissions.revise(town.actor("deputy_reporter"), item, a_text(town, source="村委会"), item.version)
    hand_in(town, item, "reporter")
    appoint(town, "deputy_reporter", Role.HEAD, "B05")
    with refused("您写过或改过"):
        proof(surely(town.actor("deputy_reporter")), item)


@pytest.mark.parametrize("act", [proof, review_it])
def test_nobody_signs_two_stages_by_a_second_post(town: Cast, act: Callable[[Actor, Submission], Any]) -> None:
    appoint(town, "head", Role.LEADER, "B05")
    item = a_submission(town, S.THIRD_REVIEW)
    with refused("您已经在“二审二校”签过字"):
        act(surely(town.actor("head")), item)
    assert sign(town, item, "leader").state is S.APPROVED


def test_a_proof_alone_is_a_hand_too(town: Cast) -> None:
    appoint(town, "second_head", Role.LEADER, "B05")
    item = a_submission(town, S.SECOND_REVIEW)
    proof(surely(town.actor("second_head")), item)
    review_it(surely(town.actor("head")), item)
    with refused("您已经在“二审二校”签过字"):
        proof(surely(town.actor("second_head")), item)


def test_a_deputys_post_is_no_way_round(town: Cast) -> None:
    administrator = town.actor("administrator")
    network.appoint(administrator, town.person("head"), town.unit("B10"), Role.HEAD, clock.today(), deputy=True)
    item = a_submission(town, S.CROSS_REVIEW)
    with refused("您已经在“二审二校”签过字"):
        proof(surely(town.actor("head")), item)


def test_leave_cover_signs_as_cover(town: Cast) -> None:
    cover(town, post_of(town, "leader", Role.LEADER), "other_leader")
    item = a_submission(town, S.THIRD_REVIEW)
    sign(town, item, "other_leader")
    signed = queries.signatures(item.id)[-1]
    assert (signed.person_name, signed.acting_for, signed.post) == ("谭副镇长", "林副镇长", "农业农村办公室 · 分管领导")
    assert newest().acting_for == "林副镇长"
    hands = set(queries.hands(item.id))
    assert {(town.person(key).id, S.THIRD_REVIEW) for key in ("leader", "other_leader")} <= hands


def test_leave_cover_for_one_hand_is_no_way_to_another(town: Cast) -> None:
    item = a_submission(town, S.THIRD_REVIEW)
    cover(town, post_of(town, "leader", Role.LEADER), "head")
    with refused("您已经在“二审二校”签过字"):
        proof(surely(town.actor("head")), item)


def test_who_stands_in_for_somebody_bears_his_hand(town: Cast) -> None:
    appoint(town, "head", Role.LEADER, "B05")  # one person, two posts …
    item = a_submission(town, S.THIRD_REVIEW)  # … signed the second review …
    cover(town, post_of(town, "head", Role.LEADER), "other_leader")  # … and goes on leave as leader
    with refused("您已经在“二审二校”签过字"):
        proof(surely(town.actor("other_leader")), item)
    assert sign(town, item, "leader").state is S.APPROVED


def test_whom_a_cover_signed_for_signs_no_other_stage(town: Cast) -> None:
    appoint(town, "second_head", Role.LEADER, "B05")
    cover(town, post_of(town, "second_head", Role.HEAD), "other_leader")
    item = a_submission(town, S.SECOND_REVIEW)
    sign(town, item, "other_leader")
    with refused("您已经在“二审二校”签过字"):
        proof(surely(town.actor("second_head")), item)


def test_the_same_stage_again_after_a_return(town: Cast) -> None:
    item = a_submission(town, S.THIRD_REVIEW)
    review.return_for_revision(surely(town.actor("leader")), item, item.version, [], "请核对")
    submissions.revise(town.actor("reporter"), item, a_text(town, body_html=BODY.replace("68", "86")), item.version)
    hand_in(town, item)
    sign(town, item, "head")
    assert sign(town, item, "leader").state is S.APPROVED
    assert item.signed_digest == item.digest


# -- claims -----------------------------------------------------------------------------------------


def test_a_claim_keeps_colleagues_off_until_released(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    head, second = surely(town.actor("head")), surely(town.actor("second_head"))
    review.claim(head, item, item.version)
    assert (item.claimed_by.name, newest().label) == ("陈志明", "认领")
    for act in (proof, review_it, lambda a, i: review.return_for_revision(a, i, i.version, [], "x")):
        with refused("陈志明已经认领了这篇，正在看"):
            act(second, item)
    with refused("陈志明已经认领了这篇"):
        review.claim(second, item, item.version)
    with refused("不是您认领的"):
        review.release(second, item, item.version)
    review.release(head, item, item.version)
    assert (item.claimed_by, newest().label) == (None, "放回")
    proof(second, item)


def test_who_claimed_it_signs(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    review.claim(town.actor("head"), item, item.version)
    sign(town, item, "head")
    assert (item.state, item.claimed_by_id) == (S.THIRD_REVIEW, None)
    with refused("不是您认领的"):
        review.release(town.actor("leader"), item, item.version)


def test_a_claim_does_not_hold_an_item_up_past_its_limit(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    review.claim(town.actor("head"), item, item.version)
    with clock.stopped_at(item.stage_due_at + timedelta(minutes=1)):
        sign(town, item, "second_head")
    assert item.state is S.THIRD_REVIEW


def test_a_slower_claim_is_stale(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    seen = item.version
    review.claim(town.actor("head"), item, seen)
    with refused("刚被别人办过", Stale):
        review.claim(town.actor("second_head"), item, seen)
    with refused("刚被别人办过", Stale):
        review.sign(surely(town.actor("second_head")), item, seen, item.digest)


@pytest.mark.parametrize("act", [review.claim, review.release])
def test_who_may_not_sign_may_not_claim(town: Cast, act: Callable[..., Any]) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    for key in ("reporter", "leader", "publisher", "administrator"):
        with refused("任职不能", Forbidden):
            act(town.actor(key), item, item.version)
    draft = a_submission(town)
    with refused("现在是“草稿”"):
        act(town.actor("head"), draft, draft.version)


# -- returning --------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [*STAGES, S.APPROVED])
def test_an_item_is_returned_with_reason_and_marks(town: Cast, stage: State) -> None:
    item = a_submission(town, stage)
    actor = surely(town.actor(SIGNER.get(stage, "publisher")))
    review.return_for_revision(
        actor, item, item.version, ["有错别字"], "请核对", [Mark("68 户", "与表格不一致"), Mark(" ", "")]
    )
    assert (item.state, item.returned_from, item.returned_digest) == (S.RETURNED, stage, item.digest)
    assert (item.waiting_role, item.waiting_unit_id, item.return_count) == (Role.REPORTER, item.unit_id, 1)
    note = queries.return_notes(item.id)[0]
    assert (note.stage, note.person_name, note.reasons, note.opinion) == (stage, actor.name, ["有错别字"], "请核对")
    assert note.marks == [{"quote": "68 户", "note": "与表格不一致"}]
    assert (newest().action, detail()["stage"], detail()["marks"]) == ("return", stage.value, note.marks)


def test_returning_needs_words(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    head = town.actor("head")
    with refused("退回必须写意见"):
        review.return_for_revision(head, item, item.version, [], "")
    with refused("“86 户”在稿件里找不到"):
        review.return_for_revision(head, item, item.version, [], "请核对", [Mark("86 户", "")])
    review.return_for_revision(head, item, item.version, ["有错别字"], "")
    assert item.state is S.RETURNED


@pytest.mark.parametrize("stage", [*STAGES, S.APPROVED])
def test_only_the_post_it_waits_for_returns(town: Cast, stage: State) -> None:
    item = a_submission(town, stage)
    may = {S.SECOND_REVIEW: "head", S.CROSS_REVIEW: "other_head", S.THIRD_REVIEW: "leader"}.get(stage, "publisher")
    for key in {"reporter", "head", "other_head", "leader", "publisher", "coordinator", "administrator"} - {may}:
        with refused("任职不能", Forbidden):
            review.return_for_revision(surely(town.actor(key)), item, item.version, [], "退")


@pytest.mark.parametrize("state", [s for s in State if s not in (*IN_REVIEW, S.APPROVED)])
def test_what_is_not_before_anybody_is_not_returned(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    for key in ("head", "leader", "publisher"):
        with refused(f"现在是“{state.label}”"):
            review.return_for_revision(surely(town.actor(key)), item, item.version, [], "退")


# -- 交叉审核 ---------------------------------------------------------------------------------------


def test_a_head_sends_an_item_across(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    head = surely(town.actor("head"))
    proof(head, item)
    review.sign(head, item, item.version, item.digest, "请应急办看看", town.unit("B10").id)
    assert (item.state, item.waiting_unit_id) == (S.CROSS_REVIEW, town.unit("B10").id)
    sign(town, item, "other_head")
    assert sign(town, item, "leader").state is S.APPROVED
    assert acts(item).count("sign") == 3


def test_where_an_item_may_not_be_sent(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    head = surely(town.actor("head"))
    proof(head, item)
    for code, words in (("B05", "另一个办公室"), ("C03", "另一个办公室"), ("B01", "现在没有部门负责人")):
        with refused(words):
            review.sign(head, item, item.version, item.digest, "", town.unit(code).id)
    with refused("另一个办公室"):
        review.sign(head, item, item.version, item.digest, "", 999)
    later = a_submission(town, S.THIRD_REVIEW)
    leader = surely(town.actor("leader"))
    proof(leader, later)
    with refused("只有二审时可以转交叉审核"):
        review.sign(leader, later, later.version, later.digest, "", town.unit("B10").id)


def test_one_form_sent_twice_signs_once(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    head = surely(town.actor("head"))
    seen, digest = item.version, item.digest
    proof(head, item)
    keyed = head.at(form_key="k", answer="/waiting")
    review.sign(keyed, item, seen, digest)
    before = trail.head_seq()
    with pytest.raises(Repeated) as answered:
        review.sign(keyed, item, seen, digest)
    assert (answered.value.location, trail.head_seq()) == ("/waiting", before)
