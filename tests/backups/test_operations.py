"""A backup while people write, and a house that stands again where nothing was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.builders import a_submission
from tests.cast import Cast
from tests.conftest import ON_POSTGRESQL, Databases, open_house
from tests.house.uploads import an_illustrated_item
from town_portal.audit import queries as trail
from town_portal.backups import operations as backups
from town_portal.backups import queries
from town_portal.config import Config
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.submissions.rules.lifecycle import State


@pytest.fixture
def config(app: Flask) -> Config:
    """Of the house under test."""
    found: Config = app.config["PORTAL"]
    return found


@pytest.fixture
def key(config: Config, town: Cast, tmp_path: Path) -> Path:
    """A key that lies outside of the data folder."""
    place = tmp_path / "usb" / "backup.key"
    place.parent.mkdir()
    backups.new_key(config, place)
    return place


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An empty machine: no tables, no files."""
    address = databases._empty(f"elsewhere_{tmp_path.name[-20:]}".lower().replace("-", "_"))
    house = open_house(tmp_path / "elsewhere", address)
    yield house
    with house.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)


def a_town_with_pictures(app: Flask, town: Cast) -> tuple[int, str]:
    """Items and uploads; the end of the trail."""
    a_submission(town, State.PUBLISHED)
    an_illustrated_item(app, town, State.DRAFT)
    db.session.rollback()
    return trail.head_seq(), trail.head_digest()


def test_without_a_key_nothing_is_made(config: Config, town: Cast) -> None:
    with pytest.raises(Refused, match="还没有备份密钥"):
        backups.make(config)
    assert backups.make_if_wanted(config, lambda: None) == 0
    with pytest.raises(Refused, match="还没有备份密钥"):
        backups.make_if_wanted(replace(config, production=True), lambda: None)


def test_a_key_lies_elsewhere_and_is_never_written_over(config: Config, town: Cast, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="不能放在数据文件夹里"):
        backups.new_key(config, config.data / "backup.key")
    place = tmp_path / "backup.key"
    backups.new_key(config, place)
    former = place.read_text()
    with pytest.raises(Refused, match="没有覆盖"):
        backups.new_key(config, place)
    with pytest.raises(Refused, match="换一个文件夹"):
        backups.new_key(config, tmp_path / "nowhere" / "key")
    assert place.read_text() == former
    assert place.stat().st_mode & 0o077 == 0
    assert len(queries.recipients(config)) == 1


def test_a_house_stands_again_on_an_empty_machine(
    app: Flask, config: Config, town: Cast, key: Path, elsewhere: Flask
) -> None:
    end = a_town_with_pictures(app, town)
    made = backups.make(config)
    uploads = {path.name: path.read_bytes() for path in config.files.glob("??/*")}
    assert uploads
    with elsewhere.app_context():
        there: Config = elsewhere.config["PORTAL"]
        manifest = backups.restore(there, made.path, key)
        assert manifest.seq == end[0] == made.seq
        assert (trail.head_seq(), trail.head_digest()) == end
        assert trail.verify().sound
        assert {path.name: path.read_bytes() for path in there.files.glob("??/*")} == uploads
        assert (there.keys / "checkpoint.key").read_bytes() == (config.keys / "checkpoint.key").read_bytes()
        assert not list(there.data.glob(".restoring-*"))
        a_submission(Cast(), State.DRAFT)  # the counters of new rows go on
        db.session.rollback()


def test_what_is_there_is_not_touched(app: Flask, config: Config, town: Cast, key: Path) -> None:
    end = a_town_with_pictures(app, town)
    made = backups.make(config)
    with pytest.raises(Refused, match="没有动它"):
        backups.restore(config, made.path, key)
    assert (trail.head_seq(), trail.head_digest()) == end


@pytest.mark.skipif(ON_POSTGRESQL, reason="a PostgreSQL database is put aside by its administrator")
def test_what_is_there_is_put_aside_when_asked(app: Flask, config: Config, town: Cast, key: Path) -> None:
    before = a_town_with_pictures(app, town)
    made = backups.make(config)
    a_submission(town, State.DRAFT)
    db.session.rollback()
    assert trail.head_seq() > before[0]
    backups.restore(config, made.path, key, instead=True)
    assert (trail.head_seq(), trail.head_digest()) == before
    [aside] = config.data.glob("before-restore-*")
    assert (aside / "files").is_dir()
    assert made.path.exists()


