"""What is wrong in the network, sort by sort."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.access.roles import Role
from town_portal.network.rules.absence import Absence
from town_portal.network.rules.appointment import Place, Tenure
from town_portal.supervision.rules import gaps
from town_portal.supervision.rules.gaps import Gap, GapKind, Picture, Terms

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
VILLAGE, OFFICE = Place(3, "洛洞村", is_office=False), Place(5, "农业农村办公室", is_office=True)
TERMS = Terms(silent=30, newcomer=30, ending=14)


def post(person_id: int = 1, unit_id: int = 3, role: Role = Role.REPORTER, **changes: Any) -> Tenure:
    values: dict[str, Any] = {"starts_on": date(2025, 1, 1), "post_id": person_id * 10, **changes}
    return Tenure(person_id=person_id, person_name=f"人{person_id}", unit_id=unit_id, role=role, **values)


def picture(*posts: Tenure, places: tuple[Place, ...] = (VILLAGE,), absences: tuple[Absence, ...] = ()) -> Picture:
    return Picture(TODAY, places, posts, absences)


def test_a_vacant_post_says_since_when() -> None:
    (gap,) = gaps.vacancies(picture(post(ends_on=date(2026, 10, 2))))
    assert (gap.since, gap.filled) == (date(2026, 10, 3), False)
    assert gaps.words(gap, TODAY) == "没有专职信息员，10月3日起空缺，已经 51 天"
    (with_deputy,) = gaps.vacancies(picture(post(2, deputy=True)))
    assert gaps.words(with_deputy, TODAY) == "没有专职信息员，一直空缺，现在只有副手"
    assert list(gaps.vacancies(picture(post()))) == []
    assert list(gaps.vacancies(picture(post(2, acting_for_id=1, ends_on=TODAY)))) == []


def test_a_deputy_is_missing_only_where_a_reporter_is() -> None:
    assert [gap.kind for gap in gaps.deputies(picture(post()))] == [GapKind.DEPUTY]
    assert list(gaps.deputies(picture(post(), post(2, deputy=True)))) == []
    assert list(gaps.deputies(picture())) == []


def test_an_office_needs_a_head_and_a_leader() -> None:
    found = list(gaps.signers(picture(post(1, 5, Role.HEAD, ends_on=TODAY - DAY), places=(VILLAGE, OFFICE))))
    assert [(gap.role, gap.since) for gap in found] == [(Role.HEAD, TODAY), (Role.LEADER, None)]
    assert gaps.words(found[0], TODAY) == "没有部门负责人，11月23日起空缺，稿件到这一步会停下"


def test_a_leave_without_cover() -> None:
    away = Absence(1, TODAY + DAY, TODAY + 5 * DAY, 8)
    (gap,) = gaps.absences(picture(post(), absences=(away,)))
    assert (gap.since, gap.until, gap.post_id, gap.absence_id) == (TODAY + DAY, TODAY + 5 * DAY, 10, 8)
    assert gaps.words(gap, TODAY) == "人1请假到11月28日，11月24日起没有人顶信息员的岗"
    assert list(gaps.absences(picture(post(), post(2, deputy=True), absences=(away,)))) == []


@pytest.mark.parametrize(
    ("ends", "others", "found"),
    [
        (14, [], True),
        (15, [], False),
        (0, [], True),
        (5, [{"starts_on": TODAY + 6 * DAY}], False),
        (5, [{"starts_on": TODAY + 7 * DAY}], True),
        (5, [{"deputy": True}], True),
        (5, [{"acting_for_id": 1, "ends_on": TODAY + 9 * DAY}], True),
    ],
)
def test_posts_that_end_without_a_successor(ends: int, others: list[dict[str, Any]], found: bool) -> None:
    held = [post(ends_on=TODAY + ends * DAY), *(post(2, **other) for other in others)]
    got = [gap for gap in gaps.endings(picture(*held), 14) if gap.person_id == 1]
    assert bool(got) == found


def test_silence_is_neither_signing_in_nor_handing_in() -> None:
    def names(seen: int | None, filed: int | None, *absences: Absence, **changes: Any) -> list[str]:
        days = [{1: TODAY - number * DAY} if number is not None else {} for number in (seen, filed)]
        return [gap.person for gap in gaps.silent(picture(post(**changes), absences=absences), 30, *days)]

    assert names(31, 40) == ["人1"]
    assert names(None, None) == ["人1"]
    assert names(30, None) == names(None, 30) == []
    assert names(31, 40, Absence(1, TODAY, TODAY)) == []
    assert names(31, 40, starts_on=TODAY - 29 * DAY) == []
    assert names(31, 40, deputy=True) == []
    (gap,) = gaps.silent(picture(post()), 30, {}, {1: date(2025, 12, 1)})
    assert gaps.words(gap, TODAY) == "人1最近登录：没有，最近报送：2025年12月1日"


def test_a_newcomer_who_handed_nothing_in_is_not_also_called_silent() -> None:
    new = post(starts_on=TODAY - 29 * DAY)
    found = gaps.find(picture(new, post(2, deputy=True)), Terms(silent=7, newcomer=30, ending=14), {}, {})
    assert [gap.kind for gap in found] == [GapKind.NEWCOMER]
    assert gaps.words(found[0], TODAY) == "人110月25日到岗，还没报送过"
    assert list(gaps.newcomers(picture(new), 30, {1: TODAY})) == []
    assert list(gaps.newcomers(picture(post(starts_on=TODAY - 30 * DAY)), 30, {})) == []


def test_the_worst_stands_first_in_each_unit() -> None:
    town = picture(post(ends_on=TODAY + DAY), places=(OFFICE, VILLAGE))
    kinds = [(gap.unit_id, gap.kind.value) for gap in gaps.find(town, TERMS, {}, {})]
    assert kinds == [(5, "vacancy"), (5, "seat"), (5, "seat"), (3, "ending"), (3, "silent"), (3, "deputy")]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), max_size=5)


@given(SPANS)
def test_empty_since_day_by_day(spans: list[tuple[int, int]]) -> None:
    start = TODAY - 40 * DAY
    posts = [
        post(starts_on=start + first * DAY, ends_on=start + min(first + length, 39) * DAY) for first, length in spans
    ]
    wanted = None
    day = TODAY
    while day >= start:
        if any(one.on(day) for one in posts):
            wanted = day + DAY
            break
        day -= DAY
    assert gaps.empty_since(posts, TODAY) == wanted


def test_every_sort_has_its_words() -> None:
    for kind in GapKind:
        gap = Gap(kind, 3, Role.REPORTER, since=TODAY, until=TODAY, person="李月娥")
        assert gaps.words(gap, TODAY)
        assert kind.label
