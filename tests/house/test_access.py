"""Who may come in, whose rows are shown, and what a forged form gets.

The stored matrix is compared for equality: a new route fails until somebody has read its line.
Write it anew with ``flask --app wsgi access matrix > tests/house/access_matrix.csv``.
"""

import re

import pytest
from flask import Flask

from tests.browsing import browser, post, token_of
from tests.cast import PEOPLE as CAST
from tests.conftest import Databases, open_house
from tests.house import tree
from tests.house.town import BY_ROLE, CANARY, EVERYBODY, Town
from town_portal.access import matrix, policy
from town_portal.access.guard import declared
from town_portal.access.permissions import PUBLIC, SIGNED_IN, Permission
from town_portal.audit import queries as trail
from town_portal.foundation.db import db
from town_portal.submissions.models import Submission
from town_portal.submissions.rules.lifecycle import State

MATRIX = tree.ROOT / "tests" / "house" / "access_matrix.csv"
ROLES = {key: role for role, key in BY_ROLE.items()}

OPEN_TO_ALL = {
    "static", "favicon", "files.show",
    "portal.index",
    "portal.suggestions", "portal.feed", "portal.column_feed", "portal.sitemap", "portal.sitemap_part", "portal.robots",
    "portal.new_fault", "portal.report_fault", "portal.receipt", "portal.articles", "portal.article", "portal.column",
    "portal.search", "portal.reports",
    "accounts.sign_in", "accounts.enter", "accounts.sign_in_again", "accounts.enter_again",
    "accounts.links", "accounts.open_link", "accounts.link", "accounts.use_link",
    "reminders.calendar", "jobs.health",
}  # fmt: skip
"""What is seen without signing in. Nothing comes here by itself."""


# -- routes: may this kind of person come in at all ---------------------------------------------


def test_every_route_declares_what_it_needs(house: Flask) -> None:
    words = {PUBLIC, SIGNED_IN, *Permission}
    for rule in house.url_map.iter_rules():
        permissions = declared(house, rule.endpoint)
        assert permissions, f"{rule.endpoint} declares nothing"
        assert set(permissions) <= words, rule.endpoint
        assert not ({PUBLIC, SIGNED_IN} & set(permissions) and len(permissions) > 1), rule.endpoint


def test_what_is_public_is_listed(house: Flask) -> None:
    public = {rule.endpoint for rule in house.url_map.iter_rules() if PUBLIC in declared(house, rule.endpoint)}
    assert public == OPEN_TO_ALL


def test_every_permission_is_asked_somewhere_and_granted_to_somebody(house: Flask) -> None:
    asked = {word for rule in house.url_map.iter_rules() for word in declared(house, rule.endpoint)}
    assert set(Permission) <= asked
    assert all(policy.GRANTS[permission] for permission in Permission)


