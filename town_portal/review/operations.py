"""The reviewers' verbs: claim, release, proof (校), sign (审), return."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.access.roles import Role
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.review.queries import proof_of
from town_portal.review.rules import binding
from town_portal.submissions import queries
from town_portal.submissions.models import Act, Attribute, ReturnNote, Signature, Submission
from town_portal.submissions.operations import answer_findings, arrive, hands_of, leave, touch
from town_portal.submissions.rules import marks, route, separation
from town_portal.submissions.rules.lifecycle import IN_REVIEW, LIFECYCLE, State
from town_portal.submissions.rules.spotted import Answer, objection

CLAIM = Action("claim", "认领")
RELEASE = Action("release", "放回")
PROOF = Action("proof", "校对签字")

MEANINGS = {
    State.FIRST_REVIEW: "一审",
    State.SECOND_REVIEW: "二审",
    State.CROSS_REVIEW: "交叉审核",
    State.THIRD_REVIEW: "三审",
}


def claim(actor: Actor, submission: Submission, seen: int | None) -> None:
    """Say "I take this one": colleagues of the same post see it and leave it."""
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = _before(actor, submission)
        _check_hands(actor, post, submission)
        _check_claim(actor, submission)
        submission.claimed_by_id, submission.claimed_at = actor.id, work.at
        work.record(CLAIM, submission, post=post, stage=submission.state.value)


def release(actor: Actor, submission: Submission, seen: int | None) -> None:
    """Put a claimed item back for the colleagues."""
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = _before(actor, submission)
        if submission.claimed_by_id != actor.id:
            raise Refused("这篇不是您认领的，不用放回。")
        submission.claimed_by_id = submission.claimed_at = None
        work.record(RELEASE, submission, post=post, stage=submission.state.value)


def proof(
    actor: Actor,
    submission: Submission,
    seen: int | None,
    digest: str,
    opinion: str = "",
    replies: Mapping[str, str] | None = None,
) -> None:
    """Sign 校 for exactly the text that was shown, and the 校对清单 with it. Words and figures; no move.

    ``replies``: key of a finding → "" for a warning nobody had looked at yet, or the reason why the
    reviewer lets pass what must be mended otherwise. Refused while a finding is left open; personal
    data and secrecy can only be returned.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = _ready_to_sign(actor, submission, digest, final=False)
        if signed := proof_of(submission):
            at = f"{clock.local(signed.signed_at):%H:%M}"
            raise Refused(f"{signed.person_name} {at} 已经签过这一版的“校”。请重新打开，接着签“审”。")
        found = answer_findings(actor, submission, replies or {}, work.at, drafting=False)
        _sign(actor, post, submission, Act.PROOF, opinion, work.at, found=found)
        work.record(
            PROOF,
            submission,
            post=post,
            stage=submission.state.value,
            act=Act.PROOF.label,
            meaning=f"{MEANINGS[submission.state]}·校",
            opinion=opinion,
            digest=digest,
            proofread=dict(Counter(line["severity"] for line in found)),
            waived=sum(1 for line in found for said in line["said"] if said["answer"] == Answer.OVERRIDDEN.value),
        )


