"""索引号 by pattern."""

import pytest

from town_portal.foundation.errors import Refused
from town_portal.publishing.rules.index_number import index_number


def test_the_pattern_is_filled_in() -> None:
    assert (
        index_number({"pattern": "{org}/{year}-{serial}", "org": "TT441821102"}, 2026, 50) == "TT441821102/2026-00050"
    )
    assert index_number({"pattern": "{serial}", "org": ""}, 2026, 123456) == "123456"


def test_a_pattern_without_serial_would_give_one_number_twice() -> None:
    with pytest.raises(Refused, match="没有 {serial}"):
        index_number({"pattern": "{org}/{year}", "org": "X"}, 2026, 1)


def test_nothing_else_of_a_pattern_is_carried_out() -> None:
    assert index_number({"pattern": "{org.x}{0}{serial}", "org": "X"}, 2026, 1) == "{org.x}{0}00001"
