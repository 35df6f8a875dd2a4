"""Forms of the lists: one entry, a file of entries, and the decision on what was proposed."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from town_portal.network import queries as network
from town_portal.proofreading import queries
from town_portal.proofreading.operations import LONGEST_REASON
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import Kind, TermKind
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year

_FAMILIES = [SelectChoice(one.value, one.label) for one in Family if one not in NEVER_OVERRIDDEN]
_TOO_LONG = f"理由最多 {LONGEST_REASON} 个字"


class ReasonForm(Form):
    """Why the list is to be changed."""

    reason = TextAreaField(
        "为什么要改",
        [DataRequired("请写明为什么要改，确认的人要看"), Length(max=LONGEST_REASON, message=_TOO_LONG)],
        [clean],
    )


class EntryForm(ReasonForm):
    """One entry; ``form_for`` adds the columns its list has."""

    words = StringField("词语", [DataRequired("请填写")], [clean])
    valid_from = DateField("第一天", [Optional(), plausible_year])
    valid_to = DateField("最后一天", [Optional(), plausible_year])
    bad = TextAreaField("错的例句", [Optional()], [clean])
    good = TextAreaField("对的例句", [Optional()], [clean])
    owner_id = SelectField("负责单位", coerce=int)

    kind: Kind

    @property
    def entry(self) -> TermEntry:
        """What was typed, as the rules read it."""
        return TermEntry(
            self.kind.kind,
            self.words.data or "",
            self._given("right") or "",
            self._given("note") or "",
            self._given("position"),
            self.valid_from.data,
            self.valid_to.data,
            bad=_sentences(self.bad.data),
            good=_sentences(self.good.data),
            owner_id=self.owner_id.data,
        )

    def _given(self, name: str) -> Any:
        return self[name].data if name in self else None


class ExceptionForm(ReasonForm):
    """Words that the proofreader took for an error and that are none."""

    words = StringField("词句", [DataRequired("请填写没有错的词句")], [clean])
    family = SelectField("疑点类别", choices=_FAMILIES)
    sentence = TextAreaField("所在的句子", [DataRequired("请写出它所在的那一句")], [clean])


class OffForm(ReasonForm):
    """An entry that is to be in its list no longer."""


class ImportForm(Form):
    """A file of entries, to look at first."""

    file = FileField("文件", validators=[FileRequired("请选文件")])


class BatchForm(ReasonForm):
    """What an import would change, carried from its preview to the proposal as CSV, and read anew there."""

    table = HiddenField(validators=[DataRequired("请重新选文件")])
    source = HiddenField()


class DecisionForm(VersionedForm):
    """A decision on the version the person saw."""


class RejectForm(DecisionForm):
    """Why not."""

    reason = TextAreaField(
        "不同意的理由",
        [DataRequired("请写明为什么不同意"), Length(max=LONGEST_REASON, message=_TOO_LONG)],
        [clean],
    )


def form_for(kind: Kind, entry: TermEntry | None = None) -> EntryForm:
    """The form of a list, filled with an entry that is to be changed."""
    form_class = type("ListForm", (EntryForm,), {"kind": kind, **_columns(kind)})
    form: EntryForm = form_class(data=_data(entry) if entry else {"owner_id": network.coordinating_id()})
    form.words.label.text = kind.words
    form.owner_id.choices = [SelectChoice(str(id_), name) for name, id_ in queries.owners().items()]
    return form


def _columns(kind: Kind) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if kind.kind is TermKind.EXCEPTIONS:
        columns["right"] = SelectField(kind.right, choices=_FAMILIES)
    elif kind.right:
        columns["right"] = StringField(
            kind.right, [DataRequired("请填写") if kind.right_needed else Optional()], [clean]
        )
    if kind.notes:
        columns["note"] = SelectField(kind.note, choices=[SelectChoice(*one) for one in kind.notes])
    elif kind.note:
        columns["note"] = StringField(kind.note, [Optional()], [clean])
    if kind.ordered:
        columns["position"] = IntegerField("排序", [InputRequired("请写排在第几")])
    return columns


def _data(entry: TermEntry) -> dict[str, Any]:
    return {
        "words": entry.words,
        "right": entry.right,
        "note": entry.note,
        "position": entry.position,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "bad": "\n".join(entry.bad),
        "good": "\n".join(entry.good),
        "owner_id": entry.owner_id or network.coordinating_id(),
    }


def _sentences(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())
