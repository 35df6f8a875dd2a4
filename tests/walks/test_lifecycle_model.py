"""Random acts by random people against an independent model: allowed by the model, if and only if it succeeds.

The model knows states, who may, the separation of hands, texts and the signatures that stand for them.
It was written from the rules in words and calls none of the house's.
``--hypothesis-profile=deep`` walks for much longer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import BODY, a_text, looked_at
from tests.cast import Cast
from tests.conftest import Databases, open_house
from town_portal.access.actor import FRESH, RECENT, Actor
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import operations as network
from town_portal.network.queries import posts_on
from town_portal.publishing import operations as publishing
from town_portal.publishing import queries as publications
from town_portal.review import operations as review
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries
from town_portal.submissions.models import Attribute, Importance, Submission

EXAMPLES = 60
STEPS = 35

# -- the model -------------------------------------------------------------------------------------------

REPORTERS = {"reporter", "deputy_reporter"}
SIGNERS = {
    "second_review": {"head", "second_head", "deputy_reporter"},
    "cross_review": {"other_head", "office_head_reporter"},
    "third_review": {"leader", "head", "other_leader"},
}
STANDS_IN_FOR = {("other_leader", "third_review"): "leader"}
PUBLISHER = "publisher"
ENDED = {"published", "discarded", "filed", "withdrawn"}
PEOPLE = sorted(REPORTERS.union(*SIGNERS.values()) | {PUBLISHER, "other_reporter", "coordinator", "administrator"})

# text: (kind, cleared). plain two ways, for another office too, not for the public, not ready.
KINDS = ("plain", "mended", "major", "closed", "unready")


@dataclass
class Item:
    """One item as the model sees it."""

    text: tuple[str, bool]
    state: str = "draft"
    corrects: "Item | None" = None
    hands: set[tuple[str, str]] = field(default_factory=set)
    signed: list[tuple[str, str, str, tuple[str, bool]]] = field(default_factory=list)
    """(stage, act, person, text) of every signature."""
    proofed: bool = False
    """A 校 was given in this stay at this stage."""
    returned_from: str | None = None
    returned_text: tuple[str, bool] | None = None
    sealed: tuple[str, bool] | None = None
    claimed_by: str | None = None
    live: tuple[str, bool] | None = None
    """What the public reads under its number."""
    open_correction: "Item | None" = None

    def way(self) -> list[str]:
        return ["second_review", *(["cross_review"] if self.text[0] == "major" else []), "third_review"]

    def barred(self, person: str, stage: str) -> bool:
        """The person, or whom he stands in for, wrote the text or signed another stage."""
        persons = {person, STANDS_IN_FOR.get((person, stage), person)}
        return any(hand in persons and touched != stage for hand, touched in self.hands)

    def staffed(self) -> bool:
        """Every stage can be signed, by different people."""
        free = [[p for p in SIGNERS[stage] if not self.barred(p, stage)] for stage in self.way()]
        return any(len(set(chosen)) == len(chosen) for chosen in product(*free))

    def may_decide(self, person: str) -> bool:
        """He holds the post it waits for, has no other hand in it, and no colleague claimed it."""
        return (
            person in SIGNERS.get(self.state, ())
            and not self.barred(person, self.state)
            and self.claimed_by in (None, person)
        )

    def move(self, state: str) -> None:
        self.state, self.claimed_by, self.proofed = state, None, False

    def touch(self, person: str, stage: str) -> None:
        self.hands |= {(person, stage), (STANDS_IN_FOR.get((person, stage), person), stage)}

    def standing(self) -> set[tuple[str, str, str]]:
        return {signed[:3] for signed in self.signed if signed[3] == self.text}


@dataclass(frozen=True)
class Deed:
    """One attempt: what, who, and how."""

    name: str
    person: str
    kind: str = "plain"
    sure: str = FRESH
    words: str = "原因"
    stale: bool = False
    blind: bool = False
    """The digest that comes with the form is not the text's."""


