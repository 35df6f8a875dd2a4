"""Questions to the network: units, people, who holds which post on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import db, read_once
from town_portal.foundation.errors import Refused
from town_portal.network.models import Leave, Person, Post, Unit, UnitKind
from town_portal.network.rules import absence as absence_rules
from town_portal.network.rules import appointment, roster_file, vacancy
from town_portal.network.rules.absence import Absence
from town_portal.network.rules.appointment import Place, Tenure
from town_portal.network.rules.roster_file import Fault
from town_portal.network.rules.vacancy import Vacancy

DAY = timedelta(days=1)
_P, _WHO, _L = Post.__table__.c, Person.__table__.c, Leave.__table__.c
_OPEN = select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.code)
_COORDINATING = select(Unit.__table__.c.id).where(Unit.__table__.c.coordinating)


def in_force(day: date | BindParameter[Any]) -> ColumnElement[bool]:
    """The condition that a post holds on a day; of bare columns, for any statement about posts."""
    post = Post.__table__.c
    return (post.starts_on <= day) & or_(post.ends_on.is_(None), post.ends_on >= day)


def units(*kinds: UnitKind) -> list[Unit]:
    """The open units in the town's order (their codes), of some kinds or of all."""
    found = read_once(_OPEN, lambda: db.session.scalars(_OPEN).all())
    return [unit_ for unit_ in found if not kinds or unit_.kind in kinds]


def unit(unit_id: int) -> Unit | None:
    """One unit, open or closed."""
    return db.session.get(Unit, unit_id)


def unit_by_code(code: str) -> Unit | None:
    """One unit by its short code such as B05 or C03."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def coordinating_id() -> int | None:
    """The number of the office that coordinates and publishes."""
    return read_once(_COORDINATING, lambda: db.session.scalar(_COORDINATING))


def coordinating_unit() -> Unit | None:
    """The office that coordinates and publishes."""
    return db.session.scalar(select(Unit).where(Unit.coordinating))


def person(person_id: int) -> Person | None:
    """One person."""
    return db.session.get(Person, person_id)


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Person → name, in one statement."""
    wanted = set(person_ids)
    found = db.session.execute(select(_WHO.id, _WHO.name).where(_WHO.id.in_(wanted))) if wanted else ()
    return {number: name for number, name in found}


def person_by_phone(phone: str) -> Person | None:
    """One person by sign-in name."""
    return db.session.scalar(select(Person).where(Person.phone == phone))


def posts_on(day: date, *, unit_id: int | None = None, roles: Iterable[Role] = ()) -> list[Post]:
    """The posts in force on a day, of active people, deputies last."""
    found = (
        select(Post)
        .join(Post.person)
        .where(in_force(day), Person.active)
        .options(joinedload(Post.person), joinedload(Post.unit), joinedload(Post.acting_for))
        .order_by(Post.unit_id, Post.deputy, Post.id)
    )
    if unit_id is not None:
        found = found.where(Post.unit_id == unit_id)
    if roles := tuple(roles):
        found = found.where(Post.role.in_(roles))
    return list(db.session.scalars(found))


def holders(day: date, role: Role, unit_id: int) -> list[Person]:
    """The people who hold a role in a unit on a day, deputies and leave covers included."""
    return [post.person for post in posts_on(day, unit_id=unit_id, roles=(role,))]


def signers_on(day: date, places: Iterable[tuple[int, Role]]) -> dict[tuple[int, Role], list[tuple[int, int | None]]]:
    """Who holds some (unit, role) on a day: (person, whom he stands in for) of each, in one statement."""
    wanted = or_(*(and_(_P.unit_id == unit_id, _P.role == role) for unit_id, role in places))
    found: dict[tuple[int, Role], list[tuple[int, int | None]]] = {}
    held = select(_P.unit_id, _P.role, _P.person_id, _P.acting_for_id).join(_WHO.id.table, _WHO.id == _P.person_id)
    for unit_id, role, person_id, acting_for_id in db.session.execute(held.where(in_force(day), _WHO.active, wanted)):
        found.setdefault((unit_id, role), []).append((person_id, acting_for_id))
    return found


