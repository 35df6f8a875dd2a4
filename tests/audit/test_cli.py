"""``flask audit verify`` and ``flask audit checkpoint``."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.audit.acts import behind_the_back, some_history
from tests.cast import Cast
from town_portal.config import Config

GOOD, DAMAGED, COULD_NOT_RUN = 0, 1, 2


@pytest.fixture
def runner(app: Flask, cast: Cast) -> FlaskCliRunner:
    """A shell in a house with seven events."""
    with app.app_context():
        some_history(cast)
    return app.test_cli_runner()


def config(app: Flask) -> Config:
    found: Config = app.config["PORTAL"]
    return found


def tamper(app: Flask, statement: str) -> None:
    with app.app_context():
        behind_the_back(statement)


def test_a_sound_trail_ends_with_0(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["audit", "verify"])
    assert result.exit_code == GOOD
    assert "留痕 7 条" in result.output
    assert "没有发现改动" in result.output


def test_a_damaged_trail_ends_with_1_and_names_the_place(app: Flask, runner: FlaskCliRunner) -> None:
    tamper(app, "update audit_event set label = 'x' where seq = 3")
    result = runner.invoke(args=["audit", "verify"])
    assert result.exit_code == DAMAGED
    assert "第 3 条" in result.output


def test_json_says_the_same(app: Flask, runner: FlaskCliRunner) -> None:
    tamper(app, "update unit set name = 'x' where code = 'C03'")
    result = runner.invoke(args=["audit", "verify", "--json"])
    told = json.loads(result.output)
    assert (result.exit_code, told["sound"], told["events"]) == (DAMAGED, False, 7)
    assert told["findings"][0]["seq"] == 6
    assert runner.invoke(args=["audit", "verify", "--chain-only"]).exit_code == GOOD


def test_a_checkpoint_is_written_once(app: Flask, runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["audit", "checkpoint"])
    assert result.exit_code == GOOD
    assert (config(app).checkpoints / f"{7:012d}.txt").exists()
    assert "不用再签" in runner.invoke(args=["audit", "checkpoint"]).output
    assert "存证 1 份" in runner.invoke(args=["audit", "verify"]).output


def test_a_checkpoint_elsewhere_shows_a_roll_back(app: Flask, runner: FlaskCliRunner, tmp_path: Path) -> None:
    assert runner.invoke(args=["audit", "checkpoint", "--to", str(tmp_path / "elsewhere")]).exit_code == GOOD
    tamper(app, "delete from audit_event where seq = 7")
    result = runner.invoke(args=["audit", "verify", "--checkpoints", str(tmp_path / "elsewhere")])
    assert result.exit_code == DAMAGED
    assert "退回到旧状态" in result.output


def test_a_forged_checkpoint_ends_with_2(app: Flask, runner: FlaskCliRunner) -> None:
    runner.invoke(args=["audit", "checkpoint"])
    (config(app).checkpoints / "000000000099.txt").write_text("not a checkpoint")
    assert runner.invoke(args=["audit", "verify"]).exit_code == COULD_NOT_RUN


def test_checkpoints_without_their_key_end_with_2(app: Flask, runner: FlaskCliRunner) -> None:
    runner.invoke(args=["audit", "checkpoint"])
    (config(app).keys / "checkpoint.pub").unlink()
    assert runner.invoke(args=["audit", "verify"]).exit_code == COULD_NOT_RUN
