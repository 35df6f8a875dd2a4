"""The network's gaps, the rhythm of reporting, columns that grow old: the pages and the duties from the same rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from town_portal.access.roles import Role
from town_portal.accounts import queries as accounts
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.network import queries as network
from town_portal.network.models import Unit
from town_portal.publishing import queries as publishing
from town_portal.publishing.queries import ColumnNewest
from town_portal.settings import queries as settings
from town_portal.submissions import queries as submissions
from town_portal.supervision.rules import freshness, gaps, rhythm
from town_portal.supervision.rules.freshness import DAY, Freshness, Light
from town_portal.supervision.rules.gaps import Gap, GapKind, Picture
from town_portal.supervision.rules.rhythm import Listed, Period, Span, Standing, Target
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

LEAD = 3 * DAY
"""How long before a leave nobody covers it is said that nobody does."""
HEALTH = Page("supervision.health")
RHYTHM = Page("supervision.rhythm")
COLUMNS = Page("supervision.columns")


def duties(limits: Limits) -> list[Duty]:
    """What is owed to the network, to the rhythm of reporting and to the columns.

    Six statements for any number of units; two more each where a vacancy or an empty column has no
    first day in the rows of its own.
    """
    picture = _picture(clock.today())
    return [*_network_duties(picture, limits), *_rhythm_duties(picture, limits), *_column_duties(limits)]


# -- the network ---------------------------------------------------------------------------------


def _picture(day: date) -> Picture:
    places = [network.place(unit) for unit in network.units()]
    return Picture(day, places, network.tenures(), network.absences(day))


@dataclass(frozen=True, slots=True)
class UnitHealth:
    """A unit and its gaps, the worst first."""

    unit: Unit
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """The whole network on a day."""

    day: date
    units: tuple[UnitHealth, ...]
    administrators: tuple[str, ...]
    """Who can appoint."""

    @property
    def counts(self) -> dict[GapKind, int]:
        """How many gaps of each sort there are, the worst sort first."""
        found = dict.fromkeys(GapKind, 0)
        for one in self.units:
            for gap in one.gaps:
                found[gap.kind] += 1
        return found

    @property
    def sound(self) -> list[Unit]:
        """The units without any gap."""
        return [one.unit for one in self.units if not one.gaps]

    def only(self, kind: GapKind | None) -> list[UnitHealth]:
        """The units with gaps, of one sort or of all; those with the worst one first."""
        found = [
            UnitHealth(one.unit, gaps_)
            for one in self.units
            if (gaps_ := tuple(gap for gap in one.gaps if kind in (None, gap.kind)))
        ]
        order = list(GapKind)
        return sorted(found, key=lambda one: order.index(one.gaps[0].kind))


def health() -> Health:
    """Every unit with its gaps today: six statements."""
    day = clock.today()
    picture = _picture(day)
    found = gaps.find(picture, _terms(), _days(accounts.last_seen()), _days(submissions.last_handed_in()))
    by_unit: defaultdict[int, list[Gap]] = defaultdict(list)
    for gap in found:
        by_unit[gap.unit_id].append(gap)
    administrators = [post for post in picture.posts if post.role is Role.ADMINISTRATOR and post.on(day)]
    return Health(
        day,
        tuple(UnitHealth(unit, tuple(by_unit[unit.id])) for unit in network.units()),
        tuple(dict.fromkeys(post.person_name for post in administrators)),
    )


def _terms() -> gaps.Terms:
    given = settings.value("supervision")
    return gaps.Terms(given["silent_days"], given["newcomer_days"], given["ending_days"])


def _days(moments: dict[int, datetime]) -> dict[int, date]:
    return {person: clock.day_of(at) for person, at in moments.items()}


def _network_duties(picture: Picture, limits: Limits) -> list[Duty]:
    """Vacant reporters' posts, and leaves without cover: for the administrator, above him the coordinator."""
    vacant = list(gaps.vacancies(picture))
    opened = trail.first_at("Unit", [gap.unit_id for gap in vacant if gap.since is None])
    names = {place.id: place.name for place in picture.places}
    appoints = _appoints(picture, limits)
    return [
        *(_vacancy_duty(gap, names, appoints, opened, limits) for gap in vacant),
        *(_absence_duty(gap, names, appoints, limits) for gap in gaps.absences(picture) if gap.unit_id in names),
    ]