def test_a_backup_is_tried_without_touching_anything(app: Flask, config: Config, town: Cast, key: Path) -> None:
    end = a_town_with_pictures(app, town)
    made = backups.make(config)
    assert backups.verify(config, made.path, key).seq == end[0]
    assert not list(config.data.glob(".restoring-*"))
    assert (trail.head_seq(), trail.head_digest()) == end


def test_a_damaged_backup_or_a_wrong_key_restores_nothing(
    app: Flask, config: Config, town: Cast, key: Path, tmp_path: Path, elsewhere: Flask
) -> None:
    a_town_with_pictures(app, town)
    made = backups.make(config)
    other = tmp_path / "other.key"
    backups.new_key(replace(config, data=tmp_path / "x"), other)
    cut = tmp_path / "cut.backup"
    cut.write_bytes(made.path.read_bytes()[:-100])
    with elsewhere.app_context():
        there: Config = elsewhere.config["PORTAL"]
        for backup, by, words in (
            (made.path, other, "打不开"),
            (cut, key, "不完整"),
            (tmp_path / "none", key, "没有这份备份"),
            (made.path, tmp_path / "none", "密钥文件读不出来"),
        ):
            with pytest.raises(Refused, match=words):
                backups.restore(there, backup, by)
        assert not backups.occupied()
        assert not any(there.files.rglob("*"))
        assert not list(there.data.glob(".restoring-*"))


def test_an_upload_that_was_changed_makes_no_good_backup(app: Flask, config: Config, town: Cast, key: Path) -> None:
    a_town_with_pictures(app, town)
    for path in config.files.glob("??/*"):
        path.write_bytes(b"changed behind the back")
    made = backups.make(config)
    with pytest.raises(Refused, match="对不上"):
        backups.verify(config, made.path, key)


def test_a_second_place_gets_the_same_file(config: Config, town: Cast, key: Path, tmp_path: Path) -> None:
    second = tmp_path / "nas"
    config = replace(config, backup_copies=second)
    with pytest.raises(Refused, match="网络盘"):
        backups.make(config)
    second.mkdir()
    made = backups.make(config)
    assert (second / made.name).read_bytes() == made.path.read_bytes()
    assert made.name in queries.copied(config)


def test_old_ones_go_and_what_is_not_ours_stays(config: Config, town: Cast, key: Path) -> None:
    now = clock.now()
    foreign = config.backups / "holiday.backup"
    for day in range(12):
        with clock.stopped_at(now + timedelta(days=day)):
            backups.make(config)
            foreign.touch()
    left = queries.backups(config.backups)
    assert len(left) < 12
    assert left[0].made_at == now + timedelta(days=11)
    assert foreign.exists()


def test_a_full_disk_leaves_nothing_half_done(
    config: Config, town: Cast, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "room_left", lambda _folder: 10)
    with pytest.raises(Refused, match="磁盘空间不够"):
        backups.make(config)
    assert queries.backups(config.backups) == []
    assert not list(config.backups.glob(".draft-*"))


def test_what_a_dead_process_left_is_taken_away(config: Config, town: Cast, key: Path) -> None:
    config.backups.mkdir(parents=True)
    (config.backups / ".draft-dead").mkdir()
    (config.backups / ".draft-dead" / "half").write_bytes(b"x")
    backups.make(config)
    assert not list(config.backups.glob(".draft-*"))


def test_a_house_of_a_later_version_asks_for_an_upgrade(app: Flask, config: Config, town: Cast, key: Path) -> None:
    a_town_with_pictures(app, town)
    made = backups.make(config)
    with backups._unpacked(config, made.path, key) as (manifest, house), house.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("update alembic_version set version_num = '9999'")
        with pytest.raises(Refused, match="先升级系统"):
            backups._check(manifest, house)
        db.session.remove()
        db.engine.dispose()
