"""A refusal leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from town_portal.audit import queries as trail
from town_portal.foundation.errors import Refused


@contextmanager
def refused(words: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Expect a refusal with these words, and that nothing was recorded.

    What is not recorded cannot be written; the walks prove that for every row by verifying the trail.
    """
    before = trail.head_seq()
    with pytest.raises(kind, match=words):
        yield
    assert trail.head_seq() == before
