"""Pages of the network: the map, a unit, a person, and the acts on them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for

from town_portal.access import policy
from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.network import operations, queries
from town_portal.network.forms import (
    CoverForm,
    EndLeaveForm,
    HandOverForm,
    ImportForm,
    LeaveForm,
    PersonForm,
    PersonNameForm,
    PhoneForm,
    PostForm,
    ReasonForm,
    ReliefForm,
    UnitForm,
    UnitNameForm,
    names_of,
)
from town_portal.network.models import Leave, Person, Post, Unit, UnitKind
from town_portal.network.rules import phone, roster_file, table_file
from town_portal.network.rules.roster_file import Fault
from town_portal.web.forms import Form, new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("network", __name__)

MENU = (Entry("单位与人员", "network.index", "people", (P.NETWORK_READ,), group="网络"),)


def _place_of_post(post_id: int) -> str:
    post = queries.post(post_id)
    return url_for("network.person", person_id=post.person_id) if post else url_for("network.index")


def _place_of_leave(leave_id: int) -> str:
    leave = queries.leave(leave_id)
    return url_for("network.person", person_id=leave.person_id) if leave else url_for("network.index")


PLACES: dict[str, Callable[[int], str]] = {
    "Unit": lambda unit_id: url_for("network.unit", unit_id=unit_id),
    "Person": lambda person_id: url_for("network.person", person_id=person_id),
    "Post": _place_of_post,
    "Leave": _place_of_leave,
}

COORDINATION = (Role.PRINCIPAL, Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR)
"""The roles the map shows apart from the units."""


# -- reading ----------------------------------------------------------------------------------


@bp.get("/network")
@requires(P.NETWORK_READ)
def index() -> Response:
    """The map: every unit, who reports and signs there today, and what is vacant."""
    lines = queries.network_map(clock.today())
    posts = [post for line in lines for post in line.posts]
    return respond(
        "network/index.html",
        offices=[line for line in lines if line.unit.kind is UnitKind.OFFICE],
        villages=[line for line in lines if line.unit.kind is not UnitKind.OFFICE],
        gaps=[line for line in lines if line.vacancy],
        officers=[(role, [post for post in posts if post.role is role]) for role in COORDINATION],
        away=queries.away_by_post(clock.today()),
        may_manage=_may_manage(),
    )


@bp.get("/network/units/<int:unit_id>")
@requires(P.NETWORK_READ)
def unit(unit_id: int) -> Response:
    """One unit: its posts now and past."""
    found = _unit(unit_id)
    today = clock.today()
    posts = queries.posts_of_unit(unit_id)
    return respond(
        "network/unit.html",
        unit=found,
        current=[post for post in posts if post.ends_on is None or post.ends_on >= today],
        past=[post for post in posts if post.ends_on is not None and post.ends_on < today],
        vacancy=queries.vacancies(today).get(unit_id),
        away=queries.away_by_post(today),
        story=trail.timeline("Unit", unit_id)[:8],
        phone=_shown_phone(),
        may_manage=_may_manage(),
    )


@bp.get("/network/people")
@requires(P.NETWORK_READ)
def people() -> Response:
    """Everybody, by name."""
    return respond(
        "network/people.html",
        people=queries.people(),
        today_posts=queries.current_posts_by_person(clock.today()),
        phone=_shown_phone(),
        may_manage=_may_manage(),
    )


@bp.get("/network/people/<int:person_id>")
@requires(P.NETWORK_READ)
def person(person_id: int) -> Response:
    """One person: posts now and past, and what was done about him."""
    found = _person(person_id)
    today = clock.today()
    posts = queries.posts_of_person(person_id)
    return respond(
        "network/person.html",
        person=found,
        current=[post for post in posts if post.ends_on is None or post.ends_on >= today],
        past=[post for post in posts if post.ends_on is not None and post.ends_on < today],
        story=queries.story_of(found) if _may_manage() else [],
        away=queries.away_by_post(today),
        leaves=queries.away(today, person_id),
        end_form=EndLeaveForm(formdata=None),
        phone=_shown_phone(),
        may_manage=_may_manage(),
        new_key=new_form_key,
    )


# -- units ------------------------------------------------------------------------------------


@bp.get("/network/units/new")
@requires(P.NETWORK_MANAGE)
def new_unit() -> Response:
    """The form for a new unit."""
    return _unit_form(UnitForm(formdata=None))


@bp.post("/network/units")
@requires(P.NETWORK_MANAGE)
def open_unit() -> Response:
    """A new unit."""
    form = UnitForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            opened = operations.open_unit(
                me(), code=form.code.data, name=form.name.data, kind=UnitKind(form.kind.data),
                full_name=form.full_name.data or "", division_code=form.division_code.data,
            )  # fmt: skip
            flash(f"{opened.name}设好了，接着给它任命信息员。")
            return see_other(url_for(".unit", unit_id=opened.id))
    return _unit_form(form, 422)


@bp.get("/network/units/<int:unit_id>/name")
@requires(P.NETWORK_MANAGE)
def unit_name(unit_id: int) -> Response:
    """The form for a unit's names."""
    found = _unit(unit_id)
    return _unit_name_form(found, UnitNameForm(formdata=None, data=names_of(found)))


