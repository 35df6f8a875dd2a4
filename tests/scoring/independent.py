"""A quarter reckoned a second time, from raw rows, with plain sqlite3 and arithmetic of its own.

Knows nothing of the house: no model, no query, no rule of it is imported. Reads the scheme of
汤塘镇 as the numbers people read on the page, and counts items one by one.

    python -m tests.scoring.independent town_portal.db 2026-2 2026-07-05
"""

import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

try:  # the library that holds the file already: two copies of it in one process undo each other's locks
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3  # type: ignore[no-redef]

EIGHT_HOURS = timedelta(hours=8)
CENT = Decimal("0.01")
TIER = {"county": Decimal(1), "city": Decimal(3), "province": Decimal(6), "nation": Decimal(10)}
CREDIT = {
    "约稿按时交": 2,
    "约稿没有按时交": -2,
    "县级领导批示": 3,
    "市级领导批示": 6,
    "省级以上领导批示": 10,
    "受到县级以上通报表扬": 3,
    "受到县级以上通报批评": -3,
    "被上级点名有错情": -5,
}
NEVER_OUT = {"published", "withdrawn", "filed"}
FAULT_COUNTS = {"confirmed", "proposed", "fixed", "answered", "closed"}


def shanghai(words: str | None) -> date | None:
    """The day in Shanghai of an instant as the database keeps it (UTC)."""
    return (datetime.fromisoformat(words) + EIGHT_HOURS).date() if words else None


def cents(value: Decimal) -> Decimal:
    """Two decimals, halves away from nought."""
    return value.quantize(CENT, ROUND_HALF_UP)


def span(key: str) -> tuple[date, date]:
    """First and last day of a quarter such as 2026-2."""
    year, number = int(key[:4]), int(key[5])
    following = date(year + number // 4, number % 4 * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), following - timedelta(days=1)


def recompute(path: str, key: str, today: date) -> dict[str, tuple[Decimal, int | None]]:
    """Unit name → (total, rank or None) of a quarter, as of a day."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    first, last = span(key)
    until = min(last, today)

    def rows(table: str) -> list[sqlite3.Row]:
        return connection.execute(f"select * from {table}").fetchall()

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    submissions = {row["id"]: row for row in rows("submission")}
    publications = {row["submission_id"]: row for row in rows("publication")}
    returned = {row["submission_id"] for row in rows("return_note")}
    handed = defaultdict(int)
    months: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    passed, timely, late = defaultdict(int), defaultdict(int), defaultdict(list)
    amended = defaultdict(set)

    for item in submissions.values():
        sent = shanghai(item["submitted_at"])
        if item["corrects_id"] is None and within(sent):
            handed[item["unit_id"]] += 1
        if item["corrects_id"] is not None or sent is None:
            continue
        public = publications.get(item["id"])
        golden = date.fromisoformat((public or item)["golden_until"])
        became = max(golden + timedelta(days=1), sent)
        if not first <= became <= until:
            continue
        if public is not None:
            out = date.fromisoformat(public["published_on"])
            if out > golden:
                late[public["unit_id"]].append((min(out, until) - golden).days)
        elif item["attribute"] == "active" and item["state"] not in NEVER_OUT:
            given_up = shanghai(item["updated_at"])
            if item["state"] == "discarded" and given_up is not None and given_up <= last:
                continue
            late[item["unit_id"]].append((until - golden).days)

    for public in publications.values():
        out = shanghai(public["published_at"])
        if out is not None and within(out):
            months[public["unit_id"]][out.month - first.month] += 1
            passed[public["unit_id"]] += public["submission_id"] not in returned
            timely[public["unit_id"]] += out <= date.fromisoformat(public["golden_until"])
        if within(shanghai(public["withdrawn_at"])):
            amended[public["unit_id"]].add(public["submission_id"])

    for visit in rows("stage_visit"):
        item = submissions[visit["submission_id"]]
        replaced = visit["stage"] == "approved" and visit["outcome"] == "publish" and item["corrects_id"] is not None
        if replaced and within(shanghai(visit["left_at"])):
            amended[item["unit_id"]].add(item["corrects_id"])

    tiers = {row["id"]: row["tier"] for row in rows("release_channel")}
    articles = {row["id"]: row["submission_id"] for row in publications.values()}
    adopted: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for release in rows("release"):
        if release["state"] == "released" and within(shanghai(release["released_at"])):
            article, points = articles[release["publication_id"]], TIER.get(tiers[release["channel_id"]], Decimal(0))
            held = adopted[release["unit_id"]].get(article, Decimal(0))
            adopted[release["unit_id"]][article] = max(held, points)

    faults: dict[int, list[str]] = defaultdict(list)
    for fault in rows("fault"):
        if fault["state"] in FAULT_COUNTS and within(shanghai(fault["confirmed_at"])):
            faults[fault["unit_id"]].append(fault["severity"])

    verdicts: dict[int, set[str]] = defaultdict(set)
    for decision in rows("credit_decision"):
        verdicts[decision["credit_id"]].add(decision["verdict"])
    extra: dict[int, Decimal] = defaultdict(Decimal)
    for credit in rows("credit"):
        if verdicts[credit["id"]] == {"confirmed"} and within(date.fromisoformat(credit["happened_on"])):
            extra[credit["unit_id"]] += CREDIT[credit["matter"]] * credit["times"]

    found = []
    for unit in rows("unit"):
        me, office = unit["id"], unit["kind"] == "office"
        closed = date.fromisoformat(unit["closed_on"]) if unit["closed_on"] else None
        if closed is not None and closed < first and not (handed[me] or sum(months[me]) or late[me] or amended[me]):
            continue
        done, need = sum(months[me]), 6 if office else 3
        quantity = Decimal(30) if closed is not None and closed < first else cents(Decimal(30) * min(done, need) / need)
        for number in range(3):
            begins = date(first.year, first.month + number, 1)
            ends = (begins + timedelta(days=31)).replace(day=1)
            if not months[me][number] and today >= ends and (closed is None or closed >= begins):
                quantity -= 3
        quantity = max(Decimal(0), min(Decimal(30), quantity))
        quality = cents(Decimal(40) * passed[me] / done) if done else Decimal(0)
        quality -= 3 * faults[me].count("minor") + 10 * faults[me].count("major") + min(5, len(amended[me]))
        quality = max(Decimal(0), min(Decimal(40), quality))
        whole = timely[me] + len(late[me])
        pace = cents(Decimal(30) * timely[me] / whole) if whole else Decimal(0)
        some, long = sum(4 <= days <= 7 for days in late[me]), sum(days >= 8 for days in late[me])
        pace = max(Decimal(0), min(Decimal(30), pace - min(Decimal(5), Decimal("0.5") * some + long)))
        bonus = min(Decimal(12), sum(adopted[me].values(), Decimal(0))) + extra[me]
        bonus = max(Decimal(-20), min(Decimal(20), bonus))
        total = max(Decimal(0), quantity + quality + pace + bonus)
        secret = "secrecy" in faults[me]
        ranks = not secret and handed[me] > 0
        merit = (total, quality, pace, done)
        found.append((unit["name"], office, Decimal(0) if secret else total, merit if ranks else None))

    connection.close()
    result: dict[str, tuple[Decimal, int | None]] = {}
    for name, office, total, merit in found:
        better = [one for _, kind, _, one in found if kind == office and one is not None and merit and one > merit]
        result[name] = (total, None if merit is None else len(better) + 1)
    return result


if __name__ == "__main__":
    for name, (total, rank) in recompute(sys.argv[1], sys.argv[2], date.fromisoformat(sys.argv[3])).items():
        print(name, total, rank or "-")
