"""Folders that leave the house."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest

from town_portal.releases.rules.parcel import (
    LIST,
    Part,
    facts,
    lines,
    listed,
    numbered,
    packed,
    tame,
    tame_file,
    without_doubles,
)

AT = datetime(2026, 4, 16, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "name"),
    [("洛洞村春耕", "洛洞村春耕"), ("../../etc/passwd", "etc_passwd"), ('甲:乙*"丙"?', "甲_乙_丙"), ("CON", "_CON"),
     ("com1.txt", "_com1.txt"), ("  . ", "未命名"), ("文\u202e档", "文档"), ("长" * 90, "长" * 60)],
)  # fmt: skip
def test_names_are_those_windows_takes(words: str, name: str) -> None:
    assert tame(words) == name


def test_numbers_and_endings_stay() -> None:
    assert numbered(3, "春/耕", ".jpg") == "03-春_耕.jpg"
    assert tame_file("名单/一.xlsx") == "名单_一.xlsx"
    assert tame_file("没有后缀") == "没有后缀"


def test_the_same_name_twice_is_told_apart() -> None:
    found = without_doubles([Part("附件/A.pdf", b"1"), Part("附件/a.pdf", b"2"), Part("附件/A.pdf", b"3")])
    assert [one.name for one in found] == ["附件/A.pdf", "附件/a（2）.pdf", "附件/A（3）.pdf"]


def test_the_list_holds_every_digest_and_the_bytes_are_always_the_same() -> None:
    parts = [Part("正文.txt", "你好".encode()), Part("信息要素.json", facts({"标题": "甲"}))]
    inside = listed(parts, ("标题",))
    content = packed("文件夹", [*parts, inside], AT)
    assert content == packed("文件夹", [*parts, inside], AT)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert package.namelist() == ["文件夹/正文.txt", "文件夹/信息要素.json", f"文件夹/{LIST}"]
        told = package.read(f"文件夹/{LIST}").decode("utf-8-sig")
    assert all(hashlib.sha256(part.content).hexdigest() in told for part in parts)


def test_facts_for_people() -> None:
    assert "附件：甲、乙" in lines({"附件": ["甲", "乙"]}).decode("utf-8-sig")
