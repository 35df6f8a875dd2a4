"""Many hands at the same moment, on a real server: one effect, and everybody learns which.

SQLite or PostgreSQL, as the whole run.
"""

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.builders import a_submission
from tests.http import Browser, Page, choice, shown
from tests.scene import PASSWORD, give_passwords
from tests.walks.conftest import Stage
from town_portal.access.roles import Role
from town_portal.audit import queries as trail
from town_portal.audit.models import AuditEvent
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.submissions import queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

S = State
MORE_HEADS = ("other_head", "office_head_reporter", "other_leader", "principal", "coordinator", "idler")


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let them all go at the same moment; their answers in order."""
    barrier = threading.Barrier(len(acts))

    def wait_and(act: Callable[[], Any]) -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(wait_and, acts))


def heads(stage: Stage, count: int) -> list[Browser]:
    """So many heads of one office, each signed in at a browser of his own."""
    keys = ["head", "second_head", *MORE_HEADS][:count]
    with stage.inside() as cast:
        for key in keys[2:]:
            give_passwords(cast, key)
            network.appoint(
                cast.actor("administrator"), cast.person(key), cast.unit("B05"), Role.HEAD, clock.today(), deputy=True
            )
    return [stage.browser(key) for key in keys]


def made(stage: Stage, state: State) -> int:
    """An item that waits."""
    with stage.inside() as cast:
        return a_submission(cast, state).id


def ended(stage: Stage, number: int) -> tuple[State, list[str]]:
    """The item's state and everything that was done to it; the trail must be sound."""
    with stage.inside():
        report = trail.verify()
        assert report.findings == []
        events = [event.action for event in reversed(trail.timeline("Submission", number))]
        return db.session.get_one(Submission, number).state, events


def press(browser: Browser, opened: Page, action: str, **given: Any) -> Callable[[], Page]:
    """The press of a button on a page that is open."""
    filled = opened.form(action).filled(**given)
    return lambda: browser.twin().post(action, filled)


def sole_winner(answers: list[Page]) -> int:
    """Exactly one had his way; every other was told who, when and what."""
    won = [number for number, answer in enumerate(answers) if answer.status == 303]
    assert len(won) == 1, [(answer.status, shown(answer.text)[-300:]) for answer in answers]
    for answer in answers:
        if answer.status != 303:
            assert answer.status in (409, 422)
            assert re.search(r"\S+.* \d\d:\d\d (办了“|已经签过这一版的“校”)", shown(answer.text)), shown(answer.text)
    return won[0]


@pytest.mark.parametrize("count", [2, 4, 8])
def test_so_many_reviewers_decide_at_once(stage: Stage, count: int) -> None:
    browsers = heads(stage, count)
    for mixture in ("signatures", "returns", "both"):
        number = made(stage, S.SECOND_REVIEW)
        acts = []
        for place, browser in enumerate(browsers):
            noun = mixture if mixture != "both" else ("signatures", "returns")[place % 2]
            opened = browser.get(f"/review/{number}")
            acts.append(
                press(browser, opened, f"/review/{number}/{noun}", oath="y", password=PASSWORD, opinion="同时办")
            )
        sole_winner(at_once(acts))
        state, events = ended(stage, number)
        assert events.count("sign") + events.count("return") == 1
        assert events.count("proof") <= 1
        assert state in (S.THIRD_REVIEW, S.RETURNED)
        with stage.inside():
            given = [one.act.value for one in queries.signatures(number) if one.stage is S.SECOND_REVIEW]
        assert given in ([], ["proof"], ["proof", "review"])


def test_what_is_written_while_the_trail_is_verified_is_not_taken_for_smuggled_in(stage: Stage) -> None:
    over, written = threading.Event(), []

    def write() -> None:
        while not over.is_set():
            written.append(made(stage, S.DRAFT))

    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(write)
        try:
            while len(written) < 25 and not work.done():
                with stage.inside():
                    assert trail.verify().findings == []
        finally:
            over.set()
        work.result()
    assert len(written) >= 25


def test_eight_claim_at_once(stage: Stage) -> None:
    browsers = heads(stage, 8)
    number = made(stage, S.SECOND_REVIEW)
    path = f"/review/{number}"
    sole_winner(at_once([press(one, one.get(path), f"{path}/claims") for one in browsers]))
    assert ended(stage, number)[1].count("claim") == 1


def test_two_correct_and_two_hand_in_at_once(stage: Stage) -> None:
    number = made(stage, S.PUBLISHED)
    browsers = [stage.browser("reporter"), stage.browser("deputy_reporter")]
    path = f"/submissions/{number}"
    answers = at_once([press(one, one.get(path), f"{path}/corrections") for one in browsers for _ in range(2)])
    assert sorted(answer.status for answer in answers) == [303, 409, 409, 409]
    draft = made(stage, S.DRAFT)
    path = f"/submissions/{draft}"
    opened = [one.get(f"{path}/submittal") for one in browsers]
    sole_winner(
        at_once(
            [
                press(one, page, f"{path}/submittals", oath="y", password=PASSWORD)
                for one, page in zip(browsers, opened, strict=True)
            ]
        )
    )
    assert ended(stage, draft)[1] == ["draft", "submit"]


