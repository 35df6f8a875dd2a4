"""Acts on the network: units open and close, people come, posts begin and end."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.access.roles import Role
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import queries
from town_portal.network.models import Leave, Person, Post, Unit, UnitKind
from town_portal.network.rules import appointment, naming, phone, roster_file
from town_portal.network.rules.absence import LONGEST_REASON
from town_portal.network.rules.appointment import Tenure
from town_portal.network.rules.roster_file import Fault

OPEN_UNIT = Action("open_unit", "设立单位")
RENAME_UNIT = Action("rename_unit", "修改单位名称")
CLOSE_UNIT = Action("close_unit", "撤销单位")
FOUND_UNITS = Action("found_units", "建立单位名录")
IMPORT_UNITS = Action("import_units", "导入单位")
ADD_PERSON = Action("add_person", "登记人员")
RENAME_PERSON = Action("rename_person", "修改姓名")
CHANGE_PHONE = Action("change_phone", "更换手机号")
DISABLE_PERSON = Action("disable_person", "停用人员")
ENABLE_PERSON = Action("enable_person", "恢复人员")
IMPORT_PEOPLE = Action("import_people", "导入人员")
EXPORT_PEOPLE = Action("export_people", "导出人员名录")
APPOINT = Action("appoint", "任职")
RELIEVE = Action("relieve", "免职")
COVER = Action("cover", "安排顶岗")
HAND_OVER = Action("hand_over", "工作交接")
TAKE_LEAVE = Action("take_leave", "登记请假")
END_LEAVE = Action("end_leave", "结束请假")

DAY = timedelta(days=1)
ROSTER = Path(__file__).with_name("data") / "units.csv"


def _manager(actor: Actor, subject: Any) -> HeldPost | None:
    """The post by which the actor manages the network; the system itself needs none."""
    return None if actor is SYSTEM else check(actor, P.NETWORK_MANAGE, subject)


# -- units ------------------------------------------------------------------------------------


def open_unit(
    actor: Actor, *, code: str, name: str, kind: UnitKind, full_name: str = "", division_code: str | None = None
) -> Unit:
    """A new unit. Refused for a code or name that is taken or malformed."""
    with unit_of_work(actor) as work:
        unit = Unit(
            code=naming.check_code(code),
            name=naming.check_unit_name(name),
            full_name=naming.check_unit_name(full_name or name, "单位全称", 60),
            kind=kind,
            division_code=naming.check_division(division_code),
        )
        unit.pinyin = naming.pinyin(unit.name)
        post = _manager(actor, unit)
        if queries.unit_by_code(unit.code) is not None:
            raise Refused(f"代码“{unit.code}”已经有了，请换一个")
        _check_name_is_free(unit)
        db.session.add(unit)
        work.record(OPEN_UNIT, unit, post=post, code=unit.code, kind=kind)
    return unit


def rename_unit(actor: Actor, unit: Unit, *, name: str, full_name: str = "") -> None:
    """Give a unit its name, or confirm an example name: it is no example any more."""
    with unit_of_work(actor, on=unit) as work:
        post = _manager(actor, unit)
        before = unit.name
        unit.name = naming.check_unit_name(name)
        unit.full_name = naming.check_unit_name(full_name or unit.full_name, "单位全称", 60)
        unit.pinyin = naming.pinyin(unit.name)
        unit.placeholder_name = False
        _check_name_is_free(unit)
        work.record(RENAME_UNIT, unit, post=post, before=before, full_name=unit.full_name)


def close_unit(actor: Actor, unit: Unit, reason: str) -> None:
    """Close a unit from today on. Refused while somebody holds a post there, or when it coordinates."""
    with unit_of_work(actor, on=unit) as work:
        post = _manager(actor, unit)
        if unit.closed_on is not None:
            raise Refused(f"{unit.name}已经撤销了")
        if unit.coordinating:
            raise Refused("统筹的办公室不能撤销")
        today = clock.today()
        held = [held for held in queries.posts_of_unit(unit.id) if (held.ends_on or date.max) > today]
        if held:
            raise Refused(f"{unit.name}还有 {len(held)} 个任职没有结束，请先免去再撤销")
        unit.closed_on = today
        work.record(CLOSE_UNIT, unit, post=post, reason=_reason(reason))


def found_units(actor: Actor) -> list[Unit]:
    """The 10 offices and 21 villages and communities of the town, in one act, on an empty register.

    Only the coordinating office's name is certain; the other nine are marked as examples.
    """
    with ROSTER.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    with unit_of_work(actor) as work:
        if queries.known_units():
            raise Refused("单位名录已经有了，不能再建一次")
        plan = queries.unit_plan(table)
        units = [_unit(line) for line in plan.lines]
        for unit in units:
            unit.placeholder_name = unit.kind is UnitKind.OFFICE and not unit.coordinating
        db.session.add_all(units)
        first = next(unit for unit in units if unit.coordinating)
        work.record(FOUND_UNITS, first, post=_manager(actor, first), count=len(units))
    return units


def import_units(actor: Actor, rows: roster_file.Table) -> list[Unit]:
    """All units of a table (head first), or none. Refused with every faulty line."""
    with unit_of_work(actor) as work:
        plan = queries.unit_plan(rows)
        _refuse(plan.faults)
        units = [_unit(line) for line in plan.lines]
        post = _manager(actor, units[0])
        db.session.add_all(units)
        work.record(IMPORT_UNITS, units[0], post=post, count=len(units), codes=[unit.code for unit in units])
    return units


def _unit(line: roster_file.UnitLine) -> Unit:
    return Unit(
        code=line.code,
        name=line.name,
        full_name=line.full_name,
        kind=UnitKind(line.kind),
        division_code=line.division_code,
        coordinating=line.coordinating,
        pinyin=naming.pinyin(line.name),
    )


def _check_name_is_free(unit: Unit) -> None:
    taken = db.session.scalar(select(Unit).where(Unit.name == unit.name, Unit.id != (unit.id or 0)))
    if taken is not None:
        raise Refused(f"名称“{unit.name}”已经有了（{taken.code}），请换一个")


# -- people -----------------------------------------------------------------------------------


def add_person(actor: Actor, *, name: str, phone_number: str) -> Person:
    """A new person without any post. Refused for a number that is malformed or somebody else's."""
    with unit_of_work(actor) as work:
        person = _person(name, phone_number)
        post = _manager(actor, person)
        _check_phone_is_free(person.phone)
        db.session.add(person)
        work.record(ADD_PERSON, person, post=post)
    return person


