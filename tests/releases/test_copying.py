"""A real browser copies an article for a channel and records that it came out, at the desk and on the phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import DESK, PHONE, Watch, chromium, photo
from tests.conftest import Databases
from tests.releases.out import LINK, WECHAT, a_release, an_article
from tests.scene import PASSWORD
from tests.walks.conftest import HOLDERS, Stage, staged

pytestmark = pytest.mark.browser
__all__ = ["chromium"]

CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (await item.getType(type)).text();
  return { types: [...item.types], html: item.types.includes("text/html") ? await read("text/html") : "", plain: await read("text/plain") };
}"""


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all walks of this file."""
    yield from staged(databases, tmp_path_factory.mktemp("channels"), HOLDERS)


@pytest.fixture
def watch(chromium: Browser, stage: Stage) -> Iterator[Watch]:
    """Nothing may go wrong on any page."""
    watching = Watch(chromium, f"http://127.0.0.1:{stage.server.port}")
    yield watching
    watching.close()
    assert watching.report() == {"console": [], "foreign": [], "barriers": []}


@pytest.mark.parametrize(
    ("viewport", "script", "title"),
    [(DESK, True, "洛洞村粉葛丰收采挖忙"), (PHONE, True, "汤塘新修水渠通了水"), (DESK, False, "洛洞村文化室换了新灯")],
    ids=["desk", "phone", "no-script"],
)
def test_copy_paste_record(
    watch: Watch,
    stage: Stage,
    tmp_path_factory: pytest.TempPathFactory,
    viewport: dict[str, int],
    script: bool,
    title: str,
) -> None:
    with stage.inside() as cast:
        release = a_release(cast, article=an_article(cast, title=title))
        number, article, phone = release.id, release.publication_id, cast.phone("publisher")
    page = watch.person(viewport=viewport, java_script_enabled=script)
    page.goto("/sign-in")
    page.locator("#login").fill(phone)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(re.compile(r"/$|/desk|/publishing|/\?"))
    page.goto("/releases")
    page.get_by_role("link", name=title).click()
    card = page.locator(f"#releases-release-{number}")
    rich = card.get_by_role("button", name="复制正文（带格式）")
    if script:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        rich.click()
        expect(card.locator("[data-copied]")).to_contain_text("已复制正文")
        clipboard = page.evaluate(CLIPBOARD)
        assert "style=" in clipboard["html"] and "农技培训" in clipboard["html"]
        assert clipboard["plain"].startswith(title)
        card.get_by_role("button", name="复制标题").click()
        expect(card.locator("[data-copied]")).to_contain_text("已复制标题")
        clipboard = page.evaluate(CLIPBOARD)
        assert (clipboard["plain"], clipboard["types"]) == (title, ["text/plain"])
        watch.look_for_barriers(page)
    else:
        expect(rich).to_be_hidden()
        card.get_by_text("按钮用不了？").click()
        expect(card.get_by_label("纯文字")).to_have_value(re.compile(title))
        with page.expect_download() as download:
            card.get_by_role("link", name="带格式的网页文件").click()
        assert 'style="' in download.value.path().read_text(encoding="utf-8")
    card.locator(f"#record-{number}-url").fill(LINK)
    card.locator(f"#record-{number}-shot").set_input_files(photo(tmp_path_factory.mktemp("shot")))
    card.get_by_role("button", name="登记发布").click()
    expect(page).to_have_url(re.compile(f"/releases/publications/{article}"))
    expect(card).to_contain_text("已发布")
    expect(card.get_by_role("img", name=f"{WECHAT}的截图")).to_be_visible()
