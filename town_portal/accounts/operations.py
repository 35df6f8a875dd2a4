"""Acts on accounts: signing in and out, passwords, one-time links, unlocking.

Passwords are hashed with argon2id, always outside a write transaction: a slow hash must not hold
up those who write.
"""

from dataclasses import replace
from datetime import timedelta
from threading import Lock
from typing import Any, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import CursorResult, delete, select

from town_portal.access.actor import FRESH, STRANGER, SYSTEM, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.access.roles import Role
from town_portal.accounts import queries
from town_portal.accounts.models import Credential, SignInFailure, SignInSession
from town_portal.accounts.rules import link as link_rules
from town_portal.accounts.rules import lockout
from town_portal.accounts.rules import password as password_rules
from town_portal.accounts.rules import session as session_rules
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.network.models import Person, Post
from town_portal.network.rules import appointment, naming, phone
from town_portal.network.rules.appointment import Tenure

SIGN_IN = Action("sign_in", "登录")
SIGN_IN_FAILED = Action("sign_in_failed", "登录没有成功")
CONFIRM_FAILED = Action("confirm_failed", "核验密码没有成功")
SIGN_OUT = Action("sign_out", "退出")
END_SESSION = Action("end_session", "结束一处登录")
END_ALL_SESSIONS = Action("end_all_sessions", "结束全部登录")
CHANGE_PASSWORD = Action("change_password", "更换密码")
ISSUE_LINK = Action("issue_link", "发一次性口令")
USE_LINK = Action("use_link", "用一次性口令设密码")
UNLOCK = Action("unlock", "解锁账户")
FIRST_ADMINISTRATOR = Action("first_administrator", "设立首位系统管理员")

HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
NOBODY = "$argon2id$v=19$m=32768,t=3,p=1$IZV6zSCPvlYmVEg03LyK6A$i809+CeK6+5c1F+X1942gOK+LCbl7FAFHW0swY0T/R4"
"""The hash of something nobody knows: an unknown name costs as much time as a known one."""

_TURNS = tuple(Lock() for _ in range(64))
"""Names share turns; who waits holds no transaction that others need."""

KEEP_FAILURES = timedelta(days=30)
KEEP_SESSIONS = timedelta(days=400)
"""Access records are kept for a year at least (互联网政务应用安全管理规定 第二十条)."""


class SignInRefused(Refused):
    """The password is wrong, or no password is looked at now. The words never say which names exist."""


class PasswordRefused(Refused):
    """A new password does not meet the policy; ``faults`` says in which ways."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


# -- signing in and out -----------------------------------------------------------------------


def sign_in(login: str, password: str, address: str, agent: str | None) -> str:
    """The token of a new session for a phone number and its password.

    Raises SignInRefused with one wording for unknown, wrong and disabled; a try over a limit never
    reaches the hash. The event of a failure names the account, never what was typed.
    """
    person = network.person_by_phone(phone.normal(login))
    stranger = replace(STRANGER, address=address)
    person = _prove(login, person, password, stranger, SIGN_IN_FAILED)
    token, now = session_rules.new_token(), clock.now()
    digest = session_rules.hash_of(token)
    with unit_of_work(_as(person, address, digest)) as work:
        credential = _credential(person)
        if not person.active:
            raise SignInRefused("手机号或密码不对")
        credential.must_change = queries.needs_new_password(credential)
        db.session.add(
            SignInSession(
                token_hash=digest,
                person_id=person.id,
                created_at=now,
                last_seen_at=now,
                address=address,
                agent=(agent or "")[:300],
            )
        )
        work.record(SIGN_IN, credential)
    return token


def confirm_identity(actor: Actor, password: str, new_token: str | None = None, presented: str | None = None) -> Actor:
    """The actor with his identity confirmed again, for signing. Raises SignInRefused when it is not he.

    With ``new_token`` the session goes on under that token and the old one dies (after a grace for
    requests under way, which it does not confirm); the caller must hand it to the browser. ``presented``
    is the token this request came with: one form sent several times at once comes with one token every
    time, and none of these requests may shut the door on the others.
    Failures count for the lock-out.
    """
    person = _person(actor)
    _prove(person.phone, person, password, actor, CONFIRM_FAILED, at=f"session {actor.session_id}")
    now = clock.now()
    with bookkeeping() as session:
        row = session.get(SignInSession, actor.session_id)
        if row is None or row.ended_at is not None:
            raise SignInRefused("登录已经结束，请重新登录")
        row.reauthenticated_at = now
        if new_token:
            if presented is None or session_rules.hash_of(presented) != row.former_hash:
                row.former_hash, row.rotated_at = row.token_hash, now
            row.token_hash = session_rules.hash_of(new_token)
        digest = row.token_hash
    return replace(actor, reauthenticated_at=now, session_hash=digest, authentication=FRESH)


def sign_out(actor: Actor) -> None:
    """End the session at hand."""
    with unit_of_work(actor) as work:
        _end(db.session.get(SignInSession, actor.session_id), "sign_out")
        work.record(SIGN_OUT, _account(_person(actor)))


def end_session(actor: Actor, session: SignInSession) -> None:
    """End one browser's session: one's own, or anybody's for the administrator of accounts."""
    with unit_of_work(actor) as work:
        account = _account(_owner(session))
        if session.person_id != actor.id:
            check(actor, P.ACCOUNT_MANAGE, account)
        _end(session, "ended by owner" if session.person_id == actor.id else "ended by administrator")
        work.record(END_SESSION, account, address=session.address)


