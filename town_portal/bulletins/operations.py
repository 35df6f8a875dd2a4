"""Acts on a bulletin: compile, write, ask the units, answer them, issue, acknowledge, ask for what is to be put right."""

from datetime import date
from hashlib import sha256

from town_portal.access.actor import FRESH, Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit import queries as trail
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.bulletins import queries
from town_portal.bulletins.models import Bulletin, Delivery, Objection
from town_portal.bulletins.rules import binding, figures, sentences
from town_portal.bulletins.rules.letter import number_words
from town_portal.bulletins.rules.lifecycle import LIFECYCLE, BulletinState
from town_portal.foundation import clock
from town_portal.foundation.db import canonical, db
from town_portal.foundation.errors import Forbidden, Moved, Refused
from town_portal.publishing import queries as publishing
from town_portal.publishing.models import NumberSeries
from town_portal.rectifications import operations as rectifications
from town_portal.rectifications.models import Rectification
from town_portal.rectifications.rules.source import Source
from town_portal.scoring import queries as scoring
from town_portal.settings import queries as settings
from town_portal.statistics.rules.quarter import Quarter
from town_portal.workdays import queries as workdays

COMPILE = Action("compile_bulletin", "编制通报")
RECOMPILE = Action("recompile_bulletin", "通报重新取数")
REVISE = Action("revise_bulletin", "修改通报文字")
OBJECT = Action("raise_objection", "提出异议")
ACCEPT = Action("accept_objection", "采纳异议")
REJECT = Action("reject_objection", "不采纳异议")
AGREE = Action("agree_to_figures", "核对通报无误")
ACKNOWLEDGE = Action("acknowledge_bulletin", "签收通报")

SERIES = "bulletin"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_WORDS = 80, 20_000, 500


def compile_bulletin(actor: Actor, quarter: Quarter, because: str = "") -> Bulletin:
    """Take a quarter's figures and write the usual sentences around them.

    Refused: a quarter that runs still, one that has no scheme, one for which another is being made,
    and one that was issued already, unless it is said why that is to be replaced.
    """
    because = because.strip()
    with unit_of_work(actor) as work:
        post = check(actor, P.BULLETIN_COMPILE, None)
        if clock.day_of(work.at) <= quarter.last:
            raise Refused(f"{quarter.label}还没有结束，结束后才能编制通报。")
        if queries.under_way(quarter) is not None:
            raise Moved(f"{quarter.label}的通报已经在编制，请打开那一份接着办。")
        issued = queries.in_force(quarter)
        if issued is not None and not because:
            raise Refused(f"{quarter.label}的通报已经印发。要重新编制，请写明为什么要替换。")
        found = Bulletin(
            quarter_key=quarter.key,
            state=BulletinState.COMPILING,
            title="",
            text="",
            allowed={},
            hands=[],
            replaces_id=issued.id if issued else None,
            replaces_because=because if issued else None,
            compiled_by_id=actor.id or 0,
            compiled_at=work.at,
        )
        _take_figures(found, actor)
        result, (counted, _) = found.result, queries.righted(quarter.previous)
        found.title, found.text = sentences.title(result), sentences.text(result, found.figures, counted)
        db.session.add(found)
        db.session.flush()
        work.record(
            COMPILE,
            found,
            post=post,
            quarter=quarter.key,
            scheme=result.scheme_version,
            reason=because,
            corrects=issued.number if issued else None,
        )
    return found


def _take_figures(bulletin: Bulletin, actor: Actor) -> None:
    result = scoring.result(bulletin.quarter, with_items=True)
    counted, rows = queries.righted(bulletin.quarter.previous)
    bulletin.result_plain = result.to_plain()
    bulletin.figures_plain = figures.to_plain(queries.figures_of(result, counted))
    bulletin.rectified = rows
    bulletin.look = settings.value("bulletin")
    bulletin.compiled_at, bulletin.compiled_by_id = clock.now(), actor.id or 0
    bulletin.add_hand([actor.id])


