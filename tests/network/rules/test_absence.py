"""Who does the work of somebody on leave; the same again, day by day, in other words."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from town_portal.access.roles import Role
from town_portal.network.rules.absence import Absence, bare_since, stand_ins
from town_portal.network.rules.appointment import Tenure

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def held(person_id: int, **changes: Any) -> Tenure:
    values: dict[str, Any] = {
        "person_id": person_id,
        "person_name": f"人{person_id}",
        "unit_id": 3,
        "role": Role.REPORTER,
        "starts_on": date(2025, 1, 1),
    }
    return Tenure(**{**values, **changes})


HOLDER = held(1)
WEEK = Absence(1, MONDAY, MONDAY + 6 * DAY)


def test_a_cover_comes_before_a_deputy_and_each_person_once() -> None:
    deputy, cover = held(2, deputy=True), held(3, acting_for_id=1, starts_on=MONDAY, ends_on=MONDAY + 6 * DAY)
    both = held(2, acting_for_id=1, starts_on=MONDAY, ends_on=MONDAY)
    assert stand_ins(HOLDER, MONDAY, [HOLDER, deputy, cover], [WEEK]) == [cover, deputy]
    assert [one.person_id for one in stand_ins(HOLDER, MONDAY, [HOLDER, deputy, both], [WEEK])] == [2]
    assert stand_ins(HOLDER, MONDAY, [HOLDER, deputy, cover], [WEEK, Absence(2, MONDAY, MONDAY)]) == [cover]


def test_somebody_in_another_unit_or_role_does_not_do_it() -> None:
    others = [held(2, unit_id=4), held(3, role=Role.HEAD), held(4, ends_on=MONDAY - DAY)]
    assert stand_ins(HOLDER, MONDAY, others, [WEEK]) == []


def test_a_leave_that_nobody_covers_is_bare_from_its_first_day() -> None:
    assert bare_since(HOLDER, WEEK, MONDAY - 5 * DAY, [HOLDER], [WEEK]) == MONDAY
    assert bare_since(HOLDER, WEEK, MONDAY + 3 * DAY, [HOLDER], [WEEK]) == MONDAY


def test_what_is_bare_after_a_cover_is_told_from_there() -> None:
    cover = held(3, acting_for_id=1, starts_on=MONDAY, ends_on=MONDAY + 2 * DAY)
    assert bare_since(HOLDER, WEEK, MONDAY, [HOLDER, cover], [WEEK]) == MONDAY + 3 * DAY


def test_bare_days_that_are_over_do_not_matter() -> None:
    cover = held(3, acting_for_id=1, starts_on=MONDAY + 2 * DAY, ends_on=MONDAY + 6 * DAY)
    assert bare_since(HOLDER, WEEK, MONDAY + 2 * DAY, [HOLDER, cover], [WEEK]) is None


def test_a_cover_or_an_auditor_needs_none() -> None:
    assert bare_since(held(1, acting_for_id=9), WEEK, MONDAY, [], [WEEK]) is None
    assert bare_since(held(1, role=Role.AUDITOR), WEEK, MONDAY, [], [WEEK]) is None


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(
    lambda ends: (MONDAY + min(ends) * DAY, MONDAY + max(ends) * DAY)
)


@given(
    st.lists(st.tuples(st.integers(2, 4), SPANS), max_size=4),
    st.lists(st.tuples(st.integers(1, 4), SPANS), max_size=4),
    SPANS,
    st.integers(0, 12),
)
def test_day_by_day(
    posts: list[tuple[int, tuple[date, date]]],
    leaves: list[tuple[int, tuple[date, date]]],
    span: tuple[date, date],
    today: int,
) -> None:
    leave = Absence(1, *span)
    others = [held(person, starts_on=first, ends_on=last, deputy=True) for person, (first, last) in posts]
    away = [leave, *(Absence(person, *days) for person, days in leaves)]
    bare = []
    day = span[0]
    while day <= span[1]:
        at_work = [
            person
            for person, (first, last) in posts
            if first <= day <= last and not any(who == person and a <= day <= b for who, (a, b) in leaves)
        ]
        bare.append(not at_work)
        day += DAY
    wanted = None
    for number, empty in enumerate(bare):
        if empty and span[0] + number * DAY >= MONDAY + today * DAY:
            start = number
            while start and bare[start - 1]:
                start -= 1
            wanted = span[0] + start * DAY
            break
    assert bare_since(HOLDER, leave, MONDAY + today * DAY, [HOLDER, *others], away) == wanted
