"""Repeated text 重复: a word, a phrase, a bracket, a list item or a sentence written twice by mistake.

Silent where doubling is speech or form: 研究研究、家家户户、一步一步、通红通红、加油加油, slogans and
verses, compounds whose parts only meet (志愿服务服务队, 到了了解).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.values.words import Word, words_of
from town_portal.proofreading.rules.writing import Writing

LONGEST_ECHO = 40
SAID_TWICE, BEGUN = 5, 3
"""So long must a clause be that is said twice, and one that is broken off and begun anew."""
LONG_SENTENCE = 10
"""A sentence of so many signs is not said twice for effect."""
LONGEST_ITEM = 8
WHOLE = 30
"""A doubled stretch longer than this is marked at its second half only."""

_HAN = r"\u4e00-\u9fff"
_NUMBERS = re.compile(r"[\d一二三四五六七八九十百千万两几每]")
_SPOKEN = frozenset(
    "研究 商量 考虑 讨论 休息 了解 学习 打扫 收拾 锻炼 打听 检查 体验 宣传 整理 介绍 参观 交流 感受 认识 放松 调整 琢磨 合计 "
    "比较 教育 帮助 支持 关心 照顾 批评 表扬 鼓励 熟悉 训练 分析 总结 反思 尝试 享受 走动 盘算 掂量 修理 改善 谢谢 恭喜 欢迎 注意 加油 见识 鉴定 检讨 回顾 感谢 "
    "你好 来了 快来 放心 走走 看看 听听 聊聊 意思 表示 打扮 安慰 请教 准备 沟通 协商 切磋 热闹 高兴 快乐 舒服 凉快 轻松 清静 暖和 "
    "亲热 试验 联系 回忆 回味 思考 观察 推敲 斟酌 磨合 完善 优化 美化 布置 装扮 打理 清理 打磨 宝贝 小心 劝说 劝导 开导 团结 监督 "
    "统计 核实 核对 演练 练习 复习 预习 调查 调研 测试 测量 评比 评价 评议 解释 提醒 活跃 点拨 哗啦 叮咚 嘀嗒 咔嚓 咕咚 轰隆 扑通 "
    "雪白 通红 碧绿 笔直 乌黑 金黄 冰凉 漆黑 滚烫 火红 瓦蓝 湛蓝 煞白 蜡黄 崭新 飞快 透亮 滚圆 稀烂 喷香 生疼 贼亮 锃亮".split()
)
"""Words that are doubled in speech and in description: verbs for a little while, colours, sounds."""
_COLOURS = frozenset(
    "雪白 通红 碧绿 笔直 乌黑 金黄 冰凉 漆黑 滚烫 火红 瓦蓝 湛蓝 煞白 蜡黄 崭新 飞快 透亮 滚圆 稀烂 喷香 生疼 贼亮 锃亮 哗啦 叮咚 嘀嗒 "
    "咔嚓 咕咚 轰隆 扑通 谢谢 恭喜 加油 你好 来了 快来 放心 宝贝 小心".split()
)
_OPEN = frozenset("那么 这么 多少 如何 怎样 怎么 什么 某某 谁谁 哪里 这样 那样 等等 非常 特别 真的".split())
_OPENERS = frozenset(
    "近日 日前 目前 同时 其中 此外 下一步 另外 据悉 今年 截至目前 据了解 会上 会后 随后 连日来".split()
)
_BROKEN_OFF = frozenset("的了和与在对将把为及以被向从地得")
_NOISES = frozenset("哈呵嘿嘻嘀咚哒啦咯呱汪喵轰滴答呼哗")
_HASTE = frozenset("组织 认真 深入 集中 进一步 会议 专题 传达 开展 严格 扎实 切实 加强".split())
_ASKS = tuple("来 去 要 多 好好 先 再 给 让 请 我 们 大家 可以 想 起 得 能 常 互相 一起 帮 您 你 他 她 可 还".split())
_SUFFIXES = frozenset(
    "办法 中心 局 部 所 站 队 室 办 组 处 科 司 厅 办公室 委员会 领导小组 小组 方案 要点 计划 制度 机制 条例 规定 规划 信息 采购 报告 员 "
    "人员 条件 会 会议 站点 指南 目录 网站 网 工作 热线 平台 体系 标准 规范 合同 项目 公司 单位 机关 机构 法 权 费 区 园 院 校 "
    "基地 场 场所 队伍 志愿者 部门 活动 方 者 类 性 力 量 率 期 点 面 线 史 论 学 家 总结 简报 专班 "
    "台账 台帐 手册 资料 日 周 月 年 费用 补贴 补助 资金 购买 职能 职责".split()
)
"""What makes a compound with the word before it, so that two equal words only meet (管理管理办法)."""
_JOINTS = frozenset("的了在是和与将把被对从向及由以但而且或因其该此就都也又并使让等着为到得地我他她你它这那有要")
_JOINT_TRAPS = re.compile(
    "的的(?:确|士|哥)|打的的|等等|对对[子联碰]|和和(?:美|气|睦|乐)|为了了|[不完]了了(?:之|事)|地地[头里块上下面方点]|[一二三四五六七八九]要要|"
    "将将[就军]|大大|着着|我我"
)
_STUTTER = re.compile(
    r"有有(?=\d)|(?<=\d)(?:余余|多多)|(?<=每)天天(?![都不亮黑没下])|(?<=累)计计|能能够|"
    r"(?<![现存正实潜内所自好])在在(?![建职校岗场线编外家野读任座])(?=[^\n，。]{1,8}[上中下里内])|(?<=[万亿千百])元元|(?<![因])为为(?=[老群村居大])"
)
_UNITS = re.compile(
    r"\d(?P<unit>[年月日时户名亩元条件次个人米吨斤辆场处间栋宗家])(?P=unit)(?![庭具电居属装政纺禽畜访教主底初末中度报均检审终货味前会历别案体份华轮薪产夜月年夜才级龄节个家力员口数次性类群])"
)
_BRACKET = re.compile(r"(?P<one>[（(《“【][^（）()《》“”【】\n]{0,38}[\u4e00-\u9fff]{2}[）)》”】])(?P=one)")
_TERM_BRACKET = re.compile(rf"(?P<term>[{_HAN}]{{2,12}})[（(](?P=term)[）)]")
_LIST = re.compile(rf"(?<![{_HAN}A-Za-z\d“”《》])[{_HAN}A-Za-z\d“”《》]+(?:、[{_HAN}A-Za-z\d“”《》]+){{2,}}")
_LAST_WORDS = frozenset("等 以及 和 与 及 或 共".split())
_LAST = re.compile("|".join(_LAST_WORDS))
_ROLE = re.compile(
    r"(?:有关|主要|相关|分管)?(?:负责人|负责同志|干部|同志|人员|代表)(?=参加|出席|到场|列席|[，。；]|$)?"
)
_AMOUNT = re.compile(r"[\u4e00-\u9fff]{2,8}\d+[\u4e00-\u9fff]{1,2}")
_NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．)）]\s*")
_EVERY = re.compile(r"(?P<every>每[天日周月年季晚])(?P=every)|(?P<at>在)在(?=场|座|校|册|岗)")
_ENDS = frozenset("等 共".split())
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_OUTSIDE = re.compile(r"[“‘「『《][^”’」』》\n]{0,200}[”’」』》]")


@dataclass(frozen=True, slots=True)
class Echo:
    """A stretch said twice: where the two begin and end, and what stands twice."""

    start: int
    middle: int
    end: int
    words: str

    @property
    def span(self) -> tuple[int, int]:
        """What to mark: both, or the second where both are long."""
        return (self.start if self.end - self.start <= WHOLE else self.middle, self.end)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each stretch that stands twice."""
    plain = writing.plain
    words = words_of(writing, lexicon)
    quoted = [match.span() for match in _OUTSIDE.finditer(plain)]
    taken: list[tuple[int, int]] = []
    for echo in (
        *_brackets(plain),
        *_word_echoes(plain, words, quoted),
        *_stutters(plain),
        *_sentences(writing, quoted),
        *_items(plain, words),
    ):
        start, end = echo.span
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((echo.start, echo.end))
        said = f"“{_short(echo.words)}”重复了，请删去一处。"
        yield writing.finding(Family.DUP_TEXT, start, end, said, echo.words if start == echo.start else None)