def allowed(deed: Deed, item: Item) -> bool:  # the rules in words, one line for each deed
    """Would the rules let this happen?"""
    reports, publishes = deed.person in REPORTERS, deed.person == PUBLISHER
    editable = item.state in ("draft", "returned")
    sure, fresh = deed.sure in (FRESH, RECENT), deed.sure == FRESH
    if deed.stale and deed.name != "correct":
        return False
    match deed.name:
        case "revise":
            return reports and editable
        case "submit":
            ready = item.text[0] != "unready" and item.text[1]
            return reports and editable and sure and ready and item.staffed()
        case "recall":
            return reports and item.state in SIGNERS and bool(deed.words)
        case "discard":
            return reports and editable and bool(deed.words)
        case "claim":
            return item.may_decide(deed.person)
        case "release":
            return deed.person in SIGNERS.get(item.state, ()) and item.claimed_by == deed.person
        case "proof":
            return item.may_decide(deed.person) and sure and not item.proofed and not deed.blind
        case "sign":
            enough = fresh if item.state == "third_review" else sure
            return item.may_decide(deed.person) and enough and item.proofed and not deed.blind
        case "return":
            before = item.may_decide(deed.person) or (publishes and item.state == "approved")
            return before and bool(deed.words)
        case "publish":
            good = publishes and fresh and item.state in ("approved", "scheduled") and item.sealed == item.text
            return good and (item.corrects is None or (item.corrects.live is not None and bool(deed.words)))
        case "schedule":
            return publishes and fresh and item.state == "approved" and item.corrects is None
        case "unschedule":
            return publishes and item.state == "scheduled"
        case "withdraw":
            return publishes and fresh and item.state == "published" and item.corrects is None and bool(deed.words)
        case "correct":
            origin = item.corrects or item
            open_ = origin.open_correction is not None and origin.open_correction.state not in ENDED
            return reports and item.state == "published" and origin.live is not None and not open_
    raise AssertionError(deed.name)


def follow(deed: Deed, item: Item) -> Item | None:
    """Let an allowed deed happen in the model; a correction is a new item."""
    person = deed.person
    match deed.name:
        case "revise":
            item.text = (deed.kind, True)
            item.touch(person, "draft")
        case "submit":
            changed = item.returned_text != item.text
            if item.returned_from == "approved" and not changed:
                target = "approved"
            elif item.returned_from in item.way() and not changed:
                target = str(item.returned_from)
            else:
                target = item.way()[0]
            item.signed += [("first_review", act, person, item.text) for act in ("proof", "review")]
            item.touch(person, "draft")
            item.returned_from = item.returned_text = None
            item.move(target)
        case "recall":
            item.move("draft")
        case "discard":
            item.move("discarded")
        case "claim":
            item.claimed_by = person
        case "release":
            item.claimed_by = None
        case "proof":
            item.signed.append((item.state, "proof", person, item.text))
            item.touch(person, item.state)
            item.proofed = True
        case "sign":
            item.signed.append((item.state, "review", person, item.text))
            item.touch(person, item.state)
            rest = item.way()[item.way().index(item.state) + 1 :]
            if not rest:
                item.sealed = item.text
            item.move(rest[0] if rest else "filed" if item.text[0] == "closed" else "approved")
        case "return":
            item.returned_from, item.returned_text = item.state, item.text
            item.move("returned")
        case "publish":
            (item.corrects or item).live = item.text
            item.move("published")
        case "schedule":
            item.move("scheduled")
        case "unschedule":
            item.move("approved")
        case "withdraw":
            item.live = None
            item.move("withdrawn")
        case "correct":
            origin = item.corrects or item
            assert origin.live is not None
            origin.open_correction = Item((origin.live[0], False), corrects=origin, hands={(person, "draft")})
            return origin.open_correction
    return None


# -- the house -------------------------------------------------------------------------------------------


