"""The verbs of a fault: report, confirm, dismiss, mend, answer, check off, close, make a case of it."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from town_portal.access.actor import FRESH, STRANGER, SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.corrections import queries
from town_portal.corrections.models import ChannelCheck, Fault, FaultCase, FixProposal, ReaderKnock
from town_portal.corrections.rules import intake, masking
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay, severity_by_rule
from town_portal.corrections.rules.lifecycle import LIFECYCLE, MENDED, FaultState
from town_portal.corrections.rules.replacement import Change, replaced
from town_portal.corrections.rules.weight import changed_values
from town_portal.foundation import clock, sealed
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Moved, Refused
from town_portal.proofreading import queries as proofreading
from town_portal.publishing import queries as publishing
from town_portal.publishing.models import NumberSeries, Publication, Standing
from town_portal.publishing.operations import take_down
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.settings import queries as settings
from town_portal.submissions import queries as submissions
from town_portal.submissions.models import Act, FindingAnswer, Revision, Signature, Submission
from town_portal.submissions.operations import digest_in_place, hands_of, put_in_place
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.spotted import Answer, Spotted, answer_to, objection, still_open

SERIES = "fault"
REPORT = Action("report_fault", "反映差错")
REVEAL = Action("reveal_contact", "查看反映人联系方式")
PROPOSE_SEVERITY = Action("propose_severity", "提请改定轻重")
DECIDE_SEVERITY = Action("decide_severity", "改定轻重")
ADD_CHECK = Action("add_channel_check", "补记渠道")
CHECK_OFF = Action("check_off_channel", "登记核销")
PREPARE_CASE = Action("prepare_case", "整理警示案例")
SHORTEST = 4
"""Signs of words that say something."""
OWN_PORTAL = "本镇门户网站"


def report(
    actor: Actor,
    publication: Publication,
    origin: FaultOrigin,
    words: str,
    *,
    source: str = "",
    found_at: datetime | None = None,
) -> Fault:
    """A fault somebody of the house found in a public text; it waits for the coordinating office.

    ``source`` names the thing of another room it comes from (one ticket each), ``found_at`` (UTC) is
    when it was found, now by default. Refused for a text that is not public, for words that say nothing.
    """
    with unit_of_work(actor, on=publication) as work:
        post = check(actor, P.FAULT_REPORT, publication)
        fault = open_fault(
            publication, origin, words, found_at or work.at, source=source, reported_by_id=actor.id, at=work.at
        )
        work.record(REPORT, fault, post=post, origin=origin.value, publication=publication.id, source=source)
    return fault


def confirm(
    actor: Actor,
    fault: Fault,
    seen: int | None,
    matter: str,
    way: FixWay,
    *,
    cause: FaultCause | None = None,
    values: bool = False,
) -> Fault:
    """It is a fault: what is wrong (``matter``), how it is to be mended, and what seems to have caused it.

    ``values``: figures, names, dates, amounts or conditions are wrong; with the cause it decides the
    severity by rule. From now on the fault counts.
    """
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if len(matter) < SHORTEST:
            raise Refused("请写明哪里错了，应当是什么。")
        move = LIFECYCLE.take(fault, "confirm_fault", actor)
        fault.confirmed_at, fault.confirmed_by_id, fault.matter, fault.way, fault.cause = (
            work.at,
            actor.id,
            matter,
            way,
            cause,
        )
        weigh(fault, values=values)
        work.record(
            move,
            fault,
            post=post,
            way=way.value,
            severity=fault.severity and fault.severity.value,
            cause=cause and cause.value,
            publication=fault.publication_id,
        )
    return fault


def dismiss(actor: Actor, fault: Fault, seen: int | None, reason: str) -> Fault:
    """It is no fault, and why. A confirmed one no longer counts from then on."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if len(reason) < SHORTEST:
            raise Refused("请写明为什么不是差错。")
        move = LIFECYCLE.take(fault, "dismiss_fault", actor)
        fault.dismissed_at, fault.dismissed_by_id, fault.dismissed_reason = work.at, actor.id, reason
        work.record(move, fault, post=post, publication=fault.publication_id)
    return fault


# -- a reader's message ----------------------------------------------------------------------------


