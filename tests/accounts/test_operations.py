"""Signing in and out, passwords, one-time links: effect, refusal, the one event, nothing on failure."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast, open_session
from town_portal.access.actor import FRESH, SYSTEM, Actor
from town_portal.access.roles import Role
from town_portal.accounts import operations, queries
from town_portal.accounts.models import Credential, SignInFailure, SignInSession
from town_portal.accounts.operations import PasswordRefused, SignInRefused
from town_portal.accounts.rules import lockout
from town_portal.accounts.rules.session import hash_of
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import WORK, db
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.network import operations as network
from town_portal.network.models import Person, Unit
from town_portal.settings import queries as settings

HERE, THERE = "10.0.0.1", "10.0.0.2"
GOOD, BETTER = "Lizhi-hao-chi-7", "Mangguo-geng-tian-8"
NOON = datetime(2026, 4, 16, 4, 0, tzinfo=UTC)


@contextmanager
def later(**span: float) -> Iterator[None]:
    with clock.stopped_at(clock.now() + timedelta(**span)):
        yield


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def reporter(town: Cast) -> Person:
    """Somebody who has chosen a password."""
    person = town.person("reporter")
    operations.use_link(operations.issue_link(town.actor("administrator"), person), GOOD)
    return person


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that reached the hash, in order; each found no write transaction open."""
    reached: list[str] = []
    original = operations._fits

    def counted(stored: str, typed: str) -> bool:
        assert WORK not in db.session.info
        assert not db.session.new
        reached.append(typed)
        return original(stored, typed)

    monkeypatch.setattr(operations, "_fits", counted)
    return reached


def sign_in(person: Person, typed: str = GOOD, address: str = HERE) -> str:
    return operations.sign_in(person.phone, typed, address, "Chrome Windows")


def actor_of(person: Person) -> Actor:
    actor = queries.load_actor(sign_in(person), HERE)
    assert actor is not None
    return actor


def newest() -> AuditEvent:
    event = db.session.scalar(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1))
    assert event is not None
    return event


