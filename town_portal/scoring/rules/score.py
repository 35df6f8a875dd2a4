"""What a scheme makes of counted facts: lines that name their rule, arithmetic and items; totals; ranks.

Every line is rounded at the scheme's decimals and the lines add up to the total, to the last digit.
The order of the facts is of no matter, and so is whether things come one by one with their items or
already added up: a thing counted is a ``Count`` of one or of many.

While a quarter runs nothing is taken for a month (or the quarter) that is not over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from town_portal.scoring.rules.scheme import (
    ANY,
    CHANNEL,
    Effect,
    Fact,
    Part,
    Quota,
    Ratio,
    Rule,
    Scheme,
    Section,
    Span,
    Surplus,
    Tariff,
    Threshold,
    TieBreak,
    band,
    figure,
    tag_label,
)
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League

F = Fact
Ref: TypeAlias = tuple[str, int]
"""A thing behind a line: its kind (submission, fault, credit) and number."""
NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Entrant:
    """A unit as the scheme sees it. ``order`` is its place in the town's own order."""

    unit_id: int
    name: str
    kind: str
    order: int = 0
    closed_on: date | None = None

    @property
    def league(self) -> League:
        """With whom it is compared."""
        return League.OFFICES if self.kind == "office" else League.VILLAGES


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted for a unit: one thing with its item, or many added up.

    ``tag``: the column's code, the channel's tier, the severity, the days late, the credit's name.
    ``month``: of the year, for what is owed by month. ``item``: whose adoption it is, where an item
    counts at its highest tier only; ``channel``: the name of the channel that adopted it.
    """

    fact: Fact
    tag: str = ANY
    number: int = 1
    month: int = 0
    item: int = 0
    channel: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The quarter that is scored, and the day as of which."""

    quarter: Quarter
    today: date

    @property
    def months(self) -> tuple[int, ...]:
        """The three months of the year it consists of."""
        first = self.quarter.first.month
        return first, first + 1, first + 2

    def month_over(self, month: int) -> bool:
        """Is a month of the quarter over?"""
        return self.today > self._last_of(month)

    @property
    def over(self) -> bool:
        """Is the whole quarter over?"""
        return self.today > self.quarter.last

    def owed_in(self, month: int, closed_on: date | None) -> bool:
        """Does a unit still owe anything in a month? Not after the one in which it was closed."""
        return closed_on is None or closed_on >= date(self.quarter.year, month, 1)

    def _last_of(self, month: int) -> date:
        following = date(self.quarter.year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a score: by which rule, what was counted, how the points come about, what is behind it."""

    rule: str
    words: str
    """The arithmetic: 3 条 × 2 分 ＝ 6 分."""
    count: int
    points: Fraction
    items: tuple[Ref, ...] = ()
    key: str = ""
    """Its place in the scheme, the same for everybody: by it the items are looked up."""
    section: str = ""
    part: Part | None = None
    """None for what concerns the total."""
    what: str = ""
    """What was counted: 工作动态."""

    @property
    def shown(self) -> str:
        """The points with their sign: +6, −2, 0."""
        return f"+{figure(self.points)}" if self.points > 0 else figure(self.points)


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score of a quarter, and where it stands."""

    unit_id: int
    unit: str
    league: League
    parts: Mapping[Part, Fraction]
    lines: tuple[Line, ...]
    total: Fraction
    order: int = 0
    figures: Mapping[Fact, int] = field(default_factory=dict)
    """How many there were of each fact."""
    rank: int | None = None
    of: int = 0
    """How many of its league are ranked."""
    unranked_because: str = ""
    vetoed_because: str = ""
    passed: bool | None = None
    """Whether it reached the pass mark; None without one."""

    @property
    def shown(self) -> str:
        """The total as people write it."""
        return figure(self.total)

    def part(self, part: Part) -> str:
        """The points of one side of the work, as people write them."""
        return figure(self.parts.get(part, NOUGHT))

    def lines_of(self, part: Part | None) -> list[Line]:
        """The lines of one side of the work; of None: what concerns the total."""
        return [line for line in self.lines if line.part is part]


# -- one unit ------------------------------------------------------------------------------------


def score_unit(
    scheme: Scheme,
    entrant: Entrant,
    counts: Iterable[Count],
    period: Period,
    names: Mapping[str, str] | None = None,
) -> Score:
    """A unit's score without a rank. ``names``: the names of columns by their codes."""
    bag = _Bag(counts)
    lines: list[Line] = []
    for place, section in enumerate(scheme.sections):
        lines += _Sheet(scheme, section, f"s{place}", entrant, bag, period, names or {}).lines()
    parts = {part: sum((line.points for line in lines if line.part is part), NOUGHT) for part in Part}
    total = sum((line.points for line in lines), NOUGHT)
    total = _limit(lines, total, scheme.floor, scheme.cap, "总分", "t", section="", part=None)
    vetoed = _vetoes(scheme, bag)
    because, refs = "、".join(words for words, _, _ in vetoed), tuple(ref for _, _, found in vetoed for ref in found)
    if any(effect is Effect.ZERO for _, effect, _ in vetoed):
        lines.append(
            Line("一票否决", f"有{because}，总分记 0 分", len(vetoed), -total, refs, "t.veto", what="一票否决")
        )
        total = NOUGHT
    return Score(
        unit_id=entrant.unit_id,
        unit=entrant.name,
        league=entrant.league,
        order=entrant.order,
        parts=parts,
        lines=tuple(lines),
        total=total,
        figures=bag.figures(),
        vetoed_because=f"{because}，一票否决" if because else "",
        unranked_because=f"{because}，一票否决" if because else _too_few(scheme, entrant, bag),
        passed=None if scheme.pass_mark is None else total >= scheme.pass_mark,
    )


class _Bag:
    """The facts of one unit, asked for by what they are."""

    def __init__(self, counts: Iterable[Count]) -> None:
        self.counts = sorted(counts, key=lambda one: (one.fact, one.month, one.tag, one.channel, one.item, one.refs))

    def of(self, fact: Fact, month: int | None = None) -> list[Count]:
        return [one for one in self.counts if one.fact is fact and month in (None, one.month)]

    def number(self, fact: Fact, month: int | None = None) -> int:
        return sum(one.number for one in self.of(fact, month))

    def figures(self) -> dict[Fact, int]:
        return {fact: number for fact in Fact if (number := self.number(fact))}


def _refs(counts: Iterable[Count]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for one in counts for ref in one.refs))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One section of the scheme, filled in for one unit."""

    scheme: Scheme
    section: Section
    place: str
    entrant: Entrant
    bag: _Bag
    period: Period
    names: Mapping[str, str]

    def lines(self) -> list[Line]:
        found: list[Line] = []
        if self.section.base:
            base = figure(self.section.base)
            found.append(self.line("基础分", "基础分", f"每个单位 {base} 分", 0, self.section.base, (), "base"))
        for number, rule in enumerate(self.section.rules):
            found += self.of_rule(rule, f"r{number}")
        total = sum((line.points for line in found), NOUGHT)
        total = _limit(
            found, total, self.section.floor, self.section.cap, f"“{self.section.name}”", self.place,
            section=self.section.name, part=self.section.part,
        )  # fmt: skip
        if self.section.weight != 100:
            weighted = self.scheme.rounded(total * self.section.weight / 100)
            words = f"{figure(total)} × {figure(self.section.weight)}% ＝ {figure(weighted)} 分"
            found.append(
                self.line(
                    "折算",
                    f"“{self.section.name}”按 {figure(self.section.weight)}% 计入",
                    words,
                    0,
                    weighted - total,
                    (),
                    "weight",
                )
            )
        return found

    def line(
        self, rule: str, what: str, words: str, count: int, points: Fraction, items: tuple[Ref, ...], key: str
    ) -> Line:
        points = self.scheme.rounded(points)
        return Line(
            rule, words, count, points, items, f"{self.place}.{key}", self.section.name, self.section.part, what
        )

    def of_rule(self, rule: Rule, key: str) -> list[Line]:
        match rule:
            case Tariff():
                return self.tariff(rule, key)
            case Quota():
                return self.quota(rule, key)
            case Ratio():
                return self.ratio(rule, key)
            case Surplus():
                return self.surplus(rule, key)

    # -- so many points for each

    def tariff(self, rule: Tariff, key: str) -> list[Line]:
        found: list[Line] = []
        sorted_out = _sort_out(rule, self.bag.of(rule.fact))
        for number, row in enumerate(rule.rows):
            counts = sorted_out.get(row.tag, [])
            count = sum(one.number for one in counts)
            if count:
                found.append(
                    self.line(
                        rule.name,
                        tag_label(rule.fact, row.tag, self.names),
                        each(count, rule.fact.one, self.scheme.rounded(row.points * count), row.points),
                        count,
                        row.points * count,
                        _refs(counts),
                        f"{key}.{number}",
                    )
                )
        total = sum((line.points for line in found), NOUGHT)
        _limit(
            found, total, rule.floor, rule.cap, f"“{rule.name}”", f"{self.place}.{key}",
            section=self.section.name, part=self.section.part,
        )  # fmt: skip
        return found

    # -- what is owed

    def quota(self, rule: Quota, key: str) -> list[Line]:
        need = rule.need.get(self.entrant.kind, 0)
        spans = self.spans(rule, need)
        done = sum(have for _, _, have, _ in spans)
        owed = sum(want for _, want, _, _ in spans)
        refs = _refs(self.bag.of(rule.fact))
        one = rule.fact.one
        found: list[Line] = []

        def add(part: str, what: str, words: str, count: int, points: Fraction) -> None:
            found.append(self.line(rule.name, what, words, count, points, refs, f"{key}.{part}"))

        if rule.full:
            counted = sum(min(have, want) for _, want, have, _ in spans)
            points = rule.full * Fraction(counted, owed) if owed else rule.full
            shown = figure(self.scheme.rounded(points))
            if not owed:
                words = f"没有任务，记 {shown} 分"
            elif counted == owed:
                words = f"任务 {owed} {one}，完成 {done} {one}，记满 {shown} 分" + (
                    "，多出的不再加" if done > owed else ""
                )
            elif counted == done:
                words = f"任务 {owed} {one}，完成 {done} {one}：{figure(rule.full)} × {done} ÷ {owed} ＝ {shown} 分"
            else:
                words = f"任务 {owed} {one}，各月算得上的 {counted} {one}：{figure(rule.full)} × {counted} ÷ {owed} ＝ {shown} 分"
            add("full", f"{rule.fact.label}任务", words, done, points)
        if owed and not any((rule.full, rule.met, rule.missing, rule.short, rule.blank)):
            add(
                "told",
                f"{rule.fact.label}任务",
                f"任务 {owed} {one}，完成 {done} {one}，只列出来，不加分也不扣分",
                done,
                NOUGHT,
            )
        if rule.met:
            met = [span for span in spans if span[1] and span[2] >= span[1]]
            words = f"{len(met)} 个{_span_word(rule.span)}完成任务 × {figure(rule.met)} 分 ＝ {figure(rule.met * len(met))} 分"
            add("met", f"完成{rule.fact.label}任务", words, len(met), rule.met * len(met))
        short = [span for span in spans if span[3] and span[2] < span[1]]
        if rule.missing and (gap := sum(want - have for _, want, have, _ in short)):
            where = "、".join(f"{name}少 {want - have} {one}" for name, want, have, _ in short)
            words = f"{where}；" + each(gap, one, self.scheme.rounded(rule.missing * gap), rule.missing)
            add("missing", f"{rule.fact.label}不足", words, gap, rule.missing * gap)
        blank = [span for span in short if not span[2]] if rule.blank else []
        partly = [span for span in short if span not in blank]
        if rule.short and partly:
            points = rule.short * len(partly)
            words = f"{'、'.join(name for name, *_ in partly)}没完成：" + each(
                len(partly), "个" + _span_word(rule.span), points, rule.short
            )
            add("short", "没完成任务", words, len(partly), points)
        if blank:
            points = rule.blank * len(blank)
            words = f"{'、'.join(name for name, *_ in blank)}一{one}也没有：" + each(
                len(blank), "个" + _span_word(rule.span), points, rule.blank
            )
            add("blank", f"空白{_span_word(rule.span)}", words, len(blank), points)
        return found

    def spans(self, rule: Quota, need: int) -> list[tuple[str, int, int, bool]]:
        """(name, owed, done, is it over) of each span of the quarter in which the unit owes anything."""
        if rule.span is Span.QUARTER:
            owes = need if self.period.owed_in(self.period.months[0], self.entrant.closed_on) else 0
            return [("本季度", owes, self.bag.number(rule.fact), self.period.over)]
        return [
            (
                f"{month}月",
                need if self.period.owed_in(month, self.entrant.closed_on) else 0,
                self.bag.number(rule.fact, month),
                self.period.month_over(month),
            )
            for month in self.period.months
        ]

    # -- shares

    def ratio(self, rule: Ratio, key: str) -> list[Line]:
        part = self.bag.number(rule.share.part)
        whole = sum(self.bag.number(fact) for fact in rule.share.whole)
        below = " ＋ ".join(fact.label for fact in rule.share.whole)
        below = f"（{below}）" if len(rule.share.whole) > 1 else below
        refs = _refs(one for fact in (rule.share.part, *rule.share.whole) for one in self.bag.of(fact))
        if not whole:
            words = f"{rule.share.part.label} 0 ÷ {below} 0，没有可算的，记 {figure(rule.empty)} 分"
            return [self.line(rule.name, rule.share.label, words, 0, rule.empty, refs, f"{key}.full")]
        found = []
        rate = Fraction(part, whole)
        shown = f"{rule.share.part.label} {part} ÷ {below} {whole} ＝ {figure(_hundredths(rate * 100))}%"
        if rule.full:
            points = self.scheme.rounded(rule.full * rate)
            words = f"{shown}；{figure(rule.full)} × {part} ÷ {whole} ＝ {figure(points)} 分"
            found.append(self.line(rule.name, rule.share.label, words, part, rule.full * rate, refs, f"{key}.full"))
        for number, threshold in enumerate(rule.lines):
            hit = rate * 100 < threshold.percent if threshold.below else rate * 100 >= threshold.percent
            found.append(
                self.line(
                    rule.name,
                    rule.share.label,
                    f"{shown}，{_of_threshold(threshold, hit=hit)}",
                    part,
                    threshold.points if hit else NOUGHT,
                    refs,
                    f"{key}.{number}",
                )
            )
        return found

    # -- more than was owed

    def surplus(self, rule: Surplus, key: str) -> list[Line]:
        need, done = rule.need.get(self.entrant.kind, 0), self.bag.number(rule.fact)
        if not need:
            return []
        rate = Fraction(done * 100, need)
        times = int(rate > rule.over)
        if rule.start is not None and rule.step is not None and rate > rule.start:
            times += int((rate - rule.start) // rule.step)
        if not times:
            return []
        words = f"任务 {need}，完成 {done}，是 {figure(_hundredths(rate))}%；" + each(
            times, "档", rule.points * times, rule.points
        )
        return [
            self.line(
                rule.name,
                f"{rule.fact.label}超额",
                words,
                times,
                rule.points * times,
                _refs(self.bag.of(rule.fact)),
                key,
            )
        ]


def each(count: int, one: str, total: Fraction, points: Fraction) -> str:
    """3 条 × 2 分 ＝ 6 分; of what is taken: 3 次，每次扣 2 分，扣 6 分."""
    if points < 0:
        word = one.removeprefix("个")
        return f"{count} {one}，每{word}扣 {figure(-points)} 分，扣 {figure(-total)} 分"
    return f"{count} {one} × {figure(points)} 分 ＝ {figure(total)} 分"


def _span_word(span: Span) -> str:
    return "月" if span is Span.MONTH else "季度"


def _hundredths(value: Fraction) -> Fraction:
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def _of_threshold(threshold: Threshold, *, hit: bool) -> str:
    line = f"{figure(threshold.percent)}%"
    side = f"{'低于' if hit else '不低于'} {line}" if threshold.below else f"{'达到' if hit else '没有达到'} {line}"
    if not hit:
        return f"{side}，{'不扣分' if threshold.points < 0 else '不加分'}"
    return f"{side}，{'扣' if threshold.points < 0 else '加'} {figure(abs(threshold.points))} 分"


def _sort_out(rule: Tariff, counts: Sequence[Count]) -> dict[str, list[Count]]:
    """Under which row of a table each count falls; what no row speaks of is left out."""
    rows = {row.tag: row for row in rule.rows}
    found: dict[str, list[Count]] = {}
    if rule.highest:
        best: dict[int, tuple[Fraction, int, str, list[Count]]] = {}
        for one in counts:
            tag = _row_of(rule, rows, one)
            if tag is None:
                continue
            merit = (rows[tag].points, -rule.rows.index(rows[tag]))
            held = best.get(one.item)
            if held is None or merit > held[:2]:
                best[one.item] = (*merit, tag, [one])
        for _, _, tag, taken in best.values():
            found.setdefault(tag, []).extend(replace(one, number=1) for one in taken)
        return found
    for one in counts:
        tag = _row_of(rule, rows, one)
        if tag is not None:
            found.setdefault(tag, []).append(one)
    return found


def _row_of(rule: Tariff, rows: Mapping[str, Any], one: Count) -> str | None:
    if one.channel and f"{CHANNEL}{one.channel}" in rows:
        return f"{CHANNEL}{one.channel}"
    if rule.fact is F.LATE and one.tag != ANY:
        days = int(one.tag)
        for tag in rows:
            span = band(tag)
            if span and span[0] <= days and (span[1] is None or days <= span[1]):
                return tag
    if one.tag in rows:
        return one.tag
    return ANY if ANY in rows else None


def _limit(
    lines: list[Line],
    total: Fraction,
    floor: Fraction | None,
    cap: Fraction | None,
    what: str,
    key: str,
    *,
    section: str,
    part: Part | None,
) -> Fraction:
    """Keep a sum between its bounds; what is cut off or given back is a line of its own."""
    if cap is not None and total > cap:
        words = f"{what}最高 {figure(cap)} 分，多出的 {figure(total - cap)} 分不计"
        lines.append(Line("封顶", words, 0, cap - total, (), f"{key}.cap", section, part, "封顶"))
        return cap
    if floor is not None and total < floor:
        words = f"{what}最低 {figure(floor)} 分，少扣 {figure(floor - total)} 分"
        lines.append(Line("保底", words, 0, floor - total, (), f"{key}.floor", section, part, "保底"))
        return floor
    return total


def _vetoes(scheme: Scheme, bag: _Bag) -> list[tuple[str, Effect, tuple[Ref, ...]]]:
    found = []
    for veto in scheme.vetoes:
        counts = [one for one in bag.of(veto.fact) if veto.tag in (ANY, one.tag)]
        number = sum(one.number for one in counts)
        if number:
            words = f"{tag_label(veto.fact, veto.tag)} {number} {veto.fact.one}"
            found.append((words, veto.effect, _refs(counts)))
    return found


def _too_few(scheme: Scheme, entrant: Entrant, bag: _Bag) -> str:
    minimum = scheme.minimum
    if minimum is None:
        return ""
    have, need = bag.number(minimum.fact), minimum.need.get(entrant.kind, 0)
    if have >= need:
        return ""
    one = minimum.fact.one
    if not have:
        return f"本季度没有{minimum.fact.label}，不排名次"
    return f"本季度只{minimum.fact.label} {have} {one}，不满 {need} {one}，不排名次"


# -- all of them ---------------------------------------------------------------------------------


def score_all(
    scheme: Scheme,
    entrants: Iterable[Entrant],
    counts: Mapping[int, Iterable[Count]],
    period: Period,
    names: Mapping[str, str] | None = None,
) -> tuple[Score, ...]:
    """Every unit's score with its rank: villages first, each league by rank, the unranked behind."""
    return ranked(scheme, (score_unit(scheme, one, counts.get(one.unit_id, ()), period, names) for one in entrants))


