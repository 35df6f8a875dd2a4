"""Acts on the scheme and on the register of credits: one person proposes, another decides; nothing is overwritten."""

from datetime import date
from typing import Any

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network.models import Unit
from town_portal.scoring import queries
from town_portal.scoring.models import Credit, CreditDecision, SchemeDecision, SchemeVersion, Verdict
from town_portal.scoring.rules.scheme import Scheme
from town_portal.statistics.rules.quarter import Quarter

PROPOSE = Action("propose_scheme", "提出评分办法")
CONFIRM = Action("confirm_scheme", "确认评分办法")
REJECT = Action("reject_scheme", "不同意评分办法")
ENTER_CREDIT = Action("enter_credit", "登记加减分")
CONFIRM_CREDIT = Action("confirm_credit", "确认加减分")
REJECT_CREDIT = Action("reject_credit", "不同意加减分")
REVOKE_CREDIT = Action("revoke_credit", "撤销加减分")

LONGEST_REASON = 500
MOST_TIMES = 100
OWN = "这是您自己（或者您代的、代您的人）提出的，请另一位来确认。"


# -- the scheme ----------------------------------------------------------------------------------


def propose(
    actor: Actor, plain: dict[str, Any], valid_from: Quarter, reason: str, based_on: SchemeVersion | None = None
) -> SchemeVersion:
    """Propose a version of the scheme from a quarter on; it has no force until somebody else confirms it.

    Refused: a scheme that is none, no reason, a quarter that is over (what has been told is not told
    again; only a house without any scheme may begin earlier), another proposal that waits, nothing new.
    """
    scheme = Scheme.from_plain(plain)
    reason = _reason(reason, "请写明为什么要改，确认的人要看。")
    with unit_of_work(actor) as work:
        post = check(actor, P.SCHEME_PROPOSE, None)
        if queries.waiting_scheme() is not None:
            raise Refused("已有一份评分办法在等确认，请等它办完再提。")
        if queries.has_scheme() and valid_from < Quarter.containing(clock.today()):
            raise Refused("已经结束的季度不能换办法重排，请从本季度或以后的季度开始。")
        held = queries.version_for(valid_from)
        if held is not None and held.scheme == scheme:
            raise Refused(f"{valid_from.label}本来就按这份办法，没有要改的地方。")
        version = SchemeVersion(
            number=queries.last_number() + 1,
            plain=scheme.to_plain(),
            valid_from=valid_from.first,
            reason=reason,
            based_on_id=based_on.id if based_on else None,
            proposed_by_id=actor.id,
            proposed_for_id=post.acting_for_id,
            proposed_at=work.at,
        )
        db.session.add(version)
        work.record(PROPOSE, version, post=post, number=version.number, valid_from=valid_from.key, reason=reason)
    return version


def confirm(actor: Actor, version: SchemeVersion) -> SchemeDecision:
    """Put a proposed version in force. Refused: decided already, one's own proposal, its quarter over meanwhile."""
    with unit_of_work(actor) as work:
        post = check(actor, P.SCHEME_CONFIRM, version)
        _check_undecided(version)
        _check_other(actor, post, version.proposed_by_id, version.proposed_for_id)
        if queries.has_scheme() and version.quarter < Quarter.containing(clock.today()):
            raise Refused(f"{version.quarter.label}已经结束，请退回去改成从本季度开始。")
        decision = SchemeDecision(
            scheme_id=version.id, verdict=Verdict.CONFIRMED, decided_by_id=actor.id, decided_at=work.at
        )
        db.session.add(decision)
        work.record(CONFIRM, version, post=post, number=version.number, valid_from=version.quarter.key)
    return decision


def reject(actor: Actor, version: SchemeVersion, reason: str) -> SchemeDecision:
    """Turn a proposed version down, with words for the proposer. Refused: no reason, decided already."""
    reason = _reason(reason, "请写明为什么不同意。")
    with unit_of_work(actor) as work:
        post = check(actor, P.SCHEME_CONFIRM, version)
        _check_undecided(version)
        decision = SchemeDecision(
            scheme_id=version.id,
            verdict=Verdict.REJECTED,
            reason=reason,
            decided_by_id=actor.id,
            decided_at=work.at,
        )
        db.session.add(decision)
        work.record(REJECT, version, post=post, number=version.number, reason=reason)
    return decision


def _check_undecided(version: SchemeVersion) -> None:
    if queries.decision_of(version.id) is not None:
        raise Refused("这份评分办法已经办过了，请刷新页面看结果。")