def report_by_reader(
    publication: Publication, words: str, contact: str, *, trap: str, seconds: float | None, address: str | None,
    keys: Path,
) -> Fault:  # fmt: skip
    """A reader says that something is wrong; gives the fault with its receipt.

    ``contact`` is sealed with the key of the folder ``keys``; neither it, nor the words, nor the address stand on
    the trail. ``trap`` and ``seconds`` tell a hand from a machine. Refused: what says nothing or advertises,
    machines, floods.
    """
    intake.check_hand(trap, seconds)
    intake.check_words(words, contact)
    number = publication.id
    _knock(address, keys)
    found = publishing.live_publication(number)
    if found is None:
        raise Moved("这条信息已经撤下，公众看不到了，谢谢您的提醒。")
    with unit_of_work(STRANGER, on=found) as work:
        fault = open_fault(
            found,
            FaultOrigin.READER,
            words,
            work.at,
            at=work.at,
            receipt=secrets.token_hex(6).upper(),
            contact=sealed.seal(contact, keys) if contact else None,
        )
        work.record(REPORT, fault, origin=fault.origin.value, publication=found.id, contact=bool(contact))
    return fault


def _knock(address: str | None, keys: Path) -> None:
    """Count a message of a network, under a digest nobody can read back; refuse floods."""
    salt = sealed.fingerprint(keys)
    network = hashlib.sha256(f"{salt}|{intake.network_of(address)}".encode()).hexdigest()[:24]
    now = clock.now()
    with bookkeeping() as session:
        session.execute(delete(ReaderKnock).where(ReaderKnock.at < now - timedelta(days=1)))
        from_network, from_all = queries.knocks(network, now - intake.SPAN)
        intake.check_flood(from_network, from_all)
        session.add(ReaderKnock(at=now, network=network))


def reveal_contact(actor: Actor, fault: Fault, reason: str, keys: Path) -> str:
    """How to reach the reader, for a reason that stays on the trail."""
    with unit_of_work(actor, on=fault) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if len(reason) < SHORTEST:
            raise Refused("请写明为什么要看，比如“核实所说的日期”。")
        if fault.contact is None:
            raise Moved("这位读者没有留联系方式。")
        words = sealed.unseal(fault.contact, keys)
        work.record(REVEAL, fault, post=post, reason=reason)
    return words


# -- how heavy it is -------------------------------------------------------------------------------


def propose_severity(actor: Actor, fault: Fault, seen: int | None, severity: FaultSeverity, reason: str) -> Fault:
    """Ask that a confirmed fault be taken for heavier or lighter than the rule says; another one decides."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if fault.severity is None or fault.state is FaultState.DISMISSED:
            raise Moved("受理以后才能改定轻重。")
        if severity is fault.severity:
            raise Refused(f"现在就是“{severity.label}”。")
        if len(reason) < SHORTEST:
            raise Refused("请写明为什么要改定。")
        fault.severity_proposed, fault.severity_proposed_by_id, fault.severity_reason = severity, actor.id, reason
        work.record(PROPOSE_SEVERITY, fault, post=post, severity=severity.value, reason=reason)
    return fault


def decide_severity(actor: Actor, fault: Fault, seen: int | None, *, agree: bool) -> Fault:
    """Another person says yes or no to what was asked; only a yes moves the severity."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_SIGN, fault)
        if fault.severity_proposed is None:
            raise Moved("没有等着改定的。")
        if actor.id == fault.severity_proposed_by_id:
            raise Refused("改定轻重要由另一位同事确认，不能自己提、自己定。")
        wanted = fault.severity_proposed
        if agree:
            fault.severity = wanted
        fault.severity_proposed = None
        work.record(DECIDE_SEVERITY, fault, post=post, severity=wanted.value, agreed=agree)
    return fault


# -- mending in place: two persons ---------------------------------------------------------------


