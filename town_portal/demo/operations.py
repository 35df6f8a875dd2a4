"""Loading and emptying the demo: every fact comes about through the operations of its room, at its time.

The acts of all items run in one stream in the order of time, each under a stopped clock and by
somebody who held the post on that day; so the trail's order and its times agree, and it verifies.
"""

import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from alembic import command

from town_portal.access.actor import FRESH, SYSTEM, Actor, HeldPost
from town_portal.access.roles import Role
from town_portal.accounts.models import Credential
from town_portal.accounts.operations import HASHER
from town_portal.accounts.queries import credential_of
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.bulletins import operations as bulletins
from town_portal.bulletins import queries as bulletin_queries
from town_portal.bulletins.models import Bulletin
from town_portal.columns import operations as columns
from town_portal.columns import queries as column_queries
from town_portal.config import Config
from town_portal.corrections import operations as corrections
from town_portal.corrections import queries as fault_queries
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.demo import queries
from town_portal.demo.rules import channels, corpus, faults, filing, oversight, pictures, script
from town_portal.demo.rules.act import Act, Verb
from town_portal.demo.rules.corpus import Item, Picture
from town_portal.demo.rules.walk import across
from town_portal.files import operations as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.model_texts import operations as model_texts
from town_portal.network import operations as network
from town_portal.network import queries as network_queries
from town_portal.network.models import Person, Post
from town_portal.network.rules import naming
from town_portal.proofreading import operations as terms
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import Family
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publishing_queries
from town_portal.rectifications import operations as rectifications
from town_portal.rectifications.models import Rectification
from town_portal.releases import operations as releases
from town_portal.releases import queries as release_queries
from town_portal.releases.models import Release
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.releases.rules.list_file import ListedRelease
from town_portal.review import operations as review
from town_portal.scoring import operations as scoring
from town_portal.scoring import queries as scoring_queries
from town_portal.settings import operations as settings
from town_portal.settings import queries as settings_queries
from town_portal.spot_checks import operations as spot_checks
from town_portal.spot_checks import queries as spot_check_queries
from town_portal.spot_checks.models import SpotCheck
from town_portal.spot_checks.rules import checking
from town_portal.spot_checks.rules.checking import CheckResult
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries as submission_queries
from town_portal.submissions.models import Attribute, Importance, Submission, Urgency
from town_portal.submissions.operations import Text
from town_portal.submissions.rules import markup
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.marks import Mark
from town_portal.workdays import operations as workdays
from town_portal.workdays import queries as workday_queries

FOUND_DEMO = Action(queries.FOUNDING, "载入演示数据")
SET_PASSWORDS = Action("set_demo_passwords", "设置演示密码")

FOUNDED_ON = date(2025, 9, 1)
"""Before the corpus begins; moved with it."""
NOTICE_ON = date(2025, 11, 5)
"""The day after the notice on the days off of 2026 came out."""
MORNING = wall_time(9, 20)
REGISTER = 60
"""Days since what runs on channels is kept here; what ran before came in as a list."""
NOTICE = "演示系统：人员、号码和事件均为虚构"


class House(Protocol):
    """What loading needs of the app: its configuration and what was hung on it."""

    @property
    def config(self) -> Mapping[str, Any]:
        """The configuration, with the ``Config`` under PORTAL."""

    @property
    def extensions(self) -> Mapping[str, Any]:
        """What rooms hung on the app."""


# -- recorded acts of the demo's own ------------------------------------------------------------


def found_demo(actor: Actor, name: str, phone: str) -> Person:
    """Begin the demo's trail with its first person, the administrator. Refused in a house that has a trail."""
    with unit_of_work(actor) as work:
        _check_empty()
        person = Person(name=name, phone=phone, pinyin=naming.pinyin_of_person(name), active=True, joined_at=work.at)
        db.session.add(person)
        work.record(FOUND_DEMO, person, note="演示数据：人员、号码、稿件和事件均为虚构。")
    return person


def _check_empty() -> None:
    if trail.head_seq():
        raise Refused("系统里已经有数据，不能载入演示。要重新载入演示，请先执行 demo reset。")


def set_demo_passwords(actor: Actor) -> int:
    """Give everybody without a password the one of the demo; answers to how many.

    Refused unless the trail begins with the demo.
    """
    if not queries.loaded():
        raise Refused("演示密码只能在演示数据里设置。")
    digest = HASHER.hash(queries.PASSWORD)
    with unit_of_work(actor) as work:
        people = [person for person in network_queries.people() if credential_of(person.id) is None]
        db.session.add_all(
            Credential(person_id=person.id, password_hash=digest, changed_at=work.at, former_hashes=[])
            for person in people
        )
        work.record(SET_PASSWORDS, network_queries.coordinating_unit(), people=len(people))
    return len(people)


# -- loading and emptying -----------------------------------------------------------------------


