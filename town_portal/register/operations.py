"""Acts on the register: a list of former years taken in as a whole, or taken out again as a whole."""

from collections.abc import Sequence

from town_portal.access.actor import Actor
from town_portal.access.permissions import Permission as P
from town_portal.access.policy import check
from town_portal.audit.rules.action import Action
from town_portal.audit.unit_of_work import unit_of_work
from town_portal.foundation.db import db
from town_portal.foundation.errors import Moved, Refused
from town_portal.network import queries as network
from town_portal.register import queries
from town_portal.register.models import HistoryImport, PastItem, PastRelease
from town_portal.register.rules.history_file import PastRow
from town_portal.releases.rules.list_file import same_title

IMPORT = Action("import_history", "导入历史登记")
REVOKE = Action("revoke_history", "撤销历史导入")
SHORTEST = 4


def import_history(
    actor: Actor, rows: Sequence[PastRow], file_name: str, sha256: str, seen: tuple[int, int]
) -> HistoryImport:
    """Take a list in, in one act. ``seen``: how many items and releases the person was shown.

    Refused: any line has a fault, nothing in it is new, or it would bring other than was shown.
    """
    with unit_of_work(actor) as work:
        unit = network.coordinating_unit()
        post = check(actor, P.REGISTER_IMPORT, unit)
        plan = queries.planned(rows)
        if plan.faults:
            raise Refused("文件里有的单位、栏目或渠道刚改过，对不上了。请重新选文件核对。")
        if not plan.items:
            raise Refused("文件里的都登记过，没有新的可以导入。")
        if (plan.fresh, plan.channels) != seen:
            raise Moved("核对以后登记册有变动，请重新选文件再核对一次。")
        made = HistoryImport(
            file_name=file_name[:200], sha256=sha256, items=plan.fresh, releases=plan.channels, imported_at=work.at,
            imported_by_id=actor.id, reason="",
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        for one in plan.items:
            item = one.known
            if item is None:
                item = PastItem(
                    import_id=made.id, line=one.row.line, title=one.row.title, title_key=same_title(one.row.title),
                    unit_id=one.unit.id, column_id=one.column.id if one.column else None,
                    published_on=one.row.day, url=one.row.url,
                )  # fmt: skip
                db.session.add(item)
                db.session.flush()
            for channel, at, row in one.releases:
                db.session.add(
                    PastRelease(
                        import_id=made.id, item_id=item.id, channel_id=channel.id, released_at=at,
                        url=row.channel_url, line=row.line,
                    )
                )  # fmt: skip
        work.record(
            IMPORT, made, post=post, source=made.file_name, sha256=sha256, items=made.items, releases=made.releases
        )
    return made


def revoke(actor: Actor, made: HistoryImport, seen: int | None, reason: str) -> None:
    """Take a whole import out of the register; its rows stay for the trail and count no more.

    Refused: no reason, revoked already, or a later import added channels to its items.
    """
    with unit_of_work(actor, on=made, seen=seen) as work:
        post = check(actor, P.REGISTER_IMPORT, network.coordinating_unit())
        if made.revoked_at is not None:
            raise Moved("这次导入已经撤销。")
        if len(reason) < SHORTEST:
            raise Refused(f"请写明原因，至少 {SHORTEST} 个字。")
        if later := queries.depends_on(made.id):
            raise Refused(f"后来的导入给这里的信息补过 {later} 条渠道发布，请先撤销后来的那次。")
        made.revoked_at, made.revoked_by_id, made.reason = work.at, actor.id, reason
        work.record(REVOKE, made, post=post, reason=reason, items=made.items, releases=made.releases)
