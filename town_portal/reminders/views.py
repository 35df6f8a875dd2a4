"""Pages of reminding: what I owe and was told, what is late in the whole town, the calendar feed."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, abort, flash, make_response, request, url_for

from town_portal.access.actor import Actor
from town_portal.access.guard import me, person, requires
from town_portal.access.permissions import PUBLIC, SIGNED_IN
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.foundation import clock
from town_portal.network import queries as network
from town_portal.reminders import operations, queries
from town_portal.reminders.forms import AcknowledgeForm, PressForm, SnoozeForm
from town_portal.reminders.rules import feed
from town_portal.reminders.rules.wording import Detail
from town_portal.settings import queries as settings
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, see_other
from town_portal.workdays import queries as workdays
from town_portal.workflow.duty import Duty, Page

bp = Blueprint("reminders", __name__)

MENU = (Entry("提醒", "reminders.index", "bell", (*P,), short="提醒"),)
SUPERVISION = (Entry("全镇时限", "reminders.town", "stopwatch", (P.REMINDER_READ,), group="监督"),)
PLACES = {
    "Notice": lambda notice_id: url_for("reminders.index", _anchor=f"n{notice_id}"),
    "Snooze": lambda _id: url_for("reminders.index"),
    "CalendarFeed": lambda _id: url_for("reminders.feed_page"),
}


@bp.get("/reminders")
@requires(SIGNED_IN)
def index(form: SnoozeForm | None = None, status: int = 200) -> Response:
    """What this person owes, and what he was told."""
    actor = person()
    return respond(
        "reminders/index.html",
        status=status,
        mine=queries.mine(actor),
        page=page_of(queries.notices_of(actor)),
        form=form,
        snooze_form=SnoozeForm(formdata=None),
        read_form=AcknowledgeForm(formdata=None),
        address=address,
    )


@bp.post("/reminders/<int:notice_id>/readings")
@requires(SIGNED_IN)
def acknowledge(notice_id: int) -> Response:
    """This person has read one of his notices."""
    if queries.notice_of(person(), notice_id) is None:
        abort(404)
    place = url_for(".index", _anchor=f"n{notice_id}")
    operations.acknowledge(me().at(answer=place), notice_id)
    return see_other(place)


@bp.post("/reminders/readings")
@requires(SIGNED_IN)
def acknowledge_all() -> Response:
    """This person has read everything."""
    count = operations.acknowledge_all(me().at(answer=url_for(".index")))
    flash(f"{count} 条提醒都记为已看。" if count else "没有没看的提醒。")
    return see_other(url_for(".index"))


@bp.post("/reminders/snoozes")
@requires(SIGNED_IN)
def snooze() -> Response:
    """Not to be told of a duty for a while."""
    form = SnoozeForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            row = operations.snooze(me().at(answer=url_for(".index")), form.duty.data or "", form.until_moment())
            here = clock.local(row.until)
            flash(f"好的，{here.month}月{here.day}日 {here:%H:%M} 以后再提醒您。时限不变。")
            return see_other(url_for(".index"))
    return index(form, 422)


@bp.get("/reminders/limits")
@requires(SIGNED_IN)
def limits() -> Response:
    """Why a duty is due when it is, day by day; an item at a stage has that on a page of its own."""
    found = queries.explained(
        request.args.get("duty", ""), person(), everything=allows(person().roles, P.REMINDER_READ)
    )
    if found is None:
        abort(404)
    if found.duty.key.startswith("visit:"):
        return see_other(url_for("submissions.limits", submission_id=found.duty.page.number))
    return respond("reminders/limits.html", found=found, notices=workdays.notices())


@bp.get("/reminders/town")
@requires(P.REMINDER_READ)
def town(form: PressForm | None = None, status: int = 200) -> Response:
    """What is late in the whole town, who owes it, how far the ladder has gone, who has not read."""
    late, count = queries.late()
    return respond(
        "reminders/town.html",
        status=status,
        late=late,
        count=count,
        unread=_unread(),
        form=form,
        blank=PressForm(formdata=None),
        may_press=allows(person().roles, P.REMIND),
        shown=address_above,
    )


@bp.post("/reminders/town/pressings")
@requires(P.REMIND)
def press() -> Response:
    """Press whoever owes a late duty, in one's own words."""
    form = PressForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            place = url_for(".town")
            notices = operations.remind_by_hand(me().at(answer=place), form.duty.data or "", form.words.data or "")
            flash(f"已催办，{'、'.join(notice.person.name for notice in notices)}会马上收到。")
            return see_other(place)
    return town(form, 422)


@bp.get("/reminders/feed")
@requires(SIGNED_IN)
def feed_page(token: str | None = None) -> Response:
    """Due dates in one's own calendar program."""
    secret = None if token is None else url_for(".calendar", token=token, _external=True)
    return respond(
        "reminders/feed.html",
        feed=queries.feed_of(person().id or 0),
        secret=secret,
        form=AcknowledgeForm(formdata=None),
    )


@bp.post("/reminders/feed")
@requires(SIGNED_IN, sure=True)
def open_feed() -> Response:
    """A new secret address. Answered at once, not by a redirect: it is kept nowhere."""
    return feed_page(operations.open_feed(me().at(answer=url_for(".feed_page"))))


@bp.post("/reminders/feed/endings")
@requires(SIGNED_IN)
def close_feed() -> Response:
    """End the secret address."""
    operations.close_feed(me().at(answer=url_for(".feed_page")))
    flash("日历订阅停用了，原来的地址已失效。")
    return see_other(url_for(".feed_page"))


@bp.get("/calendars/<token>.ics")
@requires(PUBLIC)
def calendar(token: str) -> Response:
    """A person's due dates for a calendar program. Who knows the address reads it; it can be ended."""
    found = queries.feed_by_hash(feed.hash_of(token))
    if found is None:
        abort(404)
    titles = queries.detail() is not Detail.NOTHING
    owed = [
        (
            one.duty if titles and not queries.must_stay_inside(one.duty.what) else replace(one.duty, what=""),
            address(one.duty, outside=True),
        )
        for one in queries.mine(Actor(id=found.person_id, name=found.person.name))
    ]
    response = make_response(feed.calendar(f"{settings.site()['town']}信息公开时限", owed, clock.now(), titles=titles))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response


def address(duty: Duty, *, outside: bool = False) -> str:
    """Where a duty is done; for a reader outside the portal with its host."""
    return _address(duty.page, outside=outside)


def _address(page: Page, *, outside: bool = False) -> str:
    return url_for(page.endpoint, _external=outside, _anchor=None, _method=None, _scheme=None, **page.values)


def address_above(duty: Duty) -> str:
    """Where somebody looks at a duty who does not do it himself: an item's own page."""
    if duty.watch is not None:
        return _address(duty.watch)
    if duty.page.name == "submission_id":
        return url_for("submissions.show", submission_id=duty.page.number)
    return address(duty)


def _unread() -> list[tuple[str, str, int, datetime]]:
    """(name, post, how many unread, since when) of everybody with unread notices, the longest first."""
    waiting = queries.unread_by_person()
    posts = {post.person_id: post for post in reversed(network.posts_on(clock.today()))}
    rows = [
        (posts[person_id].person.name, posts[person_id].held().label, count, since)
        for person_id, (count, since) in waiting.items()
        if person_id in posts
    ]
    return sorted(rows, key=lambda row: row[3])
