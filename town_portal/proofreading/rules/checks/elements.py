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


_PLAINLY_HELD = re.compile(
    r"[^，。；：、“]{2,14}?(?:举办|开展|举行|召开|组织开展|组织)了?[^，。；：]{2,22}(?:班|会|活动|讲座|演练|比赛|义诊|培训|仪式|宣讲)。"
)
_THOSE_TAUGHT = re.compile(
    r"(?:授课|主讲|讲课)|(?:医护|参训|参会|参赛|与会|工作)人员|讲师|专家|学员|队员|医生|教练|宣讲员|志愿者"
)
_SCENE = 160
_EVENT_NOUN = r"(?:活动|演练|比赛|竞赛|决赛|球赛|龙舟赛|培训班?|集训|讲座|党课|座谈会|恳谈会|会议|大会|茶话会|招聘会|推介会|运动会|游园会|联欢会|音乐会|仪式|典礼|演出|晚会|义诊|义卖|选举|放映|宣讲|巡演|路演|慰问金?|开学|体检|抽签|募捐|义剪|竞拍|开标)"
_HAPPENS = re.compile(
    rf"^(?:为期[^，。]{{1,4}}的|这场|这次|一场|一堂|本次|此次|首场|现场的?|盛大的|热闹的)?[\u4e00-\u9fff]{{0,8}}?{_EVENT_NOUN}(?:工作|现场|气氛|环节)?[^。！？]{{0,12}}?"
    r"(?:[举进]行|展开|开展|落[幕下]|闭幕|结束|决出|来了|到了|热烈|精彩|火爆|火热|人头攒动|满满|吸引|开始|开幕|开场|开班|开讲|顺利|圆满|拉开|启动|传达|听取|审议|采取|揭晓|送到|热闹)"
)
_AT_WORK = re.compile(
    r"^(?:志愿者|义工|检查组|督[导查]组|专家组?|评审组|考察[组团]|工作[组队]|放映队|演出队|医疗队|医护人员|消防队?员|消防车|队员|宣讲员|讲师|老师|献血者|慰问组|党员|运动员|选手|工作人员|同学|孩子|队伍)们?(?:一行)?"
    r"(?:来了|[^。！？：]{0,16}?了(?!解|望|如)|对照|逐[项家户一]|实地|[走深]入|排起|忙|手持|分头|用)"
)
_TOGETHER = re.compile(
    r"^大家(?:一起|一同|动手|围坐)[^。！？，]{2,14}|^(?:锣鼓|鞭炮|音乐|哨声|警报|红绸|大幕)[^。！？，]{0,4}(?:[敲响吹拉揭]起?来?|[了开])"
)
_THOSE_THERE = re.compile(
    r"^(?:大家|[^，。]{0,8}?(?:们|队员|观众|听众|学员|选手|人员|代表|运动员|家长|孩子|老人|志愿者|村民|居民|来宾|老师|校长|同志|队伍|求职者|检查组|专家|负责人)(?=[^，。]{1,20})|随着|随后|针对|获得)"
)
_SEEN = re.compile(
    r"掌声|气氛|笑声|欢声|热闹|井然|有序|有条不紊|纷纷|津津有味|听得|连声|合影|提问|意犹未尽|一阵高过|里三层|忙个不停|轮番|飘香|喝彩|加油"
)
_NO_SCENE = re.compile(
    r"[？：]|将(?!军)|拟|定于|计划|(?<![邀申聘])请|应当?|须|需|必须|严禁|不得|通知|公告|公示|通告|为了|如下|累计|以来|近年|每[年月天次队人名]|一直|曾|从前|过去|位于|坐落|可以|能够|要(?=[^求闻点])|如何|怎么|"
    r"规则|规定|办法|制度|标准|方案(?!展开|进行|实施)|倡议|如果|只有|才能|都会|往往|通常|总是|一张名片"
)
_NO_TIME = re.compile(r"为期[^，。]{1,4}天?的|一上午|一下午|半天|不时|同时|及时|随时|平时|准时")
_NOBODYS = re.compile(
    r"人大代表|党代表|村民代表|各单位|有关部门|上级|村民|队伍|放映队|演出队|医疗队|消防队|工作[组队]|检查组|专家组|村里|各行各业|服务队|领导小组|评审组|(?:种植|养殖|生产)?基地|车间|公司代表|县里来的|企业负责人"
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """At most one finding: what the opening of a report lacks."""
    if writing.is_title:
        return
    text = writing.plain
    lead = writing.sentences[:_LEAD]
    if len(lead) < 2:
        return
    if lacking := _of_its_kind(writing):
        said = f"这份文稿没有写明{'、'.join(lacking)}，请补上。"
        yield writing.finding(Family.MISSING_ELEMENT, *_stripped(text, *writing.paragraphs[0]), said)
        return
    if text[slice(*lead[0])].strip() == text[slice(*lead[1])].strip() or _AFTERWARDS.match(text):
        return
    if _is_bare(text, writing.sentences, lexicon) or _is_scene(text, writing.sentences, lexicon):
        said = "开头没有写明时间、单位或地点，请在导语里补上。"
        yield writing.finding(Family.MISSING_ELEMENT, *_stripped(text, *lead[0]), said)
        return
    if not _reports(text, writing.sentences):
        return
    opening = text[: lead[-1][1]]
    same_event = any(_GOES_ON.match(text[start:end].strip()) for start, end in lead[1:])
    same_event = same_event or (
        _PLAINLY_HELD.fullmatch(text[slice(*lead[0])].strip()) is not None
        and any(_THOSE_TAUGHT.match(text[start:end].strip()) for start, end in lead[1:])
        and not _WHEN.search(text)
    )
    lacking = [
        *(["时间"] if same_event and not _WHEN.search(opening) else []),
        *([] if _says_whose(text[slice(*lead[0])], opening, lexicon) else ["单位或地点"]),
    ]
    if lacking:
        said = f"开头没有写明{'、'.join(lacking)}，请在导语里补上。"
        yield writing.finding(Family.MISSING_ELEMENT, *_stripped(text, *lead[0]), said)


_AFTERWARDS = re.compile(r"\s*[\u4e00-\u9fff]{2,6}(?:结束后|过后|期间)，")
"""It goes on about what was told before."""
_A_DAY = r"(?:\d{1,2}月|[一二三四五六七八九十]+月|\d{4}[-./年]|[一二三四五六七八九十\d]+(?:个)?(?:工作日|自然日|天)|即日起|[一二三四五六七八九十\d]+日)"
_REACHED_AT = r"(?<!\d)(?:0\d{2,3}[-— ]?\d{7,8}|\d{7,8}|1\d{10}|12345|400[-\d]{7,9})(?!\d)|电话|联系人|联系方式|咨询|邮箱|信箱|举报箱|反映|来信|来访|书面"
_KINDS: tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]], ...] = (
    (
        re.compile(r"公示(?:[（(][^）)]*[）)])?$"),
        (
            (
                "公示的起止时间",
                re.compile(
                    rf"(?:公示|异议|反映|意见|自|从)[^。\n]{{0,40}}?{_A_DAY}|{_A_DAY}[^。\n]{{0,16}}(?:公示|反映|异议)"
                ),
            ),
            ("受理意见的电话或地点", re.compile(_REACHED_AT)),
        ),
    ),
    (
        re.compile(r"(?:召开|举行|举办|参加)[^。\n]{2,30}(?:会议?|培训班?|讲座|活动)的通知$"),
        (("时间", _WHEN), ("地点", re.compile(r"地点|会场|会议室|礼堂|广场|站|[楼室厅馆院校村]|线上|视频"))),
    ),
    (
        re.compile(r"(?:招聘|招募|招租|竞租|招标|征集|报名|招生|征兵)[^。\n]{0,20}(?:公告|通告|启事|通知)$"),
        (
            ("起止时间", re.compile(rf"{_A_DAY}|时间|期限|截止|长期")),
            (
                "联系方式或地点",
                re.compile(
                    rf"{_REACHED_AT}|地点|地址|办公室|窗口|现场|网址|二维码|[村居]委会|服务中心|报名点|登记点|小学|到[^，。；]{{2,12}}(?:报名|登记|领取)"
                ),
            ),
        ),
    ),
)
"""What a text of a kind, told by its title, must say somewhere: what it is called, and what shows that it is there."""
_WHOLE_TEXT = 100
"""A shorter one is a piece of a text, or only points to its file."""
_ELSEWHERE = re.compile(r"附件|详见|见附|全文|摘要|节选|…|如下图|扫码")