_HELD = (
    select(_WHO.name)
    .join(_P.id.table, _WHO.id == _P.person_id)
    .where(in_force(bindparam("day")), _WHO.active, _P.role == bindparam("role"), _P.unit_id == bindparam("unit"))
    .order_by(_P.deputy, _P.id)
)


def holder_names(day: date, role: Role, unit_id: int) -> list[str]:
    """The names of those who hold a role in a unit on a day, deputies last, each once."""
    return list(dict.fromkeys(db.session.scalars(_HELD, {"day": day, "role": role, "unit": unit_id})))


def post(post_id: int) -> Post | None:
    """One post."""
    return db.session.get(Post, post_id)


def place(unit: Unit) -> Place:
    """A unit as the rules see it."""
    return Place(unit.id, unit.name, unit.kind is UnitKind.OFFICE, unit.coordinating)


def tenure(post: Post) -> Tenure:
    """A post as the rules see it."""
    return Tenure(
        person_id=post.person_id,
        person_name=post.person.name,
        unit_id=post.unit_id,
        role=post.role,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        deputy=post.deputy,
        acting_for_id=post.acting_for_id,
        post_id=post.id,
    )


_TENURES = (
    select(_P.id, _P.person_id, _WHO.name, _WHO.active, _P.unit_id, _P.role, _P.starts_on, _P.ends_on, _P.deputy,
           _P.acting_for_id)
    .join(_WHO.id.table, _WHO.id == _P.person_id)
    .order_by(_P.id)
)  # fmt: skip


def tenures() -> list[Tenure]:
    """Every post there ever was, as the rules see it: one statement.

    A post of somebody who was switched off ends with the day before that (one more statement).
    """
    return read_once(_TENURES, _read_tenures)


def _read_tenures() -> list[Tenure]:
    rows = db.session.execute(_TENURES).all()
    switched_off = trail.last_at("disable_person", "Person", {row.person_id for row in rows if not row.active})
    found = []
    for row in rows:
        ends_on = row.ends_on
        if not row.active:
            off = switched_off.get(row.person_id)
            last = clock.day_of(off) - DAY if off else date.min
            ends_on = min(ends_on or date.max, last)
        if ends_on is None or ends_on >= row.starts_on:
            found.append(
                Tenure(
                    person_id=row.person_id,
                    person_name=row.name,
                    unit_id=row.unit_id,
                    role=row.role,
                    starts_on=row.starts_on,
                    ends_on=ends_on,
                    deputy=row.deputy,
                    acting_for_id=row.acting_for_id,
                    post_id=row.id,
                )
            )
    return found


def absences(day: date) -> list[Absence]:
    """The leaves that are not over on a day, as the rules see them: one statement."""
    found = (
        select(_L.person_id, _L.starts_on, _L.ends_on, _L.id)
        .where(_L.ends_on >= day, _L.cancelled.is_(False))
        .order_by(_L.starts_on, _L.id)
    )
    return read_once(("absences", day), lambda: [Absence(*row) for row in db.session.execute(found)])


def on_leave(day: date) -> set[int]:
    """Who is away on a day, by person."""
    away = select(Leave.person_id).where(Leave.starts_on <= day, Leave.ends_on >= day, Leave.cancelled.is_(False))
    return set(db.session.scalars(away))


def leaves_from(day: date) -> list[Leave]:
    """The leaves that are not over on a day, the earliest first."""
    found = select(Leave).where(Leave.ends_on >= day, Leave.cancelled.is_(False)).options(joinedload(Leave.person))
    return list(db.session.scalars(found.order_by(Leave.starts_on, Leave.id)))


def leave(leave_id: int) -> Leave | None:
    """One leave."""
    return db.session.get(Leave, leave_id)


@dataclass(frozen=True, slots=True)
class PostAway:
    """One post of somebody who is away, and who does its work."""

    post: Tenure
    unit: str
    covers: tuple[str, ...]
    """Who does the work on the first of these days that is not over."""
    bare_since: date | None
    """From when on nobody does; None when somebody always does."""


