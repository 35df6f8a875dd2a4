"""Scenes for tests that walk pages: items made beforehand, people with passwords."""

from typing import Any

from flask import Flask

from tests.builders import a_submission
from tests.cast import Cast
from town_portal.accounts import operations
from town_portal.submissions.rules.lifecycle import State

PASSWORD = "Qiu-Shou 2026 mi!"


def made(app: Flask, cast: Cast, state: State = State.DRAFT, **given: Any) -> int:
    """The number of an item in a state; its unit C03, its text 洛洞村's unless told otherwise."""
    with app.app_context():
        return a_submission(cast, state, **given).id


def give_passwords(cast: Cast, *keys: str) -> None:
    """Let people set their password by a one-time link. Needs an application context; sessions end with it."""
    administrator = cast.actor("administrator")
    for key in keys:
        operations.use_link(operations.issue_link(administrator, cast.person(key)), PASSWORD)
