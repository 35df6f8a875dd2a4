"""Writing the public side as a folder: asked page by page as a reader would, links turned, swapped in when whole."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from town_portal.access.actor import SYSTEM, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.exports import queries, store
from town_portal.exports.models import SiteExport
from town_portal.exports.rules import links, places
from town_portal.exports.rules.manifest import ExportState, Manifest
from town_portal.exports.store import Aside
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.network import queries as network
from town_portal.releases.rules import parcel

log = logging.getLogger(__name__)

ASK = Action("ask_export", "申请静态导出")
MADE = Action("make_export", "做好静态导出")
FAIL = Action("fail_export", "静态导出未成")

FOLDER, ZIP = "portal", "portal.zip"
TRIES = 3
"""So often it begins anew when what is public changed on the way."""
MOST_PROBLEMS = 200
OUTSIDE = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal answered to a reader: the status, the bytes, what they are, the name to save them under."""

    status: int
    content: bytes = b""
    kind: str = "text/html"
    name: str = ""


Ask = Callable[[str], Answer]
"""An address of the public side → its answer, as it is drawn for the folder."""


def _nobody(_address: str) -> Answer:
    raise Refused("页面没有接上，导出不能开始。请联系维护人员。")


_ask: list[Ask] = [_nobody]


def ask_by(ask: Ask) -> None:
    """Who answers the addresses: said once when the house is opened, for operations know no browser."""
    _ask[0] = ask


@dataclass(slots=True)
class Result:
    """What an export came to."""

    pages: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


# -- the folder ----------------------------------------------------------------------------------


def export(folder: Path, *, full: bool = False, alive: Callable[[], None] = lambda: None) -> Result:
    """Write the whole public side into a folder and put it in the former one's place; nothing of it is recorded.

    ``full`` writes every file anew; otherwise equal files of the former export are taken over with their times.
    Refused: the folder is not ours or not there, a page cannot be drawn, what is public changes all the time.
    """
    with store.aside(folder, full=full) as aside:
        for _ in range(TRIES):
            before, seq = queries.public_articles(), queries.trail_length()
            db.session.rollback()  # nothing is held open while pages are drawn
            aside.files.clear()
            aside.written = aside.bytes = 0
            walk = _Walk(aside, alive, queries.static_address(), queries.portal_address())
            result = walk.all(queries.seeds())
            db.session.rollback()
            if queries.public_articles() == before:
                break
        else:
            raise Refused("导出过程中一直有信息发布或撤下，没有做成。请过一会儿再试。")
        _drop_strays(aside)
        listed = Manifest(
            dict(aside.files),
            clock.local(clock.now()).isoformat(timespec="seconds"),
            seq,
            walk.address,
            tuple(result.outside),
            tuple(result.problems),
        )
        result.figures = {
            "pages": result.pages,
            "files": len(aside.files),
            "written": aside.written,
            "kept": len(aside.files) - aside.written,
            "removed": aside.removed,
            "bytes": aside.bytes,
        }
        db.session.rollback()
        aside.swap(listed)
    return result


def _drop_strays(aside: Aside) -> None:
    """What an earlier try of this run had written and the last one has not."""
    for path in [path for path in aside.new.rglob("*") if path.is_file()]:
        if path.relative_to(aside.new).as_posix() not in aside.files:
            path.unlink()


