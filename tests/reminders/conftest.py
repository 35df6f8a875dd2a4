"""The town of these tests is in order: nothing is owed in it but what a test makes."""

import pytest

from tests.cast import Cast
from tests.supervision.order import keep_in_order


@pytest.fixture
def town(town: Cast) -> Cast:
    keep_in_order(town)
    return town
