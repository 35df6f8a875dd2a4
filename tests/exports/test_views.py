"""The page of exports, and the command."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.exports.folder import faults
from tests.http import ClientVisitor
from tests.portal.articles import put_article
from town_portal.config import Config
from town_portal.exports import operations
from town_portal.exports.views import ask


def test_the_button_the_job_and_the_zip(app: Flask, cast: Cast, signed_in: Callable[[str], FlaskClient]) -> None:
    with app.app_context():
        put_article(cast)
    visitor = ClientVisitor(signed_in("coordinator"))
    assert "还没有做过" in visitor.get("/exports").text
    assert visitor.client.get("/exports/portal.zip").status_code == 404
    assert visitor.send("/exports", "/exports").status == 303
    assert "正在制作" in visitor.get("/exports").text
    config: Config = app.config["PORTAL"]
    with app.app_context():
        assert operations.make_waiting(config.data) == 1
    page = visitor.get("/exports").text
    assert "下载" in page and "做好" in page
    got = visitor.client.get("/exports/portal.zip")
    assert (got.status_code, got.mimetype, got.data[:2]) == (200, "application/zip", b"PK")
    got.close()
    assert signed_in("reporter").get("/exports").status_code == 403


def test_the_command_writes_a_folder_and_refuses_a_strange_one(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.app_context():
        put_article(cast)
    runner, folder = app.test_cli_runner(), tmp_path / "site"
    told = runner.invoke(args=["portal", "export", str(folder)])
    assert told.exit_code == 0 and "已导出到" in told.output
    assert faults(folder) == []
    assert "新写 0" in runner.invoke(args=["portal", "export", str(folder)]).output
    assert "没变 0" in runner.invoke(args=["portal", "export", str(folder), "--full"]).output
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "a").touch()
    refused = runner.invoke(args=["portal", "export", str(strange)])
    assert refused.exit_code != 0 and "别的文件" in refused.output


def test_readers_never_get_pages_of_the_static_copy(app: Flask, cast: Cast, client: FlaskClient) -> None:
    with app.app_context():
        number = put_article(cast)
        drawn = ask(f"/portal/articles/{number}")
        assert (drawn.status, drawn.kind) == (200, "text/html")
        assert b"<form" not in drawn.content
    live = client.get(f"/portal/articles/{number}", headers={"town_portal.exporting": "1"}).text
    assert "<form" in live and "我要纠错" in live
    assert "<form" in client.get("/portal/search").text
    assert client.get("/portal/reports").status_code == 200