class _Walk:
    """One walk over the public side. Raw pages lie in the new folder until their links are turned."""

    def __init__(self, aside: Aside, alive: Callable[[], None], address: str, online: str) -> None:
        self.aside, self.alive, self.address, self.online = aside, alive, address, online
        self.ask = _ask[0]
        self.known: dict[str, str | None] = {}
        """Address → place; None: it is not there."""
        self.queue: list[tuple[str, str]] = []
        self.result = Result()
        self.outside: set[str] = set()
        self.drawings: dict[str, str] = {}

    def all(self, seeds: list[str]) -> Result:
        sprite = self.ask("/static/icons.svg")
        if sprite.status != 200:
            raise Refused("图标文件读不出来，没有做成。请联系维护人员。")
        self.drawings = links.symbols(sprite.content.decode())
        for seed in seeds:
            if self._meet(seed) is None:
                raise Refused(f"“{seed}”这一页打不开，没有做成。请再试一次；还不行请联系维护人员。")
            while self.queue:
                self._turn(*self.queue.pop())
        self._robots()
        self.result.outside = sorted(self.outside)
        return self.result

    def _meet(self, link: str) -> str | None:
        """The place of what a link of ours leads to, asked for at the first meeting."""
        address = places.address_of(link)
        if address not in self.known:
            self.known[address] = None
            self.known[address] = self._fetch(address)
        return self.known[address]

    def _fetch(self, address: str) -> str | None:
        upload = address.startswith("/files/")
        place = "" if upload else places.place(address)
        if place is None:
            return None
        self.alive()
        answer = self.ask(address)
        if answer.status >= 500:
            raise Refused(f"“{address}”这一页画不出来，没有做成。请联系维护人员。")
        if answer.status not in (200, 410):
            return None
        if upload:
            place = _place_of_file(address, answer)
        if answer.kind in ("text/html", "application/xml", "application/atom+xml"):
            path = self.aside.new / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(answer.content)
            self.queue.append((place, answer.kind))
        else:
            self.aside.put(place, answer.content)
        return place

    def _turn(self, place: str, kind: str) -> None:
        """Turn the links of one page, which may bring others to light."""
        text = (self.aside.new / place).read_text(encoding="utf-8")
        if kind == "text/html":
            self.result.pages += 1
            words = links.page(text, lambda link: self._link(place, link), self.drawings)
        else:
            words = links.document(text, lambda link: self._address(place, link), self._lasting)
        self.aside.put(place, words.encode())

    def _link(self, here: str, link: str) -> str | None:
        """A link of a page as it stands in the file."""
        link = self._ours(link)
        if link.startswith("#") or not link:
            return link
        if link.startswith(OUTSIDE):
            self.outside.add(link)
            return link
        there = self._meet(link) if link.startswith("/") and not link.startswith("//") else None
        if there is None:
            self._say(f"{here} 里有一个链接没有地方可去，已去掉：{link}")
            return None
        return places.relative(here, there, urlsplit(link).fragment)

    def _address(self, here: str, link: str) -> str | None:
        """A link of a feed or a map: whole where the folder's address is known."""
        there = self._meet(self._ours(link))
        if there is None:
            self._say(f"{here} 里有一个链接没有地方可去，已去掉：{link}")
            return None
        if not self.address:
            return places.relative(here, there)
        self.outside.add(self.address)
        return places.absolute(self.address, there)

    def _lasting(self, link: str) -> str:
        """The name of a feed's entry: the same at every export."""
        there = places.place(places.address_of(self._ours(link))) or link
        if self.address:
            return places.absolute(self.address, there)
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self.online}/{there}')}"

    def _ours(self, link: str) -> str:
        """A link to an article or a file by the portal's own address says the same without it."""
        base = self.online
        if base and link.startswith((f"{base}/portal/articles/", f"{base}/files/")):
            bare = link.removeprefix(base)
            if places.place(bare) or bare.startswith("/files/"):
                return bare
        return link

    def _robots(self) -> None:
        lines = ["User-agent: *", "Allow: /"]
        if self.address:
            lines.append(f"Sitemap: {places.absolute(self.address, places.MAP)}")
        self.aside.put(places.ROBOTS, ("\n".join(lines) + "\n").encode())

    def _say(self, words: str) -> None:
        if len(self.result.problems) < MOST_PROBLEMS:
            self.result.problems.append(words)


def _place_of_file(address: str, answer: Answer) -> str:
    """Uploads lie in a folder of their token under the name people gave them."""
    parts = urlsplit(address)
    token, small = unquote(parts.path).rpartition("/")[2], parts.query == "size=s"
    name = parcel.tame_file(answer.name or "文件")
    return f"files/{token}/small/{name}" if small else f"files/{token}/{name}"


# -- asked for, made, told ------------------------------------------------------------------------


def ask_for(actor: Actor, *, full: bool = False) -> SiteExport:
    """Ask for an export of the portal's own folder; a job makes it. Refused while one waits."""
    with unit_of_work(actor) as work:
        post = check(actor, P.SITE_EXPORT, network.coordinating_unit())
        if queries.waiting() is not None:
            raise Moved("已经有一次导出在排队，做完会显示在这一页。")
        row = SiteExport(
            asked_at=work.at, asked_by_id=actor.id, full=full, state=ExportState.WAITING,
            folder="", figures={}, problems=[], outside=[], reason="",
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        work.record(ASK, row, post=post, full=full)
    return row


def make_waiting(data: Path, alive: Callable[[], None] = lambda: None) -> int:
    """Make what somebody asked for, as folder and .zip in the house's data; how many (0 or 1).

    What is refused is told on the page and not tried again by itself; the former export stays whole.
    """
    row = queries.waiting()
    if row is None:
        return 0
    number, full = row.id, row.full
    place = data / "export"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        result = export(place / FOLDER, full=full, alive=alive)
        alive()
        store.pack(place / FOLDER, place / ZIP)
    except Refused as refusal:
        db.session.rollback()
        _failed(number, refusal.reason)
        return 0
    except OSError as error:
        db.session.rollback()
        log.exception("the export could not be written")
        _failed(number, f"文件写不进去（{error.strerror or '磁盘出错'}）。请维护人员看看磁盘空间和权限。")
        return 0
    _finish(number, result)
    return 1


def export_to(folder: Path, *, full: bool = False) -> Result:
    """Export to a folder somebody named at the command line, and record it."""
    result = export(folder, full=full)
    with unit_of_work(SYSTEM) as work:
        row = SiteExport(
            asked_at=work.at, full=full, folder=str(folder.absolute()), state=ExportState.MADE, finished_at=work.at,
            figures=result.figures, problems=result.problems, outside=result.outside, reason="",
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        work.record(MADE, row, folder=row.folder, figures=result.figures)
    return result


def _finish(number: int, result: Result) -> None:
    row = db.session.get_one(SiteExport, number)
    with unit_of_work(SYSTEM, on=row) as work:
        row.state, row.finished_at = ExportState.MADE, work.at
        row.figures, row.problems, row.outside = result.figures, result.problems, result.outside
        work.record(MADE, row, figures=result.figures)


def _failed(number: int, reason: str) -> None:
    row = db.session.get_one(SiteExport, number)
    with unit_of_work(SYSTEM, on=row) as work:
        row.state, row.finished_at, row.reason = ExportState.FAILED, work.at, reason
        work.record(FAIL, row, reason=reason)
