"""Tallies 算账: sums written with signs, in the rows and columns of a table, or line by line. Pure.

47+29+18=93; 128条，其中3+4+9+71+40; a 合计 row or column; a column of rates; 来电：47件 / 来访：29件 / 合计：93件.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from town_portal.proofreading.rules.values.figures import PERCENT, Figure, said, within
from town_portal.proofreading.rules.values.parts import equal, overlapping, said_as, total_of
from town_portal.proofreading.rules.values.tables import Row, tables

_SUM = re.compile(r"共(?!建|产|享|治|青|同|和国)|合\s?计|总计|累计|小计|总(?:数|额|量|人数|户数|面积|的|和)|加起来")


@dataclass(frozen=True, slots=True)
class Tally:
    """A written sum that does not come out."""

    start: int
    end: int
    what: str
    """What was added, in words."""
    right: str
    written: str


def wrong_tallies(text: str) -> Iterator[Tally]:
    """Every written sum of a text that does not come out."""
    yield from _tables(text)
    yield from _equations(text)
    yield from _lines(text)


# Signs -------------------------------------------------------------------------------------------

_TERM = r"\d{1,9}(?:\.\d{1,4})?\s?(?:[^\d\s+\-−×xX*=,，。；、：（）()%/]{1,4}|%)?"
_EQUATION = re.compile(
    rf"(?<![\d.+\-×*/:])(?P<left>{_TERM}(?:\s?[+\-−×*＋]\s?{_TERM}){{1,12}})"
    r"\s?[=＝]\s?(?P<right>\d{1,9}(?:\.\d{1,4})?)(?![\d+×*/])"
)
_CHAIN = re.compile(r"(?<![\d.+\-])\d{1,6}(?:\s?\+\s?\d{1,6}){1,12}(?![\d.+]|\s?\+|\s?[=＝])")
_CHAIN_GAP = re.compile(
    r"[^，。；：:\d]{0,8}[，,：:（(]?(?:其中|分别为|分别是|即|由|按|明细|构成|具体)?[^，。；\d]{0,8}"
)
_CHAIN_CUE = re.compile(r"其中|分别|即|由|明细|构成|具体|：|:|（|\(")


def _equations(text: str) -> Iterator[Tally]:
    """47+29+18=93; 128条，其中3+4+9+71+40."""
    for match in _EQUATION.finditer(text):
        value = _value(match["left"])
        right = Decimal(match["right"])
        quoted = text[match.start() - 1 : match.start()] == "“"
        if value is not None and value != right and right and not quoted:
            yield Tally(*match.span(), "算式左边", said(value), match["right"])
    for chain in _CHAIN.finditer(text):
        before = within(text, max(0, chain.start() - 24), chain.start())
        if not before or not before[-1].exact or not before[-1].unit or before[-1].unit == PERCENT:
            continue
        whole, gap = before[-1], text[before[-1].end : chain.start()]
        total = sum(int(number) for number in re.findall(r"\d+", chain.group()))
        if _CHAIN_GAP.fullmatch(gap) and _CHAIN_CUE.search(gap) and total != whole.value:
            yield Tally(whole.start, chain.end(), "各项相加", str(total), said(whole.value))


def _value(words: str) -> Decimal | None:
    """The value of numbers joined by signs; None for more kinds of signs than can be told apart from a code."""
    numbers = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", words)]
    signs = re.findall(r"[+\-−×*＋]", words)
    if len(numbers) != len(signs) + 1:
        return None
    if all(sign in "×*" for sign in signs):
        product = Decimal(1)
        for number in numbers:
            product *= number
        return product
    if any(sign in "×*" for sign in signs):
        return None
    total = numbers[0]
    for sign, number in zip(signs, numbers[1:], strict=True):
        total += number if sign in "+＋" else -number
    return total


# Tables and lines --------------------------------------------------------------------------------

_NO_SUM = re.compile(r"率|比|均|序|号|年份|日期|时间|单价|名次|排名|电话|备注|标准|%|占")


def _tables(text: str) -> Iterator[Tally]:
    for rows in tables(text):
        yield from _columns(rows)
        yield from _total_column(rows)


def _columns(rows: list[Row]) -> Iterator[Tally]:
    """A row of totals, at the foot or under the head of a table."""
    head = rows[0]
    for at, row in enumerate(rows):
        if not row[0].total or row[0].subtotal:
            continue
        body = [other for other in (rows[1:at] if at > 1 else rows[at + 1 :]) if other is not row]
        body = [other for other in body if not other[0].words.startswith("其中")]
        if any(other[0].subtotal for other in body):
            body = [other for other in body if other[0].subtotal]
        for column in range(1, len(row)):
            cell = row[column]
            values = [other[column].value for other in body]
            if cell.value is None or len(values) < 2 or None in values or _NO_SUM.search(head[column].words):
                continue
            total = sum(value for value in values if value is not None)
            if total != cell.value and abs(total - cell.value) <= cell.value:
                yield Tally(cell.start, cell.end, f"“{head[column].words}”一列相加", said(Decimal(total)), cell.words)


def _total_column(rows: list[Row]) -> Iterator[Tally]:
    """A column of totals: asked only where most of the other rows come out."""
    head = rows[0]
    for column, heading in enumerate(head):
        if not heading.total or column == 0:
            continue
        others = [
            place
            for place in range(1, len(head))
            if place != column and not _NO_SUM.search(head[place].words) and not head[place].total
        ]
        body = [
            row
            for row in rows[1:]
            if row[column].value is not None and all(row[place].value is not None for place in others)
        ]
        sums = [sum((row[place].value or Decimal(0) for place in others), Decimal(0)) for row in body]
        wrong = [(row, total) for row, total in zip(body, sums, strict=True) if total != row[column].value]
        if len(others) < 2 or not wrong or len(wrong) * 2 > len(body):
            continue
        for row, total in wrong:
            if not row[0].total:
                cell = row[column]
                yield Tally(cell.start, cell.end, "这一行相加", said(total), cell.words)


_RATE = re.compile(r"率|占比|比例|进度|完成度|%")
_PERCENTAGE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s?%?")


def wrong_rates(text: str) -> Iterator[Tally]:
    """Every rate of a table that is not what most of its column is: one column over another."""
    for rows in tables(text):
        for column, heading in enumerate(rows[0]):
            if column and _RATE.search(heading.words):
                yield from _column_of_rates(rows, column)


def _column_of_rates(rows: list[Row], column: int) -> Iterator[Tally]:
    body = [row for row in rows[1:] if _PERCENTAGE.fullmatch(row[column].words)]
    for part, whole in permutations(range(1, len(rows[0])), 2):
        if column in (part, whole):
            continue
        wrong = []
        for row in body:
            one, other, rate = row[part].value, row[whole].value, Decimal(row[column].words.rstrip(" %"))
            if one is None or not other:
                break
            if abs(one * 100 / other - rate) >= (Decimal("0.1") if "." in row[column].words else 1):
                wrong.append((row[column], one * 100 / other))
        else:
            if 0 < len(wrong) <= len(body) - len(wrong):
                for cell, truth in wrong:
                    yield Tally(cell.start, cell.end, "这一行算", f"{said(round(truth, 1))}%", cell.words)
            if len(wrong) < len(body):
                return


def _lines(text: str) -> Iterator[Tally]:
    """来电：47件 / 来访：29件 / 合计：93件, each on its line."""
    block: list[Figure] = []
    place = 0
    for line in [*text.split("\n"), ""]:
        inside = within(text, place, place + len(line))
        if len(inside) == 1 and inside[0].exact and len(line) <= 40 and inside[0].unit != PERCENT and "|" not in line:
            block.append(inside[0])
        elif block or inside:
            yield from _line_total(text, block)
            block = [inside[-1]] if inside and line.rstrip().endswith(("：", ":", "其中")) and inside[-1].exact else []
        place += len(line) + 1


def _line_total(text: str, block: list[Figure]) -> Iterator[Tally]:
    if len(block) < 3 or not all(one.alike(block[0]) for one in block):
        return
    totals = [one for one in block if _SUM.search(_line_words(text, one))]
    opening = re.match(r"[^\n\d]{0,10}(?:：|:|其中[：:]?)\s*\n", text[block[0].end :])
    whole = totals[0] if len(totals) == 1 else block[0] if opening else None
    if whole not in (block[0], block[-1]) or whole is None:
        return
    parts = [one for one in block if one is not whole]
    total = total_of(parts)
    if not equal(total, whole, parts) and abs(total - whole.base) <= whole.base / 2 and not overlapping(parts):
        yield Tally(whole.start, whole.end, "各行相加", said_as(total, whole), said_as(whole.base, whole))


def _line_words(text: str, one: Figure) -> str:
    return text[text.rfind("\n", 0, one.start) + 1 : one.start]
