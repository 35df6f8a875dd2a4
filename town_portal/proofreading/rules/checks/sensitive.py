"""慎用词: words that a town does not write.

Found: superlatives in praise of wares, waters and sights (广告法); promises that they cure; words that belittle
people (terms with note 称谓); a criminal before the verdict; 港澳台 set beside countries; 亲自 and 亲临 of leaders.

Silent: what is in quotation marks or a title, ranks won in a contest or measured, warnings against false
promises, what must be done in person, and fixed expressions (terms with note 通行).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon
from town_portal.proofreading.rules.values.stretches import sentence_at
from town_portal.proofreading.rules.writing import Writing

KIND = "sensitive"
"""Terms of this kind, by ``note``: 称谓 (``right``: what to say instead), 通行 (in use, never meant), 推介物 (what is praised)."""

_SCOPE = (
    r"(?:全[国省市县球网]|全世界|世界|国[内际]|[省市县业]内|行业|同行|华南|岭南|珠三角|大湾区|粤北|广东|清远|中国|亚洲|天下|史上|有史以来)"
    r"(?:范围)?(?:上|内|地区|同类\w{0,3})?(?:公认)?的?"
)
_BEST = r"(?:最(?:[好优佳强甜香纯靓棒牛]|正宗|先进|高端|地道|好吃|优质)|首屈一指|无双|独一无二|绝无仅有|顶[级尖]|之最|无敌|唯一)"
_FIRST = r"第一(?![批个次届家轮线课步季名位人医中小书时阶产责议场期代手届梯方辑站枚块条间支])"
_SUPERLATIVE = re.compile(
    rf"(?:堪称|号称|誉为|绝对是|无疑是|可谓|当之无愧的?|稳居|妥妥的?)?{_SCOPE}(?:{_BEST}|{_FIRST})"
    r"|天下第一|世界第一|全网最低|史上最低|销量第一|第一品牌|独一无二|举世无双|无与伦比|绝无仅有|盖世无双|极品|至尊|顶级(?!域名|赛事|专家)"
    r"|(?:品质|质量|口感|味道|水质|风味|效果)(?:是)?最(?:好|佳|优|棒|正宗)的?|最(?:正宗|地道|顶级|优质|好吃|好喝|甜|香|美味)的"
    r"|最高级的?(?!别|人民|法院|会|领导|任务)|绝对(?:安全|有效|正宗|纯天然|无害)|无任何(?:副作用|毒副作用|风险)|零风险|史上最(?:低|高|强|好|便宜)(?:价|的)?|(?:包|保)(?:赚|甜|活|退)不\w"
    r"|(?:100%|百分之?百)(?:无(?:虫害|病害|残留|公害|污染|副作用|风险)|安全|放心|成活|满意|纯?天然|有效|治愈|正宗|见效|无害|纯手工)(?!率)|国家级(?:品质|享受|口感|美味|水准)"
)
_PRAISED_PLAINLY = re.compile(r"堪称|号称|绝对是|无疑是|妥妥")
_MEASURED = re.compile(
    r"比赛|竞赛|大赛|评比|考核|排[名行]|名列|[位居]居|位列|荣获|获得?|评[选为定审]|授予|认[定证]|统计|数据|增速|得分|测评|满意度|入选|公布|榜|奖|[纪记]录|产[量值]|面积|总量|单产"
    r"|普查|虚假|夸大|绝对化|广告法|用语|宣传语|违[法规]|禁止|不得|不能|整改|处罚|争创|争当|力争|目标|努力|瞄准|对标|时候?[，,]?[^，]{0,4}$"
)
_BY_SEASON = re.compile(r"(?:此时|时|期|季|月|时候|现在|这会儿)[^，。]{0,6}$")
_CURE = re.compile(
    r"(?:病|癌|症|炎|高血[压糖脂]|风湿|痛风)[^，。；]{0,8}(?:断根|根治|除根|痊愈|全好|就好了)"
    r"|(?:根治|治愈|治好|治疗|医治|医好|包治|主治|专治|预防和治疗)[^，。；]{0,12}?(?:病|癌|症|炎|血[压糖脂]|风湿|痛风|三高|失眠|百病|疾)|包治百病|百病[全皆不]\w|治百病|药到病除"
    r"|(?:风湿|骨痛|腰痛|关节痛|头痛|失眠|病痛|病)[^，。；]{0,4}(?:全消|全无|立消|全没了|都没了|不翼而飞)|(?:降糖|降压|抗癌|补肾|止痛|养生|保命)[^，。；]{0,2}神[药水器]|神[药水](?!泉)|包好(?=[，。；”]|$)"
    r"|延年益寿|长生不老|返老还童|(?:抗|防|抑)癌|降(?:血[压糖脂]|三高)|根除[^，。；]{0,6}(?:病|疾)|(?:神奇|显著|独特|特殊|良好|立竿见影)的?(?:疗效|治疗(?:效果|作用))|疗效(?:显著|神奇|确切|奇特|极佳)"
)
_CAUTION = re.compile(
    r"谨防|警惕|虚假|骗|夸大|宣称|声称|谎称|不能|不得|不可|禁止|严禁|误导|辟谣|代替|并[不非未]|[勿莫]信|吹嘘|违[法规]|没有|不具|查处|整治|患者|医院|医生|医师|医务|就诊"
    r"|医保|住院|手术|门诊|卫生院|救治|接种|黄龙病|溃疡病|炭疽|霜霉|疫病|虫|喷[施药洒]|药剂|施药|果树|病树|传说|相传|不要|别信|说法|传言|不实|霉|锈病|用药"
)
_CAUGHT = re.compile(
    r"抓获|抓[住到]|捉住|擒获|捕获|逮捕|刑[事]?拘|拘留|控制住?|制服|押[解送]|带回|讯问|审讯|审问|落网|到案|归案|移送|侦破|移交|投案|自首|追捕|潜逃|锁定|指认|供述|交代|抓捕|缉拿|提起公诉|移送起诉|批准?捕|受审|开庭"
)
_CRIMINAL = re.compile(r"罪犯|案犯|人犯|凶手|凶犯|犯罪分子|(?:杀人|盗窃|抢劫|诈骗|强奸|纵火)犯(?!罪)|毒贩")
_CONVICTED = re.compile(
    r"判[决处刑]|宣判|服刑|有期徒刑|无期|死刑|缓刑|社区矫正|刑满|改造|监狱|法院[^，。]{0,6}判|生效|减刑|假释|震慑|不给|可乘之机|警惕|防范|嚣张|严厉打击|罪犯[^，。]{0,4}(?:监管|矫正)"
)
_UNTRIED = re.compile(r"(?:还没|尚未|未经|没有)(?:开庭|审判|宣判|判决|审理)|涉嫌|审查起诉|侦查阶段")
_SOME = re.compile(r"[\u4e00-\u9fff]某")
_FEW_WORDS = 10
_ONE_PERSON = re.compile(r"\d|[一两二三四五六七八九十]名?|某|该|将|此|这|当场|现场|其中|嫌疑|都|均")
_TAIWAN = re.compile(
    r"(?:香港|澳门|台湾|港澳台?|[港澳]、台)(?:、[\u4e00-\u9fff]{2,5}){0,5}(?:等(?:[\d一二两三四五六七八九十几多]+[多余]?个)?)(?:国家|国)(?!家)(?![和与及、或（]?地区)"
    r"|(?:[\u4e00-\u9fff]{2,5}、){1,5}(?:香港|澳门|台湾)(?:、[\u4e00-\u9fff]{2,5}){0,5}等?(?:[\d一二两三四五六七八九十几多]+[多余]?个)?国家(?![和与及、或（]?地区)"
    r"|(?:国家|外国|国外)(?:包括|例?如|有|：)[^。；，]{0,12}(?:香港|澳门|台湾)"
    r"|中国(?:、|和|与|及|同|跟|以及)(?:香港|澳门|台湾)|(?:香港|澳门|台湾)(?:、|和|与|及|同|跟)中国(?=[，。的两之]|$)"
    r"|台湾(?:总统|国(?!家|民|语|际|庆|防)|外交部|国防部)|(?:台两国|台湾国)|中华民国(?![\d元初二三四五六七八九十]|时期|年)"
    r"|(?:中港|中台|中澳门|[中陆]台两[国地]|港中|台中关系)(?:两地|两国|关系|贸易|合作|交流|青年|文化|边境|双方|企业|经贸)|(?:大陆|内地|祖国)(?:、|和|与|同)(?:香港|澳门|台湾)(?:两国|各国|等?国家)"
    r"|(?:香港|澳门|台湾)、[^，。；]{2,16}等?(?:[\d一二两三四五六七八九十几]+[多余]?个)国家(?!和地区)"
    r"|出国(?:去|到|赴|前往|游?学?[至到])?(?:香港|澳门|台湾)"
)
_IN_PERSON = re.compile(
    r"(?:在?百忙之中|不辞辛劳，?|日理万机，?|屈尊)?(?:亲自|亲临|莅临|御驾亲征|屈尊)|在?百忙之中(?:抽空|抽出时间|拨冗|到|来|前来|赶)|日理万机"
)
_LEADER = re.compile(r"(?:书记|[镇县市区省局]长|主席|领导|首长|委员|主任|部长|干部|市委|县委|镇党委)(?:们|一行|班子)?")
_DUTY = re.compile(
    r"[要须应需]|必须|务必|确保|总书记|习近平|主要(?:负责|领导)|一把手|第一责任|各[村级地部单]|老书记|退休|原[镇村]"
)
_OTHER_PEOPLE = re.compile(
    r"(?:村民|群众|孩子|小朋友|学生|家长|游客|居民|老人|农户|市民|选手|师傅|志愿者|传承人|大家|他们|队员)[^，。]{0,8}$"
)
_CLOSE = 8
"""Signs between two findings that are one."""
_CLAUSES = 34
"""How far before 亲自 its leader may stand."""


@dataclass(frozen=True)
class _Words:
    """The terms of this kind, ready to be found."""

    people: re.Pattern[str] | None
    rights: dict[str, str]
    praised: re.Pattern[str] | None


@kept_for_lexicon
def _words(lexicon: Lexicon) -> _Words:
    terms = [term for term in lexicon.terms if term.kind == KIND]
    rights = {term.words: term.right for term in terms if term.note == "称谓"}
    people = sorted((term.words for term in terms if term.note in ("称谓", "通行")), key=len, reverse=True)
    praised = [term.words for term in terms if term.note == "推介物"]
    return _Words(
        re.compile("|".join(map(re.escape, people))) if people else None,
        rights,
        re.compile("|".join(map(re.escape, praised))) if praised else None,
    )


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Words that a town does not write, where they are meant."""
    yield from _superlatives(writing, _words(lexicon))
    yield from _cures(writing, _words(lexicon))
    yield from _belittling(writing, _words(lexicon))
    yield from _criminals(writing)
    yield from _in_person(writing, lexicon)
    for match in writing.matches(_TAIWAN):
        yield _finding(writing, match, f"“{match.group()}”：港澳台是中国的一部分，不能与国家并列，请改写。")


