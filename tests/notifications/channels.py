"""Channels and messages for tests, connected to servers that run in the test itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.notifications import operations, queries
from town_portal.notifications.models import Channel, OutboxMessage
from town_portal.notifications.rules.design import Design
from town_portal.notifications.rules.kinds import Audience, ChannelKind, audiences
from town_portal.notifications.rules.message import Message, Way
from town_portal.workdays import queries as workdays

KEY = "73febdcb-secret-of-the-robot"
SIGN = "SECa-secret-for-signatures"
PASSWORD = "a-secret-of-the-mail-box"
TOKEN = "a-secret-of-the-gateway"
SECRETS = (KEY, SIGN, PASSWORD, TOKEN)
NOWHERE = "http://127.0.0.1:9"
"""Where nobody listens."""

SOMETHING = Message(
    key="first",
    person_id=None,
    subject="1 件稿件等您审核",
    lines=("《我镇早稻播种过半》", "来自洛洞村，今天 17:30 前办"),
    path="/waiting",
    ways=frozenset(Way),
)


def given(kind: ChannelKind, at: str = NOWHERE, *, signed: bool = False, **changes: str) -> dict[str, str]:
    """A connection as an administrator types it, to a server at an address."""
    sign = {"signing_secret": SIGN} if signed else {}
    typed: dict[str, str] = {
        ChannelKind.WECOM: {"webhook": f"{at}/cgi-bin/webhook/send?key={KEY}"},
        ChannelKind.DINGTALK: {"webhook": f"{at}/robot/send?access_token={KEY}", **sign},
        ChannelKind.FEISHU: {"webhook": f"{at}/open-apis/bot/v2/hook/{KEY}", **sign},
        ChannelKind.SMTP: {
            "host": "127.0.0.1",
            "port": at.rpartition(":")[2],
            "security": "none",
            "sender": "portal@example.com",
        },
        ChannelKind.GATEWAY: {
            "url": f"{at}/sms?to={{phone}}",
            "method": "POST",
            "body_kind": "json",
            "headers": "Authorization: Bearer {secret}",
            "body": '{"mobile": ["{phone}"], "content": "{text}", "id": "{number}", "key": "{key}"}',
            "gateway_secret": TOKEN,
            "pointer": "/code",
            "expected": "0",
            "number_pointer": "/data/id",
            "retry_values": "busy",
        },
        ChannelKind.APPRISE: {"service_address": f"json://{at.removeprefix('http://')}/{KEY}"},
    }[kind]
    return {**typed, **changes}


def keys_of(app: Flask) -> Path:
    """Where the sealing key of a house lies."""
    folder: Path = app.config["PORTAL"].keys
    return folder


def a_channel(
    cast: Cast,
    app: Flask,
    kind: ChannelKind = ChannelKind.WECOM,
    typed: Mapping[str, str] | None = None,
    **design: Any,
) -> Channel:
    """A channel in use, of the whole town where it is a group's."""
    described = Design(name=design.pop("name", kind.label), audience=audiences(kind)[0])
    described = replace(described, **design)
    return operations.open_channel(cast.actor("administrator"), kind, described, typed or given(kind), keys_of(app))


def of_units(cast: Cast, *codes: str) -> dict[str, Any]:
    """The audience of some units."""
    return {"audience": Audience.UNITS, "unit_ids": tuple(cast.unit(code).id for code in codes)}


def told(*messages: Message) -> list[OutboxMessage]:
    """Put messages into the outbox now; answers everything in it."""
    with bookkeeping():
        operations.enqueue(messages, clock.now())
    return outbox()


def a_working_morning() -> datetime:
    """Nine o'clock of a day to come, a working day that is followed by another."""
    days, works = (clock.today() + timedelta(days=number) for number in range(1, 32)), workdays.calendar().is_workday
    return clock.instant(next(day for day in days if works(day) and works(day + timedelta(days=1))), time(9))


def outbox() -> list[OutboxMessage]:
    """Everything in the outbox, the oldest first, as it stands now."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(OutboxMessage).order_by(OutboxMessage.id))


def a_dead_message(cast: Cast, app: Flask) -> OutboxMessage:
    """A message that its channel did not deliver: there is nobody at its address, however often it is tried."""
    channel = a_channel(cast, app)
    (message,) = told(replace(SOMETHING, person_id=cast.person("head").id, ways=frozenset({Way.GROUP})))
    moment = clock.now()
    while queries.counts()[message.fate] and message.fate.value == "waiting":
        moment += timedelta(hours=5)
        operations.deliver("tests", moment, keys_of(app))
        (message,) = outbox()
    assert message.channel_id == channel.id
    return message
