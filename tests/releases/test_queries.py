"""Questions about releases."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import put_in_force, surely
from tests.cast import Cast
from tests.house.uploads import a_picture, an_illustrated_item
from tests.releases.out import APP, PAPER, WECHAT, a_release, a_text, again, an_article, out, the_channels
from tests.releases.test_couriers import HERE, Web, web
from tests.statements import statements
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.publishing import operations as publishing
from town_portal.publishing.queries import of_submission
from town_portal.releases import operations, queries
from town_portal.releases.models import LinkCheck
from town_portal.releases.queries import Show
from town_portal.releases.rules.channel import Tier
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.reminders import queries as reminders
from town_portal.submissions.rules.lifecycle import State
from town_portal.workflow.duty import DutyKind

S = ReleaseState
__all__ = ["web"]


def test_only_what_ran_and_was_not_taken_back_counts(town: Cast) -> None:
    article = an_article(town)
    for state, channel in ((S.RELEASED, WECHAT), (S.RECALLED, APP), (S.SENT, PAPER)):
        a_release(town, state, channel, article)
    today = clock.today()
    with statements() as sent:
        (found,) = queries.counted(today, today)
    assert len(sent) == 1
    assert (found.submission_id, found.publication_id, found.unit_id) == (
        article.submission_id, article.id, article.unit_id,
    )  # fmt: skip
    assert (found.channel, found.tier, found.day) == (WECHAT, Tier.COUNTY, today)
    assert queries.counted(today - timedelta(days=9), today - timedelta(days=1)) == []


def test_the_day_that_counts_is_that_of_shanghai(town: Cast) -> None:
    release = a_release(town)
    midnight = clock.instant(clock.today())
    out(town, release, at=midnight)
    assert [one.day for one in queries.counted(clock.today(), clock.today())] == [clock.today()]
    assert queries.counted(clock.today() - timedelta(days=1), clock.today() - timedelta(days=1)) == []


def test_lists_show_what_they_say(town: Cast) -> None:
    article = an_article(town)
    made = {
        Show.TODO: a_release(town, S.PLANNED, APP, article),
        Show.SENT: a_release(town, S.SENT, PAPER, article),
        Show.PROOF: a_release(town, S.RELEASED, WECHAT, article),
    }
    publisher = town.actor("publisher")
    for show, release in made.items():
        assert db.session.scalars(queries.releases(publisher, show)).all() == [release]
    assert queries.figures(publisher) == {
        Show.TODO: 1, Show.SENT: 1, Show.REPORTED: 0, Show.PROOF: 1, Show.BROKEN: 0, Show.ALL: 3,
    }  # fmt: skip
    assert queries.figures(town.actor("other_reporter"))[Show.ALL] == 0
    assert queries.release(made[Show.TODO].id, town.actor("other_reporter")) is None
    assert queries.publication(article.id, town.actor("administrator")) is None


def owed() -> dict[DutyKind, list[str]]:
    found: dict[DutyKind, list[str]] = {}
    for duty in reminders.duties():
        if duty.kind.value.startswith("channel"):
            found.setdefault(duty.kind, []).append(duty.words)
    return found


def test_what_is_planned_asked_and_unproven_is_owed(town: Cast) -> None:
    article = an_article(town)
    planned = a_release(town, S.PLANNED, APP, article)
    a_release(town, S.SENT, PAPER, article)
    ran = a_release(town, S.RELEASED, WECHAT, article)
    assert owed() == {
        DutyKind.CHANNEL_RELEASE: [APP], DutyKind.CHANNEL_ANSWER: [PAPER], DutyKind.CHANNEL_PROOF: [WECHAT],
    }  # fmt: skip
    operations.drop(town.actor("publisher"), planned, planned.version, "只在门户公示")
    operations.recall(town.actor("publisher"), ran, ran.version, "对方删掉了")
    assert owed() == {DutyKind.CHANNEL_ANSWER: [PAPER]}


def test_what_was_withdrawn_is_not_to_be_posted_any_more(town: Cast) -> None:
    release = a_release(town)
    publishing.withdraw(surely(town.actor("publisher")), release.publication.submission, None, "数据有误")
    assert owed() == {}


def test_a_screenshot_is_seen_by_those_who_see_the_item(town: Cast, tmp_path: Path) -> None:
    release = out(town, a_release(town), shot=operations.Shot(Store(tmp_path), "截图.jpg", a_picture()))
    assert release.shot_id is not None
    assert queries.file_visible(town.actor("reporter"), release.shot_id)
    assert not queries.file_visible(town.actor("other_reporter"), release.shot_id)
    assert not queries.file_visible(town.actor("administrator"), release.shot_id)


# -- links -------------------------------------------------------------------------------------


def test_by_default_nothing_is_looked_at(town: Cast) -> None:
    a_release(town, S.RELEASED)
    assert queries.link_hosts() == frozenset()
    assert operations.check_links(10) == 0
    assert db.session.query(LinkCheck).count() == 0


def test_a_broken_link_is_found_told_and_mended(town: Cast, web: Web) -> None:
    put_in_force(town, "link_check", {"hosts": [f"127.0.0.1:{web.port}"]})
    article = an_article(town)
    gone = a_release(town, S.RELEASED, WECHAT, article)
    fine = a_release(town, S.RELEASED, APP, article)
    elsewhere = a_release(town, S.RELEASED, PAPER, article)
    publisher = town.actor("publisher")
    operations.prove(publisher, gone, None, web.url("404"))
    operations.prove(publisher, fine, None, web.url("s/2"))
    assert operations.check_links(10, HERE) == 2
    assert operations.check_links(10, HERE) == 0
    checks = queries.checks_of([gone, fine, elsewhere])
    assert {number: one.broken for number, one in checks.items()} == {gone.id: True, fine.id: False}
    assert any("打不开" in words for words in owed()[DutyKind.CHANNEL_PROOF])
    assert queries.figures(publisher)[Show.BROKEN] == 1
    operations.prove(publisher, gone, None, web.url("s/3"))
    assert queries.figures(publisher)[Show.BROKEN] == 0
    assert queries.checks_of([again(gone)]) == {}
    assert operations.check_links(10, HERE) == 1
    with clock.stopped_at(clock.now() + queries.LOOKED_AT_EVERY + timedelta(hours=1)):
        assert len(queries.links_due(clock.now(), 10)) == 2
    assert {host for host, _ in web.asked} == {f"127.0.0.1:{web.port}"}


def test_an_inner_address_on_the_list_is_not_contacted(town: Cast, web: Web) -> None:
    put_in_force(town, "link_check", {"hosts": [f"127.0.0.1:{web.port}"]})
    release = out(town, a_release(town), url=web.url("s/1"))
    assert operations.check_links(10) == 1
    assert (web.asked, queries.checks_of([release])[release.id].broken) == ([], False)


# -- many, and files ---------------------------------------------------------------------------


def test_an_article_is_found_by_number_or_words(town: Cast) -> None:
    first = an_article(town, title="洛洞村开展农技培训")
    second = an_article(town, title="洛洞村开展农技培训第二期")
    publisher = town.actor("publisher")
    assert queries.found_by_words(first.index_number, publisher) == [first]
    assert queries.found_by_words("洛洞村开展农技培训", publisher) == [first]
    assert queries.found_by_words("第二期", publisher) == [second]
    assert set(queries.found_by_words("农技", publisher)) == {first, second}
    assert queries.found_by_words("100%", publisher) == queries.found_by_words(" ", publisher) == []
    assert queries.found_by_words("农技", town.actor("other_reporter")) == []


def test_the_countys_package_holds_everything_under_readable_names(app: Flask, cast: Cast, database: object) -> None:
    item, _ = an_illustrated_item(app, cast, State.PUBLISHED)
    article = of_submission(item.id)
    assert article is not None
    store = app.extensions["store"]
    content = queries.county_package(article, store)
    assert content == queries.county_package(article, store)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name.partition("/")[2] for name in package.namelist()}
        assert names == {
            "正文.html", "正文.txt", "信息要素.txt", "信息要素.json", "图片/01-培训现场.jpg", "附件/名单.pdf", "文件清单.txt",
        }  # fmt: skip
        (folder,) = {name.partition("/")[0] for name in package.namelist()}
        assert article.title in folder
        facts = json.loads(package.read(f"{folder}/信息要素.json"))
        assert (facts["索引号"], facts["附件"]) == (article.index_number, ["附件/名单.pdf"])
        assert b"/files/" not in package.read(f"{folder}/正文.html")
    with zipfile.ZipFile(io.BytesIO(queries.picture_package(article, store))) as pictures:
        assert [name.partition("/")[2] for name in pictures.namelist()] == ["01-培训现场.jpg"]


def test_words_of_the_settings(town: Cast) -> None:
    the_channels(town)
    assert queries.unknown_in_plan() == []
    put_in_force(town, "release_plan", {"columns": ["工作动态：佛冈发布、老渠道"]})
    assert queries.unknown_in_plan() == ["老渠道"]
    assert queries.plan_in_words() == ["工作动态：佛冈发布、老渠道"]
    assert queries.hosts_in_words() == []


@pytest.mark.parametrize("number", [1, 3])
def test_an_articles_page_asks_little_however_many_channels(town: Cast, number: int) -> None:
    article = an_article(town)
    for channel in (WECHAT, APP, PAPER)[:number]:
        a_release(town, channel=channel, article=article)
    db.session.rollback()
    with statements() as sent:
        found = queries.of_publication(article.id)
        queries.texts_of([one.id for one in found])
        queries.checks_of(found)
        queries.events_of(article.id, [one.id for one in found])
        assert all(one.channel.name for one in found)
    assert len(sent) <= 4


def test_a_text_of_the_channel_and_the_demos_lists(town: Cast) -> None:
    release = a_release(town)
    text = a_text(town, release)
    assert queries.texts_of([release.id]) == {release.id: [text]}
    assert queries.open_ones() == [release]
    assert queries.live_before(clock.now() + timedelta(minutes=1)) == queries.live_of_unit(town.unit("C03").id)
