"""Pages of the column tree."""

from flask import Blueprint, Response, abort, flash, url_for

from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.columns import operations, queries
from town_portal.columns.forms import NameForm, OpenForm, PlaceForm
from town_portal.columns.models import Column
from town_portal.network import queries as network
from town_portal.network.models import UnitKind
from town_portal.web.forms import Form
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond, see_other

bp = Blueprint("columns", __name__)

MENU = (Entry("栏目", "columns.index", "diagram-3", (P.COLUMN_MANAGE,), "设置"),)
PLACES = {"Column": lambda column_id: url_for("columns.show", column_id=column_id)}


@bp.get("/columns")
@requires(P.COLUMN_MANAGE)
def index(form: OpenForm | None = None, status: int = 200) -> Response:
    """The tree, and the form for a new column."""
    tree = queries.tree()
    return respond(
        "columns/index.html",
        status=status,
        tree=tree,
        closed=queries.closed(),
        founded=queries.has_any(),
        offices=dict(_offices()),
        form=form or _open_form(),
        found_form=Form(),
    )


@bp.post("/columns")
@requires(P.COLUMN_MANAGE)
def open_column() -> Response:
    """Open a column."""
    form = _open_form()
    if form.validate():
        parent = _column(form.parent_id.data) if form.parent_id.data else None
        with form.taking_refusals():
            column = operations.open_column(
                me(),
                form.code.data,
                form.name.data,
                parent,
                form.position.data,
                form.office_id.data,
                form.hint.data or "",
            )
            flash(f"栏目“{column}”已开设。")
            return see_other(url_for(".index"))
    return index(form, 422)


@bp.post("/column-trees")
@requires(P.COLUMN_MANAGE)
def found_tree() -> Response:
    """Found the town's tree in an empty house."""
    operations.found_tree(me().at(answer=url_for(".index")))
    flash("栏目树已建好，请给每个栏目选对口办公室。")
    return see_other(url_for(".index"))


@bp.get("/columns/<int:column_id>")
@requires(P.COLUMN_MANAGE)
def show(
    column_id: int, name_form: NameForm | None = None, place_form: PlaceForm | None = None, status: int = 200
) -> Response:
    """One column and what can be done to it."""
    column = _column(column_id)
    place_form = place_form or _place_form(column)
    return respond(
        "columns/show.html",
        status=status,
        column=column,
        parent=queries.get(column.parent_id) if column.parent_id else None,
        name_form=name_form or NameForm(obj=column),
        place_form=place_form,
        close_form=Form(),
    )


@bp.post("/columns/<int:column_id>/names")
@requires(P.COLUMN_MANAGE)
def rename(column_id: int) -> Response:
    """Give a column another name."""
    form, column = NameForm(), _column(column_id)
    if form.validate():
        with form.taking_refusals():
            operations.rename_column(me().at(answer=url_for(".index")), column, form.name.data, form.version.data)
            flash(f"栏目已改名为“{column}”。")
            return see_other(url_for(".index"))
    return show(column_id, name_form=form, status=422)


@bp.post("/columns/<int:column_id>/arrangements")
@requires(P.COLUMN_MANAGE)
def arrange(column_id: int) -> Response:
    """Change a column's order, office and hint."""
    column = _column(column_id)
    form = _place_form(column)
    if form.validate():
        actor = me().at(answer=url_for(".index"))
        place = (form.position.data, form.office_id.data, form.hint.data or "")
        with form.taking_refusals():
            operations.arrange_column(actor, column, *place, form.version.data)
            flash(f"栏目“{column}”已调整。")
            return see_other(url_for(".index"))
    return show(column_id, place_form=form, status=422)


@bp.post("/columns/<int:column_id>/closures")
@requires(P.COLUMN_MANAGE)
def close(column_id: int) -> Response:
    """Close a column to new items."""
    column = operations.close_column(me().at(answer=url_for(".index")), _column(column_id))
    flash(f"栏目“{column}”已停用，里面已发布的内容仍可查看。")
    return see_other(url_for(".index"))


@bp.post("/columns/<int:column_id>/reopenings")
@requires(P.COLUMN_MANAGE)
def reopen(column_id: int) -> Response:
    """Open a closed column again."""
    column = operations.reopen_column(me().at(answer=url_for(".index")), _column(column_id))
    flash(f"栏目“{column}”已恢复，又可以放新信息了。")
    return see_other(url_for(".index"))


def _column(column_id: int) -> Column:
    return queries.get(column_id) or abort(404)


def _offices() -> list[tuple[int, str]]:
    return [(unit.id, unit.name) for unit in network.units(UnitKind.OFFICE)]


def _open_form() -> OpenForm:
    form = OpenForm()
    form.offer(_offices())
    form.offer_parents((parent.id, parent.name) for parent, _ in queries.tree())
    return form


def _place_form(column: Column) -> PlaceForm:
    form = PlaceForm(obj=column)
    form.offer(_offices())
    return form
