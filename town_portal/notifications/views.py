"""Pages of the channels and the outbox, and of how one wants to be told."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask import current_app as app

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.network import queries as network
from town_portal.network.rules import phone
from town_portal.notifications import operations, queries
from town_portal.notifications.forms import (
    ContactForm,
    connected_fields,
    connection_form,
    contact_form,
    design_form,
    open_form,
    typed,
)
from town_portal.notifications.models import Channel, OutboxMessage
from town_portal.notifications.rules.address import host
from town_portal.notifications.rules.fate import Fate
from town_portal.notifications.rules.kinds import FACTS, ChannelKind
from town_portal.web.forms import new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("notifications", __name__)

MENU = (Entry("消息通道", "notifications.index", "bell", (P.CHANNEL_READ,), group="设置"),)
PLACES = {
    "Channel": lambda channel_id: url_for("notifications.show", channel_id=channel_id),
    "OutboxMessage": lambda _id: url_for("notifications.outbox"),
    "Contact": lambda _id: url_for("notifications.mine"),
}


# -- channels -----------------------------------------------------------------------------------


@bp.get("/channels")
@requires(P.CHANNEL_READ)
def index() -> Response:
    """Every channel and how it does."""
    channels = queries.channels()
    return respond(
        "notifications/index.html",
        channels=channels,
        healths=queries.healths(channel.id for channel in channels),
        unit_names=_unit_names(),
        counts=queries.counts(),
        portal_address=queries.portal_address(),
        may_manage=_may_manage(),
        may_set=allows(person().roles, P.SETTING_PROPOSE),
    )


@bp.get("/channels/new")
@requires(P.CHANNEL_MANAGE)
def choose() -> Response:
    """What kinds of channels there are."""
    return respond("notifications/choose.html", kinds=FACTS)


@bp.get("/channels/new/<channel_kind>")
@requires(P.CHANNEL_MANAGE, sure=True)
def new(channel_kind: str, form: Any = None, status: int = 200) -> Response:
    """An empty form for a channel of a kind."""
    kind = _kind(channel_kind)
    form = form or open_form(kind, _units())
    return respond("notifications/new.html", status=status, **_form(form, kind))


@bp.post("/channels/new/<channel_kind>")
@requires(P.CHANNEL_MANAGE, sure=True)
def add(channel_kind: str) -> Response:
    """Open a channel."""
    kind = _kind(channel_kind)
    form = open_form(kind, _units())
    if form.validate():
        with form.taking_refusals():
            channel = operations.open_channel(me(), kind, form.design, typed(form, kind), _config().keys)
            flash(f"通道“{channel}”已开通。请先点“发一条测试消息”，确认收得到。")
            return see_other(url_for(".show", channel_id=channel.id))
    return new(channel_kind, form, 422)


@bp.get("/channels/<int:channel_id>")
@requires(P.CHANNEL_READ)
def show(channel_id: int) -> Response:
    """One channel: how it does, what it did not deliver."""
    channel = _channel(channel_id)
    return respond(
        "notifications/show.html",
        channel=channel,
        health=queries.healths([channel_id])[channel_id],
        tested=queries.last_test(channel_id),
        facts=FACTS[channel.kind],
        server=host(channel.address) or channel.address,
        unit_names=_unit_names(),
        page=page_of(queries.messages(Fate.DEAD, channel_id)),
        may_manage=_may_manage(),
        new_key=new_form_key,
        fate=Fate.DEAD,
    )


@bp.get("/channels/<int:channel_id>/changes")
@requires(P.CHANNEL_MANAGE)
def changes(channel_id: int, form: Any = None, status: int = 200) -> Response:
    """A channel's name, audience and limits."""
    channel = _channel(channel_id)
    form = form or design_form(channel, _units())
    return respond("notifications/changes.html", status=status, channel=channel, form=form, facts=FACTS[channel.kind])


@bp.post("/channels/<int:channel_id>/changes")
@requires(P.CHANNEL_MANAGE)
def change(channel_id: int) -> Response:
    """Change them."""
    channel = _channel(channel_id)
    form, place = design_form(channel, _units()), url_for(".show", channel_id=channel_id)
    if form.validate():
        with form.taking_refusals():
            operations.change_channel(me().at(answer=place), channel, form.design, form.version.data)
            flash(f"通道“{channel}”已改好。")
            return see_other(place)
    return changes(channel_id, form, 422)


@bp.get("/channels/<int:channel_id>/connections")
@requires(P.CHANNEL_MANAGE, sure=True)
def connections(channel_id: int, form: Any = None, status: int = 200) -> Response:
    """The form for another address and secret."""
    channel = _channel(channel_id)
    form = form or connection_form(channel)
    return respond("notifications/connections.html", status=status, channel=channel, **_form(form, channel.kind))


@bp.post("/channels/<int:channel_id>/connections")
@requires(P.CHANNEL_MANAGE, sure=True)
def connect(channel_id: int) -> Response:
    """Give a channel another address and secret."""
    channel = _channel(channel_id)
    form, place = connection_form(channel), url_for(".show", channel_id=channel_id)
    if form.validate():
        actor, given = me().at(answer=place), typed(form, channel.kind)
        with form.taking_refusals():
            operations.replace_secret(actor, channel, given, _config().keys, form.version.data)
            flash(f"通道“{channel}”的密钥已更换。请再发一条测试消息。")
            return see_other(place)
    return connections(channel_id, form, 422)


