"""Enumerations 列举: a number of things announced, and the things then named one by one. Pure.

五门课程：A、B、C、D; A、B、C三个村; 三点要求：一是……二是……. What cannot be counted for certain (等, nested
marks, 和 that may belong to a name) is counted as a span from the least to the most it can be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from town_portal.proofreading.rules.values.figures import amount

_N = r"(?P<n>[二两三四五六七八九十]{1,3}|\d{1,2})"
_MEASURE = "大类|个方面|方面|[个名位门项条家所户类种点款部本座处只间场次套批块级支份期层道件排组样大]|支队"
_ANNOUNCED = re.compile(
    rf"(?<![第十百千万\d.一二三四五六七八九、至—～~\-几数余每]){_N}(?P<measure>{_MEASURE})"
    r"(?P<noun>[^\s，,。；;：:、！？（）()“”《》\d]{0,12}?)(?P<cue>"
    r"(?:[，,]?(?:它们|他们|她们)?(?:分别|依次|具体)(?:是|为|有|叫)?(?:：|:)?)"
    r"|[，,]?(?:即|也就是|就是)[：:]?|[：:]|——|[（(]|[，,]?(?:具体)?(?:有|是|为|包括|包含|涵盖|涉及)[：:]?)"
)
_LIST = re.compile(
    r"(?:“[^“”\n]{1,30}”|《[^《》\n]{1,30}》|（[^（）\n]{0,30}）|\([^()\n]{0,30}\)|[^，,。；;：:！？!?\n（）()“”《》])+"
)
_DOING = re.compile(r"扮演|担任|来自|从事|负责|[到赴在对向就从]|前往|走访|获|围绕|介绍|讲述|饰演")
"""What the announced did, each perhaps with another: 十二名学生分别扮演审判长、公诉人."""
_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|（[^（）\n]*）|\([^()\n]*\)")
_NAMES = re.compile(r"“[^“”\n]*”|《[^《》\n]*》")
_OPEN = re.compile(r"等(?!级|候|待|于|额|次|效|同|值|奖)|……|…|之类|以及其他|诸如|例如|比如|主要")
_JOIN = re.compile(r"以及|和|与|及|跟|、")
_AND_IN_NAME = r"和(?=村|平|睦|谐|美|兴|安)"
"""联和村 is one name."""
_AND = re.compile(r"以及|和|与|及|跟")
_BACK = re.compile(
    rf"(?P<open>等)?(?:这|那|共|共计|合计|一共|总共|共有"
    rf"|全部)?(?<![第\d十百]){_N}(?P<measure>{_MEASURE})(?P<noun>[^\s，,。；;：:、！？（）()“”《》\d]{{0,8}})"
)
_QUOTED_LIST = re.compile(r"“(?P<items>[^“”\n、]{1,12}(?:、[^“”\n、]{1,12})+)”(?:的|这)?$")
_REPEATED = re.compile(
    r"(?:“)?(?P<n>[二两三四五六七八])个(?P<word>[^\s，。；：、“”\d]{2})”?(?:工作|要求|原则|工程|行动|机制|理念|导向)?(?:：|:"
    r"|，即)(?P<list>[^。\n“”]{6,160})"
)
_NAMED = re.compile(r"(?:(?:“[^“”\n、]{1,20}”|《[^《》\n、]{1,30}》)(?:、|和|与|及|以及)?){2,}")
_SUFFIX = re.compile(r"村|社区|镇|小学|中学|学校|办公室|站|所|中心|医院|公司|合作社|服务队")
_ORDINALS = (
    re.compile(r"(?:^|[：:；;。，,\n\s]|—)第(?P<n>[一二三四五六七八九十])(?:小?组|路|小?队|批|班|阶段|步)"),
    re.compile(r"(?:^|[：:；;。，,\n\s]|——)(?P<n>[一二三四五六七八九十])(?:是|要|抓|看|查|盯|则|来)(?![个名份种次])"),
    re.compile(r"(?:^|[：:；;。，,\n\s])第(?P<n>[一二三四五六七八九十])(?:[，,、：:]|是|要)"),
    re.compile(r"(?:^|[：:；;。\n])\s*(?P<n>\d)[.．、)）](?!\d)"),
    re.compile(r"[（(](?P<n>[一二三四五六七八九十]|\d)[）)]"),
    re.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨])"),
    re.compile(r"(?:^|[：:；;。，,\n\s])其(?P<n>[一二三四五六七八九])(?:[，,、：:]|是)"),
)
_ORDERED = re.compile(
    rf"(?<![第十百\d、至一二三四五六七八九每]){_N}(?P<measure>个方面|方面|点|条|项|个|大|类|种|起|宗|例|路|支|家)"
    r"(?P<noun>[^\s，,。；;：:、！？（）()“”《》\d—]{0,14})[：:，,。；;\n——（(]"
)
_LAST = re.compile(r"最后|此外|再者|同时|另外|再就是|还有")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """``said`` things announced, between ``least`` and ``most`` of them named."""

    start: int
    end: int
    said: int
    least: int
    most: int
    open: bool
    """Ended with 等 or the like: more things than announced are wrong, fewer are not."""

    @property
    def wrong(self) -> bool:
        """Can the number announced not be the number named?"""
        return self.least > self.said or (not self.open and self.most < self.said)


def enumerations(text: str) -> Iterator[Enumeration]:
    """Every announced number with the list that goes with it."""
    yield from _forward(text)
    yield from _backward(text)
    yield from _marked(text)
    yield from _numbered(text)
    yield from _repeated(text)
    yield from _ones(text)


def _number(words: str) -> int:
    return int(amount(words) or 0)


def _forward(text: str) -> Iterator[Enumeration]:
    """三门课程：A、B、C."""
    for match in _ANNOUNCED.finditer(text):
        cue = match["cue"]
        listed = _LIST.match(text, match.end())
        if not listed or not 2 <= _number(match["n"]) <= 30:
            continue
        words = listed.group()
        if ("、" not in words and len(_NAMES.findall(words)) < 2) or _nested(match, listed):
            continue
        bracketed = cue[-1] in "（("
        if bracketed and text[listed.end() : listed.end() + 1] not in tuple("）)"):
            continue
        if not bracketed and text[listed.end() : listed.end() + 1] in tuple("（(：:"):
            continue
        loose = any(word in cue for word in ("有", "包括", "包含", "涵盖", "涉及", "是", "为")) and not any(
            word in cue for word in ("分别", "依次", "具体", "即", "就是", "：", ":")
        )
        least, most = _count(words)
        if loose and not _noun_list(words):
            continue
        if least < _number(match["n"]) and (
            text[listed.end() : listed.end() + 1] in ("；", ";") or _DOING.match(words)
        ):
            continue
        open_ = loose or _OPEN.search(_QUOTED.sub("", words)) is not None or text[listed.end() :][:1] == "…"
        if not bracketed and text[listed.end() : listed.end() + 1] in ("，", ",", "；", ";") and not _noun_list(words):
            continue
        yield Enumeration(match.start("n"), listed.end(), _number(match["n"]), least, most, open_)


def _nested(announced: re.Match[str], listed: re.Match[str]) -> bool:
    """Are there numbers among the things named, so that they may be counts of something else?"""
    words = listed.group()
    return bool(
        re.search(r"\d|[一二两三四五六七八九十][个名位户家件项人处条份批场次所间座台辆张块]", _QUOTED.sub("", words))
    ) or (announced["measure"] in ("次", "期", "级", "层", "大") and announced["cue"] in ("（", "("))


def _noun_list(words: str) -> bool:
    """Are the things named short, so that they are names and not sentences?"""
    items = _QUOTED.sub("某", words).split("、")
    return all(len(item) <= 12 for item in items)


def _count(words: str) -> tuple[int, int]:
    """The least and the most things a list can name: 和 may join two things or stand in the name of one."""
    plain = _QUOTED.sub(lambda found: "" if found.group()[0] in "（(" else "某", words)
    pieces = [piece for piece in re.split(r"、|(?<=某)(?=某)", plain) if piece.strip()]
    joints = [len(_AND.findall(piece)) for piece in pieces]
    least = len(pieces)
    # The last thing of a list is joined by 和: A、B和C are three.
    last = pieces[-1] if pieces else ""
    sure = bool(joints) and bool(re.search(r"以及|及(?!时|格)", last)) and len(_AND.findall(last)) == 1
    return least + sure, least + sum(joints)


def _backward(text: str) -> Iterator[Enumeration]:
    """A村、B村和C村三个村: the things share the noun's last sign."""
    for match in _BACK.finditer(text):
        noun, said = match["noun"], _number(match["n"])
        measure = match["measure"]
        if not 2 <= said <= 30 or not noun:
            continue
        head = _SUFFIX.match(noun)
        named = head is not None and measure in ("个", "家", "所")
        listed = _tail_of_list(text, match.start(), head.group()) if head and named else _even_list(text, match.start())
        if listed is not None and listed[1] >= 2:
            end = match.end("measure") + (len(head.group()) if head and named else 0)
            yield Enumeration(listed[0], end, said, listed[1], listed[1], open=bool(match["open"]))


