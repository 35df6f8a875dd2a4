"""Forms about what has to be put right."""

from collections.abc import Iterable
from datetime import date

from wtforms import DateField, MultipleFileField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from town_portal.network.models import Unit
from town_portal.rectifications.operations import Order
from town_portal.rectifications.rules import terms
from town_portal.rectifications.rules.source import BY_HAND, Source
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year


def _long(label: str, missing: str, longest: int, rows: int = 4) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[clean],
        validators=[DataRequired(missing), Length(max=longest, message=f"最多 {longest} 个字")],
        render_kw={"rows": rows},
    )


def _number(value: str | int | None) -> int | None:
    return int(value) if value else None


class OrderForm(Form):
    """Ask a unit to put something right."""

    unit_id = SelectField("哪个单位", coerce=_number, validators=[InputRequired("请选单位")])
    source = SelectField("从哪里发现的", choices={one.value: one.label for one in BY_HAND}, coerce=Source)
    source_words = StringField("来源说明", filters=[clean], validators=[Length(max=100, message="最多 100 个字")])
    matter = StringField(
        "什么要整改",
        filters=[clean],
        validators=[
            DataRequired("请写清什么要整改"),
            Length(max=terms.LONGEST_MATTER, message=f"最多 {terms.LONGEST_MATTER} 个字"),
        ],
    )
    demand = _long("整改要求", "请写清整改要求", terms.LONGEST_TEXT, 5)
    due_on = DateField("答复期限", validators=[InputRequired("请填答复期限"), plausible_year])

    def offer(self, units: Iterable[Unit]) -> None:
        """Set the units one can choose."""
        options = [SelectChoice(value=str(unit.id), label=unit.name) for unit in units]
        self.unit_id.choices = [SelectChoice(value="", label="请选择"), *options]

    @property
    def order(self) -> Order:
        """The form as the plain values an operation takes."""
        return Order(
            unit_id=self.unit_id.data or 0,
            matter=self.matter.data or "",
            demand=self.demand.data or "",
            source=self.source.data,
            source_words=self.source_words.data or "",
            due_on=self.due_on.data,
        )


class AnswerForm(VersionedForm):
    """What was done, and what shows it."""

    text = _long("整改情况", "请写清做了什么、结果怎样", terms.LONGEST_TEXT, 6)
    photos = MultipleFileField("照片", validators=[Optional()])
    documents = MultipleFileField("文件", validators=[Optional()])


class AcceptForm(VersionedForm):
    """It is good."""

    opinion = StringField("核查意见", filters=[clean], validators=[Length(max=terms.LONGEST_REASON)])


class SendBackForm(VersionedForm):
    """It is not good yet."""

    opinion = _long("哪里还没改好", "请写清哪里还没改好", terms.LONGEST_REASON, 3)
    due_on = DateField("再答复的期限", validators=[InputRequired("请填再答复的期限"), plausible_year])

    @property
    def day(self) -> date | None:
        """The new limit."""
        day: date | None = self.due_on.data
        return day


class ExtensionForm(VersionedForm):
    """More time."""

    until = DateField("延到哪一天", validators=[InputRequired("请填延到哪一天"), plausible_year])
    reason = _long("为什么要延期", "请写清为什么要延期", terms.LONGEST_REASON, 3)


class DecisionForm(VersionedForm):
    """More time, yes or no: by which button it was sent."""

    words = StringField("说明", filters=[clean], validators=[Length(max=terms.LONGEST_REASON)])


class ReasonForm(VersionedForm):
    """Why it is called off."""

    reason = StringField(
        "撤销的理由", filters=[clean], validators=[DataRequired("请写撤销的理由"), Length(max=terms.LONGEST_REASON)]
    )