def ranked(scheme: Scheme, scores: Iterable[Score]) -> tuple[Score, ...]:
    """The scores with their ranks. Alike in the total and in every tie-break: the same rank, the next left out."""
    found = list(scores)
    placed: list[Score] = []
    for league in League:
        rivals = [one for one in found if one.league is league]
        merits = sorted((_merit(scheme, one) for one in rivals if not one.unranked_because), reverse=True)
        ranks = [
            replace(
                one,
                rank=None if one.unranked_because else merits.index(_merit(scheme, one)) + 1,
                of=len(merits),
            )
            for one in rivals
        ]
        placed += sorted(ranks, key=lambda one: (one.rank is None, one.rank or 0, one.order))
    return tuple(placed)


def _merit(scheme: Scheme, score: Score) -> tuple[Fraction, ...]:
    return (score.total, *(_tie(score, one) for one in scheme.ties))


def _tie(score: Score, by: TieBreak) -> Fraction:
    match by:
        case TieBreak.PUBLISHED:
            return Fraction(score.figures.get(F.PUBLISHED, 0))
        case TieBreak.SUBMITTED:
            return Fraction(score.figures.get(F.SUBMITTED, 0))
    return score.parts.get(Part(by.value), NOUGHT)


# -- what would lift it --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lift:
    """One thing a unit could do, and what the scheme would make of it."""

    what: str
    gain: Fraction
    total: Fraction
    rank: int | None
    before: int | None

    @property
    def words(self) -> str:
        """+3 分，第 4 名 → 第 2 名."""
        moved = "名次不变" if self.rank == self.before else f"{_place(self.before)} → {_place(self.rank)}"
        return f"+{figure(self.gain)} 分，{moved}"