def _even_list(text: str, end: int) -> tuple[int, int] | None:
    """Where a list of like words begins before a place: of one length, or with one last sign, or inside quotes."""
    quoted = _QUOTED_LIST.search(text, max(0, end - 80), end)
    if quoted:
        return quoted.start(), quoted["items"].count("、") + 1
    left = max(text.rfind(mark, max(0, end - 80), end) for mark in "，。；：！？\n,;:（）()“”《》 ") + 1
    items = text[left:end].split("、")
    rest = items[1:]
    if len(rest) < 2 or _AND.search(text[left:end]) or any(not 1 <= len(item) <= 10 for item in rest):
        return None
    even = len({len(item) for item in rest}) == 1 and len(items[0]) >= len(rest[0]) >= 2
    alike = len({item[-1] for item in items}) == 1 and len(rest[0]) > 1
    if not (even or alike) or len(items[0]) > 14 or re.search(r"\d|[等其]", text[left:end]):
        return None
    return end - len("、".join(rest)) - 1 - min(len(items[0]), len(rest[0])), len(items)


def _tail_of_list(text: str, end: int, suffix: str) -> tuple[int, int] | None:
    """Where the things ending with a suffix begin before a place, and how many they are."""
    left = max(text.rfind(mark, max(0, end - 120), end) for mark in "，。；：！？\n,;:（）()") + 1
    pieces = list(
        re.finditer(
            rf"(?:[^、和与及]|{_AND_IN_NAME})+?{suffix}(?=、|和|与|及|以及|$)", text[max(left, end - 120) : end]
        )
    )
    base = max(left, end - 120)
    if not pieces or base + pieces[-1].end() != end:
        return None
    first, count = len(pieces) - 1, 1
    while first and re.fullmatch(
        r"、|和|与|及|以及", text[base + pieces[first - 1].end() : base + pieces[first].start()]
    ):
        first, count = first - 1, count + 1
    if first or re.search(rf"(?!{_AND_IN_NAME})[、和与及]", text[base : base + pieces[first].start()]):
        return None
    return base + pieces[first].start(), count


