"""Forms of the channels, and of how one wants to be told."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    PasswordField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from town_portal.notifications.models import Channel, Contact
from town_portal.notifications.operations import Wishes
from town_portal.notifications.rules import connection, mail
from town_portal.notifications.rules.design import LONGEST_NAME, MOST_BYTES, MOST_PER_MINUTE, Design
from town_portal.notifications.rules.kinds import Audience, ChannelKind, audiences
from town_portal.notifications.rules.wording import LEAST_BYTES
from town_portal.web.forms import VersionedForm, clean


def _secret(label: str) -> PasswordField:
    """A field whose value is never drawn again; ``web/errors.py`` keeps its name out of kept forms too."""
    return PasswordField(label, filters=[clean], render_kw={"autocomplete": "new-password"})


class WebhookForm(VersionedForm):
    """A robot whose address is all there is to it."""

    webhook = _secret("Webhook 地址")


class SignedForm(WebhookForm):
    """A robot that may want signatures."""

    signing_secret = _secret("加签密钥")


class MailForm(VersionedForm):
    """A mail box."""

    host = StringField("发信服务器", filters=[clean])
    security = SelectField("加密方式", choices=connection.SECURITIES, default="ssl")
    port = StringField("端口", filters=[clean], default="465")
    sender = StringField("发件地址", filters=[clean])
    user = StringField("账号", filters=[clean])
    mail_password = _secret("授权码")


class GatewayForm(VersionedForm):
    """A gateway that is asked in its own words."""

    url = StringField("接口地址", filters=[clean])
    method = SelectField("方法", choices={"POST": "POST", "GET": "GET"})
    body_kind = SelectField("正文格式", choices={"json": "JSON", "form": "表单"})
    headers = TextAreaField("请求头", filters=[clean])
    body = TextAreaField("正文模板", filters=[clean], default='{"phone": "{phone}", "content": "{text}"}')
    gateway_secret = _secret("密钥")
    pointer = StringField("返回值的位置", filters=[clean], default="/code")
    expected = StringField("收下时的返回值", filters=[clean], default="0")
    number_pointer = StringField("编号的位置", filters=[clean])
    retry_values = StringField("可以再试的返回值", filters=[clean])


class ServiceForm(VersionedForm):
    """Whatever Apprise knows."""

    service_address = _secret("Apprise 地址")


FORMS: dict[ChannelKind, type[VersionedForm]] = {
    ChannelKind.WECOM: WebhookForm,
    ChannelKind.DINGTALK: SignedForm,
    ChannelKind.FEISHU: SignedForm,
    ChannelKind.SMTP: MailForm,
    ChannelKind.GATEWAY: GatewayForm,
    ChannelKind.APPRISE: ServiceForm,
}

_SIGNED = ("webhook", "signing_secret")
FIELDS: dict[ChannelKind, tuple[str, ...]] = {
    ChannelKind.WECOM: ("webhook",),
    ChannelKind.DINGTALK: _SIGNED,
    ChannelKind.FEISHU: _SIGNED,
    ChannelKind.SMTP: ("host", "security", "port", "sender", "user", "mail_password"),
    ChannelKind.GATEWAY: (
        "url", "method", "body_kind", "headers", "body", "gateway_secret",
        "pointer", "expected", "number_pointer", "retry_values",
    ),
    ChannelKind.APPRISE: ("service_address",),
}  # fmt: skip
"""What of a form is the connection, in the order in which it is asked."""


class DesignForm(VersionedForm):
    """Name, audience and limits of a channel."""

    name = StringField(
        "名称",
        [DataRequired("请写名称"), Length(max=LONGEST_NAME, message=f"名称最多 {LONGEST_NAME} 个字")],
        [clean],
    )
    audience = SelectField("发给谁", coerce=Audience)
    unit_ids = SelectMultipleField("哪些单位的群", coerce=int)
    bytes_limit = IntegerField(
        "每条最多字节数",
        [Optional(), NumberRange(LEAST_BYTES, MOST_BYTES, f"最多字节数要在 {LEAST_BYTES}—{MOST_BYTES} 之间")],
    )
    per_minute = IntegerField(
        "每分钟最多条数", [Optional(), NumberRange(1, MOST_PER_MINUTE, f"每分钟最多条数要在 1—{MOST_PER_MINUTE} 之间")]
    )

    def offer(self, kind: ChannelKind, units: Iterable[tuple[int, str]]) -> None:
        """Set whom a channel of this kind may reach. ``units``: (unit id, name)."""
        self.audience.choices = [SelectChoice(value=one.value, label=one.label) for one in audiences(kind)]
        self.unit_ids.choices = [SelectChoice(value=str(number), label=name) for number, name in units]

    @property
    def for_groups(self) -> bool:
        """Is there a choice of whom it reaches?"""
        return len(self.audience.choices) > 1

    @property
    def design(self) -> Design:
        """The form as the plain value an operation takes."""
        return Design(
            name=self.name.data or "",
            audience=self.audience.data,
            unit_ids=tuple(self.unit_ids.data or ()),
            bytes_limit=self.bytes_limit.data,
            per_minute=self.per_minute.data,
        )


def open_form(kind: ChannelKind, units: Iterable[tuple[int, str]]) -> Any:
    """The form by which a channel of a kind is opened: its description and its connection in one."""
    form = type("OpenForm", (DesignForm, FORMS[kind]), {})()
    form.offer(kind, units)
    return form


def design_form(channel: Channel, units: Iterable[tuple[int, str]]) -> DesignForm:
    """A channel's description, to be changed."""
    form = DesignForm(obj=channel)
    form.offer(channel.kind, units)
    return form


def connection_form(channel: Channel) -> Any:
    """A channel's connection, to be typed anew; what may be seen of the present one stands in it."""
    config: Mapping[str, Any] = channel.config
    shown: dict[str, Any] = {"version": channel.version}
    if channel.kind is ChannelKind.SMTP:
        shown |= {"host": channel.address, "port": str(config["port"])}
        shown |= {name: config[name] for name in ("security", "user", "sender")}
    elif channel.kind is ChannelKind.GATEWAY:
        shown |= {"url": channel.address, "body_kind": "form" if config["form"] else "json"}
        shown |= {"retry_values": "，".join(config["again"])}
        shown |= {name: config[name] for name in ("method", "headers", "body", "pointer", "expected", "number_pointer")}
    return FORMS[channel.kind](data=shown)


def connected_fields(form: Any, kind: ChannelKind) -> list[Field]:
    """The fields of the connection in a form, in order."""
    return [form[name] for name in FIELDS[kind]]


def typed(form: Any, kind: ChannelKind) -> dict[str, str]:
    """The connection as it was typed."""
    return {field.name: str(field.data or "") for field in connected_fields(form, kind)}


class ContactForm(VersionedForm):
    """How one wants to be told beside the portal."""

    mail = StringField("邮箱", [Length(max=mail.LONGEST, message="邮箱太长，请核对")], [clean])
    wants_mail = BooleanField("发到邮箱", default=True)
    wants_sms = BooleanField("发短信", default=True)
    wants_mention = BooleanField("在工作群里 @ 我", default=True)

    @property
    def wishes(self) -> Wishes:
        """The form as the plain value an operation takes."""
        return Wishes(
            mail=self.mail.data or "",
            by_mail=self.wants_mail.data,
            by_sms=self.wants_sms.data,
            mention=self.wants_mention.data,
        )


def contact_form(contact: Contact | None) -> ContactForm:
    """The form filled with what a person said before, or with what holds as long as he says nothing."""
    return ContactForm(obj=contact)
