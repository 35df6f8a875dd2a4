"""What the public is told in the place of a withdrawn article."""

import pytest

from town_portal.foundation.errors import Refused
from town_portal.publishing.rules.withdrawal import DUE, NEVER, WithdrawalKind, check_notice


@pytest.mark.parametrize("kind", sorted(DUE))
def test_who_read_an_error_is_told(kind: WithdrawalKind) -> None:
    with pytest.raises(Refused, match="给公众看的撤下说明"):
        check_notice(kind, "")
    check_notice(kind, "数字有误，正在核实")


@pytest.mark.parametrize("kind", sorted(NEVER))
def test_nobody_is_led_to_what_must_not_be_known(kind: WithdrawalKind) -> None:
    with pytest.raises(Refused, match="不出说明"):
        check_notice(kind, "含某人电话")
    check_notice(kind, "")


def test_elsewhere_it_may_be_said_or_not() -> None:
    check_notice(WithdrawalKind.OTHER, "")
    check_notice(WithdrawalKind.OTHER, "另行发布")
