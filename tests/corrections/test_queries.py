"""Who sees which faults, what is owed, what the register says."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.corrections.faults import BODY, RIGHT, WRONG, confirmed, coordinator, public, publisher, reported
from town_portal.access.actor import Actor
from town_portal.corrections import operations, queries
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FaultCause, FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.corrections.rules.replacement import Change
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.reminders import queries as reminders
from town_portal.workflow.duty import Duty, DutyKind


def owed() -> list[Duty]:
    """What is owed for faults."""
    return [one for one in reminders.duties() if one.kind is DutyKind.FAULT]


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("coordinator", 1),
        ("publisher", 1),
        ("reporter", 1),
        ("other_reporter", 0),
        ("auditor", 1),
        ("administrator", 0),
    ],
)
def test_a_fault_is_seen_by_whoever_sees_its_item(town: Cast, key: str, seen: int) -> None:
    fault = reported(town)
    actor: Actor = town.actor(key)
    assert len(db.session.scalars(queries.register(actor, queries.Chosen())).all()) == seen
    assert (queries.get(fault.id, actor) is not None) is bool(seen)


def test_the_register_is_narrowed_down_and_told_in_figures(town: Cast) -> None:
    publication = public(town)
    reported(town, publication), confirmed(town, publication)
    actor = town.actor("coordinator")

    def shown(**words: str) -> int:
        return len(db.session.scalars(queries.register(actor, queries.Chosen.from_words(words))).all())

    assert (shown(), shown(state="open"), shown(state="reported"), shown(cause="figures")) == (2, 2, 1, 1)
    assert (shown(unit=str(publication.unit_id)), shown(unit="99999"), shown(origin="reader")) == (2, 0, 0)
    assert (shown(state="nonsense"), shown(unit="x")) == (2, 2)
    assert queries.figures(actor).open == 2
    assert queries.units_with_faults(actor) == [(publication.unit_id, "洛洞村")]


def test_every_step_is_owed_by_somebody_and_no_reader_is_quoted(town: Cast) -> None:
    fault = reported(town)

    def step() -> tuple[str, str]:
        (duty,) = owed()
        assert duty.what == "洛洞村开展农房安全排查" and fault.words not in repr(duty)
        return duty.label, duty.seat[0].value

    assert step() == ("受理差错", "coordinator")
    operations.confirm(coordinator(town), fault, fault.version, "数写错了", FixWay.IN_PLACE, cause=FaultCause.FIGURES)
    assert step() == ("改正差错", "publisher")
    proposal = operations.propose_fix(publisher(town), fault, fault.version, [Change(WRONG, RIGHT)], "更正排查数")
    (duty,) = owed()
    assert (step(), duty.apart) == (("复核改正", "coordinator"), {proposal.proposed_by_id})
    operations.sign_fix(coordinator(town), fault, fault.version, proposal.digest)
    assert step() == ("说明差错", "reporter")
    operations.answer(town.actor("reporter"), fault, fault.version, "抄台账时多写了一位数字")
    assert step() == ("差错结案", "coordinator")
    operations.add_channel(publisher(town), fault, fault.version, "佛冈通")
    assert [one.label for one in owed()] == ["渠道核销", "差错结案"]


def test_a_case_is_drafted_without_names(town: Cast) -> None:
    body = BODY.replace("共排查", "村民李月娥说，洛洞村共排查")
    fault = confirmed(town, public(town, body_html=body))
    words = "村民李月娥说，洛洞村共排查农房1268栋"
    change = Change(words, words.replace("1268", "268"))
    proposal = operations.propose_fix(publisher(town), fault, fault.version, [change], "更正排查数")
    operations.sign_fix(coordinator(town), fault, fault.version, proposal.digest)
    draft = queries.case_draft(fault)
    assert draft["before"] == "村民李某某说，某村共排查农房1268栋"
    assert [one.what for one in queries.story(fault)][-1] == "发现"
    assert queries.repeated(town.actor("coordinator")) == [(change.before, change.after, 1)]
    assert queries.causes(town.actor("coordinator")) == [(FaultCause.FIGURES, 1, 1, 1)]
    assert queries.same_cause(fault) == (1, 1)


def test_the_chain_shows_where_a_fault_is(town: Cast) -> None:
    fault: Fault = reported(town)
    assert [how for _, how in queries.steps(fault)] == ["done", "now", "todo", "todo", "todo", "todo"]
    operations.dismiss(coordinator(town), fault, fault.version, "和台账一致，没有错")
    assert queries.steps(fault)[-1] == ("认定不成立", "done")
    assert queries.due_at(fault) is None
    assert fault.state is FaultState.DISMISSED


def test_the_middle_of_what_mending_took(town: Cast) -> None:
    fault = confirmed(town)
    with clock.stopped_at(clock.now() + timedelta(minutes=90)):
        proposal = operations.propose_fix(publisher(town), fault, fault.version, [Change(WRONG, RIGHT)], "更正排查数")
        operations.sign_fix(coordinator(town), fault, fault.version, proposal.digest)
    assert 89 <= (queries.figures(town.actor("coordinator")).minutes or 0) <= 91
