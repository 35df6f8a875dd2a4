"""Finding: which texts hold the words of a question, among those the caller lets through.

First come the titles that hold every word, then the texts that do; among them the newest first. A word that half the
town's texts hold is never sorted by anything but time, so no question costs more than a look at ``MOST`` of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, cast, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TSQUERY
from sqlalchemy.orm import selectinload

from town_portal.access.actor import Actor
from town_portal.files import queries as files
from town_portal.files.rules.contents.contents import Contents
from town_portal.foundation.db import db
from town_portal.publishing.models import Publication
from town_portal.search.models import GRAMS, SearchDoc
from town_portal.search.rules import question as questions
from town_portal.search.rules.expression import POSTGRESQL, SQLITE, all_but_one, expression
from town_portal.search.rules.grams import TITLE, alike, grams
from town_portal.search.rules.marking import Piece, marked, passage
from town_portal.search.rules.question import Question
from town_portal.submissions.models import Revision, RevisionFile, Submission
from town_portal.submissions.queries import LIST, visible
from town_portal.submissions.rules import markup

MOST = 1000
"""Texts looked at for one question; with more the count is said to be “over”."""
NEARLY = 50
"""Texts told when none holds the whole question."""
LOOKED_AT = 2000
"""Titles looked at for each pair then."""
FEWEST_PAIRS, MOST_PAIRS = 3, 24
"""Of a question that may be answered with what is nearly it."""
ENOUGH = 0.6
"""The share of a question's pairs a title must hold to be nearly it."""

NOTHING = Question(())
Narrow = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]
"""Joins what the caller lets through to documents by ``SearchDoc.revision_id`` and selects (key, title, day)."""

