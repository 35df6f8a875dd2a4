"""Forms of the register."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from town_portal.web.forms import Form, VersionedForm, clean


class FileForm(Form):
    """A list to be looked through."""

    file = FileField("文件", validators=[FileRequired("请选文件")])


class TakeForm(Form):
    """The list that was looked through, signed, to be taken in."""

    rows = HiddenField(validators=[DataRequired("请先选文件核对")])


class RevokeForm(VersionedForm):
    """Why an import is taken out again."""

    reason = StringField("为什么撤销", filters=[clean], validators=[DataRequired("请写原因"), Length(max=200)])
