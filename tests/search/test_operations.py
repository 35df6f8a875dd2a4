"""Making texts findable, and forgetting what was replaced."""

from sqlalchemy import func, select

from tests.builders import BODY, a_submission, a_text, surely
from tests.cast import Cast
from town_portal.audit import queries as trail
from town_portal.foundation.db import db
from town_portal.search import operations, queries
from town_portal.search.models import GRAMS, SearchDoc
from town_portal.submissions import operations as submissions
from town_portal.submissions.rules.lifecycle import State


def kept() -> int:
    """Documents, and as many rows in the full-text machine."""
    documents = db.session.scalar(select(func.count()).select_from(SearchDoc)) or 0
    if not queries.on_postgresql():
        assert db.session.scalar(select(func.count(GRAMS.c.rowid))) == documents
    return documents


def test_each_text_once_and_only_the_present_version(town: Cast) -> None:
    item = a_submission(town, title="第一个题目")
    before = trail.head_seq()
    assert queries.something_new()
    assert (operations.index(10), operations.index(10)) == (1, 0)
    assert not queries.something_new()
    submissions.revise(town.actor("reporter"), item, a_text(town, title="第二个题目"), item.version)
    assert queries.something_new()
    assert operations.index(10) == 1
    assert kept() == 1
    found = [queries.find_visible(word, town.actor("reporter")).keys for word in ("第一个题目", "第二个题目")]
    assert found[1] == (item.id,)
    assert not found[0] or queries.find_visible("第一个题目", town.actor("reporter")).nearly
    assert trail.head_seq() == before + 1
    assert trail.verify().sound


def test_what_the_public_still_reads_stays_findable_beside_its_correction(town: Cast) -> None:
    item = a_submission(town, State.PUBLISHED, title="公开的题目")
    operations.index(10)
    correction = submissions.correct(town.actor("reporter"), item)
    assert correction.revision_id != item.revision_id
    operations.index(10)
    assert kept() == 2


def test_many_are_made_in_steps_and_all_can_be_made_anew(town: Cast) -> None:
    for number in range(5):
        a_submission(town, title=f"第{number}条消息")
    assert [operations.index(2) for _ in range(4)] == [2, 2, 1, 0]
    operations.start_anew()
    assert kept() == 0
    assert queries.find_visible("消息", town.actor("reporter")).keys == ()
    assert operations.index(10) == 5
    assert len(queries.find_visible("消息", town.actor("reporter")).keys) == 5


def test_a_very_long_text_is_found_by_its_beginning(town: Cast) -> None:
    a_submission(town, body_html=BODY + "<p>" + "很长的一段话。" * 9000 + "末尾的词语</p>")
    operations.index(10)
    reporter = surely(town.actor("reporter"))
    assert queries.find_visible("技术手册", reporter).keys
    assert not queries.find_visible("末尾的词语", reporter).keys
