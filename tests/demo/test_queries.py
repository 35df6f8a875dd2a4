"""What the demo is made of."""

import re
from datetime import UTC, datetime

from tests.cast import Cast
from town_portal.access.roles import Role
from town_portal.accounts.rules.password import POLICIES, faults
from town_portal.demo import queries
from town_portal.demo.rules import corpus
from town_portal.network.rules.roster_file import person_lines

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


def test_the_roster_is_whole() -> None:
    lines, problems = person_lines(queries.people())
    assert not problems
    units = {f"B{number:02d}" for number in range(1, 11)} | {f"C{number:02d}" for number in range(1, 22)}
    offices = {unit for unit in units if unit.startswith("B")}
    reporters = [line for line in lines if line.role is Role.REPORTER]
    assert {line.unit for line in reporters if not line.deputy} == units
    assert sum(line.deputy for line in reporters) >= 31 / 3
    assert {line.unit for line in lines if line.role is Role.HEAD and not line.deputy} == offices
    assert {line.unit for line in lines if line.role is Role.HEAD and line.deputy} == {"B01", "B05", "B06", "B08"}
    assert {line.unit for line in lines if line.role is Role.LEADER} == offices
    assert {line.role for line in lines} - {None} == set(Role)


def test_every_phone_is_plainly_invented() -> None:
    phones = {row[1] for row in queries.people()[1:]}
    assert all(re.fullmatch(r"13800000\d{3}", phone) for phone in phones)
    assert len({row[0] for row in queries.people()[1:]}) == len(phones)


def test_the_corpus_reads_well() -> None:
    items = queries.items(NOW)
    assert len(items) > 320
    assert len({item.unit for item in items}) == 31
    assert len({item.key for item in items}) == len(items)
    for item in items:
        pictures = [corpus.Picture("a" * 32, 960, 600)] * len(item.figures)
        text = corpus.title(item) + corpus.html(item, pictures) + corpus.html(item.careless, pictures)
        assert "{" not in text, item.key
        if item.fault:
            assert item.careless != item


def test_the_shipped_notices() -> None:
    assert [year for year, _, _ in queries.notices()] == [2024, 2025, 2026]
    assert all(source for _, _, source in queries.notices())


def test_the_password_meets_the_policy() -> None:
    assert faults(queries.PASSWORD, POLICIES["djbh"]) == []
    assert faults(queries.PASSWORD, POLICIES["asvs"]) == []


def test_a_real_house_shows_no_accounts(database: object) -> None:
    assert not queries.loaded()
    assert queries.accounts() == []


def test_a_house_with_other_people_shows_no_accounts(town: Cast) -> None:
    assert not queries.loaded()
    assert queries.accounts() == []
