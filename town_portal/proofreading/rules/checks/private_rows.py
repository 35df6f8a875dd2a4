"""个人隐私, in a table: a full name in the same row as an illness, a home, a birthday or a debt.

What the cell says need not be known: its heading says what it is about (致贫原因, 家庭住址, 病种).
Lists of candidates and of officers give birthdays by rule and stay silent.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.checks.private_facts import NOT_NAMES
from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.full_names import full_names
from town_portal.proofreading.rules.values.records import Entry, records
from town_portal.proofreading.rules.writing import Writing

_PRIVATE = re.compile(
    r"病(?!虫)|残疾(?:等级|类别|类型|情况|程度)|致贫|返贫|困难(?:原因|情况|类型)|救助(?:原因|事由)|(?:家庭|现|居?住)住?(?:地)?址|居住地"
    r"|户籍(?:地|所在地)|出生|监护人|刑期|罪名|案由|矫正|前科|吸毒|家庭(?:年|月)?(?:纯|总)?收入|负债|欠款|怀孕|孕[周期]|末次月经|婚姻|宗教|健康状况|诊断|车牌|车号"
)
_HOME = re.compile(r"址|居住地|户籍")
_DOOR = re.compile(r"[\d一二三四五六七八九十]+(?:号|栋|幢|座|单元|室|房|组|队)|[组队屯巷]$")
_OFFICIAL = re.compile(r"职务|职称|学历|学位|政治面貌|拟任|任职|岗位|单位及职务|入党|参赛|作品|奖项|牺牲")
_NOTHING = re.compile(r"[—\-/\\无否*＊]*|.*\*{2}.*|已?脱敏|略|不详")
_SHOWN = 34


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each row that names a person in full and tells such a thing of him."""
    plain = writing.plain
    not_names = None
    for row in records(plain):
        if any(_OFFICIAL.search(entry.heading) for entry in row):
            continue
        who = next((entry for entry in row if entry.names), None)
        told = next((entry for entry in row if _tells(entry)), None)
        if who is None or told is None:
            continue
        if not_names is None:
            not_names = lexicon.own_names | {term.words for term in lexicon.of(NOT_NAMES)}
        if any(name.end == who.end for name in full_names(plain, who.start, who.end, not_names)):
            start, end = min(who.start, told.start), max(who.end, told.end)
            if end - start > _SHOWN:
                start, end = who.start, who.end
            yield writing.finding(
                Family.PRIVACY_PERSONAL,
                start,
                end,
                f"表中写出了{who.words}的姓名和“{told.heading}”，公开前请隐去姓名或删去这一列。",
            )


def _tells(entry: Entry) -> bool:
    """Does the cell tell what its private heading asks for?"""
    if not _PRIVATE.search(entry.heading) or _NOTHING.fullmatch(entry.words):
        return False
    return not _HOME.search(entry.heading) or _DOOR.search(entry.words) is not None