def recompile(actor: Actor, bulletin: Bulletin, seen: int | None) -> int:
    """Take the figures anew; the words stay, and what is bound in them follows. Returns how many figures moved."""
    with unit_of_work(actor, on=bulletin, seen=seen) as work:
        post = check(actor, P.BULLETIN_COMPILE, bulletin)
        _check_open(bulletin)
        before = {one.key: one.value for one in bulletin.figures}
        _take_figures(bulletin, actor)
        after = {one.key: one.value for one in bulletin.figures}
        moved = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
        if moved and bulletin.state is BulletinState.CONSULTING:  # who found other figures right is asked again
            for delivery in queries.deliveries(bulletin):
                delivery.agreed_at = delivery.agreed_by_id = None
        work.record(RECOMPILE, bulletin, post=post, moved=moved)
    return moved


def revise(
    actor: Actor,
    bulletin: Bulletin,
    seen: int | None,
    title: str,
    text: str,
    *,
    bind: str = "",
    allow: str = "",
    reason: str = "",
) -> None:
    """Change the words; with them, bind one wrong number to its figure, or let one stand and say why.

    ``bind``, ``allow``: the mark of a wrong number. Refused without words, with too many, and for a
    number that stays without a reason.
    """
    title, text, reason = title.strip(), text.replace("\r\n", "\n").strip(), reason.strip()
    if not title or not text:
        raise Refused("标题和正文都不能空着。")
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        raise Refused(f"标题最多 {LONGEST_TITLE} 个字，正文最多 {LONGEST_TEXT} 个字。")
    if allow and not 0 < len(reason) <= LONGEST_WORDS:
        raise Refused("照写要说明理由，比如“这是全年的数，不是本季度的”。")
    with unit_of_work(actor, on=bulletin, seen=seen) as work:
        post = check(actor, P.BULLETIN_COMPILE, bulletin)
        _check_open(bulletin)
        wrong = {one.mark: one for one in binding.read(text, bulletin.figures, bulletin.allowed) if one.mark}
        done = ""
        if bind in wrong and (figure := wrong[bind].figure):
            spot = wrong[bind]
            text = binding.bind(text, spot.line, spot.start, figure.name, spot.words)
            done = f"“{spot.words}”改为【{figure.name}】"
        if allow in wrong:
            bulletin.allowed = {**bulletin.allowed, allow: reason}
            done = f"“{wrong[allow].words}”照写：{reason}"
        bulletin.title, bulletin.text = title, text
        bulletin.add_hand([actor.id])
        work.record(REVISE, bulletin, post=post, digest=sha256(text.encode()).hexdigest(), note=done)


def open_objections(actor: Actor, bulletin: Bulletin, seen: int | None) -> None:
    """Show the draft to the units; their days for objections begin. Refused while a number in it is wrong."""
    with unit_of_work(actor, on=bulletin, seen=seen) as work:
        move = LIFECYCLE.take(bulletin, "open_objections", actor)
        post = check(actor, P.BULLETIN_COMPILE, bulletin)
        if wrong := binding.open_words(queries.spots(bulletin)):
            raise Refused(f"先把标红的数字处理好再征求意见：{'；'.join(wrong[:3])}。")
        setting, calendar = settings.value("bulletin"), workdays.calendar()
        bulletin.opened_at = work.at
        bulletin.closes_on = calendar.add(clock.day_of(work.at), setting["objection_days"])
        bulletin.issue_by = calendar.add(bulletin.closes_on, setting["issue_days"])
        for score in sorted(bulletin.result.scores, key=lambda one: one.order):
            db.session.add(Delivery(bulletin_id=bulletin.id, unit_id=score.unit_id))
        work.record(move, bulletin, post=post, closes_on=bulletin.closes_on.isoformat())