def _place(rank: int | None) -> str:
    return f"第 {rank} 名" if rank else "不排名"


def lifts(
    scheme: Scheme,
    entrants: Sequence[Entrant],
    counts: Mapping[int, Sequence[Count]],
    period: Period,
    unit_id: int,
    *,
    names: Mapping[str, str] | None = None,
    empty_columns: Sequence[str] = (),
) -> list[Lift]:
    """What would lift a unit, the most first: each thing tried by the engine itself, all others as they are.

    ``empty_columns``: codes of columns that wait for something; a good item in one of them is tried.
    """
    scores = score_all(scheme, entrants, counts, period, names)
    own = next(one for one in scores if one.unit_id == unit_id)
    entrant = next(one for one in entrants if one.unit_id == unit_id)
    have = list(counts.get(unit_id, ()))
    others = [one for one in scores if one.unit_id != unit_id]

    def after(taken: Sequence[Count]) -> Score:
        tried = score_unit(scheme, entrant, taken, period, names)
        return next(one for one in ranked(scheme, [*others, tried]) if one.unit_id == unit_id)

    found = []
    for what, taken in _trials(scheme, have, period, names or {}, empty_columns):
        tried = after(taken)
        gain = tried.total - own.total
        if gain > 0:
            found.append(Lift(what, gain, tried.total, tried.rank, own.rank))
    return sorted(found, key=lambda one: -one.gain)


