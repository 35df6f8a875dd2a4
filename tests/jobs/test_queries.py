"""What the page and the alarms are told."""

from datetime import timedelta

from flask import Flask

from tests.cast import Cast
from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.jobs import operations as jobs
from town_portal.jobs import queries
from town_portal.jobs.rules.timetable import Every, Job

MINUTE = timedelta(minutes=1)


def named(name: str, does: object = lambda _: 0, **given: object) -> Job:
    return Job(**{"name": name, "label": name, "does": does, "rhythm": Every(MINUTE), "alarm": 10 * MINUTE, **given})


def test_a_board_knows_the_last_success_and_the_last_failure_of_each(town: Cast, app: Flask) -> None:
    config: Config = app.config["PORTAL"]
    now, resting = clock.now(), named("resting", rest=5 * MINUTE, wanted=lambda _: False)
    table = (named("well"), named("broken", lambda _: 1 // 0), resting, named("new"))
    for minutes in range(3):
        with clock.stopped_at(now + minutes * MINUTE):
            for job in table[:3]:
                jobs.take(job, "w", config)
    with clock.stopped_at(now + 2 * MINUTE):
        well, broken, rests, new = queries.board(table)
    assert well.succeeded and well.succeeded.finished_at == now + 2 * MINUTE
    assert (well.failed, well.failing, well.late) == (None, False, False)
    assert broken.failed and (broken.succeeded, broken.failing) == (None, True)
    assert (rests.at_once, rests.next_at) == (True, now + 5 * MINUTE)
    assert (new.succeeded, new.under_way, new.late) == (None, None, False)


def test_alarms_name_what_is_wrong(town: Cast) -> None:
    now, table = clock.now(), (named("one"),)
    assert queries.alarms(table) == ["后台任务没有在运行，定时发布这些事都停着。"]
    jobs.beat("w", "m", inside=False, started_at=now)
    assert queries.alarms(table) == []
    with clock.stopped_at(now + 11 * MINUTE):
        jobs.beat("w", "m", inside=False, started_at=now)
        assert queries.alarms(table) == ["后台任务“one”已经超过 10 分钟没有办成。"]
