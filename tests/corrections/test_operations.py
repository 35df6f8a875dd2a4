"""The verbs of a fault, from the first word to the closed ticket."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders import a_submission, hand_in, sign, surely
from tests.cast import Cast
from tests.corrections.faults import (
    BODY,
    MATTER,
    NOTE,
    RIGHT,
    WRONG,
    confirmed,
    coordinator,
    public,
    publisher,
    reported,
)
from tests.events import detail, newest
from tests.refusals import refused
from town_portal.audit import queries as trail
from town_portal.corrections import operations, queries
from town_portal.corrections.models import Fault, FixProposal, ReaderKnock
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.corrections.rules.replacement import Change
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Moved, Stale
from town_portal.inspection import operations as inspection
from town_portal.publishing import operations as publishing
from town_portal.publishing.models import Publication, Standing
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries as items
from town_portal.submissions.operations import text_of
from town_portal.submissions.rules.lifecycle import State

S = FaultState


# -- reporting, confirming, dismissing ------------------------------------------------------------


def test_a_fault_is_reported_under_a_number_and_waits(town: Cast) -> None:
    publication = public(town)
    fault = reported(town, publication)
    assert fault.number == f"J-{clock.today().year}-001"
    assert (fault.state, fault.unit_id, fault.revision_id) == (S.REPORTED, publication.unit_id, publication.revision_id)
    assert (newest().label, newest().subject_name, detail()["origin"]) == (
        "反映差错",
        f"差错 {fault.number}",
        "monitor",
    )
    assert fault.words not in newest().detail
    assert reported(town, publication).number.endswith("-002")
    assert trail.verify().sound


def test_what_is_not_public_has_no_fault(town: Cast) -> None:
    publication = public(town)
    item = publication.submission
    publishing.withdraw(publisher(town), item, item.version, "数据有误")
    with refused("已经撤下", Moved):
        reported(town, publication)


def test_words_say_something_and_nobody_finds_tomorrow(town: Cast) -> None:
    publication = public(town)
    with refused("哪里错了"):
        reported(town, publication, words="错")
    with refused("不能晚于现在"):
        reported(town, publication, found_at=clock.now() + timedelta(hours=1))


def test_a_thing_of_another_room_has_one_ticket(town: Cast) -> None:
    publication = public(town)
    fault = reported(town, publication, source="late_finding:7", origin=FaultOrigin.NIGHT)
    assert queries.of_source("late_finding:7") == fault
    with refused("已经开过纠错单", Moved):
        reported(town, publication, source="late_finding:7")


@pytest.mark.parametrize("key", ["auditor", "administrator", "idler"])
def test_who_does_not_work_at_texts_reports_nothing_here(town: Cast, key: str) -> None:
    publication = public(town)
    with refused("任职不能", Forbidden):
        operations.report(town.actor(key), publication, FaultOrigin.OWN, "数字不对头")


def test_a_confirmed_fault_counts_from_then_on(town: Cast) -> None:
    today = clock.today()
    fault = reported(town)
    assert queries.counted(today, today) == []
    operations.confirm(
        coordinator(town), fault, fault.version, MATTER, FixWay.IN_PLACE, cause=FaultCause.FIGURES, values=True
    )
    (one,) = queries.counted(today, today)
    assert (one.fault_id, one.submission_id, one.unit_id) == (fault.id, fault.submission_id, fault.unit_id)
    assert (one.severity, one.cause, one.origin, one.day) == (
        FaultSeverity.MAJOR, FaultCause.FIGURES, FaultOrigin.MONITOR, today,
    )  # fmt: skip
    assert queries.counted(today - timedelta(days=9), today - timedelta(days=1)) == []
    assert (newest().label, detail()["severity"]) == ("受理差错", "major")


def test_what_is_dismissed_never_counts(town: Cast) -> None:
    first, second = reported(town), confirmed(town)
    for fault in (first, second):
        with refused("为什么不是差错"):
            operations.dismiss(coordinator(town), fault, fault.version, "无")
        operations.dismiss(coordinator(town), fault, fault.version, "和台账一致，没有写错")
        assert fault.state is S.DISMISSED
    assert queries.counted(clock.today(), clock.today()) == []
    with refused("现在是“不成立”", Moved):
        operations.dismiss(coordinator(town), first, first.version, "和台账一致，没有写错")


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "publisher", "administrator", "auditor"])
def test_only_the_coordinating_office_decides_what_is_a_fault(town: Cast, key: str) -> None:
    fault, actor = reported(town), surely(town.actor(key))
    with refused("任职不能", Forbidden):
        operations.confirm(actor, fault, fault.version, MATTER, FixWay.IN_PLACE)
    with refused("任职不能", Forbidden):
        operations.dismiss(actor, fault, fault.version, "和台账一致")


def test_a_stale_page_decides_nothing(town: Cast) -> None:
    fault = reported(town)
    with refused("刚被别人办过", Stale):
        operations.confirm(coordinator(town), fault, fault.version + 1, MATTER, FixWay.IN_PLACE)
    with refused("应当是什么"):
        operations.confirm(coordinator(town), fault, fault.version, "错", FixWay.IN_PLACE)


def test_an_item_that_was_never_published_is_not_touched(town: Cast) -> None:
    assert queries.of_submission(a_submission(town).id) == []


# -- mending in place -----------------------------------------------------------------------------


def proposed(cast: Cast, fault: Fault, note: str = NOTE, before: str = WRONG, after: str = RIGHT) -> FixProposal:
    """The changed words, waiting for another person."""
    return operations.propose_fix(publisher(cast), fault, fault.version, [Change(before, after)], note)


def fixed(cast: Cast, fault: Fault) -> Fault:
    """The text mended by two persons."""
    proposal = proposed(cast, fault)
    operations.sign_fix(coordinator(cast), fault, fault.version, proposal.digest)
    return fault


def test_two_persons_change_the_words_the_public_reads_in_one_act(town: Cast) -> None:
    fault = confirmed(town)
    publication, before = fault.publication, fault.publication.revision_id
    proposal = proposed(town, fault)
    assert (fault.state, publication.revision_id) == (S.PROPOSED, before)
    assert [(one["kind"], one["before"], one["after"]) for one in proposal.values] == [("数字", "1268栋", "268栋")]
    events = trail.head_seq()
    operations.sign_fix(coordinator(town), fault, fault.version, proposal.digest)
    assert trail.head_seq() == events + 1
    item, live = fault.submission, publication.revision
    assert (fault.state, fault.way, fault.severity) == (S.FIXED, FixWay.IN_PLACE, FaultSeverity.MAJOR)
    assert (live.number, live.digest, item.digest, item.signed_digest) == (2, *[proposal.digest] * 3)
    assert "共排查农房268栋" in live.body_html and "1268" not in live.body_html
    assert (publication.correction_note, publication.corrections) == (NOTE, 1)
    assert [(one.person_name, one.act.label) for one in items.standing(item)] == [("邓发布", "校"), ("黄晓琳", "审")]
    assert all(one.digest == live.digest for one in items.standing(item))
    told = detail()
    assert (newest().subject_kind, told["digest"], told["fault"], told["proposed_by"]) == (
        "Submission", live.digest, fault.number, "邓发布",
    )  # fmt: skip
    assert fault.fixed_revision_id == live.id and fault.minutes is not None
    assert inspection.inspect(publication) == 0
    assert trail.verify().sound


def test_words_alone_need_no_note_and_a_value_does(town: Cast) -> None:
    fault = confirmed(town, values=False, cause=FaultCause.WORDING)
    with refused("公众看的更正说明"):
        proposed(town, fault, note="")
    proposal = proposed(town, fault, note="", before="共排查农房", after="一共排查农房")
    operations.sign_fix(coordinator(town), fault, fault.version, proposal.digest)
    assert (fault.publication.correction_note, fault.publication.corrected_at) == (None, None)
    assert (fault.severity, fault.changed) == (FaultSeverity.MINOR, [])


def test_the_one_who_proposed_does_not_confirm_and_no_writer_does_either(town: Cast) -> None:
    fault = confirmed(town)
    proposal = proposed(town, fault)
    both = publisher(town)
    both = replace(both, posts=(*both.posts, *town.actor("coordinator").posts))
    with refused("不能自己复核"):
        operations.sign_fix(both, fault, fault.version, proposal.digest)
    writer = surely(town.actor("reporter"))
    writer = replace(writer, posts=(*writer.posts, *town.actor("coordinator").posts))
    with refused("写稿人"):
        operations.sign_fix(writer, fault, fault.version, proposal.digest)


@pytest.mark.parametrize("key", ["reporter", "head", "administrator", "auditor", "publisher"])
def test_who_may_not_confirm(town: Cast, key: str) -> None:
    fault = confirmed(town)
    proposal = proposed(town, fault)
    with refused("任职不能", Forbidden):
        operations.sign_fix(surely(town.actor(key)), fault, fault.version, proposal.digest)


def test_both_give_their_password(town: Cast) -> None:
    fault = confirmed(town)
    with refused("核验身份"):
        operations.propose_fix(town.actor("publisher"), fault, fault.version, [Change(WRONG, RIGHT)], NOTE)
    proposal = proposed(town, fault)
    with refused("核验身份"):
        operations.sign_fix(town.actor("coordinator"), fault, fault.version, proposal.digest)


def test_nothing_else_than_what_was_seen_is_signed(town: Cast) -> None:
    fault = confirmed(town)
    proposed(town, fault)
    with refused("不是同一版", Moved):
        operations.sign_fix(coordinator(town), fault, fault.version, "0" * 64)


def test_a_text_that_changed_meanwhile_is_not_overwritten(town: Cast) -> None:
    publication = public(town)
    first, second = confirmed(town, publication), confirmed(town, publication)
    proposal = proposed(town, second, before="发现隐患12处", after="发现隐患十余处")
    fixed(town, first)
    with refused("又变过", Moved):
        operations.sign_fix(coordinator(town), second, second.version, proposal.digest)


def test_what_must_be_mended_does_not_come_in_by_the_short_path(town: Cast) -> None:
    fault = confirmed(town)
    with refused("必须改|谁也不能放行"):
        proposed(town, fault, before="今天上午", after="6月31日上午")
    assert fault.state is S.CONFIRMED


def test_a_large_change_goes_through_review(town: Cast) -> None:
    fault = confirmed(town)
    with refused("就地改正的上限"):
        proposed(town, fault, after="新" * 60)


def test_another_person_says_no_and_the_proposer_takes_back(town: Cast) -> None:
    fault = confirmed(town)
    proposed(town, fault)
    operations.return_fix(town.actor("leader"), fault, fault.version, "整改数也要一起改")
    assert fault.state is S.CONFIRMED
    proposed(town, fault)
    operations.take_back_fix(town.actor("publisher"), fault, fault.version)
    assert [(one.signed, one.reason) for one in queries.proposals(fault.id)] == [
        (False, "整改数也要一起改"), (False, "提出人收回"),
    ]  # fmt: skip


# -- withdrawal, and mending elsewhere ------------------------------------------------------------


def test_a_withdrawal_mends_and_says_what_is_due(town: Cast) -> None:
    fault = confirmed(town, way=FixWay.WITHDRAWAL)
    with refused("公众看的撤下说明"):
        operations.withdraw(publisher(town), fault, fault.version, "数字全错", WithdrawalKind.ERROR)
    publication = operations.withdraw(
        publisher(town), fault, fault.version, "数字全错", WithdrawalKind.ERROR, "数字有误，正在核实"
    )
    assert (publication.standing, publication.withdrawal_notice) == (Standing.WITHDRAWN, "数字有误，正在核实")
    assert (fault.state, fault.way, fault.fixed_revision_id) == (S.FIXED, FixWay.WITHDRAWAL, None)
    assert fault.submission.state is State.WITHDRAWN
    assert detail()["fault"] == fault.number
    assert trail.verify().sound


def test_secrecy_is_withdrawn_without_a_word_and_weighs_most(town: Cast) -> None:
    fault = confirmed(town, values=False)
    with refused("不出说明"):
        operations.withdraw(publisher(town), fault, fault.version, "密级标志", WithdrawalKind.SECRECY, "撤下了")
    operations.withdraw(publisher(town), fault, fault.version, "密级标志", WithdrawalKind.SECRECY)
    assert fault.severity is FaultSeverity.SECRECY


def test_the_system_sets_down_what_was_mended_elsewhere(town: Cast) -> None:
    fault, other = confirmed(town, way=FixWay.REVIEW), confirmed(town)
    assert operations.settle_all() == 0
    with refused("还没有变过", Moved):
        operations.settle(publisher(town), fault, fault.version)
    correction = submissions.correct(town.actor("reporter"), fault.submission)
    text = text_of(correction.revision, body_html=BODY.replace("1268", "268"), secrecy_cleared=True)
    submissions.revise(town.actor("reporter"), correction, text, correction.version)
    hand_in(town, correction)
    sign(town, correction, "head")
    sign(town, correction, "leader")
    publishing.publish(publisher(town), correction, correction.version, NOTE)
    publishing.withdraw(publisher(town), other.submission, other.submission.version, "数据有误")
    with clock.stopped_at(clock.now() + timedelta(hours=3)):
        assert operations.settle_all() == 2
    assert (fault.way, fault.fixed_at) == (FixWay.REVIEW, fault.publication.corrected_at)
    assert [one["after"] for one in fault.changed] == ["268栋"]
    assert (other.way, other.fixed_at) == (FixWay.WITHDRAWAL, other.publication.withdrawn_at)
    assert operations.settle_all() == 0


# -- afterwards -----------------------------------------------------------------------------------


def test_the_unit_answers_every_channel_is_looked_after_and_the_ticket_closes(town: Cast) -> None:
    fault = fixed(town, confirmed(town))
    with refused("至少 8 个字"):
        operations.answer(town.actor("reporter"), fault, fault.version, "抄错了")
    with refused("任职不能", Forbidden):
        operations.answer(town.actor("other_reporter"), fault, fault.version, "抄台账时多写了一个数字")
    operations.answer(town.actor("reporter"), fault, fault.version, "抄台账时多写了一个数字，以后两人对一遍")
    line = operations.add_channel(publisher(town), fault, fault.version, "佛冈通")
    with refused("1 个渠道没有核销：佛冈通"):
        operations.close(coordinator(town), fault, fault.version, FaultCause.FIGURES)
    with refused("怎么处理的"):
        operations.check_off(publisher(town), line, line.version, "好")
    operations.check_off(publisher(town), line, line.version, "已请后台更正，打开看过")
    with refused("已经核销过", Moved):
        operations.check_off(publisher(town), line, line.version, "已请后台更正，打开看过")
    operations.close(coordinator(town), fault, fault.version, FaultCause.FIGURES)
    assert (fault.state, fault.cause) == (S.CLOSED, FaultCause.FIGURES)
    assert [(one.name, bool(one.done_at)) for one in queries.checks(fault.id)] == [
        ("本镇门户网站", True), ("佛冈通", True),
    ]  # fmt: skip


def test_a_case_names_nobody(town: Cast) -> None:
    fault = fixed(town, confirmed(town))
    told = {"title": "排查数多写一位", "before": WRONG, "after": RIGHT, "lesson": "报数前两人对台账"}
    for words, why in (("洛洞村报数前要核对", "单位、村"), ("问李月娥，电话13812345678", "一长串号码")):
        with refused(why):
            operations.prepare_case(coordinator(town), fault, fault.version, {**told, "lesson": words})
    case = operations.prepare_case(coordinator(town), fault, fault.version, told)
    assert (case.title, case.cause) == ("排查数多写一位", FaultCause.FIGURES)
    again = operations.prepare_case(coordinator(town), fault, fault.version, {**told, "title": "多写一位数"})
    assert (again.id, again.title) == (case.id, "多写一位数")


def test_severity_is_moved_by_two(town: Cast) -> None:
    fault = confirmed(town)
    with refused("现在就是"):
        operations.propose_severity(coordinator(town), fault, fault.version, FaultSeverity.MAJOR, "影响不大")
    operations.propose_severity(coordinator(town), fault, fault.version, FaultSeverity.MINOR, "半小时内改好，没有转发")
    with refused("自己提、自己定"):
        operations.decide_severity(coordinator(town), fault, fault.version, agree=True)
    assert fault.severity is FaultSeverity.MAJOR
    operations.decide_severity(town.actor("leader"), fault, fault.version, agree=True)
    assert (fault.severity, fault.severity_by_rule) == (FaultSeverity.MINOR, FaultSeverity.MAJOR)
    fixed(town, fault)
    assert fault.severity is FaultSeverity.MINOR


# -- a reader's message ---------------------------------------------------------------------------


def by_reader(publication: Publication, keys: Path, **given: Any) -> Fault:
    """A message that came with the form."""
    values: dict[str, Any] = {"trap": "", "seconds": 20.0, "address": "198.51.100.7"}
    words, contact = given.pop("words", "农房数写错了吧"), given.pop("contact", "13812345678")
    return operations.report_by_reader(publication, words, contact, keys=keys, **(values | given))


def test_a_reader_leaves_words_and_a_sealed_contact(town: Cast, tmp_path: Path) -> None:
    fault = by_reader(public(town), tmp_path)
    assert (fault.origin, fault.state) == (FaultOrigin.READER, S.REPORTED)
    assert re.fullmatch(r"[0-9A-F]{12}", fault.receipt or "")
    assert queries.by_receipt(fault.receipt or "") == fault
    event = newest()
    everything = f"{event.detail}{event.subject_name}{event.address}{event.actor_name}"
    assert "13812345678" not in everything + (fault.contact or "") and "农房" not in everything
    assert "198.51" not in everything
    with refused("为什么要看"):
        operations.reveal_contact(coordinator(town), fault, "", tmp_path)
    assert operations.reveal_contact(coordinator(town), fault, "核实所说的数字", tmp_path) == "13812345678"
    assert (newest().label, detail()["reason"]) == ("查看反映人联系方式", "核实所说的数字")
    with refused("任职不能", Forbidden):
        operations.reveal_contact(town.actor("reporter"), fault, "核实所说的数字", tmp_path)


def test_a_flood_from_one_network_is_stopped_and_others_are_heard(town: Cast, tmp_path: Path) -> None:
    publication = public(town)
    for number in range(6):
        by_reader(publication, tmp_path, address=f"198.51.100.{number}")
    with refused("反映得比较多"):
        by_reader(publication, tmp_path, address="198.51.100.200")
    by_reader(publication, tmp_path, address="203.0.113.9")
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        by_reader(publication, tmp_path)
    stored = db.session.scalars(select(ReaderKnock.network)).all()
    assert not [one for one in stored if "198.51" in one]


def test_nothing_is_taken_for_what_nobody_reads(town: Cast, tmp_path: Path) -> None:
    publication = public(town)
    publishing.withdraw(publisher(town), publication.submission, publication.submission.version, "数据有误")
    with refused("已经撤下", Moved):
        by_reader(publication, tmp_path)