def _short(words: str) -> str:
    return words if len(words) <= 15 else f"{words[:7]}……{words[-6:]}"


# Words and phrases


def _word_echoes(plain: str, words: tuple[Word, ...], quoted: list[tuple[int, int]]) -> Iterator[Echo]:
    """A run of words that stands twice, one after the other."""
    edges = {word.start for word in words} | {len(plain)}
    place = {word.start: index for index, word in enumerate(words)}
    behind = -1
    for index, word in enumerate(words):
        if word.start < behind or word.is_mark or not "\u4e00" <= word.text[0] <= "\u9fff":
            continue
        echo = _echo_at(plain, words, index) or _tail_echo(words, index)
        if echo and _whole(words, place, edges, echo) and not _meant(plain, words, place, echo, quoted):
            behind = echo.end
            yield echo


def _tail_echo(words: tuple[Word, ...], index: int) -> Echo | None:
    """The end of a compound that is said again (镇村干部｜干部)."""
    word, after = words[index], words[index + 1] if index + 1 < len(words) else None
    if after is None or len(after.text) < 2 or len(word.text) <= len(after.text) or not word.text.endswith(after.text):
        return None
    return Echo(after.start - len(after.text), after.start, after.end, after.text)


def _whole(words: tuple[Word, ...], place: dict[int, int], edges: set[int], echo: Echo) -> bool:
    """Does the second stretch begin a word, and end one or stand at the head of a set phrase (积极｜积极参与)?"""
    if echo.middle not in edges or echo.end in edges:
        return echo.middle in edges
    second = words[place[echo.middle]]
    return len(echo.words) >= 2 and second.end >= echo.end + 2


