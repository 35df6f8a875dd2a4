"""Each measure of GB/T 9704-2012, read from the XML of the .docx."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.documents.samples import PAPER
from town_portal.documents.rules import layout
from town_portal.documents.rules.word import docx


@pytest.fixture(scope="module")
def paper() -> Any:
    return Document(io.BytesIO(docx(PAPER)))


def mm(length: Any) -> float:
    return round(length.mm, 1)


def line_with(paper: Any, words: str) -> Any:
    return next(line for line in paper.paragraphs if line.text.startswith(words))


def value(element: Any, path: str, key: str = "val") -> str | None:
    found = element.find(".//" + "/".join(qn(f"w:{name}") for name in path.split("/")))
    return None if found is None else found.get(qn(f"w:{key}"))


def font_of(line: Any) -> tuple[str | None, float]:
    return value(line._p, "rFonts", "eastAsia"), int(value(line._p, "sz") or 0) / 2


def ind(line: Any, key: str) -> int:
    return int(value(line._p, "ind", key) or 0)


def test_page_and_margins(paper: Any) -> None:
    first = paper.sections[0]
    assert (mm(first.page_width), mm(first.page_height)) == (210, 297)
    assert (mm(first.top_margin), mm(first.left_margin)) == (37, 28)
    assert (mm(first.right_margin), mm(first.bottom_margin)) == (26, 35)
    assert paper.settings.element.find(qn("w:mirrorMargins")) is not None


def test_the_grid_has_22_lines_of_28_characters(paper: Any) -> None:
    for section in paper.sections:
        grid = section._sectPr.find(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "linesAndChars"
        assert int(grid.get(qn("w:linePitch"))) == layout.LINE_PITCH == 579
        assert int(grid.get(qn("w:charSpace"))) == layout.CHARACTER_SPACE
    style = paper.styles["Normal"].element
    assert (value(style, "spacing", "line"), value(style, "spacing", "lineRule")) == ("579", "exact")


def test_type_is_fangsong_three_by_name_and_nothing_is_embedded(paper: Any) -> None:
    style = paper.styles["Normal"]
    assert style.font.size.pt == 16
    assert value(style.element, "rFonts", "eastAsia") == "仿宋_GB2312"
    with zipfile.ZipFile(io.BytesIO(docx(PAPER))) as package:
        assert not [name for name in package.namelist() if "fonts/" in name]


def test_headings_have_their_numbers_and_fonts(paper: Any) -> None:
    wanted = {
        "一、基本情况": "黑体",
        "（一）总体情况": "楷体_GB2312",
        "1.数量": "仿宋_GB2312",
        "（2）村": "仿宋_GB2312",
    }
    for words, font in {**wanted, "二、存在问题": "黑体", "（一）不及时": "楷体_GB2312"}.items():
        line = line_with(paper, words)
        assert font_of(line) == (font, 16)
        assert ind(line, "firstLineChars") == 200


def test_the_head(paper: Any) -> None:
    mark, number = line_with(paper, "佛冈县汤塘镇党政和人大办公室文件"), line_with(paper, "汤信公〔2026〕3号")
    assert mark._p is paper.paragraphs[0]._p
    assert font_of(mark)[0] == "方正小标宋简体"
    assert value(mark._p, "color") == "FF0000"
    assert int(value(mark._p, "spacing", "before") or 0) == layout.twips(35)
    lines = [line.text for line in paper.paragraphs]
    assert lines[1:3] == ["", ""]
    assert lines.index(number.text) == 3
    assert value(number._p, "jc") == "center"
    assert value(number._p, "pBdr/bottom", "color") == "FF0000"
    assert value(number._p, "pBdr/bottom", "space") == "11"  # 4 mm


def test_the_title_and_whom_it_is_to(paper: Any) -> None:
    lines = [line.text for line in paper.paragraphs]
    at = lines.index("关于2026年第三季度全镇")
    assert lines[at - 2 : at] == ["", ""]
    assert lines[at + 1 : at + 4] == ["政府信息公开工作情况的通报", "", "各村（社区）、各办公室："]
    assert font_of(paper.paragraphs[at]) == ("方正小标宋简体", 22)
    assert value(paper.paragraphs[at]._p, "jc") == "center"
    assert ind(paper.paragraphs[at + 3], "firstLineChars") == 0


def test_the_list_of_annexes(paper: Any) -> None:
    lines = [line.text for line in paper.paragraphs]
    at = lines.index("附件：1.2026年第三季度排名")
    assert lines[at - 1] == ""
    assert lines[at + 1 : at + 3] == ["2.2026年第三季度评分明细", "3.零报送单位名单"]
    first, second = paper.paragraphs[at : at + 2]
    assert ind(first, "leftChars") - ind(first, "hangingChars") == 200
    assert ind(second, "leftChars") - ind(second, "hangingChars") == 500


def test_a_single_annex_has_no_number() -> None:
    lines = [line.text for line in Document(io.BytesIO(docx(replace(PAPER, annexes=PAPER.annexes[:1])))).paragraphs]
    assert "附件：2026年第三季度排名" in lines
    assert "附件" in lines


def test_sealed_name_and_date(paper: Any) -> None:
    name = [line for line in paper.paragraphs if line.text == PAPER.signed][-1]
    day = line_with(paper, "2026年10月9日")
    assert ind(day, "rightChars") == 400
    assert ind(name, "rightChars") == 25  # 14 characters over the middle of 6.5: 4 + (6.5 − 14) / 2
    assert value(name._p, "jc") == value(day._p, "jc") == "right"


def test_unsealed_name_and_date() -> None:
    paper = Document(io.BytesIO(docx(replace(PAPER, sealed=False))))
    name = [line for line in paper.paragraphs if line.text == PAPER.signed][-1]
    assert ind(name, "rightChars") == 200
    assert ind(line_with(paper, "2026年10月9日"), "rightChars") == (2 + 14 - 2 - 6.5) * 100


def test_the_note_stands_two_in_and_the_proof_is_printed(paper: Any) -> None:
    assert ind(line_with(paper, "（此件公开发布）"), "firstLineChars") == 200
    assert line_with(paper, "0123456789abcdef").text == "0123456789abcdef" * 4


def test_an_annex_begins_a_page_with_its_number_and_its_title_in_the_third_line(paper: Any) -> None:
    lines = [line.text for line in paper.paragraphs]
    at = lines.index("附件1")
    label = paper.paragraphs[at]
    assert font_of(label) == ("黑体", 16)
    assert ind(label, "firstLineChars") == 0
    assert label._p.pPr.find(qn("w:pageBreakBefore")) is not None
    assert lines[at + 1] == ""
    assert lines[at + 2] == "2026年第三季度排名"
    assert value(paper.paragraphs[at + 2]._p, "jc") == "center"


def test_a_wide_annex_lies_across_and_its_number_stands_where_it_does_on_the_others(paper: Any) -> None:
    upright, across, again = paper.sections
    assert (mm(across.page_width), mm(across.page_height)) == (297, 210)
    for margin, wanted in (("left", 35), ("right", 37), ("top", 28), ("bottom", 26)):
        assert abs(mm(getattr(across, f"{margin}_margin")) - wanted) <= 1
    for header, side in ((across.header, "right"), (across.even_page_header, "left")):
        box = header._element.find(qn("w:tbl"))
        assert value(box, "textDirection") == "tbRl"
        assert value(box, "jc") == side
        middle = int(value(box, "tblpPr", "tblpX") or 0) + int(value(box, "tcW", "w") or 0) / 2
        assert abs(middle - layout.twips(36 - 7)) <= 1
        assert "PAGE" in "".join(box.itertext())
    assert again.header._element.find(qn("w:tbl")) is None
    assert upright.footer.paragraphs[0].text == again.footer.paragraphs[0].text == "— 1 —"
    assert across.footer.paragraphs[0].text == ""


def test_page_numbers_stand_outside_in_song_four(paper: Any) -> None:
    first = paper.sections[0]
    assert paper.settings.odd_and_even_pages_header_footer
    for footer, side in ((first.footer, "right"), (first.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert line.text == "— 1 —"
        assert font_of(line) == ("宋体", 14)
        assert value(line._p, "jc") == side
        assert ind(line, f"{side}Chars") == 100
    assert mm(first.footer_distance) == round(35 - 7 - layout.PAGE_NUMBER_LINE / 2, 1)


def test_the_imprint_stands_at_the_foot_between_its_lines(paper: Any) -> None:
    box = paper.element.body.find(".//" + qn("wp:anchor"))
    assert box.find(qn("wp:positionV")).get("relativeFrom") == "margin"
    assert box.find(qn("wp:positionV")).findtext(qn("wp:align")) == "bottom"
    assert int(box.find(qn("wp:extent")).get("cx")) == 156 * 36000
    lines = list(box.iter(qn("w:p")))
    words = ["".join(one.text or "" for one in line.iter(qn("w:t"))) for line in lines]
    assert words[0].startswith("抄送：镇党委")
    assert words[-2].endswith("。")
    assert words[-1] == "汤塘镇党政和人大办公室2026年10月10日印发"
    assert value(lines[0], "pBdr/top", "sz") == value(lines[-1], "pBdr/bottom", "sz") == "8"  # 0.35 mm
    assert value(lines[-2], "pBdr/bottom", "sz") == "6"  # 0.25 mm
    assert value(lines[0], "rFonts", "eastAsia") == "仿宋_GB2312"
    assert value(lines[0], "sz") == "28"
    assert value(lines[0], "ind", "firstLineChars") == "100"


def test_tables_repeat_their_head_and_break_no_row(paper: Any) -> None:
    table = paper.tables[0]
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.gridCol_lst) <= layout.twips(156)
    assert [cell.text for cell in table.rows[1].cells] == ["1", "第1村", "99.5"]


def test_properties_stand_in_the_order_of_the_schema(paper: Any) -> None:
    order = "keepNext pageBreakBefore widowControl pBdr tabs snapToGrid spacing ind jc outlineLvl".split()
    for properties in paper.element.iter(qn("w:pPr")):
        found = [child.tag.split("}")[1] for child in properties]
        places = [order.index(name) for name in found if name in order]
        assert places == sorted(places)


def test_equal_papers_are_equal_bytes_and_signs_of_xml_are_words() -> None:
    assert docx(PAPER) == docx(PAPER)
    odd = Document(io.BytesIO(docx(replace(PAPER, title="甲<b>&“乙”", mark=""))))
    assert odd.paragraphs[0].text == "甲<b>&“乙”"


def test_without_a_red_head_the_title_comes_first() -> None:
    paper = Document(io.BytesIO(docx(replace(PAPER, mark=""))))
    lines = [line.text for line in paper.paragraphs]
    assert lines[0] == "关于2026年第三季度全镇"
    assert lines[2] == "汤信公〔2026〕3号"
    assert not [line for line in paper.paragraphs if value(line._p, "color") == "FF0000"]
