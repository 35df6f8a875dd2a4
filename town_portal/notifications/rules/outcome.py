"""How an attempt ended, in words a person understands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt ended. ``again``: worth another try; ``troubled``: the channel is at fault, not the message.

    ``words`` say what to do next; ``number`` is the service's own number for the message.
    """

    delivered: bool
    again: bool = False
    troubled: bool = False
    words: str = ""
    number: str = ""


def delivered(number: object = "") -> Outcome:
    """It is with the service."""
    return Outcome(delivered=True, words="已送出", number=str(number or "")[:64])


def later(words: str) -> Outcome:
    """The channel failed in a way that passes."""
    return Outcome(delivered=False, again=True, troubled=True, words=words)


def broken(words: str) -> Outcome:
    """The channel fails until somebody mends it."""
    return Outcome(delivered=False, troubled=True, words=words)


def unwanted(words: str) -> Outcome:
    """This message is not taken; others may be."""
    return Outcome(delivered=False, words=words)


def quoted(words: object, secrets: Iterable[str] = ()) -> str:
    """A service's own words as they may be shown: short, without secrets, addresses and phone numbers."""
    text = str(words or "")
    for secret in sorted((one for one in secrets if one), key=len, reverse=True):
        text = text.replace(secret, "＊＊＊")
    text = re.sub(r"\w+://\S+", "＊＊＊", text)
    text = re.sub(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", "＊＊＊", text)
    text = re.sub(r"(?<!\d)(\+?86)?1\d{10}(?!\d)", "＊＊＊", text)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return f"{text[:LONGEST_WORDS]}……" if len(text) > LONGEST_WORDS else text
