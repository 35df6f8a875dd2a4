"""A scheme in plain words, as it stands on the page and as the confirmer reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from town_portal.scoring.rules.scheme import (
    ANY,
    KINDS,
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
    figure,
    tag_label,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A section in words: its name, its frame (base, cap, floor), and a sentence or table for each rule."""

    name: str
    part: Part
    frame: str
    rules: tuple["ToldRule", ...]


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule in words; ``rows`` for a tariff: (what, points)."""

    name: str
    sentence: str
    rows: tuple[tuple[str, str], ...] = ()


def told(scheme: Scheme, names: Mapping[str, str] | None = None) -> list[Told]:
    """Every section in words, in order. ``names``: the names of columns by their codes."""
    return [
        Told(
            name=section.name,
            part=section.part,
            frame=_frame(section),
            rules=tuple(_rule(rule, names or {}) for rule in section.rules),
        )
        for section in scheme.sections
    ]


def ending(scheme: Scheme) -> list[str]:
    """What is done with the sum: bounds, pass mark, vetoes, who is not ranked, ties, rounding; a sentence each."""
    found = []
    if scheme.cap is not None or scheme.floor is not None:
        bounds = [("最高", scheme.cap), ("最低", scheme.floor)]
        found.append(
            "总分" + "，".join(f"{word}记 {figure(bound)} 分" for word, bound in bounds if bound is not None) + "。"
        )
    found += [f"一票否决：有{tag_label(one.fact, one.tag)}的，{one.effect.label}。" for one in scheme.vetoes]
    if scheme.minimum is not None:
        need = scheme.minimum.need
        fact = scheme.minimum.fact
        owed = "、".join(f"{kinds} {number} {fact.one}" for kinds, number in _by_number(need))
        found.append(f"本季度{fact.label}不满规定件数（{owed}）的不排名次。" if owed else "")
    if scheme.pass_mark is not None:
        found.append(f"总分不到 {figure(scheme.pass_mark)} 分的为不达标。")
    ties = "，再比".join(one.label for one in scheme.ties)
    found.append(f"总分相同的，先比{ties}；都一样的名次并列。" if ties else "总分相同的名次并列。")
    found.append(
        f"每一行得分四舍五入到小数点后 {scheme.places} 位，再加成总分。"
        if scheme.places
        else "每一行得分四舍五入到整数，再加成总分。"
    )
    return [sentence for sentence in found if sentence]


def most(scheme: Scheme) -> Fraction | None:
    """The most the sections with a cap give together, bonuses left out; None where one has no cap."""
    caps = [section for section in scheme.sections if section.part is not Part.BONUS]
    if not caps or any(section.cap is None for section in caps):
        return None
    return sum((section.cap * section.weight / 100 for section in caps if section.cap is not None), Fraction(0))


def changes(before: Scheme | None, after: Scheme, names: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(where, before, after) of everything that differs, in words."""
    old = dict(_flat(before, names or {})) if before is not None else {}
    new = dict(_flat(after, names or {}))
    order = list(new) + [place for place in old if place not in new]
    return [
        (place, old.get(place, "（没有）"), new.get(place, "（去掉了）"))
        for place in order
        if old.get(place) != new.get(place)
    ]


