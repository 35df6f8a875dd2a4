"""Writing at the desk and on a phone: findings marked where they stand, photos over a bad line, pasted text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import DESK, PHONE, SLOW, Watch, chromium
from tests.conftest import Databases
from tests.walks.conftest import Stage, staged
from tests.walks.test_the_loop import Tour, watch
from town_portal.submissions import operations as submissions

pytestmark = pytest.mark.browser
__all__ = ["chromium", "watch"]

TOUCH = {"has_touch": True, "is_mobile": True, "device_scale_factor": 1}
LINE = r"Failed to load resource: (net::|the server responded with a status of 422)|htmx:"
"""What the browser says when the line is cut and when a photo is refused."""
SLIP = "各村要加强秸杆禁烧宣传，联系人小陈13598761234。"
CAPTION = "培训现场培训现场"


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all walks of this file."""
    yield from staged(databases, tmp_path_factory.mktemp("writing"), ("reporter",))


@pytest.fixture(params=["desk", "phone"])
def kind(request: pytest.FixtureRequest) -> str:
    """The desk and the phone, one after the other."""
    return str(request.param)


@pytest.fixture
def page(watch: Watch, stage: Stage, kind: str) -> Page:
    """The reporter's empty form, at the desk or on a phone."""
    with stage.inside() as cast:
        submissions.drop_working_copy(cast.actor("reporter"), 0)
    watch.expect(LINE)
    tour = Tour(watch, True, PHONE, TOUCH) if kind == "phone" else Tour(watch, True, DESK)
    page = tour.signed_in("reporter")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/submissions/new/blank")
    return page


at_the_desk = pytest.mark.parametrize("kind", ["desk"], indirect=True)
on_the_phone = pytest.mark.parametrize("kind", ["phone"], indirect=True)


def body_of(page: Page) -> Locator:
    """The rich editor."""
    return page.locator(".ProseMirror")


def write(page: Page, words: str) -> None:
    """Type into the text."""
    body_of(page).click(position={"x": 40, "y": 30})
    page.keyboard.type(words)


def saved(page: Page) -> str:
    """The HTML the form would send."""
    page.evaluate("document.dispatchEvent(new CustomEvent('editor:flush'))")
    return page.locator("[name=body_html]").input_value()


def photos(folder: Path, *names: str) -> list[Path]:
    """Photographs of a phone, too large to be sent as they are."""
    paths = [folder / name for name in names]
    for number, path in enumerate(paths):
        Image.effect_noise((2400, 1600), 20 + number).save(path, "JPEG", quality=90)
    return paths


def choose(page: Page, files: list[Path]) -> None:
    """Choose photos from the album."""
    page.locator("[data-editor] input[type=file]").set_input_files(files)


# -- findings ------------------------------------------------------------------------------------------


@at_the_desk
def test_a_finding_is_marked_where_it_stands_and_leads_there_and_back(page: Page, watch: Watch) -> None:
    page.get_by_label("标题").fill("洛洞村开展农技培训受益农户六十八户的的")
    write(page, SLIP)
    body, found = body_of(page), page.locator("#submissions-found")
    must, advice = body.locator("mark.tp-mk-must"), body.locator("mark.tp-mk-adv")
    expect(must).to_have_text("13598761234", timeout=SLOW)
    expect(advice).to_have_text("秸杆")
    assert "mark" not in saved(page)
    advice.click()
    expect(found.locator(".is-cur")).to_contain_text("秸秆")
    found.get_by_role("button", name="看原文").filter(has_text="13598761234").click()
    assert page.evaluate("getSelection().toString()") == "13598761234"
    expect(page.locator("#title-found")).to_be_hidden()  # beside the text it is said once, in the list
    of_title = found.locator('[data-place="标题"]').filter(has_text="重复")
    expect(page.get_by_label("标题")).to_have_attribute("aria-describedby", re.compile("title-found"))
    watch.look_for_barriers(page)
    of_title.get_by_role("button", name="改为").click()
    expect(page.get_by_label("标题")).to_have_value("洛洞村开展农技培训受益农户六十八户的")
    expect(of_title).to_have_count(0, timeout=SLOW)


@at_the_desk
def test_half_width_marks_are_changed_all_at_once_and_brought_back_at_once(page: Page) -> None:
    page.get_by_label("标题").fill("洛洞村开展农技培训,受益农户六十八户")
    write(page, "昨天上午,村委会开会.会后,大家去看田.")
    page.get_by_role("button", name="5 处半角标点全部改过来").click(timeout=SLOW)
    expect(body_of(page)).to_contain_text("昨天上午，村委会开会。会后，大家去看田。")
    expect(page.get_by_label("标题")).to_have_value("洛洞村开展农技培训，受益农户六十八户")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(body_of(page)).to_contain_text("昨天上午,村委会开会.会后,大家去看田.")


