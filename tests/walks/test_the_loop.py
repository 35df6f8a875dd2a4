"""Four people in four browsers take a piece of news from the first word to the public's screen."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import DESK, PHONE, SLOW, Watch, chromium, photo
from tests.cast import Cast
from tests.conftest import Databases
from tests.scene import PASSWORD
from tests.walks.conftest import HOLDERS, Stage, staged
from town_portal.accounts import operations as accounts
from town_portal.audit import queries as trail
from town_portal.foundation.db import db
from town_portal.submissions import operations as submissions
from town_portal.submissions.models import Submission

pytestmark = pytest.mark.browser
__all__ = ["chromium"]

SENTENCE = "今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户 68 户，发放技术手册 120 册。"


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all walks of this file."""
    yield from staged(databases, tmp_path_factory.mktemp("loop"), HOLDERS)


@pytest.fixture
def watch(chromium: Browser, stage: Stage) -> Iterator[Watch]:
    """Nothing may go wrong on any page: no violation, no error, no foreign host, no barrier."""
    watching = Watch(chromium, f"http://127.0.0.1:{stage.server.port}")
    yield watching
    watching.close()
    assert watching.report() == {"console": [], "foreign": [], "barriers": []}


@dataclass
class Tour:
    """A walk in one kind of window, with or without script."""

    watch: Watch
    script: bool
    viewport: dict[str, int]
    options: dict[str, Any] = field(default_factory=dict)

    def window(self) -> Page:
        """A window of somebody's own."""
        return self.watch.person(java_script_enabled=self.script, viewport=self.viewport, **self.options)

    def signed_in(self, key: str) -> Page:
        """A window in which somebody signs in by the form."""
        page = self.window()
        page.goto("/sign-in")
        self.look(page)
        page.get_by_label("手机号").first.fill(Cast().phone(key))
        page.get_by_label("密码", exact=True).first.fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(Cast().name(key))
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """Let axe look, where there is script to look with."""
        if self.script:
            self.watch.look_for_barriers(page)


def write(tour: Tour, page: Page, title: str, picture: Path) -> int:
    """Write news with a photo and hand it in; the number of the item."""
    page.goto("/submissions/new/blank")
    page.get_by_label("标题").fill(title)
    page.get_by_label("对口办公室").select_option(label="农业农村办公室")
    page.get_by_label("已做保密审查").check()
    if tour.script:
        editor = page.locator(".ProseMirror")
        editor.click()
        page.keyboard.type(SENTENCE)
        page.locator("[data-editor] input[type=file]").set_input_files(picture)
        figure = page.locator(".ProseMirror figure")
        expect(figure.locator("img")).to_be_visible()
        figure.get_by_label("画面描述").fill("技术员在讲台前讲课")
        figure.locator("figcaption").click()
        page.keyboard.type("培训现场")
        tour.look(page)
        page.get_by_role("button", name="保存并去送审").click()
    else:
        page.get_by_label("正文").fill(SENTENCE)
        page.get_by_label("添加照片").set_input_files(picture)
        page.get_by_role("button", name="保存", exact=True).click()
        typed = page.get_by_label("正文")
        expect(typed).to_have_value(re.compile("【图1】"))
        typed.fill(f"{SENTENCE}\n【图1】培训现场|技术员在讲台前讲课")
        page.get_by_role("button", name="保存并去送审").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("送审")
    expect(page.get_by_text("该填的都填了，可以送审")).to_be_visible()
    tour.look(page)
    for warning in page.get_by_label("看过，没有错").all():
        warning.check()
    page.get_by_label("我已逐字校对").check()
    page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name="签字并送审").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_text("已送审。")).to_be_visible()
    tour.look(page)
    return int(page.url.rsplit("/", 1)[1])


