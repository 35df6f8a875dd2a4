"""Posts, titles and names of leaders, read from a text."""

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.names import (
    exact_mentions,
    in_office,
    kinds_held,
    name_at,
    name_before,
    near_mentions,
    posts,
    titles,
)

LEADERS = in_office(LEXICON, None)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("镇党委书记", ["书记"]),
        ("镇党委副书记、镇长", ["副书记", "镇长"]),
        ("中共佛冈县汤塘镇委员会书记", ["书记"]),
        ("镇人大主席", ["人大主席"]),
        ("镇党委委员、组织委员", ["党委委员", "组织委员"]),
        ("镇纪委书记", ["纪委书记"]),
        ("党委委员、纪委副书记", ["党委委员", "纪委副书记"]),
        ("常务副镇长", ["副镇长"]),
        ("主席台上", []),
        ("书记员", []),
    ],
)
def test_the_kinds_of_posts(text, kinds):
    assert [post.kind for post in posts(text, LEXICON)] == kinds


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("镇长钟启桓", True),
        ("汤塘镇镇长钟启桓", True),
        ("石角镇镇长钟启桓", False),
        ("石角镇党委书记李某", False),
        ("村党支部书记李某", False),
        ("县委书记李某", False),
        ("学校党委书记李某", False),
        ("县妇联主席李某", False),
        ("我镇党委书记李某", True),
    ],
)
def test_whose_post_it_is(text, own):
    assert posts(text, LEXICON)[0].own is own


@pytest.mark.parametrize(
    ("text", "past", "acting"),
    [
        ("原镇长", "原", False),
        ("时任镇党委书记", "时任", False),
        ("代镇长", "", True),
        ("镇长", "", False),
        ("会前镇长", "", False),
    ],
)
def test_former_and_acting(text, past, acting):
    (post,) = posts(text, LEXICON)
    assert (post.past, post.acting) == (past, acting)


def test_the_end_of_a_name_makes_nothing_former():
    assert not posts("何牧原副镇长", LEXICON)[0].past


def test_posts_side_by_side_are_one_title():
    (title,) = titles("镇党委副书记、镇长、二级调研员钟启桓", LEXICON)
    assert title.kinds == {"副书记", "镇长"}
    assert title.end == len("镇党委副书记、镇长、二级调研员")


def test_what_a_leader_holds():
    held = {leader.name: kinds_held(leader, LEXICON) for leader in LEADERS}
    assert held["钟启桓"] == {"副书记", "镇长"}
    assert held["邝立衡"] == {"党委委员", "纪委书记"}


@pytest.mark.parametrize(
    ("written", "name", "exact"),
    [
        ("钟启桓", "钟启桓", True),
        ("钟启恒", "钟启桓", False),
        ("钟桓启", "钟启桓", False),
        ("钟启启桓", "钟启桓", False),
        ("启桓同志", "钟启桓", False),
        ("钟齐恒", "钟启桓", False),
    ],
)
def test_a_name_behind_its_title(written, name, exact):
    mention = name_at(written, 0, frozenset({"镇长"}), LEADERS, LEXICON)
    assert (mention.leader.name, mention.exact) == (name, exact)


@pytest.mark.parametrize("written", ["李建国", "王志强", "带队到村", "", "钟"])
def test_other_people_are_no_leaders(written):
    assert name_at(written, 0, frozenset({"镇长"}), LEADERS, LEXICON) is None


def test_a_name_before_its_title():
    assert name_before("钟启恒镇长", 3, frozenset({"镇长"}), LEADERS, LEXICON).leader.name == "钟启桓"
    assert name_before("钟", 1, frozenset({"镇长"}), LEADERS, LEXICON) is None


def test_names_anywhere():
    text = "黎文澍、钟启恒"
    assert [mention.leader.name for mention in exact_mentions(text, LEADERS)] == ["黎文澍"]
    assert [mention.start for mention in near_mentions(text, LEXICON, LEADERS)] == [4]
