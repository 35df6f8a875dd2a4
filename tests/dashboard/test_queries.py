"""The board's figures, computed by hand; every figure is the length of its list, whatever happened in the quarter."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.cast import Cast
from tests.corrections.faults import confirmed
from tests.statements import statements
from tests.statistics.town import (
    an_article,
    at,
    corrected,
    handed_in,
    published,
    recalled,
    returned,
    withdrawn,
)
from town_portal.access.roles import Role
from town_portal.columns import operations as column_operations
from town_portal.columns import queries as columns
from town_portal.corrections.rules.fault import FaultCause
from town_portal.dashboard import queries
from town_portal.dashboard.rules.board import EXCEPTIONS, ROLES, STAGE_NAMES, Slice, What
from town_portal.publishing import queries as publishing
from town_portal.releases.rules.channel import Tier
from town_portal.statistics import queries as statistics
from town_portal.statistics.queries import count_of
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions.models import Urgency
from town_portal.submissions.rules.lifecycle import State

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


def length(asked: Slice, quarter: Quarter) -> int:
    """How many rows the list behind a number has."""
    source = queries.source_of(asked, quarter)
    assert source is not None
    return count_of(source)


def shown(quarter: Quarter) -> list[tuple[Slice, Quarter, int]]:
    """Every number of the board that opens a list of its own."""
    stages, roles = queries.times(quarter)
    _, exceptions = queries.exceptions(quarter)
    found = queries.quality(quarter)
    channels = queries.by_channel(quarter)
    return [
        *(
            (Slice(What.COLUMN, str(one.column.id)), when, number)
            for _, rows in queries.by_column(quarter)
            for one in rows
            for when, number in (
                (quarter, one.now),
                (quarter.previous, one.before),
                (queries.year_before(quarter), one.year_ago),
            )
        ),
        *((Slice(What.CHANNEL, str(one.channel_id)), quarter, one.now) for one in channels),
        *((Slice(What.CHANNEL, str(one.channel_id)), quarter.previous, one.before) for one in channels),
        *((Slice(What.TIER, tier.value), quarter, sum(one.now for one in channels if one.tier is tier)) for tier in Tier),
        *((Slice(What.STAGE, stage.value), quarter, time.done) for stage, time in stages.items()),
        *((Slice(What.STAGE, stage.value, late=True), quarter, time.overdue) for stage, time in stages.items()),
        *((Slice(What.ROLE, role.value), quarter, time.done) for role, time in roles.items()),
        *((Slice(What.ROLE, role.value, late=True), quarter, time.overdue) for role, time in roles.items()),
        *((Slice(what), quarter, exceptions[what]) for what in EXCEPTIONS),
        *((Slice(What.FAULT, key), quarter, number) for key, _, number, _ in queries.by_cause(quarter)),
    ] + [
        (Slice(what, family), quarter, number)
        for family, counts in found.families.items()
        for what, number in zip((What.MENDED, What.EXPLAINED, What.LATE), counts, strict=True)
    ] + [
        *((Slice(What.RETURNED, stage.value), quarter, number) for stage, number in found.stages.items()),
        (Slice(What.MENDED), quarter, found.mended),
        (Slice(What.EXPLAINED), quarter, found.explained),
        (Slice(What.LATE), quarter, found.late),
        (Slice(What.RETURNED), quarter, found.returned),
        (Slice(What.AFTER), quarter, found.after),
    ]  # fmt: skip


def disagreeing(quarter: Quarter) -> list[Any]:
    """The numbers of the board that are not the length of their list."""
    wrong = []
    for asked, when, number in shown(quarter):
        source = queries.source_of(asked, when)
        rows = count_of(source) if source is not None else len(queries.findings(asked, when))
        if rows != number:
            wrong.append((asked, when.key, number, rows))
    return wrong


# -- one by one --------------------------------------------------------------------------------


def test_every_open_column_is_told_those_with_nothing_too(town: Cast) -> None:
    an_article(town, "2026-06-02", "2026-06-02", "2026-06-02 15:00")
    an_article(town, "2026-07-02", "2026-07-02", "2026-07-02 15:00")
    an_article(town, "2026-07-03", "2026-07-03", "2026-07-03 15:00")
    with at("2026-07-14"):
        found = {one.column.id: one for _, rows in queries.by_column(Q3) for one in rows}
        assert set(found) == {column.id for column in columns.leaves()}
        filled = [(one.now, one.before) for one in found.values() if one.now]
    assert filled == [(2, 1)]
    assert len(found) > 1


def test_a_closed_column_is_told_while_it_got_something(town: Cast) -> None:
    item = an_article(town, "2026-07-02", "2026-07-02", "2026-07-02 15:00")
    with at("2026-07-14"):
        column_operations.close_column(town.actor("coordinator"), item.column)
        assert [(group, [one.now for one in rows]) for group, rows in queries.by_column(Q3)][-1] == (
            "已停用的栏目",
            [1],
        )
        assert disagreeing(Q3) == []
    with at("2026-10-14"):
        assert "已停用的栏目" not in dict(queries.by_column(Quarter(2026, 4)))


def test_a_year_ago(town: Cast) -> None:
    an_article(town, "2025-07-02", "2025-07-02", "2025-07-02 15:00")
    with at("2026-07-14"):
        assert sum(one.year_ago for _, rows in queries.by_column(Q3) for one in rows) == 1
    assert queries.year_before(Quarter(2026, 1)) == Quarter(2025, 1)


def test_exceptions_are_shares_of_what_was_published(town: Cast) -> None:
    an_article(town, "2026-07-02", "2026-07-02 08:00", "2026-07-02 15:00")
    withdrawn(town, an_article(town, "2026-07-03", "2026-07-03", "2026-07-03 15:00"), "2026-07-06")
    corrected(town, an_article(town, "2026-07-06", "2026-07-06", "2026-07-06 15:00"), "2026-07-08")
    with at("2026-07-09 09:00"):
        item = builders.a_submission(
            town,
            State.SECOND_REVIEW,
            event_on=date(2026, 7, 9),
            urgency=Urgency.URGENT,
            urgency_reason="防汛应急响应，要马上公布",
        )
    published(town, item, "2026-07-09 10:00")
    with at("2026-07-14"):
        total, found = queries.exceptions(Q3)
    assert total == 4
    assert found == {What.URGENT: 1, What.CROSS: 0, What.OVERRIDDEN: 0, What.COVERED: 0, What.CHANGED: 2}


def test_time_by_stage_and_by_kind_of_person(town: Cast) -> None:
    item = handed_in(town, "2026-07-06", "2026-07-06 09:00")
    returned(town, item, "2026-07-06 10:00", "2026-07-06 10:30")
    published(town, item, "2026-07-06 11:00")
    with at("2026-07-14"):
        stages, roles = queries.times(Q3)
    assert (stages[State.SECOND_REVIEW].done, stages[State.SECOND_REVIEW].middle) == (2, 45)
    assert stages[State.RETURNED].middle == 30
    assert (roles[Role.HEAD].done, roles[Role.HEAD].spent) == (2, 90)
    assert (roles[Role.REPORTER].done, roles[Role.REPORTER].late) == (1, 0)
    assert roles[Role.PUBLISHER].done == 1
    assert roles[Role.PRINCIPAL].done == 0


def test_what_waits_too_long_counts_as_late_while_the_quarter_runs(town: Cast) -> None:
    handed_in(town, "2026-07-02", "2026-07-02 09:00")
    with at("2026-07-14"):
        stages, roles = queries.times(Q3)
        assert (stages[State.SECOND_REVIEW].pending, roles[Role.HEAD].overdue) == (1, 1)
        assert disagreeing(Q3) == []
    with at("2026-10-14"):
        assert queries.times(Q3)[0][State.SECOND_REVIEW].overdue == 0


def test_faults_by_cause(town: Cast) -> None:
    with at("2026-07-07"):
        confirmed(town)
        confirmed(town, cause=FaultCause.TYPO, values=False)
        confirmed(town, cause=FaultCause.TYPO, values=False)
    with at("2026-07-14"):
        assert [(key, number, worse) for key, _, number, worse in queries.by_cause(Q3)] == [
            ("typo", 2, 0),
            ("figures", 1, 1),
        ]
        assert disagreeing(Q3) == []


def test_marks_of_those_who_returned_by_stage(town: Cast) -> None:
    item = handed_in(town, "2026-07-06", "2026-07-06 09:00")
    returned(town, item, "2026-07-06 10:00", "2026-07-06 10:30")
    with at("2026-07-14"):
        assert queries.quality(Q3).stages == {State.SECOND_REVIEW: 1}
        assert [one.note for one in queries.findings(Slice(What.RETURNED, "second_review"), Q3)] == ["数据请核对"]


def test_a_number_that_is_not_there_has_no_list(town: Cast) -> None:
    for asked in (
        Slice(What.COLUMN, "x"), Slice(What.COLUMN), Slice(What.CHANNEL, "²"), Slice(What.TIER, "moon"),
        Slice(What.STAGE, "draft"), Slice(What.ROLE, "auditor"), Slice(What.MENDED),
    ):  # fmt: skip
        assert queries.source_of(asked, Q3) is None
    with pytest.raises(ValueError, match="column"):
        queries.findings(Slice(What.COLUMN), Q3)


# -- whatever happened ---------------------------------------------------------------------------

DAYS = st.integers(1, 28)
FATES = st.sampled_from(("waits", "returned", "recalled", "published", "slow", "withdrawn", "corrected", "fault"))


def play(town: Cast, day: int, month: int, fate: str) -> None:
    """One item of a day, brought to its fate within the days after it."""
    first = f"2026-{month:02}-{day:02}"
    last = f"2026-{month + 1:02}-{day:02}" if fate == "slow" else first
    item = handed_in(town, first, f"{first} 08:00")
    match fate:
        case "returned":
            returned(town, item, f"{first} 10:00", f"{first} 11:00")
        case "recalled":
            recalled(town, item, f"{first} 10:00")
        case "published" | "slow" | "withdrawn" | "corrected" | "fault":
            published(town, item, f"{last} 15:00")
    match fate:
        case "withdrawn":
            withdrawn(town, item, f"{first} 16:00")
        case "corrected":
            corrected(town, item, f"{first} 16:00")
        case "fault":
            with at(f"{first} 16:00"):
                confirmed(town, publishing.of_submission(item.id))


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, st.sampled_from((6, 7, 8)), FATES), min_size=3, max_size=6))
def test_every_number_is_the_length_of_its_list(town: Cast, quarter: list[tuple[int, int, str]]) -> None:
    for day, month, fate in quarter:
        play(town, day, month, fate)
    with at("2026-09-30 12:00"):
        assert disagreeing(Q3) == []
        assert disagreeing(Q2) == []


def test_the_parts_add_up_to_the_town(town: Cast) -> None:
    for day, fate in ((2, "published"), (3, "returned"), (6, "withdrawn"), (7, "slow")):
        play(town, day, 7, fate)
    with at("2026-09-30"):
        counted = sum(figures.published for figures in statistics.figures(Q3)[Q3].values())
        assert sum(one.now for _, rows in queries.by_column(Q3) for one in rows) == counted
        assert queries.exceptions(Q3)[0] == counted
        stages, roles = queries.times(Q3)
        assert sum(time.done for time in stages.values()) == sum(time.done for time in roles.values())
        assert set(stages) == set(STAGE_NAMES)
        assert set(roles) == set(ROLES)


def test_statements(town: Cast) -> None:
    an_article(town, "2026-07-02", "2026-07-02", "2026-07-02 15:00")
    with at("2026-07-14"):
        statistics.figures(Q3)
        for ask, most in (
            (queries.by_column, 3), (queries.by_channel, 2), (queries.exceptions, 1), (queries.times, 2),
            (queries.quality, 8), (queries.faults, 1),
        ):  # fmt: skip
            with statements() as sent:
                ask(Q3)
            assert len(sent) <= most, (ask, sent)
            with statements() as sent:
                ask(Q3)
            assert len(sent) <= 2, (ask, sent)
