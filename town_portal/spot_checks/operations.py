"""Acts of a spot check: fix the list, draw, record what was found, finish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check as may
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import Work, unit_of_work
from town_portal.corrections import operations as corrections
from town_portal.corrections.rules.fault import FaultOrigin
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.publishing.models import Publication
from town_portal.rectifications import operations as rectifications
from town_portal.rectifications.operations import Order
from town_portal.rectifications.rules.source import Source
from town_portal.settings import queries as settings
from town_portal.spot_checks import queries
from town_portal.spot_checks.models import SpotCheck, SpotCheckItem
from town_portal.spot_checks.rules import checking, draw, seed
from town_portal.spot_checks.rules.checking import CheckResult, Mark
from town_portal.spot_checks.rules.lifecycle import LIFECYCLE, SpotCheckState
from town_portal.spot_checks.rules.seed import SeedKind
from town_portal.workdays import queries as workdays

SEAL = Action("seal_spot_check", "封存抽查名单")
RECORD = Action("record_spot_check", "记录抽查结果")
MOST_WORDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """From what, how many, and where the seed will come from."""

    first: date
    last: date
    size: int
    seed_kind: SeedKind = SeedKind.TRAIL
    announced: str = ""
    """Which public number; empty for the trail's own."""
    announced_on: date | None = None


def seal(actor: Actor, plan: Plan) -> SpotCheck:
    """Fix the list of candidates and say where the seed will come from, before anybody can know it.

    Refused: another list waits for its seed, days in the wrong order or ahead, too many or too few to draw, a public
    number that is not said exactly or comes out before tomorrow.
    """
    with unit_of_work(actor) as work:
        post = may(actor, P.SPOT_CHECK_RUN, None)
        today = clock.day_of(work.at)
        if waiting := queries.waiting_for_draw():
            raise Refused(f"“{waiting}”的名单已封存、还没有抽，先抽完或作废再开新的。")
        if plan.first > plan.last or plan.last > today:
            raise Refused("起止日期不对：开始不能晚于结束，结束不能晚于今天。")
        lots = queries.lots(plan.first, plan.last, plan.size)
        draw.check_size(plan.size, len(lots.candidates))
        found = SpotCheck(
            year=today.year,
            serial=queries.last_serial(today.year) + 1,
            first_day=plan.first,
            last_day=plan.last,
            size=plan.size,
            state=SpotCheckState.SEALED,
            sealed_at=work.at,
            sealed_by_id=actor.id or 0,
            listed=lots.to_plain(),
            list_digest=lots.digest,
            seed_kind=plan.seed_kind,
            items=[],
        )
        if plan.seed_kind is SeedKind.PUBLIC:
            found.seed_source, found.seed_on = seed.check_announced(plan.announced, plan.announced_on, today)
        else:  # this act itself becomes the next on the trail
            found.seed_seq = trail.head_seq() + 1 + seed.LATER
            found.seed_source = f"第 {found.seed_seq} 条留痕的校验值"
        db.session.add(found)
        db.session.flush()
        work.record(
            SEAL,
            found,
            post=post,
            candidates=len(lots.candidates),
            size=plan.size,
            digest=lots.digest,
            source=found.seed_source,
        )
    return found


def draw_now(actor: Actor, check: SpotCheck, seen: int | None, number: str = "") -> SpotCheck:
    """Draw by the seed that has come: the trail's own, or the public number that was announced.

    Refused while the act it is taken from has not happened, or before the announced day.
    """
    with unit_of_work(actor, on=check, seen=seen) as work:
        move = LIFECYCLE.take(check, "draw_spot_check", actor)
        post = may(actor, P.SPOT_CHECK_RUN, check)
        today = clock.day_of(work.at)
        check.seed = _seed(check, number, today)
        setting = settings.value("spot_check")
        check.drawn_at, check.drawn_by_id = work.at, actor.id
        check.due_on = workdays.calendar().add(today, setting["days"])
        check.checklist = list(setting["lines"])
        drawn = queries.computed(check)
        by_number = {one.number: one for one in check.lots.candidates}
        for position, publication_id in enumerate(drawn.numbers, 1):
            publication = db.session.get_one(Publication, publication_id)
            db.session.add(
                SpotCheckItem(
                    check=check,
                    position=position,
                    publication_id=publication_id,
                    submission_id=publication.submission_id,
                    unit_id=by_number[publication_id].unit_id,
                )
            )
        work.record(move, check, post=post, seed=check.seed, digest=check.list_digest, drawn=list(drawn.numbers))
    return check


