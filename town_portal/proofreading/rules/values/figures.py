"""Figures 数量: every number of a text that counts or measures something, with its unit and its hedges.

Arabic, Chinese and mixed numbers become one value (3.5万, 三万五千, 2万5千), fractions and 成 become
percentages (百分之五点六, 三成, 四分之一). Dates, hours, telephone numbers, codes and ordinals are no figures.
Pure: text in, ``Figure`` out; offsets are those of the text given.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CHINESE = "零〇一二两三四五六七八九十百千万亿"
PERCENT = "%"
POINTS = "个百分点"
TIMES = "倍"

WORDS = 40
"""So many signs on either side of a figure are looked at as its words."""

_FACTORS: dict[str, dict[str, str]] = {
    "length": {"毫米": "0.001", "mm": "0.001", "厘米": "0.01", "cm": "0.01", "米": "1", "m": "1", "公里": "1000"}
    | {"千米": "1000", "km": "1000", "里": "500", "里路": "500", "华里": "500"},
    "area": {"平方米": "1", "平米": "1", "平方": "1", "㎡": "1", "m²": "1", "公顷": "10000", "平方公里": "1000000"}
    | {"平方千米": "1000000", "亩": "666.7", "亩地": "666.7"},
    "volume": {"立方米": "1", "立方": "1", "方": "1", "m³": "1", "升": "0.001", "毫升": "0.000001"},
    "mass": {"克": "0.001", "千克": "1", "公斤": "1", "kg": "1", "斤": "0.5", "两": "0.05", "吨": "1000"},
    "money": {"元": "1", "元钱": "1", "块钱": "1", "块": "1", "角": "0.1", "美元": "7"},
    "time": {"秒": "1", "秒钟": "1", "分钟": "60", "小时": "3600", "个小时": "3600", "钟头": "3600", "个钟头": "3600"},
    "days": {"天": "1", "日": "1", "个工作日": "1", "工作日": "1"},
    "years": {"年": "12", "个月": "1"},
    "age": {"岁": "1", "周岁": "1"},
    "heat": {"℃": "1", "摄氏度": "1", "°C": "1"},
    "power": {"千瓦": "1", "兆瓦": "1000", "kW": "1", "千伏安": "1", "kVA": "1", "兆伏安": "1000"},
    "energy": {"千瓦时": "1", "度电": "1", "kWh": "1"},
    "person": {"人": "1", "名": "1", "位": "1", "口": "1", "号": "1", "号人": "1", "口人": "1", "个人": "1", "例": "1"},
    "percent": {"%": "1"},
}
_MEASURED = {unit: (kind, Decimal(factor)) for kind, units in _FACTORS.items() for unit, factor in units.items()}
_COUNTERS = (
    "人次 人份 车次 台次 户次 场次 件次 家次 例次 班次 个百分点 百分点 倍 番 "
    "个 户 家 间 条 件 宗 起 份 张 本 册 套 台 辆 部 场 次 期 批 处 座 栋 幢 棵 株 头 只 羽 尾 匹 根 块 片 项 门 节 堂 "
    "类 种 款 篇 则 幅 面 盏 支 组 班 届 轮 枚 袋 箱 包 桶 瓶 盒 车 艘 架 把 顶 双 对 道 段 眼 床 桩 单 票 分 度 "
    "学时 课时 工时 字 页 所 站 村 桌 席 拨 伙 排 行 列 层 趟 遍 回 顿 餐 筐 捆 担 周 代 队 手 盆 车皮 箩 垄 畦 孔 挂 集 首 支队 "
    "点 大 方面 环节 步 任 盘 笔 样 档"
).split()
UNITS = tuple(sorted({*_MEASURED, *_COUNTERS}, key=len, reverse=True))
"""Every unit and measure word a figure may carry, the longest first."""

_UNIT = "|".join(map(re.escape, UNITS)).replace("支队", "支队(?!伍)").replace("|片|", "|片(?!区)|")
_NOT_CHENG = "员立功果本就绩为效长都熟品交套群型批片分不语"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,6})?"
_LARGE = r"(?:[百千](?!分|货|姓|克|米|瓦|卡|帕|伏|赫|焦)|十|[万亿])"
_NUMBER = (
    rf"(?:(?:{_ARABIC})(?:{_LARGE}{{1,3}}(?:\d{{1,4}}[千百十万]{{1,2}})*)?"
    rf"|[几数][十百千万亿]{{1,3}}|[{CHINESE}]{{1,16}}(?:点[零〇一二三四五六七八九]{{1,4}}[万亿]?)?)"
)
_ASIDE = (
    r"https?://[!-~]+|(?<![A-Za-z\d])[A-Za-z][A-Za-z-]{0,20}\d[A-Za-z\d-]{0,40}(?:@[A-Za-z\d.-]+)?"
    r"|\d{3,4}-\d{3,8}(?:-\d+)?|\d{10,}"
    r"|(?:\d{4}|[一二三四五六七八九〇零]{4})年(?:度|代)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份|底|初|末|中旬|上旬|下旬|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?!人|以内|之内)"
    r"|\d{1,6}/\d{1,6}(?![\d/])|\d0后"
    r"|\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}时(?:\d{1,2}分|许|整|半)?|\d{1,2}点(?:\d{1,2}分|钟|半|整|许)"
    r"|第[\d一二三四五六七八九十百]{1,5}(?:、[\d一二三四五六七八九十]{1,3})*[^\s，。、；]?"
    r"|[〔\[]\d{4}[〕\]]\d{0,4}号?|\d+号(?!人)"
    r"|(?<![\d.%])\d{1,3}(?:比|:)\d{1,3}(?![\d.])|\d{3}(?:国|省|县)道"
    r"|[一二三四特]等奖?(?!\d)|十[一二三四]五(?=[”“规时期、，。收开末])|[一二三四五六七八九]{2}(?=片区|社区|村|圩|小学|中学|路(?!程|人))|(?<=[单唯统专归])一(?=\d)|一把手|一方面|一系列|一定|一次性|一体|[前上头]一年度?|[前上]一[天日季月周]"
)
_FIGURE = re.compile(
    rf"(?P<aside>{_ASIDE})"
    rf"|(?P<hundredths>百分之(?:[{CHINESE}]{{1,6}}(?:点[零〇一二三四五六七八九]{{1,4}})?|\d+(?:\.\d+)?))"
    rf"|(?P<fraction>(?P<below>[二三四五六七八九十]{{1,2}}|\d{{1,2}})分之(?P<above>[一二两三四五六七八九十]{{1,2}}|\d{{1,2}}))"
    rf"|(?P<tenths>(?<![{CHINESE}\d完])(?:[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<half>[一二三四五六七八九半])?(?![{_NOT_CHENG}]"
    rf"|年(?![底初末])))"
    rf"|(?:(?<![{CHINESE}\d.])|(?<=[单唯统专归]一)(?=\d))(?P<number>{_NUMBER})(?P<odd>[余多来几])?(?P<scale>[万亿])?"
    rf"(?:\s?(?P<unit>{_UNIT}|%|‰))?(?P<late>[多余](?=[，。；、）\s]|左右|上下))?"
)
_CUTS = re.compile(r"[，,、；;。：:！!？?（）()\n\t|—…]")
_RANGE = re.compile(r"\s?(?:[-–—―~～至到]|——)\s?")
_AND_HALF = re.compile(r"半(?=[，。、；！）\s]|$)")
_HALF = re.compile(r"半(?=小时|天|年|个|里|斤|公里|月|亩)")

BEFORE = (
    "近乎|几乎|年过|年逾|年近|大约|大概|约莫|约摸|约|将近|接近|几近|差不多|近|超过|超出|超|逾|突破|多达|至少|最少|起码|不少于|不低于|不下于|不下"
    "|不止|至多|最多|顶多|不超过|不超出|不多于|不高于|不大于|不小于|不足|不到|不满|低于|少于|小于|高于|多于|大于|估计|上"
)
"""Words before a number that make it a rough one, or a bound."""
AFTER = "左右|上下|以上|以下|以内|之内|开外|出头|有余|挂零|之多|不等|前后|不止|多"
"""Words after a figure that make it a rough one, or a bound."""
_LINKS = (
    "有|达到|达|为|是|在|需要|需|要|用了|用|花了|花费|花|来了|到了|了|共计|共有|共|可以|可|能|容纳|投入|耗时|历时|个|占|增收|增长|增加|减少|节省|覆盖|惠及|涉及|种植|发放|接待|走访|完成"
    "|支出|产|长|宽|高|重|(?:能|可以?|会|要|得)[修栽摘收装坐走跑运卖挣种挖割]"
)
_BEFORE = re.compile(
    rf"(?P<hedge>(?<![预签节合相邀制履公条违失誓契缔毁解赴])(?<!(?<!持)续)(?:{BEFORE}))(?P<link>(?:{_LINKS}){{0,3}}|(?<=大约|大概|约莫)[^\W\d_]{{0,6}})$"
)
_NO_HEDGE = re.compile(r"(?:最近|附近|临近|靠近|邻近|远近|亲近|就近|新近|[以路线网手墙身马岗车山会])$")
_AFTER = re.compile(rf"(?P<noun>(?:[^\W\d_的]{{0,6}}?))(?P<hedge>{AFTER})")
_NO_AFTER = re.compile(
    r"左右(?=[两各手邻逢摇侧岸边])|上下(?=[一同联齐求两各级楼游学班功其])|前后(?![，。；、）的\s]|$)|多(?=[^，。；、）\s左上])"
    r"|以上(?=级|述|所|各|几|内容|山|学|班|课|街|访|门|岗|船|车)|以下(?=简称|岗|几|各|列|是|为|方面|措施|要求|问题|内容|情|条|[一二三四五六七八九])|以内(?=部|涵|地)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit."""

    start: int
    end: int
    value: Decimal
    """In the unit's own size: 3.5万元 is 35000."""
    step: Decimal
    """What the last written digit is worth: a figure is right to within this."""
    unit: str = ""
    """The unit without 万 or 亿; ``%`` for percentages, 成 and fractions; empty when there is none."""
    high: Decimal | None = None
    """The upper end, for ranges and rough pairs (三四十)."""
    odd: str = ""
    """余, 多, 来 or 几, where it follows the number."""
    before: str = ""
    """The hedge before: 约, 近, 超过 …"""
    after: str = ""
    """The hedge after: 左右, 以上 …"""
    before_at: int = -1
    after_end: int = -1
    lead: str = ""
    """The words before it, back to a mark or to another figure."""
    tail: str = ""
    """The words after it, up to a mark or to another figure."""
    number_end: int = -1
    chinese: bool = False

    @property
    def exact(self) -> bool:
        """Said to the unit, without a hedge?"""
        return self.high is None and not (self.odd or self.before or self.after)

    @property
    def kind(self) -> str:
        """What is measured: length, area, money, person …; for other measure words the word itself."""
        return _MEASURED[self.unit][0] if self.unit in _MEASURED else self.unit

    @property
    def measured(self) -> bool:
        """Is the unit one of physics or money, not a measure word?"""
        return self.unit in _MEASURED and self.kind not in ("person", "percent")

    @property
    def base(self) -> Decimal:
        """The value in the base unit of its kind, to be held against figures of that kind."""
        return self.value * (_MEASURED[self.unit][1] if self.unit in _MEASURED else 1)

    @property
    def base_step(self) -> Decimal:
        """``step`` in the base unit."""
        return self.step * (_MEASURED[self.unit][1] if self.unit in _MEASURED else 1)

    @property
    def label(self) -> str:
        """The words on both sides."""
        return self.lead + self.tail

    def alike(self, other: "Figure") -> bool:
        """Can both be added: one kind, or one of them counted with the word that counts anything?"""
        if self.kind == other.kind:
            return (self.unit == other.unit) or "666.7" not in {str(_factor(self)), str(_factor(other))}
        bare = self if self.unit in ("", "个") else other
        if bare.unit not in ("", "个") or (bare.unit == "个" and bare.tail.strip("的是 ”")):
            return False
        return not (self.measured or other.measured or PERCENT in (self.unit, other.unit))


