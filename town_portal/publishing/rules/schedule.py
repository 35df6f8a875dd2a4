"""Publishing at a set time, and when a missed time is an alarm."""

from datetime import datetime, timedelta

from town_portal.foundation.errors import Refused

GRACE = timedelta(minutes=2)
"""The worker looks every few seconds; later than this is a missed time."""
FARTHEST = timedelta(days=90)


def check(at: datetime, now: datetime) -> None:
    """Refuse a time (UTC) that has passed or lies more than 90 days ahead."""
    if at <= now:
        raise Refused("定时发布要选以后的时间。要马上发布请直接点“发布”。")
    if at - now > FARTHEST:
        raise Refused("定时发布最多提前 90 天。")
