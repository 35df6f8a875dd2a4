"""The list of a folder."""

import pytest

from town_portal.exports.rules import manifest
from town_portal.exports.rules.manifest import ExportState, Manifest


def test_it_reads_what_it_wrote() -> None:
    one = Manifest({"b": "2", "a": "1"}, "2026-01-01", 7, "https://a.cn", ("https://b.cn",), ("坏",))
    assert manifest.read(one.written()) == one
    assert one.written().index(b'"a"') < one.written().index(b'"b"')


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": "x", "files": {}}', b'{"format": "town-portal-static/1"}']
)
def test_a_list_of_somebody_else_is_none(content: bytes) -> None:
    assert manifest.read(content) is None


def test_states_have_words() -> None:
    assert [state.label for state in ExportState] == ["等待制作", "已做好", "没做成"]
    assert len(manifest.digest(b"x")) == 64
