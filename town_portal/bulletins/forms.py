"""Forms of the bulletins."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, PasswordField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from town_portal.bulletins.operations import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS
from town_portal.rectifications.rules import terms
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year


def _words(label: str, missing: str = "", rows: int = 3, longest: int = LONGEST_WORDS) -> TextAreaField:
    needed = [DataRequired(missing)] if missing else []
    limit = Length(max=longest, message=f"最多 {longest} 个字")
    return TextAreaField(label, filters=[clean], validators=[*needed, limit], render_kw={"rows": rows})


class CompileForm(Form):
    """Which quarter; for one that is issued, why it is to be replaced."""

    quarter = SelectField("哪个季度", validators=[InputRequired("请选季度")])
    because = _words("替换原因", rows=2)

    def offer(self, quarters: Iterable[tuple[str, str]]) -> None:
        """Set the quarters one can choose."""
        self.quarter.choices = [SelectChoice(value=key, label=label) for key, label in quarters]


class TextForm(VersionedForm):
    """The words."""

    title = StringField(
        "标题", filters=[clean], validators=[DataRequired("请写标题"), Length(max=LONGEST_TITLE, message="标题太长了")]
    )
    text = _words("正文", "请写正文", rows=24, longest=LONGEST_TEXT)


class ObjectionForm(Form):
    """A unit contests a figure."""

    key = SelectField("哪个数字不对", validators=[InputRequired("请选一个数字")])
    claimed = StringField("应该是多少", filters=[clean], validators=[Length(max=40, message="最多 40 个字")])
    reason = _words("为什么不对", "请写清为什么不对")

    def offer(self, figures: Iterable[Any]) -> None:
        """Set the unit's own figures."""
        self.key.choices = [SelectChoice(value=one.key, label=f"{one.name}：{one.value}") for one in figures]


class ReplyForm(VersionedForm):
    """What becomes of an objection: by which button it was sent."""

    reply = _words("答复", "请写答复", rows=2)


class IssueForm(VersionedForm):
    """Issue it."""

    password = PasswordField("登录密码")


class DiscardForm(VersionedForm):
    """Throw a draft away."""

    reason = StringField(
        "作废原因", filters=[clean], validators=[DataRequired("请写作废原因"), Length(max=LONGEST_WORDS)]
    )


class ButtonForm(VersionedForm):
    """Just a button."""


def _number(value: str | int | None) -> int | None:
    return int(value) if value else None


class RectificationForm(Form):
    """What a named unit has to put right."""

    unit_id = SelectField("哪个单位", coerce=_number, validators=[InputRequired("请选单位")])
    matter = StringField(
        "什么要整改",
        filters=[clean],
        validators=[DataRequired("请写清什么要整改"), Length(max=terms.LONGEST_MATTER, message="太长了，请写短些")],
    )
    demand = _words("整改要求", "请写清整改要求", longest=terms.LONGEST_TEXT)
    due_on = DateField("答复期限", validators=[InputRequired("请填答复期限"), plausible_year])

    def offer(self, units: Iterable[tuple[int, str]]) -> None:
        """Set the units one can choose."""
        options = [SelectChoice(value=str(number), label=name) for number, name in units]
        self.unit_id.choices = [SelectChoice(value="", label="请选择"), *options]
