"""双人复核: no two hands in one."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.lifecycle import IN_REVIEW
from town_portal.submissions.rules.lifecycle import State as S
from town_portal.submissions.rules.separation import check, objection, unstaffed

WRITER, HEAD, LEADER = 1, 2, 3
HANDS = [(WRITER, S.DRAFT), (HEAD, S.SECOND_REVIEW)]


def test_a_new_hand_may_sign() -> None:
    assert objection({LEADER}, HANDS, S.THIRD_REVIEW) is None
    check({LEADER}, HANDS, S.THIRD_REVIEW)


def test_the_writer_signs_nothing() -> None:
    for stage in IN_REVIEW:
        assert "您写过或改过" in (objection({WRITER}, HANDS, stage) or "")
        with pytest.raises(Refused, match="不能自己签"):
            check({WRITER}, HANDS, stage)


def test_nobody_signs_two_stages_but_the_same_one_again() -> None:
    assert "二审二校" in (objection({HEAD}, HANDS, S.THIRD_REVIEW) or "")
    assert objection({HEAD}, HANDS, S.SECOND_REVIEW) is None


def test_whoever_stands_in_bears_the_other_hand_too() -> None:
    assert objection({LEADER, WRITER}, HANDS, S.THIRD_REVIEW) is not None
    assert objection({LEADER, HEAD}, HANDS, S.THIRD_REVIEW) is not None


@pytest.mark.parametrize(
    ("signers", "gap"),
    [
        ([{2}, {3}], None),
        ([set(), {3}], 0),
        ([{2}, set()], 1),
        ([{2}, {2}], 1),
        ([{2, 3}, {2}], None),
        ([{2}, {2, 3}, {3}], 2),
        ([{2, 3}, {2, 3}, {2, 3}], 2),
        ([], None),
    ],
)
def test_the_first_stage_nobody_could_sign(signers: list[set[int]], gap: int | None) -> None:
    assert unstaffed(signers) == gap


@given(st.lists(st.sets(st.integers(1, 5), max_size=4), max_size=4))
def test_it_is_right_by_trying_everything(signers: list[set[int]]) -> None:
    def staffed(stages: list[set[int]]) -> bool:
        return any(
            all(person in people for person, people in zip(chosen, stages, strict=True))
            for chosen in permutations(range(1, 6), len(stages))
        )

    expected = next((n - 1 for n in range(1, len(signers) + 1) if not staffed(signers[:n])), None)
    assert unstaffed(signers) == expected