def sign(
    actor: Actor,
    submission: Submission,
    seen: int | None,
    digest: str,
    opinion: str = "",
    cross_unit_id: int | None = None,
) -> Submission:
    """Sign 审 and send the item on. Needs the 校 signature of this stage for the same text.

    A head may name another office for a 交叉审核 that the drafter did not ask for.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        final = submission.state is State.THIRD_REVIEW
        post = _ready_to_sign(actor, submission, digest, final=final)
        binding.check_proofed(proof_of(submission))
        if submission.revision is not None and (words := objection(queries.open_findings(submission.revision))):
            raise Refused(words)
        if cross_unit_id is not None:
            _send_across(submission, cross_unit_id)
        stage = submission.state
        step = route.after(queries.way(submission), stage)
        move = LIFECYCLE.take(submission, "sign", actor, step.stage if step else _end(submission))
        _sign(actor, post, submission, Act.REVIEW, opinion, work.at, stage)
        leave(submission, actor, "sign", work.at)
        if step is not None:
            arrive(submission, step, work.at)
        else:
            _finish(submission, work.at)
        work.record(
            move,
            submission,
            post=post,
            stage=stage.value,
            to=submission.state.value,
            act=Act.REVIEW.label,
            meaning=f"{MEANINGS[stage]}·审",
            opinion=opinion,
            digest=digest,
        )
    return submission


def return_for_revision(
    actor: Actor,
    submission: Submission,
    seen: int | None,
    reasons: Sequence[str],
    opinion: str,
    passages: Iterable[marks.Mark] = (),
) -> Submission:
    """Send an item back to its drafter: a reason is a must, marked passages help."""
    if not reasons and not opinion:
        raise Refused("退回必须写意见，或者勾选至少一条理由。")
    with unit_of_work(actor, on=submission, seen=seen) as work:
        revision = submission.revision
        if revision is None:
            raise Refused("这篇还没有保存过正文。")
        move = LIFECYCLE.find(submission.state, "return")
        post = check(actor, move.permission, submission)
        if submission.state in IN_REVIEW:
            _check_hands(actor, post, submission)
        _check_claim(actor, submission)
        kept = marks.check(passages, queries.text_to_mark(submission))
        stage = submission.state
        LIFECYCLE.take(submission, "return", actor)
        submission.returned_from, submission.returned_digest = stage, submission.digest
        submission.return_count += 1
        note = ReturnNote(
            submission_id=submission.id,
            revision_id=revision.id,
            stage=stage,
            person_id=actor.id,
            person_name=actor.name,
            post=post.label,
            reasons=list(reasons),
            opinion=opinion,
            marks=kept,
            returned_at=work.at,
        )
        db.session.add(note)
        leave(submission, actor, "return", work.at)
        arrive(submission, route.revise_step(submission.unit_id), work.at)
        work.record(
            move,
            submission,
            post=post,
            stage=stage.value,
            reasons=list(reasons),
            opinion=opinion,
            marks=kept,
            digest=submission.digest,
        )
    return submission


def _before(actor: Actor, submission: Submission) -> HeldPost:
    """The post by which the item stands before the actor."""
    LIFECYCLE.find(submission.state, "sign")
    return check(actor, P.REVIEW, submission)


def _ready_to_sign(actor: Actor, submission: Submission, digest: str, *, final: bool) -> HeldPost:
    post = _before(actor, submission)
    _check_hands(actor, post, submission)
    _check_claim(actor, submission)
    if digest != submission.digest:
        raise Refused("您看的不是现在这一版，内容刚被改过。请重新打开，看过改动再签。")
    binding.check_identity(actor.authentication, final=final)
    return post


def _check_hands(actor: Actor, post: HeldPost, submission: Submission) -> None:
    separation.check(hands_of(actor, post), queries.hands(submission.id), submission.state)


def _check_claim(actor: Actor, submission: Submission) -> None:
    """A colleague's claim holds until the stage's limit has passed."""
    holder = submission.claimed_by
    if holder is None or holder.id == actor.id:
        return
    if submission.stage_due_at is not None and clock.now() > submission.stage_due_at:
        return
    raise Refused(f"{holder.name}已经认领了这篇，正在看。要您来办请先跟{holder.name}说一声，由他“放回”。")


def _sign(
    actor: Actor,
    post: HeldPost,
    submission: Submission,
    act: Act,
    opinion: str,
    at: Any,
    stage: State | None = None,
    found: Sequence[dict[str, Any]] = (),
) -> None:
    stage = stage or submission.state
    db.session.add(
        Signature(
            submission_id=submission.id,
            revision_id=submission.revision_id,
            digest=submission.digest,
            stage=stage,
            act=act,
            person_id=actor.id,
            person_name=actor.name,
            post=f"{post.unit_name} · {post.role.label}",
            acting_for=post.acting_for,
            authentication=actor.authentication or "",
            opinion=opinion,
            signed_at=at,
            found=list(found) or None,
        )
    )
    touch(submission, hands_of(actor, post), stage)


def _send_across(submission: Submission, unit_id: int) -> None:
    unit = network.unit(unit_id)
    if submission.state is not State.SECOND_REVIEW:
        raise Refused("只有二审时可以转交叉审核。")
    if unit is None or unit.closed_on or unit_id in (submission.counterpart_id, submission.unit_id):
        raise Refused("交叉审核要选另一个办公室。")
    if not network.holders(clock.today(), Role.HEAD, unit_id):
        raise Refused(f"{unit.name}现在没有部门负责人，请另选一个办公室。")
    submission.cross_unit_id = unit_id


def _end(submission: Submission) -> State:
    return State.APPROVED if submission.attribute is Attribute.ACTIVE else State.FILED


def _finish(submission: Submission, at: Any) -> None:
    submission.signed_digest, submission.approved_at = submission.digest, at
    if submission.state is State.APPROVED:
        arrive(submission, route.publish_step(queries.places(submission)), at)