@bp.post("/network/units/<int:unit_id>/name")
@requires(P.NETWORK_MANAGE)
def rename_unit(unit_id: int) -> Response:
    """Give a unit its name, or confirm an example name."""
    found, form = _unit(unit_id), UnitNameForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.rename_unit(me(), found, name=form.name.data, full_name=form.full_name.data or "")
            flash("单位名称改好了。以前的记录仍用当时的名称。")
            return see_other(url_for(".unit", unit_id=unit_id))
    return _unit_name_form(found, form, 422)


@bp.get("/network/units/<int:unit_id>/closure")
@requires(P.NETWORK_MANAGE)
def unit_closure(unit_id: int) -> Response:
    """The form for closing a unit."""
    return _closure_form(_unit(unit_id), ReasonForm(formdata=None))


@bp.post("/network/units/<int:unit_id>/closure")
@requires(P.NETWORK_MANAGE)
def close_unit(unit_id: int) -> Response:
    """Close a unit."""
    found, form = _unit(unit_id), ReasonForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.close_unit(me(), found, form.reason.data)
            flash(f"{found.name}撤销了，以前的稿件和记录都还在。")
            return see_other(url_for(".index"))
    return _closure_form(found, form, 422)


# -- people -----------------------------------------------------------------------------------


@bp.get("/network/people/new")
@requires(P.NETWORK_MANAGE)
def new_person() -> Response:
    """The form for a new person."""
    return _person_form(PersonForm(formdata=None))


@bp.post("/network/people")
@requires(P.NETWORK_MANAGE)
def add_person() -> Response:
    """A new person."""
    form = PersonForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            added = operations.add_person(me(), name=form.name.data, phone_number=form.phone.data)
            flash(f"{added.name}登记好了。接着到单位页任职，再到“账户”给他发一次性口令。")
            return see_other(url_for(".person", person_id=added.id))
    return _person_form(form, 422)


@bp.get("/network/people/<int:person_id>/name")
@requires(P.NETWORK_MANAGE)
def person_name(person_id: int) -> Response:
    """The form for a person's name."""
    found = _person(person_id)
    return _person_name_form(found, PersonNameForm(formdata=None, data={"name": found.name}))


@bp.post("/network/people/<int:person_id>/name")
@requires(P.NETWORK_MANAGE)
def rename_person(person_id: int) -> Response:
    """Correct a person's name."""
    found, form = _person(person_id), PersonNameForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.rename_person(me(), found, form.name.data)
            flash("姓名改好了。以前的记录仍用当时的姓名。")
            return see_other(url_for(".person", person_id=person_id))
    return _person_name_form(found, form, 422)


@bp.get("/network/people/<int:person_id>/phone")
@requires(P.NETWORK_MANAGE, sure=True)
def person_phone(person_id: int) -> Response:
    """The form for a person's phone."""
    return _phone_form(_person(person_id), PhoneForm(formdata=None))


