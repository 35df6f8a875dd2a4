"""Every letter's words, as they are sent: read ``letters.txt`` whole, it is what people get.

A changed word is a changed file: ``python -m tests.reminders.rules.test_wording`` writes it anew.
"""

from pathlib import Path

import pytest

from tests.reminders.duties import a_duty, at
from town_portal.reminders.rules.ladder import Rung
from town_portal.reminders.rules.round import Letter, Line
from town_portal.reminders.rules.wording import MOST_LINES, Detail, Telling, cut, left, worded
from town_portal.workflow.duty import Duty, DutyKind

SHOWN = Path(__file__).with_name("letters.txt")
NOW = at("2026-03-03 09:00")
NAMES = {10: "陈志明", 12: "何思源"}
LONG = (
    "汤塘镇2026年第一季度农村人居环境整治暨“百县千镇万村高质量发展工程”现场推进会在洛洞村文化广场顺利召开并取得圆满成功"
)

RETURNED = a_duty(
    key="returned",
    kind=DutyKind.REVISION,
    step="",
    sender="陈志明",
    words="第二段合计 93 件，分项加起来是 94 件，请核对；\n照片 2 缺说明。",
)
PLAIN = a_duty(words="", sender="")
WITH_WORDS = a_duty(key="words", words="照片为示意插画。")
URGENT = a_duty(
    "2026-03-03 08:40",
    minutes=120,
    key="urgent",
    urgent=True,
    what="106国道临时半幅通行通告",
    unit="四九村",
    step="三审三校",
)
LATE = a_duty(
    "2026-02-26 10:00", key="late", what="脉塘村红白理事会章程", unit="脉塘村", kind=DutyKind.PUBLICATION, step=""
)
LONG_NAMES = a_duty(
    key="long", what=LONG, unit="汤塘镇党政和人大办公室（退役军人服务站）", sender="欧阳慕容雪", words="意见" * 60
)
UNTITLED = a_duty(key="untitled", what="", kind=DutyKind.FILING, step="", due_at=at("2026-03-04 00:00"), sender="")
OTHERS = [
    a_duty(key=f"other {kind}", kind=kind, step="", what=what, unit="", sender="", words="")
    for kind, what in (
        (DutyKind.CORRECTION, "洛洞村开展秋收农技培训"),
        (DutyKind.RELEASE, "关于停水的通知"),
        (DutyKind.CONFIRMATION, "设置“三天黄金期”"),
        (DutyKind.LATE_FINDING, "四九村一季度财务公开"),
        (DutyKind.RHYTHM, "洛洞村一季度报送"),
        (DutyKind.COLUMN, "通知公告"),
        (DutyKind.NETWORK, "洛洞村信息员空缺"),
    )
]


def a_letter(*lines: tuple[Duty, Rung], digest: list[Duty] | None = None, vacant: bool = False) -> Letter:
    """A letter with these lines, in this order; what goes above says who owes it."""
    owners = {Rung.SUPERIOR: (10, 12), Rung.DEPUTY: (10,)}
    return Letter(1, [Line(duty, rung, vacant, owners.get(rung, ())) for duty, rung in lines], digest)


LETTERS = {
    **{f"one, {rung.name.lower()}": a_letter((PLAIN, rung)) for rung in Rung if rung is not Rung.DIGEST},
    "one, with words": a_letter((WITH_WORDS, Rung.ARRIVED)),
    "one, late, with words, told above": a_letter((LATE, Rung.SUPERIOR)),
    "returned": a_letter((RETURNED, Rung.ARRIVED)),
    "returned, late": a_letter((RETURNED, Rung.DUE)),
    "urgent": a_letter((URGENT, Rung.ARRIVED)),
    "urgent, near": a_letter((URGENT, Rung.BEFORE)),
    "long names": a_letter((LONG_NAMES, Rung.ARRIVED)),
    "without a title": a_letter((UNTITLED, Rung.BEFORE)),
    "nobody sits there": a_letter((PLAIN, Rung.ARRIVED), vacant=True),
    "two": a_letter((LATE, Rung.DUE), (RETURNED, Rung.ARRIVED)),
    "all rungs": a_letter(
        (URGENT, Rung.ARRIVED), (LATE, Rung.SUPERIOR), (LATE, Rung.DUE), (PLAIN, Rung.BEFORE), (PLAIN, Rung.HALF)
    ),
    "more than fit": a_letter(*((PLAIN, Rung.HALF) for _ in range(MOST_LINES + 3))),
    "other kinds": a_letter(*((duty, Rung.ARRIVED) for duty in OTHERS)),
    "digest of one": a_letter(digest=[PLAIN]),
    "digest": a_letter(digest=[LATE, PLAIN, URGENT]),
    "digest, more than fit": a_letter(digest=[LATE] * 3 + [PLAIN] * 9),
    "digest with news": a_letter((RETURNED, Rung.ARRIVED), digest=[LATE, RETURNED, PLAIN]),
    "digest whose all is news": a_letter((RETURNED, Rung.ARRIVED), digest=[RETURNED]),
}


def sheet() -> str:
    """Every letter, with titles; a few without; one that must not show its words."""
    told = {name: worded(letter, Telling(NOW, names=NAMES)) for name, letter in LETTERS.items()}
    for detail in (Detail.TITLES, Detail.NOTHING):
        told |= {
            f"{name}; only {detail}": worded(LETTERS[name], Telling(NOW, detail))
            for name in ("returned", "two", "digest")
        }
    told["words kept back"] = worded(LETTERS["returned"], Telling(NOW, kept_back=lambda text: "93" in text))
    told["title kept back"] = worded(LETTERS["returned"], Telling(NOW, kept_back=lambda text: "洛洞" in text))
    return "".join(
        "\n".join((f"## {name}", text.subject, *(f"  {line}" for line in text.lines), "\n"))
        for name, text in told.items()
    )


def test_letters_read_as_they_are_written_down() -> None:
    assert sheet() == SHOWN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-03-03 17:30", "今天 17:30 前（还剩 8 小时）"),
        ("2026-03-03 09:05", "今天 09:05 前（还剩 5 分钟）"),
        ("2026-03-04 09:00", "明天 09:00 前"),
        ("2026-03-04 00:00", "今天 24:00 前"),
        ("2026-03-09 10:00", "3月9日 10:00 前"),
        ("2027-01-04 10:00", "2027年1月4日 10:00 前"),
        ("2026-03-03 09:00", "今天 09:00 刚到期"),
        ("2026-03-02 17:30", "昨天 17:30 到期，已超时 15 小时"),
        ("2026-02-26 10:00", "2月26日 10:00 到期，已超时 4 天"),
    ],
)
def test_what_is_left(due: str, words: str) -> None:
    assert left(at(due), NOW) == words


def test_cutting_keeps_what_fits() -> None:
    assert (cut("四个汉字", 4), cut("五个汉字呢", 4)) == ("四个汉字", "五个汉…")


if __name__ == "__main__":
    SHOWN.write_text(sheet(), encoding="utf-8")