def _factor(figure: Figure) -> Decimal:
    return _MEASURED[figure.unit][1] if figure.unit in _MEASURED else Decimal(1)


def amount(words: str) -> Decimal | None:
    """The value of a number in Arabic, Chinese or mixed signs; None when it is none."""
    whole, _, fraction = words.partition("点")
    if fraction:
        scale = SCALES.get(fraction[-1], 1)
        digits = "".join(str(DIGITS[sign]) for sign in fraction if sign in DIGITS)
        before = amount(whole)
        return None if before is None else (before + Decimal(f"0.{digits}")) * scale
    total, section, number = Decimal(0), Decimal(0), None
    for piece in re.findall(r"\d[\d,]*(?:\.\d+)?|.", words):
        if piece[0].isdecimal():
            number = Decimal(piece.replace(",", ""))
        elif piece in DIGITS:
            number = Decimal(DIGITS[piece]) if number is None or number == 0 else number * 10 + DIGITS[piece]
        elif piece in ("万", "亿"):
            part = section + (number or 0)
            if piece == "亿" and total < SCALES["亿"]:
                total = (total + part or Decimal(1)) * SCALES["亿"]
            else:
                total += (part or Decimal(1)) * SCALES[piece]
            section, number = Decimal(0), None
        elif piece in SCALES:
            section += (Decimal(1) if number is None else number) * SCALES[piece]
            number = None
        else:
            return None
    return total + section + (number or 0)