@bp.post("/network/people/<int:person_id>/phone")
@requires(P.NETWORK_MANAGE, sure=True)
def change_phone(person_id: int) -> Response:
    """Another phone, hence another sign-in name."""
    found, form = _person(person_id), PhoneForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.change_phone(me(), found, form.phone.data)
            flash("手机号换好了，下次登录用新号码，密码不变。")
            return see_other(url_for(".person", person_id=person_id))
    return _phone_form(found, form, 422)


@bp.get("/network/people/<int:person_id>/disabling")
@requires(P.NETWORK_MANAGE, sure=True)
def person_disabling(person_id: int) -> Response:
    """The form for shutting a person out."""
    return _disabling_form(_person(person_id), ReasonForm(formdata=None))


@bp.post("/network/people/<int:person_id>/disabling")
@requires(P.NETWORK_MANAGE, sure=True)
def disable_person(person_id: int) -> Response:
    """Shut a person out."""
    found, form = _person(person_id), ReasonForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.disable_person(me(), found, form.reason.data)
            flash(f"{found.name}停用了，已经登录的也马上退出。")
            return see_other(url_for(".person", person_id=person_id))
    return _disabling_form(found, form, 422)


@bp.post("/network/people/<int:person_id>/enabling")
@requires(P.NETWORK_MANAGE, sure=True)
def enable_person(person_id: int) -> Response:
    """Let a person in again."""
    operations.enable_person(me(), _person(person_id))
    flash("恢复了，可以照常登录。")
    return see_other(url_for(".person", person_id=person_id))


# -- leaves -----------------------------------------------------------------------------------


@bp.get("/network/people/<int:person_id>/leaves/new")
@requires(P.NETWORK_MANAGE)
def new_leave(person_id: int) -> Response:
    """The form for somebody's leave."""
    return _leave_form(_person(person_id), LeaveForm(formdata=None, data={"starts_on": clock.today()}))


@bp.post("/network/people/<int:person_id>/leaves")
@requires(P.NETWORK_MANAGE)
def take_leave(person_id: int) -> Response:
    """Write down that somebody is away."""
    found, form = _person(person_id), LeaveForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            leave = operations.take_leave(me(), found, form.starts_on.data, form.ends_on.data, form.reason.data or "")
            flash(said_of(leave))
            return see_other(url_for(".person", person_id=person_id))
    return _leave_form(found, form, 422)


@bp.post("/network/leaves/<int:leave_id>/endings")
@requires(P.NETWORK_MANAGE)
def end_leave(leave_id: int) -> Response:
    """Somebody is back, or does not go."""
    leave, form = queries.leave(leave_id) or abort(404), EndLeaveForm()
    form.check_seen(leave)
    operations.end_leave(me(), leave, form.version.data)
    flash(f"{leave.person.name}的请假结束了，提醒照常发给本人。顶岗的任职到期才结束，要提前请再办免职。")
    return see_other(url_for(".person", person_id=leave.person_id))


def said_of(leave: Leave) -> str:
    """What is said when a leave was written down: who does the work, or from when nobody does."""
    found = next((one for one in queries.away(clock.today(), leave.person_id) if one.leave.id == leave.id), None)
    bare = min((post.bare_since for post in found.posts if post.bare_since), default=None) if found else None
    if bare is not None:
        return f"请假登记好了。{bare.month}月{bare.day}日起没有人顶岗，请系统管理员安排。"
    if found and found.covers:
        return f"请假登记好了，这几天的事由{'、'.join(found.covers)}办，提醒也发给他们。"
    return "请假登记好了。"


# -- posts ------------------------------------------------------------------------------------


@bp.get("/network/units/<int:unit_id>/posts/new")
@requires(P.NETWORK_MANAGE, sure=True)
def new_post(unit_id: int) -> Response:
    """The form for an appointment; a role asked for is chosen already."""
    found, role = _unit(unit_id), request.args.get("role")
    form = PostForm(formdata=None, data={"starts_on": clock.today(), "deputy": "deputy" in request.args})
    if role in {role.value for role in Role}:
        form.role.data = role
    return _post_form(found, form)


