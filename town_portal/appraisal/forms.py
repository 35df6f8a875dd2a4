"""The form that closes a year."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from town_portal.appraisal.operations import MOST_WORDS
from town_portal.web.forms import Form, clean


class CloseForm(Form):
    """Close a year, as its figures were seen."""

    seen = HiddenField()
    words = TextAreaField("说明", filters=[clean], validators=[Length(max=MOST_WORDS)], render_kw={"rows": 2})
