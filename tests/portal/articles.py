"""Live articles for the tests of the public side, written in one recorded act each."""

import io
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PIL import Image

from tests.cast import Cast
from town_portal.access.actor import SYSTEM
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.files.models import StoredFile
from town_portal.files.operations import upload_attachment, upload_picture
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing.models import Publication, Standing
from town_portal.submissions.models import (
    Attribute,
    Importance,
    Revision,
    RevisionFile,
    Submission,
    Urgency,
)
from town_portal.submissions.rules.lifecycle import State

PUT = Action("put_article", "放一篇文章")
TAKE = Action("take_article", "撤一篇文章")
FIRST = datetime(2026, 4, 16, 2, 0, tzinfo=UTC)
BODY = "<p>4月14日，洛洞村联合镇农业农村办公室，在村文化室开展春耕农技培训。</p>"

_serial = count(1)


def put_article(
    cast: Cast,
    title: str = "洛洞村完成春耕农技培训，服务农户 68 户",
    *,
    column: str = "gzdt",
    unit: str = "C03",
    at: datetime = FIRST,
    body: str = BODY,
    files: tuple[tuple[StoredFile, str], ...] = (),
    source: str = "洛洞村委会",
) -> int:
    """A live publication with its text and files (stored file, shown name); returns its number."""
    serial = next(_serial)
    common = {
        "title": title,
        "column_id": cast.column(column).id,
        "event_on": clock.day_of(at) - timedelta(days=2),
        "importance": Importance.NORMAL,
        "urgency": Urgency.NORMAL,
        "attribute": Attribute.ACTIVE,
        "counterpart_id": cast.unit("B05").id,
        "digest": f"{serial:064x}",
    }
    unit_id, drafter_id = cast.unit(unit).id, cast.person("reporter").id
    with unit_of_work(SYSTEM) as work:
        submission = Submission(
            unit_id=unit_id,
            drafter_id=drafter_id,
            state=State.PUBLISHED,
            created_at=at,
            updated_at=at,
            golden_until=clock.day_of(at),
            signed_digest=common["digest"],
            **common,
        )
        db.session.add(submission)
        db.session.flush()
        revision = Revision(
            submission_id=submission.id,
            number=1,
            author_id=drafter_id,
            created_at=at,
            body_html=body,
            source=source,
            **common,
        )
        db.session.add(revision)
        db.session.flush()
        submission.revision_id = revision.id
        for position, (file, name) in enumerate(files, 1):
            db.session.add(
                RevisionFile(revision_id=revision.id, file_id=file.id, kind=file.kind, name=name, position=position)
            )
        publication = Publication(
            submission_id=submission.id,
            revision_id=revision.id,
            unit_id=unit_id,
            column_id=common["column_id"],
            title=title,
            index_number=f"TT441821102/{at.year}-{serial:05d}",
            event_on=common["event_on"],
            golden_until=clock.day_of(at),
            published_at=at,
            published_on=clock.day_of(at),
            standing=Standing.LIVE,
        )
        db.session.add(publication)
        work.record(PUT, submission)
    return publication.id


def take_away(publication_id: int) -> None:
    """Withdraw a publication."""
    publication = db.session.get(Publication, publication_id)
    assert publication is not None
    with unit_of_work(SYSTEM, on=publication) as work:
        publication.standing, publication.withdrawn_at = Standing.WITHDRAWN, work.at
        work.record(TAKE, publication)


def correct(publication_id: int, note: str, at: datetime = FIRST + timedelta(days=1)) -> None:
    """Put a correction notice on a publication."""
    publication = db.session.get(Publication, publication_id)
    assert publication is not None
    with unit_of_work(SYSTEM, on=publication) as work:
        publication.corrected_at, publication.correction_note, publication.corrections = at, note, 1
        work.record(PUT, publication)


def photo(width: int = 60, height: int = 40, colour: str = "#6f8a5b") -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def add_photo(cast: Cast, folder: Path, key: str = "reporter", **look: object) -> StoredFile:
    """A photo somebody uploaded."""
    actor = cast.actor(key)
    return upload_picture(actor, Store(folder), None, "春耕.jpg", photo(**look))  # type: ignore[arg-type]


def add_document(cast: Cast, folder: Path, key: str = "reporter", name: str = "名册（统计表）.pdf") -> StoredFile:
    """A PDF somebody uploaded."""
    return upload_attachment(cast.actor(key), Store(folder), None, name, b"%PDF-1.7\n%a small one\n")


def figure(file: StoredFile, alt: str = "农技员在田间示范育秧") -> str:
    """A picture as it stands in a stored text."""
    return (
        f'<figure><img src="/files/{file.token}" alt="{alt}" width="{file.width}" height="{file.height}">'
        "<figcaption>镇农技员在洛洞村田间示范育秧</figcaption></figure>"
    )