def end_all_sessions(actor: Actor, person: Person, spare: int | None = None) -> int:
    """End every session of a person but ``spare``; how many ended."""
    with unit_of_work(actor) as work:
        account = _account(person)
        if person.id != actor.id:
            check(actor, P.ACCOUNT_MANAGE, account)
        ended = _end_all(person.id, spare, "ended by owner" if person.id == actor.id else "ended by administrator")
        work.record(END_ALL_SESSIONS, account, count=ended)
    return ended


# -- passwords and links ----------------------------------------------------------------------


def change_password(actor: Actor, current: str, new: str) -> str:
    """Change one's password: the present session goes on under the token returned, all others end.

    Raises SignInRefused when ``current`` is wrong, PasswordRefused when ``new`` does not meet the policy.
    """
    person = _person(actor)
    _check_policy(person, new)
    _prove(person.phone, person, current, actor, CONFIRM_FAILED)
    digest = _new_hash(person, new)
    token = session_rules.new_token()
    with unit_of_work(actor) as work:
        credential = _credential(person)
        _set(credential, digest)
        _end_all(person.id, actor.session_id, "password changed")
        row = db.session.get(SignInSession, actor.session_id)
        if row is not None:
            row.token_hash, row.former_hash = session_rules.hash_of(token), None
        work.record(CHANGE_PASSWORD, credential)
    return token


def issue_link(actor: Actor, person: Person) -> str:
    """The secret of a one-time link, valid for 24 hours, by which a person sets his own password.

    It is shown once and kept nowhere; the administrator neither sees nor sets a password (ASVS 6.4.6).
    An earlier link of the same person dies; his present password and sessions go on until he uses it.
    """
    secret = link_rules.new_secret()
    with unit_of_work(actor) as work:
        credential = queries.credential_of(person.id) or Credential(person=person)
        post = check(actor, P.ACCOUNT_MANAGE, credential)
        if not person.active:
            raise Refused(f"{person.name}已经停用，请先恢复再发口令")
        _give_link(credential, secret)
        work.record(ISSUE_LINK, credential, post=post, valid_until=credential.link_expires_at)
    return secret


def use_link(secret: str, new_password: str, address: str | None = None) -> None:
    """Set a password by a one-time link; the link dies, and so does every session there was.

    Raises PasswordRefused when the password does not meet the policy (the link stays good).
    """
    credential = queries.credential_of_link(secret)
    if credential is None:
        raise Refused("这个口令过期了，或者已经用过。请找系统管理员重发一个")
    person = credential.person
    _check_policy(person, new_password)
    digest = _new_hash(person, new_password)
    with unit_of_work(_as(person, address, None)) as work:
        if credential.link_hash != link_rules.hash_of(secret):
            raise Refused("这个口令已经用过。请找系统管理员重发一个")
        _set(credential, digest)
        credential.link_hash = credential.link_expires_at = None
        _forgive(queries.login_hash(person.phone))
        _end_all(person.id, None, "password set by link")
        work.record(USE_LINK, credential)


