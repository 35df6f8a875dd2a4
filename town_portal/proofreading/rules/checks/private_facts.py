"""个人隐私: a private person's full name together with what nobody should read about him.

A fact (health, childhood, offence, suffering, means, home) counts only when a full name stands to it as
its bearer: before it without another subject or a verb of service between, right behind it (“身患重病的
村民…”), or in the sentence before when this one goes on with 他/她/其. Whoever acts in an office, helps,
cures or teaches bears nothing; 化名, 某 and courtesies name nobody.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from town_portal.proofreading.rules.finding import Family, Finding, Severity
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.full_names import FullName, full_names
from town_portal.proofreading.rules.values.sensitive_facts import PRIVATE_FACTS, Fact, FactKind, sensitive_facts
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.writing import Writing

NOT_NAMES = "not_names"
"""The kind of term that lists words which only look like a person's name."""

_REACH = 44
_LONGEST = 34
_HONOUR = 16
_STORY = 200
_NAME = 4
_SOFT = frozenset({FactKind.ILLNESS, FactKind.HARDSHIP})
"""What a story of merit may tell, because its hero agreed."""

_ALL_ALIASES = re.compile(r"(?:均|都|皆|全)[为系是]?(?:化名|假名)|(?:文中|文内|本文)[^，。；\n]{0,10}(?:化名|假名)")
_ALIAS = re.compile(r"[（(]?(?:系|为|均为)?(?:化名|假名)|[（(][^（）()\n]{0,12}(?:化名|假名)")
_NOTICE = re.compile(r"公示")
_PUBLIC_LIFE = re.compile(
    r"拟[任聘录]|聘用|录用|体检|任前|现任|考察对象|中共党员|学历|学位|候选人|参加工作|毕业|入党|入伍|烈士|牺牲|革命|职称|传承人|作者|画家|书法|诗人|进士|举人|祖籍|英雄"
    r"|乡贤|名人|先贤|院士|教授|讣告|逝世|享年"
)
"""Words of lives that are told by rule: candidates, officers, people of history."""
_TRUE_NAME = re.compile(r"(?:[本真原实]名|真实姓名)[叫是为系:：\s“]{0,3}$")
_TURNS_TO_HIM = re.compile(r"[，,；;][^，。；\n]{0,3}[他她其](?![们实他中余它间人])")
_SERVED = re.compile(r"(?:为|给|帮|替|向|把|将|对|与|由|接|送|访|望|问|助|被|看)$")
_OF_A_NOTICE = re.compile(r"公示期|公示时间|公示名单|公示无异议|异议|监督电话|予以公示|对象公示")
_PRAISE = re.compile(
    r"模范|先进|优秀|表彰|获评|荣获|好人|最美|道德|[金银铜]牌|[金银铜一二三]等?奖|冠军|致富|带头|创业|增收|突破|奉献|坚守|见义勇为|自强"
    r"|事迹|能手|典型|大户|示范户"
)
_PRIZE = re.compile(r"[一二三特金银铜]等?奖|荣获|冠军|获奖|奖牌|优胜")
_LONG_AGO = re.compile(r"1[89][0-7]\d年|红军|革命|抗战|抗日|牺牲|烈士|解放前|解放战争|地下党|小英雄|少先队员代表")
_OFFICE_BEFORE = re.compile(
    r"(?<!退休)(?<!离休)(?:书记|主任|[镇县市省乡村区部局处科所院校队组厂会站园排营社]长|委员|干部|干事|专干|专员|工作者|教授|专家|医[生师]|大夫|护[士师]|村医|药师|律师"
    r"|[老讲教]师|教练|志愿者|社工|义工|[民辅交]警|警官|法官|检察官|咨询师|记者|经理|董事长|负责人|会计|代表|作者|编辑|主持人|烈士|英雄|战士|军人|将军"
    r"|院士|主席|人士|乡贤|捐赠人|好媳妇|好婆婆|好儿媳|保安|司机|店主|顾问|工作人员|[通讯特]{1,2}[讯约]员"
    r"|(?:网格|通讯|宣传|宣讲|讲解|指导|信息|联络|监督|监护|护理|调解|理论|辅导|保洁|管理|保育|驾驶|护林|安全|协管|消防|救援|演|评论|联系|队)员)"
    r"(?:兼[^，。；\n]{1,8})?[：:、\s“]?$"
)
_SERVING = re.compile(
    r"(?<![获到受])(?:讲[解授述]|介绍|宣[传讲]|组织|带领|率[领队]|参加(?!工作)|参与|开展|指导|照[顾料看]|护理|[伺服]侍|伺候|侍奉|赡养|陪护|捐|救(?:[出起下]|助(?!对象|人员))"
    r"|采访|主持|出席|调研|检查(?!出)|督导|接[待诊]|调解|普及|义诊|诊治|抢救|[派发]放|协助|联系|安排|要求|强调|指出|提醒|劝|制止|抓获|破获|帮[教扶助](?!对象|人员)"
    r"|管理|研究|资助(?!对象|学生)|结对|报道|撰稿|培训|[授讲上]课|审理|调查|走[进访]|深入|巡[查逻诊]|慰问|[探看]望|关[爱心怀注]|服务|告[诉知]|提供|支持|邀请|前往|送[上去到](?!医)"
    r"|入户|了解|治疗的?[^，。]{1,6}方面|在治疗|擅长|主治|钻研|研发|询问|呼吁|倡导|吸纳|带动|雇|聘用|安置(?!帮教|对象|人员)|招[聘收]|表演|演[出唱]|收养|抚养"
    r"|(?:(?<![因认成作以])为|给|替|向(?![^，。]{0,8}(?:报案|求助|反映|投诉|求救|申请|哭诉|报警|借))|(?<![面针绝])对)"
    r"(?![了此于象方治看筹凑难家生我他她]|自己|丈夫|妻子|[儿女父母]))"
)
_RECEIVED = re.compile(r"(?:被|获|得到|接受|受到|经|由)[^，。；]{0,6}$")
_OTHER_BEARER = re.compile(
    r"群众|村民|居民|邻居|老人们|[孩学患]\S们|大家|人们|[一二三四五六七八九十几多两\d]+[多余]?[名位户个](?!孩|儿|女|月|人(?:住|过|在|生活|带|拉扯|独|撑|守))|同学|同村|他人|等人|患者|工友|朋友|婆婆|公公"
)
_AMONG_OTHERS = re.compile(
    r"(?:、[\u4e00-\u9fff]{2,4})*等(?:[一二三四五六七八九十几多两\d]+[多余]?[名位户个人])?[^，。；、\n]{0,6}"
)
_OF_HIS_FAMILY = re.compile(
    r"^[^，。；\n]{0,4}(?:说|告诉\w{0,4}|坦言|哭诉|回忆|介绍)[，：“:]{1,2}[^。\n]{0,16}(?:自己|[我他她]|丈夫|妻子|老伴|[儿女]子?|父亲|母亲|公公|婆婆|爸爸?|妈妈?)[^，。；\n]{0,8}$"
)
_CLAUSE_ENDS = frozenset(["", *"，。；、）\n"])
_OF_ANYBODY = re.compile(r"[^，。；\n]{0,8}的(?:村民|群众|居民|市民|老人|人群?|患者|病人|儿童|学生|家庭|朋友|对象)")
_QUARREL = re.compile(r"的事|一事|之事|而|闹|吵|起|[，,]?大打出手")
_SCHOOL = re.compile(r"班|学|年级|幼儿园")
_HIDDEN_CHILD = re.compile(r"[\u4e00-\u9fff](?:某{1,2}|\*{1,2})")
_RECEIVES = re.compile(r"[（(]?签?收(?![到入集费购])")
_SPEECH = re.compile(r"[说道答称问示][：:]|：“")
_CALLED = re.compile(r"名?叫[做作]?$")
_NEXT_DOOR = 6
_KIN = re.compile(r"儿子|女儿|孙子|孙女|外孙|孩子|子女|小孩|娃|弟弟|妹妹|之[子女]")
_AGE_OF_KIN = re.compile(r"大?的?(?:大|小|亲生)?(?:儿子|女儿|孙|外孙|孩子|小孩|弟弟|妹妹|侄|双胞胎|儿女|幼子|幼女)")
_AGE_OF_ANOTHER = re.compile(r"的?(?:男孩|女孩|儿童|孩童|学生|男童|女童|幼童|少年|少女|小朋友|娃)")
_SAID_OF_HIM = re.compile(r"^[，,（(：:\s](?!.*[将把被])|[是为系乃](?:一?[名个位])?$")
_BY_PRONOUN = re.compile(
    r"[他她其](?:的?(?:丈夫|妻子|儿子|女儿|父亲|母亲|老公|老婆))?(?:也|还|都|均|已|曾|现|目前|从小|长期|一直|多年)?$"
)
_THRIVING = re.compile(r"种植|养殖|养[鸡猪鱼鸭牛蜂]|合作社|基地|经营|开办|创办|产业|生意|民宿|农家乐")
_SCANTY = re.compile(r"仅|不足|只有|不到|负债|欠|人均")
_TITLE_AFTER = re.compile(r"同学|老人|同志|小朋友")
_TO_NAME = re.compile(
    r"(?:[^，。；！？\n,;（(]{0,14}?的)?[^，。；！？\n,;（(的]{0,12}?(?:名?叫[做作]?|名为|姓名[为是]?)?[：:、“‘（(\s]{0,2}"
)
_TURN_TO_NAME = re.compile(
    r"[^，。；！？\n,;（(的]{0,6}[，,](?:她|他|这位|村民|居民|户主|[^，。；！？\n,;（(]{2,8}(?:村|组|的|村民|居民|老人))?(?:名?叫[做作]?|名为|就?是)?"
)
_SAID_NAME = re.compile(
    r"[^。；！？\n,;（(]{0,20}?[，,](?:而|但)?(?:[她他]|这(?:名|位|个)[\u4e00-\u9fff]{1,4})(?:的名字)?(?:名?叫[做作]?|名为|就?是)"
)
"""…，她叫 NAME: who bore it is named in a later clause."""
_OUR = re.compile(
    r"(?:我家|我们家|(?:[我他她咱][们家的]{0,2}|她家|他家)(?:儿子|女儿|孙子|孙女|孩子|老公|老婆|丈夫|妻子|弟弟|妹妹|外孙))(?:小)?(?P<name>[\u4e00-\u9fff]{2})(?=[从一自也就]?[有得患确被查因是])"
)
"""Somebody of the family, by a given name: 我家伟杰."""
_RECORD = re.compile(r"\s*[\u4e00-\u9fff]{2,8}[:：]")
_RECORD_OF_A_PERSON = re.compile(r"(?:姓名|名字|户主|对象|申请人|患者|学生|当事人|本人|受助人|称呼)\s*[:：]\s*$")
_GOES_ON = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{2,8}[:：]|(?:据了解[，,]?)?(?:[他她其该]|此人|目前|现|家[住中里]|今年|患|因|从小|由于|一家|曾|自幼|全家|这[个位]))"
)


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Somebody and what is told of him, with the signs between."""

    person: FullName
    fact: Fact
    distance: int


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every private person named in full together with such a fact, once a sentence."""
    plain = writing.plain
    told = sensitive_facts(plain, lexicon.of(PRIVATE_FACTS, writing.day))
    if not told or _ALL_ALIASES.search(plain):
        return
    if _NOTICE.search(plain) and _OF_A_NOTICE.search(plain):
        told = [fact for fact in told if fact.kind is not FactKind.HARDSHIP]
    if _PUBLIC_LIFE.search(plain):
        told = [fact for fact in told if fact.kind is not FactKind.BIRTH]
    not_names = lexicon.own_names | {term.words for term in lexicon.of(NOT_NAMES)}
    aliases: set[str] = set()
    introduced: FullName | None = None
    places = [fact.start for fact in told]
    for start, end in writing.sentences:
        facts = told[bisect_left(places, start) : bisect_left(places, end)]
        named = list(full_names(plain, start, end, not_names, [(fact.start, fact.end) for fact in facts]))
        aliases |= {person.name for person in named if _ALIAS.match(plain, person.end)}
        people = [person for person in named if person.name not in aliases and not _in_office(plain, person)]
        bearers = _bearers(plain, facts, people)
        if not named and introduced and facts and _goes_on(plain, introduced, start, facts[0]):
            bearers = [_Bearer(introduced, facts[0], 0)]
        yield from _findings(writing, bearers)
        yield from _known_all_the_same(writing, facts, start, end)
        yield from _by_given_name(writing, facts, start, end)
        if named or bearers or not _GOES_ON.match(plain, start):
            introduced = people[-1] if people and not bearers else None


