"""Pages of the register: what ran where, a year in numbers, lists of former years."""

import hashlib
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.documents.rules import workbook
from town_portal.documents.rules.workbook import Sheet
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.network.rules import table_file
from town_portal.register import operations, queries
from town_portal.register.forms import FileForm, RevokeForm, TakeForm
from town_portal.register.queries import Choice, Plan
from town_portal.register.rules import figures, history_file
from town_portal.register.rules.history_file import Fault
from town_portal.releases import queries as releases
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import download, respond, see_other

bp = Blueprint("register", __name__)

MENU = (Entry("发布登记册", "register.index", "journal-text", (P.SUBMISSION_READ,)),)
PLACES = {
    "HistoryImport": lambda id: url_for("register.show_import", import_id=id),
}
LISTS = table_file.Limits(rows=5_001, characters=500)
SHOTS = 12
SHOWN = 20


@bp.get("/register")
@requires(P.SUBMISSION_READ)
def index() -> Response:
    """What ran where, by channel, unit, state and days; ``?shots=1`` shows the screenshots."""
    choice, wrong = _choice()
    page = page_of(queries.register(person(), choice), scalars=False, size=SHOTS if choice.shots else 20)
    return respond(
        "register/index.html",
        choice=choice,
        wrong=wrong,
        page=page,
        word=queries.word,
        states=list(ReleaseState),
        imported=queries.IMPORTED,
        channels=releases.channels(everything=True),
        units=queries.units(),
        year=clock.today().year,
        asked={name: value for name, value in request.args.items() if value and name in ASKED},
        may_import=allows(person().roles, P.REGISTER_IMPORT),
    )


ASKED = ("channel", "unit", "state", "first", "last", "shots")


def _choice() -> tuple[Choice, list[str]]:
    wrong: list[str] = []

    def day(name: str, words: str) -> date | None:
        given = request.args.get(name, "").strip()
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            wrong.append(f"{words}“{given[:20]}”不是日期，写成 2025-11-03 这样。先按没有填来列。")
            return None

    first, last = day("first", "开始日期"), day("last", "结束日期")
    if first and last and first > last:
        wrong.append("开始日期在结束日期后面，已经对调。")
        first, last = last, first
    state = request.args.get("state", "")
    return (
        Choice(
            channel_id=request.args.get("channel", type=int),
            unit_id=request.args.get("unit", type=int),
            state=state if state in (*ReleaseState, queries.IMPORTED) else "",
            first=first,
            last=last,
            shots=request.args.get("shots") == "1",
        ),
        wrong,
    )


@bp.get("/register/workbook")
@requires(P.SUBMISSION_READ)
def lines_workbook() -> Response:
    """The same lines as .xlsx."""
    choice, _ = _choice()
    head = ("标题", "单位", "渠道", "现在", "时间", "链接", "截图", "来源")
    rows = [
        (
            one.title, one.unit, one.channel, queries.word(one), clock.local(one.at).strftime("%Y-%m-%d %H:%M"),
            one.url, "有" if one.shot else "", "导入" if one.kind == queries.IMPORTED else "本系统",
        )
        for one in queries.lines(person(), choice)
    ]  # fmt: skip
    day = clock.today()
    note = f"{day.year}年{day.month}月{day.day}日导出，共 {len(rows)} 条。"
    content = workbook.workbook([Sheet("发布登记册", head, rows, title="发布登记册", notes=(note,), across=True)])
    return download(content, f"发布登记册{day:%Y%m%d}.xlsx", workbook.TYPE)


# -- a year in numbers ------------------------------------------------------------------------


@bp.get("/register/years/<int:number>")
@requires(P.STATISTICS_READ)
def year(number: int) -> Response:
    """What was published in a year, by column, channel and unit."""
    return respond("register/year.html", found=_year(number), years=queries.years())


@bp.get("/register/years/<int:number>/workbook")
@requires(P.STATISTICS_READ)
def year_workbook(number: int) -> Response:
    """The same as .xlsx."""
    found, day = _year(number), clock.today()
    note = f"{day.year}年{day.month}月{day.day}日的数据。撤下的不计；导入的按表格，不进季度评分。"
    return download(workbook.workbook(figures.sheets(found, note)), f"{number}年公开信息和渠道发布.xlsx", workbook.TYPE)


