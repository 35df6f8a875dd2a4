"""签字背书: for which text a 校 stands, and how surely the signer is known."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from town_portal.access.actor import FRESH, RECENT
from town_portal.foundation.errors import Refused
from town_portal.review.rules.binding import check_identity, check_proofed, proofed
from town_portal.submissions.models import Act
from town_portal.submissions.rules.lifecycle import State as S

ENTERED = datetime(2026, 9, 8, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Signed:
    person_name: str = "陈志明"
    digest: str = "d1"
    stage: object = S.SECOND_REVIEW
    act: object = Act.PROOF
    signed_at: datetime = ENTERED + timedelta(minutes=5)


PROOF = Signed()


def found(*signatures: Signed, since: datetime | None = ENTERED) -> Signed | None:
    return proofed(signatures, stage=S.SECOND_REVIEW, act=Act.PROOF, digest="d1", since=since)


def test_it_stands_for_this_text_at_this_stage_in_this_stay() -> None:
    assert found(PROOF) is PROOF
    assert found() is None
    assert found(replace(PROOF, digest="d2")) is None
    assert found(replace(PROOF, stage=S.THIRD_REVIEW)) is None
    assert found(replace(PROOF, act=Act.REVIEW)) is None
    assert found(replace(PROOF, signed_at=ENTERED - timedelta(days=1))) is None
    assert found(replace(PROOF, signed_at=ENTERED)) is not None
    assert found(replace(PROOF, signed_at=ENTERED - timedelta(days=1)), since=None) is not None


def test_no_review_without_proof() -> None:
    check_proofed(PROOF)
    with pytest.raises(Refused, match="还没有校对签字"):
        check_proofed(None)


@pytest.mark.parametrize(
    ("authentication", "final", "good"),
    [
        (FRESH, False, True),
        (FRESH, True, True),
        (RECENT, False, True),
        (RECENT, True, False),
        ("password", False, False),
        (None, False, False),
        ("", True, False),
    ],
)
def test_how_surely_the_signer_must_be_known(authentication: str | None, final: bool, good: bool) -> None:
    if good:
        check_identity(authentication, final=final)
    else:
        with pytest.raises(Refused, match="请输入您的登录密码"):
            check_identity(authentication, final=final)
