"""The public side as a folder: complete, without dead links, incremental, whole at every moment."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.exports.folder import faults, listed, places
from tests.portal.articles import BODY, FIRST, TAKE, add_document, add_photo, correct, figure, put_article, take_away
from tests.refusals import refused
from town_portal.access.actor import SYSTEM
from town_portal.audit import queries as trail
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.exports import operations, queries
from town_portal.exports.models import SiteExport
from town_portal.exports.operations import Answer
from town_portal.exports.rules.manifest import ExportState
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.portal.queries import _count, _first_year, _frame
from town_portal.publishing.models import Publication
from town_portal.settings import operations as settings


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    for kept in (_frame, _first_year, _count):
        kept.cache_clear()


@pytest.fixture
def articles(app: Flask, town: Cast) -> list[int]:
    """Forty articles in two columns, the last with a picture and an attachment, one corrected."""
    store = app.extensions["store"].folder
    photo, document = add_photo(town, store), add_document(town, store)
    made = [
        put_article(town, f"洛洞村第 {number} 期农技培训", at=FIRST + timedelta(hours=number), column=column)
        for number in range(20)
        for column in ("gzdt", "tzgg")
    ]
    body = f'{BODY}{figure(photo)}<p><a href="https://www.gov.cn/a?b=1&amp;c=2">上级通知</a></p>'
    made.append(
        put_article(town, "有图有附件", body=body, files=((photo, photo.token), (document, "名册（统计表）.pdf")),
                    at=FIRST + timedelta(days=2))
    )  # fmt: skip
    correct(made[0], "人数更正为 68 人")
    return made


def set_value(cast: Cast, key: str, **value: Any) -> None:
    """A setting in force."""
    row = settings.propose(cast.actor("coordinator"), key, value, None, "测试")
    settings.confirm(cast.actor("leader"), row, row.version)


def withdraw(number: int, notice: str) -> None:
    """Take an article away with a notice in its place."""
    row = db.session.get_one(Publication, number)
    row_title = row.title
    take_away(number)
    with unit_of_work(SYSTEM, on=row) as work:
        row.withdrawal_notice = notice
        work.record(TAKE, row, title=row_title)


def test_the_folder_holds_everything_and_every_link_leads_to_a_file(tmp_path: Path, articles: list[int]) -> None:
    folder = tmp_path / "site"
    result = operations.export(folder)
    found = places(folder)
    assert faults(folder) == []
    assert result.problems == []
    assert {f"articles/{number}.html" for number in articles} <= found
    assert {
        "index.html", "search.html", "reports.html", "feed.xml", "sitemap.xml", "sitemap-1.xml", "robots.txt",
        "articles/index.html", "articles/page-3.html", "columns/gzdt/index.html", "columns/gzdt/page-2.html",
        "columns/gzdt/feed.xml", "columns/qt/index.html", "units/C03/page-3.html", "units/C01/index.html",
        "years/2026/page-2.html", "static/app.css", "static/app.js",
    } <= found  # fmt: skip
    assert found == set(listed(folder)["files"])
    assert result.figures["files"] == len(found)
    assert [path for path in found if path.endswith("名册（统计表）.pdf")]
    assert listed(folder)["outside"] == ["https://www.gov.cn/a?b=1&c=2"]
    page = (folder / f"articles/{articles[-1]}.html").read_text(encoding="utf-8")
    assert '<symbol id="icon-printer"' in page and "更正说明" not in page
    assert "更正说明" in (folder / f"articles/{articles[0]}.html").read_text(encoding="utf-8")
    assert "搜索只在网上的门户能用" in (folder / "search.html").read_text(encoding="utf-8")
    assert not any(
        "<form" in (folder / place).read_text(encoding="utf-8") for place in found if place.endswith(".html")
    )


def test_under_an_address_feeds_and_maps_name_it_and_pages_stay_relative(
    tmp_path: Path, town: Cast, articles: list[int]
) -> None:
    set_value(town, "static_export", address="https://static.example.gov.cn", folder="gk/")
    set_value(town, "portal_address", url="https://portal.example.gov.cn")
    folder = tmp_path / "site"
    operations.export(folder)
    base = "https://static.example.gov.cn/gk"
    assert faults(folder, base) == []
    assert f"{base}/articles/{articles[0]}.html" in (folder / "sitemap-1.xml").read_text()
    assert f"Sitemap: {base}/sitemap.xml" in (folder / "robots.txt").read_text()
    assert 'content="static.example.gov.cn"' in (folder / "index.html").read_text(encoding="utf-8")
    outside = listed(folder)["outside"]
    assert "https://portal.example.gov.cn/portal/articles" in outside
    assert f"https://portal.example.gov.cn/portal/articles/{articles[0]}/faults/new" in outside


def test_what_did_not_change_is_not_written_again(tmp_path: Path, town: Cast, articles: list[int]) -> None:
    folder = tmp_path / "site"
    operations.export(folder)
    before = {place: (folder / place).stat().st_ino for place in places(folder)}
    again = operations.export(folder)
    assert (again.figures["written"], again.figures["removed"]) == (0, 0)
    assert {place: (folder / place).stat().st_ino for place in places(folder)} == before
    put_article(town, "新的一篇", at=FIRST + timedelta(days=9))
    third = operations.export(folder)
    assert 0 < third.figures["written"] < len(before) / 2
    unchanged = f"articles/{articles[3]}.html"
    assert (folder / unchanged).stat().st_ino == before[unchanged]
    (folder / unchanged).write_text("有人改过")
    assert operations.export(folder).figures["written"] == 1
    assert "有人改过" not in (folder / unchanged).read_text(encoding="utf-8")
    assert operations.export(folder, full=True).figures["kept"] == 0


def test_what_was_withdrawn_is_gone_and_a_notice_stands_where_one_is_due(
    tmp_path: Path, town: Cast, articles: list[int]
) -> None:
    folder = tmp_path / "site"
    operations.export(folder)
    take_away(articles[-1])
    withdraw(articles[1], "内容有误，已撤下。")
    result = operations.export(folder)
    found = places(folder)
    assert f"articles/{articles[-1]}.html" not in found
    assert not any(place.endswith((".pdf", ".jpg")) for place in found)
    assert result.figures["removed"] >= 3
    notice = (folder / f"articles/{articles[1]}.html").read_text(encoding="utf-8")
    assert "内容有误，已撤下。" in notice and "洛洞村第 0 期" not in notice
    everything = "".join(
        (folder / place).read_text(encoding="utf-8") for place in found if place.endswith(("html", "xml"))
    )
    assert "有图有附件" not in everything and f'articles/{articles[1]}.html"' not in everything
    assert faults(folder) == []


def test_a_link_to_what_is_not_public_is_taken_off_and_told(tmp_path: Path, town: Cast) -> None:
    number = put_article(
        town, body='<p><a href="/portal/articles/4711">没有这篇</a> <a href="/submissions">里面</a></p>'
    )
    folder = tmp_path / "site"
    result = operations.export(folder)
    assert len(result.problems) == 2 and "4711" in result.problems[0]
    assert faults(folder) == []
    assert "<a>没有这篇</a>" in (folder / f"articles/{number}.html").read_text(encoding="utf-8")


def broken_after(pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal answers so many times, then the power goes."""
    real, count = operations._ask[0], iter(range(10_000))

    def ask(address: str) -> Answer:
        if next(count) >= pages:
            raise KeyboardInterrupt
        return real(address)

    monkeypatch.setattr(operations, "_ask", [ask])


