"""The demo's texts: dates filled in, faults put in and taken out, nothing of tomorrow."""

import json
from datetime import date, timedelta

import pytest

from town_portal.demo.rules import corpus
from town_portal.demo.rules.corpus import ANCHOR, Picture

LINE = {
    "unit": "C03",
    "date": "2026-04-14",
    "column": "gzdt",
    "office": "B05",
    "title": "洛洞村{m}农技培训 68户参加",
    "source": "洛洞村委会",
    "body": [
        "{d}（{w}），洛洞村在文化室开展培训，68户参加，{d+7}回访。",
        {"h": "怎么报名"},
        {"list": ["{d-2}前报名", "68户都通知到"]},
        {"table": {"head": ["项目", "金额（元）"], "rows": [["教材", "<120>"]]}},
        {"fig": "培训现场", "alt": "农户围着技术员", "scene": "field"},
    ],
    "importance": "major",
    "urgent": None,
    "fault": {"stage": "head", "reason": "户数不符", "wrong": "68户没有通知到", "right": "68户都通知到"},
}
DAY = date(2026, 4, 14)


def item(today: date = ANCHOR, **changes: object) -> corpus.Item:
    return corpus.parse(json.dumps({**LINE, **changes}), today)


def test_a_line_becomes_an_item() -> None:
    read = item()
    assert (read.key, read.unit, read.office, read.day, read.major, read.urgent) == (
        "C03/2026-04-14/洛洞村{m}农技培训 68户参加", "C03", "B05", DAY, True, "",
    )  # fmt: skip
    assert read.figures == [corpus.Figure("培训现场", "农户围着技术员", "field")]


def test_an_item_of_today_is_pinned() -> None:
    read = item(date(2027, 1, 5), date="today")
    assert read.pinned
    assert read.day == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{d}", "4月14日"),
        ("{d+7}至{d+20}", "4月21日至5月4日"),
        ("{d-14}", "3月31日"),
        ("{y}年{m}", "2026年4月"),
        ("{w}", "星期二"),
        ("{ym}", "2026年4月"),
        ("没有日期", "没有日期"),
    ],
)
def test_placeholders_are_written_out(text: str, words: str) -> None:
    assert corpus.filled(text, DAY) == words


def test_a_day_over_the_end_of_the_year() -> None:
    assert corpus.filled("{d+1}，{y}年{w}", date(2025, 12, 31)) == "1月1日，2025年星期三"


def test_the_text_as_html() -> None:
    html = corpus.html(item(), [Picture("a" * 32, 960, 600)])
    assert html.startswith("<p>4月14日（星期二），洛洞村")
    assert "<h2>怎么报名</h2><ul><li><p>4月12日前报名</p></li>" in html
    assert "<th>金额（元）</th>" in html
    assert "<td>&lt;120&gt;</td>" in html
    assert f'<img src="/files/{"a" * 32}" alt="示意插画：农户围着技术员" width="960" height="600">' in html
    assert "{" not in html


def test_a_piece_of_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="no known kind"):
        corpus.html(item(body=[{"film": "x"}]))


def test_the_careless_version_differs_in_one_place() -> None:
    careless = corpus.html(item().careless, [Picture("a" * 32, 1, 1)])
    assert "<p>68户没有通知到</p>" in careless
    assert careless.count("68户") == 2


def test_a_fault_may_stand_in_the_title_or_in_a_paragraph() -> None:
    fault = {"stage": "leader", "reason": "错", "wrong": "86户", "right": "农技培训 68户"}
    assert "86户" in item(fault=fault).careless.title
    fault = {"stage": "leader", "reason": "错", "wrong": "会议室", "right": "文化室"}
    assert "会议室" in corpus.html(item(fault=fault).careless, [Picture("a" * 32, 1, 1)])


def test_without_a_fault_nothing_is_careless() -> None:
    assert item(fault=None).careless == item(fault=None)


def test_an_unfinished_text_lacks_its_last_piece() -> None:
    assert item().unfinished.blocks == item().blocks[:-1]
    assert item(body=["只有一段"]).unfinished.blocks == ("只有一段",)


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        (ANCHOR, 0),
        (ANCHOR + timedelta(days=3), 0),
        (ANCHOR + timedelta(days=4), 1),
        (ANCHOR + timedelta(days=7), 1),
        (ANCHOR - timedelta(days=10), -1),
        (ANCHOR + timedelta(days=371), 53),
    ],
)
def test_the_history_moves_by_whole_weeks(today: date, weeks: int) -> None:
    assert corpus.shift(today) == timedelta(weeks=weeks)


def test_nothing_of_tomorrow_is_read() -> None:
    today = ANCHOR + timedelta(days=4)
    lines = [json.dumps({**LINE, "date": day}) for day in ("2026-11-20", "2026-11-21", "2026-11-02", "today")]
    read = corpus.read(lines, today)
    assert [one.day for one in read] == [date(2026, 11, 9), today, today]
    assert date(2026, 11, 28) not in [one.day for one in read]


def test_a_thinned_corpus_keeps_the_newest_and_each_unit() -> None:
    items = [item(date=f"2026-{month:02d}-02", unit=f"C{1 + month % 2:02d}") for month in range(1, 12)]
    kept = corpus.thinned(items, date(2026, 11, 10), 5)
    assert [one.day.month for one in kept] == [1, 2, 6, 11]
    assert corpus.thinned(items, date(2026, 11, 10), 1) == items