# -- credits -------------------------------------------------------------------------------------


def enter_credit(
    actor: Actor, unit: Unit, matter: str, happened_on: date, words: str, evidence: str, times: int = 1
) -> Credit:
    """Write something down that brings or costs a unit points; it counts once somebody else confirmed it.

    Refused: a matter that the scheme of its day does not know, a day to come, no words, no evidence,
    a number of times that cannot be, a unit that was closed by then.
    """
    words = _reason(words, "请写明是什么事。")
    evidence = _reason(evidence, "请写明依据：文号、链接，或者在哪里能查到。")
    with unit_of_work(actor) as work:
        post = check(actor, P.CREDIT_ENTER, None)
        if happened_on > clock.today():
            raise Refused("日期不能晚于今天。")
        if not 1 <= times <= MOST_TIMES:
            raise Refused(f"次数要在 1 到 {MOST_TIMES} 之间。")
        if unit.closed_on is not None and unit.closed_on < happened_on:
            raise Refused(f"{unit}那时已经撤销了。")
        version = queries.version_for(Quarter.containing(happened_on))
        if version is None:
            raise Refused("那个季度还没有评分办法，请先把评分办法定下来。")
        if matter not in version.scheme.matters:
            raise Refused(f"那个季度的评分办法里没有“{matter}”这一项。")
        credit = Credit(
            number=queries.next_credit_number(happened_on.year),
            unit_id=unit.id,
            matter=matter,
            happened_on=happened_on,
            times=times,
            words=words,
            evidence=evidence,
            proposed_by_id=actor.id,
            proposed_for_id=post.acting_for_id,
            proposed_at=work.at,
        )
        db.session.add(credit)
        work.record(
            ENTER_CREDIT, credit, post=post, number=credit.number, matter=matter,
            happened_on=happened_on, times=times, words=words, evidence=evidence,
        )  # fmt: skip
    return credit


def confirm_credit(actor: Actor, credit: Credit) -> CreditDecision:
    """Let a credit count. Refused: decided already, or one's own entry."""
    with unit_of_work(actor) as work:
        post = check(actor, P.CREDIT_CONFIRM, credit)
        _check_waiting(credit)
        _check_other(actor, post, credit.proposed_by_id, credit.proposed_for_id)
        return _decide(work, CONFIRM_CREDIT, actor, post, credit, Verdict.CONFIRMED, "")


def reject_credit(actor: Actor, credit: Credit, reason: str) -> CreditDecision:
    """Turn a credit down. Refused: no reason, decided already."""
    reason = _reason(reason, "请写明为什么不同意。")
    with unit_of_work(actor) as work:
        post = check(actor, P.CREDIT_CONFIRM, credit)
        _check_waiting(credit)
        return _decide(work, REJECT_CREDIT, actor, post, credit, Verdict.REJECTED, reason)


def revoke_credit(actor: Actor, credit: Credit, reason: str) -> CreditDecision:
    """Take a confirmed credit back: it counts no longer. Refused: no reason, not confirmed, revoked already."""
    reason = _reason(reason, "请写明为什么撤销。")
    with unit_of_work(actor) as work:
        post = check(actor, P.CREDIT_CONFIRM, credit)
        if queries.verdict_of(credit.id) is not Verdict.CONFIRMED:
            raise Refused("只有已经确认、还在计分的才能撤销。")
        return _decide(work, REVOKE_CREDIT, actor, post, credit, Verdict.REVOKED, reason)


def _decide(
    work: Any, action: Action, actor: Actor, post: HeldPost, credit: Credit, verdict: Verdict, reason: str
) -> CreditDecision:
    decision = CreditDecision(
        credit_id=credit.id, verdict=verdict, reason=reason, decided_by_id=actor.id, decided_at=work.at
    )
    db.session.add(decision)
    work.record(action, credit, post=post, number=credit.number, reason=reason)
    return decision


def _check_waiting(credit: Credit) -> None:
    if queries.verdict_of(credit.id) is not None:
        raise Refused("这一项已经办过了，请刷新页面看结果。")


def _check_other(actor: Actor, post: HeldPost, proposer_id: int, proposed_for_id: int | None) -> None:
    hands = {proposer_id, proposed_for_id} - {None}
    if {actor.id, post.acting_for_id} & hands:
        raise Refused(OWN)


def _reason(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(missing)
    if len(words) > LONGEST_REASON:
        raise Refused(f"写得太长了，最多 {LONGEST_REASON} 个字。")
    return words
