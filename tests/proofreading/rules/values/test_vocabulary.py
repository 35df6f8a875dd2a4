from town_portal.proofreading.rules.values.vocabulary import LONGEST, vocabulary


def test_common_words_are_known_with_their_use_and_part_of_speech():
    known = vocabulary()

    assert "政府" in known
    assert known.use("政府") > 10_000
    assert known.tag("开展") == "v"


def test_an_unknown_word_has_no_use_and_no_part_of_speech():
    known = vocabulary()

    assert "攻府" not in known
    assert known.use("攻府") == 0
    assert known.tag("攻府") == ""


def test_no_word_is_longer_than_its_head_reaches():
    known = vocabulary()

    assert all(known.reach[word[:2]] >= len(word) for word in known.uses if len(word) > 1)
    assert max(map(len, known.uses)) <= LONGEST


def test_a_bound_sign_is_seldom_free():
    known = vocabulary()

    assert known.freedom("障") < 0.1 < known.freedom("走")
    assert known.freedom("\ue000") == 0


def test_it_is_read_once():
    assert vocabulary() is vocabulary()
