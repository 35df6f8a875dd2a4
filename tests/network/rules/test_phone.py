"""Mobile numbers."""

import pytest

from town_portal.foundation.errors import Refused
from town_portal.network.rules import phone


@pytest.mark.parametrize(
    "typed",
    ["13826704412", " 138 2670 4412 ", "138-2670-4412", "１３８２６７０４４１２", "+8613826704412", "0086 13826704412"],
)
def test_one_number_however_typed(typed: str) -> None:
    assert phone.check(typed) == "13826704412"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填手机号"),
        ("1382670441", "手机号要 11 位，您填了 10 位"),
        ("138267044123", "手机号要 11 位，您填了 12 位"),
        ("1382670441a", "手机号只能是数字"),
        ("23826704412", "手机号要以 13—19 开头，请核对"),
        ("12826704412", "手机号要以 13—19 开头，请核对"),
    ],
)
def test_says_what_is_wrong(typed: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        phone.check(typed)
    assert refusal.value.reason == reason


def test_masks_the_middle() -> None:
    assert phone.mask("13826704412") == "138****4412"
