"""A house full of valid rows, fast: people and units by operations, items by Core inserts.

Items are spread evenly over the last two years and all published, but for what stands before the
people who are measured. Those have the same to do in a house of any size.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, Table, func, select, text

from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.accounts.models import Credential
from town_portal.accounts.operations import HASHER
from town_portal.audit.models import AuditEvent, AuditHead
from town_portal.audit.rules import chain
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import record_of, unit_of_work
from town_portal.columns import operations as columns
from town_portal.columns.models import Column
from town_portal.foundation import clock
from town_portal.foundation.db import canonical, db
from town_portal.network import operations as network
from town_portal.network.models import Person, Post, Unit, UnitKind
from town_portal.publishing.models import NumberSeries, Publication, Standing
from town_portal.publishing.operations import SERIES
from town_portal.settings.rules.catalogue import DRAFTER_FIRST
from town_portal.submissions.models import (
    Act,
    Attribute,
    Hand,
    Importance,
    ReturnNote,
    Revision,
    Signature,
    StageVisit,
    Submission,
    Urgency,
)
from town_portal.submissions.rules.digest import digest_of
from town_portal.submissions.rules.lifecycle import State
from town_portal.workdays import operations as workdays
from town_portal.workdays.rules import notice_file

PASSWORD = "Measure-2026-quietly"
DAYS = 730
BATCH = 2_000
QUEUE = 50
"""What waits for the reviewer whose pages are measured."""
POOL = 1_500
"""Drafts to hand in, and items to sign, for the writes that are measured."""
TRACE = 30
"""Events of the one item whose page is measured."""
FOUND = Action("found_bench", "组建测量用数据")

PARAGRAPH = "今天上午，村委会联合镇农业农村办公室在文化室开展农技培训，服务农户六十八户，发放技术手册一百二十册。"
BODY = f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>"
LONG = "".join(f"<p>{PARAGRAPH}{number}</p>" for number in range(30))
TITLES = ("开展秋收农技培训", "召开村民议事会", "完成道路硬化工程", "组织森林防火巡查", "公示低保名单", "清理河道垃圾")


@dataclass(slots=True)
class Facts:
    """What the measuring needs to know of a house."""

    items: int = 0
    phones: dict[str, str] = field(default_factory=dict)
    """Role → sign-in name; ``reader`` has the queue, ``signer`` and ``drafter`` have the pools."""
    focus: int = 0
    """The item with thirty events and a comparison, in the reader's queue."""
    drafts: list[int] = field(default_factory=list)
    to_reader: list[int] = field(default_factory=list)
    """Drafts that go to the reader's office when they are handed in."""
    to_sign: list[int] = field(default_factory=list)
    publications: int = 0
    unit: int = 0

    def save(self, path: Path) -> None:
        """Keep them beside the house."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> "Facts":
        """As they were kept."""
        return cls(**json.loads(path.read_text()))


Texts = Callable[[int], tuple[str, str]]
"""The title and the body of an item by its number."""


def fill(
    app: Flask, items: int, *, trail: bool, texts: Texts | None = None, say: Callable[[str], object] = print
) -> Facts:
    """Fill an empty house; ``trail`` writes the events of all items, else only of the focus."""
    with app.app_context():
        upgrade()
        people = _found()
        db.session.remove()
        with _bare(db.engine) as connection:
            filler = _Filler(connection, people, items, trail=trail, say=say, texts=texts)
            filler.run()
        db.session.remove()
        db.engine.dispose()
    return filler.facts


def _found() -> dict[str, int]:
    """Units, columns, calendars and people; answers with person ids by key."""
    network.found_units(SYSTEM)
    columns.found_tree(SYSTEM)
    notices = Path(notice_file.__file__).parents[1] / "notices"
    for path in sorted(notices.glob("*.csv")):
        words = path.read_text(encoding="utf-8")
        workdays.load_year(SYSTEM, int(path.stem), notice_file.parse(words), notice_file.source_of(words))
    secret = HASHER.hash(PASSWORD)
    found: dict[str, int] = {}
    with unit_of_work(SYSTEM) as work:
        units = list(db.session.scalars(select(Unit).order_by(Unit.code)))
        for key, role, unit in _roster(units):
            person = Person(
                name=f"测量{len(found) + 1:03}",
                phone=f"139{len(found) + 1:08}",
                pinyin=key,
                active=True,
                joined_at=work.at,
            )
            db.session.add(person)
            db.session.flush()
            found[key] = person.id
            db.session.add(Post(person_id=person.id, unit_id=unit.id, role=role, starts_on=date(2020, 1, 1)))
            db.session.add(Credential(person_id=person.id, password_hash=secret, changed_at=work.at, former_hashes=[]))
        work.record(FOUND, units[0], people=len(found))
    return found


def _roster(units: list[Unit]) -> Iterator[tuple[str, Role, Unit]]:
    centre = next(unit for unit in units if unit.coordinating)
    for unit in units:
        yield f"reporter {unit.code}", Role.REPORTER, unit
        if unit.kind is UnitKind.OFFICE:
            for role in (Role.HEAD, Role.LEADER):
                yield f"{role} {unit.code}", role, unit
                yield f"{role} {unit.code} 2", role, unit
    for role in (Role.PRINCIPAL, Role.COORDINATOR, Role.PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR):
        yield role.value, role, centre


class _bare:  # noqa: N801 - a context manager
    """One connection that writes without the checks of foreign keys: rows refer to one another in a ring."""

    def __init__(self, engine: Any) -> None:
        self._connection: Connection = engine.connect()

    def __enter__(self) -> Connection:
        connection = self._connection
        if connection.dialect.name == "sqlite":
            for statement in (
                "COMMIT",
                "PRAGMA foreign_keys=OFF",
                "PRAGMA synchronous=OFF",
                "PRAGMA cache_size=-400000",
            ):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        return connection

    def __exit__(self, *_raised: object) -> None:
        self._connection.commit()
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("COMMIT")
            for statement in ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)", "BEGIN"):
                self._connection.exec_driver_sql(statement)
        else:
            self._connection.exec_driver_sql("ANALYZE")
        self._connection.commit()
        self._connection.close()


class _Filler:
    """Rows of whole items, batch by batch."""

    def __init__(
        self,
        connection: Connection,
        people: dict[str, int],
        items: int,
        *,
        trail: bool,
        say: Callable[[str], object],
        texts: Texts | None,
    ) -> None:
        self.connection, self.people, self.trail, self.say, self.texts = connection, people, trail, say, texts
        self.today, self.now = clock.today(), clock.now()
        units = connection.execute(select(Unit.__table__).order_by(Unit.__table__.c.code)).all()
        self.units = units
        self.offices = [unit for unit in units if unit.kind == UnitKind.OFFICE]
        self.villages = [unit for unit in units if unit.kind != UnitKind.OFFICE]
        self.centre = next(unit for unit in units if unit.coordinating)
        self.readers, self.signers = [unit for unit in self.offices if not unit.coordinating][:2]
        self.leaves = list(
            connection.scalars(select(Column.__table__.c.id).where(Column.__table__.c.parent_id.is_not(None)))
        )
        self.names = dict(connection.execute(select(Person.__table__.c.id, Person.__table__.c.name)).all())  # type: ignore[arg-type]
        self.items = items
        self.rows: dict[Table, list[dict[str, Any]]] = {}
        self.next: dict[Table, int] = {}
        self.serials: dict[int, int] = {}
        head = connection.execute(select(AuditHead.__table__)).one()
        self.seq, self.digest, self.frontier = head.seq, head.digest, json.loads(head.frontier)
        self.facts = Facts(items=items, unit=self.readers.id)

    def run(self) -> None:
        """Write everything."""
        self._phones()
        for number in range(self.items):
            self._published(number)
            if number % BATCH == BATCH - 1:
                self._send()
                if number % 50_000 == 49_999:
                    self.say(f"  {number + 1:,} of {self.items:,} items")
        self._before_the_reader()
        self._pools()
        self._others()
        self._send()
        self._end()

    def _phones(self) -> None:
        person = Person.__table__.c
        phones = dict(self.connection.execute(select(person.id, person.phone)).all())  # type: ignore[arg-type]
        keys = {
            "reader": f"head {self.readers.code}",
            "reader 2": f"head {self.readers.code} 2",
            "signer": f"head {self.signers.code}",
            "drafter": f"reporter {self.villages[0].code}",
            "reporter": f"reporter {self.villages[1].code}",
            "leader": f"leader {self.readers.code}",
            **{key: key for key in ("principal", "coordinator", "publisher", "administrator", "auditor")},
        }
        self.facts.phones = {key: phones[self.people[name]] for key, name in keys.items()}

    # -- rows ----------------------------------------------------------------------------------

    def _add(self, model: Any, **values: Any) -> int:
        table = model.__table__
        number = self.next[table] = self.next.get(table, 0) + 1
        self.rows.setdefault(table, []).append({"id": number, **values})
        return number

    def _send(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                self.connection.execute(table.insert(), rows)
                rows.clear()

    def _item(self, number: int, unit: Any, office: Any, day: date, body: str = BODY, **walk: Any) -> dict[str, Any]:
        """An item with its first version and the drafter's hand; ``walk`` is where it stands."""
        drafter = self.people[f"reporter {unit.code}"]
        title = f"{unit.name}{TITLES[number % len(TITLES)]}（{number + 1}）"
        if self.texts:
            title, body = self.texts(number)
        text_ = {
            "title": title,
            "column_id": self.leaves[number % len(self.leaves)],
            "event_on": day,
            "importance": Importance.NORMAL,
            "urgency": walk.pop("urgency", Urgency.NORMAL),
            "attribute": Attribute.ACTIVE,
            "counterpart_id": office.id,
            "cross_unit_id": None,
        }
        whole = {
            **text_,
            "body_html": body,
            "urgency_reason": "汛情紧急" if text_["urgency"] is Urgency.URGENT else "",
            "attribute_reason": "",
            "secrecy_cleared": True,
            "source": unit.name,
        }
        digest, created = digest_of(whole, []), clock.instant(day, time(9))
        submission_id = self.next.get(Submission.__table__, 0) + 1
        revision_id = self._add(
            Revision,
            submission_id=submission_id,
            number=1,
            author_id=drafter,
            created_at=created,
            digest=digest,
            **whole,
        )
        standing = {
            "version": 1,
            "unit_id": unit.id,
            "drafter_id": drafter,
            "state": State.DRAFT,
            "revision_id": revision_id,
            "corrects_id": None,
            "created_at": created,
            "updated_at": created,
            "digest": digest,
            "route": None,
            "submitted_at": None,
            "submit_count": 0,
            "return_count": 0,
            "returned_from": None,
            "returned_digest": None,
            "signed_digest": None,
            "approved_at": None,
            "scheduled_at": None,
            "claimed_by_id": None,
            "claimed_at": None,
            "golden_until": day + timedelta(days=3),
            "waiting_role": None,
            "waiting_unit_id": None,
            "stage_entered_at": None,
            "stage_due_at": None,
        }
        self._add(Submission, **text_, **standing)
        row = self.rows[Submission.__table__][-1]
        row.update(walk)
        self._add(Hand, submission_id=submission_id, person_id=drafter, stage=State.DRAFT)
        self._event(row, "draft", "起草", drafter, created)
        return row

    def _signed(self, row: dict[str, Any], stage: State, person: int, at: datetime, *acts: Act) -> None:
        for act in acts or tuple(Act):
            self._add(
                Signature,
                submission_id=row["id"],
                revision_id=row["revision_id"],
                digest=row["digest"],
                stage=stage,
                act=act,
                person_id=person,
                person_name=self.names[person],
                post="岗位",
                acting_for=None,
                authentication="password+reauth",
                opinion="",
                signed_at=at,
            )

    def _stayed(
        self,
        row: dict[str, Any],
        step: tuple[State, Role, int],
        since: datetime,
        until: datetime | None,
        person: int | None,
        outcome: str | None = None,
    ) -> None:
        stage, role, unit_id = step
        self._add(
            StageVisit,
            submission_id=row["id"],
            stage=stage,
            role=role,
            unit_id=unit_id,
            entered_at=since,
            due_at=since + timedelta(days=1) if until else row["stage_due_at"],
            left_at=until,
            outcome=outcome,
            person_id=person,
            working_minutes=int((until - since).total_seconds() // 60) if until else None,
        )

    def _event(
        self,
        row: dict[str, Any],
        action: str,
        label: str,
        person: int,
        at: datetime,
        *,
        always: bool = False,
        **detail: Any,
    ) -> None:
        """One event at the end of the chain. It binds no rows: only the chain is measured."""
        if not (self.trail or always):
            return
        self.seq += 1
        fields: dict[str, Any] = {
            "seq": self.seq,
            "at": at,
            "actor_id": person,
            "actor_name": self.names[person],
            "actor_post": "岗位",
            "acting_for": None,
            "session": None,
            "address": "127.0.0.1",
            "authentication": "password",
            "action": action,
            "label": label,
            "subject_kind": "Submission",
            "subject_id": row["id"],
            "subject_name": row["title"],
            "unit_id": row["unit_id"],
            "form_key": None,
            "detail": canonical({"digest": row["digest"], **detail}),
            "rows": "[]",
        }
        leaf = chain.leaf_of(record_of(SimpleNamespace(**fields)))
        previous, self.digest = self.digest, chain.link(self.digest, leaf)
        self.frontier = chain.grow(self.frontier, self.seq - 1, leaf)
        self.rows.setdefault(AuditEvent.__table__, []).append(
            {**fields, "previous": previous, "leaf": leaf, "digest": self.digest}
        )

    # -- what stands in the house --------------------------------------------------------------

    def _published(self, number: int) -> None:
        """An item that went its whole way; every seventeenth too late, every ninth returned once."""
        day = self.today - timedelta(days=DAYS - number * DAYS // self.items)
        unit, office = self.units[number % len(self.units)], self.offices[number % len(self.offices)]
        drafter = self.people[f"reporter {unit.code}"]
        head, leader = self.people[f"head {office.code}"], self.people[f"leader {office.code} 2"]
        start = clock.instant(day, time(9, number % 60)) + (timedelta(days=5) if number % 17 == 0 else timedelta())
        handed, second, third, out = (start + timedelta(hours=hours) for hours in (1, 3, 5, 6))
        row = self._item(
            number,
            unit,
            office,
            day,
            state=State.PUBLISHED,
            route=DRAFTER_FIRST,
            submitted_at=handed,
            submit_count=1,
            approved_at=third,
            updated_at=out,
        )
        row["signed_digest"] = row["digest"]
        self._event(row, "submit", "送审", drafter, handed, to="second_review")
        steps = (
            (State.SECOND_REVIEW, Role.HEAD, office.id, head, handed, second, "sign", "二审通过"),
            (State.THIRD_REVIEW, Role.LEADER, office.id, leader, second, third, "sign", "三审通过"),
            (State.APPROVED, Role.PUBLISHER, self.centre.id, self.people["publisher"], third, out, "publish", "发布"),
        )
        self._signed(row, State.FIRST_REVIEW, drafter, handed)
        for stage, role, unit_id, person, since, until, move, label in steps:
            if stage is not State.APPROVED:
                self._signed(row, stage, person, until)
                self._add(Hand, submission_id=row["id"], person_id=person, stage=stage)
            self._stayed(row, (stage, role, unit_id), since, until, person, move)
            self._event(row, move, label, person, until, stage=stage.value)
        if number % 9 == 0:
            row["return_count"] = 1
            self._returned(row, head, second)
        self._publication(row, out)

    def _returned(self, row: dict[str, Any], person: int, at: datetime) -> None:
        self._add(
            ReturnNote,
            submission_id=row["id"],
            revision_id=row["revision_id"],
            stage=State.SECOND_REVIEW,
            person_id=person,
            person_name=self.names[person],
            post="岗位",
            reasons=["数据前后不一致"],
            opinion="请核对户数。",
            marks=[],
            returned_at=at,
        )

    def _publication(self, row: dict[str, Any], at: datetime) -> None:
        on = clock.day_of(at)
        serial = self.serials[on.year] = self.serials.get(on.year, 0) + 1
        self.facts.publications = self._add(
            Publication,
            version=1,
            submission_id=row["id"],
            revision_id=row["revision_id"],
            unit_id=row["unit_id"],
            column_id=row["column_id"],
            title=row["title"],
            index_number=f"TT441821102/{on.year}-{serial:05}",
            event_on=row["event_on"],
            golden_until=row["golden_until"],
            published_at=at,
            published_on=on,
            publisher_id=self.people["publisher"],
            standing=Standing.LIVE,
            withdrawn_at=None,
            withdrawn_reason=None,
            corrected_at=None,
            correction_note=None,
            corrections=0,
        )

    def _waiting(self, number: int, office: Any, step: tuple[State, Role, int], **more: Any) -> dict[str, Any]:
        """An item that came to a step some hours ago."""
        stage, role, unit_id = step
        unit = self.villages[2 + number % (len(self.villages) - 2)]
        day, since = self.today - timedelta(days=1 + number % 3), self.now - timedelta(hours=2 + number % 20)
        row = self._item(
            number,
            unit,
            office,
            day,
            state=stage,
            route=DRAFTER_FIRST,
            submitted_at=since,
            submit_count=1,
            waiting_role=role,
            waiting_unit_id=unit_id,
            stage_entered_at=since,
            stage_due_at=since + timedelta(hours=18 + number % 30),
            updated_at=since,
            **more,
        )
        drafter = self.people[f"reporter {unit.code}"]
        self._event(row, "submit", "送审", drafter, since, to=stage.value)
        self._signed(row, State.FIRST_REVIEW, drafter, since)
        self._stayed(row, step, since, None, None)
        return row

    def _before_the_reader(self) -> None:
        """The queue that is measured, and the item with thirty events on top of it."""
        step = (State.SECOND_REVIEW, Role.HEAD, self.readers.id)
        for number in range(QUEUE):
            urgency = Urgency.URGENT if number % 5 == 0 else Urgency.NORMAL
            row = self._waiting(number, self.readers, step, urgency=urgency)
            if number == 0:
                self._focus(row)
        reader = self.people[f"head {self.readers.code}"]
        for hour in range(12):  # what he did today
            stay = self.rows[Submission.__table__][-1 - hour]
            until = max(self.now - timedelta(minutes=hour), clock.instant(self.today))
            self._stayed(stay, step, until - timedelta(minutes=30), until, reader, "sign")

    def _focus(self, row: dict[str, Any]) -> None:
        """Returned once with the same text in other words, and a long trace."""
        self.facts.focus = row["id"]
        first = self.rows[Revision.__table__][-1]
        first["body_html"] = LONG
        drafter, head = row["drafter_id"], self.people[f"head {self.readers.code} 2"]
        self._returned(row, head, row["submitted_at"])
        again = {**first, "body_html": LONG.replace("六十八户", "八十六户").replace("手册", "资料"), "number": 2}
        again["digest"] = digest_of(again, [])
        row["revision_id"] = self._add(Revision, **{name: value for name, value in again.items() if name != "id"})
        row.update(digest=again["digest"], submit_count=2, return_count=1)
        for number in range(TRACE - (2 if self.trail else 0)):
            self._event(
                row, "revise", "修改", drafter, row["submitted_at"] + timedelta(minutes=number), always=True, revision=2
            )

    def _pools(self) -> None:
        village = self.villages[0]
        for number in range(POOL):
            office = self.readers if number < 20 else self.signers
            row = self._item(number, village, office, self.today - timedelta(days=1))
            (self.facts.to_reader if number < 20 else self.facts.drafts).append(row["id"])
            if number % BATCH == BATCH - 1:
                self._send()
        head = self.people[f"head {self.signers.code}"]
        for number in range(POOL):
            row = self._waiting(number, self.signers, (State.SECOND_REVIEW, Role.HEAD, self.signers.id))
            self._signed(row, State.SECOND_REVIEW, head, row["stage_entered_at"] + timedelta(minutes=1), Act.PROOF)
            self._add(Hand, submission_id=row["id"], person_id=head, stage=State.SECOND_REVIEW)
            self.facts.to_sign.append(row["id"])

    def _others(self) -> None:
        """Something to do for the other roles whose start pages are measured."""
        for number in range(20):
            self._waiting(number, self.readers, (State.THIRD_REVIEW, Role.LEADER, self.readers.id))
            row = self._waiting(number, self.readers, (State.APPROVED, Role.PUBLISHER, self.centre.id))
            row["signed_digest"] = row["digest"]
        for number in range(5):
            self._item(number, self.villages[1], self.readers, self.today - timedelta(days=1))

    def _end(self) -> None:
        """The head of the trail, the counters of the index numbers, and PostgreSQL's of the keys."""
        head = AuditHead.__table__
        self.connection.execute(
            head.update().values(seq=self.seq, digest=self.digest, frontier=canonical(self.frontier))
        )
        for year, last in self.serials.items():
            self._add(NumberSeries, version=1, name=SERIES, year=year, last=last)
        self._send()
        if self.connection.dialect.name == "postgresql":
            for table in self.next:
                largest = self.connection.scalar(select(func.max(table.c.id)))
                self.connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {largest})"))
