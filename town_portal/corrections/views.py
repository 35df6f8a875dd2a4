"""Pages of the faults: the register, one ticket with everything done about it, causes and cases."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for

from town_portal.access.actor import Actor
from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows, post_reaching
from town_portal.accounts.identity import identified
from town_portal.corrections import operations, queries
from town_portal.corrections.forms import (
    ButtonForm,
    CaseForm,
    ChannelForm,
    CloseForm,
    ConfirmForm,
    DecideForm,
    FixForm,
    ReasonForm,
    ReportForm,
    SeverityForm,
    SignForm,
    WithdrawForm,
)
from town_portal.corrections.models import Fault
from town_portal.corrections.operations import Unanswered
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FaultSeverity, FixWay
from town_portal.corrections.rules.lifecycle import FaultState
from town_portal.foundation import clock
from town_portal.inspection import queries as inspection
from town_portal.publishing.models import Publication
from town_portal.publishing.rules.withdrawal import WithdrawalKind
from town_portal.web.forms import Form, VersionedForm
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other

bp = Blueprint("corrections", __name__)

MENU = (Entry("差错台账", "corrections.index", "x-octagon-fill", (P.FAULT_READ,), group="监督"),)
PLACES = {
    "Fault": lambda fault_id: url_for("corrections.show", fault_id=fault_id),
    "FaultCase": lambda _: url_for("corrections.cases"),
}


# -- looking -------------------------------------------------------------------------------------


@bp.get("/faults")
@requires(P.FAULT_READ)
def index() -> Response:
    """The register 差错台账, narrowed down by state, unit, cause and who found it."""
    chosen = queries.Chosen.from_words(request.args)
    actor = person()
    return respond(
        "corrections/index.html",
        chosen=chosen,
        page=page_of(queries.register(actor, chosen)),
        figures=queries.figures(actor),
        states=FaultState,
        origins=FaultOrigin,
        causes=FaultCause,
        units=queries.units_with_faults(actor),
        may_report=allows(actor.roles, P.FAULT_REPORT),
    )


@bp.get("/faults/<int:fault_id>")
@requires(P.FAULT_READ)
def show(fault_id: int, status: int = 200, contact: str = "", **forms: Form) -> Response:
    """One ticket: what is wrong, what stands in the net, what was done, and what this person can do now."""
    fault = _load(fault_id)
    actor, proposal = person(), queries.open_proposal(fault_id)
    blank = {"version": fault.version, "formdata": None}
    made: dict[str, Any] = {
        "confirm_form": ConfirmForm(**blank, prefix="c-"),
        "dismiss_form": ReasonForm(**blank, prefix="d-"),
        "fix_form": FixForm(**blank, prefix="f-"),
        "sign_form": SignForm(**blank, prefix="s-", digest=proposal.digest if proposal else ""),
        "return_form": ReasonForm(**blank, prefix="r-"),
        "withdraw_form": WithdrawForm(**blank, prefix="w-"),
        "answer_form": ReasonForm(**blank, prefix="a-"),
        "channel_form": ChannelForm(**blank, prefix="n-"),
        "close_form": CloseForm(**blank, prefix="e-", cause=fault.cause.value if fault.cause else None),
        "severity_form": SeverityForm(**blank, prefix="v-"),
        "contact_form": ReasonForm(**blank, prefix="t-"),
        "button_form": ButtonForm(**blank),
    }
    return respond(
        "corrections/show.html",
        status=status,
        fault=fault,
        proposal=proposal,
        proposals=queries.proposals(fault_id),
        checks=queries.checks(fault_id),
        case=queries.case_of(fault_id),
        story=queries.story(fault),
        steps=queries.steps(fault),
        due_at=queries.due_at(fault),
        compared=queries.compared(fault, proposal),
        same=queries.same_cause(fault),
        limit=queries.most_characters(),
        may={
            one.name: post_reaching(actor, one, fault) is not None
            for one in (P.FAULT_HANDLE, P.FAULT_FIX, P.FAULT_SIGN, P.FAULT_ANSWER)
        },
        own=proposal is not None and proposal.proposed_by_id == actor.id,
        contact=contact,
        failed=bool(forms),
        **{**made, **forms},
    )


@bp.get("/faults/cases")
@requires(P.FAULT_READ)
def cases() -> Response:
    """What others can learn from: no names, before and after, the cause."""
    return respond(
        "corrections/cases.html", page=page_of(queries.cases(request.args.get("cause", ""))), causes=FaultCause
    )


@bp.get("/faults/causes")
@requires(P.FAULT_READ)
def causes() -> Response:
    """How often each cause came up, and which words were mended more than once."""
    return respond(
        "corrections/causes.html",
        causes=queries.causes(person()),
        repeated=queries.repeated(person()),
        may_propose=allows(person().roles, P.TERM_PROPOSE),
    )


# -- reporting -----------------------------------------------------------------------------------


@bp.get("/faults/new")
@requires(P.FAULT_REPORT)
def new(form: ReportForm | None = None, status: int = 200) -> Response:
    """The form for a fault somebody of the house found."""
    form = form or ReportForm(formdata=None, data={"article": request.args.get("article", "")})
    return respond("corrections/new.html", status=status, form=form)


@bp.post("/faults")
@requires(P.FAULT_REPORT)
def report() -> Response:
    """Write it down."""
    form = ReportForm()
    if form.validate_on_submit():
        publication = _meant(form.article.data or "")
        if publication is None:
            form.article.errors = ("没有找到这条信息。请打开公开页，把地址栏里的地址或页上的索引号抄过来",)
            return new(form, 422)
        with form.taking_refusals():
            fault = operations.report(
                me(),
                publication,
                FaultOrigin(form.origin.data),
                form.words.data or "",
                found_at=_instant(form.found_at.data),
            )
            flash(f"已登记，编号 {fault.number}，等统筹管理受理。")
            return see_other(url_for(".show", fault_id=fault.id))
    return new(form, 422)


@bp.post("/faults/from-findings/<int:finding_id>")
@requires(P.FAULT_HANDLE)
def from_finding(finding_id: int) -> Response:
    """Make a ticket of what a night's reading found; it is confirmed or dismissed like any other."""
    finding = inspection.late_finding(finding_id, person()) or abort(404)
    known = queries.of_source(f"late_finding:{finding.id}")
    if known is None:
        known = operations.report(
            me(),
            finding.publication,
            FaultOrigin.NIGHT,
            f"{finding.place}：“{finding.words}”，{finding.message}",
            source=f"late_finding:{finding.id}",
            found_at=finding.found_at,
        )
        flash(f"已转为纠错单 {known.number}，请受理。")
    return see_other(url_for(".show", fault_id=known.id))


