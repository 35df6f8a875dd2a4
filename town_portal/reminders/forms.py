"""Forms: when to be told again, and the words of a 催办."""

from datetime import datetime, time, timedelta

from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from town_portal.foundation import clock
from town_portal.reminders.operations import LONGEST_WORDS
from town_portal.web.forms import Form, clean

MORNING = time(8, 30)


class AcknowledgeForm(Form):
    """Only its key: a press."""


class SnoozeForm(Form):
    """Which duty, and until when."""

    duty = HiddenField(validators=[DataRequired("这件事已经不在了"), Length(max=100)])
    until = SelectField(
        "什么时候再提醒",
        choices=[
            SelectChoice(value="hour", label="1 小时后"),
            SelectChoice(value="hours", label="3 小时后"),
            SelectChoice(value="tomorrow", label="明天早上"),
        ],
        validators=[DataRequired("请选什么时候再提醒")],
    )

    def until_moment(self) -> datetime:
        """The instant (UTC) that the choice means now."""
        now, today = clock.now(), clock.today()
        match self.until.data:
            case "hours":
                return now + timedelta(hours=3)
            case "tomorrow":
                return clock.instant(today + timedelta(days=1), MORNING)
        return now + timedelta(hours=1)


class PressForm(Form):
    """Which duty, and what is said to whoever owes it."""

    duty = HiddenField(validators=[DataRequired("这件事已经不在了"), Length(max=100)])
    words = StringField(
        "催办的话",
        filters=[clean],
        validators=[
            DataRequired("请写一句催办的话，对方会看到"),
            Length(max=LONGEST_WORDS, message=f"请不要超过 {LONGEST_WORDS} 个字"),
        ],
    )
