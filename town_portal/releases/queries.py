"""Questions about releases: what is planned where, what came out, what still proves nothing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing.models import Publication
from town_portal.releases.models import Release, ReleaseChannel
from town_portal.releases.rules.channel import Tier
from town_portal.releases.rules.lifecycle import ReleaseState

SHOWN = (joinedload(Release.channel), joinedload(Release.recorded_by), joinedload(Release.reported_by))


@dataclass(frozen=True, slots=True)
class Counted:
    """One release that counts: it ran, and nobody took it back."""

    submission_id: int
    publication_id: int
    unit_id: int
    channel_id: int
    channel: str
    tier: Tier
    day: date
    """Of Shanghai, on which it came out there."""


def counted(first: date, last: date) -> list[Counted]:
    """What came out on all channels from one day to another (Shanghai, both included), in order: one statement."""
    found = (
        select(
            Publication.submission_id,
            Release.publication_id,
            Release.unit_id,
            Release.channel_id,
            ReleaseChannel.name,
            ReleaseChannel.tier,
            Release.released_at,
        )
        .select_from(Release)
        .join(Release.channel)
        .join(Release.publication)
        .where(
            Release.state == ReleaseState.RELEASED,
            Release.released_at >= clock.instant(first),
            Release.released_at < clock.end_of(last),
        )
        .order_by(Release.released_at, Release.id)
    )
    return [
        Counted(submission, publication, unit, channel, name, tier, clock.day_of(at))
        for submission, publication, unit, channel, name, tier, at in db.session.execute(found)
        if at
    ]


def of_publication(publication_id: int) -> list[Release]:
    """Everything planned or recorded of one article, in the order of channels."""
    found = (
        select(Release)
        .join(Release.channel)
        .where(Release.publication_id == publication_id)
        .options(*SHOWN, joinedload(Release.sent_by), joinedload(Release.shot))
        .order_by(ReleaseChannel.position, ReleaseChannel.id)
    )
    return list(db.session.scalars(found))