# -- acting --------------------------------------------------------------------------------------


@bp.post("/faults/<int:fault_id>/confirmations")
@requires(P.FAULT_HANDLE)
def confirm(fault_id: int) -> Response:
    """It is a fault."""
    form = ConfirmForm(prefix="c-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.confirm(
            actor,
            fault,
            form.version.data,
            form.matter.data or "",
            FixWay(form.way.data),
            cause=FaultCause(form.cause.data),
            values=bool(form.values.data),
        )
        return "已受理，请马上改正。"

    return _act(fault_id, "confirm_form", form, act)


@bp.post("/faults/<int:fault_id>/dismissals")
@requires(P.FAULT_HANDLE)
def dismiss(fault_id: int) -> Response:
    """It is none."""
    form = ReasonForm(prefix="d-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.dismiss(actor, fault, form.version.data, form.words.data or "")
        return "已认定不成立，不计差错。"

    return _act(fault_id, "dismiss_form", form, act)


@bp.post("/faults/<int:fault_id>/fixes")
@requires(P.FAULT_FIX)
def propose_fix(fault_id: int) -> Response:
    """Propose other words; a finding that is open comes back with a box to tick."""
    form = FixForm(prefix="f-")

    def act(actor: Actor, fault: Fault) -> str:
        replies = dict.fromkeys(form.answered.data or (), "")
        try:
            operations.propose_fix(actor, fault, form.version.data, form.changes, form.note.data or "", replies)
        except Unanswered as refusal:
            form.offer(refusal.left, {})
            form.left = refusal.left
            raise
        return "已提出，等另一位同事复核。复核以后网上才会变。"

    return _act(fault_id, "fix_form", form, act, sure=True)


@bp.post("/faults/<int:fault_id>/fix-signatures")
@requires(P.FAULT_SIGN)
def sign_fix(fault_id: int) -> Response:
    """Confirm the words somebody else proposed; the public reads them at once."""
    form = SignForm(prefix="s-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.sign_fix(actor, fault, form.version.data, form.digest.data or "")
        return "已复核，网上已换成改正后的文字，并告知原单位说明情况。"

    return _act(fault_id, "sign_form", form, act, sure=True)


@bp.post("/faults/<int:fault_id>/fix-returns")
@requires(P.FAULT_SIGN)
def return_fix(fault_id: int) -> Response:
    """Do not confirm, and say why."""
    form = ReasonForm(prefix="r-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.return_fix(actor, fault, form.version.data, form.words.data or "")
        return "已退回，网上没有变。"

    return _act(fault_id, "return_form", form, act)


@bp.post("/faults/<int:fault_id>/fix-takings-back")
@requires(P.FAULT_FIX)
def take_back_fix(fault_id: int) -> Response:
    """Take one's own proposal back."""
    form = ButtonForm()

    def act(actor: Actor, fault: Fault) -> str:
        operations.take_back_fix(actor, fault, form.version.data)
        return "已收回，可以重新提出。"

    return _act(fault_id, "button_form", form, act)


@bp.post("/faults/<int:fault_id>/withdrawals")
@requires(P.FAULT_FIX)
def withdraw(fault_id: int) -> Response:
    """Take the article down."""
    form = WithdrawForm(prefix="w-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.withdraw(
            actor,
            fault,
            form.version.data,
            form.reason.data or "",
            WithdrawalKind(form.kind.data),
            form.notice.data or "",
        )
        return "已撤下，公众现在看不到了。发过的其他渠道请逐个核销。"

    return _act(fault_id, "withdraw_form", form, act, sure=True)


@bp.post("/faults/<int:fault_id>/settlements")
@requires(P.FAULT_FIX)
def settle(fault_id: int) -> Response:
    """Set down that it was mended elsewhere."""
    form = ButtonForm()

    def act(actor: Actor, fault: Fault) -> str:
        operations.settle(actor, fault, form.version.data)
        return "已登记为改正。"

    return _act(fault_id, "button_form", form, act)


@bp.post("/faults/<int:fault_id>/answers")
@requires(P.FAULT_ANSWER)
def answer(fault_id: int) -> Response:
    """The unit says how it came about."""
    form = ReasonForm(prefix="a-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.answer(actor, fault, form.version.data, form.words.data or "")
        return "已说明，等统筹管理结案。"

    return _act(fault_id, "answer_form", form, act)


@bp.post("/faults/<int:fault_id>/channels")
@requires(P.FAULT_FIX)
def add_channel(fault_id: int) -> Response:
    """One more place where it ran."""
    form = ChannelForm(prefix="n-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.add_channel(actor, fault, form.version.data, form.name.data or "", form.url.data or "")
        return "已补记，处理好以后请核销。"

    return _act(fault_id, "channel_form", form, act)


@bp.post("/faults/channels/<int:line_id>/confirmations")
@requires(P.FAULT_FIX)
def check_off(line_id: int) -> Response:
    """On this channel it is mended or gone."""
    line = queries.check_line(line_id, person()) or abort(404)
    form = ReasonForm(prefix=f"k{line_id}-")

    def act(actor: Actor, _fault: Fault) -> str:
        operations.check_off(actor, line, form.version.data, form.words.data or "")
        return f"{line.name}已核销。"

    return _act(line.fault_id, "check_form", form, act, version_of_fault=False)


@bp.post("/faults/<int:fault_id>/closings")
@requires(P.FAULT_HANDLE)
def close(fault_id: int) -> Response:
    """End the ticket."""
    form = CloseForm(prefix="e-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.close(actor, fault, form.version.data, FaultCause(form.cause.data))
        return "已结案。可以整理成案例，供以后学习。"

    return _act(fault_id, "close_form", form, act)


@bp.post("/faults/<int:fault_id>/severity-proposals")
@requires(P.FAULT_HANDLE)
def propose_severity(fault_id: int) -> Response:
    """Ask for another severity."""
    form = SeverityForm(prefix="v-")

    def act(actor: Actor, fault: Fault) -> str:
        operations.propose_severity(
            actor, fault, form.version.data, FaultSeverity(form.severity.data), form.words.data or ""
        )
        return "已提请，等另一位同事确认。"

    return _act(fault_id, "severity_form", form, act)


@bp.post("/faults/<int:fault_id>/severity-decisions")
@requires(P.FAULT_SIGN)
def decide_severity(fault_id: int) -> Response:
    """Say yes or no to it."""
    form = DecideForm()

    def act(actor: Actor, fault: Fault) -> str:
        operations.decide_severity(actor, fault, form.version.data, agree=form.agree.data == "1")
        return "已办。"

    return _act(fault_id, "button_form", form, act)


@bp.post("/faults/<int:fault_id>/contact-views")
@requires(P.FAULT_HANDLE)
def reveal_contact(fault_id: int) -> Response:
    """Show how to reach the reader, this once."""
    fault, form = _load(fault_id), ReasonForm(prefix="t-")
    if form.validate_on_submit():
        with form.taking_refusals():
            words = operations.reveal_contact(
                me().without_form_key(), fault, form.words.data or "", current_app.config["PORTAL"].keys
            )
            return show(fault_id, contact=words)
    return show(fault_id, 422, contact_form=form)


@bp.get("/faults/<int:fault_id>/case")
@requires(P.FAULT_HANDLE)
def case(fault_id: int, form: CaseForm | None = None, status: int = 200) -> Response:
    """The form for a case, filled with what changed and without names."""
    fault = _load(fault_id)
    form = form or CaseForm(formdata=None, data=queries.case_draft(fault), version=fault.version)
    return respond("corrections/case.html", status=status, fault=fault, form=form)


@bp.post("/faults/<int:fault_id>/cases")
@requires(P.FAULT_HANDLE)
def prepare_case(fault_id: int) -> Response:
    """Keep the case."""
    fault, form = _load(fault_id), CaseForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            told = {name: form[name].data or "" for name in ("title", "before", "after", "lesson")}
            operations.prepare_case(me(), fault, form.version.data, told)
            flash("已收入案例。")
            return see_other(url_for(".cases"))
    return case(fault_id, form, 422)


def _act(
    fault_id: int,
    name: str,
    form: VersionedForm,
    act: Callable[[Actor, Fault], str],
    *,
    sure: bool = False,
    version_of_fault: bool = True,
) -> Response:
    """One form of the ticket: sent, done, back on the ticket; or the ticket again with what is wrong."""
    fault = _load(fault_id)
    if version_of_fault:
        form.check_seen(fault)
    valid = form.validate_on_submit()
    actor = me() if valid and not sure else identified(me(), form["password"], final=True) if valid else None
    if actor is not None:
        with form.taking_refusals():
            location = url_for(".show", fault_id=fault_id)
            flash(act(actor.at(answer=location), fault))
            return see_other(location)
    forms: dict[str, Any] = {name: form}
    return show(fault_id, 422, **forms)


def _load(fault_id: int) -> Fault:
    return queries.get(fault_id, person()) or abort(404)


def _meant(words: str) -> Publication | None:
    """The live article an address, a number or an 索引号 names."""
    found = re.search(r"/portal/articles/(\d{1,9})", words) or re.fullmatch(r"(\d{1,9})", words)
    return queries.article(int(found[1]) if found else None, words, person())


def _instant(typed: datetime | None) -> datetime | None:
    return typed and clock.instant(typed.date(), typed.time())
