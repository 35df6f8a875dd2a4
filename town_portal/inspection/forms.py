"""The one form: why a finding is no error."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from town_portal.web.forms import VersionedForm, clean


class DismissForm(VersionedForm):
    """A reason that stays with the finding."""

    reason = StringField(
        "为什么不是错", filters=[clean], validators=[DataRequired("请写明为什么不是错"), Length(max=200)]
    )
