"""Every single change behind the house's back is found, and the first broken number is named.

What the chain alone cannot show, a history recomputed or rolled back as a whole, is found with a
signed checkpoint.
"""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit.acts import behind_the_back, number, open_unit, some_history
from tests.cast import Cast
from town_portal.audit import operations, queries
from town_portal.audit.models import AuditEvent, AuditHead
from town_portal.audit.queries import Report
from town_portal.audit.rules import chain
from town_portal.audit.rules.checkpoint import Checkpoint
from town_portal.audit.unit_of_work import record_of
from town_portal.foundation.db import Base, canonical, db

FIRST, MIDDLE, LAST = 1, 4, 7
"""``some_history`` after the founding of the cast: seven events."""

NEW_VALUES = {
    "seq": "seq + 1000",
    "at": "'2026-01-01 00:00:00.000000'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "session": "coalesce(session, '') || 'x'",
    "unit_id": "coalesce(unit_id, 0) + 1",
    "subject_id": "coalesce(subject_id, 0) + 1",
    "detail": '\'{"reason":"另一个理由"}\'',
    "rows": "'[]'",
    "previous": f"'{'ab' * 32}'",
    "leaf": f"'{'ab' * 32}'",
    "digest": f"'{'ab' * 32}'",
}


def edit(column: str) -> str:
    """SQL for another value of an event's column."""
    return NEW_VALUES.get(column, f"coalesce({column}, '') || 'x'")


@pytest.fixture
def trail(town: Cast) -> Cast:
    """A house with seven events."""
    some_history(town)
    assert queries.head_seq() == LAST
    assert queries.verify().sound
    return town


def verified(*points: Checkpoint) -> Report:
    """What a verification finds now."""
    db.session.rollback()
    return queries.verify(points)


def value(table: str, column: str, key: str, number_: int) -> object:
    """What stands in a row's column."""
    columns = Base.metadata.tables[table].c
    with db.engine.connect() as connection:
        return connection.execute(select(columns[column]).where(columns[key] == number_)).scalar_one()


def put_back(table: str, column: str, key: str, number_: int, kept: object) -> None:
    """Undo a change."""
    row = Base.metadata.tables[table]
    with db.engine.begin() as connection:
        connection.execute(row.update().where(row.c[key] == number_).values({column: kept}))


# -- events --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [column.name for column in AuditEvent.__table__.columns])
def test_an_edited_event_is_found_and_named(trail: Cast, column: str) -> None:
    for seq in (FIRST, MIDDLE, LAST):
        kept = value("audit_event", column, "seq", seq)
        behind_the_back(f"update audit_event set {column} = {edit(column)} where seq = {seq}")
        assert verified().findings[0].seq == seq
        put_back("audit_event", column, "seq", seq + 1000 if column == "seq" else seq, kept)
    assert verified().sound


@pytest.mark.parametrize("column", ["previous", "leaf", "digest", "rows", "detail"])
def test_junk_in_an_event_is_a_finding_and_not_a_fault(trail: Cast, column: str) -> None:
    behind_the_back(f"update audit_event set {column} = 'junk' where seq = {MIDDLE}")
    assert verified().findings[0].seq == MIDDLE


def test_an_unreadable_time_is_a_finding_and_not_a_fault(trail: Cast) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("a typed column takes no junk")
    behind_the_back(f"update audit_event set at = 'long ago' where seq = {MIDDLE}")
    finding = verified().findings[0]
    assert finding.seq == MIDDLE
    assert "读不出来" in finding.words


@pytest.mark.parametrize("column", ["actor_id", "actor_post", "detail"])
def test_an_emptied_field_is_found(trail: Cast, column: str) -> None:
    empty = "''" if column == "detail" else "null"
    behind_the_back(f"update audit_event set {column} = {empty} where seq = 2")
    assert verified().findings[0].seq == 2


@pytest.mark.parametrize("seq", [FIRST, MIDDLE, LAST])
def test_a_deleted_event_is_found(trail: Cast, seq: int) -> None:
    behind_the_back(f"delete from audit_event where seq = {seq}")
    report = verified()
    assert not report.sound
    assert seq in {finding.seq for finding in report.findings}


def test_all_events_gone_is_found(trail: Cast) -> None:
    behind_the_back("delete from audit_event")
    assert not verified().sound


def test_an_inserted_event_is_found_even_when_its_own_sums_are_right(trail: Cast) -> None:
    last = queries.event(LAST)
    assert last is not None
    values = {column.name: getattr(last, column.name) for column in AuditEvent.__table__.columns}
    values.update(seq=LAST + 1, previous=last.digest, subject_name="没有发生过的事")
    forged = AuditEvent(**values)
    leaf = chain.leaf_of(record_of(forged))
    values.update(leaf=leaf, digest=chain.link(last.digest, leaf))
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(AuditEvent.__table__.insert().values(**values))
    report = verified()
    assert not report.sound
    assert "链尾" in report.findings[0].words


