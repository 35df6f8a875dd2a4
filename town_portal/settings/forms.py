"""Forms of the settings: a proposal drawn from the catalogue, and the decision on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wtforms import DateField, Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import TextInput

from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.settings.rules import catalogue, checking, words
from town_portal.web.forms import Form, VersionedForm, clean


@dataclass(frozen=True, slots=True)
class Table:
    """Fields that stand in a table: a row for each step, in each cell an amount with its unit."""

    heading: str
    columns: list[str]
    rows: list[tuple[str, list[list[Field]]]]
    optional: bool
    filled: bool
    """Something in it is set, or wrong: it must be seen."""


class ProposalForm(Form):
    """What is asked for every setting; ``form_for`` adds the setting's own fields."""

    starts_on = DateField("从哪天起生效", [Optional()])
    reason = TextAreaField(
        "为什么要改",
        [DataRequired("请写明为什么要改，确认的人要看"), Length(max=300, message="理由最多 300 个字")],
        [clean],
    )

    key: catalogue.Key
    value: dict[str, Any]

    @property
    def value_fields(self) -> list[Field]:
        """The setting's own fields, in the order of the catalogue."""
        return [self[name_of(field)] for field in self.key.fields]

    @property
    def loose_fields(self) -> list[Field]:
        """The fields that stand in no table."""
        return [self[name_of(field)] for field in self.key.fields if not field.table]

    @property
    def tables(self) -> list[Table]:
        """The fields that stand in tables, table by table."""
        return [_table(self, heading) for heading in dict.fromkeys(one.table for one in self.key.fields) if heading]

    def validate_starts_on(self, field: DateField) -> None:
        """Not a day that is over."""
        if field.data and field.data < clock.today():
            raise ValidationError("生效日期不能早于今天")

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by the catalogue, then the value as a whole."""
        sound: bool = super().validate(extra_validators)
        if not sound:
            return False
        try:
            self.value = checking.build(
                self.key, {field.path: self[name_of(field)].data or "" for field in self.key.fields}
            )
        except Refused as refusal:
            named = [field for field in self.value_fields if refusal.reason.startswith(f"“{field.label.text}”")]
            place = (named or self.value_fields)[0]
            place.errors = (*place.errors, refusal.reason)
            return False
        return True

    @property
    def valid_from(self) -> datetime | None:
        """The instant (UTC) at which the chosen day begins; None: as soon as it is confirmed."""
        day = self.starts_on.data
        return clock.instant(day) if day and day > clock.today() else None


class DecisionForm(VersionedForm):
    """A decision on the version the person saw."""


class RejectForm(DecisionForm):
    """Why not."""

    reason = TextAreaField(
        "不同意的理由", [DataRequired("请写明为什么不同意"), Length(max=300, message="理由最多 300 个字")], [clean]
    )


def form_for(key: catalogue.Key, value: Mapping[str, Any]) -> ProposalForm:
    """The form of one setting, filled with a value."""
    fields = {name_of(field): _control(field) for field in key.fields}
    form_class = type("KeyForm", (ProposalForm,), {**fields, "key": key})
    texts = words.texts(key, value)
    form: ProposalForm = form_class(
        data={name_of(field): texts[field.path] for field in key.fields if field.path in texts}
    )
    return form


def _table(form: ProposalForm, heading: str) -> Table:
    mine = [field for field in form.key.fields if field.table == heading]
    columns = list(dict.fromkeys(field.column for field in mine))
    rows = [
        (
            row,
            [
                [form[name_of(field)] for field in mine if (field.row, field.column) == (row, column)]
                for column in columns
            ],
        )
        for row in dict.fromkeys(field.row for field in mine)
    ]
    controls = [form[name_of(field)] for field in mine]
    filled = any(
        control.errors or (control.data and not field.beside) for field, control in zip(mine, controls, strict=True)
    )
    return Table(heading, columns, rows, all(field.optional for field in mine), filled)


def name_of(field: catalogue.Field) -> str:
    """The name of a catalogue field in a form."""
    return f"v-{field.path.replace('.', '-')}"


def _control(field: catalogue.Field) -> Any:
    check = [_Fits(field)]
    match field.kind:
        case "choice":
            return SelectField(field.label, choices=_options(field), validate_choice=False, validators=check)
        case "lines":
            return TextAreaField(field.label, check, [clean], description=field.hint or "一行一条")
        case "time":
            return StringField(field.label, check, [clean], widget=TextInput("time"), description=field.hint)
        case "number":
            return StringField(
                field.label, check, [clean], widget=TextInput("number"), description=field.hint or _range(field)
            )
        case _:
            return StringField(field.label, check, [clean], description=field.hint)


def _options(field: catalogue.Field) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in field.choices]


def _range(field: catalogue.Field) -> str:
    return f"{field.least}—{field.most}" if field.least is not None and field.most is not None else ""


class _Fits:
    """A validator: the catalogue takes this text for the field."""

    def __init__(self, field: catalogue.Field) -> None:
        self.field = field

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise the catalogue's words."""
        if self.field.optional and not (field.data or "").strip():
            return
        try:
            checking.read(self.field, field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.reason) from None
