"""Forms of a spot check."""

from collections.abc import Mapping

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from town_portal.spot_checks.operations import MOST_WORDS, Plan
from town_portal.spot_checks.rules import seed
from town_portal.spot_checks.rules.checking import LONGEST_NOTE, CheckResult, Mark
from town_portal.spot_checks.rules.seed import SeedKind
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year


class PlanForm(Form):
    """From what, how many, and where the seed comes from."""

    first = DateField("从哪天发布的起", validators=[InputRequired("请填开始日期"), plausible_year])
    last = DateField("到哪天发布的止", validators=[InputRequired("请填结束日期"), plausible_year])
    size = IntegerField("抽几条", validators=[InputRequired("请填抽几条"), NumberRange(1, 500, "要在 1—500 之间")])
    seed_kind = SelectField("种子从哪里来", choices={one.value: one.label for one in SeedKind}, coerce=SeedKind)
    announced = StringField("哪一期的什么号码", filters=[clean], validators=[Length(max=seed.LONGEST)])
    announced_on = DateField("哪天公布", validators=[Optional(), plausible_year])

    @property
    def plan(self) -> Plan:
        """The form as the plain values an operation takes."""
        return Plan(
            first=self.first.data,
            last=self.last.data,
            size=self.size.data,
            seed_kind=self.seed_kind.data,
            announced=self.announced.data or "",
            announced_on=self.announced_on.data,
        )


class DrawForm(VersionedForm):
    """Draw; with the public number where one was announced."""

    number = StringField("公布的号码", filters=[clean], validators=[Length(max=seed.LONGEST)])


class WordsForm(VersionedForm):
    """A summary, or a reason."""

    words = TextAreaField("说明", filters=[clean], validators=[Length(max=MOST_WORDS)], render_kw={"rows": 3})


class ResultForm(VersionedForm):
    """What was found in one text; the marks of the checklist stand beside it as ``mark-1``, ``mark-2``, …"""

    result = SelectField("结果", choices={one.value: one.label for one in CheckResult}, coerce=CheckResult)
    note = TextAreaField("发现了什么", filters=[clean], validators=[Length(max=LONGEST_NOTE)], render_kw={"rows": 3})
    demand = TextAreaField(
        "要单位怎么改", filters=[clean], validators=[Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )


def marks_of(sent: Mapping[str, str], count: int) -> dict[int, Mark]:
    """The answered lines of a checklist by their number."""
    return {
        number: Mark(sent[name])
        for number in range(1, count + 1)
        if (name := f"mark-{number}") in sent and sent[name] in set(Mark)
    }
