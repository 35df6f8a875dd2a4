"""The pages of supervision: who opens them, what they say, where they lead."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import a_submission
from tests.cast import PEOPLE, Cast
from tests.http import shown
from tests.supervision.order import keep_in_order
from town_portal.access.actor import SYSTEM
from town_portal.access.roles import Role
from town_portal.foundation import clock
from town_portal.network import operations as network
from town_portal.settings import operations as settings
from town_portal.settings.rules.catalogue import CATALOGUE
from town_portal.submissions.rules.lifecycle import State

SignedIn = Callable[[str], FlaskClient]
READERS = {"coordinator", "principal", "administrator", "auditor"}
DAY = timedelta(days=1)


@pytest.mark.parametrize("key", sorted(PEOPLE))
def test_who_may_read(cast: Cast, signed_in: SignedIn, key: str) -> None:
    client = signed_in(key)
    for path, readers in (
        ("/supervision/network", READERS),
        ("/supervision/rhythm", READERS),
        ("/supervision/columns", READERS | {"publisher"}),
    ):
        assert client.get(path).status_code == (200 if key in readers else 403)


def test_the_network_says_what_is_wrong_and_the_administrator_mends_it_in_one_click(
    app: Flask, cast: Cast, signed_in: SignedIn
) -> None:
    with app.app_context():
        coordinating, village = cast.unit("B01").id, cast.unit("C01").id
        reporter = cast.person("other_reporter")
        post = reporter.posts[0].id
        network.take_leave(SYSTEM, reporter, clock.today(), clock.today() + 3 * DAY, "做手术")
    page = signed_in("administrator").get("/supervision/network").text
    assert "没有专职信息员，一直空缺" in page
    assert f'href="/network/units/{coordinating}/posts/new?role=reporter"' in page
    assert f'href="/network/units/{coordinating}/posts/new?role=head"' in page
    assert f'href="/network/posts/{post}/cover"' in page
    assert f'href="/network/units/{village}/posts/new?role=reporter&amp;deputy=1"' in page
    seen = signed_in("coordinator").get("/supervision/network").text
    assert "系统管理员管系统：任命信息员" in shown(seen)
    assert "posts/new" not in seen
    assert "做手术" not in seen


def test_chips_narrow_the_page_to_one_sort(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    everything = shown(client.get("/supervision/network").text)
    assert "缺信息员 1" in everything
    assert "很久没动静 4" in everything
    silent = shown(client.get("/supervision/network?kind=silent").text)
    assert "李月娥最近登录：没有" in silent
    assert "一直空缺" not in silent
    assert "没有副手的单位" not in silent
    deputies = client.get("/supervision/network?kind=deputy").text
    assert "汤塘社区" in deputies
    assert "最近登录" not in deputies
    assert client.get("/supervision/network?kind=nosuch").status_code == 200
    assert "没有这一类" in client.get("/supervision/network?kind=ending").text


def test_a_sound_network_is_said_to_be_sound(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        keep_in_order(cast)
        with clock.stopped_at(clock.now() - DAY):
            network.appoint(SYSTEM, cast.person("second_head"), cast.unit("B01"), Role.HEAD, clock.today())
    for key in ("reporter", "other_reporter", "office_reporter", "office_head_reporter", "idler"):
        signed_in(key)
    page = shown(signed_in("principal").get("/supervision/network").text)
    assert "没有急的" in page
    assert "没有要处理的" in page
    assert "没有问题的单位" in page


def test_progress_and_the_desk_tell_the_same_numbers(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        a_submission(cast, State.SECOND_REVIEW)
        value = {**CATALOGUE["rhythm"].default, "listed": {"columns": ["洛洞村：通知公告", "没有的村：动态"]}}
        row = settings.propose(cast.actor("coordinator"), "rhythm", value, None, "试行")
        settings.confirm(cast.actor("leader"), row, row.version)
        column = cast.column("tzgg").id
    page = signed_in("coordinator").get("/supervision/rhythm").text
    assert "有 1 行认不出单位或栏目，没有算：</b>没有的村：动态" in page
    assert "5 个单位有报送要求，5 个还没报够" in shown(page)
    assert "本月还差 1 篇，已报 1 篇" in page
    desk = signed_in("reporter").get("/").text
    assert "本月还差 1 篇，已报 1 篇" in shown(desk)
    assert f"/submissions/new/blank?column={column}" in desk
    form = signed_in("reporter").get(f"/submissions/new/blank?column={column}").text
    assert re.search(rf'<option value="{column}" selected', form) or re.search(rf'value="{column}"[^>]*checked', form)
    assert signed_in("reporter").get("/submissions/new/blank?column=999999").status_code == 200


def test_who_reported_enough_is_listed_only_when_asked_for(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        for _ in range(2):
            a_submission(cast, State.SECOND_REVIEW)
    client = signed_in("auditor")
    assert "洛洞村" not in client.get("/supervision/rhythm").text
    assert "本月已报 2 篇，够数了" in client.get("/supervision/rhythm?all=1").text


def test_nothing_wanted_is_said(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context():
        keep_in_order(cast)
    assert "现在没有报送要求" in signed_in("coordinator").get("/supervision/rhythm").text


def test_columns_by_light_and_by_whom(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    with app.app_context(), clock.stopped_at(clock.now() - 20 * DAY):
        a_submission(cast, State.PUBLISHED, title="洛洞村开展冬种农技培训")
    page = shown(signed_in("coordinator").get("/supervision/columns").text)
    for words in ("超期没更新", "20 天没有更新，超期 6 天", "洛洞村开展冬种农技培训", "空白栏目", "还没有发布过信息"):
        assert words in page
    assert "没有信息员" in page
    assert "指定对口办公室" in page
    assert "指定对口办公室" not in shown(signed_in("publisher").get("/supervision/columns").text).replace(
        "没有指定对口办公室", ""
    )


def test_the_coordinator_owes_columns_and_the_administrator_seats(cast: Cast, signed_in: SignedIn) -> None:
    assert "“工作动态”是空白栏目" in signed_in("coordinator").get("/reminders").text
    assert "党政和人大办公室没有专职信息员" in signed_in("administrator").get("/reminders").text
    assert "按期报送" in signed_in("reporter").get("/reminders").text
    town = signed_in("coordinator").get("/reminders/town").text
    assert 'href="/supervision/network"' in town
