"""What a column's code, name and hint may be."""

import re

from town_portal.foundation.errors import Refused

CODE = r"[a-z][a-z0-9]{1,19}"
LONGEST_NAME = 20
LONGEST_HINT = 100
LAST_POSITION = 99


def check_code(code: str) -> str:
    """A short name for addresses; Refused unless it is 2—20 small letters and digits."""
    code = code.strip()
    if not re.fullmatch(CODE, code):
        raise Refused("代码要用 2—20 个小写字母或数字，字母开头，如 gzdt。")
    return code


def check_name(name: str) -> str:
    """What people call it, without blanks at the ends; Refused when empty or too long."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"栏目名要有 1—{LONGEST_NAME} 个字。")
    return name


def check_hint(hint: str) -> str:
    """Words for the drafter, which may be empty; Refused when too long."""
    hint = hint.strip()
    if len(hint) > LONGEST_HINT:
        raise Refused(f"写稿提示最多 {LONGEST_HINT} 个字。")
    return hint


def check_position(position: int) -> int:
    """The place among its neighbours; Refused outside 1—99."""
    if not 1 <= position <= LAST_POSITION:
        raise Refused(f"排序要在 1—{LAST_POSITION} 之间。")
    return position
