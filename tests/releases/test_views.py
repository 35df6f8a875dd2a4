"""The pages of channels, walked without script."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.house.uploads import a_picture, an_illustrated_item
from tests.http import ClientVisitor, Page
from tests.releases.out import LINK, PAPER, WECHAT, a_release, an_article, the_channels
from tests.statements import statements
from town_portal.foundation import clock
from town_portal.network.rules import table_file
from town_portal.publishing.queries import of_submission
from town_portal.releases import queries
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.releases.rules.list_file import HEAD
from town_portal.submissions.rules.lifecycle import State

Visit = Callable[[str], ClientVisitor]
S = ReleaseState


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def made(app: Flask, cast: Cast, state: ReleaseState = S.PLANNED, channel: str = WECHAT) -> tuple[int, int]:
    """(article, release) in a state."""
    with app.app_context():
        release = a_release(cast, state, channel)
        return release.publication_id, release.id


def sent_with_file(
    visitor: ClientVisitor, page: Page, action: str, file: str, content: bytes, name: str, **changes: Any
) -> Any:
    """Send a form that takes a file."""
    fields = dict(page.form(action).filled(**changes))
    return visitor.client.post(
        action, data={**fields, file: (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def test_a_release_is_recorded_with_a_screenshot_that_only_some_see(app: Flask, cast: Cast, visit: Visit) -> None:
    article, number = made(app, cast)
    publisher, address = visit("publisher"), f"/releases/publications/{article}"
    assert WECHAT in publisher.get("/releases").text
    page = publisher.get(address)
    answer = sent_with_file(
        publisher, page, f"/releases/{number}/records", f"record-{number}-shot", a_picture(), "截图.jpg",
        **{f"record-{number}-url": LINK},
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, f"{address}#releases-release-{number}")
    shown = publisher.get(address).text
    assert LINK in shown and "已发布" in shown
    with app.app_context():
        token = queries.of_publication(article)[0].shot.token
    assert [visit(key).client.get(f"/files/{token}").status_code for key in ("publisher", "reporter", "other_reporter")] == [
        200, 200, 404,
    ]  # fmt: skip
    assert app.test_client().get(f"/files/{token}").status_code == 404


def test_what_is_refused_stands_in_its_form_and_is_opened(app: Flask, cast: Cast, visit: Visit) -> None:
    article, number = made(app, cast)
    publisher, address = visit("publisher"), f"/releases/publications/{article}"
    action = f"/releases/{number}/records"
    bad = publisher.send(address, action, **{f"record-{number}-url": "佛冈发布"})
    assert (bad.status, "https://" in bad.text, f'id="record-{number}-url-e"' in bad.text) == (422, True, True)
    dropped = publisher.send(address, f"/releases/{number}/drops", **{f"drop-{number}-reason": "不"})
    assert (dropped.status, "至少 4 个字" in dropped.text) == (422, True)


def test_a_paper_is_sent_declines_and_the_record_is_taken_back(app: Flask, cast: Cast, visit: Visit) -> None:
    article, number = made(app, cast, channel=PAPER)
    publisher, address = visit("publisher"), f"/releases/publications/{article}"
    assert publisher.send(address, f"/releases/{number}/sendings").status == 303
    assert "已报送渠道" in publisher.get(address).text
    assert publisher.send(address, f"/releases/{number}/declines").status == 303
    assert "未采用" in publisher.get(address).text
    reason = {f"take_back-{number}-reason": "是另一家报纸说的"}
    assert publisher.send(address, f"/releases/{number}/returns", **reason).status == 303
    assert "已报送渠道" in publisher.get(address).text


def test_a_unit_reports_and_the_office_confirms_or_not(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        article, paper = an_article(cast).id, the_channels(cast)[PAPER].id
    reporter, address = visit("reporter"), f"/releases/publications/{article}"
    page = reporter.get(address)
    assert "records" not in page.text and "data-copies" not in page.text
    action = f"{address}/adoptions"
    empty = reporter.send(page, action, **{"report-channel_id": paper})
    assert (empty.status, "链接或截图" in empty.text) == (422, True)
    assert reporter.send(empty, action, **{"report-url": LINK}).status == 303
    assert "采用待核实" in reporter.get(address).text
    with app.app_context():
        (release,) = queries.of_publication(article)
        number = release.id
    assert visit("coordinator").send(address, f"/releases/{number}/confirmations").status == 303
    assert "已采用" in reporter.get(address).text


@pytest.mark.parametrize("key", ["other_reporter", "administrator"])
def test_others_are_not_shown_it(app: Flask, cast: Cast, visit: Visit, key: str) -> None:
    article, number = made(app, cast)
    stranger = visit(key)
    wanted = 403 if key == "administrator" else 404
    for path in (
        f"/releases/publications/{article}", f"/releases/{number}", f"/releases/{number}/copy.html",
        f"/releases/publications/{article}/package.zip",
    ):  # fmt: skip
        assert stranger.get(path).status == wanted, path


def test_the_channels_own_text_shows_what_it_changes(app: Flask, cast: Cast, visit: Visit) -> None:
    article, number = made(app, cast)
    publisher, address = visit("publisher"), f"/releases/{number}/texts"
    looked = publisher.send(address, address, title="洛洞村办起农技课堂", look="1")
    assert (looked.status, "<ins>" in looked.text, "<del>" in looked.text) == (200, True, True)
    secret = publisher.send(address, address, title="洛洞村办起农技课堂", lines="联系人身份证号 441802199003072316。")
    assert (secret.status, "谁也不能放行" in secret.text) == (422, True)
    assert publisher.send(address, address, title="洛洞村办起农技课堂").status == 303
    shown = publisher.get(f"/releases/publications/{article}").text
    assert "渠道文稿第 1 版" in shown and "洛洞村办起农技课堂" in shown


def test_copies_and_packages_leave_as_files(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        item, _ = an_illustrated_item(app, cast, State.PUBLISHED)
        found = of_submission(item.id)
        assert found is not None
        release = a_release(cast, article=found)
        article, number = release.publication_id, release.id
    publisher = visit("publisher").client
    copy = publisher.get(f"/releases/{number}/copy.html")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert 'style="' in copy.text and "【图1" in copy.text
    page = publisher.get(f"/releases/publications/{article}")
    assert "style=" not in page.text.replace("style=&#34;", "")
    for name in ("package.zip", "pictures.zip"):
        answer = publisher.get(f"/releases/publications/{article}/{name}")
        assert answer.data.startswith(b"PK") and "attachment" in answer.headers["Content-Disposition"]


def test_ten_lines_in_a_row_and_what_is_wrong_comes_back(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        titles = [an_article(cast, title=words).title for words in ("洛洞村粉葛丰收采挖忙", "汤塘新修水渠通了水")]
        paper, wechat = the_channels(cast)[PAPER].id, the_channels(cast)[WECHAT].id
    publisher, day = visit("publisher"), str(clock.today())
    rows = {
        "rows-0-words": titles[0], "rows-0-channel_id": paper, "rows-0-day": day, "rows-0-url": LINK,
        "rows-1-words": "粉葛丰收", "rows-1-channel_id": wechat, "rows-1-day": day,
        "rows-2-words": "没有这样一篇", "rows-2-channel_id": wechat, "rows-2-day": day,
    }  # fmt: skip
    answer = publisher.send("/releases/entries", "/releases/entries", **rows)
    assert (answer.status, "没有找到这一篇" in answer.text, "没有这样一篇" in answer.text) == (422, True, True)
    assert "已登记 2 条" in answer.text
    half = publisher.send("/releases/entries", "/releases/entries", **{"rows-0-words": titles[1]})
    assert (half.status, "缺渠道、日期" in half.text) == (422, True)
    nothing = publisher.send("/releases/entries", "/releases/entries")
    assert (nothing.status, "一行也没有填" in nothing.text) == (422, True)
    with app.app_context():
        assert len(queries.counted(clock.today(), clock.today())) == 2


def test_a_list_is_imported_with_a_report(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        title = an_article(cast).title
        the_channels(cast)
    rows = [HEAD, (title, "", WECHAT, str(clock.today()), LINK), ("没有这篇", "", WECHAT, "2025-01-01", "")]
    coordinator = visit("coordinator")
    for expected in ("登记了 1 条", "已经登记过"):
        page = coordinator.get("/releases/imports")
        answer = sent_with_file(
            coordinator, page, "/releases/imports", "file", table_file.write_workbook("清单", rows), "2025年.xlsx"
        )
        assert (answer.status_code, expected in answer.text, "门户上没有这个标题" in answer.text) == (200, True, True)
    bad = sent_with_file(coordinator, page, "/releases/imports", "file", b"x,y\n1,2\n", "坏.csv")
    assert (bad.status_code, "列名" in bad.text) == (422, True)
    assert coordinator.client.get("/releases/imports/template.xlsx").data.startswith(b"PK")


def test_channels_are_set_up_added_changed_and_closed(app: Flask, cast: Cast, visit: Visit) -> None:
    coordinator = visit("coordinator")
    empty = coordinator.get("/release-channels").text
    assert "还没有发布渠道" in empty and "没有开" in empty
    assert coordinator.send("/release-channels", "/release-channels/foundings").status == 303
    new = {"name": "学习强国", "tier": "nation", "medium": "app", "selects": "y"}
    assert coordinator.send("/release-channels/new", "/release-channels", **new).status == 303
    twice = coordinator.send("/release-channels/new", "/release-channels", **new)
    assert (twice.status, "已经有" in twice.text) == (422, True)
    with app.app_context():
        number = queries.channels()[-1].id
    page = f"/release-channels/{number}"
    assert coordinator.send(page, page, name="学习强国平台").status == 303
    assert coordinator.send(page, f"{page}/closings").status == 303
    assert "已停用" in coordinator.get("/release-channels").text
    assert coordinator.send(page, f"{page}/reopenings").status == 303
    assert coordinator.get("/release-channels/99999").status == 404


def test_an_article_is_planned_by_hand(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        article, paper = an_article(cast).id, the_channels(cast)[PAPER].id
    publisher, address = visit("publisher"), f"/releases/publications/{article}"
    none = publisher.send(address, f"{address}/plans")
    assert none.status == 422
    assert publisher.send(address, f"{address}/plans", **{"plan-channels": paper}).status == 303
    assert PAPER in publisher.get("/releases").text


def test_lists_and_pages_ask_little(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        release = a_release(cast, S.RELEASED)
        article = release.publication_id
        a_release(cast, channel=PAPER, article=release.publication)
    publisher = visit("publisher")
    for path, most in (
        ("/releases?show=all", 12),
        ("/releases?show=proof&channel=2", 12),
        (f"/releases/publications/{article}", 16),
    ):
        publisher.get(path)
        with statements() as sent:
            assert publisher.get(path).status == 200
        assert len(sent) <= most, (path, len(sent), sent)
