"""Questions to the accounts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast, open_session
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.accounts import operations, queries
from town_portal.accounts.models import Credential
from town_portal.accounts.operations import SignInRefused
from town_portal.foundation import clock
from town_portal.network import operations as network
from town_portal.network import queries as people

NOON = datetime(2026, 4, 16, 4, 0, tzinfo=UTC)
HERE = "10.0.0.1"
GOOD = "Lizhi-hao-chi-7"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


def alive(token: str, **later: float) -> bool:
    with clock.stopped_at(NOON + timedelta(**later)):
        return queries.load_actor(token, HERE) is not None


def test_a_session_idles_thirty_minutes(town: Cast) -> None:
    token = open_session(town.phone("reporter"))
    assert alive(token, minutes=29)
    assert not alive(token, minutes=31)


def test_an_administrators_session_idles_fifteen_minutes(town: Cast) -> None:
    token = open_session(town.phone("administrator"))
    assert alive(token, minutes=14)
    assert not alive(token, minutes=16)


def test_a_sign_of_life_keeps_a_session_but_not_for_ever(town: Cast) -> None:
    token = open_session(town.phone("reporter"))
    for quarter in range(1, 4 * 12 + 2):
        with clock.stopped_at(NOON + timedelta(minutes=15 * quarter)):
            actor = queries.load_actor(token, HERE)
            if actor is not None:
                queries.touch(actor)
        assert (actor is not None) is (quarter <= 4 * 12)


def test_posts_are_those_of_today(town: Cast) -> None:
    token = open_session(town.phone("reporter"))
    post = people.posts_of_person(town.person("reporter").id)[0]
    network.relieve(SYSTEM, post, clock.today() - timedelta(days=1), "调走")
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    assert actor.posts == ()


def test_a_cover_names_whom_it_stands_in_for(town: Cast) -> None:
    post = people.posts_of_person(town.person("reporter").id)[0]
    network.cover(SYSTEM, post, town.person("idler"), clock.today(), clock.today(), "病假")
    actor = queries.load_actor(open_session(town.phone("idler")), HERE)
    assert actor is not None
    (held,) = actor.posts
    assert (held.role, held.acting_for, held.acting_for_id) == (Role.REPORTER, "李月娥", town.person("reporter").id)
    assert actor.posts == queries.posts_of(town.person("idler").id, clock.today())


def test_an_unknown_token_is_nobody(town: Cast) -> None:
    assert queries.load_actor("x", HERE) is None
    assert queries.person_behind("x") is None
    assert queries.person_behind(None) is None


def test_whose_session_it_was_is_known_after_its_end(town: Cast) -> None:
    token = open_session(town.phone("reporter"))
    operations.end_all_sessions(town.actor("administrator"), town.person("reporter"))
    assert queries.person_behind(token) == town.person("reporter").id


def test_sessions_as_their_owner_sees_them(town: Cast) -> None:
    person = town.person("reporter")
    operations.use_link(operations.issue_link(town.actor("administrator"), person), GOOD)
    operations.sign_in(person.phone, GOOD, "10.0.0.2", "Mozilla/5.0 (Linux; Android 12) Chrome/86")
    actor = queries.load_actor(operations.sign_in(person.phone, GOOD, HERE, "Windows NT 10.0 Chrome/86"), HERE)
    assert actor is not None
    here, there = queries.open_sessions(person.id, actor.session_id)
    assert (here.is_this, here.device, here.address) == (True, "Windows 电脑 · Chrome", HERE)
    assert (there.is_this, there.device, there.address) == (False, "安卓手机 · Chrome", "10.0.0.2")
    with clock.stopped_at(NOON + timedelta(minutes=31)):
        assert queries.open_sessions(person.id, actor.session_id) == []


def test_accounts_as_the_administrator_sees_them(town: Cast) -> None:
    administrator = town.actor("administrator")

    def state(key: str) -> tuple[str, str]:
        return next((line.state, line.words) for line in queries.account_lines() if line.person == town.person(key))

    assert state("head") == ("none", "还没发口令")
    secret = operations.issue_link(administrator, town.person("head"))
    assert state("head") == ("link", "口令已发，等本人设密码")
    with clock.stopped_at(NOON + timedelta(hours=25)):
        assert state("head") == ("none", "口令过期了，请重发")
    operations.use_link(secret, GOOD)
    assert state("head") == ("set", "可以登录")
    for _ in range(5):
        with pytest.raises(SignInRefused):
            operations.sign_in(town.phone("head"), "wrong", HERE, None)
    assert state("head") == ("locked", "试错太多，已锁")
    with clock.stopped_at(NOON + timedelta(minutes=16)):
        assert state("head") == ("set", "可以登录")
    network.disable_person(administrator, town.person("head"), "离职")
    assert state("head") == ("disabled", "已停用")


def test_the_story_of_an_account(town: Cast) -> None:
    person = town.person("head")
    assert queries.story_of(person.id) == []
    operations.use_link(operations.issue_link(town.actor("administrator"), person), GOOD)
    operations.sign_in(person.phone, GOOD, HERE, None)
    assert [event.action for event in queries.story_of(person.id)] == ["sign_in", "use_link", "issue_link"]


def test_who_must_choose_another_password(town: Cast) -> None:
    fresh = Credential(must_change=False, changed_at=NOON)
    assert not queries.needs_new_password(fresh)
    assert queries.needs_new_password(Credential(must_change=True, changed_at=NOON))
    with clock.stopped_at(NOON + timedelta(days=91)):
        assert queries.needs_new_password(fresh)


def test_words_an_attacker_would_try(town: Cast) -> None:
    words = queries.context_words(town.person("reporter"))
    assert {"13800000001", "000001", "李月娥", "洛洞村", "洛洞", "luodong", "应急管理办公室"} <= set(words)


def test_figures_for_the_door(town: Cast) -> None:
    assert queries.figures() == [("村（社区）", "2"), ("办公室", "3"), ("黄金发布期", "3 天")]
