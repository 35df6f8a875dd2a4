"""A setting's value in words people read, and what changes between two values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from town_portal.settings.rules.catalogue import Field, Key
from town_portal.settings.rules.checking import leaves

KINDS = {"S": "年度报告", "L": "法律法规", "D": "推定", "M": "惯例，待核定", "T": "外地做法"}
"""What the tags of the catalogue's evidence stand for."""


NOT_APART = "不另定"
"""What is said of a field that may be left empty and is, where it changes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a value: what it is called and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line before and after."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Does this line change?"""
        return self.before != self.after


def words(key: Key, value: Mapping[str, Any]) -> list[Line]:
    """The lines of a value in the order of the catalogue; an amount stands with its unit.

    What may be left empty and is has no line.
    """
    return [Line(label, text) for label, text in _lines(key, value) if text is not None]


def changes(key: Key, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every line with what it says before and after; what is empty in both has none."""
    return [
        Change(label, old or NOT_APART, new or NOT_APART)
        for (label, old), (_, new) in zip(_lines(key, before), _lines(key, after), strict=True)
        if old is not None or new is not None
    ]


def texts(key: Key, value: Mapping[str, Any]) -> dict[str, str]:
    """The value as a form shows it: dotted path → text; nothing for what was left empty."""
    given = leaves(value)
    return {
        field.path: "\n".join(given[field.path]) if field.kind == "lines" else str(given[field.path])
        for field in key.fields
        if field.path in given
    }


def evidence(key: Key) -> list[Line]:
    """What the default rests on: the kind of evidence (empty when it names itself) and its words."""
    before, *tagged = re.split(r"\[([A-Z])\]", key.evidence)
    parts = [("", before), *((KINDS[tag], text) for tag, text in zip(tagged[::2], tagged[1::2], strict=True))]
    return [Line(kind, text.strip("； ")) for kind, text in parts if text.strip("； ")]


def _lines(key: Key, value: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """(label, text) of every field, an amount with its unit; None for what may be left empty and is."""
    given = leaves(value)
    lines: list[tuple[str, str | None]] = []
    for field in key.fields:
        empty = field.path not in given and field.optional and field.kind != "text"
        text = None if empty else _text(field, given.get(field.path))
        if field.path.endswith(".unit") and lines:
            label, amount = lines[-1]
            lines[-1] = (label, None if amount is None else f"{amount} {text}")
        else:
            lines.append((field.label, text))
    return lines


def _text(field: Field, value: Any) -> str:
    if value is None:
        return "未设"
    if field.kind == "choice":
        return dict(field.choices).get(value, str(value))
    return ("；".join(value) or "没有") if field.kind == "lines" else str(value)
