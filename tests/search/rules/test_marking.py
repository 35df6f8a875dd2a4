"""Marking what was found."""

from town_portal.search.rules.marking import Piece, marked, passage

LONG = "第一段说的是别的事情。" * 8 + "４月１４日，洛洞村开展春耕\n农技培训，" + "后面还有很多话。" * 20


def test_words_are_marked_as_they_were_written() -> None:
    assert marked("２０２６年春耕 ABC", ("2026", "abc")) == (
        Piece("２０２６", found=True),
        Piece("年春耕 "),
        Piece("ABC", found=True),
    )
    assert marked("没有", ("别的",)) == (Piece("没有"),)


def test_the_longer_wording_wins_where_two_lie_over_each_other() -> None:
    assert marked("最低生活保障", ("最低生活保障", "生活")) == (Piece("最低生活保障", found=True),)


def test_a_passage_begins_shortly_before_what_was_found_and_runs_over_lines() -> None:
    pieces = passage(LONG, ("春耕 农技",))
    assert "".join(piece.text for piece in pieces if piece.found) == "春耕 农技"
    assert pieces[0].text == "…" and pieces[-1].text == "…"
    assert len("".join(piece.text for piece in pieces)) <= 98
    assert passage(LONG, ("没有",)) == ()
