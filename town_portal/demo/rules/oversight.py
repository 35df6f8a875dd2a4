"""What the demo's coordinating office asks to be put right and draws by lot; days are counted back from today."""

from dataclasses import dataclass

from town_portal.rectifications.rules.source import Source
from town_portal.spot_checks.rules.checking import CheckResult


@dataclass(frozen=True, slots=True)
class Order:
    """Something a unit is asked to put right."""

    days_ago: int
    unit: str
    matter: str
    demand: str
    source: Source = Source.OTHER
    source_words: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What happened next: answer | ask | accept | send_back."""

    days_ago: int
    does: str
    words: str


ORDERS: tuple[tuple[str, Order, tuple[Step, ...]], ...] = (
    (
        "rectified",
        Order(
            62,
            "C05",
            "两条信息的照片没有说明",
            "给已发布的照片补写说明；以后报送前对照清单自查一遍。",
            Source.SUPERIOR,
            "县政务公开办季度检查",
        ),
        (
            Step(55, "answer", "两条信息共 5 张照片都补写了说明，已重新送审发布；村里开会讲了报送清单。"),
            Step(53, "accept", "已到网上查看，属实"),
        ),
    ),
    (
        "sent-back",
        Order(21, "C09", "上月只报送 1 条信息，没有达到要求", "说明原因，补报应公开的信息，写出以后每月的安排。"),
        (
            Step(13, "answer", "上月工作忙，以后注意。"),
            Step(11, "send_back", "没有写清原因，也没有补报了哪几条，请逐条写明。"),
        ),
    ),
    (
        "overdue",
        Order(
            24,
            "C14",
            "公开栏和网上公开的低保名单不一致",
            "逐户核对，说明差在哪里，改成一致。",
            Source.SUPERIOR,
            "县民政局抽查",
        ),
        (),
    ),
    (
        "to-check",
        Order(9, "B08", "“通知公告”有两条附件打不开", "重新上传附件，检查同一批其他附件。", Source.COLUMN),
        (Step(1, "answer", "两条通知的附件已重新上传，能正常下载；同一批另外 7 个附件逐个打开检查，没有问题。"),),
    ),
    (
        "asked-for-time",
        Order(5, "C17", "村务公开目录和实际公开的事项对不上", "对照基本目录逐项核对，缺的补上，多的说明。"),
        (Step(1, "ask", "要等村民代表会议核对三资台账，会议定在下周。"),),
    ),
)


@dataclass(frozen=True, slots=True)
class Lots:
    """A draw: when the list was fixed, drawn, each text looked at, and finished."""

    size: int
    of_days: int
    sealed: int
    drawn: int
    looked_at: tuple[int, ...]
    finished: int | None = None
    words: str = ""


DRAWS = {
    "first-check": Lots(
        8, 90, 42, 40, (38, 38, 37, 37, 36, 36, 35, 35), 34,
        "总的情况好。数字还要两人核对，照片要写说明；下一次抽查增加附件。",
    ),
    "second-check": Lots(6, 60, 6, 4, (2, 2, 1)),
}  # fmt: skip

FOUND = {
    ("first-check", 2): (2, CheckResult.FAULT, "正文里的人数前后不一致，请核对后更正。", ""),
    ("first-check", 5): (
        7,
        CheckResult.RECTIFICATION,
        "信息来源只写了“本单位”，没有写明是哪次活动。",
        "说明来源怎么写，以后报送前自查。",
    ),
}
"""(draw, place) → (line of the checklist, result, what was found, what is asked); everything else was clean."""
