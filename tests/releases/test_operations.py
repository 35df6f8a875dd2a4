"""What is done to channels, plans, releases, texts and lists."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import a_submission, put_in_force, surely
from tests.builders import a_text as text_of
from tests.cast import Cast
from tests.house.uploads import a_picture
from tests.releases.out import (
    APP,
    LINK,
    PAPER,
    PROVINCE,
    WECHAT,
    a_release,
    a_text,
    again,
    an_article,
    out,
    the_channels,
)
from town_portal.audit import queries as trail
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Moved, Refused, Stale
from town_portal.publishing import operations as publishing
from town_portal.releases import operations, queries
from town_portal.releases.models import Release, ReleaseText
from town_portal.releases.rules.channel import Medium, Tier
from town_portal.releases.rules.lifecycle import ReleaseState
from town_portal.releases.rules.list_file import ListedRelease
from town_portal.submissions.rules.lifecycle import State
from town_portal.submissions.rules.plain_text import to_text

S = ReleaseState


def test_the_four_channels_of_the_report_are_set_up_once(town: Cast) -> None:
    assert list(the_channels(town)) == [APP, WECHAT, PAPER, PROVINCE]
    assert [one.tier for one in queries.channels()] == [Tier.COUNTY, Tier.COUNTY, Tier.CITY, Tier.PROVINCE]
    with pytest.raises(Moved, match="已经建立过"):
        operations.found_channels(town.actor("coordinator"))


def test_a_channel_is_named_once_and_closed_when_nothing_is_under_way(town: Cast) -> None:
    the_channels(town)
    coordinator = town.actor("coordinator")
    with pytest.raises(Refused, match="已经有"):
        operations.open_channel(coordinator, WECHAT, Tier.COUNTY, Medium.WECHAT, selects=False)
    with pytest.raises(Refused, match="冒号"):
        operations.open_channel(coordinator, "甲、乙", Tier.COUNTY, Medium.WECHAT, selects=False)
    made = operations.open_channel(coordinator, "学习强国", Tier.NATION, Medium.APP, selects=True)
    release = a_release(town, channel="学习强国")
    with pytest.raises(Refused, match="还有 1 件"):
        operations.close_channel(coordinator, made, None)
    operations.drop(town.actor("publisher"), release, release.version, "不合适推送")
    operations.close_channel(coordinator, made, None)
    with pytest.raises(Moved):
        operations.close_channel(coordinator, made, None)
    assert made not in queries.channels()
    operations.reopen_channel(coordinator, made, None)
    operations.change_channel(coordinator, made, None, "学习强国平台", Tier.NATION, Medium.APP, selects=True)
    assert made in queries.channels()
    with pytest.raises(Forbidden):
        operations.open_channel(town.actor("reporter"), "某报", Tier.CITY, Medium.NEWSPAPER, selects=True)


def test_what_is_published_is_planned_by_its_column(town: Cast) -> None:
    the_channels(town)
    article = an_article(town)
    assert operations.plan_by_itself() == 1
    assert operations.plan_by_itself() == 0
    (release,) = queries.of_publication(article.id)
    assert (release.channel.name, release.state, release.unit_id) == (WECHAT, S.PLANNED, article.unit_id)
    assert release.due_at > release.planned_at
    assert trail.verify().sound


def test_nothing_is_planned_where_the_setting_says_nothing(town: Cast) -> None:
    the_channels(town)
    put_in_force(town, "release_plan", {"columns": []})
    an_article(town)
    assert operations.plan_by_itself() == 0
    put_in_force(town, "release_plan", {"columns": ["工作动态：佛冈发布、没有的渠道"]})
    assert operations.plan_by_itself() == 1


def test_old_and_withdrawn_articles_are_not_planned(town: Cast) -> None:
    the_channels(town)
    article = an_article(town)
    with clock.stopped_at(clock.now() + queries.PLANNED_FOR + timedelta(days=1)):
        assert operations.plan_by_itself() == 0
    publishing.withdraw(surely(town.actor("publisher")), article.submission, None, "数据有误")
    assert operations.plan_by_itself() == 0
    with pytest.raises(Moved, match="已经撤下"):
        operations.plan(town.actor("publisher"), article, [one.id for one in queries.channels()])


def test_a_plan_is_made_by_hand_for_channels_that_are_left(town: Cast) -> None:
    article = an_article(town)
    release = a_release(town, article=article)
    with pytest.raises(Refused, match="还没有安排"):
        operations.plan(town.actor("publisher"), article, [release.channel_id])
    with pytest.raises(Forbidden):
        operations.plan(town.actor("reporter"), article, [the_channels(town)[PAPER].id])


def test_what_the_town_posts_itself_is_recorded_with_link_and_screenshot(town: Cast, tmp_path: Path) -> None:
    release = a_release(town)
    shot = operations.Shot(Store(tmp_path), "截图.jpg", a_picture())
    out(town, release, url=LINK, shot=shot)
    release = again(release)
    assert (release.state, release.url, release.adopted, release.lacks) == (S.RELEASED, LINK, False, [])
    assert release.shot is not None and release.shot.kind.value == "picture"
    assert release.digest == release.publication.revision.digest
    assert release.recorded_by.name == town.name("publisher")
    assert trail.verify().sound


def test_a_screenshot_that_is_none_is_refused_and_leaves_nothing(town: Cast, tmp_path: Path) -> None:
    release, store = a_release(town), Store(tmp_path)
    for content, words in ((b"%PDF-1.4\n%%EOF\n", "不是图片"), (b"\x89PNG\r\n\x1a\nbroken", "图|照片|读")):
        with pytest.raises(Refused, match=words):
            out(town, release, shot=operations.Shot(store, "截图.png", content))
    with pytest.raises(Refused, match="还没有到"):
        out(town, release, at=clock.now() + timedelta(days=1), shot=operations.Shot(store, "截图.jpg", a_picture()))
    assert list(store.tokens()) == []
    assert again(release).state is S.PLANNED


@pytest.mark.parametrize(
    ("url", "words"),
    [("mp.weixin.qq.com/s/1", "https"), ("javascript:alert(1)", "https"), ("https://甲:乙@a.cn/", "账号或密码")],
)
def test_a_link_no_browser_should_open_is_refused(town: Cast, url: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        out(town, a_release(town), url=url)


def test_nothing_came_out_before_it_happened(town: Cast) -> None:
    with pytest.raises(Refused, match="早于事件日期"):
        out(town, a_release(town), at=clock.now() - timedelta(days=2))


def test_a_paper_is_sent_a_text_and_takes_it(town: Cast) -> None:
    release = a_release(town, S.SENT, PAPER)
    assert release.due_at > release.sent_at
    out(town, release, url="")
    assert (release.state, release.adopted, release.lacks) == (S.RELEASED, True, ["链接", "截图"])
    operations.prove(town.actor("publisher"), release, release.version, LINK)
    assert release.lacks == ["截图"]
    with pytest.raises(Refused, match="没有新的"):
        operations.prove(town.actor("publisher"), release, release.version, LINK)


def test_a_channel_of_the_towns_own_is_sent_nothing(town: Cast) -> None:
    release = a_release(town)
    with pytest.raises(Refused, match="自己发布"):
        operations.send(town.actor("publisher"), release, release.version)


def test_what_was_not_taken_may_be_taken_after_all(town: Cast) -> None:
    release = a_release(town, S.DECLINED, PAPER)
    assert release.reason == "版面已满"
    reported = operations.report(town.actor("reporter"), release.publication, release.channel, clock.now(), LINK)
    assert (reported.id, reported.state) == (release.id, S.REPORTED)


def test_a_unit_reports_what_the_office_confirms(town: Cast) -> None:
    release = a_release(town, S.REPORTED, PAPER)
    assert queries.counted(clock.today(), clock.today()) == []
    operations.confirm(town.actor("coordinator"), release, release.version)
    assert (release.state, release.adopted, release.reported_by.name) == (S.RELEASED, True, town.name("reporter"))
    assert len(queries.counted(clock.today(), clock.today())) == 1


def test_a_report_needs_something_to_look_at_and_ones_own_item(town: Cast) -> None:
    article, paper = an_article(town), the_channels(town)[PAPER]
    with pytest.raises(Refused, match="链接或截图"):
        operations.report(town.actor("reporter"), article, paper, clock.now())
    with pytest.raises(Forbidden):
        operations.report(town.actor("other_reporter"), article, paper, clock.now(), LINK)
    assert queries.on_channel(article.id, paper.id) is None


def test_a_report_that_is_not_so_goes_back(town: Cast) -> None:
    release = a_release(town, S.REPORTED, PAPER)
    with pytest.raises(Refused, match="原因"):
        operations.reject(town.actor("publisher"), release, release.version, "不")
    operations.reject(town.actor("publisher"), release, release.version, "链接是别的镇的")
    assert (release.state, release.url, release.released_at, release.reported_by_id) == (S.PLANNED, "", None, None)
    assert release.reason == "链接是别的镇的"


@pytest.mark.parametrize(("channel", "state", "back"), [(WECHAT, S.RELEASED, S.PLANNED), (PAPER, S.DECLINED, S.SENT)])
def test_a_wrong_record_is_taken_back(town: Cast, channel: str, state: ReleaseState, back: ReleaseState) -> None:
    release = a_release(town, state, channel)
    operations.take_back(town.actor("publisher"), release, release.version, "登记到别的篇了")
    assert (release.state, release.released_at, release.url) == (back, None, "")


def test_recall_and_correction_are_confirmed_channel_by_channel(town: Cast) -> None:
    article = an_article(town)
    first, second = a_release(town, S.RELEASED, article=article), a_release(town, S.RELEASED, PAPER, article)
    publisher = town.actor("publisher")
    operations.correct(publisher, first, first.version, "删掉重发了", "https://mp.weixin.qq.com/s/new")
    assert (first.state, first.url.endswith("new"), first.corrected_at is not None) == (S.RELEASED, True, True)
    operations.recall(publisher, second, second.version, "编辑部已经下架")
    assert [one.state for one in queries.of_publication(article.id)] == [S.RELEASED, S.RECALLED]
    assert [one.channel for one in queries.counted(clock.today(), clock.today())] == [WECHAT]


def test_dropped_and_resumed(town: Cast) -> None:
    release = a_release(town, S.DROPPED)
    operations.resume(town.actor("publisher"), release, release.version)
    assert (release.state, release.reason) == (S.PLANNED, "")


def test_who_comes_second_is_told(town: Cast) -> None:
    release = a_release(town)
    seen = release.version
    out(town, release)
    with pytest.raises(Stale):
        operations.drop(town.actor("coordinator"), release, seen, "不发这个了")


ACTS: dict[str, Callable[[Cast, Release], object]] = {
    "record": lambda cast, one: operations.record(cast.actor("reporter"), one, None, clock.now()),
    "drop": lambda cast, one: operations.drop(cast.actor("head"), one, None, "不发这个了"),
    "adapt": lambda cast, one: operations.adapt(cast.actor("reporter"), one, None, "别的标题", "正文", {}),
}


@pytest.mark.parametrize("act", ACTS)
def test_others_change_nothing(town: Cast, act: str) -> None:
    release = a_release(town)
    with pytest.raises(Forbidden):
        ACTS[act](town, release)
    assert again(release).state is S.PLANNED


# -- a channel's own text ----------------------------------------------------------------------


def test_a_channels_own_text_is_bound_to_the_signed_one_and_runs(town: Cast) -> None:
    release = a_release(town)
    text = a_text(town, release)
    assert (text.base_digest, text.number) == (release.publication.revision.digest, 1)
    assert text.digest not in (text.base_digest, "")
    out(town, release)
    assert (release.text_number, release.digest) == (1, text.base_digest)
    with pytest.raises(Moved, match="不能再改"):
        a_text(town, release, "又一个标题")


def test_a_text_that_is_the_signed_one_is_none(town: Cast) -> None:
    release = a_release(town)
    with pytest.raises(Refused, match="一样"):
        a_text(town, release, release.publication.revision.title)


@pytest.mark.parametrize("words", ["联系人身份证号 441802199003072316。", "机密★一年"])
def test_personal_data_and_secrecy_pass_nobody(town: Cast, words: str) -> None:
    release = a_release(town)
    lines = to_text(release.publication.revision.body_html) + "\n" + words
    found = operations.findings_in(release, "标题", operations.body_of(lines, release.publication.revision))
    replies = {one.key: "已经问过本人同意公开" for one in found}
    with pytest.raises(Refused, match="谁也不能放行"):
        operations.adapt(town.actor("publisher"), release, None, "洛洞村办起农技课", lines, replies)
    assert db.session.query(ReleaseText).count() == 0


def test_a_new_slip_is_answered_or_mended(town: Cast) -> None:
    release = a_release(town)
    lines = (
        to_text(release.publication.revision.body_html)
        + "\n全村共68户，其中种粮30户、养殖20户。合计百分之一百二十。（半句"
    )
    body = operations.body_of(lines, release.publication.revision)
    left = operations.left_open(release, operations.findings_in(release, "洛洞村办起农技课", body), {})
    assert left
    with pytest.raises(Refused):
        operations.adapt(town.actor("publisher"), release, None, "洛洞村办起农技课", lines, {})
    text = operations.adapt(
        town.actor("publisher"), release, None, "洛洞村办起农技课", lines, {one.key: "原文就是这样的" for one in left}
    )
    assert [one["said"] for one in text.found if one["key"] in {one.key for one in left}]


def test_a_text_made_from_an_older_version_no_longer_fits(town: Cast) -> None:
    release = a_release(town)
    text = a_text(town, release)
    assert queries.fitting([text], release.publication.revision) is text
    other = a_submission(town, State.DRAFT, title="洛洞村的另一件事").revision
    assert queries.fitting([text], other) is None


# -- lists -------------------------------------------------------------------------------------


def listed(article: str, channel: str = WECHAT, day: date | None = None, line: int = 2) -> ListedRelease:
    return ListedRelease(line, article, "", channel, day or clock.today(), LINK)


def test_a_list_is_taken_line_by_line_and_brings_nothing_twice(town: Cast) -> None:
    article = an_article(town, title="洛洞村“粤菜师傅”开班")
    planned = a_release(town, article=article, channel=PAPER)
    lines = [
        listed("洛洞村 ＂粤菜师傅＂开班".replace("＂", '"'), line=2),
        listed(article.title, PAPER, line=3),
        listed(article.title, line=4),
        listed("没有这一篇", line=5),
        listed(article.title, "某某快讯", line=6),
        listed(article.title, PROVINCE, clock.today() + timedelta(days=1), line=7),
        listed(article.title, PROVINCE, clock.today() - timedelta(days=30), line=8),
    ]
    taken, refused = queries.matched(lines)
    assert [one.listed.line for one in taken] == [2, 3]
    assert {one.line: one.why for one in refused}.keys() == {4, 5, 6, 7, 8}
    assert operations.import_list(town.actor("coordinator"), taken, "2025年.xlsx") == 2
    assert again(planned).state is S.RELEASED
    assert {one.channel for one in queries.counted(clock.today(), clock.today())} == {WECHAT, PAPER}
    again_taken, again_refused = queries.matched(lines[:2])
    assert (again_taken, len(again_refused)) == ([], 2)
    assert queries.releases(town.actor("publisher"), queries.Show.PROOF) is not None
    assert not db.session.scalars(queries.releases(town.actor("publisher"), queries.Show.PROOF)).all()


def test_a_list_is_for_the_office(town: Cast) -> None:
    article = an_article(town)
    the_channels(town)
    taken, _ = queries.matched([listed(article.title)])
    with pytest.raises(Forbidden):
        operations.import_list(town.actor("reporter"), taken, "清单.xlsx")


def test_a_notice_goes_to_the_app_by_default(town: Cast) -> None:
    the_channels(town)
    article = an_article(town, column_id=town.column("tzgg").id, title=text_of(town).title)
    operations.plan_by_itself()
    assert [one.channel.name for one in queries.of_publication(article.id)] == [APP]


def test_a_screenshot_that_comes_later_is_kept(app: Flask, town: Cast) -> None:
    publisher, release = town.actor("publisher"), a_release(town, S.RELEASED)
    shot = operations.Shot(app.extensions["store"], "截图.jpg", a_picture())
    operations.prove(publisher, release, release.version, "", shot)
    first = again(release).shot_id
    assert first is not None and again(release).lacks == []
    operations.correct(publisher, release, release.version, "已换成更正后的", "", shot)
    assert again(release).shot_id not in (None, first)
    assert trail.verify().sound
