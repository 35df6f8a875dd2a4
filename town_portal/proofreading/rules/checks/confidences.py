"""涉密: who told the authorities, where forces stand guard and keep arms, and what is to stay inside.

Each is a thing and what the sentence says of it: an informant and a name or a list; a guarded place of the
forces and its posts; a keeper of arms and their number; a matter under way and that it must not go out.
Protecting informants, museums, forest guards, and groups for residents are none.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.surnames import SURNAMES
from town_portal.proofreading.rules.writing import Writing

_SOURCE = "这里能看出举报、投诉或提供线索的人是谁，请删去并交保密审查。"
_FORCE = "这里写出了部队、民兵的哨位、武器等情况，请删去并交保密审查。"
_INSIDE = "这里写明不对外、只在内部掌握，请先交保密审查；确可公开的，删去这句话再发。"

_SENTENCE = re.compile(r"[^。！？\n]+")
_TELLER = r"(?:举报|检举|控告|投诉|信访举报)(?:人|者|群众)|匿名信|实名举报|来信来访人员?|信访人员?|上访人员?|线索提供(?:人|者)"
_NAME = rf"(?:{'|'.join(sorted(SURNAMES, key=len, reverse=True))})(?:某[\u4e00-\u9fff]?|[\u4e00-\u9fff]{{1,2}}(?=[，。；、）（]|$))"
_LIST = re.compile(
    rf"(?:[\u4e00-\u9fff\d]{{0,3}}热线)?(?:{_TELLER})(?:的)?(?:个人)?(?:名单|名册|花名册|信息(?!员)|联系方式|台账)"
)
_TOLD = re.compile(
    rf"(?:{_TELLER})(?:的)?(?:经查|经核实|已查明)?(?:[是为系]|[:：])[^，。；\n]{{0,12}}?(?:村民?|居民|职工|员工|业主|的|[:：是为系])?{_NAME}"
    rf"|(?:举报|检举|控告)(?:人|者){_NAME}(?:[是为系]|[，、][男女住])"
)
_PROTECTED = re.compile(
    r"保护|保密|泄[露漏]|打击报复|严禁|不得|奖励|制度|规定|条例|办法|培训|[先][生]|女士|如实填写|须填写|应当?填写|请填写"
)
_AGENT = re.compile(r"(?<!掩人)(?<![扰遮塞])耳目(?!一新)|线人|特情(?:人员)?|秘密力量|(?:治安|秘密|情报)?信息员名[单册]")
_POLICE = re.compile(r"派出所|公安|民警|警方|警务|嫌疑|赌博|窝点|贩毒|案件|侦查|线索|单线|布建|物色")
_KEPT = re.compile(r"(?:建立|建好|完善|健全|规范)[^，。；\n]{0,10}(?:台账|名册|档案)")
_TALE = re.compile(
    r"抗[战日]|红军|革命|游击|地下党|地下交通|烈士|电影|电视|剧|小说|历史|当年|史馆|纪念馆|博物馆|陈列|展[览出示]|讲述|退役|退伍|老兵|服役|拍摄|模型|玩具"
)

_GARRISON = r"(?:武警|驻军|部队|军营|营区|靶场|弹药|军用|军事|雷达|武装部|民兵)"
_POST = r"(?:固定哨|潜伏哨|游动哨|哨位|岗哨|哨所|哨兵|换岗|哨卡|双岗)"
_GUARD = re.compile(rf"{_GARRISON}[^，。；！？\n]{{0,16}}?{_POST}[^，。；！？\n]{{0,4}}")
_WHERE = re.compile(
    r"位于|设[在有于]|分布|制高点|换岗|间隔|每班|每岗|单人|双人|监控|盲区|避开|\d+[处个]|[一二三四五六七八九十两]+[处个]|小时|分钟"
)
_NO_POST = re.compile(r"慰问|植树|参观|防汛|抢险|森林|防火|护林|防溺水|疫情|劝导|交通")
_ARMS = re.compile(
    r"(?:配发|配备|领取|领用|库存|库内|存放|现有|装备|储存|保管|编配|存有|共有)[^，。；！？\n]{0,10}?"
    r"(?:步枪|手枪|机枪|冲锋枪|枪[支械]|轻武器|武器|弹药|子弹|手榴弹|迫击炮|火炮|火箭筒)[^，。；！？\n\d]{0,4}\d+余?[支件发枚门挺箱把具]"
)
_KEEPER = re.compile(r"民兵|武装部|部队|驻军|武警|军械|兵器|枪械库|武器库|弹药库|营区")
_TAKEN = re.compile(r"收缴|上[交缴]|查获|缴获|没收|销毁|罚没")

_MATTER = r"(?:进展|进度|情况|结论|原因|结果|底价|价格|报价|方案|名单|数字|数据|人选|口径|事项|内容|消息|细节|[这此]事|标准|案情|线索|意向|安排|会议|谈话|文件|材料)"
_OUT = r"(?:传|说|讲|谈|公开|公布|发布|透露|宣布|宣传|回应|泄露|声张)?(?:出去)?"
_STAY = re.compile(
    rf"{_MATTER}[^，。；！？\n]{{0,5}}?(?:暂时?|暂且|先|目前|现阶段|一律|尚|还|请)?(?:不[便宜能要准许得]?|别|勿|莫)(?:要)?(?:再)?(?:[对向往朝]外{_OUT}|外[传说泄])(?=[，。；！、）\n]|$)"
    r"|(?:仅限?|只限?|限)(?:限)?(?:于|在|供)?(?:本|我们|这个|咱们?|工作)?(?:微信)?群(?:内|里|成员)?(?:部)?(?:看|传达|传阅|掌握|知[晓道悉]|使用|查看|阅读|交流)?(?=[，。；！、）\n]|$)"
    r"|不[得要许]?出(?:本|这个|咱们?)群(?=[，。；！、）\n]|$)"
    r"|(?:[仅只由][^，。；！？\n]{0,8}?)?内部掌握(?!的?(?:原则|标准|尺度))(?:就行|即可|就好|使用)?(?=[，。；！、：:）\n]|$)"
    r"|[仅只]供[^，。；！？\n]{0,8}(?:班子|领导|干部|支书)[^，。；！？\n]{0,4}掌握"
    r"|(?:看完|看后|阅后|读完)(?:请|即|就|后|自行|立即|马上|及时|随手)*删(?:除|掉)?(?=[，。；！、）\n]|$)"
)
_NO_STAY = re.compile(r"诈骗|谣|骗|兼职|链接|密码|验证码|营业|开放|办公|广告|培训|规定|“")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every informant that is named, every post and store of arms, every word that a matter stays inside."""
    del lexicon
    plain = writing.plain
    for sentence in _SENTENCE.finditer(plain):
        for start, end, message in _in(plain, *sentence.span()):
            yield writing.finding(Family.SECRECY, start, end, message)


def _in(plain: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Spans of one sentence."""

    def said(words: re.Pattern[str]) -> bool:
        return words.search(plain, first, last) is not None

    if not said(_PROTECTED) and not said(_KEPT):
        for pattern in (_LIST, _TOLD):
            yield from ((*match.span(), _SOURCE) for match in pattern.finditer(plain, first, last))
    if said(_POLICE) and not said(_TALE):
        yield from ((*match.span(), _SOURCE) for match in _AGENT.finditer(plain, first, last))
    if said(_WHERE) and not said(_TALE) and not said(_NO_POST):
        yield from ((*match.span(), _FORCE) for match in _GUARD.finditer(plain, first, last))
    if said(_KEEPER) and not said(_TALE) and not said(_TAKEN):
        yield from ((*match.span(), _FORCE) for match in _ARMS.finditer(plain, first, last))
    if not said(_NO_STAY):
        yield from ((*match.span(), _INSIDE) for match in _STAY.finditer(plain, first, last))
