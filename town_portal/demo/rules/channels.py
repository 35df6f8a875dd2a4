"""Which of the demo's articles ran where, drawn by lot from their 索引号: the same article always ran on the same channels."""

import hashlib
import io
from datetime import date, timedelta

from PIL import Image, ImageDraw

HOSTS = {
    "佛冈通": "fogangtong.example",
    "佛冈发布": "fogangfabu.example",
    "清远日报": "qyrb.example",
    "南方+": "nfplus.example",
}
"""Under a name nobody can own (RFC 2606): a click on an invented link leads nowhere."""
POSTED = {"工作动态": "佛冈发布", "通知公告": "佛冈通"}
SIZE = (270, 480)
INKS = ("#3b6e8f", "#7a5c3e", "#4f7a52", "#8a4b4b")


def lot(index_number: str, words: str, of: int) -> int:
    """A number below ``of``, by lot."""
    return int.from_bytes(hashlib.sha256(f"{index_number}|{words}".encode()).digest()[:4]) % of


def ran_on(index_number: str, column: str) -> list[str]:
    """The channels an article of the months before the register ran on: a third on the town's own, a few beyond."""
    found = []
    if (own := POSTED.get(column)) and lot(index_number, "own", 5) < 2:
        found.append(own)
    if column == "工作动态":
        found += [name for name, of in (("清远日报", 14), ("南方+", 18)) if lot(index_number, name, of) == 0]
    return found


def offered_to(index_number: str, column: str) -> list[str]:
    """The channels that choose an article was sent to since the register is kept."""
    if column != "工作动态":
        return []
    return [name for name, of in (("清远日报", 4), ("南方+", 6)) if lot(index_number, name, of) == 0]


def url(index_number: str, channel: str) -> str:
    """An invented link."""
    return f"https://{HOSTS[channel]}/{lot(index_number, channel, 90_000_000) + 10_000_000}.html"


def came_out(published_on: date, index_number: str, channel: str) -> date:
    """The day: soon on the town's own channels, some days later in a paper."""
    return published_on + timedelta(
        days=lot(index_number, channel, 2) if channel in POSTED.values() else 1 + lot(index_number, channel, 5)
    )


def screenshot(index_number: str) -> bytes:
    """A small picture of a page on a telephone, no words in it."""
    picture = Image.new("RGB", SIZE, "#f4f4f2")
    pen, ink = ImageDraw.Draw(picture), INKS[lot(index_number, "ink", len(INKS))]
    pen.rectangle((0, 0, SIZE[0], 40), fill=ink)
    pen.rectangle((16, 56, 250, 72), fill="#333333")
    pen.rectangle((16, 80, 180, 92), fill="#555555")
    pen.rectangle((16, 110, 254, 250), fill=ink)
    for row in range(12):
        pen.rectangle((16, 268 + row * 16, 254 - 70 * (row % 4 == 3), 275 + row * 16), fill="#999999")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
