"""Forms about units, people and posts."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from town_portal.access.roles import Role
from town_portal.foundation.errors import Refused
from town_portal.network.models import Person, Post, Unit, UnitKind
from town_portal.network.rules import appointment, naming, phone
from town_portal.network.rules.absence import LONGEST_REASON
from town_portal.network.rules.appointment import Place
from town_portal.web.forms import Form, VersionedForm, clean, plausible_year

_NOT_A_DAY = "日期要写成 2026-04-01 这样"


def _by(rule: Any) -> Any:
    """A validator that lets a rule speak: what it refuses becomes the field's message."""

    def validate(_form: Form, field: Any) -> None:
        try:
            rule(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal.reason) from None

    return validate


def _text(label: str, rule: Any, description: str = "", **attributes: Any) -> StringField:
    return StringField(label, filters=[clean], validators=[_by(rule)], description=description, render_kw=attributes)


def _optional(label: str, rule: Any, description: str = "") -> StringField:
    return StringField(label, filters=[clean], validators=[Optional(), _by(rule)], description=description)


def _day(label: str, description: str = "") -> DateField:
    return DateField(label, validators=[InputRequired(f"请填{label}"), plausible_year], description=description)


def _reason(label: str = "原因", description: str = "") -> TextAreaField:
    return TextAreaField(
        label,
        filters=[clean],
        validators=[DataRequired(f"请写{label}"), Length(max=200, message=f"{label}最多 200 个字")],
        description=description,
        render_kw={"rows": 3},
    )


def _someone(label: str = "人员") -> SelectField:
    return SelectField(label, coerce=_number, validators=[InputRequired("请选一个人")])


def _number(value: Any) -> int | None:
    return int(value) if value else None


def _long_name(name: str) -> str:
    return naming.check_unit_name(name, "单位全称", 60)


class UnitNameForm(Form):
    """The names of a unit."""

    name = _text("单位名称", naming.check_unit_name, "平时的叫法，如“农业农村办公室”“洛洞村”")
    full_name = _optional("单位全称", _long_name, "公文和通报里用，不填就用单位名称")


class UnitForm(UnitNameForm):
    """A new unit."""

    code = _text("单位代码", naming.check_code, "一个字母加两位数字：办公室用 B，村（社区）用 C")
    kind = SelectField("类别", choices=[SelectChoice(kind.value, kind.label) for kind in UnitKind])
    division_code = _optional("区划代码", naming.check_division, "村（社区）填 12 位统计用区划代码")


class PersonNameForm(Form):
    """A person's name."""

    name = _text("姓名", naming.check_person_name, autocomplete="off")


class PhoneForm(Form):
    """A person's phone."""

    phone = _text("手机号", phone.check, "登录用，11 位", inputmode="numeric", autocomplete="off")


class PersonForm(PersonNameForm, PhoneForm):
    """A new person."""


class ReasonForm(Form):
    """Why."""

    reason = _reason()


class PostForm(Form):
    """A new post in a unit."""

    person = _someone()
    role = SelectField("角色", choices=[])
    starts_on = _day("开始日期")
    ends_on = DateField("结束日期", validators=[Optional(), plausible_year], description="不填就是一直任职，到免去为止")
    deputy = BooleanField("副手", description="专职信息员一个单位一名，另外的人登记为副手")

    def offer(self, people: list[Person], place: Place) -> None:
        """The people there are and the roles this kind of unit has."""
        self.person.choices = _people(people)
        self.role.choices = [SelectChoice(role.value, role.label) for role in Role if _fits(role, place)]


class ReliefForm(Form):
    """The end of a post."""

    last_day = _day("最后一天", "这一天还在任，第二天起不再任职")
    reason = _reason()


class CoverForm(Form):
    """A leave cover for the holder of a post."""

    person = _someone("顶岗的人")
    starts_on = _day("从哪天起")
    ends_on = _day("到哪天止", "这一天也算，过后自动结束")
    reason = _reason("请假原因", "如：产假、外出培训")

    def offer(self, people: list[Person], post: Post) -> None:
        """Everybody but the holder himself."""
        self.person.choices = _people([person for person in people if person.id != post.person_id])


class LeaveForm(Form):
    """Days on which somebody is away."""

    starts_on = _day("从哪天起")
    ends_on = _day("到哪天止", "这一天也算，过后自动恢复")
    reason = StringField(
        "原因",
        [Optional(), Length(max=LONGEST_REASON, message=f"原因最多 {LONGEST_REASON} 个字")],
        [clean],
        description="可以不写；只有您本人和系统管理员看得到",
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Not before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("结束日期不能早于开始日期")


class EndLeaveForm(VersionedForm):
    """Somebody is back, or does not go."""


class HandOverForm(Form):
    """One holder of a post hands over to the next."""

    to_person = _someone("接手的人")
    day = _day("交接日", "从这一天起由接手的人任职，前一天是交出的人的最后一天")
    note = _reason("交接说明", "交了哪些事，资料放在哪里，还有什么没办完")

    def offer(self, people: list[Person], post: Post) -> None:
        """Everybody but the holder himself."""
        self.to_person.choices = _people([person for person in people if person.id != post.person_id])


class ImportForm(Form):
    """A file of units or people."""

    what = RadioField(
        "导入什么", choices=[SelectChoice("people", "人员"), SelectChoice("units", "单位")], default="people"
    )
    file = FileField("文件", validators=[FileRequired("请选文件")])


def names_of(unit: Unit) -> dict[str, str]:
    """What the name form shows first."""
    return {"name": unit.name, "full_name": unit.full_name}


def _people(people: list[Person]) -> list[SelectChoice]:
    return [SelectChoice("", "请选择")] + [
        SelectChoice(str(person.id), f"{person.name}（{phone.mask(person.phone)}）")
        for person in people
        if person.active
    ]


def _fits(role: Role, place: Place) -> bool:
    try:
        appointment.check_place(role, place)
    except Refused:
        return False
    return True
