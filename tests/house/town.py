"""A furnished town to walk through: items in every state, a proposal, files; and its addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.browsing import browser, token_of
from tests.builders import a_submission
from tests.bulletins.bulletins import a_bulletin, an_objection
from tests.cast import Cast
from tests.house.uploads import an_illustrated_item
from tests.inspection.late import a_late_finding
from tests.notifications.channels import a_dead_message
from tests.proofreading.terms import a_proposal, an_entry, confirmed
from tests.rectifications.orders import a_rectification
from tests.register.history import a_history
from tests.releases.out import a_release
from tests.reminders.told import a_notice
from tests.scoring.schemes import a_credit, a_scheme_in_force
from tests.spot_checks.checks import a_drawn_check
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.accounts.models import SignInSession
from town_portal.audit import queries as trail
from town_portal.bulletins.rules.lifecycle import BulletinState
from town_portal.corrections import operations as corrections
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.jobs import operations as jobs
from town_portal.model_texts import operations as model_texts
from town_portal.network import operations as network
from town_portal.network.models import Post
from town_portal.publishing.models import Publication
from town_portal.publishing.queries import of_submission
from town_portal.settings import operations as settings
from town_portal.submissions.rules.lifecycle import State

CANARY = "金丝雀"
BY_ROLE = {role: role.value for role in Role}
"""The person of the cast who holds each role and no other."""
EVERYBODY = (*BY_ROLE.values(), "idler", None)
"""The keys of the cast: one for each role, somebody without a post, and nobody."""
NOWHERE = 2**31 - 2
HTMX = {"HX-Request": "true"}
ABSENT = {
    "token": "nosuch",
    "secret": "nosuch",
    "key": "nosuch",
    "code": "nosuch",
    "name": "nosuch.css",
    "word_list": "nosuch",
    "channel_kind": "nosuch",
    "line_key": "nosuch",
}


@dataclass(repr=False)
class Town:
    """The open house and what stands in it."""

    app: Flask
    items: dict[State, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    tokens: dict[State, tuple[str, str]] = field(default_factory=dict)
    """(picture, attachment) of two illustrated items."""
    rows: dict[str, Any] = field(default_factory=dict)
    """A value for every argument an address may have."""
    _browsers: dict[str | None, FlaskClient] = field(default_factory=dict)
    _tokens: dict[str | None, str] = field(default_factory=dict)

    def browser(self, key: str | None) -> FlaskClient:
        """Somebody's browser, opened once."""
        if key not in self._browsers:
            self._browsers[key] = browser(self.app, key)
        return self._browsers[key]

    def forget(self, key: str | None) -> None:
        """Somebody signed out: open another browser next time."""
        self._browsers.pop(key, None)
        self._tokens.pop(key, None)

    def get(self, key: str | None, path: str, *, part: bool = False) -> tuple[int, str, Any]:
        """(status, text, headers) of a page, or of its part as htmx asks for it; a fault is 500, with its words."""
        try:
            response = self.browser(key).get(path, headers=HTMX if part else {})
        except Exception as error:  # noqa: BLE001 - the app under test raises its faults
            return 500, f"{path} as {key}: {error!r}", {}
        return self._read(response)

    def post(self, key: str | None, path: str, *, part: bool = False, **data: Any) -> tuple[int, str, Any]:
        """(status, text, headers) of a sent form that has its token and little else."""
        if key not in self._tokens:
            self._tokens[key] = token_of(self.browser(key))
        try:
            response = self.browser(key).post(
                path, data={"csrf_token": self._tokens[key], **data}, headers=HTMX if part else {}
            )
        except Exception as error:  # noqa: BLE001 - as above
            return 500, f"{path} as {key}: {error!r}", {}
        return self._read(response)

    def ask(self, key: str | None, method: str, path: str) -> tuple[int, str, Any]:
        """GET or POST as htmx does it: the answers are short."""
        return self.get(key, path, part=True) if method == "GET" else self.post(key, path, part=True)

    @staticmethod
    def _read(response: Any) -> tuple[int, str, Any]:
        text = response.text if response.mimetype.startswith("text/") else ""
        response.close()
        return response.status_code, text, response.headers

    def routes(self, *methods: str) -> Iterator[tuple[str, Rule]]:
        """(method, rule) of every route."""
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
            for method in sorted((rule.methods or set()) & set(methods or ("GET", "POST"))):
                yield method, rule

    def path(self, rule: Rule, values: dict[str, Any] | None = None, **changes: Any) -> str:
        """A rule's address with rows that are there, or with the given values."""
        given = {**(self.rows if values is None else values), **changes}
        chosen = {name: given[name] for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, chosen)

    def nowhere(self, rule: Rule) -> str:
        """A rule's address with rows that are not there."""
        known = {"kind": "csv", "what": "units", **ABSENT}
        return self.path(rule, {name: known.get(name, NOWHERE) for name in rule.arguments})


