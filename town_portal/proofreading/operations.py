"""Acts on the town's lists: one person proposes, the examples are run, another person confirms or turns down."""

from collections.abc import Sequence
from dataclasses import replace

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import Work, unit_of_work
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.network import queries as network
from town_portal.proofreading import queries
from town_portal.proofreading.models import ListedTerm, TermProposal, TermState
from town_portal.proofreading.rules.entry import TermEntry, family_of
from town_portal.proofreading.rules.finding import Family
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.plan import Change, Planned
from town_portal.proofreading.rules.term_file import MOST_CHANGES
from town_portal.settings.models import Setting

PROPOSE = Action("propose_terms", "提出词条修改")
PROPOSE_EXCEPTION = Action("propose_exception", "提出不是错")
CONFIRM = Action("confirm_terms", "确认词条修改")
REJECT = Action("reject_terms", "不同意词条修改")
ADOPT = Action("adopt_settings", "接收设置里的名录")

LONGEST_REASON = 300


def propose(actor: Actor, lines: Sequence[tuple[int, TermEntry]], reason: str, source: str = "") -> TermProposal:
    """Propose entries of one list, all together or none; they have no force until somebody else confirms them.

    ``lines`` are (line of the file, or 1; entry); those that say what is there already are left
    out. ``source`` is the name of the file. Refused: no reason, nothing new, too many changes at
    once, a line that does not fit its list or meets a proposal that waits, and an example that
    does not prove its entry.
    """
    return _propose(actor, PROPOSE, P.TERM_PROPOSE, lines, reason, source)


def propose_exception(actor: Actor, family: Family, words: str, reason: str, sentence: str) -> TermProposal:
    """Propose that the proofreader is wrong about some words: 不是错. It holds when another person confirmed it.

    ``sentence``: where the words stood; it becomes the exception's good example. Refused: personal
    data and secrecy (whoever asks), words that are not in the sentence, no reason, and what
    ``propose`` refuses.
    """
    family_of(family.value)
    if words not in sentence:
        raise Refused(f"例句里没有“{words}”，请写出它所在的那一句。")
    entry = TermEntry(TermKind.EXCEPTIONS, words.strip(), family.value, good=(sentence,))
    return _propose(actor, PROPOSE_EXCEPTION, P.EXCEPTION_PROPOSE, [(1, entry)], reason, "")


def confirm(actor: Actor, proposal: TermProposal, seen: int | None) -> TermProposal:
    """Put all terms of a proposal in force, each in the place of what it changes; their examples are run again.

    Refused: decided already, the confirmer is the proposer (or stands in for him, or the other way
    round), an example that proves nothing any more.
    """
    entries = [row.entry for row in proposal.terms]
    state = queries.mark()
    _check_examples([(number, entry) for number, entry in enumerate(entries, 1)])
    with unit_of_work(actor, on=proposal, seen=seen) as work:
        post = check(actor, P.TERM_CONFIRM, proposal)
        _check_waiting(proposal)
        own = (proposal.proposed_by_id, proposal.proposed_for_id)
        if actor.id in own or (post.acting_for_id is not None and post.acting_for_id in own):
            raise Refused("这是您自己（或者您代的、代您的人）提出的，请另一位同事确认。")
        _check_unmoved(state)
        ended = [row for entry in entries for row in _make_room(entry)]
        for row in proposal.terms:
            row.state = TermState.CONFIRMED
        _decide(proposal, TermState.CONFIRMED, actor, work)
        work.record(
            CONFIRM, proposal, post=post, list=proposal.kind.value, terms=[told(entry) for entry in entries],
            ended=[{"id": row.id, "words": row.words, "valid_to": row.valid_to, "state": row.state} for row in ended],
        )  # fmt: skip
    return proposal


def reject(actor: Actor, proposal: TermProposal, reason: str, seen: int | None) -> TermProposal:
    """Turn a proposal down, with words for the proposer. Refused: no reason, decided already."""
    reason = _reason(reason, "请写明为什么不同意。")
    with unit_of_work(actor, on=proposal, seen=seen) as work:
        post = check(actor, P.TERM_CONFIRM, proposal)
        _check_waiting(proposal)
        for row in proposal.terms:
            row.state = TermState.REJECTED
        _decide(proposal, TermState.REJECTED, actor, work)
        proposal.refusal = reason
        work.record(REJECT, proposal, post=post, list=proposal.kind.value, reason=reason)
    return proposal


def adopt_settings(actor: Actor) -> list[TermProposal]:
    """Take over what the settings 校对名录 and 校对例外 held before the lists were kept here, by the hands of then.

    Two people confirmed those values, so the terms are in force at once; they had no examples and no
    days. Done once: a list that has a proposal already is left alone. What was the default then is
    shipped now. Refused: there is nothing to take over.
    """
    with unit_of_work(actor) as work:
        taken = [_adopted(kind, setting) for kind, setting in queries.left_in_settings().items()]
        proposals = [proposal for proposal in taken if proposal.terms]
        if not proposals:
            raise Refused("设置里没有要接收的名录。")
        db.session.add_all(proposals)
        work.record(ADOPT, proposals[0], lists={one.kind.value: [row.words for row in one.terms] for one in proposals})
    return proposals