def test_a_route_that_declares_nothing_is_closed(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = databases.fresh(with_cast=True)
    app = open_house(tmp_path_factory.mktemp("bare-route"), address)
    app.get("/bare")(lambda: "in")
    for key in EVERYBODY:
        assert browser(app, key).get("/bare").status_code == 403, key
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


def test_the_stored_matrix_is_the_one_in_force(house: Flask) -> None:
    stored = MATRIX.read_text(encoding="utf-8").splitlines()
    present = matrix.table(house).splitlines()
    changed = [f"- {line}" for line in stored if line not in present] + [
        f"+ {line}" for line in present if line not in stored
    ]
    assert not changed, "read these lines, then write the matrix anew (see above):\n" + "\n".join(changed)
    assert stored == present


def test_the_guard_agrees_with_the_table(furnished_anew: Town) -> None:
    """Every route, every role: 403 exactly where the policy says no, and never a fault."""
    town, wrong = furnished_anew, []
    for method, rule in town.routes():
        permissions = declared(town.app, rule.endpoint)
        for key in EVERYBODY:
            status, text, _ = town.ask(key, method, town.nowhere(rule))
            _renew(town, rule.endpoint, key)
            if status != _expected(permissions, key, status) or status >= 500:
                wrong.append(f"{method} {rule.rule} as {key}: {status} {text if status == 500 else ''}")
    assert not wrong, "\n".join(wrong)


def _expected(permissions: tuple[str, ...], key: str | None, status: int) -> int:
    """What the guard alone must answer; where it lets in, anything but its own answers will do."""
    if PUBLIC in permissions:
        refused = False
    elif key is None:
        return 401
    else:
        roles = {ROLES[key]} if key in ROLES else set()
        refused = SIGNED_IN not in permissions and not policy.allows(roles, *permissions)
    if refused:
        return 403
    return status if status not in (400, 401, 403) else 200


def _renew(town: Town, endpoint: str, key: str | None) -> None:
    """Some acts end sessions: come in again."""
    if endpoint in ("accounts.sign_out", "accounts.end_other_sessions", "accounts.end_session"):
        town.forget(key)


def test_no_form_is_a_fault_on_rows_that_are_there(furnished_anew: Town) -> None:
    """An empty form on a real thing: shown again, refused, or done; never a fault."""
    town, faults = furnished_anew, []
    for state in (State.DRAFT, State.SECOND_REVIEW, State.APPROVED, State.PUBLISHED):
        for _, rule in town.routes("POST"):
            if state is not State.DRAFT and "submission_id" not in rule.arguments:
                continue
            for key, role in ROLES.items():
                if not policy.allows({role}, *(set(declared(town.app, rule.endpoint)) & set(Permission))):
                    continue
                path = town.path(rule, submission_id=town.items[state])
                status, text, _ = town.post(key, path)
                _renew(town, rule.endpoint, key)
                if status not in (200, 201, 204, 303, 403, 404, 409, 422):
                    faults.append(f"{path} as {key}: {status} {text[:300] if status == 500 else ''}")
    assert not faults, "\n".join(faults)
    with town.app.app_context():
        assert trail.verify().sound


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_asked_to_sign_in_and_loses_nothing(furnished: Town, method: str) -> None:
    for _, rule in furnished.routes(method):
        if PUBLIC in declared(furnished.app, rule.endpoint):
            continue
        path = furnished.path(rule)
        if method == "GET":
            status, text, headers = furnished.get(None, path)
            assert status == 303, path
            assert headers["Location"].startswith("/sign-in?next="), path
            assert CANARY not in text
            status, _, headers = furnished.get(None, path, part=True)
            assert (status, headers.get("HX-Trigger")) == (401, "sign-in-needed"), path
        else:
            status, text, _ = furnished.post(None, path, note="写了一半")
            assert status == 401, path
            assert "写了一半" in text, f"{path} loses what was typed"
            assert CANARY not in text


# -- rows: whose things are shown ---------------------------------------------------------------

HANDED_IN = set(State) - {State.DRAFT, State.DISCARDED}


def sees(key: str | None, state: State) -> bool:
    """May this person of the cast see an item of 洛洞村 in this state? Told here by name, not by code.

    The item belongs to 洛洞村 and is addressed to 农业农村办公室; 应急管理办公室 has the cross
    review of the one item that needs it.
    """
    match key:
        case "reporter" | "deputy_reporter" | "auditor":
            return True
        case "head" | "second_head" | "leader" | "principal" | "coordinator" | "publisher":
            return state in HANDED_IN
        case "other_head" | "office_head_reporter":
            return state is State.CROSS_REVIEW
    return False  # other units, other offices, the administrator, people without a post, strangers


PEOPLE = (
    "reporter", "deputy_reporter", "other_reporter", "office_reporter", "head", "second_head", "other_head",
    "leader", "other_leader", "principal", "coordinator", "publisher", "administrator", "auditor", "idler",
    "office_head_reporter",
)  # fmt: skip


def comes_in(town: Town, key: str, endpoint: str) -> bool:
    """Does the guard let this person of the cast through?"""
    permissions = declared(town.app, endpoint)
    if SIGNED_IN in permissions or PUBLIC in permissions:
        return True
    return policy.allows({role for role, _ in CAST[key][2]}, *permissions)


LOOKED_AT_CLOSELY = {"submissions.show", "review.show", "publishing.show"}
SOME = {State.DRAFT, State.RETURNED, State.PUBLISHED}


@pytest.mark.parametrize("key", PEOPLE)
def test_an_item_is_shown_to_those_who_may_see_it(furnished: Town, key: str) -> None:
    """Every page of an item (versions, one version, comparison, sheet, review, publishing), every state."""
    for _, rule in furnished.routes("GET"):
        if "submission_id" not in rule.arguments or not comes_in(furnished, key, rule.endpoint):
            continue
        for state, submission_id in furnished.items.items():
            path = furnished.path(rule, submission_id=submission_id)
            if sees(key, state):
                if rule.endpoint not in LOOKED_AT_CLOSELY and state not in SOME:
                    continue  # drawn often enough
                status, text, _ = furnished.get(key, path)
                assert status in (200, 303), f"{path} ({state}) as {key}: {status} {text[:200]}"
                assert status == 303 or CANARY in text, f"{path} shows another item"
            else:
                status, text, _ = furnished.get(key, path, part=state not in SOME)
                assert status == 404, f"{path} ({state}) as {key}: {status} {text[:200]}"
                assert CANARY not in text, f"{path} tells its title to {key}"


@pytest.mark.parametrize("key", PEOPLE)
def test_nobody_acts_on_an_item_he_does_not_see(furnished: Town, key: str) -> None:
    before = versions(furnished)
    for _, rule in furnished.routes("POST"):
        arguments = rule.arguments & {"submission_id", "slot"}
        if not arguments or not comes_in(furnished, key, rule.endpoint):
            continue
        for state, submission_id in furnished.items.items():
            if not sees(key, state):
                path = furnished.path(rule, **dict.fromkeys(arguments, submission_id))
                status, text, _ = furnished.post(key, path, part=True)
                if rule.endpoint == "submissions.drop_working_copy":
                    assert status == 303, path  # his own typing; there is none
                else:
                    assert status == 404, f"{path} ({state}) as {key}: {status}"
                assert CANARY not in text
    assert versions(furnished) == before


def versions(town: Town) -> dict[int, tuple[int, State]]:
    """What would tell that an item was touched."""
    with town.app.app_context():
        found = {item.id: (item.version, item.state) for item in db.session.query(Submission)}
        db.session.remove()
    return found


@pytest.mark.parametrize("key", [*PEOPLE, None])
def test_files_of_an_item_are_as_hidden_as_the_item(furnished: Town, key: str | None) -> None:
    for state, tokens in furnished.tokens.items():
        for token in tokens:
            status, _, headers = furnished.get(key, f"/files/{token}")
            small, _, _ = furnished.get(key, f"/files/{token}?size=s")
            shown = state is State.PUBLISHED or sees(key, state)
            assert (status == 200) is shown, f"{state} file as {key}: {status}"
            assert (small == 200) is shown, f"{state} thumbnail as {key}: {small}"
            if shown:
                assert "sandbox" in headers["Content-Security-Policy"]
                assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("key", [*PEOPLE, None])
def test_no_list_tells_of_an_item_that_is_not_shown(furnished: Town, key: str | None) -> None:
    """Every page this person can open, lists and figures too: no title of an item he may not see."""
    hidden = [
        furnished.titles[submission_id]
        for state, submission_id in furnished.items.items()
        if not sees(key, state) and state is not State.PUBLISHED
    ]
    queries = {
        "/submissions": ("", f"?q={CANARY}", "?state=draft", "?state=discarded", "?state=filed"),
        "/statistics/items": ("?measure=submitted", "?measure=returns", "?measure=amended", "?measure=published"),
        "/waiting": ("", "?again=1"),
        "/reviewed": ("", "?kind=returned"),
        "/portal/articles": ("", f"?q={CANARY}"),
    }
    for _, rule in furnished.routes("GET"):
        if "submission_id" in rule.arguments or (key and not comes_in(furnished, key, rule.endpoint)):
            continue
        for query in queries.get(rule.rule, ("",)):
            status, text, _ = furnished.get(key, furnished.path(rule) + query)
            assert status < 500, text
            told = [title for title in hidden if title in text]
            assert not told, f"{rule.rule}{query} tells {key} of {told}"


# -- forged forms -------------------------------------------------------------------------------


def test_a_form_without_its_token_changes_nothing(furnished: Town) -> None:
    """No token, somebody else's token, a made-up token: 400 on every route, before anything else."""
    client = furnished.browser("publisher")
    foreign = token_of(browser(furnished.app, "reporter"))
    before, head = versions(furnished), _head(furnished)
    for _, rule in furnished.routes("POST"):
        path = furnished.path(rule, submission_id=furnished.items[State.APPROVED])
        for data in ({}, {"csrf_token": foreign}, {"csrf_token": "made-up"}):
            response = client.post(path, data=data)
            assert response.status_code == 400, f"{path} {data}: {response.status_code}"
    assert (versions(furnished), _head(furnished)) == (before, head)


def test_a_form_with_its_token_comes_through(furnished: Town) -> None:
    answer = post(furnished.browser("publisher"), f"/publishing/{furnished.items[State.APPROVED]}/returns")
    assert answer.status_code == 422


def _head(town: Town) -> int:
    with town.app.app_context():
        seq = trail.head_seq()
        db.session.remove()
    return seq


def test_the_cookie_is_closed_to_scripts_and_other_sites(furnished: Town) -> None:
    cookie = browser(furnished.app).get("/sign-in").headers["Set-Cookie"]
    assert re.search(r"HttpOnly", cookie)
    assert re.search(r"SameSite=Lax", cookie)
