"""Services for the tests of sending."""

from collections.abc import Iterator

import pytest

from tests.notifications.services import MailBox, Services, mail_server, services


@pytest.fixture
def house() -> Iterator[Services]:
    """Work groups' robots and a gateway on this machine."""
    with services() as running:
        yield running


@pytest.fixture
def mail_box() -> Iterator[MailBox]:
    """A mail server on this machine."""
    with mail_server() as running:
        yield running
