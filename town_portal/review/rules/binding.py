"""签字背书: what a signature holds for, and how surely the signer must have proved who he is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from town_portal.access.actor import FRESH, RECENT
from town_portal.foundation.errors import Refused


class Signed(Protocol):
    """What the rules need to know of a signature."""

    @property
    def person_name(self) -> str:
        """Who gave it."""

    @property
    def digest(self) -> str:
        """The text it was given for."""

    @property
    def stage(self) -> object:
        """Where the item stood."""

    @property
    def act(self) -> object:
        """校 or 审."""

    @property
    def signed_at(self) -> datetime:
        """The instant it was given (UTC)."""


def check_identity(authentication: str | None, *, final: bool) -> None:
    """The last review and publishing ask for the password every time; earlier stages accept a recent one."""
    if authentication == FRESH or (authentication == RECENT and not final):
        return
    raise Refused("签字要核验身份，请输入您的登录密码。")


def proofed(
    signatures: Iterable[Signed], *, stage: object, act: object, digest: str, since: datetime | None
) -> Signed | None:
    """The 校 signature of this stay at this stage for exactly this text, or None."""
    for signature in signatures:
        if (
            signature.stage == stage
            and signature.act == act
            and signature.digest == digest
            and (since is None or signature.signed_at >= since)
        ):
            return signature
    return None


def check_proofed(found: Signed | None) -> None:
    """审 is refused until 校 stands for the same text."""
    if found is None:
        raise Refused("这一版还没有校对签字。请先校对并签“校”，再签“审”。")