def _appoints(picture: Picture, limits: Limits) -> tuple[Role, int]:
    """Where the administrators sit today."""
    seats = [post.unit_id for post in picture.posts if post.role is Role.ADMINISTRATOR and post.on(picture.day)]
    return (Role.ADMINISTRATOR, seats[0] if seats else limits.coordinating_id)


def _vacancy_duty(
    gap: Gap, names: dict[int, str], appoints: tuple[Role, int], opened: dict[int, datetime], limits: Limits
) -> Duty:
    since = clock.instant(gap.since) if gap.since else opened.get(gap.unit_id, clock.instant(clock.today()))
    return Duty(
        key=f"vacancy:{gap.unit_id}:{clock.day_of(since)}",
        kind=DutyKind.NETWORK,
        what=f"{names[gap.unit_id]}没有专职信息员",
        page=Page("network.new_post", "unit_id", gap.unit_id),
        watch=HEALTH,
        step="任命信息员",
        unit=names[gap.unit_id],
        seat=appoints,
        above=(Role.COORDINATOR, limits.coordinating_id),
        since=since,
        due_at=limits.vacancy(since),
    )


def _absence_duty(gap: Gap, names: dict[int, str], appoints: tuple[Role, int], limits: Limits) -> Duty:
    first = gap.since or clock.today()
    return Duty(
        key=f"absence:{gap.absence_id}:{gap.post_id}:{first}",
        kind=DutyKind.NETWORK,
        what=f"{gap.person}请假，没有人顶{gap.role.label}的岗",
        page=Page("network.post_cover", "post_id", gap.post_id),
        watch=HEALTH,
        step="安排顶岗",
        unit=names[gap.unit_id],
        seat=appoints,
        above=(Role.COORDINATOR, limits.coordinating_id),
        since=clock.instant(first - LEAD),
        due_at=limits.cover(first),
    )


# -- the rhythm of reporting ---------------------------------------------------------------------


def standings(kinds: Mapping[int, str]) -> list[Standing]:
    """How far some units (unit → its kind) have come: what they report in all first, then by column.

    One statement besides the settings; three where columns are listed.
    """
    return _standings(clock.today(), kinds)


