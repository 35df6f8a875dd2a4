"""A bulletin in a given state, made through operations."""

from datetime import timedelta

from tests.builders import surely
from tests.cast import Cast
from tests.scoring.schemes import a_scheme_in_force
from town_portal.bulletins import operations
from town_portal.bulletins.models import Bulletin, Objection
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.foundation import clock
from town_portal.scoring import queries as scoring
from town_portal.statistics.rules.quarter import Quarter

S = BulletinState


def last_quarter() -> Quarter:
    """The newest quarter that is over."""
    return Quarter.containing(clock.today()).previous


def a_bulletin(cast: Cast, state: BulletinState = S.COMPILING, quarter: Quarter | None = None) -> Bulletin:
    """A bulletin of the quarter that is over, walked to a state by the people whose work it is."""
    if scoring.version_for(quarter or last_quarter()) is None:
        a_scheme_in_force(cast)
    coordinator = cast.actor("coordinator")
    found = operations.compile_bulletin(coordinator, quarter or last_quarter())
    if state is S.DISCARDED:
        operations.discard(coordinator, found, found.version, "取错了季度")
    if state in (S.CONSULTING, S.ISSUED):
        operations.open_objections(coordinator, found, found.version)
    if state is S.ISSUED:
        issued(cast, found)
    return found


def issued(cast: Cast, bulletin: Bulletin, by: str = "leader") -> Bulletin:
    """Issued on the day after the window."""
    assert bulletin.closes_on is not None
    with clock.stopped_at(max(clock.now(), clock.end_of(bulletin.closes_on) + timedelta(hours=2))):
        operations.issue(surely(cast.actor(by)), bulletin, bulletin.version)
    return bulletin


def an_objection(cast: Cast, bulletin: Bulletin, by: str = "reporter", unit: str = "C03") -> Objection:
    """A village says that its count is wrong."""
    number = cast.unit(unit).id
    return operations.object_to(cast.actor(by), bulletin, number, f"unit-{number}.submitted", "漏算了一条", "9")


def accepted(cast: Cast, objection: Objection) -> None:
    """The office says that the village is right."""
    operations.answer(
        cast.actor("coordinator"), objection, objection.version, accepted=True, reply="属实，数据已改好。"
    )