@at_the_desk
def test_a_new_list_keeps_the_focus_and_the_marks_move_with_the_text(page: Page) -> None:
    write(page, SLIP)
    mark = body_of(page).locator("mark.tp-mk-adv")
    expect(mark).to_have_text("秸杆", timeout=SLOW)
    page.route("**/proofreading/*", lambda route: route.abort())
    page.keyboard.press("Home")
    page.keyboard.type("昨天起，")
    expect(mark).to_have_text("秸杆")
    page.unroute("**/proofreading/*")
    page.keyboard.type("大家说，")
    expect(page.locator("[data-finding]").filter(has_text="大家说")).to_have_count(1)
    fix = page.get_by_role("button", name="改为“秸秆”")
    fix.focus()
    page.evaluate("document.querySelector('[data-finding]').dataset.old = 'yes'")
    page.evaluate("document.querySelector('#title').dispatchEvent(new Event('input', {bubbles: true}))")
    expect(page.locator("[data-old]")).to_have_count(0)
    expect(fix).to_be_focused()
    page.keyboard.press("Enter")
    expect(body_of(page)).to_contain_text("昨天起，大家说，各村要加强秸秆禁烧")


@on_the_phone
def test_on_a_phone_a_pressed_word_shows_its_finding_and_a_chip_leads_to_the_list(page: Page, watch: Watch) -> None:
    body_of(page).tap(position={"x": 40, "y": 30})
    page.keyboard.type(SLIP)
    expect(body_of(page).locator("mark.tp-mk-must")).to_be_visible(timeout=SLOW)
    body_of(page).locator("mark.tp-mk-adv").tap()
    peek = page.locator(".is-peek")
    expect(peek).to_be_in_viewport()
    watch.look_for_barriers(page)
    peek.get_by_role("button", name="改为“秸秆”").tap()
    expect(body_of(page)).to_contain_text("加强秸秆禁烧")
    chip = page.get_by_role("link", name=re.compile("^校对："))
    expect(chip).to_have_text("校对：1 处必须改", timeout=SLOW)
    page.evaluate("scrollTo(0, 0)")
    chip.tap()
    expect(page.get_by_role("heading", name="校对")).to_be_in_viewport()
    expect(chip).to_be_hidden()


# -- photos --------------------------------------------------------------------------------------------


@on_the_phone
def test_photos_wait_for_the_line_and_go_on_by_themselves(page: Page, watch: Watch, tmp_path: Path) -> None:
    write(page, "今天上午，洛洞村开展农技培训。")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="拍照").tap()
    assert chooser.value.element.get_attribute("capture") == "environment"
    odd = tmp_path / "IMG_7.HEIC"
    odd.write_bytes(b"\0\0\0\x18ftypheic" + bytes(400))
    page.context.set_offline(True)
    choose(page, [odd, *photos(tmp_path, "first.jpg", "second.jpg")])
    waiting = page.get_by_role("list", name="没传完的照片")
    expect(waiting).to_contain_text("是 HEIC 格式，这里打不开")
    expect(waiting).to_contain_text("网络断了，连上网会自动接着传。")
    expect(waiting).to_contain_text("缩小到")
    watch.look_for_barriers(page)
    page.context.set_offline(False)
    figures = body_of(page).locator("figure")
    expect(figures).to_have_count(2, timeout=SLOW)
    waiting.get_by_role("button", name="知道了").tap()
    expect(waiting).to_be_hidden()
    assert [int(width) for width in re.findall(r'width="(\d+)"', saved(page))] == [1920, 1920]
    expect_captions_to_be_asked_for(page)
    expect_order_and_removal(page)


def expect_captions_to_be_asked_for(page: Page) -> None:
    """Two photos: what is not written yet is counted, and a press leads there."""
    count = page.locator(".tp-ed-asked")
    expect(count).to_contain_text("照片 2 张")
    count.get_by_role("button", name="2 张没写图说，2 张没写画面描述").tap()
    page.keyboard.type("第一张")
    count.get_by_role("button", name="1 张没写图说").tap()
    page.keyboard.type("第二张")
    count.get_by_role("button", name="2 张没写画面描述").tap()
    page.keyboard.type("讲台前的人")
    expect(count).to_contain_text("1 张没写画面描述")


def expect_order_and_removal(page: Page) -> None:
    """The order changes by buttons; what was deleted comes back to its place."""
    captions = body_of(page).locator("figcaption")
    second = body_of(page).locator("figure").nth(1)
    second.get_by_role("button", name="上移").tap()
    expect(captions).to_have_text(["第二张", "第一张"])
    body_of(page).locator("figure").first.get_by_role("button", name="删除").tap()
    expect(captions).to_have_text(["第一张"])
    page.get_by_role("button", name="放回来").tap()
    expect(captions).to_have_text(["第二张", "第一张"])


