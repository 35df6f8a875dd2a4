"""A scheme as the fields of a form, and back: tables to fill in, never JSON to type.

A row left without points is no row, a rule or section marked to go is left out; so adding needs no
more than filling a blank row, and the form works without a script. What is typed stays as it was
typed until the scheme's own reader (``rules/scheme.py``) says what is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from town_portal.scoring.rules.scheme import ANY, CHANNEL, KINDS, SEVERITIES, TIERS, Fact, Scheme, tag_label

F = Fact
Fields = Mapping[str, str]
_SECTION = re.compile(r"s(\d{1,2})\.name")
_RULE = re.compile(r"s(\d{1,2})\.r(\d{1,2})\.kind")
_ROW = re.compile(r"(s\d{1,2}\.r\d{1,2})\.t(\d{1,3})\.tag")
MOST_TIES = 3
BLANK_ROWS = 3

ADDED: dict[str, str] = {
    "tariff.published": "计分表：采用发布（按栏目）",
    "tariff.submitted": "计分表：报送（按栏目）",
    "tariff.adopted": "计分表：渠道采用（按级别）",
    "tariff.late": "计分表：逾期（按迟了几天）",
    "tariff.fault": "计分表：差错（按轻重）",
    "tariff.returns": "计分表：退回",
    "tariff.amended": "计分表：发布后撤改",
    "tariff.credit": "计分表：加减分事项",
    "quota": "任务：每月或每季度要报几件",
    "ratio": "比率：一次通过率、黄金期内发布率、采用率",
    "surplus": "超额：超过任务加分",
}
"""What can be added to a section."""

_POINTS = {
    "quota": ("full", "met", "missing", "short", "blank"),
    "ratio": ("full", "empty"),
    "surplus": ("over", "points", "start", "step"),
    "tariff": ("cap", "floor"),
}


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A line of a tariff to fill in. ``typed``: its name is typed as well."""

    key: str
    tag: str
    label: str
    points: str
    typed: bool


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """A rule to fill in."""

    key: str
    kind: str
    fact: str
    rows: tuple[RowSheet, ...]
    lines: tuple[str, ...]
    """Keys of a ratio's thresholds."""

    @property
    def kind_label(self) -> str:
        """What sort of rule it is, in Chinese."""
        words = {"quota": "任务", "ratio": "比率", "surplus": "超额", "tariff": "计分表"}[self.kind]
        return f"{words}：{Fact(self.fact).label}" if self.kind == "tariff" else words

    @property
    def typed_label(self) -> str:
        """What the typed name of a row is called."""
        return {"late": "迟几天（如 4-7，或 8-）", "credit": "事项名称", "adopted": "渠道名称"}.get(self.fact, "名称")


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A section to fill in."""

    key: str
    rules: tuple[RuleSheet, ...]


# -- a scheme as fields --------------------------------------------------------------------------


def fields_of(scheme: Scheme) -> dict[str, str]:
    """The fields that say a scheme."""
    plain = scheme.to_plain()
    found = {key: str(plain.get(key, "")) for key in ("name", "source", "cap", "floor", "pass_mark", "places")}
    found["gaps"] = "\n".join(plain["gaps"])
    minimum = plain.get("minimum")
    found["minimum.fact"] = minimum["fact"] if minimum else ""
    found |= {f"minimum.{kind}": str(minimum["need"][kind]) if minimum else "" for kind in KINDS}
    found |= {f"ties.{number}": tie for number, tie in enumerate(plain["ties"][:MOST_TIES])}
    for number, veto in enumerate(plain["vetoes"]):
        found |= {f"v{number}.{key}": veto[key] for key in ("fact", "tag", "effect")}
    for place, section in enumerate(plain["sections"]):
        key = f"s{place}"
        found |= {
            f"{key}.{name}": str(section.get(name, "")) for name in ("name", "part", "base", "cap", "floor", "weight")
        }
        for number, rule in enumerate(section["rules"]):
            found |= _fields_of_rule(rule, f"{key}.r{number}")
    return found


def _fields_of_rule(rule: Mapping[str, Any], key: str) -> dict[str, str]:
    found = {f"{key}.{name}": str(rule.get(name, "")) for name in ("kind", "name", "fact", "span", "share")}
    found |= {f"{key}.{name}": str(rule.get(name, "")) for name in _POINTS[rule["kind"]]}
    found |= {f"{key}.need.{kind}": str(need) for kind, need in rule.get("need", {}).items()}
    if rule.get("highest"):
        found[f"{key}.highest"] = "1"
    for number, row in enumerate(rule.get("rows", ())):
        found |= {f"{key}.t{number}.tag": row["tag"], f"{key}.t{number}.points": row["points"]}
    for number, line in enumerate(rule.get("lines", ())):
        found |= {
            f"{key}.l{number}.percent": line["percent"],
            f"{key}.l{number}.points": line["points"],
            f"{key}.l{number}.below": "below" if line["below"] else "from",
        }
    return found


# -- and back ------------------------------------------------------------------------------------


def plain_of(fields: Fields) -> dict[str, Any]:
    """The plain values that fields say; whether they are a scheme is the scheme's to judge."""
    said = {key: (fields.get(key) or "").strip() for key in fields}
    plain: dict[str, Any] = {"name": said.get("name", ""), "source": said.get("source", "")}
    plain |= {key: said[key] for key in ("cap", "floor", "pass_mark") if said.get(key)}
    plain["gaps"] = [line.strip() for line in said.get("gaps", "").splitlines() if line.strip()]
    plain["places"] = _whole(said.get("places", "")) if said.get("places") else 2
    plain["ties"] = list(
        dict.fromkeys(said[f"ties.{number}"] for number in range(MOST_TIES) if said.get(f"ties.{number}"))
    )
    if said.get("minimum.fact"):
        plain["minimum"] = {"fact": said["minimum.fact"], "need": _need(said, "minimum")}
    plain["vetoes"] = [
        {key: said.get(f"v{number}.{key}", "") for key in ("fact", "tag", "effect")}
        for number in range(20)
        if said.get(f"v{number}.effect")
    ]
    plain["sections"] = [_plain_section(said, key) for key in _sections(said) if not said.get(f"{key}.drop")]
    return plain


