"""What a password must be, under both policies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from town_portal.accounts.rules import password
from town_portal.accounts.rules.password import POLICIES, faults

DJBH, ASVS = POLICIES["djbh"], POLICIES["asvs"]
CONTEXT = ("13826704412", "26704412", "704412", "李月娥", "liyuee", "洛洞村", "luodongcun", "洛洞", "luodong")
NOW = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "good",
    [
        "Lizhi-hao-chi-7",
        "Xx9!kqWmvT",
        "荔枝红了 我们 Go8",
        "correct Horse battery 9",
        "a" * 3 + "B1" + "纸飞机穿过雨",
        "Zh4o-hu0.Shan.Deng",
    ],
)
def test_good_ones(good: str) -> None:
    assert faults(good, DJBH, CONTEXT) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", "至少要 10 位，您写了 0 位"),
        ("Xx9!kqWmv", "至少要 10 位，您写了 9 位"),
        ("xkqwmvtzrpnb", "占三种"),
        ("xkqwmvtz4729", "占三种"),
        ("Xx9!" * 33, "最多 128 位"),
        ("Password123!", "太常见"),
        ("P@ssw0rd2024", "太常见"),
        ("1qaz@WSX3edc", "太常见"),
        ("!QAZ2wsx#EDC", "太常见"),
        ("Qwerty123456!", "太常见"),
        ("Admin@123456", "太常见"),
        ("Woaini1314520!", "太常见"),
        ("Zhangwei@1990", "太常见"),
        ("Abc123456789!", "太常见"),
        ("aaaaaaaaA1!", "太常见"),
        ("Tangtang@2026", "地名"),
        ("My-Fogang-8866x", "地名"),
        ("汤塘的桥-Ab12", "地名"),
        ("Kx!13826704412", "地名"),
        ("Kx!xx704412xx", "地名"),
        ("Li.Yue.E-7788", "地名"),
        ("洛洞村-Abcd-77", "地名"),
        ("Luo-Dong-7788!", "地名"),
    ],
)
def test_bad_ones(bad: str, reason: str) -> None:
    assert reason in "；".join(faults(bad, DJBH, CONTEXT))


def test_asvs_asks_for_length_and_no_kinds() -> None:
    assert faults("xkqwmvtzrpnbhgw", ASVS) == []
    assert "至少要 15 位" in faults("Xx9!kqWmvTabcd", ASVS)[0]
    assert faults("passwordpassword", ASVS) == ["这个密码太常见，容易被猜到，请换一个"]


def test_ages() -> None:
    assert not password.too_old(NOW, NOW - timedelta(days=90), DJBH)
    assert password.too_old(NOW, NOW - timedelta(days=91), DJBH)
    assert not password.too_old(NOW, NOW - timedelta(days=999), ASVS)
    assert not password.too_old(NOW, None, DJBH)


def test_the_last_five_are_barred() -> None:
    def same(stored: str, typed: str) -> bool:
        return stored == typed

    former = ["e", "d", "c", "b", "a", "0"]
    assert all(password.is_former(one, former, same) for one in "edcba")
    assert not password.is_former("0", former, same)


def test_the_list_is_long_and_local() -> None:
    words = password.common_passwords()
    assert len(words) >= 3_000
    assert {"123456", "qwerty", "woaini1314", "tangtang123", "fogang2026", "zhangwei", "1qaz2wsx", "19900101"} <= words
    assert all(word == word.casefold() for word in words)


def test_one_password_however_composed() -> None:
    assert password.normal("e\u0301") == password.normal("\u00e9")


@given(some.text(min_size=10, max_size=128))
def test_any_characters_may_be_used_and_nothing_breaks(text: str) -> None:
    assert all(fault.strip() for fault in faults(text, DJBH, CONTEXT))


@given(some.integers(0, 4))
def test_kinds_are_counted(count: int) -> None:
    assert password.kinds("".join(("a", "B", "3", "字")[:count])) == count
