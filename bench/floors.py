"""The least that could be called the same work: Flask, Jinja and SQLAlchemy with nothing of ours.

F0  a route that returns a constant
F1  a page of 50 rows from memory
F2  a page of 50 rows of a queue, by its index, through Core
F3  the same through the ORM
F4  304 after the signed session, the person and one version were read
F5  a ranking of 31 units from a roll-up table (``/f5/live``: by GROUP BY over all items)
F6  a durable write: session and person as in F4, a form, three rows, one commit
F7  a public list of 50 rows through Core
"""

import logging
import os
import secrets
from typing import Any

from flask import Flask, Response, redirect, render_template_string, request, session
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, create_engine, func, select
from sqlalchemy.orm import Session, joinedload
from waitress import serve

from town_portal.access.roles import Role
from town_portal.accounts.models import SignInSession
from town_portal.audit.models import AuditHead
from town_portal.columns.models import Column as TreeColumn
from town_portal.foundation.db import engine_options, writing
from town_portal.network.models import Person, Unit
from town_portal.publishing.models import Publication, Standing
from town_portal.server import THREADS
from town_portal.submissions.models import Submission

ROWS = 50
MINE = MetaData()
WRITTEN = Table("bench_written", MINE, Column("id", Integer, primary_key=True), Column("words", Text))
ROLLUP = Table(
    "bench_rollup",
    MINE,
    Column("unit_id", Integer, primary_key=True),
    Column("name", Text),
    Column("published", Integer),
)

_S, _U, _C, _P = (model.__table__.c for model in (Submission, Unit, TreeColumn, Publication))
_QUEUE = (
    select(_S.id, _S.title, _U.name.label("unit"), _C.name.label("column"), _S.state, _S.stage_due_at)
    .select_from(Submission.__table__.join(Unit.__table__, _U.id == _S.unit_id))
    .join(TreeColumn.__table__, _C.id == _S.column_id)
    .order_by(_S.urgency.desc(), _S.stage_due_at)
    .limit(ROWS)
)
_PUBLIC = (
    select(_P.id, _P.title, _P.published_on, _U.name.label("unit"))
    .select_from(Publication.__table__.join(Unit.__table__, _U.id == _P.unit_id))
    .where(_P.standing == Standing.LIVE)
    .order_by(_P.published_at.desc())
    .limit(ROWS)
)
_LIVE = (
    select(_U.name, func.count().label("published"))
    .select_from(Publication.__table__.join(Unit.__table__, _U.id == _P.unit_id))
    .group_by(_U.name)
)

HEAD = "<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>{{ title }}</title></head><body><h1>{{ title }}</h1>"
TABLE = HEAD + (
    "<table>{% for row in rows %}<tr><td><a href='/{{ row.id }}'>{{ row.title }}</a></td><td>{{ row.unit }}</td>"
    "<td>{{ row.column }}</td><td>{{ row.state }}</td><td>{{ row.stage_due_at }}</td></tr>{% endfor %}</table></body></html>"
)
LIST = HEAD + (
    "<ul>{% for row in rows %}<li><a href='/{{ row.id }}'>{{ row.title }}</a> {{ row.unit }} "
    "{{ row.published_on }}</li>{% endfor %}</ul></body></html>"
)
RANKING = HEAD + (
    "<table>{% for row in rows %}<tr><td>{{ loop.index }}</td><td>{{ row.name }}</td><td>{{ row.published }}</td></tr>"
    "{% endfor %}</table></body></html>"
)


def make(engine: Engine) -> Flask:
    """The floors as an app."""
    app = Flask("floors")
    app.secret_key = secrets.token_bytes(32)
    memory = [
        {
            "id": n,
            "title": f"开展秋收农技培训 {n}",
            "unit": "洛洞村",
            "column": "工作动态",
            "state": "待二审",
            "stage_due_at": n,
        }
        for n in range(ROWS)
    ]
    with engine.connect() as connection:
        office = connection.scalar(select(_S.waiting_unit_id).where(_S.waiting_role == Role.HEAD).limit(1))
    waiting = (_S.waiting_role == Role.HEAD, _S.waiting_unit_id == office)

    def known(connection: Connection) -> Any:
        """The person behind the signed session."""
        person = select(Person.__table__.c.name).where(Person.__table__.c.id == session["person"])
        return connection.execute(person).one()

    @app.get("/f0")
    def f0() -> str:
        return "constant"

    @app.get("/f1")
    def f1() -> str:
        return render_template_string(TABLE, title="待办", rows=memory)

    @app.get("/f2")
    def f2() -> str:
        with engine.connect() as connection:
            return render_template_string(TABLE, title="待办", rows=connection.execute(_QUEUE.where(*waiting)).all())

    @app.get("/f3")
    def f3() -> str:
        found = select(Submission).where(Submission.waiting_role == Role.HEAD, Submission.waiting_unit_id == office)
        both = joinedload(Submission.unit), joinedload(Submission.column)
        with Session(engine) as orm:
            rows = orm.scalars(
                found.order_by(Submission.urgency.desc(), Submission.stage_due_at).options(*both).limit(ROWS)
            )
            return render_template_string(TABLE, title="待办", rows=rows.all())

    @app.get("/f4/enter")
    def enter() -> Response:
        with engine.connect() as connection:
            session["person"] = connection.scalar(select(SignInSession.__table__.c.person_id).limit(1)) or 1
        return redirect("/f0")  # type: ignore[return-value]

    @app.get("/f4")
    def f4() -> Response:
        with engine.connect() as connection:
            known(connection)
            version = str(connection.scalar(select(AuditHead.__table__.c.seq)))
        response = Response(status=304 if request.if_none_match.contains(version) else 200)
        response.set_etag(version)
        return response

    @app.get("/f5")
    def f5() -> str:
        with engine.connect() as connection:
            rows = connection.execute(select(ROLLUP).order_by(ROLLUP.c.published.desc())).all()
        return render_template_string(RANKING, title="排名", rows=rows)

    @app.get("/f5/live")
    def f5_live() -> str:
        with engine.connect() as connection:
            return render_template_string(RANKING, title="排名", rows=connection.execute(_LIVE).all())

    @app.post("/f6")
    def f6() -> Response:
        words = request.form["words"]
        with writing(), engine.begin() as connection:
            known(connection)
            for part in range(3):
                connection.execute(WRITTEN.insert(), {"words": f"{words} {part}"})
        return redirect("/f0", 303)  # type: ignore[return-value]

    @app.get("/f7")
    def f7() -> str:
        with engine.connect() as connection:
            return render_template_string(LIST, title="信息公开", rows=connection.execute(_PUBLIC).all())

    return app


def prepare(engine: Engine) -> None:
    """The tables of the floors' own."""
    MINE.drop_all(engine)
    MINE.create_all(engine)
    counted = select(_U.id, _U.name, func.count(_P.id)).outerjoin(Publication.__table__, _P.unit_id == _U.id)
    with writing(), engine.begin() as connection:
        connection.execute(
            ROLLUP.insert().from_select(["unit_id", "name", "published"], counted.group_by(_U.id, _U.name))
        )


def main() -> None:
    """Serve the floors as the portal is served."""
    address = os.environ["BENCH_DATABASE"]
    engine = create_engine(address, **engine_options(address))
    prepare(engine)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    serve(make(engine), host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), threads=THREADS, ident=None)


if __name__ == "__main__":
    main()
