"""Settings as they are, or were, in force."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.settings import operations, queries
from town_portal.settings.models import Setting, SettingState
from town_portal.settings.rules.catalogue import CATALOGUE, DRAFTER_FIRST, THREE_REVIEWERS


def golden(town: Cast, days: int, later: timedelta | None = None, *, confirmed: bool = True) -> Setting:
    """A value of 三天黄金期, proposed and perhaps confirmed."""
    starts = clock.now() + later if later else None
    value = {"days": days, "count": "natural"}
    setting = operations.propose(town.actor("coordinator"), "golden_days", value, starts, f"改为 {days} 天")
    return operations.confirm(town.actor("leader"), setting, setting.version) if confirmed else setting


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_nobody_set_has_its_default(database: object, name: str) -> None:
    assert queries.row_in_force(name) == (CATALOGUE[name].default, None)
    standing = queries.standing(name)
    assert (standing.value, standing.row, standing.proposal, standing.coming) == (
        CATALOGUE[name].default,
        None,
        None,
        None,
    )


def test_all_keys_stand_in_the_order_of_the_catalogue(town: Cast) -> None:
    four = golden(town, 4)
    five = golden(town, 5, timedelta(days=3))
    six = golden(town, 6, confirmed=False)
    standing = queries.all_standing()
    assert [one.key.name for one in standing] == list(CATALOGUE)
    assert (standing[0].row, standing[0].coming, standing[0].proposal) == (four, five, six)
    assert standing[0].value["days"] == 4
    assert queries.awaiting() == [six]
    assert queries.open_proposal("golden_days") is six
    assert queries.open_proposal("site") is None
    assert queries.history("golden_days") == [six, five, four]
    assert queries.get(four.id) is four


def test_what_a_proposal_changes(town: Cast) -> None:
    four = golden(town, 4)
    assert queries.value_before(four)["days"] == 3
    five = golden(town, 5)
    assert queries.value_before(five)["days"] == 4
    assert queries.value_before(four)["days"] == 3
    assert queries.value_before(golden(town, 6, confirmed=False))["days"] == 5


def test_hands_are_named_by_the_trail(town: Cast) -> None:
    four = golden(town, 4)
    six = golden(town, 6, confirmed=False)
    hands = queries.hands([four, six])
    assert (hands[four.id].proposed_by, hands[four.id].decided_by) == (town.name("coordinator"), town.name("leader"))
    assert (hands[six.id].proposed_by, hands[six.id].decided_by) == (town.name("coordinator"), "")
    assert queries.hands([]) == {}


def test_the_route_in_force(town: Cast) -> None:
    assert queries.route() == DRAFTER_FIRST
    setting = operations.propose(town.actor("coordinator"), "route", {"preset": "three_reviewers"}, None, "按县里要求")
    operations.confirm(town.actor("leader"), setting, setting.version)
    assert queries.route() == THREE_REVIEWERS


def test_the_facts_of_the_site(database: object) -> None:
    assert queries.site()["town"] == "汤塘镇"
    assert queries.site() is queries.site()


def test_a_value_of_a_key_that_has_left_the_catalogue_troubles_no_page(town: Cast) -> None:
    setting = golden(town, 4)
    with unit_of_work(town.actor("coordinator")) as work:
        gone = Setting(
            key="gone", value={}, valid_from=work.at, reason="旧的", state=SettingState.PROPOSED,
            proposed_by_id=town.person("coordinator").id, proposed_at=work.at,
        )  # fmt: skip
        db.session.add(gone)
        work.record(Action("propose_gone", "提出旧的设置"), gone)
    assert queries.get(setting.id) is setting
    assert queries.get(gone.id) is None
    assert queries.awaiting() == []
    assert len(queries.all_standing()) == len(CATALOGUE)
    assert queries.last_of("gone") is None
    assert queries.last_of("golden_days") is setting
