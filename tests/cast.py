"""The standing cast: who plays in the tests. Founded once into a template database."""

from datetime import UTC, date, datetime, timedelta

from town_portal.access.actor import SYSTEM, Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.accounts.models import SignInSession
from town_portal.accounts.rules.session import hash_of, new_token
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.columns.models import Column
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.network.models import Person, Post, Unit, UnitKind
from town_portal.network.queries import person_by_phone, posts_on

FOUND = Action("found_cast", "组建测试人员")
SINCE = date(2025, 1, 1)

UNITS = {
    "B01": ("党政和人大办公室", UnitKind.OFFICE),
    "B05": ("农业农村办公室", UnitKind.OFFICE),
    "B10": ("应急管理办公室", UnitKind.OFFICE),
    "C01": ("汤塘社区", UnitKind.COMMUNITY),
    "C03": ("洛洞村", UnitKind.VILLAGE),
}

# key: (name, phone, [(role, unit)])
PEOPLE: dict[str, tuple[str, str, list[tuple[Role, str]]]] = {
    "reporter": ("李月娥", "13800000001", [(Role.REPORTER, "C03")]),
    "deputy_reporter": ("黄永强", "13800000002", [(Role.REPORTER, "C03")]),
    "other_reporter": ("梁秀兰", "13800000003", [(Role.REPORTER, "C01")]),
    "office_reporter": ("林小农", "13800000004", [(Role.REPORTER, "B05")]),
    "head": ("陈志明", "13800000005", [(Role.HEAD, "B05")]),
    "second_head": ("何思源", "13800000006", [(Role.HEAD, "B05")]),
    "other_head": ("钟应急", "13800000007", [(Role.HEAD, "B10")]),
    "leader": ("林副镇长", "13800000008", [(Role.LEADER, "B05"), (Role.LEADER, "B01")]),
    "other_leader": ("谭副镇长", "13800000009", [(Role.LEADER, "B10")]),
    "principal": ("钟镇长", "13800000010", [(Role.PRINCIPAL, "B01")]),
    "coordinator": ("黄晓琳", "13800000011", [(Role.COORDINATOR, "B01")]),
    "publisher": ("邓发布", "13800000012", [(Role.PUBLISHER, "B01")]),
    "administrator": ("管系统", "13800000013", [(Role.ADMINISTRATOR, "B01")]),
    "auditor": ("审计员", "13800000014", [(Role.AUDITOR, "B01")]),
    "idler": ("无任职", "13800000015", []),
    "office_head_reporter": ("两顶帽", "13800000016", [(Role.REPORTER, "B10"), (Role.HEAD, "B10")]),
}


def found_cast() -> None:
    """Put units, columns and people into an empty house, in one recorded act."""
    with clock.stopped_at(datetime(2025, 1, 2, tzinfo=UTC)), unit_of_work(SYSTEM) as work:
        units = {
            code: Unit(
                code=code, name=name, full_name=f"汤塘镇{name}", kind=kind, coordinating=code == "B01", pinyin=code
            )
            for code, (name, kind) in UNITS.items()
        }
        db.session.add_all(units.values())
        db.session.flush()
        for key, (name, phone, posts) in PEOPLE.items():
            person = Person(name=name, phone=phone, pinyin=key, active=True, joined_at=clock.now())
            db.session.add(person)
            db.session.flush()
            for role, code in posts:
                db.session.add(
                    Post(
                        person_id=person.id,
                        unit_id=units[code].id,
                        role=role,
                        starts_on=SINCE,
                        deputy=key in ("deputy_reporter", "second_head"),
                    )
                )
        parent = Column(code="qt", name="其他", position=4)
        db.session.add(parent)
        db.session.flush()
        db.session.add(Column(code="gzdt", name="工作动态", parent_id=parent.id, position=1))
        db.session.add(Column(code="tzgg", name="通知公告", parent_id=parent.id, position=2, office_id=units["B01"].id))
        work.record(FOUND, units["B01"])


def open_session(phone: str, age: timedelta = timedelta()) -> str:
    """A signed-in session for somebody, without a password; returns the cookie's token."""
    token = new_token()
    person = person_by_phone(phone)
    assert person is not None
    at = clock.now() - age
    with bookkeeping() as session:
        session.add(
            SignInSession(
                token_hash=hash_of(token),
                person_id=person.id,
                created_at=at,
                last_seen_at=at,
                reauthenticated_at=at,
                address="127.0.0.1",
            )
        )
    return token


class Cast:
    """The people by key. ``actor`` needs an application context."""

    def phone(self, key: str) -> str:
        """Somebody's sign-in name."""
        return PEOPLE[key][1]

    def name(self, key: str) -> str:
        """Somebody's name."""
        return PEOPLE[key][0]

    def person(self, key: str) -> Person:
        """Somebody's row."""
        person = person_by_phone(self.phone(key))
        assert person is not None
        return person

    def unit(self, code: str) -> Unit:
        """A unit's row."""
        return db.session.query(Unit).filter_by(code=code).one()

    def column(self, code: str) -> Column:
        """A column's row."""
        return db.session.query(Column).filter_by(code=code).one()

    def actor(self, key: str) -> Actor:
        """Somebody ready to act, with the posts of today."""
        person = self.person(key)
        posts = tuple(
            HeldPost(
                post.id,
                post.role,
                post.unit_id,
                post.unit.name,
                post.unit.kind.value,
                post.acting_for and post.acting_for.name,
                post.acting_for_id,
            )
            for post in posts_on(clock.today())
            if post.person_id == person.id
        )
        return Actor(id=person.id, name=person.name, posts=posts, authentication="password")
