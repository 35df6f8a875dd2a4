"""Pages of the settings."""

from typing import Any

from flask import Blueprint, Response, abort, flash, url_for

from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.settings import operations, queries
from town_portal.settings.forms import DecisionForm, ProposalForm, RejectForm, form_for
from town_portal.settings.models import Setting, SettingState
from town_portal.settings.rules import words
from town_portal.settings.rules.catalogue import CATALOGUE, CLOCKS, Key
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond, see_other

bp = Blueprint("settings", __name__)

MENU = (Entry("系统设置", "settings.index", "sliders", (P.SETTING_PROPOSE, P.SETTING_CONFIRM), "设置"),)
PLACES = {"Setting": lambda setting_id: url_for("settings.proposal", setting_id=setting_id)}


@bp.get("/settings")
@requires(P.SETTING_PROPOSE, P.SETTING_CONFIRM)
def index() -> Response:
    """Every setting, with what waits for a confirmation first."""
    standing = queries.all_standing()
    rows = [row for one in standing for row in (one.row, one.proposal, one.coming) if row]
    waiting = [one for one in standing if one.proposal]
    return respond(
        "settings/index.html",
        standing=standing,
        waiting=waiting,
        hands=queries.hands(rows),
        words=words,
        may_propose=allows(me().roles, P.SETTING_PROPOSE),
    )


@bp.get("/settings/<key>")
@requires(P.SETTING_PROPOSE, P.SETTING_CONFIRM)
def show(key: str, form: ProposalForm | None = None, status: int = 200) -> Response:
    """One setting: its value, its history, and the form for a proposal."""
    standing = queries.standing(_key(key).name)
    history = queries.history(key)
    if form is None and standing.proposal is None and allows(me().roles, P.SETTING_PROPOSE):
        form = form_for(standing.key, standing.value)
    return respond(
        "settings/show.html",
        status=status,
        standing=standing,
        history=history,
        hands=queries.hands(history),
        form=form,
        words=words,
    )


@bp.post("/settings/<key>/proposals")
@requires(P.SETTING_PROPOSE)
def propose(key: str) -> Response:
    """Propose a value."""
    form = form_for(_key(key), queries.value(key))
    if not form.validate():
        return show(key, form, 422)
    setting = operations.propose(me(), key, form.value, form.valid_from, form.reason.data)
    flash(f"“{setting}”的提议已送出，等另一位领导确认后生效。")
    return see_other(url_for(".proposal", setting_id=setting.id))


@bp.get("/settings/proposals/<int:setting_id>")
@requires(P.SETTING_PROPOSE, P.SETTING_CONFIRM)
def proposal(setting_id: int, form: RejectForm | None = None, status: int = 200) -> Response:
    """One proposal: before and after, and the decision."""
    setting = _setting(setting_id)
    return respond("settings/proposal.html", status=status, **_decision(setting, form))


@bp.post("/settings/proposals/<int:setting_id>/confirmations")
@requires(P.SETTING_CONFIRM, sure=True)
def confirm(setting_id: int) -> Response:
    """Put a proposal in force."""
    form, setting = DecisionForm(), _setting(setting_id)
    place = url_for(".proposal", setting_id=setting_id)
    operations.confirm(me().at(answer=place), setting, form.version.data)
    flash(f"“{setting}”已确认。")
    return see_other(place)


@bp.post("/settings/proposals/<int:setting_id>/rejections")
@requires(P.SETTING_CONFIRM, sure=True)
def reject(setting_id: int) -> Response:
    """Turn a proposal down."""
    form, setting = RejectForm(), _setting(setting_id)
    if not form.validate():
        return proposal(setting_id, form, 422)
    place = url_for(".proposal", setting_id=setting_id)
    operations.reject(me().at(answer=place), setting, form.reason.data, form.version.data)
    flash(f"没有同意“{setting}”的提议，理由已记下。")
    return see_other(place)


def _decision(setting: Setting, form: RejectForm | None) -> dict[str, Any]:
    key = CATALOGUE[setting.key]
    before = queries.value_before(setting)
    may_confirm = setting.state == SettingState.PROPOSED and allows(me().roles, P.SETTING_CONFIRM)
    return {
        "setting": setting,
        "key": key,
        "clocks": CLOCKS,
        "changes": words.changes(key, before, setting.value),
        "hands": queries.hands([setting])[setting.id],
        "own": setting.proposed_by_id == me().id,
        "may_confirm": may_confirm,
        "form": form or RejectForm(version=setting.version),
    }


def _key(name: str) -> Key:
    return CATALOGUE.get(name) or abort(404)


def _setting(setting_id: int) -> Setting:
    return queries.get(setting_id) or abort(404)
