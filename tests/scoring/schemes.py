"""A scheme in force, for tests that need one."""

from tests.builders import surely
from tests.cast import Cast
from town_portal.scoring import operations, queries
from town_portal.scoring.models import Credit, SchemeVersion
from town_portal.scoring.rules.scheme import Scheme
from town_portal.statistics.rules.quarter import Quarter


def a_scheme_in_force(cast: Cast, scheme: Scheme | None = None, since: str = "2025-1") -> SchemeVersion:
    """The town's own scheme (or another) proposed by the coordinator and confirmed by a leader."""
    quarter = Quarter.parse(since)
    assert quarter is not None
    plain = (scheme or queries.shipped()).to_plain()
    version = operations.propose(cast.actor("coordinator"), plain, quarter, "按镇里的要求定下来")
    operations.confirm(surely(cast.actor("leader")), version)
    return version


def a_credit(cast: Cast, matter: str, day: object, unit: str = "C03", times: int = 1) -> Credit:
    """An entry of the register that counts."""
    entered = operations.enter_credit(
        cast.actor("coordinator"),
        cast.unit(unit),
        matter,
        day,
        "县融媒体中心约稿",
        "约稿函〔2026〕3号",
        times,  # type: ignore[arg-type]
    )
    operations.confirm_credit(surely(cast.actor("leader")), entered)
    return entered
