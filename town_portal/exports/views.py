"""静态导出: asking for one, what came of the last, the .zip; and who answers an export's questions."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, send_file, url_for
from werkzeug.http import parse_options_header
from werkzeug.test import EnvironBuilder, run_wsgi_app

from town_portal.access.guard import me, requires
from town_portal.access.permissions import Permission as P
from town_portal.config import Config
from town_portal.exports import operations, queries
from town_portal.exports.forms import AskForm
from town_portal.exports.operations import Answer
from town_portal.foundation import clock
from town_portal.web.look import EXPORTING
from town_portal.web.navigation import Entry
from town_portal.web.respond import respond, see_other

bp = Blueprint("exports", __name__)

MENU = (Entry("静态导出", "exports.index", "archive", (P.SITE_EXPORT,), group="设置"),)
PLACES = {"SiteExport": lambda _id: url_for("exports.index")}


def ask(address: str) -> Answer:
    """What a reader gets at an address of this house, drawn for the folder; needs an application context."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    config: Config = app.config["PORTAL"]
    host = config.hosts[0].lstrip(".") if config.hosts else "localhost"
    path, _, query = address.partition("?")
    environ = EnvironBuilder(path, query_string=query, base_url=f"http://{host}/").get_environ()
    environ |= {EXPORTING: True, "REMOTE_ADDR": "127.0.0.1"}
    with app.app_context():  # a context of its own: nothing of one page is left for the next
        chunks, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
        content = b"".join(chunks)
    kind = parse_options_header(headers.get("Content-Type"))[0]
    return Answer(int(status.split()[0]), content, kind, _name(headers.get("Content-Disposition")))


def _name(disposition: str | None) -> str:
    name: str = parse_options_header(disposition)[1].get("filename", "")
    return name


@bp.get("/exports")
@requires(P.SITE_EXPORT)
def index(form: AskForm | None = None, status: int = 200) -> Response:
    """The button, how the last one came out, and the former ones."""
    path = _zip()
    return respond(
        "exports/index.html",
        status=status,
        form=form or AskForm(formdata=None),
        waiting=queries.waiting(),
        rows=queries.newest(),
        last=queries.last_made(),
        size=path.stat().st_size if path.exists() else 0,
        static_address=queries.static_address(),
        portal_address=queries.portal_address(),
    )


@bp.post("/exports")
@requires(P.SITE_EXPORT)
def create() -> Response:
    """Ask for one."""
    form = AskForm()
    if form.validate_on_submit():
        with form.taking_refusals():
            operations.ask_for(me(), full=bool(form.full.data))
            flash("已开始制作，一般一两分钟做好。做好后刷新这一页下载。")
            return see_other(url_for(".index"))
    return index(form, 422)


@bp.get("/exports/portal.zip")
@requires(P.SITE_EXPORT)
def package() -> Response:
    """The folder of the last export as one file."""
    path, last = _zip(), queries.last_made()
    if last is None or last.finished_at is None or not path.exists():
        abort(404)
    name = f"公开门户静态页面{clock.local(last.finished_at):%Y%m%d-%H%M}.zip"
    response = send_file(path, "application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _zip() -> Path:
    config: Config = current_app.config["PORTAL"]
    return config.data / "export" / operations.ZIP
