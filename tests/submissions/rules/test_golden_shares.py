"""Whose step used how much of the golden period."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from town_portal.foundation.clock import instant
from town_portal.submissions.rules.golden_shares import Share, Stop, spent
from town_portal.submissions.rules.lifecycle import State

S = State
EVENT, UNTIL = date(2026, 9, 8), date(2026, 9, 11)


def at(day: int, hour: int = 0) -> datetime:
    """A moment of September 2026 in Shanghai."""
    return instant(date(2026, 9, day), time(hour))


def told(*stops: Stop, ends: datetime) -> list[tuple[str, str, float]]:
    """(step, unit, hours)."""
    shares = spent(EVENT, UNTIL, "洛洞村", stops, ends).shares
    return [(share.label, share.unit, share.spent / timedelta(hours=1)) for share in shares]


def test_the_time_of_each_hand() -> None:
    assert told(
        Stop(S.SECOND_REVIEW, "农办", at(10, 10), at(11, 10), "return"),
        Stop(S.RETURNED, "洛洞村", at(11, 10), at(11, 16), "submit"),
        Stop(S.SECOND_REVIEW, "农办", at(11, 16), at(12, 9), "sign"),
        Stop(S.THIRD_REVIEW, "农办", at(12, 9), at(12, 10), "sign"),
        Stop(S.APPROVED, "党政办", at(12, 10), at(12, 11), "schedule"),
        ends=at(12, 15),
    ) == [
        ("报送", "洛洞村", 34),
        ("二审二校", "农办", 24 + 17),
        ("退回修改", "洛洞村", 6),
        ("三审三校", "农办", 1),
        ("发布", "党政办", 1),
        ("等定时发布", "党政办", 4),
    ]


def test_the_day_of_the_event_is_free() -> None:
    assert told(Stop(S.SECOND_REVIEW, "农办", at(8, 10), None, None), ends=at(9, 8)) == [("二审二校", "农办", 8)]
    assert told(Stop(S.SECOND_REVIEW, "农办", at(8, 10), None, None), ends=at(8, 12)) == []


def test_nothing_handed_in_is_all_the_reporter_s() -> None:
    found = spent(EVENT, UNTIL, "洛洞村", (), at(13))
    assert found.shares == (Share("报送", "洛洞村", timedelta(days=4)),)
    assert (found.missed, found.golden_part) == (True, 750)
    assert not spent(EVENT, UNTIL, "洛洞村", (), at(12)).missed, "until midnight"


def test_after_a_recall_it_is_with_the_reporter() -> None:
    assert told(Stop(S.SECOND_REVIEW, "农办", at(9), at(9, 5), "recall"), ends=at(9, 12)) == [
        ("二审二校", "农办", 5),
        ("撤回修改", "洛洞村", 7),
    ]


HOURS = st.integers(-50, 400)


@given(st.lists(st.tuples(HOURS, st.integers(0, 60), st.sampled_from([*S]), st.sampled_from("甲乙丙"),
                          st.sampled_from(["sign", "return", "recall", "schedule", None]))), HOURS)  # fmt: skip
def test_the_shares_add_up_to_the_whole(drawn: list[tuple[int, int, S, str, str | None]], end: int) -> None:
    first = at(9)
    stops = [
        Stop(stage, unit, first + timedelta(hours=begin), first + timedelta(hours=begin + length), outcome)
        for begin, length, stage, unit, outcome in drawn
    ]
    found = spent(EVENT, UNTIL, "洛洞村", stops, first + timedelta(hours=end))
    assert sum((share.spent for share in found.shares), timedelta()) == found.whole == timedelta(hours=max(0, end))
    assert all(share.spent > timedelta() for share in found.shares)
