"""Questions to the accounts: who is behind a cookie, and with which posts today."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select

from town_portal.access.actor import Actor, HeldPost
from town_portal.accounts.models import Credential, SignInFailure, SignInSession
from town_portal.accounts.rules import device, lockout
from town_portal.accounts.rules import link as link_rules
from town_portal.accounts.rules import password as password_rules
from town_portal.accounts.rules import session as session_rules
from town_portal.accounts.rules.lockout import Tally
from town_portal.accounts.rules.password import Policy
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import UtcDateTime, bookkeeping, db
from town_portal.network import queries as network
from town_portal.network.models import Person, Post, Unit, UnitKind
from town_portal.network.queries import in_force
from town_portal.network.rules import naming, phone
from town_portal.settings import queries as settings

_SEEN_EVERY = timedelta(seconds=60)
"""``last_seen_at`` is written at most this often."""

# Asked with every request, so put together once, of bare columns.
_S, _C, _P, _U = (model.__table__.c for model in (SignInSession, Credential, Post, Unit))
_WHO, _ABSENT = Person.__table__.c, Person.__table__.alias("absent").c
_DIGEST: BindParameter[str] = bindparam("digest")
_TODAY: BindParameter[date] = bindparam("today")
_GRACE = bindparam("grace", type_=UtcDateTime())

_ACTOR = (
    select(
        _S.id,
        _S.token_hash,
        _S.created_at,
        _S.last_seen_at,
        _S.reauthenticated_at,
        _WHO.id.label("person_id"),
        _WHO.name,
        _C.must_change,
        _P.id.label("post_id"),
        _P.role,
        _P.unit_id,
        _U.name.label("unit_name"),
        _U.kind.label("unit_kind"),
        _ABSENT.name.label("acting_for"),
        _P.acting_for_id,
    )
    .select_from(SignInSession.__table__)
    .join(Person.__table__, _WHO.id == _S.person_id)
    .outerjoin(Credential.__table__, _C.person_id == _WHO.id)
    .outerjoin(Post.__table__, and_(_P.person_id == _WHO.id, in_force(_TODAY)))
    .outerjoin(Unit.__table__, _U.id == _P.unit_id)
    .outerjoin(_ABSENT.id.table, _ABSENT.id == _P.acting_for_id)
    .where(
        or_(_S.token_hash == _DIGEST, and_(_S.former_hash == _DIGEST, _S.rotated_at >= _GRACE)),
        _S.ended_at.is_(None),
        _WHO.active,
    )
    .order_by(_P.acting_for_id.is_not(None), _P.deputy, _P.id)
)


def load_actor(token: str, address: str | None) -> Actor | None:
    """The person behind a session's token, with today's posts: one statement.

    None when the session was ended, is over, or the person was disabled. Does not count as a sign
    of life; see ``touch``. A token from just before a rotation is good for a few seconds, without
    the confirmation that the rotation was for.
    """
    now, digest = clock.now(), session_rules.hash_of(token)
    given = {"digest": digest, "today": clock.day_of(now), "grace": now - session_rules.GRACE}
    rows = db.session.execute(_ACTOR, given).all()
    if not rows:
        return None
    first = rows[0]
    posts = tuple(
        HeldPost(
            row.post_id, row.role, row.unit_id, row.unit_name, row.unit_kind.value, row.acting_for, row.acting_for_id
        )
        for row in rows
        if row.post_id is not None
    )
    actor = Actor(
        id=first.person_id,
        name=first.name,
        posts=posts,
        session_id=first.id,
        session_hash=first.token_hash,
        last_seen_at=first.last_seen_at,
        reauthenticated_at=first.reauthenticated_at if first.token_hash == digest else None,
        must_change_password=bool(first.must_change),
        address=address,
        authentication="password",
    )
    if session_rules.is_over(now, first.created_at, first.last_seen_at, actor.roles, limits()):
        return None
    return actor


_STILL_IN = select(_S.id).where(
    _S.id == bindparam("session"), _S.ended_at.is_(None), _S.person_id == _WHO.id, _WHO.active
)
_STILL_HELD = select(func.count()).where(_P.id.in_(bindparam("posts", expanding=True)), in_force(_TODAY))


def still_holds(actor: Actor) -> bool:
    """Is a signed-in person still in, and are his posts still his? Asked under the write lock of every act.

    His page may have been opened before he was disabled, relieved, or signed out elsewhere.
    """
    if actor.session_id is None:
        return True
    if db.session.scalar(_STILL_IN, {"session": actor.session_id}) is None:
        return False
    posts = [post.id for post in actor.posts]
    return not posts or db.session.scalar(_STILL_HELD, {"posts": posts, "today": clock.today()}) == len(posts)


def touch(actor: Actor) -> None:
    """A sign of life from a person (not from a poll): keeps the idle limit away."""
    now = clock.now()
    if actor.last_seen_at is None or now - actor.last_seen_at < _SEEN_EVERY:
        return
    with bookkeeping() as session:
        seen = session.get(SignInSession, actor.session_id)
        if seen is not None:
            seen.last_seen_at = now


_limits: tuple[float, str, dict[str, Any]] | None = None


def limits() -> dict[str, Any]:
    """The session limits in force; asked on every request, so they may be five seconds old."""
    global _limits
    source = str(db.engine.url)
    if _limits is None or time.monotonic() - _limits[0] > 5 or _limits[1] != source:
        _limits = (time.monotonic(), source, settings.value("sessions"))
    return _limits[2]


def credential_of(person_id: int) -> Credential | None:
    """How a person proves who he is."""
    return db.session.scalar(select(Credential).where(Credential.person_id == person_id))


def sessions_of(person_id: int) -> list[SignInSession]:
    """The browsers a person is signed in with, newest first."""
    return list(
        db.session.scalars(
            select(SignInSession)
            .where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
            .order_by(SignInSession.last_seen_at.desc())
        )
    )


def last_seen() -> dict[int, datetime]:
    """Person → when he was last signed in, of everybody who ever was: one statement."""
    found = select(_S.person_id, func.max(_S.last_seen_at)).group_by(_S.person_id)
    return {person: at for person, at in db.session.execute(found)}


def is_confirmed(actor: Actor) -> bool:
    """Did the person give his password again within the limit of the settings, in this session?"""
    return session_rules.confirmed_lately(clock.now(), actor.reauthenticated_at, limits())


def policy() -> Policy:
    """The password policy in force."""
    return password_rules.POLICIES[settings.value("password_policy")["policy"]]


def needs_new_password(credential: Credential) -> bool:
    """Must the person choose another password before anything else?"""
    return credential.must_change or password_rules.too_old(clock.now(), credential.changed_at, policy())


def context_words(person: Person) -> list[str]:
    """What an attacker would try for this person: phone, name, and the names of all units, also in pinyin."""
    words = [person.phone, person.phone[-8:], person.phone[-6:], person.name, person.pinyin]
    for unit in network.units():
        words += [unit.name, unit.pinyin, unit.name.rstrip("村社区"), naming.pinyin(unit.name.rstrip("村社区"))]
    return words


def posts_of(person_id: int, day: date) -> tuple[HeldPost, ...]:
    """The posts a person holds on a day, as an actor carries them."""
    return tuple(
        post.held()
        for post in network.posts_of_person(person_id)
        if post.starts_on <= day and (post.ends_on is None or post.ends_on >= day)
    )


def credential_of_link(secret: str) -> Credential | None:
    """The account a one-time link opens, while it is valid and its person is not disabled."""
    found = db.session.scalar(
        select(Credential)
        .join(Credential.person)
        .where(Credential.link_hash == link_rules.hash_of(secret), Person.active)
    )
    if found is None or found.link_expires_at is None or found.link_expires_at <= clock.now():
        return None
    return found


def session(session_id: int) -> SignInSession | None:
    """One signed-in browser."""
    return db.session.get(SignInSession, session_id)


def person_behind(token: str | None) -> int | None:
    """Whose session a token is or was, even when the session is over."""
    if not token:
        return None
    digest = session_rules.hash_of(token)
    return db.session.scalar(
        select(SignInSession.person_id).where(
            or_(SignInSession.token_hash == digest, SignInSession.former_hash == digest)
        )
    )


def tally(login_hash: str, address: str, person_id: int | None) -> Tally:
    """The failed tries that count for a try on this account from this address now."""
    now = clock.now()
    counting = (SignInFailure.at > lockout.since(now), SignInFailure.forgiven.is_(False))
    account = db.session.execute(
        select(SignInFailure.at, SignInFailure.address).where(SignInFailure.login_hash == login_hash, *counting)
    ).all()
    crowd = (SignInFailure.at > now - lockout.CROWD_SPAN, SignInFailure.forgiven.is_(False))
    return Tally(
        pair=[row.at for row in account if row.address == address],
        account=[row.at for row in account],
        from_address=_count(SignInFailure.address == address, *crowd),
        in_town=_count(*crowd),
        known_address=_has_been_at(person_id, address, now),
    )


def _count(*conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(SignInFailure).where(*conditions)) or 0


_MEMORY = timedelta(days=90)
"""How long an address somebody signed in from counts as his."""


def _has_been_at(person_id: int | None, address: str, now: datetime) -> bool:
    if address.startswith("session "):  # where a session counts its own tries, its owner is at home
        return True
    found = select(SignInSession.id).where(
        SignInSession.person_id == (person_id or 0),
        SignInSession.address == address,
        SignInSession.created_at > now - _MEMORY,
    )
    return db.session.scalar(found.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One signed-in browser as its owner sees it."""

    id: int
    device: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def open_sessions(person_id: int, this: int | None) -> list[OpenSession]:
    """The browsers a person is signed in with now, this one first; those past their limits left out."""
    roles = frozenset(post.role for post in posts_of(person_id, clock.today()))
    found = [
        OpenSession(
            row.id, device.words(row.agent), row.address or "", row.created_at, row.last_seen_at, row.id == this
        )
        for row in sessions_of(person_id)
        if not session_rules.is_over(clock.now(), row.created_at, row.last_seen_at, roles, limits())
    ]
    return sorted(found, key=lambda open_: not open_.is_this)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One person's account as the administrator sees it."""

    person: Person
    posts: Sequence[Post]
    state: str
    """none | link | set | locked | disabled."""
    words: str
    sessions: int
    last_sign_in: datetime | None


