"""What a signature holds for: anything that changes, changes the digest."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from town_portal.submissions.rules.digest import FIELDS, digest_of

TEXT: dict[str, Any] = {
    "title": "洛洞村开展秋收农技培训",
    "column_id": 7,
    "event_on": date(2026, 9, 1),
    "body_html": "<p>服务农户 68 户。</p>",
    "importance": "normal",
    "urgency": "normal",
    "urgency_reason": "",
    "attribute": "active",
    "attribute_reason": "",
    "secrecy_cleared": True,
    "source": "洛洞村",
    "counterpart_id": 5,
    "cross_unit_id": None,
}
PHOTO = ("picture", "ab" * 16, "11" * 32)
TABLE = ("attachment", "明细.xlsx", "22" * 32)


def test_it_is_a_sha256_and_always_the_same() -> None:
    digest = digest_of(TEXT, [PHOTO])
    assert len(digest) == 64
    assert digest == digest_of(dict(reversed(TEXT.items())), iter([PHOTO]))


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_counts(field: str) -> None:
    other = 99 if field.endswith("_id") else not TEXT[field] if field == "secrecy_cleared" else f"{TEXT[field]}。"
    assert digest_of({**TEXT, field: other}, []) != digest_of(TEXT, [])


def test_every_file_counts_with_its_kind_name_bytes_and_place() -> None:
    digests = {
        digest_of(TEXT, files)
        for files in (
            [],
            [PHOTO],
            [TABLE],
            [PHOTO, TABLE],
            [TABLE, PHOTO],
            [("attachment", *PHOTO[1:])],
            [("attachment", "明细表.xlsx", TABLE[2])],
            [("attachment", TABLE[1], "33" * 32)],
        )
    }
    assert len(digests) == 8


def test_what_lies_beside_the_text_does_not_count() -> None:
    assert digest_of({**TEXT, "number": 3, "author_id": 1}, []) == digest_of(TEXT, [])


def test_nothing_and_its_word_differ() -> None:
    assert digest_of({**TEXT, "cross_unit_id": "None"}, []) != digest_of(TEXT, [])


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_two_texts_run_together(title: str, source: str, other_title: str, other_source: str) -> None:
    one = digest_of({**TEXT, "title": title, "source": source}, [])
    two = digest_of({**TEXT, "title": other_title, "source": other_source}, [])
    assert (one == two) == ((title, source) == (other_title, other_source))
