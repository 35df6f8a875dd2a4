"""Which backups there are."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from town_portal.backups import queries
from town_portal.config import Config
from town_portal.foundation import clock


def config(folder: Path) -> Config:
    """A house with its data in a folder."""
    return Config(data=folder, database="", secret_key="x")


def lay(folder: Path, name: str, *, size: int = 3, hours_ago: float = 1) -> None:
    """A backup with its note, as one would write it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"abc")
    made_at = clock.now() - timedelta(hours=hours_ago)
    note = {"made_at": made_at.isoformat(), "size": size, "sha256": "aa", "seq": 5, "root": "", "revision": "0023"}
    (folder / f"{name}.json").write_text(json.dumps(note))


def test_the_newest_comes_first_and_broken_notes_are_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, "old.backup", hours_ago=30)
    lay(tmp_path, "new.backup")
    lay(tmp_path, "cut.backup", size=9, hours_ago=2)
    for name, words in (("a.backup.json", "{"), ("b.backup.json", "[]"), ("c.backup.json", '{"size": "x"}')):
        (tmp_path / name).write_text(words)
    found = queries.backups(tmp_path)
    assert [(one.name, one.whole) for one in found] == [
        ("new.backup", True),
        ("cut.backup", False),
        ("old.backup", True),
    ]
    assert queries.backups(None) == queries.backups(tmp_path / "none") == []


def test_a_backup_is_overdue_after_26_hours(tmp_path: Path) -> None:
    house = config(tmp_path)
    assert queries.overdue(house)
    lay(house.backups, "one.backup", hours_ago=27)
    lay(house.backups, "cut.backup", size=9, hours_ago=1)
    assert queries.overdue(house)
    lay(house.backups, "two.backup", hours_ago=25)
    assert not queries.overdue(house)


def test_what_lies_in_both_places(tmp_path: Path) -> None:
    house = replace(config(tmp_path), backup_copies=tmp_path / "nas")
    lay(house.backups, "one.backup")
    assert queries.copied(house) == set()
    lay(tmp_path / "nas", "one.backup")
    assert queries.copied(house) == {"one.backup"}


def test_keys_and_room(tmp_path: Path) -> None:
    house = config(tmp_path)
    assert queries.recipients(house) == []
    house.keys.mkdir()
    (house.keys / queries.RECIPIENTS).write_text("age1a\nage1b\n")
    assert queries.recipients(house) == ["age1a", "age1b"]
    assert queries.room_left(tmp_path) > 0
