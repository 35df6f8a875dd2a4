"""Acts on settings: one person proposes, another confirms or rejects."""

from datetime import datetime
from typing import Any

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.settings import queries
from town_portal.settings.models import Setting, SettingState
from town_portal.settings.rules import checking
from town_portal.settings.rules.catalogue import Key

PROPOSE = Action("propose_setting", "提出设置")
CONFIRM = Action("confirm_setting", "确认设置")
REJECT = Action("reject_setting", "不同意设置")


def propose(
    actor: Actor, key: str, value: dict[str, Any], valid_from: datetime | None = None, reason: str = ""
) -> Setting:
    """Propose a value for a setting; it has no force until somebody else confirms it.

    ``valid_from``: the instant (UTC) from which it shall hold; None: as soon as it is confirmed.
    Refused: an unknown key, a value outside the catalogue, a time in the past, no reason, nothing
    new, or another proposal for the key that still waits.
    """
    entry = checking.key_of(key)
    checking.check(entry, value)
    reason = reason.strip()
    if not reason:
        raise Refused("请写明为什么要改，确认的人要看。")
    with unit_of_work(actor) as work:
        post = check(actor, P.SETTING_PROPOSE, None)
        starts = valid_from or work.at
        if starts < work.at:
            raise Refused("生效时间不能早于现在。")
        _check_new(entry, value, starts)
        setting = Setting(
            key=key,
            value=value,
            valid_from=starts,
            reason=reason,
            state=SettingState.PROPOSED,
            proposed_by_id=actor.id,
            proposed_at=work.at,
        )
        db.session.add(setting)
        work.record(PROPOSE, setting, post=post, key=key, value=value, valid_from=starts, reason=reason)
    return setting


def confirm(actor: Actor, setting: Setting, seen: int | None) -> Setting:
    """Put a proposal in force, from its time on or from now, whichever is later.

    Refused: not waiting any more, or the confirmer is the proposer (two persons for every change).
    """
    with unit_of_work(actor, on=setting, seen=seen) as work:
        post = check(actor, P.SETTING_CONFIRM, setting)
        _check_waiting(setting)
        if setting.proposed_by_id in (actor.id, post.acting_for_id) or queries.proposed_for(setting) == actor.name:
            raise Refused("这是您自己（或者您代的、代您的人）提出的，请另一位领导确认。")
        setting.state = SettingState.CONFIRMED
        setting.decided_by_id, setting.decided_at = actor.id, work.at
        setting.valid_from = max(setting.valid_from, work.at)
        work.record(CONFIRM, setting, post=post, key=setting.key, value=setting.value, valid_from=setting.valid_from)
    return setting


def reject(actor: Actor, setting: Setting, reason: str, seen: int | None) -> Setting:
    """Turn a proposal down, with words for the proposer. Refused: no reason, not waiting any more."""
    reason = reason.strip()
    if not reason:
        raise Refused("请写明为什么不同意。")
    with unit_of_work(actor, on=setting, seen=seen) as work:
        post = check(actor, P.SETTING_CONFIRM, setting)
        _check_waiting(setting)
        setting.state = SettingState.REJECTED
        setting.decided_by_id, setting.decided_at = actor.id, work.at
        work.record(REJECT, setting, post=post, key=setting.key, reason=reason)
    return setting


def _check_new(key: Key, value: dict[str, Any], starts: datetime) -> None:
    if queries.open_proposal(key.name):
        raise Refused(f"“{key.label}”已有一份提议在等确认，请等它办完再提。")
    if queries.value(key.name, starts) == value:
        raise Refused(f"“{key.label}”到时候就是这样，没有要改的地方。")


def _check_waiting(setting: Setting) -> None:
    if setting.state != SettingState.PROPOSED:
        raise Refused(f"这份提议已经办过了，现在是“{setting.state.label}”。")
