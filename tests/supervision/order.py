"""A town in which network, rhythm and columns owe nothing."""

from datetime import UTC, datetime

from tests.builders import a_submission
from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.network import operations as network
from town_portal.settings import operations as settings
from town_portal.submissions.rules.lifecycle import State

BEFORE = datetime(2025, 1, 2, 1, tzinfo=UTC)
"""An hour after the cast was founded."""
UNHURRIED = {
    "rhythm": {
        "village": {"items": 0, "period": "month"},
        "office": {"items": 0, "period": "month"},
        "listed": {"columns": []},
    },
    "freshness": {"news": {"columns": [], "days": 14}, "other": {"days": 3650}, "blank": {"days": 14}, "amber": 100},
}


def keep_in_order(town: Cast) -> None:
    """Give the last unit its reporter, want no numbers, fill the columns and let them grow old."""
    with clock.stopped_at(BEFORE):
        post = network.appoint(SYSTEM, town.person("idler"), town.unit("B01"), Role.REPORTER, clock.today())
        assert post.id
        for key, value in UNHURRIED.items():
            row = settings.propose(town.actor("coordinator"), key, value, None, "不催")
            settings.confirm(town.actor("leader"), row, row.version)
        for code in ("gzdt", "tzgg"):
            a_submission(town, State.PUBLISHED, column_id=town.column(code).id)
