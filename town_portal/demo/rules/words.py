"""What people of the demo say: opinions, reasons, notes."""

from random import Random

from town_portal.demo.rules.corpus import Item, filled
from town_portal.submissions.rules.lifecycle import State

PROOFED = ("数字、人名、地名已逐项核对。", "文字通顺，数字已核。", "与原始登记表核对一致。", "校对无误。", "", "", "")
SIGNED = {
    State.SECOND_REVIEW: (
        "情况属实，同意报送。",
        "同意，请分管领导审定。",
        "数据与办公室台账一致，同意。",
        "内容真实，同意公开。",
        "",
    ),
    State.CROSS_REVIEW: ("涉及本办公室的内容属实。", "已与本办公室资料核对，无异议。", "程序和时间安排无误，同意。"),
    State.THIRD_REVIEW: ("同意发布。", "同意。", "同意公开，请按时发布。", "已阅，同意发布。"),
}
SUBMITTED = ("", "", "", "请审核。", "数字来自村登记表，请核。", "照片为示意插画。")
RECALLED = (
    "漏写最后一段，补上再送审。",
    "村里补报了数据，撤回修改。",
    "附图说明写得太简单，补写后再报。",
    "发现少写了联系方式和受理地点，补充后再报。",
)
DUPLICATED = ("重复起草，已有同一内容的稿件。", "和前一篇是同一件事，合并到前一篇报送。", "活动改期，原稿作废。")
WITHDRAWN = (
    "通知事项有变，主办单位要求先撤下，另行通知。",
    "文中有一户的情况写得过细，容易认出当事人，撤下处理。",
    "与县里同日发布的通知口径不一致，先撤下核对。",
    "活动因天气取消，撤下以免误导群众。",
)

_REASONS = (
    ("有错别字", ("错别字", "错字", "误写", "同音", "误作", "漏一个")),
    (
        "数据前后不一致",
        ("合计", "相加", "数字", "数据", "总数", "不符", "之和", "结余", "人数", "核对", "比例", "计算"),
    ),
    ("时间、地点或人名要核对", ("村名", "时间", "星期", "职务", "季节", "日历", "村不", "位于")),
    ("表述不规范", ("规范", "表示", "单位", "表述", "全称", "名称")),
)


def reasons(item: Item) -> tuple[str, ...]:
    """The stock reasons that fit a fault, two at most."""
    said = item.fault.reason if item.fault else ""
    fitting = [reason for reason, signs in _REASONS if any(sign in said for sign in signs)]
    return tuple(fitting[:2]) or ("表述不规范",)


def quote(item: Item) -> str:
    """The words of the careless version that the reviewer marks."""
    return filled(item.fault.wrong, item.day) if item.fault else ""


def correction(item: Item) -> str:
    """The public note of a correction."""
    if item.fault is None:
        return ""
    return f"更正文中“{filled(item.fault.wrong, item.day)}”一处，应为“{filled(item.fault.right, item.day)}”。"


def opinion(stage: State, random: Random) -> str:
    """What a signer writes."""
    return random.choice(SIGNED[stage])
