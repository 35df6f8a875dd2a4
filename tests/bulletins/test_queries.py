"""Who sees which bulletin, and what is owed for it."""

from datetime import timedelta

import pytest

from tests.bulletins.bulletins import a_bulletin, an_objection
from tests.cast import Cast
from tests.scoring.schemes import a_credit
from town_portal.bulletins import operations, queries
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.foundation import clock
from town_portal.foundation.errors import Refused
from town_portal.reminders import queries as reminders
from town_portal.workflow.duty import DutyKind

S, K = BulletinState, DutyKind
OURS = {K.BULLETIN_CHECK, K.OBJECTION, K.ISSUING, K.RECEIPT}


def owed() -> dict[DutyKind, int]:
    found = [duty.kind for duty in reminders.duties() if duty.kind in OURS]
    return {kind: found.count(kind) for kind in OURS if kind in found}


def test_units_see_it_from_the_window_on(town: Cast) -> None:
    draft = a_bulletin(town)
    for key, sees in (("reporter", False), ("head", False), ("publisher", False), ("leader", True), ("auditor", True)):
        assert (queries.get(draft.id, town.actor(key)) is not None) is sees, key
    operations.open_objections(town.actor("coordinator"), draft, draft.version)
    assert queries.get(draft.id, town.actor("reporter")) is draft


def test_what_is_owed_follows_its_life(town: Cast) -> None:
    found = a_bulletin(town)
    assert owed() == {}
    operations.open_objections(town.actor("coordinator"), found, found.version)
    assert owed() == {K.BULLETIN_CHECK: 5, K.ISSUING: 1}
    objection = an_objection(town, found)
    assert owed()[K.OBJECTION] == 1
    operations.answer(town.actor("coordinator"), objection, objection.version, accepted=False, reply="没有漏。")
    operations.agree(town.actor("reporter"), found, town.unit("C03").id)
    assert owed() == {K.BULLETIN_CHECK: 4, K.ISSUING: 1}


def test_an_issued_one_is_owed_an_acknowledgement(town: Cast) -> None:
    found = a_bulletin(town, S.ISSUED)
    assert owed() == {K.RECEIPT: 5}
    operations.acknowledge(town.actor("reporter"), found, town.unit("C03").id)
    assert owed() == {K.RECEIPT: 4}


def test_the_one_who_wrote_it_is_not_asked_to_issue_it(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    (duty,) = [one for one in reminders.duties() if one.kind is K.ISSUING]
    assert duty.apart == frozenset(found.hands)
    assert found.closes_on
    assert duty.since >= clock.end_of(found.closes_on)


def test_quarters_that_are_over_can_be_compiled_once_at_a_time(town: Cast) -> None:
    before = queries.quarters_to_compile()
    found = a_bulletin(town)
    assert found.quarter not in queries.quarters_to_compile()
    assert all(one.last < clock.today() for one in before)


def test_a_village_without_items_gets_its_notice(town: Cast) -> None:
    found = a_bulletin(town, S.ISSUED)
    notice = queries.notice(found, town.unit("C03").id)
    assert notice
    assert notice.to == "洛洞村"
    assert queries.notice(found, 99_999) is None


def test_what_stands_in_the_way_goes_with_the_days(town: Cast) -> None:
    found = a_bulletin(town, S.CONSULTING)
    assert len(queries.why_not_issue(found)) == 1
    with clock.stopped_at(clock.end_of(found.closes_on or clock.today()) + timedelta(minutes=1)):
        assert queries.why_not_issue(found) == []


def test_no_paper_leaves_before_the_units_while_a_number_is_wrong(town: Cast) -> None:
    bulletin = a_bulletin(town, BulletinState.CONSULTING)
    queries.check_paper(bulletin)
    words = bulletin.text + "\n全镇共报送信息9999件。"
    operations.revise(town.actor("coordinator"), bulletin, bulletin.version, bulletin.title, words)
    with pytest.raises(Refused, match="对不上"):
        queries.check_paper(bulletin)


def test_a_unit_is_asked_again_when_figures_moved(town: Cast) -> None:
    bulletin = a_bulletin(town, BulletinState.CONSULTING)
    operations.agree(town.actor("reporter"), bulletin, town.unit("C03").id)
    assert any(one.agreed_at for one in queries.deliveries(bulletin))
    assert operations.recompile(town.actor("coordinator"), bulletin, bulletin.version) == 0
    assert any(one.agreed_at for one in queries.deliveries(bulletin))
    a_credit(town, "约稿按时交", bulletin.quarter.last)
    assert operations.recompile(town.actor("coordinator"), bulletin, bulletin.version) > 0
    assert not any(one.agreed_at for one in queries.deliveries(bulletin))
