"""One-time links: a secret that can be read from a slip of paper and typed."""

import hashlib
import re
import secrets
from datetime import timedelta

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that looks like something else: no 0 O 1 I."""
LENGTH = 24
"""120 random bits."""
VALID_FOR = timedelta(hours=24)


def new_secret() -> str:
    """Twenty-four letters and figures in groups of four."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def grouped(letters: str) -> str:
    """K7QF-2M9X-…"""
    return "-".join(re.findall(".{1,4}", letters))


def tidy(typed: str) -> str:
    """A secret as it was issued, however it was typed: capitals, blanks and dashes do not matter."""
    return grouped(re.sub(r"[\W_]", "", typed).upper())


def hash_of(typed: str) -> str:
    """What the server keeps of a secret."""
    return hashlib.sha256(tidy(typed).encode()).hexdigest()
