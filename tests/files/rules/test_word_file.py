"""Word files as clerks send them, and as nobody should."""

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files.rules import word_samples as w
from tests.files.rules.word_samples import cell, document, image, item, level, numbering, p, picture, row, t, table
from tests.stopwatch import stopped
from town_portal.files.rules import package
from town_portal.files.rules.word.numbering import chinese, written
from town_portal.files.rules.word_file import Imported, read
from town_portal.foundation.errors import Refused
from town_portal.submissions.rules import markup

A = {"a.png": image()}
TWO = {"a.png": image(), "b.jpeg": image("JPEG")}
DECIMAL = level(0, "decimal", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%3.")
BULLETS = level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + level(2, "bullet", "\uf0a7")
CHINESE = level(0, "japaneseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")


def imported(body: str, *args, **parts) -> Imported:
    """A document with that body, read."""
    return read(document(body, *args, **parts), "稿子.docx")


def html(body: str, *args, **parts) -> str:
    return imported(body, *args, **parts).html


def figure(caption: str = "", place: int = 0) -> str:
    return f'<figure><img src="picture:{place}" alt=""><figcaption>{caption}</figcaption></figure>'


# -- paragraphs and words


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (p("　　各村要抓好落实。"), "<p>各村要抓好落实。</p>"),
        (p("一段") + p() + p("  ") + p("　") + p("二段"), "<p>一段</p><p>二段</p>"),
        (p("a < b & c > d"), "<p>a &lt; b &amp; c &gt; d</p>"),
        (p("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>"), "<p>一 二</p>"),
        (p("<w:r><w:t>一</w:t><w:br/><w:t>　　二</w:t><w:br/><w:br/></w:r>"), "<p>一<br>二</p>"),
        (p("一", '<w:r><w:br w:type="page"/></w:r>'), "<p>一</p>"),
        (p("<w:r><w:t>软</w:t><w:softHyphen/><w:t>连\u00ad字\u200b\ufeff</w:t></w:r>"), "<p>软连字</p>"),
        (p("<w:r><w:t>0763</w:t><w:noBreakHyphen/><w:t>123</w:t></w:r>"), "<p>0763-123</p>"),
        (p("多    个 \u00a0 空格  "), "<p>多 个 空格</p>"),
        (p("居中", align="center"), '<p class="ta-center">居中</p>'),
        (p("落款", align="right"), '<p class="ta-right">落款</p>'),
        (p("落款", align="end"), '<p class="ta-right">落款</p>'),
        (p("两端", align="both"), "<p>两端</p>"),
        (p("　" * 14 + "汤塘镇人民政府"), '<p class="ta-right">汤塘镇人民政府</p>'),
        (p("汤塘镇", more='<w:ind w:leftChars="1600" w:left="5120"/>'), '<p class="ta-right">汤塘镇</p>'),
        (p("缩进", more='<w:ind w:firstLineChars="200" w:firstLine="640"/>'), "<p>缩进</p>"),
    ],
)
def test_paragraphs_keep_their_words_and_lose_the_junk(body: str, shown: str) -> None:
    assert html(body + p("尾")) == shown + "<p>尾</p>"


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ("<w:b/>", "<strong>字</strong>"),
        ('<w:b w:val="0"/>', "字"),
        ('<w:b w:val="false"/>', "字"),
        ("<w:i/>", "<em>字</em>"),
        ('<w:u w:val="single"/>', "<u>字</u>"),
        ('<w:u w:val="none"/>', "字"),
        ('<w:vertAlign w:val="superscript"/>', "<sup>字</sup>"),
        ('<w:vertAlign w:val="subscript"/>', "<sub>字</sub>"),
        ('<w:b/><w:i/><w:u w:val="wave"/>', "<strong><em><u>字</u></em></strong>"),
        ('<w:rFonts w:ascii="Calibri"/><w:color w:val="FF0000"/><w:sz w:val="28"/><w:lang w:val="en-US"/>', "字"),
    ],
)
def test_marks_that_mean_something_stay(look: str, shown: str) -> None:
    assert html(p("前", t("字", look), "后")) == f"<p>前{shown}后</p>"


def test_runs_that_look_alike_are_joined() -> None:
    assert html(p(w.bold("一"), "<w:proofErr/>", t(" "), w.bold("二"), "三")) == "<p><strong>一 二</strong>三</p>"


def test_a_symbol_font_is_translated_or_told() -> None:
    done = imported(p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "已办\uf0a3未办\uf001"))
    assert done.html == "<p>☑已办□未办</p>"
    assert done.report.dropped == ["网页不能显示的特殊符号 1 个"]


def test_ruby_shows_its_base() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{t('tang')}</w:rt><w:rubyBase>{t('汤')}</w:rubyBase></w:ruby></w:r>"
    assert html(p(ruby, "塘")) == "<p>汤塘</p>"


def test_styles_that_turn_in_a_circle_end() -> None:
    assert html(p("字", style="loop")) == "<p><strong>字</strong></p>"


# -- links and fields


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://www.gov.cn/a?b=1&c=2", '<a href="https://www.gov.cn/a?b=1&amp;c=2">字</a>'),
        ("mailto:a@b.cn", '<a href="mailto:a@b.cn">字</a>'),
        ("javascript:alert(1)", "字"),
        ("file:///C:/a.doc", "字"),
        ("data:text/html,x", "字"),
        ('https://a.cn/"onclick="x', "字"),
    ],
)
def test_only_links_to_pages_and_mail_stay(target: str, shown: str) -> None:
    link = '<w:hyperlink r:id="rId9">' + t("字", '<w:rStyle w:val="link"/>') + "</w:hyperlink>"
    done = imported(p(link), relations=w.relation("rId9", "hyperlink", target, outside=True))
    assert done.html == f"<p>{shown}</p>"
    assert done.report.changed == ([] if "<a" in shown else ["链接 1 个不是网页或邮箱地址，只留下文字"])


def test_a_link_to_a_bookmark_is_plain_words() -> None:
    done = imported(p('<w:hyperlink w:anchor="_Toc1"><w:r><w:t>见下</w:t></w:r></w:hyperlink>'))
    assert done.html == "<p>见下</p>"
    assert done.report.changed == []