def unlock(actor: Actor, person: Person) -> None:
    """Let a person try again at once: what failed so far counts no more."""
    with unit_of_work(actor) as work:
        credential = _credential(person)
        post = check(actor, P.ACCOUNT_MANAGE, credential)
        forgiven = _forgive(queries.login_hash(person.phone))
        if not forgiven:
            raise Refused(f"{person.name}的账户没有锁，不用解锁")
        work.record(UNLOCK, credential, post=post, count=forgiven)


def first_administrator(name: str, phone_number: str) -> str:
    """The secret of a one-time link for the first administrator of a new portal, valid for 24 hours.

    Refused when there is an administrator already, or no coordinating office yet. There is no
    default account.
    """
    today, secret = clock.today(), link_rules.new_secret()
    with unit_of_work(SYSTEM) as work:
        if network.administrators(today):
            raise Refused("已经有系统管理员了，请让他发一次性口令")
        unit = network.coordinating_unit()
        if unit is None:
            raise Refused("还没有单位名录，请先建立")
        person = _newcomer(naming.check_person_name(name), phone.check(phone_number))
        tenure = Tenure(
            person_id=person.id or 0,
            person_name=person.name,
            unit_id=unit.id,
            role=Role.ADMINISTRATOR,
            starts_on=today,
        )
        held = [network.tenure(post) for post in network.posts_of_person(person.id or 0)]
        appointment.check(tenure, network.place(unit), of_person=held, in_unit=())
        db.session.add(Post(person=person, unit=unit, role=Role.ADMINISTRATOR, starts_on=today))
        credential = queries.credential_of(person.id or 0) or Credential(person=person)
        _give_link(credential, secret)
        work.record(FIRST_ADMINISTRATOR, credential, valid_until=credential.link_expires_at)
    return secret


def sweep() -> int:
    """Forget failures after 30 days and sessions after 400; how many rows went. For the daily job."""
    now = clock.now()
    old = (
        delete(SignInFailure).where(SignInFailure.at < now - KEEP_FAILURES),
        delete(SignInSession).where(SignInSession.created_at < now - KEEP_SESSIONS),
    )
    with bookkeeping() as session:
        return sum(cast(CursorResult[Any], session.execute(statement)).rowcount for statement in old)


# -- shared -----------------------------------------------------------------------------------


def _prove(
    login: str, person: Person | None, password: str, actor: Actor, failed: Action, at: str | None = None
) -> Person:
    """The person whose password this is, or SignInRefused.

    The try is counted before the hash is computed and forgiven when it was right, so that tries
    sent at once cannot outrun the limits; tries of one name take turns, so that a right password
    sent several times at once (a form pressed twice) does not count against itself. Unknown,
    disabled and password-less people take the same steps as the others. Tries are counted by
    address, or where ``at`` says: a session's own, so that a neighbour's slips stop nobody's signature.
    """
    with _turn_of(login):
        return _prove_in_turn(login, person, password, actor, failed, at or actor.address or "")


def _turn_of(login: str) -> Lock:
    return _TURNS[int(queries.login_hash(login)[:8], 16) % len(_TURNS)]


