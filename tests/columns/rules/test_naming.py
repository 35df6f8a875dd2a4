"""What a column's code, name and hint may be."""

from collections.abc import Callable
from typing import Any

import pytest

from town_portal.columns.rules.naming import check_code, check_hint, check_name, check_position
from town_portal.foundation.errors import Refused


@pytest.mark.parametrize(
    ("check", "given", "kept"),
    [
        (check_code, " gzdt ", "gzdt"),
        (check_code, "a1", "a1"),
        (check_name, " 工作动态 ", "工作动态"),
        (check_hint, " ", ""),
        (check_position, 1, 1),
        (check_position, 99, 99),
    ],
)
def test_taken(check: Callable[[Any], Any], given: Any, kept: Any) -> None:
    assert check(given) == kept


@pytest.mark.parametrize(
    ("check", "given"),
    [
        *((check_code, code) for code in ("", "a", "Gzdt", "1a", "gz-dt", "工作", "a" * 21)),
        (check_name, "  "),
        (check_name, "长" * 21),
        (check_hint, "长" * 101),
        (check_position, 0),
        (check_position, 100),
    ],
)
def test_refused(check: Callable[[Any], Any], given: Any) -> None:
    with pytest.raises(Refused):
        check(given)
