"""What a password must be. Two policies, because the references conflict.

``djbh`` (GB/T 22239-2019 8.1.4.1 a: complexity and periodic change): at least 10 characters, three
of four kinds, 90 days, the last five barred. ``asvs`` (OWASP ASVS 5.0 6.2.5, 6.2.10: neither): at
least 15 characters. Both bar common passwords and words an attacker would try here first; both
take up to 128 characters of any sort, blanks included.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

MOST = 128
FORMER = 5
LOCAL_WORDS = ("汤塘", "佛冈", "清远", "tangtang", "fogang", "qingyuan")
_LEAST_WORD = 4
"""A context word in Latin letters or figures counts from this length on."""

_SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
_LEET = str.maketrans("@$!013457", "asioleast")


@dataclass(frozen=True, slots=True)
class Policy:
    """One set of demands."""

    least: int
    kinds: int
    days: int | None
    words: str


POLICIES = {
    "djbh": Policy(10, 3, 90, "至少 10 位，大写字母、小写字母、数字、符号占三种；90 天更换一次，不能和最近 5 次相同"),
    "asvs": Policy(15, 1, None, "至少 15 位，可以是一句话，不限种类；不要求定期更换，不能和最近 5 次相同"),
}


def normal(password: str) -> str:
    """One form for one password, whatever keyboard composed its characters."""
    return unicodedata.normalize("NFC", password)


def faults(password: str, policy: Policy, context: Iterable[str] = ()) -> list[str]:
    """Everything that is wrong with a new password, in words; empty when it may be used.

    ``context`` are words an attacker would try for this person: phone, name, pinyin, units.
    """
    password = normal(password)
    found = []
    if len(password) < policy.least:
        found.append(f"至少要 {policy.least} 位，您写了 {len(password)} 位")
    if len(password) > MOST:
        found.append(f"最多 {MOST} 位，您写了 {len(password)} 位")
    if policy.kinds > 1 and kinds(password) < policy.kinds:
        found.append("大写字母、小写字母、数字、符号要占三种")
    if is_common(password):
        found.append("这个密码太常见，容易被猜到，请换一个")
    word = _word_in(password, (*LOCAL_WORDS, *context))
    if word:
        found.append("密码里不要有地名、单位名、姓名或手机号")
    return found


def is_former(password: str, hashes: Iterable[str], verify: Callable[[str, str], bool]) -> bool:
    """Is it one of the last ones? ``verify(hash, password)`` compares one."""
    return any(verify(one, normal(password)) for one in list(hashes)[:FORMER])


def too_old(now: datetime, changed_at: datetime | None, policy: Policy) -> bool:
    """Is it time for another one? Never under a policy without an age."""
    if policy.days is None or changed_at is None:
        return False
    return now - changed_at > timedelta(days=policy.days)


def kinds(password: str) -> int:
    """How many of the four kinds occur: small and capital letters, figures, everything else."""
    return sum(
        any(test(character) for character in password)
        for test in (
            lambda c: "a" <= c <= "z",
            lambda c: "A" <= c <= "Z",
            lambda c: "0" <= c <= "9",
            lambda c: not re.match(r"[A-Za-z0-9]", c),
        )
    )


def is_common(password: str) -> bool:
    """Is it, seen through capitals, shifted figures, letter-like figures and trimmings, a common one?"""
    small = password.casefold()
    if len(set(small)) < 5:
        return True
    forms = {small, small.translate(_SHIFTED), small.translate(_LEET)}
    forms |= {re.sub(r"[\W_]+", "", form) for form in forms}
    forms |= {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", form) for form in forms}
    return any(len(form) >= _LEAST_WORD and form in common_passwords() for form in forms)


@cache
def common_passwords() -> frozenset[str]:
    """The shipped list, read when it is first needed."""
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def _word_in(password: str, words: Iterable[str]) -> str | None:
    small = password.casefold()
    plain = re.sub(r"[\W_]+", "", small)
    for word in map(str.casefold, words):
        if word and (not word.isascii() or len(word) >= _LEAST_WORD) and (word in small or word in plain):
            return word
    return None
