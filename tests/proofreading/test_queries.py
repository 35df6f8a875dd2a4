"""The terms shipped with the product."""

from town_portal.proofreading.queries import DATA, shipped_terms


def test_every_list_is_read_and_every_line_says_something() -> None:
    kinds = {term.kind for term in shipped_terms()}
    lists = {path.stem for path in DATA.glob("*.csv")}
    assert lists - kinds <= {"public_phones"}, "empty until the town fills it"
    assert all(term.words.strip() for term in shipped_terms())


def test_no_line_stands_twice() -> None:
    seen = [(term.kind, term.words, term.right, term.note, term.valid_from) for term in shipped_terms()]
    assert len(seen) == len(set(seen))
