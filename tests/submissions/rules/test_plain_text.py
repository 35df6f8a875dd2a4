"""The text as plain typing and back, without losing anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from town_portal.submissions.rules.markup import blocks, sanitised, words
from town_portal.submissions.rules.plain_text import from_text, to_text

TOKEN = "a" * 32
OTHER = "b" * 32
PICTURE = f'<figure><img src="/files/{TOKEN}" alt="画面" width="8" height="6"><figcaption>说明</figcaption></figure>'
SECOND = f'<figure><img src="/files/{OTHER}" alt="另一幅"><figcaption>另一个</figcaption></figure>'
TABLE = "<table><tbody><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("<p>一段</p><p>二段</p>", "一段\n\n二段"),
        ("<h2>大</h2><h3>小</h3>", "## 大\n\n### 小"),
        ("<ul><li><p>甲</p></li><li><p>乙</p></li></ul>", "- 甲\n- 乙"),
        ("<ol><li><p>甲</p></li><li><p>乙</p></li></ol>", "1. 甲\n2. 乙"),
        (PICTURE, "【图1】说明|画面"),
        (TABLE, "【表1】"),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
    ],
)
def test_there_and_back(stored: str, typed: str) -> None:
    assert to_text(stored) == typed
    assert from_text(typed, stored) == stored


def test_what_is_unchanged_keeps_its_markup() -> None:
    base = '<p>有<strong>粗</strong>字</p><p class="ta-center">居中</p>'
    assert from_text("有粗字\n新的一段\n居中", base) == (
        '<p>有<strong>粗</strong>字</p><p>新的一段</p><p class="ta-center">居中</p>'
    )


def test_captions_are_written_and_pictures_move_and_go() -> None:
    base = PICTURE + SECOND
    moved = from_text("【图2】新说明｜新画面\n【图1】说明|画面", base)
    assert [(block.token, block.text, block.alt) for block in blocks(moved)] == [
        (OTHER, "新说明", "新画面"),
        (TOKEN, "说明", "画面"),
    ]
    assert 'width="8" height="6"' in moved
    assert TOKEN not in from_text("【图2】另一个|另一幅", base)


def test_a_picture_or_table_that_is_not_there_stays_words() -> None:
    assert from_text("【图3】谁|什么\n【表1】", PICTURE) == "<p>【图3】谁|什么</p><p>【表1】</p>"


def test_markup_that_is_typed_is_text() -> None:
    typed = '<script>alert(1)</script>\n【图1】<b>说明</b>|"><img src=x onerror=alert(1)>'
    html = from_text(typed, PICTURE)
    assert "<script" not in html
    assert blocks(html)[1].alt == '"><img src=x onerror=alert(1)>'
    assert sanitised(html).count("<img") == 1
    assert words(sanitised(html)).startswith("<script>alert(1)</script>")


def test_windows_line_ends_and_blank_lines() -> None:
    assert from_text("一\r\n\r\n\r\n二\r\n") == "<p>一</p><p>二</p>"
    assert from_text("  \n") == ""


LINES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="#-•【0123456789"), min_size=1, max_size=12
)


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=6))
def test_typed_paragraphs_come_back(lines: list[str]) -> None:
    stored = sanitised(from_text("\n".join(lines)))
    assert to_text(stored) == "\n\n".join(lines)
    assert sanitised(from_text(to_text(stored), stored)) == stored


def test_rows_between_bars_become_a_table() -> None:
    typed = "收支如下：\n| 项目 | 金额（元） |\n| 路灯<电费> | 【金额】 |\n｜合计｜ ｜\n完。"
    assert from_text(typed) == (
        "<p>收支如下：</p><table><thead><tr><th>项目</th><th>金额（元）</th></tr></thead><tbody>"
        "<tr><td>路灯&lt;电费&gt;</td><td>【金额】</td></tr><tr><td>合计</td><td></td></tr></tbody></table><p>完。</p>"
    )


def test_a_table_that_was_typed_keeps_its_place_afterwards() -> None:
    stored = from_text("| 甲 | 乙 |\n| 一 | 二 |")
    assert to_text(stored) == "【表1】"
    assert from_text("前\n【表1】", stored) == f"<p>前</p>{stored}"
