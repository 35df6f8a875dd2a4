"""The drafter's verbs: draft, revise, read a Word file in, submit, recall, discard, copy, correct."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from town_portal.access.actor import FRESH, RECENT, SYSTEM, Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import first_answer, unit_of_work
from town_portal.files import operations as files
from town_portal.files.models import FileKind, StoredFile
from town_portal.files.rules import word_file
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import bookkeeping, db
from town_portal.foundation.errors import Moved, Refused
from town_portal.network import queries as network
from town_portal.settings import queries as settings
from town_portal.submissions import queries
from town_portal.submissions.models import (
    PAGE_KEY,
    Act,
    Attribute,
    FindingAnswer,
    Hand,
    Importance,
    ImportReport,
    Revision,
    RevisionFile,
    Signature,
    StageVisit,
    Submission,
    Urgency,
    WorkingCopy,
)
from town_portal.submissions.rules import markup, route, separation, word_text
from town_portal.submissions.rules.digest import digest_of
from town_portal.submissions.rules.lifecycle import EDITABLE, LIFECYCLE, State
from town_portal.submissions.rules.reckoning import RECKON, Change, Move, Stay
from town_portal.submissions.rules.route import Step
from town_portal.submissions.rules.spotted import Spotted, answer_to, objection, still_open

DRAFT = Action("draft", "起草")
REVISE = Action("revise", "修改")
IMPORT = Action("import_word", "导入文稿")
COPY = Action("copy_as_new", "复制为新稿")
CORRECT = Action("start_correction", "起草更正")
ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One saved text, as plain values. ``attachments`` are (stored file id, shown name)."""

    title: str
    column_id: int
    event_on: date
    body_html: str
    counterpart_id: int
    source: str = ""
    importance: Importance = Importance.NORMAL
    urgency: Urgency = Urgency.NORMAL
    urgency_reason: str = ""
    attribute: Attribute = Attribute.ACTIVE
    attribute_reason: str = ""
    secrecy_cleared: bool = False
    cross_unit_id: int | None = None
    attachments: tuple[tuple[int, str], ...] = ()


def draft(actor: Actor, unit_id: int, text: Text) -> Submission:
    """A new item of a unit the actor reports for, with its first version."""
    with unit_of_work(actor) as work:
        submission = _new(actor, unit_id, text)
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        _write(actor, post, submission, text)
        _forget_working_copy(actor, 0, only_own=True)
        work.record(DRAFT, submission, post=post, digest=submission.digest)
    return submission


def revise(actor: Actor, submission: Submission, text: Text, seen: int | None) -> Revision:
    """A new version of a draft or returned item. Signatures given for another text fall.

    Refuses a text that somebody else saved meanwhile (``seen``), and items that are not with
    their drafter.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        _check_editable(submission)
        fallen = queries.standing(submission)
        revision = _write(actor, post, submission, text)
        _forget_working_copy(actor, submission.id, only_own=True)
        work.record(
            REVISE,
            submission,
            post=post,
            revision=revision.number,
            digest=revision.digest,
            fallen=_fallen(fallen, revision),
        )
    return revision


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file somebody chose: the name it came with, its bytes."""

    name: str
    content: bytes


def draft_from_word(actor: Actor, store: Store, unit_id: int, word: WordFile, facts: Text) -> Submission:
    """A new item of a unit with the title, text and pictures of a Word file, and the report on it.

    ``facts`` are the other fields of its first version. Refuses files that cannot be read safely; whatever
    fails, nothing of the file is left.
    """
    with _read_in(actor, store, unit_id, word) as read, unit_of_work(actor) as work:
        text = replace(facts, title=read.title, body_html=read.body)
        submission = _new(actor, unit_id, text)
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        db.session.add_all(read.pictures)
        _write(actor, post, submission, text)
        _keep_report(submission, word, read)
        work.record(IMPORT, submission, post=post, **_about(word, read), digest=submission.digest)
    return submission