def rename_person(actor: Actor, person: Person, name: str) -> None:
    """Correct a person's name; what was recorded before keeps the old one."""
    with unit_of_work(actor, on=person) as work:
        post = _manager(actor, person)
        before = person.name
        person.name = naming.check_person_name(name)
        person.pinyin = naming.pinyin_of_person(person.name)
        work.record(RENAME_PERSON, person, post=post, before=before)


def change_phone(actor: Actor, person: Person, phone_number: str) -> None:
    """Another sign-in name. The trail keeps that it changed, not the numbers (个保法 第四十七条)."""
    with unit_of_work(actor, on=person) as work:
        post = _manager(actor, person)
        digits = phone.check(phone_number)
        if digits == person.phone:
            raise Refused("这就是现在用的手机号")
        _check_phone_is_free(digits)
        person.phone = digits
        work.record(CHANGE_PHONE, person, post=post)


def disable_person(actor: Actor, person: Person, reason: str) -> None:
    """Shut a person out from his next request on; his posts count for nothing while he is out."""
    with unit_of_work(actor, on=person) as work:
        post = _manager(actor, person)
        if not person.active:
            raise Refused(f"{person.name}已经停用了")
        if person.id == actor.id:
            raise Refused("不能停用自己，请找另一位系统管理员")
        _check_administrator_remains(person.id, clock.today())
        person.active = False
        work.record(DISABLE_PERSON, person, post=post, reason=_reason(reason))


def enable_person(actor: Actor, person: Person) -> None:
    """Let a person in again, with the posts that still run."""
    with unit_of_work(actor, on=person) as work:
        post = _manager(actor, person)
        if person.active:
            raise Refused(f"{person.name}没有停用")
        person.active = True
        work.record(ENABLE_PERSON, person, post=post)


def import_people(actor: Actor, rows: roster_file.Table) -> list[Person]:
    """All people and posts of a table (head first), or none. Refused with every faulty line."""
    with unit_of_work(actor) as work:
        plan = queries.person_plan(rows, clock.today())
        _refuse(plan.faults)
        people: dict[str, Person] = {}
        posts = 0
        for line, known, unit in plan.lines:
            person = known or people.get(line.phone) or _person(line.name, line.phone)
            people[line.phone] = person
            db.session.add(person)
            if unit is not None:
                db.session.add(_post_of(line, person, unit))
                posts += 1
        first = next(iter(people.values()))
        post = _manager(actor, first)
        names = [person.name for person in people.values()]
        work.record(IMPORT_PEOPLE, first, post=post, people=len(people), posts=posts, names=names)
    return list(people.values())


def export_people(actor: Actor) -> list[tuple[str, ...]]:
    """The roster with phone numbers, as rows. Taking personal data out is an act of its own."""
    with unit_of_work(actor) as work:
        rows = queries.person_rows(clock.today())
        unit = queries.coordinating_unit()
        post = _manager(actor, unit)
        work.record(EXPORT_PEOPLE, unit, post=post, lines=len(rows) - 1)
    return rows


