"""Things in a given state, made through operations: a state no operation can reach cannot be tested."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Cast
from town_portal.access.actor import FRESH, Actor
from town_portal.foundation import clock
from town_portal.publishing import operations as publishing
from town_portal.review import operations as review
from town_portal.settings import operations as settings
from town_portal.settings.models import Setting
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries
from town_portal.submissions.models import Attribute, Importance, Submission
from town_portal.submissions.operations import Text
from town_portal.submissions.rules.lifecycle import State

S = State
BODY = "<p>今天上午，洛洞村联合镇农业农村办公室在村文化室开展农技培训，服务农户 68 户，发放技术手册 120 册。</p>"


def surely(actor: Actor) -> Actor:
    """The actor with his password just given."""
    return actor.at(authentication=FRESH)


def a_text(cast: Cast, **changes: Any) -> Text:
    """A text that is ready to be handed in."""
    values: dict[str, Any] = {
        "title": "洛洞村开展秋收农技培训",
        "column_id": cast.column("gzdt").id,
        "event_on": clock.today(),
        "body_html": BODY,
        "counterpart_id": cast.unit("B05").id,
        "source": "洛洞村",
        "secrecy_cleared": True,
    }
    return Text(**{**values, **changes})


def a_submission(
    cast: Cast, state: State = S.DRAFT, *, by: str = "reporter", unit: str = "C03", **text: Any
) -> Submission:
    """An item of 洛洞村 in a state, walked there by the people whose work it is."""
    if state is S.CROSS_REVIEW:
        text |= {"importance": Importance.MAJOR, "cross_unit_id": cast.unit("B10").id}
    if state is S.FILED:
        text |= {"attribute": Attribute.ON_REQUEST, "attribute_reason": "涉及第三方"}
    item = submissions.draft(cast.actor(by), cast.unit(unit).id, a_text(cast, **text))
    if state is S.DRAFT:
        return item
    if state is S.DISCARDED:
        return submissions.discard(cast.actor(by), item, item.version, "写重了")
    hand_in(cast, item, by)
    if state is S.SECOND_REVIEW:
        return item
    if state is S.RETURNED:
        return review.return_for_revision(surely(cast.actor("head")), item, item.version, [], "数据请核对")
    sign(cast, item, "head")
    if item.state is S.CROSS_REVIEW:
        if state is S.CROSS_REVIEW:
            return item
        sign(cast, item, "other_head")
    if state is S.THIRD_REVIEW:
        return item
    sign(cast, item, "leader")
    if state in (S.APPROVED, S.FILED):
        return item
    if state is S.SCHEDULED:
        publishing.schedule(surely(cast.actor("publisher")), item, item.version, clock.now() + timedelta(hours=1))
        return item
    publishing.publish(surely(cast.actor("publisher")), item, item.version)
    if state is S.WITHDRAWN:
        publishing.withdraw(surely(cast.actor("publisher")), item, item.version, "数据有误")
    return item


def hand_in(cast: Cast, item: Submission, by: str = "reporter") -> Submission:
    """Hand an item in, as somebody who looked at every warning."""
    return submissions.submit(surely(cast.actor(by)), item, item.version, replies=looked_at(item))


def looked_at(item: Submission) -> dict[str, str]:
    """A tick for everything the proofreader finds."""
    return {one.key: "" for one in queries.spotted_in_revision(item.revision)} if item.revision else {}


def sign(cast: Cast, item: Submission, key: str) -> Submission:
    """Sign 校 and 审 at the present stage."""
    actor = surely(cast.actor(key))
    review.proof(actor, item, item.version, item.digest, replies=looked_at(item))
    return review.sign(actor, item, item.version, item.digest)


def days_ago(days: int) -> date:
    """A day in Shanghai before today."""
    return clock.today() - timedelta(days=days)


def put_in_force(cast: Cast, key: str, value: dict[str, Any], valid_from: datetime | None = None) -> Setting:
    """A value of a setting, proposed by the one and confirmed by the other."""
    setting = settings.propose(cast.actor("coordinator"), key, value, valid_from, "试行")
    return settings.confirm(cast.actor("leader"), setting, None)
