"""A bulletin as an official paper, and the notice a unit gets that handed in nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from town_portal.bulletins.rules.figures import RATES, percent
from town_portal.bulletins.rules.sentences import HEADING, LOWER
from town_portal.documents.rules.paper import Annex, Block, Heading, Paper, Paragraph, Table
from town_portal.scoring.rules.scheme import Fact, Part
from town_portal.scoring.rules.score import Result, Score

F = Fact
RECTIFIED = ("编号", "单位", "整改事项", "期限", "办理情况")


@dataclass(frozen=True, slots=True)
class Look:
    """What a town puts on its papers."""

    mark: str
    signed: str
    to: str
    copies: str
    printed_by: str
    note: str
    sealed: bool

    @classmethod
    def of(cls, setting: Mapping[str, Any]) -> "Look":
        """From the values of the setting."""
        return cls(
            mark=setting["mark"] if setting["red_head"] == "yes" else "",
            signed=setting["signed"],
            to=setting["to"],
            copies=setting["copies"],
            printed_by=setting["printed_by"],
            note=setting["note"],
            sealed=setting["sealed"] == "yes",
        )


def number_words(code: str, year: int, serial: int) -> str:
    """汤信公〔2026〕3号."""
    return f"{code}〔{year}〕{serial}号"


def blocks(text: str) -> tuple[Block, ...]:
    """The lines of a filled text as parts of a paper."""
    found: list[Block] = []
    for line in text.split("\n"):
        words = line.strip()
        if words.startswith(LOWER):
            found.append(Heading(words.removeprefix(LOWER).strip(), 2))
        elif words.startswith(HEADING):
            found.append(Heading(words.removeprefix(HEADING).strip()))
        elif words:
            found.append(Paragraph(words))
    return tuple(found)


def rank_words(score: Score) -> str:
    """The rank, or that there is none."""
    return str(score.rank) if score.rank is not None else "不排名"


def ranking(scores: Iterable[Score]) -> Table:
    """名次, 单位 and the points of each side."""
    rows = tuple((rank_words(one), one.unit, *(one.part(part) for part in Part), one.shown) for one in scores)
    return Table(
        ("名次", "单位", *(part.label for part in Part), "总分"),
        rows,
        (1.2, 3.4, 1.2, 1.2, 1.2, 1.3, 1.3),
        frozenset({1}),
    )


DETAIL = (
    ("报送", F.SUBMITTED), ("采用", F.PUBLISHED), ("一次通过", F.FIRST_PASS), ("三天内", F.TIMELY), ("逾期", F.LATE),
    ("退回", F.RETURNS), ("撤改", F.AMENDED), ("渠道采用", F.ADOPTED), ("差错", F.FAULT), ("加减分事项", F.CREDIT),
)  # fmt: skip
NOTE = "注：采用率＝本季度采用数÷本季度报送数；上季度报送、本季度发布的计入本季度采用，所以可能超过100%。"
RATE_HEADS = ("采用率", "一次通过率", "三天内发布率")


def detail(scores: Iterable[Score]) -> Table:
    """Every count behind the points."""
    rows = []
    for one in scores:
        rates = (
            percent(one.figures.get(part, 0), sum(one.figures.get(fact, 0) for fact in whole))
            for part, whole in RATES.values()
        )
        shares = tuple("—" if rate is None else f"{rate}%" for rate in rates)
        rows.append(
            (one.unit, *(str(one.figures.get(fact, 0)) for _, fact in DETAIL), *shares, one.shown, rank_words(one))
        )
    head = ("单位", *(words for words, _ in DETAIL), *RATE_HEADS, "总分", "名次")
    return Table(head, tuple(rows), (3.2, *((1.0,) * len(DETAIL)), 1.4, 1.4, 1.4, 1.3, 1.2), frozenset({0}))


def annexes(result: Result, rectified: Sequence[Sequence[str]]) -> tuple[Annex, ...]:
    """附件: the ranking of each league, what is behind it, who handed in nothing, what was to be put right."""
    label = result.quarter.label
    found = [
        Annex(f"{label}{league.label}评分排名", (ranking(scores),))
        for league, scores in result.leagues.items()
        if scores
    ]
    found.append(Annex(f"{label}评分明细", (detail(result.scores), Paragraph(NOTE)), across=True))
    if result.zero_filing:
        rows = tuple((str(at), name) for at, (_, name) in enumerate(result.zero_filing, 1))
        found.append(Annex(f"{label}零报送单位名单", (Table(("序号", "单位"), rows, (1, 5), frozenset({1})),)))
    if rectified:
        rows_ = tuple(tuple(str(cell) for cell in row) for row in rectified)
        found.append(Annex("上期督促整改情况", (Table(RECTIFIED, rows_, (1.7, 1.5, 3.6, 1.4, 1.4), frozenset({2})),)))
    return tuple(found)


def paper(
    look: Look,
    *,
    title: str,
    text: str,
    result: Result,
    rectified: Sequence[Sequence[str]],
    number: str,
    on: date,
    proof: Sequence[str] = (),
    because: str = "",
) -> Paper:
    """The whole paper. ``text`` is filled; ``because``: why it takes the place of an earlier one."""
    body = blocks(text)
    if because:
        body = (Paragraph(because), *body)
    return Paper(
        mark=look.mark,
        number=number,
        title=title,
        to=look.to,
        blocks=body,
        annexes=annexes(result, rectified),
        signed=look.signed,
        on=on,
        sealed=look.sealed,
        note=look.note,
        proof=tuple(proof),
        copies=look.copies,
        printed_by=look.printed_by,
        printed_on=on,
    )


def zero_filing_notice(look: Look, *, unit: str, result: Result, number: str, on: date) -> Paper:
    """零报送单位告知书 for one unit."""
    label = result.quarter.label
    return Paper(
        title="零报送单位告知书",
        to=unit,
        blocks=(
            Paragraph(
                f"经统计，{label}（{result.quarter.first.year}年{result.quarter.first.month}月{result.quarter.first.day}日至"
                f"{result.quarter.last.month}月{result.quarter.last.day}日）你单位报送政府信息0件，为零报送单位，"
                f"已在{f'《{number}》' if number else '本期工作通报'}中通报。"
            ),
            Paragraph("请核查本季度已经办结、应当公开的事项，明确专职信息员，及时补报；确无应公开事项的，请书面说明。"),
            Paragraph("特此告知。"),
        ),
        signed=look.signed,
        on=on,
        sealed=look.sealed,
    )