def propose_fix(
    actor: Actor,
    fault: Fault,
    seen: int | None,
    changes: Sequence[Change],
    note: str = "",
    replies: Mapping[str, str] | None = None,
) -> FixProposal:
    """The site's administrator proposes other words for a public text and signs 校 for them, with his password.

    The text stays as it is until somebody else confirms. The digest of the whole changed text is what both of
    them sign. Refused: a change beyond the town's limit, one by a hand that wrote the text, a missing public
    note where values change, words in which the proofreader finds what must be mended, and warnings left open
    (``replies``: key → "" for one that was looked at).
    """
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_FIX, fault)
        _check_fresh(actor)
        base = _live(fault)
        _check_apart(fault, hands_of(actor, post), ())
        move = LIFECYCLE.take(fault, "propose_fix", actor)
        title, body_html = replaced(
            base.title, base.body_html, list(changes), settings.value("faults")["fix_characters"]
        )
        values = [one.plain() for one in changed_values(*queries.told(base, title, body_html), queries.lexicon(base))]
        if values and len(note) < SHORTEST:
            what = "、".join(dict.fromkeys(one["kind"] for one in values))
            raise Refused(f"改动了{what}，要写一句给公众看的更正说明。")
        found = _answered(base, title, body_html, replies or {}, actor)
        proposal = FixProposal(
            fault_id=fault.id,
            base_id=base.id,
            changes=[{"before": change.before, "after": change.after} for change in changes],
            title=title,
            body_html=body_html,
            digest=digest_in_place(base, title, body_html),
            values=values,
            note=note,
            found=found,
            proposed_by_id=actor.id,
            proposed_by_name=actor.name,
            proposed_post=f"{post.unit_name} · {post.role.label}",
            proposed_acting_for=post.acting_for,
            proposed_acting_for_id=post.acting_for_id,
            proposed_authentication=actor.authentication or "",
            proposed_at=work.at,
        )
        db.session.add(proposal)
        db.session.flush()
        work.record(
            move,
            fault,
            post=post,
            publication=fault.publication_id,
            digest=proposal.digest,
            before=base.digest,
            values=len(values),
            meaning="就地改正·校",
        )
    return proposal


def sign_fix(actor: Actor, fault: Fault, seen: int | None, digest: str) -> Publication:
    """Somebody else signs 审 for the proposed words, and the public reads them at once: one act.

    What the public reads is again byte for byte what two persons signed, neither of whom wrote the item, and
    who are not each other; the three signatures of the former version stay with that version. Every check runs
    again, with today's lists. ``digest`` is what stood before his eyes. Refused: whoever proposed it or wrote
    the text, an act without the password, a live text that changed meanwhile, new findings.
    """
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_SIGN, fault)
        _check_fresh(actor)
        proposal = _open_proposal(fault)
        base = _live(fault)
        proposers = [one for one in (proposal.proposed_by_id, proposal.proposed_acting_for_id) if one is not None]
        _check_apart(fault, hands_of(actor, post), proposers)
        _check_apart(fault, proposers, ())
        words = (proposal.title, proposal.body_html)
        if proposal.base_id != base.id:
            raise Moved("提出以后网上的文字又变过，这份改正不能用了。请退回，对着现在的文字重新提出。")
        if digest != proposal.digest or digest_in_place(base, *words) != proposal.digest:
            raise Moved("您看到的和提出的不是同一版文字，请刷新页面重新看。")
        carried = {line["key"]: [Answer(said["answer"]) for said in line["said"]] for line in proposal.found}
        if reason := objection(still_open(_findings(base, *words), carried)):
            raise Refused(f"按现在的词库又查出问题，请退回：{reason}")
        LIFECYCLE.find(fault.state, "sign_fix")
        item = base.submission
        revision = put_in_place(
            item, base, words, proposal.proposed_by_id, [*proposers, *hands_of(actor, post)], work.at
        )
        _carry_answers(item, revision, proposal)
        _sign(item, revision, proposal, actor, post, work.at)
        proposal.decided_by_id, proposal.decided_at, proposal.signed = actor.id, work.at, True
        publication = fault.publication
        publication.revision_id, publication.title = revision.id, revision.title
        publication.corrections += 1
        if proposal.note:
            publication.corrected_at, publication.correction_note = work.at, proposal.note
        _mended(fault, FixWay.IN_PLACE, revision, work.at)
        LIFECYCLE.take(fault, "sign_fix", actor)
        work.record(
            SIGN_FIX,
            item,
            post=post,
            fault=fault.number,
            publication=publication.id,
            revision=revision.number,
            digest=revision.digest,
            before=base.digest,
            proposed_by=proposal.proposed_by_name,
            note=proposal.note,
            meaning="就地改正·审",
        )
    return publication


