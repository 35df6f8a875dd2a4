"""stale_ref: a year, an anniversary or an edition left standing from last year's text.

A year before that of publishing is spoken of only where the words around it look forward (做好, 部署, 将于,
报名 …) and nothing looks back (总结, 决算, 考核, 较, 以来 …). What comes every year is in
``data/yearly_work.csv``; anniversaries and numbered days are counted from ``data/founding_years.csv``.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon, Term
from town_portal.proofreading.rules.values.dates import Calendar, DateMention, Origin, number, read
from town_portal.proofreading.rules.writing import Writing

_FORWARD = re.compile(
    r"(?:做好|抓好|搞好|办好|干好|打好|守好|备好|部署|安排|谋划|动员|迎接|迎战|喜迎|迎来|筹备|备战|启动|保障|确保|力争|全力|扎实|切实|抓紧"
    r"|组织好|即将|参加|报名|申报|制定|制订|拟定|编制|下达|分解|研究|推进|开展|组织|落实|实施|征集|招募|公开招聘|把|应对|防范|防御|抢抓"
    r"|打赢|预祝|完成好?|关于|有关|现将|就|为|对|围绕|聚焦|为了|布置|安排好|筹划|谋|欢迎|计划|夺取|实现|奋战|决战|迈进|展望|吹响|拉开)"
    r"(?:了|我镇|全镇|本镇|汤塘镇|全县|我县|好|今年|本年度?|辖区|群众|村民|各村|学生|企业|[“”]){0,3}(?:[\u4e00-\u9fff]{0,4}的)?$"
)
"""Words before a year that look forward when what follows comes every year."""
_STRONG = re.compile(
    r"(?:做好|抓好|搞好|办好|干好|打好|部署|谋划|动员|迎接|迎战|喜迎|筹备|备战|启动|确保|力争|全力|抓紧|即将|报名|招募|征集|应对|布置"
    r"|筹划|欢迎|预祝|夺取|展望|制定|制订|下达|吹响|抢抓)[^，。；\d]{0,8}$"
)
"""Words before a year that look forward whatever follows."""
_NOW = re.compile(
    r"通知|安排|放假|公告|倡议|方案|启事|值班|报名|预告|须知|开始啦?|将|临近|到来|来临|之际|在即|敬请|欢迎|开锣|倒计时|一封信|快乐|要点|计划"
)
"""Words that show a year's festival or task to be at hand."""
_SET_TO_WORK = re.compile(
    r"[^，。；\d]{0,24}?(?:(?:部署|动员|推进|启动|布置|安排)(?:暨[\u4e00-\u9fff]{2,10})?(?:会|仪式)|(?:作出|作了|做出|进行)了?(?:全面|具体)?(?:安排|部署))"
)
_FIRST_MEETING = re.compile(r"(?:第[一1]次|首次)")
_NEW_YEAR = 3
"""The first months of a year, in which its first meeting is held."""
_LED_BY = re.compile(r"度|我镇|全镇|汤塘镇|全县|佛冈县|我县|我市|全市|清远市|广东省?|本地|的|全国|政府|镇政府|[ “”]")
_BACK = re.compile(
    r"最后(?![一二两三四五六\d]个?[月天季周])|决算|公开(?!招)|公布|通报|收支|总结|考核|述职|评议|年报(?!名)|报告|汇算|审计|回顾|完成情况|落实情况|工作情况|情况|结算|收官|表彰"
    r"|先进|优秀|绩效|成绩|成效|数据|结转|遗留|结余|以来|年底|年末|组织生活会|民主生活会|同期|相比|对比|(?<!新)学年|普查|公报|验收|补发|整改"
    r"|问题|经验|教训|案例|旧|原|历史|档案|获|荣|评为|尚未|未完|实际|当年|去年|上年|截至|同比|增长|下降|减少|增加|高于|低于|较|比(?!赛|武|拼)"
    r"|超过|入选|被|曾|第二批|第三批|至20|—|～|~|成果|效益|清算|支出|收入|产量|尾款|剩余|拖欠|工资|已经?完成|结果|接待|人次|发生|立项|扫尾"
)
"""Words that look back on a year."""
_IN_FORCE = re.compile(
    r"《[^》]*$|〔\s*$|[（(]\s*$|[自从]\s*$|[—~～至到\-]\s*$|(?:较|比|与|和|同)\s*$|(?:按照|根据|依据|对照)[^，。]{0,8}$|过去的$"
)
_SINCE_THEN = re.compile(r"(?<![关定拟将择划计])于\s*$")
_WILL = re.compile(
    r"将(?=继续|重点|持续|进一步|全力|紧紧|坚持|围绕|聚焦|力争|突出|着力|深入|全面|加快|大力|扎实|计划|举行|举办|召开|启动|组织|开展"
    r"|于|在|迎来|新建|投入|实施)|力争|计划(?:完成|新增|投入|投资|建设|新建|实施|种植|开展|打造|改造|培训|举办|组织)"
    r"|拟(?:新建|投入|建设|实施|开展)|即将"
)
_SET_FOR = re.compile(r"(?:将[于在]|拟于|定于|计划[于在]|预计[于在]?|预定于|择于|安排在|即将于)\s*$")
_ASKED_BY = re.compile(r"请[^，。]{0,16}[于在]\s*$|(?:截止|报名)(?:时间|日期)?[为是：:至到于]*$")
_OLD_PLAN = re.compile(r"原定|原计划|原拟|曾|当时|延期|推迟|取消|因故|本应|改为|调整")
_GOES_ON = re.compile(r"\s*(?:起|以来|至|到|—|前|的|是)")
_LOOKED_BACK = re.compile(r"一年[前来]|去年|今年|至今|以来|当时|判|审|案|获|立案|一周年")
_LEAD = frozenset({"", "（", "于"})
_FIGURES = 4
_LAST_MONTHS = 11
"""From this month on the year spoken of in wishes is the next."""
_NEWS_DAYS = 10
"""A report is published within so many days of what it reports."""