HIDDEN_PLACES = (
    "批注",
    "文件属性",
    "修订删除",
    "备注页",
    "没有显示",
    "留在文件里",
    "数据透视表",
    "隐藏",
    "外部链接",
    "链接",
)
"""Words in the name of a place that a reader of the file does not see."""


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of what was found, best first."""

    keys: tuple[int, ...] = ()
    more: bool = False
    """There is more than was looked at."""
    nearly: bool = False
    """Nothing holds all the words: these hold most of them."""
    question: Question = NOTHING


def on_postgresql() -> bool:
    """Which engine is asked?"""
    return db.engine.dialect.name == "postgresql"


def find(typed: str, narrow: Narrow) -> Found:
    """What fits a typed question among what ``narrow`` lets through. Asked again more loosely when nothing does."""
    strict = questions.asked(typed)
    for question in (strict, questions.loosely(typed)):
        if question and (found := _find(question, narrow)).keys:
            return found
    return _nearly(strict, narrow) if strict else Found()


def _find(question: Question, narrow: Narrow) -> Found:
    anywhere = _rows(narrow(_holding(question, in_title=False)))
    in_titles = _rows(narrow(_holding(question, in_title=True))) if anywhere else []
    phrase = question.phrase

    def place(row: tuple[int, str, date]) -> tuple[bool, bool, int, int]:
        title = alike(row[1])
        return title != phrase, phrase not in title, -_in_title(question, title), -row[2].toordinal()

    best = dict.fromkeys(row[0] for row in sorted(in_titles, key=place))
    rest = sorted((row for row in anywhere if row[0] not in best), key=place)
    keys = (*best, *(row[0] for row in rest))
    return Found(keys[:MOST], MOST in (len(in_titles), len(anywhere)), question=question)


def _in_title(question: Question, title: str) -> int:
    return sum(any(wording in title for wording in word) for word in question.words)


def _rows(statement: Select[*tuple[Any, ...]]) -> list[tuple[int, str, date]]:
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement.limit(MOST))]


def titles(typed: str, narrow: Narrow, limit: int) -> list[str]:
    """Titles that hold what was typed so far, the newest first, each once."""
    question = questions.asked(typed)
    if not question:
        return []
    rows = db.session.execute(narrow(_holding(question, in_title=True)).limit(limit * 4))
    return list(dict.fromkeys(title for _, title, _ in rows))[:limit]


def _holding(question: Question, *, in_title: bool) -> Select[*tuple[Any, ...]]:
    """Documents that hold every word, the newest first. Pairs may stand apart, so long words are looked at again."""
    where = (SearchDoc.title,) if in_title else (SearchDoc.title, SearchDoc.body)
    again = [
        or_(*(column.contains(wording, autoescape=True) for wording in word for column in where))
        for word in question.words
        if max(map(len, word)) > 2
    ]
    asked = expression(question, POSTGRESQL if on_postgresql() else SQLITE, in_title=in_title)
    return _kept_under(asked).where(*again)


def _kept_under(asked: str) -> Select[*tuple[Any, ...]]:
    documents = select(SearchDoc.revision_id)
    if on_postgresql():
        matching = SearchDoc.grams.op("@@")(cast(literal(asked), TSQUERY))
        return documents.where(matching).order_by(SearchDoc.revision_id.desc())
    matching = GRAMS.c.search_grams.op("MATCH")(asked)
    return documents.join(GRAMS, GRAMS.c.rowid == SearchDoc.revision_id).where(matching).order_by(GRAMS.c.rowid.desc())


def _nearly(question: Question, narrow: Narrow) -> Found:
    """Texts that hold all pairs of the question but one, those with most of them in their titles first; else titles that hold most of them."""
    pairs = list(dict.fromkeys(gram for word in question.own for gram in grams(word) if len(gram) > 1))[:MOST_PAIRS]
    if len(pairs) < FEWEST_PAIRS:
        return Found(question=question)
    words = Question(tuple((pair,) for pair in pairs))
    language = POSTGRESQL if on_postgresql() else SQLITE
    if rows := _rows(narrow(_kept_under(all_but_one(pairs, language)))):
        best = sorted(rows, key=lambda row: (-_in_title(words, alike(row[1])), -row[2].toordinal()))
        return Found(tuple(row[0] for row in best[:NEARLY]), nearly=True, question=words)
    each = [
        select(_kept_under(language.pair.format(TITLE + pair)).limit(LOOKED_AT).subquery().c.revision_id)
        for pair in pairs
    ]
    counted = Counter(db.session.scalars(union_all(*each)))
    likely = [document for document, count in counted.most_common(NEARLY) if count >= ENOUGH * len(pairs)]
    if not likely:
        return Found(question=question)
    statement = narrow(select(SearchDoc.revision_id).where(SearchDoc.revision_id.in_(likely)))
    found = db.session.execute(statement.add_columns(SearchDoc.revision_id.label("document"))).all()
    best_first = sorted(found, key=lambda row: (-counted[row.document], -row[2].toordinal()))
    return Found(tuple(row[0] for row in best_first), nearly=bool(found), question=words)


# -- inside -----------------------------------------------------------------------------------


def find_visible(typed: str, actor: Actor) -> Found:
    """The items an actor may see that fit a question, by their present text; keys are their numbers."""

    def narrow(documents: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        present = and_(Submission.id == SearchDoc.submission_id, Submission.revision_id == SearchDoc.revision_id)
        found: Select[*tuple[Any, ...]] = documents.with_only_columns(
            Submission.id, Submission.title, Submission.event_on, maintain_column_froms=True
        )
        return found.join(Submission, present).where(visible(actor))

    return find(typed, narrow)


def items(keys: Sequence[int], actor: Actor) -> list[Submission]:
    """The items of these numbers that an actor may see, in the order given."""
    rows = select(Submission).where(Submission.id.in_(keys), visible(actor))
    wanted = rows.options(*LIST, selectinload(Submission.revision).selectinload(Revision.files))
    found = {item.id: item for item in db.session.scalars(wanted)}
    return [found[key] for key in keys if key in found]


# -- why it was found ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A found text with the words marked: in its title, around them in the text, or in which attachment."""

    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    attachment: str = ""


def shown(title: str, body_html: str, attachments: Iterable[RevisionFile], question: Question) -> Shown:
    """A found text as it is shown."""
    wordings = question.wordings
    text = markup.words(body_html)
    lines = passage(text, wordings)
    if lines:
        return Shown(marked(title, wordings), lines)
    attached = list(attachments)
    read = files.kept_contents(one.file_id for one in attached) if attached else {}
    for one in attached:
        words = "\n".join(shown_parts(read[one.file_id].contents)) if one.file_id in read else ""
        if lines := passage(words, wordings):
            return Shown(marked(title, wordings), lines, one.name)
    return Shown(marked(title, wordings), (Piece(markup.summary(body_html)),))