def _in_office(plain: str, person: FullName) -> bool:
    """Is the person introduced by an office or a service?"""
    return _OFFICE_BEFORE.search(plain, max(0, person.start - 12), person.start) is not None


def _goes_on(plain: str, person: FullName, start: int, fact: Fact) -> bool:
    """Does a sentence go on about the person of a sentence before?"""
    if _RECORD.match(plain, start):
        return bool(_RECORD_OF_A_PERSON.search(plain, max(0, person.start - 12), person.start))
    if _OF_ANYBODY.match(plain, fact.end):
        return False
    between = plain[start : fact.start]
    follows = _GOES_ON.match(plain, start) is not None and not _OTHER_BEARER.search(between)
    return follows and not _serves(plain, start, fact.start) and not _is_merit(plain, person, fact)


def _bearers(plain: str, facts: Sequence[Fact], people: Sequence[FullName]) -> list[_Bearer]:
    """For every person the nearest fact he bears."""
    nearest: dict[FullName, _Bearer] = {}
    places = [person.start for person in people]
    for fact in facts:
        first = bisect_left(places, fact.start - _REACH - _NAME)
        last = bisect_right(places, fact.end + _REACH)
        for person in people[first:last]:
            distance = _distance(plain, person, fact)
            if distance is None or (person in nearest and nearest[person].distance <= distance):
                continue
            nearest[person] = _Bearer(person, fact, distance)
    return list(nearest.values())


