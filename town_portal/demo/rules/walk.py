"""One item's way, written down act by act with a clock of its own."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from town_portal.access.roles import Role
from town_portal.demo.rules import words
from town_portal.demo.rules.act import Act, Verb
from town_portal.demo.rules.corpus import Item
from town_portal.demo.rules.pace import Pace
from town_portal.submissions.rules.lifecycle import State

TOWN = "B01"
"""The coordinating office."""
ACROSS = {
    "B01": "B04", "B02": "B01", "B03": "B01", "B04": "B01", "B05": "B04",
    "B06": "B07", "B07": "B01", "B08": "B05", "B09": "B07", "B10": "B06",
}  # fmt: skip
"""Which office looks at another's important items; never the item's own unit."""
TWO_HEADS = frozenset({"B01", "B05", "B06", "B08"})
FAULT_STAGES = {
    "head": State.SECOND_REVIEW,
    "cross": State.CROSS_REVIEW,
    "leader": State.THIRD_REVIEW,
    "publisher": State.APPROVED,
}

Step = tuple[State, Role, str]
DESK: Step = (State.APPROVED, Role.PUBLISHER, TOWN)
"""Where an approved item waits."""


def across(item: Item) -> str:
    """The office of an item's cross review."""
    office = ACROSS[item.office]
    return office if office != item.unit else "B02" if item.office != "B02" else "B03"


def way(item: Item, *, cross: bool) -> list[Step]:
    """The stages of an item after the drafter's own, with a cross review or without."""
    steps: list[Step] = [(State.SECOND_REVIEW, Role.HEAD, item.office), (State.THIRD_REVIEW, Role.LEADER, item.office)]
    if cross:
        steps.insert(1, (State.CROSS_REVIEW, Role.HEAD, across(item)))
    return steps


