"""The figures, edge by edge, computed by hand; and every figure is the length of its list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests import builders
from tests.cast import Cast
from tests.statistics.town import (
    a_correction,
    an_article,
    at,
    corrected,
    discarded,
    handed_in,
    published,
    recalled,
    returned,
    some_days,
    withdrawn,
)
from town_portal.access.actor import SYSTEM
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation.db import db
from town_portal.review import operations as review
from town_portal.statistics import queries
from town_portal.statistics.queries import Asked
from town_portal.statistics.rules.measures import NOTHING, Figures, Measure, Rate
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League
from town_portal.submissions.models import Attribute
from town_portal.submissions.rules.lifecycle import State

S = State
Q1, Q2, Q3 = Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3)


def counts(town: Cast, quarter: Quarter, today: str, unit: str = "C03") -> Figures:
    """A unit's figures as they are seen on a day."""
    with at(today):
        return queries.figures(quarter)[quarter].get(town.unit(unit).id, NOTHING)


# -- 报送 --------------------------------------------------------------------------------------


def test_handed_in_before_and_at_midnight(town: Cast) -> None:
    handed_in(town, "2026-06-30", "2026-06-30 23:59")
    handed_in(town, "2026-06-30", "2026-07-01 00:00")
    assert counts(town, Q2, "2026-07-01").submitted == 1
    assert counts(town, Q3, "2026-07-01").submitted == 1


def test_a_draft_is_not_handed_in(town: Cast) -> None:
    handed_in(town, "2026-07-02", "2026-07-02", state=S.DRAFT)
    assert counts(town, Q3, "2026-07-02") == NOTHING


def test_handing_in_again_counts_once_and_in_the_first_quarter(town: Cast) -> None:
    item = handed_in(town, "2026-06-29", "2026-06-29")
    returned(town, item, "2026-06-30", "2026-07-01")
    assert counts(town, Q2, "2026-07-01").submitted == 1
    assert counts(town, Q3, "2026-07-01").submitted == 0


def test_filed_discarded_and_recalled_items_were_handed_in(town: Cast) -> None:
    handed_in(town, "2026-07-02", "2026-07-02", state=S.FILED)
    discarded(town, handed_in(town, "2026-07-02", "2026-07-02"), "2026-07-03")
    recalled(town, handed_in(town, "2026-07-02", "2026-07-02"), "2026-07-03")
    assert counts(town, Q3, "2026-07-04").submitted == 3


# -- 采用发布 and 一次通过 ------------------------------------------------------------------------


def test_published_before_and_at_midnight(town: Cast) -> None:
    an_article(town, "2026-06-30", "2026-06-30", "2026-06-30 23:59")
    an_article(town, "2026-06-30", "2026-06-30", "2026-07-01 00:00")
    assert counts(town, Q2, "2026-07-01").published == 1
    assert counts(town, Q3, "2026-07-01").published == 1


def test_a_withdrawn_article_stays_published_and_is_amended(town: Cast) -> None:
    item = an_article(town, "2026-06-29", "2026-06-29", "2026-06-30")
    withdrawn(town, item, "2026-07-02")
    assert counts(town, Q2, "2026-07-03") == Figures(submitted=1, published=1, first_pass=1, timely=1)
    assert counts(town, Q3, "2026-07-03") == Figures(amended=1)


def test_an_article_returned_twice_is_no_first_pass_and_two_returns(town: Cast) -> None:
    item = handed_in(town, "2026-07-02", "2026-07-02 08:00")
    returned(town, item, "2026-07-02 09:00", "2026-07-02 10:00")
    returned(town, item, "2026-07-02 11:00", "2026-07-02 12:00")
    published(town, item, "2026-07-02 13:00")
    assert counts(town, Q3, "2026-07-03") == Figures(submitted=1, published=1, first_pass=0, returns=2, timely=1)


