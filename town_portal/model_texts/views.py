"""Pages of the model texts, for the office that keeps them."""

from flask import Blueprint, Response, abort, flash, url_for

from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.columns import queries as columns
from town_portal.model_texts import operations, queries
from town_portal.model_texts.forms import ModelTextForm
from town_portal.model_texts.models import ModelText
from town_portal.model_texts.rules.blanks import COMMON
from town_portal.web.forms import Form, new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond, see_other

bp = Blueprint("model_texts", __name__)

MENU = (Entry("范文", "model_texts.index", "journal-text", (P.MODEL_TEXT_MANAGE,), "设置"),)
PLACES = {"ModelText": lambda model_text_id: url_for("model_texts.show", model_text_id=model_text_id)}


@bp.get("/model-texts")
@requires(P.MODEL_TEXT_MANAGE)
def index() -> Response:
    """Every model text, those in use by kind."""
    return respond(
        "model_texts/index.html",
        models=queries.in_use(),
        retired=queries.retired(),
        form=Form(),
        new_key=new_form_key,
    )


@bp.post("/model-text-sets")
@requires(P.MODEL_TEXT_MANAGE)
def found() -> Response:
    """Put the shipped ones into a house that has none."""
    models = operations.found(me().at(answer=url_for(".index")))
    flash(f"已收下 {len(models)} 篇范文，可以逐篇改成本镇的写法。")
    return see_other(url_for(".index"))


@bp.get("/model-texts/new")
@requires(P.MODEL_TEXT_MANAGE)
def new(form: ModelTextForm | None = None, status: int = 200) -> Response:
    """An empty form."""
    return respond("model_texts/form.html", status=status, form=form or _form(), model=None, blanks=COMMON)


@bp.post("/model-texts")
@requires(P.MODEL_TEXT_MANAGE)
def add() -> Response:
    """Add a model text."""
    form = _form()
    if form.validate_on_submit():
        with form.taking_refusals():
            model = operations.add(me().at(answer=url_for(".index")), form.wording)
            flash(f"范文“{model}”已加上，写稿人现在就能选。")
            return see_other(url_for(".index"))
    return new(form, 422)


@bp.get("/model-texts/<int:model_text_id>")
@requires(P.MODEL_TEXT_MANAGE)
def show(model_text_id: int, form: ModelTextForm | None = None, status: int = 200) -> Response:
    """One model text, to revise, retire or bring back."""
    model = _model(model_text_id)
    return respond(
        "model_texts/form.html",
        status=status,
        form=form or _form(model),
        model=model,
        blanks=COMMON,
        plain_form=Form(),
    )


@bp.post("/model-texts/<int:model_text_id>/revisions")
@requires(P.MODEL_TEXT_MANAGE)
def revise(model_text_id: int) -> Response:
    """Give it other words."""
    model, form = _model(model_text_id), _form()
    if form.validate_on_submit():
        actor = me().at(answer=url_for(".index"))
        with form.taking_refusals():
            operations.revise(actor, model, form.wording, form.version.data)
            flash(f"范文“{model}”已改好。已经照旧范文写的稿子不受影响。")
            return see_other(url_for(".index"))
    return show(model_text_id, form, 422)


@bp.post("/model-texts/<int:model_text_id>/retirements")
@requires(P.MODEL_TEXT_MANAGE)
def retire(model_text_id: int) -> Response:
    """Offer it no longer."""
    model = operations.retire(me().at(answer=url_for(".index")), _model(model_text_id))
    flash(f"范文“{model}”已停用，写稿人看不到了。")
    return see_other(url_for(".index"))


@bp.post("/model-texts/<int:model_text_id>/restorations")
@requires(P.MODEL_TEXT_MANAGE)
def restore(model_text_id: int) -> Response:
    """Offer it again."""
    model = operations.restore(me().at(answer=url_for(".index")), _model(model_text_id))
    flash(f"范文“{model}”已恢复，写稿人又能选了。")
    return see_other(url_for(".index"))


def _model(model_text_id: int) -> ModelText:
    return queries.get(model_text_id) or abort(404)


def _form(model: ModelText | None = None) -> ModelTextForm:
    form = ModelTextForm(obj=model)
    form.offer(columns.leaves())
    return form
