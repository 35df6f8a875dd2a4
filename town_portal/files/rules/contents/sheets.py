"""An Excel file: its sheets row by row, hidden ones, rows and columns included, and what stands behind them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation

from town_portal.files.rules.contents import office
from town_portal.files.rules.contents.contents import MOST_CHARACTERS, Concern, Kind, Part, listed, shortened, unread
from town_portal.files.rules.contents.office import Told
from town_portal.files.rules.contents.prose import Prose
from town_portal.files.rules.package import Package, TooMuch

MOST_STRINGS = 2_000_000
"""Signs of all shared strings together."""
MOST_COLUMNS = 120
_DAYS = {*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 55), 57, 58}
"""The built-in number formats that show a day."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?:[^hmsHMS\]][^\]]*)\]')
_FIRST_DAY = date(1899, 12, 30)
_FIRST_DAY_MAC = date(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31
_FIFTEEN = Context(prec=15)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_STATES = {"hidden": "隐藏的", "veryHidden": "深度隐藏的"}


class Strings:
    """Listens to the shared strings; what a reader's aid says of their sound is left out."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.shown: set[int] = set()
        self._pieces: list[str] = []
        self._inside: list[str] = []
        self._left = MOST_STRINGS

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Begin a string."""
        self._inside.append(name)
        if name == "si":
            self._pieces = []

    def data(self, words: str) -> None:
        """Take its words in."""
        if self._inside[-1:] == ["t"] and "rPh" not in self._inside:
            self._left -= len(words)
            if self._left < 0:
                raise TooMuch
            self._pieces.append(words)

    def end(self, name: str) -> None:
        """Keep a string."""
        self._inside.pop()
        if name == "si":
            self.words.append("".join(self._pieces))

    def of(self, number: str) -> str:
        """The string a cell points to."""
        if not number.isdigit() or int(number) >= len(self.words):
            return ""
        self.shown.add(int(number))
        return self.words[int(number)]

    def never_shown(self) -> list[str]:
        """Strings no cell points to: what was in the sheets once."""
        return [words for place, words in enumerate(self.words) if place not in self.shown and words.strip()]


@dataclass(slots=True)
class Row:
    """One row that holds something: its number and its cells by column."""

    number: int
    hidden: bool
    cells: dict[int, str] = field(default_factory=dict)


class Sheet:
    """Listens to one sheet."""

    def __init__(self, strings: Strings, days: frozenset[int], first_day: date) -> None:
        self.rows: list[Row] = []
        self.hidden_columns: set[int] = set()
        self.margins: list[str] = []
        self._strings = strings
        self._days = days
        self._first_day = first_day
        self._all_hidden = False
        self._row = Row(0, hidden=False)
        self._column = 0
        self._type = ""
        self._style = -1
        self._pieces: list[str] = []
        self._element = ""
        self._in_sound = False
        self._left = MOST_CHARACTERS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note rows, columns and cells, and which of them are hidden."""
        self._element = name
        match name:
            case "row":
                self._row = Row(
                    _number(attributes.get("r"), self._row.number + 1), self._all_hidden or _unseen(attributes, "ht")
                )
                self._column = 0
            case "c":
                found = _CELL.fullmatch(attributes.get("r", ""))
                self._column = column_number(found[1]) if found else self._column + 1
                self._type = attributes.get("t", "n")
                self._style = _number(attributes.get("s"), -1)
                self._pieces = []
            case "col" if _unseen(attributes, "width"):
                first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
                self.hidden_columns.update(range(first, min(last, 16_384) + 1))
            case "sheetFormatPr":
                self._all_hidden = attributes.get("zeroHeight") in ("1", "true")
            case "rPh":
                self._in_sound = True

    def data(self, words: str) -> None:
        """Take in values and texts of cells, headers and footers."""
        if self._element in ("v", "t") and not self._in_sound:
            self._pieces.append(words)
        elif self._element.endswith(("Header", "Footer")):
            self.margins.append(words)

    def end(self, name: str) -> None:
        """Keep a cell, a row."""
        self._element = ""
        if name == "c" and self._pieces:
            words = " ".join(self._value("".join(self._pieces)).split())
            if words:
                self._row.cells[self._column] = words
                self._left -= len(words) + 1
        elif name == "row" and self._row.cells:
            self.rows.append(self._row)
            if self._left < 0:
                raise TooMuch
        elif name == "rPh":
            self._in_sound = False

    def _value(self, words: str) -> str:
        if self._type == "s":
            return self._strings.of(words.strip())
        if self._type == "b":
            return "是" if words.strip() == "1" else "否"
        if self._type != "n":
            return words
        return shown(words.strip(), self._first_day if self._style in self._days else None)

    def part(self, place: str) -> Part | None:
        """The sheet as lines with a tab between columns in use; None when it is empty."""
        columns = sorted({column for row in self.rows for column in row.cells})[:MOST_COLUMNS]
        if not columns:
            return None
        lines = ["\t".join(row.cells.get(column, "") for column in columns) for row in self.rows]
        return Part(
            place,
            "\n".join(lines),
            tuple(f"{'隐藏的' if row.hidden else ''}第 {row.number} 行" for row in self.rows),
            tuple(
                f"{'隐藏的 ' if column in self.hidden_columns else ''}{column_name(column)} 列" for column in columns
            ),
        )

    @property
    def too_wide(self) -> bool:
        """Are there more columns than are read?"""
        return len({column for row in self.rows for column in row.cells}) > MOST_COLUMNS


def told(package: Package) -> Told:
    """Every sheet in the order of the tabs, then whatever else stands in the file."""
    main = package.main_part() or "xl/workbook.xml"
    relations = package.relations(main)
    read = {main.lower()}
    found = office.values(package, main, "sheet", "workbookPr")
    strings = Strings()
    for part in office.related(relations, "sharedStrings"):
        read.add(part.lower())
        if not package.stream(part, strings):
            yield unread("文字表")
    days = _day_styles(package, office.related(relations, "styles"))
    mac = any(name == "workbookPr" and its.get("date1904") in ("1", "true") for name, its, _ in found)
    people: dict[str, str] = {}
    for part in office.related(relations, "person"):
        read.add(part.lower())
        listed_ = office.values(package, part, "person")
        people.update({its.get("id", ""): its.get("displayName", "") for _, its, _ in listed_})
    whole = True
    for name, its, _ in found:
        relation = relations.get(its.get("r_id", ""))
        if name != "sheet" or relation is None or relation.outside:
            continue
        sheet = Sheet(strings, days, _FIRST_DAY_MAC if mac else _FIRST_DAY)
        whole &= package.stream(relation.target, sheet)
        place = f"{_STATES.get(its.get('state', ''), '')}工作表“{its.get('name', '')}”"
        yield from _sheet(sheet, place, hidden=its.get("state", "") in _STATES)
        read.add(relation.target.lower())
        yield from _beside(package, relation.target, place, people, read)
        if not whole or sheet.too_wide:
            yield unread(place)
            whole = False
    if whole:
        yield from _leftovers(strings)
    yield from _pivots(package, read)
    yield from office.rest(package, read)


def _sheet(sheet: Sheet, place: str, *, hidden: bool) -> Told:
    part = sheet.part(place)
    if sheet.margins:
        yield Part(f"{place}页眉页脚", "\n".join(re.sub(r'&"[^"]*"|&[A-Z0-9]{1,2}', " ", one) for one in sheet.margins))
    if part is None:
        return
    yield part
    if hidden:
        yield Concern(
            Kind.HIDDEN,
            place,
            shortened(part.words),
            f"{place}有 {len(sheet.rows)} 行内容，会跟着文件一起公开。请在工作表标签上点右键“取消隐藏”，看一遍，不该公开的删掉。",
        )
    rows = [row.number for row in sheet.rows if row.hidden]
    if rows:
        yield Concern(
            Kind.HIDDEN,
            place,
            f"第 {_runs(rows)} 行",
            f"{place}第 {_runs(rows)} 行是隐藏或筛选掉的，会跟着文件公开。请取消隐藏、清除筛选，看一遍，不该公开的删掉。",
        )
    used = {column for row in sheet.rows for column in row.cells}
    columns = [column_name(column) for column in sorted(used & sheet.hidden_columns)]
    if columns:
        yield Concern(
            Kind.HIDDEN,
            place,
            f"{listed(columns)} 列",
            f"{place}的 {listed(columns)} 列是隐藏的，会跟着文件公开。请取消隐藏看一遍，不该公开的删掉。",
        )


def _beside(package: Package, part: str, place: str, people: dict[str, str], read: set[str]) -> Told:
    """Comments of a sheet, and words in its drawings."""
    relations = package.relations(part)
    for target in office.related(relations, "threadedComment"):
        read.add(target.lower())
        prose = Prose({"threadedComment": "personId"})
        package.stream(target, prose)
        yield from office.comments(place, [(people.get(key, ""), lines) for key, lines in prose.headed])
    threaded = bool(office.related(relations, "threadedComment"))
    for target in office.related(relations, "comments"):
        read.add(target.lower())
        prose = Prose({"comment": "authorId"})
        package.stream(target, prose)
        names = dict(enumerate(prose.authors))
        if not threaded:  # the same comments a second time, for old programs
            said = [(names.get(_number(key, -1), ""), lines) for key, lines in prose.headed]
            yield from office.comments(place, said)
    for target in office.related(relations, "drawing"):
        read.add(target.lower())
        prose = Prose()
        package.stream(target, prose)
        if prose.lines:
            yield Part(f"{place}的文本框", prose.words)
    for target in office.related(relations, "vmlDrawing") + office.related(relations, "legacyDrawing"):
        read.add(target.lower())  # where the boxes of comments stand


def _leftovers(strings: Strings) -> Told:
    left = strings.never_shown()
    if left:
        yield Part("已删除但还留在文件里的文字", "\n".join(left))
        yield Concern(
            Kind.HIDDEN,
            "已删除但还留在文件里的文字",
            shortened(left[0]),
            f"有 {len(left)} 段文字在表里已经看不到，但还留在文件里，会跟着公开。请把表格复制到新建的文件里再传。",
        )


def _pivots(package: Package, read: set[str]) -> Told:
    """What pivot tables keep of the rows they were made from, though their sheet may be gone."""
    words: dict[str, None] = {}
    size = 0
    for part in package.parts:
        if "/pivotcache/" in part and part.endswith(".xml"):
            read.add(part)
            for _, its, _ in office.values(package, part, "s", "n"):
                size += len(its.get("v", ""))
                if size < MOST_CHARACTERS:
                    words[shown(its.get("v", ""), None)] = None
    if words:
        yield Part("数据透视表里存着的原始数据", "\n".join(words))
        yield Concern(
            Kind.HIDDEN,
            "数据透视表",
            shortened("、".join(words)),
            "数据透视表里存着做表用的原始数据，会跟着文件公开。请复制后“粘贴为数值”到新文件里再传。",
        )
    if size >= MOST_CHARACTERS:
        yield unread("数据透视表")


def _day_styles(package: Package, parts: list[str]) -> frozenset[int]:
    """The numbers of the cell styles that show a day."""
    days = set(_DAYS)
    styles: list[int] = []
    for part in parts:
        inside = False
        listener = office.Values("numFmt", "cellXfs", "cellStyles", "xf")
        package.stream(part, listener)
        for name, its, _ in listener.found:
            if name == "numFmt" and re.search("[yd年日]", _QUOTED.sub("", its.get("formatCode", "")), re.IGNORECASE):
                days.add(_number(its.get("numFmtId"), -1))
            elif name in ("cellXfs", "cellStyles"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                styles.append(_number(its.get("numFmtId"), 0))
    return frozenset(place for place, number in enumerate(styles) if number in days)


def shown(number: str, first_day: date | None) -> str:
    """A kept number as people see it: whole where it is whole, a day where its style shows days."""
    try:
        value = _FIFTEEN.create_decimal(Decimal(number))
    except InvalidOperation:
        return number
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return number
    if first_day is not None and 1 <= value <= _LAST_DAY:
        try:
            day = first_day + timedelta(days=int(value))
        except OverflowError:
            return number
        return f"{day.year}年{day.month}月{day.day}日"
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _unseen(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")


def _number(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isdigit() and len(words) < 10 else otherwise


def _runs(numbers: list[int]) -> str:
    """3、5—9、12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return listed(_runs_told(runs))


def _runs_told(runs: list[list[int]]) -> Iterator[str]:
    for first, last in runs:
        yield str(first) if first == last else f"{first}—{last}"