def test_a_recall_is_no_return(town: Cast) -> None:
    item = handed_in(town, "2026-07-02", "2026-07-02 08:00")
    recalled(town, item, "2026-07-02 09:00")
    with at("2026-07-02 10:00"):
        builders.hand_in(town, item)
    published(town, item, "2026-07-02 11:00")
    assert counts(town, Q3, "2026-07-03") == Figures(submitted=1, published=1, first_pass=1, timely=1)


def test_a_return_belongs_to_its_own_quarter(town: Cast) -> None:
    item = handed_in(town, "2026-06-30", "2026-06-30")
    returned(town, item, "2026-06-30 23:59", "2026-07-01 00:00")
    returned(town, item, "2026-07-01 00:00", "2026-07-01 09:00")
    published(town, item, "2026-07-01 10:00")
    assert counts(town, Q2, "2026-07-02").returns == 1
    assert counts(town, Q3, "2026-07-02") == Figures(published=1, returns=1, timely=1)


# -- 发布后撤改 ----------------------------------------------------------------------------------


def test_a_correction_counts_as_amended_and_as_nothing_else(town: Cast) -> None:
    item = an_article(town, "2026-06-29", "2026-06-29", "2026-06-30")
    correction = a_correction(town, item, "2026-07-02 08:00")
    assert counts(town, Q3, "2026-07-02") == NOTHING
    returned(town, correction, "2026-07-02 09:00", "2026-07-02 10:00")
    published(town, correction, "2026-07-02 11:00")
    assert counts(town, Q2, "2026-07-20") == Figures(submitted=1, published=1, first_pass=1, timely=1)
    assert counts(town, Q3, "2026-07-20") == Figures(amended=1)


def test_corrected_twice_and_withdrawn_in_one_quarter_is_one(town: Cast) -> None:
    item = an_article(town, "2026-07-02", "2026-07-02", "2026-07-02 10:00")
    corrected(town, item, "2026-07-03")
    corrected(town, item, "2026-07-04")
    withdrawn(town, item, "2026-07-05")
    assert counts(town, Q3, "2026-07-06").amended == 1


def test_corrected_in_two_quarters_is_one_in_each(town: Cast) -> None:
    item = an_article(town, "2026-06-02", "2026-06-02", "2026-06-02 10:00")
    corrected(town, item, "2026-06-30 23:59")
    corrected(town, item, "2026-07-01 00:00")
    assert counts(town, Q2, "2026-07-02").amended == 1
    assert counts(town, Q3, "2026-07-02").amended == 1


# -- 黄金期内发布 ----------------------------------------------------------------------------------


def test_timely_until_the_end_of_the_last_golden_day(town: Cast) -> None:
    an_article(town, "2026-07-06", "2026-07-06", "2026-07-09 23:59")
    an_article(town, "2026-07-06", "2026-07-06", "2026-07-10 00:00")
    assert counts(town, Q3, "2026-07-10") == Figures(submitted=2, published=2, first_pass=2, timely=1, late=1)


def test_open_counts_as_late_from_the_day_after_the_golden_days(town: Cast) -> None:
    handed_in(town, "2026-07-06", "2026-07-06")
    assert counts(town, Q3, "2026-07-09 23:59").late == 0
    assert counts(town, Q3, "2026-07-10 00:00").late == 1


@pytest.mark.parametrize(("event_on", "quarter"), [("2026-06-26", Q2), ("2026-06-27", Q3)])
def test_late_belongs_to_the_quarter_of_the_day_after_the_golden_days(
    town: Cast, event_on: str, quarter: Quarter
) -> None:
    handed_in(town, event_on, "2026-06-27")  # golden until 06-29 and 06-30
    assert [counts(town, one, "2026-07-20").late for one in (Q2, Q3)] == [quarter is Q2, quarter is Q3]


def test_handed_in_after_the_golden_days_is_late_on_that_day(town: Cast) -> None:
    handed_in(town, "2026-06-10", "2026-06-30 23:59")
    handed_in(town, "2026-06-10", "2026-07-01 00:00")
    assert counts(town, Q2, "2026-07-01").late == 1
    assert counts(town, Q3, "2026-07-01").late == 1


