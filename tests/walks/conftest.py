"""A real server with the standing cast, whose people have passwords."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Databases, open_house
from tests.http import Browser, Server
from tests.scene import give_passwords
from town_portal.foundation.db import db

HOLDERS = (
    "reporter",
    "deputy_reporter",
    "other_reporter",
    "office_reporter",
    "head",
    "second_head",
    "leader",
    "publisher",
)


class Stage:
    """A server on a database, and a door of one's own into the same database."""

    def __init__(self, server: Server, house: Flask) -> None:
        self.server = server
        self._house = house

    @contextmanager
    def inside(self) -> Iterator[Cast]:
        """An application context in the test's own process; nothing of it stays open."""
        with self._house.app_context():
            yield Cast()
            db.session.remove()

    def browser(self, key: str) -> Browser:
        """A browser in which somebody signed in by the form."""
        browser = self.server.browser()
        answer = browser.sign_in(Cast().phone(key))
        assert answer.status == 303, answer.text
        return browser


@pytest.fixture
def stage(databases: Databases, tmp_path: Path) -> Iterator[Stage]:
    """A server that runs."""
    yield from staged(databases, tmp_path, HOLDERS)


def staged(databases: Databases, folder: Path, keys: tuple[str, ...]) -> Iterator[Stage]:
    """Make the database, let people choose passwords, start the server; take all away afterwards."""
    address = databases.fresh(with_cast=True)
    house = open_house(folder / "data", address)
    server = Server(folder / "data", address)
    built = Stage(server, house)
    with built.inside() as cast:
        give_passwords(cast, *keys)
    server.start()
    try:
        yield built
    finally:
        server.kill()
        with house.app_context():
            db.engine.dispose()
        databases.drop(address)


AtOnce = Callable[..., None]
