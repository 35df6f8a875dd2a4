"""A village officer begins an item on a phone: from a model text, and from a Word file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, SLOW, Watch, chromium
from tests.cast import Cast
from tests.conftest import Databases
from tests.files.clerks_files import marked_up, visit
from tests.scene import PASSWORD
from tests.walks.conftest import Stage, staged
from town_portal.model_texts import operations as model_texts

pytestmark = pytest.mark.browser
__all__ = ["chromium"]


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server whose coordinating office took the shipped model texts."""
    for built in staged(databases, tmp_path_factory.mktemp("beginning"), ("reporter", "coordinator")):
        with built.inside() as cast:
            model_texts.found(cast.actor("coordinator"))
        yield built


@pytest.fixture
def watch(chromium: Browser, stage: Stage) -> Iterator[Watch]:
    """Nothing may go wrong on any page: no violation, no error, no foreign host, no barrier."""
    watching = Watch(chromium, f"http://127.0.0.1:{stage.server.port}")
    yield watching
    watching.close()
    assert watching.report() == {"console": [], "foreign": [], "barriers": []}


def signed_in(watch: Watch, key: str, *, script: bool) -> Page:
    """A phone in somebody's hand."""
    page = watch.person(java_script_enabled=script, viewport=PHONE)
    page.goto("/sign-in")
    page.get_by_label("手机号").first.fill(Cast().phone(key))
    page.get_by_label("密码", exact=True).first.fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(Cast().name(key))
    return page


def look(watch: Watch, page: Page, *, script: bool) -> None:
    """No barrier, and nothing wider than the screen."""
    if script:
        watch.look_for_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], page.url


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_item_is_begun_from_a_model_text(watch: Watch, stage: Stage, *, script: bool) -> None:
    page = signed_in(watch, "reporter", script=script)
    page.get_by_role("link", name="写信息").first.click()
    expect(page.locator("h1")).to_have_text("写信息")
    look(watch, page, script=script)
    page.get_by_role("link", name="走访慰问 走访").click()
    expect(page.locator("h1")).to_have_text("范文：走访慰问")
    look(watch, page, script=script)
    page.get_by_label("事情发生在哪天").fill("2026-11-20")
    page.get_by_role("button", name="照这篇写").click()
    expect(page.get_by_text("照范文“走访慰问”写")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("洛洞村走访慰问【人数】户家庭")
    look(watch, page, script=script)
    page.get_by_label("对口办公室").select_option(label="农业农村办公室")
    page.get_by_label("标题").fill("洛洞村走访慰问8户家庭")
    if script:
        expect(page.get_by_text("没填的空").first).to_be_visible(timeout=SLOW)
        expect(page.locator(".ProseMirror")).to_contain_text("2026年11月20日，洛洞村组织【人数】名干部")
        page.locator(".ProseMirror").click()
        page.keyboard.press("Control+A")
        page.keyboard.type("11月20日，洛洞村组织6名干部走访慰问辖区脱贫家庭8户，送去大米和食用油。")
    else:
        typed = page.get_by_label("正文")
        expect(typed).to_have_value(re.compile("^2026年11月20日，洛洞村组织【人数】名干部"))
        typed.fill("11月20日，洛洞村组织6名干部走访慰问辖区脱贫家庭8户，送去大米和食用油。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    page.goto("/submissions/new")
    expect(page.get_by_role("link", name="洛洞村走访慰问8户家庭", exact=True).first).to_be_visible()
    expect(page.get_by_text("写了一半没保存")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_item_is_begun_from_a_word_file(watch: Watch, stage: Stage, tmp_path: Path, *, script: bool) -> None:
    watch.expect("422")
    page = signed_in(watch, "reporter", script=script)
    file, other = tmp_path / "走访.docx", tmp_path / "改过的稿.docx"
    file.write_bytes(visit())
    other.write_bytes(marked_up())
    page.goto("/submissions/new")
    page.get_by_role("link", name="从 Word 导入").first.click()
    expect(page.locator("h1")).to_have_text("从 Word 导入")
    look(watch, page, script=script)
    old = tmp_path / "走访.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDocument")
    page.get_by_label("对口办公室").select_option(label="农业农村办公室")
    page.get_by_label("Word 文件").set_input_files(old)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_role("alert").get_by_text("“走访.doc”是旧格式")).to_be_visible()
    look(watch, page, script=script)
    page.get_by_label("Word 文件").set_input_files(file)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_label("标题")).to_have_value("情系困难户　走访暖人心")
    report = page.get_by_role("region", name="导入报告")
    expect(report).to_contain_text("图片 2 张（有说明的 2 张）")
    look(watch, page, script=script)
    if script:
        expect(page.locator(".ProseMirror figure img")).to_have_count(2)
        expect(page.locator(".ProseMirror figcaption").first).to_have_text("图为走访脱贫户朱某家")
    else:
        expect(page.get_by_label("正文")).to_have_value(re.compile("【图1】图为走访脱贫户朱某家"))
    page.get_by_label("标题").fill("大埔村走访困难群众8户")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(report).to_be_visible()
    page.get_by_role("link", name="用 Word 文件替换正文").click()
    expect(page.get_by_text("现在的正文会换成文件里的内容")).to_be_visible()
    look(watch, page, script=script)
    page.get_by_label("Word 文件").set_input_files(other)
    page.get_by_role("button", name="替换正文").click()
    expect(page.get_by_label("标题")).to_have_value("围镇村开展防溺水宣传")
    expect(page.get_by_text("4 处要核对")).to_be_visible()
    expect(report).to_contain_text("林副镇长")
    page.get_by_role("button", name="对照过了，收起报告").click()
    expect(report).to_have_count(0)


def test_the_coordinating_office_changes_a_model_text(watch: Watch, stage: Stage) -> None:
    watch.expect("422")
    page = signed_in(watch, "coordinator", script=True)
    page.goto("/model-texts")
    look(watch, page, script=True)
    page.get_by_role("link", name="新增范文").click()
    page.get_by_label("名称").fill("乡风文明评议")
    page.get_by_label("标题", exact=True).fill("【单位】评议乡风文明")
    page.get_by_label("正文").fill("到会【多少】人。")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_role("alert")).to_contain_text("校对也查不出来")
    look(watch, page, script=True)
    page.get_by_label("正文").fill("【日期】，【单位】召开评议会，到会【人数】人。")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_text("范文“乡风文明评议”已加上")).to_be_visible()
    page.get_by_role("link", name="乡风文明评议", exact=True).click()
    page.get_by_role("button", name="停用这篇范文").click()
    expect(page.get_by_role("heading", name="已停用")).to_be_visible()
