"""Refusals and faults, drawn once, as page or fragment: what happened, what it means, what to do."""

import logging
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused, Repeated, Stale
from town_portal.web.respond import see_other, wants_fragment

log = logging.getLogger(__name__)

# Where a thing of a kind is shown; rooms add theirs when the house opens.
PLACES: dict[str, Callable[[int], str]] = {}

# Fields that never travel back to the browser in a kept form.
NEVER_KEPT = frozenset(
    (
        "csrf_token", "password", "new_password", "again", "current_password",
        "webhook", "signing_secret", "mail_password", "gateway_secret", "service_address",
    )
)  # fmt: skip


def place_of(kind: str | None, id: int | None) -> str:
    """The address of a thing, or the start page when it has none."""
    if kind in PLACES and id is not None:
        return PLACES[kind](id)
    return url_for("desk.index")


def kept_form() -> dict[str, Any] | None:
    """What was posted, so that a page can offer to send it again; None when nothing was."""
    if request.method != "POST" or not request.form:
        return None
    fields = [(name, value) for name, values in request.form.lists() for value in values if name not in NEVER_KEPT]
    return {"action": request.full_path.rstrip("?"), "fields": fields}


def draw(template: str, status: int, **context: Any) -> Response:
    """One error as a page, or as a line of words for htmx."""
    db.session.rollback()
    if wants_fragment():
        body = render_template("errors/_notice.html", **context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def catch_errors(
    app: Flask,
    who_was_quicker: Callable[[str, int | None], Any],
    first_answer: Callable[[], Repeated | None],
) -> None:
    """Hang the handlers.

    ``who_was_quicker`` finds the newest act on a thing, for stale pages; ``first_answer`` what the
    posted form's key already brought about, for a form sent twice.
    """

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        return draw("errors/refused.html", 409, reason=error.reason)

    @app.errorhandler(Forbidden)
    def forbidden(error: Forbidden) -> Response:
        return draw("errors/forbidden.html", 403, reason=error.reason)

    @app.errorhandler(Stale)
    def stale(error: Stale) -> Response:
        db.session.rollback()
        if answered := first_answer():
            return repeated(answered)
        event = who_was_quicker(error.kind, error.id)
        return draw(
            "errors/stale.html",
            409,
            reason=error.reason,
            event=event,
            place=place_of(error.kind, error.id),
        )

    @app.errorhandler(Repeated)
    def repeated(error: Repeated) -> Response:
        return see_other(error.location or place_of(error.kind, error.id))

    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> Response:
        words = str(error.orig).lower()
        if "full" in words:
            reason = "服务器的磁盘满了，这一次没有存上。您填的内容还在下面，请联系系统管理员清理后再点“再试一次”。"
        elif "locked" in words or "busy" in words:
            reason = "现在办事的人太多，这一次没有存上。您填的内容还在下面，请过一会儿点“再试一次”。"
        else:
            reason = "数据库没有确认结果。请先点“看看结果”核对，不要重复填写。"
        number = _log_fault(error)
        return draw("errors/busy.html", 503, reason=reason, number=number, kept=kept_form())

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Response:
        if not _came_from_here():  # no page, no new token, no new cookie for what another site sent
            return Response(
                "没有提交：这不是从本站的页面发来的。请从本站的菜单重新打开再办。", 400, mimetype="text/plain"
            )
        return draw("errors/expired_form.html", 400, reason="这一页放得太久了，没有提交。", kept=kept_form())

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> Response:
        return draw("errors/too_large.html", 413, reason="单个文件不超过 20 MB，一次传的加起来不超过 25 MB。")

    @app.errorhandler(403)
    def closed(_error: HTTPException) -> Response:
        return draw("errors/forbidden.html", 403, reason="这一页您看不了，需要请联系党政和人大办公室。")

    @app.errorhandler(404)
    def missing(_error: HTTPException) -> Response:
        return draw("errors/missing.html", 404, reason="这一页不在了，可能已撤下，或地址写错了。")

    @app.errorhandler(405)
    def wrong_method(_error: HTTPException) -> Response:
        return draw("errors/missing.html", 405, reason="这个地址不能这样打开。请从菜单进入。")

    @app.errorhandler(400)
    def junk(_error: HTTPException) -> Response:
        return draw("errors/missing.html", 400, reason="没看懂浏览器发来的内容。请返回上一页重新打开。")

    @app.errorhandler(429)
    def too_many(_error: HTTPException) -> Response:
        return draw("errors/refused.html", 429, reason="操作太频繁，请过几分钟再试。")

    @app.errorhandler(500)
    def broken(error: HTTPException) -> Response:
        number = _log_fault(getattr(error, "original_exception", None) or error)
        return draw(
            "errors/broken.html",
            500,
            reason=f"没有办成。您填的内容还在，请过一分钟再试。还不行请打求助电话，报编号 {number}。",
            number=number,
            kept=kept_form(),
        )


def _came_from_here() -> bool:
    """Was the form sent by a page of this site? What a browser says of it no page can forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.host


def _log_fault(error: BaseException) -> str:
    """Log a fault under a short number a clerk can read out; no form values in the log."""
    number: str = g.get("fault_number") or f"E-{secrets.token_hex(2).upper()}"
    g.fault_number = number
    log.error("fault %s at %s %s", number, request.method, request.endpoint, exc_info=error)
    return number
