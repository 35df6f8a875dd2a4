"""Every setting there is: its shape, its default, and what the default rests on.

Evidence tags follow the domain file: [S] the source report, [L] law, [D] derived, [M] memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One scalar inside a setting: where it stands and how a person edits it."""

    path: str
    """Dotted path inside the value, such as ``normal.second_review.amount``."""
    label: str
    kind: str = "text"
    """text | number | time | lines | address | one of ``choices``."""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    least: int | None = None
    most: int | None = None
    optional: bool = False
    """May be left empty."""
    beside: str = ""
    """The path of the field it stands with: left out when that one is left empty (a unit without its amount)."""
    table: str = ""
    """The table of the form in which it stands, by its heading; empty: it stands alone."""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting."""

    name: str
    label: str
    explanation: str
    evidence: str
    default: dict[str, Any]
    fields: tuple[Field, ...] = field(default=())
    shares: bool = False
    """Its numbers are shares of a whole: they add up to 100."""
    over_midnight: bool = False
    """Its times do not follow each other within a day; they must only differ."""


_AMOUNT_UNITS = (
    ("working_day", "个工作日"),
    ("working_hour", "个工作小时"),
    ("natural_day", "个自然日"),
    ("hour", "小时（不分节假日）"),
)
_STEPS = (
    ("first_review", "一审一校"),
    ("second_review", "二审二校"),
    ("cross_review", "交叉审核"),
    ("third_review", "三审三校"),
    ("publish", "发布"),
    ("revise", "修改重报"),
)
_LANES = (("normal", "普通"), ("urgent", "绿色通道"))

_WAYS = (
    ("off", "不提醒"),
    ("portal", "只在门户"),
    ("group", "工作群"),
    ("sms", "短信"),
    ("mail", "邮件"),
    ("group_sms", "群＋短信"),
    ("all", "群＋短信＋邮件"),
)
_DETAILS = (("words", "标题和对方说的话"), ("titles", "只写标题"), ("nothing", "都不写，只说有什么事、什么时候到期"))
_SPANS = (("month", "每月"), ("quarter", "每季度"))
_YES_NO = (("yes", "是"), ("no", "否"))


def _lane(
    half: int, before: int, deputy: int, superior: int, ways: tuple[str, str, str, str, str, str]
) -> dict[str, Any]:
    arrived, halfway, near, due, second, above = ways
    return {
        "arrived": {"ways": arrived},
        "half": {"share": half, "ways": halfway},
        "before": {"minutes": before, "ways": near},
        "due": {"ways": due},
        "deputy": {"minutes": deputy, "ways": second},
        "superior": {"minutes": superior, "ways": above},
    }


_RUNGS = (
    ("arrived", "新到", "", "", 0, 0),
    ("half", "时限用去百分之几", "share", "用去时限的百分之几提醒", 10, 90),
    ("before", "到期前几个工作分钟", "minutes", "到期前多少工作分钟提醒", 5, 480),
    ("due", "到期", "", "", 0, 0),
    ("deputy", "超时几个工作分钟转告副手", "minutes", "超时多少工作分钟转告副手", 0, 2400),
    ("superior", "超时几个工作分钟督办（告知上一级）", "minutes", "超时多少工作分钟督办", 0, 4800),
)


def _ladder_fields() -> Iterator[Field]:
    """A row for each rung, a column for each lane; in a cell where it stands and by which ways it is told."""
    for lane, label in (("normal", "普通"), ("urgent", "紧急")):
        for rung, row, name, words, least, most in _RUNGS:
            place: dict[str, Any] = {"table": "什么时候、怎么提醒", "row": row, "column": label}
            if name:
                yield Field(f"{lane}.{rung}.{name}", f"{label} · {words}", "number", least=least, most=most, **place)
            yield Field(f"{lane}.{rung}.ways", f"{label} · {row}的办法", "choice", _WAYS, **place)


# Two shipped routes; the town's own rule is the default (the source report, 六(四)).
DRAFTER_FIRST: dict[str, Any] = {
    "name": "拟稿人 → 部门负责人 → 分管领导",
    "drafter_signs": "first_review",
    "steps": [
        {"stage": "second_review", "role": "head", "place": "counterpart"},
        {"stage": "third_review", "role": "leader", "place": "counterpart"},
    ],
}
THREE_REVIEWERS: dict[str, Any] = {
    "name": "部门负责人 → 分管领导 → 主要领导",
    "drafter_signs": None,
    "steps": [
        {"stage": "first_review", "role": "head", "place": "counterpart"},
        {"stage": "second_review", "role": "leader", "place": "counterpart"},
        {"stage": "third_review", "role": "principal", "place": "coordinating"},
    ],
}
ROUTES = {"drafter_first": DRAFTER_FIRST, "three_reviewers": THREE_REVIEWERS}

CLOCKS = ("working_hours", "step_limits", "golden_days")
"""The settings by which limits run: another value moves what is open."""
KINDS = {"item": "一般稿", "correction": "更正稿"}
"""The kinds of items a limit may differ by."""
GENERAL = "各路线通用"
"""The table of limits that holds wherever no other says something."""


def route_key(route: Mapping[str, Any] | None) -> str | None:
    """The name of the shipped route an item goes by; None when it has none or one that is not shipped."""
    if route is None:
        return None
    same = ("drafter_signs", "steps")
    return next((key for key, one in ROUTES.items() if all(one[part] == route.get(part) for part in same)), None)


def _limits(amount: int, unit: str) -> dict[str, Any]:
    return {name: {"amount": amount, "unit": unit} for name, _ in _STEPS}


def _limit_table(before: str, table: str, steps: Iterable[tuple[str, str]], *, optional: bool) -> Iterator[Field]:
    """The fields of one table of limits: a row for each step, a column for each lane."""
    for lane, lane_label in _LANES:
        for name, label in steps:
            path, shown = f"{before}{lane}.{name}", f"{lane_label} · {label}"
            shown = f"{table}：{shown}" if optional else shown
            place: dict[str, Any] = {"optional": optional, "table": table, "row": label, "column": lane_label}
            yield Field(f"{path}.amount", shown, "number", least=1, most=60, **place)
            yield Field(f"{path}.unit", f"{shown}的单位", "choice", _AMOUNT_UNITS, beside=f"{path}.amount", **place)


def _limit_fields() -> tuple[Field, ...]:
    """The general table, and for each route and kind one that may be left empty, wholly or in part."""
    found = list(_limit_table("", GENERAL, _STEPS, optional=False))
    for route, way in ROUTES.items():
        passed = {step["stage"] for step in way["steps"]} | {"cross_review", "publish", "revise"}
        for kind, label in KINDS.items():
            steps = [step for step in _STEPS if step[0] in passed]
            found += _limit_table(f"routes.{route}.{kind}.", f"{way['name']} · {label}", steps, optional=True)
    return tuple(found)


CATALOGUE: dict[str, Key] = {
    key.name: key
    for key in (
        Key(
            "golden_days",
            "三天黄金期",
            "从事件第二天起算，到第几天结束前发布算及时；事件当天不算。",
            "[S] 报告只说“三天黄金期”，没有定义；[D] 默认 3 个自然日",
            {"days": 3, "count": "natural"},
            (
                Field("days", "天数", "number", least=1, most=30),
                Field("count", "按什么算", "choice", (("natural", "自然日"), ("working", "工作日"))),
            ),
        ),
        Key(
            "step_limits",
            "各审核环节时限",
            "每一步从稿件到达起算，只计工作时间；选“自然日”的第二天起算，到最后一天下班为止，遇放假顺延到下一个上班日；"
            "选“小时”的不分节假日。某条路线或更正稿另有时限的才填后面几张表，不填的：更正稿照同一条路线的一般稿，"
            "一般稿照通用。",
            "[S] 报告要求“明确各环节审核时限”和“绿色通道”，没有给出数字；"
            "[D] 默认普通 1 个工作日、绿色通道 2 个工作小时；[L] 自然日按《民法典》第二百零一条、第二百零三条",
            {"normal": _limits(1, "working_day"), "urgent": _limits(2, "working_hour")},
            _limit_fields(),
        ),
        Key(
            "duty_limits",
            "其他事项时限",
            "审核环节以外的事多久要办完；到期前后按“提醒阶梯”提醒。",
            "[S] 报告要求三天内发布，没有写报送用几天；[D] 默认事件后 2 天内送审，留 1 天审核和发布；其余为默认值",
            {
                "filing_days": 2,
                "correction_hours": 4,
                "confirmation_days": 1,
                "late_finding_hours": 4,
                "vacancy_days": 3,
            },
            (
                Field("filing_days", "事件后几天内送审（自然日）", "number", least=1, most=30),
                Field("correction_hours", "更正稿起草后几个工作小时内送审", "number", least=1, most=80),
                Field("confirmation_days", "设置和词库提出后几个工作日内确认", "number", least=1, most=30),
                Field("late_finding_hours", "发布后疑点几个工作小时内处理", "number", least=1, most=80),
                Field("vacancy_days", "岗位空缺几个工作日内补上", "number", least=1, most=60),
            ),
        ),
        Key(
            "faults",
            "纠错",
            "发布后的差错多久受理、改正、说明、核销；就地改正最多改几个字，超过的走更正稿。",
            "[S] 报告要求“建立常态化信息纠错机制”，没有写时限；[D] 均为默认值，请核定",
            {
                "accept_hours": 2,
                "fix_hours": 3,
                "sign_hours": 2,
                "answer_days": 2,
                "recall_days": 1,
                "close_days": 2,
                "fix_characters": 40,
            },
            (
                Field("accept_hours", "受理：几个工作小时内", "number", least=1, most=40),
                Field("fix_hours", "改正：受理后几个工作小时内", "number", least=1, most=40),
                Field("sign_hours", "复核：提出改正后几个工作小时内", "number", least=1, most=40),
                Field("answer_days", "单位说明：改正后几个工作日内", "number", least=1, most=30),
                Field("recall_days", "渠道核销：改正后几个工作日内", "number", least=1, most=30),
                Field("close_days", "结案：说明后几个工作日内", "number", least=1, most=30),
                Field("fix_characters", "就地改正最多改几个字（删去和新增合计）", "number", least=2, most=200),
            ),
        ),
        Key(
            "ladder",
            "提醒阶梯",
            "每件事从到手到超时，什么时候、用什么办法、提醒谁。分钟都按工作时间算；门户的“提醒”里总会有。",
            "[S] 报告七（二）审核流程衔接不畅、错失三天黄金期；[D] 各级数值为默认值",
            {
                "normal": _lane(50, 60, 120, 390, ("portal", "portal", "group", "group_sms", "group", "group_sms")),
                "urgent": _lane(
                    50, 30, 30, 60, ("group_sms", "group", "group_sms", "group_sms", "group_sms", "group_sms")
                ),
                "digest": {"at": "08:30", "ways": "group"},
                "batch": {"minutes": 30},
                "outside": {"detail": "words"},
            },
            (
                *_ladder_fields(),
                Field("digest.at", "每日汇总 · 几点", "time"),
                Field("digest.ways", "每日汇总 · 怎么送", "choice", _WAYS),
                Field(
                    "outside.detail",
                    "发到门户以外的提醒写多少",
                    "choice",
                    _DETAILS,
                    hint="含个人信息的标题和意见无论如何不发出去",
                ),
                Field("batch.minutes", "不急的提醒，两次之间至少隔几分钟", "number", least=0, most=240),
            ),
        ),
        Key(
            "rhythm",
            "报送节奏",
            "每个单位一个月或一个季度报送多少篇。没报够的，过半以后提醒信息员，到期前再提醒；报送按第一次送审算，更正稿不算。",
            "[S] 报告要求各单位及时报送，没有写篇数；[D] 村（社区）每月 2 篇、办公室每月 3 篇为默认值，请核定",
            {
                "village": {"items": 2, "period": "month"},
                "office": {"items": 3, "period": "month"},
                "listed": {"columns": []},
            },
            (
                Field("village.items", "村（社区）报送篇数", "number", hint="0 就是不要求", least=0, most=60),
                Field("village.period", "村（社区）按什么算", "choice", _SPANS),
                Field("office.items", "办公室报送篇数", "number", hint="0 就是不要求", least=0, most=60),
                Field("office.period", "办公室按什么算", "choice", _SPANS),
                Field(
                    "listed.columns",
                    "每季度至少报一篇的单位和栏目",
                    "lines",
                    hint="一行一条：单位：栏目，如“农业农村办公室：通知公告”；没有就空着",
                    optional=True,
                ),
            ),
        ),
        Key(
            "freshness",
            "栏目更新期限",
            "栏目多久没有发布算没更新；用到百分之几开始提醒统筹管理。空白栏目马上提醒。",
            "[L] 国办秘函〔2019〕19号：动态、要闻类 2 周，通知公告、政策文件类 6 个月，空白栏目即为问题；[D] 用到 80% 提醒，空白栏目 14 天内补上",
            {
                "news": {"columns": ["工作动态"], "days": 14},
                "other": {"days": 180},
                "blank": {"days": 14},
                "amber": 80,
            },
            (
                Field("news.columns", "动态、要闻类栏目", "lines", hint="栏目名，一行一个", optional=True),
                Field("news.days", "动态、要闻类几天要更新", "number", least=1, most=366),
                Field("other.days", "其他栏目几天要更新", "number", least=1, most=3660),
                Field("blank.days", "空白栏目几天内补上", "number", least=1, most=366),
                Field("amber", "用到百分之几开始提醒", "number", least=10, most=100),
            ),
        ),
        Key(
            "bulletin",
            "工作通报",
            "每季度的工作通报：各单位几个工作日内提异议、几个工作日内印发、几个工作日内签收，都从第二天起算；以及通报上印的各项。"
            "已经编制的通报，“重新取数”后才按新的版式。",
            "[S] 报告要求每季度形成工作通报，没有给出期限和文号，发文机关标志、机关代字、主送、抄送请核定；"
            "[D] 期限为默认值；版式按 GB/T 9704-2012",
            {
                "objection_days": 3,
                "issue_days": 3,
                "acknowledge_days": 2,
                "code": "汤信公",
                "red_head": "yes",
                "mark": "佛冈县汤塘镇党政和人大办公室文件",
                "signed": "佛冈县汤塘镇党政和人大办公室",
                "sealed": "yes",
                "to": "各村（社区）、镇各办公室",
                "copies": "镇党委、人大、政府领导班子成员",
                "printed_by": "佛冈县汤塘镇党政和人大办公室",
                "note": "",
            },
            (
                Field("objection_days", "征求意见几个工作日", "number", least=1, most=20),
                Field("issue_days", "征求意见结束后几个工作日内印发", "number", least=1, most=20),
                Field("acknowledge_days", "印发后几个工作日内签收", "number", least=1, most=20),
                Field("code", "机关代字", hint="发文字号的前一半，如“汤信公〔2026〕3号”里的“汤信公”"),
                Field("red_head", "要不要红头", "choice", _YES_NO),
                Field("mark", "发文机关标志", hint="红头上的字，机关全称或规范化简称，可以加“文件”"),
                Field("signed", "署名"),
                Field("sealed", "要不要盖章", "choice", _YES_NO, hint="盖章和不盖章，署名、日期的位置不一样"),
                Field("to", "主送", hint="不用写冒号"),
                Field("copies", "抄送", hint="不用写句号；没有就空着", optional=True),
                Field("printed_by", "印发机关", optional=True),
                Field("note", "附注", hint="如“此件公开发布”，不用写括号；没有就空着", optional=True),
            ),
        ),
        Key(
            "rectification",
            "督促整改期限",
            "整改通知发出后，单位几个工作日内答复，统筹办公室几个工作日内核查，单位最多可以延几个工作日（只能申请一次）。"
            "都从第二天起算。已经发出的不受影响。",
            "[S] 报告七（一）要求“及时通报并限期整改”，没有给出天数；[D] 各数为默认值",
            {"days": 10, "check_days": 3, "extension_days": 10},
            (
                Field("days", "几个工作日内答复", "number", least=1, most=60),
                Field("check_days", "答复后几个工作日内核查", "number", least=1, most=30),
                Field("extension_days", "最多延几个工作日", "number", least=1, most=60),
            ),
        ),
        Key(
            "appraisal",
            "年度考核权重",
            "年度绩效考核各项占百分之几，合计 100。某一年按那一年年底有效的权重算。",
            "[S] 报告七（三）要求“将主动公开情况纳入部门年度绩效考核，细化考核指标，加大考核权重”，没有给出权重；[D] 默认值，请核定",
            {"quarters": 70, "rectifications": 15, "spot_checks": 15},
            (
                Field("quarters", "四个季度得分占百分之几", "number", least=0, most=100),
                Field("rectifications", "整改落实占百分之几", "number", least=0, most=100),
                Field("spot_checks", "质量抽查占百分之几", "number", least=0, most=100),
            ),
            shares=True,
        ),
        Key(
            "spot_check",
            "抽查办法",
            "抽查清单、几个工作日内查完，过去的差错怎样增加被抽的机会。改了只影响以后抽的。",
            "[S] 报告七（一）要求“扩大信息质量抽查范围”，没有写怎么抽；[D] 清单按报告指出的问题拟定，各数为默认值",
            {
                "lines": [
                    "标题和正文没有错别字、病句，表述规范",
                    "数字、日期、金额前后一致，算得对",
                    "人名、职务、单位和地名写得对",
                    "没有公开身份证号、电话、住址等个人信息",
                    "没有不宜公开的内容",
                    "栏目放得对，附件和图片打得开",
                    "审核签字齐全，版本一致",
                ],
                "days": 10,
                "percent": 50,
                "most_faults": 4,
                "months": 12,
            },
            (
                Field("lines", "抽查清单", "lines", hint="一行一项，检查的人逐项填"),
                Field("days", "抽出后几个工作日内查完", "number", least=1, most=60),
                Field("percent", "每个已确认差错，被抽机会增加百分之几", "number", least=0, most=300),
                Field("most_faults", "最多按几个差错算", "number", least=0, most=20),
                Field("months", "算过去几个月的差错", "number", least=1, most=36),
            ),
        ),
        Key(
            "supervision",
            "网络健康",
            "“网络健康”页上，多少天算很久没动静，多少天内算新到岗，任职到期前几天提醒。",
            "[S] 报告要求每个单位明确一名专职信息员；[D] 天数为默认值",
            {"silent_days": 30, "newcomer_days": 30, "ending_days": 14},
            (
                Field("silent_days", "多少天没登录、没报送算没动静", "number", least=7, most=366),
                Field("newcomer_days", "到岗多少天内算新到岗", "number", least=7, most=366),
                Field("ending_days", "任职到期前几天提醒", "number", least=1, most=90),
            ),
        ),
        Key(
            "release_plan",
            "发布渠道安排",
            "一个栏目的信息在门户发布后，默认还要发到哪些渠道；没有写到的栏目由发布员一篇一篇勾选。",
            "[S] 报告二：借助佛冈通、佛冈发布、清远日报、南方+ 主动发布；[D] 哪个栏目发到哪里为默认值，请核定",
            {"columns": ["工作动态：佛冈发布", "通知公告：佛冈通"]},
            (
                Field(
                    "columns",
                    "各栏目默认发到哪些渠道",
                    "lines",
                    hint="一行一个栏目：栏目：渠道、渠道，如“通知公告：佛冈通、佛冈发布”",
                    optional=True,
                ),
            ),
        ),
        Key(
            "release_limits",
            "渠道发布时限",
            "门户发布后几个工作日内发到各渠道、多久问一次采用结果、多久补齐链接和截图；到期前后按“提醒阶梯”提醒。",
            "[S] 报告要求多渠道公开，没有写时限；[D] 均为默认值",
            {"post_days": 1, "answer_days": 10, "confirm_days": 2, "proof_days": 1},
            (
                Field("post_days", "安排后几个工作日内发布或报送", "number", least=1, most=30),
                Field("answer_days", "报送后几个工作日内登记采用结果", "number", least=1, most=60),
                Field("confirm_days", "单位报告采用后几个工作日内核实", "number", least=1, most=30),
                Field("proof_days", "登记后几个工作日内补齐链接和截图", "number", least=1, most=30),
            ),
        ),
        Key(
            "link_check",
            "渠道链接检查",
            "系统每周打开一次登记过的链接，看还在不在。只访问这里列出的网站；一个都没有列，就不访问任何网站。",
            "[D] 服务器能不能上外网由单位决定，默认不检查",
            {"hosts": []},
            (
                Field(
                    "hosts",
                    "可以访问的网站",
                    "lines",
                    hint="一行一个域名，不带 https://，如 mp.weixin.qq.com",
                    optional=True,
                ),
            ),
        ),
        Key(
            "quiet_hours",
            "免打扰",
            "这段时间和休息日不提醒，等开工再说；紧急件除外。",
            "[D] 默认 21:30—7:30 和休息日",
            {"from": "21:30", "to": "07:30", "rest_days": "yes"},
            (
                Field("from", "从几点起", "time"),
                Field("to", "到几点止", "time"),
                Field("rest_days", "休息日也不打扰", "choice", _YES_NO),
            ),
            over_midnight=True,
        ),
        Key(
            "working_hours",
            "工作时间",
            "计算时限用的上下班时间。",
            "[M] 广东机关常见作息，请核定",
            {"morning": {"from": "08:30", "to": "12:00"}, "afternoon": {"from": "14:30", "to": "17:30"}},
            (
                Field("morning.from", "上午上班", "time"),
                Field("morning.to", "上午下班", "time"),
                Field("afternoon.from", "下午上班", "time"),
                Field("afternoon.to", "下午下班", "time"),
            ),
        ),
        Key(
            "route",
            "审核路线",
            "三审三校由谁来签。换路线只影响之后送审的稿件，正在走的按原路线走完。",
            "[S] 报告六（四）：拟稿人、部门负责人、分管领导",
            {"preset": "drafter_first"},
            (Field("preset", "路线", "choice", tuple((name, route["name"]) for name, route in ROUTES.items())),),
        ),
        Key(
            "return_reasons",
            "常用退回理由",
            "审核人退回时可以勾选，一行一条。",
            "[S] 报告七（一）：语义表述不规范、数据核对不细致",
            {
                "reasons": [
                    "数据前后不一致",
                    "表述不规范",
                    "有错别字",
                    "时间、地点或人名要核对",
                    "照片缺说明或不清楚",
                    "栏目选得不对",
                    "含个人信息",
                    "内容太简单，请补充",
                ]
            },
            (Field("reasons", "理由", "lines"),),
        ),
        Key(
            "quick_review",
            "即办的标准",
            "字数和照片都不超过这里的数，没有附件、没有疑点、不是重要稿、没有退回过两次的，列在“即办”里。",
            "[D] 报告要求“即办即审”，没有给出标准；按一分钟能看完估算",
            {"most_characters": 300, "most_pictures": 3},
            (
                Field("most_characters", "最多多少字", "number", least=50, most=2000),
                Field("most_pictures", "最多几张照片", "number", least=0, most=20),
            ),
        ),
        Key(
            "index_number",
            "索引号",
            "{org} 机构代码，{year} 年份，{serial} 流水号（五位）。",
            "[T] 各地样式不同，见阳江 11441700007280420Y/2021-00050；机构代码待镇方核定",
            {"pattern": "{org}/{year}-{serial}", "org": "TT441821102"},
            (Field("pattern", "样式"), Field("org", "机构代码")),
        ),
        Key(
            "site",
            "站点信息",
            "显示在页头、页脚和登录页。",
            "[S] 公安备案号见报告页脚；电话为示例，待镇方核定",
            {
                "town": "汤塘镇",
                "organ": "佛冈县汤塘镇人民政府",
                "office": "镇党政和人大办公室",
                "help_phone": "0763-4261×××",
                "help_hours": "工作日 8:30—17:30",
                "police_record": "粤公网安备 44182102000023号",
                "notice": "",
            },
            (
                Field("town", "镇名"),
                Field("organ", "主办单位"),
                Field("office", "承办单位"),
                Field("help_phone", "求助电话"),
                Field("help_hours", "接听时间"),
                Field("police_record", "公安备案号"),
                Field("notice", "页脚提示", hint="比如停机通知；没有就空着", optional=True),
            ),
        ),
        Key(
            "site_record",
            "网站标识与备案",
            "显示在公开门户的页脚，并写进每一页的元数据，供上级网站普查读取。没有的空着，就不显示。",
            "《政府网站发展指引》（国办发〔2017〕47号）网页设计规范；[D] 由镇方填写，没有默认值",
            {"code": "", "icp": "", "report_url": ""},
            (
                Field("code", "网站标识码", hint="10 位数字，由上级网站主管部门分配", optional=True),
                Field("icp", "ICP 备案号", optional=True),
                Field(
                    "report_url",
                    "“政府网站找错”地址",
                    "address",
                    hint="全国平台给本站的链接；没有就用本站的纠错按钮",
                    optional=True,
                ),
            ),
        ),
        Key(
            "portal_address",
            "门户地址",
            "短信、邮件和工作群消息里的链接以它开头。没有设就不带链接，只写“请到门户查看”。",
            "[D] 由单位的域名决定，没有默认值",
            {"url": ""},
            (
                Field(
                    "url",
                    "地址",
                    "address",
                    hint="大家在浏览器里打开门户用的地址，写到域名为止，如 https:// 加域名",
                    optional=True,
                ),
            ),
        ),
        Key(
            "static_export",
            "静态页面地址",
            "静态导出的文件夹放到网上时的地址；订阅和网站地图里的链接以它开头。不放到网上就空着，用相对地址。",
            "[D] 由单位决定，没有默认值",
            {"address": "", "folder": ""},
            (
                Field("address", "网址", "address", hint="写到域名为止，如 https:// 加域名", optional=True),
                Field(
                    "folder", "域名后面的文件夹", hint="首页 index.html 所在的文件夹；就在域名下的空着", optional=True
                ),
            ),
        ),
        Key(
            "report_column",
            "年报栏目",
            "年度报告发布在哪个栏目。填了代码并且栏目在用，门户导航上就有“政府信息公开年报”，年报按平常的办法发布。",
            "[S] 报告六（五）要求设“政府信息公开年报目录”；[D] 栏目代码由镇方在“栏目”里建好后填",
            {"code": "gknb"},
            (Field("code", "栏目代码", hint="在“栏目”里看，如 gknb"),),
        ),
        Key(
            "region",
            "上级区划",
            "校对时，文稿里的县、市、省名与这里比对；领导、地名等在“校对词库”，村（社区）和办公室取“单位与人员”里的名称。",
            "[S] 行政区划为真实名称",
            {
                "county": "佛冈县",
                "city": "清远市",
                "province": "广东省",
            },
            (
                Field("county", "县"),
                Field("city", "市"),
                Field("province", "省"),
            ),
        ),
        Key(
            "sessions",
            "登录时效",
            "多久不操作要重新登录；签字前多久内核验过身份不用再输密码（终审和发布每次都要）。",
            "GB/T 22239 身份鉴别；[D] 数值",
            {
                "idle_minutes": 30,
                "administrator_idle_minutes": 15,
                "absolute_hours": 12,
                "reauthentication_minutes": 10,
            },
            (
                Field("idle_minutes", "不操作多少分钟退出", "number", least=5, most=120),
                Field("administrator_idle_minutes", "系统管理员不操作多少分钟退出", "number", least=5, most=60),
                Field("absolute_hours", "最长登录多少小时", "number", least=1, most=24),
                Field("reauthentication_minutes", "签字核验多少分钟内有效", "number", least=1, most=30),
            ),
        ),
        Key(
            "password_policy",
            "密码规则",
            "等保：至少 10 位、四类字符占三类、90 天更换；ASVS：至少 15 位，不要求种类，不定期更换。",
            "GB/T 22239 8.1.4.1 与 OWASP ASVS 6.2 相冲突，由单位选择",
            {"policy": "djbh"},
            (Field("policy", "规则", "choice", (("djbh", "等保（默认）"), ("asvs", "ASVS"))),),
        ),
    )
}
