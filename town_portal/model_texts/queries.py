"""Questions to the model texts."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from town_portal.foundation.db import db
from town_portal.model_texts.models import ModelText
from town_portal.model_texts.rules.kind import EventKind

_ORDER = list(EventKind)


def get(model_text_id: int) -> ModelText | None:
    """One model text, in use or retired."""
    return db.session.get(ModelText, model_text_id)


def in_use() -> list[ModelText]:
    """The model texts to choose from, by kind, each kind in the order in which they were added."""
    return _all(in_use=True)


def retired() -> list[ModelText]:
    """Those that are no longer offered."""
    return _all(in_use=False)


def has_any() -> bool:
    """Were any ever added?"""
    return db.session.scalar(select(ModelText.id).limit(1)) is not None


def named(kind: EventKind, name: str) -> ModelText | None:
    """The one in use of this kind and name."""
    return db.session.scalar(select(ModelText).where(ModelText.kind == kind, ModelText.name == name, ModelText.in_use))


def _all(*, in_use: bool) -> list[ModelText]:
    found = db.session.scalars(
        select(ModelText)
        .where(ModelText.in_use.is_(in_use))
        .options(joinedload(ModelText.column))
        .order_by(ModelText.id)
    )
    return sorted(found, key=lambda one: _ORDER.index(one.kind))