def _finding(writing: Writing, match: re.Match[str], message: str, right: str | None = None) -> Finding:
    return writing.finding(Family.SENSITIVE_WORDING, *match.span(), message, right)


def _quoted(text: str, place: int) -> bool:
    """Does a place lie in quotation marks or in a title?"""
    line = text.rfind("\n", 0, place) + 1
    return any(
        text.rfind(opener, line, place) > text.rfind(closer, line, place) for opener, closer in ("“”", "《》", "‘’")
    )


def _mentioned(text: str, place: int) -> bool:
    """Does a place lie in quotation marks around a few words, which are spoken of and not said?"""
    opener, closer = text.rfind("“", 0, place), text.find("”", place)
    return _quoted(text, place) and 0 <= closer - opener <= _FEW_WORDS


def _side_by_side(matches: Iterator[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where matches stand, those close behind each other as one."""
    start = end = -1
    for match in matches:
        if end >= 0 and match.start() - end <= _CLOSE:
            end = match.end()
            continue
        if end >= 0:
            yield start, end
        start, end = match.span()
    if end >= 0:
        yield start, end


def _superlatives(writing: Writing, words: _Words) -> Iterator[Finding]:
    """最好, 第一, 顶级 of what the town has to offer."""
    matches = (match for match in writing.matches(_SUPERLATIVE) if _is_praise(writing, match, words))
    for start, end in _side_by_side(matches):
        written = writing.plain[start:end]
        message = f"“{written}”是广告法禁用的绝对化用语，请改成有依据的说法。"
        yield writing.finding(Family.SENSITIVE_WORDING, start, end, message)


def _is_praise(writing: Writing, match: re.Match[str], words: _Words) -> bool:
    """Is it one of our wares that is praised, and not a rank that was won or measured?"""
    start, sentence = sentence_at(writing, match.start())
    if _quoted(writing.plain, match.start()) or _BY_SEASON.search(sentence[: match.start() - start]):
        return False
    if not words.praised or not words.praised.search(sentence):
        return False
    return bool(_PRAISED_PLAINLY.search(match.group())) or not _MEASURED.search(sentence)


def _cures(writing: Writing, words: _Words) -> Iterator[Finding]:
    """A water, a fruit or a ware that is said to cure."""
    matches = (match for match in writing.matches(_CURE) if _is_promise(writing, match, words))
    for start, end in _side_by_side(matches):
        written = writing.plain[start:end]
        message = f"“{written}”是宣传疗效，普通产品和温泉不得这样写，请删改。"
        yield writing.finding(Family.SENSITIVE_WORDING, start, end, message)


def _is_promise(writing: Writing, match: re.Match[str], words: _Words) -> bool:
    _, sentence = sentence_at(writing, match.start())
    praised = words.praised and words.praised.search(sentence)
    return bool(praised) and not _quoted(writing.plain, match.start()) and not _CAUTION.search(sentence)


def _belittling(writing: Writing, words: _Words) -> Iterator[Finding]:
    for match in writing.matches(words.people) if words.people else ():
        if match.group() not in words.rights or _quoted(writing.plain, match.start()):
            continue
        right = words.rights[match.group()]
        advice = f"，可写“{right}”" if right else ""
        yield _finding(writing, match, f"“{match.group()}”是不当称呼{advice}，请改正。", right or None)


def _criminals(writing: Writing) -> Iterator[Finding]:
    """A 罪犯 who has only just been caught."""
    for match in writing.matches(_CRIMINAL):
        start, sentence = sentence_at(writing, match.start())
        place = match.start() - start
        near = sentence[max(0, place - 16) : place + len(match.group()) + 16]
        if _mentioned(writing.plain, match.start()) or _CONVICTED.search(sentence):
            continue
        if not (_CAUGHT.search(near) or (_SOME.match(writing.plain, match.end()) and _UNTRIED.search(sentence))):
            continue
        if _ONE_PERSON.search(near.replace(match.group(), "")):
            yield _finding(writing, match, f"未经法院判决，不能称“{match.group()}”，请改为“犯罪嫌疑人”。", "犯罪嫌疑人")


def _in_person(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """亲自 and 亲临 said of leaders."""
    matches = (match for match in writing.matches(_IN_PERSON) if _is_of_leader(writing, match, lexicon))
    for start, end in _side_by_side(matches):
        message = f"写领导活动不用“{writing.plain[start : start + 2]}”，请删去或改写。"
        yield writing.finding(Family.SENSITIVE_WORDING, start, end, message)


def _is_of_leader(writing: Writing, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Is the one who does it a leader of the town or the county, and not told to?"""
    start, sentence = sentence_at(writing, match.start())
    before = sentence[max(0, match.start() - start - _CLAUSES) : match.start() - start]
    if not _LEADER.search(before) and not any(leader.name in before for leader in lexicon.leaders):
        return False
    silent = _DUTY.search(before) or _OTHER_PEOPLE.search(before)
    return not silent and not _quoted(writing.plain, match.start())
