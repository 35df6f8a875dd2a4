"""Forms about channels and what came out there."""

from datetime import datetime
from datetime import time as wall_time
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.releases.models import ReleaseChannel
from town_portal.releases.operations import LONGEST_TEXT, Shot
from town_portal.releases.rules import link
from town_portal.releases.rules.channel import Medium, Tier
from town_portal.submissions.forms import ProofListForm
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year

ROWS = 10
"""Lines of the page for many adoptions."""


def _a_link(_form: Any, field: Any) -> None:
    try:
        link.tidy(field.data)
    except Refused as refusal:
        raise ValidationError(refusal.reason) from None


def _not_ahead(_form: Any, field: Any) -> None:
    if field.data and field.data > clock.today():
        raise ValidationError("日期还没有到，请核对")


def _link() -> StringField:
    return StringField("链接", filters=[clean], validators=[Optional(), Length(max=link.LONGEST), _a_link])


class _Shown:
    """What is common to forms that take a screenshot."""

    shot: FileField

    def screenshot(self, store: Store) -> Shot | None:
        """The chosen picture; None when none was chosen."""
        upload = self.shot.data
        if not upload or not upload.filename:
            return None
        return Shot(store, upload.filename, upload.read())


class RecordForm(_Shown, VersionedForm):
    """It came out: when, where to see it."""

    day = DateField("哪天发出的", validators=[InputRequired("请填日期"), plausible_year, _not_ahead])
    hour = TimeField("几点", validators=[Optional()])
    url = _link()
    shot = FileField("截图")

    def moment(self) -> datetime:
        """When it came out (UTC); midnight of Shanghai where only the day is told."""
        return clock.instant(self.day.data, self.hour.data or wall_time())


class ReportForm(RecordForm):
    """A unit tells that its article was taken."""

    channel_id = SelectField("哪个渠道采用了", coerce=int, validators=[InputRequired("请选渠道")])


class ProofForm(_Shown, VersionedForm):
    """A link or a screenshot that was missing."""

    url = _link()
    shot = FileField("截图")


class CorrectedForm(ProofForm):
    """A channel shows the corrected text."""

    reason = StringField("怎么更正的", filters=[clean], validators=[DataRequired("请写怎么更正的"), Length(max=200)])


class ReasonForm(VersionedForm):
    """Why something ends or is taken back."""

    reason = StringField("原因", filters=[clean], validators=[DataRequired("请写原因"), Length(max=200)])


class NoteForm(VersionedForm):
    """A remark that may be left out."""

    reason = StringField("说明", filters=[clean], validators=[Length(max=200)])


class ButtonForm(VersionedForm):
    """Just a button."""


class PlanForm(Form):
    """For which channels more an article is planned."""

    channels = SelectMultipleField(
        "渠道", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        validators=[InputRequired("请勾选渠道")],
    )  # fmt: skip


class TextForm(ProofListForm):
    """A channel's own text, with what the proofreader wants answered."""

    title = StringField("标题", filters=[clean], validators=[DataRequired("请写标题"), Length(max=100)])
    lines = TextAreaField(
        "正文", filters=[clean],
        validators=[DataRequired("请写正文"), Length(max=LONGEST_TEXT, message=f"正文最多 {LONGEST_TEXT} 个字")],
    )  # fmt: skip


class EntryForm(PlainForm):
    """One line of many: an article, its channel, its day and link. Empty lines are left out."""

    words = StringField("标题或索引号", filters=[clean], validators=[Length(max=200)])
    channel_id = SelectField("渠道", coerce=int, validate_choice=False, default=0)
    day = DateField("哪天发出的", validators=[Optional(), plausible_year, _not_ahead])
    url = _link()

    @property
    def filled(self) -> bool:
        """Something was written into it."""
        return bool(self.words.data or self.url.data or self.day.data)

    def validate_channel_id(self, field: Any) -> None:
        """A line says everything but its link."""
        if not self.filled:
            return
        missing = [
            word
            for word, given in (("标题或索引号", self.words.data), ("渠道", field.data), ("日期", self.day.data))
            if not given
        ]
        if missing:
            raise ValidationError(f"缺{'、'.join(missing)}")


class EntriesForm(Form):
    """Many adoptions in a row."""

    rows = FieldList(FormField(EntryForm), min_entries=ROWS, max_entries=30)

    def offer(self, channels: list[ReleaseChannel]) -> None:
        """The channels every line may name."""
        for row in self.rows:
            row.form.channel_id.choices = [(0, "请选择"), *((one.id, one.name) for one in channels)]


class ListForm(Form):
    """A list to be imported."""

    file = FileField("文件", validators=[FileRequired("请选文件")])


class ChannelForm(VersionedForm):
    """A channel: its name, whose it is, what it is, who decides."""

    name = StringField("名称", filters=[clean], validators=[DataRequired("请写渠道名称")])
    tier = RadioField(
        "哪一级的", choices=[(one.value, one.label) for one in Tier], validators=[InputRequired("请选级别")]
    )
    medium = RadioField(
        "是什么", choices=[(one.value, one.label) for one in Medium], validators=[InputRequired("请选种类")]
    )
    selects = BooleanField("由对方选用")
