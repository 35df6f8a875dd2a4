"""An attachment the text speaks of and that is not there (详见附件, 附件：…)."""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

_NUMBER = r"(?:[0-9一二三四五六七八九十]{1,3})"
_SPOKEN_OF = re.compile(
    rf"(?:详?见|参见|填[写报]|下载|如|按照?|后附的?|随文|详情见)[本文下后]?附[件表]{_NUMBER}?"
    rf"|附[件表]{_NUMBER}?(?=[中所]列)"
    rf"|(?m:^[ 　]*附[ 　]?件{_NUMBER}?[:：])"
)


def check(writing: Writing, _lexicon: Lexicon) -> Iterator[Finding]:
    """The first mention, where it is known that no file goes with the text."""
    if writing.attachments != 0 or writing.is_title:
        return
    named = _SPOKEN_OF.search(writing.plain)
    if named:
        message = f"文中写了“{named.group().strip(' 　')}”，可是没有附件，请把附件传上来，或者改掉这句话。"
        yield writing.finding(Family.INCONSISTENT, *named.span(), message)