def replace_from_word(actor: Actor, store: Store, submission: Submission, word: WordFile, seen: int | None) -> Revision:
    """A new version of a draft or returned item with the text of a Word file; the versions before stay.

    The title changes if the file has one; secrecy must be looked at anew. Refused: what the actor typed into
    this item and did not save, which would be covered up; and whatever ``revise`` and the file itself are for.
    """
    with _read_in(actor, store, submission.unit_id, word) as read, unit_of_work(actor, submission, seen) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        _check_editable(submission)
        if queries.working_copy(_id(actor), submission.id):
            raise Refused("您在这一篇里写了还没有保存的内容，请先回去保存，或者点“不要这份”，再导入。")
        fallen = queries.standing(submission)
        current = _current(submission)
        title = read.title or current.title
        text = text_of(current, title=title, body_html=read.body, secrecy_cleared=False)
        db.session.add_all(read.pictures)
        revision = _write(actor, post, submission, text)
        _keep_report(submission, word, read)
        work.record(
            IMPORT,
            submission,
            post=post,
            **_about(word, read),
            revision=revision.number,
            digest=revision.digest,
            fallen=_fallen(fallen, revision),
        )
    return revision


def put_report_away(actor: Actor, submission: Submission) -> None:
    """The drafter compared the import with its original: the report goes. The trail keeps that there was one."""
    check(actor, P.SUBMISSION_DRAFT, submission)
    submission_id = submission.id
    with bookkeeping() as session:
        report = queries.import_report(submission_id)
        if report is not None:
            session.delete(report)


def copy_as_new(actor: Actor, submission: Submission, unit_id: int) -> Submission:
    """A new draft with the text of another item; nothing of its walk comes along."""
    with unit_of_work(actor) as work:
        text = text_of(_current(submission), event_on=clock.today(), secrecy_cleared=False)
        copy = _new(actor, unit_id, text)
        post = check(actor, P.SUBMISSION_DRAFT, copy)
        _write(actor, post, copy, text)
        work.record(COPY, copy, post=post, source=submission.id, digest=copy.digest)
    return copy


def correct(actor: Actor, submission: Submission) -> Submission:
    """A draft that will replace a published text; the live text stays up until then."""
    with unit_of_work(actor) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        origin = submission.corrects_id or submission.id
        live = _live_revision(submission, origin)
        if open_ := _open_correction(origin):
            raise Refused(f"这篇已经有一份更正稿在办（“{open_.title}”，{open_.state.label}），请接着办那一份。")
        text = text_of(live, secrecy_cleared=False)
        correction = _new(actor, submission.unit_id, text)
        correction.corrects_id = origin
        _write(actor, post, correction, text)
        work.record(CORRECT, correction, post=post, corrects=origin, digest=correction.digest)
    return correction


def submit(
    actor: Actor, submission: Submission, seen: int | None, opinion: str = "", replies: Mapping[str, str] | None = None
) -> Submission:
    """Hand an item in (送审). By the default route this is the drafter's 一审一校 signature.

    ``replies`` are what the drafter says to the proofreader's findings: key → "" for a warning he
    looked at, or why a reviewer should let pass what must be mended. Refuses a text that is not
    ready or has findings left open, a person who did not prove who he is, and a way on which some
    stage has nobody who could sign. A changed text starts at the first signer after the drafter; an
    unchanged one enters again where it was returned from.
    """
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        LIFECYCLE.find(submission.state, "submit")
        if actor.authentication not in (FRESH, RECENT):
            raise Refused("送审就是签字，要核验身份，请输入您的登录密码。")
        revision = _current(submission)
        if issues := queries.readiness_issues(revision):
            raise Refused(f"还有 {len(issues)} 处要改：{'；'.join(issue.words for issue in issues)}。")
        found = answer_findings(actor, submission, replies or {}, work.at, drafting=True)
        submission.route = dict(settings.route())
        step = _entry(submission)
        changed = submission.returned_digest != submission.digest
        move = LIFECYCLE.take(submission, "submit", actor, step.stage)
        submission.submitted_at = submission.submitted_at or work.at
        submission.submit_count += 1
        leave(submission, actor, "submit", work.at)
        drafter_stage = submission.route["drafter_signs"]
        if drafter_stage:
            _sign_as_drafter(actor, post, submission, State(drafter_stage), opinion, work.at, found)
        arrive(submission, step, work.at)
        work.record(
            move,
            submission,
            post=post,
            to=step.stage.value,
            round=submission.submit_count,
            changed=changed,
            digest=submission.digest,
            route=submission.route["name"],
            meaning="一审一校" if drafter_stage else "送审",
            proofread=dict(Counter(line["severity"] for line in found)),
        )
        submission.returned_from = None
        submission.returned_digest = None
    return submission


