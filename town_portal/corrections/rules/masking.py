"""Taking names out of a text, so that a fault can be shown to others without pointing at anybody."""

import re
from collections.abc import Iterable, Mapping

_LONG_NUMBER = re.compile(r"\d[\d\-]{5,}\d[\dXx]?")
_CONTACT = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")


def masked(text: str, names: Mapping[str, str], people: Iterable[str] = ()) -> str:
    """The text with names put out of sight.

    ``names`` are what units and places are replaced by (洛洞村 → 某村), the longest first; ``people`` keep their
    surname (李月娥 → 李某某). Numbers of seven signs and more and mail addresses become signs that say nothing.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    for person in sorted(set(people), key=len, reverse=True):
        text = text.replace(person, person[0] + "某" * (len(person) - 1))
    return _CONTACT.sub("×××", _LONG_NUMBER.sub("×××", text))
