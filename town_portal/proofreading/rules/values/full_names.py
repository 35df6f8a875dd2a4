"""Full names of people, found by their surname, by what a given name can be, and by where they stand.

A surname with 某, with a courtesy (女士, 大爷), with an office (主任) or with a star is no full name here:
it names nobody, or somebody in public duty.
"""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.values.vocabulary import vocabulary

SURNAMES = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方俞任袁柳史唐费廉岑薛雷贺倪汤罗毕郝安常"
    "于傅齐康伍余顾孟黄萧尹姚邵汪毛戴宋庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓单"
    "洪包石崔吉龚程邢陆翁甄曲侯宁甘厉武符刘景詹龙叶黎白赖卓蒙乔谭申冉桂牛温庄柴瞿阎艾向古易廖耿欧聂关冷辛简饶曾沙涂岳闫佟邝"
    "覃冼丘肖付植游巫成牟佘谌练苗殷郁卜邬麦阙揭禤敖伦阳盘解"
)
_SPACED = re.compile(r"(?P<gap>[ \u3000]{1,2})[\u4e00-\u9fff](?P=gap)[\u4e00-\u9fff](?![\u4e00-\u9fff]{1,3}[ \u3000])")
_NEVER_GIVEN = frozenset(
    "的了出是在与及或但因被把让给此该这那哪每各某们我你他她它咱谁什么怎吗呢吧啊呀啦嘛不没未勿也都还就又很最皆则即将着过到下外内左右间旁"
    "号分秒点岁届次个户组村镇乡县市省区街路巷楼室院校班级厂店站所局厅处办委队社吨亩斤件份批项类种些多几余约总计逾倍率"
    "患病症癌瘤炎疾痛伤死残疫疗药毒犯罪刑案贫困穷债款额费税险价钱卡证者员群众说讲问听看写读做打走吃喝住租买卖送用"
    "压血糖灾害湖虫粮油泥墙屋车桥坑桩管器械具料设备度量性式制状况面层较错误页篇题例"
    "哥姐爷奶爸妈叔伯姨婶嫂舅姑婆父母夫妻童婴幼氏"
)
_NOT_SPACED = _NEVER_GIVEN | frozenset("男女汉瑶壮")
_ONLY_LAST = frozenset("妹弟栋章材")
"""Signs that end a given name of two and are otherwise kin, houses or shares."""
_ONLY_FIRST = "阿"
"""A sign that begins a given name of two (阿娣), and otherwise stands before what somebody is called."""
_NOT_GIVEN = re.compile(r"均[为已有在可能是按获不由以属被从达超]")
_KIN = re.compile(r"[兄姐师堂表家]|小(?=[妹弟])")
_COURTESY = re.compile(
    r"某|女士|先生|小姐|大爷|大娘|大妈|大叔|大姐|大哥|大嫂|大伯|大婶|阿(?=[姨婆公伯叔哥姐爷奶嫂婶妈爸])|老汉|老伯|老太|老师|师傅|同学|同志|氏|家(?![旺明豪俊辉宝强伟良荣兴乐欣怡琪敏诚杰骏威祥华健文成铭权燕英])|生前|医生|医师|护士"
    r"|主任|书记|委员|干部|教授|律师|警官|法官|经理|理事|[镇县市省乡村区部局处科所院校队组会站][长委]"
)
_ROLE_BEFORE = re.compile(
    r"(?:民|居民|户主|[车业机]主|户|群众|老人|生|同学|孩|童|病例|家长|孩子|娃|儿|儿童|患者|病人|病患|[疾盲哑]人|对象|人员|妇|妇女|党员|[职员]工|工人|者"
    r"|当事人|人|员|家属|妻子|丈夫|老公|老婆|儿子|女儿|母亲|父亲|孙子|孙女|叫|叫做|名为|名是|名字|姓名|少年|少女|青年"
    r"|妈妈|爸爸|奶奶|爷爷|外婆|外公|公公|婆婆|顶梁柱|老兵|主人公|母子|父子|母女|父女|夫妇|兄弟|姐妹|遗孀|男方|女方|男子|女子|人名|本人|[弃女男]婴|[本真原实]名|真实姓名)[是为系叫:：\s“\"（(、]{0,2}$"
)
_RARER = "章鲍滕屈穆祁湛窦翟裴娄臧戚尤商党农路席云水花池幸"
"""Surnames that are ordinary words more often: read as such only where somebody is introduced."""
_ALSO_A_WORD = frozenset(f"万余项于程方常向任管单成高简安时包解{_RARER}")
"""Surnames that begin common words: alone with one more sign they are no name, unless somebody is introduced."""
_SURNAME = re.compile(rf"欧阳|司徒|上官|诸葛|司马|皇甫|尉迟|慕容|令狐|[{SURNAMES}{_RARER}]")
_DAY = re.compile(r"周[二三四五六日]")
_GRANDCHILD = re.compile(r"孙[女儿]")
_TITLED = re.compile(r"大娘|大爷|大妈|大姐|大哥|大嫂|大伯|阿姨|老师|同志|医生|教授")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WEAK_BEFORE = frozenset(
    "的是叫为给对与和及由被把让向到在因帮助接送找望访助即系问村组区镇县市队屯坊里圩寨湾学班级校园院号一二三据经现获将"
    "说知悉报称见遇救抓请约谈同跟随陪带领替收认有喊发了着过名位其之此房栋室户幢部师进到往解务实括置止劝邀致于"
)
_GOOD_AFTER = frozenset(
    "的家说是在有因患被住今现时年才刚从自去前对如答按签早近最日和与及等向对也就还都已曾不突常长多每独两双左右将要无没靠由以经至确查得罹遭受"
    "享领欠月全父母妻丈夫儿女孙爷奶爸妈姐弟哥妹离丧未系则却只仅仍出生读上念刑吸戒服反此原名其他她一直竟连把为给让到回来走跑身瘫"
    "残聋哑盲失肢截卧病重中透化骨车溺轻借负贫穷困拖获收拿申办接姓男同小先下正属作于感老又"
)
_NEVER_AFTER = re.compile(
    r"[村镇县市省路街桥河江山水库湖岭坑组队厂店站局厅院校场园馆所]|社区|水库|公司|老师|老板|小学|中学"
)


