"""The pages of the register, walked without script."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.cast import Cast
from tests.house.uploads import a_picture
from tests.http import ClientVisitor
from tests.register.history import a_history, grow_tree, the_year_2025
from tests.releases.out import a_release, the_channels
from town_portal.files.store import Store
from town_portal.network.rules import table_file
from town_portal.register.rules.history_file import HEAD
from town_portal.releases import operations as releases
from town_portal.releases.operations import Shot
from town_portal.releases.rules.lifecycle import ReleaseState

Visit = Callable[[str], ClientVisitor]


@pytest.fixture
def visit(signed_in: Callable[[str], FlaskClient]) -> Visit:
    """Somebody of the cast, signed in, walking pages."""
    return lambda key: ClientVisitor(signed_in(key))


def looked_through(visitor: ClientVisitor, rows: list[tuple[str, ...]]) -> Any:
    """The answer to a list that is looked through."""
    page = visitor.get("/register/imports")
    fields = dict(page.form("/register/imports/previews").filled())
    content = table_file.write_workbook("登记", [HEAD, *rows])
    return visitor.client.post(
        "/register/imports/previews", data={**fields, "file": (io.BytesIO(content), "2025年登记.xlsx")},
        content_type="multipart/form-data",
    )  # fmt: skip


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    form = text[text.index('action="/register/imports"') :]
    return dict(
        re.findall(r'<input name="([^"]+)" type="hidden" value="([^"]*)"', form[: form.index("</form>")])
    ) | dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))


def test_a_year_is_looked_through_taken_in_and_comes_out(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        grow_tree(cast)
        the_channels(cast)
    coordinator = visit("coordinator")
    answer = looked_through(coordinator, the_year_2025())
    assert answer.status_code == 200
    assert "其中上门户的 115 条" in answer.text and "工作动态 62" in answer.text
    assert "还没有导入过" in coordinator.get("/register/imports").text
    fields = hidden(answer.text)
    taken = coordinator.client.post("/register/imports", data=fields)
    assert taken.status_code == 303
    assert coordinator.client.post("/register/imports", data=fields).status_code == 303  # the second click
    shown = coordinator.get(taken.location).text
    assert "2025年登记.xlsx" in shown and "不进季度评分" in shown
    year = coordinator.get("/register/years/2025").text
    assert "115" in year and "其中导入 115 条" in year
    book = load_workbook(io.BytesIO(coordinator.client.get("/register/years/2025/workbook").data))
    assert [cell.value for cell in book["按栏目"][book["按栏目"].max_row - 1]][-1] == 115
    again = looked_through(coordinator, the_year_2025())
    assert "没有新的" in again.text and "核对无误" not in again.text
    assert coordinator.send(taken.location, f"{taken.location}/revocations", reason="整份导错了").status == 303
    assert coordinator.client.get("/register/years/2025").status_code == 200
    assert "已撤销" in coordinator.get("/register/imports").text


def test_one_bad_cell_stops_the_whole_list(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        the_channels(cast)
    coordinator = visit("coordinator")
    rows = [
        ("甲", "洛洞村", "工作动态", "2025-01-01", "", "", "", ""),
        ("乙", "无名村", "工作动态", "昨天", "", "", "", ""),
    ]
    answer = looked_through(coordinator, rows)
    assert answer.status_code == 422
    assert "第 3 行" in answer.text and "发布日期" in answer.text and "核对无误" not in answer.text
    rows[1] = ("乙", "无名村", "工作动态", "2025-01-02", "", "", "", "")
    assert "没有叫“无名村”的单位" in looked_through(coordinator, rows).text
    forged = coordinator.get("/register/imports").form("/register/imports/previews").filled()
    bad = coordinator.client.post("/register/imports", data={**dict(forged), "rows": "x.y", "seen": "1-0"})
    assert bad.status_code == 409 and "不完整" in bad.text
    assert visit("publisher").get("/register/imports").status == 403


def test_the_register_its_screenshots_and_its_workbook(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        a_history(cast)
        release = a_release(cast, ReleaseState.RELEASED)
        shot = Shot(Store(app.extensions["store"].folder), "截图.jpg", a_picture())
        releases.prove(cast.actor("publisher"), release, release.version, "", shot)
        item, article = release.publication.submission_id, release.publication_id
    coordinator = visit("coordinator")
    page = coordinator.get("/register").text
    assert "导入（已发布）" in page and "看截图" in page
    assert "<img" in coordinator.get("/register?shots=1").text
    assert "导入（已发布）" not in coordinator.get("/register?state=released").text
    assert "不是日期" in coordinator.get("/register?first=昨天").text
    assert "已经对调" in coordinator.get("/register?first=2026-01-02&last=2026-01-01").text
    assert "没有找到" in coordinator.get("/register?last=2001-01-01").text
    got = coordinator.client.get("/register/workbook?state=imported")
    sheet = load_workbook(io.BytesIO(got.data)).active
    assert [cell.value for cell in sheet[3]][-1] == "导入"
    trace = coordinator.get(f"/submissions/{item}").text
    assert "发过哪些渠道" in trace and f"/releases/publications/{article}" in trace


def test_the_template_is_a_good_list(app: Flask, cast: Cast, visit: Visit) -> None:
    got = visit("coordinator").client.get("/register/imports/template.xlsx")
    book = load_workbook(io.BytesIO(got.data))
    assert tuple(cell.value for cell in book["登记"][1]) == HEAD
    assert book["填写说明"].max_row > len(HEAD)