def test_published_late_in_a_later_quarter_is_not_late_twice(town: Cast) -> None:
    item = handed_in(town, "2026-06-20", "2026-06-21")
    before = counts(town, Q2, "2026-06-30 23:00")
    published(town, item, "2026-07-03")
    assert before == counts(town, Q2, "2026-07-04") == Figures(submitted=1, late=1)
    assert counts(town, Q3, "2026-07-04") == Figures(published=1, first_pass=1)


def test_late_and_published_within_one_quarter_is_late_once(town: Cast) -> None:
    an_article(town, "2026-07-02", "2026-07-03", "2026-07-20")
    assert counts(town, Q3, "2026-07-21") == Figures(submitted=1, published=1, first_pass=1, late=1)


def test_a_quarter_that_is_over_counts_only_what_became_late_in_it(town: Cast) -> None:
    handed_in(town, "2026-03-10", "2026-03-10")
    assert [counts(town, quarter, "2026-07-20").late for quarter in (Q1, Q2, Q3)] == [1, 0, 0]


def test_a_withdrawn_late_article_stays_late_and_a_timely_one_timely(town: Cast) -> None:
    withdrawn(town, an_article(town, "2026-07-02", "2026-07-02", "2026-07-08"), "2026-07-09")
    withdrawn(town, an_article(town, "2026-07-07", "2026-07-07", "2026-07-08"), "2026-07-09")
    found = counts(town, Q3, "2026-07-20")
    assert (found.timely, found.late, found.amended) == (1, 1, 2)


def test_returned_recalled_and_scheduled_items_are_late_while_not_public(town: Cast) -> None:
    handed_in(town, "2026-07-02", "2026-07-02", state=S.RETURNED)
    handed_in(town, "2026-07-02", "2026-07-02", state=S.SCHEDULED)
    recalled(town, handed_in(town, "2026-07-02", "2026-07-02"), "2026-07-03")
    assert counts(town, Q3, "2026-07-06").late == 3


def test_what_is_not_for_the_public_is_not_late(town: Cast) -> None:
    handed_in(town, "2026-07-02", "2026-07-02", state=S.FILED)
    with at("2026-07-02"):
        builders.a_submission(
            town, S.SECOND_REVIEW, attribute=Attribute.CLOSED, attribute_reason="涉及第三方", event_on=date(2026, 7, 2)
        )
    assert counts(town, Q3, "2026-07-20") == Figures(submitted=2)


def test_discarded_before_the_quarter_ended_is_not_late(town: Cast) -> None:
    item = handed_in(town, "2026-06-20", "2026-06-20")
    assert counts(town, Q2, "2026-06-30").late == 1
    discarded(town, item, "2026-06-30 23:59")
    assert counts(town, Q2, "2026-06-30 23:59").late == 0
    assert counts(town, Q2, "2026-07-20").late == 0


def test_discarded_after_the_quarter_ended_changes_nothing_in_it(town: Cast) -> None:
    item = handed_in(town, "2026-06-20", "2026-06-20")
    discarded(town, item, "2026-07-01 00:00")
    assert counts(town, Q2, "2026-07-20").late == 1
    assert counts(town, Q3, "2026-07-20") == NOTHING


def test_figures_belong_to_the_unit_that_reports(town: Cast) -> None:
    an_article(town, "2026-07-02", "2026-07-02", "2026-07-02 10:00", by="other_reporter", unit="C01")
    assert counts(town, Q3, "2026-07-03", "C01").published == 1
    assert counts(town, Q3, "2026-07-03", "C03") == NOTHING
    assert counts(town, Q3, "2026-07-03", "B05") == NOTHING


# -- a whole quarter ---------------------------------------------------------------------------