def _person(name: str, phone_number: str) -> Person:
    name = naming.check_person_name(name)
    return Person(
        name=name, phone=phone.check(phone_number), pinyin=naming.pinyin_of_person(name), joined_at=clock.now()
    )


def _post_of(line: roster_file.PersonLine, person: Person, unit: Unit) -> Post:
    return Post(
        person=person,
        unit=unit,
        role=line.role,
        starts_on=line.starts_on or clock.today(),
        ends_on=line.ends_on,
        deputy=line.deputy,
    )


def _check_phone_is_free(digits: str) -> None:
    taken = queries.person_by_phone(digits)
    if taken is not None:
        raise Refused(f"这个手机号已经是{taken.name}的，请核对")


# -- posts ------------------------------------------------------------------------------------


def appoint(
    actor: Actor,
    person: Person,
    unit: Unit,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    *,
    deputy: bool = False,
) -> Post:
    """A post from one day to another (both included) or open-ended. Refused by the rules of appointment."""
    with unit_of_work(actor) as work:
        post = _begin(Post(role=role, starts_on=starts_on, ends_on=ends_on, deputy=deputy), person, unit)
        manager = _manager(actor, post)
        work.record(APPOINT, post, post=manager, role=role, starts_on=starts_on, ends_on=ends_on, deputy=deputy)
    return post


def relieve(actor: Actor, post: Post, last_day: date, reason: str) -> None:
    """End a post; ``last_day`` is its last. Leave covers for it end with it."""
    with unit_of_work(actor, on=post) as work:
        manager = _manager(actor, post)
        covers = _end(post, last_day)
        if post.role is Role.ADMINISTRATOR:
            _check_administrator_remains(post.person_id, last_day + DAY)
        work.record(RELIEVE, post, post=manager, last_day=last_day, reason=_reason(reason), covers_ended=covers)


def cover(actor: Actor, absent: Post, person: Person, starts_on: date, ends_on: date, reason: str) -> Post:
    """Let a person stand in for the holder of a post while he is on leave (both days included)."""
    with unit_of_work(actor, on=absent) as work:
        if absent.acting_for_id is not None:
            raise Refused("顶岗的不能再由别人顶，请给原来的人另安排")
        post = Post(
            role=absent.role,
            starts_on=starts_on,
            ends_on=ends_on,
            deputy=absent.deputy,
            acting_for=absent.person,
            acting_for_id=absent.person_id,
            reason=_reason(reason),
        )
        _begin(post, person, absent.unit, of_absent=queries.posts_of_person(absent.person_id))
        manager = _manager(actor, post)
        work.record(
            COVER, post, post=manager, absent=absent.person.name, starts_on=starts_on, ends_on=ends_on, reason=reason
        )
    return post


def take_leave(actor: Actor, person: Person, starts_on: date, ends_on: date, reason: str = "") -> Leave:
    """Write down that somebody is away on some days (both included): reminders then go to who covers for him.

    Everybody writes down his own leave; other people's whoever manages the network. Refused: days that
    are over or in the wrong order, a leave that meets another one, a reason beyond a hundred characters.
    """
    with unit_of_work(actor) as work:
        post = None if actor.id == person.id else _manager(actor, person)
        if ends_on < starts_on:
            raise Refused("结束日期不能早于开始日期。")
        if ends_on < clock.today():
            raise Refused("这几天已经过去了，不用再登记。")
        _check_no_other_leave(person, starts_on, ends_on)
        reason = reason.strip()
        if len(reason) > LONGEST_REASON:
            raise Refused(f"原因最多 {LONGEST_REASON} 个字，您写了 {len(reason)} 个。")
        leave = Leave(person=person, starts_on=starts_on, ends_on=ends_on, reason=reason)
        db.session.add(leave)
        work.record(TAKE_LEAVE, leave, post=post, person=person.id, starts_on=starts_on, ends_on=ends_on)
    return leave


def end_leave(actor: Actor, leave: Leave, seen: int | None = None) -> Leave:
    """Somebody is back: his leave ended yesterday; one that has not begun is called off. Refused: over already."""
    with unit_of_work(actor, on=leave, seen=seen) as work:
        post = None if actor.id == leave.person_id else _manager(actor, leave.person)
        today = clock.today()
        if leave.cancelled or leave.ends_on < today:
            raise Refused("这次请假已经结束了。")
        if leave.starts_on >= today:
            leave.cancelled = True
        else:
            leave.ends_on = today - DAY
        work.record(END_LEAVE, leave, post=post, person=leave.person_id, ends_on=leave.ends_on)
    return leave