def _distance(plain: str, person: FullName, fact: Fact) -> int | None:
    """How far apart they stand; None when the fact is not told of the person."""
    if fact.start < person.end and person.start < fact.end:
        return None
    behind = person.end <= fact.start
    first, last = (person.end, fact.start) if behind else (fact.end, person.start)
    if last - first > _REACH:
        return None
    if _TRUE_NAME.search(plain, max(0, person.start - 8), person.start):
        return last - first
    borne = _told_after(plain, person, fact) if behind else _told_before(plain, person, fact)
    return last - first if borne and not _is_merit(plain, person, fact) else None


def _told_after(plain: str, person: FullName, fact: Fact) -> bool:
    """“NAME…fact”: nobody else and no service between."""
    between = plain[person.end : fact.start]
    if fact.kind is FactKind.ADDRESS:
        return between in {"家（", "家(", "（", "(", "家在"}
    if between.endswith("为") and _QUARREL.match(plain, fact.end):
        between, last = between[:-1], fact.start - 1
    else:
        last = fact.start
    title = _TITLE_AFTER.match(between)
    between = between[title.end() :] if title else between
    if _BY_PRONOUN.search(between):
        return fact.kind is not FactKind.CHILD or not _AGE_OF_KIN.match(plain, fact.end)
    ends = plain[fact.end : fact.end + 1] in _CLAUSE_ENDS
    turn = _TURNS_TO_HIM.search(between)
    if turn and _goes_over_to_him(plain, person, turn, last):
        return True
    if _OF_HIS_FAMILY.search(between) or (ends and between in {"为", "系", "是", "乃"}):
        return True
    serves = _serves(plain, person.end, last)
    if _is_a_person(plain, fact) and _AMONG_OTHERS.fullmatch(between):
        return not serves
    if serves or _OTHER_BEARER.search(between) or _SPEECH.search(between):
        return False
    if fact.kind is FactKind.CHILD:
        of_a_child = _KIN.search(between) and not _CALLED.search(plain, max(0, person.start - 3), person.start)
        of_another = _AGE_OF_ANOTHER.match(plain, fact.end) and not _SAID_OF_HIM.search(between)
        return not (of_a_child or of_another or _AGE_OF_KIN.match(plain, fact.end))
    return True