@pytest.fixture
def busy(town: Cast) -> Cast:
    """Some of everything, around the turn of a quarter."""
    for day in some_days("2026-07-02", 3):
        an_article(town, day, f"{day} 08:00", f"{day} 15:00")
    an_article(town, "2026-07-03", "2026-07-03", "2026-07-09", by="other_reporter", unit="C01")
    item = handed_in(town, "2026-07-06", "2026-07-06")
    returned(town, item, "2026-07-06 15:00", "2026-07-07 09:00")
    returned(town, item, "2026-07-07 10:00", "2026-07-07 11:00")
    published(town, item, "2026-07-08")
    corrected(town, item, "2026-07-10")
    withdrawn(town, an_article(town, "2026-06-28", "2026-06-29", "2026-07-01"), "2026-07-02")
    handed_in(town, "2026-06-20", "2026-07-02")
    handed_in(town, "2026-07-01", "2026-07-02", by="other_reporter", unit="C01")
    handed_in(town, "2026-07-12", "2026-07-13", state=S.THIRD_REVIEW)
    recalled(town, handed_in(town, "2026-07-06", "2026-07-06"), "2026-07-09")
    return town


def test_the_quarter_by_hand(busy: Cast) -> None:
    assert counts(busy, Q3, "2026-07-14") == Figures(
        submitted=7, published=5, first_pass=4, returns=2, amended=2, timely=5, late=2
    )
    assert counts(busy, Q3, "2026-07-14", "C01") == Figures(submitted=2, published=1, first_pass=1, late=2)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("quarter", [Q2, Q3])
@pytest.mark.parametrize("unit", ["C03", "C01", None])
def test_every_count_is_the_length_of_its_list(
    busy: Cast, measure: Measure, quarter: Quarter, unit: str | None
) -> None:
    with at("2026-07-14"):
        unit_id = busy.unit(unit).id if unit else None
        asked = Asked(quarter=quarter, measure=measure, unit_id=unit_id)
        rows = db.session.execute(queries.items(asked, busy.actor("auditor"))).all()
        assert queries.count(asked) == len(rows)
        assert queries.tally(asked, busy.actor("auditor")) == (len(rows), len(rows))
        assert unit is None or {row[0].unit_id for row in rows} <= {unit_id}
        if measure in queries.FIGURES or measure is Measure.REWORKED:
            name = measure.value.replace("-", "_")
            units = queries.figures(quarter)[quarter]
            shown = sum(getattr(figures, name) for id_, figures in units.items() if unit_id in (None, id_))
            assert shown == len(rows)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("narrow", ["unit_id", "handler_id", None])
def test_every_step_is_the_length_of_its_lists(busy: Cast, late: bool, narrow: str | None) -> None:
    with at("2026-07-14"):
        unit_id = busy.unit("B05" if narrow == "handler_id" else "C03").id
        steps = queries.steps_of(
            Q3,
            queries.limits(Q3),
            owner_id=unit_id if narrow == "unit_id" else None,
            handler_id=unit_id if narrow == "handler_id" else None,
        )
        shown = {step.name: step.overdue if late else step.done for step in steps}
        for stage in (S.SECOND_REVIEW, S.THIRD_REVIEW, S.APPROVED):
            asked = Asked(quarter=Q3, stage=stage, late=late, **({narrow: unit_id} if narrow else {}))
            rows = db.session.execute(queries.items(asked, busy.actor("auditor"))).all()
            assert shown[stage.value.replace("_", "-")] == queries.count(asked) == len(rows)


def test_late_reports_are_the_length_of_their_list(busy: Cast) -> None:
    with at("2026-07-14"):
        reporting = queries.steps_of(Q3, queries.limits(Q3))[0]
        assert (reporting.done, reporting.overdue) == (9, 1)
        assert queries.count(Asked(quarter=Q3, measure=Measure.REPORTED_LATE)) == 1