SIGN_FIX = LIFECYCLE.find(FaultState.PROPOSED, "sign_fix")


def return_fix(actor: Actor, fault: Fault, seen: int | None, reason: str) -> Fault:
    """Somebody else does not sign, and says why; the public text stays as it is."""
    return _no(actor, fault, seen, reason, "return_fix", P.FAULT_SIGN)


def take_back_fix(actor: Actor, fault: Fault, seen: int | None) -> Fault:
    """The proposer thinks better of it."""
    return _no(actor, fault, seen, "提出人收回", "take_back_fix", P.FAULT_FIX)


def _no(actor: Actor, fault: Fault, seen: int | None, reason: str, name: str, permission: P) -> Fault:
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, permission, fault)
        if len(reason) < SHORTEST:
            raise Refused("请写明为什么不同意。")
        move = LIFECYCLE.take(fault, name, actor)
        _put_aside(fault, actor.id, work.at, reason)
        work.record(move, fault, post=post, reason=reason)
    return fault


# -- mending by withdrawal, or by a correction that came through review ---------------------------


def withdraw(
    actor: Actor, fault: Fault, seen: int | None, reason: str, kind: WithdrawalKind, notice: str = ""
) -> Publication:
    """Take the article down because of its fault; a line for each channel where it ran opens with it."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_FIX, fault)
        item = fault.submission
        taken = take_down(actor, item, reason, kind, notice, work.at)
        _put_aside(fault, actor.id, work.at, "已撤下")
        if kind is WithdrawalKind.SECRECY:
            fault.cause = FaultCause.SECRECY
            weigh(fault, values=False)
        _mended(fault, FixWay.WITHDRAWAL, None, work.at)
        move = LIFECYCLE.take(fault, "withdraw_fault", actor)
        work.record(move, item, post=post, fault=fault.number, **taken.told)
    return taken.publication


def settle(actor: Actor, fault: Fault, seen: int | None = None) -> Fault | None:
    """Set down that the public no longer reads the fault: withdrawn, or corrected by another version since.

    Counted from the moment the public text changed, whenever this is set down. For the system, which looks by
    itself, and for the site's administrator. None: nothing has changed yet (the system only).
    """
    if actor is SYSTEM and not queries.mended_elsewhere(fault):
        return None
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = None if actor is SYSTEM else check(actor, P.FAULT_FIX, fault)
        publication = fault.publication
        withdrawn = publication.standing is Standing.WITHDRAWN
        if not withdrawn and publication.revision_id == fault.revision_id:
            raise Moved("网上的文字还没有变过，不能登记为已改正。")
        LIFECYCLE.find(fault.state, "settle_fault")
        _put_aside(fault, actor.id, work.at, "已另行改正")
        at = (publication.withdrawn_at if withdrawn else publication.revision.created_at) or work.at
        if not withdrawn and publication.corrected_at and publication.revision.submission.corrects_id:
            at = publication.corrected_at
        in_place = publication.revision.submission.corrects_id is None
        way = FixWay.WITHDRAWAL if withdrawn else FixWay.IN_PLACE if in_place else FixWay.REVIEW
        _mended(fault, way, None if withdrawn else publication.revision, max(at, fault.found_at), opened_at=work.at)
        move = LIFECYCLE.take(fault, "settle_fault", actor)
        work.record(move, fault, post=post, way=way.value, publication=publication.id)
    return fault


def settle_all() -> int:
    """For the worker: every fault whose text was corrected or withdrawn elsewhere; how many."""
    return sum(settle(SYSTEM, fault, fault.version) is not None for fault in queries.to_settle())


# -- afterwards: the unit, the channels, the end ---------------------------------------------------


def answer(actor: Actor, fault: Fault, seen: int | None, words: str) -> Fault:
    """The unit the text came from says how it happened and what it will do."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_ANSWER, fault)
        if len(words) < 2 * SHORTEST:
            raise Refused("请写明差错是怎么来的、以后怎么避免，至少 8 个字。")
        move = LIFECYCLE.take(fault, "answer_fault", actor)
        fault.answer, fault.answered_at, fault.answered_by_id = words, work.at, actor.id
        work.record(move, fault, post=post)
    return fault