class House:
    """The real thing, driven by the same deeds."""

    def __init__(self) -> None:
        self.cast = Cast()
        administrator, today = self.cast.actor("administrator"), clock.today()
        office = self.cast.unit("B05")
        network.appoint(administrator, self.cast.person("deputy_reporter"), office, Role.HEAD, today)
        network.appoint(administrator, self.cast.person("head"), office, Role.LEADER, today)
        absent = next(
            post
            for post in posts_on(today, unit_id=office.id, roles=(Role.LEADER,))
            if post.person_id == self.cast.person("leader").id
        )
        until = today + timedelta(days=60)
        network.cover(administrator, absent, self.cast.person("other_leader"), today, until, "休假")
        self.actors = {key: self.cast.actor(key) for key in PEOPLE}
        self.names = {self.cast.person(key).id: key for key in PEOPLE}
        self.unit_id = self.cast.unit("C03").id
        self.texts = {kind: self._text(kind) for kind in KINDS}

    def _text(self, kind: str) -> submissions.Text:
        changes: dict[str, dict[str, Any]] = {
            "plain": {},
            "mended": {"body_html": BODY.replace("68", "86")},
            "major": {"importance": Importance.MAJOR, "cross_unit_id": self.cast.unit("B10").id},
            "closed": {"attribute": Attribute.ON_REQUEST, "attribute_reason": "涉及第三方"},
            "unready": {"source": ""},
        }
        return a_text(self.cast, **changes[kind])

    def draft(self, kind: str) -> int:
        """A new item."""
        return submissions.draft(self.actors["reporter"], self.unit_id, self.texts[kind]).id

    def do(self, deed: Deed, number: int) -> int | None:
        """Try a deed; the number of the new item when it made one. Refused when the house says no."""
        item = db.session.get_one(Submission, number)
        actor = self.actors[deed.person].at(authentication=deed.sure)
        seen = item.version - 1 if deed.stale else item.version
        return DOING[deed.name](self, deed, actor, item, seen, "0" * 64 if deed.blind else item.digest)

    def standing(self, item: Submission) -> set[tuple[str, str, str]]:
        """(stage, act, person) of the signatures that hold."""
        return {(one.stage.value, one.act.value, self.names[one.person_id]) for one in queries.standing(item)}


def _correct(actor: Actor, item: Submission) -> int:
    return submissions.correct(actor, item).id


Doing = Callable[[House, Deed, Actor, Submission, int, str], Any]
DOING: dict[str, Doing] = {
    "revise": lambda h, d, a, i, seen, _: submissions.revise(a, i, h.texts[d.kind], seen) and None,
    "submit": lambda h, d, a, i, seen, _: submissions.submit(a, i, seen, replies=looked_at(i)) and None,
    "recall": lambda h, d, a, i, seen, _: submissions.recall(a, i, seen, d.words) and None,
    "discard": lambda h, d, a, i, seen, _: submissions.discard(a, i, seen, d.words) and None,
    "claim": lambda h, d, a, i, seen, _: review.claim(a, i, seen),
    "release": lambda h, d, a, i, seen, _: review.release(a, i, seen),
    "proof": lambda h, d, a, i, seen, digest: review.proof(a, i, seen, digest, replies=looked_at(i)),
    "sign": lambda h, d, a, i, seen, digest: review.sign(a, i, seen, digest) and None,
    "return": lambda h, d, a, i, seen, _: review.return_for_revision(a, i, seen, [], d.words) and None,
    "publish": lambda h, d, a, i, seen, _: publishing.publish(a, i, seen, d.words) and None,
    "schedule": lambda h, d, a, i, seen, _: publishing.schedule(a, i, seen, clock.now() + timedelta(hours=1)),
    "unschedule": lambda h, d, a, i, seen, _: publishing.unschedule(a, i, seen),
    "withdraw": lambda h, d, a, i, seen, _: publishing.withdraw(a, i, seen, d.words),
    "correct": lambda h, d, a, i, seen, _: _correct(a, i),
}

# -- the walk ----------------------------------------------------------------------------------------------

ANY_DEED = st.builds(
    Deed,
    st.sampled_from(sorted(DOING)),
    st.sampled_from(PEOPLE),
    st.sampled_from(KINDS),
    st.sampled_from([FRESH, FRESH, RECENT, "password"]),
    st.sampled_from(["原因", "原因", "原因", ""]),
    st.sampled_from([False] * 9 + [True]),
    st.sampled_from([False] * 9 + [True]),
)
POSSIBLE = [
    Deed(name, person, kind, sure)
    for name in sorted(DOING)
    for person in PEOPLE
    for kind in (KINDS if name == "revise" else ("plain",))
    for sure in (FRESH, RECENT)
]
# What leads on is wanted more often than what leads back.
WEIGHT = {"discard": 1, "withdraw": 2, "recall": 1, "revise": 3, "claim": 6, "release": 2, "return": 3}