def _seed(check: SpotCheck, number: str, today: date) -> str:
    if check.seed_kind is SeedKind.PUBLIC:
        if check.seed_on is not None and today < check.seed_on:
            raise Refused(f"号码要到 {check.seed_on.month}月{check.seed_on.day}日才公布，那天以后再抽。")
        return seed.tidy(number)
    event = trail.event(check.seed_seq or 0)
    if event is None:
        missing = (check.seed_seq or 0) - trail.head_seq()
        raise Refused(f"种子取第 {check.seed_seq} 条留痕的校验值，还差 {missing} 条，等大家再办几件事就能抽。")
    return event.digest


def record(
    actor: Actor,
    item: SpotCheckItem,
    seen: int | None,
    result: CheckResult,
    marks: Mapping[int, Mark],
    note: str = "",
    demand: str = "",
) -> SpotCheckItem:
    """Write down what was found in one drawn text, also when it is nothing; what follows is opened in the same act.

    Refused: for whoever had a hand in the text, when lines of the checklist are not answered, when result and
    answers contradict, and a second time.
    """
    with unit_of_work(actor, on=item, seen=seen) as work:
        post = may(actor, P.SPOT_CHECK_CHECK, item)
        check = item.check
        if check.state is not SpotCheckState.DRAWN or item.result is not None:
            raise Moved("这一条已经检查过了，结果不能再改。")
        checking.check_person(actor, item.unit_id, queries.hands_on(item.submission_id))
        lines = check.checklist or []
        note = checking.check_marks(lines, marks, result, note)
        item.marks = [marks[number].value for number in range(1, len(lines) + 1)]
        item.checked_at, item.checked_on, item.checked_by_id = work.at, clock.day_of(work.at), actor.id
        number = _follow(work, actor, item, result, note, demand)
        item.result, item.note = result, note or None
        work.record(RECORD, item, post=post, outcome=result.label, note=note, follows=number, check=check.id)
    return item


def _follow(work: Work, actor: Actor, item: SpotCheckItem, result: CheckResult, note: str, demand: str) -> str:
    """Open what a result asks for; answers to its number."""
    if result is CheckResult.FAULT:
        fault = corrections.open_fault(
            item.publication,
            FaultOrigin.SPOT_CHECK,
            note,
            work.at,
            at=work.at,
            source=f"spot_check:{item.id}",
            reported_by_id=actor.id,
        )
        item.fault = fault
        return fault.number
    if result is CheckResult.RECTIFICATION:
        title = item.publication.title
        order = Order(
            unit_id=item.unit_id,
            matter=f"抽查发现：《{title if len(title) <= 60 else title[:59] + '…'}》",
            demand=f"{note}\n{demand}".strip(),
            source=Source.SPOT_CHECK,
            source_id=item.id,
            source_words=str(item.check),
        )
        return rectifications.put(work, order).number
    return ""


def finish(actor: Actor, check: SpotCheck, seen: int | None, words: str = "") -> SpotCheck:
    """Everything was looked at. Refused while something was not."""
    with unit_of_work(actor, on=check, seen=seen) as work:
        move = LIFECYCLE.take(check, "finish_spot_check", actor)
        post = may(actor, P.SPOT_CHECK_RUN, check)
        if left := sum(one.result is None for one in check.items):
            raise Refused(f"还有 {left} 条没有检查，检查完再办结。")
        check.closed_at, check.closed_words = work.at, words.strip()[:MOST_WORDS] or None
        results = {result.label: sum(one.result is result for one in check.items) for result in CheckResult}
        work.record(move, check, post=post, note=check.closed_words or "", results=results)
    return check


def abandon(actor: Actor, check: SpotCheck, seen: int | None, reason: str) -> SpotCheck:
    """Give up a list before its seed is used; it stays in the record with the reason."""
    with unit_of_work(actor, on=check, seen=seen) as work:
        move = LIFECYCLE.take(check, "abandon_spot_check", actor)
        post = may(actor, P.SPOT_CHECK_RUN, check)
        if trail.head_seq() >= (check.seed_seq or trail.head_seq() + 1):
            raise Refused("种子已经出来了，名单不能再作废，请照它抽取。")
        if len(reason.strip()) < checking.SHORTEST:
            raise Refused("请写明为什么作废。")
        check.closed_at, check.closed_words = work.at, reason.strip()[:MOST_WORDS]
        work.record(move, check, post=post, reason=check.closed_words)
    return check
