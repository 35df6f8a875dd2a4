"""Acts on the model texts. A text that was begun from one owes it nothing: later changes do not reach it."""

from dataclasses import asdict

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.columns import queries as columns
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.model_texts import queries
from town_portal.model_texts.models import ModelText
from town_portal.model_texts.rules.founding import SHIPPED
from town_portal.model_texts.rules.wording import Wording, checked

ADD = Action("add_model_text", "新增范文")
REVISE = Action("revise_model_text", "修改范文")
RETIRE = Action("retire_model_text", "停用范文")
RESTORE = Action("restore_model_text", "恢复范文")
FOUND = Action("found_model_texts", "建立范文库")


def add(actor: Actor, wording: Wording) -> ModelText:
    """A new model text. Refused: parts too long, a blank nobody would catch, a name its kind has already."""
    wording = checked(wording)
    with unit_of_work(actor) as work:
        post = _post(actor, None)
        _check_free(wording)
        model = ModelText(**asdict(wording))
        db.session.add(model)
        work.record(ADD, model, post=post, **_told(wording))
    return model


def revise(actor: Actor, model: ModelText, wording: Wording, seen: int | None = None) -> ModelText:
    """Other words for a model text. Refused also: it is retired, or nothing is different."""
    wording = checked(wording)
    with unit_of_work(actor, on=model, seen=seen) as work:
        post = _post(actor, model)
        _check_in_use(model)
        former = model.wording
        if former == wording:
            raise Refused("和原来一样，没有要改的地方。")
        if (former.kind, former.name) != (wording.kind, wording.name):
            _check_free(wording)
        for name, value in asdict(wording).items():
            setattr(model, name, value)
        work.record(REVISE, model, post=post, former=_told(former), **_told(wording))
    return model


def retire(actor: Actor, model: ModelText) -> ModelText:
    """Offer a model text no longer. Refused: it is retired already."""
    with unit_of_work(actor, on=model) as work:
        post = _post(actor, model)
        _check_in_use(model)
        model.in_use = False
        work.record(RETIRE, model, post=post)
    return model


def restore(actor: Actor, model: ModelText) -> ModelText:
    """Offer a retired model text again. Refused: it is offered, or another took its name meanwhile."""
    with unit_of_work(actor, on=model) as work:
        post = _post(actor, model)
        if model.in_use:
            raise Refused(f"“{model}”没有停用，不用恢复。")
        _check_free(model.wording)
        model.in_use = True
        work.record(RESTORE, model, post=post)
    return model


def found(actor: Actor) -> list[ModelText]:
    """Put the shipped model texts into a house that has none, in one act. Refused when there is any."""
    with unit_of_work(actor) as work:
        post = _post(actor, None)
        if queries.has_any():
            raise Refused("已经有范文了，不能再建一次。")
        models = []
        for code, wording in SHIPPED:
            column = columns.by_code(code)
            models.append(ModelText(**{**asdict(checked(wording)), "column_id": column.id if column else None}))
        db.session.add_all(models)
        db.session.flush()
        work.record(FOUND, models[0], post=post, names=[model.name for model in models])
    return models


def _told(wording: Wording) -> dict[str, str | int | None]:
    """The words as the trail keeps them."""
    return {**asdict(wording), "kind": wording.kind.value}


def _post(actor: Actor, subject: ModelText | None) -> HeldPost | None:
    return None if actor is SYSTEM else check(actor, P.MODEL_TEXT_MANAGE, subject)


def _check_in_use(model: ModelText) -> None:
    if not model.in_use:
        raise Refused(f"“{model}”已经停用，不能再改，要用请先恢复。")


def _check_free(wording: Wording) -> None:
    if queries.named(wording.kind, wording.name):
        raise Refused(f"“{wording.kind.label}”里已有“{wording.name}”，请换一个名称。")