def _flat(scheme: Scheme, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "名称", scheme.name
    for one in told(scheme, names):
        yield one.name, one.frame
        for rule in one.rules:
            place = f"{one.name} · {rule.name}"
            yield place, rule.sentence
            for what, points in rule.rows:
                yield f"{place} · {what}", points
    for sentence in ending(scheme):
        yield f"总分 · {sentence[:4]}", sentence


def _frame(section: Section) -> str:
    parts = []
    if section.base:
        parts.append(f"基础分 {figure(section.base)} 分")
    parts += _bounds(section.floor, section.cap)
    if section.weight != 100:
        parts.append(f"按 {figure(section.weight)}% 计入总分")
    return "，".join(parts) or "不设上下限"


def _bounds(floor: Fraction | None, cap: Fraction | None) -> list[str]:
    found = []
    if cap is not None:
        found.append(f"最高 {figure(cap)} 分")
    if floor is not None:
        found.append("扣完为止" if floor == 0 else f"最低 {figure(floor)} 分")
    return found


def _rule(rule: Rule, names: Mapping[str, str]) -> ToldRule:
    match rule:
        case Tariff():
            return _tariff(rule, names)
        case Quota():
            return ToldRule(rule.name, _quota(rule))
        case Ratio():
            return ToldRule(rule.name, _ratio(rule))
        case Surplus():
            return ToldRule(rule.name, _surplus(rule))


def _tariff(rule: Tariff, names: Mapping[str, str]) -> ToldRule:
    one = rule.fact.one
    ends = []
    if rule.highest:
        ends.append("同一条在本季度被几级、几家渠道采用的，只按分最高的一次算")
    elif rule.fact is Fact.ADOPTED:
        ends.append("被几家渠道采用就算几次")
    if rule.cap is not None:
        ends.append(f"最多加 {figure(rule.cap)} 分")
    if rule.floor is not None:
        ends.append(f"最多扣 {figure(-rule.floor)} 分")
    rest = "；".join(ends)
    if len(rule.rows) == 1 and rule.rows[0].tag == ANY:
        sentence = f"{rule.fact.label}每{one}{_give(rule.rows[0].points)}" + (f"；{rest}" if rest else "") + "。"
        return ToldRule(rule.name, sentence)
    sentence = f"{rule.fact.label}每{one}按下表记分" + (f"；{rest}" if rest else "") + "。"
    return ToldRule(
        rule.name, sentence, tuple((tag_label(rule.fact, row.tag, names), _give(row.points)) for row in rule.rows)
    )


def _quota(rule: Quota) -> str:
    one, word = rule.fact.one, rule.span.label
    unit = "月" if rule.span is Span.MONTH else "季度"
    owed = "、".join(f"{kinds} {number} {one}" for kinds, number in _by_number(rule.need))
    parts = [f"{word}要{rule.fact.label}：{owed or '没有任务'}"]
    if rule.full:
        parts.append(f"按完成的比例给分，完成记满 {figure(rule.full)} 分，多出的不再加")
    if rule.met:
        parts.append(f"完成的每{unit}{_give(rule.met)}")
    if rule.missing:
        parts.append(f"每少 1 {one}{_give(rule.missing)}")
    if rule.short:
        parts.append(f"没完成的每{unit}{_give(rule.short)}")
    if rule.blank:
        parts.append(f"一{one}也没有的每{unit}{_give(rule.blank)}")
    if len(parts) == 1:
        parts.append("只列出来，不加分也不扣分")
    if rule.missing or rule.short or rule.blank:
        parts.append(f"还没过完的{unit}先不扣")
    return "；".join(parts) + "。"


def _ratio(rule: Ratio) -> str:
    whole = " ＋ ".join(fact.label for fact in rule.share.whole)
    below = f"（{whole}）" if len(rule.share.whole) > 1 else whole
    parts = [f"{rule.share.label} ＝ {rule.share.part.label} ÷ {below}"]
    if rule.full:
        parts.append(f"得分 ＝ {figure(rule.full)} × {rule.share.label}")
    parts += [f"{'低于' if line.below else '达到'} {figure(line.percent)}% {_give(line.points)}" for line in rule.lines]
    parts.append(f"一件也没有、算不出的，记 {figure(rule.empty)} 分")
    return "；".join(parts) + "。"


def _surplus(rule: Surplus) -> str:
    owed = "、".join(f"{kinds} {number} {rule.fact.one}" for kinds, number in _by_number(rule.need))
    words = f"{rule.fact.label}超过季度任务（{owed}）的 {figure(rule.over)}% {_give(rule.points)}"
    if rule.start is not None and rule.step is not None:
        words += f"；{figure(rule.start)}% 以上，每再多 {figure(rule.step)}% {_give(rule.points)}"
    return words + "。"


def _give(points: Fraction) -> str:
    return f"扣 {figure(-points)} 分" if points < 0 else f"加 {figure(points)} 分" if points else "0 分"


def _by_number(need: Mapping[str, int]) -> list[tuple[str, int]]:
    """(kinds, number), kinds with the same number together; those that owe nothing are left out."""
    found: dict[int, list[str]] = {}
    for kind, label in KINDS.items():
        if need.get(kind):
            found.setdefault(need[kind], []).append(label)
    return [("、".join(kinds), number) for number, kinds in found.items()]
