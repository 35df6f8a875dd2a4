"""评分办法 as data: sections of rules that turn counted facts into points, and what is done with the sum.

A scheme is read from plain JSON values and written back to the same. Points are exact: decimal text
in the data, ``Fraction`` in the code, never a float. The kinds of rules are closed, so that every
one of them can be drawn as a table, edited without typing JSON and explained in Chinese:

- ``tariff`` 计分表: so many points for each thing of a kind (a column, a channel's tier, a severity);
- ``quota`` 任务: what a unit of a kind owes in a month or quarter, what is given for it, what is taken
  for what is missing, for a short and for a blank month;
- ``ratio`` 比率: points in proportion to a rate, or for falling below (or reaching) a line;
- ``surplus`` 超额: points for more than was owed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from town_portal.foundation.errors import Refused

ANY = "*"
"""The tag of a tariff's row that stands for everything without a row of its own."""
CHANNEL = "channel:"
"""Before a channel's name, in a tariff of adoptions: that channel and not its whole tier."""
MOST_POINTS = 100_000
LONGEST = 60
_BAND = re.compile(r"([1-9]\d{0,3})-([1-9]\d{0,3})?", re.ASCII)


class Fact(StrEnum):
    """What can be counted for a unit and a quarter."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    FIRST_PASS = "first_pass"  # noqa: S105 - a measure
    TIMELY = "timely"
    LATE = "late"
    RETURNS = "returns"
    AMENDED = "amended"
    ADOPTED = "adopted"
    FAULT = "fault"
    CREDIT = "credit"

    @property
    def label(self) -> str:
        """The fact in Chinese."""
        return FACTS[self][0]

    @property
    def one(self) -> str:
        """The counting word."""
        return FACTS[self][1]


F = Fact
FACTS: dict[Fact, tuple[str, str]] = {
    F.SUBMITTED: ("报送", "件"),
    F.PUBLISHED: ("采用发布", "条"),
    F.FIRST_PASS: ("一次通过", "条"),
    F.TIMELY: ("黄金期内发布", "条"),
    F.LATE: ("逾期", "件"),
    F.RETURNS: ("退回", "次"),
    F.AMENDED: ("发布后撤改", "条"),
    F.ADOPTED: ("渠道采用", "条"),
    F.FAULT: ("差错", "处"),
    F.CREDIT: ("加减分事项", "项"),
}
MONTHLY = (F.SUBMITTED, F.PUBLISHED)
"""What is known by month, and can be owed by month."""

TIERS = {"own": "本镇", "county": "县级", "city": "市级", "province": "省级", "nation": "国家级"}
"""The tiers of channels, the lowest first."""
SEVERITIES = {"minor": "一般差错", "major": "严重差错", "secrecy": "泄密"}
KINDS = {"office": "办公室", "village": "村", "community": "社区"}


class Part(StrEnum):
    """To which side of the work a section's points belong."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    BONUS = "bonus"

    @property
    def label(self) -> str:
        """The part in Chinese."""
        return {"quantity": "数量", "quality": "质量", "timeliness": "时效", "bonus": "加减分"}[self.value]


class Span(StrEnum):
    """For how long a quota is set."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def label(self) -> str:
        """The span in Chinese."""
        return {"month": "每月", "quarter": "每季度"}[self.value]


class Share(StrEnum):
    """The rates that a rule may use."""

    ADOPTION = "adoption"
    FIRST_PASS = "first_pass"  # noqa: S105 - a measure
    TIMELY = "timely"

    @property
    def label(self) -> str:
        """The rate in Chinese."""
        return {"adoption": "采用率", "first_pass": "一次通过率", "timely": "黄金期内发布率"}[self.value]

    @property
    def part(self) -> Fact:
        """What stands above the line."""
        return {Share.ADOPTION: F.PUBLISHED, Share.FIRST_PASS: F.FIRST_PASS, Share.TIMELY: F.TIMELY}[self]

    @property
    def whole(self) -> tuple[Fact, ...]:
        """What stands below it, added up."""
        return {
            Share.ADOPTION: (F.SUBMITTED,),
            Share.FIRST_PASS: (F.PUBLISHED,),
            Share.TIMELY: (F.TIMELY, F.LATE),
        }[self]


class Effect(StrEnum):
    """What a veto does to a unit's quarter."""

    ZERO = "zero"
    UNRANKED = "unranked"

    @property
    def label(self) -> str:
        """The effect in Chinese."""
        return {"zero": "总分记 0 分，不排名次", "unranked": "分数照记，不排名次"}[self.value]