_SEASON = re.compile(r"(?P<first>\d{1,2})-(?P<last>\d{1,2})")
_LOOKING_BACK = re.compile(
    r"去年|上年|同比|同期|相比|对比|较|比(?!赛|武|拼)|总结|表彰|决算|考核|述职|评议|汇算|审计|回顾|收官|结转|通报|公布|收支|年报(?!名)|以来|(?<!新)学年|尾款"
    r"|完成情况|落实情况|曾|当年|成绩|成效|成果|历史|获|荣|评为|案例|照片|拍摄|资料图|旧|原|超过|低于|高于|当时|接待|实现"
)
_BY_SEASON = re.compile(
    r"(?:汤塘镇|我镇|全镇|本镇|全县|佛冈县|清远市|广东省|全国|度|[“”\s]){0,3}(?:[^\W\d_春夏秋冬时]{0,4}?)(?P<work>WORKS)”?"
)
_WHILE = re.compile(r"期间|时|里|中|的|结束|当天|那")
_WISHED = re.compile(r"(?:预祝|恭祝|祝|力争|确保|希望|祝愿)[^。]{0,24}$")


@lru_cache(maxsize=8)
def _seasons(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    """What has its season, within a few signs behind the year, and from which month to which it is spoken of."""
    months = {
        term.words: (int(found["first"]), int(found["last"]))
        for term in terms
        if (found := _SEASON.fullmatch(term.right))
    }
    works = "|".join(re.escape(words) for words in sorted(months, key=len, reverse=True)) or r"(?!)"
    return re.compile(_BY_SEASON.pattern.replace("WORKS", works)), months


@lru_cache(maxsize=8)
def _yearly(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """What comes every year, straight behind the year or behind 全镇, 度, 我县."""
    words = "|".join(re.escape(term.words) for term in terms) or r"(?!)"
    return re.compile(rf"(?:{_LED_BY.pattern})*(?:{words})")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Findings about years, anniversaries and numbered days that belong to an earlier year."""
    calendar = read(writing)
    if calendar.day is None:
        return
    for start, end, said in _all(writing, calendar, calendar.day, lexicon):
        yield writing.finding(Family.STALE_REF, start, end, f"{said}，请核对。")


def _all(writing: Writing, calendar: Calendar, day: date, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    terms = lexicon.of("yearly_work", day)
    yearly = _yearly(terms)
    for one in calendar.dates:
        if (
            _is_stale(writing, calendar, one, day, yearly)
            or _out_of_season(writing, calendar, one, day, terms)
            or _already_past(calendar, one, day, terms)
        ):
            end = calendar.text.find("年", one.start, one.end) + 1 or one.start + _FIGURES
            yield one.start, end, f"发布在{day.year}年，这里写的是{one.year}年，是不是旧稿留下的年份"
    yield from _bare_years(calendar, day)
    yield from _anniversaries(calendar, day, lexicon.of("founding_years", day))
    yield from _numbered_days(calendar, day, lexicon.of("founding_years", day))
    yield from _own_anniversaries(calendar, day)
    yield from _plans(calendar, day)
    yield from _animals(calendar, day)
    yield from _editions(calendar)


def _is_stale(writing: Writing, calendar: Calendar, one: DateMention, day: date, yearly: re.Pattern[str]) -> bool:
    """Is a year before that of publishing used as if it were this year?"""
    if one.year is None or one.year_words or one.origin is not Origin.WRITTEN:
        return False
    if one.year != day.year - 1:
        return one.year == day.year - _TWO_YEARS and _two_years_old(writing, calendar, one, yearly)
    start, end = next((place for place in writing.sentences if place[0] <= one.start < place[1]), (one.start, one.end))
    before, after = calendar.text[start : one.start], calendar.text[one.end : end]
    if _ROTA.match(after) and _comes_now(before, after):
        return True
    if _IN_FORCE.search(before):
        return False
    if one.month is not None:
        return _dated_stale(calendar, one, day, before, after)
    if _BY_THEN.match(after):
        return bool(_MUST.search(before)) and not _OLD_PLAN.search(before + after) and not _TELLS_PAST.search(before)
    if _SINCE_THEN.search(before) or _BACK.search(after) or _BACK.search(before[-16:]):
        return False
    comes_every_year = bool(yearly.match(after))
    if comes_every_year and (_FORWARD.search(before) or _SET_TO_WORK.match(after)):
        return True
    if _STRONG.search(before) and not re.match(r"度?[，,。的]", after):
        return True
    if len(calendar.years) > 1:
        return False
    if _INTENDED.match(after) and not _LOOKING_BACK.search(before[-20:]):
        return True
    if _FIRST_MEETING.match(after) and day.month <= _NEW_YEAR:
        return True
    if not before.strip("在到 　") and _WILL.search(after):
        return True
    return comes_every_year and bool(_NOW.search(before + after + calendar.text[end : end + 20]))


_ROTA = re.compile(r"[^，。；]{0,6}(?:值班|排班|值守|轮值|带班)(?:表|安排)")
_BY_THEN = re.compile(r"(?:[上下]半年|底|末|年底|年末|国庆|中秋|春节|元旦|五一)?(?:之|以)?前(?![后沿期往来任些夜])")
_MUST = re.compile(r"(?:要|确保|力争|争取|必须|务必|计划|拟|预计|有望|将|须|请各村|请)[^，。；]{0,6}[在于到]?\s?$")
_TELLS_PAST = re.compile(r"当时|曾|此前|去年|原|那时|上一轮|上届")
_INTENDED = re.compile(r"度?的?[^，。；]{2,10}[，]?(?:我们|咱们?|大家)(?:就)?(?:要|得|打算|准备|争取|可要|一定)")
_TWO_YEARS = 2
_ANNUAL = re.compile(r"度(?:组织生活会|民主生活会|民主评议|述职|考核|党员评议|个人有关事项|工作报告|决算|年报)")
"""What is held early in a year for the year before: two years before is too long."""


def _comes_now(before: str, after: str) -> bool:
    """Is it told as of today: 眼下，镇里正按照2025年汛期值班表?"""
    return re.search(r"眼下|目前|当前|正|逐|今[天日年]|现", before) is not None and not re.search(
        r"20\d\d|[今去上]年", after
    )


def _two_years_old(writing: Writing, calendar: Calendar, one: DateMention, yearly: re.Pattern[str]) -> bool:
    """打赢2024年防汛保卫战, in May 2026: what comes every year, called for with a year long past."""
    start, end = next((place for place in writing.sentences if place[0] <= one.start < place[1]), (one.start, one.end))
    before, after = calendar.text[start : one.start], calendar.text[one.end : end]
    if _ANNUAL.match(after) and re.search(r"(?:开好|做好|开展|召开|组织|启动|部署|完成|认真)[^，。]{0,4}$", before):
        return True
    if one.month is not None or len(calendar.years) > 1 or not yearly.match(after) or _IN_FORCE.search(before):
        return False
    return bool(_FORWARD.search(before)) and not _BACK.search(after) and not _BACK.search(before[-16:])


_NEXT = re.compile(r"[^，。；]{0,6}(?:即将(?:到来|来临)|来临|到来|将至|将近|临近|在即|前夕)")
_NEXT_YEARS_WORK = re.compile(
    r"度?[^，。；\d]{0,4}(?:城乡居民(?:基本)?医(?:保|疗保险)|居民医保|医保|党报党刊|报刊)[^，。；\d]{0,4}(?:集中)?(?:参保|缴费|征缴|征订|发行)"
)
_AUTUMN = 9


def _already_past(calendar: Calendar, one: DateMention, day: date, terms: tuple[Term, ...]) -> bool:
    """2025年元旦即将到来, on 29 December 2025; 2025年度居民医保缴费启动, in October 2025: the next year is meant."""
    if one.year != day.year or one.year_words or one.origin is not Origin.WRITTEN or one.month is not None:
        return False
    after = calendar.text[one.end : one.end + 24]
    before = calendar.text[max(0, one.start - 24) : one.start]
    pattern, months = _seasons(terms)
    work = pattern.match(after)
    if work and _NEXT.match(after, work.end()) and day.month > months[work["work"]][1] + 1:
        return not _TELLS_PAST.search(before)
    starts = re.search(
        r"启动|开始|做好|开展|即日起|集中|部署|推进", before[-12:] + calendar.text[one.end : one.end + 34]
    )
    return bool(
        day.month >= _AUTUMN and _NEXT_YEARS_WORK.match(after) and starts and not _BACK.search(before[-16:])
    ) and not re.search(r"完成情况|已|上半年|补缴|退费|截至", before[-12:] + after)


_BARE_YEAR = re.compile(
    r"(?<![\d.\-—～~至到第〔\[（(“《年届])(?P<year>20\d\d)(?P<what>[“《]?(?!年|届|级|版|号|元|个|人|名|米|亩|余|多|万|字)[\u4e00-\u9fff]{2,14}?(?:节|会|赛|展|周|季|行动|活动|嘉年华|大集)(?![议员场员客费长日]))"
)
_SOON = re.compile(
    r"将|即将|筹备|请柬|邀请|倒计时|报名|在即|还有|启动|下[个]?月|下周|开幕在|备战|迎接|敬请|期待|拟|欢迎|招募|征集|预热|就要"
)
_CLASS_OF = re.compile(r"(?P<year>20\d\d)届(?=[^，。；]{0,8}毕业生|高三|初三|毕业班)")
_GRADUATION = (5, 8)
_SALUTED = re.compile(r"(?:你好|拥抱|奋进|逐梦|展望|喜迎|迎接|欢迎|祝福|冲刺|奔向)[，！、]?(?P<year>20\d\d)(?![年\d])")


def _bare_years(calendar: Calendar, day: date) -> Iterator[tuple[int, int, str]]:
    """2025荔枝产销对接会, its invitations sent in 2026; 今年（2025年）; 2025届毕业生 in June 2026."""
    text = calendar.text
    said = f"发布在{day.year}年，这里写的是{{0}}年，是不是旧稿留下的年份"
    for match in _BARE_YEAR.finditer(text):
        sentence = (
            re.split(r"[。！？\n]", text[: match.start()])[-1] + re.split(r"[。！？\n]", text[match.start() :])[0]
        )
        soon = _SOON.search(sentence) and not _LOOKING_BACK.search(re.sub(r"比赛|公布", "", sentence))
        if int(match["year"]) == day.year - 1 and soon:
            yield *match.span("year"), said.format(match["year"])
    for match in _CLASS_OF.finditer(text):
        around = text[max(0, match.start() - 30) : match.end() + 40]
        now = re.search(r"今[天日]|毕业季|即将|招聘会|搭建|在即|欢送|送考|冲刺|离校前", around)
        season = _GRADUATION[0] <= day.month <= _GRADUATION[1]
        earlier = re.search(r"未就业|往届|去年|及|和|、20|至20|离校后", around)
        if int(match["year"]) == day.year - 1 and season and now and not earlier:
            yield match.start(), match.end(), said.format(match["year"])
    for match in _SALUTED.finditer(text):
        if int(match["year"]) == day.year - 1 and not re.search(r"再见|告别|回首", text):
            yield *match.span("year"), said.format(match["year"])


def _out_of_season(writing: Writing, calendar: Calendar, one: DateMention, day: date, terms: tuple[Term, ...]) -> bool:
    """2025年防汛物资, asked for in April 2026: what is in season now is this year's."""
    if one.year != day.year - 1 or one.year_words or one.origin is not Origin.WRITTEN or one.month is not None:
        return False
    start, end = next((place for place in writing.sentences if place[0] <= one.start < place[1]), (one.start, one.end))
    before, after = calendar.text[start : one.start], calendar.text[one.end : end]
    pattern, months = _seasons(terms)
    work = pattern.match(after)
    if not work or _IN_FORCE.search(before) or _SINCE_THEN.search(before):
        return False
    first, last = months[work["work"]]
    if not first <= day.month <= last or re.search(r"(?:19|20)\d\d|二〇|[去今上前]年", before + after):
        return False
    clause = re.split(r"，", after, maxsplit=1)[0]
    if _WISHED.search(before):
        return True
    return not _WHILE.match(after, work.end()) and not _LOOKING_BACK.search(before[-20:] + clause)


def _dated_stale(calendar: Calendar, one: DateMention, day: date, before: str, after: str) -> bool:
    """将于2025年5月20日举行, in May 2026; or the news of last week with last year's number."""
    if _OLD_PLAN.search(before + after):
        return False
    if str(day.year) in before:
        return False
    if one.day is None:
        set_for = _SET_FOR.search(before) or _STRONG.search(before)
        return (one.month or 0) >= day.month - 1 and bool(set_for) and not _BACK.search(after)
    if not one.days:
        return False
    mended = one.days[0] + timedelta(days=365)
    if _SET_FOR.search(before) or (mended >= day and _ASKED_BY.search(before)):
        return mended >= day - timedelta(days=2)
    lead = calendar.text[: one.start].strip() in _LEAD and not _GOES_ON.match(after)
    alone = len(calendar.years) == 1 and not _LOOKED_BACK.search(calendar.text)
    return lead and alone and abs((mended - day).days) <= _NEWS_DAYS


@lru_cache(maxsize=8)
def _founded(terms: tuple[Term, ...], note: str) -> tuple[re.Pattern[str], dict[str, int]]:
    years = {term.words: int(term.right) for term in terms if term.note == note}
    longest_first = sorted(years, key=len, reverse=True)
    names = "|".join("[“”]?".join(map(re.escape, name)) for name in longest_first) or r"(?!)"
    count = r"(?P<n>\d{1,3}|[一二三四五六七八九十百零〇]{1,6})"
    if note == "周年":
        return re.compile(
            rf"(?P<name>{names})[”》]?(?:的)?(?:[^，。；\d一二三四五六七八九十]{{0,4}}?)第?{count}\s?(?P<unit>周年|岁?华诞|岁生日|周岁)"
        ), years
    return re.compile(rf"第{count}\s?(?P<unit>[个届次])[“”《]?(?P<name>{names})"), years


def _count(words: str) -> int | None:
    """The value of a numeral up to 199."""
    if "百" not in words:
        return number(words)
    hundreds, _, rest = words.partition("百")
    head = number(hundreds) if hundreds else 1
    tail = number(rest.lstrip("零〇")) if rest else 0
    return None if head is None or tail is None else head * 100 + tail


def _anniversaries(calendar: Calendar, day: date, terms: tuple[Term, ...]) -> Iterator[tuple[int, int, str]]:
    """庆祝中国共产党成立104周年, in 2026."""
    pattern, years = _founded(terms, "周年")
    for match in pattern.finditer(calendar.text):
        name = re.sub("[“”]", "", match["name"])
        said, right = _count(match["n"]), day.year - years[name]
        if said is not None and _off_by_few(calendar, match, said, right, years[name]):
            yield *match.span(), f"{day.year}年是{name}{right}周年，写的是{said}周年"


def _numbered_days(calendar: Calendar, day: date, terms: tuple[Term, ...]) -> Iterator[tuple[int, int, str]]:
    """第17个全国防灾减灾日, in 2026."""
    pattern, years = _founded(terms, "届次")
    for match in pattern.finditer(calendar.text):
        name = re.sub("[“”]", "", match["name"])
        said, right = _count(match["n"]), day.year - years[name] + 1
        if said is not None and _off_by_few(calendar, match, said, right, years[name] - 1):
            yield *match.span(), f"{day.year}年是第{right}{match['unit']}{name}，写的是第{said}{match['unit']}"


def _off_by_few(calendar: Calendar, match: re.Match[str], said: int, right: int, origin: int) -> bool:
    """Is a count one of a year close by, with nothing that says it is meant?"""
    if said == right or abs(said - right) > 3 or (said % 10 == 0 and said < right - 1):
        return False
    around = calendar.text[max(0, match.start() - 40) : match.end() + 20]
    if said + origin in calendar.years or (
        said < right and re.search(r"去年|前年|上年|曾|讲话|大会|纪念章|当年|那年", around)
    ):
        return False
    return not (said == right + 1 and re.search(r"迎接|喜迎|即将|明年|迎来|前夕|献礼|提前|筹备|到来|倒计时", around))


_OWN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；\d]{0,10}"
    r"(?:成立|创办|创立|创建|建成|建校|建厂|建院|建站|建库|开业|挂牌|通车)[^。；\d]{0,24}"
    r"今年[^。；\d]{0,12}?(?P<n>\d{1,3})\s?周年"
    r"|(?:成立|创办|创立|创建|建成|始建|建|开业|通车)于(?P<year2>(?:19|20)\d\d)年[^。；\d]{0,24}今年[^。；\d]{0,12}?(?P<n2>\d{1,3})\s?周年"
)


