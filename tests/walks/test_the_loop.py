"""The whole loop by the four people who take part, in a real browser: with script, without, on a phone."""

import io
import re
import shutil
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import create_engine, text

from tests.cast import Cast
from tests.conftest import Databases, open_house
from tests.http import Server
from tests.scene import PASSWORD, give_passwords
from town_portal.audit import queries as trail
from town_portal.foundation.db import db

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

TITLE = "洛洞村完成秋收农技培训，服务农户 68 户"
BODY = "今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户 68 户，发放技术手册 120 册。"
SERIOUS = {"serious", "critical"}


NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without a window; the machine's own, otherwise Playwright's."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


class Watcher:
    """Notes what no page may do: break the policy, throw, or ask another host."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            "e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));"
        )
        context.on("page", self._watch_page)

    def _watch_page(self, page: Page) -> None:
        page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._note(f"threw {error}"))
        page.on("request", lambda request: self._note(f"asked {request.url}") if not self._ours(request.url) else None)

    def _ours(self, url: str) -> bool:
        return url.startswith((self.origin, "about:", "blob:"))

    def _note(self, words: str) -> None:
        # A refused form is drawn with its 4xx status; Chromium reports every such answer.
        if "Failed to load resource" not in words:
            self.faults.append(words)


class Town:
    """A running portal and the people at their desks."""

    def __init__(self, server: Server, chromium: Browser) -> None:
        self.server = server
        self.chromium = chromium
        self.origin = f"http://127.0.0.1:{server.port}"
        self.watcher = Watcher(self.origin)
        self.cast = Cast()
        self._contexts: list[BrowserContext] = []

    def desk(self, key: str | None, *, script: bool = True, phone: bool = False) -> Page:
        """Somebody's browser, signed in by the form; None is a stranger."""
        size = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 768}
        context = self.chromium.new_context(
            viewport=size, java_script_enabled=script, has_touch=phone, base_url=self.origin, locale="zh-CN"
        )
        context.set_default_timeout(20_000)
        if script:
            self.watcher.watch(context)
        self._contexts.append(context)
        page = context.new_page()
        if key is not None:
            page.goto("/sign-in")
            page.get_by_label("手机号").fill(self.cast.phone(key))
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(self.cast.name(key))
        return page

    def end_sessions(self) -> None:
        """Every session is over, as after half an hour without a sign of life."""
        engine = create_engine(self.server.database)
        with engine.begin() as connection:
            connection.execute(text("UPDATE sign_in_session SET ended_at = created_at"))
        engine.dispose()

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(autouse=True)
def watched(town: "Town") -> None:
    """Each test answers for its own faults."""
    town.watcher.faults.clear()


@pytest.fixture(scope="module")
def town(databases: Databases, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("portal")
    address = databases.fresh(with_cast=True)
    app = open_house(folder, address)
    with app.app_context():
        give_passwords(Cast(), "reporter", "head", "leader", "publisher", "coordinator", "auditor")
        db.session.remove()
        db.engine.dispose()
    server = Server(folder, address).start()
    town = Town(server, chromium)
    yield town
    town.close()
    server.stop()
    with app.app_context():
        report = trail.verify()
        db.session.remove()
        db.engine.dispose()
    assert report.findings == []


def accessible(page: Page) -> None:
    """Nothing serious by axe on the page as it stands."""
    found = Axe().run(page).response["violations"]
    serious = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]
    assert serious == [], page.url


def a_photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 140, 80)).save(content, "JPEG")
    return content.getvalue()


def sign(page: Page, title: str) -> None:
    """Open the item from the queue, read, tick, give the password, sign 校 and 审."""
    page.goto("/waiting")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_label("我已看完，同意上面的话").check()
    if page.get_by_label("登录密码").count():
        page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name="签字并通过").click()
    expect(page.locator("#layout-flash")).to_contain_text("已签字通过")