def _plain_section(said: Fields, key: str) -> dict[str, Any]:
    section: dict[str, Any] = {"name": said.get(f"{key}.name", ""), "part": said.get(f"{key}.part", "")}
    section |= {name: said[f"{key}.{name}"] for name in ("base", "cap", "floor", "weight") if said.get(f"{key}.{name}")}
    section["rules"] = [_plain_rule(said, rule) for rule in _rules(said, key) if not said.get(f"{rule}.drop")]
    return section


def _plain_rule(said: Fields, key: str) -> dict[str, Any]:
    kind = said.get(f"{key}.kind", "")
    rule: dict[str, Any] = {"kind": kind, "name": said.get(f"{key}.name", "")}
    rule |= {name: said[f"{key}.{name}"] for name in _POINTS.get(kind, ()) if said.get(f"{key}.{name}")}
    match kind:
        case "tariff":
            fact = said.get(f"{key}.fact", "")
            rows = [
                {
                    "tag": _tag(fact, said.get(f"{row}.tag", ""), said.get(f"{row}.typed", "")),
                    "points": said[f"{row}.points"],
                }
                for row in _rows(said, key)
                if said.get(f"{row}.points")
            ]
            rule |= {"fact": fact, "rows": rows, "highest": bool(said.get(f"{key}.highest"))}
        case "quota":
            rule |= {
                "fact": said.get(f"{key}.fact", ""),
                "span": said.get(f"{key}.span", ""),
                "need": _need(said, f"{key}.need"),
            }
        case "surplus":
            rule |= {"fact": said.get(f"{key}.fact", ""), "need": _need(said, f"{key}.need")}
        case "ratio":
            rule["share"] = said.get(f"{key}.share", "")
            rule["lines"] = [
                {
                    "percent": said[f"{line}.percent"],
                    "points": said.get(f"{line}.points", ""),
                    "below": said.get(f"{line}.below", "below") == "below",
                }
                for line in (f"{key}.l{number}" for number in range(10))
                if said.get(f"{line}.percent")
            ]
    return rule


def _tag(fact: str, tag: str, typed: str) -> str:
    """The tag of a row: fixed, or as typed; a channel's name is marked as one."""
    if tag:
        return tag
    return f"{CHANNEL}{typed}" if fact == F.ADOPTED.value and typed else typed


def _need(said: Fields, key: str) -> dict[str, Any]:
    return {kind: _whole(said.get(f"{key}.{kind}", "")) for kind in KINDS}


def _whole(words: str) -> Any:
    """A whole number, nothing as 0; what is none stays as typed and is refused by the reader."""
    if not words:
        return 0
    return int(words) if re.fullmatch(r"\d{1,6}", words, re.ASCII) else words


# -- what the form shows -------------------------------------------------------------------------


