"""What is said about one attachment."""

from collections.abc import Iterator

from town_portal.files.rules.contents.contents import Concern, Contents, Kind, Part, unread
from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.submissions.rules.attached import MOST_SHOWN, Attached, attached, not_read


def ones(words: str) -> Iterator[Finding]:
    """Finds every 错, and every 密."""
    for place, sign in enumerate(words):
        if sign == "错":
            yield Finding(Family.PLACEHOLDER, place, place + 1, "错了。", "对")
        if sign == "密":
            yield Finding(Family.SECRECY, place, place + 1, "涉密。", severity=Severity.BLOCK)


def told(*parts: Part, concerns: tuple[Concern, ...] = ()) -> Attached:
    return attached("名单.xlsx", Contents(parts, concerns), ones)


def test_a_finding_says_where_it_stands() -> None:
    (one,) = told(Part("工作表“名单”", "村\t人\n甲\t有错字", ("第 1 行", "第 3 行"), ("A 列", "C 列"))).found
    assert one.place == "附件《名单.xlsx》工作表“名单”第 3 行 C 列"
    assert (one.before, one.words, one.after) == ("甲\t有", "错", "字")
    assert one.suggestion is None  # nobody mends an attachment on the page


def test_the_weightiest_comes_first() -> None:
    concerns = (
        Concern(Kind.AUTHOR, "文件属性", "李月娥", "写着。"),
        Concern(Kind.HIDDEN, "隐藏的工作表“底稿”", "张三", "会跟着公开。"),
    )
    found = told(Part("正文", "错"), Part("页眉", "密"), concerns=concerns).found
    assert [(one.family, one.severity) for one in found] == [
        (Family.SECRECY, Severity.BLOCK),
        (Family.PLACEHOLDER, Severity.WARN),
        (Kind.HIDDEN, Severity.WARN),
        (Kind.AUTHOR, Severity.HINT),
    ]
    assert found[2].place == "附件《名单.xlsx》隐藏的工作表“底稿”"


def test_findings_are_counted_by_weight() -> None:
    concerns = (Concern(Kind.AUTHOR, "文件属性", "李月娥", "写着。"),)
    counts = told(Part("正文", "错一错"), concerns=concerns).counts
    assert counts == [(Severity.WARN, 2), (Severity.HINT, 1)]
    assert told().counts == []


def test_a_long_list_is_said_once_for_the_rest() -> None:
    found = told(Part("第 1 页", "错" * 2), Part("第 2 页", "错" * 9 + "密")).found
    assert [one.family for one in found] == [Family.SECRECY, *[Family.PLACEHOLDER] * (MOST_SHOWN + 1)]
    assert found[-1].message == "《名单.xlsx》里还有 8 处“没填的空”，从这一处起，请逐处检查。"
    assert found[-1].place == "附件《名单.xlsx》第 2 页"


def test_what_was_read_is_told() -> None:
    assert told(Part("第 1 页", "一 二"), Part("第 1 页", "三")).told == "机器读了 3 字：第 1 页"
    assert told(concerns=(unread("文件"),)).told == "机器没有读到文字"


def test_what_was_not_read_goes_nowhere() -> None:
    (one,) = not_read("名单.pdf").found
    assert (one.severity, one.place) == (Severity.BLOCK, "附件《名单.pdf》")
    assert "还在检查" in one.message
    assert not one.waivable


def test_keys_tell_concerns_apart() -> None:
    concerns = tuple(Concern(Kind.HIDDEN, f"工作表“{name}”", name, "隐藏。") for name in "甲乙")
    assert len({one.key for one in told(concerns=concerns).found}) == 2
