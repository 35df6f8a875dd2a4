"""Pages of the figures: the quarter, one unit, the items behind a figure, the table to take away."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request
from markupsafe import Markup

from town_portal.access.guard import person, requires
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import allows
from town_portal.foundation import clock
from town_portal.inspection import queries as inspection
from town_portal.inspection.rules import tally
from town_portal.network import queries as network
from town_portal.network.rules.table_file import write_csv
from town_portal.proofreading.rules.finding import Family
from town_portal.statistics import queries
from town_portal.statistics.queries import Asked
from town_portal.statistics.rules import ranking, steps, table
from town_portal.statistics.rules.measures import DEFINITIONS, MINIMUM, Measure, Rate, family_of
from town_portal.statistics.rules.quarter import Quarter
from town_portal.statistics.rules.ranking import League, Sorting, Standing
from town_portal.submissions import queries as submissions
from town_portal.submissions.rules.lifecycle import State
from town_portal.web.navigation import Entry
from town_portal.web.numbers import row_number
from town_portal.web.paging import page_of
from town_portal.web.respond import respond, wants_fragment

bp = Blueprint("statistics", __name__)
KEPT = 64
"""Drawn pages of the town that are kept: about 60 KB each."""

MENU = (Entry("季度统计", "statistics.index", "bar-chart", (P.STATISTICS_READ,), group="统计", short="统计"),)


@bp.get("/statistics")
@requires(P.STATISTICS_READ)
def index() -> Response:
    """A quarter of the whole town: figures, where the time went, the trend, the ranking."""
    quarter = _quarter()
    if wants_fragment():
        rows = queries.standings(quarter)
        return respond("statistics/_ranking.html", **_frame(quarter), leagues=_leagues(rows))
    chosen = (request.args.get("league"), request.args.get("sort"))
    own, sees_people = _who_reads()
    town = _town(queries.version(), f"{clock.now():%H:%M}", quarter, chosen, own, sees_people)
    return respond("statistics/index.html", quarter=quarter, town=town)


@lru_cache(maxsize=KEPT)
def _town(_version: Any, _minute: str, quarter: Quarter, *_for_whom: Any) -> Markup:
    """The town's quarter, drawn once for all who read the same until anything is recorded, or a minute is over."""
    rows, frame = queries.standings(quarter), _frame(quarter)
    return Markup(  # noqa: S704 - a template of ours, escaped by Jinja
        render_template(
            "statistics/_town.html",
            **frame,
            trend=queries.trend(quarter),
            steps=queries.steps_of(quarter, frame["limits"]),
            units=rows,
            leagues=_leagues(rows),
        )
    )


@bp.get("/statistics/units/<int:unit_id>")
@requires(P.STATISTICS_READ)
def unit(unit_id: int) -> Response:
    """One unit's quarter: figures, rank, slow steps, the items it handed in."""
    quarter = _quarter()
    return respond(
        "statistics/unit.html",
        **(frame := _frame(quarter)),
        trend=queries.trend(quarter, unit_id),
        standing=queries.standing_of(unit_id, quarter) or abort(404),
        steps=queries.steps_of(quarter, frame["limits"], owner_id=unit_id),
        handling=queries.steps_of(quarter, frame["limits"], handler_id=unit_id),
        **_page(Asked(quarter=quarter, measure=Measure.SUBMITTED, unit_id=unit_id), size=8),
    )


@bp.get("/statistics/items")
@requires(P.STATISTICS_READ)
def items() -> Response:
    """The items behind one figure, as far as this person may see them."""
    asked = _asked()
    return respond(
        "statistics/items.html",
        **(frame := _frame(asked.quarter)),
        **(page := _page(asked)),
        **_heading(asked, page["total"], names := queries.unit_names()),
        unit_names=names,
        handled=queries.handled(asked.quarter, frame["limits"], by_person=False, stage=asked.stage)
        if asked.stage
        else [],
    )


@bp.get("/statistics/proofreading")
@requires(P.STATISTICS_READ)
def proofreading() -> Response:
    """When errors were found in a quarter: before handing in, by reviewers, after publication; by unit and family."""
    quarter = _quarter()
    span = quarter.start, quarter.next.start
    units = inspection.by_unit(*span)
    previous = inspection.by_unit(quarter.previous.start, quarter.start)
    return respond(
        "statistics/proofreading.html",
        **_frame(quarter),
        units=units,
        town=tally.whole(units.values()),
        before=tally.whole(previous.values()),
        families=inspection.by_family(*span),
        reviewers=inspection.by_reviewer(*span) if allows(person().roles, P.STATISTICS_EXPORT) else {},
        unit_names=queries.unit_names(),
        family_of=Family,
        unread=inspection.unread_count(),
    )


@bp.get("/statistics/people")
@requires(P.STATISTICS_EXPORT)
def people() -> Response:
    """How many each reviewer and publisher handled, and how fast: for the coordinating office and the auditor."""
    quarter = _quarter()
    frame = _frame(quarter)
    rows = queries.handled(quarter, frame["limits"], by_person=True)
    return respond("statistics/people.html", **frame, rows=rows)


@bp.get("/statistics/export.csv")
@requires(P.STATISTICS_EXPORT)
def export() -> Response:
    """The ranking as CSV (UTF-8 with BOM); no cell runs in a spreadsheet."""
    quarter = _quarter()
    rows = table.rows(quarter, queries.standings(quarter), running=quarter.running(clock.today()))
    response = make_response(write_csv(rows))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="statistics-{quarter.key}.csv"'
    return response