def with_token_of(browser: Browser, filled: list[tuple[str, str]], page: str) -> list[tuple[str, str]]:
    """The same form with the CSRF token of another sign-in; its one-time key stays."""
    found = re.search(r'"X-CSRFToken":"([^"]+)"', browser.get(page).text)
    assert found
    return [(name, found[1] if name == "csrf_token" else value) for name, value in filled]


Prepared = tuple[str, str, str, dict[str, Any]]


def acts_of_people() -> int:
    """How many events a person caused; the reminders of the running worker are not among them."""
    return db.session.scalar(select(func.count()).where(AuditEvent.actor_id.is_not(None))) or 0


def prepared(stage: Stage, what: str) -> Prepared:
    """(who, page, action, what is filled in) of a form that waits to be sent."""
    if what == "draft":
        office = choice(stage.browser("reporter").get("/submissions/new/blank"), "农业农村办公室")
        given = {"title": "并发试验的这一篇", "body_text": "只应当有一篇。", "counterpart_id": office}
        return "reporter", "/submissions/new/blank", "/submissions", given
    state = {"submit": S.DRAFT, "sign": S.SECOND_REVIEW, "third": S.THIRD_REVIEW, "publish": S.APPROVED}[what]
    number = made(stage, state)
    sure = {"oath": "y", "password": PASSWORD}
    return {
        "submit": ("reporter", f"/submissions/{number}/submittal", f"/submissions/{number}/submittals", sure),
        "sign": ("head", f"/review/{number}", f"/review/{number}/signatures", sure),
        "third": ("leader", f"/review/{number}", f"/review/{number}/signatures", sure),
        "publish": ("publisher", f"/publishing/{number}", f"/publishing/{number}/publications", {"password": PASSWORD}),
    }[what]


def test_one_form_twenty_times_at_once_has_one_effect_and_one_answer(stage: Stage) -> None:
    for what in ("draft", "submit", "sign", "third", "publish"):
        who, page, action, given = prepared(stage, what)
        browser = stage.browser(who)
        filled = browser.get(page).form(action).filled(**given)
        with stage.inside():
            before = acts_of_people()
        answers = at_once([lambda b=browser, a=action, f=filled: b.twin().post(a, f) for _ in range(20)])  # type: ignore[misc]
        assert {answer.status for answer in answers} == {303}, what
        places = {answer.location.removesuffix("/editing") for answer in answers}
        assert len(places) == 1, (what, places)
        with stage.inside():
            assert acts_of_people() - before == (2 if what in ("sign", "third") else 1)
            assert trail.verify().findings == []


def test_one_form_again_after_a_restart(stage: Stage) -> None:
    for what in ("draft", "third"):
        who, page, action, given = prepared(stage, what)
        browser = stage.browser(who)
        filled = browser.get(page).form(action).filled(**given)
        first = browser.post(action, filled)
        assert first.status == 303
        with stage.inside():
            before = acts_of_people()
        stage.server.kill()
        stage.server.start()
        again = stage.browser(who)
        filled = with_token_of(again, filled, "/")
        with stage.inside():
            signed_in = acts_of_people()
        answers = at_once([lambda b=again, a=action, f=filled: b.twin().post(a, f) for _ in range(10)])  # type: ignore[misc]
        assert {(answer.status, answer.location.removesuffix("/editing")) for answer in answers} == {
            (303, first.location.removesuffix("/editing"))
        }
        with stage.inside():
            assert acts_of_people() == signed_in == before + 1


def test_a_browser_goes_on_after_a_form_pressed_twice(stage: Stage) -> None:
    number = made(stage, S.THIRD_REVIEW)
    browser = stage.browser("leader")
    action = f"/review/{number}/signatures"
    filled = browser.get(f"/review/{number}").form(action).filled(oath="y", password=PASSWORD)
    twin = browser.twin()
    answers = at_once([lambda: twin.post(action, filled), lambda: browser.post(action, filled)])
    assert {answer.status for answer in answers} == {303}
    going_on = {one.get("/waiting").status for one in (twin, browser)}
    assert 200 in going_on, "the browser that kept the last answer's cookie must still be signed in"


def test_two_windows_of_one_person_keep_what_is_typed_at_once(stage: Stage) -> None:
    browser = stage.browser("reporter")
    filled = browser.get("/submissions/new/blank").form("/submissions").filled(title="两个窗口同时自动保存")
    answers = at_once([lambda: browser.twin().post("/working-copies/0", filled) for _ in range(12)])
    assert {answer.status for answer in answers} == {200}
    assert dict(browser.get("/submissions/new/blank").form("/submissions").fields)["title"] == "两个窗口同时自动保存"
