import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.words import cut, words_of
from town_portal.proofreading.rules.writing import Writing


def texts(text):
    return [word.text for word in words_of(Writing(text), LEXICON)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("代表们仔细查看项目现场", ["代表", "们", "仔细", "查看", "项目", "现场"]),
        ("来自已完成的项目", ["来自", "已", "完成", "的", "项目"]),
        ("为了了解情况", ["为了", "了解", "情况"]),
        ("镇党委召开会议，传达精神。", ["镇党委", "召开", "会议", "，", "传达", "精神", "。"]),
    ],
)
def test_a_text_is_cut_into_its_likeliest_words(text, words):
    assert texts(text) == words


def test_names_of_the_town_are_words():
    found = {word.text: word.tag for word in words_of(Writing("湴江村的黎文澍到党政和人大办公室"), LEXICON)}

    assert {name: found.get(name) for name in ("湴江村", "黎文澍", "党政和人大办公室")} == dict.fromkeys(
        ("湴江村", "黎文澍", "党政和人大办公室"), "name"
    )


def test_words_stand_where_they_say_and_leave_nothing_out():
    text = "5月12日，汤塘镇（含社区）共完成 96.5% 的任务。\n下一步APP上线"
    words = words_of(Writing(text), LEXICON)

    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)


def test_figures_and_marks_are_told_from_words():
    found = [(word.text, word.tag) for word in words_of(Writing("共96件。"), LEXICON)]

    assert ("96", "m") in found
    assert ("。", "x") in found


def test_a_phrase_is_cut_alone():
    assert cut("传达学习") == ["传达", "学习"]
    assert cut("") == []