@bp.post("/network/units/<int:unit_id>/posts")
@requires(P.NETWORK_MANAGE, sure=True)
def appoint(unit_id: int) -> Response:
    """A new post."""
    found, form = _unit(unit_id), PostForm()
    form.offer(queries.people(), queries.place(found))
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.appoint(
                me(), _person(form.person.data), found, Role(form.role.data), form.starts_on.data, form.ends_on.data,
                deputy=form.deputy.data,
            )  # fmt: skip
            flash("任职登记好了。")
            return see_other(url_for(".unit", unit_id=unit_id))
    return _post_form(found, form, 422)


@bp.get("/network/posts/<int:post_id>/relief")
@requires(P.NETWORK_MANAGE, sure=True)
def post_relief(post_id: int) -> Response:
    """The form for the end of a post."""
    return _relief_form(_post(post_id), ReliefForm(formdata=None, data={"last_day": clock.today()}))


@bp.post("/network/posts/<int:post_id>/relief")
@requires(P.NETWORK_MANAGE, sure=True)
def relieve(post_id: int) -> Response:
    """End a post."""
    post, form = _post(post_id), ReliefForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.relieve(me(), post, form.last_day.data, form.reason.data)
            flash("免职登记好了。")
            return see_other(url_for(".unit", unit_id=post.unit_id))
    return _relief_form(post, form, 422)


@bp.get("/network/posts/<int:post_id>/cover")
@requires(P.NETWORK_MANAGE, sure=True)
def post_cover(post_id: int) -> Response:
    """The form for a leave cover, with the days of the holder's leave where he is on one."""
    post = _post(post_id)
    leave = next((one.leave for one in queries.away(clock.today(), post.person_id)), None)
    days = (
        {"starts_on": max(leave.starts_on, clock.today()), "ends_on": leave.ends_on, "reason": "请假"} if leave else {}
    )
    return _cover_form(post, CoverForm(formdata=None, data=days))


@bp.post("/network/posts/<int:post_id>/cover")
@requires(P.NETWORK_MANAGE, sure=True)
def cover(post_id: int) -> Response:
    """Let somebody stand in for the holder of a post."""
    post, form = _post(post_id), CoverForm()
    form.offer(queries.people(), post)
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.cover(
                me(), post, _person(form.person.data), form.starts_on.data, form.ends_on.data, form.reason.data
            )
            flash("顶岗安排好了，到期自动结束。")
            return see_other(url_for(".unit", unit_id=post.unit_id))
    return _cover_form(post, form, 422)


@bp.get("/network/posts/<int:post_id>/hand-over")
@requires(P.NETWORK_MANAGE, sure=True)
def post_hand_over(post_id: int) -> Response:
    """The form for handing a post over."""
    return _hand_over_form(_post(post_id), HandOverForm(formdata=None, data={"day": clock.today()}))


@bp.post("/network/posts/<int:post_id>/hand-over")
@requires(P.NETWORK_MANAGE, sure=True)
def hand_over(post_id: int) -> Response:
    """Hand a post over to the next holder."""
    post, form = _post(post_id), HandOverForm()
    form.offer(queries.people(), post)
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.hand_over(
                me(), post, _person(form.to_person.data), form.day.data, form.note.data, _in_hand(post)
            )
            flash("交接登记好了，双方姓名和说明都已留痕。")
            return see_other(url_for(".unit", unit_id=post.unit_id))
    return _hand_over_form(post, form, 422)


# -- files ------------------------------------------------------------------------------------


@bp.get("/network/imports")
@requires(P.NETWORK_MANAGE, sure=True)
def imports() -> Response:
    """The form for a roster file."""
    return _import_page(ImportForm(formdata=None))


