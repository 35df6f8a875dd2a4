"""The form of a model text."""

from collections.abc import Iterable

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from town_portal.columns.models import Column
from town_portal.model_texts.rules.kind import EventKind
from town_portal.model_texts.rules.wording import (
    LONGEST_BODY,
    LONGEST_HINT,
    LONGEST_NAME,
    LONGEST_TITLE,
    Wording,
)
from town_portal.web.forms import VersionedForm, clean


def _number(value: str | int | None) -> int | None:
    return int(value) if value else None


class ModelTextForm(VersionedForm):
    """A model text, new or revised."""

    kind = SelectField("哪一类事", choices={kind.value: kind.label for kind in EventKind}, coerce=EventKind)
    name = StringField(
        "名称",
        [DataRequired("请写名称"), Length(max=LONGEST_NAME, message=f"名称最多 {LONGEST_NAME} 个字")],
        [clean],
    )
    title = StringField(
        "标题",
        [DataRequired("请写标题"), Length(max=LONGEST_TITLE, message=f"标题最多 {LONGEST_TITLE} 个字")],
        [clean],
    )
    body = TextAreaField(
        "正文",
        [DataRequired("请写正文"), Length(max=LONGEST_BODY, message=f"正文最多 {LONGEST_BODY} 个字")],
        [clean],
    )
    hint = TextAreaField("动笔前要问清什么", [Length(max=LONGEST_HINT, message=f"最多 {LONGEST_HINT} 个字")], [clean])
    column_id = SelectField("放哪个栏目", coerce=_number)

    def offer(self, columns: Iterable[Column]) -> None:
        """Set the columns one can choose."""
        options = [SelectChoice(value=str(column.id), label=column.name) for column in columns]
        self.column_id.choices = [SelectChoice(value="", label="不指定"), *options]

    @property
    def wording(self) -> Wording:
        """The form as the plain values an operation takes."""
        return Wording(
            kind=self.kind.data,
            name=self.name.data or "",
            title=self.title.data or "",
            body=self.body.data or "",
            hint=self.hint.data or "",
            column_id=self.column_id.data,
        )