def test_fields_show_the_result_and_not_the_code() -> None:
    assert html(p("共", w.field(" =SUM(ABOVE) ", t("30")), "户")) == "<p>共30户</p>"
    assert html(p(w.field(' HYPERLINK "https://a.cn/x" ', t("网站")))) == '<p><a href="https://a.cn/x">网站</a></p>'
    assert html(p('<w:fldSimple w:instr="DATE">', t("3月5日"), "</w:fldSimple>")) == "<p>3月5日</p>"


def test_page_numbers_and_contents_are_dropped() -> None:
    contents = (
        p("目  录", align="center")
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "一、总则 1", style="toc1")
        + p("二、附则 2", style="toc1")
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    )  # fmt: skip
    done = imported(contents + p("正文") + p("第", w.field("PAGE", t("7")), "页"))
    assert done.html == "<p>正文</p><p>第页</p>"
    assert done.report.dropped == ["目录", "正文里的页码 1 处"]


def test_a_contents_control_is_dropped() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('一、总则 1')}</w:sdtContent></w:sdt>"
    done = imported(control + p("正文"))
    assert (done.html, done.report.dropped) == ("<p>正文</p>", ["目录"])


def test_a_field_without_end_swallows_nothing() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = p(opened, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "一") + p("二") + p("三")
    assert html(body) == "<p>一</p><p>二</p><p>三</p>"
    assert html(p(opened) + p("二")) == "<p>二</p>"


def test_a_circled_sign_in_a_field_code_is_told() -> None:
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,9)</w:instrText></w:r>'
    done = imported(p("第", code, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "组"))
    assert done.html == "<p>第组</p>"
    assert done.report.dropped == ["没有结果的域 1 处（如带圈字），请核对：eq \\o\\ac(○,9)"]


def test_content_controls_show_their_words_but_not_their_prompts() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    done = imported(p("村名：", control.format("", t("汤塘")), control.format("<w:showingPlcHdr/>", t("单击此处"))))
    assert done.html == "<p>村名：汤塘</p>"
    assert done.report.dropped == ["没有填写的提示文字 1 处"]


# -- headings and title


def test_headings_by_style_name() -> None:
    body = (
        p("甲", style="1")
        + p("乙", style="2")
        + p("丙", style="3")
        + p("丁", style="4")
        + p("正文")
        + p("戊", style="1")
    )
    assert html(body) == "<h2>甲</h2><h3>乙</h3><h3>丙</h3><h3>丁</h3><p>正文</p><h2>戊</h2>"


def test_the_highest_heading_in_use_is_the_first_rank() -> None:
    assert html(p("甲", style="own") + p("文") + p("乙", style="3")) == "<h2>甲</h2><p>文</p><h3>乙</h3>"
    assert html(p("甲", style="biaoti") + p("文")) == "<h2>甲</h2><p>文</p>"


def test_headings_by_outline_level() -> None:
    assert html(p("文") + p("甲", more='<w:outlineLvl w:val="1"/>')) == "<p>文</p><h2>甲</h2>"
    assert html(p("文") + p("甲", more='<w:outlineLvl w:val="9"/>')) == "<p>文</p><p>甲</p>"


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        (w.bold("一、提高认识"), "<h2>一、提高认识</h2>"),
        (w.font("二、加强领导", "黑体"), "<h2>二、加强领导</h2>"),
        (w.font("十一、其他", "方正黑体_GBK"), "<h2>十一、其他</h2>"),
        (w.font("（一）加强领导。", "楷体_GB2312"), "<h3>（一）加强领导。</h3>"),
        (w.font("(二)分工", "KaiTi"), "<h3>(二)分工</h3>"),
        (w.font("一、正文", "仿宋_GB2312"), "<p>一、正文</p>"),
        (w.font("一、雅黑", "微软雅黑"), "<p>一、雅黑</p>"),
        (w.bold("一、" + "长" * 40), f"<p><strong>一、{'长' * 40}</strong></p>"),
        (w.bold("（一）加强领导。") + t("各村要落实。"), "<p><strong>（一）加强领导。</strong>各村要落实。</p>"),
        (w.bold("一心一意"), "<p><strong>一心一意</strong></p>"),
    ],
)
def test_headings_by_form(run: str, shown: str) -> None:
    assert html(p("开头") + p(run)) == f"<p>开头</p>{shown}"


def test_a_long_paragraph_in_a_heading_style_is_text() -> None:
    done = imported(p("文") + p("长" * 81, style="1"))
    assert done.html == f"<p>文</p><p><strong>{'长' * 81}</strong></p>"
    assert "用了标题样式的长段落 1 段已当作正文" in done.report.changed


BIG = '<w:sz w:val="44"/>'


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (p("关于防火的通知", style="title"), "关于防火的通知"),
        (p(t("关于做好", BIG), align="center") + p(t("防火的通知", BIG), align="center"), "关于做好防火的通知"),
        (p(t("汤塘镇人民政府文件", BIG), align="center") + p("汤府〔2026〕3号", align="center")
         + p(t("关于防火的通知", BIG), align="center"), "关于防火的通知"),
        (p(w.bold("防火工作简讯"), align="center"), "防火工作简讯"),
        (p("防火工作简讯", style="1"), "防火工作简讯"),
        (p(t("防火工作简讯", BIG)), ""),
        (p("防火工作简讯"), ""),
        (p("一", style="1") + p("二") + p("三", style="1"), ""),
        (p(t("长" * 81, BIG), align="center"), ""),
    ],
)  # fmt: skip
def test_the_title_is_taken_where_it_clearly_is_one(body: str, title: str) -> None:
    done = imported(body + p("各村：") + p("请抓好落实，确保安全，不得有误。"))
    assert done.title == title
    assert (f"标题：{title}" in done.report.kept) == bool(title)
    assert not title or title not in done.html


# -- lists and numbers


