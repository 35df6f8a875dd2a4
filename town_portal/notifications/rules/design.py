"""A channel as an administrator describes it, beside its connection."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from town_portal.foundation.errors import Refused
from town_portal.notifications.rules.kinds import Audience, ChannelKind, audiences
from town_portal.notifications.rules.wording import LEAST_BYTES

LONGEST_NAME = 20
MOST_BYTES = 32_000
MOST_PER_MINUTE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Name, whom it reaches, and limits other than the kind's (None: the kind's)."""

    name: str
    audience: Audience
    unit_ids: tuple[int, ...] = ()
    bytes_limit: int | None = None
    per_minute: int | None = None


def checked(design: Design, kind: ChannelKind, open_units: Iterable[int]) -> Design:
    """The same, tidied. Refused: no name, an audience the kind has not, no unit, limits out of bounds."""
    name = " ".join(design.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(f"名称要有 1—{LONGEST_NAME} 个字")
    if design.audience not in audiences(kind):
        raise Refused("这类通道不能这样用，请重新选“发给谁”")
    units = tuple(sorted(set(design.unit_ids))) if design.audience is Audience.UNITS else ()
    if design.audience is Audience.UNITS and not units:
        raise Refused("请至少选一个单位")
    if set(units) - set(open_units):
        raise Refused("选的单位里有已撤销的，请重新选")
    if design.bytes_limit is not None and not LEAST_BYTES <= design.bytes_limit <= MOST_BYTES:
        raise Refused(f"最多字节数要在 {LEAST_BYTES}—{MOST_BYTES} 之间")
    if design.per_minute is not None and not 1 <= design.per_minute <= MOST_PER_MINUTE:
        raise Refused(f"每分钟最多条数要在 1—{MOST_PER_MINUTE} 之间")
    return replace(design, name=name, unit_ids=units)
