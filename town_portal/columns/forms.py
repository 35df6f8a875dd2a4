"""Forms of the column tree."""

from collections.abc import Iterable

from wtforms import IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from town_portal.columns.rules.naming import CODE, LAST_POSITION, LONGEST_HINT, LONGEST_NAME
from town_portal.web.forms import VersionedForm, clean

Choices = Iterable[tuple[int, str]]
NOWHERE = SelectChoice(value="", label="不指定")
TOP = SelectChoice(value="", label="作为一级栏目")


def _options(choices: Choices) -> list[SelectChoice]:
    return [SelectChoice(value=str(number), label=name) for number, name in choices]


def _number(value: str | int | None) -> int | None:
    """A choice's number; the empty choice is None."""
    return int(value) if value else None


class NameForm(VersionedForm):
    """A column's name."""

    name = StringField(
        "栏目名",
        [DataRequired("请写栏目名"), Length(max=LONGEST_NAME, message=f"栏目名最多 {LONGEST_NAME} 个字")],
        [clean],
    )


class PlaceForm(VersionedForm):
    """Order, office and hint. ``offices``: (unit id, name)."""

    position = IntegerField(
        "排序",
        [InputRequired("请写排序"), NumberRange(1, LAST_POSITION, f"排序要在 1—{LAST_POSITION} 之间")],
        default=1,
    )
    office_id = SelectField("对口办公室", coerce=_number)
    hint = TextAreaField("写稿提示", [Length(max=LONGEST_HINT, message=f"提示最多 {LONGEST_HINT} 个字")], [clean])

    def offer(self, offices: Choices) -> None:
        """Set the offices one can choose."""
        self.office_id.choices = [NOWHERE, *_options(offices)]


class OpenForm(NameForm, PlaceForm):
    """A new column."""

    code = StringField(
        "代码", [DataRequired("请写代码"), Regexp(f"{CODE}$", message="用 2—20 个小写字母或数字，字母开头")], [clean]
    )
    parent_id = SelectField("上级栏目", coerce=_number)

    def offer_parents(self, parents: Choices) -> None:
        """Set the top columns one can choose."""
        self.parent_id.choices = [TOP, *_options(parents)]