def sign(tour: Tour, page: Page, title: str) -> None:
    """Open the item from the queue, sign 校 and 审 with one press."""
    page.get_by_role("link", name=re.compile(rf"审核\s*：{title}")).click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("#doc img")).to_have_attribute("alt", "技术员在讲台前讲课")
    tour.look(page)
    page.get_by_label("我已看完").check()
    page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name="签字并通过").click()
    expect(page.get_by_text(f"已签字通过：{title}。")).to_be_visible()


def publish(tour: Tour, page: Page, title: str) -> str:
    """Publish what was approved; the address of the public page."""
    page.goto("/publishing")
    tour.look(page)
    page.get_by_role("link", name=re.compile(rf"去发布\s*：{title}")).click()
    expect(page.locator("h1")).to_have_text(title)
    tour.look(page)
    page.get_by_label("登录密码").first.fill(PASSWORD)
    page.get_by_role("button", name="现在发布到").click()
    expect(page.get_by_text("已发布，索引号")).to_be_visible()
    tour.look(page)
    address = page.get_by_role("link", name="打开公开页").get_attribute("href")
    assert address
    return address


def read(tour: Tour, title: str, address: str) -> None:
    """A stranger finds and reads it."""
    page = tour.window()
    page.goto("/portal")
    tour.look(page)
    page.get_by_role("link", name=title).first.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_text("服务农户 68 户").first).to_be_visible()
    picture = page.get_by_role("img", name="技术员在讲台前讲课")
    expect(picture).to_be_visible()
    if tour.script:
        for image in page.locator("img").all():
            expect(image).to_have_js_property("complete", True)
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
    tour.look(page)


def expect_the_whole_trace(tour: Tour, page: Page, number: int) -> None:
    """Everybody's hand on the item's page."""
    page.goto(f"/submissions/{number}")
    trace = page.locator(".tp-trace")
    for words in (
        "李月娥 起草",
        "李月娥 送审",
        "陈志明 校对签字",
        "陈志明 二审通过",
        "林副镇长 校对签字",
        "林副镇长 三审通过",
        "邓发布 发布",
    ):
        expect(trace.get_by_text(words).first).to_be_visible()
    tour.look(page)


TOURS = {
    "at the desk": (True, DESK, "洛洞村办农技培训班六十八户受益"),
    "without script": (False, DESK, "洛洞村再办农技培训班六十八户受益"),
    "on a phone": (True, PHONE, "洛洞村三办农技培训班六十八户受益"),
}


@pytest.mark.parametrize("kind", TOURS)
def test_from_the_first_word_to_the_public(kind: str, watch: Watch, stage: Stage, tmp_path: Path) -> None:
    script, viewport, title = TOURS[kind]
    tour = Tour(watch, script, viewport)
    head = tour.signed_in("head")
    head.goto("/waiting")
    expect(head.locator("h1")).to_have_text("待我办理 0 件")
    tour.look(head)
    reporter = tour.signed_in("reporter")
    number = write(tour, reporter, title, photo(tmp_path))
    if script:
        expect_to_hear_within_three_seconds(head)
        head.get_by_role("link", name="列表有变化，现在 1 件，点这里更新").click()
    else:
        head.reload()
    expect(head.locator("h1")).to_have_text("待我办理 1 件")
    sign(tour, head, title)
    leader = tour.signed_in("leader")
    leader.goto("/waiting")
    sign(tour, leader, title)
    publisher = tour.signed_in("publisher")
    read(tour, title, publish(tour, publisher, title))
    expect_the_whole_trace(tour, reporter, number)
    reporter.goto("/statistics")
    row = reporter.get_by_role("row").filter(has=reporter.get_by_role("rowheader", name="洛洞村"))
    expect(row.locator("td").nth(2)).to_have_text(re.compile("^[1-9]"))  # 采用发布
    tour.look(reporter)
    with stage.inside():
        assert trail.verify().findings == []
        published = db.session.get_one(Submission, number)
        assert (published.state.value, published.title) == ("published", title)