def _year(number: int) -> figures.YearFigures:
    if number not in queries.years():
        abort(404)
    return queries.year(number)


# -- lists of former years ----------------------------------------------------------------------


@bp.get("/register/imports")
@requires(P.REGISTER_IMPORT)
def imports(form: FileForm | None = None, status: int = 200) -> Response:
    """Choose a list; what was imported before."""
    return respond(
        "register/imports.html",
        status=status,
        form=form or FileForm(formdata=None),
        explained=history_file.EXPLAINED,
        rows=queries.imports(),
    )


@bp.post("/register/imports/previews")
@requires(P.REGISTER_IMPORT)
def preview() -> Response:
    """Look a list through: faults with their place, or what it would bring. Nothing is kept."""
    form = FileForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            upload = form.file.data
            content = upload.read()
            rows, faults = history_file.read(table_file.read(upload.filename, content, LISTS), clock.today())
            plan = queries.planned(rows)
            faults = sorted([*faults, *plan.faults], key=lambda one: (one.line, one.column))
            signed = _signer().dumps([upload.filename, hashlib.sha256(content).hexdigest(), history_file.plain(rows)])
            take = TakeForm(formdata=None, rows=signed)
            return _preview(plan, faults, take, upload.filename, 422 if faults else 200)
    return imports(form, 422)


def _preview(plan: Plan, faults: list[Fault], form: TakeForm, name: str, status: int) -> Response:
    return respond(
        "register/preview.html",
        status=status,
        plan=plan,
        faults=faults,
        form=form,
        file_name=name,
        shown=SHOWN,
        seen=f"{plan.fresh}-{plan.channels}",
    )


@bp.post("/register/imports")
@requires(P.REGISTER_IMPORT)
def create_import() -> Response:
    """Take in what was looked through."""
    form = TakeForm()
    if form.validate_on_submit():
        try:
            name, digest, values = _signer().loads(form.rows.data or "")
            rows = history_file.from_plain(values)
            items, channels = map(int, request.form.get("seen", "").split("-"))
        except (BadSignature, ValueError, TypeError):
            raise Refused("这份核对过的内容不完整。请重新选文件核对。") from None
        made = operations.import_history(me(), rows, str(name), str(digest), (items, channels))
        flash(f"已导入：信息 {made.items} 条，渠道发布 {made.releases} 条。")
        return see_other(url_for(".show_import", import_id=made.id))
    raise Refused("请先选文件核对，再导入。")


@bp.get("/register/imports/template.xlsx")
@requires(P.REGISTER_IMPORT)
def template() -> Response:
    """An empty list with its head, examples, and a sheet that explains the columns."""
    content = workbook.workbook(
        [
            Sheet("登记", history_file.HEAD, history_file.EXAMPLES),
            Sheet("填写说明", ("列", "要不要填", "怎么填"), history_file.EXPLAINED),
        ]
    )
    return download(content, "历史发布登记模板.xlsx", workbook.TYPE)


@bp.get("/register/imports/<int:import_id>")
@requires(P.SUBMISSION_READ)
def show_import(import_id: int, form: RevokeForm | None = None, status: int = 200) -> Response:
    """What an import brought, line by line; and taking it out again."""
    made = queries.history_import(import_id) or abort(404)
    page = page_of(queries.items_of(import_id), total=made.items)
    return respond(
        "register/import.html",
        status=status,
        made=made,
        page=page,
        ran=queries.releases_of(one.id for one in page.rows),
        form=form or RevokeForm(formdata=None, version=made.version),
        may_import=allows(person().roles, P.REGISTER_IMPORT),
    )


@bp.post("/register/imports/<int:import_id>/revocations")
@requires(P.REGISTER_IMPORT)
def revoke(import_id: int) -> Response:
    """Take it out."""
    made, form = queries.history_import(import_id) or abort(404), RevokeForm()
    form.check_seen(made)
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.revoke(me(), made, form.version.data, form.reason.data or "")
            flash("已撤销。这次导入的不再计数，留痕可查。")
            return see_other(url_for(".imports"))
    return show_import(import_id, form, 422)


def _signer() -> Any:
    return URLSafeSerializer(str(current_app.secret_key), salt="history import")
