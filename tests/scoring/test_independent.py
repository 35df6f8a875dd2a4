"""Four quarters and a year of ten thousand items, reckoned twice: the second time without any of our code."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL
from tests.scoring.independent import recompute
from tests.scoring.schemes import a_credit, a_scheme_in_force
from tests.scoring.year import write_year
from tests.statistics.town import (
    a_correction,
    an_article,
    at,
    corrected,
    discarded,
    handed_in,
    published,
    returned,
    withdrawn,
)
from town_portal.access.actor import SYSTEM
from town_portal.foundation.db import db
from town_portal.network import operations as network
from town_portal.network.models import UnitKind
from town_portal.scoring import queries
from town_portal.statistics.rules.quarter import Quarter

pytestmark = [
    pytest.mark.one_engine,
    pytest.mark.skipif(ON_POSTGRESQL, reason="the second reckoning opens the file itself"),
]
QUARTERS = ("2026-1", "2026-2", "2026-3", "2026-4")


def both_agree(town: Cast, today: str, *keys: str) -> None:
    """Every total and every rank, to the last digit."""
    path = str(Path(str(make_url(str(db.engine.url)).database)))
    for key in keys:
        quarter = Quarter.parse(key)
        assert quarter is not None
        with at(today):
            result = queries.result(quarter)
            items = queries.result(quarter, with_items=True)
        db.session.remove()
        told = {one.unit: (Decimal(one.total.numerator) / one.total.denominator, one.rank) for one in result.scores}
        assert told == recompute(path, key, date.fromisoformat(today)), key
        assert [(one.unit, one.total, one.rank) for one in items.scores] == [
            (one.unit, one.total, one.rank) for one in result.scores
        ]


def test_what_operations_made(town: Cast) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town, since="2026-1")
    an_article(town, "2026-01-05", "2026-01-05 23:59", "2026-01-08 23:59")
    an_article(town, "2026-03-28", "2026-03-31 23:59", "2026-04-01 00:00")
    late = an_article(town, "2026-03-20", "2026-03-27", "2026-04-09")
    item = handed_in(town, "2026-04-08", "2026-04-08")
    returned(town, item, "2026-04-09", "2026-04-10")
    published(town, item, "2026-04-11")
    office = an_article(town, "2026-05-06", "2026-05-06", "2026-05-07", by="office_reporter", unit="B05")
    withdrawn(town, office, "2026-07-01 00:00")
    corrected(town, item, "2026-06-30 23:59")
    a_correction(town, late, "2026-08-03")
    handed_in(town, "2026-06-27", "2026-06-27")
    discarded(town, handed_in(town, "2026-06-20", "2026-06-24"), "2026-07-01")
    with at("2026-06-30"):
        a_credit(town, "约稿按时交", date(2026, 6, 30), times=2)
        a_credit(town, "受到县级以上通报批评", date(2026, 4, 1), unit="B05")
        network.rename_unit(SYSTEM, town.unit("C03"), name="洛洞新村")
    both_agree(town, "2026-07-02", "2026-1", "2026-2", "2026-3")
    both_agree(town, "2027-01-05", *QUARTERS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2026])
def test_a_year_of_ten_thousand_items(town: Cast, seed: int) -> None:
    with at("2026-01-02"):
        a_scheme_in_force(town, since="2026-1")
        for number, kind in enumerate([UnitKind.VILLAGE] * 9 + [UnitKind.OFFICE] * 3):
            letter = "B" if kind is UnitKind.OFFICE else "C"
            network.open_unit(SYSTEM, code=f"{letter}{40 + number}", name=f"第{number + 1}{kind.label}", kind=kind)
    db.session.remove()
    write_year(str(make_url(str(db.engine.url)).database), 10_000, seed)
    with at("2026-05-20"):
        network.rename_unit(SYSTEM, town.unit("C41"), name="改了名的村")
        network.close_unit(SYSTEM, town.unit("C42"), "并入邻村")
        a_credit(town, "市级领导批示", date(2026, 5, 19), unit="C41")
    both_agree(town, "2026-05-20", "2026-1", "2026-2")
    both_agree(town, "2027-02-01", *QUARTERS)