def test_an_export_that_breaks_off_leaves_the_former_one_whole(
    tmp_path: Path, town: Cast, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    operations.export(folder)
    before = {place: (folder / place).read_bytes() for place in places(folder)}
    put_article(town, "新的一篇", at=FIRST + timedelta(days=9))
    with monkeypatch.context() as patch:
        broken_after(20, patch)
        with pytest.raises(KeyboardInterrupt):
            operations.export(folder)
    assert {place: (folder / place).read_bytes() for place in places(folder)} == before
    (tmp_path / "site.new").mkdir()
    (tmp_path / "site.new" / "half.html").write_text("一半")
    folder.rename(tmp_path / "site.old")  # the power went between the two renames
    operations.export(folder)
    assert faults(folder) == []
    assert not list(tmp_path.glob("site.*"))
    assert "half.html" not in places(folder)


def test_what_is_published_on_the_way_is_in_it(
    tmp_path: Path, town: Cast, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, late = operations._ask[0], []

    def ask(address: str) -> Answer:
        if address == f"/portal/articles/{articles[5]}" and not late:
            late.append(put_article(town, "做到一半发的", at=FIRST + timedelta(days=9)))
        return real(address)

    monkeypatch.setattr(operations, "_ask", [ask])
    folder = tmp_path / "site"
    operations.export(folder)
    assert f"articles/{late[0]}.html" in places(folder)
    assert faults(folder) == []


def test_a_page_that_fails_is_told_and_nothing_changes(
    tmp_path: Path, town: Cast, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    operations.export(folder)
    before = places(folder)
    real = operations._ask[0]
    bad = f"/portal/articles/{articles[2]}"
    monkeypatch.setattr(operations, "_ask", [lambda address: Answer(500) if address == bad else real(address)])
    with pytest.raises(Refused, match="画不出来"):
        operations.export(folder)
    assert places(folder) == before


def test_somebody_asks_and_the_job_makes_it(tmp_path: Path, town: Cast, articles: list[int]) -> None:
    with refused("不能对这一件"):
        operations.ask_for(town.actor("reporter"))
    assert operations.make_waiting(tmp_path) == 0
    row = operations.ask_for(town.actor("coordinator"))
    with refused("已经有一次导出在排队"):
        operations.ask_for(town.actor("publisher"))
    assert operations.make_waiting(tmp_path) == 1
    row = db.session.get_one(SiteExport, row.id)
    assert row.state is ExportState.MADE and row.figure("pages") > 40 and str(row) == "公开门户静态页面"
    assert queries.waiting() is None and queries.last_made() is row
    with zipfile.ZipFile(tmp_path / "export" / "portal.zip") as package:
        names = package.namelist()
        assert package.testzip() is None
    assert "公开门户/index.html" in names and "公开门户/manifest.json" in names
    assert trail.verify().sound


def test_what_cannot_be_made_is_told_once(
    tmp_path: Path, town: Cast, articles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = operations.ask_for(town.actor("coordinator"), full=True)
    monkeypatch.setattr(operations, "_ask", [lambda _: Answer(500)])
    assert operations.make_waiting(tmp_path) == 0
    row = db.session.get_one(SiteExport, row.id)
    assert row.state is ExportState.FAILED and "图标" in row.reason
    assert queries.waiting() is None


def test_by_command_it_is_recorded_too(app: Flask, town: Cast, tmp_path: Path, articles: list[int]) -> None:
    result = operations.export_to(tmp_path / "out")
    (row,) = queries.newest()
    assert (row.folder, row.asked_by, row.figures) == (str(tmp_path / "out"), None, result.figures)
    assert queries.last_made() is None
