"""数字写法 (GB/T 15835) 与约数矛盾: how numbers are written, and hedges that contradict one another.

num_format: 3千亩 and 2万5千, Arabic and Chinese digits in one number or date, ranges that lose their % or 万,
二零二六年 and 25年3月, 减少1.5倍, 三、四个 for three or four, 20几个, 星期3, 农历8月15, 百分之5, and words of
the language written with digits (4面8方). approx_conflict: 近200余名, 约…左右, 超过…以上, 二三十人左右.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.figures import DIGITS, TIMES, Figure, amount, figures, plain
from town_portal.proofreading.rules.writing import Writing

Slip = tuple[int, int, str, str | None]
"""Where, what to say, and what should stand there."""

NUMBER_WORDS = "number_words"
"""The kind of terms that hold words of the language with numbers in them."""

_CN = "一二两三四五六七八九"
_COUNTED = "个|名|位|人|天|户|里|公里|斤|公斤|岁|次|家|件|条|分钟|小时|年(?![级代])|米|亩|棵|辆|台|只|头|块|元|成|倍|吨|株|间|座|处|场|页|本|张|份|杯|步|遍|代|眼|趟|回|种|所"


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every number written against the standard, and every pair of hedges that cannot both stand."""
    text = writing.plain
    taken: list[tuple[int, int]] = []
    for start, end, message, right in _forms(text):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield writing.finding(Family.NUM_FORMAT, start, end, message, right)
    for start, end, message, right in _number_words(text, lexicon, writing):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            yield writing.finding(Family.NUM_FORMAT, start, end, message, right)
    last = -1
    for start, end, message, right in sorted(_hedges(text), key=lambda slip: slip[:2]):
        if start >= last:
            last = end
            yield writing.finding(Family.APPROX_CONFLICT, start, end, message, right)


def _forms(text: str) -> Iterator[Slip]:
    for rule in _RULES:
        yield from rule(text)


# Numbers -----------------------------------------------------------------------------------------

_NO_UNIT = r"(?:百(?!分|货|姓|科|度|合|叶|色|强|佳|优)|千(?!克|米|瓦|卡|帕|伏|赫|焦|字节|牛|古|禧|兆|巴|吨级)|十(?!字|足|分|佳|大|强|里长|几|余年前))"
_SCALED = re.compile(
    rf"(?<![A-Za-z\d.,/:〔\-])(?P<number>\d+(?:\.\d+)?{_NO_UNIT}[万亿]?)(?P<odd>[余多来])?(?P<scale>[万亿])?(?P<unit>[^\W\d_])?"
)
_COMPOUND = re.compile(
    rf"(?<![A-Za-z\d.,/\-])(?P<number>\d+(?:\.\d+)?[万亿]零?(?:\d+[千百十][万]?(?:\d+[百十])?|\d{{3,4}}(?![\d.%年-])"
    rf"|[{_CN}][千百](?:[{_CN}][百十])?万?|\d(?=[亩元人户斤株棵吨]))(?:零?\d{{1,3}}(?![\d年月%]))?)"
)
_MIXED = re.compile(
    rf"(?<![\d{_CN}十百千万亿])(?P<number>[{_CN}十百千]{{1,6}}(?:[十百千万]\d{{1,4}}|万\d{{3,4}})|\d+[万千百][{_CN}][千百十])(?=余|多"
    rf"|{_COUNTED})"
)


def _scaled(text: str) -> Iterator[Slip]:
    """3千亩, 5百多名, 2万5千."""
    for match in [*_COMPOUND.finditer(text), *_MIXED.finditer(text)]:
        value = amount(match["number"].replace("零", ""))
        whole = _arabic(value) if value else None
        yield *match.span(), "阿拉伯数字后面不夹用“千”“百”或汉字数字，请写成一个完整的数。", whole
    for match in _SCALED.finditer(text):
        if text[match.start() - 1 : match.start()] == "第" and match.start():
            continue
        value = amount(match["number"])
        if value is None:
            continue
        end = match.end("unit") if match["unit"] else match.end()
        right = f"{_arabic(value)}{match['odd'] or ''}{match['scale'] or ''}{match['unit'] or ''}"
        yield match.start(), end, f"阿拉伯数字后面不用“十、百、千”，请写成“{right}”。", right