def recall(actor: Actor, submission: Submission, seen: int | None, reason: str) -> Submission:
    """Take an item back before its last signature. The reason is kept on the trail."""
    if not reason:
        raise Refused("请写明为什么撤回。")
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        stage = submission.state
        move = LIFECYCLE.take(submission, "recall", actor)
        leave(submission, actor, "recall", work.at)
        work.record(move, submission, post=post, stage=stage.value, reason=reason, digest=submission.digest)
    return submission


def discard(actor: Actor, submission: Submission, seen: int | None, reason: str) -> Submission:
    """Give up a draft or a returned item. It stays on the trail."""
    if not reason:
        raise Refused("请写明为什么作废。")
    with unit_of_work(actor, on=submission, seen=seen) as work:
        post = check(actor, P.SUBMISSION_DRAFT, submission)
        move = LIFECYCLE.take(submission, "discard", actor)
        leave(submission, actor, "discard", work.at)
        work.record(move, submission, post=post, reason=reason, digest=submission.digest)
    return submission


class Elsewhere(Refused):
    """Another window of the same person holds what is typed there and not saved: it is not written over."""

    def __init__(self, copy: WorkingCopy) -> None:
        super().__init__("您在另一个窗口或手机上也写着，还没有保存。这里写的没有自动保存，请点“保存”。")
        self.copy = copy


