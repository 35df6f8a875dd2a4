"""What the public may read, in order, with few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.audit.acts import drop_column, open_unit
from tests.cast import Cast
from tests.portal.articles import BODY, FIRST, add_document, add_photo, figure, put_article, take_away
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.portal import queries
from town_portal.portal.queries import Choice


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that runs inside."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


EVERYTHING = Choice()


def titles(choice: Choice = EVERYTHING) -> list[str]:
    return [row.title for row in db.session.execute(queries.lines(choice))]


def news_id() -> int:
    branch = queries.frame().branch(queries.NEWS)
    assert branch is not None
    return branch.id


# -- the frame -----------------------------------------------------------------------------------


def test_the_frame_holds_the_open_tree_and_the_units(town: Cast) -> None:
    frame = queries.frame()
    (group,) = frame.tree
    assert [leaf.name for leaf in group.leaves] == ["工作动态", "通知公告"]
    assert group.ids == (group.id, *(leaf.id for leaf in group.leaves))
    assert ("C03", "洛洞村", True) in frame.units
    assert ("B05", "农业农村办公室", False) in frame.units
    assert frame.branch("qt") == group
    assert frame.branch("nowhere") is None
    assert (frame.has_unit("C03"), frame.has_unit("X")) == (True, False)


def test_the_frame_is_read_once_for_every_version_of_the_house(town: Cast) -> None:
    queries.frame()
    with statements() as ran:
        queries.frame()
    assert len(ran) == 1
    drop_column(town.column("tzgg"))
    open_unit("C06", "升平村")
    assert queries.frame().branch("tzgg") is None
    assert queries.frame().has_unit("C06")


def test_the_years_begin_with_the_first_article(town: Cast) -> None:
    this_year = clock.today().year
    assert queries.years(queries.frame().version) == [this_year]
    put_article(town, at=datetime(this_year - 2, 12, 31, 15, 59, tzinfo=UTC))
    assert queries.years(queries.frame().version) == [this_year, this_year - 1, this_year - 2]


# -- lists ---------------------------------------------------------------------------------------


def test_only_live_articles_are_listed_newest_first(town: Cast) -> None:
    put_article(town, "第一篇稿件的标题")
    gone = put_article(town, "撤下的稿件标题", at=FIRST + timedelta(hours=1))
    put_article(town, "第二篇稿件的标题", at=FIRST + timedelta(hours=2))
    take_away(gone)
    assert titles() == ["第二篇稿件的标题", "第一篇稿件的标题"]
    assert queries.count(queries.frame().version, Choice()) == 2


def test_articles_of_the_same_moment_have_a_fixed_order(town: Cast) -> None:
    for name in ("甲", "乙", "丙"):
        put_article(town, name)
    assert titles() == ["丙", "乙", "甲"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"unit": "C01"}, ["社区消防检查 100% 完成"]),
        ({"year": 2025}, ["去年的最后一刻"]),
        ({"year": 2026}, ["社区消防检查 100% 完成", "洛洞村春耕培训"]),
        ({"unit": "C03", "year": 2026}, ["洛洞村春耕培训"]),
    ],
)
def test_lists_are_narrowed(town: Cast, choice: dict[str, object], expected: list[str]) -> None:
    put_article(town, "去年的最后一刻", at=datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    put_article(town, "洛洞村春耕培训")
    put_article(town, "社区消防检查 100% 完成", unit="C01", at=FIRST + timedelta(hours=1))
    wanted = Choice(**choice)  # type: ignore[arg-type]
    assert titles(wanted) == expected
    assert queries.count(queries.frame().version, wanted) == len(expected)


def test_a_column_shows_its_own_and_a_group_all_of_its_columns(town: Cast) -> None:
    put_article(town, "动态")
    put_article(town, "公告", column="tzgg", at=FIRST + timedelta(hours=1))
    frame = queries.frame()
    assert titles(Choice(column_ids=frame.branch("tzgg").ids)) == ["公告"]  # type: ignore[union-attr]
    assert titles(Choice(column_ids=frame.branch("qt").ids)) == ["公告", "动态"]  # type: ignore[union-attr]


def test_a_count_is_made_once_for_every_version_of_the_house(town: Cast) -> None:
    put_article(town)
    version = queries.frame().version
    assert queries.count(version, Choice()) == 1
    with statements() as ran:
        assert queries.count(version, Choice()) == 1
    assert ran == []
    put_article(town)
    assert queries.count(queries.frame().version, Choice()) == 2


def test_the_first_page_takes_the_newest_of_a_column(town: Cast) -> None:
    for hour in range(4):
        put_article(town, f"第 {hour} 篇", at=FIRST + timedelta(hours=hour))
    put_article(town, "公告", column="tzgg", at=FIRST + timedelta(hours=9))
    assert [line.title for line in queries.newest(news_id(), 3)] == ["第 3 篇", "第 2 篇", "第 1 篇"]


# -- the lead ------------------------------------------------------------------------------------


def test_the_lead_is_the_newest_story_with_a_picture(town: Cast, tmp_path: Path) -> None:
    photo, second = add_photo(town, tmp_path), add_photo(town, tmp_path)
    body = BODY + figure(photo, "田间示范") + figure(second, "培训现场")
    put_article(town, "有图的", body=body, files=((photo, photo.token), (second, second.token)))
    put_article(town, "没图的", at=FIRST + timedelta(hours=1))
    lead = queries.lead(news_id())
    assert lead is not None
    assert (lead.title, lead.token, lead.alt) == ("有图的", photo.token, "田间示范")
    assert (lead.width, lead.height) == (60, 40)
    assert lead.summary.startswith("4月14日，洛洞村")


def test_without_any_picture_the_newest_story_leads(town: Cast, tmp_path: Path) -> None:
    assert queries.lead(news_id()) is None
    put_article(town, "旧的")
    document = add_document(town, tmp_path)
    put_article(town, "新的", at=FIRST + timedelta(hours=1), files=((document, "名册.pdf"),))
    lead = queries.lead(news_id())
    assert lead is not None
    assert (lead.title, lead.token) == ("新的", None)


def test_a_withdrawn_story_does_not_lead(town: Cast, tmp_path: Path) -> None:
    photo = add_photo(town, tmp_path)
    take_away(put_article(town, "撤下的", body=figure(photo), files=((photo, photo.token),)))
    assert queries.lead(news_id()) is None


# -- one article ---------------------------------------------------------------------------------


def test_an_article_comes_with_its_facts(town: Cast) -> None:
    found = queries.article(put_article(town, column="tzgg"))
    assert found is not None
    assert (found.column, found.column_code, found.group, found.unit) == ("通知公告", "tzgg", "其他", "洛洞村")
    assert found.body_html == BODY


def test_what_is_withdrawn_or_unknown_is_not_there(town: Cast) -> None:
    publication_id = put_article(town)
    take_away(publication_id)
    assert queries.article(publication_id) is None
    assert queries.article(publication_id + 1) is None


def test_attachments_are_the_files_under_the_text_in_order(town: Cast, tmp_path: Path) -> None:
    photo, first, second = add_photo(town, tmp_path), add_document(town, tmp_path), add_document(town, tmp_path)
    publication_id = put_article(town, files=((photo, photo.token), (first, "甲.pdf"), (second, "乙.pdf")))
    found = queries.article(publication_id)
    assert found is not None
    shown = queries.attachments(found.revision_id)
    assert [(row.name, row.token, row.size) for row in shown] == [
        ("甲.pdf", first.token, first.size),
        ("乙.pdf", second.token, second.size),
    ]


def test_neighbours_are_the_next_live_ones_of_the_column(town: Cast) -> None:
    numbers = [put_article(town, f"第 {n} 篇", at=FIRST + timedelta(hours=n // 2)) for n in range(5)]
    put_article(town, "公告", column="tzgg", at=FIRST + timedelta(minutes=30))
    take_away(numbers[3])
    order = [numbers[4], numbers[2], numbers[1], numbers[0]]
    for place, number in enumerate(order):
        found = queries.article(number)
        assert found is not None
        beside = queries.neighbours(found.column_id, found.published_at, found.id)
        newer = order[place - 1] if place else None
        older = order[place + 1] if place + 1 < len(order) else None
        assert {side: row.id for side, row in beside.items()} == {
            side: number for side, number in (("newer", newer), ("older", older)) if number
        }