def account_lines() -> list[AccountLine]:
    """Everybody's account, by name."""
    now, today = clock.now(), clock.today()
    credentials = {row.person_id: row for row in db.session.scalars(select(Credential))}
    signed_in = select(SignInSession.person_id, func.max(SignInSession.created_at)).group_by(SignInSession.person_id)
    last: dict[int, datetime] = {row[0]: row[1] for row in db.session.execute(signed_in)}
    failures = _failures_by_login(now)
    lines = []
    for person in network.people():
        state, words = _state_of(person, credentials.get(person.id), failures.get(login_hash(person.phone), {}), now)
        posts = [
            post for post in person.posts if post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
        ]
        open_ = len(open_sessions(person.id, None)) if person.id in last else 0
        lines.append(AccountLine(person, posts, state, words, open_, last.get(person.id)))
    return lines


def _failures_by_login(now: datetime) -> dict[str, dict[str, list[datetime]]]:
    found: dict[str, dict[str, list[datetime]]] = {}
    rows = select(SignInFailure).where(SignInFailure.at > lockout.since(now), SignInFailure.forgiven.is_(False))
    for row in db.session.scalars(rows):
        found.setdefault(row.login_hash, {}).setdefault(row.address, []).append(row.at)
    return found


def _state_of(
    person: Person, credential: Credential | None, failures: dict[str, list[datetime]], now: datetime
) -> tuple[str, str]:
    if not person.active:
        return "disabled", "已停用"
    if failures and is_locked(now, failures):
        return "locked", "试错太多，已锁"
    if credential is None:
        return "none", "还没发口令"
    if credential.link_expires_at is not None and credential.link_hash:
        if credential.link_expires_at > now:
            return "link", "口令已发，等本人设密码"
        if credential.password_hash is None:
            return "none", "口令过期了，请重发"
    return ("set", "可以登录") if credential.password_hash else ("none", "还没发口令")