@dataclass(frozen=True, slots=True)
class Away:
    """A leave that is not over, and what becomes of the person's posts meanwhile."""

    leave: Leave
    posts: tuple[PostAway, ...]

    @property
    def bare(self) -> bool:
        """Are there days on which nobody does his work?"""
        return any(post.bare_since for post in self.posts)

    @property
    def covers(self) -> tuple[str, ...]:
        """Who does his work, each name once."""
        return tuple(dict.fromkeys(name for post in self.posts for name in post.covers))


def away(day: date, person_id: int | None = None) -> list[Away]:
    """The leaves that are not over on a day, of everybody or of one person: two statements, one when there are none."""
    leaves = [leave for leave in leaves_from(day) if person_id in (None, leave.person_id)]
    if not leaves:
        return []
    posts, others = tenures(), absences(day)
    names = {unit_.id: unit_.name for unit_ in units()}
    return [
        Away(
            leave, tuple(_post_away(post, leave, day, posts, others, names) for post in posts if _touches(post, leave))
        )
        for leave in leaves
    ]


def away_by_post(day: date) -> dict[int, tuple[Leave, PostAway]]:
    """Post → the leave its holder is on that day, and who does the work."""
    return {
        line.post.post_id: (one.leave, line)
        for one in away(day)
        if one.leave.starts_on <= day
        for line in one.posts
        if line.post.post_id is not None
    }


def _touches(post: Tenure, leave: Leave) -> bool:
    held = post.starts_on <= leave.ends_on and leave.starts_on <= (post.ends_on or date.max)
    return held and post.person_id == leave.person_id and post.acting_for_id is None


def _post_away(
    post: Tenure, leave: Leave, day: date, posts: list[Tenure], others: list[Absence], names: dict[int, str]
) -> PostAway:
    absence = Absence(leave.person_id, leave.starts_on, leave.ends_on, leave.id)
    covers = absence_rules.stand_ins(post, max(day, leave.starts_on), posts, others)
    return PostAway(
        post,
        names.get(post.unit_id, ""),
        tuple(held.person_name for held in covers),
        absence_rules.bare_since(post, absence, day, posts, others),
    )


_WITH_NAMES = (joinedload(Post.person), joinedload(Post.unit), joinedload(Post.acting_for))


def posts_of_unit(unit_id: int) -> list[Post]:
    """Every post there ever was in a unit, newest first."""
    return _posts(Post.unit_id == unit_id)


def posts_of_person(person_id: int) -> list[Post]:
    """Every post a person ever held, newest first."""
    return _posts(Post.person_id == person_id)


def covers_of(post: Post) -> list[Post]:
    """The leave covers that stand in for the holder of a post, by their first day."""
    found = _posts((Post.acting_for_id == post.person_id) & (Post.unit_id == post.unit_id) & (Post.role == post.role))
    return found[::-1]


def _posts(condition: ColumnElement[bool]) -> list[Post]:
    found = select(Post).where(condition).options(*_WITH_NAMES).order_by(Post.starts_on.desc(), Post.id.desc())
    return list(db.session.scalars(found))


def administrators(day: date) -> list[Post]:
    """The posts of administrators on a day, leave covers not counted."""
    return [post for post in posts_on(day, roles=(Role.ADMINISTRATOR,)) if post.acting_for_id is None]


def people() -> list[Person]:
    """Everybody, by name, with their posts."""
    found = select(Person).options(selectinload(Person.posts).joinedload(Post.unit)).order_by(Person.pinyin, Person.id)
    return list(db.session.scalars(found))


def known_units() -> bool:
    """Is there any unit at all?"""
    return db.session.scalar(select(Unit.id).limit(1)) is not None


