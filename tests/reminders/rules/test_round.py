"""Who is told what in one round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reminders.duties import COORDINATOR, HEAD, LEADER, MINUTE, NOTHING_TOLD, SEATS, TERMS, a_duty, at
from town_portal.access.roles import Role
from town_portal.reminders.rules.ladder import Rung
from town_portal.reminders.rules.round import Letter, Sitting, Told, letters, who_owes
from town_portal.workflow.duty import Duty, DutyKind

R = Rung
AFTERNOON = "2026-03-02 15:00"


def told(*duties: Duty, now: str, before: Told = NOTHING_TOLD, seats=SEATS) -> dict[int, list[tuple[str, Rung]]]:
    """Person → what he is told."""
    sent = letters(duties, seats, COORDINATOR, before, TERMS, at(now))
    return {letter.person_id: [(line.duty.key, line.rung) for line in letter.lines] for letter in sent if letter.lines}


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-03-02 10:00", {10: R.ARRIVED}),
        ("2026-03-02 15:45", {10: R.HALF}),
        ("2026-03-03 09:00", {10: R.BEFORE}),
        ("2026-03-03 10:00", {10: R.DUE}),
        ("2026-03-03 12:00", {10: R.DUE, 11: R.DEPUTY}),
        ("2026-03-04 10:00", {10: R.DUE, 11: R.DEPUTY, 20: R.SUPERIOR}),
    ],
)
def test_each_is_told_by_his_highest_rung_after_a_silence(now: str, found: dict[int, Rung]) -> None:
    assert told(a_duty(), now=now) == {person: [("visit:1", rung)] for person, rung in found.items()}


def test_nothing_is_told_twice_nor_what_a_higher_message_said() -> None:
    before = Told(rungs={(10, "visit:1"): R.BEFORE}, last={})
    assert told(a_duty(), now="2026-03-03 09:30", before=before) == {}
    assert told(a_duty(), now="2026-03-03 10:00", before=before) == {10: [("visit:1", R.DUE)]}


def test_one_letter_a_person_the_urgent_and_the_latest_first() -> None:
    duties = [
        a_duty(key="a"),
        a_duty("2026-02-26 10:00", key="b"),
        a_duty("2026-03-02 14:40", minutes=120, key="c", urgent=True),
    ]
    assert told(*duties, now="2026-03-02 15:00")[10] == [("c", R.ARRIVED), ("b", R.DUE), ("a", R.ARRIVED)]


def test_who_handed_it_on_is_not_told_that_it_came_but_that_it_is_late() -> None:
    duty = a_duty(doer_id=10)
    assert told(duty, now=AFTERNOON) == {}
    assert told(duty, now="2026-03-03 10:00") == {10: [("visit:1", R.DUE)]}


def test_hands_that_are_on_it_are_not_asked() -> None:
    assert told(a_duty(apart=frozenset({10})), now=AFTERNOON) == {11: [("visit:1", R.ARRIVED)]}
    alone = a_duty(apart=frozenset({10, 11}))
    assert told(alone, now=AFTERNOON) == {20: [("visit:1", R.ARRIVED)]}
    assert who_owes(alone, SEATS, COORDINATOR) == ((20,), True)


def test_who_claimed_it_is_told_alone_while_he_is_there() -> None:
    seats = {**SEATS, HEAD: Sitting(holders=(10, 12), deputies=(11,))}
    assert told(a_duty(person_id=12), now=AFTERNOON, seats=seats) == {12: [("visit:1", R.ARRIVED)]}
    assert set(told(a_duty(person_id=99), now=AFTERNOON, seats=seats)) == {10, 12}


def test_an_empty_seat_is_told_above_and_at_last_to_who_coordinates() -> None:
    assert set(told(a_duty(seat=(Role.HEAD, 9)), now=AFTERNOON)) == {20}
    assert set(told(a_duty(seat=(Role.HEAD, 9), above=(Role.LEADER, 9)), now=AFTERNOON)) == {30}
    assert told(a_duty(seat=(Role.HEAD, 9), above=None), now=AFTERNOON, seats={}) == {}


def test_nobody_above_means_who_coordinates() -> None:
    duty = a_duty(seat=LEADER, above=None)
    assert set(told(duty, now="2026-03-04 10:00")) == {20, 30}


def test_quiet_hours_keep_all_but_the_urgent() -> None:
    late = a_duty("2026-02-26 10:00")
    assert told(late, now="2026-03-02 22:00") == {}
    assert told(late, now="2026-03-07 10:00") == {}
    assert set(told(a_duty("2026-02-26 10:00", urgent=True), now="2026-03-02 22:00")) == {10, 11, 20}
    assert set(told(late, now="2026-03-03 07:30")) == {10, 11, 20}


def test_what_can_wait_waits_for_company_but_not_for_long() -> None:
    before = Told(rungs={}, last={10: at("2026-03-02 14:45")})
    assert told(a_duty("2026-03-02 14:50"), now="2026-03-02 15:00", before=before) == {}
    assert told(a_duty("2026-03-02 14:50"), now="2026-03-02 15:15", before=before) == {10: [("visit:1", R.ARRIVED)]}
    both = told(a_duty("2026-03-02 14:50"), a_duty("2026-02-27 15:00", key="b"), now="2026-03-02 15:00", before=before)
    assert both[10] == [("b", R.DUE), ("visit:1", R.ARRIVED)]


def test_who_put_it_off_is_left_alone_the_ones_above_are_not() -> None:
    before = Told(rungs={}, last={}, snoozed={(10, "visit:1"): at("2026-03-05 08:30")})
    assert set(told(a_duty(), now="2026-03-04 10:00", before=before)) == {11, 20}
    assert set(told(a_duty(), now="2026-03-05 08:30", before=before)) == {10, 11, 20}


def digests(now: str, *duties: Duty, before: Told = NOTHING_TOLD) -> dict[int, list[str]]:
    """Person → the keys in his morning letter."""
    sent = letters(duties, SEATS, COORDINATOR, before, TERMS, at(now))
    return {letter.person_id: [duty.key for duty in letter.digest] for letter in sent if letter.digest is not None}


def test_the_morning_letter_holds_everything_that_is_owed() -> None:
    duties = [a_duty("2026-03-02 17:00", key="late one"), a_duty("2026-02-26 10:00", key="first")]
    assert digests("2026-03-03 08:29", *duties) == {}
    assert digests("2026-03-03 08:30", *duties) == {10: ["first", "late one"]}
    assert digests("2026-03-03 11:29", *duties) == {10: ["first", "late one"]}
    assert digests("2026-03-03 11:30", *duties) == {}
    assert digests("2026-03-07 08:30", *duties) == {}
    had = Told(rungs={}, last={}, digests=frozenset({10}))
    assert digests("2026-03-03 08:31", *duties, before=had) == {}
    assert digests("2026-03-03 08:30") == {}


@given(
    st.lists(st.tuples(st.integers(0, 6_000), st.integers(20, 900), st.booleans()), max_size=6), st.integers(0, 8_000)
)
def test_whatever_happens_nobody_is_told_twice_and_everybody_in_the_end(
    made: list[tuple[int, int, bool]], start: int
) -> None:
    """Rounds at odd times over ten days: each (person, duty, rung) at most once, rungs rising, nothing left out."""
    duties = [
        a_duty(key=f"d{number}", minutes=minutes, urgent=urgent, since="2026-03-02 10:00")
        for number, (_, minutes, urgent) in enumerate(made)
    ]
    rungs: dict[tuple[int, str], Rung] = {}
    last = {}
    for step in range(12):
        now = at("2026-03-02 10:00") + (start % 60 + step * 1201) * MINUTE
        for letter in letters(duties, SEATS, COORDINATOR, Told(rungs=dict(rungs), last=last), TERMS, now):
            last[letter.person_id] = now
            for line in letter.lines:
                key = letter.person_id, line.duty.key
                assert rungs.get(key, R.DIGEST) < line.rung
                rungs[key] = line.rung
    for duty in duties:
        assert [rungs[person, duty.key] for person in (10, 11, 20)] == [R.DUE, R.DEPUTY, R.SUPERIOR]


def test_a_letter_is_urgent_by_its_lines() -> None:
    assert not Letter(1).urgent


def test_a_months_rhythm_is_told_at_half_and_stands_in_the_mornings_list_from_then_on() -> None:
    month = a_duty("2026-03-02 08:30", key="rhythm", kind=DutyKind.RHYTHM, minutes=20 * 390, doer_id=None)

    def morning(day: str) -> list[tuple[int, list[str]]]:
        sent = letters([month], SEATS, COORDINATOR, NOTHING_TOLD, TERMS, at(f"2026-03-{day} 08:30"))
        return [(letter.person_id, [duty.key for duty in letter.digest or ()]) for letter in sent]

    assert told(month, now=AFTERNOON) == {}
    assert morning("10") == []
    assert morning("18") == [(10, ["rhythm"])]
    assert told(month, now="2026-03-18 10:00") == {10: [("rhythm", R.HALF)]}