def test_a_list_shows_no_more_than_the_person_may_see(busy: Cast) -> None:
    with at("2026-07-14"):
        asked = Asked(quarter=Q3, measure=Measure.SUBMITTED)
        seen = db.session.execute(queries.items(asked, busy.actor("other_reporter"))).all()
        assert {row[0].unit_id for row in seen} == {busy.unit("C01").id}
        assert queries.count(asked) == 9
        assert queries.tally(asked, busy.actor("other_reporter")) == (9, len(seen)) == (9, 2)
        assert db.session.execute(queries.items(asked, busy.actor("administrator"))).all() == []
        assert queries.tally(asked, busy.actor("administrator")) == (9, 0)
        assert queries.tally(Asked(quarter=Quarter(2025, 1), measure=Measure.LATE), busy.actor("auditor")) == (0, 0)


def test_a_list_tells_what_was_counted(busy: Cast) -> None:
    with at("2026-07-14"):
        auditor = busy.actor("auditor")
        for asked, kind in (
            (Asked(quarter=Q3, measure=Measure.RETURNS), "ReturnNote"),
            (Asked(quarter=Q3, stage=S.SECOND_REVIEW), "StageVisit"),
            (Asked(quarter=Q3, measure=Measure.SUBMITTED), "NoneType"),
        ):
            rows = queries.listed(asked, db.session.execute(queries.items(asked, auditor)))
            assert {type(row.counted).__name__ for row in rows} == {kind}


def test_asking_for_nothing_is_a_mistake(town: Cast) -> None:
    with pytest.raises(ValueError, match="is asked for"):
        queries.count(Asked(quarter=Q3))


# -- ranks -------------------------------------------------------------------------------------


def test_standings_of_both_leagues(busy: Cast) -> None:
    with at("2026-07-14"):
        rows = [(row.unit.name, row.unit.league, row.rank, row.change) for row in queries.standings(Q3)]
    assert rows == [
        ("洛洞村", League.VILLAGES, 1, 0),
        ("汤塘社区", League.VILLAGES, 2, -1),  # both had published nothing in the second quarter
        ("党政和人大办公室", League.OFFICES, 1, None),
        ("农业农村办公室", League.OFFICES, 1, None),
        ("应急管理办公室", League.OFFICES, 1, None),
    ]


def test_standing_in_short(busy: Cast) -> None:
    with at("2026-07-14"):
        found = queries.unit_standing(busy.unit("C03").id, Q3)
        assert found is not None
        assert (found.rank, found.of, found.change, found.published) == (1, 2, 0, 5)
        assert (found.first_pass_rate, found.timely_rate) == (Rate(4, 5), Rate(5, 7))
        assert (found.quarter_label, found.league_label) == ("2026年第三季度", "村（社区）")
        assert (found.first_pass_shown, found.timely_shown) == ("80%", "71%")
        assert queries.unit_standing(999, Q3) is None


def test_a_unit_closed_later_still_stands_in_its_quarters(busy: Cast) -> None:
    close(busy, "C01", date(2026, 7, 20))
    close(busy, "B10", date(2026, 6, 30))
    with at("2026-10-02"):
        assert "汤塘社区" in [row.unit.name for row in queries.standings(Q3)]
        assert "应急管理办公室" not in [row.unit.name for row in queries.standings(Q3)]
        assert "应急管理办公室" in [row.unit.name for row in queries.standings(Q2)]
        assert "汤塘社区" not in [row.unit.name for row in queries.standings(Quarter(2026, 4))]


def test_a_closed_unit_with_figures_keeps_its_row(busy: Cast) -> None:
    close(busy, "C01", date(2026, 6, 30))
    with at("2026-07-20"):
        rows = queries.standings(Q3)
        assert sum(row.figures.submitted for row in rows) == 9


def close(town: Cast, code: str, day: date) -> None:
    unit = town.unit(code)
    with unit_of_work(SYSTEM) as work:
        unit.closed_on = day
        work.record(Action("close_unit", "撤销单位"), unit)


def test_trend_of_the_town_and_of_a_unit(busy: Cast) -> None:
    with at("2026-07-14"):
        town = queries.trend(Q3)
        village = queries.trend(Q3, busy.unit("C01").id)
    assert [quarter.key for quarter, _ in town] == ["2025-3", "2025-4", "2026-1", "2026-2", "2026-3"]
    assert [figures.published for _, figures in town] == [0, 0, 0, 0, 6]
    assert [figures.submitted for _, figures in town] == [0, 0, 0, 1, 9]
    assert [figures.published for _, figures in village] == [0, 0, 0, 0, 1]


