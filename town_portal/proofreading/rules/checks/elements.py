"""缺要素: the report of an event whose opening does not say when it was, or whose it was.

Only a text that plainly reports is asked: its first sentence tells of something held or done, and a later
one goes on with the same event (会议指出…, 活动现场…). Notices, plans, reviews of a year, features and
stories that open with somebody's words are never asked.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

_LEAD = 3
"""The opening: so many sentences."""

_HELD = re.compile(
    r"召开|举行|举办|开展|组织|启动|开幕|落幕|结束|揭牌|开班|开讲|开赛|走访|慰问|调研|督导|检查|巡查|宣讲|演练|培训|座谈|看望"
    r"|传达|部署了|开得|热烈|就职|宣誓|拉开|上演|开场|签订|揭晓|颁奖|表彰|发言|来到|走进|深入|前往|赴|进行|集中|签约|落成|清理|种下|植树|发放|传达学习|学习了|观摩|参观|会商|调处|排查"
)
_GOES_ON = re.compile(
    r"^(?:在)?(?:会议|会[上后前]|活动|培训|演练|比赛|座谈会?|仪式|讲座|宣讲|课堂|调研|检查|走访|慰问|现场|与会|参[会训赛演]|到场"
    r"|参加(?:会议|活动|培训|演练)|此次|本次|这次|该(?:活动|会议|培训)|通过(?:此次|本次|这次|(?:演练|培训|学习|活动|宣传|检查|观看|座谈|走访|参观|讲解)[，后]))"
)
"""The same event, named again."""
_BY_THIS = re.compile(r"\s*通过(?:此次|本次|这次)")
_SOMEBODY_GOES_ON = re.compile(
    r"^(?:志愿者们?|队员们?|工作人员|与会|医护人员|讲师|听众|观众|双方|专家们?|来宾|参赛|参训|[检调慰][查研问]组|一行|大家|村民们?|党员们?|学员们?|同学们?|孩子们|老人们|居民们?|选手们?"
    r"|每到一[处户]|随后|最后|接着|期间)"
)
_WHEN = re.compile(
    r"\d{1,2}[月日号时点]|[一二三四五六七八九十]+月|[一二三四五六七八九十]+[日号]|\d{4}年|[今昨前明当近日即]日|日前|近期|近来|连日|最近|刚刚|这天"
    r"|[今昨前]天|当天|[早上中下]午|清晨|早晨|早上|一大早|傍晚|晚上|当晚|今晚|夜间|深夜|凌晨|上周|本周|这周|周[一二三四五六日末]|星期|礼拜"
    r"|今年|去年|本月|上月|月初|月底|月中|[上中下]旬|季度|年初|年底|年末|岁末|春季|夏季|秋季|冬季|暑期|寒假|暑假|时节|前夕|节前|节后|期间|之际"
    r"|当前|目前|眼下|入[春夏秋冬汛]|立[春夏秋冬]|春节|元宵|清明|端午|中秋|重阳|国庆|元旦|五一|七一|八一|劳动节|妇女节|儿童节|教师节|植树节|建党|冬至"
    r"|宣传[日周月]|纪念日|活动[日周月]|安全生产月|第[一二三四五六七八九十\d]+个|[0-2]?\d[:：][0-5]\d|雨后|灾后|台风|汛期|连续|长期|一直|每[天周月年]|时值"
)
_ORGAN_OR_PLACE = re.compile(
    r"[镇村县市省区](?!民|务|容|级|际)|社区|办公室|[党村居团县市支]委|政法委|支部|党总支|学校|小学|中学|幼儿园|企业|公司|中心|协会|商会"
    r"|[\u4e00-\u9fff]{2}[局厂院校园店站所](?=[，、。的组开举派对在到为召联]|$)|妇联|工会|人大|政协|武装部|合作社|大队|小组|工作队|服务队"
    r"|基地|理事会|党工委|消防救援|交警|银行|我们"
)
_BARE = 120
"""So short is a report that may lack everything."""
_EVENT = re.compile(
    r"^(?:一[场次堂]|在?热烈的掌声中|现场气氛|首[场次届])?[^，。；！？]{0,14}"
    r"(?:(?:座谈|推进|动员|表彰|联席|见面|发布|分享|联欢|运动|交流|总结|培训|观摩|恳谈|报告|代表|评审)?会(?!员|计|长)|仪式|宣讲|讲座|培训班|演练|比赛|晚会|义诊|讲堂)"
    r"[^，。；！？]{0,10}(?:举行|召开|举办|开讲|开班|开幕|落幕|开场|开始|结束|传达|研究|开得|拉开|通过了|审议|听取|进行|热烈|总结|部署)"
    r"|^(?:[慰检调督考工巡宣专][问查研导察作讲家][组团队]|志愿服务队|领导小组|评审组|工作组)(?:一行)?[^，。；！？]{0,20}了"
)
"""An event, or a group that nobody knows, and what was held or done."""
_GROUP = re.compile(r"各单位|有关部门|村民|社区矫正|工作[组队]|服务队|领导小组|志愿服务队|评审组|各村")
_PEOPLE = re.compile(r"干部|党员|志愿者|网格员|教师|医生|民警|书记|主任|镇长|局长|校长|主席|代表|农户")
"""Whoever acts in the first sentence; farther on they may be anybody's."""
_NO_REPORT = re.compile(
    r"将(?!要求|.{0,6}落到)|拟|定于|计划|(?<![邀申聘])请|应当|须|严禁|不得|通知|公告|公示|通告|为了|如下|累计|截至|截止|以来|年来|近年|全年|上半年|下半年|一年来"
    r"|季度|每[年月周天]|多年|长期|一直|曾经|从前|过去|记者|是一[个名位项座]|位于|坐落|可以|能够|需要|必须|要(?=[^求闻点])|怎么|如何|什么|？"
    r"|办法|规定|制度|条例|方案"
)
_OPENS_WITH_WORDS = re.compile(r"^\s*(?:[“‘「]|[（(【]?(?:上|下|左|右|附)?图\d{0,2}(?:为|是|说|片|注|中|[：:]))")
_LISTED = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]|\d{1,2}[.、])", re.MULTILINE)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """At most one finding: what the opening of a report lacks."""
    if writing.is_title:
        return
    text = writing.plain
    lead = writing.sentences[:_LEAD]
    if len(writing.sentences) < 2:
        return
    if _is_bare(text, writing.sentences, lexicon):
        said = "开头没有写明时间、单位或地点，请在导语里补上。"
        yield writing.finding(Family.MISSING_ELEMENT, *_stripped(text, *lead[0]), said)
        return
    if not _reports(text, writing.sentences):
        return
    opening = text[: lead[-1][1]]
    same_event = any(_GOES_ON.match(text[start:end].strip()) for start, end in lead[1:])
    lacking = [
        *(["时间"] if same_event and not _WHEN.search(opening) else []),
        *([] if _says_whose(text[slice(*lead[0])], opening, lexicon) else ["单位或地点"]),
    ]
    if lacking:
        said = f"开头没有写明{'、'.join(lacking)}，请在导语里补上。"
        yield writing.finding(Family.MISSING_ELEMENT, *_stripped(text, *lead[0]), said)


def _is_bare(text: str, sentences: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Does a short report open with an event or a group and say nowhere when it was, or whose it was?"""
    first = text[slice(*sentences[0])].strip()
    if len(text) > _BARE or "\n" in text.strip() or not _EVENT.search(first) or first[-1:] not in "。！":
        return False
    if _OPENS_WITH_WORDS.match(first) or _BY_THIS.match(first) or _NO_REPORT.search(first) or _LISTED.search(text):
        return False
    bare = _GROUP.sub("", text)
    return not (_WHEN.search(text) or _ORGAN_OR_PLACE.search(bare) or any(name in text for name in lexicon.own_names))


def _reports(text: str, sentences: list[tuple[int, int]]) -> bool:
    """Does the text tell of one event that was held, and go on telling of it?"""
    first = text[slice(*sentences[0])]
    if (
        _OPENS_WITH_WORDS.match(first)
        or _BY_THIS.match(first)
        or _NO_REPORT.search(first)
        or _LISTED.search(text)
        or "|" in text
    ):
        return False
    if first.rstrip()[-1:] not in "。！" or not _HELD.search(first):
        return False
    following = [text[start:end].strip() for start, end in sentences[1:_LEAD]]
    return any(_GOES_ON.match(words) or _SOMEBODY_GOES_ON.match(words) for words in following)


def _says_whose(first: str, opening: str, lexicon: Lexicon) -> bool:
    named = _PEOPLE.search(first) or _ORGAN_OR_PLACE.search(opening)
    return bool(named) or any(name in opening for name in lexicon.own_names)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end