def _quarter() -> Quarter:
    """The quarter the address names, the running one by default; 404 for one yet to come."""
    running = Quarter.containing(clock.today())
    key = request.args.get("quarter")
    quarter = running if key is None else Quarter.parse(key)
    if quarter is None or quarter > running:
        abort(404)
    return quarter


def _frame(quarter: Quarter) -> dict[str, Any]:
    """What every page of the room needs."""
    own_units, sees_people = _who_reads()
    return {
        "quarter": quarter,
        "quarters": queries.quarters(),
        "running": quarter.running(clock.today()),
        "limits": (limits := queries.limits(quarter)),
        "minutes_a_day": limits.minutes_a_day,
        "definitions": DEFINITIONS,
        "minimum": MINIMUM,
        "by_scheme": (by_scheme := queries.places(quarter) is not None),
        "ranking_words": ranking.BY_SCHEME if by_scheme else ranking.WORDS,
        "steps_words": steps.WORDS,
        "own_units": own_units,
        "sees_people": sees_people,
    }


def _who_reads() -> tuple[frozenset[int], bool]:
    """What of the reader the pages depend on: his units, and whether he sees single people's figures."""
    return frozenset(post.unit_id for post in person().posts), allows(person().roles, P.STATISTICS_EXPORT)


def _leagues(rows: list[Standing]) -> dict[str, Any]:
    """The chosen leagues in the chosen order; what is not known falls back to all, by rank."""
    league, sorting = request.args.get("league", ""), request.args.get("sort", "")
    chosen = [League(league)] if league in set(League) else list(League)
    by = Sorting(sorting) if sorting in set(Sorting) else Sorting.RANK
    return {
        "chosen": chosen[0].value if len(chosen) == 1 else "all",
        "sorting": by.value,
        "chips": [
            ("all", f"全部 {len(rows)}"),
            *((one.value, f"{one.label} {sum(row.unit.league is one for row in rows)}") for one in League),
        ],
        "rows": [(one, ranking.ordered([row for row in rows if row.unit.league is one], by)) for one in chosen],
    }


def _asked() -> Asked:
    """The figure the address names; 404 for one that is not there or not for this person."""
    name = request.args.get("measure", "")
    stage = steps.stage_of(name)
    measure = Measure(name) if name in set(Measure) else None
    person_id = request.args.get("person", type=row_number)
    if (measure is None and stage is None) or (person_id and not allows(person().roles, P.STATISTICS_EXPORT)):
        abort(404)
    return Asked(
        quarter=_quarter(),
        measure=measure,
        stage=stage,
        late=stage is not None and "late" in request.args,
        returned=stage is not None and "returned" in request.args,
        unit_id=_unit("unit"),
        handler_id=_unit("handler") if stage else None,
        person_id=person_id if stage else None,
    )


def _unit(name: str) -> int | None:
    if not request.args.get(name):
        return None
    found = network.unit(request.args.get(name, 0, type=row_number)) or abort(404)
    return int(found.id)


def _page(asked: Asked, **size: int) -> dict[str, Any]:
    """One page of the items behind a figure, and how many this person does not see."""
    total, shown = queries.tally(asked, person())
    page = page_of(queries.items(asked, person()), scalars=False, total=shown, **size)
    return {
        "asked": asked,
        "total": total,
        "hidden": total - page.total,
        "one": DEFINITIONS[asked.measure].one if asked.measure else "次",
        "page": page,
        "rows": (rows := queries.listed(asked, page.rows)),
        "golden_used": submissions.golden_spent(
            (row.submission, row.publication.published_at if row.publication else None)
            for row in rows
            if row.publication or row.submission.state in submissions.UNPUBLISHED
        ),
    }


def _heading(asked: Asked, total: int, unit_names: dict[int, str]) -> dict[str, Any]:
    """What a list is called, how it is counted, and the lists it makes a whole with."""
    whose = [unit_names.get(asked.unit_id or 0, "")]
    if asked.handler_id:
        whose.append(f"{unit_names[asked.handler_id]}经手")
    if asked.person_id:
        whose.append(str(network.person(asked.person_id) or abort(404)))
    label = DEFINITIONS[asked.measure].label if asked.measure else steps.STAGES[asked.stage or State.APPROVED]
    return {
        "whose": "".join(f"{name} · " for name in whose if name),
        "label": label + "退回" * asked.returned + "超时" * asked.late,
        "sentence": DEFINITIONS[asked.measure].sentence if asked.measure else steps.WORDS,
        **_share(asked, total),
    }


def _share(asked: Asked, total: int) -> dict[str, Any]:
    """The lists a rate is made of, (measure, words, count), and the rate in words."""
    family = family_of(asked.measure) if asked.measure else None
    if family is None:
        return {"parts": (), "share": ""}
    parts = [
        (one, DEFINITIONS[one].label, total if one is asked.measure else queries.count(replace(asked, measure=one)))
        for one in family.of
    ]
    rate = Rate(parts[0][2], sum(size for _, _, size in parts))
    return {"parts": parts, "share": f"{family.rate_label} ＝ {rate.part} ÷ {rate.whole} ＝ {rate.words}"}
