"""The words people read: Chinese punctuation is full-width, and no phrase says nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree
from town_portal.settings.rules.catalogue import CATALOGUE

CHINESE = "\u4e00-\u9fff“”‘’《》、。，：；？（）…"
HALF_WIDTH = re.compile(rf"[{CHINESE}][,:;?!()]|[,:;?!()][{CHINESE}]")
EXCLAIMED = re.compile(rf"！|[{CHINESE}]!")

SAYS_NOTHING = ("操作成功", "操作失败", "非法", "参数错误", "系统异常", "请稍后再试", "未知错误", "提交成功")

# Rooms full of patterns of how people write, half-width marks included.
LINGUISTS = {"checks", "values", "word"}

# What looks like a half-width mark and is none: patterns, and tables as they stand in a file.
NO_PROSE = {
    "town_portal/submissions/rules/plain_text.py": ("【图(\\d+)】([^|｜]*)(?:[|｜](.*))?", "【表(\\d+)】"),
    "town_portal/workdays/rules/notice_file.py": ("日期,上班,名称", "(\\d{4})[-/年.](\\d{1,2})[-/月.](\\d{1,2})日?"),
    "templates/workdays/new_notice.html": (
        "日期,上班,名称", "2026-10-01,0,国庆节放假", "2026-10-02,0,国庆节放假", "2026-10-10,1,调休上班",
    ),
}  # fmt: skip


def of_python() -> Iterator[tuple[str, str]]:
    """(place, text) of every string of the house that has Chinese in it."""
    for path in tree.modules():
        if path.parent.name in LINGUISTS:
            continue
        for line, text in tree.sentences(path):
            if re.search(r"[\u4e00-\u9fff]", text):
                yield f"{tree.name_of(path)}:{line}", text


def of_templates() -> Iterator[tuple[str, str]]:
    """(place, text) of every template line, comments taken out, placeholders as ``□``."""
    for path in tree.templates():
        words = _without_code(path)
        for number, line in enumerate(words.split("\n"), 1):
            if re.search(r"[\u4e00-\u9fff]", line):
                yield f"{tree.name_of(path)}:{number}", line


def _without_code(path: Path) -> str:
    """A template's text: strings inside its code stay, the code itself goes."""
    words = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL)

    def strings(found: re.Match[str]) -> str:
        inner = re.findall(r'"([^"]*)"|\'([^\']*)\'', found[0])
        said = "\x00".join(one or other for one, other in inner)
        mark = "□" if found[0].startswith("{{") else "\x00"
        return f"{mark}\x00{said}\x00{mark}" + "\n" * found[0].count("\n")

    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", strings, words, flags=re.DOTALL)


TEXTS = [*of_python(), *of_templates()]


def _prose(place: str, text: str) -> str:
    for quoted in NO_PROSE.get(place.split(":", maxsplit=1)[0], ()):
        text = text.replace(quoted, "")
    return text


def test_there_are_texts() -> None:
    assert len(TEXTS) > 500


def test_punctuation_beside_chinese_is_full_width() -> None:
    found = [f"{place}: {text.strip()[:120]}" for place, text in TEXTS if HALF_WIDTH.search(_prose(place, text))]
    assert not found, "\n".join(found)


def test_nobody_is_shouted_at() -> None:
    found = [f"{place}: {text.strip()[:80]}" for place, text in TEXTS if EXCLAIMED.search(_prose(place, text))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("phrase", SAYS_NOTHING)
def test_every_message_says_what_happened(phrase: str) -> None:
    found = [place for place, text in TEXTS if phrase in text]
    assert not found, found


def test_the_settings_speak_chinese() -> None:
    for key in CATALOGUE:
        setting = CATALOGUE[key]
        assert re.search(r"[\u4e00-\u9fff]", setting.label), key
        assert not HALF_WIDTH.search(setting.label), key


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("办完了,请回", True),
        ("共 3 件", False),
        ("时间:□", True),
        ("（工作时间）", False),
        ("周一(放假)", True),
        ("10:31 到", False),
        ("好!", True),
    ],
)
def test_the_test_itself(text: str, *, wrong: bool) -> None:
    assert bool(HALF_WIDTH.search(text)) is wrong
