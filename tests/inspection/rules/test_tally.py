"""When errors were found."""

from town_portal.inspection.rules.tally import Seen, Tally, gone, whole

A, B, C = Seen("a", "x"), Seen("b", "x"), Seen("c", "y")


def test_what_is_gone_from_the_last_version_was_mended() -> None:
    assert gone([[A, B], [B, C], [C]]) == [A, B]
    assert gone([[A]]) == []
    assert gone([[A], []]) == [A]
    assert gone([]) == []


def test_what_came_back_is_not_mended() -> None:
    assert gone([[A], [], [A]]) == []


def test_errors_in_ten_thousand_signs() -> None:
    assert Tally(signs=5000, late=1).rate == 2
    assert Tally(late=1).rate is None


def test_the_whole_is_its_parts() -> None:
    parts = [Tally(1, 2, 3, 4, 5), Tally(10, 20, 30, 40, 50)]
    assert whole(parts) == Tally(11, 22, 33, 44, 55)
    assert whole([]) == Tally()