def expect_to_hear_within_three_seconds(page: Page) -> None:
    """The open list tells of a new item by itself; a slow machine is given the time of one answer more."""
    begun = time.monotonic()
    page.request.get("/waiting/pulse")
    slowness = time.monotonic() - begun
    expect(page.locator("h1")).to_have_text("待我办理 1 件", timeout=15_000)
    expect(page.get_by_role("link", name="列表有变化，现在 1 件")).to_be_visible()
    assert time.monotonic() - begun <= 3 + 2 * slowness


# -- nothing typed is lost --------------------------------------------------------------------------------


LINE_DOWN = r"Failed to load resource: (the server responded with a status of 4(01|22)|net::)|htmx:|Response Status Error Code 401"


def editor_of(page: Page, words: str) -> Any:
    """Type into the rich editor of a new item; its text field."""
    page.goto("/submissions/new/blank")
    page.get_by_label("标题").fill("断网时写的这一篇题目")
    body = page.locator(".ProseMirror")
    body.click()
    page.keyboard.type(words)
    return body


@pytest.fixture
def writer(watch: Watch, stage: Stage) -> Page:
    """The deputy reporter at his desk, with nothing begun."""
    with stage.inside() as cast:
        submissions.drop_working_copy(cast.actor("deputy_reporter"), 0)
    watch.expect(LINE_DOWN)
    return Tour(watch, True, DESK).signed_in("deputy_reporter")


def test_the_network_goes_and_comes_back_while_typing(writer: Page) -> None:
    body = editor_of(writer, "第一句话。")
    expect(writer.locator("#save")).to_contain_text("已自动保存")
    writer.context.set_offline(True)
    body.click()
    writer.keyboard.press("End")
    writer.keyboard.type("断网后写的第二句话。")
    expect(writer.get_by_text("网络断了。写的内容先存在这台设备上")).to_be_visible()
    writer.context.set_offline(False)
    expect(writer.get_by_text("已连上，稿子补存好了")).to_be_visible()
    writer.reload()
    expect(writer.locator(".ProseMirror")).to_contain_text("断网后写的第二句话。")


def test_what_could_not_be_saved_survives_a_reload(writer: Page) -> None:
    body = editor_of(writer, "第一句话。")
    expect(writer.locator("#save")).to_contain_text("已自动保存")
    writer.route("**/working-copies/*", lambda route: route.abort())
    body.click()
    writer.keyboard.press("End")
    writer.keyboard.type("没有存上的第二句话。")
    expect(writer.get_by_text("先存在这台设备上").first).to_be_visible()
    writer.on("dialog", lambda dialog: dialog.accept())
    writer.reload()
    expect(writer.get_by_text("这台设备上有一份没存上的稿子")).to_be_visible()
    writer.get_by_role("button", name="恢复").click()
    expect(writer.locator(".ProseMirror")).to_contain_text("没有存上的第二句话。")
    writer.unroute("**/working-copies/*")


def end_sessions(stage: Stage) -> None:
    """The sessions of the deputy reporter run out."""
    with stage.inside() as cast:
        accounts.end_all_sessions(cast.actor("administrator"), cast.person("deputy_reporter"))