def detail() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(newest().detail)
    return found


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def fail(person: Person, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(person, "wrong", address)


# -- signing in -------------------------------------------------------------------------------


def test_signs_in(reporter: Person) -> None:
    token = sign_in(reporter)
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    assert (actor.id, actor.roles, actor.reauthenticated_at) == (reporter.id, {Role.REPORTER}, None)
    event = newest()
    assert (event.action, event.actor_id, event.subject_kind, event.address) == (
        "sign_in", reporter.id, "Credential", HERE,
    )  # fmt: skip
    assert event.session == hash_of(token)[:16]
    assert token not in event.detail
    row = queries.sessions_of(reporter.id)[0]
    assert token not in (row.token_hash, row.former_hash)


def test_signs_in_however_the_number_is_typed(reporter: Person) -> None:
    assert operations.sign_in("１38-0000 0001", GOOD, HERE, None)


def test_every_failure_says_the_same(town: Cast, reporter: Person) -> None:
    disabled = town.person("head")
    operations.use_link(operations.issue_link(town.actor("administrator"), disabled), GOOD)
    network.disable_person(SYSTEM, disabled, "离职")
    words = set()
    for login, typed in (
        (reporter.phone, "wrong"),
        ("13999999999", GOOD),
        (disabled.phone, GOOD),
        (town.phone("leader"), GOOD),
        ("", ""),
    ):
        with pytest.raises(SignInRefused) as refusal:
            operations.sign_in(login, typed, HERE, None)
        words.add(refusal.value.reason)
    assert words == {"手机号或密码不对，还可以再试 4 次"}


def test_every_failure_takes_the_same_steps(town: Cast, reporter: Person, hashes: list[str]) -> None:
    """Known, unknown, without a password: one hash of the same cost, two write transactions, one event."""
    steps = []
    for login in (reporter.phone, "13999999999", town.phone("leader")):
        before = count(AuditEvent), count(SignInFailure), len(hashes)
        with pytest.raises(SignInRefused):
            operations.sign_in(login, "wrong", HERE, None)
        after = count(AuditEvent), count(SignInFailure), len(hashes)
        steps.append([new - old for new, old in zip(after, before, strict=True)])
    assert steps == [[1, 1, 1]] * 3


def test_nobody_costs_as_much_as_somebody(reporter: Person) -> None:
    credential = queries.credential_of(reporter.id)
    assert credential is not None
    assert credential.password_hash is not None
    assert credential.password_hash.split("$")[:4] == operations.NOBODY.split("$")[:4]
    assert credential.password_hash.split("$")[3] == "m=32768,t=3,p=1"
    assert not operations.HASHER.check_needs_rehash(operations.NOBODY)


def test_a_failure_is_an_event_of_a_stranger(reporter: Person) -> None:
    fail(reporter, 1)
    event = newest()
    assert (event.action, event.actor_id, event.actor_name, event.address) == (
        "sign_in_failed", None, "未登录者", HERE,
    )  # fmt: skip
    assert event.subject_name == "李月娥的账户"
    assert detail() == {"tries_left": 4}


def test_what_a_stranger_typed_is_nowhere_in_the_trail(reporter: Person) -> None:
    with pytest.raises(SignInRefused):
        operations.sign_in("13999999999", "wrong-secret", HERE, None)
    event = newest()
    assert event.subject_kind == "SignInFailure"
    whole = " ".join(str(getattr(event, name)) for name in event.__table__.columns.keys())  # noqa: SIM118 - columns are no dictionary
    assert "13999999999" not in whole
    assert "wrong-secret" not in whole


def test_tries_are_counted_down_and_a_success_forgives_them(reporter: Person) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(SignInRefused, match=f"还可以再试 {left} 次"):
            sign_in(reporter, "wrong")
    assert sign_in(reporter)
    with pytest.raises(SignInRefused, match="还可以再试 4 次"):
        sign_in(reporter, "wrong")


def test_five_failures_lock_this_desk_only(reporter: Person, hashes: list[str]) -> None:
    fail(reporter, 4)
    with pytest.raises(SignInRefused, match="请 15 分钟后再试，或找管理员解锁"):
        sign_in(reporter, "wrong")
    reached, events = len(hashes), count(AuditEvent)
    with pytest.raises(SignInRefused, match="15 分钟"):
        sign_in(reporter, GOOD)
    assert (len(hashes), count(AuditEvent)) == (reached, events)
    assert sign_in(reporter, GOOD, THERE)
    with later(minutes=15):
        assert sign_in(reporter, GOOD)


def test_the_running_session_of_the_victim_lives_on(reporter: Person) -> None:
    token = sign_in(reporter)
    fail(reporter, 5, THERE)
    assert queries.load_actor(token, HERE) is not None


def test_an_account_is_slowed_after_twenty_failures_but_not_at_its_owners_desk(reporter: Person) -> None:
    sign_in(reporter, address="10.0.1.1")
    for number in range(5):
        fail(reporter, 4, f"10.0.2.{number}")
    with pytest.raises(SignInRefused, match="请 1 分钟后"):
        sign_in(reporter, GOOD, "10.0.3.1")
    assert sign_in(reporter, GOOD, "10.0.1.1")
    with later(minutes=1, seconds=1):
        assert sign_in(reporter, GOOD, "10.0.3.1")


def test_thirty_failures_close_an_address(reporter: Person, hashes: list[str]) -> None:
    for number in range(30):
        with pytest.raises(SignInRefused):
            operations.sign_in(f"139000000{number:02d}", "wrong", HERE, None)
    reached = len(hashes)
    with pytest.raises(SignInRefused, match="5 分钟"):
        sign_in(reporter, GOOD)
    assert len(hashes) == reached
    assert sign_in(reporter, GOOD, THERE)
    with later(minutes=5):
        assert sign_in(reporter, GOOD)


def test_a_password_that_grew_too_old_must_be_changed(reporter: Person) -> None:
    with later(days=90):
        actor = actor_of(reporter)
        assert not actor.must_change_password
    with later(days=91):
        assert actor_of(reporter).must_change_password


def test_the_asvs_policy_knows_no_age(reporter: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    value = settings.value
    monkeypatch.setattr(
        settings, "value", lambda key, at=None: {"policy": "asvs"} if key == "password_policy" else value(key, at)
    )
    with later(days=400):
        assert not actor_of(reporter).must_change_password


# -- leaving ----------------------------------------------------------------------------------


def test_signs_out(reporter: Person) -> None:
    token = sign_in(reporter)
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    operations.sign_out(actor)
    assert queries.load_actor(token, HERE) is None
    assert newest().action == "sign_out"


def test_ends_one_session_or_all_others(town: Cast, reporter: Person) -> None:
    here, there, third = sign_in(reporter), sign_in(reporter, address=THERE), sign_in(reporter, address="10.0.0.3")
    actor = queries.load_actor(here, HERE)
    assert actor is not None
    other = next(row for row in queries.sessions_of(reporter.id) if row.address == THERE)
    operations.end_session(actor, other)
    assert queries.load_actor(there, THERE) is None
    assert newest().action == "end_session"
    assert operations.end_all_sessions(actor, reporter, spare=actor.session_id) == 1
    assert queries.load_actor(third, THERE) is None
    assert queries.load_actor(here, HERE) is not None
    assert detail() == {"count": 1}


def test_only_the_owner_and_the_administrator_end_sessions(town: Cast, reporter: Person) -> None:
    token = sign_in(reporter)
    row = queries.sessions_of(reporter.id)[0]
    for key in ("head", "auditor", "coordinator"):
        with pytest.raises(Forbidden):
            operations.end_session(town.actor(key), row)
        with pytest.raises(Forbidden):
            operations.end_all_sessions(town.actor(key), reporter)
    assert queries.load_actor(token, HERE) is not None
    operations.end_all_sessions(town.actor("administrator"), reporter)
    assert queries.load_actor(token, HERE) is None


def test_a_disabled_person_is_cut_off(town: Cast, reporter: Person) -> None:
    token = sign_in(reporter)
    network.disable_person(town.actor("administrator"), reporter, "离职")
    assert queries.load_actor(token, HERE) is None


# -- confirming identity ----------------------------------------------------------------------


def test_confirms_identity_and_rotates_the_token(reporter: Person) -> None:
    token = sign_in(reporter)
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    assert not queries.is_confirmed(actor)
    confirmed = operations.confirm_identity(actor, GOOD, "another token")
    assert confirmed.authentication == FRESH
    assert queries.is_confirmed(confirmed)
    again = queries.load_actor("another token", HERE)
    assert again is not None
    assert queries.is_confirmed(again)
    assert again.session_hash == confirmed.session_hash
    with later(minutes=11):
        assert not queries.is_confirmed(again)


def test_the_old_token_dies_and_is_never_confirmed(reporter: Person) -> None:
    token = sign_in(reporter)
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    operations.confirm_identity(actor, GOOD, "another token")
    on_its_way = queries.load_actor(token, HERE)
    assert on_its_way is not None
    assert not queries.is_confirmed(on_its_way)
    with later(seconds=11):
        assert queries.load_actor(token, HERE) is None
        assert queries.load_actor("another token", HERE) is not None


def test_a_form_sent_twice_at_once_shuts_nobody_out(reporter: Person) -> None:
    token = sign_in(reporter)
    for new in ("first", "second"):
        actor = queries.load_actor(token, HERE)
        assert actor is not None
        operations.confirm_identity(actor, GOOD, new, token)
    assert queries.load_actor("second", HERE) is not None
    assert queries.load_actor(token, HERE) is not None


def test_may_confirm_without_rotating(reporter: Person) -> None:
    token = sign_in(reporter)
    actor = queries.load_actor(token, HERE)
    assert actor is not None
    operations.confirm_identity(actor, GOOD)
    with later(minutes=5):
        again = queries.load_actor(token, HERE)
        assert again is not None
        assert queries.is_confirmed(again)


def test_failed_confirmations_count_for_the_lockout(reporter: Person, hashes: list[str]) -> None:
    actor = replace(actor_of(reporter), form_key="a key")
    for left in (4, 3, 2, 1):
        with pytest.raises(SignInRefused, match=f"密码不对，还可以再试 {left} 次"):
            operations.confirm_identity(actor, "wrong")
    event = newest()
    assert (event.action, event.actor_id) == ("confirm_failed", reporter.id)
    with pytest.raises(SignInRefused, match="15 分钟"):
        operations.confirm_identity(actor, "wrong")
    reached = len(hashes)
    with pytest.raises(SignInRefused, match="15 分钟"):
        operations.confirm_identity(actor, GOOD)
    assert len(hashes) == reached
    assert sign_in(reporter, GOOD), "whoever holds a copied cookie does not lock its owner out of his desk"


def test_a_neighbours_slips_stop_no_signature(reporter: Person) -> None:
    actor = actor_of(reporter)
    for number in range(lockout.ADDRESS_TRIES):
        with pytest.raises(SignInRefused):
            operations.sign_in(f"139{number:08}", "wrong", actor.address or "", "a browser")
    for _ in range(lockout.PAIR_TRIES):
        with pytest.raises(SignInRefused):
            operations.sign_in(reporter.phone, "wrong", actor.address or "", "a browser")
    assert operations.confirm_identity(actor, GOOD).authentication == "password+reauth"


def test_an_ended_session_confirms_nothing(reporter: Person) -> None:
    actor = actor_of(reporter)
    operations.sign_out(actor)
    with pytest.raises(SignInRefused, match="登录已经结束"):
        operations.confirm_identity(actor, GOOD)


# -- passwords --------------------------------------------------------------------------------


def test_changes_a_password_and_ends_the_other_sessions(reporter: Person) -> None:
    elsewhere, old = sign_in(reporter, address=THERE), sign_in(reporter)
    actor = queries.load_actor(old, HERE)
    assert actor is not None
    new = operations.change_password(actor, GOOD, BETTER)
    assert newest().action == "change_password"
    assert queries.load_actor(old, HERE) is None
    assert queries.load_actor(elsewhere, THERE) is None
    assert queries.load_actor(new, HERE) is not None
    assert sign_in(reporter, BETTER)
    with pytest.raises(SignInRefused):
        sign_in(reporter, GOOD)
    assert trail.verify().sound


def test_refuses_a_wrong_current_password(reporter: Person) -> None:
    actor = actor_of(reporter)
    with pytest.raises(SignInRefused, match="密码不对，还可以再试 4 次"):
        operations.change_password(actor, "wrong", BETTER)
    assert sign_in(reporter, GOOD)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short", "至少要 10 位"),
        ("Tangtang-9988-x", "地名"),
        ("Luodong!Abc-77", "地名"),
        ("x-13800000001-X", "手机号"),
        ("Password-2026", "太常见"),
        (GOOD, "最近 5 次"),
    ],
)
def test_refuses_a_bad_new_password(reporter: Person, new: str, words: str) -> None:
    actor = actor_of(reporter)
    events = count(AuditEvent)
    with pytest.raises(PasswordRefused, match=words):
        operations.change_password(actor, GOOD, new)
    assert count(AuditEvent) == events
    assert sign_in(reporter, GOOD)


