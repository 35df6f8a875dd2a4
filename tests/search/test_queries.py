"""What is found, in which order, by whom."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.portal.articles import put_article, take_away
from town_portal.files import operations as files
from town_portal.files.rules.contents.contents import Concern, Contents, Kind, Part
from town_portal.files.store import Store
from town_portal.foundation.db import db
from town_portal.portal import queries as portal
from town_portal.portal.queries import Choice
from town_portal.publishing import operations as publishing
from town_portal.publishing.models import Publication
from town_portal.search import operations, queries
from town_portal.search.rules.question import asked
from town_portal.submissions.rules.lifecycle import State


def public(typed: str, **choice: object) -> list[str]:
    """Titles the public finds, best first."""
    found = portal.found(Choice(words=tuple(typed.split()), **choice))  # type: ignore[arg-type]
    rows = {one.id: one.title for one in db.session.query(Publication)}
    return [rows[key] for key in found.keys]


@pytest.fixture
def articles(town: Cast) -> None:
    """Some articles, the oldest first."""
    for title, body in (
        ("汤塘镇拟命名道路名称的公示", "<p>现将十条道路的名称予以公示，公示期七天。</p>"),
        ("关于开展春耕生产的通知", "<p>请各村做好道路清障和农资供应。</p>"),
        ("洛洞村举办农技培训", "<p>讲解２０２６年春耕生产要点，最低生活保障对象优先。</p>"),
        ("公示", "<p>补贴名单见附件。</p>"),
        ("黎安村道路硬化完工", "<p>全长三公里，群众出行方便了。</p>"),
    ):
        put_article(town, title, body=body)
    operations.index(50)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("道路命名", []),
        ("命名道路", ["汤塘镇拟命名道路名称的公示"]),
        ("公示", ["公示", "汤塘镇拟命名道路名称的公示"]),
        ("道路", ["黎安村道路硬化完工", "汤塘镇拟命名道路名称的公示", "关于开展春耕生产的通知"]),
        ("春耕 2026", ["洛洞村举办农技培训"]),
        ("低保", ["洛洞村举办农技培训"]),
        ("耕", ["关于开展春耕生产的通知", "洛洞村举办农技培训"]),
        ("怎么办理低保", ["洛洞村举办农技培训"]),
        ("路清障", ["关于开展春耕生产的通知"]),
        ("障清路", []),
        ("没有的事", []),
        ("%", []),
        ("", []),
    ],
)
def test_titles_first_then_texts(articles: None, typed: str, expected: list[str]) -> None:
    strict = [title for title in public(typed)]
    if not expected:
        assert portal.found(Choice(words=tuple(typed.split()))).nearly or strict == []
        return
    assert strict[: len(expected)] == expected
    assert len(strict) == len(expected)


def test_nearly_is_said_to_be_nearly(articles: None) -> None:
    found = portal.found(Choice(words=("汤塘镇命名道路名称",)))
    assert found.nearly
    assert public("汤塘镇命名道路名称") == ["汤塘镇拟命名道路名称的公示"]


def test_column_and_unit_narrow(town: Cast) -> None:
    put_article(town, "洛洞村的通告", unit="C03", column="tzgg")
    put_article(town, "黎安村的动态", unit="B05", column="gzdt")
    operations.index(10)
    assert public("村", unit="B05") == ["黎安村的动态"]
    assert public("村", column_ids=(town.column("tzgg").id,)) == ["洛洞村的通告"]
    assert public("村", year=1999) == []


def test_what_is_withdrawn_is_not_found_from_that_moment(town: Cast) -> None:
    number = put_article(town, "撤下的信息")
    operations.index(10)
    assert public("撤下的信息") == ["撤下的信息"]
    take_away(number)
    assert public("撤下的信息") == []
    assert portal.suggested("撤下") == []


def test_a_correction_is_found_by_its_new_words_and_not_by_its_old_ones(town: Cast) -> None:
    """Not even before the worker has been there: the old version is nobody's text any more."""
    item = a_submission(town, State.PUBLISHED, title="发放补贴共计五千元")
    operations.index(10)
    other = a_submission(town, State.DRAFT, title="发放补贴共计八千元")
    publication = db.session.query(Publication).filter_by(submission_id=item.id).one()
    from tests.portal.articles import PUT
    from town_portal.access.actor import SYSTEM
    from town_portal.audit.unit_of_work import unit_of_work

    with unit_of_work(SYSTEM, on=publication) as work:
        publication.revision_id, publication.title = other.revision_id, "发放补贴共计八千元"
        work.record(PUT, publication)
    assert public("五千元") == []
    operations.index(10)
    assert public("八千元") == ["发放补贴共计八千元"]


