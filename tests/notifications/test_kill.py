"""The power goes between sending and writing down that it was sent."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

from flask import Flask

from tests.cast import Cast
from tests.notifications.channels import SOMETHING, a_channel, given, keys_of, outbox, told
from tests.notifications.services import Answer, Services
from town_portal.cli import ROOT
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.notifications import operations
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import ChannelKind
from town_portal.notifications.rules.message import Way


def test_it_goes_again_with_the_same_key_and_number(town: Cast, app: Flask, house: Services) -> None:
    a_channel(town, app, ChannelKind.WECOM, given(ChannelKind.WECOM, house.address))
    told(replace(SOMETHING, ways=frozenset({Way.GROUP})))
    house.next = [Answer({"errcode": 0, "errmsg": "ok"}, after=2)]
    config = app.config["PORTAL"]
    db.session.rollback()
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "channels", "deliver"],
        cwd=ROOT,
        env={**os.environ, "TOWN_PORTAL_DATA": str(config.data), "TOWN_PORTAL_DATABASE": config.database},
    )
    until = time.monotonic() + 60
    while not house.asked and time.monotonic() < until:
        time.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    (row,) = outbox()
    assert (row.fate, row.attempts) == (Fate.WAITING, 1)
    assert row.leased_by == f"command {worker.pid}"
    assert operations.deliver("another", clock.now(), keys_of(app)) == 0, "it may still be alive"
    assert operations.deliver("another", clock.now() + timedelta(minutes=6), keys_of(app)) == 1
    first, second = house.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert first.body == second.body
    assert f"编号 {row.id}" in second.json["text"]["content"]
    assert (outbox()[0].fate, outbox()[0].attempts) == (Fate.SENT, 2)


def test_the_command_carries_out_what_is_due(town: Cast, app: Flask, house: Services) -> None:
    a_channel(town, app, ChannelKind.WECOM, given(ChannelKind.WECOM, house.address))
    told(replace(SOMETHING, ways=frozenset({Way.GROUP})))
    db.session.rollback()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["channels", "deliver"]).output == "送出 1 条消息。\n"
    assert runner.invoke(args=["channels", "deliver"]).output == "送出 0 条消息。\n"
    assert runner.invoke(args=["channels", "new-key"]).output.startswith("1 条通道的密钥已用新的密钥文件重新加密")
