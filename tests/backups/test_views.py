"""The page 备份, and the commands."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import shown
from town_portal.config import Config

SignedIn = Callable[[str], FlaskClient]


def test_the_page_says_what_is_missing_and_then_what_is_there(
    app: Flask, cast: Cast, signed_in: SignedIn, tmp_path: Path
) -> None:
    page = shown(signed_in("administrator").get("/backups").text)
    assert "还没有备份密钥，现在没有备份" in page
    assert "还没有备份" in page
    runner = app.test_cli_runner()
    assert runner.invoke(args=["backup", "new-key", str(tmp_path / "backup.key")]).exit_code == 0
    page = shown(signed_in("auditor").get("/backups").text)
    assert "超过 26 小时没有新的备份" in page
    made = runner.invoke(args=["backup", "make"])
    assert "备份已做好" in made.output
    page = shown(signed_in("administrator").get("/backups").text)
    assert "超过 26 小时" not in page
    assert "只在本机" in page
    assert "备份只在这一台机器上" in page
    assert signed_in("coordinator").get("/backups").status_code == 403


def test_the_commands_speak_plainly(app: Flask, cast: Cast, tmp_path: Path) -> None:
    config: Config = app.config["PORTAL"]
    runner, key = app.test_cli_runner(), tmp_path / "backup.key"
    refused = runner.invoke(args=["backup", "make"])
    assert refused.exit_code == 1
    assert "还没有备份密钥" in refused.output
    runner.invoke(args=["backup", "new-key", str(key)])
    runner.invoke(args=["backup", "make"])
    assert "只有一处" in runner.invoke(args=["backup", "list"]).output
    [backup] = config.backups.glob("*.backup")
    good = runner.invoke(args=["backup", "verify", str(backup), "--key", str(key)])
    assert "这份备份能用" in good.output
    again = runner.invoke(args=["backup", "restore", str(backup), "--key", str(key)])
    assert again.exit_code == 1
    assert "没有动它" in again.output