def _own_anniversaries(calendar: Calendar, day: date) -> Iterator[tuple[int, int, str]]:
    """学校创办于1996年，今年迎来29周年校庆, in 2026."""
    for match in _OWN.finditer(calendar.text):
        origin, said = int(match["year"] or match["year2"]), int(match["n"] or match["n2"])
        if 0 < abs(day.year - origin - said) <= 3:
            end = match.end()
            start = end - len(match["n"] or match["n2"]) - 2
            yield start, end, f"从{origin}年到{day.year}年是{day.year - origin}周年，写的是{said}周年"


_PLAN = re.compile(
    r"(?:(?P<when>今年|本年|(?P<year>20\d\d)年)(?:（[^（）]{2,8}）)?(?:既|又|也|正|恰)?(?:好)?是[^。；，\d]{0,12}?)?"
    r"[“]?(?P<plan>十[三四五六七]五)[”]?(?:规划|时期|发展|计划|的|[“”]){0,4}(?P<what>开局|起步|收官|收尾|首)(?:之)?年"
)
_PLAN_BACK = re.compile(r"去年|过去|回顾|刚刚|圆满|曾|以来|20\d\d|二〇")
_PLAN_STARTS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031, "十七五": 2036}


def _plans(calendar: Calendar, day: date) -> Iterator[tuple[int, int, str]]:
    """今年是“十四五”收官之年, in 2026."""
    for match in _PLAN.finditer(calendar.text):
        begins = _PLAN_STARTS[match["plan"]]
        right = begins + (4 if match["what"].startswith("收") else 0)
        said = calendar.text.rfind("。", 0, match.start()) + 1
        if not match["when"] and _PLAN_BACK.search(calendar.text, said, match.start()):
            continue
        if int(match["year"] or day.year) != right:
            yield *match.span(), f"“{match['plan']}”{match['what']}之年是{right}年"


_ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
_ANIMAL_YEAR = re.compile(
    rf"(?<![属猴生])(?P<animal>[{_ANIMALS}])年(?=新春|春节|新年|春晚|晚会|大吉|吉祥|快乐|将至|将近|来临|到来|即将|伊始|元宵|第一|好运|开工|开门红|行大运|年味|花市)"
    rf"|(?:迎接?|喜迎|贺|筹备|恭贺|恭祝)[^，。]{{0,8}}(?P<animal2>[{_ANIMALS}])年(?!画)"
)
_FAREWELL = re.compile(r"辞|送|告别|去年|旧|挥别|往年|每逢|每到|[十二]生肖|属")


def _animals(calendar: Calendar, day: date) -> Iterator[tuple[int, int, str]]:
    """筹备蛇年新春晚会, in February 2026: the year that comes is the horse's."""
    coming = day.year + (day.month >= _LAST_MONTHS)
    for match in _ANIMAL_YEAR.finditer(calendar.text):
        written = match["animal"] or match["animal2"]
        right = _ANIMALS[(coming - 4) % 12]
        earlier = {_ANIMALS[(coming - 4 - back) % 12] for back in (1, 2)}
        if written in earlier and not _FAREWELL.search(calendar.text, max(0, match.start() - 12), match.end() + 6):
            at = match.start("animal") if match["animal"] else match.start("animal2")
            yield at, at + 2, f"将到的（这一）年是{right}年，写的是{written}年"


_EDITION = re.compile(
    r"去年[^。\n]{0,30}?第(?P<old>\d{1,3}|[一二三四五六七八九十]{1,3})届[“]?(?P<name>[\u4e00-\u9fff]{2,8}?)"
    r"[^\n]{0,60}?(?:今年|本次|此次)[^。\n]{0,30}?(?P<all>第(?P<new>\d{1,3}|[一二三四五六七八九十]{1,3})届)[“]?(?P=name)"
)


def _editions(calendar: Calendar) -> Iterator[tuple[int, int, str]]:
    """去年举办第三届荔枝节 … 今年的第三届荔枝节."""
    for match in _EDITION.finditer(calendar.text):
        old, new = number(match["old"]), number(match["new"])
        if old is not None and new is not None and new <= old:
            yield *match.span("all"), f"去年已是第{old}届，今年不会还是第{new}届"
