"""A year of ten thousand items as raw rows, with every edge a year has; written past the house."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

try:  # the library that holds the file already: two copies of it in one process undo each other's locks
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3  # type: ignore[no-redef]

EIGHT_HOURS = timedelta(hours=8)
YEAR = 2026
STATES = ("second_review", "third_review", "approved", "returned", "discarded", "filed", "scheduled")


class Year:
    """Writes rows whose columns nobody asks about are filled with nothing."""

    def __init__(self, path: str, seed: int) -> None:
        self.lots = random.Random(seed)
        self.connection = sqlite3.connect(path)
        self.connection.execute("pragma foreign_keys=off")
        self.units = [row[0] for row in self.connection.execute("select id from unit order by id")]
        self.columns = [
            row[0] for row in self.connection.execute("select id from column_tree where parent_id is not null")
        ]
        self.needed: dict[str, dict[str, Any]] = {}
        self.batches: dict[str, list[dict[str, Any]]] = {}
        self.ids: dict[str, int] = {}

    def put(self, table: str, **values: Any) -> int:
        """One row; its number."""
        if table not in self.needed:
            info = self.connection.execute(f"pragma table_info({table})").fetchall()
            self.needed[table] = {
                name: None if not notnull else 0 if kind in ("INTEGER", "BOOLEAN") else ""
                for _, name, kind, notnull, _, _ in info
            }
            self.ids[table] = self.connection.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0]
        self.ids[table] += 1
        self.batches.setdefault(table, []).append({**self.needed[table], "id": self.ids[table], **values})
        return self.ids[table]

    def close(self) -> None:
        """Write everything."""
        for table, rows in self.batches.items():
            names = list(rows[0])
            marks = ", ".join("?" for _ in names)
            self.connection.executemany(
                f"insert into {table} ({', '.join(names)}) values ({marks})",
                [[row[name] for name in names] for row in rows],
            )
        self.connection.commit()
        self.connection.close()

    def moment(self, day: date) -> str:
        """An instant of a day in Shanghai, often at its very edges."""
        hour, minute, second = self.lots.choice(
            [(0, 0, 0), (23, 59, 59), (23, 59, 0), (8, 30, 0), (7, 59, 59), (8, 0, 0), (16, 20, 5)]
        )
        return (datetime.combine(day, time(hour, minute, second)) - EIGHT_HOURS).isoformat(" ") + ".000000"

    def day(self) -> date:
        """A day of the year, often the first or last of a quarter."""
        if self.lots.random() < 0.15:
            month, day = self.lots.choice([(1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (9, 30), (10, 1), (12, 31)])
            return date(YEAR, month, day)
        return date(YEAR, 1, 1) + timedelta(days=self.lots.randrange(365))

    def item(self, channels: list[int]) -> None:
        """One item with all that may happen to it."""
        lots, unit = self.lots, self.lots.choice(self.units)
        event = self.day()
        sent = event + timedelta(days=lots.choice([0, 0, 0, 1, 2, 3, 4, 9]))
        golden = event + timedelta(days=3)
        facts: dict[str, Any] = {
            "version": 1, "unit_id": unit, "drafter_id": 1, "created_at": self.moment(event), "title": "稿", "digest": "x",
            "column_id": lots.choice(self.columns), "event_on": event.isoformat(), "importance": "normal", "urgency": "normal",
            "attribute": lots.choices(["active", "on_request"], [9, 1])[0], "counterpart_id": unit, "golden_until": golden.isoformat(),
            "signed_digest": "x", "returned_from": "second_review", "scheduled_at": self.moment(sent), "revision_id": None,
        }  # fmt: skip
        if lots.random() < 0.03:
            self.put("submission", **facts, state="draft", updated_at=self.moment(event))
            return
        facts |= {"submitted_at": self.moment(sent), "submit_count": 1}
        if lots.random() < 0.12:
            ended = sent + timedelta(days=lots.randrange(1, 120))
            self.put("submission", **facts, state=lots.choice(STATES), updated_at=self.moment(ended))
            return
        out = sent + timedelta(days=lots.choice([0, 0, 1, 2, 3, 5, 8, 40]))
        state = "withdrawn" if lots.random() < 0.04 else "published"
        item = self.put("submission", **facts, state=state, updated_at=self.moment(out))
        gone = out + timedelta(days=lots.randrange(60)) if state == "withdrawn" else None
        owner = unit if lots.random() < 0.98 else lots.choice(self.units)
        public = self.put(
            "publication", version=1, submission_id=item, unit_id=owner, column_id=facts["column_id"], title="稿",
            index_number=f"测{item}", event_on=facts["event_on"], golden_until=facts["golden_until"], published_at=(at := self.moment(out)),
            published_on=out.isoformat(), standing="withdrawn" if gone else "live", withdrawn_at=self.moment(gone) if gone else None,
        )  # fmt: skip
        del at
        for _ in range(lots.choices([0, 1, 2], [8, 2, 1])[0]):
            self.put(
                "return_note",
                submission_id=item,
                stage="second_review",
                person_id=1,
                returned_at=self.moment(sent),
                reasons="[]",
                marks="[]",
            )
        if lots.random() < 0.05:
            mended = out + timedelta(days=lots.randrange(90))
            correction = self.put(
                "submission",
                **{**facts, "corrects_id": item, "submitted_at": self.moment(mended)},
                state="published",
                updated_at=self.moment(mended),
            )
            for _ in range(lots.choice([1, 1, 2])):
                self.put(
                    "stage_visit", submission_id=correction, stage="approved", role="publisher", unit_id=unit, entered_at=self.moment(mended),
                    due_at=self.moment(mended), left_at=self.moment(mended), outcome="publish", person_id=1, working_minutes=5,
                )  # fmt: skip
        for channel in channels:
            if lots.random() < 0.08:
                ran = lots.random() < 0.8
                self.put(
                    "release", version=1, publication_id=public, channel_id=channel, unit_id=unit, state="released" if ran else "recalled",
                    planned_at=self.moment(out), due_at=self.moment(out), released_at=self.moment(out + timedelta(days=lots.randrange(10))), reason="撤",
                )  # fmt: skip
        if lots.random() < 0.02:
            seen = out + timedelta(days=lots.randrange(30))
            severity = lots.choices(["minor", "major", "secrecy"], [30, 8, 1])[0]
            self.put(
                "fault", version=1, number=f"C{item}", state=lots.choice(["confirmed", "reported", "dismissed"]), publication_id=public,
                submission_id=item, unit_id=unit, origin="spot_check", words="错", found_at=self.moment(seen), confirmed_at=self.moment(seen),
                severity=severity, changed="[]", dismissed_reason="不是错",
            )  # fmt: skip


def write_year(path: str, items: int, seed: int) -> None:
    """So many items of a year, and four channels of different tiers they may run on."""
    year = Year(path, seed)
    channels = [
        year.put(
            "release_channel",
            version=1,
            code=f"t{tier}",
            name=f"测试{tier}渠道",
            tier=tier,
            medium="site",
            opened_on=f"{YEAR}-01-01",
            position=n,
        )
        for n, tier in enumerate(("own", "county", "city", "province"), 90)
    ]
    for _ in range(items):
        year.item(channels)
    year.close()
