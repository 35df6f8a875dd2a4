"""A typed number against the tables: which one it is about, and whether it says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.bulletins.rules.binding import Spot, Verdict, bind, filled, offered, open_words, pieces, read, same
from town_portal.bulletins.rules.figures import Figure, Kind

K, V = Kind, Verdict

FIGURES = [
    Figure("town.units", "全镇单位数", K.UNITS, "town", "31", "31"),
    Figure("town.submitted", "全镇报送数", K.SUBMITTED, "town", "195", "195"),
    Figure("town.published", "全镇采用数", K.PUBLISHED, "town", "143", "143"),
    Figure("town.timely", "全镇三天内发布率", K.TIMELY, "town", "71.4%", "71.4"),
    Figure("town.first_pass", "全镇一次通过率", K.FIRST_PASS, "town", "82.0%", "82.0"),
    Figure("town.amended", "全镇撤改数", K.AMENDED, "town", "3", "3"),
    Figure("town.zero", "全镇零报送单位数", K.ZERO, "town", "2", "2"),
    Figure("town.published_change", "采用比上季", K.PUBLISHED_CHANGE, "town", "多24", "24"),
    Figure("offices.submitted", "办公室报送数", K.SUBMITTED, "offices", "112", "112"),
    Figure("villages.submitted", "村（社区）报送数", K.SUBMITTED, "villages", "83", "83"),
    Figure("unit-5.submitted", "官山村报送数", K.SUBMITTED, "unit-5", "7", "7"),
    Figure("unit-5.score", "官山村得分", K.SCORE, "unit-5", "85.7", "85.7"),
    Figure("unit-5.rank", "官山村名次", K.RANK, "unit-5", "6", "6"),
    Figure("names.零报送单位", "零报送单位", K.NAMES, "town", "甲村、乙村"),
]


def told(text: str) -> list[tuple[str, Verdict, str]]:
    return [(spot.words, spot.verdict, spot.figure.name if spot.figure else "") for spot in read(text, FIGURES)]


@pytest.mark.parametrize(
    "text, right",
    [
        ("全镇31个单位共报送信息195条，采用发布143条，比上季多24条。", ["31", "195", "143", "多24"]),
        ("三天内发布率71%，一次通过率82%，发布后撤改3条。", ["71%", "82%", "3"]),
        ("其中办公室报送112条，村（社区）83条。", ["112", "83"]),
        ("官山村报送7条，得分85.7分，排名第6名。", ["7", "85.7", "6"]),
        ("有2个单位零报送。", ["2"]),
        ("三天内发布率71.4%。", ["71.4%"]),
    ],
)
def test_numbers_that_the_tables_say_too(text: str, right: list[str]) -> None:
    assert [(words, verdict) for words, verdict, _ in told(text)] == [(words, V.RIGHT) for words in right]


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("全镇30个单位共报送信息196条。", [("30", "全镇单位数"), ("196", "全镇报送数")]),
        ("采用发布140条，比上季多23条。", [("140", "全镇采用数"), ("多23", "采用比上季")]),
        ("采用发布143条，比上季少24条。", [("少24", "采用比上季")]),
        ("三天内发布率72%，一次通过率83%。", [("72%", "全镇三天内发布率"), ("83%", "全镇一次通过率")]),
        ("共报送195条，其中办公室110条，村（社区）85条。", [("110", "办公室报送数"), ("85", "村（社区）报送数")]),
        (
            "官山村报送8条，得分85.6分，排名第5名。",
            [("8", "官山村报送数"), ("85.6", "官山村得分"), ("5", "官山村名次")],
        ),
        ("有3个单位零报送。", [("3", "全镇零报送单位数")]),
        ("报送1,950条。", [("1,950", "全镇报送数")]),
    ],
)
def test_numbers_that_the_tables_contradict(text: str, wrong: list[tuple[str, str]]) -> None:
    assert [(words, name) for words, verdict, name in told(text) if verdict is V.WRONG] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "请于2026年4月25日前报送整改说明。",
        "各村（社区）每月报送不少于2条。",
        "根据汤府〔2026〕12号文件，现将第1季度情况通报如下。",
        "召开培训会2次，参加人员60人。",
        "投入资金195万元。",
        "",
    ],
)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert not [words for words, verdict, _ in told(text) if verdict is V.WRONG]


def test_a_bound_figure_shows_its_value_and_an_unknown_one_is_told() -> None:
    text = "共报送【全镇报送数】条，【没有的】条，零报送的是【零报送单位】。"
    assert [verdict for _, verdict, _ in told(text)] == [V.BOUND, V.LOST, V.BOUND]
    assert filled(text, FIGURES) == "共报送195条，【没有的】条，零报送的是甲村、乙村。"
    assert open_words(read(text, FIGURES)) == ["【没有的】在表里没有"]


def test_a_number_turns_wrong_when_the_table_moves() -> None:
    moved = [
        Figure(*(one.key, one.name, one.kind, one.subject, "196", "196")) if one.key == "town.submitted" else one
        for one in FIGURES
    ]
    (spot,) = read("共报送195条。", moved)
    assert spot.verdict is V.WRONG
    assert open_words([spot]) == ["文中写“195”，表里全镇报送数是“196”"]


def test_one_press_puts_the_figure_in_the_number_s_place() -> None:
    text = "第一行\n共报送196条，采用发布比上季少2条。"
    first, second = (spot for spot in read(text, FIGURES) if spot.verdict is V.WRONG)
    assert first.figure
    assert second.figure
    changed = bind(text, second.line, second.start, second.figure.name, second.words)
    changed = bind(changed, first.line, first.start, first.figure.name, first.words)
    assert changed == "第一行\n共报送【全镇报送数】条，采用发布比上季【采用比上季】条。"
    assert filled(changed, FIGURES).endswith("共报送195条，采用发布比上季多24条。")
    assert bind(changed, first.line, first.start, first.figure.name, first.words) == changed


def test_what_was_answered_stays_answered_until_sentence_or_table_change() -> None:
    (spot,) = read("共报送196条。", FIGURES)
    assert read("共报送196条。", FIGURES, [spot.mark])[0].verdict is V.ALLOWED
    assert read("共报送197条。", FIGURES, [spot.mark])[0].verdict is V.WRONG


def test_pieces_are_the_text_cut_at_its_spots() -> None:
    text = "# 基本情况\n共报送【全镇报送数】条。\n\n## 数量"
    cut = list(pieces(text, read(text, FIGURES)))
    assert [kind for kind, _ in cut] == ["h1", "p", "h2"]
    assert [[words for words, _ in parts] for _, parts in cut] == [
        ["基本情况"],
        ["共报送", "【全镇报送数】", "条。"],
        ["数量"],
    ]


def test_figures_are_offered_in_groups() -> None:
    assert [name for name, _ in offered(FIGURES)] == ["全镇", "办公室", "村（社区）", "官山村"]


@pytest.mark.parametrize("typed, number", [("71", "71.4"), ("71.4", "71.4"), ("72", "71.5"), ("1,950", "1950")])
def test_rounding_is_no_contradiction(typed: str, number: str) -> None:
    assert same(typed, number)


@given(
    st.text("全镇报送采用办公室村官山得分率第名条分个单位共比上季多少，。；、：0123456789.%【】数# \n", max_size=120)
)
def test_every_text_is_read_and_every_spot_stands_where_it_says(text: str) -> None:
    lines = text.split("\n")
    last: dict[int, int] = {}
    for spot in read(text, FIGURES):
        assert isinstance(spot, Spot)
        assert lines[spot.line][spot.start : spot.end] == spot.words
        assert spot.start >= last.get(spot.line, 0)
        last[spot.line] = spot.end
