"""Pages of the column tree."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.forms import post
from town_portal.columns import operations, queries

SignedIn = Callable[[str], FlaskClient]


@pytest.fixture
def number(app: Flask, cast: Cast) -> int:
    """The number of 工作动态."""
    with app.app_context():
        return cast.column("gzdt").id


def new(app: Flask, cast: Cast) -> dict[str, str]:
    """What the form for a new column sends."""
    with app.app_context():
        parent, office = cast.column("qt").id, cast.unit("B05").id
    return {
        "name": "农村事务",
        "code": "ncsw",
        "parent_id": str(parent),
        "position": "3",
        "office_id": str(office),
        "hint": "三资、低保",
    }


def test_the_tree(signed_in: SignedIn) -> None:
    page = signed_in("coordinator").get("/columns").text
    for words in ("其他", "工作动态", "通知公告", "党政和人大办公室", "开设栏目"):
        assert words in page


def test_a_column_is_opened(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    response = post(client, "/columns", new(app, cast))
    assert (response.status_code, response.location) == (303, "/columns")
    page = client.get("/columns").text
    assert "栏目“农村事务”已开设。" in page
    assert "三资、低保" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "请写栏目名"),
        ({"code": "Gz"}, "用 2—20 个小写字母或数字"),
        ({"position": "0"}, "排序要在 1—99 之间"),
        ({"office_id": "999"}, "tp-err"),
        ({"hint": "长" * 101}, "提示最多 100 个字"),
    ],
)
def test_a_new_column_with_mistakes(
    app: Flask, cast: Cast, signed_in: SignedIn, changed: dict[str, str], words: str
) -> None:
    response = post(signed_in("coordinator"), "/columns", new(app, cast) | changed)
    assert response.status_code == 422
    assert words in response.text


def test_a_code_used_before_is_refused(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    response = post(signed_in("coordinator"), "/columns", new(app, cast) | {"code": "gzdt"})
    assert response.status_code == 422
    assert "没有办成" in response.text
    assert "已经用过" in response.text
    assert 'value="gzdt"' in response.text, "what was typed stays"


def test_a_column_is_renamed(number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert post(client, f"/columns/{number}/names", {"name": "镇村动态"}).status_code == 303
    assert "镇村动态" in client.get(f"/columns/{number}").text
    assert post(client, f"/columns/{number}/names", {"name": ""}).status_code == 422


def test_a_column_is_arranged(app: Flask, cast: Cast, number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    with app.app_context():
        office = cast.unit("B05").id
    path = f"/columns/{number}/arrangements"
    response = post(client, path, {"position": "9", "office_id": str(office), "hint": "近期办了什么"})
    assert response.status_code == 303
    with app.app_context():
        assert queries.get(number).office_id == office  # type: ignore[union-attr]
    assert "近期办了什么" in client.get("/columns").text
    assert post(client, path, {"position": "", "office_id": "", "hint": ""}).status_code == 422


def test_a_column_is_closed(number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert post(client, f"/columns/{number}/closures", {}).status_code == 303
    assert "已停用" in client.get("/columns").text
    page = client.get(f"/columns/{number}").text
    assert "恢复以后才能修改" in page
    assert post(client, f"/columns/{number}/closures", {}).status_code == 409
    assert post(client, f"/columns/{number}/reopenings", {}).status_code == 303
    assert "恢复以后才能修改" not in client.get(f"/columns/{number}").text
    assert post(client, f"/columns/{number}/reopenings", {}).status_code == 409


def test_of_two_who_change_a_column_the_second_is_told(app: Flask, number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    with app.app_context():
        seen = str(queries.get(number).version)  # type: ignore[union-attr]
    first = {"position": "9", "office_id": "", "hint": "先改的", "version": seen}
    assert post(client, f"/columns/{number}/arrangements", first).status_code == 303
    second = post(client, f"/columns/{number}/arrangements", {**first, "hint": "后改的"})
    assert second.status_code == 409
    assert "先改的" in client.get(f"/columns/{number}").text


def test_a_top_column_has_a_page(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        parent = cast.column("qt").id
    client = signed_in("coordinator")
    assert "一级栏目" in client.get(f"/columns/{parent}").text
    assert post(client, f"/columns/{parent}/closures", {}).status_code == 409


def test_a_founded_tree_is_not_founded_again(signed_in: SignedIn) -> None:
    assert post(signed_in("coordinator"), "/column-trees", {}).status_code == 409


def test_unknown_columns_are_not_there(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert client.get("/columns/999").status_code == 404
    for act in ("names", "arrangements", "closures", "reopenings"):
        assert post(client, f"/columns/999/{act}", {}).status_code == 404


def test_who_may_come_in(number: int, signed_in: SignedIn) -> None:
    for key in ("reporter", "leader", "administrator", "auditor"):
        client = signed_in(key)
        assert client.get("/columns").status_code == 403
        assert client.get(f"/columns/{number}").status_code == 403
        for path in ("/columns", "/column-trees", f"/columns/{number}/names", f"/columns/{number}/closures"):
            assert post(client, path, {}).status_code == 403


def test_acts_are_not_opened(number: int, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    for path in ("/column-trees", f"/columns/{number}/names", f"/columns/{number}/closures"):
        assert client.get(path).status_code == 405


def test_an_invalid_new_column_keeps_the_tree_in_view(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    response = post(signed_in("coordinator"), "/columns", new(app, cast) | {"name": ""})
    assert "工作动态" in response.text
    with app.app_context():
        assert operations.OPEN_COLUMN.label == "开设栏目"