def load(house: House, say: Callable[[str], object] = print, now: datetime | None = None, every: int = 1) -> int:
    """Play the whole history up to now (UTC) into an empty house; answers the number of acts.

    ``every``: take only each n-th of the older items. Refused in production and in a house that has
    a trail.
    """
    config: Config = house.config["PORTAL"]
    if config.production:
        raise Refused("正式环境不能载入演示数据。")
    _check_empty()
    started, now = time.monotonic(), now or clock.now()
    items = corpus.thinned(queries.items(now), clock.day_of(now), every)
    acts = script.plan(items, queries.pace(now))
    moved = corpus.shift(clock.day_of(now))
    say(f"载入演示数据：{len(items)} 篇稿件，{len(acts)} 步办理……")
    with _without_waiting_for_the_disk():
        with clock.stopped_at(clock.instant(FOUNDED_ON + moved, MORNING)):
            _found()
        player = Player(Store(config.files))
        stream = (
            [(act.at, partial(player.perform, act)) for act in acts]
            + _changes(player, moved, now)
            + _oversight(player, now)
        )
        for at, perform in sorted(stream, key=lambda step: step[0]):
            with clock.stopped_at(at):
                perform()
        with clock.stopped_at(now):
            player.leave_something_unsaved()
            set_demo_passwords(SYSTEM)
    say(f"完成：留痕 {trail.head_seq()} 条，用时 {time.monotonic() - started:.0f} 秒。人员、号码、稿件和事件均为虚构。")
    return len(stream)


