"""A year in numbers: what was published by column and unit, what ran where; what was imported stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from town_portal.documents.rules.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, how many of this house, how many imported."""

    name: str
    own: int
    imported: int
    group: str = ""

    @property
    def total(self) -> int:
        """Both together."""
        return self.own + self.imported


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one year."""

    year: int
    columns: tuple[Line, ...]
    units: tuple[Line, ...]
    channels: tuple[Line, ...]

    @property
    def items(self) -> Line:
        """All that was published on the portal."""
        return total(self.columns)

    @property
    def releases(self) -> Line:
        """All that ran on channels."""
        return total(self.channels)

    @property
    def groups(self) -> tuple[Line, ...]:
        """The first-level columns, each with its sum."""
        names = dict.fromkeys(one.group for one in self.columns)
        return tuple(
            Line(name, *_sums([one for one in self.columns if one.group == name]), group=name) for name in names
        )


def total(lines: Sequence[Line]) -> Line:
    """The sum of lines."""
    return Line("合计", *_sums(lines))


def _sums(lines: Sequence[Line]) -> tuple[int, int]:
    return sum(one.own for one in lines), sum(one.imported for one in lines)


def sheets(found: YearFigures, note: str) -> list[Sheet]:
    """The year as sheets."""
    head = ("本系统发布", "导入的", "合计")
    columns = [(one.group, one.name, one.own, one.imported, one.total) for one in (*found.columns, found.items)]
    channels = [(one.group, one.name, one.own, one.imported, one.total) for one in (*found.channels, found.releases)]
    units = [(one.name, one.own, one.imported, one.total) for one in (*found.units, total(found.units))]
    year = f"{found.year} 年"
    return [
        Sheet("按栏目", ("一级栏目", "栏目", *head), columns, title=f"{year}主动公开信息（按栏目）", notes=(note,)),
        Sheet("按渠道", ("级别", "渠道", *head), channels, title=f"{year}渠道发布（按渠道）", notes=(note,)),
        Sheet("按单位", ("单位", *head), units, title=f"{year}主动公开信息（按单位）", notes=(note,)),
    ]
