"""Opening the house: rooms, guard, error pages, headers."""

import logging

from flask import Flask, request, url_for
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect, generate_csrf

from town_portal import cli
from town_portal.access.actor import Actor
from town_portal.access.guard import me, person, stand_guard
from town_portal.access.policy import allows
from town_portal.accounts import queries as accounts
from town_portal.accounts import views as account_views
from town_portal.appraisal import views as appraisal_views
from town_portal.audit import queries as trail
from town_portal.audit import views as audit_views
from town_portal.audit.unit_of_work import ask_before_acts, first_answer
from town_portal.backups import operations as backups
from town_portal.backups import views as backup_views
from town_portal.bulletins import views as bulletin_views
from town_portal.columns import views as column_views
from town_portal.config import Config
from town_portal.corrections import views as correction_views
from town_portal.dashboard import views as dashboard_views
from town_portal.demo import queries as demo
from town_portal.desk import views as desk_views
from town_portal.exports import operations as exports
from town_portal.exports import views as export_views
from town_portal.files import views as file_views
from town_portal.files.rules.sniff import MEGABYTE, MOST_BYTES
from town_portal.files.store import Store
from town_portal.foundation.db import db, engine_options
from town_portal.inspection import views as inspection_views
from town_portal.jobs import views as job_views
from town_portal.model_texts import views as model_text_views
from town_portal.network import views as network_views
from town_portal.notifications import views as notification_views
from town_portal.portal import views as portal_views
from town_portal.proofreading import views as lexicon_views
from town_portal.publishing import queries as publishing
from town_portal.publishing import views as publishing_views
from town_portal.rectifications import queries as rectifications
from town_portal.rectifications import views as rectification_views
from town_portal.register import views as register_views
from town_portal.releases import queries as releases
from town_portal.releases import views as release_views
from town_portal.reminders import queries as reminders
from town_portal.reminders import views as reminder_views
from town_portal.review import views as review_views
from town_portal.scoring import queries as scoring
from town_portal.scoring import views as scoring_views
from town_portal.search import views as search_views
from town_portal.settings import queries as settings
from town_portal.settings import views as setting_views
from town_portal.spot_checks import views as spot_check_views
from town_portal.statistics import queries as statistics
from town_portal.statistics import views as statistics_views
from town_portal.submissions import queries as submissions
from town_portal.submissions import views as submission_views
from town_portal.supervision import views as supervision_views
from town_portal.web import errors
from town_portal.web.assets import serve_assets
from town_portal.web.compression import compress_pages
from town_portal.web.filters import add_filters
from town_portal.web.headers import send_headers
from town_portal.web.look import keep_look, look
from town_portal.web.navigation import Entry, folded, grouped, menu
from town_portal.web.numbers import count_rows
from town_portal.workdays import views as workday_views

ROOMS = (
    desk_views,
    submission_views,
    search_views,
    review_views,
    publishing_views,
    release_views,
    register_views,
    inspection_views,
    correction_views,
    reminder_views,
    appraisal_views,
    bulletin_views,
    spot_check_views,
    rectification_views,
    supervision_views,
    dashboard_views,
    statistics_views,
    scoring_views,
    network_views,
    workday_views,
    setting_views,
    lexicon_views,
    column_views,
    model_text_views,
    notification_views,
    audit_views,
    job_views,
    backup_views,
    export_views,
    account_views,
    file_views,
    portal_views,
)

MENU: tuple[Entry, ...] = (
    *desk_views.MENU,
    *submission_views.MENU,
    *search_views.MENU,
    *review_views.MENU,
    *publishing_views.MENU,
    *release_views.MENU,
    *register_views.MENU,
    *reminder_views.MENU,
    *reminder_views.SUPERVISION,
    *rectification_views.MENU,
    *spot_check_views.MENU,
    *supervision_views.MENU,
    *correction_views.MENU,
    *inspection_views.MENU,
    *bulletin_views.MENU,
    *dashboard_views.MENU,
    *appraisal_views.MENU,
    *statistics_views.MENU,
    *scoring_views.MENU,
    *network_views.MENU,
    *account_views.MENU,
    *workday_views.MENU,
    *lexicon_views.MENU,
    *setting_views.MENU,
    *column_views.MENU,
    *release_views.CHANNELS,
    *model_text_views.MENU,
    *notification_views.MENU,
    *export_views.MENU,
    *job_views.MENU,
    *backup_views.MENU,
    *audit_views.MENU,
)

# What answers outside the staff networks, where such are configured.
OPEN_TO_ALL = frozenset({"portal", "files.show", "jobs.health", "static", "favicon"})

