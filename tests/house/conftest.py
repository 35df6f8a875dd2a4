"""One open house for all house tests: they look, they do not change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Databases, open_house
from tests.house.town import Town, Walk, furnish, walk_through
from town_portal.foundation.db import db


@pytest.fixture(scope="session")
def house(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal with the standing cast, opened once."""
    folder: Path = tmp_path_factory.mktemp("house")
    address = databases.fresh(with_cast=True)
    app = open_house(folder, address)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


@contextmanager
def a_furnished_town(databases: Databases, folder: Path) -> Iterator[Town]:
    """A portal with items in every state."""
    address = databases.fresh(with_cast=True)
    app = open_house(folder, address)
    yield furnish(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


@pytest.fixture(scope="session")
def furnished(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A furnished town to look at."""
    with a_furnished_town(databases, tmp_path_factory.mktemp("furnished")) as town:
        yield town


@pytest.fixture(scope="session")
def walk(furnished: Town) -> Walk:
    """Every page of every role, opened once."""
    return walk_through(furnished)


@pytest.fixture(scope="module")
def furnished_anew(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A furnished town to act in."""
    with a_furnished_town(databases, tmp_path_factory.mktemp("anew")) as town:
        yield town
