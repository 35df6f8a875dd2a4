"""Pages of the public."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.audit.acts import OPEN
from tests.cast import Cast
from tests.portal.articles import BODY, FIRST, add_document, add_photo, correct, figure, put_article, take_away
from tests.portal.test_queries import statements
from town_portal.access.actor import SYSTEM
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.files.store import Store
from town_portal.portal import queries
from town_portal.search import operations as search
from town_portal.web import fresh

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    forget()


def forget() -> None:
    """Drop what the process keeps between requests."""
    fresh._kept.clear()
    queries._frame.cache_clear()
    queries._first_year.cache_clear()
    queries._count.cache_clear()


@pytest.fixture
def article(app: Flask, cast: Cast) -> int:
    """One article with a picture, an attachment, and two neighbours."""
    with app.app_context():
        folder = app.extensions["store"].folder
        photo, document = add_photo(cast, folder), add_document(cast, folder)
        put_article(cast, "更早的一篇", at=FIRST - timedelta(hours=1))
        number = put_article(
            cast, body=BODY + figure(photo), files=((photo, photo.token), (document, "名册（统计表）.pdf"))
        )
        put_article(cast, "更晚的一篇", at=FIRST + timedelta(hours=1))
        return number


def links_of(page: str) -> list[str]:
    """Where the links of a page lead."""
    return re.findall(r'href="(/[^"#]*)"', page)


# -- what everybody may open ---------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/portal", "/portal/articles", "/portal/columns/gzdt", "/portal/columns/qt"])
def test_pages_open_without_signing_in_even_in_an_empty_town(client: FlaskClient, cast: Cast, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert client.post(path).status_code in (400, 405)


def test_an_unfounded_house_has_a_portal_too(client: FlaskClient) -> None:
    assert client.get("/portal").status_code == 200
    assert client.get("/portal/articles").status_code == 200


def test_no_link_of_the_portal_is_dead(client: FlaskClient, article: int) -> None:
    seen: set[str] = set()
    waiting = ["/portal"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 304), path
        if answer.mimetype == "text/html":
            waiting += [link.replace("&amp;", "&") for link in links_of(answer.text)]
        answer.close()
    assert f"/portal/articles/{article}" in seen
    assert any(path.startswith("/files/") for path in seen)
    assert "/portal/columns/tzgg" in seen


def test_the_first_page_shows_the_lead_and_the_newest(client: FlaskClient, article: int) -> None:
    page = client.get("/portal").text
    assert page.count("洛洞村完成春耕农技培训，服务农户 68 户") == 1
    assert 'alt="农技员在田间示范育秧"' in page
    assert page.index("更晚的一篇") < page.index("更早的一篇")
    assert "洛洞村</a>" in page


# -- lists ---------------------------------------------------------------------------------------


def test_a_list_pages_by_fifteen(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        for number in range(16):
            put_article(cast, f"第 {number:02} 篇", at=FIRST + timedelta(hours=number))
    first, second = client.get("/portal/columns/gzdt").text, client.get("/portal/columns/gzdt?page=2").text
    assert "共 16 条" in first
    assert "第 15 篇" in first
    assert "第 00 篇" not in first
    assert "第 00 篇" in second
    assert "第 01 篇" not in second


def test_a_list_is_narrowed_and_keeps_the_choice_in_its_links(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        for number in range(16):
            put_article(cast, f"洛洞第 {number:02} 篇")
        put_article(cast, "社区的洛洞一篇", unit="C01")
        search.index(20)
    page = client.get("/portal/columns/gzdt?unit=C03&year=2026&q=洛洞").text
    assert "共 16 条" in page
    assert "社区的" not in page
    assert '<option value="C03" selected>' in page
    assert '<option value="2026" selected>' in page
    assert "unit=C03&amp;year=2026&amp;q=%E6%B4%9B%E6%B4%9E&amp;page=2" in page


@pytest.mark.parametrize("query", ["unit=X9", "year=1900", "year=abc", "page=0", "page=99999999999", "page=x", "q=%00"])
def test_a_choice_that_makes_no_sense_is_no_choice(client: FlaskClient, article: int, query: str) -> None:
    answer = client.get(f"/portal/articles?{query}")
    assert answer.status_code == 200
    assert "共 3 条" in answer.text


def test_arguments_do_not_steer_the_links(client: FlaskClient, article: int) -> None:
    page = client.get("/portal/articles?_scheme=javascript&_external=1&endpoint=static&code=x&q=的").text
    assert "javascript:" not in page


def test_a_search_finds_texts_everywhere_and_says_when_it_does_not(
    app: Flask, client: FlaskClient, article: int
) -> None:
    assert "没有找到" in client.get("/portal/articles?q=农技 培训").text
    with app.app_context():
        search.index(20)
    page = client.get("/portal/articles?q=农技 培训").text  # kept a moment ago without it
    assert "共 3 条" in page
    assert page.index("洛洞村完成春耕") < page.index("更晚的一篇")  # its title says so
    assert '<mark class="tp-hit">农技</mark>' in page
    assert 'content="noindex"' in page
    nothing = client.get("/portal/articles?q=<script>alert(1)</script>")
    assert "没有找到" in nothing.text
    assert "<script>alert" not in nothing.text


def test_suggestions_are_offered_while_one_types(app: Flask, client: FlaskClient, article: int) -> None:
    with app.app_context():
        search.index(20)
    answer = client.get("/portal/suggestions?q=一篇")
    assert re.findall(r'value="([^"]*)"', answer.text) == ["更晚的一篇", "更早的一篇"]
    assert "<option" not in client.get("/portal/suggestions?q=一").text
    assert client.get("/portal/suggestions").status_code == 200


def test_the_feed_holds_the_newest_first_and_nothing_withdrawn(app: Flask, client: FlaskClient, article: int) -> None:
    answer = client.get("/portal/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.text)
    titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    assert titles[0] == "更晚的一篇" and len(titles) == 3
    with app.app_context():
        take_away(article)
    forget()
    assert "洛洞村完成春耕农技培训" not in client.get("/portal/feed.xml").text
    assert client.get("/portal/columns/gzdt/feed.xml").status_code == 200
    assert client.get("/portal/columns/nowhere/feed.xml").status_code == 404


def test_a_feed_is_304_while_nothing_changes_and_keeps_its_kind(client: FlaskClient, article: int) -> None:
    first = client.get("/portal/feed.xml")
    again = client.get("/portal/feed.xml")
    assert (again.mimetype, again.data) == (first.mimetype, first.data)
    assert client.get("/portal/feed.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_map_leads_to_every_page(app: Flask, client: FlaskClient, article: int) -> None:
    parts = re.findall(r"<loc>http://localhost(.*?)</loc>", client.get("/portal/sitemap.xml").text)
    assert parts == ["/portal/sitemap-1.xml"]
    pages = re.findall(r"<loc>http://localhost(.*?)</loc>", client.get(parts[0]).text)
    assert f"/portal/articles/{article}" in pages and "/portal/columns/gzdt" in pages
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.get("/portal/sitemap-2.xml").status_code == 404
    assert client.get("/portal/sitemap-0.xml").status_code == 404
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Sitemap: http://localhost/portal/sitemap.xml" in robots.text


def test_pages_carry_the_tags_of_the_norm(client: FlaskClient, article: int) -> None:
    """《政府网站发展指引》, 网页设计规范: site, column and content tags."""
    page = client.get(f"/portal/articles/{article}").text
    for tag in ("SiteName", "SiteDomain", "ColumnName", "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Url"):
        assert len(re.findall(f'<meta name="{tag}" content="[^"]+">', page)) == 1, tag
    assert "SiteIDCode" not in page  # nobody has entered one
    column = client.get("/portal/columns/gzdt").text
    for tag in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
        assert f'<meta name="{tag}" content="' in column, tag


def test_a_page_kept_for_one_host_is_not_shown_under_another(client: FlaskClient, article: int) -> None:
    path = f"/portal/articles/{article}"
    assert "elsewhere.example" in client.get(path, headers={"Host": "elsewhere.example"}).text
    assert "elsewhere.example" not in client.get(path).text


def test_an_unknown_column_is_the_portals_404(client: FlaskClient, cast: Cast) -> None:
    answer = client.get("/portal/columns/nowhere")
    assert answer.status_code == 404
    assert "这一页不在了" in answer.text
    assert "法定主动公开" in answer.text


# -- one article ---------------------------------------------------------------------------------


def test_an_article_shows_its_facts_text_and_files(client: FlaskClient, article: int) -> None:
    page = client.get(f"/portal/articles/{article}").text
    for words in ("索引号", "TT441821102/2026-", "其他 › 工作动态", "佛冈县汤塘镇人民政府", "2026年4月14日"):
        assert words in page
    assert "2026年4月16日 10:00" in page
    assert BODY in page
    assert 'class="tp-doc-b tp-read" hx-disable' in page
    assert "名册（统计表）.pdf" in page
    assert "1 KB" in page
    assert "上一条：更晚的一篇" in page
    assert "下一条：更早的一篇" in page
    assert "data-print" in page


def test_an_article_has_the_meta_tags_of_a_government_site(client: FlaskClient, article: int) -> None:
    page = client.get(f"/portal/articles/{article}").text
    for name, content in (
        ("SiteName", "佛冈县汤塘镇人民政府政府信息公开"),
        ("ColumnName", "工作动态"),
        ("ArticleTitle", "洛洞村完成春耕农技培训，服务农户 68 户"),
        ("PubDate", "2026-04-16 10:00"),
        ("ContentSource", "洛洞村委会"),
    ):
        assert f'<meta name="{name}" content="{content}">' in page


def test_without_a_source_the_unit_is_the_source(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        number = put_article(cast, source="")
    assert "来源：洛洞村" in client.get(f"/portal/articles/{number}").text


def test_a_correction_is_announced(app: Flask, client: FlaskClient, article: int) -> None:
    assert "更正说明" not in client.get(f"/portal/articles/{article}").text
    with app.app_context():
        correct(article, "第二段原写 86 户，更正为 68 户。")
    page = client.get(f"/portal/articles/{article}").text
    assert "更正说明（2026年4月17日 10:00）" in page
    assert "第二段原写 86 户，更正为 68 户。" in page


def test_titles_and_notes_are_text_and_nothing_else(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        number = put_article(cast, '<img src=x onerror=alert(1)>"标题')
        correct(number, "<b>更正</b>")
    page = client.get(f"/portal/articles/{number}").text
    assert "<img src=x" not in page
    assert "<b>更正</b>" not in page


@pytest.mark.parametrize("number", ["0", "999", "2147483648", "99999999999999999999999"])
def test_an_article_that_is_not_there_is_404(client: FlaskClient, cast: Cast, number: str) -> None:
    assert client.get(f"/portal/articles/{number}").status_code == 404


def test_an_article_of_a_closed_column_can_still_be_read(app: Flask, client: FlaskClient, cast: Cast) -> None:
    with app.app_context():
        number = put_article(cast)
        column = cast.column("gzdt")
        with unit_of_work(SYSTEM) as work:
            column.open = False
            work.record(OPEN, column)
    page = client.get(f"/portal/articles/{number}").text
    assert "工作动态" in page
    assert "/portal/columns/gzdt" not in page


# -- gone at once --------------------------------------------------------------------------------


PATHS = ("/portal", "/portal/articles", "/portal/columns/gzdt", "/portal/articles/{}")


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_page_is_304_and_always_asked_for(client: FlaskClient, article: int, path: str) -> None:
    path = path.format(article)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in first.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(path).data == first.data


def test_a_withdrawn_article_is_gone_from_every_page_at_once(app: Flask, client: FlaskClient, article: int) -> None:
    paths = [path.format(article) for path in PATHS]
    tags = [client.get(path).headers["ETag"] for path in paths]
    with app.app_context():
        take_away(article)
    for path, tag in zip(paths, tags, strict=True):
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == (404 if str(article) in path else 200)
        assert "洛洞村完成春耕农技培训" not in answer.text
    gone = client.get(paths[-1])
    assert gone.headers["Cache-Control"] == "no-store"
    assert "这一页不在了" in gone.text


def test_a_kept_page_follows_every_change(app: Flask, client: FlaskClient, article: int, cast: Cast) -> None:
    path = f"/portal/articles/{article}"
    before = client.get(path)
    with app.app_context():
        correct(article, "更正一句。")
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "更正一句。" in after.text


def test_text_size_and_contrast_are_pages_of_their_own(client: FlaskClient, article: int) -> None:
    path = f"/portal/articles/{article}"
    tag = client.get(path).headers["ETag"]
    chosen = client.get(f"{path}?ts=2&hc=1")
    assert 'class="tp-fs-2 tp-hc"' in chosen.text
    assert chosen.headers["Cache-Control"] == "no-store"
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert 'class="tp-fs-2 tp-hc"' in answer.text


def test_the_choice_of_a_text_size_keeps_the_list_where_it_is(client: FlaskClient, article: int) -> None:
    assert 'href="/portal/articles?unit=C03&amp;ts=2"' in client.get("/portal/articles?unit=C03").text


# -- few statements ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PATHS, "/portal/columns/gzdt?unit=C03&year=2026", "/portal/articles/999"])
def test_a_page_takes_at_most_six_statements(app: Flask, client: FlaskClient, article: int, path: str) -> None:
    client.get("/portal")
    forget()
    with app.app_context(), statements() as ran:
        client.get(path.format(article))
    assert 1 <= len(ran) <= 6, ran


@pytest.mark.parametrize("asked", ["春耕", "怎么办理春耕", "没有这样的事情啊"])
def test_a_search_takes_at_most_twelve(app: Flask, client: FlaskClient, article: int, asked: str) -> None:
    with app.app_context():
        search.index(20)
    client.get("/portal")
    forget()
    with app.app_context(), statements() as ran:
        client.get(f"/portal/columns/gzdt?unit=C03&year=2026&q={asked}")
    assert 1 <= len(ran) <= 12, ran


def test_a_304_takes_one_statement(app: Flask, client: FlaskClient, article: int) -> None:
    tag = client.get("/portal/articles").headers["ETag"]
    with app.app_context(), statements() as ran:
        assert client.get("/portal/articles", headers={"If-None-Match": tag}).status_code == 304
    assert len(ran) == 1


def test_somebody_signed_in_reads_the_same_pages(
    client: FlaskClient, article: int, signed_in: Callable[[str], FlaskClient]
) -> None:
    mine = signed_in("reporter").get("/portal/articles")
    assert mine.data == client.get("/portal/articles").data


def test_the_store_holds_what_the_pages_show(app: Flask, client: FlaskClient, article: int) -> None:
    store: Store = app.extensions["store"]
    assert isinstance(store.folder, Path)
    (token,) = set(re.findall(r'img src="/files/([0-9a-f]{32})"', client.get(f"/portal/articles/{article}").text))
    assert client.get(f"/files/{token}").data == store.get(token)
