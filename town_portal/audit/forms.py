"""The form of the trail: search it."""

from datetime import datetime
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from town_portal.foundation import clock
from town_portal.web.forms import Form, clean, plausible_year


class SearchForm(Form):
    """Who, what, on what, when. Sent by GET: it changes nothing."""

    class Meta(Form.Meta):
        """No token: the form only asks."""

        csrf = False

    person = StringField("办事人", [Length(max=50, message="最多写 50 个字")], [clean])
    action = SelectField("做了什么", filters=[clean], validate_choice=False)
    words = StringField("办的是什么", [Length(max=50, message="最多写 50 个字")], [clean])
    since = DateField("从哪天", [Optional(), plausible_year])
    until = DateField("到哪天", [Optional(), plausible_year])

    def validate_until(self, field: DateField) -> None:
        """The last day does not lie before the first."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError("结束日期不能早于开始日期")

    @property
    def wanted(self) -> dict[str, Any]:
        """The search as ``queries.events`` takes it; days are whole days in Shanghai."""
        since: datetime | None = clock.instant(self.since.data) if self.since.data else None
        until: datetime | None = clock.end_of(self.until.data) if self.until.data else None
        return {
            "person": self.person.data,
            "action": self.action.data,
            "words": self.words.data,
            "since": since,
            "until": until,
        }
