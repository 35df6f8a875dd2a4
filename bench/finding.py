"""P11: how fast and how well the public's search finds, in a town of many varied texts."""

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import select

from bench import houses, processes
from bench.browser import Browser
from bench.houses import House
from bench.measuring import percentile
from bench.table import Line
from town_portal.demo.rules import corpus
from town_portal.factory import create_app
from town_portal.foundation.db import db
from town_portal.publishing.models import Publication
from town_portal.search import operations as search

PLACES = [
    first + second
    for first in "上下东西南北新老石竹"
    for second in ("坪", "围", "岭", "塘", "坑", "田", "楼", "屋", "桥", "洞")
]
ACTS = (
    "开展",
    "组织",
    "召开",
    "完成",
    "启动",
    "推进",
    "落实",
    "举办",
    "公示",
    "排查",
    "整治",
    "修复",
    "验收",
    "慰问",
    "宣传",
    "清理",
)
THINGS = (
    "农技培训", "道路硬化", "防汛演练", "低保复核", "河道保洁", "护林巡查", "村民议事会", "危房改造", "饮水工程", "路灯安装",
    "疫苗接种", "垃圾分类", "反诈讲座", "高龄津贴发放", "育秧大棚", "水渠修复", "消防检查", "困难学生资助", "征兵动员", "图书角建设",
    "换届选举", "财务收支", "集体资产清查", "土地流转", "光伏路灯", "农田水利", "文化广场", "电商直播", "荔枝采收", "重点人群走访",
)  # fmt: skip
SENTENCES = 8
COMMON = ("通知", "培训", "汤塘镇", "村", "公示", "道路硬化", "2026", "低保")
MOST = {20_000: 100.0, 1_000_000: 300.0}
"""Milliseconds at p95."""


def lines(items: int) -> Iterator[Line]:
    """Both engines: the time of 60 questions with one right answer and of common words, and how many were right."""
    sentences = _sentences()

    def text(number: int) -> tuple[str, str]:
        return _text(number, sentences)

    for made in (houses.on_sqlite(items, text), houses.on_postgresql(items, text)):
        with made as house:
            yield from _of(house, items)


def _of(house: House, items: int) -> Iterator[Line]:
    app = create_app(house.config())
    with app.app_context():
        answers, began = _answers(items), time.process_time()
        while search.index(2_000):
            pass
        seconds = time.process_time() - began
        db.session.remove()
        db.engine.dispose()
    took, right = [], 0
    with processes.portal(house.data, house.database) as server:
        browser = Browser(server.port)
        browser.get("/portal")
        for question, number in [*answers, *((word, 0) for word in COMMON)]:
            started = time.perf_counter()
            page = browser.get(f"/portal/articles?q={quote(question)}").text
            took.append((time.perf_counter() - started) * 1000)
            first = re.search(r"tp-results.*?/portal/articles/(\d+)", page, re.DOTALL)
            right += bool(first and int(first[1]) == number)
    p95, most = percentile(took, 0.95), MOST.get(items, 300.0)
    spread = (
        f"p50 {percentile(took, 0.5):.0f}, most {max(took):.0f} ms; made findable at {items / seconds:,.0f} texts/s"
    )
    yield Line("P11", f"search, {house.name}", "", f"p95 {p95:.0f} ms", "", f"≤ {most:g} ms", p95 <= most, spread)
    share = right / len(answers)
    yield Line("P11", f"first hit right, {house.name}", "", f"{share:.0%} of {len(answers)}", "", "≥ 90%", share >= 0.9)


def _answers(items: int) -> list[tuple[str, int]]:
    """Sixty questions, each with the article it is about: by its title, by some words of it, by a number in the text."""
    table = Publication.__table__.c
    asked = []
    for number in random.Random(12).sample(range(items), 60):
        row = db.session.execute(select(table.id, table.title).where(table.submission_id == number + 1)).one()
        village, rest = row.title.split("村", 1)
        place, deed = rest.split("片区", 1)
        what, serial = deed.rstrip("）").split("（", 1)
        asked.append(
            (
                (f"{village}村{place}片区{what}{serial}", f"{village}村{place} {what} {serial}", _code(number))[
                    len(asked) % 3
                ],
                row.id,
            )
        )
    return asked


def _text(number: int, sentences: list[str]) -> tuple[str, str]:
    """The title and the body of an article."""
    chance = random.Random(number)
    title = (
        f"{chance.choice(PLACES)}村{chance.choice(PLACES)}片区{chance.choice(ACTS)}{chance.choice(THINGS)}"
        f"（{chance.randrange(1, 400)}号）"
    )
    body = "".join(f"<p>{one}</p>" for one in chance.choices(sentences, k=SENTENCES))
    return title, f"{body}<p>项目编号{_code(number)}。</p>"


def _code(number: int) -> str:
    return f"{'ABCDEFGH'[number % 8]}{number:07}"


def _sentences() -> list[str]:
    """Sentences of township news, of the demo's texts."""
    folder = Path(corpus.__file__).parents[1] / "corpus"
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl")))
    return sorted({one for one in re.findall(r"[一-龥，、0-9]{12,80}。", words)})