def furnish(app: Flask) -> Town:
    """Put items of 洛洞村 in every state, two with files, and a proposal into the house."""
    town, cast = Town(app), Cast()
    with app.app_context():
        for state in State:
            if state in (State.RETURNED, State.PUBLISHED):
                item, town.tokens[state] = an_illustrated_item(app, cast, state, title=f"{CANARY}{state.label}甲")
            elif state is not State.FIRST_REVIEW:
                item = a_submission(cast, state, title=f"{CANARY}{state.label}甲")
            else:
                continue
            assert item.state is state
            _keep(town, item)
        late = a_late_finding(cast)
        tomorrow = clock.now() + timedelta(days=1)
        with clock.stopped_at(tomorrow):  # however long the walk takes, somebody was seen at work
            jobs.beat("walk:1:0", "walk", inside=True, started_at=tomorrow)
        _keep(town, _in_first_review(cast))
        assert set(town.items) == set(State)
        setting = settings.propose(
            cast.actor("coordinator"), "golden_days", {"days": 5, "count": "working"}, None, "三个自然日来不及"
        )
        term = confirmed(cast, an_entry())[0]
        proposal = a_proposal(
            cast, an_entry(words="粉蕉苗", right="香蕉苗", bad=("村民领到粉蕉苗。",), good=("村民领到香蕉苗。",))
        )
        message = a_dead_message(cast, app)
        release = a_release(cast, article=of_submission(town.items[State.PUBLISHED]))
        scheme = a_scheme_in_force(cast)
        credit = a_credit(cast, "约稿按时交", clock.today())
        bulletin = a_bulletin(cast, BulletinState.CONSULTING)
        objection = an_objection(cast, bulletin)
        fault = corrections.report_by_reader(
            of_submission(town.items[State.PUBLISHED]), "日期好像写错了一天", "", trap="", seconds=60.0,
            address="192.0.2.9", keys=app.config["PORTAL"].keys,
        )  # fmt: skip
        order = a_rectification(cast)
        checked = a_drawn_check(cast)
        town.rows = {
            "rectification_id": order.id,
            "check_id": checked.id,
            "item_id": checked.items[0].id,
            "import_id": a_history(cast).id,
            "fault_id": fault.id,
            "receipt": fault.receipt,
            "case_id": NOWHERE,
            "line_id": NOWHERE,
            "scheme_id": scheme.id,
            "credit_id": credit.id,
            "line_key": "s0.r0.full",
            "bulletin_id": bulletin.id,
            "objection_id": objection.id,
            "channel_id": message.channel_id,
            "release_id": release.id,
            "release_channel_id": release.channel_id,
            "message_id": message.id,
            "channel_kind": "gateway",
            "term_id": term.id,
            "proposal_id": proposal.id,
            "word_list": "typos",
            "submission_id": town.items[State.PUBLISHED],
            "slot": town.items[State.DRAFT],
            "number": 1,
            "publication_id": db.session.scalars(select(Publication.id)).first(),
            "unit_id": cast.unit("C03").id,
            "person_id": cast.person("other_reporter").id,
            "post_id": db.session.scalars(
                select(Post.id).where(Post.person_id == cast.person("other_reporter").id)
            ).first(),
            "column_id": cast.column("tzgg").id,
            "model_text_id": model_texts.found(cast.actor("coordinator"))[0].id,
            "setting_id": setting.id,
            "finding_id": late.id,
            "notice_id": a_notice(cast.person("head")).id,
            "leave_id": network.take_leave(SYSTEM, cast.person("other_reporter"), clock.today(), clock.today()).id,
            "session_id": NOWHERE,
            "seq": 1,
            "token": town.tokens[State.PUBLISHED][0],
            "secret": "nosuch",
            "key": "golden_days",
            "code": "gzdt",
            "name": "icons.svg",
            "kind": "csv",
            "what": "units",
        }
        db.session.remove()
    town.browser("auditor")
    with app.app_context():
        town.rows["session_id"] = db.session.scalars(select(SignInSession.id)).first()
        db.session.remove()
    return town


def _keep(town: Town, item: Any) -> None:
    town.items[item.state] = item.id
    town.titles[item.id] = item.title


def _in_first_review(cast: Cast) -> Any:
    """Under the route in which the drafter does not sign, an item begins with the first review."""
    route = settings.propose(cast.actor("coordinator"), "route", {"preset": "three_reviewers"}, None, "试一试三人审")
    settings.confirm(cast.actor("leader"), route, route.version)
    item = a_submission(cast, State.SECOND_REVIEW, title=f"{CANARY}一审甲")
    assert item.state is State.FIRST_REVIEW
    return item


@dataclass(frozen=True)
class Drawn:
    """One page as somebody got it."""

    key: str | None
    rule: str
    path: str
    status: int
    text: str
    headers: Any


@dataclass(frozen=True)
class Walk:
    """Every page of every role, and the trail's end before and after the walk."""

    pages: tuple[Drawn, ...]
    before: tuple[int, str]
    after: tuple[int, str]


SHOWN = {
    "reporter": (State.DRAFT, State.RETURNED, State.PUBLISHED),
    "head": (State.SECOND_REVIEW, State.CROSS_REVIEW),
    "leader": (State.THIRD_REVIEW,),
    "publisher": (State.APPROVED, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN),
}
"""The items whose pages differ most for somebody; the others look at one that is filed."""


def walk_through(town: Town) -> Walk:
    """Open every page as every role."""
    before, pages = end_of_trail(town), []
    for key in EVERYBODY:
        for _, rule in town.routes("GET"):
            states = SHOWN.get(key or "", (State.FILED,)) if "submission_id" in rule.arguments else (State.FILED,)
            for state in states:
                path = town.path(rule, submission_id=town.items[state])
                pages.append(Drawn(key, rule.rule, path, *town.get(key, path)))
    return Walk(tuple(pages), before, end_of_trail(town))


def end_of_trail(town: Town) -> tuple[int, str]:
    """The newest number, and the root over everything that was recorded, rows compared."""
    with town.app.app_context():
        report = trail.verify()
        assert report.sound, report.findings
        found = trail.head_seq(), report.root
        db.session.remove()
    return found