def test_bullets_and_figures_become_lists() -> None:
    body = item("甲", 1) + item("乙", 1) + p("中") + item("丙", 2) + item("丁", 2)
    assert html(body, numbering=numbering(DECIMAL, BULLETS)) == (
        "<ol><li>甲</li><li>乙</li></ol><p>中</p><ul><li>丙</li><li>丁</li></ul>"
    )


def test_lists_are_two_ranks_deep_at_most() -> None:
    body = item("甲", 1) + item("乙", 1, 1) + item("丙", 1, 2) + item("丁", 1) + item("戊", 1, 1)
    done = imported(body, numbering=numbering(BULLETS))
    assert done.html == "<ul><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁<ul><li>戊</li></ul></li></ul>"
    assert done.report.changed == ["多级列表 1 处已并成两级"]
    assert done.report.kept == ["列表 1 个"]


def test_numbers_that_word_draws_are_written() -> None:
    body = item("总则", 1) + item("目的", 1, 1) + item("范围", 1, 1) + item("附则", 1)
    done = imported(body, numbering=numbering(CHINESE))
    assert done.html == "<p>一、总则</p><p>（一）目的</p><p>（二）范围</p><p>二、附则</p>"
    assert done.report.changed == ["自动编号 4 处已写成文字（如“一、”）"]


def test_numbers_that_word_draws_make_headings() -> None:
    body = p("文") + item("总则", 1, look="<w:b/>") + item("目的", 1, 1, look='<w:rFonts w:eastAsia="楷体"/>')
    assert html(body, numbering=numbering(CHINESE)) == "<p>文</p><h2>一、总则</h2><h3>（一）目的</h3>"


