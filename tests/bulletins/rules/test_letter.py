from datetime import date

from tests.bulletins.rules.results import result
from town_portal.bulletins.rules.letter import Look, blocks, number_words, paper, zero_filing_notice
from town_portal.documents.rules.paper import Heading, Paper, Paragraph, Table
from town_portal.settings.rules.catalogue import CATALOGUE

LOOK = Look.of(CATALOGUE["bulletin"].default)


def a_paper(**changes: object) -> Paper:
    given = {
        "title": "通报",
        "text": "依据。\n# 基本情况\n## 总体\n内容。",
        "result": result(),
        "rectified": [["整改〔2026〕1号", "官山村", "栏目没有更新", "2026年7月10日", "已销号"]],
        "number": "汤信公〔2026〕3号",
        "on": date(2026, 10, 9),
    }
    return paper(LOOK, **{**given, **changes})  # type: ignore[arg-type]


def test_the_number_is_whole_and_without_leading_zeros() -> None:
    assert number_words("汤信公", 2026, 3) == "汤信公〔2026〕3号"


def test_lines_become_headings_and_paragraphs() -> None:
    assert blocks("依据。\n\n# 基本情况\n## 总体\n内容。") == (
        Paragraph("依据。"),
        Heading("基本情况"),
        Heading("总体", 2),
        Paragraph("内容。"),
    )


def test_annexes_hold_the_tables_and_the_wide_one_lies_across() -> None:
    found = {annex.title: annex for annex in a_paper().annexes}
    assert list(found) == [
        "2026年第三季度村（社区）评分排名",
        "2026年第三季度办公室评分排名",
        "2026年第三季度评分明细",
        "2026年第三季度零报送单位名单",
        "上期督促整改情况",
    ]
    assert [annex.title for annex in found.values() if annex.across] == ["2026年第三季度评分明细"]
    (ranking,) = found["2026年第三季度村（社区）评分排名"].blocks
    assert isinstance(ranking, Table)
    assert [row[:2] for row in ranking.rows] == [("1", "官山村"), ("不排名", "四九社区")]
    for annex in found.values():
        for table in annex.blocks:
            if isinstance(table, Table):
                assert {len(row) for row in table.rows} == {len(table.head)}
                assert len(table.widths) == len(table.head)


def test_what_is_not_there_is_no_annex() -> None:
    assert len(a_paper(result=result(zero=False), rectified=[]).annexes) == 3


def test_a_replacement_begins_with_why() -> None:
    assert a_paper(because="本通报替换……").blocks[0] == Paragraph("本通报替换……")


def test_without_a_red_head_there_is_no_mark() -> None:
    assert Look.of({**CATALOGUE["bulletin"].default, "red_head": "no"}).mark == ""


def test_a_unit_that_sent_nothing_gets_its_notice() -> None:
    found = zero_filing_notice(LOOK, unit="四九社区", result=result(), number="汤信公〔2026〕3号", on=date(2026, 10, 9))
    assert (found.title, found.to) == ("零报送单位告知书", "四九社区")
    assert "2026年7月1日至9月30日" in str(found.blocks[0])
