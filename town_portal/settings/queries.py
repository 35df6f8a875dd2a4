"""Reading settings as they are, or were, in force."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from town_portal.access.roles import Role
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import db, read_once
from town_portal.settings.models import Setting, SettingState
from town_portal.settings.rules.catalogue import CATALOGUE, ROUTES, Key
from town_portal.workflow.duty import Duty, DutyKind, Limits, Page

# Every act asks for several keys, so all are read at once; of bare columns.
_S = Setting.__table__.c
_CONFIRMED = (
    select(_S.key, _S.valid_from, _S.value, _S.id)
    .where(_S.state == SettingState.CONFIRMED)
    .order_by(_S.valid_from.desc(), _S.id.desc())
)


def value(key: str, at: datetime | None = None) -> dict[str, Any]:
    """The value of a setting in force at an instant (UTC; now by default)."""
    return row_in_force(key, at)[0]


def row_in_force(key: str, at: datetime | None = None) -> tuple[dict[str, Any], int | None]:
    """(value, id of the confirmed row or None for the default)."""
    at = at or clock.now()
    for row in read_once(_CONFIRMED, lambda: db.session.execute(_CONFIRMED).all()):
        if row.key == key and row.valid_from <= at:
            return row.value, row.id
    return CATALOGUE[key].default, None


def came_into_force(keys: Iterable[str], since: datetime) -> list[Setting]:
    """The confirmed values of some keys that came into force after an instant (UTC) and until now, in order."""
    return list(
        db.session.scalars(
            select(Setting)
            .where(
                Setting.key.in_(tuple(keys)),
                Setting.state == SettingState.CONFIRMED,
                Setting.valid_from > since,
                Setting.valid_from <= clock.now(),
            )
            .order_by(Setting.valid_from, Setting.id)
        )
    )


def route(at: datetime | None = None) -> dict[str, Any]:
    """The review route in force: its name, whether the drafter signs, and its steps."""
    return ROUTES[value("route", at)["preset"]]


def history(key: str) -> list[Setting]:
    """Every value of a key that was ever proposed, newest first."""
    return list(db.session.scalars(select(Setting).where(Setting.key == key).order_by(Setting.id.desc())))


def awaiting() -> list[Setting]:
    """Proposals that wait for a confirmation, oldest first."""
    return list(
        db.session.scalars(
            select(Setting)
            .where(Setting.state == SettingState.PROPOSED, Setting.key.in_(CATALOGUE))
            .order_by(Setting.id)
        )
    )


def duties(limits: Limits) -> list[Duty]:
    """Proposals that a second person has to decide."""
    return [
        Duty(
            key=f"setting:{waiting.id}",
            kind=DutyKind.CONFIRMATION,
            what=f"设置“{waiting}”",
            page=Page("settings.proposal", "setting_id", waiting.id),
            seat=(Role.LEADER, limits.coordinating_id),
            above=(Role.PRINCIPAL, limits.coordinating_id),
            since=waiting.proposed_at,
            due_at=limits.confirmation(waiting.proposed_at),
            words=waiting.reason,
            doer_id=waiting.proposed_by_id,
            apart=frozenset({waiting.proposed_by_id}),
        )
        for waiting in awaiting()
    ]


def value_before(setting: Setting) -> dict[str, Any]:
    """What a proposal changes: the value that holds, or held, without it at its own time."""
    decided_at = setting.decided_at or clock.now()
    found: dict[str, Any] | None = db.session.scalar(
        select(Setting.value)
        .where(
            Setting.key == setting.key,
            Setting.state == SettingState.CONFIRMED,
            Setting.id != setting.id,
            Setting.valid_from <= max(setting.valid_from, decided_at),
            Setting.decided_at <= decided_at,
        )
        .order_by(Setting.valid_from.desc(), Setting.id.desc())
        .limit(1)
    )
    return found or CATALOGUE[setting.key].default


def open_proposal(key: str) -> Setting | None:
    """The proposal for a key that waits for a confirmation."""
    return db.session.scalar(
        select(Setting).where(Setting.key == key, Setting.state == SettingState.PROPOSED).order_by(Setting.id)
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """One key as it stands: the value in force, since when, and what is proposed or still to come."""

    key: Key
    value: dict[str, Any]
    row: Setting | None
    """The confirmed row in force; None while the default holds."""
    proposal: Setting | None
    coming: Setting | None
    """The next confirmed value that is not in force yet."""


def standing(key: str) -> Standing:
    """One key as it stands now."""
    return _standing(CATALOGUE[key], clock.now(), history(key))


def all_standing() -> list[Standing]:
    """Every key as it stands now, in the order of the catalogue: one statement."""
    rows: dict[str, list[Setting]] = {}
    for row in db.session.scalars(select(Setting).order_by(Setting.id.desc())):
        rows.setdefault(row.key, []).append(row)
    now = clock.now()
    return [_standing(key, now, rows.get(key.name, [])) for key in CATALOGUE.values()]


def _standing(key: Key, now: datetime, rows: list[Setting]) -> Standing:
    confirmed = sorted(
        (row for row in rows if row.state == SettingState.CONFIRMED), key=lambda row: (row.valid_from, row.id)
    )
    held = [row for row in confirmed if row.valid_from <= now]
    coming = [row for row in confirmed if row.valid_from > now]
    row = held[-1] if held else None
    return Standing(
        key=key,
        value=row.value if row else key.default,
        row=row,
        proposal=next((row for row in rows if row.state == SettingState.PROPOSED), None),
        coming=coming[0] if coming else None,
    )


def proposed_for(setting: Setting) -> str | None:
    """The name of whom the proposer stood in for; None when he acted for himself."""
    found: str | None = db.session.scalar(
        select(AuditEvent.acting_for)
        .where(AuditEvent.subject_kind == Setting.__name__, AuditEvent.subject_id == setting.id)
        .order_by(AuditEvent.seq)
        .limit(1)
    )
    return found


@dataclass(frozen=True, slots=True)
class Hands:
    """Who proposed and who decided, as the trail names them, and the words of a refusal."""

    proposed_by: str = ""
    decided_by: str = ""
    refusal: str = ""


def hands(settings: Iterable[Setting]) -> dict[int | None, Hands]:
    """Setting id → whose hands it went through: one statement."""
    events = db.session.execute(
        select(AuditEvent.subject_id, AuditEvent.actor_name, AuditEvent.detail)
        .where(
            AuditEvent.subject_kind == Setting.__name__,
            AuditEvent.subject_id.in_([setting.id for setting in settings]),
        )
        .order_by(AuditEvent.seq)
    )
    found: dict[int | None, Hands] = {}
    for setting_id, name, detail in events:
        first = found.get(setting_id)
        reason = "" if first is None else json.loads(detail).get("reason", "")
        found[setting_id] = Hands(first.proposed_by, name, reason) if first else Hands(name)
    return found


def get(setting_id: int) -> Setting | None:
    """One proposed or confirmed value; None for one of a key that the catalogue has no longer."""
    found = db.session.get(Setting, setting_id)
    return found if found and found.key in CATALOGUE else None


def last_of(key: str) -> Setting | None:
    """The row in force of a key that has left the catalogue, for the room that took it over."""
    return db.session.scalar(
        select(Setting)
        .where(Setting.key == key, Setting.state == SettingState.CONFIRMED, Setting.valid_from <= clock.now())
        .order_by(Setting.valid_from.desc(), Setting.id.desc())
        .limit(1)
    )


_SITE_SECONDS = 5.0
_site: tuple[float, str, dict[str, Any]] | None = None


def static_address() -> str:
    """Where the static copy is served, without a slash at its end; empty where it is served nowhere."""
    given = value("static_export")
    host, folder = given["address"].rstrip("/"), given["folder"].strip("/")
    return f"{host}/{quote(folder)}".rstrip("/") if host else ""


def site() -> dict[str, Any]:
    """The facts of header and footer. Every page shows them, so they may be five seconds old."""
    global _site
    source = str(db.engine.url)
    if _site is None or time.monotonic() - _site[0] > _SITE_SECONDS or _site[1] != source:
        facts = {
            **value("site"),
            "record": value("site_record"),
            "online": value("portal_address")["url"].rstrip("/"),
            "static": static_address(),
            "report_column": value("report_column")["code"],
        }
        _site = (time.monotonic(), source, facts)
    return _site[2]
