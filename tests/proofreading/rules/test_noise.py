"""What may be meant by a stretch, how the hand slipped, and the proof it takes."""

import pytest

from town_portal.proofreading.rules.noise import BrokenPhrases, Noise, Slip
from town_portal.proofreading.rules.soundalikes import shapes_of

USES = {
    "推动": 900, "部署": 800, "加入": 700, "形势": 600, "形式": 600, "重视": 500, "紧迫感": 90, "紧迫": 400, "三百万": 90,
    "时期": 300, "实践": 400, "巡查员": 30, "巡查": 300, "队员": 300, "重": 300, "视": 20, "推": 90, "在": 90000, "再": 9000,
    "高": 9000,
}  # fmt: skip
NOISE = Noise(USES, shapes_of(["入 人 八"]), {"再": {"在": 1.8}, "形式": {"形势": 2.0}})


def meant(stretch: str, *, behind_word: bool = False) -> dict[str, tuple[Slip, float]]:
    return {one.word: (one.slip, one.proof) for one in NOISE.of(stretch, behind_word)}


@pytest.mark.parametrize(
    ("stretch", "word", "slip"),
    [
        ("推懂", "推动", Slip.WRONG),
        ("加人", "加入", Slip.WRONG),
        ("形势", "形式", Slip.CONFUSED),
        ("再", "在", Slip.CONFUSED),
        ("视", "重视", Slip.LOST),
        ("紧感", "紧迫感", Slip.LOST),
    ],
)
def test_each_way_to_slip_is_known(stretch: str, word: str, slip: Slip) -> None:
    assert meant(stretch)[word][0] is slip


def test_a_listed_pair_takes_the_proof_of_its_line() -> None:
    assert meant("形式")["形势"] == (Slip.CONFUSED, 2.0)
    assert meant("形势")["形式"][1] > 2.0


def test_two_changed_signs_take_more_proof_than_one() -> None:
    assert meant("诗琪")["时期"][1] > meant("推懂")["推动"][1]


@pytest.mark.parametrize("stretch", ["推动", "高", "三百碗"])
def test_words_free_signs_and_numbers_stand_as_they_are(stretch: str) -> None:
    assert meant(stretch) == {}


def test_a_sign_that_ends_many_compounds_hangs_on_the_word_before_it() -> None:
    compounds = {f"{first}{second}员": 30 for first in "甲乙丙丁戊" for second in "子丑寅卯辰"}
    words = dict.fromkeys((word[:2] for word in compounds), 30)
    noise = Noise({"人员": 500, "员": 20, **words, **compounds}, {}, {})
    assert [one.word for one in noise.of("员", False)] == ["人员"]
    assert noise.of("员", True) == ()


def test_a_phrase_that_lost_one_sign_is_known_by_what_is_left() -> None:
    broken = BrokenPhrases(["深入田间地头", "落到实处", "学习"])
    assert broken.begins("深入间") and not broken.begins("清理")
    assert broken.of("深入间地头")[0] == "深入田间地头"
    assert broken.of("落到处")[1] > broken.of("深入间地头")[1], "a short rest takes more proof"
    assert broken.of("深入田间地头") is None
    assert broken.of("学") is None, "too short to be known by its rest"


def test_a_phrase_that_is_what_is_left_of_another_is_whole() -> None:
    assert BrokenPhrases(["发放宣传手册", "发放宣传册"]).of("发放宣传册") is None