class Walk:
    """The acts of one item. ``at`` is the instant (UTC) of the last one."""

    def __init__(self, item: Item, at: datetime, random: Random, pace: Pace, key: str = "") -> None:
        self.item, self.at, self.random, self.pace = item, at, random, pace
        self.key = key or item.key
        self.acts: list[Act] = []
        self.published: datetime | None = None
        self._deputy = random.random() < 0.28

    # -- the drafter ---------------------------------------------------------------------------

    def draft(self, text: Item, unfinished: bool = False) -> None:
        """Save the text, with its pictures uploaded before; perhaps half of it first."""
        self._upload(text)
        if unfinished:
            self._write(Verb.DRAFT, text.unfinished)
            self.wait(3, 25)
            self._write(Verb.REVISE, text)
        else:
            self._write(Verb.DRAFT, text)

    def copy(self, of: str, text: Item) -> None:
        """Begin with a copy of an older item and write this one over it."""
        self._report(Verb.COPY, of=of)
        self.wait(2, 6)
        self._upload(text)
        self._write(Verb.REVISE, text)

    def correct(self, of: str, text: Item) -> None:
        """Begin the correction of a published item."""
        self._report(Verb.CORRECT, of=of)
        self.wait(2, 9)
        self._write(Verb.REVISE, text)

    def revise(self, text: Item) -> None:
        """Save another version."""
        self._write(Verb.REVISE, text)

    def submit(self, opinion: str | None = None) -> None:
        """Hand the item in."""
        self._report(Verb.SUBMIT, words=self.random.choice(words.SUBMITTED) if opinion is None else opinion)

    def recall(self, reason: str) -> None:
        """Take it back."""
        self._report(Verb.RECALL, words=reason)

    def discard(self, reason: str) -> None:
        """Give it up."""
        self._report(Verb.DISCARD, words=reason)

    # -- the reviewers -------------------------------------------------------------------------

    def sign(self, step: Step, until: datetime, cross: str = "") -> None:
        """A stage from the item's arrival to its signatures; colleagues of one post claim first."""
        stage, role, unit = step
        second, entered = self._second(role, unit), self.at
        if self._claims(step, until) and self.random.random() < 0.12:
            self._act(Verb.CLAIM, role, unit, self._within(entered, until, 0.1, 0.2), second=not second)
            self._act(Verb.RELEASE, role, unit, self._within(entered, until, 0.3, 0.4), second=not second)
            self._act(Verb.CLAIM, role, unit, self._within(entered, until, 0.45, 0.55), second=second)
        elif self._claims(step, until) and self.random.random() < 0.6:
            self._act(Verb.CLAIM, role, unit, self._within(entered, until, 0.2, 0.5), second=second)
        proofed = max(self._within(entered, until, 0.6, 0.7), until - timedelta(minutes=self.random.uniform(2, 9)))
        self._act(Verb.PROOF, role, unit, proofed, second=second, words=self.random.choice(words.PROOFED))
        said = words.opinion(stage, self.random)
        self._act(Verb.SIGN, role, unit, until, second=second, words=said, cross=cross)

    def send_back(self, step: Step, until: datetime) -> None:
        """A stage that ends with the item's return."""
        fault = self.item.fault
        if fault is None:
            raise ValueError(f"nothing is wrong with {self.key}")
        _, role, unit = step
        self._act(
            Verb.RETURN, role, unit, until, second=self._second(role, unit), words=fault.reason,
            reasons=words.reasons(self.item), quote=words.quote(self.item),
        )  # fmt: skip

    def claim(self, step: Step, at: datetime) -> None:
        """Take the item up without signing yet."""
        self._act(Verb.CLAIM, step[1], step[2], at, second=True)

    # -- the publisher -------------------------------------------------------------------------

    def publish(self, until: datetime, note: str = "") -> None:
        """Put it before the public."""
        self._act(Verb.PUBLISH, Role.PUBLISHER, TOWN, until, second=self.random.random() < 0.5, words=note)
        self.published = until

    def schedule(self, until: datetime, scheduled: datetime) -> None:
        """Set a time; the system publishes then."""
        second = self.random.random() < 0.5
        self._act(Verb.SCHEDULE, Role.PUBLISHER, TOWN, until, second=second, scheduled=scheduled)
        published = scheduled + timedelta(seconds=self.random.uniform(1, 9))
        self._act(Verb.PUBLISH_SCHEDULED, Role.PUBLISHER, TOWN, published)
        self.published = published

    def withdraw(self, at: datetime, reason: str) -> None:
        """Take it off."""
        self._act(Verb.WITHDRAW, Role.PUBLISHER, TOWN, at, words=reason)

    # -- the clock -----------------------------------------------------------------------------

    def wait(self, least: float, most: float) -> None:
        """Let some minutes pass."""
        self.at += timedelta(minutes=self.random.uniform(least, most))

    def _upload(self, text: Item) -> None:
        for _ in text.figures:
            self._report(Verb.UPLOAD, text=text)
            self.wait(0.3, 1.5)

    def _write(self, verb: Verb, text: Item) -> None:
        self._report(verb, text=text)

    def _report(self, verb: Verb, **more: Any) -> None:
        self._act(verb, Role.REPORTER, self.item.unit, self.at, second=self._deputy, **more)

    def _act(self, verb: Verb, role: Role, unit: str, at: datetime, **more: Any) -> None:
        self.at = max(at, self.at + timedelta(milliseconds=500)) if self.acts else at
        self.acts.append(Act(at=self.at, key=self.key, verb=verb, role=role, unit=unit, **more))

    def _second(self, role: Role, unit: str) -> bool:
        share = 0.35 if unit in TWO_HEADS and role is Role.HEAD else 0.4 if role is Role.LEADER else 0.5
        return self.random.random() < share

    def _claims(self, step: Step, until: datetime) -> bool:
        shared = step[1] is Role.HEAD and step[2] in TWO_HEADS
        return shared and until - self.at > timedelta(minutes=20)

    def _within(self, entered: datetime, until: datetime, least: float, most: float) -> datetime:
        share = self.random.uniform(least, most)
        if self.item.urgent:
            return entered + (until - entered) * share
        return self.pace.working.add(entered, round(self.pace.working.between(entered, until) * share))