_ROUGH = re.compile(
    r"(?P<head>[一二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<rest>[十百千万亿]*)$"
)


def rough_pair(words: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of a rough number of neighbouring digits: 三四十, 七八百, 十二三; None otherwise."""
    found = _ROUGH.match(words)
    if not found:
        return None
    low, high = DIGITS[found["low"]], DIGITS[found["high"]]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    head, rest = found["head"] or "", found["rest"]
    ends = amount(head + found["low"] + rest), amount(head + found["high"] + rest)
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


@lru_cache(maxsize=16)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in its order; ranges are one figure."""
    return tuple(_placed(text, _joined(text, list(_bare(text)))))


def _bare(text: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text):
        if match["aside"]:
            continue
        figure = _percentage(match) or (_counted(match) if match["number"] else None)
        if figure is not None:
            yield figure


def _percentage(match: re.Match[str]) -> Figure | None:
    start, end = match.span()
    if words := match["hundredths"]:
        value = amount(words.removeprefix("百分之"))
        return None if value is None else Figure(start, end, value, _step(words, value), PERCENT, number_end=end)
    if match["fraction"]:
        above, below = amount(match["above"]), amount(match["below"])
        if not above or not below or above > below:
            return None
        return Figure(start, end, above * 100 / below, Decimal(2), PERCENT, number_end=end)
    if words := match["tenths"]:
        tail = match["half"]
        tenths = amount(words.partition("成")[0]) or Decimal(0)
        rest = 5 if tail == "半" else DIGITS.get(tail or "", 0)
        return Figure(start, end, tenths * 10 + rest, Decimal(1 if tail else 5), PERCENT, number_end=end)
    return None


def _counted(match: re.Match[str]) -> Figure | None:
    words, unit, scale = match["number"], match["unit"] or "", match["scale"] or ""
    chinese = not any(sign.isdecimal() for sign in words)
    if chinese and (
        not unit
        or words + unit
        in (
            "十分",
            "万分",
            "一点",
            "一样",
            "一度",
            "一手",
            "一道",
            "一面",
            "一行",
            "一代",
            "一起",
            "一步",
            "一块",
            "一并",
            "一次",
            "一批",
            "一路",
        )
    ):
        return None
    odd = match["odd"] or match["late"] or ""
    high: Decimal | None = None
    rough = rough_pair(words)
    value = rough[0] if rough else amount(words.replace("几", "").replace("数", "") + scale)
    if value is None:
        return None
    if rough:
        high = rough[1]
    elif words[0] in "几数" or (words[0] in "百千万亿" and chinese):
        odd = odd or "几"
    if unit == "‰":
        value, unit = value / 10, PERCENT
    if unit == "百分点":
        unit = POINTS
    return Figure(
        match.start(), match.end(), value, _step(words + scale, value), unit, high, odd,
        number_end=match.end("number"), chinese=chinese,
    )  # fmt: skip


def _step(words: str, value: Decimal) -> Decimal:
    """What the last digit is worth: 3.5万 is right to the thousand."""
    scale = 1
    for sign in reversed(words):
        if sign not in "万亿":
            break
        scale *= SCALES[sign]
    found = re.search(r"[.点](.+?)[万亿]*$", words)
    places = len(found[1]) if found else 0
    return Decimal(scale).scaleb(-places) if value else Decimal(1)


_LARGE_SIGN = re.compile(r"[万亿]")


def _shared_scale(text: str, low: Figure, high: Figure) -> int:
    """What the two ends of a range share: the 万 of 3～5万元 is that of 3, too."""
    signs = _LARGE_SIGN.findall(text, high.start, high.end)
    if len(signs) != 1 or _LARGE_SIGN.search(text, low.start, low.end):
        return 1
    scale = SCALES[signs[0]]
    return scale if low.value * scale < high.value else 1


def _joined(text: str, bare: list[Figure]) -> list[Figure]:
    """Figures with the two ends of a range made one."""
    joined: list[Figure] = []
    for figure in bare:
        last = joined[-1] if joined else None
        if (
            last
            and last.high is None
            and last.value < figure.value
            and last.unit in ("", figure.unit)
            and _RANGE.fullmatch(text, last.end, figure.start)
        ):
            low = last.value * _shared_scale(text, last, figure)
            joined[-1] = replace(figure, start=last.start, value=low, high=figure.value)
        else:
            joined.append(figure)
    return joined


def _placed(text: str, bare: list[Figure]) -> Iterator[Figure]:
    """Figures with their hedges and the words around them."""
    cuts = [match.start() for match in _CUTS.finditer(text)]
    ends = [(0, 0), *((one.start, one.end) for one in bare), (len(text), len(text))]
    for (_, before), (figure, (after, _)) in zip(ends, zip(bare, ends[2:], strict=False), strict=False):
        at = bisect_left(cuts, figure.start)
        left = max(before, cuts[at - 1] + 1 if at else 0, figure.start - WORDS)
        at = bisect_left(cuts, figure.end)
        right = min(after, cuts[at] if at < len(cuts) else len(text), figure.end + WORDS)
        yield _hedged(text, replace(figure, lead=text[left : figure.start], tail=text[figure.end : right]), left)


def _hedged(text: str, figure: Figure, left: int) -> Figure:
    start = max(left, figure.start - 14)
    if found := _BEFORE.search(text, start, figure.start):
        stands = not _NO_HEDGE.search(text, max(0, found.start() - 2), found.start("hedge") + 1)
        if stands and (found["hedge"] != "上" or text[figure.start] in "百千万亿十"):
            figure = replace(figure, before=found["hedge"], before_at=found.start())
    found = _AFTER.match(figure.tail)
    if found and not _NO_AFTER.match(figure.tail, found.start("hedge")):
        figure = replace(figure, after=found["hedge"], after_end=figure.end + found.end())
    if _AND_HALF.match(figure.tail) and figure.exact and figure.step == 1:
        half = Decimal("0.5")
        return replace(figure, end=figure.end + 1, value=figure.value + half, step=half, tail=figure.tail[1:])
    if _HALF.match(figure.tail):
        figure = replace(figure, odd=figure.odd or "半")
    return figure


@lru_cache(maxsize=16)
def passages(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as (start, end), cut at 。！？ and line ends only: 分号 stays inside."""
    cuts = [0, *(match.end() for match in re.finditer(r"[。！？!?\n]", text)), len(text)]
    return tuple((start, end) for start, end in pairwise(cuts) if start < end)


def within(text: str, start: int, end: int) -> list[Figure]:
    """The figures of a stretch of a text."""
    every = figures(text)
    first = bisect_left(every, start, key=lambda one: one.start)
    last = bisect_left(every, end, key=lambda one: one.start)
    return list(every[first:last])


def said(value: Decimal) -> str:
    """A value as one writes it: no needless zeros, at most two places; 万 for what is a round number of them."""
    if value >= 10**4 and value % 100 == 0:
        return f"{plain(value / 10**4)}万"
    return plain(round(value, 2))


def plain(value: Decimal) -> str:
    """A value in digits, without needless zeros."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