def _adopted(kind: TermKind, setting: Setting) -> TermProposal:
    office = network.coordinating_id()
    entries = queries.entries_of_setting(kind, setting.value)
    proposal = TermProposal(
        unit_id=office, kind=kind, reason=setting.reason, source="系统设置", state=TermState.CONFIRMED,
        proposed_by_id=setting.proposed_by_id, proposed_at=setting.proposed_at,
        decided_by_id=setting.decided_by_id, decided_at=setting.decided_at,
    )  # fmt: skip
    proposal.terms = [_row(replace(entry, owner_id=office), TermState.CONFIRMED) for entry in entries]
    return proposal


def told(entry: TermEntry) -> dict[str, object]:
    """An entry as the trail keeps it: what is empty is left out."""
    said = {name: getattr(entry, name) for name in TermEntry.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items() if value}


def _propose(
    actor: Actor, action: Action, permission: P, lines: Sequence[tuple[int, TermEntry]], reason: str, source: str
) -> TermProposal:
    reason = _reason(reason, "请写明为什么要改，确认的人要看。")
    state = queries.mark()
    _check_examples([(line.line, line.entry) for line in _changing(lines)])
    with unit_of_work(actor) as work:
        _check_unmoved(state)
        planned = _changing(lines)
        kind = planned[0].entry.kind
        office = network.coordinating_id()
        proposal = TermProposal(
            unit_id=office, kind=kind, reason=reason, source=source, state=TermState.PROPOSED,
            proposed_by_id=actor.id, proposed_at=work.at,
        )  # fmt: skip
        post = check(actor, permission, proposal)
        proposal.proposed_for_id = post.acting_for_id
        proposal.terms = [_row(line.entry) for line in planned]
        db.session.add(proposal)
        work.record(
            action, proposal, post=post, list=kind.value, source=source, reason=reason,
            terms=[told(line.entry) for line in planned],
        )  # fmt: skip
    return proposal


def _row(entry: TermEntry, state: TermState = TermState.PROPOSED) -> ListedTerm:
    return ListedTerm(
        kind=entry.kind, words=entry.words, right=entry.right, note=entry.note, position=entry.position,
        valid_from=entry.valid_from, valid_to=entry.valid_to, off=entry.off, bad=list(entry.bad),
        good=list(entry.good), owner_id=entry.owner_id, state=state,
    )  # fmt: skip


def _changing(lines: Sequence[tuple[int, TermEntry]]) -> list[Planned]:
    """The lines that change something. Refused: a line that may not, none that does, or too many."""
    if len({entry.kind for _, entry in lines}) > 1:
        raise Refused("一次只能改一个名录，请分开提。")
    planned = queries.plan_of(lines)
    refused = [line for line in planned if line.change is Change.REFUSED]
    if refused:
        raise Refused("；".join(_numbered(line.line, line.reason, planned) for line in refused[:5]) + "。")
    changing = [line for line in planned if line.change is not Change.UNCHANGED]
    if not changing:
        raise Refused("和名录里的一样，没有要改的地方。")
    if len(changing) > MOST_CHANGES:
        raise Refused(f"一次最多改 {MOST_CHANGES} 条，这里有 {len(changing)} 条，请分几次提。")
    return changing


def _check_examples(lines: Sequence[tuple[int, TermEntry]]) -> None:
    """Run every example with all the entries in force. Done before the write lock is taken: it may take seconds."""
    failed = queries.failures([entry for _, entry in lines])
    if failed:
        said = [_numbered(lines[place][0], "；".join(words), lines) for place, words in failed.items()]
        raise Refused("例句检验没有通过：" + "\n".join(said[:5]))


def _numbered(line: int, words: str, lines: Sequence[object]) -> str:
    return f"第 {line} 行：{words}" if len(lines) > 1 else words


def _check_unmoved(state: queries.Mark) -> None:
    """What the examples were tried on is what the act changes."""
    if queries.mark() != state:
        raise Refused("刚才有人改了词库，例句要重新检验。请再提交一次。")


def _make_room(entry: TermEntry) -> list[ListedTerm]:
    """End what an entry takes the place of: the day before it begins, or altogether."""
    met = queries.met_by(entry)
    for row in met:
        last = row.entry.goes_on_until(entry)
        if last is None:
            row.state = TermState.RETIRED
        else:
            row.valid_to = last
    return met


def _check_waiting(proposal: TermProposal) -> None:
    if proposal.state is not TermState.PROPOSED:
        raise Refused(f"这份提议已经办过了，现在是“{proposal.state.label}”。")


def _decide(proposal: TermProposal, state: TermState, actor: Actor, work: Work) -> None:
    proposal.state = state
    proposal.decided_by_id, proposal.decided_at = actor.id, work.at


def _reason(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(missing)
    if len(words) > LONGEST_REASON:
        raise Refused(f"理由最多 {LONGEST_REASON} 个字。")
    return words
