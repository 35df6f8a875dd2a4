"""Serving uploads, and taking photos in.

Who may see a file is known in the rooms above; the factory hangs their answers into
``extensions``: ``file_public(file_id)`` and ``file_visible(actor, file_id)``.
"""

from io import BytesIO

from flask import Blueprint, Response, abort, current_app, request, send_file
from flask_login import current_user

from town_portal.access.actor import Actor
from town_portal.access.guard import is_outside, me, requires
from town_portal.access.permissions import PUBLIC
from town_portal.access.permissions import Permission as P
from town_portal.access.roles import Role
from town_portal.files import operations, queries
from town_portal.files.models import FileKind, StoredFile
from town_portal.files.store import Store
from town_portal.foundation.errors import Refused
from town_portal.web.errors import draw
from town_portal.web.respond import respond

bp = Blueprint("files", __name__)

NOTHING_ACTS = "sandbox; default-src 'none'"


@bp.get("/files/<token>")
@requires(PUBLIC)
def show(token: str) -> Response:
    """The bytes of an upload, for the public as long as they stand in a live text."""
    file = queries.by_token(token) if token.isalnum() else None
    if file is None:
        abort(404)
    public = current_app.extensions["file_public"](file.id)
    if not public and not _visible_to_staff(file):
        abort(404)
    return _sent(file, public=public)


@bp.post("/pictures")
@requires(P.SUBMISSION_DRAFT)
def add_picture() -> Response:
    """Take a photo for a text in."""
    actor = me()
    try:
        file = operations.upload_picture(actor, _store(), _unit_of(actor), *_uploaded())
    except Refused as refusal:
        return draw("errors/refused.html", 422, reason=refusal.reason)
    return respond("files/picture.html", "files/_picture.html", 201, file=file)


def _uploaded() -> tuple[str, bytes]:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refused("还没有选照片，请选一张再上传。")
    return upload.filename, upload.read()


def _unit_of(actor: Actor) -> int | None:
    return next(iter(actor.units_as(Role.REPORTER)), None)


def _visible_to_staff(file: StoredFile) -> bool:
    if is_outside() or not current_user.is_authenticated:
        return False
    actor = me()
    if actor.must_change_password:
        return False
    return file.uploaded_by_id == actor.id or bool(current_app.extensions["file_visible"](actor, file.id))


def _sent(file: StoredFile, *, public: bool) -> Response:
    """The bytes under headers with which nothing in them can act; asked for again every time."""
    picture = file.kind is FileKind.PICTURE
    form = operations.THUMBNAIL if picture and request.args.get("size") == "s" else ""
    try:
        content = _store().get(file.token + form)
    except FileNotFoundError:
        abort(404)
    response = send_file(
        BytesIO(content),
        mimetype=file.media_type,
        as_attachment=not picture,
        download_name=file.name,
        etag=file.sha256 + form,
    )
    response.headers["Cache-Control"] = "no-cache" if public else "no-store"
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
