"""When to try again."""

from datetime import timedelta

from town_portal.notifications.rules.back_off import LONGEST_REST, MOST_ATTEMPTS, rest, wait


def test_later_and_later_and_then_no_more() -> None:
    waits = [wait(number) for number in range(1, MOST_ATTEMPTS + 1)]
    assert waits == [*(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)), None]


def test_a_channel_rests_longer_the_longer_it_fails() -> None:
    assert rest(1) == timedelta(seconds=30)
    assert rest(3) == timedelta(seconds=90)
    assert rest(1_000) == LONGEST_REST