@at_the_desk
def test_unsent_photos_survive_a_reload_and_saving_waits_for_them(page: Page, tmp_path: Path) -> None:
    page.get_by_label("标题").fill("洛洞村开展农技培训班")
    page.get_by_label("对口办公室").select_option(label="农业农村办公室")
    write(page, "今天上午，洛洞村开展农技培训。")
    expect(page.locator("#save")).to_contain_text("已自动保存")
    page.route("**/pictures", lambda route: route.abort())
    choose(page, photos(tmp_path, "first.jpg"))
    expect(page.get_by_text("网络断了，连上网会自动接着传。")).to_be_visible()
    page.reload()
    expect(page.get_by_text("上次没传完，还在这台设备上。")).to_be_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("上次有照片没传完")).to_be_visible()
    page.unroute("**/pictures")
    page.get_by_role("button", name="接着传").click()
    expect(page.get_by_text("已保存。")).to_be_visible(timeout=SLOW)
    expect(body_of(page).locator("figure")).to_have_count(1)
    page.goto("/submissions/new/blank")
    expect(page.get_by_text("上次没传完")).to_have_count(0)


@at_the_desk
def test_a_photo_is_dragged_to_its_place(page: Page, tmp_path: Path) -> None:
    write(page, "第一段。")
    page.keyboard.press("Enter")
    page.keyboard.type("第二段。")
    choose(page, photos(tmp_path, "first.jpg"))
    picture = body_of(page).locator("figure img")
    expect(picture).to_be_visible(timeout=SLOW)
    picture.drag_to(body_of(page).locator("p").first, target_position={"x": 60, "y": 1})
    assert saved(page).startswith("<figure>")


@at_the_desk
def test_what_is_typed_while_a_check_answers_stays_where_it_was_typed(page: Page) -> None:
    write(page, SLIP)
    expect(body_of(page).locator("mark.tp-mk-adv")).to_be_visible(timeout=SLOW)
    page.keyboard.press("Enter")
    page.keyboard.type("第二段。")
    page.evaluate(
        """() => {
          const line = document.querySelector(".ProseMirror p:nth-of-type(2)").firstChild;
          line.insertData(2, "自然");
          getSelection().collapse(line, 4);
          const list = document.querySelector("[data-findings]");
          list.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: list } }));
        }"""
    )
    page.keyboard.type("的")
    expect(body_of(page).locator("p").nth(1)).to_have_text("第二自然的段。")


@at_the_desk
def test_a_caption_typed_on_a_slow_machine_is_written_once(page: Page, tmp_path: Path) -> None:
    write(page, SLIP)
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 8})
    choose(page, photos(tmp_path, "first.jpg", "second.jpg", "third.jpg"))
    figures = body_of(page).locator("figure")
    expect(figures.first.locator("img")).to_be_visible(timeout=SLOW)
    figures.first.get_by_label("画面描述").fill("技术员在讲台前讲课")
    figures.first.locator("figcaption").click()
    for word in re.findall("..", CAPTION):
        compose(slow, word)
    expect(figures).to_have_count(3, timeout=SLOW)
    expect(figures.first.locator("figcaption")).to_have_text(CAPTION)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert f"<figcaption>{CAPTION}</figcaption>" in saved(page)


def compose(session: Any, word: str) -> None:
    """Type a word as an input method does: letters first, then the word in their place."""
    for letters in ("p", "pei", word):
        session.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    session.send("Input.insertText", {"text": word})


# -- pasted text ---------------------------------------------------------------------------------------

DICTATED = "　今天上午,我们村在文化室 召开了人居环境整治推进会.\n\n参会 68 人(党员 20 人),时间:10:30\n报名:张三 李四"
WECHAT = (
    '<section style="line-height:2"><section><span style="color:red" onclick="x()">第一段，<b>要点</b>在此。</span></section>'
    "<section><br></section><p><span>第二段。<br><br>第三段。</span></p></section>"
)
PASTED = {
    "text/plain": (
        DICTATED,
        "<p>今天上午，我们村在文化室召开了人居环境整治推进会。</p>"
        "<p>参会 68 人（党员 20 人），时间：10:30</p><p>报名：张三 李四</p>",
    ),
    "text/html": (WECHAT, "<p>第一段，<strong>要点</strong>在此。</p><p>第二段。</p><p>第三段。</p>"),
}


@at_the_desk
@pytest.mark.parametrize("format_", PASTED)
def test_dictated_and_pasted_text_becomes_clean_paragraphs(page: Page, format_: str) -> None:
    given, wanted = PASTED[format_]
    body_of(page).click()
    page.evaluate(
        """([format, text]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData(format, text);
          const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.querySelector(".ProseMirror").dispatchEvent(paste);
        }""",
        [format_, given],
    )
    assert saved(page) == wanted


@on_the_phone
def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    field, told = page.locator("#uploads"), page.locator("#uploads-size")
    sizes = {"总结.docx": 21, "上半.pdf": 14, "下半.pdf": 14}
    files = {name: tmp_path / name for name in sizes}
    for name, megabytes in sizes.items():
        with files[name].open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)

    field.set_input_files(files["总结.docx"])
    expect(told).to_contain_text("“总结.docx”有 21.0 MB，超过 20 MB")
    assert field.evaluate("field => field.files.length") == 0
    field.set_input_files([files["上半.pdf"], files["下半.pdf"]])
    expect(told).to_contain_text("加起来有 28.0 MB，超过 25 MB")
    field.set_input_files(files["上半.pdf"])
    expect(told).to_have_count(0)
    assert field.evaluate("field => field.files.length") == 1
