"""The drafter's forms."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.finding import Severity
from town_portal.submissions.models import PAGE_KEY, Attribute, Importance, Revision, Urgency
from town_portal.submissions.operations import Text, WordFile
from town_portal.submissions.rules import plain_text
from town_portal.submissions.rules.spotted import SHORTEST_REASON, Spotted
from town_portal.submissions.rules.word_text import LONGEST_BODY
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year

NOTHING = 0
LONGEST_REASON = 200
_TOO_LONG = Length(max=LONGEST_BODY, message="正文太长，请分成几篇")


def _number(value: Any) -> int:
    return int(value or NOTHING)


def a_counterpart(_form: Any, field: Any) -> None:
    """A validator: who reviews is never left to the first line of a list."""
    if not field.data:
        raise ValidationError("请选对口办公室：管这件事的那个办公室")


class WordForm(VersionedForm):
    """A Word file."""

    file = FileField("Word 文件", validators=[FileRequired("请选一个 Word 文件")])

    @property
    def word(self) -> WordFile:
        """The file that was chosen; a browser may send its name with folders."""
        name = (self.file.data.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
        return WordFile(clean(name[-100:]) or "文件", self.file.data.read())


class NewWordForm(WordForm):
    """A Word file to begin an item from, and what a new item cannot be without."""

    unit_id = SelectField("哪个单位的", coerce=_number)
    event_on = DateField("事情发生在哪天", validators=[InputRequired("请选事情发生的日期"), plausible_year])
    counterpart_id = SelectField("对口办公室", coerce=_number, validators=[a_counterpart])

    def facts(self, column_id: int | None, source: str) -> Text:
        """The fields of the new item beside its title and text. Refused: there is no column to put it in."""
        if column_id is None:
            raise Refused("还没有能放信息的栏目，请联系党政和人大办公室开设栏目。")
        return Text(
            title="",
            body_html="",
            column_id=column_id,
            source=source,
            event_on=self.event_on.data or date.min,
            counterpart_id=self.counterpart_id.data,
        )


class DraftForm(VersionedForm):
    """The text of an item.

    Only what makes no sense is refused here; what is missing is said when it is handed in.
    """

    model_text_id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    """The model text it was begun from: its hint stays in sight."""
    follows = HiddenField()
    """The key of the page whose unsaved typing this one goes on with."""
    unit_id = SelectField("哪个单位的", coerce=_number)
    title = StringField(
        "标题",
        filters=[clean],
        validators=[DataRequired("请先写标题"), Length(max=100, message="标题太长，请缩短到 100 个字以内")],
    )
    column_id = SelectField("栏目", coerce=_number)
    event_on = DateField("事情发生在哪天", validators=[InputRequired("请选事情发生的日期"), plausible_year])
    # Drawn by the editor's own fragment, once: not hidden fields, which the form would draw too.
    body_format = StringField(default="text")
    body_html = StringField("正文", validators=[_TOO_LONG])
    body_text = TextAreaField("正文", filters=[clean], validators=[_TOO_LONG])
    counterpart_id = SelectField("对口办公室", coerce=_number, validators=[a_counterpart])
    importance = RadioField(
        "重要程度", choices={one.value: one.label for one in Importance}, default=Importance.NORMAL.value
    )
    cross_unit_id = SelectField("交叉审核的办公室", coerce=_number)
    urgent = BooleanField("走绿色通道（加急）")
    urgency_reason = StringField("加急理由", filters=[clean], validators=[Length(max=200)])
    attribute = RadioField(
        "公开属性", choices={one.value: one.label for one in Attribute}, default=Attribute.ACTIVE.value
    )
    attribute_reason = StringField("不主动公开的理由和依据", filters=[clean], validators=[Length(max=500)])
    secrecy_cleared = BooleanField("已做保密审查，不涉密")
    source = StringField("来源", filters=[clean], validators=[Length(max=60, message="来源太长，请缩短到 60 个字以内")])
    photos = MultipleFileField("照片", validators=[Optional()])
    uploads = MultipleFileField("附件", validators=[Optional()])
    keep = SelectMultipleField(
        "已有附件", coerce=_number, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def html(self, base: str) -> str:
        """The body as HTML: the editor's, or typed lines turned into it against the text they were drawn from."""
        if self.body_format.data == "html":
            return self.body_html.data or ""
        return plain_text.from_text(self.body_text.data or "", base or self.body_html.data or "")

    def text(self, body_html: str, attachments: tuple[tuple[int, str], ...]) -> Text:
        """The form as the plain values an operation takes."""
        return Text(
            title=self.title.data or "",
            column_id=self.column_id.data,
            event_on=self.event_on.data or date.min,
            body_html=body_html,
            counterpart_id=self.counterpart_id.data,
            cross_unit_id=self.cross_unit_id.data or None,
            importance=Importance(self.importance.data),
            urgency=Urgency.URGENT if self.urgent.data else Urgency.NORMAL,
            urgency_reason=self.urgency_reason.data or "",
            attribute=Attribute(self.attribute.data),
            attribute_reason=self.attribute_reason.data or "",
            secrecy_cleared=self.secrecy_cleared.data,
            source=self.source.data or "",
            attachments=attachments,
        )

    def show(self, revision: Revision) -> None:
        """Fill the form from a saved version."""
        for name in ("title", "column_id", "event_on", "urgency_reason", "attribute_reason", "source"):
            self[name].data = getattr(revision, name)
        self.counterpart_id.data = revision.counterpart_id
        self.cross_unit_id.data = revision.cross_unit_id or NOTHING
        self.importance.data, self.attribute.data = revision.importance.value, revision.attribute.value
        self.urgent.data = revision.urgency is Urgency.URGENT
        self.secrecy_cleared.data = revision.secrecy_cleared
        self.show_body(revision.body_html)

    def show_body(self, body_html: str) -> None:
        """Fill the body: HTML for the editor, typed lines for a browser without script."""
        self.body_html.data, self.body_text.data, self.body_format.data = (
            body_html,
            plain_text.to_text(body_html),
            "text",
        )

    KEPT = (
        "model_text_id unit_id title column_id counterpart_id cross_unit_id importance urgent urgency_reason attribute "
        "attribute_reason secrecy_cleared source"
    ).split()

    def kept(self, base: str) -> dict[str, Any]:
        """What autosave keeps."""
        fields = {name: self[name].data for name in self.KEPT}
        return {**fields, "event_on": str(self.event_on.data or ""), "body_html": self.html(base)}

    def show_kept(self, fields: dict[str, Any]) -> None:
        """Fill the form from what autosave kept."""
        for name in self.KEPT:
            if name in fields:
                self[name].data = fields[name]
        self.follows.data = fields.get(PAGE_KEY, "")
        self.event_on.data = date.fromisoformat(fields["event_on"]) if fields.get("event_on") else None
        self.show_body(fields.get("body_html", ""))


