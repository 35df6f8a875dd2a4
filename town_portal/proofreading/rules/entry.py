"""Term entry: one term as the town writes it, checked column by column before anybody may propose it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from town_portal.foundation.errors import Refused
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import KINDS, Kind, TermKind
from town_portal.proofreading.rules.lexicon import Term

LONGEST_WORDS = 80
LONGEST_NOTE = 200
LONGEST_EXAMPLE = 200
MOST_EXAMPLES = 8
FIRST_YEAR, LAST_YEAR = 1949, 2099
LAST_PLACE = 99

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,15}(?:·[\u3400-\u9fff]{1,15})*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MONTHS = re.compile(r"(?:[1-9]|1[0-2])-(?:[1-9]|1[0-2])")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term with its days, both included, in Asia/Shanghai; no day means no limit.

    ``off``: the entry says that the words are in the list no longer, whatever is shipped.
    ``position`` is the place in the order of leaders. For 不是错 ``right`` is the family's name.
    """

    kind: TermKind
    words: str
    right: str = ""
    note: str = ""
    position: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    off: bool = False
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    owner_id: int | None = None
    """The unit that answers for it."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two entries the same thing: kind and words, of an exception the family too."""
        return self.kind, self.words, self.right if self.kind is TermKind.EXCEPTIONS else ""

    @property
    def term(self) -> Term:
        """As the checks know it."""
        return Term(self.kind, self.words, self.right, self.note, self.valid_from, self.valid_to)

    def holds_on(self, day: date) -> bool:
        """Is it in the list on a day?"""
        return not self.off and self.term.valid_on(day)

    def meets(self, other: "TermEntry") -> bool:
        """The same thing, on a day that both have?"""
        return (
            self.key == other.key
            and (self.valid_from or date.min) <= (other.valid_to or date.max)
            and (other.valid_from or date.min) <= (self.valid_to or date.max)
        )

    def goes_on_until(self, successor: "TermEntry") -> date | None:
        """The last day of this entry when another takes its place from a later day on; None: it is replaced altogether.

        What was right before stays right for texts of before. A law's days are the law's own, so a
        changed entry replaces the old one.
        """
        later = successor.valid_from is not None and successor.valid_from > (self.valid_from or date.min)
        if later and successor.valid_from and self.kind is not TermKind.LAWS and not self.off:
            return successor.valid_from - _ONE_DAY
        return None

    def lasts_until(self, successor: "TermEntry") -> str:
        """The same in words; empty when it is replaced altogether."""
        last = self.goes_on_until(successor)
        return f"原来的用到 {last.year}年{last.month}月{last.day}日" if last else ""


def from_term(term: Term) -> TermEntry:
    """A shipped term as an entry: what a change of it begins with."""
    return TermEntry(TermKind(term.kind), term.words, term.right, term.note, None, term.valid_from, term.valid_to)


def checked(entry: TermEntry) -> TermEntry:
    """The entry with its blanks tidied. Refused, in words for whoever typed it, when a column does not fit its list."""
    kind = KINDS[entry.kind]
    entry = replace(
        entry,
        words=_line(kind.words, entry.words, LONGEST_WORDS),
        right=_line(kind.right or "应为", entry.right, LONGEST_WORDS),
        note=_line(kind.note or "说明", entry.note, LONGEST_NOTE),
        bad=_examples("错的例句", entry.bad),
        good=_examples("对的例句", entry.good),
    )
    _check_words(entry, kind)
    _check_right(entry, kind)
    _check_note(entry, kind)
    _check_days(entry)
    if not entry.off:
        _check_examples(entry, kind)
    return entry


def _line(label: str, words: str, longest: int) -> str:
    words = words.strip()
    if len(words) > longest:
        raise Refused(f"“{label}”最多 {longest} 个字")
    if _UNSEEN.search(words):
        raise Refused(f"“{label}”里有看不见的字符或换行，请重新输入")
    return words


def _examples(label: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(_line(label, one, LONGEST_EXAMPLE) for one in sentences if one.strip()))
    if len(kept) > MOST_EXAMPLES:
        raise Refused(f"“{label}”最多 {MOST_EXAMPLES} 句")
    return kept


def _check_words(entry: TermEntry, kind: Kind) -> None:
    if not entry.words:
        raise Refused(f"请写“{kind.words}”")
    if entry.kind is TermKind.LEADERS and not _NAME.fullmatch(entry.words):
        raise Refused("“姓名”只写汉字，少数民族姓名中间用“·”")
    if entry.kind is TermKind.PUBLIC_PHONES:
        if not _MOBILE.fullmatch(entry.words):
            raise Refused("“手机号”要写 11 位数字，中间不空格")
    elif len(entry.words) < 2 and entry.kind is not TermKind.EXCEPTIONS:
        raise Refused(f"“{kind.words}”至少两个字，一个字会到处误报")
    if kind.ordered and not (entry.position and 1 <= entry.position <= LAST_PLACE):
        raise Refused(f"“排序”要写 1—{LAST_PLACE} 的整数，主要领导排在前面")
    if not kind.ordered and entry.position is not None:
        raise Refused("只有领导名录有“排序”")


def _check_right(entry: TermEntry, kind: Kind) -> None:
    if entry.right and not kind.right:
        raise Refused(f"{kind.kind.label}只有“{kind.words}”，没有对应的正确写法")
    if kind.right_needed and not entry.right:
        raise Refused(f"请写“{kind.right}”")
    if entry.right and entry.right == entry.words:
        raise Refused(f"“{kind.right}”和“{kind.words}”写得一样")
    if entry.kind is TermKind.EXCEPTIONS:
        family_of(entry.right)
    if entry.kind is TermKind.YEARLY_WORK and entry.right and not _MONTHS.fullmatch(entry.right):
        raise Refused("“时节”写成 2-4 这样，是几月到几月")


def family_of(name: str) -> Family:
    """The family of an exception. Refused: there is no such family, or it is personal data or secrecy."""
    try:
        family = Family(name)
    except ValueError:
        raise Refused(f"没有“{name}”这一类疑点") from None
    if family in NEVER_OVERRIDDEN:
        raise Refused(
            f"“{family.label}”是个人信息或涉密，不能列为“不是错”。请改稿件，需要公开的值班手机先列入公开手机号。"
        )
    return family


def _check_note(entry: TermEntry, kind: Kind) -> None:
    if entry.note and not kind.note:
        raise Refused(f"{kind.kind.label}没有说明这一栏")
    if kind.notes and entry.note not in {value for value, _ in kind.notes}:
        raise Refused(f"“{kind.note}”只能填：{'、'.join(value for value, _ in kind.notes if value)}")
    replaces = (entry.kind, entry.note) in ((TermKind.SENSITIVE, "称谓"), (TermKind.SLOGANS, "误写"))
    if replaces and not entry.right:
        raise Refused(f"“{entry.note}”要写“{kind.right}”")


def _check_days(entry: TermEntry) -> None:
    for day in (entry.valid_from, entry.valid_to):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refused(f"年份要在 {FIRST_YEAR}—{LAST_YEAR} 之间，请检查日期")
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        raise Refused("最后一天不能早于第一天")


def _check_examples(entry: TermEntry, kind: Kind) -> None:
    both = set(entry.bad) & set(entry.good)
    if both:
        raise Refused(f"例句“{both.pop()}”既算错的又算对的，请留一边")
    if kind.bad_needed and not entry.bad and entry.note != "通行":
        raise Refused("请写一句“错的例句”：应该报出来的句子，用来检验这一条")
    if kind.good_needed and not entry.good:
        raise Refused("请写一句“对的例句”：不应该报的句子，用来检验这一条")
