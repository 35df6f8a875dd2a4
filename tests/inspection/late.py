"""A public text with a fault that was none when it went out."""

from sqlalchemy import select

from tests.builders import a_submission
from tests.cast import Cast
from town_portal.foundation.db import db
from town_portal.inspection import operations
from town_portal.inspection.models import LateFinding
from town_portal.publishing.models import Publication
from town_portal.settings import operations as settings
from town_portal.submissions.rules.lifecycle import State

NO_SUCH_DAY = "<p>6月31日上午，洛洞村干部到河边清理水草，沿线道路恢复了通行。</p>"
REASON = "引用批复原文，照录"


def let_pass(cast: Cast, words: str) -> None:
    """The only words that are no error, from now on."""
    proposal = settings.propose(cast.actor("coordinator"), "proofreading", {"exceptions": [words]}, reason="试行")
    settings.confirm(cast.actor("principal"), proposal, proposal.version)


def public_with_a_fault(cast: Cast) -> Publication:
    """A text that went out when its fault was no fault yet."""
    let_pass(cast, "6月31日")
    item = a_submission(cast, State.PUBLISHED, body_html=NO_SUCH_DAY)
    let_pass(cast, "粉葛")
    return db.session.scalars(select(Publication).where(Publication.submission_id == item.id)).one()


def found() -> list[LateFinding]:
    """Every late finding."""
    return list(db.session.scalars(select(LateFinding).order_by(LateFinding.id)))


def a_late_finding(cast: Cast) -> LateFinding:
    """One that a night told."""
    operations.inspect(public_with_a_fault(cast))
    return found()[0]