def _arabic(value: Decimal) -> str:
    """A value in Arabic digits, with 万 or 亿 where it is a round number of them."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if value >= scale and value % (scale // 10) == 0:
            return f"{plain(value / scale)}{word}"
    return plain(value)


# Ranges ------------------------------------------------------------------------------------------

_DASH = r"(?:[-–—―~～至到]|——)"
_N = r"\d{1,4}(?:\.\d+)?"
_RANGE_SCALED = re.compile(
    rf"(?<![A-Za-z\d.,:/\-—年月日第〔])(?P<low>{_N}){_DASH}(?P<high>{_N})(?P<mark>%|‰|[百千]?[万亿])(?!\s?[-/\d])"
)
_RANGE_LOST = re.compile(rf"(?<![\d.])(?P<low>{_N})%{_DASH}(?P<high>{_N})(?=[，。；、）]|之间|不等|左右|的(?!第))")
_RANGE_MIXED = re.compile(
    rf"(?<![第周期\d{_CN}十年月.])(?:[{_CN}十]{{1,3}}{_DASH}\d{{1,4}}|\d{{1,4}}{_DASH}[{_CN}十]{{1,3}})(?={_COUNTED})"
)


def _ranges(text: str) -> Iterator[Slip]:
    """5-8%, 3至5万元, 三至5天."""
    for match in _RANGE_SCALED.finditer(text):
        low, high, mark = Decimal(match["low"]), Decimal(match["high"]), match["mark"]
        if not low < high or (low >= 1900 and "." not in match["low"]):
            continue
        sign = "%" if mark in "%‰" else "万"
        right = f"{match['low']}{mark}～{match['high']}{mark}"
        yield *match.span(), f"表示范围时前一个数也要带“{sign}”，请写成“{right}”。", right
    for match in _RANGE_LOST.finditer(text):
        if Decimal(match["low"]) < Decimal(match["high"]):
            right = f"{match['low']}%～{match['high']}%"
            yield *match.span(), f"表示范围时两个数都要带“%”，请写成“{right}”。", right
    for match in _RANGE_MIXED.finditer(text):
        yield *match.span(), "一个范围里汉字数字和阿拉伯数字不混用，请统一写法。", None


# Years, dates, hours -----------------------------------------------------------------------------

_YEAR_SIGNS = re.compile(
    r"(?<![\d〇零一二三四五六七八九十百千万OoО○])(?P<year>[\d〇零一二三四五六七八九OoО○]{4})(?=年(?!级))"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d.,〇一二三四五六七八九十百千第])(?P<mark>['‘’])?(?P<year>\d{2})年"
    r"(?=\d{1,2}月(?!\d)|度|初(?![心衷次见始创])|底|末|[上下]半年|第?[一二三四1-4]季度|春节|春运|五一|国庆|中秋|端午|全年|同期|一号文件|预算|决算|工作(?:要点|计划|总结)"
    r"|春耕|夏粮|秋收|高考|中考|年报|年度|元旦|元宵|清明|重阳|除夕|新春|正月|腊月|暑[假期]|寒假|汛期|[春夏秋冬]季|征兵|换届|双抢|[早晚]稻"
    r"|入[春夏秋冬]|开春)"
    r"|(?<=[从自])(?P<since>\d{2})年(?=开始|起(?!来)|以来)"
)
_SHORT_SPAN = re.compile(r"(?<!\d)(?P<first>\d{4})年?(?:[-–—~～至、]|——)(?P<second>\d{2})(?=学?年(?!\d*个))")
_LASTING = re.compile(
    r"(?:近|历时|长达|工作|从业|坚守|扎根|驻村|党龄|教龄|工龄|军龄|从教|服役|相隔|时隔|过去|经过|满|超过?|达|共|整整|服务|办学|经营|种植|相伴|守护|任职|了|约|余|这|最近|前|后|每|隔"
    r"|历经|风雨)$"
)
_MIXED_DATE = re.compile(
    r"\d{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号]|\d{1,2}[日号])?"
    r"|[〇零一二三四五六七八九]{4}年\d{1,2}月(?:\d{1,2}[日号])?"
    r"|[〇零一二三四五六七八九]{4}年?[至到—～~-]\d{4}年|\d{4}年?[至到—～~-][〇零一二三四五六七八九]{4}年"
    r"|(?<!\d)\d{1,2}月[一二三四五六七八九十]{1,3}[日号](?!线)|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}月\d{1,2}[日号]"
)
_LUNAR = re.compile(
    r"(?:农历|阴历|夏历|旧历)(?:[^，。；\d]{0,6}年)?(?P<month>\d{1,2}月(?:初?[\d一二三四五六七八九十廿]{1,3}日?)?"
    r"|[一二三四五六七八九十正腊冬]{1,2}月初?\d{1,2}日?)"
    r"|(?:正|腊|冬)月初?\d{1,2}(?!日?[-—至]|\d)日?|(?:大年|年)?初[1-9]\d?(?!\d|[.、步级])"
)
_WEEKDAY = re.compile(
    r"(?:星期|礼拜)[1-7](?![个天次\d])|(?<![每一两二三四五六七八九十\d几多])(?<![半满孕])周[1-7](?![\d个天次年期岁课遍回场小节堂多余])"
)
_MIXED_HOUR = re.compile(
    r"(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}[点时]\d{1,2}分?(?!\d)|(?<!\d)\d{1,2}[点时][一二三四五]?十[一二三四五六七八九]?分"
)


def _dates(text: str) -> Iterator[Slip]:
    """二零二六年, 25年3月, 2026年三月, 星期3, 农历8月15, 九点30分."""
    for match in _YEAR_SIGNS.finditer(text):
        words = match["year"]
        if words.isdecimal() or all(sign in "〇一二三四五六七八九" for sign in words):
            continue
        right = _year(words)
        if right:
            yield match.start(), match.end() + 1, f"年份请写成“{right}年”。", f"{right}年"
    for match in _SHORT_YEAR.finditer(text):
        if _LASTING.search(text, max(0, match.start() - 3), match.start()):
            continue
        year = match["year"] or match["since"]
        full = ("20" if int(year) <= 60 else "19") + year
        yield match.start(), match.end(), f"年份不简写，请写成“{full}年”。", f"{full}年"
    for match in _SHORT_SPAN.finditer(text):
        second = match["first"][:2] + match["second"]
        if second > match["first"]:
            yield match.start(), match.end() + 1, f"年份不简写，后一个年份请写成“{second}”。", None
    for pattern, message in (
        (_MIXED_DATE, "一个日期里汉字数字和阿拉伯数字不混用，请统一写法。"),
        (_LUNAR, "农历日期用汉字数字，请改写。"),
        (_WEEKDAY, "星期几用汉字数字，请改写。"),
        (_MIXED_HOUR, "一个时刻里汉字数字和阿拉伯数字不混用，请统一写法。"),
    ):
        for match in pattern.finditer(text):
            yield *match.span(), message, None


def _year(words: str) -> str | None:
    """A year in one kind of digits; None when the signs make no likely year."""
    digits = "".join(str(DIGITS.get(sign, 0 if sign in "OoО○" else sign)) for sign in words)
    if not digits.isdecimal() or not 1800 <= int(digits) <= 2100:
        return None
    if sum(sign.isdecimal() for sign in words) >= 2:
        return digits
    return "".join("〇一二三四五六七八九"[int(sign)] for sign in digits)


# 倍, 概数, 几, 百分之 ----------------------------------------------------------------------------

_SHRUNK = re.compile(
    r"(?:减少|下降|降低|缩短|缩小|减小|缩减|下滑|回落|减轻|压缩|压减|减慢|下跌|缩水|减|降|跌|(?<![至不多缺最减])少|(?<![最不])低|慢|便宜|短|轻)"
    r"(?:了|将?近|约|整整|超过?|足足|幅度?达?|接近|大约|不止)*$"
)
_SHRUNK_AFTER = re.compile(r"的?(?:降幅|减幅|跌幅|下降|减少)")
_SEPARATED = re.compile(
    rf"(?P<head>[{_CN}]?十)?(?P<low>[{_CN}])、(?P<high>[二三四五六七八九])(?=[十百千万]|{_COUNTED})"
    r"|(?P<arabic>[1-9])、(?P<more>[2-9])(?=[十百千万]|" + _COUNTED + ")"
)
_NO_ROUGH = re.compile(r"[\d第、一二三四五六七八九十.（(]$|(?:^|[\n。])\s*$")
_SEVERAL = re.compile(r"(?<![\d.A-Za-z\-])\d+几(?=[^\W\d_])")
_HUNDREDTHS = re.compile(
    r"百分之\d+(?:\.\d+)?%?|百分之[一二两三四五六七八九十百点]{1,8}%|(?<!\d)\d{1,2}分之[一二两三四五六七八九十]{1,3}"
    r"|(?<![百千万])[二三四五六七八九十]{1,2}分之\d{1,2}|(?<!\d)\d{1,2}分之\d{1,2}(?!\d)|(?<![\d.])\d成\d"
)


def _multiples(text: str) -> Iterator[Slip]:
    """减少1.5倍: a thing can at most be less by all of itself."""
    for one in figures(text):
        if one.unit != TIMES:
            continue
        match = _SHRUNK.search(one.lead)
        after = _SHRUNK_AFTER.match(one.tail)
        if match or after:
            start = one.start - len(match.group()) if match else one.start
            end = one.end if match or not after else one.end + after.end()
            yield start, end, "减少、降低不用“倍”，请改用百分数或几分之几。", None


def _rough(text: str) -> Iterator[Slip]:
    """三、四个 for three or four; 20几个; 百分之5."""
    for match in _SEPARATED.finditer(text):
        low = match["low"] or match["arabic"]
        high = match["high"] or match["more"]
        first, second = (int(DIGITS.get(sign, sign)) for sign in (low, high))
        if second - first != 1 and (first, second) != (3, 5):
            continue
        if low != "两" and _NO_ROUGH.search(text, max(0, match.start() - 4), match.start()):
            continue
        words = "".join("零一二三四五六七八九"[value] for value in (first, second))
        right = f"{match['head'] or ''}{'两' + words[1:] if low == '两' else words}"
        yield *match.span(), f"相邻两个数字连用表示概数，中间不加顿号，请写成“{right}”。", right
    for match in _SEVERAL.finditer(text):
        yield *match.span(), "带“几”的约数用汉字数字，请改写。", None
    for match in _HUNDREDTHS.finditer(text):
        found = re.fullmatch(r"百分之(\d+(?:\.\d+)?)%?", match.group())
        yield *match.span(), "百分数、分数里汉字和阿拉伯数字不混用，请统一写法。", f"{found[1]}%" if found else None


_RULES: tuple[Callable[[str], Iterator[Slip]], ...] = (_dates, _ranges, _rough, _scaled, _multiples)


# Words of the language ---------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _spelt(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Words with any of their numbers written in digits."""
    if not words:
        return None
    pieces = ("".join(_sign(sign) for sign in word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\d.])(?:{'|'.join(pieces)})(?!\d)")


