"""Rows in canonical form."""

from datetime import UTC, date, datetime
from enum import Enum, StrEnum

import pytest

from town_portal.audit.rules.binding import digest_of_row, plain


class Colour(StrEnum):
    RED = "red"


class Grade(Enum):
    FIRST = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("汤塘", "汤塘"),
        (Colour.RED, "red"),
        (Grade.FIRST, 1),
        (date(2026, 4, 16), "2026-04-16"),
        (datetime(2026, 4, 16, 2, 0, 0, 123456, tzinfo=UTC), "2026-04-16T02:00:00.123+00:00"),
        (b"\x01\xff", "01ff"),
        ([1, Colour.RED], [1, "red"]),
        ((date(2026, 1, 1),), ["2026-01-01"]),
        ({1: Colour.RED, "b": [None]}, {"1": "red", "b": [None]}),
    ],
)
def test_values_have_one_form(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}])
def test_values_without_a_canonical_form_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)


def test_the_digest_knows_names_and_values_and_not_their_order() -> None:
    digest = digest_of_row({"a": 1, "b": "x"})
    assert digest == digest_of_row({"b": "x", "a": 1})
    assert len({digest, digest_of_row({"a": "1", "b": "x"}), digest_of_row({"a": 1, "c": "x"})}) == 3
