"""Mail addresses."""

import pytest

from tests.refusals import Refused
from town_portal.notifications.rules.mail import check, mask


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@b",
        "@b.example",
        "a@@b.example",
        "a b@c.example",
        "a@b..example",
        "a@b.example\nBcc: c@d.example",
        "甲@b.example",
        f"{'a' * 120}@b.example",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(Refused, match="邮箱地址要写成"):
        check(typed)


def test_what_is_one() -> None:
    assert check(" ａ.b+c@mail.example.com ") == "a.b+c@mail.example.com"
    assert mask("li@example.com") == "l***@example.com"
