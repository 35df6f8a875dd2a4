"""Pages of the trail, for the auditor: search it, read one act in full, check the whole."""

from flask import Blueprint, Response, abort, current_app, request

from town_portal.access.guard import requires
from town_portal.access.permissions import Permission as P
from town_portal.audit import operations, queries
from town_portal.audit.forms import SearchForm
from town_portal.audit.rules.checkpoint import BadCheckpoint, Checkpoint
from town_portal.foundation.db import Base
from town_portal.glossary import MODELS
from town_portal.web.errors import PLACES
from town_portal.web.navigation import Entry
from town_portal.web.paging import page_of
from town_portal.web.respond import respond

bp = Blueprint("audit", __name__)

MENU = (Entry("留痕", "audit.index", "shield-check", (P.TRAIL_READ,), "监督"),)

AT_ONCE = 50_000
"""So many events are checked while somebody waits for the page; more take a command."""


@bp.get("/trail")
@requires(P.TRAIL_READ)
def index() -> Response:
    """Every act, newest first, and the search."""
    form = SearchForm(request.args)
    form.action.choices = {"": "全部", **dict(queries.kinds_of_action())}
    sound = form.validate()  # type: ignore[no-untyped-call]
    found = page_of(queries.events(**form.wanted)) if sound else None
    return respond("audit/index.html", status=200 if sound else 422, form=form, found=found, places=PLACES)


@bp.get("/trail/events/<int:seq>")
@requires(P.TRAIL_READ)
def show(seq: int) -> Response:
    """One act in full, with the proof that it stands in the trail."""
    event = queries.event(seq) or abort(404)
    return respond("audit/show.html", event=event, sheet=queries.sheet(event), places=PLACES, words_of=_words_of())


def _words_of() -> dict[str, str]:
    """What models and their tables are called by people."""
    tables = {str(one.local_table): MODELS.get(one.class_.__name__, "") for one in Base.registry.mappers}
    return {**MODELS, **{table: words for table, words in tables.items() if words}}


@bp.get("/trail/verification")
@requires(P.TRAIL_READ)
def verification() -> Response:
    """Check the whole trail, the rows bound to it, and the signed checkpoints."""
    count = queries.head_seq()
    points, trouble = _checkpoints()
    report = queries.verify(points) if count <= AT_ONCE else None
    return respond("audit/verification.html", count=count, report=report, trouble=trouble)


def _checkpoints() -> tuple[list[Checkpoint], str]:
    """The signed checkpoints in the data folder, and what keeps them from being read."""
    config = current_app.config["PORTAL"]
    if not config.checkpoints.exists():
        return [], ""
    try:
        return operations.checkpoints(config.checkpoints, operations.public_key(config.keys)), ""
    except FileNotFoundError:
        return [], "签存证的公钥不见了，存证没有核对。请系统管理员从备份里找回。"
    except (BadCheckpoint, ValueError):
        return [], "有一份存证的签名不对，可能被换过。请拿留在别处的存证来核对。"