def test_two_events_that_changed_places_are_found(trail: Cast) -> None:
    behind_the_back(
        "update audit_event set seq = 1000 where seq = 3",
        "update audit_event set seq = 3 where seq = 4",
        "update audit_event set seq = 4 where seq = 1000",
    )
    assert verified().findings[0].seq == 3


def test_renumbering_to_hide_a_gap_is_found(trail: Cast) -> None:
    behind_the_back(
        "delete from audit_event where seq = 3",
        *(f"update audit_event set seq = {n - 1} where seq = {n}" for n in range(4, 8)),
    )
    assert verified().findings[0].seq == 3


def test_two_events_with_each_others_words_are_found(trail: Cast) -> None:
    behind_the_back(
        "update audit_event set subject_name = (select subject_name from audit_event where seq = 3) where seq = 5"
    )
    assert verified().findings[0].seq == 5


# -- the head ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    ["seq = seq + 1", "seq = seq - 1", "seq = 0", f"digest = '{'ab' * 32}'", "frontier = '[]'", "frontier = 'junk'"],
)
def test_an_edited_head_is_found(trail: Cast, change: str) -> None:
    behind_the_back(f"update audit_head set {change}")
    report = verified()
    assert not report.sound
    assert "链尾" in report.findings[0].words


def test_a_missing_head_is_found(trail: Cast) -> None:
    behind_the_back("delete from audit_head")
    assert verified().findings[0].words == "链尾记录缺失"


# -- business rows -------------------------------------------------------------------------------

ROW_EDITS = {
    "unit": {
        "code": "'Z99'",
        "name": "'别的村'",
        "full_name": "'别的村'",
        "kind": "'village'",
        "division_code": "'441821102999'",
        "coordinating": "true",
        "placeholder_name": "true",
        "pinyin": "'zzz'",
        "closed_on": "'2026-01-01'",
    },
    "person": {"name": "'顶替者'", "pinyin": "'zzz'", "active": "false", "joined_at": "'2020-01-01 00:00:00.000000'"},
    "post": {
        "person_id": "person_id % 5 + 2",
        "unit_id": "unit_id % 4 + 2",
        "role": "'publisher'",
        "starts_on": "'2020-01-01'",
        "ends_on": "'2031-01-01'",
        "deputy": "not deputy",
        "acting_for_id": "2",
        "reason": "'病假'",
    },
    "column_tree": {
        "code": "'zzz'",
        "name": "'别的栏目'",
        "parent_id": "null",
        "position": "position + 7",
        "open": "false",
        "office_id": "3",
        "hint": "'随便写'",
    },
}


ROW = {
    "unit": "select id from unit where code = 'B10'",
    "person": "select min(id) from person",
    "post": "select min(id) from post",
    "column_tree": "select id from column_tree where code = 'gzdt'",
}


@pytest.mark.parametrize("table", ROW_EDITS)
def test_an_edited_row_is_found_with_the_event_it_belongs_to(trail: Cast, table: str) -> None:
    key = number(ROW[table])
    for column, other in ROW_EDITS[table].items():
        kept = value(table, column, "id", key)
        behind_the_back(f"update {table} set {column} = {other} where id = {key}")
        (finding,) = verified().findings
        assert (finding.seq, f"{table} 表第 {key} 行" in finding.words) == (FIRST, True), column
        put_back(table, column, "id", key, kept)
    assert verified().sound


def test_a_row_of_junk_is_a_finding_and_not_a_fault(trail: Cast) -> None:
    key = number("select id from unit where code = 'C04'")
    behind_the_back(f"update unit set kind = 'palace' where id = {key}")
    (finding,) = verified().findings
    assert (finding.seq, f"unit 表第 {key} 行" in finding.words) == (MIDDLE, True)


@pytest.mark.parametrize("table", ["post", "column_tree"])
def test_a_deleted_row_is_found(trail: Cast, table: str) -> None:
    key = number(f"select max(id) from {table}")
    behind_the_back(f"delete from {table} where id = {key}")
    (finding,) = verified().findings
    assert "不见了" in finding.words