def _sign(sign: str) -> str:
    digit = "10" if sign == "十" else str(DIGITS[sign]) if sign in DIGITS else ""
    return f"(?:{sign}|{digit})" if digit else re.escape(sign)


def _number_words(text: str, lexicon: Lexicon, writing: Writing) -> Iterator[Slip]:
    """4面8方, 3农, 十4五."""
    words = tuple(term.words for term in lexicon.of(NUMBER_WORDS, writing.day))
    pattern = _spelt(words)
    if pattern is None:
        return
    right_of = {re.sub(r"[零一二三四五六七八九十两]", "#", word): word for word in words}
    for match in pattern.finditer(text):
        written = match.group()
        if not any(sign.isdecimal() for sign in written):
            continue
        key = re.sub(r"10|[\d零一二三四五六七八九十两]", "#", written)
        right = right_of.get(key)
        yield *match.span(), f"固定词语里的数字用汉字，请写成“{right}”。", right


# Hedges ------------------------------------------------------------------------------------------

_ROUGH_BEFORE = frozenset("近乎 几乎 年近 约 大约 大概 约莫 约摸 近 将近 接近 几近 差不多 估计".split())
_FLOOR = frozenset(
    "年过 年逾 超过 超出 超 逾 突破 至少 最少 起码 不少于 不低于 不下于 不下 不止 高于 多于 大于 不小于".split()
)
_CEILING = frozenset("至多 最多 顶多 不超过 不超出 不多于 不高于 不大于 不足 不到 不满 低于 少于 小于".split())
_AROUND = frozenset("左右 上下 前后".split())
_BARE_SCALES = frozenset("十百千万亿")
"""亩产千斤上下: a thousand, and not several thousand."""
_BEYOND = frozenset("以上 开外 出头 有余 挂零 不止 多".split())
_BELOW = frozenset("以下 以内 之内".split())
_LASTED = re.compile(r"(?:历时|耗时|用时|费时|历经|经过|持续|为期|长达|花了?|用了?|奋战|等了?|坚持了?|连续|苦干)$")
_TWICE = re.compile(
    r"(?:(?:至少|最少|起码)(?:不低于|不少于|不下于?|超过|大于)|(?:最多|至多|顶多)(?:不超过|不多于|不高于|不到|不足|不少于|不低于|至少)|(?:至少|最少|起码)(?:不超过|不多于|不高于|最多))(?=\d|[一二两三四五六七八九十百千万几数])|"
    r"(?:大约|大概|约莫|差不多|约|将近|接近|近|超过|逾|超|不少于|不低于|至少|起码|不足|不到)(?:有|为|在|达)?"
    r"(?:大约|大概|约莫|差不多|约|将近|接近|近|超过|逾|超)(?:有|达|为)?(?=\d|[一二两三四五六七八九十百千万几数])"
)
_TWICE_GUARD = re.compile(r"[预签节合相邀制履公条违失誓契续缔毁解赴最附临靠邻远亲就新]$")
_DOUBLE_ODD = re.compile(
    r"(?:[几数][十百千万]{1,2}|[十]几|[上成近][百千万])(?:余|多|来)(?P<rest>[万亿]?(?:" + _COUNTED + r"|群众|村民))"
)
_TENS_OF_YEARS = re.compile(
    r"(?:年?[近约]|将近|接近|大约)(?:[六七八九]|花甲|古稀|耄耋)旬?(?:有余|多岁|开外|出头|挂零)|年[逾过][五六七八九]旬(?:左右|上下|不到)"
)
_HALVES = re.compile(
    r"(?:接近|将近|(?<![远最附])近|约|大约|不到|不足|超过|逾|过)(?:了)?(?:半数|一半|半|[二三四五]分之[一二三四])(?:以上|多|左右|以下)(?=[的，。；、户人村群代党居]|$)"
)
_SOME_MORE = re.compile(
    r"(?:将近|接近|大约|大概|差不多|不到|不足|至少|超过|(?<![预签节合相邀制履公条违附最])[近约])(?:[一二两三四五六七八九十\d]{1,3})个多(?:小时|月|星期|钟头|学时|工作日|世纪)"
)
_EVEN = re.compile(r"(?:整整|正好|刚好|恰好|不多不少|恰恰)(?:有|是|为|用了|花了|过了|等了)?$")
_ABOUT_HOUR = re.compile(
    r"(?:(?<![预签节合相邀制履公条违])约|大约|大概|差不多|将近)(?:在|于|是|为|到)?(?:[上下中]午|早上|晚上|凌晨|傍晚|明年|今年)?"
    r"(?:[\d一二两三四五六七八九十]{1,4}[年月日号时点分](?:[\d一二三四五六七八九十]{1,3}分|半|[上中下]旬|底|初)?)+(?:左右|上下|前后)"
    r"|(?:(?<![预签节合相邀制履公条违附最])[约近]|大约|大概|将近|差不多|不到|不足|至少|超过)(?:[^，。；\d]{0,4})半(?:年|天|个?月|个?小时|公里|里|亩|斤)(?:左右|上下|以上"
    r"|以内|多)"
)
_TAILS = re.compile(r"(?:以上|以下|以内|之内|多|余)(?:左右|上下)(?![两各手])|(?:左右|上下)(?:以上|以下|以内)")


