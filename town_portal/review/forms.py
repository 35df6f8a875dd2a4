"""The reviewer's one form: 校, 审 and 退回 are its three buttons."""

from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from town_portal.submissions.forms import ProofListForm
from town_portal.submissions.rules.marks import Mark
from town_portal.web.forms import clean

MARKS = 3


class ReviewForm(ProofListForm):
    """What all three acts carry: the version and the digest that stood before the reviewer's eyes."""

    digest = HiddenField()
    opinion = TextAreaField("意见", filters=[clean], validators=[Length(max=500, message="意见请控制在 500 字以内")])
    oath = BooleanField("我已看完，同意上面的话")
    password = PasswordField("登录密码")
    cross_unit_id = SelectField("转给哪个办公室交叉审核", coerce=int, default=0)
    reasons = SelectMultipleField("退回理由", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    quote_1 = StringField("原文", filters=[clean])
    note_1 = StringField("问题", filters=[clean], validators=[Length(max=200)])
    quote_2 = StringField("原文", filters=[clean])
    note_2 = StringField("问题", filters=[clean], validators=[Length(max=200)])
    quote_3 = StringField("原文", filters=[clean])
    note_3 = StringField("问题", filters=[clean], validators=[Length(max=200)])

    def marks(self) -> list[Mark]:
        """The passages that were marked."""
        pairs = [(self[f"quote_{n}"].data or "", self[f"note_{n}"].data or "") for n in range(1, MARKS + 1)]
        return [Mark(quote, note) for quote, note in pairs if quote]


class ReturningForm(ReviewForm):
    """退回 needs a reason, and a note the words it is about; marked words stand in ``text``."""

    text = ""
    validate_answered = validate_why = None  # type: ignore[assignment]  # what goes back needs no answers

    def validate_opinion(self, field: Any) -> None:
        """An opinion, or at least one of the usual reasons."""
        if not field.data and not self.reasons.data:
            raise ValidationError("退回必须写意见，或者勾选至少一条理由")

    def validate_quote_1(self, field: Any) -> None:
        """A note without its words would be lost."""
        if not field.data and self[field.name.replace("quote", "note")].data:
            raise ValidationError("写了问题，请把要改的原文也抄上，或者写到意见里")
        if field.data and field.data not in self.text:
            raise ValidationError(f"“{field.data}”在稿件里找不到，请从正文里照原样复制")

    validate_quote_2 = validate_quote_3 = validate_quote_1


class SigningForm(ReviewForm):
    """校 and 审 need the oath."""

    oath = BooleanField("我已看完，同意上面的话", validators=[InputRequired("请先勾选“我已看完”，再签字")])