def object_to(actor: Actor, bulletin: Bulletin, unit_id: int, key: str, reason: str, claimed: str = "") -> Objection:
    """A unit contests one of its figures. Refused outside the window, without a reason, twice, or for another unit."""
    reason, claimed = reason.strip(), claimed.strip()
    if not reason:
        raise Refused("请写清为什么不对，比如漏了哪一条、哪天发布的。")
    if len(reason) > LONGEST_WORDS or len(claimed) > 40:
        raise Refused(f"理由最多 {LONGEST_WORDS} 个字，应为最多 40 个字。")
    with unit_of_work(actor, on=bulletin) as work:
        _check_window(bulletin)
        if unit_id not in queries.own_units(actor):
            raise Forbidden("只能对本单位的数字提异议。")
        figure = next((one for one in bulletin.figures if one.key == key), None)
        if figure is None or figure.subject != f"unit-{unit_id}":
            raise Refused("请选本单位的一个数字。")
        if queries.open_objection(bulletin, unit_id, key) is not None:
            raise Moved("这个数字已经提过异议，正在等答复。")
        found = Objection(
            bulletin_id=bulletin.id,
            unit_id=unit_id,
            figure_key=key,
            figure_name=figure.name,
            stated=figure.value,
            claimed=claimed,
            reason=reason,
            raised_at=work.at,
            raised_by_id=actor.id or 0,
            reply="",
        )
        db.session.add(found)
        db.session.flush()
        post = check(actor, P.BULLETIN_RECEIVE, found)
        work.record(OBJECT, found, post=post, value=figure.value, to=claimed, reason=reason)
    return found


def answer(actor: Actor, objection: Objection, seen: int | None, *, accepted: bool, reply: str) -> None:
    """Say what becomes of an objection. What is accepted is put right where the data are, and then counted anew."""
    reply = reply.strip()
    if not reply or len(reply) > LONGEST_WORDS:
        raise Refused("请写答复，最多 500 个字。采纳的写明在哪里改，不采纳的写明依据。")
    with unit_of_work(actor, on=objection, seen=seen) as work:
        post = check(actor, P.BULLETIN_COMPILE, objection)
        if objection.accepted is not None:
            raise Moved("这条异议已经答复过了。")
        if objection.bulletin.state is not BulletinState.CONSULTING:
            raise Moved("这份通报已经不在征求意见。")
        objection.accepted, objection.reply = accepted, reply
        objection.answered_at, objection.answered_by_id = work.at, actor.id
        work.record(ACCEPT if accepted else REJECT, objection, post=post, opinion=reply)


def agree(actor: Actor, bulletin: Bulletin, unit_id: int) -> None:
    """A unit found its figures right. Refused while an objection of its own waits."""
    found = _delivery(actor, bulletin, unit_id)
    with unit_of_work(actor, on=found) as work:
        post = check(actor, P.BULLETIN_RECEIVE, found)
        _check_window(bulletin)
        if found.agreed_at is not None:
            raise Moved("已经核对过了。")
        if any(one.accepted is None for one in queries.objections(bulletin, [unit_id])):
            raise Refused("本单位还有异议在等答复，答复后再点“核对无误”。")
        found.agreed_at, found.agreed_by_id = work.at, actor.id
        work.record(AGREE, found, post=post)


def issue(actor: Actor, bulletin: Bulletin, seen: int | None) -> None:
    """Number, date and freeze it. What it replaces is replaced with the same act.

    Refused for everybody who wrote in it, without a password given with this act, and while a number
    is wrong, an objection waits, or the window is open for a unit that has not looked.
    """
    with unit_of_work(actor, on=bulletin, seen=seen) as work:
        move = LIFECYCLE.take(bulletin, "issue_bulletin", actor)
        post = check(actor, P.BULLETIN_ISSUE, bulletin)
        if actor.authentication != FRESH:
            raise Refused("印发要核验身份，请输入您的登录密码。")
        if actor.id in bulletin.hands:
            raise Refused("编制和印发要由两个人办。您改过这份通报，请另一位领导印发。")
        if reasons := queries.why_not_issue(bulletin):
            raise Refused(f"还不能印发：{'；'.join(reasons)}。")
        today, setting = clock.day_of(work.at), settings.value("bulletin")
        bulletin.year, bulletin.serial = today.year, _next_serial(today.year)
        bulletin.number = number_words(setting["code"], bulletin.year, bulletin.serial)
        bulletin.issued_at, bulletin.issued_on, bulletin.issued_by_id = work.at, today, actor.id
        bulletin.acknowledge_by = workdays.calendar().add(today, setting["acknowledge_days"])
        head = trail.head()
        bulletin.trail_size, bulletin.trail_digest = (head.seq, head.digest) if head else (0, "")
        bulletin.digest = content_digest(bulletin)
        replaced = bulletin.replaces
        if replaced is not None:
            LIFECYCLE.take(replaced, "replace_bulletin", actor)
        work.record(
            move,
            bulletin,
            post=post,
            number=bulletin.number,
            digest=bulletin.digest,
            corrects=replaced.number if replaced else None,
            reason=bulletin.replaces_because or "",
        )