def _repeated(text: str) -> Iterator[Enumeration]:
    """“三个坚持”：坚持……，坚持…….: the word comes back once for each."""
    for match in _REPEATED.finditer(text):
        pieces = [piece for piece in re.split(r"[，,；;、]", match["list"]) if piece]
        count = sum(piece.startswith(match["word"]) or piece.endswith(match["word"]) for piece in pieces)
        if count >= 2 and count == match["list"].count(match["word"]):
            yield Enumeration(match.start(), match.start("list"), _number(match["n"]), count, count, open=False)


_LED = re.compile(
    r"“(?P<n>[二两三四五六七八])(?P<word>[^\s\d”个一]{1})”[^\s，。；：、“”]{0,6}(?:：|:|，?(?:即|就是)[：:]?)“?(?P<list>[^。\n；]{4,120})"
)
_FIVE_ONES = re.compile(r"(?P<n>[三四五六七八九])个一”?[^\s，。；：、“”]{0,6}(?:：|:|，即)(?P<list>[^。\n“”；]{6,120})")


def _ones(text: str) -> Iterator[Enumeration]:
    """“五个一”活动：上一堂课、走访一户……: one thing with 一 in it for each."""
    for match in _FIVE_ONES.finditer(text):
        pieces = re.split(r"[，,、]", match["list"])
        if len(pieces) > 2 and all("一" in piece for piece in pieces):
            yield Enumeration(
                match.start(), match.start("list"), _number(match["n"]), len(pieces), len(pieces), open=False
            )
    for match in _LED.finditer(text):
        pieces = [piece.strip("“”") for piece in re.split(r"[，,、]", match["list"])]
        if len(pieces) > 1 and all(piece.startswith(match["word"]) for piece in pieces):
            yield Enumeration(
                match.start(), match.start("list"), _number(match["n"]), len(pieces), len(pieces), open=False
            )


def _marked(text: str) -> Iterator[Enumeration]:
    """《A》《B》《C》三部法律."""
    for match in _NAMED.finditer(text):
        back = re.compile(rf"(?P<open>等)?(?:这|共|共计)?{_N}(?P<measure>[部个项本门种首条类份句大])").match(
            text, match.end()
        )
        if not back or text[match.end() - 1] not in "”》":
            continue
        count = len(_QUOTED.findall(match.group()))
        said = _number(back["n"])
        if text[match.start() - 1 : match.start()] in ("、", "和", "与", "及") and match.start():
            continue
        if said >= 2:
            yield Enumeration(match.start(), back.end(), said, count, count, open=bool(back["open"]))


def _numbered(text: str) -> Iterator[Enumeration]:
    """三点要求：一是……二是……三是……."""
    announced = [match for match in _ORDERED.finditer(text) if 2 <= _number(match["n"]) <= 10]
    for place, match in enumerate(announced):
        following = announced[place + 1].start() if place + 1 < len(announced) else len(text)
        end = min(len(text), match.end() + 1500)
        for marks in _ORDINALS:
            run = _run(text, marks, match.end() - 1, end)
            if len(run) >= 2 and run[0].start() - match.end() <= 6:
                if following < run[-1].start():
                    break
                said = _number(match["n"])
                if len(run) < said and _LAST.search(text, run[-1].end(), min(end, run[-1].end() + 300)):
                    break
                yield Enumeration(
                    match.start("n"), match.end("n") + len(match["measure"]), said, len(run), len(run), open=False
                )
                break


def _run(text: str, marks: re.Pattern[str], start: int, end: int) -> list[re.Match[str]]:
    """The marks that count up from one, without a gap."""
    run: list[re.Match[str]] = []
    for match in marks.finditer(text, start, end):
        sign = match["n"]
        value = _CIRCLED.index(sign) + 1 if sign in _CIRCLED else _number(sign)
        if value == len(run) + 1:
            run.append(match)
        elif value == 1:
            break
    return run
