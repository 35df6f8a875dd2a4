"""Forms of signing in and of passwords."""

from typing import Any

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from town_portal.foundation.errors import Refused
from town_portal.network.rules import phone
from town_portal.web.forms import Form, clean

# Longer than any password that may be set, short enough for the hash.
_TYPED = Length(max=1_000, message="太长了，请检查")


class ReauthenticationMixin:
    """The field by which a signer confirms that it is he. For forms of acts that sign."""

    password = PasswordField("登录密码", validators=[_TYPED], render_kw={"autocomplete": "current-password"})


class SignInForm(Form):
    """Phone and password; ``next`` is where to go then."""

    login = StringField(
        "手机号",
        filters=[clean],
        validators=[InputRequired("请填手机号"), Length(max=40, message="手机号要 11 位，请检查")],
        render_kw={"autocomplete": "username", "inputmode": "numeric"},
    )
    password = PasswordField(
        "密码", validators=[InputRequired("请填密码"), _TYPED], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()

    def validate_login(self, field: Any) -> None:
        """Tell a slip of the pen from a wrong name: it costs no try."""
        try:
            phone.check(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.reason) from None


class ConfirmationForm(ReauthenticationMixin, Form):
    """The password once more; ``next`` is where to go then."""

    next = HiddenField()


class NewPasswordForm(Form):
    """A password chosen by its owner, typed twice or shown while typing."""

    new_password = PasswordField(
        "新密码", validators=[InputRequired("请填新密码"), _TYPED], render_kw={"autocomplete": "new-password"}
    )
    again = PasswordField(
        "再填一次新密码", validators=[InputRequired("请再填一次新密码"), _TYPED],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip

    def validate_again(self, field: Any) -> None:
        """Both must be the same."""
        if field.data != self.new_password.data:
            raise ValidationError("两次填的不一样，请重新填")


class PasswordForm(NewPasswordForm):
    """Another password instead of the present one."""

    current_password = PasswordField(
        "现在的密码", validators=[InputRequired("请填现在的密码"), _TYPED],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip


class LinkCodeForm(Form):
    """The secret of a one-time link, typed from a slip."""

    code = StringField(
        "一次性口令",
        filters=[clean],
        validators=[InputRequired("请填纸条上的一次性口令"), Length(max=60, message="口令是 24 位，请对照纸条")],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
