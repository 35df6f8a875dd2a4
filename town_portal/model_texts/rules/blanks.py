"""The blanks of a model text: 【时间】, 【人数】 … What is left empty must be caught before anybody signs."""

import re
from collections.abc import Mapping

from town_portal.proofreading.rules.checks import placeholders
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

DAY, UNIT = "日期", "单位"
"""The blanks the portal fills in itself, when a text is begun."""
COMMON = ("时间", "地点", "人数", "姓名", "职务", "内容", "数量", "金额", "项目名称", "村名", "电话", "联系人")
"""Names the proofreader knows, to offer to whoever writes a model text."""
_BLANK = re.compile(r"【[^【】\n]*】")
_LINE_SIGNS = re.compile(r"(?m)^(?:#{2,3}|[-•]|\d+[.、])\s+")


def filled(text: str, known: Mapping[str, str]) -> str:
    """A model's words with the blanks filled that are already known, by the blank's name."""
    return _BLANK.sub(lambda blank: known.get(blank[0][1:-1], blank[0]), text)


def unseen(text: str) -> list[str]:
    """The blanks of a model's title or body that the proofreader would let pass where they stand, each once.

    Those the portal fills in itself are never left.
    """
    plain = _LINE_SIGNS.sub("", text)
    seen = [(found.start, found.end) for found in placeholders.check(Writing(plain), Lexicon())]
    left = [
        blank[0]
        for blank in _BLANK.finditer(plain)
        if blank[0][1:-1] not in (DAY, UNIT)
        and not any(start <= blank.start() and blank.end() <= end for start, end in seen)
    ]
    return list(dict.fromkeys(left))
