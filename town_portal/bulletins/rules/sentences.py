"""The usual sentences of a bulletin, with their figures bound; a person may change every word of them.

A text is typed lines: ``# `` before a heading, ``## `` before one below it, anything else a paragraph.
The order is the usual one: 依据 → 一、基本情况 → 二、存在问题 → 三、下一步要求.
"""

from collections.abc import Iterable

from town_portal.bulletins.rules.figures import Figure, Righted
from town_portal.scoring.rules.score import Result

HEADING, LOWER = "# ", "## "


def title(result: Result) -> str:
    """关于……的通报."""
    return f"关于{result.quarter.label}全镇政府信息公开工作情况的通报"


def text(result: Result, figures: Iterable[Figure], righted: Righted) -> str:
    """The first draft: every figure in it is bound, and nothing is said that the tables do not hold."""
    held = {one.name: one for one in figures}

    def number(name: str) -> float:
        found = held.get(name)
        return float(found.number) if found and found.number else 0

    lines = [
        (
            f"根据《{result.scheme.name}》（第{result.scheme_version}版），对全镇【全镇单位数】个单位{result.quarter.label}"
            "政府信息公开工作进行了评分。现将有关情况通报如下。"
        ),
        f"{HEADING}基本情况",
        f"{LOWER}总体情况",
        "全镇共报送信息【全镇报送数】件，采用发布【全镇采用数】条，采用率【全镇采用率】。"
        "三天内发布率【全镇三天内发布率】，一次通过率【全镇一次通过率】。"
        + ("采用发布比上季【采用比上季】条。" if "采用比上季" in held else ""),
        f"{LOWER}分组情况",
        (
            "村（社区）【村（社区）单位数】个，报送【村（社区）报送数】件，采用发布【村（社区）采用数】条；"
            "办公室【办公室单位数】个，报送【办公室报送数】件，采用发布【办公室采用数】条。"
        ),
        "村（社区）组列前三名的是【村（社区）前3名】；办公室组列前三名的是【办公室前3名】。各单位名次和得分见附件。",
        f"{HEADING}存在问题",
    ]
    if number("全镇零报送单位数"):
        lines += [f"{LOWER}个别单位没有报送信息", "【全镇零报送单位数】个单位本季度零报送：【零报送单位】。"]
    if number("全镇逾期数"):
        lines += [
            f"{LOWER}部分信息发布不及时",
            "全镇逾期【全镇逾期数】件，没有做到三天内发布，其中较多的是【黄金期外发布较多的单位】。",
        ]
    if number("全镇退回次数"):
        lines += [f"{LOWER}稿件质量还要提高", "审核中退回【全镇退回次数】次，较多的是【退回较多的单位】。"]
    if number("全镇差错数") or number("全镇撤改数"):
        lines += [
            f"{LOWER}发布后仍有差错",
            "发布后撤改【全镇撤改数】条"
            + ("，核实差错【全镇差错数】处，涉及【有差错的单位】。" if number("全镇差错数") else "。"),
        ]
    if lines[-1].startswith(HEADING):
        lines.append("本季度没有发现突出问题。")
    if righted.ordered:
        lines += [
            f"{HEADING}上期督促整改情况",
            "上期以来共下达整改事项【上期整改事项数】项，已销号【上期整改销号数】项，超期未办【上期整改超期数】项，详见附件。",
        ]
    lines += [
        f"{HEADING}下一步要求",
        f"{LOWER}坚持及时报送",
        "各单位要落实专职信息员责任，事情办完及时报送，做到工作开展到哪里，信息公开就跟进到哪里。",
        f"{LOWER}严格审核把关",
        "落实“双人复核、分级审批、签字背书”，把语义表述和数据核对放在报送之前，减少退回和差错。",
        f"{LOWER}抓好问题整改",
        "被点名的单位要对照本通报查找原因，按要求报送整改情况；整改结果在下期通报中列出。",
    ]
    return "\n".join(lines)