def vacancies(day: date) -> dict[int, Vacancy]:
    """The open units without a reporter on a day, by unit id, in the town's order."""
    reporters = [tenure(post) for post in posts_on(day, roles=(Role.REPORTER,))]
    return {gap.unit_id: gap for gap in vacancy.vacancies([unit.id for unit in units()], reporters)}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the map: a unit, who holds what there today, and what is missing."""

    unit: Unit
    posts: tuple[Post, ...]
    vacancy: Vacancy | None

    def held(self, role: Role, *, deputy: bool | None = None) -> list[Post]:
        """The posts of one role; principals or deputies only, when asked for."""
        return [post for post in self.posts if post.role is role and (deputy is None or post.deputy is deputy)]

    @property
    def reporters(self) -> list[Post]:
        """The reporter, and who stands in for him."""
        return self.held(Role.REPORTER, deputy=False)

    @property
    def deputies(self) -> list[Post]:
        """The deputy reporters."""
        return self.held(Role.REPORTER, deputy=True)

    @property
    def heads(self) -> list[Post]:
        """The head of the office."""
        return self.held(Role.HEAD)

    @property
    def leaders(self) -> list[Post]:
        """The leader who supervises the office."""
        return self.held(Role.LEADER)


def network_map(day: date) -> list[UnitLine]:
    """Every open unit with its posts of a day and its gap: two statements."""
    found = units()
    held: dict[int, list[Post]] = {unit.id: [] for unit in found}
    for post in posts_on(day):
        held.setdefault(post.unit_id, []).append(post)
    tenures = [tenure(post) for posts in held.values() for post in posts]
    gaps = {gap.unit_id: gap for gap in vacancy.vacancies(held, tenures)}
    return [UnitLine(unit, tuple(held[unit.id]), gaps.get(unit.id)) for unit in found]


def unit_rows() -> list[tuple[str, ...]]:
    """The open units as a table with its head, the columns as an import reads them."""
    kinds = {kind: words for words, kind in roster_file.KINDS.items()}
    rows: list[tuple[str, ...]] = [roster_file.UNIT_HEAD]
    for unit in units():
        kind, division, coordinating = kinds[unit.kind.value], unit.division_code or "", _yes(unit.coordinating)
        rows.append((unit.code, unit.name, kind, unit.full_name, division, coordinating))
    return rows


def person_rows(day: date) -> list[tuple[str, ...]]:
    """The active people with their own posts of a day as a table with its head, as an import reads it."""
    rows: list[tuple[str, ...]] = [roster_file.PERSON_HEAD]
    for person in people():
        if not person.active:
            continue
        held = [post for post in person.posts if _holds(post, day) and post.acting_for_id is None]
        rows += [
            (person.name, person.phone, post.unit.name, post.role.label, _yes(post.deputy),
             post.starts_on.isoformat(), post.ends_on.isoformat() if post.ends_on else "")
            for post in held
        ] or [(person.name, person.phone, "", "", "", "", "")]  # fmt: skip
    return rows


@dataclass(slots=True)
class UnitPlan:
    """What an import of units would do: the lines to create, or why it would do nothing."""

    lines: list[roster_file.UnitLine]
    faults: list[Fault]


def unit_plan(table: roster_file.Table) -> UnitPlan:
    """Check a table of units against the units there are; whole or nothing."""
    lines, faults = roster_file.unit_lines(table)
    known = list(db.session.scalars(select(Unit)))
    codes = {unit.code: "系统里" for unit in known}
    names = {unit.name: "系统里" for unit in known}
    coordinating = any(unit.coordinating for unit in known)
    for line in lines:
        for taken, what, key in ((codes, "代码", line.code), (names, "名称", line.name)):
            if key in taken:
                faults.append(Fault(line.line, f"{what}“{key}”{taken[key]}已经有了"))
            taken[key] = f"第 {line.line} 行"
        if line.coordinating:
            if coordinating:
                faults.append(Fault(line.line, "统筹的办公室只能有一个"))
            if line.kind != UnitKind.OFFICE.value:
                faults.append(Fault(line.line, "统筹的只能是办公室"))
            coordinating = True
    return UnitPlan(lines, sorted(faults, key=lambda fault: fault.line))


@dataclass(slots=True)
class PersonPlan:
    """What an import of people would do: (line, known person or None, unit or None), or why not."""

    lines: list[tuple[roster_file.PersonLine, Person | None, Unit | None]]
    faults: list[Fault]


def person_plan(table: roster_file.Table, day: date) -> PersonPlan:
    """Check a table of people against units, people and posts; whole or nothing.

    A post without a first day begins on ``day``. A phone that is known must belong to the same
    name; a post somebody already holds is a fault like any other that the rules refuse.
    """
    lines, faults = roster_file.person_lines(table)
    admission, plan = _Admission(day), PersonPlan([], faults)
    for line in lines:
        try:
            plan.lines.append(admission.admit(line))
        except Refused as refusal:
            faults.append(Fault(line.line, refusal.reason))
    faults.sort(key=lambda fault: fault.line)
    return plan


class _Admission:
    """Admits the lines of a roster one after another, as if each had been taken over already."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.known = {person.phone: person for person in db.session.scalars(select(Person))}
        self.units = {key: unit for unit in units() for key in (unit.name, unit.code)}
        self.tenures = [tenure(post) for post in db.session.scalars(select(Post).options(*_WITH_NAMES))]
        self.names = {phone: person.name for phone, person in self.known.items()}
        self.newcomers: dict[str, int] = {}
        """Phone → a number below zero, in place of the one the person will get."""

    def admit(self, line: roster_file.PersonLine) -> tuple[roster_file.PersonLine, Person | None, Unit | None]:
        """The line with the person and the unit it means; Refused when it cannot be taken over."""
        unit = self._unit_of(line)
        person = self.known.get(line.phone)
        if self.names.setdefault(line.phone, line.name) != line.name:
            raise Refused(f"这个手机号已经是{self.names[line.phone]}的")
        if person is not None and not person.active:
            raise Refused(f"{line.name}已经停用，请先恢复再任职")
        if unit is None and (person is not None or line.phone in self.newcomers):
            raise Refused(f"{line.name}已经有了，没有要加的任职")
        person_id = person.id if person else self.newcomers.setdefault(line.phone, -1 - len(self.newcomers))
        if unit is not None and line.role is not None:
            self._appoint(line, line.role, unit, person_id)
        return line, person, unit

    def _unit_of(self, line: roster_file.PersonLine) -> Unit | None:
        if line.unit and line.unit not in self.units:
            raise Refused(f"没有“{line.unit}”这个单位，请对照单位名称或代码")
        return self.units.get(line.unit)

    def _appoint(self, line: roster_file.PersonLine, role: Role, unit: Unit, person_id: int) -> None:
        new = Tenure(
            person_id=person_id,
            person_name=line.name,
            unit_id=unit.id,
            role=role,
            starts_on=line.starts_on or self.day,
            ends_on=line.ends_on,
            deputy=line.deputy,
        )
        appointment.check(
            new,
            place(unit),
            of_person=[held for held in self.tenures if held.person_id == person_id],
            in_unit=[held for held in self.tenures if held.unit_id == unit.id],
        )
        self.tenures.append(new)


def _holds(post: Post, day: date) -> bool:
    return post.starts_on <= day and (post.ends_on is None or post.ends_on >= day)


def _yes(value: bool) -> str:
    return "是" if value else "否"


def current_posts_by_person(day: date) -> dict[int, list[Post]]:
    """The posts in force on a day, by person, disabled people included."""
    found: dict[int, list[Post]] = {}
    for post in _posts(in_force(day)):
        found.setdefault(post.person_id, []).append(post)
    return found


def story_of(person: Person, most: int = 12) -> list[AuditEvent]:
    """What was done about a person and his posts, newest first."""
    posts = [post.id for post in posts_of_person(person.id)]
    about = (AuditEvent.subject_kind == "Person") & (AuditEvent.subject_id == person.id)
    if posts:
        about |= (AuditEvent.subject_kind == "Post") & AuditEvent.subject_id.in_(posts)
    return list(db.session.scalars(select(AuditEvent).where(about).order_by(AuditEvent.seq.desc()).limit(most)))
