"""The verbs of a fault: report, confirm, dismiss."""

from datetime import datetime

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.corrections import queries
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay, severity_by_rule
from town_portal.corrections.rules.lifecycle import LIFECYCLE, FaultState
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.publishing import queries as publishing
from town_portal.publishing.models import NumberSeries, Publication, Standing

SERIES = "fault"
REPORT = Action("report_fault", "反映差错")
SHORTEST = 4
"""Signs of words that say something."""


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