# Requests that are no sign of a person at the keyboard: they do not keep a session alive.
NO_SIGN_OF_LIFE = frozenset(
    {
        "static",
        "favicon",
        "review.pulse",
        "submissions.keep_working_copy",
        "submissions.proofread",
        "files.show",
        "jobs.health",
    }
)


def create_app(config: Config | None = None) -> Flask:
    """The portal, ready to serve."""
    config = config or Config.from_environment()
    for folder in (config.data, config.files):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Flask("town_portal", root_path=str(cli.ROOT), template_folder="templates", static_folder=None)
    app.config.update(
        PORTAL=config,
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.secret_key_fallbacks),
        SQLALCHEMY_DATABASE_URI=config.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database),
        SESSION_COOKIE_NAME="__Host-town_portal" if config.tls else "town_portal",
        SESSION_COOKIE_SECURE=config.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_I18N_ENABLED=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        MAX_CONTENT_LENGTH=25 * MEGABYTE,
        MOST_FILE_BYTES=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=400,
        TRUSTED_HOSTS=list(config.hosts) or None,
        TEMPLATES_AUTO_RELOAD=False,
        OPEN_BEFORE_PASSWORD=account_views.OPEN_BEFORE_PASSWORD,
        TESTING=config.testing,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("town_portal").setLevel(logging.INFO)

    ask_before_acts(accounts.still_holds)
    statistics.rank_by(scoring.places)
    backups.open_by(create_app)
    exports.ask_by(export_views.ask)
    db.init_app(app)
    Migrate(app, db, directory=str(cli.ROOT / "migrations"), render_as_batch=True)
    count_rows(app)
    serve_assets(app)
    add_filters(app)
    _sign_in(app)
    _protect_forms(app)
    stand_guard(app, config.staff_networks, OPEN_TO_ALL)
    app.extensions["store"] = Store(config.files)
    app.extensions["file_public"] = publishing.file_public
    app.extensions["file_visible"] = lambda actor, file_id: any(
        visible(actor, file_id)
        for visible in (submissions.file_visible, releases.file_visible, rectifications.file_visible)
    )
    app.extensions["ran_on"] = releases.ran_on
    app.extensions["in_hand"] = submissions.in_hand
    app.extensions["demo_accounts"] = demo.accounts
    for room in ROOMS:
        app.register_blueprint(room.bp)
    for room in ROOMS:
        errors.PLACES.update(getattr(room, "PLACES", {}))
    errors.catch_errors(
        app,
        who_was_quicker=lambda kind, id: trail.latest(kind, id) if kind else None,
        first_answer=lambda: first_answer(me()) if current_user.is_authenticated else None,
    )
    compress_pages(app)
    send_headers(app, tls=config.tls)
    keep_look(app)
    _fill_pages(app)
    cli.add_commands(app)
    return app


def _sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader
    def load(token: str) -> object:
        actor = accounts.load_actor(token, request.remote_addr)
        if actor is not None and request.endpoint not in NO_SIGN_OF_LIFE:
            accounts.touch(actor)
        return actor

    app.extensions["ask_to_sign_in"] = account_views.ask_to_sign_in
    app.extensions["ask_for_new_password"] = account_views.ask_for_new_password
    app.extensions["ask_to_confirm"] = account_views.ask_to_confirm
    app.extensions["is_sure"] = accounts.is_confirmed


def _badges(actor: Actor) -> tuple[int | None, int]:
    """The figures of menu and bell; the first from the same condition as the list, None where nothing can wait."""
    return reminders.badges(actor, waits=allows(actor.roles, *review_views.WAITING))


def _protect_forms(app: Flask) -> None:
    """Check the CSRF token of every unsafe request, before the guard looks at who sent it."""
    csrf = CSRFProtect(app)

    @app.before_request
    def check_token() -> None:
        if request.method in ("POST", "PUT", "PATCH", "DELETE"):
            csrf.protect()


def _fill_pages(app: Flask) -> None:
    """What every page shows: menu, person, text size, facts of the site."""

    @app.context_processor
    def context() -> dict[str, object]:
        actor = person() if current_user.is_authenticated else None
        waiting, unread = _badges(actor) if actor else (None, 0)
        entries = menu(MENU, actor.roles) if actor else ()
        return {
            "site": settings.site(),
            "me": actor,
            "menu": entries,
            "menu_groups": grouped(entries),
            "menu_folded": folded(entries),
            "text_size": look("ts"),
            "high_contrast": look("hc") == "1",
            "csrf": generate_csrf,
            "waiting_count": waiting,
            "unread_reminders": unread,
            "live_seen": "",
        }

    @app.url_build_error_handlers.append
    def unknown(_error: Exception, endpoint: str, _values: dict[str, object]) -> str:
        raise LookupError(f"no endpoint {endpoint}")

    app.jinja_env.globals["url_for"] = url_for