@pytest.mark.parametrize(
    "statement",
    [
        "insert into unit (id, code, name, full_name, kind, coordinating, placeholder_name, pinyin)"
        " values (900, 'X1', '假村', '假村', 'village', false, false, '')",
        "insert into person (id, name, phone, pinyin, active, joined_at)"
        " values (900, '假人', '13899999999', '', true, '2026-01-01 00:00:00.000000')",
        "insert into post (id, person_id, unit_id, role, starts_on, deputy)"
        " select 900, min(person.id), min(unit.id), 'publisher', '2026-01-01', false from person, unit",
        "insert into column_tree (id, code, name, position, open, hint) values (900, 'x', '假栏目', 1, true, '')",
    ],
    ids=["unit", "person", "post", "column_tree"],
)
def test_an_inserted_row_is_found(trail: Cast, statement: str) -> None:
    behind_the_back(statement)
    (finding,) = verified().findings
    assert "没有留痕记录" in finding.words


def test_a_row_that_was_deleted_by_the_book_and_put_back_is_found(trail: Cast) -> None:
    behind_the_back(
        "insert into column_tree (id, code, name, position, open, hint) values (3, 'tzgg', '通知公告', 2, true, '')"
    )
    assert not verified().sound


def test_what_must_be_erasable_may_be_erased(trail: Cast) -> None:
    behind_the_back("update person set phone = 'x' || phone")
    assert verified().sound


def test_the_chain_alone_leaves_rows_aside(trail: Cast) -> None:
    behind_the_back("update unit set name = '别的村' where code = 'C03'")
    assert queries.verify(with_rows=False).sound


# -- the whole history ---------------------------------------------------------------------------


def sealed() -> Checkpoint:
    """A checkpoint of the trail as it is now."""
    end = queries.head()
    assert end is not None
    return Checkpoint(end.seq, chain.root(end.frontier_list()))


def recompute() -> None:
    """Make every sum right again after a change: what somebody with full rights would do."""
    db.session.rollback()
    previous, frontier = chain.GENESIS, []
    events = db.session.query(AuditEvent).order_by(AuditEvent.seq).all()
    statements = []
    for size, event in enumerate(events):
        leaf = chain.leaf_of(record_of(event))
        digest = chain.link(previous, leaf)
        sums = f"previous = '{previous}', leaf = '{leaf}', digest = '{digest}'"
        statements.append(f"update audit_event set {sums} where seq = {event.seq}")
        frontier, previous = chain.grow(frontier, size, leaf), digest
    head = f"update audit_head set seq = {len(events)}, digest = '{previous}', frontier = :frontier"
    behind_the_back(*statements, head, frontier=canonical(frontier))


def test_a_recomputed_history_is_found_with_a_checkpoint_only(trail: Cast) -> None:
    point = sealed()
    behind_the_back('update audit_event set detail = \'{"reason":"另一个理由"}\' where seq = 2')
    recompute()
    assert verified().sound
    report = verified(point)
    assert report.findings[0].seq == LAST
    assert "历史被整体改写过" in report.findings[0].words


def test_a_roll_back_is_found_with_a_checkpoint_only(trail: Cast) -> None:
    before = db.session.get_one(AuditHead, 1)
    values = {"seq": before.seq, "digest": before.digest, "frontier": before.frontier}
    unit = open_unit("C06", "升平村")
    point = sealed()
    behind_the_back(
        f"delete from unit where id = {unit.id}",
        f"delete from audit_event where seq = {LAST + 1}",
        "update audit_head set seq = :seq, digest = :digest, frontier = :frontier",
        **values,
    )
    assert verified().sound
    (finding,) = verified(point).findings
    assert f"存证说有 {LAST + 1} 条" in finding.words


def test_a_cut_tail_and_a_recomputed_rest_are_found_with_a_checkpoint_only(trail: Cast) -> None:
    point = sealed()
    rows = json.loads(queries.event(LAST).rows)  # type: ignore[union-attr]
    behind_the_back(f"delete from {rows[0][0]} where id = {rows[0][1]}", f"delete from audit_event where seq = {LAST}")
    recompute()
    assert verified().sound
    assert not verified(point).sound


def test_an_honest_history_agrees_with_every_checkpoint_on_its_way(trail: Cast, tmp_path: Path) -> None:
    key = operations.open_key(tmp_path / "keys")
    for serial in range(10, 14):
        operations.checkpoint(tmp_path / "points", key)
        open_unit(f"C{serial}", f"第{serial}村")
    points = operations.checkpoints(tmp_path / "points", operations.public_key(tmp_path / "keys"))
    report = verified(*points)
    assert (report.sound, report.checkpoints, report.events) == (True, 4, LAST + 4)
    assert report.root == sealed().root


def test_many_findings_are_cut_at_a_hundred(trail: Cast) -> None:
    row = "({0}, 'x{0}', '假栏目', 1, true, '')"
    values = ", ".join(row.format(number_) for number_ in range(1000, 1120))
    behind_the_back(f"insert into column_tree (id, code, name, position, open, hint) values {values}")
    assert len(verified().findings) == 100