class Reasons(Field):
    """Why findings that must be mended should pass: one line for each, named by the finding's key."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - the library's own
        """Every ``why-…`` that was sent."""
        self.process_errors = []  # type: ignore[assignment]  # a list in the library, whatever its stubs say
        sent = {name: clean(formdata.get(name)) for name in formdata or () if name.startswith(f"{self.name}-")}
        self.data = {name.removeprefix(f"{self.name}-"): words for name, words in sent.items() if words}


class ProofListForm(VersionedForm):
    """What somebody says to the proofreader's findings before he signs 校."""

    answered = SelectMultipleField(
        "核对过、没有错的提示",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
        validate_choice=False,
    )
    why = Reasons("不改的理由")

    def offer(self, open_: Iterable[Spotted], before: Mapping[str, str]) -> None:
        """The findings to be answered, with what this person said to the same ones before."""
        left = list(open_)
        self.answered.choices = {one.key: one.message for one in left if one.severity is Severity.WARN}
        if not self.is_submitted():
            self.answered.data = [key for key in self.answered.choices if key in before]
            self.why.data = {one.key: before[one.key] for one in left if one.waivable and before.get(one.key)}
        else:  # the text may have changed since the page was drawn
            self.answered.data = [key for key in self.answered.data or () if key in self.answered.choices]

    def validate_answered(self, field: Any) -> None:
        """One by one: what was not looked at is not signed for."""
        left = len(field.choices) - len(set(field.data or ()))
        if left:
            raise ValidationError(f"还有 {left} 处提示没有核对，请逐处看过，没有错的打上勾")

    def validate_why(self, field: Any) -> None:
        """A reason says something, and not too much."""
        if any(len(words) < SHORTEST_REASON for words in field.data.values()):
            raise ValidationError(f"不改的理由太短，至少写 {SHORTEST_REASON} 个字")
        if any(len(words) > LONGEST_REASON for words in field.data.values()):
            raise ValidationError(f"不改的理由请控制在 {LONGEST_REASON} 字以内")

    @property
    def replies(self) -> dict[str, str]:
        """What was said: key → reason, or "" for a tick."""
        return {**dict.fromkeys(self.answered.data or (), ""), **self.why.data}


class SubmitForm(ProofListForm):
    """Handing in: the drafter's signature."""

    oath = BooleanField("我已逐字校对，同意上面的话", validators=[InputRequired("请先勾选确认，再送审")])
    opinion = StringField("给审核人的话", filters=[clean], validators=[Length(max=200)])
    password = PasswordField("登录密码")


class ReasonForm(VersionedForm):
    """An act that needs a reason: recalling, discarding."""

    reason = StringField("原因", filters=[clean], validators=[DataRequired("请写明原因"), Length(max=200)])


class PlainForm(VersionedForm):
    """Just a button."""


class ForeseenDayForm(Form):
    """A day of the calendar, and how it would be: only asked about, nothing is written."""

    day = DateField("哪一天", [InputRequired("请选日子")])
    works = SelectField("改成", choices={"0": "放假", "1": "上班"}, default="0")
