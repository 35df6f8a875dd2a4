"""P1–P3, P5–P10, P12, P13: pages and acts against their floors."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from urllib.parse import urlencode

from sqlalchemy import create_engine, func, select

from bench.browser import Answer, Browser, NotAnAnswer
from bench.filling import PASSWORD
from bench.houses import House
from bench.measuring import Pair, Probe
from bench.processes import Server
from bench.table import Line
from tests.statements import statements
from town_portal.factory import create_app
from town_portal.foundation import clock
from town_portal.network.models import Unit
from town_portal.publishing.models import Publication
from town_portal.statistics.rules.quarter import Quarter
from town_portal.submissions.models import Submission

FRAGMENT = {"HX-Request": "true"}
ROLES = ("reporter", "reader", "leader", "principal", "coordinator", "publisher", "administrator", "auditor")
WRITES = 20
"""Acts in a burst."""


@dataclass(slots=True)
class Portal:
    """A running portal on a house, with the people who signed in there."""

    house: House
    server: Server
    browsers: dict[str, Browser] = field(default_factory=dict)

    def admit(self) -> "Portal":
        """Sign everybody in through the form, before anything is looked at: it is an act on the trail."""
        for role, phone in self.house.facts.phones.items():
            self.browsers[role] = Browser(self.server.port).sign_in(phone, PASSWORD)
        return self

    def by(self, role: str) -> Browser:
        """Somebody's browser."""
        return self.browsers[role]

    def page(self, role: str, path: str) -> Probe:
        """A whole page."""
        return self.answer(role, path, {}, 200)

    def answer(self, role: str, path: str, headers: dict[str, str], status: int) -> Probe:
        """Any answer."""
        browser = self.by(role)
        return Probe(self.server, lambda: browser.get(path, headers, status))

    # -- the probes by name ----------------------------------------------------------------------

    def queue(self) -> Probe:
        """My queue, 50 rows."""
        return self.page("reader", "/waiting")

    def changed(self) -> Probe:
        """The pulse of somebody whose list is another one now."""
        return self.answer("reader", "/waiting/pulse", {**FRAGMENT, "X-Seen": "0.0"}, 200)

    def unchanged(self) -> Probe:
        """The pulse of somebody who saw everything."""
        return self.answer("reader", "/waiting/pulse", {**FRAGMENT, "X-Seen": self.seen()}, 204)

    def seen(self) -> str:
        """What the reader's page holds when it is up to date."""
        answer = self.by("reader").get("/waiting/pulse", {**FRAGMENT, "X-Seen": "0.0"})
        return answer.headers["x-seen"]

    def public(self) -> Browser:
        """A browser of the public's."""
        if "" not in self.browsers:
            self.browsers[""] = Browser(self.server.port)
        return self.browsers[""]

    def uncached(self, path: str) -> Probe:
        """A public page nobody has asked for lately."""
        numbers = count()
        return Probe(self.server, lambda: self.public().get(f"{path}?n={next(numbers)}"))

    def article(self) -> Probe:
        """Articles nobody has asked for lately."""
        ids = iter(range(self.house.facts.publications, 0, -1))
        return Probe(self.server, lambda: self.public().get(f"/portal/articles/{next(ids)}"))

    def cached(self, path: str) -> Probe:
        """A public page that was asked for just now."""
        return Probe(self.server, lambda: self.public().get(path))

    def known(self, path: str) -> Probe:
        """A public page the browser holds already."""
        tag = self.public().get(path).headers["etag"]
        return Probe(self.server, lambda: self.public().get(path, {"If-None-Match": tag}, 304))

    def acts(self, role: str, path: str, items: Iterator[tuple[int, dict[str, object]]]) -> Probe:
        """One act after another, each on an item of its own; the first gives the password."""
        browser = self.by(role)
        browser.open("/")

        def send(**more: object) -> Answer:
            number, fields = next(items)
            return browser.post(path.format(number), {"version": 1, "oath": "y", **fields, **more})

        send(password=PASSWORD)
        return Probe(self.server, send)

    def submitting(self) -> Probe:
        """Handing in (送审)."""
        return self.acts(
            "drafter", "/submissions/{}/submittals", ((number, {}) for number in taken(self.house.facts.drafts))
        )

    def signing(self) -> Probe:
        """Signing 审, where 校 stands already."""
        engine = create_engine(self.house.database)
        with engine.connect() as connection:
            table = Submission.__table__.c
            digests = dict(
                connection.execute(
                    select(table.id, table.digest).where(table.id >= min(self.house.facts.to_sign))
                ).all()
            )  # type: ignore[arg-type]
        engine.dispose()
        items = ((number, {"digest": digests[number]}) for number in taken(self.house.facts.to_sign))
        return self.acts("signer", "/review/{}/signatures", items)