def _goes_over_to_him(plain: str, person: FullName, turn: re.Match[str], last: int) -> bool:
    """Does a later clause of the sentence tell the fact of the person by 他 or 她?"""
    first, after = person.end + turn.start(), person.end + turn.end()
    alone = not _OTHER_BEARER.search(plain, person.end, last) and not _serves(plain, after, last)
    return alone and (not _serves(plain, person.end, first) or bool(_SERVED.search(plain, 0, person.start)))


def _is_a_person(plain: str, fact: Fact) -> bool:
    """Do the words of a fact name who bears it (病人, 低保户)?"""
    return plain[fact.start : fact.end].endswith(("人", "者", "户", "对象", "人员", "儿童", "患儿"))


def _told_before(plain: str, person: FullName, fact: Fact) -> bool:
    """“fact…NAME”: the fact describes the person, or its clause turns to him."""
    between = plain[fact.end : person.start]
    if _serves(plain, fact.end + len(between) - len(between.lstrip("为系是乃")), person.start):
        return False
    if fact.kind is FactKind.ADDRESS:
        receives = _RECEIVES.match(plain, person.end)
        return len(between) <= _NEXT_DOOR and bool(_TO_NAME.fullmatch(between.lstrip("，, ") if receives else between))
    if fact.kind is FactKind.CHILD and _KIN.search(between) and not between.endswith(("儿", "子", "女", "孩", "娃")):
        return False
    if _TO_NAME.fullmatch(between) or _SAID_NAME.fullmatch(between):
        return True
    acts = _serves(plain, person.end, min(len(plain), person.end + 12))
    return fact.kind is not FactKind.HOME and bool(_TURN_TO_NAME.fullmatch(between)) and not acts