def test_nobody_finds_what_he_may_not_see(town: Cast) -> None:
    draft = a_submission(town, title="还没送审的稿子")
    handed_in = a_submission(town, State.SECOND_REVIEW, title="已经送审的稿子")
    operations.index(10)

    def finds(key: str) -> set[int]:
        return set(queries.find_visible("稿子", town.actor(key)).keys)

    assert finds("reporter") == {draft.id, handed_in.id}
    assert finds("head") == {handed_in.id}
    assert finds("coordinator") == {handed_in.id}
    assert finds("other_reporter") == set()
    assert finds("administrator") == set()
    assert queries.items([draft.id, handed_in.id], town.actor("head")) == [handed_in]


def a_list(words: str, hidden: str) -> bytes:
    """A workbook with a sheet that is seen and one that is not."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = words  # type: ignore[index]
    sheet = book.create_sheet("底稿")
    sheet["A1"] = hidden
    sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert zipfile.is_zipfile(out)
    return out.getvalue()


def test_attachments_are_looked_through_but_nothing_hidden_in_them(app: Flask, town: Cast, tmp_path: Path) -> None:
    reporter = town.actor("reporter")
    store: Store = app.extensions["store"]
    file = files.upload_attachment(
        reporter, store, town.unit("C03").id, "名单.xlsx", a_list("育秧大棚补贴", "内部底数")
    )
    item = a_submission(town, attachments=((file.id, "补贴名单.xlsx"),))
    while files.read_unread(store):
        pass
    operations.index(10)
    hits = queries.find_visible("育秧大棚", surely(reporter))
    assert hits.keys == (item.id,)
    shown = queries.shown_item(queries.items(hits.keys, reporter)[0], hits.question)
    assert shown.attachment == "补贴名单.xlsx"
    assert [piece.text for piece in shown.passage if piece.found] == ["育秧大棚"]
    assert queries.find_visible("补贴名单", reporter).keys == (item.id,)
    assert queries.find_visible("内部底数", reporter).keys == ()


def test_what_a_reader_does_not_see_is_left_out() -> None:
    parts = (
        Part("第 1 页", "看得见"),
        Part("第 1 页批注（王某）", "批注"),
        Part("文件属性：标题", "属性"),
        Part("工作表“底稿”", "底稿", ("第 1 行",), ("A 列",)),
        Part(
            "工作表“名单”",
            "甲\t电话\n乙\t号码",
            ("第 1 行", "隐藏的第 2 行"),
            ("A 列", "隐藏的 B 列"),
        ),
    )
    concern = Concern(Kind.HIDDEN, "工作表“底稿”", "底稿", "隐藏的工作表")
    assert queries.shown_parts(Contents(parts, (concern,))) == ["看得见", "甲"]


def test_suggestions_are_titles_each_once(articles: None) -> None:
    assert portal.suggested("道路") == ["黎安村道路硬化完工", "汤塘镇拟命名道路名称的公示"]
    assert portal.suggested("，") == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_nothing_typed_breaks_the_search(articles: None, typed: str) -> None:
    portal.found(Choice(words=tuple(typed.split())))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_stretch_of_a_text_finds_it(articles: None, data: st.DataObject) -> None:
    text = "讲解2026年春耕生产要点"
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    if asked(part):
        assert "洛洞村举办农技培训" in public(part)


def test_publishing_makes_it_findable_for_the_public(town: Cast) -> None:
    item = a_submission(town, State.APPROVED, title="刚刚批准的稿子")
    operations.index(10)
    assert public("批准") == []
    publishing.publish(surely(town.actor("publisher")), item, item.version)
    assert public("批准") == ["刚刚批准的稿子"]