def _hedges(text: str) -> Iterator[Slip]:
    """Every number hedged twice in ways that do not go together."""
    for one in figures(text):
        if slip := _hedged(text, one):
            yield slip
    for pattern in (_TENS_OF_YEARS, _HALVES, _SOME_MORE):
        for match in pattern.finditer(text):
            yield *match.span(), "约数词用重了，或者前后矛盾，保留一个就够。", None
    for match in _ABOUT_HOUR.finditer(text):
        yield *match.span(), "约数词用重了，保留一个就够，请删去一个。", None
    for match in _TWICE.finditer(text):
        if not _TWICE_GUARD.search(text, max(0, match.start() - 1), match.start()):
            yield *_with_figure(text, match), "约数词用重了，保留一个就够，请删去一个。", None
    for match in _DOUBLE_ODD.finditer(text):
        if not match.group().startswith("近"):
            yield *match.span(), "“几、数、上”和“余、多”都表示约数，保留一个就够。", None


def _with_figure(text: str, match: re.Match[str]) -> tuple[int, int]:
    """A stretch of words with the figure that follows it."""
    following = next((one for one in figures(text) if match.end() <= one.start <= match.end() + 1), None)
    return match.start(), following.end if following else match.end()


def _hedged(text: str, one: Figure) -> Slip | None:
    if not one.unit:
        return None
    start = one.before_at if one.before else one.start
    end = max(one.end, one.after_end)
    if one.before and not _EVEN.search(one.before):
        clash = _clash(one)
        if clash:
            return start, end, clash, _lighter(text, one, start, end)
    even = _EVEN.search(one.lead)
    if even and (one.odd in ("余", "多", "来") or one.after in _AROUND):
        begin = one.start - len(even.group())
        return begin, end, f"“{even.group()}”是确数，不能再说“{one.odd or one.after}”，请保留一个。", None
    if one.odd in ("余", "多", "来") and one.after in (_AROUND | _BEYOND | _BELOW) - {"前后"}:
        return one.start, end, f"“{one.odd}”和“{one.after}”都表示约数，请保留一个。", None
    bare = text[one.start : one.number_end] in _BARE_SCALES and text[one.number_end] != "几"
    several = one.odd == "几" and not bare
    if (one.high is not None or several) and one.after in ("左右", "上下") and one.unit != "点":
        return (
            one.start,
            end,
            f"前面已是约数，不必再说“{one.after}”，请删去。",
            text[one.start : one.after_end - len(one.after)],
        )
    if one.high is not None and one.odd in ("余", "多") and not one.before:
        return one.start, end, f"范围和“{one.odd}”不能同用，请保留一个。", None
    found = _TAILS.search(text, one.end - 1, one.end + 6)
    if found and found.start() <= one.end and one.after:
        return one.start, found.end(), "约数词用重了，保留一个就够。", None
    return None