def _serves(plain: str, first: int, last: int) -> bool:
    """Does a verb of service stand between, whose subject gives and does not receive?"""
    return any(not _RECEIVED.search(plain, first, match.start()) for match in _SERVING.finditer(plain, first, last))


def _is_merit(plain: str, person: FullName, fact: Fact) -> bool:
    """Is it a story of merit or of a prize, told with consent, or one of long ago?"""
    first = max(0, person.start - _HONOUR)
    first = max(first, plain.rfind("。", first, person.start) + 1, plain.rfind("\n", first, person.start) + 1)
    for served in _SERVING.finditer(plain, first, person.start):
        first = served.end()
    told = max(person.end, fact.end)
    last = plain.find("。", told, told + _STORY)
    story = plain[first : last if last >= 0 else told + _STORY]
    if "收入" in plain[fact.start : fact.end] and not _SCANTY.search(story):
        return bool(_PRAISE.search(story) or _THRIVING.search(story))
    if fact.kind in _SOFT:
        return bool(_PRAISE.search(story))
    if fact.kind is not FactKind.CHILD:
        return False
    return bool(_LONG_AGO.search(plain, max(0, person.start - _REACH), told + _REACH)) or (
        bool(_PRIZE.search(story)) and "岁" not in story
    )


def _known_all_the_same(writing: Writing, facts: Sequence[Fact], start: int, end: int) -> Iterator[Finding]:
    """A child whose name is hidden, but whose school and home are told."""
    schools = [
        fact for fact in facts if fact.kind is FactKind.CHILD and _SCHOOL.search(writing.plain, fact.start, fact.end)
    ]
    homes = [fact for fact in facts if fact.kind is FactKind.HOME]
    hidden = _HIDDEN_CHILD.search(writing.plain, start, end) if schools and homes else None
    if hidden and hidden.end() <= schools[0].start <= hidden.end() + _LONGEST:
        yield writing.finding(
            Family.PRIVACY_PERSONAL,
            hidden.start(),
            schools[0].end,
            "孩子的名字隐去了，但学校、班级和住址仍能让人认出，公开前请删去。",
            severity=Severity.WARN,
        )


def _by_given_name(writing: Writing, facts: Sequence[Fact], start: int, end: int) -> Iterator[Finding]:
    """我家伟杰有自闭症: one of a family by a given name, and the illness or suffering right behind it."""
    for match in _OUR.finditer(writing.plain, start, end) if facts else ():
        words = vocabulary()
        if words.tag(match["name"]).startswith("nr") or not words.use(match["name"]):
            for fact in facts:
                grave = fact.kind in (FactKind.ILLNESS, FactKind.VICTIM, FactKind.OFFENDER)
                if grave and 0 <= fact.start - match.end() <= _NEXT_DOOR:
                    yield writing.finding(
                        Family.PRIVACY_PERSONAL,
                        match.start("name"),
                        fact.end,
                        f"写出了{match['name']}和{fact.kind.label}，公开前请隐去名字。",
                    )
                    break


def _findings(writing: Writing, bearers: Sequence[_Bearer]) -> Iterator[Finding]:
    """One finding for each bearer; who shares a fact with somebody nearer to it is shown by his name alone."""
    shown: list[tuple[int, int]] = []
    for bearer in sorted(bearers, key=lambda one: one.distance):
        start, end = _stretch(writing.plain, bearer)
        if any(start < last and first < end for first, last in shown):
            start, end = bearer.person.start, bearer.person.end
        shown.append((start, end))
        yield _finding(writing, bearer, start, end)


def _stretch(plain: str, bearer: _Bearer) -> tuple[int, int]:
    """From the name to the fact, or the fact alone where they stand far apart."""
    start = min(bearer.person.start, bearer.fact.start)
    end = max(bearer.person.end, bearer.fact.end)
    if end - start > _LONGEST:
        start, end = bearer.fact.start, bearer.fact.end
    bracketed = plain[bearer.person.end : bearer.fact.start] in {"（", "("}
    if bracketed and plain[end : end + 1] in {"）", ")"}:
        end += 1
    return start, end


def _finding(writing: Writing, bearer: _Bearer, start: int, end: int) -> Finding:
    return writing.finding(
        Family.PRIVACY_PERSONAL,
        start,
        end,
        f"写出了{bearer.person.name}的姓名和{bearer.fact.kind.label}，公开前请删去或改成“{bearer.person.name[0]}某”并略去细节。",
    )
