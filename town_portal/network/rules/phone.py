"""Mobile numbers, the sign-in names: eleven digits, however they were typed."""

import re
import unicodedata

from town_portal.foundation.errors import Refused

DIGITS = 11


def normal(typed: str) -> str:
    """The digits of what was typed: full-width figures, blanks, dashes and +86 do not matter."""
    digits = re.sub(r"[\s\-—–()]", "", unicodedata.normalize("NFKC", typed))
    return re.sub(r"^(\+86|0086)", "", digits)


def check(typed: str) -> str:
    """The number as it is stored; Refused with what is wrong with it."""
    digits = normal(typed)
    if not digits:
        raise Refused("请填手机号")
    if not re.fullmatch(r"[0-9]+", digits):
        raise Refused("手机号只能是数字")
    if len(digits) != DIGITS:
        raise Refused(f"手机号要 {DIGITS} 位，您填了 {len(digits)} 位")
    if not re.match(r"1[3-9]", digits):
        raise Refused("手机号要以 13—19 开头，请核对")
    return digits


def mask(digits: str) -> str:
    """138****4412: enough to recognise one's own, too little to call."""
    return f"{digits[:3]}****{digits[-4:]}"
