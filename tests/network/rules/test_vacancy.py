"""Units without a reporter."""

from datetime import date

from town_portal.access.roles import Role
from town_portal.network.rules.appointment import Tenure
from town_portal.network.rules.vacancy import vacancies

DAY = date(2026, 4, 1)


def reporter(unit_id: int, *, deputy: bool = False, acting_for_id: int | None = None) -> Tenure:
    return Tenure(
        person_id=1,
        person_name="张三",
        unit_id=unit_id,
        role=Role.REPORTER,
        starts_on=DAY,
        deputy=deputy,
        acting_for_id=acting_for_id,
    )


def test_a_reporter_fills_a_unit() -> None:
    assert vacancies([1], [reporter(1)]) == []


def test_a_leave_cover_fills_a_unit() -> None:
    assert vacancies([1], [reporter(1, acting_for_id=9)]) == []


def test_a_unit_without_anybody_is_vacant() -> None:
    (gap,) = vacancies([1, 2], [reporter(2)])
    assert (gap.unit_id, gap.words) == (1, "信息员空缺")


def test_a_deputy_alone_does_not_fill_a_unit() -> None:
    (gap,) = vacancies([1], [reporter(1, deputy=True)])
    assert gap.words == "只有副手，缺专职信息员"


def test_a_cover_for_the_deputy_is_no_more_than_a_deputy() -> None:
    (gap,) = vacancies([1], [reporter(1, deputy=True, acting_for_id=9)])
    assert gap.deputy


def test_other_roles_do_not_count() -> None:
    head = Tenure(person_id=1, person_name="陈", unit_id=1, role=Role.HEAD, starts_on=DAY)
    assert [gap.unit_id for gap in vacancies([3, 1], [head])] == [3, 1]