def _trials(
    scheme: Scheme, have: list[Count], period: Period, names: Mapping[str, str], empty_columns: Sequence[str]
) -> list[tuple[str, list[Count]]]:
    """(what is done, the facts as they would then be)."""
    month = period.months[-1] if period.over else period.today.month
    best = _best_column(scheme)
    # Where all columns pay alike, no one of them is worth naming.
    column = ANY if best == ANY else next((code for code in empty_columns if code == best), best)
    where = f"“{names[column]}”栏目" if column in names else ""

    def good(number: int) -> list[Count]:
        return [
            Count(F.SUBMITTED, column, number, month),
            Count(F.PUBLISHED, column, number, month),
            Count(F.FIRST_PASS, ANY, number),
            Count(F.TIMELY, ANY, number),
        ]

    empty = "还空着的" if column in empty_columns and where else ""
    found = [(f"再报 1 条合格的信息到{empty}{where or '任一栏目'}，一次通过、黄金期内发布", have + good(1))]
    found.append((f"再报 3 条合格的信息到{empty}{where or '任一栏目'}，一次通过、黄金期内发布", have + good(3)))
    for _, rule in scheme.rules:
        if isinstance(rule, Tariff) and rule.fact is F.ADOPTED:
            tiers = [row for row in rule.rows if row.tag != ANY and not row.tag.startswith(CHANNEL) and row.points > 0]
            for row in tiers[:3]:
                fresh = Count(F.ADOPTED, row.tag, item=-1)
                found.append((f"有 1 条被{tag_label(F.ADOPTED, row.tag).removesuffix('采用')}渠道采用", [*have, fresh]))
        if isinstance(rule, Tariff) and rule.fact is F.CREDIT:
            gains = [row for row in rule.rows if row.points > 0]
            found += [(f"{row.tag} 1 次", [*have, Count(F.CREDIT, row.tag)]) for row in gains[:2]]
    for fact, words in (
        (F.RETURNS, "少被退回 1 次（送审前自己多校一遍）"),
        (F.LATE, "少逾期 1 件（黄金期内报送、发布）"),
        (F.FAULT, "少 1 处差错"),
    ):
        taken = _one_less(have, fact)
        if taken is not None:
            found.append((words, taken))
    if (
        reworked := sum(c.number for c in have if c.fact is F.PUBLISHED)
        - sum(c.number for c in have if c.fact is F.FIRST_PASS)
    ) > 0:
        found.append((f"退回过的 {reworked} 条里有 1 条做到一次通过", [*have, Count(F.FIRST_PASS)]))
    return found