def keep_working_copy(
    actor: Actor, slot: int, base_version: int | None, fields: dict[str, Any], follows: str = ""
) -> WorkingCopy | None:
    """Keep what somebody is typing (autosave). Not a version, so no event: nobody's record yet.

    A page is known by its form's key; ``follows`` is the key of the page whose typing it was begun from.
    None: the form was saved meanwhile, and this came late from the page it was sent from. Refused
    (``Elsewhere``) where a page that this one does not follow has kept something meanwhile.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return _keep(actor, slot, base_version, fields, follows)
        except (IntegrityError, StaleDataError):  # another window of the same person came between
            continue
    return _keep(actor, slot, base_version, fields, follows)


def _keep(
    actor: Actor, slot: int, base_version: int | None, fields: dict[str, Any], follows: str
) -> WorkingCopy | None:
    with bookkeeping() as session:
        if first_answer(actor):
            return None
        copy = queries.working_copy(_id(actor), slot)
        if copy is None:
            copy = WorkingCopy(person_id=_id(actor), slot=slot)
            session.add(copy)
        elif actor.form_key and copy.page not in ("", actor.form_key, follows):
            raise Elsewhere(copy)
        own = {PAGE_KEY: actor.form_key} if actor.form_key else {}
        copy.base_version, copy.fields, copy.saved_at = base_version, {**fields, **own}, clock.now()
    return copy


def drop_working_copy(actor: Actor, slot: int) -> None:
    """Forget what was typed and not saved."""
    with bookkeeping():
        _forget_working_copy(actor, slot)


class _Settled(Exception):
    """Nothing is left to be reckoned."""


def reckon_if_needed() -> int:
    """For the worker, at every look: two statements, and only after a change of law a reckoning."""
    return reckon_again() if queries.reckoning_needed() else 0


def reckon_again(actor: Actor = SYSTEM) -> int:
    """Count every open stay and golden period anew by the law in force; gives how many clocks moved.

    One act for each change of law, or for changes that moved the same clocks together: the event says why and
    lists item, old and new. Nothing is written where nothing moved; stays that ended are never touched. For the
    system, or for a person who may amend the calendar.
    """
    mark, last, total = queries.mark_of_law(), queries.last_reckoning(), 0
    while moves := queries.reckoning(last):
        try:
            total += _reckon(actor, moves[0].why, last)
        except _Settled:
            break
    queries.remember_reckoning(mark)
    return total


def _reckon(actor: Actor, why: tuple[Change, ...], last: datetime | None) -> int:
    """One act: what these changes of law moved."""
    with unit_of_work(actor) as work:
        post = None if actor is SYSTEM else check(actor, P.CALENDAR_AMEND, None)
        moves = [move for move in queries.reckoning(last) if move.why == why]
        if not moves:
            raise _Settled
        items = queries.by_id(move.submission_id for move in moves)
        visits = queries.open_visits(items)
        told = []
        for move in moves:
            item = items[move.submission_id]
            if isinstance(move.clock, Stay) and isinstance(move.new, datetime):
                item.stage_due_at = visits[item.id].due_at = move.new
            elif not isinstance(move.new, datetime):
                item.golden_until = move.new
            told.append(_moved(move))
        unit = network.unit(network.coordinating_id() or items[moves[0].submission_id].unit_id)
        reason = "、".join(one.words for one in why) or "程序或默认值有变"
        work.record(RECKON, unit, post=post, reason=reason, moved=len(told), moves=told)
    return len(told)


def _moved(move: Move) -> dict[str, Any]:
    """One line of the event: the item, and the old and the new end as people read them."""
    stay = isinstance(move.clock, Stay)
    what = f"“{queries.stage_title(move.clock.stage)}”的时限" if isinstance(move.clock, Stay) else "黄金期"
    old, new = (
        (f"{clock.local(end):%Y-%m-%d %H:%M}" if stay and isinstance(end, datetime) else str(end))
        for end in (move.clock.recorded, move.new)
    )
    return {"id": move.submission_id, "title": move.clock.title, "what": what, "old": old, "new": new}


# -- what the verbs share, also with the rooms above ---------------------------------------------


def arrive(submission: Submission, step: Step, at: Any) -> None:
    """Put an item before the post that has to act next, and start that stage's clock (UTC)."""
    due = queries.due_at(submission, step.stage, at)
    submission.waiting_role, submission.waiting_unit_id = step.role, step.unit_id
    submission.stage_entered_at, submission.stage_due_at = at, due
    submission.claimed_by_id = submission.claimed_at = None
    submission.updated_at = at
    db.session.add(
        StageVisit(
            submission_id=submission.id,
            stage=step.stage,
            role=step.role,
            unit_id=step.unit_id,
            entered_at=at,
            due_at=due,
        )
    )


def leave(submission: Submission, actor: Actor, outcome: str, at: Any) -> None:
    """End an item's stay where it is; nobody has to act until it arrives somewhere."""
    visit = queries.open_visit(submission.id)
    if visit is not None:
        visit.left_at, visit.outcome, visit.person_id = at, outcome, actor.id
        visit.working_minutes = queries.working_time().between(visit.entered_at, at)
    submission.waiting_role = submission.waiting_unit_id = None
    submission.stage_entered_at = submission.stage_due_at = None
    submission.claimed_by_id = submission.claimed_at = None
    submission.updated_at = at


def hands_of(actor: Actor, post: HeldPost) -> list[int]:
    """Whose hands an act by a post is: the actor's, and that of somebody he stands in for."""
    return [person for person in (actor.id, post.acting_for_id) if person is not None]


def touch(submission: Submission, persons: Sequence[int], stage: State) -> None:
    """Remember the hands: they sign no other stage of this item."""
    known = set(queries.hands(submission.id))
    db.session.add_all(
        Hand(submission_id=submission.id, person_id=person, stage=stage)
        for person in persons
        if (person, stage) not in known
    )


