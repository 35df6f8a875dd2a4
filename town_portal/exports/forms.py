"""The form that asks for an export."""

from wtforms import BooleanField

from town_portal.web.forms import Form


class AskForm(Form):
    """Shall every file be written anew?"""

    full = BooleanField("全部重新生成（平时不用勾，只在怀疑文件有问题时用）")
