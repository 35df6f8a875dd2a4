"""Acts on the town's lists."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.proofreading.terms import BAD, SLIP, a_leader, a_proposal, an_entry, confirmed
from town_portal.access.actor import SYSTEM, HeldPost
from town_portal.access.roles import Role
from town_portal.audit.models import AuditEvent
from town_portal.audit.queries import head_seq, verify
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused, Stale
from town_portal.network import queries as network
from town_portal.proofreading import operations, queries
from town_portal.proofreading.models import ListedTerm, TermProposal, TermState
from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family
from town_portal.proofreading.rules.kinds import TermKind
from town_portal.proofreading.rules.term_file import MOST_CHANGES
from town_portal.proofreading.rules.writing import Writing
from town_portal.settings.models import Setting, SettingState


def newest() -> AuditEvent:
    """The event at the end of the trail."""
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()


def found(text: str = BAD, day: date | None = None) -> list[str]:
    """The families of what is found in a text of a day, today by default."""
    return [one.family.value for one in queries.findings(Writing(text, day or clock.today()))]


def test_a_term_is_found_after_its_confirmation_and_not_before(town: Cast) -> None:
    assert found() == []
    proposal = a_proposal(town)
    assert proposal.state is TermState.PROPOSED
    assert found() == []
    event = newest()
    assert (event.action, event.label, event.subject_name) == (
        "propose_terms", "提出词条修改", "错字对照“粉蕉基地”",
    )  # fmt: skip
    operations.confirm(town.actor("publisher"), proposal, proposal.version)
    assert found() == ["wrong_char"]
    assert (newest().action, newest().actor_name) == ("confirm_terms", town.name("publisher"))
    assert proposal.decided_by_id == town.person("publisher").id
    assert verify().sound


def test_a_term_holds_from_its_first_to_its_last_day(town: Cast) -> None:
    first, last = clock.today() - timedelta(days=10), clock.today() + timedelta(days=10)
    confirmed(town, an_entry(valid_from=first, valid_to=last))
    days = (first - timedelta(days=1), first, last, last + timedelta(days=1))
    assert [found(day=day) for day in days] == [[], ["wrong_char"], ["wrong_char"], []]


def test_the_owner_is_the_coordinating_office_unless_another_is_named(town: Cast) -> None:
    assert confirmed(town)[0].owner_id == network.coordinating_id()
    other = an_entry(words="粉蕉苗", bad=("村民领到粉蕉苗。",), owner_id=town.unit("B05").id)
    assert confirmed(town, other)[0].owner.name == "农业农村办公室"


# -- what a proposal is refused for ----------------------------------------------------------------


def refused(town: Cast, words: str, *entries: TermEntry, reason: str = "常写错") -> None:
    """The proposal is refused with these words, and nothing is left of it."""
    before = head_seq()
    with pytest.raises(Refused, match=words):
        a_proposal(town, *entries, reason=reason)
    assert head_seq() == before
    assert queries.waiting() == []
    assert db.session.scalar(select(func.count()).select_from(ListedTerm)) == 0


def test_examples_are_the_terms_own_tests(town: Cast) -> None:
    refused(town, "错的例句“村里种了香蕉。”没有报“错别字”，现在什么也没报", an_entry(bad=("村里种了香蕉。",)))
    refused(town, "对的例句.*不应该报，现在报的是“粉蕉基地”（错别字", an_entry(good=("镇领导到粉蕉基地。",)))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (an_entry(right=""), "请写“应为”"),
        (an_entry(bad=()), "错的例句"),
        (an_entry(words="没有的", off=True), "不用停用"),
        (TermEntry(TermKind.TYPOS, "布署", "部署"), "没有要改的地方"),
    ],
)
def test_what_does_not_fit_its_list_is_refused(town: Cast, entry: TermEntry, words: str) -> None:
    refused(town, words, entry)


def test_a_reason_is_asked_for(town: Cast) -> None:
    refused(town, "请写明为什么要改", reason=" ")
    refused(town, "最多 300 个字", reason="长" * 301)


def test_one_list_at_a_time_and_not_too_much_of_it(town: Cast) -> None:
    refused(town, "一次只能改一个名录", SLIP, a_leader("黎文澍", "镇党委书记", 1))
    names = [chr(0x4E00 + number) for number in range(MOST_CHANGES + 1)]
    refused(town, f"一次最多改 {MOST_CHANGES} 条", *(a_leader(f"黎{name}", "镇党委委员", 9) for name in names))


def test_one_faulty_line_stops_the_whole_batch(town: Cast) -> None:
    refused(town, "第 2 行：请写“应为”", SLIP, an_entry(words="粉蕉苗", right=""))


def test_one_proposal_at_a_time_for_the_same_words(town: Cast) -> None:
    a_proposal(town)
    with pytest.raises(Refused, match="已有一份提议在等确认"):
        a_proposal(town, an_entry(right="芭蕉基地", good=("到芭蕉基地查看。",)))
    assert len(queries.waiting()) == 1


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "publisher", "administrator", "auditor"])
def test_only_the_coordinator_proposes(town: Cast, key: str) -> None:
    with pytest.raises(Forbidden):
        operations.propose(town.actor(key), [(1, SLIP)], "常写错")
    assert queries.waiting() == []


# -- deciding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "administrator", "auditor", "idler"])
def test_who_may_not_decide(town: Cast, key: str) -> None:
    """A head of another office is none of the coordinating office."""
    proposal = a_proposal(town)
    before = head_seq()
    with pytest.raises(Forbidden):
        operations.confirm(town.actor(key), proposal, proposal.version)
    with pytest.raises(Forbidden):
        operations.reject(town.actor(key), proposal, "不行", proposal.version)
    assert head_seq() == before
    assert found() == []


def test_the_head_of_the_coordinating_office_may_decide(town: Cast) -> None:
    head, office = town.actor("head"), town.unit("B01")
    here = replace(head, posts=(HeldPost(0, Role.HEAD, office.id, office.name, "office"),))
    proposal = a_proposal(town)
    operations.confirm(here, proposal, proposal.version)
    assert found() == ["wrong_char"]


def test_nobody_confirms_his_own(town: Cast) -> None:
    proposal = a_proposal(town)
    with pytest.raises(Refused, match="另一位同事确认"):
        operations.confirm(town.actor("coordinator"), proposal, proposal.version)
    assert found() == []


def test_nobody_confirms_as_the_cover_of_the_proposer(town: Cast) -> None:
    proposal, office = a_proposal(town), town.unit("B01")
    cover = HeldPost(
        0, Role.COORDINATOR, office.id, office.name, "office", town.name("coordinator"), town.person("coordinator").id
    )
    stand_in = replace(town.actor("publisher"), posts=(cover,))
    with pytest.raises(Refused, match="另一位同事确认"):
        operations.confirm(stand_in, proposal, proposal.version)


def test_nobody_confirms_what_his_cover_proposed(town: Cast) -> None:
    office = town.unit("B01")
    cover = HeldPost(
        0, Role.COORDINATOR, office.id, office.name, "office", town.name("publisher"), town.person("publisher").id
    )
    proposal = operations.propose(replace(town.actor("coordinator"), posts=(cover,)), [(1, SLIP)], "常写错")
    assert proposal.proposed_for_id == town.person("publisher").id
    with pytest.raises(Refused, match="另一位同事确认"):
        operations.confirm(town.actor("publisher"), proposal, proposal.version)


def test_a_decided_proposal_is_done(town: Cast) -> None:
    proposal = confirmed(town)[0].proposal
    with pytest.raises(Refused, match="现在是“已确认”"):
        operations.confirm(town.actor("publisher"), proposal, proposal.version)
    with pytest.raises(Refused, match="现在是“已确认”"):
        operations.reject(town.actor("publisher"), proposal, "不行", proposal.version)


def test_a_page_opened_before_the_decision_is_stale(town: Cast) -> None:
    proposal = a_proposal(town)
    seen = proposal.version
    operations.reject(town.actor("publisher"), proposal, "再看看", seen)
    with pytest.raises(Stale):
        operations.confirm(town.actor("publisher"), proposal, seen)


def test_a_rejected_term_never_comes(town: Cast) -> None:
    proposal = a_proposal(town)
    with pytest.raises(Refused, match="为什么不同意"):
        operations.reject(town.actor("publisher"), proposal, " ", proposal.version)
    operations.reject(town.actor("publisher"), proposal, " 不常见 ", proposal.version)
    assert (proposal.state, proposal.refusal, proposal.terms[0].state) == (
        TermState.REJECTED, "不常见", TermState.REJECTED,
    )  # fmt: skip
    assert found() == []
    assert newest().action == "reject_terms"
    assert a_proposal(town).state is TermState.PROPOSED


def test_examples_are_run_again_before_a_term_is_confirmed(town: Cast) -> None:
    """Meanwhile somebody protected the very words."""
    proposal = a_proposal(town)
    confirmed(town, TermEntry(TermKind.PROTECTED, "粉蕉基地", good=(BAD,)))
    before = head_seq()
    with pytest.raises(Refused, match="例句检验没有通过.*没有报“错别字”"):
        operations.confirm(town.actor("publisher"), proposal, proposal.version)
    assert head_seq() == before
    assert proposal.state is TermState.PROPOSED


# -- changes and ends ------------------------------------------------------------------------------


def test_a_change_takes_the_place_of_what_was(town: Cast) -> None:
    (old,) = confirmed(town)
    (new,) = confirmed(town, an_entry(right="芭蕉基地", good=("到芭蕉基地查看。",)))
    assert (old.state, new.state) == (TermState.RETIRED, TermState.CONFIRMED)
    (finding,) = queries.findings(Writing(BAD, clock.today()))
    assert finding.suggestion == "芭蕉基地"
    assert verify().sound


def test_a_change_from_a_day_on_leaves_the_days_before_as_they_were(town: Cast) -> None:
    day = clock.today() + timedelta(days=3)
    (old,) = confirmed(town)
    confirmed(town, an_entry(right="芭蕉基地", valid_from=day, good=("到芭蕉基地查看。",)))
    assert (old.state, old.valid_to) == (TermState.CONFIRMED, day - timedelta(days=1))
    texts = (Writing(BAD, clock.today()), Writing(BAD, day))
    assert [queries.findings(text)[0].suggestion for text in texts] == ["香蕉基地", "芭蕉基地"]
    assert verify().sound


def test_a_shipped_term_is_switched_off_and_comes_back(town: Cast) -> None:
    text = "会上布署了防汛工作。"
    assert "wrong_char" in found(text)
    shipped = queries.shipped(TermKind.TYPOS, "布署")
    assert shipped is not None
    confirmed(town, replace(shipped, off=True))
    assert found(text) == []
    assert queries.shipped(TermKind.TYPOS, "布署") is None
    again = replace(shipped, bad=(text,), good=("会上部署了防汛工作。",))
    confirmed(town, again)
    assert "wrong_char" in found(text)


def test_a_shipped_term_gets_a_last_day(town: Cast) -> None:
    text, today = "会上布署了防汛工作。", clock.today()
    shipped = queries.shipped(TermKind.TYPOS, "布署")
    assert shipped is not None
    confirmed(town, replace(shipped, valid_to=today, bad=(text,), good=("会上部署了防汛工作。",)))
    assert ["wrong_char" in found(text, day) for day in (today, today + timedelta(days=1))] == [True, False]


def test_leaders_are_judged_by_who_was_in_office_on_the_day(town: Cast) -> None:
    """The mayor of last year is no mayor of this one, and a text of last year may still call him so."""
    change = clock.today() - timedelta(days=30)
    confirmed(
        town,
        a_leader("钟启桓", "镇长", 2, date(2021, 9, 28), change - timedelta(days=1)),
        a_leader("何牧原", "镇长", 2, change),
    )
    old, new = "镇长钟启桓到洛洞村调研。", "镇长何牧原到洛洞村调研。"
    assert [found(text, change - timedelta(days=1)) for text in (old, new)] == [[], ["person_title"]]
    assert [found(text) for text in (old, new)] == [["person_title"], []]


def test_a_batch_is_confirmed_at_once(town: Cast) -> None:
    names = ("黎文澍", "钟启桓", "范佩岚")
    rows = confirmed(town, *(a_leader(name, "镇党委委员", place) for place, name in enumerate(names, 1)))
    assert str(rows[0].proposal) == "领导名录“黎文澍”等 3 条"
    assert {row.state for row in rows} == {TermState.CONFIRMED}
    assert [leader.name for leader in queries.lexicon().leaders] == list(names)
    assert newest().action == "confirm_terms"


# -- 不是错 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["reporter", "head", "leader", "principal", "coordinator", "publisher"])
def test_whoever_works_at_texts_may_say_that_something_is_no_error(town: Cast, key: str) -> None:
    confirmed(town)
    proposal = operations.propose_exception(town.actor(key), Family.WRONG_CHAR, "粉蕉基地", "本地叫法", BAD)
    assert found() == ["wrong_char"]
    assert (newest().action, newest().subject_name) == ("propose_exception", "不是错“粉蕉基地”")
    decider = "coordinator" if key == "publisher" else "publisher"
    operations.confirm(town.actor(decider), proposal, proposal.version)
    assert found() == []


@pytest.mark.parametrize("family", sorted(NEVER_OVERRIDDEN))
def test_personal_data_and_secrecy_are_no_exception_for_anybody(town: Cast, family: Family) -> None:
    before = head_seq()
    with pytest.raises(Refused, match="不能列为“不是错”"):
        operations.propose_exception(town.actor("coordinator"), family, "13826704412", "公开的", "请拨13826704412。")
    assert head_seq() == before


@pytest.mark.parametrize(
    ("words", "reason", "sentence", "said"),
    [
        ("粉蕉", "本地叫法", "到香蕉基地。", "例句里没有“粉蕉”"),
        ("粉蕉", " ", "到粉蕉基地。", "为什么要改"),
        ("", "本地叫法", "到粉蕉基地。", "请写“词句”"),
        ("粉蕉", "本地叫法", "粉蕉" * 101, "最多 200 个字"),
    ],
)
def test_what_an_exception_is_refused_for(town: Cast, words: str, reason: str, sentence: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        operations.propose_exception(town.actor("reporter"), Family.WRONG_CHAR, words, reason, sentence)
    assert db.session.scalar(select(func.count()).select_from(TermProposal)) == 0


@pytest.mark.parametrize("key", ["administrator", "auditor", "idler"])
def test_who_does_not_work_at_texts_proposes_no_exception(town: Cast, key: str) -> None:
    with pytest.raises(Forbidden):
        operations.propose_exception(town.actor(key), Family.WRONG_CHAR, "粉蕉", "本地叫法", "到粉蕉基地。")


# -- what the settings held ------------------------------------------------------------------------

BEFORE = Action("confirm_setting_of_then", "确认当时的设置")
ROSTER = {
    "county": "佛冈县",
    "leaders": ["黎文澍 镇党委书记", "钟启桓 镇党委副书记、镇长"],
    "other_towns": ["石角镇", "水头镇", "高岗镇", "迳头镇", "龙山镇"],
    "places": ["潖江", "新塘河"],
    "platforms": ["佛冈通", "佛冈发布", "清远日报", "南方+"],
}


def left_behind(town: Cast, key: str, value: dict[str, object]) -> None:
    """A value of a key that the catalogue had, as two people confirmed it then."""
    with unit_of_work(town.actor("principal")) as work:
        setting = Setting(
            key=key, value=value, valid_from=work.at, reason="按任职文件", state=SettingState.CONFIRMED,
            proposed_by_id=town.person("coordinator").id, proposed_at=work.at,
            decided_by_id=town.person("principal").id, decided_at=work.at,
        )  # fmt: skip
        db.session.add(setting)
        work.record(BEFORE, setting)


def test_what_the_settings_held_is_taken_over_with_its_hands(town: Cast) -> None:
    left_behind(town, "roster", ROSTER)
    left_behind(town, "proofreading", {"exceptions": ["粉葛", "湴江", "圩镇", "禾塘"]})
    taken = operations.adopt_settings(SYSTEM)
    assert {one.kind.value: [row.words for row in one.terms] for one in taken} == {
        "leaders": ["黎文澍", "钟启桓"],
        "places": ["新塘河", "烟岭河", "四九河", "汤塘圩", "四九圩", "106国道", "黄花湖水库"],
        "protected": ["禾塘"],
    }
    assert {(one.proposed_by.name, one.decided_by and one.decided_by.name) for one in taken} == {
        (town.name("coordinator"), town.name("principal"))
    }
    known = queries.lexicon()
    assert [(leader.name, leader.titles) for leader in known.leaders] == [
        ("黎文澍", ("镇党委书记",)),
        ("钟启桓", ("镇党委副书记、镇长",)),
    ]
    assert set(known.places) == {"潖江", "新塘河"}
    assert len(known.other_towns) == 5
    assert (Family.WRONG_CHAR, "禾塘") in queries.exceptions()
    assert newest().action == "adopt_settings"
    assert verify().sound


def test_it_is_taken_over_once_and_only_where_nobody_began(town: Cast) -> None:
    with pytest.raises(Refused, match="没有要接收的名录"):
        operations.adopt_settings(SYSTEM)
    left_behind(town, "roster", ROSTER)
    confirmed(town, a_leader("范佩岚", "镇党委书记", 1))
    assert {one.kind for one in operations.adopt_settings(SYSTEM)} == {TermKind.PLACES}
    with pytest.raises(Refused, match="没有要接收的名录"):
        operations.adopt_settings(SYSTEM)
    assert [leader.name for leader in queries.lexicon().leaders] == ["范佩岚"]
