"""The forms of a fault, one for each act; and the reader's."""

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from town_portal.corrections.rules import intake
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.replacement import Change
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.submissions.forms import ProofListForm
from town_portal.submissions.rules.spotted import Spotted
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year

CAUSES = [SelectChoice(one.value, one.label) for one in FaultCause]
BY_HAND = [
    SelectChoice(one.value, one.label) for one in FaultOrigin if one not in (FaultOrigin.READER, FaultOrigin.NIGHT)
]


class ReaderForm(Form):
    """What a reader writes: no name, no sign-in. The field ``site`` is seen by machines only."""

    words = TextAreaField(
        "哪里错了", filters=[clean], validators=[DataRequired("请写明哪里错了"), Length(max=intake.LONGEST)]
    )
    contact = StringField("联系方式", filters=[clean], validators=[Optional(), Length(max=intake.LONGEST_CONTACT)])
    site = StringField("网址")
    stamp = HiddenField()


class ReportForm(Form):
    """A fault somebody of the house found."""

    article = StringField("哪条信息", filters=[clean], validators=[DataRequired("请填公开页的地址或索引号")])
    origin = SelectField("怎么发现的", choices=BY_HAND, default=FaultOrigin.OWN.value)
    found_at = DateTimeLocalField("什么时候发现的", format="%Y-%m-%dT%H:%M", validators=[Optional(), plausible_year])
    words = TextAreaField("哪里错了", filters=[clean], validators=[DataRequired("请写明哪里错了"), Length(max=500)])


class ConfirmForm(VersionedForm):
    """It is a fault."""

    matter = TextAreaField(
        "错在哪里，应当是什么", filters=[clean], validators=[DataRequired("请写明错在哪里"), Length(max=300)]
    )
    cause = SelectField("初步原因", choices=CAUSES, default=FaultCause.FIGURES.value)
    way = SelectField("怎么改", choices=[SelectChoice(one.value, one.label) for one in FixWay])
    values = BooleanField("涉及数字、姓名、日期、金额或政策条件")


class ReasonForm(VersionedForm):
    """A reason or some words, whatever the act."""

    words = TextAreaField("说明", filters=[clean], validators=[DataRequired("请写明"), Length(max=500)])


class FixForm(ProofListForm):
    """Up to three places, old words and new; what the public is told; the password."""

    before_1 = StringField("原来的字", filters=[clean], validators=[DataRequired("请照抄网上原来的字")])
    after_1 = StringField("改成", filters=[clean], validators=[Length(max=200)])
    before_2 = StringField("原来的字", filters=[clean])
    after_2 = StringField("改成", filters=[clean], validators=[Length(max=200)])
    before_3 = StringField("原来的字", filters=[clean])
    after_3 = StringField("改成", filters=[clean], validators=[Length(max=200)])
    note = StringField("更正说明", filters=[clean], validators=[Length(max=200)])
    password = PasswordField("登录密码")

    left: Sequence[Spotted] = ()
    """Findings in the changed text nobody looked at yet."""
    validate_answered = validate_why = None  # type: ignore[assignment]  # the rules say what is left open

    @property
    def rows(self) -> list[tuple[StringField, StringField]]:
        """The three places."""
        return [(self[f"before_{at}"], self[f"after_{at}"]) for at in (1, 2, 3)]

    @property
    def changes(self) -> list[Change]:
        """The places that were filled in."""
        return [Change(before.data, after.data or "") for before, after in self.rows if before.data]


class SignForm(VersionedForm):
    """Somebody else confirms what he saw."""

    digest = HiddenField()
    password = PasswordField("登录密码")


class WithdrawForm(VersionedForm):
    """Take the article down."""

    kind = SelectField("撤下原因", choices=[SelectChoice(one.value, one.label) for one in WithdrawalKind])
    reason = TextAreaField("情况", filters=[clean], validators=[DataRequired("请写明情况"), Length(max=300)])
    notice = StringField("给公众看的撤下说明", filters=[clean], validators=[Length(max=200)])
    password = PasswordField("登录密码")


class ButtonForm(VersionedForm):
    """Just a button."""


class ChannelForm(VersionedForm):
    """One more channel."""

    name = StringField("渠道", filters=[clean], validators=[DataRequired("请写渠道的名称"), Length(max=40)])
    url = StringField("网址", filters=[clean], validators=[Length(max=300)])


class CloseForm(VersionedForm):
    """The code of the cause."""

    cause = SelectField("差错原因", choices=CAUSES)


class SeverityForm(VersionedForm):
    """Another severity, and why."""

    severity = SelectField("改定为", choices=[SelectChoice(one.value, one.label) for one in FaultSeverity])
    words = StringField("理由", filters=[clean], validators=[DataRequired("请写理由"), Length(max=200)])


class DecideForm(VersionedForm):
    """Yes or no."""

    agree = HiddenField()


class CaseForm(VersionedForm):
    """A case without names."""

    title = StringField("案例标题", filters=[clean], validators=[DataRequired("请写标题"), Length(max=60)])
    before = TextAreaField("改前", filters=[clean], validators=[DataRequired("请写改前是怎样的"), Length(max=1000)])
    after = TextAreaField("改后", filters=[clean], validators=[Length(max=1000)])
    lesson = TextAreaField("教训和做法", filters=[clean], validators=[DataRequired("请写教训"), Length(max=500)])