def _echo_at(plain: str, words: tuple[Word, ...], index: int) -> Echo | None:
    """The longest stretch from a word on that is said again at once, a comma between them or none."""
    start = words[index].start
    found = None
    for last in range(index, min(index + 16, len(words) - 1)):
        end = words[last].end
        size = end - start
        if size > LONGEST_ECHO or words[last].text in "，。！？；、\n":
            break
        if plain.startswith(plain[start:end], end):
            found = Echo(start, end, end + size, plain[start:end])
        elif size >= 2 and plain[end : end + 1] == "，" and plain.startswith(plain[start:end], end + 1):
            found = Echo(start, end + 1, end + 1 + size, plain[start:end])
    return found


def _meant(
    plain: str, words: tuple[Word, ...], place: dict[int, int], echo: Echo, quoted: list[tuple[int, int]]
) -> bool:
    """Is the doubling form, speech, or two words that only meet?"""
    text = echo.words
    before, after = plain[max(0, echo.start - 6) : echo.start], plain[echo.end : echo.end + 6]
    first = words[place.get(echo.start, place[echo.middle])]
    if len(text) == 1:
        doubled = len(before) > 1 and before[-1] == before[-2]
        return (
            doubled
            or text not in _JOINTS
            or _JOINT_TRAPS.search(plain[max(0, echo.start - 2) : echo.end + 2]) is not None
        )
    if _NUMBERS.match(text) and len(text) < 6:
        return True
    if text in _COLOURS or after.startswith("再" + text) or plain.startswith(text, echo.end) or before.endswith(text):
        return True
    if any(start < echo.start and echo.end <= end for start, end in quoted) and _chant(plain, echo, after):
        return True
    if echo.middle - echo.start > len(text):
        return not _restarted(plain, echo, after)
    if _vivid(text, first.tag, after):
        return True
    if text == "活动" and (not after or after[0] in "，。！？；、”对" or after[:2] in ("筋骨", "手脚", "身体")):
        return True
    if text in _SPOKEN:
        return _spoken(before, after)
    if len(text) <= 4 and first.tag != "name" and _compound(words, place, echo):
        return True
    return len(text) == 2 and (text[0] in _NOISES or vocabulary().tag(text) == "o")


def _restarted(plain: str, echo: Echo, after: str) -> bool:
    """Around a comma: was a clause begun anew, or said twice? Often the second takes up the first (顶真)."""
    if len(echo.words) >= BEGUN and echo.words[-1] in _BROKEN_OFF and echo.words[0] != echo.words[1]:
        return True
    opens = echo.start == 0 or plain[echo.start - 1] in "，。！？；：\n"
    closes = not after or after[0] in "，。！？；\n"
    if opens and closes and echo.words in _OPENERS:
        return True
    return opens and closes and len(echo.words) >= SAID_TWICE


def _vivid(text: str, tag: str, after: str) -> bool:
    """Doubled to paint or to say it strongly: 很远很远, 读着读着, 黑绿黑绿的."""
    if text[0] in "很最老好太真多极" or text[-1] in "着呀啊哇哦啦" or text in _OPEN:
        return True
    painted = len(text) == 2 and after[:1] in ("的", "地") and tag in ("a", "z", "b", "?")
    return painted or (len(text) == 2 and any(sign in "黑绿蓝红白黄青紫灰细" for sign in text))


def _chant(plain: str, echo: Echo, after: str) -> bool:
    """A cry or a verse: nothing else stands between the marks around it."""
    opens = echo.start == 0 or plain[echo.start - 1] in "“‘「『《，。！？；：\n、"
    closes = not after or after[0] in "”’」』》，。！？；\n、"
    return opens and closes and len(echo.words) < LONG_SENTENCE


def _spoken(before: str, after: str) -> bool:
    """A little 学习学习, unless what stands around it is the language of office."""
    if after[:1] == "了" or any(before.endswith(word) for word in _HASTE):
        return False
    if (
        not after
        or after[0] in "，。！？；、”\n吧呢啊嘛呗再看这那自几一而"
        or after[:2] in ("一下", "筋骨", "手脚", "身体")
    ):
        return True
    return not before or before[-1] in "，。！？；：、“\n" or before.endswith(_ASKS)


