"""The verbs of a fault, from the first word to the closed ticket."""

from datetime import timedelta

import pytest

from tests.builders import a_submission, surely
from tests.cast import Cast
from tests.corrections.faults import MATTER, confirmed, coordinator, public, publisher, reported
from tests.events import detail, newest
from tests.refusals import refused
from town_portal.audit import queries as trail
from town_portal.corrections import operations, queries
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden, Moved, Stale
from town_portal.publishing import operations as publishing

S = FaultState


# -- reporting, confirming, dismissing ------------------------------------------------------------


def test_a_fault_is_reported_under_a_number_and_waits(town: Cast) -> None:
    publication = public(town)
    fault = reported(town, publication)
    assert fault.number == f"J-{clock.today().year}-001"
    assert (fault.state, fault.unit_id, fault.revision_id) == (S.REPORTED, publication.unit_id, publication.revision_id)
    assert (newest().label, newest().subject_name, detail()["origin"]) == (
        "反映差错",
        f"差错 {fault.number}",
        "monitor",
    )
    assert fault.words not in newest().detail
    assert reported(town, publication).number.endswith("-002")
    assert trail.verify().sound


def test_what_is_not_public_has_no_fault(town: Cast) -> None:
    publication = public(town)
    item = publication.submission
    publishing.withdraw(publisher(town), item, item.version, "数据有误")
    with refused("已经撤下", Moved):
        reported(town, publication)


def test_words_say_something_and_nobody_finds_tomorrow(town: Cast) -> None:
    publication = public(town)
    with refused("哪里错了"):
        reported(town, publication, words="错")
    with refused("不能晚于现在"):
        reported(town, publication, found_at=clock.now() + timedelta(hours=1))


def test_a_thing_of_another_room_has_one_ticket(town: Cast) -> None:
    publication = public(town)
    fault = reported(town, publication, source="late_finding:7", origin=FaultOrigin.NIGHT)
    assert queries.of_source("late_finding:7") == fault
    with refused("已经开过纠错单", Moved):
        reported(town, publication, source="late_finding:7")


@pytest.mark.parametrize("key", ["auditor", "administrator", "idler"])
def test_who_does_not_work_at_texts_reports_nothing_here(town: Cast, key: str) -> None:
    publication = public(town)
    with refused("任职不能", Forbidden):
        operations.report(town.actor(key), publication, FaultOrigin.OWN, "数字不对头")


def test_a_confirmed_fault_counts_from_then_on(town: Cast) -> None:
    today = clock.today()
    fault = reported(town)
    assert queries.counted(today, today) == []
    operations.confirm(
        coordinator(town), fault, fault.version, MATTER, FixWay.IN_PLACE, cause=FaultCause.FIGURES, values=True
    )
    (one,) = queries.counted(today, today)
    assert (one.fault_id, one.submission_id, one.unit_id) == (fault.id, fault.submission_id, fault.unit_id)
    assert (one.severity, one.cause, one.origin, one.day) == (
        FaultSeverity.MAJOR, FaultCause.FIGURES, FaultOrigin.MONITOR, today,
    )  # fmt: skip
    assert queries.counted(today - timedelta(days=9), today - timedelta(days=1)) == []
    assert (newest().label, detail()["severity"]) == ("受理差错", "major")


def test_what_is_dismissed_never_counts(town: Cast) -> None:
    first, second = reported(town), confirmed(town)
    for fault in (first, second):
        with refused("为什么不是差错"):
            operations.dismiss(coordinator(town), fault, fault.version, "无")
        operations.dismiss(coordinator(town), fault, fault.version, "和台账一致，没有写错")
        assert fault.state is S.DISMISSED
    assert queries.counted(clock.today(), clock.today()) == []
    with refused("现在是“不成立”", Moved):
        operations.dismiss(coordinator(town), first, first.version, "和台账一致，没有写错")


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "publisher", "administrator", "auditor"])
def test_only_the_coordinating_office_decides_what_is_a_fault(town: Cast, key: str) -> None:
    fault, actor = reported(town), surely(town.actor(key))
    with refused("任职不能", Forbidden):
        operations.confirm(actor, fault, fault.version, MATTER, FixWay.IN_PLACE)
    with refused("任职不能", Forbidden):
        operations.dismiss(actor, fault, fault.version, "和台账一致")


def test_a_stale_page_decides_nothing(town: Cast) -> None:
    fault = reported(town)
    with refused("刚被别人办过", Stale):
        operations.confirm(coordinator(town), fault, fault.version + 1, MATTER, FixWay.IN_PLACE)
    with refused("应当是什么"):
        operations.confirm(coordinator(town), fault, fault.version, "错", FixWay.IN_PLACE)


def test_an_item_that_was_never_published_is_not_touched(town: Cast) -> None:
    assert queries.of_submission(a_submission(town).id) == []
