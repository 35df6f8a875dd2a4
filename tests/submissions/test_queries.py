"""Questions about items: who sees what, what pages show."""

from datetime import timedelta

import pytest

from tests.builders import BODY, a_submission, a_text, days_ago, hand_in, sign, surely
from tests.cast import Cast
from tests.statements import statements
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.review import operations as review
from town_portal.submissions import operations, queries
from town_portal.submissions.models import Attribute
from town_portal.submissions.rules.lifecycle import SUBMITTED, State

S = State

# Who sees an item of 洛洞村 addressed to 农业农村办公室: always, once handed in, with a cross review, or never.
ALWAYS = {"reporter", "deputy_reporter", "auditor"}
HANDED_IN = {"head", "second_head", "leader", "principal", "coordinator", "publisher"}
CROSSED = {"other_head", "office_head_reporter"}
NEVER = {"other_reporter", "office_reporter", "other_leader", "administrator", "idler"}


@pytest.mark.parametrize("state", [state for state in State if state is not S.FIRST_REVIEW])
def test_who_sees_an_item(town: Cast, state: State) -> None:
    item = a_submission(town, state)
    expected = set(ALWAYS)
    if state in SUBMITTED:
        expected |= HANDED_IN
        if item.cross_unit_id:
            expected |= CROSSED
    seen = {key for key in ALWAYS | HANDED_IN | CROSSED | NEVER if queries.get(item.id, town.actor(key))}
    assert seen == expected
    for key in ("reporter", "head", "other_reporter", "administrator"):
        listed = db.session.scalars(queries.visible_to(town.actor(key))).all()
        assert bool(listed) == (key in expected)


def test_searching(town: Cast) -> None:
    first = a_submission(town, title="洛洞村修好了水渠")
    second = a_submission(town, S.SECOND_REVIEW, title="洛洞村 100% 完成接种")
    reporter = town.actor("reporter")

    def found(**wanted: object) -> list[int]:
        return [item.id for item in db.session.scalars(queries.search(reporter, **wanted))]  # type: ignore[arg-type]

    assert found() == [second.id, first.id]
    assert found(words="水渠 洛洞") == [first.id]
    assert found(words="100%") == [second.id]
    assert found(words="%_") == []
    assert found(states=[S.DRAFT]) == [first.id]
    assert found(unit_id=town.unit("C01").id) == []
    assert found(column_id=town.column("tzgg").id) == []
    assert found(drafter_id=town.person("deputy_reporter").id) == []


def test_what_walks(town: Cast) -> None:
    a_submission(town, event_on=days_ago(3))
    a_submission(town, S.RETURNED)
    walking = a_submission(town, S.THIRD_REVIEW)
    a_submission(town, S.PUBLISHED)
    reporter = town.actor("reporter")
    assert [item.id for item in queries.on_their_way(reporter)] == [walking.id]
    assert queries.on_their_way(town.actor("head")) == []


def test_the_last_note_of_each(town: Cast) -> None:
    one, two = a_submission(town, S.RETURNED), a_submission(town, S.RETURNED)
    hand_in(town, one)
    review.return_for_revision(surely(town.actor("head")), one, one.version, ["有错别字"], "第二次")
    notes = queries.last_notes([one.id, two.id])
    assert {number: note.opinion for number, note in notes.items()} == {one.id: "第二次", two.id: "数据请核对"}
    assert [note.opinion for note in queries.return_notes(one.id)] == ["第二次", "数据请核对"]
    assert queries.last_notes([]) == {}


def told(item: object, **kinds: str) -> list[tuple[str, str]]:
    """The chain as (title, kind)."""
    return [(step.title, step.kind) for step in queries.steps(item, queries.signatures(item.id))]  # type: ignore[attr-defined,arg-type]


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (S.DRAFT, "now todo todo todo"),
        (S.SECOND_REVIEW, "done now todo todo"),
        (S.THIRD_REVIEW, "done done now todo"),
        (S.RETURNED, "over todo todo todo"),
        (S.APPROVED, "done done done now"),
        (S.SCHEDULED, "done done done now"),
        (S.PUBLISHED, "done done done done"),
        (S.FILED, "done done done done"),
        (S.WITHDRAWN, "done done done over"),
    ],
)
def test_the_chain_of_an_item(town: Cast, state: State, kinds: str) -> None:
    assert [kind for _, kind in told(a_submission(town, state))] == kinds.split()