def is_locked(now: datetime, failures: dict[str, list[datetime]]) -> bool:
    """Is an account, with its failures by address, locked anywhere or slowed?"""
    every = [at for tries in failures.values() for at in tries]
    return any(lockout.refusal(now, Tally(pair=tries, account=every)) is not None for tries in failures.values())


def login_hash(login: str) -> str:
    """What is kept of a sign-in name that was typed."""
    return session_rules.hash_of(f"sign-in:{phone.normal(login)}")


def story_of(person_id: int, most: int = 8) -> list[AuditEvent]:
    """What lately happened to somebody's account, newest first: signing in, resets, locks."""
    credential = credential_of(person_id)
    if credential is None:
        return []
    found = (
        select(AuditEvent)
        .where(AuditEvent.subject_kind == "Credential", AuditEvent.subject_id == credential.id)
        .order_by(AuditEvent.seq.desc())
        .limit(most)
    )
    return list(db.session.scalars(found))


def figures() -> list[tuple[str, str]]:
    """What the sign-in page says about the network: villages and communities, offices, the golden period."""
    kinds = [unit.kind for unit in network.units()]
    offices = kinds.count(UnitKind.OFFICE)
    golden = settings.value("golden_days")
    days = f"{golden['days']} {'天' if golden['count'] == 'natural' else '个工作日'}"
    return [("村（社区）", str(len(kinds) - offices)), ("办公室", str(offices)), ("黄金发布期", days)]