def text_of(revision: Revision, **changes: Any) -> Text:
    """A version's text as plain values, perhaps with some of them changed."""
    names = Text.__dataclass_fields__.keys() - {"attachments"}
    values = {name: getattr(revision, name) for name in names}
    values["attachments"] = tuple((file.file_id, file.name) for file in revision.attachments)
    return Text(**{**values, **changes})


def put_in_place(
    submission: Submission, base: Revision, words: tuple[str, str], author_id: int, persons: Sequence[int], at: datetime
) -> Revision:
    """The next version of a published item with a few words changed (title, body); everything else is the base's.

    For the short path of two persons alone: whoever calls has seen both of them sign exactly this text, whose
    digest becomes the signed one. ``persons`` are the hands of both.
    """
    if submission.state is not State.PUBLISHED or submission.revision_id != base.id:
        raise Moved("网上的文字刚变过，请对着现在的文字重新办。")
    title, body_html = words
    text = asdict(text_of(base, title=title, body_html=markup.sanitised(body_html)))
    text.pop("attachments")
    revision = Revision(
        submission_id=submission.id,
        number=queries.last_number(submission.id) + 1,
        author_id=author_id,
        created_at=at,
        digest=digest_in_place(base, *words),
        **text,
    )
    db.session.add(revision)
    db.session.flush()
    db.session.add_all(
        RevisionFile(revision_id=revision.id, file_id=one.file_id, kind=one.kind, name=one.name, position=one.position)
        for one in base.files
    )
    submission.title, submission.revision_id, submission.updated_at = title, revision.id, at
    submission.digest = submission.signed_digest = revision.digest
    touch(submission, persons, State.PUBLISHED)
    return revision


def digest_in_place(base: Revision, title: str, body_html: str) -> str:
    """The digest of a version with other words in it: what two persons sign before it is written."""
    fields = asdict(text_of(base, title=title, body_html=markup.sanitised(body_html)))
    return digest_of(fields, [(one.kind.value, one.name, one.file.sha256) for one in base.files])


@dataclass(frozen=True, slots=True)
class _ReadIn:
    """What a Word file became: rows of its pictures to be added, its text, the report."""

    title: str
    body: str
    pictures: list[StoredFile]
    report: dict[str, list[str]]


@contextmanager
def _read_in(actor: Actor, store: Store, unit_id: int, word: WordFile) -> Iterator[_ReadIn]:
    """Read a Word file and put the bytes of its pictures, before the act inside begins; they go if it fails."""
    found = word_file.read(word.content, word.name)
    word_text.check_size(found, word.name)
    named = [(f"{word.name}-{number}", content) for number, content in enumerate(found.pictures, 1)]
    with files.pictures_put(actor, store, unit_id, named) as rows:
        places = [word_text.Stored(row.token, row.width or 0, row.height or 0) if row else None for row in rows]
        yield _ReadIn(
            found.title,
            word_text.body_of(found, places),
            [row for row in rows if row is not None],
            word_text.report_of(found, places),
        )


def _keep_report(submission: Submission, word: WordFile, read: _ReadIn) -> None:
    report = queries.import_report(submission.id) or ImportReport(submission_id=submission.id)
    report.file_name, report.lines, report.made_at = word.name, read.report, clock.now()
    db.session.add(report)


def _about(word: WordFile, read: _ReadIn) -> dict[str, Any]:
    """What the trail says of a file that was read in."""
    return {
        "file": word.name,
        "sha256": hashlib.sha256(word.content).hexdigest(),
        "pictures": len(read.pictures),
        "warnings": len(read.report["warnings"]),
    }


def _check_editable(submission: Submission) -> None:
    if submission.state not in EDITABLE:
        raise Moved(f"这篇现在是“{submission.state.label}”，不能修改。要改请先撤回送审。")


def _fallen(standing: Iterable[Signature], revision: Revision) -> list[str]:
    """The signatures that were given for another text than the new version."""
    return [_told(signature) for signature in standing if signature.digest != revision.digest]


def _new(actor: Actor, unit_id: int, text: Text) -> Submission:
    now = clock.now()
    submission = Submission(
        unit_id=unit_id, drafter_id=_id(actor), state=State.DRAFT, created_at=now, digest="", **_copied(text)
    )
    db.session.add(submission)
    return submission