def reset(house: House) -> None:
    """Empty the house the demo was loaded into and migrate it anew; no server may run meanwhile.

    Files, database and the checkpoints of the demo's trail go. Refused in production, and unless
    the trail begins with the demo.
    """
    config: Config = house.config["PORTAL"]
    if config.production:
        raise Refused("正式环境不能清空数据。")
    if not queries.loaded():
        raise Refused("这里的数据不是演示数据，不能清空。")
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        path = Path(db.engine.url.database or "")
        db.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    else:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        db.engine.dispose()
    for folder in (config.files, config.checkpoints):
        for path in folder.glob("*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    command.upgrade(house.extensions["migrate"].migrate.get_config(), "head")


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """On SQLite, load without syncing each commit; a checkpoint at the end syncs it all.

    A power cut while the demo loads costs the demo, nothing else: it is loaded into an empty house.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    _pragma("synchronous=OFF")
    try:
        yield
    finally:
        db.session.remove()
        _pragma("synchronous=FULL", "wal_checkpoint(TRUNCATE)")


def _pragma(*words: str) -> None:
    """Say something to the one pooled connection that a single thread uses, outside a transaction."""
    connection = db.engine.raw_connection()
    try:
        for word in words:
            connection.cursor().execute(f"PRAGMA {word}")
    finally:
        connection.close()


def _found() -> None:
    """Units, columns, calendar, people: what stands before the first item."""
    roster = queries.people()
    found_demo(SYSTEM, *roster[1][:2])
    network.found_units(SYSTEM)
    columns.found_tree(SYSTEM)
    model_texts.found(SYSTEM)
    releases.found_channels(SYSTEM)
    for year, days, source in queries.notices()[:-1]:
        workdays.load_year(SYSTEM, year, days, source)
    network.import_people(SYSTEM, roster)


def _credits(today: date) -> list[tuple[date, str, str, str, str]]:
    """(day, unit, matter, what it was, evidence) of what the register of the invented year holds."""
    return [
        (today - timedelta(days=days), unit, matter, words, evidence)
        for days, unit, matter, words, evidence in (
            (200, "B08", "约稿按时交", "县里约写早稻机插秧的做法，三天交稿", "县委办约稿函（演示）"),
            (150, "C03", "约稿按时交", "县融媒体中心约写农技培训进村", "约稿记录第 3 号（演示）"),
            (140, "B05", "约稿没有按时交", "约写矛盾调解案例，到期没有交", "约稿记录第 4 号（演示）"),
            (95, "C01", "县级领导批示", "县领导对社区议事厅的做法作出批示", "县府办批示抄告单（演示）"),
            (60, "B08", "受到县级以上通报表扬", "防汛信息报送及时，受县里通报表扬", "县应急办通报（演示）"),
            (33, "C05", "被上级点名有错情", "公示里的金额写错，被县里网站检查点名", "网站检查通报（演示）"),
            (20, "C03", "约稿按时交", "约写粉葛种植合作社，按时交稿", "约稿记录第 9 号（演示）"),
            (3, "C13", "约稿按时交", "约写村道养护，按时交稿", "约稿记录第 11 号（演示）"),
        )
    ]


def _changes(player: "Player", moved: timedelta, now: datetime) -> list[tuple[datetime, Callable[[], object]]]:
    """What changes in the network and the calendar as time goes on: (when, act)."""
    today = clock.day_of(now)

    def at(day: date, hour: int, minute: int) -> datetime:
        return clock.instant(day, wall_time(hour, minute))

    handed, away = date(2026, 2, 27) + moved, date(2026, 5, 8) + moved
    changes: list[tuple[datetime, Callable[[], object]]] = [
        (at(FOUNDED_ON + moved, 14, 36), player.enter_the_leaders),
        (at(FOUNDED_ON + moved, 17, 20), player.say_so),
        (at(NOTICE_ON + moved, 15, 12), player.keep_a_slip),
        (at(FOUNDED_ON + moved + timedelta(days=10), 9, 40), player.settle_the_scheme),
        *(
            (
                at(day, 16, 20 + count),
                partial(
                    player.enter_a_credit, unit, matter, day, words, evidence, decided=day < today - timedelta(days=7)
                ),
            )
            for count, (day, unit, matter, words, evidence) in enumerate(_credits(today))
        ),
        (at(today - timedelta(days=2), 10, 8), player.think_of_another_scheme),
        (at(today - timedelta(days=1), 16, 5), player.ask_for_an_exception),
        (at(NOTICE_ON + moved, 10, 24), player.load_newest_notice),
        (at(handed, 15, 32), partial(player.hand_over, "B06", "谭子晴", handed + timedelta(days=3))),
        (
            at(away, 16, 8),
            partial(
                player.cover,
                Role.REPORTER,
                "C13",
                "刘志成",
                away + timedelta(days=3),
                away + timedelta(days=21),
                "住院休养",
            ),
        ),
        (
            at(today - timedelta(days=5), 16, 41),
            partial(
                player.cover,
                Role.HEAD,
                "B10",
                "温志刚",
                today - timedelta(days=4),
                today + timedelta(days=9),
                "外出参加培训",
            ),
        ),
    ]
    kept_since = today - timedelta(days=REGISTER)
    changes.append((at(kept_since, 16, 20), partial(player.import_channels, "渠道发布登记表.xlsx")))
    for day in (kept_since + timedelta(days=number) for number in range(1, REGISTER + 1)):
        if day.weekday() < 5:
            changes += [(at(day, 10, 40), player.work_channels), (at(day, 17, 25), releases.plan_by_itself)]
    changes.append((now - timedelta(minutes=40), player.report_adoption))
    for number, played in enumerate(faults.FAULTS):
        first = at(faults.working_day(today - timedelta(days=played.days)), 9, 5)
        for step, minutes in faults.steps_of(played):
            changes.append((first + timedelta(minutes=minutes), partial(player.play_fault, number, step)))
    changes += _bulletins(player, now)
    return [change for change in changes if change[0] < now]


def _bulletins(player: "Player", now: datetime) -> list[tuple[datetime, Callable[[], object]]]:
    """Two quarters told of and issued, the newest before the units: (when, act)."""
    last = Quarter.containing(clock.day_of(now)).previous
    found: list[tuple[datetime, Callable[[], object]]] = []

    def at(day: date, hour: int, minute: int, act: Callable[..., object], *what: Any) -> None:
        found.append((clock.instant(day, wall_time(hour, minute)), partial(act, *what)))

    for quarter in (last.previous.previous, last.previous):
        begun = quarter.next.first + timedelta(days=9)
        at(begun, 10, 5, player.compile_bulletin, quarter)
        at(begun, 16, 20, player.show_bulletin, quarter)
        at(begun + timedelta(days=1), 9, 35, player.contest, quarter, "C03")
        at(begun + timedelta(days=1), 15, 10, player.answer_the_contest, quarter)
        at(begun + timedelta(days=9), 9, 40, player.issue_bulletin, quarter)
        at(begun + timedelta(days=9), 15, 5, player.order_from_bulletin, quarter)
        at(begun + timedelta(days=10), 8, 50, player.acknowledge_bulletin, quarter)
    at(last.previous.next.first + timedelta(days=3), 9, 15, player.answer_the_order, last.previous.previous)
    newest = max(last.next.first + timedelta(days=5), clock.day_of(now) - timedelta(days=1))
    at(newest, 10, 10, player.compile_bulletin, last)
    at(newest, 15, 25, player.show_bulletin, last)
    at(newest, 16, 40, player.contest, last, "C03")
    return found


def _oversight(player: "Player", now: datetime) -> list[tuple[datetime, Callable[[], object]]]:
    """What the coordinating office asks to be put right and draws by lot in the last months: (when, act)."""
    today = clock.day_of(now)

    def ago(days: int, hour: int, minute: int) -> datetime:
        return clock.instant(today - timedelta(days=days), wall_time(hour, minute))

    steps: list[tuple[datetime, Callable[[], object]]] = []
    for name, order, story in oversight.ORDERS:
        steps.append((ago(order.days_ago, 9, 35), partial(player.ask_to_put_right, name, order)))
        steps += [(ago(step.days_ago, 15, 10), partial(player.go_on_with, name, step)) for step in story]
    for name, lots in oversight.DRAWS.items():
        steps.append((ago(lots.sealed, 8, 50), partial(player.seal_a_list, name, lots)))
        steps.append((ago(lots.drawn, 16, 40), partial(player.draw_by_lot, name)))
        steps += [
            (ago(days, 10, 15 + place), partial(player.look_at_a_text, name, place))
            for place, days in enumerate(lots.looked_at)
        ]
        if lots.finished is not None:
            steps.append((ago(lots.finished, 16, 20), partial(player.finish_a_check, name, lots.words)))
    return [step for step in steps if step[0] < now]


# -- one act after the other --------------------------------------------------------------------


class Player:
    """Performs the script's acts. Remembers which row an item of the script became."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.units = {unit.code: unit.id for unit in network_queries.units()}
        self.columns = {column.code: column.id for column in column_queries.leaves()}
        self.rows: dict[str, int] = {}
        self.pictures: dict[str, list[Picture]] = {}
        self.faults: dict[int, int] = {}
        self._day: date | None = None
        self._holders: dict[tuple[Role, int], list[Actor]] = {}
        self._verbs: dict[Verb, Callable[[Act, Actor], object]] = {
            Verb.UPLOAD: self._upload,
            Verb.DRAFT: self._draft,
            Verb.COPY: self._copy,
            Verb.CORRECT: self._correct,
            Verb.REVISE: self._revise,
            Verb.SUBMIT: self._submit,
            Verb.RECALL: lambda act, actor: submissions.recall(actor, *self._seen(act), act.words),
            Verb.DISCARD: lambda act, actor: submissions.discard(actor, *self._seen(act), act.words),
            Verb.CLAIM: lambda act, actor: review.claim(actor, *self._seen(act)),
            Verb.RELEASE: lambda act, actor: review.release(actor, *self._seen(act)),
            Verb.PROOF: self._proof,
            Verb.SIGN: self._sign,
            Verb.RETURN: self._return,
            Verb.PUBLISH: lambda act, actor: publishing.publish(actor, *self._seen(act), act.words),
            Verb.SCHEDULE: lambda act, actor: publishing.schedule(actor, *self._seen(act), act.scheduled or act.at),
            Verb.PUBLISH_SCHEDULED: lambda act, _actor: publishing.publish_scheduled(self.rows[act.key]),
            Verb.WITHDRAW: lambda act, actor: publishing.withdraw(actor, *self._seen(act), act.words),
        }

    def _submit(self, act: Act, actor: Actor) -> None:
        """Hand in as people do who looked at every warning, and are sometimes wrong all the same."""
        item, seen = self._seen(act)
        submissions.submit(actor, item, seen, act.words, _looked_at(item))

    def perform(self, act: Act) -> None:
        """Do one act of the script; the clock stands at its time."""
        self._verbs[act.verb](act, self._actor(act))

    # -- who acts ------------------------------------------------------------------------------

    def actor(self, role: Role, unit: str, *, second: bool = False, barred: Collection[int] = ()) -> Actor:
        """Who holds a post today, perhaps its second holder; nobody on leave and nobody barred."""
        if self._day != clock.today():
            self._day, self._holders = clock.today(), _holders(clock.today())
        found = [actor for actor in self._holders[role, self.units[unit]] if not _hands_of(actor, role) & set(barred)]
        if not found:
            raise LookupError(f"nobody is {role} of {unit} on {self._day}")
        return found[1 if second and len(found) > 1 else 0]

    def _actor(self, act: Act) -> Actor:
        barred: set[int] = set()
        if act.role in (Role.HEAD, Role.LEADER):
            submission, _ = self._seen(act)
            barred = {
                person for person, stage in submission_queries.hands(submission.id) if stage is not submission.state
            }
        return self.actor(act.role, act.unit, second=act.second, barred=barred)

    # -- oversight -----------------------------------------------------------------------------

    def ask_to_put_right(self, name: str, order: oversight.Order) -> None:
        """The coordinating office asks a unit to put something right."""
        asked = rectifications.Order(
            unit_id=self.units[order.unit],
            matter=order.matter,
            demand=order.demand,
            source=order.source,
            source_words=order.source_words,
        )
        self.rows[name] = rectifications.open_one(self.actor(Role.COORDINATOR, "B01"), asked).id

    def go_on_with(self, name: str, step: oversight.Step) -> None:
        """The unit answers or asks for time, the office looks at it."""
        found = db.session.get_one(Rectification, self.rows[name])
        office = self.actor(Role.COORDINATOR, "B01")
        if step.does in ("answer", "ask"):
            unit = next(code for code, number in self.units.items() if number == found.unit_id)
            reporter = self.actor(Role.REPORTER, unit)
        match step.does:
            case "answer":
                rectifications.answer(reporter, found, found.version, step.words)
            case "ask":
                until = workday_queries.calendar().add(found.due_on, 3)
                rectifications.ask_for_time(reporter, found, found.version, until, step.words)
            case "accept":
                rectifications.accept(office, found, found.version, step.words)
            case "send_back":
                rectifications.send_back(office, found, found.version, step.words, None)

    def seal_a_list(self, name: str, lots: oversight.Lots) -> None:
        """Fix a list of what was published lately; nothing where that is too little, or another waits to be drawn."""
        if spot_check_queries.waiting_for_draw():
            return
        last = clock.today() - timedelta(days=1)
        first = last - timedelta(days=lots.of_days)
        there = len(spot_check_queries.lots(first, last, 1).candidates)
        if there:
            plan = spot_checks.Plan(first=first, last=last, size=min(lots.size, there))
            self.rows[name] = spot_checks.seal(self.actor(Role.COORDINATOR, "B01"), plan).id

    def draw_by_lot(self, name: str) -> None:
        """Draw, where the seed has come."""
        check = self._spot_check(name)
        if check is not None and trail.head_seq() >= (check.seed_seq or 0):
            spot_checks.draw_now(self.actor(Role.COORDINATOR, "B01"), check, check.version)

    def look_at_a_text(self, name: str, place: int) -> None:
        """Somebody without a hand in it looks at one drawn text."""
        check = self._spot_check(name)
        if check is None or place >= len(check.items):
            return
        item = check.items[place]
        hands = spot_check_queries.hands_on(item.submission_id)
        lookers = [self.actor(Role.COORDINATOR, "B01"), *(self.actor(Role.HEAD, unit) for unit in ("B04", "B07"))]
        looker = next((one for one in lookers if checking.why_not(one, item.unit_id, hands) is None), None)
        if looker is None:
            return
        bad, result, note, demand = oversight.FOUND.get((name, place), (0, CheckResult.NOTHING, "", ""))
        marks = dict.fromkeys(range(1, len(check.checklist or []) + 1), checking.Mark.GOOD)
        if bad:
            marks[bad] = checking.Mark.BAD
        spot_checks.record(looker, item, item.version, result, marks, note, demand)

    def finish_a_check(self, name: str, words: str) -> None:
        """Everything was looked at."""
        check = self._spot_check(name)
        if check is not None and check.items and all(one.result for one in check.items):
            spot_checks.finish(self.actor(Role.COORDINATOR, "B01"), check, check.version, words)

    def _spot_check(self, name: str) -> SpotCheck | None:
        return spot_check_queries.get(self.rows[name]) if name in self.rows else None

    # -- the drafter's verbs -------------------------------------------------------------------

    def _upload(self, act: Act, actor: Actor) -> None:
        kept = self.pictures.setdefault(act.key, [])
        figure = _text(act).figures[len(kept)]
        content = pictures.draw(figure.scene, f"{act.key}:{len(kept)}")
        name = f"{figure.caption[:20]}.jpg"
        file = files.upload_picture(actor, self.store, self.units[act.unit], name, content)
        kept.append(Picture(file.token, file.width or 0, file.height or 0))

    def _draft(self, act: Act, actor: Actor) -> None:
        self.rows[act.key] = submissions.draft(actor, self.units[act.unit], self._words(act)).id

    def _copy(self, act: Act, actor: Actor) -> None:
        self._take_pictures(act)
        self.rows[act.key] = submissions.copy_as_new(actor, self._row(act.of), self.units[act.unit]).id

    def _correct(self, act: Act, actor: Actor) -> None:
        self._take_pictures(act)
        self.rows[act.key] = submissions.correct(actor, self._row(act.of)).id

    def _revise(self, act: Act, actor: Actor) -> None:
        submission, seen = self._seen(act)
        submissions.revise(actor, submission, self._words(act), seen)

    def _take_pictures(self, act: Act) -> None:
        """A correction shows the pictures of the text it corrects; a copy is written over with its own."""
        if act.verb is Verb.CORRECT:
            self.pictures[act.key] = self.pictures.get(act.of, [])

    def _words(self, act: Act) -> Text:
        item = _text(act)
        attribute, reason = filing.attribute(item)
        return Text(
            title=corpus.title(item),
            column_id=self.columns[item.column],
            event_on=item.day,
            body_html=corpus.html(item, self.pictures.get(act.key, [])),
            counterpart_id=self.units[item.office],
            cross_unit_id=self.units[across(item)] if item.major else None,
            source=item.source,
            importance=Importance.MAJOR if item.major else Importance.NORMAL,
            urgency=Urgency.URGENT if item.urgent else Urgency.NORMAL,
            urgency_reason=item.urgent,
            attribute=Attribute(attribute),
            attribute_reason=reason,
            secrecy_cleared=True,
        )

    # -- the reviewers' verbs ------------------------------------------------------------------

    def _proof(self, act: Act, actor: Actor) -> None:
        submission, seen = self._seen(act)
        review.proof(actor, submission, seen, submission.digest, act.words, _looked_at(submission))

    def _sign(self, act: Act, actor: Actor) -> None:
        submission, seen = self._seen(act)
        review.sign(actor, submission, seen, submission.digest, act.words, self.units.get(act.cross))

    def _return(self, act: Act, actor: Actor) -> None:
        submission, seen = self._seen(act)
        marks = [Mark(act.quote, "这里要改")] if act.quote else []
        review.return_for_revision(actor, submission, seen, act.reasons, act.words, marks)

    # -- the network and the calendar ----------------------------------------------------------

    def say_so(self) -> None:
        """The coordinating office and a leader put a line under every page: nobody is to take this for real."""
        value = {**settings_queries.value("site"), "notice": NOTICE}
        setting = settings.propose(self.actor(Role.COORDINATOR, "B01"), "site", value, None, "试用期间提醒")
        settings.confirm(self.actor(Role.LEADER, "B01"), setting, setting.version)

    def enter_the_leaders(self) -> None:
        """The coordinating office reads the leaders from a file; a colleague confirms them all at once."""
        words = "本届班子，按任职文件登记"
        proposal = terms.propose(self.actor(Role.COORDINATOR, "B01"), queries.leaders(), words, "领导名录.csv")
        terms.confirm(self.actor(Role.PUBLISHER, "B01"), proposal, proposal.version)

    def keep_a_slip(self) -> None:
        """A slip that came back three times goes into the list."""
        slip = TermEntry(
            TermKind.TYPOS,
            "粉割基地",
            "粉葛基地",
            bad=("镇领导到粉割基地查看长势。",),
            good=("镇领导到粉葛基地查看长势。",),
        )
        proposal = terms.propose(self.actor(Role.COORDINATOR, "B01"), [(1, slip)], "这个月三篇稿子都写错了")
        terms.confirm(self.actor(Role.HEAD, "B01"), proposal, proposal.version)

    def settle_the_scheme(self) -> None:
        """The coordinating office proposes the scheme of points, a leader confirms it."""
        version = scoring.propose(
            self.actor(Role.COORDINATOR, "B01"),
            scoring_queries.shipped().to_plain(),
            Quarter.containing(clock.today()),
            "每季度通报要有统一的尺子，数量、质量、时效三块都算。",
        )
        scoring.confirm(self.actor(Role.LEADER, "B01"), version)

    def think_of_another_scheme(self) -> None:
        """Another version waits for a leader: errors are to cost more."""
        held = scoring_queries.version_for(Quarter.containing(clock.today()))
        plain = scoring_queries.shipped().to_plain()
        for rule in plain["sections"][1]["rules"]:
            if rule.get("fact") == "fault":
                rule["rows"][0]["points"] = "-5"
        quarter = Quarter.containing(clock.today()).next
        words = "一般差错扣 3 分起不到作用，改成扣 5 分，从下个季度起。"
        scoring.propose(self.actor(Role.COORDINATOR, "B01"), plain, quarter, words, held)

    def enter_a_credit(self, unit: str, matter: str, day: date, words: str, evidence: str, *, decided: bool) -> None:
        """Something no count of items can know; a leader confirms all but the newest."""
        row = network_queries.unit(self.units[unit])
        if row is None:
            return
        coordinator = self.actor(Role.COORDINATOR, "B01")
        credit = scoring.enter_credit(coordinator, row, matter, day, words, evidence)
        if decided:
            scoring.confirm_credit(self.actor(Role.LEADER, "B01"), credit)

    def ask_for_an_exception(self) -> None:
        """A reporter thinks that the proofreader is wrong; nobody has decided yet."""
        sentence = "村里的禾塘边晒满了新收的稻谷。"
        terms.propose_exception(
            self.actor(Role.REPORTER, "C03"), Family.WRONG_CHAR, "禾塘", "“禾塘”是本地话，指晒谷场", sentence
        )

    def load_newest_notice(self) -> None:
        """The coordinating office loads the next year's days off when they are known."""
        year, days, source = queries.notices()[-1]
        workdays.load_year(self.actor(Role.COORDINATOR, "B01"), year, days, source)

    def hand_over(self, unit: str, successor: str, day: date) -> None:
        """A reporter leaves; her work goes to the next."""
        network.hand_over(
            self.actor(Role.ADMINISTRATOR, "B01"),
            _post(Role.REPORTER, self.units[unit], day),
            _person(successor),
            day,
            "原信息员调往县里工作，账号、常用联系人和在办稿件已当面交接。",
            {"草稿": 1, "在审": 2},
        )

    def cover(self, role: Role, unit: str, name: str, starts_on: date, ends_on: date, reason: str) -> None:
        """Somebody stands in for the holder of a post who is away."""
        absent = _post(role, self.units[unit], starts_on)
        network.cover(self.actor(Role.ADMINISTRATOR, "B01"), absent, _person(name), starts_on, ends_on, reason)

    # -- channels ------------------------------------------------------------------------------

    def import_channels(self, source: str) -> None:
        """The list the coordinating office kept before, read in at once."""
        lines: list[ListedRelease] = []
        today = clock.today()
        for one in release_queries.live_before(clock.now()):
            for name in channels.ran_on(one.index_number, one.column.name):
                day = channels.came_out(one.published_on, one.index_number, name)
                if day <= today:
                    url = channels.url(one.index_number, name)
                    lines.append(ListedRelease(len(lines) + 2, "", one.index_number, name, day, url))
        taken, _ = release_queries.matched(lines)
        if taken:
            releases.import_list(self.actor(Role.COORDINATOR, "B01"), taken, source)

    def work_channels(self) -> None:
        """A morning: post what was planned yesterday, offer texts to papers, enter what they took."""
        publisher, at = self.actor(Role.PUBLISHER, "B01"), clock.now()
        worked = {one.name: one for one in release_queries.channels()}
        for release in release_queries.open_ones():
            number, name = release.publication.index_number, release.channel.name
            if release.state is ReleaseState.PLANNED and not release.channel.selects:
                self._post(publisher, release, at)
                offered = channels.offered_to(number, release.publication.column.name)
                if offered:
                    chosen = [worked[one].id for one in offered]
                    for made in releases.plan(publisher, release.publication, chosen):
                        releases.send(publisher, made, made.version)
            elif release.state is ReleaseState.SENT and at - release.planned_at > timedelta(days=5):
                if channels.lot(number, "taken", 3):
                    self._post(publisher, release, at)
                elif channels.lot(number, "told", 3):
                    releases.decline(publisher, release, release.version, f"{name}本期版面已满")

    def _post(self, actor: Actor, release: Release, at: datetime) -> None:
        number = release.publication.index_number
        proven, linked = channels.lot(number, "shot", 12), channels.lot(number, "link", 15)
        shot = releases.Shot(self.store, "截图.png", channels.screenshot(number)) if proven else None
        url = channels.url(number, release.channel.name) if linked else ""
        releases.record(actor, release, release.version, at - timedelta(minutes=25), url, shot)

    def report_adoption(self) -> None:
        """A village read its own article in the paper."""
        reporter = self.actor(Role.REPORTER, "C03")
        article = next(iter(release_queries.live_of_unit(self.units["C03"])), None)
        paper = next(one for one in release_queries.channels() if one.name == "清远日报")
        if article is not None and release_queries.on_channel(article.id, paper.id) is None:
            at = clock.now() - timedelta(hours=3)
            releases.report(reporter, article, paper, at, channels.url(article.index_number, paper.name))

    def play_fault(self, number: int, step: str) -> None:
        """One step of a fault of the plan; a fault for which no text could be found is left out."""
        played = faults.FAULTS[number]
        coordinator = self.actor(Role.COORDINATOR, "B01").at(authentication=FRESH)
        if step == "report":
            self._find_fault(number, played, coordinator)
            return
        fault = db.session.get(Fault, self.faults.get(number, 0))
        if fault is None:
            return
        if step == "confirm":
            words = "数字和台账对不上，已核实" if played.figures else "表述不规范，已核实"
            corrections.confirm(
                coordinator, fault, fault.version, words, FixWay.IN_PLACE, cause=played.cause, values=played.figures
            )
        elif step == "dismiss":
            corrections.dismiss(coordinator, fault, fault.version, "已和原单位核对，写得没有错")
        elif step == "propose":
            self._propose_fix(fault, played)
        elif step == "sign":
            proposal = fault_queries.open_proposal(fault.id)
            if proposal is not None:
                corrections.sign_fix(coordinator, fault, fault.version, proposal.digest)
        elif step == "answer" and fault.state is FaultState.FIXED:
            reporter = self.actor(Role.REPORTER, fault.unit.code)
            corrections.answer(reporter, fault, fault.version, "赶稿时没有再对一遍台账，以后报送前两个人对一遍")
        elif step == "close" and fault.state is FaultState.ANSWERED:
            publisher = self.actor(Role.PUBLISHER, "B01")
            for line in fault_queries.checks(fault.id):
                if line.done_at is None:
                    corrections.check_off(publisher, line, line.version, "已联系后台更正，打开看过")
            corrections.close(coordinator, fault, fault.version, played.cause)
        elif step == "case" and fault.state is FaultState.CLOSED:
            try:
                corrections.prepare_case(coordinator, fault, fault.version, fault_queries.case_draft(fault))
            except Refused:
                return

    def _find_fault(self, number: int, played: faults.PlayedFault, coordinator: Actor) -> None:
        """A lately published text in which something small can be wrong."""
        known = set(self.faults.values())
        taken = {fault.publication_id for one in known if (fault := db.session.get(Fault, one))}
        for publication in db.session.scalars(publishing_queries.live().limit(30)):
            text = markup.words(publication.revision.body_html)
            if publication.id in taken or not any(faults.changes(text, figures=played.figures)):
                continue
            words = "看到的数字和公示栏里的不一样" if played.figures else "有一句读不通，请看看"
            fault = corrections.report(coordinator, publication, played.origin, words)
            self.faults[number] = fault.id
            return

    def _propose_fix(self, fault: Fault, played: faults.PlayedFault) -> None:
        """The first change the proofreader has nothing against; without one the fault stays as it is."""
        publisher = self.actor(Role.PUBLISHER, "B01").at(authentication=FRESH)
        text = markup.words(fault.publication.revision.body_html)
        for change in list(faults.changes(text, figures=played.figures))[:3]:
            try:
                corrections.propose_fix(
                    publisher, fault, fault.version, [change], "更正文中的数字。" if played.figures else ""
                )
            except Refused:
                continue
            return

    def compile_bulletin(self, quarter: Quarter) -> None:
        """The coordinating office takes the quarter's figures; by the scheme shipped where the house has none."""
        coordinator, leader = self.actor(Role.COORDINATOR, "B01"), self.actor(Role.LEADER, "B01")
        if not scoring_queries.has_scheme():
            plain = scoring_queries.shipped().to_plain()
            scoring.confirm(leader, scoring.propose(coordinator, plain, quarter.previous, "按镇里的要求定下来"))
        bulletins.compile_bulletin(coordinator, quarter)

    def show_bulletin(self, quarter: Quarter) -> None:
        """The draft goes to the units."""
        found = self._bulletin(quarter)
        bulletins.open_objections(self.actor(Role.COORDINATOR, "B01"), found, found.version)

    def contest(self, quarter: Quarter, unit: str) -> None:
        """A village thinks that something was left out."""
        number = self.units[unit]
        words = "季度最后一天办的那件事，稿子当天就报了，请查一下有没有算进来。"
        bulletins.object_to(
            self.actor(Role.REPORTER, unit), self._bulletin(quarter), number, f"unit-{number}.submitted", words
        )

    def answer_the_contest(self, quarter: Quarter) -> None:
        """The office looks it up."""
        words = "查过了，那一条是下个季度第一天送审的，按送审的日子算在下个季度。"
        for one in bulletin_queries.objections(self._bulletin(quarter)):
            bulletins.answer(self.actor(Role.COORDINATOR, "B01"), one, one.version, accepted=False, reply=words)

    def issue_bulletin(self, quarter: Quarter) -> None:
        """A leader issues it."""
        found = self._bulletin(quarter)
        bulletins.issue(self.actor(Role.LEADER, "B01"), found, found.version)

    def order_from_bulletin(self, quarter: Quarter) -> None:
        """Who stands last among the villages is asked why."""
        found = self._issued(quarter)
        last = found.result.leagues[League.VILLAGES][-1]
        matter, demand = "季度评分排在末位", "查明报送少、不及时的原因，明确专人，补报应公开的事项，书面说明整改情况。"
        coordinator = self.actor(Role.COORDINATOR, "B01")
        bulletins.order_rectification(coordinator, found, last.unit_id, matter, demand, None)

    def answer_the_order(self, quarter: Quarter) -> None:
        """The village says what it did; the office finds it good."""
        codes = {number: code for code, number in self.units.items()}
        for one in bulletin_queries.rectified_from(self._issued(quarter)):
            reporter = self.actor(Role.REPORTER, codes[one.unit_id])
            words = "已开会查找原因，明确由信息员每周一汇总当周应公开事项，漏报的两件已补报。"
            rectifications.answer(reporter, one, one.version, words)
            rectifications.accept(self.actor(Role.COORDINATOR, "B01"), one, one.version, "已到栏目查看，属实。")

    def acknowledge_bulletin(self, quarter: Quarter) -> None:
        """Most units press the button in the morning."""
        found = self._issued(quarter)
        for at, (code, number) in enumerate(self.units.items()):
            holders = _holders(clock.today()).get((Role.REPORTER, number))
            if holders and (at % 7 or quarter.number % 2):
                bulletins.acknowledge(self.actor(Role.REPORTER, code), found, number)

    @staticmethod
    def _bulletin(quarter: Quarter) -> Bulletin:
        found = bulletin_queries.under_way(quarter)
        if found is None:
            raise LookupError(f"no bulletin of {quarter.key} is being made")
        return found

    @staticmethod
    def _issued(quarter: Quarter) -> Bulletin:
        found = bulletin_queries.in_force(quarter)
        if found is None:
            raise LookupError(f"no bulletin of {quarter.key} is issued")
        return found

    def leave_something_unsaved(self) -> None:
        """A reporter was called away while typing: the draft is longer than its last version."""
        item = next(
            item for item in queries.items(clock.now()) if (item.pinned, item.unit, item.fault) == (True, "C03", None)
        )
        submission, seen = self._seen_key(item.key)
        if submission.state is not State.DRAFT:
            return
        item = replace(item, day=submission.event_on)
        submissions.keep_working_copy(
            self.actor(Role.REPORTER, item.unit),
            submission.id,
            seen,
            {
                "unit_id": submission.unit_id,
                "title": corpus.title(item),
                "column_id": submission.column_id,
                "counterpart_id": submission.counterpart_id,
                "cross_unit_id": 0,
                "importance": submission.importance.value,
                "urgent": False,
                "urgency_reason": "",
                "attribute": submission.attribute.value,
                "attribute_reason": "",
                "secrecy_cleared": False,
                "source": item.source,
                "event_on": str(item.day),
                "body_html": corpus.html(item, self.pictures.get(item.key, [])),
            },
        )

    # -- rows ----------------------------------------------------------------------------------

    def _row(self, key: str) -> Submission:
        submission = db.session.get(Submission, self.rows[key])
        if submission is None:
            raise LookupError(f"{key} is gone")
        return submission

    def _seen(self, act: Act) -> tuple[Submission, int]:
        return self._seen_key(act.key)

    def _seen_key(self, key: str) -> tuple[Submission, int]:
        submission = self._row(key)
        return submission, submission.version


def _looked_at(item: Submission) -> dict[str, str]:
    """What somebody says who looked at every finding: a tick for each."""
    found = submission_queries.spotted_in_revision(item.revision) if item.revision else []
    return {one.key: "" for one in found}


def _text(act: Act) -> Item:
    if act.text is None:
        raise ValueError(f"{act.verb} of {act.key} has no text")
    return act.text


def _person(name: str) -> Person:
    return next(person for person in network_queries.people() if person.name == name)


def _post(role: Role, unit_id: int, day: date) -> Post:
    return network_queries.posts_on(day, unit_id=unit_id, roles=(role,))[0]


def _hands_of(actor: Actor, role: Role) -> set[int]:
    """The person, and whomever he stands in for in this role."""
    absent = {post.acting_for_id for post in actor.posts if post.role is role and post.acting_for_id is not None}
    return {actor.id or 0} | absent


def _holders(day: date) -> dict[tuple[Role, int], list[Actor]]:
    """Who holds which post on a day, nobody who is on leave; each ready to act."""
    posts = network_queries.posts_on(day)
    away = {(post.role, post.unit_id, post.acting_for_id) for post in posts if post.acting_for_id is not None}
    held: dict[int, list[HeldPost]] = {}
    for post in posts:
        held.setdefault(post.person_id, []).append(post.held())
    found: dict[tuple[Role, int], list[Actor]] = {}
    for post in posts:
        if (post.role, post.unit_id, post.person_id) not in away:
            actor = Actor(
                id=post.person_id,
                name=post.person.name,
                posts=tuple(held[post.person_id]),
                address=f"10.18.{post.unit_id}.{20 + post.person_id}",
                authentication=FRESH,
            )
            found.setdefault((post.role, post.unit_id), []).append(actor)
    return found