def shown_item(item: Submission, question: Question) -> Shown:
    """A found item by its present text."""
    revision = item.revision
    if revision is None:
        return Shown(marked(item.title, question.wordings), ())
    return shown(item.title, revision.body_html, revision.attachments, question)


def shown_parts(contents: Contents) -> list[str]:
    """What a reader of an attachment sees: nothing of comments, notes, properties, or hidden sheets, rows and columns."""
    hidden = {concern.place for concern in contents.concerns if concern.kind.value == "hidden"}
    found = []
    for part in contents.parts:
        if part.place in hidden or any(word in part.place for word in HIDDEN_PLACES):
            continue
        if not part.rows:
            found.append(part.words)
            continue
        lines = zip(part.rows, part.words.split("\n"), strict=False)
        seen = [column for column, name in enumerate(part.columns) if not name.startswith("隐藏")]
        for row, line in lines:
            cells = line.split("\t")
            if not row.startswith("隐藏"):
                found.append(" ".join(cells[column] for column in seen if column < len(cells)))
    return found


# -- the worker ----------------------------------------------------------------------------------


def not_yet_indexed(limit: int) -> list[Revision]:
    """The next present versions without a document, oldest first; then those whose attachments were read since."""
    newest = select(func.coalesce(func.max(SearchDoc.revision_id), 0)).scalar_subquery()
    rows = (
        select(Revision)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(Revision.id > newest, or_(Submission.revision_id == Revision.id, _published(Revision.id)))
        .order_by(Revision.id)
        .options(selectinload(Revision.files))
        .limit(limit)
    )
    return list(db.session.scalars(rows)) or _completed(limit)


def _completed(limit: int) -> list[Revision]:
    waiting = select(SearchDoc.revision_id).where(SearchDoc.complete.is_(False)).order_by(SearchDoc.revision_id)
    rows = select(Revision).where(Revision.id.in_(waiting.limit(200))).options(selectinload(Revision.files))
    found = []
    for revision in db.session.scalars(rows):
        attached = {one.file_id for one in revision.attachments}
        if len(files.kept_contents(attached)) == len(attached):
            found.append(revision)
    return found[:limit]


def something_new() -> bool:
    """Was a version saved after the newest document, or is one incomplete?"""
    newest, made, waiting = db.session.execute(
        select(
            select(func.max(Revision.id)).scalar_subquery(),
            select(func.max(SearchDoc.revision_id)).scalar_subquery(),
            select(SearchDoc.revision_id).where(SearchDoc.complete.is_(False)).limit(1).scalar_subquery(),
        )
    ).one()
    return (newest or 0) > (made or 0) or (waiting is not None and bool(_completed(1)))


def documents(revision_ids: Iterable[int]) -> list[SearchDoc]:
    """The documents of versions."""
    return list(db.session.scalars(select(SearchDoc).where(SearchDoc.revision_id.in_(tuple(revision_ids)))))


def outdated(submission_ids: Iterable[int]) -> list[SearchDoc]:
    """Documents of items that are nobody's present text any more."""
    rows = (
        select(SearchDoc)
        .join(Submission, Submission.id == SearchDoc.submission_id)
        .where(
            SearchDoc.submission_id.in_(tuple(submission_ids)),
            Submission.revision_id != SearchDoc.revision_id,
            ~_published(SearchDoc.revision_id),
        )
    )
    return list(db.session.scalars(rows))


def _published(revision_id: Any) -> ColumnElement[bool]:
    """Is a version what a publication shows?"""
    return select(Publication.id).where(Publication.revision_id == revision_id).exists()


def some_documents(limit: int) -> list[SearchDoc]:
    """Some documents, to be forgotten."""
    return list(db.session.scalars(select(SearchDoc).order_by(SearchDoc.revision_id).limit(limit)))


def version() -> Any:
    """Changes when a document was made; what is taken away changes the trail."""
    return db.session.scalar(select(func.max(SearchDoc.indexed_at)))


def vector(kept_under: list[str]) -> Any:
    """PostgreSQL's value for what a document is kept under."""
    return func.array_to_tsvector(cast(kept_under, ARRAY(TEXT)))