def _copied(text: Text) -> dict[str, Any]:
    names = ("title", "column_id", "event_on", "importance", "urgency", "attribute", "counterpart_id", "cross_unit_id")
    values = {name: getattr(text, name) for name in names}
    if text.importance is not Importance.MAJOR:
        values["cross_unit_id"] = None
    return {**values, "golden_until": queries.golden_until(text.event_on), "updated_at": clock.now()}


def _write(actor: Actor, post: HeldPost, submission: Submission, text: Text) -> Revision:
    fields = asdict(text)
    attachments = fields.pop("attachments")
    fields["body_html"] = markup.sanitised(text.body_html)
    if text.importance is not Importance.MAJOR:
        fields["cross_unit_id"] = None
    db.session.flush()
    used = _files(actor, fields["body_html"], attachments)
    digest = digest_of(fields, [(kind.value, name, file.sha256) for kind, name, file in used])
    revision = Revision(
        submission_id=submission.id,
        number=queries.last_number(submission.id) + 1,
        author_id=_id(actor),
        created_at=clock.now(),
        digest=digest,
        **fields,
    )
    db.session.add(revision)
    db.session.flush()
    db.session.add_all(
        RevisionFile(revision_id=revision.id, file_id=file.id, kind=kind, name=name, position=position)
        for position, (kind, name, file) in enumerate(used, 1)
    )
    for name, value in _copied(text).items():
        setattr(submission, name, value)
    submission.revision_id, submission.digest = revision.id, digest
    touch(submission, hands_of(actor, post), State.DRAFT)
    return revision


def _files(
    actor: Actor, body_html: str, attachments: Sequence[tuple[int, str]]
) -> list[tuple[FileKind, str, StoredFile]]:
    """The stored files of a text; one that the actor may not use is refused."""
    found: list[tuple[FileKind, str, StoredFile]] = []
    for picture in markup.pictures(body_html):
        file = db.session.scalar(select(StoredFile).where(StoredFile.token == picture.token))
        if file is None or file.kind is not FileKind.PICTURE or not _usable(actor, file):
            raise Refused("正文里有一张照片找不到了，请删掉它重新上传。")
        found.append((FileKind.PICTURE, file.token, file))
    for file_id, name in attachments:
        file = db.session.get(StoredFile, file_id)
        if file is None or not _usable(actor, file):
            raise Refused(f"附件“{name}”找不到了，请重新上传。")
        found.append((FileKind.ATTACHMENT, name, file))
    return found


def _usable(actor: Actor, file: StoredFile) -> bool:
    return file.uploaded_by_id == actor.id or queries.file_visible(actor, file.id)


def answer_findings(
    actor: Actor, submission: Submission, replies: Mapping[str, str], at: Any, *, drafting: bool
) -> list[dict[str, Any]]:
    """Every check again, whatever the page showed, and the actor's replies kept with the version.

    Gives the 校对清单 that his 校 signs: each finding that weighs, and all that was said to it. Refused
    while a finding is left open.
    """
    revision = _current(submission)
    found = [one for one in queries.spotted_in_revision(revision) if one.weighs]
    said = queries.answers_to(revision.id)
    for one in found:
        answer = answer_to(one, replies[one.key], drafting=drafting) if one.key in replies else None
        if answer is not None:
            given = FindingAnswer(
                submission_id=submission.id,
                revision_id=revision.id,
                key=one.key,
                place=one.place,
                family=one.family.value,
                words=one.words,
                message=one.message,
                person_id=_id(actor),
                person_name=actor.name,
                answered_at=at,
                severity=one.severity,
                answer=answer,
                reason=replies[one.key],
            )
            db.session.add(given)
            said[one.key].append(given)
    answers = {key: [given.answer for given in all_] for key, all_ in said.items()}
    if words := objection(still_open(found, answers, drafting=drafting), drafting=drafting):
        raise Refused(words)
    return [_line(one, said[one.key]) for one in found]


