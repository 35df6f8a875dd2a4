"""Who may hold which post, and when posts collide."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused
from town_portal.network.rules.appointment import APART, Place, Tenure, check, check_place

OFFICE = Place(5, "农业农村办公室", is_office=True)
COORDINATION = Place(1, "党政和人大办公室", is_office=True, coordinating=True)
VILLAGE = Place(13, "洛洞村", is_office=False)
START = date(2026, 1, 1)


def tenure(role: Role = Role.REPORTER, place: Place = OFFICE, person: int = 1, **more: Any) -> Tenure:
    values: dict[str, Any] = {"starts_on": START, "person_name": f"第{person}人"} | more
    return Tenure(person_id=person, unit_id=place.id, role=role, **values)


def allowed(role: Role, place: Place) -> bool:
    try:
        check_place(role, place)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "coordination", "office", "village"),
    [
        (Role.REPORTER, True, True, True),
        (Role.HEAD, True, True, False),
        (Role.LEADER, True, True, False),
        (Role.PRINCIPAL, True, False, False),
        (Role.COORDINATOR, True, False, False),
        (Role.PUBLISHER, True, False, False),
        (Role.ADMINISTRATOR, True, True, False),
        (Role.AUDITOR, True, True, False),
    ],
)
def test_where_a_role_exists(role: Role, coordination: bool, office: bool, village: bool) -> None:
    assert [allowed(role, place) for place in (COORDINATION, OFFICE, VILLAGE)] == [coordination, office, village]


def test_a_first_post_is_fine() -> None:
    check(tenure(), OFFICE, of_person=[], in_unit=[])


def test_it_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refused, match="结束日期不能早于开始日期"):
        check(tenure(ends_on=START - timedelta(days=1)), OFFICE, of_person=[], in_unit=[])


def test_the_same_post_twice_at_a_time_is_refused() -> None:
    with pytest.raises(Refused, match="已经是农业农村办公室的信息员"):
        check(tenure(deputy=True), OFFICE, of_person=[tenure()], in_unit=[])


def test_the_same_post_after_the_first_has_ended_is_fine() -> None:
    before = tenure(ends_on=START - timedelta(days=1), starts_on=date(2025, 1, 1))
    check(tenure(), OFFICE, of_person=[before], in_unit=[before])


def test_two_hats_of_content_are_fine() -> None:
    check(tenure(Role.HEAD), OFFICE, of_person=[tenure()], in_unit=[tenure()])


@pytest.mark.parametrize("apart", sorted(APART))
@pytest.mark.parametrize("other", sorted(set(Role)))
def test_the_systems_officers_do_nothing_else(apart: Role, other: Role) -> None:
    if apart is other:
        return
    for new, held in ((apart, other), (other, apart)):
        with pytest.raises(Refused, match="三员分立"):
            check(tenure(new, COORDINATION), COORDINATION, of_person=[tenure(held, OFFICE)], in_unit=[])


def test_the_systems_officers_may_have_been_something_else() -> None:
    before = tenure(ends_on=START - timedelta(days=1), starts_on=date(2025, 1, 1))
    check(tenure(Role.AUDITOR), OFFICE, of_person=[before], in_unit=[])


def test_a_unit_has_one_reporter_of_its_own() -> None:
    with pytest.raises(Refused, match="专职信息员是第2人"):
        check(tenure(), OFFICE, of_person=[], in_unit=[tenure(person=2)])


def test_deputies_and_covers_stand_beside_the_reporter() -> None:
    there = [tenure(person=2)]
    check(tenure(deputy=True), OFFICE, of_person=[], in_unit=there)
    check(tenure(ends_on=START, acting_for_id=2), OFFICE, of_person=[], in_unit=there, of_absent=there)
    check(tenure(), OFFICE, of_person=[], in_unit=[tenure(person=3, deputy=True)])


def test_a_cover_needs_both_dates() -> None:
    with pytest.raises(Refused, match="从哪天到哪天"):
        check(tenure(acting_for_id=2), OFFICE, of_person=[], in_unit=[], of_absent=[tenure(person=2)])


def test_nobody_covers_for_himself() -> None:
    with pytest.raises(Refused, match="不能自己顶自己"):
        check(tenure(ends_on=START, acting_for_id=1), OFFICE, of_person=[], in_unit=[], of_absent=[tenure()])


@pytest.mark.parametrize(
    "absent",
    [
        [],
        [tenure(person=2, role=Role.HEAD)],
        [tenure(person=2, place=VILLAGE)],
        [tenure(person=2, starts_on=START + timedelta(days=1))],
        [tenure(person=2, ends_on=START + timedelta(days=8))],
        [tenure(person=2, acting_for_id=3, ends_on=date(2027, 1, 1))],
    ],
)
def test_the_absent_holds_the_post_all_the_time(absent: list[Tenure]) -> None:
    new = tenure(ends_on=START + timedelta(days=9), acting_for_id=2)
    with pytest.raises(Refused, match="被顶岗的人"):
        check(new, OFFICE, of_person=[], in_unit=[], of_absent=absent)


def test_the_absent_may_hold_it_in_two_pieces() -> None:
    pieces = [
        tenure(person=2, ends_on=START + timedelta(days=4)),
        tenure(person=2, starts_on=START + timedelta(days=5)),
    ]
    new = tenure(ends_on=START + timedelta(days=9), acting_for_id=2)
    check(new, OFFICE, of_person=[], in_unit=[], of_absent=pieces)


days = some.integers(0, 40).map(lambda count: START + timedelta(days=count))
lengths = some.one_of(some.none(), some.integers(0, 40))


@given(first=days, first_length=lengths, second=days, second_length=lengths)
def test_two_posts_meet_exactly_when_a_day_belongs_to_both(
    first: date, first_length: int | None, second: date, second_length: int | None
) -> None:
    one = tenure(starts_on=first, ends_on=None if first_length is None else first + timedelta(days=first_length))
    two = tenure(starts_on=second, ends_on=None if second_length is None else second + timedelta(days=second_length))
    shared = set(_days(one)) & set(_days(two))
    assert one.meets(two) is two.meets(one) is bool(shared)


@given(some.lists(some.tuples(days, lengths), max_size=8))
def test_what_is_admitted_one_after_another_never_overlaps(wishes: list[tuple[date, int | None]]) -> None:
    held: list[Tenure] = []
    for start, length in wishes:
        new = tenure(starts_on=start, ends_on=None if length is None else start + timedelta(days=length))
        try:
            check(new, OFFICE, of_person=held, in_unit=held)
        except Refused:
            assert any(new.meets(other) for other in held)
        else:
            held.append(new)
    counted = [day for post in held for day in _days(post)]
    assert len(counted) == len(set(counted))


def _days(post: Tenure) -> list[date]:
    last = post.ends_on or START + timedelta(days=100)
    return [post.starts_on + timedelta(days=count) for count in range((last - post.starts_on).days + 1)]
