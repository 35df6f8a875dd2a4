"""Closing a year."""

from datetime import date

import pytest

from tests.appraisal.test_queries import year
from tests.cast import Cast
from tests.rectifications.orders import at
from tests.refusals import refused
from town_portal.appraisal import operations, queries
from town_portal.appraisal.rules.appraise import differences
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.errors import Forbidden
from town_portal.rectifications import operations as rectifications
from town_portal.rectifications import queries as righted
from town_portal.rectifications.rules.lifecycle import RectificationState

assert year  # the fixture


def test_a_closed_year_stays_and_says_what_would_differ_today(year: Cast) -> None:
    found = queries.now(2026)
    row = operations.close(year.actor("principal"), 2026, found.digest, "经镇党政班子会议研究")
    assert row.appraisal == found
    assert row.digest == found.digest
    assert trail.verify().sound
    assert differences(row.appraisal, queries.now(2026)) == []
    waiting = next(one for one in righted.between(date(2026, 1, 1), date(2026, 12, 31)) if "抽查" in one.matter)
    assert waiting.state is RectificationState.OPEN
    rectifications.cancel(year.actor("coordinator"), waiting, None, "已经另行处理")
    assert {one.part for one in differences(row.appraisal, queries.now(2026))} >= {"总分"}
    with refused("已经定稿"):
        operations.close(year.actor("principal"), 2026, queries.now(2026).digest)


@pytest.mark.parametrize("key", ["coordinator", "reporter", "head", "leader", "auditor", "administrator"])
def test_only_the_principal_closes(town: Cast, key: str) -> None:
    with refused("考核定稿", Forbidden):
        operations.close(town.actor(key), 2025, "")


def test_what_closing_is_refused_for(year: Cast) -> None:
    principal = year.actor("principal")
    with refused("还没有结束"):
        operations.close(principal, 2027, queries.now(2027).digest)
    with refused("没有可以考核的数据"):
        operations.close(principal, 2024, queries.now(2024).digest)
    with refused("数字有变动"):
        operations.close(principal, 2026, "x")
    with clock.stopped_at(at(date(2026, 12, 31))), refused("还没有结束"):
        operations.close(year.actor("principal"), 2026, queries.now(2026).digest)