def _check_no_other_leave(person: Person, starts_on: date, ends_on: date) -> None:
    for other in queries.leaves_from(clock.today()):
        if other.person_id == person.id and other.starts_on <= ends_on and starts_on <= other.ends_on:
            days = f"{_day(other.starts_on)}至{_day(other.ends_on)}"
            raise Refused(f"{person.name}{days}已经登记了请假，日期重叠，请先结束那一次。")


def hand_over(
    actor: Actor,
    from_post: Post,
    to_person: Person,
    day: date,
    note: str,
    open_items: Mapping[str, int] | None = None,
) -> Post:
    """One holder hands his duties to the next: his post ends the day before ``day``, the other's begins.

    What the successor did in this role as deputy or leave cover ends too. ``open_items`` says what
    was handed over unfinished, such as {"草稿": 3}; it stands in the record with both names.
    """
    with unit_of_work(actor, on=from_post) as work:
        if from_post.acting_for_id is not None:
            raise Refused("顶岗不用交接，到期自动结束")
        if to_person.id == from_post.person_id:
            raise Refused("不能交接给自己，请另选一人")
        ends_on = from_post.ends_on
        if ends_on is not None and ends_on < day:
            raise Refused("这个任职在交接日之前就结束了，请直接任命新人")
        before = day - DAY
        _end(from_post, before)
        for held in queries.posts_of_person(to_person.id):
            same = (held.unit_id, held.role) == (from_post.unit_id, from_post.role)
            if same and held.starts_on <= before and (held.ends_on is None or held.ends_on >= day):
                held.ends_on = before
        successor = Post(role=from_post.role, starts_on=day, ends_on=ends_on, deputy=from_post.deputy)
        _begin(successor, to_person, from_post.unit)
        if from_post.role is Role.ADMINISTRATOR:
            _check_administrator_remains(from_post.person_id, day)
        manager = _manager(actor, successor)
        work.record(
            HAND_OVER,
            successor,
            post=manager,
            from_person=from_post.person.name,
            to_person=to_person.name,
            day=day,
            note=_reason(note, "交接说明"),
            open_items=dict(open_items or {}),
        )
    return successor


def _begin(post: Post, person: Person, unit: Unit, of_absent: list[Post] | None = None) -> Post:
    """Check a new post by the rules and add it."""
    if not person.active:
        raise Refused(f"{person.name}已经停用，请先恢复再任职")
    if unit.closed_on is not None:
        raise Refused(f"{unit.name}已经撤销，不能任职")
    new = Tenure(
        person_id=person.id,
        person_name=person.name,
        unit_id=unit.id,
        role=post.role,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        deputy=bool(post.deputy),
        acting_for_id=post.acting_for_id,
    )
    appointment.check(
        new,
        queries.place(unit),
        of_person=[queries.tenure(held) for held in queries.posts_of_person(person.id)],
        in_unit=[queries.tenure(held) for held in queries.posts_of_unit(unit.id)],
        of_absent=[queries.tenure(held) for held in of_absent or ()],
    )
    post.person, post.unit = person, unit
    db.session.add(post)
    return post


def _end(post: Post, last_day: date) -> int:
    """End a post and the leave covers for it; how many covers ended."""
    if last_day < post.starts_on:
        raise Refused(f"最后一天不能早于任职开始的 {post.starts_on:%Y-%m-%d}")
    if post.ends_on is not None and last_day > post.ends_on:
        raise Refused(f"这个任职 {post.ends_on:%Y-%m-%d} 就到期，要延长请重新任命")
    post.ends_on = last_day
    ended = [cover for cover in queries.covers_of(post) if cover.ends_on is None or cover.ends_on > last_day]
    for cover_post in ended:
        if cover_post.starts_on > last_day:
            db.session.delete(cover_post)
        else:
            cover_post.ends_on = last_day
    return len(ended)


def _check_administrator_remains(leaving_id: int, day: date) -> None:
    """Somebody must be able to let people in: the last administrator stays."""
    db.session.flush()
    if any(post.person_id == leaving_id for post in queries.administrators(clock.today())) and not any(
        post.person_id != leaving_id for post in queries.administrators(day)
    ):
        raise Refused("系统管理员至少要有一位，请先任命接替的人")


# -- shared -----------------------------------------------------------------------------------


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _reason(words: str, what: str = "原因") -> str:
    words = words.strip()
    if not words:
        raise Refused(f"请写{what}")
    if len(words) > 200:
        raise Refused(f"{what}最多 200 个字，您写了 {len(words)} 个")
    return words


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refused("一行也没有导入。" + "；".join(fault.words for fault in faults))