def test_a_heading_style_brings_its_number() -> None:
    styles = w.style("9", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    own = numbering(level(0, "decimal", "第%1章", more='<w:pStyle w:val="9"/>'))
    assert html(p("总则", style="9") + p("文") + p("附则", style="9"), styles=styles, numbering=own) == (
        "<h2>第1章 总则</h2><p>文</p><h2>第2章 附则</h2>"
    )


def test_a_list_that_text_interrupts_keeps_its_numbers_as_words() -> None:
    body = item("甲", 1) + p("说明") + item("乙", 1)
    assert html(body, numbering=numbering(DECIMAL)) == "<p>1. 甲</p><p>说明</p><p>2. 乙</p>"


def test_numbers_of_two_levels_are_written() -> None:
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    body = item("甲", 1) + item("乙", 1, 1) + item("丙", 1, 1)
    assert "<p>1.1 乙</p><p>1.2 丙</p>" in html(body, numbering=numbering(levels))


def test_a_list_starts_again_or_elsewhere() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    lists = numbering(level(0, "decimal", "（%1）"), more=f"{again}</w:lvlOverride></w:num>")
    assert html(item("甲", 1) + item("乙", 1) + item("丙", 2) + item("丁", 2), numbering=lists) == (
        "<p>（1）甲</p><p>（2）乙</p><p>（1）丙</p><p>（2）丁</p>"
    )
    assert html(item("甲", 1), numbering=numbering(level(0, "decimal", "%1.", start=5))) == "<p>5. 甲</p>"


def test_list_number_zero_and_unknown_lists_have_no_number() -> None:
    assert html(item("甲", 0) + item("乙", 99), numbering=numbering(DECIMAL)) == "<p>甲</p><p>乙</p>"


def test_a_list_in_a_cell_is_written() -> None:
    body = table(row(cell(item("甲", 1) + item("乙", 1)), "丙"))
    assert "<td>1. 甲<br>2. 乙</td><td>丙</td>" in html(body, numbering=numbering(DECIMAL))


@pytest.mark.parametrize(
    ("count", "form", "words"),
    [
        (11, "chineseCounting", "十一"), (20, "japaneseCounting", "二十"), (101, "chineseCountingThousand", "一百零一"),
        (1010, "chineseCounting", "一千零一十"), (12, "ideographDigital", "一二"), (3, "ideographTraditional", "丙"),
        (10, "decimalEnclosedCircleChinese", "⑩"), (99, "decimalEnclosedCircle", "99"), (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"), (2, "upperLetter", "B"), (27, "lowerLetter", "27"), (5, "decimalZero", "05"),
        (12, "decimalFullWidth", "１２"), (3, "chineseLegalSimplified", "叁"), (7, "none", ""), (7, "hindiVowels", "7"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_list_says(count: int, form: str, words: str) -> None:
    assert written(count, form) == words


def test_chinese_numbers() -> None:
    assert [chinese(n) for n in (0, 1, 10, 19, 100, 110, 1001, 9999, 10_000)] == (
        "零 一 十 十九 一百 一百一十 一千零一 九千九百九十九 10000".split()
    )


# -- tables


def test_merged_cells() -> None:
    down, over = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    body = table(
        row(cell("村", down), cell("人口", over)),
        row(cell("", "<w:vMerge/>"), "男", "女"),
        row("汤塘", "10", "12"),
    )
    assert html(body) == (
        '<table><tbody><tr><td rowspan="2">村</td><td colspan="2">人口</td></tr>'
        "<tr><td>男</td><td>女</td></tr><tr><td>汤塘</td><td>10</td><td>12</td></tr></tbody></table>"
    )


def test_old_wps_joins_cells_sideways() -> None:
    body = table(row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"))
    assert '<td colspan="2">甲</td><td>乙</td>' in html(body)  # fmt: skip


def test_a_join_without_beginning_is_a_cell() -> None:
    assert "<td>甲</td><td>乙</td>" in html(table(row(cell("甲", "<w:vMerge/>"), "乙")))


def test_rows_that_begin_later_have_an_empty_cell() -> None:
    body = table(row("一", "二", "三"), row("四", shape='<w:gridBefore w:val="1"/><w:gridAfter w:val="999999999"/>'))
    assert '<tr><td></td><td>四</td><td colspan="63"></td></tr>' in html(body)


def test_a_marked_header_row_is_a_header() -> None:
    body = table(row(cell(p(w.bold("村"), align="center")), "户", shape="<w:tblHeader/>"), row("甲", "1"))
    assert html(body) == (
        '<table><thead><tr><th class="ta-center">村</th><th>户</th></tr></thead>'
        "<tbody><tr><td>甲</td><td>1</td></tr></tbody></table>"
    )


def test_a_header_that_reaches_into_the_body_is_none() -> None:
    down = '<w:vMerge w:val="restart"/>'
    body = table(row(cell("村", down), "户", shape="<w:tblHeader/>"), row(cell("", "<w:vMerge/>"), "1"))
    assert "<th" not in html(body)


def test_a_cell_keeps_lines_and_alignment() -> None:
    body = table(row(cell(p("一", align="center") + p("二", align="center")), cell(p(w.bold("三"), align="right"))))
    assert '<td class="ta-center">一<br>二</td><td class="ta-right"><strong>三</strong></td>' in html(body)


def test_a_table_in_a_table_becomes_words() -> None:
    done = imported(table(row(cell(table(row("甲", "乙"), row("丙", "丁")) + p("戊")), "己")))
    assert "<td>甲　乙<br>丙　丁<br>戊</td><td>己</td>" in done.html
    assert done.report.changed == ["表格里套的表格 1 个已并成单元格里的文字"]
    assert done.report.kept == ["表格 1 个"]


def test_a_table_of_one_cell_becomes_paragraphs() -> None:
    done = imported(table(row(cell(p("一") + p("二")))))
    assert done.html == "<p>一</p><p>二</p>"
    assert done.report.changed == ["只用来排版的表格 1 个已改成普通段落"]


def test_an_empty_table_is_dropped() -> None:
    done = imported(p("文") + table(row("", ""), row("", "")))
    assert (done.html, done.report.dropped) == ("<p>文</p>", ["空表格 1 个"])


def test_a_table_of_photos_becomes_pictures_with_captions() -> None:
    photos = row(cell(p(picture())), cell(p(picture("rId11"))))
    done = imported(table(photos, row("会议现场", "走访现场")), TWO)
    assert done.html == figure("会议现场") + figure("走访现场", 1)
    assert done.report.changed == ["放照片的表格 1 个已改成一张一张的图片"]


def test_a_picture_in_a_table_of_figures_moves_behind_it() -> None:
    done = imported(table(row("姓名", "照片"), row("张三", cell(p(picture())))), A)
    assert done.html.endswith(f"<td></td></tr></tbody></table>{figure()}")
    assert "表格里的图片 1 张已移到表格后面" in done.report.changed


def test_rows_in_content_controls_are_rows() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('丙', '丁')}</w:sdtContent></w:sdt>"
    assert "<tr><td>丙</td><td>丁</td></tr>" in html(table(row("甲", "乙"), wrapped))


def test_a_deleted_row_is_gone() -> None:
    done = imported(table(row("甲", "乙"), row("丙", "丁", shape='<w:del w:author="李"/>'), row("戊", "己")))
    assert "丙" not in done.html
    assert done.report.warnings == ["修订：已按“接受修订”处理，删除 1 处，请核对"]


# -- pictures and captions


@pytest.mark.parametrize(
    "caption",
    ["图1 会议现场", "图为志愿者清理河道", "照片：走访现场", "▲志愿者在行动", "△巡查", "（图片由镇宣传办提供）"],
)
def test_a_caption_under_or_over_a_picture_is_not_repeated(caption: str) -> None:
    assert html(p("文") + p(picture()) + p(caption) + p("尾"), A) == f"<p>文</p>{figure(caption)}<p>尾</p>"
    assert html(p("文") + p(caption) + p(picture()) + p("尾"), A) == f"<p>文</p>{figure(caption)}<p>尾</p>"


@pytest.mark.parametrize("text", ["图书室已经开放。", "下一步，各村要继续抓好落实。", "图" + "长" * 60])
def test_ordinary_text_under_a_picture_is_no_caption(text: str) -> None:
    assert html(p(picture()) + p(text), A) == figure() + f"<p>{text}</p>"


def test_small_centred_words_under_a_picture_are_its_caption() -> None:
    small = p(t("巡查现场", '<w:sz w:val="21"/>'), align="center")
    assert html(p("正文") + p(picture(), align="center") + small, A) == f"<p>正文</p>{figure('巡查现场')}"
    assert html(p(picture()) + p("巡查现场", style="caption"), A) == figure("巡查现场")


def test_a_caption_in_the_paragraph_of_the_picture() -> None:
    assert html(p(picture(), "<w:r><w:br/></w:r>", "图1 会议"), A) == figure("图1 会议")


def test_as_many_captions_as_pictures_in_a_row() -> None:
    body = p(picture(), picture("rId11")) + p("图1 会议") + p("图2 走访") + p("文")
    assert html(body, TWO) == f"{figure('图1 会议')}{figure('图2 走访', 1)}<p>文</p>"


def test_one_caption_under_several_pictures_belongs_to_the_last() -> None:
    done = imported(p(picture()) + p(picture("rId11")) + p("图为会议现场") + p("文"), TWO)
    assert done.html == f"{figure()}{figure('图为会议现场', 1)}<p>文</p>"
    assert "第 1 张图片没有说明，请补写" in done.report.warnings


def test_pictures_come_as_they_are_and_in_order() -> None:
    done = imported(p("文", picture("rId11"), "字") + p(picture()) + p(picture("rId11")) + p("尾" * 20), TWO)
    assert done.pictures == [TWO["b.jpeg"], TWO["a.png"]]
    assert re.findall(r"picture:(\d)", done.html) == ["0", "1", "0"]
    assert done.report.warnings == ["第 1、2 张图片没有说明，请补写"]
    assert "图片 3 张（有说明的 0 张）" in done.report.kept


def test_an_old_picture_is_a_picture() -> None:
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="rId10" o:title=""/></v:shape></w:pict></w:r>'
    assert html(p(old) + p("图1 会议"), A) == figure("图1 会议")


def test_a_cut_picture_is_told() -> None:
    done = imported(p(picture(inside='<a:srcRect l="1200" t="0"/>')) + p("图1 会议"), A)
    assert "第 1 张图片在 Word 里裁剪过，带进来的是没有裁剪的原图，请核对" in done.report.warnings
    assert "裁剪" not in str(imported(p(picture(inside='<a:srcRect l="0"/>')), A).report)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.emf", b"\x01\x00\x00\x00 EMF", "EMF、WMF 图 1 张网页不能显示，请截图后另传"),
        ("a.wmf", b"\xd7\xcd\xc6\x9a", "EMF、WMF 图 1 张网页不能显示，请截图后另传"),
        ("a.png", b"<svg onload='x'/>", "图片 1 张格式不认识或已损坏，请另传"),
        ("a.png", b"%PDF-1.7", "图片 1 张格式不认识或已损坏，请另传"),
        ("a.tiff", b"II*\x00", "图片 1 张格式不认识或已损坏，请另传"),
    ],
)
def test_pictures_that_cannot_be_shown_are_told(name: str, content: bytes, line: str) -> None:
    done = imported(p("文") + p(picture()), {name: content})
    assert (done.html, done.pictures, done.report.dropped) == ("<p>文</p>", [], [line])


def test_a_picture_from_elsewhere_is_never_fetched() -> None:
    outside = w.relation("rId9", "image", "http://127.0.0.1:9/a.png", outside=True)
    for way, number in (("r:link", "rId9"), ("r:embed", "rId9"), ("r:link", "rIdNone")):
        done = imported(p("文") + p(picture(number, way=way)), relations=outside)
        assert done.html == "<p>文</p>"
        assert done.pictures == []
        assert len(done.report.dropped) == 1


def test_a_picture_without_bytes_is_told() -> None:
    done = imported(p("文") + p(picture("rId9")), relations=w.relation("rId9", "image", "NULL"))
    assert done.report.dropped == ["图片 1 张格式不认识或已损坏，请另传"]


def test_a_target_cannot_leave_the_file() -> None:
    done = imported(p("文") + p(picture("rId9")), relations=w.relation("rId9", "image", "../../../../etc/passwd"))
    assert done.pictures == []


def test_a_picture_by_whole_path_and_other_case() -> None:
    whole = w.relation("rId9", "image", "/word/media/A.PNG")
    assert imported(p("文") + p(picture("rId9")), A, whole).pictures == [A["a.png"]]


def test_a_scan_is_told() -> None:
    done = imported(p(picture()), A)
    assert "文件里几乎没有文字，可能是扫描件：图片里的字查不了，请改成文字" in done.report.warnings


# -- text boxes, notes, margins


def test_a_text_box_is_read_once_and_stands_at_the_end() -> None:
    done = imported(p("前", w.text_box(p("框里的字"))) + p("后"))
    assert done.html == "<p>前</p><p>后</p><p>框里的字</p>"
    assert done.report.changed == ["文本框 1 个：里面的字已放到正文末尾"]


def test_an_old_text_box_and_a_box_in_a_box() -> None:
    box = f"<v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox>"
    old = f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"
    assert html(p("文", old)) == "<p>文</p><p>旧框</p>"
    done = imported(p("文", w.text_box(p("外", w.text_box(p("内"))))))
    assert sorted(re.findall("[外内]", done.html)) == ["内", "外"]


def test_a_picture_with_its_caption_in_a_box_stays_in_place() -> None:
    assert (
        html(p("前", w.text_box(p(picture()) + p("图1 会议"))) + p("后"), A)
        == f"<p>前</p>{figure('图1 会议')}<p>后</p>"
    )
    assert html(p(picture(), w.text_box(p("图1 会议"))) + p("后"), A) == f"{figure('图1 会议')}<p>后</p>"


def test_a_choice_without_content_gives_way_to_the_fallback() -> None:
    ink = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="aink"><w:drawing><w:contentPart/></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict><v:imagedata r:id="rId10"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )
    assert html(p("文") + p(ink), A) == f"<p>文</p>{figure()}"


def test_a_caption_in_a_box_of_its_own_under_a_picture_stays_there() -> None:
    found = html(p("甲") + p(picture()) + p(w.text_box(p("图为清理现场"))) + p("乙"), A)
    assert found == f"<p>甲</p>{figure('图为清理现场')}<p>乙</p>"


def test_lines_of_a_phone_become_paragraphs() -> None:
    """Where a line ends a sentence; the lines of an address stay together."""
    typed = (
        "<w:r><w:t>甲办了事。</w:t><w:br/><w:t>　　乙，</w:t><w:br/><w:t>丙：</w:t><w:br/><w:br/><w:t>丁</w:t></w:r>"
    )
    done = imported(p("子", w.bold("丑"), typed))
    assert done.html == "<p>子<strong>丑</strong>甲办了事。</p><p>乙，<br>丙：</p><p>丁</p>"
    assert "段内换行 2 处已改成分段" in done.report.changed
    assert html(p(typed, align="center")).count("<p") == 1


def test_words_above_the_title_are_told() -> None:
    done = imported(p("安全生产简报", align="center") + p("第 18 期") + p("洛洞村修好水渠", style="title") + p("文"))
    assert done.title == "洛洞村修好水渠"
    warning = "标题上面的文字 2 段（如版头）留在了正文开头，请核对要不要：安全生产简报；第 18 期"
    assert done.report.warnings == [warning]


def test_a_picture_behind_the_words_is_told() -> None:
    stamp = picture().replace("<wp:inline>", '<wp:anchor behindDoc="1">').replace("</wp:inline>", "</wp:anchor>")
    told = "衬在文字下面的图片 1 张（如公章、水印）也带进来了，请核对要不要"
    assert told in imported(p("文", stamp), A).report.warnings
    beside = stamp.replace('behindDoc="1"', 'behindDoc="0"')
    assert told not in imported(p("文", beside), A).report.warnings


def test_notes_stand_at_the_end() -> None:
    notes = f'<w:footnote w:id="1">{p(" 乙的说明")}</w:footnote><w:footnote w:id="2">{p("甲的说明")}</w:footnote>'
    marks = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    done = imported(p("甲", marks.format(2), "乙", marks.format(1)) + p("后"), footnotes=notes)
    assert done.html == "<p>甲乙</p><p>后</p><p>注：甲的说明</p><p>注：乙的说明</p>"
    assert done.report.changed == ["脚注、尾注 2 条已放到正文末尾，写成“注：…”"]


def test_margins_are_dropped_and_told_only_if_they_say_something() -> None:
    done = imported(p("文"), header=p("内部资料"), footer=p(w.field("PAGE", t("1"))))
    assert (done.html, done.report.dropped) == ("<p>文</p>", ["页眉、页脚"])
    assert imported(p("文"), header=p()).report.dropped == []


@pytest.mark.parametrize(
    ("run", "line"),
    [
        ("<w:r><w:object><v:shape><v:imagedata r:id='rId10'/></v:shape><o:OLEObject/></w:object></w:r>",
         "嵌入的对象（如 Excel 表）1 个，请作为附件另传"),
        ("<w:r><w:drawing><c:chart r:id='x'/></w:drawing></w:r>", "图表 1 个，请截图后另传"),
        ("<w:r><w:drawing><dgm:relIds r:dm='x'/></w:drawing></w:r>", "SmartArt 图形 1 个，请截图后另传"),
        ("<w:r><w:pict><v:shape><v:textpath string='热烈欢迎'/></v:shape></w:pict></w:r>", "艺术字 1 处：热烈欢迎"),
    ],
)  # fmt: skip
def test_embedded_things_are_told(run: str, line: str) -> None:
    done = imported(p("文", run), A)
    assert (done.html, done.report.dropped) == ("<p>文</p>", [line])


def test_an_equation_leaves_its_words() -> None:
    done = imported(p("面积", "<m:oMath><m:r><m:t>S=ab</m:t></m:r></m:oMath>", "。"))
    assert (done.html, done.report.changed) == ("<p>面积S=ab。</p>", ["公式 1 个只留下文字，请核对"])


def test_an_inserted_file_is_told() -> None:
    assert imported(p("文") + '<w:altChunk r:id="x"/>').report.dropped == ["插入的其他文件 1 个，请把内容复制进来"]


# -- comments, tracked changes, hidden and marked words


def test_tracked_changes_are_accepted_and_told() -> None:
    done = imported(p("一", w.inserted("新"), "二", w.deleted("旧"), "三", w.inserted("增")))
    assert done.html == "<p>一新二三增</p>"
    assert done.report.warnings == ["修订：已按“接受修订”处理，新增 2 处、删除 1 处，请核对"]


def test_changes_side_by_side_are_one() -> None:
    done = imported(
        p(w.deleted("旧"), w.deleted("字"), w.inserted("新"), '<w:bookmarkStart w:id="1"/>', w.inserted("词"))
    )
    assert done.report.warnings == ["修订：已按“接受修订”处理，新增 1 处、删除 1 处，请核对"]


def test_moved_words_stand_where_they_went() -> None:
    moved = f"<w:moveFrom>{t('甲')}</w:moveFrom>", f"<w:moveTo>{t('甲')}</w:moveTo>"
    done = imported(p(moved[0], "乙") + p("丙", moved[1]))
    assert done.html == "<p>乙</p><p>丙甲</p>"
    assert done.report.warnings == ["修订：已按“接受修订”处理，移动 1 处，请核对"]


def test_a_deleted_paragraph_end_joins_two() -> None:
    done = imported(p("上半", more='<w:rPr><w:del w:author="李"/></w:rPr>') + p("下半"))
    assert done.html == "<p>上半下半</p>"
    assert done.report.warnings == ["修订：已按“接受修订”处理，删除 1 处，请核对"]
    gone = imported(p(w.deleted("全删"), more='<w:rPr><w:del w:author="李"/></w:rPr>') + p("下半"))
    assert gone.html == "<p>下半</p>"


def test_comments_are_listed() -> None:
    one = f'<w:comment w:id="1" w:author="张三">{p("数据要核对")}</w:comment>'
    done = imported(
        p('<w:commentRangeStart w:id="1"/>', "文", '<w:r><w:commentReference w:id="1"/></w:r>'), comments=one
    )
    assert done.html == "<p>文</p>"
    assert done.report.warnings == ["批注 1 条没有带进来：张三：数据要核对"]
    many = imported(p("文"), comments=one * 9).report.warnings[0]
    assert many.startswith("批注 9 条")
    assert many.endswith(" 等")


def test_hidden_words_do_not_come_over() -> None:
    done = imported(
        p("文", t("身份证", "<w:vanish/>"), t("号码", "<w:vanish/>"), t("藏", "<w:rStyle w:val='secret'/>"))
    )
    assert done.html == "<p>文</p>"
    assert done.report.warnings == ["隐藏的文字 1 处没有带进来：身份证号码藏"]
    hidden = picture().replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert imported(p("文", hidden), A).pictures == []


def test_struck_and_marked_words_are_told() -> None:
    done = imported(p("原定", t("三月", "<w:strike/>"), t("四月", '<w:highlight w:val="yellow"/>')))
    assert done.html == "<p>原定三月四月</p>"
    assert done.report.warnings == [
        "带删除线的文字 1 处，删除线没有保留，请核对这些字还要不要：三月",
        "标了底色的文字 1 处，底色没有保留，请核对：四月",
    ]


# -- WPS, other editions, junk


def test_what_wps_writes() -> None:
    styles = w.style("1", "Normal", more='w:default="1"') + w.style("2", "标题 1") + w.style("5", "heading 2")
    body = (
        '<w:p wpsCustomData:x="1"><w:pPr><w:pStyle w:val="2"/><w:bidi w:val="0"/></w:pPr>'
        "<w:bookmarkStart w:id='0' w:name='_GoBack'/>" + t("总则", '<w:rFonts w:hint="eastAsia"/>') + "</w:p>"
        + p(t("正文", '<w:sz w:val="32.0"/>'), f'<w:smartTag w:element="date">{t("今天")}</w:smartTag>')
        + p("分则", style="5")
        + p("无此样式", style="404")
        + p("又一章", style="2")
    )  # fmt: skip
    assert html(body, styles=styles) == "<h2>总则</h2><p>正文今天</p><h3>分则</h3><p>无此样式</p><h2>又一章</h2>"


def test_the_strict_edition_is_read() -> None:
    parts = w.parts(p("文", align="end") + p(picture()), A)
    strict = {
        name: content.replace(
            "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
        )
        .replace("schemas.openxmlformats.org/drawingml/2006", "purl.oclc.org/ooxml/drawingml")
        .replace("schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument")
        if isinstance(content, str)
        else content
        for name, content in parts.items()
    }
    assert read(w.archive(strict), "a.docx").html == f'<p class="ta-right">文</p>{figure()}'


def test_utf_16_and_a_main_part_with_another_name() -> None:
    parts = w.parts(p("文"))
    parts["word/document2.xml"] = str(parts.pop(w.MAIN)).encode("utf-16")
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("document.xml", "document2.xml")
    assert read(w.archive(parts), "a.docx").html == "<p>文</p>"


def test_a_document_without_styles_or_relations() -> None:
    parts = w.parts(p("文", style="1"))
    for name in ("word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"):
        del parts[name]
    assert read(w.archive(parts), "a.docx").html == "<p>文</p>"


def test_looks_are_told_once() -> None:
    done = imported(p(t("红", '<w:color w:val="FF0000"/>'), t("大", '<w:sz w:val="80"/>')) * 3)
    assert done.report.changed == ["字体、字号、颜色改为网站的统一样式"]


def test_what_comes_out_is_what_the_town_keeps() -> None:
    body = (
        p("甲", style="1") + p(w.bold("字"), t("斜", "<w:i/>"), "a&b", align="center") + item("一", 1) + item("二", 1, 1)
        + table(row("村", "户", shape="<w:tblHeader/>"), row(cell("甲", '<w:gridSpan w:val="2"/>')))
        + p(picture()) + p("图1 会议 <现场>") + p("乙", style="2") + p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>")
    )  # fmt: skip
    done = imported(p("题", style="title") + body, A, numbering=numbering(DECIMAL))
    kept = done.html.replace("picture:0", "/files/" + "0" * 32)
    assert markup.sanitised(kept) == kept
    assert set(re.findall(r"<(\w+)", kept)) <= markup.TAGS
    assert done.report.kept == [
        "标题：题", "段落 2 段", "小标题 2 个", "列表 1 个", "表格 1 个", "图片 1 张（有说明的 1 张）",
    ]  # fmt: skip


def test_words_that_look_like_markup_stay_words() -> None:
    attack = '<script>alert(1)</script><img src=x onerror="x">'
    body = p(t(attack)) + p(picture()) + p(t("图1 " + attack)) + table(row(cell(p(t(attack))), cell(p(t(attack)))))
    shown = html(p(t("题" + attack), style="1") + p("文") + body + p("又", style="1"), A)
    assert "<script" not in shown
    assert shown.count("<img") == 1
    assert unescape(shown).count(attack) == 5


TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Z"], exclude_characters="‑"),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=12))
def test_random_paragraphs_survive_in_order(paragraphs: list[list[str]]) -> None:
    body = "".join(
        p(*(t(text, "<w:b/>" if place % 2 else "") for place, text in enumerate(each))) for each in paragraphs
    )
    done = imported(body)
    shown = re.sub(r"</?strong>", "", done.html)
    assert [unescape(each) for each in re.findall(r"<(?:p|h[23])>(.*?)</(?:p|h[23])>", shown)] == [
        "".join(each) for each in paragraphs
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("pbndth"), TEXT), min_size=1, max_size=15))
def test_random_documents_lose_no_words(pieces: list[tuple[str, str]]) -> None:
    ways = {
        "p": p,
        "b": lambda text: item(text, 2),
        "n": lambda text: item(text, 1),
        "d": lambda text: p(t(text), w.deleted("删")),
        "t": lambda text: table(row(cell(p(t(text))), "乙"), row("丙", "丁")),
        "h": lambda text: p(t(text), style="2"),
    }
    body = "".join(ways[way](text if way in "bn" else t(text) if way == "p" else text) for way, text in pieces)
    shown = unescape(re.sub(r"<[^<>]*>", "", html(body, numbering=numbering(DECIMAL, BULLETS))))
    place = 0
    for _, text in pieces:
        place = shown.index(text, place) + len(text)