def content_digest(bulletin: Bulletin) -> str:
    """The digest of everything a reader is told by an issued bulletin."""
    told = {
        "number": bulletin.number,
        "issued_on": bulletin.issued_on and bulletin.issued_on.isoformat(),
        "title": bulletin.title,
        "text": bulletin.text,
        "result": bulletin.result_plain,
        "figures": bulletin.figures_plain,
        "rectified": bulletin.rectified,
        "look": bulletin.look,
        "replaces": bulletin.replaces_id,
        "because": bulletin.replaces_because,
        "trail": [bulletin.trail_size, bulletin.trail_digest],
    }
    return sha256(canonical(told).encode()).hexdigest()


def _next_serial(year: int) -> int:
    counter = publishing.series(SERIES, year)
    if counter is None:
        counter = NumberSeries(name=SERIES, year=year, last=0)
        db.session.add(counter)
    counter.last += 1
    return counter.last


def acknowledge(actor: Actor, bulletin: Bulletin, unit_id: int) -> None:
    """A unit says that it got the issued bulletin: one press."""
    found = _delivery(actor, bulletin, unit_id)
    with unit_of_work(actor, on=found) as work:
        post = check(actor, P.BULLETIN_RECEIVE, found)
        if not bulletin.frozen:
            raise Moved("这份通报还没有印发。")
        if found.acknowledged_at is not None:
            raise Moved("已经签收过了。")
        found.acknowledged_at, found.acknowledged_by_id = work.at, actor.id
        work.record(ACKNOWLEDGE, found, post=post, number=bulletin.number)


def discard(actor: Actor, bulletin: Bulletin, seen: int | None, reason: str) -> None:
    """Throw a draft away. Refused without a reason, and for what is issued."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_WORDS:
        raise Refused("请写明为什么作废。")
    with unit_of_work(actor, on=bulletin, seen=seen) as work:
        move = LIFECYCLE.take(bulletin, "discard_bulletin", actor)
        post = check(actor, P.BULLETIN_COMPILE, bulletin)
        bulletin.discarded_because = reason
        work.record(move, bulletin, post=post, reason=reason)


def order_rectification(
    actor: Actor, bulletin: Bulletin, unit_id: int, matter: str, demand: str, due_on: date | None
) -> Rectification:
    """Ask a unit named in an issued bulletin to put something right. The next one tells what became of it."""
    if bulletin.state is not BulletinState.ISSUED:
        raise Moved("通报印发以后才能据此下达整改。")
    return rectifications.open_one(
        actor,
        rectifications.Order(
            unit_id=unit_id,
            matter=matter,
            demand=demand,
            source=Source.BULLETIN,
            source_id=bulletin.id,
            source_words=f"{bulletin}（{bulletin.number}）",
            due_on=due_on,
        ),
    )


def _check_open(bulletin: Bulletin) -> None:
    if not bulletin.open:
        raise Moved(f"这份通报现在是“{bulletin.state.label}”，不能再改。要更正，请重新编制一份替换它。")


def _check_window(bulletin: Bulletin) -> None:
    if bulletin.state is not BulletinState.CONSULTING:
        raise Moved("这份通报现在不在征求意见。")
    if bulletin.closes_on is not None and clock.today() > bulletin.closes_on:
        raise Moved("提异议的时间已经过了，有问题请直接联系党政和人大办公室。")


def _delivery(actor: Actor, bulletin: Bulletin, unit_id: int) -> Delivery:
    found = queries.delivery(bulletin, unit_id)
    if found is None or unit_id not in queries.own_units(actor):
        raise Forbidden("这份通报没有发给您的单位。")
    return found