_ORDINARY_USE = 5


@dataclass(frozen=True, slots=True)
class FullName:
    """A full name where it stands."""

    start: int
    end: int
    name: str


def full_names(
    plain: str,
    start: int,
    end: int,
    not_names: Collection[str] = (),
    taken: Iterable[tuple[int, int]] = (),
) -> Iterator[FullName]:
    """The full names in a stretch of text.

    ``not_names`` are words that only look like one; ``taken`` are the places, in order, where other words
    stand for certain.
    """
    first = start
    others = deque(taken)
    for match in _SURNAME.finditer(plain, start, end):
        while others and others[0][1] <= match.start():
            others.popleft()
        limit = others[0][0] if others else end
        if match.start() < first or match.start() >= limit:
            continue
        found = _name_at(plain, match, limit, not_names)
        if found:
            first = found.end
            yield found


def _name_at(plain: str, surname: re.Match[str], limit: int, not_names: Collection[str]) -> FullName | None:
    """The name that begins with a surname, the longer one first."""
    start, given = surname.span()
    told = _ROLE_BEFORE.search(plain, max(0, start - 8), start) is not None
    before = plain[start - 1 : start]
    opens = not _HAN.match(before) or before in "的叫是"
    if (surname.group() in _RARER and not told) or _DAY.match(plain, start) or _GRANDCHILD.match(plain, start):
        return None
    behind_a_word = _is_a_word(plain[max(0, start - 2) : start])
    if before.isdigit() or before == "·" or not (told or opens or before in _WEAK_BEFORE or behind_a_word):
        return None
    only_a_word = not (told or opens or before in _WEAK_BEFORE)
    spaced = _SPACED.match(plain, given)
    if spaced and opens and spaced.end() <= limit and _NOT_SPACED.isdisjoint(spaced.group()):
        return FullName(start, spaced.end(), re.sub(r"\s", "", plain[start : spaced.end()]))
    for end in (given + 2, given + 1):
        short = end - start == 2
        sure = end == limit or ((told or opens) and not short)
        doubtful = short and not told and (surname.group() in _ALSO_A_WORD or not opens)
        doubtful = doubtful or (short and not told and _is_a_word(plain[start:end]))
        doubtful = doubtful or not (told or opens or short or not _is_done(plain[given:end]))
        if only_a_word and (short or not _is_no_word(plain, start, given, end) or not _may_follow(plain, end)):
            continue
        if end > limit or doubtful or not _may_be_given(plain, given, end):
            continue
        ambiguous = surname.group() in _ALSO_A_WORD or (told and _is_a_word(plain[start : given + 1]))
        if ambiguous and not short and _goes_on(plain, end):
            continue
        if sure or _may_follow(plain, end) or (end - given == 2 and _is_no_word(plain, start, given, end)):
            name = plain[start:end]
            if name not in not_names and name[:2] not in not_names:
                return FullName(start, end, name)
    return None


def _may_be_given(plain: str, given: int, end: int) -> bool:
    """Can these signs be a given name, where they stand?"""
    if any(sign in _NEVER_GIVEN or not _HAN.match(sign) for sign in plain[given:end]):
        return False
    if _NOT_GIVEN.match(plain, given) or _ONLY_FIRST in plain[given + 1 : end] or plain[given:end] == _ONLY_FIRST:
        return False
    if not _ONLY_LAST.isdisjoint(plain[given:end]):
        last_of_two = end - given == 2 and plain[given] not in _ONLY_LAST and plain[given + 1] in _ONLY_LAST
        if not last_of_two or _KIN.match(plain, given):
            return False
    titled = _TITLED.match(plain, end - 1)
    return not titled and not _COURTESY.match(plain, given) and not _NEVER_AFTER.match(plain, end)


def _is_no_word(plain: str, start: int, given: int, end: int) -> bool:
    """Is a name of three signs cut out of no ordinary words, so that anything may follow it?"""
    pieces = plain[start : given + 1], plain[given:end], plain[end - 1 : end + 1], plain[start - 1 : given]
    return not any(map(_is_a_word, pieces))


def _goes_on(plain: str, end: int) -> bool:
    """Is the last sign the first half of a word, as in 残疾人解决实际困难?"""
    return end < len(plain) and _is_a_word(plain[end - 1 : end + 1])


def _is_done(piece: str) -> bool:
    """Is it a verb in use, as in 救助金发放?"""
    return _is_a_word(piece) and vocabulary().tag(piece).startswith("v")


def _is_a_word(piece: str) -> bool:
    """Is it an ordinary word in use, and not known as a name?"""
    return vocabulary().use(piece) >= _ORDINARY_USE and not vocabulary().tag(piece).startswith(("nr", "nz"))


def _may_follow(plain: str, end: int) -> bool:
    """Does what follows stand where a name has ended?"""
    after = plain[end : end + 1]
    return not after or not _HAN.match(after) or after in _GOOD_AFTER
