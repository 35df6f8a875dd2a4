"""The page 后台任务, the alarm on the desk, and one word of health for those outside."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import shown
from tests.statements import statements
from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.jobs import operations as jobs
from town_portal.jobs.rules.timetable import Job

SignedIn = Callable[[str], FlaskClient]
NOBODY = "后台任务没有在运行"


@pytest.fixture
def at_work(app: Flask, cast: Cast) -> None:
    """A worker that is alive and has done everything once."""
    config: Config = app.config["PORTAL"]
    with app.app_context():
        jobs.beat("m:1:ab", "服务器甲", inside=True, started_at=clock.now())
        for job in jobs.TIMETABLE:
            jobs.take(job, "m:1:ab", config)
        db.session.remove()


def test_the_page_tells_of_every_job_and_who_is_at_work(at_work: None, signed_in: SignedIn) -> None:
    for key in ("administrator", "auditor"):
        page = shown(signed_in(key).get("/jobs").text)
        assert all(job.label in page for job in jobs.TIMETABLE)
        for words in ("现在都正常", "服务器甲", "随网站运行", "每天 02:30", "有事就办，最少每 1 分钟看一次"):
            assert words in page
    assert signed_in("coordinator").get("/jobs").status_code == 403


def test_a_failure_stands_there_with_its_reason(at_work: None, app: Flask, signed_in: SignedIn) -> None:
    config: Config = app.config["PORTAL"]
    [sweep] = [job for job in jobs.TIMETABLE if job.name == "sweep"]
    broken = Job(name="sweep", label="", does=lambda _: 1 // 0, rhythm=sweep.rhythm, alarm=sweep.alarm)
    with app.app_context(), clock.stopped_at(clock.now() + timedelta(hours=1)):
        jobs.take(broken, "m:1:ab", config)
        db.session.remove()
    page = shown(signed_in("administrator").get("/jobs").text)
    for words in ("没办成，会再试", "程序出错（ZeroDivisionError）", "现在都正常"):
        assert words in page


def test_a_job_under_way_and_one_begun_again_are_shown(at_work: None, app: Flask, signed_in: SignedIn) -> None:
    verify = next(job for job in jobs.TIMETABLE if job.name == "verify")
    with app.app_context():
        now = clock.now()
        tomorrow = verify.rhythm.after(now)
        with clock.stopped_at(now - timedelta(hours=2)):
            assert jobs.claim(verify, tomorrow, "gone")
        assert jobs.claim(verify, tomorrow, "m:1:ab")
        db.session.remove()
    page = shown(signed_in("administrator").get("/jobs").text)
    assert "正在办" in page
    assert "第 2 次" in page


def test_nobody_at_work_is_an_alarm_everywhere(cast: Cast, client: FlaskClient, signed_in: SignedIn) -> None:
    assert NOBODY in shown(signed_in("administrator").get("/jobs").text)
    desk = shown(signed_in("administrator").get("/").text)
    assert NOBODY in desk
    assert "去看后台任务" in desk
    theirs = shown(signed_in("coordinator").get("/").text)
    assert f"{NOBODY}，定时发布这些事都停着。请告诉系统管理员。" in theirs.replace("停着。 ", "停着。")
    for key in ("reporter", "head", "leader", "auditor"):
        assert NOBODY not in signed_in(key).get("/").text
    answer = client.get("/health")
    assert (answer.status_code, answer.text, answer.mimetype) == (503, "degraded\n", "text/plain")


def test_all_is_well_and_says_so(at_work: None, client: FlaskClient, signed_in: SignedIn) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers
    for key in ("administrator", "coordinator"):
        desk = shown(signed_in(key).get("/").text)
        assert NOBODY not in desk
        assert "没有办成" not in desk


def test_a_job_without_success_for_too_long_is_an_alarm(
    at_work: None, app: Flask, client: FlaskClient, signed_in: SignedIn
) -> None:
    with clock.stopped_at(clock.now() + timedelta(minutes=6)):
        with app.app_context():
            jobs.beat("m:1:ab", "服务器甲", inside=True, started_at=clock.now())
            db.session.remove()
        assert client.get("/health").status_code == 503
        words = "后台任务“到点发布”已经超过 5 分钟没有办成。"
        assert words in shown(signed_in("coordinator").get("/").text)
        page = shown(signed_in("administrator").get("/jobs").text)
        assert words in page
        assert "太久没办成" in page
        assert NOBODY not in page


def test_a_database_that_does_not_answer_is_no_health(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("DROP TABLE worker_beat")
            connection.commit()
        db.session.remove()
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (503, "degraded\n")


def test_the_page_asks_little(at_work: None, signed_in: SignedIn) -> None:
    browser = signed_in("administrator")
    browser.get("/jobs")
    with statements() as asked:
        browser.get("/jobs")
    assert len(asked) <= 14
