"""One item's way, act by act."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from tests.demo.rules.test_corpus import item
from tests.demo.rules.test_pace import pace
from town_portal.access.roles import Role
from town_portal.demo.rules.act import Verb
from town_portal.demo.rules.walk import ACROSS, Walk, across, way
from town_portal.submissions.rules.lifecycle import State

AT = datetime(2026, 4, 14, 1, 0, tzinfo=UTC)


def walk(seed: int = 1, **changes: object) -> Walk:
    return Walk(item(**changes), AT, Random(seed), pace())


def verbs(of: Walk) -> list[Verb]:
    return [act.verb for act in of.acts]


def test_the_way_goes_by_the_office() -> None:
    assert way(item(), cross=False) == [
        (State.SECOND_REVIEW, Role.HEAD, "B05"),
        (State.THIRD_REVIEW, Role.LEADER, "B05"),
    ]
    assert way(item(), cross=True)[1] == (State.CROSS_REVIEW, Role.HEAD, "B04")


def test_a_cross_review_is_another_offices() -> None:
    for office, other in ACROSS.items():
        assert office != other
        for unit in (office, other, "B02", "C03"):
            assert across(item(unit=unit, office=office)) not in (office, unit)


def test_pictures_are_uploaded_before_the_draft() -> None:
    one = walk()
    one.draft(one.item, unfinished=True)
    assert verbs(one) == [Verb.UPLOAD, Verb.DRAFT, Verb.REVISE]
    assert one.acts[1].text == one.item.unfinished
    assert one.acts[2].text == one.item


def test_the_clock_never_stands_still() -> None:
    one = walk()
    one.draft(one.item)
    one.submit()
    for step in way(one.item, cross=True):
        one.sign(step, one.at + timedelta(hours=2))
    one.publish(one.at)
    times = [act.at for act in one.acts]
    assert all(later > earlier for earlier, later in pairwise(times))


def test_a_stage_is_proofed_then_signed_by_one_hand() -> None:
    for seed in range(20):
        one = walk(seed)
        one.draft(one.item)
        one.sign(way(one.item, cross=False)[0], AT + timedelta(hours=2))
        proof, sign = one.acts[-2:]
        assert (proof.verb, sign.verb) == (Verb.PROOF, Verb.SIGN)
        assert proof.second is sign.second
        claims = [act for act in one.acts if act.verb is Verb.CLAIM]
        assert not claims or claims[-1].second is sign.second


def test_a_return_says_why_and_where() -> None:
    one = walk()
    one.send_back(way(one.item, cross=False)[0], AT)
    (back,) = one.acts
    assert (back.words, back.quote) == ("户数不符", "68户没有通知到")
    assert back.reasons


def test_only_a_faulty_text_is_returned() -> None:
    one = walk(fault=None)
    with pytest.raises(ValueError, match="nothing is wrong"):
        one.send_back(way(one.item, cross=False)[0], AT)


def test_a_scheduled_item_is_published_at_its_time() -> None:
    one = walk()
    nine = AT + timedelta(days=1)
    one.schedule(AT, nine)
    assert verbs(one) == [Verb.SCHEDULE, Verb.PUBLISH_SCHEDULED]
    assert one.published is not None
    assert nine < one.published < nine + timedelta(seconds=10)


def test_copies_corrections_and_the_ends() -> None:
    one = walk()
    one.copy("other", one.item)
    one.submit("x")
    one.recall("y")
    one.revise(one.item)
    one.discard("z")
    assert verbs(one)[0] is Verb.COPY
    assert verbs(one)[-4:] == [Verb.SUBMIT, Verb.RECALL, Verb.REVISE, Verb.DISCARD]
    two = walk()
    two.correct("other", two.item)
    two.withdraw(AT + timedelta(days=1), "w")
    assert verbs(two) == [Verb.CORRECT, Verb.REVISE, Verb.WITHDRAW]
    assert two.acts[0].of == "other"


def test_a_claim_is_the_second_heads() -> None:
    one = walk()
    one.claim(way(one.item, cross=False)[0], AT)
    assert one.acts[0].second
