"""The worker's part: every text that is somebody's present one is made findable. Decides nothing, records nothing."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from town_portal.files import queries as files
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping
from town_portal.search import queries
from town_portal.search.models import SearchDoc, SearchGrams
from town_portal.search.rules.grams import LONGEST_BODY, alike, tokens
from town_portal.submissions.models import Revision
from town_portal.submissions.rules import markup


def index(limit: int) -> int:
    """Make the next texts findable, oldest first, and forget the versions they replaced; returns how many.

    May be called any number of times, by several workers at once.
    """
    waiting = queries.not_yet_indexed(limit)
    made = [(revision, *_document(revision)) for revision in waiting]
    with bookkeeping() as session:
        known = {doc.revision_id: doc for doc in queries.documents([revision.id for revision, *_ in made])}
        for revision, doc, grams in made:
            if old := known.get(revision.id):
                _forget(session, old)
            _keep(session, doc, grams)
        session.flush()
        for old in queries.outdated([doc.submission_id for _, doc, _ in made]):
            _forget(session, old)
    return len(made)


def start_anew() -> None:
    """Forget every document; ``index`` makes them again."""
    while True:
        with bookkeeping() as session:
            some = queries.some_documents(1000)
            for doc in some:
                _forget(session, doc)
        if not some:
            return


def _document(revision: Revision) -> tuple[SearchDoc, list[str]]:
    """The document of a version, and what it is kept under."""
    attached = [one.file_id for one in revision.attachments]
    read = files.kept_contents(attached) if attached else {}
    title = alike(revision.title)
    shown = (part for kept in read.values() for part in queries.shown_parts(kept.contents))
    names = " ".join(one.name for one in revision.attachments)
    body = alike("\n".join((markup.words(revision.body_html), revision.source, names, *shown)))[:LONGEST_BODY]
    doc = SearchDoc(
        revision_id=revision.id,
        submission_id=revision.submission_id,
        title=title,
        body=body,
        complete=len(read) == len(set(attached)),
        indexed_at=clock.now(),
    )
    return doc, tokens(title, body)


def _keep(session: Session, doc: SearchDoc, grams: list[str]) -> None:
    if queries.on_postgresql():
        doc.grams = queries.vector(grams)
    else:
        session.execute(insert(SearchGrams).values(rowid=doc.revision_id, grams=" ".join(grams)))
    session.add(doc)


def _forget(session: Session, doc: SearchDoc) -> None:
    """Take a document out. The full-text table keeps no text, so it is told again what it was given."""
    if not queries.on_postgresql():
        grams = " ".join(tokens(doc.title, doc.body))
        session.execute(insert(SearchGrams).values(search_grams="delete", rowid=doc.revision_id, grams=grams))
    session.execute(delete(SearchDoc).where(SearchDoc.revision_id == doc.revision_id))
    session.expunge(doc)
