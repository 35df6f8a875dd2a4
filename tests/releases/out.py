"""Articles on channels, made through operations."""

from datetime import datetime
from typing import Any

from tests.builders import a_submission
from tests.cast import Cast
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing.models import Publication
from town_portal.publishing.queries import of_submission
from town_portal.releases import operations, queries
from town_portal.releases.models import Release, ReleaseChannel, ReleaseText
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.plain_text import to_text

S = ReleaseState
WECHAT, APP, PAPER, PROVINCE = "佛冈发布", "佛冈通", "清远日报", "南方+"
LINK = "https://mp.weixin.qq.com/s/lychee-2026"


def the_channels(cast: Cast) -> dict[str, ReleaseChannel]:
    """The four channels by name, set up when there are none."""
    if not queries.has_channels():
        operations.found_channels(cast.actor("coordinator"))
    return {one.name: one for one in queries.channels(everything=True)}


def an_article(cast: Cast, **text: Any) -> Publication:
    """A live article of 洛洞村."""
    found = of_submission(a_submission(cast, State.PUBLISHED, **text).id)
    assert found is not None
    return found


def a_release(
    cast: Cast, state: ReleaseState = S.PLANNED, channel: str = WECHAT, article: Publication | None = None, **facts: Any
) -> Release:
    """An article on a channel in a state, walked there by the people whose work it is."""
    article = article or an_article(cast)
    at = the_channels(cast)[channel]
    publisher, reporter = cast.actor("publisher"), cast.actor("reporter")
    if state is S.REPORTED:
        return operations.report(reporter, article, at, clock.now(), LINK)
    release = queries.on_channel(article.id, at.id)  # a worker may have planned it meanwhile
    if release is None:
        (release,) = operations.plan(publisher, article, [at.id])
    if state in (S.SENT, S.DECLINED):
        operations.send(publisher, release, release.version)
    if state is S.DECLINED:
        operations.decline(publisher, release, release.version, "版面已满")
    if state is S.DROPPED:
        operations.drop(publisher, release, release.version, "只在门户公示")
    if state in (S.RELEASED, S.RECALLED):
        out(cast, release, **facts)
    if state is S.RECALLED:
        operations.recall(publisher, release, release.version, "发现数据有误")
    assert release.state is state
    return release


def out(cast: Cast, release: Release, at: datetime | None = None, url: str = LINK, shot: Any = None) -> Release:
    """It came out."""
    operations.record(cast.actor("publisher"), release, release.version, at or clock.now(), url, shot)
    return release


def a_text(cast: Cast, release: Release, title: str = "洛洞村办起秋收农技课") -> ReleaseText:
    """The channel's own text: another title."""
    lines = to_text(release.publication.revision.body_html)
    return operations.adapt(cast.actor("publisher"), release, release.version, title, lines, {})


def again(release: Release) -> Release:
    """The row as it is in the database."""
    number = release.id
    db.session.rollback()
    return db.session.get_one(Release, number)