def _clash(one: Figure) -> str | None:
    """Why the word before a figure does not go with what follows the number, if it does not."""
    odd = one.odd if one.odd in ("余", "多", "来") else ""
    after = one.after
    if one.before in _ROUGH_BEFORE:
        if one.before == "近" and one.kind in ("years", "days", "周") and not _since_long(one):
            return None
        other = odd or (after if after in _AROUND | _BEYOND | _BELOW - {"以下"} else "")
    elif one.before in _FLOOR:
        other = odd or (after if after in _AROUND | _BEYOND | _BELOW else "")
    elif one.before in _CEILING:
        other = odd or (after if after in _AROUND | _BEYOND | _BELOW else "")
        if one.before in ("最多", "至多") and odd and re.search(r"可|能|容纳", one.lead[-6:]):
            return None
    elif one.before == "多达":
        other = after if after in _AROUND | _BELOW | {"以上"} else ""
    else:
        return None
    return f"“{one.before}”和“{other}”不能同用，请保留一个。" if other else None


def _since_long(one: Figure) -> bool:
    """Is 近 before days or years said of how long something took, not of the time just past?"""
    if re.match(r"(?:的)?(?:历史|之久|光景)", one.tail):
        return True
    return _LASTED.search(one.lead[: len(one.lead) - (one.start - one.before_at)]) is not None


def _lighter(text: str, one: Figure, start: int, end: int) -> str | None:
    """The words without the second hedge."""
    if one.odd in ("余", "多", "来"):
        words = text[start:end]
        at = words.rfind(one.odd, one.number_end - start)
        return words[:at] + words[at + 1 :] if at > 0 and not one.after else None
    return text[start : one.after_end - len(one.after)] if one.after else None
