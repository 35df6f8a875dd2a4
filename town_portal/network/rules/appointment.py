"""Who may hold which post, when posts collide, and what a leave cover needs.

The source report: every office and village names one 专职信息员. Separation of the system's three
officers (三员分立): GB/T 22239-2019, 访问控制.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused

COORDINATING_ONLY = frozenset({Role.COORDINATOR, Role.PUBLISHER, Role.PRINCIPAL})
OFFICES_ONLY = frozenset({Role.LEADER, Role.ADMINISTRATOR, Role.AUDITOR})
APART = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Never in one hand with any other role."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """What the rules ask of a unit."""

    id: int
    name: str
    is_office: bool
    coordinating: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One post as plain values: who, where, as what, from which day to which (both included)."""

    person_id: int
    person_name: str
    unit_id: int
    role: Role
    starts_on: date
    ends_on: date | None = None
    deputy: bool = False
    acting_for_id: int | None = None
    post_id: int | None = None
    """The number of the post, where it is one already."""

    def on(self, day: date) -> bool:
        """Does it hold on a day?"""
        return self.starts_on <= day <= (self.ends_on or date.max)

    def meets(self, other: "Tenure") -> bool:
        """Is there a day on which both hold?"""
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (self.ends_on or date.max)

    @property
    def is_principal(self) -> bool:
        """Held in his own right, neither as a deputy nor for somebody on leave."""
        return not self.deputy and self.acting_for_id is None

    @property
    def words(self) -> str:
        """4月1日起 / 4月1日至5月3日, with the year."""
        start = _day(self.starts_on)
        return f"{start}起" if self.ends_on is None else f"{start}至{_day(self.ends_on)}"


def check(
    new: Tenure,
    place: Place,
    *,
    of_person: Iterable[Tenure],
    in_unit: Iterable[Tenure],
    of_absent: Iterable[Tenure] = (),
) -> None:
    """May this post begin? Refused with the reason and the way out when it may not.

    ``of_person`` are the person's other posts, ``in_unit`` the other posts of the unit,
    ``of_absent`` all posts of the person stood in for (leave covers only).
    """
    check_place(new.role, place)
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise Refused("结束日期不能早于开始日期")
    if new.acting_for_id == new.person_id:
        raise Refused("不能自己顶自己的岗，请另选一人")
    _check_person(new, place, of_person)
    if new.role is Role.REPORTER and new.is_principal:
        _check_only_reporter(new, place, in_unit)
    if new.acting_for_id is not None:
        _check_cover(new, place, of_absent)


def check_place(role: Role, place: Place) -> None:
    """Does the role exist in this kind of unit?"""
    if role in COORDINATING_ONLY and not place.coordinating:
        raise Refused(f"“{role.label}”只能设在统筹的办公室，{place.name}不能设")
    if role in OFFICES_ONLY and not place.is_office:
        raise Refused(f"“{role.label}”只能设在镇办公室，{place.name}是村（社区）")
    if role is Role.HEAD and not place.is_office:
        raise Refused(f"村（社区）不设“{role.label}”，{place.name}的稿件由对口办公室负责人审")


def _check_person(new: Tenure, place: Place, of_person: Iterable[Tenure]) -> None:
    for held in of_person:
        if not new.meets(held):
            continue
        if (held.role, held.unit_id) == (new.role, new.unit_id):
            raise Refused(f"{new.person_name}{held.words}已经是{place.name}的{new.role.label}，时间重叠，请改日期")
        if held.role != new.role and {held.role, new.role} & APART:
            raise Refused(
                f"{new.person_name}{held.words}任{held.role.label}，不能同时任{new.role.label}（三员分立），请另派一人"
            )


def _check_only_reporter(new: Tenure, place: Place, in_unit: Iterable[Tenure]) -> None:
    for held in in_unit:
        if held.role is Role.REPORTER and held.is_principal and new.meets(held):
            raise Refused(
                f"{place.name}{held.words}的专职信息员是{held.person_name}，一个单位只有一名；请先免去他，或把新的设为副手"
            )


def _check_cover(new: Tenure, place: Place, of_absent: Iterable[Tenure]) -> None:
    if new.ends_on is None:
        raise Refused("顶岗要写明从哪天到哪天")
    held = [
        post
        for post in of_absent
        if (post.role, post.unit_id) == (new.role, new.unit_id) and post.acting_for_id is None
    ]
    day = new.starts_on
    while day <= new.ends_on:
        post = next((post for post in held if post.starts_on <= day <= (post.ends_on or date.max)), None)
        if post is None:
            raise Refused(f"被顶岗的人{_day(day)}不是{place.name}的{new.role.label}，请改顶岗日期")
        if post.ends_on is None:
            return
        day = post.ends_on + DAY


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