def test_the_chain_with_a_cross_review(town: Cast) -> None:
    item = a_submission(town, S.CROSS_REVIEW)
    assert told(item) == [
        ("拟稿送审", "done"),
        ("二审二校", "done"),
        ("交叉审核", "now"),
        ("三审三校", "todo"),
        ("党政办发布", "todo"),
    ]
    names = queries.steps(item, queries.signatures(item.id))[2].who
    assert set(names.split("、")) == {"钟应急", "两顶帽"}


def test_a_step_past_its_limit_is_over(town: Cast) -> None:
    item = a_submission(town, S.SECOND_REVIEW)
    with clock.stopped_at(clock.now() + timedelta(days=30)):
        assert told(item)[1] == ("二审二校", "over")


def test_a_changed_text_has_its_steps_to_come_again(town: Cast) -> None:
    item = a_submission(town, S.APPROVED)
    review.return_for_revision(surely(town.actor("publisher")), item, item.version, [], "请核对")
    operations.revise(town.actor("reporter"), item, a_text(town, source="别处"), item.version)
    hand_in(town, item)
    assert [kind for _, kind in told(item)] == ["done", "now", "todo", "todo"]


def test_what_two_versions_differ_in(town: Cast) -> None:
    item = a_submission(town)
    operations.revise(
        town.actor("reporter"),
        item,
        a_text(
            town,
            title="洛洞村开展秋收农技培训会",
            body_html=BODY.replace("68", "86"),
            attribute=Attribute.ON_REQUEST,
            attribute_reason="涉及第三方",
            source="村委会",
        ),
        item.version,
    )
    new, old = queries.revisions(item.id)
    difference = queries.difference(old, new)
    assert [(label, before, after) for label, before, after in difference.fields] == [
        ("公开属性", "主动公开", "依申请公开"),
        ("不主动公开的理由", "无", "涉及第三方"),
        ("来源", "洛洞村", "村委会"),
    ]
    assert difference.count == 5
    assert queries.difference(new, new).count == 0


def test_the_live_version_of_an_item_and_of_its_correction(town: Cast) -> None:
    item = a_submission(town, S.PUBLISHED)
    correction = operations.correct(town.actor("reporter"), item)
    assert queries.published_revision(correction).id == item.revision_id
    assert queries.published_revision(a_submission(town, S.APPROVED)) is None


def test_what_a_post_has_in_hand(town: Cast) -> None:
    unit, office = town.unit("C03").id, town.unit("B05").id
    assert queries.in_hand(unit, Role.REPORTER) == {}
    for state in (S.DRAFT, S.DRAFT, S.RETURNED, S.SECOND_REVIEW, S.PUBLISHED):
        a_submission(town, state)
    assert queries.in_hand(unit, Role.REPORTER) == {"草稿": 2, "已退回": 1}
    assert queries.in_hand(office, Role.HEAD) == {"待二审二校": 1}


def test_reading_an_item_costs_little(town: Cast) -> None:
    item_id = a_submission(town, S.THIRD_REVIEW).id
    actor = town.actor("leader")
    db.session.expunge_all()
    with statements() as sent:
        item = queries.get_to_show(item_id, actor)
        assert item and item.unit.name and item.column.name and item.counterpart.name and item.drafter.name
        assert item.revision and item.revision.attachments == []
    assert len(sent) <= 3


def test_signing_again_after_a_return_lets_both_stand(town: Cast) -> None:
    item = a_submission(town, S.RETURNED)
    hand_in(town, item)
    sign(town, item, "head")
    assert [s.act.value for s in queries.standing(item)] == ["proof", "review"] * 3
