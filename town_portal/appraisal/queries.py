"""What a year rests on, as it stands now; the years that were closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from town_portal.access.actor import Actor
from town_portal.access.roles import Role
from town_portal.appraisal.models import AppraisalYear
from town_portal.appraisal.rules import appraise
from town_portal.appraisal.rules.appraise import FULL, NOUGHT, Appraisal, Entry, Judged, Part
from town_portal.bulletins import queries as bulletins
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.rectifications import queries as rectifications
from town_portal.rectifications.models import Rectification
from town_portal.scoring import queries as scoring
from town_portal.scoring.rules.scheme import figure
from town_portal.scoring.rules.score import Result
from town_portal.settings import queries as settings
from town_portal.spot_checks import queries as spot_checks
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.statistics import queries as statistics
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League

SEES_ALL = (Role.COORDINATOR, Role.PRINCIPAL, Role.AUDITOR)


def years() -> list[int]:
    """The years in which anything was handed in, this one and the last, the newest first."""
    this = clock.today().year
    return sorted({one.year for one in statistics.quarters()} | {this, this - 1}, reverse=True)


def closed(year: int) -> AppraisalYear | None:
    """A year as it was closed."""
    return db.session.scalar(select(AppraisalYear).where(AppraisalYear.year == year))


def may_see(actor: Actor, unit_id: int) -> bool:
    """Does an actor see what a unit's year rests on? A unit its own, an office's leader its, the few all."""
    return bool(actor.roles & set(SEES_ALL)) or unit_id in actor.units_as(Role.REPORTER, Role.HEAD, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Basis:
    """A quarter's points, and where they come from."""

    quarter: Quarter
    result: Result | None
    words: str


def _bases(year: int) -> Iterator[Basis]:
    """The quarters of a year that are over: by the issued bulletin where there is one, else as they stand now."""
    today = clock.today()
    for number in range(1, 5):
        quarter = Quarter(year, number)
        if quarter.last >= today:
            yield Basis(quarter, None, "还没有结束" if quarter.first <= today else "还没有开始")
            continue
        issued = bulletins.in_force(quarter)
        if issued is not None:
            yield Basis(quarter, issued.result, f"{issued.number or issued}（已印发）")
            continue
        result = scoring.result_or_none(quarter)
        if result is None:
            yield Basis(quarter, None, "没有评分办法，不计")
        else:
            yield Basis(quarter, result, f"第 {result.scheme_version} 版评分办法，通报没有印发，按目前数据")


def now(year: int) -> Appraisal:
    """A year as it comes out of the rows of today."""
    bases = list(_bases(year))
    first, last = date(year, 1, 1), date(year, 12, 31)
    evidence: defaultdict[int, defaultdict[Part, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    vetoed: defaultdict[int, list[str]] = defaultdict(list)
    for basis in bases:
        for unit_id, judged, veto in _quarter(basis):
            evidence[unit_id][Part.QUARTERS].append(judged)
            if veto:
                vetoed[unit_id].append(f"{basis.quarter.label}：{veto}")
    for one in rectifications.due_between(first, last):
        if (said := _rectified(one)) is not None:
            evidence[one.unit_id][Part.RECTIFICATIONS].append(said)
    names = {check.id: str(check) for check in spot_checks.all_checks()}
    for item in spot_checks.counted(first, last):
        good = item.result is CheckResult.NOTHING
        cells = (names[item.check_id], item.title, item.day.isoformat(), item.result.label, "是" if good else "否")
        evidence[item.unit_id][Part.SPOT_CHECKS].append(Judged(cells, FULL if good else NOUGHT))
    weights = settings.value("appraisal", _law_of(year))
    return appraise.appraise(
        year,
        clock.today(),
        {part: weights[part.value] for part in Part},
        [(basis.quarter.label, basis.words) for basis in bases],
        [
            Entry(
                unit.id,
                unit.name,
                League.OFFICES if unit.kind is UnitKind.OFFICE else League.VILLAGES,
                order,
                {part: tuple(found) for part, found in evidence[unit.id].items()},
                tuple(vetoed[unit.id]),
            )
            for order, unit in enumerate(network.units())
        ],
    )


def _law_of(year: int) -> datetime:
    """The instant (UTC) whose weights hold for a year: its last, or now while it runs."""
    return min(clock.now(), clock.instant(date(year + 1, 1, 1)))


def _quarter(basis: Basis) -> Iterator[tuple[int, Judged, str]]:
    if basis.result is None:
        return
    for scores in basis.result.leagues.values():
        best = max((one.total for one in scores), default=NOUGHT)
        for one in scores:
            value = NOUGHT if one.vetoed_because else appraise.hundredths(one.total, best)
            cells = (basis.quarter.label, figure(one.total), figure(best), appraise.shown(value), basis.words)
            yield one.unit_id, Judged(cells, value), one.vetoed_because


def _rectified(one: Rectification) -> Judged | None:
    """In time and not sent back; None while the limit has not passed and nothing was answered."""
    today = clock.today()
    if not one.answers and today <= one.due_on:
        return None
    first = one.answers[0] if one.answers else None
    good = first is not None and first.answered_on <= first.due_on and first.accepted is not False
    result = "没有答复" if first is None else "超期答复" if first.answered_on > first.due_on else one.state.label
    if first is not None and first.accepted is False:
        result = f"被退回（{one.state.label}）"
    cells = (one.number, one.matter, one.due_on.isoformat(), result, "是" if good else "否")
    return Judged(cells, FULL if good else NOUGHT)