def test_the_last_five_passwords_are_barred(reporter: Person) -> None:
    chosen = [GOOD, *(f"Mangguo-tian-{letter}-{number}" for number, letter in enumerate("bcdefg"))]
    current = GOOD
    for new in chosen[1:]:
        operations.change_password(actor_of_with(reporter, current), current, new)
        current = new
    for barred in chosen[-5:]:
        with pytest.raises(PasswordRefused, match="最近 5 次"):
            operations.change_password(actor_of_with(reporter, current), current, barred)
    operations.change_password(actor_of_with(reporter, current), current, chosen[1])


def actor_of_with(person: Person, typed: str) -> Actor:
    actor = queries.load_actor(sign_in(person, typed), HERE)
    assert actor is not None
    return actor


def test_no_hash_is_computed_inside_a_write_transaction(reporter: Person, hashes: list[str]) -> None:
    actor = actor_of(reporter)
    operations.confirm_identity(actor, GOOD)
    operations.change_password(actor, GOOD, BETTER)
    assert hashes == [GOOD, GOOD, GOOD, BETTER]


# -- one-time links ---------------------------------------------------------------------------


def test_a_link_lets_its_owner_choose_a_password_once(town: Cast) -> None:
    person = town.person("head")
    secret = operations.issue_link(town.actor("administrator"), person)
    assert (newest().action, newest().subject_name) == ("issue_link", "陈志明的账户")
    credential = queries.credential_of(person.id)
    assert credential is not None
    assert credential.password_hash is None
    assert secret not in (credential.link_hash, newest().detail)
    assert queries.credential_of_link(secret.lower()) is credential
    operations.use_link(secret.lower().replace("-", " "), GOOD, HERE)
    event = newest()
    assert (event.action, event.actor_id, event.authentication) == ("use_link", person.id, "link")
    assert sign_in(person)
    assert trail.verify().sound
    with pytest.raises(Refused, match="过期了，或者已经用过"):
        operations.use_link(secret, BETTER)