_CALLS_A_NOUN = frozenset("按 按照 根据 的 这些 有关".split())
_NOUN_TAGS = frozenset({"n", "vn", "nt", "an"})


def _compound(words: tuple[Word, ...], place: dict[int, int], echo: Echo) -> bool:
    """Does the second word begin a compound of its own, or end one that the first begins?"""
    following = place.get(echo.end)
    after = words[following].text if following is not None and following < len(words) else ""
    before = words[place[echo.start] - 1].text if place.get(echo.start) else ""
    if before in _CALLS_A_NOUN and vocabulary().tag(echo.words) in ("v", "vn"):
        return True
    if echo.words == "服务":
        return True
    return any(after.startswith(suffix) for suffix in _SUFFIXES) and vocabulary().tag(echo.words) in _NOUN_TAGS


def _stutters(plain: str) -> Iterator[Echo]:
    """A sign that stands twice: a unit behind its figure, a small word before a longer one."""
    for match in _STUTTER.finditer(plain):
        yield Echo(match.start(), match.start() + 1, match.start() + 2, plain[match.start()])
    for match in _EVERY.finditer(plain):
        half = (match.end() - match.start()) // 2
        yield Echo(match.start(), match.start() + half, match.end(), match.group()[:half])
    for match in _UNITS.finditer(plain):
        start = match.start() + 1
        yield Echo(start, start + 1, start + 2, match["unit"])


# Brackets


def _brackets(plain: str) -> Iterator[Echo]:
    for match in _BRACKET.finditer(plain):
        size = len(match["one"])
        yield Echo(match.start(), match.start() + size, match.end(), match["one"])
    for match in _TERM_BRACKET.finditer(plain):
        yield Echo(match.start(), match.start() + len(match["term"]), match.end(), match["term"])


# Sentences


def _sentences(writing: Writing, quoted: list[tuple[int, int]]) -> Iterator[Echo]:
    """A sentence that has been said before, word for word."""
    seen: dict[str, tuple[int, int]] = {}
    for match in _SENTENCE.finditer(writing.plain):
        text = _NUMBERED.sub("", match.group().strip(" \u3000。！？；"), count=1)
        if len(text) < LONG_SENTENCE or any(start < match.start() < end for start, end in quoted):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip(" \u3000"))
        earlier = seen.get(text)
        if earlier is None:
            seen[text] = (start, match.end())
        else:
            near = earlier[1] == start
            yield Echo(earlier[0] if near else start, start, match.end(), text)


# Lists


def _items(plain: str, words: tuple[Word, ...]) -> Iterator[Echo]:
    """An item that stands twice in one list."""
    verbs = {word.end for word in words if word.tag in ("v", "p", "ul") and word.text not in _LAST_WORDS}
    for match in _LIST.finditer(plain):
        items = list(_item_spans(plain, match.start(), match.end()))
        if any(_LAST.search(plain[start:end]) for start, end in items[:-1]):
            continue
        seen: set[str] = set()
        for number, (start, end) in enumerate(items):
            item = plain[start:end]
            if _AMOUNT.fullmatch(item) and item in seen:
                yield Echo(start, start, end, item)
            if _AMOUNT.fullmatch(item):
                seen.add(item)
            if len(item) < 2 or _NUMBERS.search(item) or item.isascii() or vocabulary().tag(item) in ("v", "vn", "a"):
                continue
            if number == len(items) - 1 and number > 1:
                known = next(
                    (one for one in seen if len(one) > 2 and item.startswith(one) and _ROLE.match(item, len(one))), None
                )
                if known:
                    yield Echo(start, start, start + len(known), known)
                    continue
            if item in seen or (number and _ends_first(plain, items[0], item, verbs)):
                yield Echo(start, start, end, item)
            seen.add(item)


def _ends_first(plain: str, first: tuple[int, int], item: str, verbs: set[int]) -> bool:
    """Is the first item, behind its verb, the same (发放口罩、手套、口罩)?"""
    start, end = first
    return plain[start:end].endswith(item) and end - len(item) in verbs


def _item_spans(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list; the last one ends before 等 or where 和 adds one more."""
    at = start
    while (close := plain.find("、", at, end)) >= 0:
        yield at, close
        at = close + 1
    last = _LAST.search(plain, at, end)
    if last is None or last.group() in _ENDS:
        yield at, last.start() if last else end
    elif end - last.end() <= LONGEST_ITEM:
        yield at, last.start()
        more = plain.find("等", last.end(), end)
        yield last.end(), end if more < 0 else more
