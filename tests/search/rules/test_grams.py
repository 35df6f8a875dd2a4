"""What a text is kept under and what a question asks for."""

from hypothesis import given
from hypothesis import strategies as st

from town_portal.search.rules.grams import TITLE, alike, alike_with_places, grams, holds, tokens, wanted

WRITING = st.text(alphabet=st.sampled_from("春耕培训汤塘镇２0０ａA，。 （）\n㈠①𠮷ﬁ"), max_size=40)


def test_writing_is_made_alike() -> None:
    assert alike("汤府〔２０２６〕3号，ABC（试行）") == "汤府 2026 3号 abc 试行"
    assert alike("，。") == ""


def test_a_text_is_kept_under_its_pairs_and_the_ends_of_its_words() -> None:
    assert tokens("春耕", "耕地 保护") == sorted(["春耕", "耕", "t春耕", "t耕", "耕地", "地", "保护", "护"])


@given(WRITING, WRITING, st.data())
def test_whatever_stands_in_a_text_is_found_under_its_pairs(title: str, body: str, data: st.DataObject) -> None:
    """Every stretch of a word of a text asks for nothing the text is not kept under."""
    title, body = alike(title), alike(body)
    kept = tokens(title, body)
    words = [(word, True) for word in title.split()] + [(word, False) for word in body.split()]
    if not words:
        assert kept == []
        return
    word, in_title = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]
    for gram in wanted(part, in_title=in_title):
        assert gram in kept or (gram.endswith("*") and any(one.startswith(gram[:-1]) for one in kept))
    assert holds(title if in_title else body, [part])


@given(WRITING)
def test_places_lead_back_to_what_was_given(text: str) -> None:
    compared, places = alike_with_places(text)
    assert len(compared) == len(places)
    assert compared.strip() == alike(text)
    for sign, place in zip(compared, places, strict=True):
        assert sign == " " or sign in alike(text[place])


def test_titles_are_asked_for_by_themselves() -> None:
    assert wanted("春耕", in_title=True) == [TITLE + "春耕"]
    assert wanted("春", in_title=True) == ["t春*"]
    assert list(grams("一")) == ["一"]
