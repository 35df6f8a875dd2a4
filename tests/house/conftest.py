"""One open house for all house tests: they look, they do not change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Databases, open_house
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