def _prove_in_turn(
    login: str, person: Person | None, password: str, actor: Actor, failed: Action, address: str
) -> Person:
    credential = queries.credential_of(person.id) if person else None
    stored = credential.password_hash if credential and person and person.active else None
    login_hash = queries.login_hash(login)
    attempt = _count(login_hash, address, person.id if person else None)
    if _fits(stored or NOBODY, password) and stored and person:
        with bookkeeping():
            _forgive(login_hash, address)
        return person
    with unit_of_work(actor.without_form_key()) as work:
        left = lockout.tries_left(clock.now(), queries.tally(login_hash, address, None))
        work.record(failed, credential or db.session.get(SignInFailure, attempt), tries_left=left)
    what = "手机号或密码不对" if failed is SIGN_IN_FAILED else "密码不对"
    raise SignInRefused(
        f"{what}，还可以再试 {left} 次" if left else lockout.LOCKED.format(minutes=lockout.PAIR_LOCK.seconds // 60)
    )


def _count(login_hash: str, address: str, person_id: int | None) -> int:
    """Write the try down before it is looked at; refuse it when a limit is reached."""
    with bookkeeping() as session:
        refusal = lockout.refusal(clock.now(), queries.tally(login_hash, address, person_id))
        if refusal is not None:
            raise SignInRefused(refusal)
        attempt = SignInFailure(at=clock.now(), login_hash=login_hash, address=address)
        session.add(attempt)
        session.flush()
        return attempt.id


def _forgive(login_hash: str, address: str | None = None) -> int:
    """Let the failures of a name (from one address) count no more; how many there were."""
    found = select(SignInFailure).where(SignInFailure.login_hash == login_hash, SignInFailure.forgiven.is_(False))
    if address is not None:
        found = found.where(SignInFailure.address == address)
    rows = list(db.session.scalars(found))
    for row in rows:
        row.forgiven = True
    return len(rows)


def _fits(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password_rules.normal(password))
    except (VerificationError, InvalidHashError):
        return False


def _check_policy(person: Person, new: str) -> None:
    faults = password_rules.faults(new, queries.policy(), queries.context_words(person))
    if faults:
        raise PasswordRefused(faults)


def _new_hash(person: Person, new: str) -> str:
    """The hash of a new password; refused when it is one of the last five. No transaction stays open."""
    credential = _credential(person)
    former = [one for one in (credential.password_hash, *credential.former_hashes) if one]
    db.session.rollback()
    if password_rules.is_former(new, former, _fits):
        raise PasswordRefused(["不能和最近 5 次用过的密码相同"])
    return HASHER.hash(password_rules.normal(new))


def _set(credential: Credential, digest: str) -> None:
    if credential.password_hash:
        former = [credential.password_hash, *credential.former_hashes]
        credential.former_hashes = former[: password_rules.FORMER - 1]
    credential.password_hash = digest
    credential.must_change = False
    credential.changed_at = clock.now()


def _give_link(credential: Credential, secret: str) -> None:
    credential.link_hash = link_rules.hash_of(secret)
    credential.link_expires_at = clock.now() + link_rules.VALID_FOR
    if credential.former_hashes is None:
        credential.former_hashes = []
    db.session.add(credential)


def _end(session: SignInSession | None, why: str) -> None:
    if session is not None and session.ended_at is None:
        session.ended_at, session.ended_why = clock.now(), why


def _end_all(person_id: int, spare: int | None, why: str) -> int:
    rows = [row for row in queries.sessions_of(person_id) if row.id != spare]
    for row in rows:
        _end(row, why)
    return len(rows)


def _as(person: Person, address: str | None, session_hash: str | None) -> Actor:
    """A person who has just proved who he is."""
    return Actor(
        id=person.id,
        name=person.name,
        posts=queries.posts_of(person.id, clock.today()),
        session_hash=session_hash,
        address=address,
        authentication="password" if session_hash else "link",
    )


def _person(actor: Actor) -> Person:
    person = network.person(actor.id or 0)
    if person is None:
        raise Refused("请先登录")
    return person


def _account(person: Person) -> Credential | Person:
    """What an event about somebody's sessions is about."""
    return queries.credential_of(person.id) or person


def _owner(session: SignInSession) -> Person:
    return db.session.get_one(Person, session.person_id)


def _credential(person: Person) -> Credential:
    credential = queries.credential_of(person.id)
    if credential is None:
        raise Refused(f"{person.name}还没有账户，请先发一次性口令")
    return credential


def _newcomer(name: str, digits: str) -> Person:
    known = network.person_by_phone(digits)
    if known is not None and known.name != name:
        raise Refused(f"这个手机号已经是{known.name}的，请核对")
    return known or Person(
        name=name, phone=digits, pinyin=naming.pinyin_of_person(name), active=True, joined_at=clock.now()
    )
