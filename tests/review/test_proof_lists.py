"""The 校对清单: what is said to the proofreader, and what every 校 signs."""

from dataclasses import replace

import pytest

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.events import detail, newest
from town_portal.audit import queries as trail
from town_portal.foundation.errors import Refused
from town_portal.publishing import operations as publishing
from town_portal.review import operations as review
from town_portal.settings import operations as settings
from town_portal.submissions import operations, queries
from town_portal.submissions.models import Act, Submission
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.spotted import Answer

WRONG_SUM = "<p>本季度受理咨询93件，其中来电47件、来访29件、留言18件，都按时答复了。</p>"
NO_SUCH_DAY = "<p>6月31日上午，洛洞村干部到河边清理水草，沿线道路恢复了通行。</p>"
A_PHONE = "<p>今天上午，洛洞村干部到河边清理水草。有问题请打村民陈大山的手机13926547788。</p>"
REASON = "原文如此，引用的是批复里的写法"


def a_draft(cast: Cast, body: str) -> Submission:
    """A draft with a text."""
    return a_submission(cast, State.DRAFT, body_html=body)


def weighing(item: Submission) -> dict[str, str]:
    """The keys of what weighs, by family."""
    return {one.family.value: one.key for one in queries.spotted_in_revision(item.revision) if one.weighs}


def hand_in(cast: Cast, item: Submission, replies: dict[str, str]) -> Submission:
    """Handing in with replies."""
    return operations.submit(surely(cast.actor("reporter")), item, item.version, replies=replies)


def proof(cast: Cast, item: Submission, replies: dict[str, str] | None = None, by: str = "head") -> None:
    """校 with replies."""
    review.proof(surely(cast.actor(by)), item, item.version, item.digest, replies=replies)


def lists(item: Submission) -> dict[str, list[dict[str, object]]]:
    """The lists that were signed, by the stage."""
    return {one.stage.value: one.found for one in queries.signatures(item.id) if one.act is Act.PROOF and one.found}


def test_a_warning_goes_on_with_an_answer_that_every_later_hand_signs(town: Cast) -> None:
    item = a_draft(town, WRONG_SUM)
    with pytest.raises(Refused, match="没有核对"):
        hand_in(town, item, {})
    key = weighing(item)["arith_sum"]
    hand_in(town, item, {key: ""})
    proof(town, item)
    review.sign(surely(town.actor("head")), item, item.version, item.digest)
    proof(town, item, by="leader")
    signed = lists(item)
    assert len(signed) == 3
    for lines in signed.values():
        assert [(line["key"], line["said"][0]["answer"]) for line in lines] == [(key, "right")]  # type: ignore[index]
    assert trail.verify().sound


def test_what_must_be_mended_needs_a_reason_and_then_a_reviewer(town: Cast) -> None:
    item = a_draft(town, NO_SUCH_DAY)
    key = weighing(item)["date_impossible"]
    for useless in ({}, {key: ""}, {key: "没错"}):
        with pytest.raises(Refused, match="请审核人定"):
            hand_in(town, item, useless)
    hand_in(town, item, {key: REASON})
    assert [one.answer for one in queries.answers_to(item.revision_id or 0)[key]] == [Answer.CONTESTED]
    with pytest.raises(Refused, match="写明理由放行"):
        proof(town, item)
    with pytest.raises(Refused, match="放行"):
        proof(town, item, {key: "好"})
    proof(town, item, {key: "与批复原件核对过，照录"})
    head_list = lists(item)["second_review"][0]["said"]
    assert [(one["answer"], one["reason"]) for one in head_list] == [  # type: ignore[index, attr-defined]
        ("contested", REASON),
        ("overridden", "与批复原件核对过，照录"),
    ]
    event = newest()
    assert (event.action, detail(event)["waived"]) == ("proof", 1)
    review.sign(surely(town.actor("head")), item, item.version, item.digest)
    proof(town, item, by="leader")
    review.sign(surely(town.actor("leader")), item, item.version, item.digest)
    publishing.publish(surely(town.actor("publisher")), item, item.version)
    assert item.state is State.PUBLISHED
    assert trail.verify().sound


def test_personal_data_passes_nobody(town: Cast) -> None:
    item = a_draft(town, A_PHONE)
    key = weighing(item)["privacy_phone"]
    with pytest.raises(Refused, match="谁也不能放行"):
        hand_in(town, item, {key: "本人同意公开他的号码"})
    assert not queries.answers_to(item.revision_id or 0)


def let_pass(cast: Cast, *words: str) -> None:
    """The town decides, from now on, which words are no error."""
    proposal = settings.propose(cast.actor("coordinator"), "proofreading", {"exceptions": list(words)}, reason="试行")
    settings.confirm(cast.actor("principal"), proposal, proposal.version)


def test_what_is_found_later_is_answered_by_the_reviewer_or_returned(town: Cast) -> None:
    """The town's terms may change while an item walks: the checks of the day decide at every act."""
    let_pass(town, "6月31日")
    item = a_draft(town, NO_SUCH_DAY)
    hand_in(town, item, {})
    assert lists(item) == {}
    let_pass(town, "粉葛")
    actor = surely(town.actor("head"))
    with pytest.raises(Refused, match="放行"):
        proof(town, item)
    proof(town, item, dict.fromkeys(weighing(item).values(), REASON))
    review.sign(actor, item, item.version, item.digest)
    assert item.state is State.THIRD_REVIEW


def test_publishing_looks_once_more(town: Cast) -> None:
    let_pass(town, "6月31日")
    item = a_submission(town, State.APPROVED, body_html=NO_SUCH_DAY)
    let_pass(town, "粉葛")
    with pytest.raises(Refused, match="1 处必须改"):
        publishing.publish(surely(town.actor("publisher")), item, item.version)
    assert item.state is State.APPROVED


def test_a_reply_to_an_old_version_is_offered_but_does_not_count(town: Cast) -> None:
    item = a_draft(town, WRONG_SUM)
    key = weighing(item)["arith_sum"]
    hand_in(town, item, {key: ""})
    review.return_for_revision(surely(town.actor("head")), item, item.version, ["数据有误"], "请再核对")
    text = replace(operations.text_of(item.revision), body_html=f"{WRONG_SUM}<p>另有一件正在办。</p>")
    operations.revise(town.actor("reporter"), item, text, item.version)
    assert key in queries.replies_before(item.id, town.actor("reporter").id or 0)
    with pytest.raises(Refused, match="没有核对"):
        hand_in(town, item, {})
