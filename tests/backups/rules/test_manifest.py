"""The list in a backup."""

from datetime import UTC, datetime

import pytest

from town_portal.backups.rules.manifest import BadBackup, Entry, Manifest, allowed, compare, read

ENTRIES = {"database.sqlite": Entry(3, "aa"), "files/ab/abcd": Entry(4, "bb")}
MANIFEST = Manifest(
    made_at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    revision="0023",
    engine="sqlite",
    seq=7,
    root="cc",
    entries=ENTRIES,
)


def test_what_is_written_is_read() -> None:
    assert read(MANIFEST.words().encode()) == MANIFEST


@pytest.mark.parametrize("words", [b"", b"[]", b"{}", b'{"form": 1}', b"\xff", b"null"])
def test_what_is_no_list_is_refused(words: bytes) -> None:
    with pytest.raises(BadBackup, match="清单读不出来"):
        read(words)


def test_a_later_form_asks_for_an_upgrade() -> None:
    with pytest.raises(BadBackup, match="先升级系统"):
        read(MANIFEST.words().replace('"form": 1', '"form": 2').encode())


def test_exactly_what_is_listed() -> None:
    compare(MANIFEST, dict(ENTRIES))
    for found, words in (
        ({"database.sqlite": ENTRIES["database.sqlite"]}, "少了"),
        ({**ENTRIES, "files/ab/more": Entry(1, "dd")}, "多出"),
        ({**ENTRIES, "files/ab/abcd": Entry(4, "changed")}, "内容对不上"),
    ):
        with pytest.raises(BadBackup, match=words):
            compare(MANIFEST, found)


@pytest.mark.parametrize(
    "name", ["database.sqlite", "files/ab/abcd-12", "keys/sealing.key", "checkpoints/000000000012.txt"]
)
def test_names_of_ours(name: str) -> None:
    assert allowed(name)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "files/../keys/x", "files/./x", "../x", "other/x", "files", "files/a b", "database.sqlite/x", ""],
)
def test_no_other_name_comes_in(name: str) -> None:
    assert not allowed(name)