def test_the_session_runs_out_while_typing(writer: Page, watch: Watch, stage: Stage) -> None:
    body = editor_of(writer, "第一句话。")
    expect(writer.locator("#save")).to_contain_text("已自动保存")
    end_sessions(stage)
    body.click()
    writer.keyboard.press("End")
    writer.keyboard.type("登录过期后写的第二句话。")
    dialog = writer.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("登录过期了，写的内容还在")
    watch.look_for_barriers(writer)
    dialog.get_by_label("手机号").fill(Cast().phone("deputy_reporter"))
    dialog.get_by_label("密码").fill("wrong password 1A")
    dialog.get_by_role("button", name="登录").click()
    expect(dialog.get_by_role("alert")).to_contain_text("密码不对")
    dialog.get_by_label("手机号").fill(Cast().phone("deputy_reporter"))
    dialog.get_by_label("密码").fill(PASSWORD)
    with writer.expect_response(lambda answer: "/working-copies/" in answer.url and answer.ok, timeout=3 * SLOW):
        dialog.get_by_role("button", name="登录").click()
    expect(dialog).to_be_hidden()
    # What waited is saved at once (补存好了); what was only typed meanwhile goes with the next autosave.
    expect(writer.locator("#save")).to_contain_text(re.compile("补存好了|已自动保存"))
    expect(body).to_contain_text("登录过期后写的第二句话。")
    writer.reload()
    expect(writer.locator(".ProseMirror")).to_contain_text("登录过期后写的第二句话。")


def test_an_autosave_on_its_way_while_one_signs_in_again_goes_once_more(writer: Page, stage: Stage) -> None:
    body = editor_of(writer, "第一句话。")
    expect(writer.locator("#save")).to_contain_text("已自动保存")
    held: list[Route] = []
    writer.route("**/working-copies/*", lambda route: held.append(route), times=1)  # noqa: PLW0108 - playwright marks it
    end_sessions(stage)
    body.click()
    writer.keyboard.press("End")
    with writer.expect_request("**/working-copies/*"):
        writer.keyboard.type("路上的第二句话。")
    writer.evaluate("document.dispatchEvent(new CustomEvent('sign-in-needed'))")
    dialog = writer.get_by_role("dialog")
    dialog.get_by_label("手机号").fill(Cast().phone("deputy_reporter"))
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录").click()
    expect(dialog).to_be_hidden(timeout=SLOW)
    held[0].fulfill(status=401)
    expect(writer.locator("#save")).to_contain_text("补存好了", timeout=SLOW)
    expect(dialog).to_be_hidden()
    writer.reload()
    expect(writer.locator(".ProseMirror")).to_contain_text("路上的第二句话。")


@pytest.mark.parametrize("script", [True, False])
def test_the_session_runs_out_before_saving(watch: Watch, stage: Stage, script: bool) -> None:
    watch.expect(LINE_DOWN)
    tour = Tour(watch, script, DESK)
    page = tour.signed_in("deputy_reporter")
    page.goto("/submissions/new/blank")
    page.get_by_label("标题").fill(f"登录过期时写的这一篇{script}")
    page.get_by_label("对口办公室").select_option(label="农业农村办公室")
    if script:
        page.locator(".ProseMirror").click()
        page.keyboard.type("辛苦写下的话。")
    else:
        page.get_by_label("正文").fill("辛苦写下的话。")
    end_sessions(stage)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("登录过期了，刚才填的还在。")).to_be_visible()
    page.get_by_label("手机号").first.fill(Cast().phone("deputy_reporter"))
    page.get_by_label("密码", exact=True).first.fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).first.click()
    page.get_by_role("button", name="继续提交").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value(f"登录过期时写的这一篇{script}")
    if script:
        expect(page.locator(".ProseMirror")).to_contain_text("辛苦写下的话。")
    else:
        expect(page.get_by_label("正文")).to_have_value("辛苦写下的话。")


def test_a_slip_is_found_while_typing_and_mended_where_it_stands(watch: Watch, stage: Stage) -> None:
    watch.expect(LINE_DOWN)
    page = Tour(watch, True, DESK).signed_in("deputy_reporter")
    body = editor_of(page, "各村要加强秸杆禁烧宣传，联系人小陈13598761234。")
    found = page.locator("#submissions-found")
    expect(found).to_contain_text("个人手机号", timeout=SLOW)
    found.get_by_role("button", name="改为“秸秆”").click()
    expect(body).to_contain_text("加强秸秆禁烧")
    expect(found).not_to_contain_text("秸杆", timeout=SLOW)
    expect(found).to_contain_text("必须改")