def _of_its_kind(writing: Writing) -> list[str]:
    """What a notice lacks that its kind asks for."""
    text = writing.plain
    if len(text) < _WHOLE_TEXT or _ELSEWHERE.search(text):
        return []
    heading = writing.title.strip() or text[slice(*writing.paragraphs[0])].strip()
    for kind, elements in _KINDS:
        if kind.search(heading):
            return [name for name, shown in elements if not shown.search(text)]
    return []


def _is_bare(text: str, sentences: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Does a short report open with an event or a group and say nowhere when it was, or whose it was?"""
    first = text[slice(*sentences[0])].strip()
    if len(text) > _BARE or "\n" in text.strip() or not _EVENT.search(first) or first[-1:] not in "。！":
        return False
    if _OPENS_WITH_WORDS.match(first) or _BY_THIS.match(first) or _NO_REPORT.search(first) or _LISTED.search(text):
        return False
    bare = _GROUP.sub("", text)
    return not (_WHEN.search(text) or _ORGAN_OR_PLACE.search(bare) or any(name in text for name in lexicon.own_names))


def _is_scene(text: str, sentences: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Does a short report tell of an event or of a group at work, go on with those who were there, and never say when or whose?"""
    first = text[slice(*sentences[0])].strip()
    if len(text) > _SCENE or "\n" in text.strip() or first[-1:] not in "。！" or "|" in text:
        return False
    if _OPENS_WITH_WORDS.match(first) or _BY_THIS.match(first) or _NO_SCENE.search(text) or _LISTED.search(text):
        return False
    rest = [text[start:end].strip() for start, end in sentences[1:_LEAD]]
    happens = _HAPPENS.search(first) or _AT_WORK.search(first) or _TOGETHER.search(first)
    if not happens or not any(_THOSE_THERE.match(words) or _SEEN.search(words) for words in rest) or rest[0] == first:
        return False
    bare = _NOBODYS.sub("", text)
    named = any(name in text for name in (*lexicon.own_names, *lexicon.other_towns, *lexicon.places))
    return not (_WHEN.search(_NO_TIME.sub("", text)) or _ORGAN_OR_PLACE.search(bare) or named)


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
