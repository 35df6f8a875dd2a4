"""Forms of the room: decisions, credits, and what a proposal of a scheme says besides the scheme itself."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from town_portal.scoring.operations import LONGEST_REASON, MOST_TIMES
from town_portal.scoring.rules.scheme import figure
from town_portal.statistics.rules.quarter import Quarter
from town_portal.web.forms import Form, clean, plausible_year

_LONG = Length(max=LONGEST_REASON, message=f"最多 {LONGEST_REASON} 个字")


class DecisionForm(Form):
    """Confirming needs no words."""


class RefusalForm(Form):
    """Words for the one who proposed it, or entered it."""

    reason = TextAreaField("理由", [DataRequired("请写理由"), _LONG], [clean])


class CreditForm(Form):
    """One entry of the register."""

    unit_id = SelectField("单位", coerce=int, validators=[InputRequired("请选单位")])
    matter = SelectField("什么事项", validators=[InputRequired("请选事项")])
    happened_on = DateField("日期", validators=[InputRequired("请填日期"), plausible_year])
    times = IntegerField(
        "次数", [InputRequired("请填次数"), NumberRange(1, MOST_TIMES, f"次数要在 1 到 {MOST_TIMES} 之间")], default=1
    )
    words = TextAreaField("什么事", [DataRequired("请写明是什么事"), _LONG], [clean])
    evidence = StringField("依据", [DataRequired("请写依据"), _LONG], [clean])

    def offer(self, units: Any, matters: dict[str, Any]) -> None:
        """Set what one can choose."""
        self.unit_id.choices = [(unit.id, unit.name) for unit in units]
        self.matter.choices = [
            (name, f"{name}（{'+' if points > 0 else ''}{figure(points)} 分）") for name, points in matters.items()
        ]


class ProposalForm(Form):
    """From when a scheme is to hold, and why."""

    starts = SelectField("从哪个季度起", validators=[InputRequired("请选季度")])
    reason = TextAreaField("为什么改", [DataRequired("请写明为什么要改，确认的人要看"), _LONG], [clean])

    def offer(self, quarters: list[Quarter]) -> None:
        """Set the quarters one can choose."""
        self.starts.choices = [(quarter.key, quarter.label) for quarter in quarters]