@bp.post("/network/imports")
@requires(P.NETWORK_MANAGE, sure=True)
def import_file() -> Response:
    """Take a whole file over, or nothing of it and every line that is wrong."""
    form = ImportForm()
    table = _table_of(form) if form.validate_on_submit() else None
    if table is None:
        return _import_page(form, 422)
    faults = _faults(form.what.data, table)
    if faults:
        return _import_page(form, 422, faults)
    take = operations.import_units if form.what.data == "units" else operations.import_people
    flash(f"导入了 {len(take(me(), table))} {'个单位' if form.what.data == 'units' else '人'}。")
    return see_other(url_for(".index"))


@bp.get("/network/templates/<any(units,people):what>.<any(csv,xlsx):kind>")
@requires(P.NETWORK_MANAGE)
def template(what: str, kind: str) -> Response:
    """An empty table with the right head and one example line."""
    return _download([HEADS[what], EXAMPLES[what]], TEMPLATE_NAMES[what], kind)


@bp.get("/network/exports/units.<any(csv,xlsx):kind>")
@requires(P.NETWORK_READ)
def export_units(kind: str) -> Response:
    """The units as a file."""
    return _download(queries.unit_rows(), "单位名录", kind)


@bp.post("/network/exports/people.<any(csv,xlsx):kind>")
@requires(P.NETWORK_MANAGE, sure=True)
def export_people(kind: str) -> Response:
    """The people with their phones as a file; recorded, hence a POST."""
    return _download(operations.export_people(me()), "人员名录", kind)


# -- shared -----------------------------------------------------------------------------------

HEADS = {"units": roster_file.UNIT_HEAD, "people": roster_file.PERSON_HEAD}
EXAMPLES = {
    "units": ("C22", "示例村", "村", "汤塘镇示例村委会", "", "否"),
    "people": ("张三", "13800000000", "洛洞村", "信息员", "否", "2026-04-01", ""),
}
TEMPLATE_NAMES = {"units": "单位导入模板", "people": "人员导入模板"}


def _unit(unit_id: int) -> Unit:
    return queries.unit(unit_id) or abort(404)


def _person(person_id: int) -> Person:
    return queries.person(person_id) or abort(404)


def _post(post_id: int) -> Post:
    return queries.post(post_id) or abort(404)


def _may_manage() -> bool:
    return policy.allows(me().roles, P.NETWORK_MANAGE)


def _shown_phone() -> Callable[[str], str]:
    """Phones as they are for those who manage the network, masked for all others."""
    return str if _may_manage() else phone.mask


def _form(form: Form, title: str, *, back: str, button: str, status: int = 200, **more: Any) -> Response:
    return respond("network/form.html", status=status, form=form, title=title, back=back, button=button, **more)


def _unit_form(form: UnitForm, status: int = 200) -> Response:
    return _form(form, "新设单位", back=url_for(".index"), button="设立", status=status, action=url_for(".open_unit"))


def _unit_name_form(unit: Unit, form: UnitNameForm, status: int = 200) -> Response:
    intro = "现在的名称是示例。核对后保存，就不再标示例。" if unit.placeholder_name else ""
    back = url_for(".unit", unit_id=unit.id)
    return _form(form, f"修改{unit.name}的名称", back=back, button="保存", status=status, intro=intro)


def _closure_form(unit: Unit, form: ReasonForm, status: int = 200) -> Response:
    intro = "撤销后不能再报送和任职，以前的稿件和记录都留着。"
    back = url_for(".unit", unit_id=unit.id)
    return _form(form, f"撤销{unit.name}", back=back, button="撤销", status=status, intro=intro, danger=True)


def _person_form(form: PersonForm, status: int = 200) -> Response:
    action = url_for(".add_person")
    return _form(form, "登记人员", back=url_for(".people"), button="登记", status=status, action=action)


def _person_name_form(person: Person, form: PersonNameForm, status: int = 200) -> Response:
    back = url_for(".person", person_id=person.id)
    return _form(form, f"修改{person.name}的姓名", back=back, button="保存", status=status)


def _phone_form(person: Person, form: PhoneForm, status: int = 200) -> Response:
    intro = f"现在的号码是 {person.phone}。换了以后用新号码登录，密码不变。"
    back = url_for(".person", person_id=person.id)
    return _form(form, f"更换{person.name}的手机号", back=back, button="更换", status=status, intro=intro)