def test_a_link_dies_after_a_day_and_with_the_next_one(town: Cast) -> None:
    administrator, person = town.actor("administrator"), town.person("head")
    first = operations.issue_link(administrator, person)
    with later(hours=24):
        assert queries.credential_of_link(first) is None
        with pytest.raises(Refused, match="过期了"):
            operations.use_link(first, GOOD)
    second = operations.issue_link(administrator, person)
    assert queries.credential_of_link(first) is None
    assert queries.credential_of_link(second) is not None


def test_a_link_of_a_disabled_person_opens_nothing(town: Cast) -> None:
    administrator, person = town.actor("administrator"), town.person("head")
    secret = operations.issue_link(administrator, person)
    network.disable_person(administrator, person, "离职")
    assert queries.credential_of_link(secret) is None
    with pytest.raises(Refused, match="请先恢复"):
        operations.issue_link(administrator, person)


def test_a_bad_password_leaves_the_link_good(town: Cast) -> None:
    secret = operations.issue_link(town.actor("administrator"), town.person("head"))
    with pytest.raises(PasswordRefused):
        operations.use_link(secret, "short")
    operations.use_link(secret, GOOD)


def test_a_reset_keeps_the_old_password_until_it_is_used_and_then_ends_everything(town: Cast, reporter: Person) -> None:
    token = sign_in(reporter)
    secret = operations.issue_link(town.actor("administrator"), reporter)
    assert sign_in(reporter)
    fail(reporter, 5)
    operations.use_link(secret, BETTER)
    assert queries.load_actor(token, HERE) is None
    assert sign_in(reporter, BETTER)
    with pytest.raises(SignInRefused):
        sign_in(reporter, GOOD)