def taken(numbers: list[int]) -> Iterator[int]:
    """Items of a pool; each is acted on once, whoever asks."""
    while numbers:
        yield numbers.pop()


class Counter:
    """Counts the statements of an answer, in this process, on the same house."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.app = create_app(portal.house.config())

    def of(self, role: str, path: str, headers: dict[str, str] | None = None) -> int:
        """How many statements a page takes once the process is warm."""
        client = self.app.test_client()
        for name, value in (self.portal.by(role).cookies if role else {}).items():
            client.set_cookie(name, value)
        for _ in range(2):
            client.get(path, headers=headers)
        with statements() as sent:
            client.get(path, headers=headers)
        return len(sent)

    def of_act(self, role: str, path: str, fields: dict[str, object]) -> int:
        """How many statements an act takes."""
        client, browser = self.app.test_client(), self.portal.by(role)
        for name, value in browser.cookies.items():
            client.set_cookie(name, value)
        client.get("/")
        with statements() as sent:
            answer = client.post(
                path, data={"csrf_token": browser.token, "form_key": "counted", "version": 1, "oath": "y", **fields}
            )
        if answer.status_code != 303:
            raise NotAnAnswer(f"POST {path} answered {answer.status_code}")
        return len(sent)


def floor(server: Server, path: str, status: int = 200) -> Probe:
    """A floor."""
    browser = Browser(server.port)
    return Probe(server, lambda: browser.get(path, status=status))


def unchanged_floor(server: Server) -> Probe:
    """F4: the browser knows the version."""
    browser = Browser(server.port)
    browser.request("GET", "/f4/enter")
    tag = browser.get("/f4").headers["etag"]
    return Probe(server, lambda: browser.get("/f4", {"If-None-Match": tag}, 304))


def write_floor(server: Server) -> Probe:
    """F6: the same durable write again and again."""
    browser = Browser(server.port)
    browser.request("GET", "/f4/enter")
    return Probe(server, lambda: browser.post("/f6", {"words": "已送审"}))


def reading(portal: Portal, floors: Server, counter: Counter) -> Iterator[tuple[str, Callable[[], Pair]]]:
    """P1–P3, P5–P7, P10; each is made when it is wanted."""
    f0, f2, f5, f7 = (partial(floor, floors, path) for path in ("/f0", "/f2", "/f5", "/f7"))
    focus, of = portal.house.facts.focus, counter.of
    yield "P1", lambda: Pair("P1", "my queue, 50 rows", "F2", f2(), portal.queue(), 3.0, of("reader", "/waiting"), 8)
    yield "P2", lambda: Pair(
        "P2", "queue fragment after a change", "F2", f2(), portal.changed(), 2.0,
        of("reader", "/waiting/pulse", {**FRAGMENT, "X-Seen": "0.0"}),
    )  # fmt: skip
    yield "P3", lambda: Pair(
        "P3", "poll, nothing changed", "F4", unchanged_floor(floors), portal.unchanged(), 1.5,
        of("reader", "/waiting/pulse", {**FRAGMENT, "X-Seen": portal.seen()}), 3,
    )  # fmt: skip
    for what, path in (("item page, 30 events", "/submissions/{}"), ("review page, comparison", "/review/{}")):
        address = path.format(focus)
        yield "P5", partial(
            lambda what, address: Pair(
                "P5", what, "F2", f2(), portal.page("reader", address), 4.0, of("reader", address), 15
            ), what, address
        )  # fmt: skip
    for role in ROLES:
        yield "P6", partial(
            lambda role: Pair(
                "P6", f"start page, {role}", "F2", f2(), portal.page(role, "/"), 4.0, of(role, "/"), 12
            ), role
        )  # fmt: skip
    for what, path in (("quarter dashboard", "/dashboard"), ("quarter ranking", "/statistics")):
        yield "P7", partial(
            lambda what, path: Pair(
                "P7", what, "F5", f5(), portal.page("coordinator", path), 2.0, of("coordinator", path)
            ), what, path
        )  # fmt: skip
    yield (
        "P10",
        lambda: Pair(
            "P10",
            "public list, drawn",
            "F7",
            f7(),
            portal.uncached("/portal/articles"),
            2.0,
            of("", "/portal/articles?n=-1"),
        ),
    )
    yield "P10", lambda: Pair("P10", "public article, drawn", "F7", f7(), portal.article(), 2.0, None)
    yield (
        "P10",
        lambda: Pair(
            "P10", "public list, kept", "F0", f0(), portal.cached("/portal/articles"), 2.0, of("", "/portal/articles")
        ),
    )
    yield "P10", lambda: Pair("P10", "public list, 304", "F0", f0(), portal.known("/portal/articles"), 2.0, None)


def writing(portal: Portal, floors: Server, counter: Counter) -> Iterator[tuple[str, Callable[[], Pair]]]:
    """P8 and P9; each is made when it is wanted."""
    facts = portal.house.facts

    def submitting() -> Pair:
        probe = portal.submitting()
        counted = counter.of_act("drafter", f"/submissions/{facts.drafts.pop()}/submittals", {})
        return Pair("P8", "submit 送审", "F6", write_floor(floors), probe, 3.0, counted, burst=WRITES)

    yield "P8", submitting
    yield "P9", lambda: Pair("P9", "sign 审", "F6", write_floor(floors), portal.signing(), 4.0, burst=WRITES)


def growing(small: Portal, large: Portal, id_: str, words: str, most: float) -> Iterator[Callable[[], Pair]]:
    """P12 and P13: the same page in two houses."""
    pages: list[tuple[str, Callable[[Portal], Probe]]] = [
        ("my queue", Portal.queue),
        ("fragment after a change", Portal.changed),
        ("poll, nothing changed", Portal.unchanged),
        ("item page", lambda one: one.page("reader", f"/submissions/{one.house.facts.focus}")),
        ("review page", lambda one: one.page("reader", f"/review/{one.house.facts.focus}")),
        ("start page, reporter", lambda one: one.page("reporter", "/")),
        ("start page, publisher", lambda one: one.page("publisher", "/")),
        ("public list", lambda one: one.uncached("/portal/articles")),
        ("public article", Portal.article),
    ]
    for what, probe in pages:
        yield partial(
            lambda what, probe: Pair(id_, f"{words}: {what}", small.house.name, probe(small), probe(large), most),
            what,
            probe,
        )


def growing_acts(small: Portal, large: Portal) -> Iterator[Callable[[], Pair]]:
    """P12: acts in two houses."""
    for what, probe in (("submit", Portal.submitting), ("sign", Portal.signing)):
        yield partial(
            lambda what, probe: Pair(
                "P12", f"growth: {what}", small.house.name, probe(small), probe(large), 1.25, burst=WRITES
            ), what, probe
        )  # fmt: skip


def right_to_the_last_digit(portal: Portal) -> Line:
    """P7: the figures of this quarter, unit by unit, against counts of our own."""
    quarter = Quarter.containing(clock.today())
    answer = portal.by("coordinator").get(f"/statistics/export.csv?{urlencode({'quarter': quarter.key})}")
    shown = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    engine, unit, publication = create_engine(portal.house.database), Unit.__table__.c, Publication.__table__.c
    counted = (
        select(unit.name, func.count())
        .select_from(Publication.__table__.join(Unit.__table__, unit.id == publication.unit_id))
        .where(publication.published_on.between(quarter.first, quarter.last))
        .group_by(unit.name)
    )
    with engine.connect() as connection:
        wanted = dict(connection.execute(counted).all())  # type: ignore[arg-type]
    engine.dispose()
    column = next(name for name in shown[0] if "发布" in name and "率" not in name)
    name = next(name for name in shown[0] if "单位" in name)
    found = {row[name]: int(row[column]) for row in shown if int(row[column] or 0)}
    same = found == wanted
    return Line("P7", "figures of the quarter", "counted apart", f"{sum(found.values()):,}", "", "equal", same)
