"""Questions about exports: what is public now, what was asked for, what came of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from town_portal.audit import queries as trail
from town_portal.columns import queries as columns
from town_portal.exports.models import SiteExport
from town_portal.exports.rules.manifest import ExportState
from town_portal.foundation.db import db
from town_portal.network import queries as network
from town_portal.publishing.models import Publication, Standing
from town_portal.settings import queries as settings

SHOWN = 20


def public_articles() -> list[tuple[int, int, bool]]:
    """(number, version shown, is only a notice) of every article that answers the public, by number."""
    live = Publication.standing == Standing.LIVE
    found = select(Publication.id, Publication.revision_id, live).where(
        live | ((Publication.standing == Standing.WITHDRAWN) & (Publication.withdrawal_notice != ""))
    )
    return [(number, shown, not alive) for number, shown, alive in db.session.execute(found.order_by(Publication.id))]


def seeds() -> list[str]:
    """The addresses an export begins with; the rest is found by their links."""
    codes = [one.code for group, leaves in columns.tree() for one in (group, *leaves)]
    lists = [f"/portal/articles?unit={unit.code}" for unit in network.units()]
    return [
        "/portal",
        "/portal/articles",
        "/portal/search",
        "/portal/reports",
        "/portal/feed.xml",
        "/portal/sitemap.xml",
        *lists,
        *(f"/portal/columns/{code}" for code in codes),
        *(f"/portal/columns/{code}/feed.xml" for code in codes),
        *(f"/portal/articles/{number}" for number, _, _ in public_articles()),
    ]


def trail_length() -> int:
    """How many acts were recorded."""
    return trail.head_seq()


def static_address() -> str:
    """Where the folder is served, if anywhere: no slash at its end."""
    return settings.static_address()


def portal_address() -> str:
    """Where the portal itself answers, if it is told: no slash at its end."""
    return str(settings.value("portal_address")["url"]).rstrip("/")


def waiting() -> SiteExport | None:
    """The export somebody asked for and nobody has made."""
    return db.session.scalar(
        select(SiteExport).where(SiteExport.state == ExportState.WAITING).order_by(SiteExport.id).limit(1)
    )


def newest() -> Sequence[SiteExport]:
    """The exports of late, newest first."""
    found = select(SiteExport).options(joinedload(SiteExport.asked_by)).order_by(SiteExport.id.desc()).limit(SHOWN)
    return db.session.scalars(found).all()


def last_made() -> SiteExport | None:
    """The newest export that can be fetched."""
    return db.session.scalar(
        select(SiteExport)
        .where(SiteExport.state == ExportState.MADE, SiteExport.folder == "")
        .order_by(SiteExport.id.desc())
        .limit(1)
    )