def test_only_the_administrator_issues_links_and_unlocks(town: Cast, reporter: Person) -> None:
    fail(reporter, 5)
    for key in ("reporter", "head", "leader", "coordinator", "publisher", "auditor", "idler"):
        with pytest.raises(Forbidden):
            operations.issue_link(town.actor(key), reporter)
        with pytest.raises(Forbidden):
            operations.unlock(town.actor(key), reporter)


def test_unlocks(town: Cast, reporter: Person) -> None:
    fail(reporter, 5)
    operations.unlock(town.actor("administrator"), reporter)
    assert (newest().action, detail()) == ("unlock", {"count": 5})
    assert sign_in(reporter)
    with pytest.raises(Refused, match="没有锁"):
        operations.unlock(town.actor("administrator"), reporter)


# -- the first administrator ------------------------------------------------------------------


def test_there_is_no_account_in_an_empty_house(database: object) -> None:
    assert count(Credential) == 0
    with pytest.raises(Refused, match="还没有单位名录"):
        operations.first_administrator("管志远", "13900000001")


def test_the_first_administrator_comes_by_a_link(database: object) -> None:
    network.found_units(SYSTEM)
    secret = operations.first_administrator("管志远", "139 0000 0001")
    assert (newest().action, newest().actor_name) == ("first_administrator", "系统")
    operations.use_link(secret, GOOD)
    actor = queries.load_actor(operations.sign_in("13900000001", GOOD, HERE, None), HERE)
    assert actor is not None
    assert actor.roles == {Role.ADMINISTRATOR}
    with pytest.raises(Refused, match="已经有系统管理员"):
        operations.first_administrator("别的人", "13900000002")
    assert trail.verify().sound


def test_the_first_administrator_may_be_known_already(database: object) -> None:
    network.found_units(SYSTEM)
    known = network.add_person(SYSTEM, name="管志远", phone_number="13900000001")
    with pytest.raises(Refused, match="已经是管志远的"):
        operations.first_administrator("别的人", "13900000001")
    operations.first_administrator("管志远", "13900000001")
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    assert queries.posts_of(known.id, clock.today())[0].role is Role.ADMINISTRATOR


def test_a_reporter_does_not_become_the_first_administrator(database: object) -> None:
    network.found_units(SYSTEM)
    person = network.add_person(SYSTEM, name="管志远", phone_number="13900000001")
    unit = db.session.scalar(select(Unit).where(Unit.code == "C03"))
    assert unit is not None
    network.appoint(SYSTEM, person, unit, Role.REPORTER, clock.today())
    with pytest.raises(Refused, match="三员分立"):
        operations.first_administrator("管志远", "13900000001")


# -- sweeping ---------------------------------------------------------------------------------


def test_sweeps_old_rows(town: Cast, reporter: Person) -> None:
    fail(reporter, 2)
    open_session(reporter.phone)
    with later(days=31):
        assert operations.sweep() == 2
        assert count(SignInSession) == 1
    with later(days=401):
        assert operations.sweep() == 1
    assert (count(SignInFailure), count(SignInSession)) == (0, 0)