class TieBreak(StrEnum):
    """What is compared next where totals are equal."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    PUBLISHED = "published"
    SUBMITTED = "submitted"

    @property
    def label(self) -> str:
        """What is compared, in Chinese."""
        return {
            "quantity": "数量得分",
            "quality": "质量得分",
            "timeliness": "时效得分",
            "published": "采用发布条数",
            "submitted": "报送件数",
        }[self.value]


# -- the rules -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a tariff: what it is about, and the points of each."""

    tag: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Tariff:
    """计分表: points for each thing counted, by what it is. ``highest``: an item counts at its highest tier only."""

    name: str
    fact: Fact
    rows: tuple[Row, ...]
    highest: bool = False
    cap: Fraction | None = None
    """The most (or, for deductions, nothing more than) the whole table gives."""
    floor: Fraction | None = None
    """The most it takes, as a negative number."""

    kind = "tariff"


@dataclass(frozen=True, slots=True)
class Quota:
    """任务: what is owed in each span by a unit's kind, and what comes of meeting or missing it."""

    name: str
    fact: Fact
    span: Span
    need: Mapping[str, int]
    full: Fraction = Fraction(0)
    """Points for the whole quarter's quota, in proportion to how much of it is done, and no more."""
    met: Fraction = Fraction(0)
    """Points for each span in which the quota is met."""
    missing: Fraction = Fraction(0)
    """Taken for each thing missing in a span that is over."""
    short: Fraction = Fraction(0)
    """Taken for each span that is over and short; a blank one counts as blank alone."""
    blank: Fraction = Fraction(0)
    """Taken for each span that is over and without anything."""

    kind = "quota"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold of a rate: below (or from) so many per cent, so many points."""

    percent: Fraction
    points: Fraction
    below: bool = True


@dataclass(frozen=True, slots=True)
class Ratio:
    """比率: points in proportion to a rate, and for lines it falls below or reaches. 0/0 gives ``empty``."""

    name: str
    share: Share
    full: Fraction = Fraction(0)
    lines: tuple[Threshold, ...] = ()
    empty: Fraction = Fraction(0)

    kind = "ratio"


@dataclass(frozen=True, slots=True)
class Surplus:
    """超额: beyond ``over`` per cent of a quarter's need ``points``; and again for each ``step`` beyond ``start``."""

    name: str
    fact: Fact
    need: Mapping[str, int]
    """What is owed in the whole quarter, by kind of unit."""
    over: Fraction
    points: Fraction
    start: Fraction | None = None
    step: Fraction | None = None

    kind = "surplus"


Rule: TypeAlias = Tariff | Quota | Ratio | Surplus


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rules with a base to begin from, a cap, a floor, and the share at which it enters the total."""

    name: str
    part: Part
    rules: tuple[Rule, ...]
    base: Fraction = Fraction(0)
    cap: Fraction | None = None
    floor: Fraction | None = None
    weight: Fraction = Fraction(100)
    """Per cent."""


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: one such thing, and the quarter is lost."""

    fact: Fact
    tag: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Minimum:
    """How much there has to be for a unit to be ranked at all."""

    fact: Fact
    need: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scheme:
    """评分办法: everything that makes a rank out of a quarter's facts."""

    name: str
    sections: tuple[Section, ...]
    source: str = ""
    """Where it comes from."""
    gaps: tuple[str, ...] = ()
    """What the source does not say, and what was assumed instead."""
    cap: Fraction | None = None
    floor: Fraction | None = None
    pass_mark: Fraction | None = None
    vetoes: tuple[Veto, ...] = ()
    minimum: Minimum | None = None
    ties: tuple[TieBreak, ...] = ()
    places: int = 2
    """To how many decimals each line is rounded, halves away from nought."""

    @classmethod
    def from_plain(cls, plain: Any) -> "Scheme":
        """The scheme that plain JSON values describe. Refused: anything that is not one, said in Chinese."""
        return _Reader().scheme(plain)

    def to_plain(self) -> dict[str, Any]:
        """The scheme as plain JSON values; ``from_plain`` gives the same scheme again."""
        return _plain_scheme(self)

    @property
    def rules(self) -> Iterator[tuple[Section, Rule]]:
        """Every rule with its section, in their order."""
        return ((section, rule) for section in self.sections for rule in section.rules)

    @property
    def highest(self) -> bool:
        """Do adoptions count at the highest tier only, in any of its tables?"""
        return any(isinstance(rule, Tariff) and rule.highest for _, rule in self.rules)

    @property
    def matters(self) -> dict[str, Fraction]:
        """加减分事项 the register may hold: name → points of one."""
        return {
            row.tag: row.points
            for _, rule in self.rules
            if isinstance(rule, Tariff) and rule.fact is F.CREDIT
            for row in rule.rows
        }

    def rounded(self, value: Fraction) -> Fraction:
        """A value at the scheme's decimals, halves away from nought."""
        scale = 10**self.places
        whole, rest = divmod(abs(value) * scale, 1)
        size = Fraction(int(whole) + (rest >= Fraction(1, 2)), scale)
        return -size if value < 0 else size