def _disabling_form(person: Person, form: ReasonForm, status: int = 200) -> Response:
    intro = "停用后马上不能登录，任职在停用期间不算数。以前的记录都留着，随时可以恢复。"
    back = url_for(".person", person_id=person.id)
    return _form(form, f"停用{person.name}", back=back, button="停用", status=status, intro=intro, danger=True)


def _leave_form(person: Person, form: LeaveForm, status: int = 200) -> Response:
    back, action = url_for(".person", person_id=person.id), url_for(".take_leave", person_id=person.id)
    intro = "请假期间，提醒不发给本人，发给顶岗的人或副手。"
    return _form(form, f"{person.name}请假", back=back, button="登记请假", status=status, action=action, intro=intro)


def _post_form(unit: Unit, form: PostForm, status: int = 200) -> Response:
    form.offer(queries.people(), queries.place(unit))
    back, action = url_for(".unit", unit_id=unit.id), url_for(".appoint", unit_id=unit.id)
    intro = "人员不在名单里，请先登记人员。" if len(form.person.choices) == 1 else ""
    title = f"给{unit.name}任职"
    return _form(form, title, back=back, button="任职", status=status, action=action, intro=intro)


def _relief_form(post: Post, form: ReliefForm, status: int = 200) -> Response:
    intro = f"{post.person.name} {_since(post)}任{post.unit.name}{post.role.label}。要换人，用“交接”更省事。"
    back = url_for(".unit", unit_id=post.unit_id)
    return _form(
        form, f"免去{post.person.name}的任职", back=back, button="免职", status=status, intro=intro, danger=True
    )


def _cover_form(post: Post, form: CoverForm, status: int = 200) -> Response:
    form.offer(queries.people(), post)
    intro = f"{post.person.name}请假期间，由别人代行{post.unit.name}{post.role.label}的职责。记录里会写明“代{post.person.name}”。"
    back = url_for(".unit", unit_id=post.unit_id)
    return _form(form, f"给{post.person.name}安排顶岗", back=back, button="安排", status=status, intro=intro)


def _hand_over_form(post: Post, form: HandOverForm, status: int = 200) -> Response:
    form.offer(queries.people(), post)
    counts = "、".join(f"{label} {count} 件" for label, count in _in_hand(post).items())
    intro = f"{post.person.name}把{post.unit.name}{post.role.label}的工作交给下一位，一次办完免职和任职。"
    intro += f"现在手上有{counts}，件数会记进交接记录，由接手的人接着办。" if counts else "现在手上没有没办完的稿件。"
    back = url_for(".unit", unit_id=post.unit_id)
    return _form(form, f"{post.person.name}的工作交接", back=back, button="交接", status=status, intro=intro)


def _in_hand(post: Post) -> dict[str, int]:
    """What is before a post now; the room of items counts it."""
    counts: dict[str, int] = current_app.extensions["in_hand"](post.unit_id, post.role)
    return counts


def _since(post: Post) -> str:
    return f"{post.starts_on.year}年{post.starts_on.month}月{post.starts_on.day}日起"


def _import_page(form: ImportForm, status: int = 200, faults: list[Fault] | None = None) -> Response:
    return respond("network/imports.html", status=status, form=form, faults=faults or [])


def _table_of(form: ImportForm) -> table_file.Table | None:
    try:
        return table_file.read(form.file.data.filename or "", form.file.data.read(table_file.MOST_BYTES + 1))
    except Refused as refusal:
        form.file.errors = (refusal.reason,)
        return None


def _faults(what: str, table: table_file.Table) -> list[Fault]:
    if what == "units":
        return queries.unit_plan(table).faults
    return queries.person_plan(table, clock.today()).faults


def _download(rows: list[Any], name: str, kind: str) -> Response:
    content = table_file.write_csv(rows) if kind == "csv" else table_file.write_workbook(name, rows)
    return download(content, f"{name}.{kind}", table_file.TYPES[kind])