def test_quarters_go_back_to_the_first_handing_in(busy: Cast) -> None:
    with at("2026-07-14"):
        assert queries.quarters() == (Q3, Q2)


def test_an_empty_house_has_the_running_quarter(town: Cast) -> None:
    with at("2026-07-14"):
        assert queries.quarters() == (Q3,)
        assert queries.figures(Q3) == {Q3: {}}


# -- where the time goes -----------------------------------------------------------------------


def test_minutes_of_each_step_by_hand(town: Cast) -> None:
    """Thursday 2 July: in at 09:00, head 10:30 (90 min), leader 16:00 (180), public at 16:30 (30)."""
    item = handed_in(town, "2026-07-01", "2026-07-02 09:00")
    with at("2026-07-02 10:30"):
        builders.sign(town, item, "head")
    with at("2026-07-02 16:00"):
        builders.sign(town, item, "leader")
    with at("2026-07-02 16:30"):
        builders.publishing.publish(builders.surely(town.actor("publisher")), item, item.version)
        reporting, second, third, publish = queries.steps_of(Q3, queries.limits(Q3))
        handled = queries.steps_of(Q3, queries.limits(Q3), handler_id=town.unit("B05").id)
    assert (reporting.done, reporting.mean, reporting.limit) == (1, 1, 3)
    assert [step.mean for step in (second, third, publish)] == [90, 180, 30]
    assert [step.limit for step in (second, third, publish)] == [390, 390, 390]
    assert [step.overdue for step in (second, third, publish)] == [0, 0, 0]
    assert [step.mean for step in handled] == [90, 180, None]


def test_overdue_by_an_end_after_the_limit_and_by_waiting_past_it(town: Cast) -> None:
    item = handed_in(town, "2026-07-01", "2026-07-02 09:00")  # due on Friday at 09:00
    with at("2026-07-03 09:00"):
        assert queries.steps_of(Q3, queries.limits(Q3))[1].overdue == 0
    with at("2026-07-03 09:01"):
        assert (
            queries.steps_of(Q3, queries.limits(Q3))[1].pending,
            queries.steps_of(Q3, queries.limits(Q3))[1].done,
        ) == (1, 0)
        builders.sign(town, item, "head")
        second = queries.steps_of(Q3, queries.limits(Q3))[1]
        assert (second.pending, second.late, second.done, second.mean) == (0, 1, 1, 391)


def test_an_open_stay_counts_in_the_running_quarter_only(town: Cast) -> None:
    handed_in(town, "2026-06-10", "2026-06-10")
    with at("2026-06-29"):
        assert queries.steps_of(Q2, queries.limits(Q2))[1].pending == 1
    with at("2026-07-02"):
        assert queries.steps_of(Q2, queries.limits(Q2))[1].pending == 0
        assert queries.steps_of(Q3, queries.limits(Q3))[1].pending == 1


def test_who_handled_what(busy: Cast) -> None:
    with at("2026-07-14"):
        limits = queries.limits(Q3)
        lines = [
            (line.person, line.unit, line.step.label, line.step.done, line.returns)
            for line in queries.handled(Q3, limits, by_person=True)
        ]
        places = [
            (line.unit, line.person_id, line.step.done)
            for line in queries.handled(Q3, limits, by_person=False, stage=S.SECOND_REVIEW)
        ]
    assert lines == [
        ("陈志明", "农业农村办公室", "二审二校", 10, 2),
        ("林副镇长", "农业农村办公室", "三审三校", 7, 0),
        ("邓发布", "党政和人大办公室", "发布", 7, 0),
    ]
    assert places == [("农业农村办公室", None, 11)]