def progress() -> list[tuple[Unit, list[Standing]]]:
    """How far every unit of which something is wanted has come in the periods that run, in the order of the units."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for one in _standings(clock.today(), _kinds()):
        found[one.target.unit_id].append(one)
    return [(unit, found[unit.id]) for unit in network.units() if unit.id in found]


def listed() -> Listed:
    """The units and columns of which something is wanted every quarter, and the lines nobody understands."""
    units, columns = network.units(), publishing.newest_by_column()
    return rhythm.listed(
        settings.value("rhythm")["listed"]["columns"],
        {name: unit.id for unit in units for name in (unit.name, unit.code)},
        {name: column.column_id for column in columns for name in (column.name, column.code)},
    )


def _kinds() -> dict[int, str]:
    return {unit.id: unit.kind.value for unit in network.units()}


def _standings(day: date, kinds: Mapping[int, str]) -> list[Standing]:
    setting = settings.value("rhythm")
    pairs = listed().pairs if setting["listed"]["columns"] else ()
    columns = {column.column_id: column.name for column in publishing.newest_by_column()} if pairs else {}
    targets = rhythm.targets(setting, kinds, pairs, columns, day)
    return _reached(targets, day) if targets else []


def _reached(targets: list[Target], day: date) -> list[Standing]:
    spans = list(Span)
    starts = [Period.containing(span, day).start for span in spans]
    rows: defaultdict[int, list[submissions.HandedIn]] = defaultdict(list)
    for row in submissions.handed_in(starts):
        rows[row.unit_id].append(row)
    found = []
    for target in targets:
        at = spans.index(target.period.span)
        own = [row for row in rows[target.unit_id] if row.counts[at] and target.column_id in (None, row.column_id)]
        last = max((row.last_at for row in own), default=None)
        found.append(Standing(target, sum(row.counts[at] for row in own), last))
    return found


def _rhythm_duties(picture: Picture, limits: Limits) -> list[Duty]:
    """What units still owe in their periods. Where nobody is at work, the gap is the network's, not the rhythm's."""
    names = {place.id: place for place in picture.places}
    found = []
    for standing in _standings(picture.day, _kinds()):
        target = standing.target
        place = names[target.unit_id]
        if not standing.missing or not picture.at_work(place.id, Role.REPORTER):
            continue
        found.append(
            Duty(
                key=standing.key,
                kind=DutyKind.RHYTHM,
                what=standing.words,
                page=Page("submissions.blank", "column", target.column_id)
                if target.column_id
                else Page("submissions.new"),
                watch=RHYTHM,
                unit=place.name,
                seat=(Role.REPORTER, place.id),
                above=(Role.HEAD, place.id) if place.is_office else (Role.COORDINATOR, limits.coordinating_id),
                since=standing.since,
                due_at=limits.by_the_end_of(target.period.last, standing.since),
            )
        )
    return found


# -- columns -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnHealth:
    """A column, how fresh it is, and whose office feeds it."""

    column: ColumnNewest
    terms: freshness.Terms
    fresh: Freshness
    office: str
    reporters: tuple[str, ...]
    """Who reports for that office."""

    @property
    def words(self) -> str:
        """How it stands, in a sentence."""
        fresh = self.fresh
        if fresh.used is None:
            emptied = self.column.withdrawn_at
            if emptied is None:
                return "还没有发布过信息"
            day = clock.day_of(emptied)
            return f"{day.month}月{day.day}日撤下以后是空的"
        if fresh.left < 0:
            return f"{fresh.used} 天没有更新，超期 {-fresh.left} 天"
        ago = f"{fresh.used} 天前更新" if fresh.used else "今天更新"
        return f"{ago}，还剩 {fresh.left} 天" if fresh.left else f"{ago}，今天到期"


def column_health() -> list[ColumnHealth]:
    """Every column with its newest article: four statements, six where a column is empty."""
    day = clock.today()
    setting = settings.value("freshness")
    columns = publishing.newest_by_column()
    opened = trail.first_at("Column", [column.column_id for column in columns if column.published_on is None])
    names = {unit.id: unit.name for unit in network.units()}
    reporters = defaultdict(list)
    for post in network.tenures():
        if post.role is Role.REPORTER and post.on(day):
            reporters[post.unit_id].append(post.person_name)
    found = []
    for column in columns:
        terms = freshness.Terms.of(setting, column.name, column.code)
        begun = clock.day_of(opened[column.column_id]) if column.column_id in opened else day
        office = column.office_id or 0
        found.append(
            ColumnHealth(
                column,
                terms,
                freshness.read(
                    terms,
                    column.published_on,
                    begun,
                    day,
                    clock.day_of(column.withdrawn_at) if column.withdrawn_at else None,
                ),
                names.get(office, ""),
                tuple(dict.fromkeys(reporters[office])),
            )
        )
    return found


def _column_duties(limits: Limits) -> list[Duty]:
    """Columns that are about to be too old, too old, or empty: for the coordinator, who asks their offices."""
    return [_column_duty(one, limits) for one in column_health() if one.fresh.light.owed]


def _column_duty(one: ColumnHealth, limits: Limits) -> Duty:
    since = clock.instant(one.fresh.amber_on)
    return Duty(
        key=f"column:{one.column.column_id}:{one.column.published_on or f'blank-{one.fresh.since}'}",
        kind=DutyKind.COLUMN,
        what=f"“{one.column.name}”{'是空白栏目' if one.fresh.light is Light.BLANK else '要更新了'}",
        page=COLUMNS,
        unit=one.office,
        seat=(Role.COORDINATOR, limits.coordinating_id),
        above=(Role.PRINCIPAL, limits.coordinating_id),
        since=since,
        due_at=limits.by_the_end_of(one.fresh.until, since),
        words=_owed_words(one),
    )


def _owed_words(one: ColumnHealth) -> str:
    who = (
        f"请{one.office}报送" + (f"（信息员{'、'.join(one.reporters)}）" if one.reporters else "") if one.office else ""
    )
    return f"{one.words}。{who or '没有指定对口办公室，请先指定'}。"
