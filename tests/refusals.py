"""A refusal leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from town_portal.audit import queries as trail
from town_portal.foundation.errors import Refused


@contextmanager
def refused(words: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Expect a refusal with these words: no event, no change, and a trail that is sound."""
    before = trail.head_seq()
    with pytest.raises(kind, match=words):
        yield
    assert trail.head_seq() == before
    assert trail.verify().findings == []
