"""Who sees what was found, and the figures of a quarter."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import a_submission, hand_in, surely
from tests.cast import Cast
from tests.inspection.late import NO_SUCH_DAY, a_late_finding
from tests.inspection.test_operations import CLEAN
from town_portal.foundation import clock
from town_portal.inspection import operations, queries
from town_portal.publishing import operations as publishing
from town_portal.review import operations as review
from town_portal.submissions import operations as submissions
from town_portal.submissions.rules.lifecycle import State


def test_who_sees_what_was_found(town: Cast) -> None:
    late = a_late_finding(town)
    for key, sees in (("reporter", 1), ("publisher", 1), ("coordinator", 1), ("auditor", 1), ("administrator", 0)):
        assert queries.open_count(town.actor(key)) == sees, key
    assert queries.late_finding(late.id, town.actor("administrator")) is None


def test_the_figures_of_a_quarter(town: Cast) -> None:
    item = a_submission(town, State.DRAFT, body_html=NO_SUCH_DAY)
    text = replace(submissions.text_of(item.revision), body_html=CLEAN)  # type: ignore[arg-type]
    submissions.revise(town.actor("reporter"), item, text, item.version)
    hand_in(town, item)
    review.return_for_revision(surely(town.actor("head")), item, item.version, ["数据有误"], "请核对")
    late = a_late_finding(town)
    while operations.read_versions(10):
        pass
    start, end = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    own = queries.by_unit(start, end)[late.unit_id]
    assert (own.mended, own.returned, own.late) == (1, 1, 1)
    assert own.rate == own.late * 10_000 / own.signs
    assert queries.by_family(start, end)["date_impossible"].mended == 1
    assert queries.by_reviewer(start, end) == {town.actor("head").name: (1, 0)}
    assert queries.by_unit(end, end + timedelta(days=1)) == {}


def test_an_error_that_was_withdrawn_counts_once(town: Cast) -> None:
    late = a_late_finding(town)
    item = late.publication.submission
    publishing.withdraw(surely(town.actor("publisher")), item, item.version, "日期有误")
    start, end = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    assert queries.by_unit(start, end)[late.unit_id].late == 1
    assert queries.by_family(start, end)["date_impossible"].late == 1