def add_channel(actor: Actor, fault: Fault, seen: int | None, name: str, url: str = "") -> ChannelCheck:
    """One more place where the text ran, to be looked after."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_FIX, fault)
        if fault.state not in (FaultState.FIXED, FaultState.ANSWERED):
            raise Moved("改正以后、结案以前，才能补记渠道。")
        if not name:
            raise Refused("请写渠道的名称。")
        if name in {one.name for one in queries.checks(fault.id)}:
            raise Refused(f"“{name}”已经列在下面了。")
        line = ChannelCheck(fault_id=fault.id, unit_id=fault.unit_id, name=name, url=url, opened_at=work.at, outcome="")
        db.session.add(line)
        db.session.flush()
        work.record(ADD_CHECK, fault, post=post, channel=name)
    return line


def check_off(actor: Actor, line: ChannelCheck, seen: int | None, outcome: str) -> ChannelCheck:
    """Somebody looked: on this channel the text is mended or gone."""
    with unit_of_work(actor, on=line, seen=seen) as work:
        post = check(actor, P.FAULT_FIX, line)
        if line.done_at is not None:
            raise Moved("这个渠道已经核销过了。")
        if len(outcome) < SHORTEST:
            raise Refused("请写明怎么处理的，比如“已请后台更正，打开看过”。")
        line.done_at, line.done_by_id, line.outcome = work.at, actor.id, outcome
        work.record(CHECK_OFF, line.fault, post=post, channel=line.name)
    return line


def close(actor: Actor, fault: Fault, seen: int | None, cause: FaultCause) -> Fault:
    """The ticket ends with the code of its cause. Refused while a channel was not looked after."""
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if left := [one.name for one in queries.checks(fault.id) if one.done_at is None]:
            raise Refused(f"还有 {len(left)} 个渠道没有核销：{'、'.join(left)}。每个渠道都核销后才能结案。")
        move = LIFECYCLE.take(fault, "close_fault", actor)
        fault.cause, fault.closed_at, fault.closed_by_id = cause, work.at, actor.id
        work.record(move, fault, post=post, cause=cause.value, severity=fault.severity and fault.severity.value)
    return fault


def prepare_case(actor: Actor, fault: Fault, seen: int | None, told: Mapping[str, str]) -> FaultCase:
    """A case others learn from: ``told`` has title, before, after, lesson. Written anew where there is one.

    Refused: faults of secrecy, and a text that still names its unit or holds personal data.
    """
    with unit_of_work(actor, on=fault, seen=seen) as work:
        post = check(actor, P.FAULT_HANDLE, fault)
        if fault.state not in MENDED or fault.cause is None:
            raise Moved("改正并写明原因以后，才能整理成案例。")
        if fault.severity is FaultSeverity.SECRECY:
            raise Refused("涉密的差错不做案例。")
        if missing := [name for name in ("title", "before", "lesson") if not told.get(name)]:
            raise Refused("标题、错在哪里、教训都要写。" if missing else "")
        whole = "\n".join(told.get(name, "") for name in ("title", "before", "after", "lesson"))
        if masking.masked(whole, queries.masks()) != whole:
            raise Refused("案例里还有单位、村（社区）的名称或一长串号码，请换成“某村”“×××”再存。")
        if proofreading.holds_what_must_not_leave(whole):
            raise Refused("案例里还有个人信息或涉密标志，请删掉再存。")
        case = queries.case_of(fault.id) or FaultCase(fault_id=fault.id)
        case.title, case.before, case.after, case.lesson = (
            told.get(name, "") for name in ("title", "before", "after", "lesson")
        )
        case.cause, case.prepared_by_id, case.prepared_at = fault.cause, actor.id or 0, work.at
        db.session.add(case)
        db.session.flush()
        work.record(PREPARE_CASE, case, post=post, fault=fault.number, cause=fault.cause.value)
    return case


# -- what the verbs share, also with the rooms above ---------------------------------------------


def open_fault(
    publication: Publication,
    origin: FaultOrigin,
    words: str,
    found_at: datetime,
    *,
    at: datetime,
    source: str = "",
    reported_by_id: int | None = None,
    receipt: str | None = None,
    contact: str | None = None,
) -> Fault:
    """The row of a new fault, inside an act of whoever found it; instants are UTC."""
    if publication.standing is not Standing.LIVE:
        raise Moved("这条信息已经撤下，公众看不到了，不用再登记。")
    if len(words) < SHORTEST:
        raise Refused("请写明哪里错了。")
    if found_at > at:
        raise Refused("发现时间不能晚于现在。")
    if source and queries.of_source(source):
        raise Moved("这一处已经开过纠错单，请到“差错台账”里看。")
    fault = Fault(
        number=_next_number(clock.day_of(at).year),
        state=FaultState.REPORTED,
        publication_id=publication.id,
        submission_id=publication.submission_id,
        revision_id=publication.revision_id,
        unit_id=publication.unit_id,
        origin=origin,
        words=words,
        source=source,
        reported_by_id=reported_by_id,
        receipt=receipt,
        contact=contact,
        found_at=found_at,
        changed=[],
    )
    db.session.add(fault)
    db.session.flush()
    return fault


def weigh(fault: Fault, *, values: bool) -> None:
    """Set the severity the rule gives; one that two people decided otherwise stays."""
    by_rule = severity_by_rule(cause=fault.cause, values=values)
    decided = fault.severity_by_rule is not None and fault.severity is not fault.severity_by_rule
    fault.severity_by_rule = by_rule
    if not decided or by_rule is FaultSeverity.SECRECY:
        fault.severity = by_rule


def _next_number(year: int) -> str:
    counter = publishing.series(SERIES, year)
    if counter is None:
        counter = NumberSeries(name=SERIES, year=year, last=0)
        db.session.add(counter)
    counter.last += 1
    return f"J-{year}-{counter.last:03}"


def _check_fresh(actor: Actor) -> None:
    if actor.authentication != FRESH:
        raise Refused("改动公众看的文字每次都要核验身份，请输入您的登录密码。")


def _live(fault: Fault) -> Revision:
    """The version the public reads now."""
    if fault.publication.standing is not Standing.LIVE:
        raise Moved("这条信息已经撤下，没有文字可改。")
    return fault.publication.revision


def _open_proposal(fault: Fault) -> FixProposal:
    proposal = queries.open_proposal(fault.id)
    if proposal is None:
        raise Moved("没有等着复核的改正，可能刚被收回。请刷新页面。")
    return proposal


def _put_aside(fault: Fault, person_id: int | None, at: datetime, reason: str) -> None:
    """What was proposed and not signed is answered all the same."""
    proposal = queries.open_proposal(fault.id)
    if proposal is not None:
        proposal.decided_by_id, proposal.decided_at, proposal.signed, proposal.reason = person_id, at, False, reason


def _check_apart(fault: Fault, persons: Sequence[int], others: Sequence[int]) -> None:
    """Neither of the two wrote the item (or stands in for somebody who did), nor are they each other."""
    if set(persons) & set(others):
        raise Refused("就地改正要两个人：提出的人不能自己复核。")
    if set(persons) & queries.drafters(fault.submission_id):
        raise Refused("您（或您所代理的人）是这篇的写稿人，不能走就地改正。请另一位同事来办，或走更正稿。")


def _findings(base: Revision, title: str, body_html: str) -> list[Spotted]:
    """What weighs in the changed text, judged by the day of its publication, as the nightly reading does."""
    files = [(one.file_id, one.name) for one in base.attachments]
    day = queries.published_on(base)
    return [one for one in submissions.spotted_in(title, body_html, files, day=day) if one.weighs]


def _answered(
    base: Revision, title: str, body_html: str, replies: Mapping[str, str], actor: Actor
) -> list[dict[str, Any]]:
    """The 校对清单 of the changed text: what was said to the same findings before, and the proposer's ticks.

    Refused while a finding is left open; what must be mended is never let pass here.
    """
    before = submissions.answers_to(base.id)
    lines: list[dict[str, Any]] = []
    answers: dict[str, list[Answer]] = {}
    for one in (found := _findings(base, title, body_html)):
        said: list[dict[str, Any]] = [
            {
                "name": given.person_name,
                "id": given.person_id,
                "answer": given.answer.value,
                "words": given.answer.label,
                "reason": given.reason,
                "at": given.answered_at.isoformat(),
            }
            for given in before.get(one.key, ())
        ]
        own = answer_to(one, replies[one.key], drafting=True) if one.key in replies else None
        if own is Answer.RIGHT and not said:
            told = {"name": actor.name, "id": actor.id, "answer": own.value, "words": own.label, "reason": "", "at": ""}
            said.append(told)
        answers[one.key] = [Answer(line["answer"]) for line in said]
        lines.append(
            {
                "key": one.key,
                "place": one.place,
                "family": one.family.value,
                "severity": one.severity.value,
                "words": one.words,
                "message": one.message,
                "said": said,
            }
        )
    left = still_open(found, answers)
    if left:
        raise Unanswered(objection(left) or "", left)
    return lines


class Unanswered(Refused):
    """The changed text has findings nobody looked at yet."""

    def __init__(self, reason: str, left: Sequence[Spotted]) -> None:
        super().__init__(reason)
        self.left = left


def _carry_answers(item: Submission, revision: Revision, proposal: FixProposal) -> None:
    """What was said to the findings holds for the new version too: no night asks again."""
    for line in proposal.found:
        for said in line["said"]:
            db.session.add(
                FindingAnswer(
                    submission_id=item.id,
                    revision_id=revision.id,
                    key=line["key"],
                    place=line["place"],
                    family=line["family"],
                    words=line["words"],
                    message=line["message"],
                    person_id=said["id"],
                    person_name=said["name"],
                    answered_at=datetime.fromisoformat(said["at"]) if said["at"] else proposal.proposed_at,
                    severity=line["severity"],
                    answer=Answer(said["answer"]),
                    reason=said["reason"],
                )
            )


def _sign(
    item: Submission, revision: Revision, proposal: FixProposal, actor: Actor, post: HeldPost, at: datetime
) -> None:
    """校 of the one who proposed, 审 of the one who confirmed, both for this text and no other."""
    common = {"submission_id": item.id, "revision_id": revision.id, "digest": revision.digest, "stage": State.PUBLISHED}
    db.session.add_all(
        (
            Signature(
                **common,
                act=Act.PROOF,
                person_id=proposal.proposed_by_id,
                person_name=proposal.proposed_by_name,
                post=proposal.proposed_post,
                acting_for=proposal.proposed_acting_for,
                authentication=proposal.proposed_authentication,
                opinion="就地改正",
                signed_at=proposal.proposed_at,
                found=proposal.found or None,
            ),
            Signature(
                **common,
                act=Act.REVIEW,
                person_id=actor.id,
                person_name=actor.name,
                post=f"{post.unit_name} · {post.role.label}",
                acting_for=post.acting_for,
                authentication=actor.authentication or "",
                opinion="就地改正复核",
                signed_at=at,
                found=None,
            ),
        )
    )


def _mended(
    fault: Fault, way: FixWay, revision: Revision | None, at: datetime, opened_at: datetime | None = None
) -> None:
    """The public no longer reads it: how, since when, what differs, how heavy that makes it, which channels follow."""
    fault.way, fault.fixed_at = way, at
    fault.fixed_revision_id = revision.id if revision else None
    fault.fixed_in_working = submissions.working_time().between(fault.found_at, at)
    if revision is not None:
        old, new = queries.told(fault.revision, revision.title, revision.body_html)
        fault.changed = [one.plain() for one in changed_values(old, new, queries.lexicon(fault.revision))]
        weigh(fault, values=bool(fault.changed))
    done = "已撤下" if revision is None else "已换成改正后的文字"
    at_ours = ChannelCheck(
        fault_id=fault.id, unit_id=fault.unit_id, name=OWN_PORTAL, opened_at=opened_at or at, done_at=at, outcome=done
    )
    db.session.add(at_ours)
    db.session.add_all(
        ChannelCheck(
            fault_id=fault.id,
            unit_id=fault.unit_id,
            name=ran.name,
            release_id=ran.release_id,
            url=ran.url,
            opened_at=opened_at or at,
            outcome="",
        )
        for ran in queries.ran_on(fault.publication_id)
    )