def near_misses(item: Item) -> st.SearchStrategy[dict[str, Any]]:
    """One detail that is otherwise: most often the person, a colleague of the same post before all."""
    colleagues = sorted(SIGNERS.get(item.state, REPORTERS))
    return st.one_of(
        *(st.sampled_from(colleagues).map(lambda person: {"person": person}) for _ in range(2)),
        st.sampled_from(PEOPLE).map(lambda person: {"person": person}),
        st.sampled_from([FRESH, RECENT, "password"]).map(lambda sure: {"sure": sure}),
        st.sampled_from([{"words": ""}, {"stale": True}, {"blind": True}]),
        st.sampled_from(sorted(DOING)).map(lambda name: {"name": name}),
    )


def deeds(item: Item) -> st.SearchStrategy[Deed]:
    """One of the things that may be done now, the same but for one detail, or anything at all."""
    by_name: dict[str, list[Deed]] = {}
    for deed in POSSIBLE:
        if allowed(deed, item):
            by_name.setdefault(deed.name, []).append(deed)
    names = [name for name in by_name for _ in range(WEIGHT.get(name, 12))]
    if not names:
        return ANY_DEED
    sensible = st.sampled_from(names).flatmap(lambda name: st.sampled_from(by_name[name]))
    near = st.builds(lambda deed, other: replace(deed, **other), sensible, near_misses(item))
    return st.one_of(ANY_DEED, near, sensible, sensible)


@pytest.fixture(scope="module")
def house(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all examples; each begins with an item of its own."""
    folder: Path = tmp_path_factory.mktemp("model")
    address = databases.fresh(with_cast=True)
    app = open_house(folder, address)
    with app.app_context():
        yield House()
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


def compare(house: House, item: Item, number: int) -> None:
    """The house's item is the model's."""
    real = db.session.get_one(Submission, number)
    assert real.state.value == item.state
    assert house.standing(real) == item.standing()
    assert {(house.names[p], s.value) for p, s in queries.hands(number)} == item.hands
    assert (house.names[real.claimed_by_id] if real.claimed_by_id else None) == item.claimed_by
    if item.corrects is None:
        publication = publications.of_submission(number)
        live = publication is not None and publication.standing.value == "live"
        assert live == (item.live is not None)
    assert (real.signed_digest == real.digest) == (item.sealed == item.text)


def test_the_house_does_what_the_model_allows_and_nothing_else(house: House) -> None:
    examples = EXAMPLES if settings.default.max_examples == 100 else settings.default.max_examples
    accepted, seen_states = 0, set()
    begun = trail.head_seq()

    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True, database=None
    )
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        nonlocal accepted
        kind = data.draw(st.sampled_from(["plain", "plain", *KINDS]))
        pairs = [(Item((kind, True), hands={("reporter", "draft")}), house.draft(kind))]
        accepted += 1
        for _ in range(data.draw(st.integers(5, STEPS))):
            item, number = pairs[data.draw(st.integers(0, len(pairs) - 1))] if len(pairs) > 1 else pairs[0]
            deed = data.draw(deeds(item))
            before, expected = trail.head_seq(), allowed(deed, item)
            try:
                born = house.do(deed, number)
                happened = True
            except Refused:
                born, happened = None, False
            assert happened == expected, f"{deed} on {item}"
            assert trail.head_seq() == before + expected
            if expected:
                accepted += 1
                child = follow(deed, item)
                if child is not None and born is not None:
                    pairs.append((child, born))
                    compare(house, child, born)
            compare(house, item, number)
            seen_states.add(item.state)

    walk()
    assert trail.head_seq() - begun == accepted
    report = trail.verify()
    assert report.findings == []
    assert report.events == begun + accepted
    if examples >= EXAMPLES:
        assert {"published", "returned", "approved", "third_review"} <= seen_states