def test_a_persons_lines_are_the_lengths_of_their_lists(busy: Cast) -> None:
    with at("2026-07-14"):
        for line in queries.handled(Q3, queries.limits(Q3), by_person=True):
            asked: dict[str, Any] = {
                "quarter": Q3,
                "stage": queries.steps.stage_of(line.step.name),
                "handler_id": line.unit_id,
                "person_id": line.person_id,
            }
            assert queries.count(Asked(**asked)) == line.step.done
            assert queries.count(Asked(**asked, late=True)) == line.step.late
            assert queries.count(Asked(**asked, returned=True)) == line.returns


def test_a_drafter_who_recalls_is_no_reviewer(town: Cast) -> None:
    recalled(town, handed_in(town, "2026-07-06", "2026-07-06"), "2026-07-09")
    with at("2026-07-10"):
        assert queries.handled(Q3, queries.limits(Q3), by_person=True) == []
        assert queries.steps_of(Q3, queries.limits(Q3))[1].done == 1
        asked = Asked(quarter=Q3, stage=S.SECOND_REVIEW, person_id=town.person("reporter").id)
        assert queries.count(asked) == 0


# -- memory and number of statements -----------------------------------------------------------


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database inside."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def dashboard(quarter: Quarter) -> None:
    queries.standings(quarter)
    queries.trend(quarter)
    queries.steps_of(quarter, queries.limits(quarter))
    queries.quarters()


def test_five_quarters_are_counted_in_one_statement(busy: Cast) -> None:
    with at("2026-07-14"), statements() as asked:
        queries.trend(Q3)
    assert len(asked) == 2  # the head of the trail, and all the counts


def test_an_unchanged_house_answers_from_memory(busy: Cast) -> None:
    with at("2026-07-14"):
        dashboard(Q3)
        with statements() as asked:
            queries.trend(Q3)
            queries.figures(Q2, Q3)
        assert all("audit_head" in statement for statement in asked)


def test_memory_ends_with_the_next_act(busy: Cast) -> None:
    before = counts(busy, Q3, "2026-07-14 10:00")
    item = handed_in(busy, "2026-07-14", "2026-07-14 10:00")
    assert counts(busy, Q3, "2026-07-14 10:00").submitted == before.submitted + 1
    with at("2026-07-14 11:00"):
        review.return_for_revision(builders.surely(busy.actor("head")), item, item.version, [], "数据请核对")
    assert counts(busy, Q3, "2026-07-14 11:00").returns == before.returns + 1


def test_memory_ends_with_the_day(town: Cast) -> None:
    handed_in(town, "2026-07-06", "2026-07-06")
    assert [counts(town, Q3, day).late for day in ("2026-07-09", "2026-07-10")] == [0, 1]


def test_memory_does_not_grow_without_end(town: Cast) -> None:
    with at("2026-07-14"):
        quarter = Q3
        for _ in range(3 * queries.MOST_KEPT):
            queries.figures(quarter)
            quarter = quarter.previous if quarter.year > 2001 else Q3
            assert queries._memory is not None
            assert len(queries._memory[1]) <= queries.MOST_KEPT + 1


def test_a_month_after_the_quarter_nothing_of_it_has_moved(busy: Cast) -> None:
    """Working on in the next quarter leaves the figures of the last one as they were."""
    with at("2026-09-30 23:59"):
        before = queries.figures(Q3)
    for item in list(builders.submissions.queries.of_my_units(busy.actor("reporter"), (S.SECOND_REVIEW,))):
        published(busy, item, "2026-10-09")
    with at("2026-10-30"):
        assert queries.figures(Q3) == before


def test_days_are_days_in_shanghai(town: Cast) -> None:
    """At 00:30 in Shanghai it is still yesterday in UTC."""
    an_article(town, "2026-06-30", "2026-07-01 00:10", "2026-07-01 00:30")
    assert counts(town, Q3, "2026-07-01 00:40") == Figures(submitted=1, published=1, first_pass=1, timely=1)
    with at("2026-07-01 00:40"):
        assert queries.steps_of(Q3, queries.limits(Q3))[0].spent == timedelta(days=1).days