def _line(one: Spotted, said: Iterable[FindingAnswer]) -> dict[str, Any]:
    """One finding as it stands in a 校对清单."""
    return {
        "key": one.key,
        "place": one.place,
        "family": one.family.value,
        "severity": one.severity.value,
        "words": one.words,
        "message": one.message,
        "said": [
            {
                "name": given.person_name,
                "answer": given.answer.value,
                "words": given.answer.label,
                "reason": given.reason,
            }
            for given in said
        ],
    }


def _current(submission: Submission) -> Revision:
    if submission.revision is None:
        raise Refused("这篇还没有保存过正文。")
    return submission.revision


def _entry(submission: Submission) -> Step:
    """Where the item enters, after every stage was seen to have somebody who can sign it."""
    way = queries.way(submission)
    hands = queries.hands(submission.id)
    held = network.signers_on(clock.today(), [(step.unit_id, step.role) for step in way])
    signers = [_free(held.get((step.unit_id, step.role), ()), hands, step.stage) for step in way]
    if (gap := separation.unstaffed(signers)) is not None:
        unit = network.unit(way[gap].unit_id)
        raise Refused(
            f"“{way[gap].stage.label.removeprefix('待')}”这一步没有人能签：{unit}的{way[gap].role.label}"
            "空缺，或者就是写稿人、已签过前一步。请联系党政和人大办公室安排人员或代理后再送审。"
        )
    changed = submission.returned_digest != submission.digest
    if submission.returned_from is State.APPROVED and not changed:
        return route.publish_step(queries.places(submission))
    return route.entry(way, submission.returned_from, changed)


def _free(held: Iterable[tuple[int, int | None]], hands: Sequence[tuple[int, State]], stage: State) -> list[int]:
    """Those who could sign a stage: not barred by their own hand, nor by that of somebody they stand in for."""
    return [
        person_id
        for person_id, acting_for_id in held
        if not separation.objection({person_id, acting_for_id or person_id}, hands, stage)
    ]


def _sign_as_drafter(
    actor: Actor,
    post: HeldPost,
    submission: Submission,
    stage: State,
    opinion: str,
    at: Any,
    found: list[dict[str, Any]],
) -> None:
    for act in Act:
        db.session.add(
            Signature(
                submission_id=submission.id,
                revision_id=submission.revision_id,
                digest=submission.digest,
                stage=stage,
                act=act,
                person_id=_id(actor),
                person_name=actor.name,
                post=f"{post.unit_name} · {post.role.label}",
                acting_for=post.acting_for,
                authentication=actor.authentication or "",
                opinion=opinion,
                signed_at=at,
                found=(found or None) if act is Act.PROOF else None,
            )
        )
    touch(submission, hands_of(actor, post), State.DRAFT)


def _live_revision(submission: Submission, origin: int) -> Revision:
    """What the public reads now, corrections included: what another correction starts from."""
    db.session.get(Submission, origin, with_for_update={"of": Submission}, populate_existing=True)
    live = queries.published_revision(submission)
    if submission.state is not State.PUBLISHED or live is None:
        raise Refused("只有已发布、还没有撤下的稿件才能更正。")
    return live


def _open_correction(origin: int) -> Submission | None:
    ended = (State.PUBLISHED, State.DISCARDED, State.FILED, State.WITHDRAWN)
    return db.session.scalar(select(Submission).where(Submission.corrects_id == origin, Submission.state.not_in(ended)))


def _forget_working_copy(actor: Actor, slot: int, *, only_own: bool = False) -> None:
    """``only_own``: what another window keeps stays, where the form at hand is known by a key."""
    copy = queries.working_copy(_id(actor), slot)
    if copy is not None and not (only_own and actor.form_key and copy.page not in ("", actor.form_key)):
        db.session.delete(copy)


def _told(signature: Signature) -> str:
    return f"{signature.person_name}（{signature.stage.label.removeprefix('待')}·{signature.act.label}）"


def _id(actor: Actor) -> int:
    if actor.id is None:
        raise ValueError("only a person writes")
    return actor.id
