"""The publisher's forms."""

from datetime import datetime

from wtforms import DateTimeLocalField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from town_portal.foundation import clock
from town_portal.web.forms import VersionedForm, clean, plausible_year


class PublishForm(VersionedForm):
    """Publish now; a correction carries its public notice."""

    note = StringField("更正说明", filters=[clean], validators=[Length(max=200)])
    password = PasswordField("登录密码")


class ScheduleForm(VersionedForm):
    """Publish at a set time."""

    at = DateTimeLocalField(
        "发布时间", format="%Y-%m-%dT%H:%M", validators=[InputRequired("请选发布时间"), plausible_year]
    )
    password = PasswordField("登录密码")

    def moment(self) -> datetime:
        """The chosen time in Shanghai as a UTC instant."""
        chosen: datetime = self.at.data
        return clock.instant(chosen.date(), chosen.time())


class WithdrawForm(VersionedForm):
    """Take an article away from the public."""

    reason = TextAreaField("撤下原因", filters=[clean], validators=[DataRequired("请写明撤下原因"), Length(max=300)])
    password = PasswordField("登录密码")


class ReturnForm(VersionedForm):
    """Send an approved item back before it is published."""

    opinion = TextAreaField("退回意见", filters=[clean], validators=[DataRequired("退回必须写意见"), Length(max=500)])


class ButtonForm(VersionedForm):
    """Just a button."""