def sheets(fields: Fields, columns: Sequence[tuple[str, str]], channels: Sequence[str]) -> list[SectionSheet]:
    """The sections to fill in. ``columns``: (code, name) of open ones; ``channels``: names known."""
    return [
        SectionSheet(key, tuple(_rule_sheet(fields, rule, columns, channels) for rule in _rules(fields, key)))
        for key in _sections(fields)
    ]


def _rule_sheet(fields: Fields, key: str, columns: Sequence[tuple[str, str]], channels: Sequence[str]) -> RuleSheet:
    kind, fact = fields.get(f"{key}.kind", ""), fields.get(f"{key}.fact", "")
    rows = (
        tuple(_row_sheets(fields, key, Fact(fact), columns, channels)) if kind == "tariff" and fact in set(Fact) else ()
    )
    used = [number for number in range(10) if fields.get(f"{key}.l{number}.percent")]
    lines = tuple(f"{key}.l{number}" for number in range(min(10, len(used) + 1))) if kind == "ratio" else ()
    return RuleSheet(key, kind, fact, rows, lines)


def _row_sheets(
    fields: Fields, key: str, fact: Fact, columns: Sequence[tuple[str, str]], channels: Sequence[str]
) -> Iterator[RowSheet]:
    """The fixed lines of a table with what was said of them, then lines with a name of their own, then blank ones."""
    said = {
        _tag(fact.value, fields.get(f"{row}.tag", ""), (fields.get(f"{row}.typed") or "").strip()): fields.get(
            f"{row}.points", ""
        )
        for row in _rows(fields, key)
    }
    names = dict(columns)
    fixed: dict[Fact, Sequence[str]] = {
        F.PUBLISHED: [ANY, *names],
        F.SUBMITTED: [ANY, *names],
        F.ADOPTED: [*TIERS, *(f"{CHANNEL}{name}" for name in channels)],
        F.FAULT: list(SEVERITIES),
        F.LATE: [],
        F.CREDIT: [],
    }
    wanted = list(fixed.get(fact, [ANY]))
    if fact is F.LATE and (ANY in said or not said):
        wanted = [ANY]
    typed = fact in (F.LATE, F.CREDIT)
    order = wanted + [tag for tag in said if tag and tag not in wanted]
    number = 0
    for tag in order:
        label = "没有单列的栏目" if tag == ANY and len(wanted) > 1 else tag_label(fact, tag, names)
        yield RowSheet(f"{key}.t{number}", tag, label, said.get(tag, ""), typed=typed and tag != ANY)
        number += 1
    if typed or fact is F.ADOPTED:
        for _ in range(BLANK_ROWS if typed else 1):
            yield RowSheet(f"{key}.t{number}", "", "", "", typed=True)
            number += 1


def grown(fields: Fields, what: str, section: str = "") -> dict[str, str]:
    """The fields with one more rule (one of ``ADDED``) in a section, or with one more section."""
    found = dict(fields)
    if what == "section":
        key = f"s{_next(_SECTION, fields, 1)}"
        return found | {
            f"{key}.name": "新的一项",
            f"{key}.part": "quantity",
            f"{key}.base": "0",
            f"{key}.weight": "100",
        }
    if what not in ADDED or f"{section}.name" not in fields:
        return found
    numbers = [int(match[2]) for name in fields if (match := _RULE.fullmatch(name)) and f"s{match[1]}" == section]
    key = f"{section}.r{max(numbers, default=-1) + 1}"
    kind, _, fact = what.partition(".")
    found |= {f"{key}.kind": kind, f"{key}.name": ADDED[what].partition("：")[2].partition("（")[0][:20]}
    if kind == "tariff":
        found[f"{key}.fact"] = fact
    elif kind == "ratio":
        found[f"{key}.share"] = "first_pass"
    else:
        found |= {f"{key}.fact": "published", f"{key}.span": "quarter"}
    return found


def _next(pattern: re.Pattern[str], fields: Fields, group: int) -> int:
    return max((int(match[group]) for name in fields if (match := pattern.fullmatch(name))), default=-1) + 1


def _sections(fields: Fields) -> list[str]:
    numbers = sorted(int(match[1]) for name in fields if (match := _SECTION.fullmatch(name)))
    return [f"s{number}" for number in numbers]


def _rules(fields: Fields, section: str) -> list[str]:
    numbers = sorted(int(match[2]) for name in fields if (match := _RULE.fullmatch(name)) and f"s{match[1]}" == section)
    return [f"{section}.r{number}" for number in numbers]


def _rows(fields: Fields, rule: str) -> list[str]:
    numbers = sorted(int(match[2]) for name in fields if (match := _ROW.fullmatch(name)) and match[1] == rule)
    return [f"{rule}.t{number}" for number in numbers]
