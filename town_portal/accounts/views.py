"""Pages of signing in and out, of one's own account, and of everybody's accounts."""

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, g, request, session, url_for
from flask import current_app as app
from flask_login import current_user, login_user
from flask_wtf.csrf import generate_csrf

from town_portal.access.actor import Actor
from town_portal.access.guard import me, requires
from town_portal.access.permissions import PUBLIC, SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.accounts import identity, operations, queries
from town_portal.accounts.forms import ConfirmationForm, LinkCodeForm, NewPasswordForm, PasswordForm, SignInForm
from town_portal.accounts.operations import PasswordRefused, SignInRefused
from town_portal.accounts.rules.link import tidy
from town_portal.accounts.rules.next_page import own_path
from town_portal.foundation import clock
from town_portal.network import operations as network_operations
from town_portal.network import queries as network
from town_portal.network.forms import EndLeaveForm, LeaveForm
from town_portal.network.models import Person
from town_portal.network.rules import phone
from town_portal.network.views import said_of
from town_portal.web.errors import kept_form
from town_portal.web.forms import new_form_key
from town_portal.web.navigation import Entry
from town_portal.web.respond import go_to, respond, see_other, trigger, wants_fragment

bp = Blueprint("accounts", __name__)

MENU = (Entry("账户", "accounts.index", "key", (P.ACCOUNT_MANAGE,), group="网络"),)
PLACES = {"Credential": lambda _id: url_for("accounts.show")}

OPEN_BEFORE_PASSWORD = frozenset({"accounts.passwords", "accounts.change_password", "accounts.sign_out"})
"""What may be opened while another password must be chosen first."""

KEPT = "kept:"
"""Before the names of fields that wait for their owner to sign in again."""


# -- the guard asks ---------------------------------------------------------------------------