def hand_in(page: Page) -> None:
    """From the page before handing in."""
    page.get_by_label("我已逐字校对，同意上面的话").check()
    if page.get_by_label("登录密码").count():
        page.get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name="签字并送审").click()
    expect(page.locator("#layout-flash")).to_contain_text("已送审")


def publish(page: Page, title: str) -> str:
    """Publish and give the address of the public page."""
    page.goto("/publishing")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator("form[action$='/publications']").get_by_label("登录密码").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("现在发布")).click()
    expect(page.locator("#layout-flash")).to_contain_text("已发布")
    return page.get_by_role("link", name="打开公开页").get_attribute("href") or ""


def test_the_loop_with_script_and_a_photo(town: Town) -> None:
    head = town.desk("head")
    head.goto("/waiting")
    expect(head.get_by_role("heading", level=1)).to_have_text("待我办理 0 件")
    reporter = town.desk("reporter")
    accessible(reporter)
    reporter.get_by_role("link", name="写信息").last.click()
    reporter.get_by_label("标题").fill(TITLE)
    reporter.get_by_label("对口办公室").select_option(label="农业农村办公室")
    editor = reporter.locator(".ProseMirror")
    editor.click()
    reporter.wait_for_timeout(300)
    reporter.keyboard.insert_text(BODY)
    with reporter.expect_file_chooser() as chooser:
        reporter.get_by_role("button", name="照片").click()
    chooser.value.set_files({"name": "田间.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    expect(reporter.locator(".ProseMirror img")).to_have_count(1)
    reporter.locator(".ProseMirror figcaption").click()
    reporter.keyboard.insert_text("农技员在田间示范")
    reporter.get_by_label("画面描述").fill("几个人站在田埂上看稻子")
    reporter.get_by_label("已做保密审查，不涉密").check()
    expect(reporter.locator("#save")).to_contain_text("已自动保存")
    accessible(reporter)
    reporter.get_by_role("button", name="保存并去送审").click()
    accessible(reporter)
    hand_in(reporter)
    sent = time.monotonic()
    expect(head.locator("#layout-badge")).to_contain_text("1", timeout=10_000)
    assert time.monotonic() - sent < 4.5, "a change elsewhere is to show within three seconds"
    expect(head.get_by_role("heading", level=1)).to_have_text("待我办理 1 件")
    head.get_by_role("link", name=re.compile("列表有变化")).click()
    expect(head.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    accessible(head)
    head.get_by_role("link", name=TITLE, exact=True).click()
    accessible(head)
    sign(head, TITLE)
    sign(town.desk("leader"), TITLE)
    publisher = town.desk("publisher")
    address = publish(publisher, TITLE)
    accessible(publisher)
    stranger = town.desk(None)
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(stranger.locator("figure img")).to_have_js_property("complete", True)
    assert stranger.locator("figure img").evaluate("image => image.naturalWidth") > 0
    accessible(stranger)
    reporter.goto("/submissions")
    reporter.get_by_role("link", name=TITLE, exact=True).click()
    story = reporter.locator(".tp-trace")
    for name in ("李月娥", "陈志明", "林副镇长", "邓发布"):
        expect(story).to_contain_text(name)
    accessible(reporter)
    coordinator = town.desk("coordinator")
    coordinator.goto("/statistics")
    expect(coordinator.locator("table").filter(has_text="洛洞村").first).to_be_visible()
    accessible(coordinator)
    assert town.watcher.faults == []


def test_the_loop_without_script(town: Town) -> None:
    title = "洛洞村没有脚本也能报送的一条消息"
    reporter = town.desk("reporter", script=False)
    reporter.goto("/submissions/new")
    reporter.get_by_label("标题").fill(title)
    reporter.get_by_label("对口办公室").select_option(label="农业农村办公室")
    reporter.get_by_label("正文", exact=True).fill(f"## 培训情况\n{BODY}\n- 第一组\n- 第二组")
    reporter.get_by_label("已做保密审查，不涉密").check()
    reporter.get_by_role("button", name="保存并去送审").click()
    hand_in(reporter)
    head = town.desk("head", script=False)
    head.goto("/waiting")
    head.get_by_role("link", name=title, exact=True).first.click()
    head.locator("#return > summary").click()
    head.get_by_label("数据前后不一致").check()
    head.get_by_label("第 1 处原文").fill("68 户")
    head.get_by_role("button", name="退回修改").click()
    reporter.goto("/")
    reporter.get_by_role("link", name=title, exact=True).first.click()
    typed = reporter.get_by_label("正文", exact=True)
    assert "## 培训情况" in typed.input_value()
    typed.fill(typed.input_value().replace("68 户", "86 户"))
    reporter.get_by_role("button", name="保存并去送审").click()
    hand_in(reporter)
    head.goto("/waiting")
    head.get_by_role("link", name=title, exact=True).first.click()
    expect(head.locator("ins")).not_to_have_count(0)
    sign(head, title)
    sign(town.desk("leader", script=False), title)
    address = publish(town.desk("publisher", script=False), title)
    stranger = town.desk(None, script=False)
    stranger.goto(address)
    expect(stranger.locator("article")).to_contain_text("86 户")


def test_the_loop_on_a_phone(town: Town) -> None:
    title = "洛洞村在手机上报送的一条消息"
    reporter = town.desk("reporter", phone=True)
    reporter.get_by_role("link", name="写信息").first.click()
    reporter.get_by_label("标题").fill(title)
    reporter.get_by_label("对口办公室").select_option(label="农业农村办公室")
    reporter.locator(".ProseMirror").click()
    reporter.wait_for_timeout(300)
    reporter.keyboard.insert_text(BODY)
    reporter.get_by_label("已做保密审查，不涉密").check()
    accessible(reporter)
    reporter.get_by_role("button", name="保存并去送审").click()
    hand_in(reporter)
    accessible(reporter)
    head = town.desk("head", phone=True)
    accessible(head)
    sign(head, title)
    sign(town.desk("leader", phone=True), title)
    address = publish(town.desk("publisher", phone=True), title)
    stranger = town.desk(None, phone=True)
    stranger.goto(address)
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(stranger)
    assert town.watcher.faults == []


def test_a_lost_line_loses_no_text(town: Town) -> None:
    page = town.desk("reporter")
    page.goto("/submissions/new")
    page.get_by_label("标题").fill("断网的时候写的标题")
    expect(page.locator("#save")).to_contain_text("已自动保存")
    page.context.set_offline(True)
    page.get_by_label("标题").fill("断网的时候又改过的标题")
    expect(page.locator("#offline")).to_contain_text("网络断了", timeout=15_000)
    page.context.set_offline(False)
    expect(page.locator("#save")).to_contain_text("补存好了", timeout=30_000)
    page.reload()
    expect(page.get_by_label("标题")).to_have_value("断网的时候又改过的标题")


def test_an_ended_session_loses_no_text(town: Town) -> None:
    page = town.desk("reporter")
    page.goto("/submissions/new")
    town.end_sessions()
    page.get_by_label("标题").fill("登录过期以后接着写的标题")
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_be_visible(timeout=15_000)
    dialog.get_by_label("手机号").fill(town.cast.phone("reporter"))
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button").last.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#save")).to_contain_text("存", timeout=15_000)
    page.reload()
    expect(page.get_by_label("标题")).to_have_value("登录过期以后接着写的标题")


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "publisher", "coordinator", "auditor"])
def test_every_page_of_the_menu_is_accessible(town: Town, key: str) -> None:
    page = town.desk(key)
    links = page.locator(".tp-side a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for link in [*links, "/account", "/more"]:
        page.goto(link)
        accessible(page)
    assert town.watcher.faults == []