@bp.post("/channels/<int:channel_id>/tests")
@requires(P.CHANNEL_MANAGE)
def test(channel_id: int) -> Response:
    """Really send a few words."""
    channel, place = _channel(channel_id), url_for(".show", channel_id=channel_id)
    outcome = operations.test(me().at(answer=place), channel, clock.now(), _config().keys)
    if outcome.delivered:
        flash("测试消息已送出，请到群里（或手机、邮箱）看看收到没有。")
    else:
        flash(f"没有发出去。{outcome.words}。", "warning")
    return see_other(place)


@bp.post("/channels/<int:channel_id>/activations")
@requires(P.CHANNEL_MANAGE)
def switch_on(channel_id: int) -> Response:
    """Let messages leave again."""
    place = url_for(".show", channel_id=channel_id)
    channel = operations.switch_on(me().at(answer=place), _channel(channel_id))
    flash(f"通道“{channel}”已启用，等着的消息会马上发出。")
    return see_other(place)


@bp.post("/channels/<int:channel_id>/deactivations")
@requires(P.CHANNEL_MANAGE)
def switch_off(channel_id: int) -> Response:
    """Hold messages back."""
    place = url_for(".show", channel_id=channel_id)
    channel = operations.switch_off(me().at(answer=place), _channel(channel_id))
    flash(f"通道“{channel}”已停用，新消息不再走它。")
    return see_other(place)


@bp.post("/channels/<int:channel_id>/resends")
@requires(P.CHANNEL_MANAGE)
def resend_all(channel_id: int) -> Response:
    """Send everything that did not arrive once more."""
    place = url_for(".show", channel_id=channel_id)
    number = operations.resend_all(me().at(answer=place), _channel(channel_id))
    flash(f"{number} 条消息已放回去，马上重发。")
    return see_other(place)


# -- the outbox ---------------------------------------------------------------------------------


@bp.get("/outbox")
@requires(P.CHANNEL_READ)
def outbox() -> Response:
    """The messages of one fate: numbers, times and reasons, not what stands in them."""
    asked = request.args.get("fate", Fate.WAITING.value)
    fate = Fate(asked) if asked in set(Fate) else Fate.WAITING
    return respond(
        "notifications/outbox.html",
        fate=fate,
        fates=Fate,
        counts=queries.counts(),
        page=page_of(queries.messages(fate)),
        may_manage=_may_manage(),
        new_key=new_form_key,
    )


@bp.post("/outbox/<int:message_id>/resends")
@requires(P.CHANNEL_MANAGE)
def resend(message_id: int) -> Response:
    """Send one message once more."""
    message = _message(message_id)
    place = url_for(".show", channel_id=message.channel_id)
    operations.resend(me().at(answer=place), message)
    flash(f"编号 {message_id} 的消息已放回去，马上重发。")
    return see_other(place)


@bp.post("/outbox/<int:message_id>/drops")
@requires(P.CHANNEL_MANAGE)
def drop(message_id: int) -> Response:
    """Give one message up."""
    message = _message(message_id)
    place = url_for(".show", channel_id=message.channel_id)
    operations.drop(me().at(answer=place), message)
    flash(f"编号 {message_id} 的消息已放弃，不再发送。")
    return see_other(place)


# -- how one wants to be told -------------------------------------------------------------------


@bp.get("/notifications/mine")
@requires(SIGNED_IN)
def mine(form: ContactForm | None = None, status: int = 200) -> Response:
    """How I want to be told."""
    actor = person()
    contact = queries.contact_of(actor.id or 0)
    one = network.person(actor.id or 0) or abort(404)
    return respond(
        "notifications/mine.html", status=status, form=form or contact_form(contact), phone=phone.mask(one.phone)
    )


@bp.post("/notifications/mine")
@requires(SIGNED_IN)
def change_mine() -> Response:
    """Say how."""
    form = ContactForm()
    if form.validate():
        with form.taking_refusals():
            operations.change_contact(me().at(answer=url_for(".mine")), form.wishes, form.version.data)
            flash("已记下，从下一条消息起照这样提醒您。")
            return see_other(url_for(".mine"))
    return mine(form, 422)


# -- small things -------------------------------------------------------------------------------


def _config() -> Config:
    config: Config = app.config["PORTAL"]
    return config


def _may_manage() -> bool:
    return allows(person().roles, P.CHANNEL_MANAGE)


def _channel(channel_id: int) -> Channel:
    return queries.get(channel_id) or abort(404)


def _message(message_id: int) -> OutboxMessage:
    return queries.message(message_id) or abort(404)


def _kind(name: str) -> ChannelKind:
    return ChannelKind(name) if name in set(ChannelKind) else abort(404)


def _units() -> list[tuple[int, str]]:
    return [(unit.id, unit.name) for unit in network.units()]


def _unit_names() -> dict[int, str]:
    return dict(_units())


def _form(form: Any, kind: ChannelKind) -> dict[str, Any]:
    return {"form": form, "kind": kind, "facts": FACTS[kind], "fields": connected_fields(form, kind)}
