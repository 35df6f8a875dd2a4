"""The one act of an appraisal: close a year."""

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.appraisal import queries
from town_portal.appraisal.models import AppraisalYear
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused

CLOSE = Action("close_appraisal", "年度考核定稿")
MOST_WORDS = 500


def close(actor: Actor, year: int, seen: str, words: str = "") -> AppraisalYear:
    """Freeze a year with everything it rests on. ``seen`` is the digest of the figures the person had before him.

    Refused: the year is not over, it is closed already, or figures moved since the page was opened.
    """
    with unit_of_work(actor) as work:
        post = check(actor, P.APPRAISAL_CLOSE, None)
        if year >= clock.day_of(work.at).year:
            raise Refused(f"{year} 年还没有结束，年度过完才能定稿。")
        if queries.closed(year) is not None:
            raise Refused(f"{year} 年度考核已经定稿，不能再改。")
        found = queries.now(year)
        if not any(one.rank for one in found.standings):
            raise Refused(f"{year} 年没有可以考核的数据，不能定稿。")
        if found.digest != seen:
            raise Refused("打开页面以后数字有变动，请看过新的数字再定稿。")
        row = AppraisalYear(
            year=year,
            plain=found.to_plain(),
            digest=found.digest,
            closed_at=work.at,
            closed_by_id=actor.id or 0,
            words=words.strip()[:MOST_WORDS],
        )
        db.session.add(row)
        db.session.flush()
        work.record(CLOSE, row, post=post, digest=row.digest, note=row.words)
    return row
