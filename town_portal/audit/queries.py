"""Questions to the trail."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Mapper, Session, lazyload

from town_portal.audit.models import AuditEvent, AuditHead
from town_portal.audit.rules import chain
from town_portal.audit.rules.checkpoint import Checkpoint
from town_portal.audit.rules.proof_sheet import ProofSheet, proof_sheet
from town_portal.audit.unit_of_work import bound, record_of
from town_portal.foundation.db import Base, Bookkeeping, at_one_moment, canonical, db

BATCH = 2_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


# Asked with nearly every request, so put together once, of bare columns.
_HEAD_SEQ = select(AuditHead.__table__.c.seq)
_HEAD_DIGEST = select(AuditHead.__table__.c.digest)


def head_seq() -> int:
    """The number of the newest event: changes with every act, so it is the version of everything."""
    return db.session.scalar(_HEAD_SEQ) or 0


def head_digest() -> str:
    """The digest at the end of the chain: like the newest number, and different after a roll-back too.

    Asked past the session: for most requests of the public it is the only statement.
    """
    with db.engine.connect() as connection:
        return connection.scalar(_HEAD_DIGEST) or ""


def head() -> AuditHead | None:
    """The end of the chain; None before the first act."""
    return db.session.get(AuditHead, 1)


def timeline(kind: str, id: int) -> list[AuditEvent]:
    """Everything that was done to one thing, newest first."""
    return list(
        db.session.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject_kind == kind, AuditEvent.subject_id == id)
            .order_by(AuditEvent.seq.desc())
        )
    )


def latest(kind: str, id: int | None) -> AuditEvent | None:
    """The newest act on one thing."""
    return db.session.scalar(
        select(AuditEvent)
        .where(AuditEvent.subject_kind == kind, AuditEvent.subject_id == id)
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    )


def last_at(action: str, kind: str, ids: Collection[int]) -> dict[int, datetime]:
    """When something was last done to things of a kind, by their number; nothing is asked for none."""
    return _moments(func.max(AuditEvent.at), kind, ids, AuditEvent.action == action)


def first_at(kind: str, ids: Collection[int]) -> dict[int, datetime]:
    """When things of a kind were first spoken of, by their number; when the house was founded, where never.

    What came in with many others (a roster, a tree founded whole) is not named on its own.
    """
    found = _moments(func.min(AuditEvent.at), kind, ids)
    missing = set(ids) - found.keys()
    founded = db.session.scalar(select(AuditEvent.at).order_by(AuditEvent.seq).limit(1)) if missing else None
    return found | dict.fromkeys(missing, founded) if founded else found


def _moments(
    at: SQLColumnExpression[datetime], kind: str, ids: Collection[int], *more: ColumnElement[bool]
) -> dict[int, datetime]:
    if not ids:
        return {}
    found = (
        select(AuditEvent.subject_id, at)
        .where(AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(ids), *more)
        .group_by(AuditEvent.subject_id)
    )
    return {number: moment for number, moment in db.session.execute(found) if number is not None}


def events(
    *,
    actor_id: int | None = None,
    person: str | None = None,
    action: str | None = None,
    words: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[AuditEvent]:
    """The events that fit, newest first, as a statement to page through."""
    found = select(AuditEvent).order_by(AuditEvent.seq.desc())
    if actor_id is not None:
        found = found.where(AuditEvent.actor_id == actor_id)
    if person:
        found = found.where(AuditEvent.actor_name.contains(person, autoescape=True))
    if action:
        found = found.where(AuditEvent.action == action)
    if words:
        found = found.where(
            AuditEvent.subject_name.contains(words, autoescape=True)
            | AuditEvent.actor_name.contains(words, autoescape=True)
        )
    if since is not None:
        found = found.where(AuditEvent.at >= since)
    if until is not None:
        found = found.where(AuditEvent.at < until)
    return found


def kinds_of_action() -> list[tuple[str, str]]:
    """(name, labels) of every action that ever happened; one name may bear several labels."""
    labels: dict[str, list[str]] = {}
    pairs = select(AuditEvent.action, AuditEvent.label).distinct().order_by("action", "label")
    for name, label in db.session.execute(pairs):
        labels.setdefault(name, []).append(label)
    return [(name, "、".join(found)) for name, found in labels.items()]


def event(seq: int) -> AuditEvent | None:
    """One event by its number."""
    return db.session.get(AuditEvent, seq)


def sheet(found: AuditEvent) -> ProofSheet:
    """The proof that an event stands in the trail as it is now."""
    size, root, path = inclusion(found.seq)
    return proof_sheet(record_of(found), found.leaf, found.seq - 1, size, root, path)


def inclusion(seq: int) -> tuple[int, str, list[str]]:
    """(size, root, path) that prove one event to be in the trail as it is now."""
    leaves = list(db.session.scalars(select(AuditEvent.leaf).order_by(AuditEvent.seq)))
    return len(leaves), chain.root_of(leaves), chain.proof(leaves, seq - 1)


@dataclass
class Finding:
    """One thing that is wrong with the trail or with a row bound to it."""

    seq: int | None
    words: str


@dataclass
class Report:
    """What a verification saw. ``sound`` when nothing is wrong."""

    events: int = 0
    rows: int = 0
    checkpoints: int = 0
    root: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.findings

    def blame(self, seq: int | None, words: str) -> None:
        """Note one finding; the list stops growing at a hundred."""
        if len(self.findings) < 100:
            self.findings.append(Finding(seq, words))


def verify(checkpoints: Iterable[Checkpoint] = (), *, with_rows: bool = True) -> Report:
    """Recompute the whole chain, compare every bound row, and hold both against checkpoints.

    The chain names the first row that was edited, deleted, inserted or moved; a history that was
    recomputed or rolled back as a whole shows only against a checkpoint. All of it is read as it
    stood at one moment, so that what is recorded meanwhile is not taken for smuggled in.
    """
    report = Report()
    wanted = sorted(checkpoints, key=lambda point: point.size)
    report.checkpoints = len(wanted)
    walk = _Walk(report, wanted)
    with at_one_moment() as session:
        try:
            for event in _stream(session, select(*AuditEvent.__table__.columns).order_by(AuditEvent.seq)):
                walk.step(event, with_rows=with_rows)
        except ValueError:
            report.blame(walk.expected, f"第 {walk.expected} 条记录读不出来：内容被改坏，后面的没有核对")
        walk.end()
        _compare_head(session, report, walk.previous, walk.frontier)
        if with_rows:
            _compare_rows(session, report, walk.latest_digests)
    return report


class _Walk:
    """The way along the chain: what the next event must be, and the tree so far."""

    def __init__(self, report: Report, wanted: list[Checkpoint]) -> None:
        self.report = report
        self.wanted = wanted
        self.previous, self.expected = chain.GENESIS, 1
        self.frontier: list[str] = []
        self.latest_digests: dict[tuple[str, str], tuple[int, str | None]] = {}

    def step(self, event: Any, *, with_rows: bool) -> None:
        """Check one event and go on from it."""
        report = self.report
        if event.seq != self.expected:
            report.blame(self.expected, f"第 {self.expected} 条记录缺失或被挪动（读到第 {event.seq} 条）")
        leaf = chain.leaf_of(record_of(event))
        if leaf != event.leaf:
            report.blame(event.seq, f"第 {event.seq} 条记录“{event.label}”的内容被改动")
        if with_rows:
            self.latest_digests.update({(table, key): (event.seq, sum_) for table, key, sum_ in _rows_of(event)})
        if event.previous != self.previous:
            report.blame(event.seq, f"第 {event.seq} 条记录与前一条接不上")
        kept = event.leaf if _is_digest(event.leaf) else leaf
        digest = chain.link(self.previous, kept)
        if digest != event.digest:
            report.blame(event.seq, f"第 {event.seq} 条记录的校验值不对")
        self.frontier = chain.grow(self.frontier, report.events, kept)
        report.events += 1
        self.previous, self.expected = event.digest if _is_digest(event.digest) else digest, event.seq + 1
        while self.wanted and self.wanted[0].size == report.events:
            if chain.root(self.frontier) != self.wanted.pop(0).root:
                report.blame(event.seq, f"前 {report.events} 条记录与已签存证不符：历史被整体改写过")

    def end(self) -> None:
        """No event is left: what the checkpoints still want is missing."""
        for point in self.wanted:
            self.report.blame(
                None, f"存证说有 {point.size} 条记录，现在只有 {self.report.events} 条：数据库被退回到旧状态"
            )
        self.report.root = chain.root(self.frontier)


def _rows_of(event: Any) -> list[tuple[str, str, str | None]]:
    """The rows an event binds; none when they cannot be read any more, for then its leaf is wrong too."""
    try:
        return [(table, key, digest) for table, key, digest in json.loads(event.rows)]
    except (TypeError, ValueError):
        return []


def _is_digest(text: str) -> bool:
    return _DIGEST.fullmatch(text) is not None


def _compare_head(session: Session, report: Report, digest: str, frontier: list[str]) -> None:
    end = session.get(AuditHead, 1)
    if end is None:
        if report.events:
            report.blame(None, "链尾记录缺失")
        return
    if (end.seq, end.digest, end.frontier) != (report.events, digest, canonical(frontier)):
        report.blame(end.seq, f"链尾记录（第 {end.seq} 条）与实有记录不符：有记录被删除或追加")


def _compare_rows(session: Session, report: Report, recorded: dict[tuple[str, str], tuple[int, str | None]]) -> None:
    seen: set[tuple[str, str]] = set()
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table)):
        if not issubclass(mapper.class_, Bookkeeping):
            for table, key, digest in _bound_rows(session, mapper):
                if (table, key) not in seen:
                    seen.add((table, key))
                    report.rows += 1
                    _compare_row(report, table, key, digest, recorded.get((table, key)))
            session.expunge_all()
    for (table, key), (seq, last) in recorded.items():
        if last is not None and (table, key) not in seen:
            report.blame(seq, f"{table} 表第 {key} 行不见了，最后一次记录在第 {seq} 条：绕过系统删除")


def _compare_row(report: Report, table: str, key: str, digest: str, last: tuple[int, str | None] | None) -> None:
    if last is None:
        report.blame(None, f"{table} 表第 {key} 行没有留痕记录：绕过系统插入")
    elif last[1] != digest:
        report.blame(last[0], f"{table} 表第 {key} 行与第 {last[0]} 条留痕记录不符：绕过系统改动")


def _bound_rows(session: Session, mapper: Mapper[Any]) -> Iterator[tuple[str, str, str]]:
    """(table, key, digest) of every row; one that cannot be read any more has the digest ""."""
    model = mapper.class_
    rows = select(model).options(lazyload("*")).execution_options(yield_per=BATCH)
    try:
        with session.scalars(rows) as found:
            for row in found:
                table, key, digest = bound(row)
                yield table, key, digest
    except (LookupError, ValueError):
        for identity in session.execute(select(*mapper.primary_key)).all():
            try:
                table, key, digest = bound(session.get_one(model, tuple(identity)))
                yield table, key, digest
            except (LookupError, ValueError):
                yield str(mapper.local_table), "/".join(str(part) for part in identity), ""


def _stream(session: Session, statement: Select[Any]) -> Iterator[Any]:
    with session.connection().execution_options(yield_per=BATCH).execute(statement) as found:
        yield from found