def figure(value: Fraction | int) -> str:
    """Points as people write them: 6, 2.5, −1.25; thirds and the like to four decimals."""
    value = Fraction(value)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{number.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "−")


def decimal(value: Fraction) -> str:
    """Points as decimal text for data; exact, for a scheme knows only decimals."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def band(tag: str) -> tuple[int, int | None] | None:
    """The days of a lateness band such as ``1-3`` or ``8-``; None when it is not one."""
    found = _BAND.fullmatch(tag)
    if not found:
        return None
    first, last = int(found[1]), int(found[2]) if found[2] else None
    return None if last is not None and last < first else (first, last)


def tag_label(fact: Fact, tag: str, names: Mapping[str, str] | None = None) -> str:
    """What a tag says to people; ``names``: the names of columns by their codes."""
    if tag == ANY:
        return {F.PUBLISHED: "各栏目", F.ADOPTED: "各级渠道", F.FAULT: "各种差错", F.LATE: "不论迟几天"}.get(
            fact, fact.label
        )
    match fact:
        case F.ADOPTED:
            return tag.removeprefix(CHANNEL) if tag.startswith(CHANNEL) else f"{TIERS.get(tag, tag)}采用"
        case F.FAULT:
            return SEVERITIES.get(tag, tag)
        case F.LATE:
            days = band(tag)
            if days is None:
                return tag
            first, last = days
            return (
                f"迟 {first} 天以上" if last is None else f"迟 {first} 天" if first == last else f"迟 {first}—{last} 天"
            )
        case F.SUBMITTED | F.PUBLISHED:
            return (names or {}).get(tag, tag)
    return tag


# -- reading plain values ------------------------------------------------------------------------


class _Reader:
    """Reads a scheme and says where it is wrong, as a person finds it on the page."""

    def __init__(self) -> None:
        self.at = "评分办法"

    def fail(self, words: str) -> Refused:
        return Refused(f"{self.at}：{words}")

    def scheme(self, plain: Any) -> Scheme:
        if not isinstance(plain, Mapping):
            raise self.fail("数据不完整。")
        self.known(plain, "name source gaps sections cap floor pass_mark vetoes minimum ties places")
        name = self.text(plain, "name", "名称")
        sections = tuple(self.section(one) for one in self.list(plain, "sections"))
        self.at = "评分办法"
        if not sections:
            raise self.fail("至少要有一项。")
        if len({section.name for section in sections}) < len(sections):
            raise self.fail("有两项同名，请改名。")
        places = plain.get("places", 2)
        if places not in range(5):
            raise self.fail("小数位数要在 0 到 4 之间。")
        scheme = Scheme(
            name=name,
            sections=sections,
            source=str(plain.get("source") or ""),
            gaps=tuple(str(one) for one in self.list(plain, "gaps")),
            cap=self.points(plain, "cap", "总分最高"),
            floor=self.points(plain, "floor", "总分最低"),
            pass_mark=self.points(plain, "pass_mark", "达标线"),
            vetoes=tuple(self.veto(one) for one in self.list(plain, "vetoes")),
            minimum=self.minimum(plain.get("minimum")),
            ties=tuple(self.choice(TieBreak, one, "同分比较") for one in self.list(plain, "ties")),
            places=int(places),
        )
        self.at = "评分办法"
        self.range(scheme.floor, scheme.cap, "总分")
        names = [
            row.tag
            for _, rule in scheme.rules
            if isinstance(rule, Tariff) and rule.fact is F.CREDIT
            for row in rule.rows
        ]
        if len(set(names)) < len(names):
            raise self.fail("加减分事项有重名的，请改名。")
        return scheme

    def section(self, plain: Any) -> Section:
        self.at = "评分办法"
        if not isinstance(plain, Mapping):
            raise self.fail("数据不完整。")
        self.known(plain, "name part base cap floor weight rules")
        name = self.text(plain, "name", "每一项的名称")
        place = f"“{name}”"
        self.at = place
        rules = []
        for one in self.list(plain, "rules"):
            self.at = place
            rules.append(self.rule(one))
        self.at = place
        if len({rule.name for rule in rules}) < len(rules):
            raise self.fail("有两条规则同名，请改名。")
        section = Section(
            name=name,
            part=self.choice(Part, plain.get("part"), "属于哪一块"),
            rules=tuple(rules),
            base=self.points(plain, "base", "基础分") or Fraction(0),
            cap=self.points(plain, "cap", "最高分"),
            floor=self.points(plain, "floor", "最低分"),
            weight=Fraction(100) if (weight := self.points(plain, "weight", "折算")) is None else weight,
        )
        if not 0 <= section.weight <= 100:
            raise self.fail("折算要在 0 到 100 之间。")
        self.range(section.floor, section.cap, "这一项")
        return section

    def rule(self, plain: Any) -> Rule:
        if not isinstance(plain, Mapping):
            raise self.fail("数据不完整。")
        name = self.text(plain, "name", "规则的名称")
        self.at += f"的“{name}”"
        match plain.get("kind"):
            case "tariff":
                return self.tariff(name, plain)
            case "quota":
                return self.quota(name, plain)
            case "ratio":
                return self.ratio(name, plain)
            case "surplus":
                return self.surplus(name, plain)
        raise self.fail("没有这一类规则。")

    def tariff(self, name: str, plain: Mapping[str, Any]) -> Tariff:
        self.known(plain, "kind name fact rows highest cap floor")
        fact = self.choice(Fact, plain.get("fact"), "数什么")
        rows = []
        for one in self.list(plain, "rows"):
            if not isinstance(one, Mapping):
                raise self.fail("数据不完整。")
            tag = self.text(one, "tag", "每行的名称")
            points = self.points(one, "points", f"“{tag_label(fact, tag)}”的分数")
            if points is None:
                raise self.fail(f"“{tag_label(fact, tag)}”没有写分数。")
            self.check_tag(fact, tag)
            rows.append(Row(tag, points))
        if not rows:
            raise self.fail("计分表一行也没有。")
        if len({row.tag for row in rows}) < len(rows):
            raise self.fail("计分表里有两行一样。")
        if fact is F.LATE:
            self.check_bands(rows)
        highest = plain.get("highest", False) is True
        if highest and fact is not F.ADOPTED:
            raise self.fail("只有渠道采用能“只算最高一级”。")
        tariff = Tariff(
            name=name,
            fact=fact,
            rows=tuple(rows),
            highest=highest,
            cap=self.points(plain, "cap", "最多加"),
            floor=self.points(plain, "floor", "最多扣"),
        )
        self.range(tariff.floor, tariff.cap, "这条规则")
        return tariff

    def check_tag(self, fact: Fact, tag: str) -> None:
        match fact:
            case F.ADOPTED if tag != ANY and tag not in TIERS and not tag.startswith(CHANNEL):
                raise self.fail(f"没有“{tag}”这一级渠道。")
            case F.FAULT if tag != ANY and tag not in SEVERITIES:
                raise self.fail(f"没有“{tag}”这一等差错。")
            case F.LATE if tag != ANY and band(tag) is None:
                raise self.fail("迟发天数要写成“1-3”或“8-”。")
            case F.CREDIT if tag == ANY:
                raise self.fail("加减分事项要一项一项写出名称。")
            case F.FIRST_PASS | F.TIMELY | F.RETURNS | F.AMENDED if tag != ANY:
                raise self.fail(f"{fact.label}不分类，只能有一行。")

    def check_bands(self, rows: list[Row]) -> None:
        spans = sorted((found for row in rows if (found := band(row.tag))), key=lambda one: one[0])
        for (_, last), (first, _) in pairwise(spans):
            if last is None or first <= last:
                raise self.fail("迟发天数的几档互相重叠。")

    def quota(self, name: str, plain: Mapping[str, Any]) -> Quota:
        self.known(plain, "kind name fact span need full met missing short blank")
        fact = self.choice(Fact, plain.get("fact"), "数什么")
        if fact not in MONTHLY:
            raise self.fail("任务只能按报送或采用发布定。")
        points = {
            key: self.points(plain, key, key) or Fraction(0) for key in ("full", "met", "missing", "short", "blank")
        }
        for key, words in (("missing", "每少一条"), ("short", "没完成"), ("blank", "空白")):
            if points[key] > 0:
                raise self.fail(f"{words}是扣分，请写成负数。")
        for key, words in (("full", "按完成比例给的分"), ("met", "完成给的分")):
            if points[key] < 0:
                raise self.fail(f"{words}不能是负数。")
        return Quota(
            name=name,
            fact=fact,
            span=self.choice(Span, plain.get("span"), "多久算一次"),
            need=self.need(plain),
            **points,
        )

    def ratio(self, name: str, plain: Mapping[str, Any]) -> Ratio:
        self.known(plain, "kind name share full lines empty")
        lines = []
        for one in self.list(plain, "lines"):
            percent, points = self.points(one, "percent", "百分比"), self.points(one, "points", "分数")
            if percent is None or points is None:
                raise self.fail("百分比和分数都要写。")
            lines.append(Threshold(percent, points, one.get("below", True) is True))
        return Ratio(
            name=name,
            share=self.choice(Share, plain.get("share"), "用哪个比率"),
            full=self.points(plain, "full", "满分") or Fraction(0),
            lines=tuple(lines),
            empty=self.points(plain, "empty", "没有可算时") or Fraction(0),
        )

    def surplus(self, name: str, plain: Mapping[str, Any]) -> Surplus:
        self.known(plain, "kind name fact need over points start step")
        fact = self.choice(Fact, plain.get("fact"), "数什么")
        if fact not in MONTHLY:
            raise self.fail("超额只能按报送或采用发布算。")
        over, points = self.points(plain, "over", "超过"), self.points(plain, "points", "加分")
        start, step = self.points(plain, "start", "起算"), self.points(plain, "step", "每档")
        if over is None or points is None:
            raise self.fail("超过百分之几、加几分都要写。")
        if (start is None) != (step is None) or (step is not None and step <= 0):
            raise self.fail("再加分的起点和每档要一起写，每档要大于 0。")
        return Surplus(name=name, fact=fact, need=self.need(plain), over=over, points=points, start=start, step=step)

    def veto(self, plain: Any) -> Veto:
        self.at = "一票否决"
        if not isinstance(plain, Mapping):
            raise self.fail("数据不完整。")
        fact = self.choice(Fact, plain.get("fact"), "什么事")
        if fact not in (F.FAULT, F.CREDIT):
            raise self.fail("只能用于差错和加减分事项。")
        tag = self.text(plain, "tag", "哪一种")
        self.check_tag(fact, tag)
        return Veto(fact, tag, self.choice(Effect, plain.get("effect"), "后果"))

    def minimum(self, plain: Any) -> Minimum | None:
        self.at = "排名的最少件数"
        if not plain:
            return None
        if not isinstance(plain, Mapping):
            raise self.fail("数据不完整。")
        fact = self.choice(Fact, plain.get("fact"), "数什么")
        if fact not in MONTHLY:
            raise self.fail("只能按报送或采用发布定。")
        return Minimum(fact, self.need(plain))

    def need(self, plain: Mapping[str, Any]) -> dict[str, int]:
        need = plain.get("need")
        if not isinstance(need, Mapping) or set(need) - set(KINDS):
            raise self.fail("请按办公室、村、社区分别写任务数。")
        for value in need.values():
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000:
                raise self.fail("任务数要是 0 到 1000 的整数。")
        return {kind: need.get(kind, 0) for kind in KINDS}

    def known(self, plain: Mapping[str, Any], names: str) -> None:
        unknown = set(plain) - set(names.split())
        if unknown:
            raise self.fail(f"有认不得的内容：{'、'.join(sorted(map(str, unknown)))}。")

    def list(self, plain: Mapping[str, Any], key: str) -> list[Any]:
        found = plain.get(key) or []
        if not isinstance(found, list | tuple):
            raise self.fail("数据不完整。")
        return list(found)

    def text(self, plain: Mapping[str, Any], key: str, words: str) -> str:
        found = plain.get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.fail(f"{words}没有写。")
        if len(found) > LONGEST:
            raise self.fail(f"{words}最多 {LONGEST} 个字。")
        return found.strip()

    def choice(self, enum: Any, value: Any, words: str) -> Any:
        try:
            return enum(value)
        except ValueError:
            raise self.fail(f"{words}没有选。") from None

    def points(self, plain: Mapping[str, Any], key: str, words: str) -> Fraction | None:
        """A decimal of at most four places; None when nothing is there."""
        found = plain.get(key)
        if found is None or found == "":
            return None
        try:
            number = Decimal(str(found).strip().replace("−", "-").replace("－", "-"))
        except InvalidOperation:
            raise self.fail(f"{words}要写成数字。") from None
        if isinstance(found, float | bool) or not number.is_finite() or abs(number) > MOST_POINTS:
            raise self.fail(f"{words}要写成不太大的数字。")
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -4:
            raise self.fail(f"{words}最多四位小数。")
        return Fraction(number)

    def range(self, floor: Fraction | None, cap: Fraction | None, words: str) -> None:
        if floor is not None and cap is not None and floor > cap:
            raise self.fail(f"{words}的最低分比最高分还高。")


# -- and writing them ----------------------------------------------------------------------------


def _kept(**values: Any) -> dict[str, Any]:
    """What is said, decimals as text; what is not said is left out."""
    return {
        key: decimal(value) if isinstance(value, Fraction) else value
        for key, value in values.items()
        if value is not None
    }


def _plain_scheme(scheme: Scheme) -> dict[str, Any]:
    minimum = scheme.minimum
    return _kept(
        name=scheme.name,
        source=scheme.source,
        gaps=list(scheme.gaps),
        sections=[_plain_section(section) for section in scheme.sections],
        cap=scheme.cap,
        floor=scheme.floor,
        pass_mark=scheme.pass_mark,
        vetoes=[{"fact": one.fact.value, "tag": one.tag, "effect": one.effect.value} for one in scheme.vetoes],
        minimum={"fact": minimum.fact.value, "need": dict(minimum.need)} if minimum else None,
        ties=[one.value for one in scheme.ties],
        places=scheme.places,
    )


def _plain_section(section: Section) -> dict[str, Any]:
    return _kept(
        name=section.name,
        part=section.part.value,
        base=section.base,
        cap=section.cap,
        floor=section.floor,
        weight=section.weight,
        rules=[_plain_rule(rule) for rule in section.rules],
    )


def _plain_rule(rule: Rule) -> dict[str, Any]:
    match rule:
        case Tariff():
            return _kept(
                kind=rule.kind,
                name=rule.name,
                fact=rule.fact.value,
                rows=[{"tag": row.tag, "points": decimal(row.points)} for row in rule.rows],
                highest=rule.highest,
                cap=rule.cap,
                floor=rule.floor,
            )
        case Quota():
            return _kept(
                kind=rule.kind,
                name=rule.name,
                fact=rule.fact.value,
                span=rule.span.value,
                need=dict(rule.need),
                full=rule.full,
                met=rule.met,
                missing=rule.missing,
                short=rule.short,
                blank=rule.blank,
            )
        case Ratio():
            return _kept(
                kind=rule.kind,
                name=rule.name,
                share=rule.share.value,
                full=rule.full,
                lines=[
                    {"percent": decimal(one.percent), "points": decimal(one.points), "below": one.below}
                    for one in rule.lines
                ],
                empty=rule.empty,
            )
        case Surplus():
            return _kept(
                kind=rule.kind,
                name=rule.name,
                fact=rule.fact.value,
                need=dict(rule.need),
                over=rule.over,
                points=rule.points,
                start=rule.start,
                step=rule.step,
            )