# -- what is refused


def with_part(name: str, content: str | bytes = b"x") -> bytes:
    return w.archive({**w.parts(p("文")), name: content})


def with_body(inside: str, before: str = "") -> bytes:
    return w.archive({**w.parts(""), w.MAIN: f"{before}<w:document {w.SPACES}><w:body>{inside}</w:body></w:document>"})


def nested(opening: str, closing: str, times: int, inside: str = p("底")) -> bytes:
    return with_body(opening * times + inside + closing * times)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空文件"),
        (OLD + b"WordDocument", "旧格式.*另存为 .docx"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "加了密码.*取消密码"),
        (b"%PDF-1.7\n", "是 PDF.*Word"),
        (b"{\\rtf1\\ansi", "RTF.*另存为 .docx"),
        (b"<html><body>", "不是 Word 文件.*另存为 .docx"),
        (image("JPEG"), "不是 Word 文件"),
        (b"PK\x03\x04broken", "打不开"),
        (document(p("文"))[:-40], "打不开"),
        (w.archive({"a.txt": "x"}), "不是 Word 文件"),
        (w.archive({w.TYPES: "x"}), "不是 Word 文件"),
        (with_part("xl/workbook.xml"), "是表格"),
        (with_part("ppt/presentation.xml"), "是幻灯片"),
        (with_part("word/vbaProject.bin"), "带有宏"),
        (with_part(w.TYPES, w.CONTENT_TYPES.replace("/xml", "/vnd.ms-word.document.macroEnabled.main+xml")), "带有宏"),
        (with_part("../evil"), "内部结构不正常"),
        (with_part("/evil"), "内部结构不正常"),
        (with_part("word\\..\\..\\evil"), "内部结构不正常"),
        (with_part("C:\\evil"), "内部结构不正常"),
        (with_part("WORD/document.xml"), "内部结构不正常"),
        (lambda: with_part("word/bomb.xml", b"0" * 30_000_000), "内部结构不正常"),
        (with_body(p("&b;"), ENTITY), "内部结构不正常"),
        (with_body(p("&x;"), OUTSIDE), "内部结构不正常"),
        (with_body("", "<!DOCTYPE d>"), "内部结构不正常"),
        (with_body("<w:p>"), "内部结构不正常"),
        (with_part("word/document.xml.bak", b"x")[:200], "打不开"),
        (with_part(w.MAIN, f"<w:document {w.SPACES}/>"), "没有正文"),
        (with_part(w.MAIN, f'<?xml version="1.0" encoding="cp037"?><w:document {w.SPACES}/>'.encode("cp037")), "不正常"),
        (document(p() + p("　")), "没有可以导入的文字"),
        (lambda: nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 50_000), "结构太复杂"),
        (lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 10_000), "结构太复杂"),
        (lambda: with_body("<w:p/>" * 300_000 + p("尾")), "结构太复杂"),
        (lambda: with_body(p("字" * 2_100_000)), "太长"),
        (lambda: with_body("<w:p " + " ".join(f"a{n}='x'" for n in range(400_001)) + "/>"), "结构太复杂"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_to_do(content: bytes | Callable[[], bytes], words: str) -> None:
    content = content if isinstance(content, bytes) else content()
    with stopped() as watch, pytest.raises(Refused, match=words) as refusal:
        read(content, "稿子.doc")
    assert refusal.value.reason.startswith("“稿子.doc”")
    assert refusal.value.reason.endswith("。")
    assert watch.seconds < 10


def test_a_large_file_is_refused() -> None:
    with pytest.raises(Refused, match="超过 20 MB"):
        read(b"PK\x03\x04" + bytes(20 * 1024 * 1024), "a.docx")


def test_a_file_with_many_parts_is_refused() -> None:
    content = w.archive({**w.parts(p("文")), **{f"word/media/{n}": b"" for n in range(2_000)}})
    with pytest.raises(Refused, match="里面的内容太大"):
        read(content, "a.docx")
    with pytest.raises(Refused, match="里面的内容太大"):
        read(b"PK\x03\x04" + b"PK\x01\x02" * 20_001, "a.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    out = io.BytesIO(document(p("文")))
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(w.MAIN, "x")
    with pytest.raises(Refused, match="内部结构不正常"):
        read(out.getvalue(), "a.docx")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    with pytest.raises(Refused, match="内部结构不正常"):
        read(w.archive(w.parts(p("文")), method), "a.docx")


def test_a_part_with_a_password_is_refused() -> None:
    content = bytearray(document(p("文")))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    with pytest.raises(Refused, match="加了密码"):
        read(bytes(content), "a.docx")


def test_damaged_bytes_are_refused() -> None:
    content = bytearray(w.archive(w.parts(p("文" * 3000)), zipfile.ZIP_STORED))
    place = content.index("文".encode() * 50)
    content[place] ^= 0xFF
    with pytest.raises(Refused, match="打不开"):
        read(bytes(content), "a.docx")


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1000)
    with pytest.raises(Refused, match="里面的内容太大"):
        read(document(p("文")), "a.docx")


def test_parts_that_overlap_are_refused() -> None:
    content = document(p("文"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        size = file.getinfo(w.MAIN).compress_size
    place = content.index(b"PK\x01\x02")
    place = content.index(w.MAIN.encode(), place) - 46
    lie = bytearray(content)
    lie[place + 20 : place + 24] = (size + len(content)).to_bytes(4, "little")
    with pytest.raises(Refused, match="内部结构不正常"):
        read(bytes(lie), "a.docx")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:customXml>", "</w:customXml>"),
        ('<mc:AlternateContent><mc:Choice Requires="wps">', "</mc:Choice></mc:AlternateContent>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
def test_the_deepest_that_is_taken_is_read(opening: str, closing: str) -> None:
    depth = (package.MOST_DEPTH - 5) // len(re.findall("<", opening))
    assert "底" in read(nested(opening, closing, depth), "a.docx").html


def test_deep_runs_and_equations_are_read() -> None:
    for opening, closing in (("<w:smartTag>", "</w:smartTag>"), ("<w:hyperlink>", "</w:hyperlink>")):
        assert html(p(opening * 100 + t("底") + closing * 100)) == "<p>底</p>"
    assert html(p("<m:oMath>" + "<m:e>" * 100 + "<m:t>x</m:t>" + "</m:e>" * 100 + "</m:oMath>")) == "<p>x</p>"


@pytest.mark.parametrize(
    "text",
    [" " * 1_000_000, "　" * 1_000_000, "\t" * 1_000_000, "一、" * 500_000, "图" * 1_000_000, "\uf0b7" * 500_000],
)
def test_long_monotony_is_quick(text: str) -> None:
    with stopped() as watch:
        html(p("文") + p(t(text), "尾"))
    assert watch.seconds < 5


def test_fields_in_fields_are_read_up_to_a_depth() -> None:
    assert html(p(w.field("IF", w.field("IF", w.field("IF", t("底")))))) == "<p>底</p>"
    with pytest.raises(Refused, match="结构太复杂"):
        html(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 31))


def test_one_picture_many_times_is_kept_once() -> None:
    with stopped() as watch:
        assert len(imported(p("文") + p(picture() * 5_000), A).pictures) == 1
    assert watch.seconds < 5


def test_a_long_report_with_photos_is_quick() -> None:
    photos = {f"{n}.jpg": w.photo(n, 140) for n in range(30)}
    paragraph = p("　　各村", w.bold("要"), *(t(f"认真抓好第{n}项工作的落实，确保群众满意。") for n in range(12)))
    page = paragraph * 8 + table(*(row("汤塘村", "12", "34", "56") for _ in range(10)))
    body = "".join(page + p(picture(f"rId{10 + n}")) + p(f"图{n} 现场") for n in range(30))
    content = document(body, photos)
    assert 2_800_000 < len(content) < 6_000_000
    with stopped() as watch:
        done = read(content, "a.docx")
    assert len(done.pictures) == 30
    assert done.report.warnings == []
    assert watch.seconds < 2  # measured on an idle machine: 0.3 s
