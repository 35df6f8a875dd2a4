"""The numbers Word draws before paragraphs: which one comes next, and how it is written."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from town_portal.files.rules.word.styles import number, value
from town_portal.files.rules.word.words import cleaned

MOST_LEVELS = 9
_CHINESE = {"chinesecounting", "chinesecountingthousand", "japanesecounting", "taiwanesecounting"} | {
    "taiwanesecountingthousand",
    "koreancounting",
    "japanesedigitaltenthousand",
}
_FORMAL = {"chineselegalsimplified", "japaneselegal", "ideographlegaltraditional"}
_CYCLES = {
    "ideographtraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographzodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalenclosedcircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalenclosedcirclechinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographenclosedcircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalenclosedparen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalenclosedfullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
_ROMAN = list(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True)
)
_PLAIN = re.compile(r"%[1-9][.．、]?")
_CLOSED = tuple("、．。）：】〕，；)")
_SMALL = ("零一二三四五六七八九", "十百千")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before one paragraph."""

    key: tuple[str, int]
    """The list and the level it belongs to."""
    kind: str
    """``bullet``; ``number`` for 1. 2. 3., which a page draws itself; ``written`` for all others."""
    count: int
    text: str

    @property
    def level(self) -> int:
        """How deep, from 0."""
        return self.key[1]

    @property
    def before(self) -> str:
        """The words to set before the paragraph."""
        return self.text if not self.text or self.text.endswith(_CLOSED) else f"{self.text} "


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    style: str
    legal: bool


def chinese(count: int, digits: str = _SMALL[0], units: str = _SMALL[1]) -> str:
    """A number from 0 to 9999 in Chinese: 十一, 一百零一; larger ones in figures."""
    if not 0 < count < 10_000:
        return digits[0] if count == 0 else str(count)
    figures = str(count)
    parts = []
    for place, figure in enumerate(figures):
        rest = len(figures) - place - 1
        if figure != "0":
            parts.append(digits[int(figure)] + (units[rest - 1] if rest else ""))
        elif parts and parts[-1] != digits[0] and figures[place:].strip("0"):
            parts.append(digits[0])
    words = "".join(parts)
    return words[1:] if words.startswith("一十") else words


def _roman(count: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        words += letters * (count // worth)
        count %= worth
    return words


def written(count: int, form: str) -> str:
    """A number as a list format writes it; figures where the format is unknown."""
    form = form.lower()
    if form in _CHINESE:
        return chinese(count)
    if form in _FORMAL:
        return chinese(count, *_LEGAL)
    if form in _CYCLES:
        return _CYCLES[form][count - 1] if 0 < count <= len(_CYCLES[form]) else str(count)
    if form in ("ideographdigital", "japanesedigital", "taiwanesedigital"):
        return "".join("〇一二三四五六七八九"[int(figure)] for figure in str(count))
    if form in ("lowerletter", "upperletter") and 0 < count <= 26:
        return chr(ord("a" if form == "lowerletter" else "A") + count - 1)
    if form in ("lowerroman", "upperroman") and 0 < count < 4000:
        return _roman(count) if form == "upperroman" else _roman(count).lower()
    if form in ("decimalfullwidth", "decimalfullwidth2"):
        return str(count).translate({ord("0") + figure: ord("０") + figure for figure in range(10)})
    if form == "decimalzero":
        return f"{count:02}"
    return "" if form == "none" else str(count)


def _level(element: Element, start: int | None = None) -> _Level:
    return _Level(
        value(element, "w_numFmt") or "decimal",
        cleaned((value(element, "w_lvlText") or "")[:40])[0],
        min(max(start if start is not None else number(value(element, "w_start")) or 0, 0), 9_999),
        value(element, "w_pStyle") or "",
        element.find("w_isLgl") is not None,
    )


def _place(element: Element) -> int:
    return min(max(number(element.get("w_ilvl")) or 0, 0), MOST_LEVELS - 1)


class Numbering:
    """The lists of a document; counts along while the paragraphs are read in order."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._family: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._restarts: set[tuple[str, int]] = set()
        if root is None:
            return
        families: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root.findall("w_abstractNum"):
            family = element.get("w_abstractNumId", "")
            families[family] = {_place(level): _level(level) for level in element.findall("w_lvl")}
            links[family] = value(element, "w_numStyleLink") or ""
            style = value(element, "w_styleLink")
            if style is not None:
                linked[style] = family
        for element in root.findall("w_num"):
            family = value(element, "w_abstractNumId") or ""
            family = linked.get(links.get(family, ""), family)
            self._add(element, family, dict(families.get(family, {})))

    def _add(self, element: Element, family: str, levels: dict[int, _Level]) -> None:
        own_id = element.get("w_numId", "")
        for change in element.findall("w_lvlOverride"):
            place = _place(change)
            start = number(value(change, "w_startOverride"))
            own = change.find("w_lvl")
            if own is not None:
                levels[place] = _level(own, start)
            elif start is not None and place in levels:
                old = levels[place]
                levels[place] = _Level(old.form, old.text, min(max(start, 0), 9_999), old.style, old.legal)
            if start is not None:
                self._restarts.add((own_id, place))
        self._levels[own_id] = levels
        self._family[own_id] = family

    def next(self, id: str | None, level: int | None, style: str) -> Label | None:
        """The label of the next paragraph of a list, and None where there is none; counts it."""
        levels = self._levels.get(id or "")
        if id is None or not levels:
            return None
        if level is None:
            level = next((place for place, each in levels.items() if each.style and each.style == style), 0)
        level = min(max(level, 0), MOST_LEVELS - 1)
        own = levels.get(level)
        if own is None:
            return None
        counts = self._counts.setdefault(self._family[id], [None] * MOST_LEVELS)
        if (id, level) in self._restarts and (id, level) not in self._restarted:
            self._restarted.add((id, level))
            counts[level] = None
        before = counts[level]
        counts[level] = own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (MOST_LEVELS - level - 1)
        return self._label(id, level, levels, counts)

    def _label(self, id: str, level: int, levels: dict[int, _Level], counts: list[int | None]) -> Label | None:
        own = levels[level]
        count = counts[level] or 0
        if own.form.lower() == "bullet":
            return Label((id, level), "bullet", count, "•")

        def drawn(match: re.Match[str]) -> str:
            place = int(match[0][1]) - 1
            other = levels.get(place)
            if other is None or place > level:
                return ""
            seen = counts[place]
            form = "decimal" if own.legal and other.form.lower() != "none" else other.form
            return written(other.start if seen is None else seen, form)

        text = re.sub(r"%[1-9]", drawn, own.text).strip()
        plain = own.form.lower() == "decimal" and own.text.startswith(f"%{level + 1}") and _PLAIN.fullmatch(own.text)
        return Label((id, level), "number" if plain else "written", count, text) if text else None