def ask_to_sign_in() -> Response:
    """The answer to somebody who is not signed in: nothing he typed is lost."""
    if wants_fragment():
        reason = "登录过期了，请重新登录。写的内容还在。"
        return trigger(respond("errors/_notice.html", status=401, reason=reason), "sign-in-needed")
    if request.method in ("GET", "HEAD"):
        return go_to(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return _sign_in_page(SignInForm(formdata=None), 401, kept_form())


def ask_for_new_password() -> Response:
    """The answer to somebody who must choose another password first."""
    return go_to(url_for("accounts.passwords"))


def ask_to_confirm() -> Response:
    """The answer to somebody who must prove once more that it is he: the password, then on with what he was at."""
    if request.method in ("GET", "HEAD"):
        return go_to(url_for("accounts.confirmation", next=request.full_path.rstrip("?")))
    return _confirmation_page(ConfirmationForm(formdata=None), 401, kept_form())


@bp.get("/account/confirmation")
@requires(SIGNED_IN)
def confirmation() -> Response:
    """The password once more, before what a cookie alone must not do."""
    return _confirmation_page(ConfirmationForm(formdata=None, next=request.args.get("next", "")))


@bp.post("/account/confirmation")
@requires(SIGNED_IN)
def confirm() -> Response:
    """Prove who one is, and go on where one was, or offer to send on what was typed before."""
    form, kept = ConfirmationForm(), _posted_kept()
    if not form.validate_on_submit() or identity.identified(me(), form.password, final=True) is None:
        return _confirmation_page(form, 422, kept)
    if kept:
        return respond("accounts/continue.html", kept=kept)
    return see_other(_after_sign_in(form.next.data))


# -- signing in and out -----------------------------------------------------------------------


@bp.get("/sign-in")
@requires(PUBLIC)
def sign_in() -> Response:
    """The door; somebody who is in already goes on."""
    if current_user.is_authenticated:
        return go_to(_after_sign_in(request.args.get("next")))
    return _sign_in_page(SignInForm(formdata=None, next=request.args.get("next", "")))


@bp.post("/sign-in")
@requires(PUBLIC)
def enter() -> Response:
    """Sign in, and go where one wanted to go, or offer to send on what was typed before."""
    form, kept = SignInForm(), _posted_kept()
    token = _token_for(form)
    if token is None:
        return _sign_in_page(form, 422, kept)
    keep(token)
    if kept:
        return respond("accounts/continue.html", kept=kept)
    return see_other(_after_sign_in(form.next.data))


@bp.get("/sign-in/again")
@requires(PUBLIC)
def sign_in_again() -> Response:
    """The same door as a dialog over a page whose session ran out."""
    return respond("accounts/sign_in_again.html", "accounts/_sign_in_again.html")


@bp.post("/sign-in/again")
@requires(PUBLIC)
def enter_again() -> Response:
    """Sign in over a page: only the person whose page it is."""
    form = SignInForm()
    token = _token_for(form, only=queries.person_behind(session.get("_user_id")) or 0)
    if token is None:
        words = "；".join(message for _, message in form.all_errors)
        return respond(
            "accounts/sign_in_again.html", "accounts/_sign_in_again.html", 422, again_error=words,
            again_login=form.login.data,
        )  # fmt: skip
    keep(token)
    if not wants_fragment():
        return see_other(url_for("desk.index"))
    return trigger(app.make_response(("", 204)), json.dumps({"signed-in": {"csrf": generate_csrf()}}))


@bp.post("/sign-out")
@requires(SIGNED_IN)
def sign_out() -> Response:
    """End this session; a copy of its cookie is dead too."""
    operations.sign_out(me())
    session.clear()
    return see_other(url_for("accounts.sign_in"))


# -- passwords and one-time links -------------------------------------------------------------


@bp.get("/passwords")
@requires(SIGNED_IN)
def passwords() -> Response:
    """Choose another password; also where one lands when it is time to."""
    return _password_page(PasswordForm(formdata=None))


@bp.post("/passwords")
@requires(SIGNED_IN)
def change_password() -> Response:
    """Another password; every other session ends."""
    form = PasswordForm()
    token = None
    if form.validate_on_submit():
        token = _changed(form)
    if token is None:
        return _password_page(form, 422)
    identity.go_on_under(token)
    flash("密码换好了。别处的登录都已退出。")
    return see_other(url_for("accounts.show"))


@bp.get("/sign-in/links")
@requires(PUBLIC)
def links() -> Response:
    """Type the secret of a one-time link from a slip of paper."""
    return respond("accounts/links.html", form=LinkCodeForm(formdata=None))


@bp.post("/sign-in/links")
@requires(PUBLIC)
def open_link() -> Response:
    """Go to the page of the link that was typed."""
    form = LinkCodeForm()
    if form.validate_on_submit() and queries.credential_of_link(form.code.data or "") is None:
        form.code.errors = ("口令不对、过期了，或者已经用过。请对照纸条，或找系统管理员重发",)
    if form.errors:
        return respond("accounts/links.html", status=422, form=form)
    return see_other(url_for("accounts.link", secret=tidy(form.code.data or "")))


@bp.get("/sign-in/links/<secret>")
@requires(PUBLIC)
def link(secret: str) -> Response:
    """Choose the first or a new password by a one-time link."""
    return _link_page(secret, NewPasswordForm(formdata=None))


@bp.post("/sign-in/links/<secret>")
@requires(PUBLIC)
def use_link(secret: str) -> Response:
    """Set the password; then sign in with it."""
    form = NewPasswordForm()
    if not form.validate_on_submit() or not _set_by_link(secret, form):
        return _link_page(secret, form, 422)
    flash("密码设好了，请用新密码登录。")
    return see_other(url_for("accounts.sign_in"))


# -- one's own account ------------------------------------------------------------------------


@bp.get("/account")
@requires(SIGNED_IN)
def show(form: LeaveForm | None = None, status: int = 200) -> Response:
    """Me, my posts, my leave, where I am signed in, what happened to my account."""
    actor = me()
    return respond(
        "accounts/show.html",
        status=status,
        leaves=network.away(clock.today(), actor.id or 0),
        leave_form=form or LeaveForm(formdata=None, data={"starts_on": clock.today()}),
        end_form=EndLeaveForm(formdata=None),
        person=network.person(actor.id or 0),
        phone=phone.mask,
        sessions=queries.open_sessions(actor.id or 0, actor.session_id),
        story=queries.story_of(actor.id or 0),
        new_key=new_form_key,
    )


@bp.post("/account/leaves")
@requires(SIGNED_IN)
def take_leave() -> Response:
    """Write down that I am away."""
    form = LeaveForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            leave = network_operations.take_leave(
                me(), _person(me().id or 0), form.starts_on.data, form.ends_on.data, form.reason.data or ""
            )
            flash(said_of(leave))
            return see_other(url_for("accounts.show", _anchor="accounts-leaves"))
    return show(form, 422)


@bp.post("/account/leaves/<int:leave_id>/endings")
@requires(SIGNED_IN)
def end_leave(leave_id: int) -> Response:
    """I am back, or do not go."""
    leave, form = network.leave(leave_id), EndLeaveForm()
    if leave is None or leave.person_id != me().id:
        abort(404)
    form.check_seen(leave)
    network_operations.end_leave(me(), leave, form.version.data)
    flash("请假结束了，提醒照常发给您。顶岗的人到期才结束，要提前请找系统管理员。")
    return see_other(url_for("accounts.show", _anchor="accounts-leaves"))


@bp.post("/account/sessions/<int:session_id>/ending")
@requires(SIGNED_IN)
def end_session(session_id: int) -> Response:
    """End one of my sessions."""
    row = queries.session(session_id)
    if row is None or row.person_id != me().id:
        abort(404)
    operations.end_session(me(), row)
    flash("那一处已经退出。")
    return see_other(url_for("accounts.show"))


@bp.post("/account/sessions/endings")
@requires(SIGNED_IN)
def end_other_sessions() -> Response:
    """End all my sessions but this one."""
    actor = me()
    ended = operations.end_all_sessions(actor, _person(actor.id or 0), spare=actor.session_id)
    flash(f"另外 {ended} 处都已退出。" if ended else "没有别的地方在登录。")
    return see_other(url_for("accounts.show"))


# -- everybody's accounts ---------------------------------------------------------------------


@bp.get("/accounts")
@requires(P.ACCOUNT_MANAGE)
def index() -> Response:
    """Who can sign in, who is locked out, who still has no password."""
    return respond("accounts/index.html", lines=queries.account_lines(), phone=phone.mask, new_key=new_form_key)


@bp.post("/accounts/<int:person_id>/links")
@requires(P.ACCOUNT_MANAGE, sure=True)
def issue_link(person_id: int) -> Response:
    """The slip with a one-time link. Answered at once, not by a redirect: the secret is kept nowhere."""
    person = _person(person_id)
    secret = operations.issue_link(me().at(answer=url_for(".index")), person)
    address = url_for(".link", secret=secret, _external=True)
    return respond("accounts/slip.html", person=person, secret=secret, address=address)


@bp.post("/accounts/<int:person_id>/unlocking")
@requires(P.ACCOUNT_MANAGE, sure=True)
def unlock(person_id: int) -> Response:
    """Let somebody try again at once."""
    person = _person(person_id)
    operations.unlock(me().at(answer=url_for(".index")), person)
    flash(f"{person.name}的账户解锁了，现在就能再试。")
    return see_other(url_for(".index"))


@bp.post("/accounts/<int:person_id>/session-endings")
@requires(P.ACCOUNT_MANAGE, sure=True)
def end_sessions(person_id: int) -> Response:
    """Sign somebody out everywhere."""
    person = _person(person_id)
    ended = operations.end_all_sessions(me().at(answer=url_for(".index")), person)
    flash(f"{person.name}的 {ended} 处登录都已退出。")
    return see_other(url_for(".index"))


# -- the cookie -------------------------------------------------------------------------------


class Ticket:
    """What Flask-Login is handed at sign-in: its id is the session's token, all else is the actor's."""

    def __init__(self, token: str, actor: Actor | None) -> None:
        self._token = token
        self._actor = actor

    def get_id(self) -> str:
        """What goes into the signed cookie."""
        return self._token

    def __getattr__(self, name: str) -> Any:
        return getattr(self._actor, name)


def keep(token: str) -> None:
    """Sign this browser in: everything its cookie held before goes (fixation, ASVS 7.2.4)."""
    session.clear()
    g.pop("csrf_token", None)
    login_user(Ticket(token, queries.load_actor(token, request.remote_addr)))


# -- shared -----------------------------------------------------------------------------------


def _sign_in_page(form: SignInForm, status: int = 200, kept: dict[str, Any] | None = None) -> Response:
    config = app.config["PORTAL"]
    demo = [] if config.production else app.extensions.get("demo_accounts", list)()
    return respond(
        "accounts/sign_in.html", status=status, form=form, kept=kept, kept_prefix=KEPT, demo_accounts=demo,
        figures=queries.figures(),
    )  # fmt: skip


def _confirmation_page(form: ConfirmationForm, status: int = 200, kept: dict[str, Any] | None = None) -> Response:
    return respond("accounts/confirmation.html", status=status, form=form, kept=kept, kept_prefix=KEPT)


def _after_sign_in(wanted: str | None) -> str:
    return own_path(wanted) or url_for("desk.index")


def _posted_kept() -> dict[str, Any] | None:
    """The fields that waited for this sign-in, if they came from a form of our own."""
    action = own_path(request.form.get("kept_action"))
    if action is None:
        return None
    lists = request.form.lists()
    fields = [(name.removeprefix(KEPT), value) for name, values in lists if name.startswith(KEPT) for value in values]
    return {"action": action, "fields": fields}


def _token_for(form: SignInForm, only: int | None = None) -> str | None:
    """A new session's token, or None and the reason at the form. ``only`` admits one person."""
    if not form.validate_on_submit():
        return None
    if only is not None:
        person = network.person_by_phone(phone.normal(form.login.data or ""))
        if person is None or person.id != only:
            form.login.errors = ("这一页是用别的手机号打开的，请用原来的手机号登录",)
            return None
    try:
        return operations.sign_in(
            form.login.data or "", form.password.data or "", request.remote_addr or "", request.user_agent.string
        )
    except SignInRefused as refusal:
        form.password.errors = (refusal.reason,)
        return None


def _changed(form: PasswordForm) -> str | None:
    try:
        return operations.change_password(me(), form.current_password.data or "", form.new_password.data or "")
    except SignInRefused as refusal:
        form.current_password.errors = (refusal.reason,)
    except PasswordRefused as refusal:
        form.new_password.errors = tuple(refusal.faults)
    return None


def _set_by_link(secret: str, form: NewPasswordForm) -> bool:
    try:
        operations.use_link(secret, form.new_password.data or "", request.remote_addr)
    except PasswordRefused as refusal:
        form.new_password.errors = tuple(refusal.faults)
        return False
    return True


def _password_page(form: PasswordForm, status: int = 200) -> Response:
    actor = me()
    return respond(
        "accounts/passwords.html", status=status, form=form, policy=queries.policy(),
        forced=actor.must_change_password, login=_person(actor.id or 0).phone,
    )  # fmt: skip


def _link_page(secret: str, form: NewPasswordForm, status: int = 200) -> Response:
    credential = queries.credential_of_link(secret)
    return respond(
        "accounts/link.html", status=status if credential else 404, credential=credential, secret=secret, form=form,
        policy=queries.policy(),
    )  # fmt: skip


def _person(person_id: int) -> Person:
    return network.person(person_id) or abort(404)
