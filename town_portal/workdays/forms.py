"""Forms of the calendar: a limit to explain, a year's notice, a day to amend."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from town_portal.foundation.errors import Refused
from town_portal.web.forms import Form, clean
from town_portal.workdays.operations import FIRST_YEAR, LAST_YEAR
from town_portal.workdays.rules.notice_file import LONGEST_NAME, Row, parse

MOST_DAYS = 250
MOST_BYTES = 100_000


class ExplainForm(Form):
    """Start day and number of working days."""

    start = DateField("从哪天起算", [InputRequired("请选起算的日子")])
    count = IntegerField(
        "几个工作日",
        [InputRequired("请写几个工作日"), NumberRange(1, MOST_DAYS, f"请写 1—{MOST_DAYS} 之间的数")],
    )

    def validate_start(self, field: DateField) -> None:
        """A day whose limit stays within the years we can speak of."""
        if field.data and not FIRST_YEAR <= field.data.year < LAST_YEAR:
            raise ValidationError(f"年份要在 {FIRST_YEAR}—{LAST_YEAR - 1} 之间")


class NoticeForm(Form):
    """A year's notice, uploaded or pasted."""

    year = IntegerField(
        "年份",
        [InputRequired("请写年份"), NumberRange(FIRST_YEAR, LAST_YEAR, f"年份要在 {FIRST_YEAR}—{LAST_YEAR} 之间")],
    )
    source = StringField(
        "来源", [DataRequired("请写通知的名称和日期"), Length(max=200, message="来源最多 200 个字")], [clean]
    )
    file = FileField("表格文件（.csv）")
    text = TextAreaField("或者把表格粘贴在这里", [Length(max=MOST_BYTES, message="内容太长，一年的安排通常不到 50 行")])

    rows: list[Row]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the table; what is wrong with it is said at the field it came from."""
        sound: bool = super().validate(extra_validators)
        uploaded = self.file.data and self.file.data.filename
        field = self.file if uploaded else self.text
        try:
            content = _decoded(self.file.data.read(MOST_BYTES + 1)) if uploaded else self.text.data or ""
            self.rows = parse(content)
        except Refused as refusal:
            field.errors = (*field.errors, refusal.reason)
            return False
        return sound


class DayForm(Form):
    """One day, and why."""

    day = DateField("哪一天", [InputRequired("请选日子")])
    works = SelectField("改成", choices=[SelectChoice(value="0", label="放假"), SelectChoice(value="1", label="上班")])
    name = StringField(
        "名称",
        [DataRequired("请写这一天叫什么"), Length(max=LONGEST_NAME, message=f"名称最多 {LONGEST_NAME} 个字")],
        [clean],
    )
    reason = TextAreaField(
        "理由或依据", [DataRequired("请写明调整的理由或依据"), Length(max=300, message="理由最多 300 个字")], [clean]
    )

    def validate_day(self, field: DateField) -> None:
        """A day of the years the calendar keeps."""
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(f"年份要在 {FIRST_YEAR}—{LAST_YEAR} 之间")


def _decoded(content: bytes) -> str:
    """The text of an uploaded table; spreadsheets here save GBK as well as UTF-8."""
    if len(content) > MOST_BYTES:
        raise Refused("文件太大，一年的安排通常不到 50 行。请检查是不是选错了文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("这个文件不是文本表格。请在表格软件里另存为“CSV 文件”再传。")