def _one_less(have: Sequence[Count], fact: Fact) -> list[Count] | None:
    """The facts without one of a kind, the gravest first; None where there is none."""
    order = {"secrecy": 3, "major": 2, "minor": 1}
    mine = [one for one in have if one.fact is fact and one.number]
    if not mine:
        return None
    worst = max(mine, key=lambda one: (order.get(one.tag, 0), int(one.tag) if one.tag.isdigit() else 0))
    rest = [one for one in have if one is not worst]
    less = [replace(worst, number=worst.number - 1)] if worst.number > 1 else []
    good = [Count(F.TIMELY)] if fact is F.LATE else []
    return rest + less + good


def _best_column(scheme: Scheme) -> str:
    """The column that pays most for an item; any, where all pay alike."""
    rows = [
        row
        for _, rule in scheme.rules
        if isinstance(rule, Tariff) and rule.fact is F.PUBLISHED
        for row in rule.rows
        if row.tag != ANY
    ]
    return max(rows, key=lambda row: row.points).tag if rows else ANY


# -- a whole quarter, to keep --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """A quarter scored: what is shown, told in a bulletin, and frozen with it."""

    quarter: Quarter
    scheme_version: int
    """The number of the version of the scheme it was scored by."""
    scheme: Scheme
    scores: tuple[Score, ...]
    """Villages first, each league by rank, the unranked behind."""
    zero_filing: tuple[tuple[int, str], ...]
    """(unit id, name) of those that handed in nothing at all."""
    as_of: date
    """The day whose figures these are."""

    @property
    def running(self) -> bool:
        """Does the quarter last still?"""
        return self.as_of <= self.quarter.last

    @property
    def leagues(self) -> dict[League, tuple[Score, ...]]:
        """The scores of each league, in order."""
        return {league: tuple(one for one in self.scores if one.league is league) for league in League}

    def of(self, unit_id: int) -> Score | None:
        """One unit's score."""
        return next((one for one in self.scores if one.unit_id == unit_id), None)

    def to_plain(self) -> dict[str, Any]:
        """The result as plain JSON values, exact: points as ``numerator/denominator``."""
        return {
            "quarter": self.quarter.key,
            "scheme_version": self.scheme_version,
            "scheme": self.scheme.to_plain(),
            "scores": [_plain_score(one) for one in self.scores],
            "zero_filing": [[unit_id, name] for unit_id, name in self.zero_filing],
            "as_of": self.as_of.isoformat(),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Result":
        """The same result again."""
        quarter = Quarter.parse(plain["quarter"])
        if quarter is None:
            raise ValueError(plain["quarter"])
        return cls(
            quarter=quarter,
            scheme_version=plain["scheme_version"],
            scheme=Scheme.from_plain(plain["scheme"]),
            scores=tuple(_score_of(one) for one in plain["scores"]),
            zero_filing=tuple((unit_id, name) for unit_id, name in plain["zero_filing"]),
            as_of=date.fromisoformat(plain["as_of"]),
        )


def _plain_score(score: Score) -> dict[str, Any]:
    return {
        "unit_id": score.unit_id,
        "unit": score.unit,
        "league": score.league.value,
        "parts": {part.value: str(points) for part, points in score.parts.items()},
        "lines": [
            {
                "rule": line.rule,
                "words": line.words,
                "count": line.count,
                "points": str(line.points),
                "items": [list(ref) for ref in line.items],
                "key": line.key,
                "section": line.section,
                "part": line.part.value if line.part else None,
                "what": line.what,
            }
            for line in score.lines
        ],
        "total": str(score.total),
        "order": score.order,
        "figures": {fact.value: number for fact, number in score.figures.items()},
        "rank": score.rank,
        "of": score.of,
        "unranked_because": score.unranked_because,
        "vetoed_because": score.vetoed_because,
        "passed": score.passed,
    }


def _score_of(plain: Mapping[str, Any]) -> Score:
    return Score(
        unit_id=plain["unit_id"],
        unit=plain["unit"],
        league=League(plain["league"]),
        parts={Part(part): Fraction(points) for part, points in plain["parts"].items()},
        lines=tuple(
            Line(
                rule=line["rule"],
                words=line["words"],
                count=line["count"],
                points=Fraction(line["points"]),
                items=tuple((kind, number) for kind, number in line["items"]),
                key=line["key"],
                section=line["section"],
                part=Part(line["part"]) if line["part"] else None,
                what=line["what"],
            )
            for line in plain["lines"]
        ),
        total=Fraction(plain["total"]),
        order=plain["order"],
        figures={Fact(fact): number for fact, number in plain["figures"].items()},
        rank=plain["rank"],
        of=plain["of"],
        unranked_because=plain["unranked_because"],
        vetoed_because=plain["vetoed_because"],
        passed=plain["passed"],
    )
