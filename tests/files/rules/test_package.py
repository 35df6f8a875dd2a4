"""Packages told as a stream: local names, limits, and nothing that would be fetched or unfolded."""

import pytest

from tests.files.rules import attachment_samples as a
from tests.files.rules.word_samples import document, p
from town_portal.files.rules import package as rules
from town_portal.files.rules.contents.office import Values
from town_portal.files.rules.package import Package
from town_portal.foundation.errors import Refused

PART = "word/more.xml"


def opened(words: str) -> Package:
    """A package with one more part."""
    return Package(a.rezipped(document(p("文")), {PART: words}), "稿.docx", ".docx")


def test_a_stream_tells_local_names() -> None:
    listener = Values("b")
    space = f'xmlns:r="{a.OFFICE}/officeDocument/2006/relationships"'
    package = opened(f'<x:a xmlns:x="urn:x" {space}><x:b id="1" r:id="rId9">词<c/>后</x:b></x:a>')
    assert package.stream(PART, listener)
    assert listener.found == [("b", {"id": "1", "r_id": "rId9"}, "词后")]


def test_a_part_that_is_not_there_has_nothing_to_tell() -> None:
    listener = Values("a")
    assert opened("<a/>").stream("word/nothing.xml", listener)
    assert listener.found == []


def test_the_main_part_is_the_one_the_package_names() -> None:
    assert opened("<a/>").main_part() == "word/document.xml"
    assert (
        Package(a.rezipped(a.workbook(["村"]), {"_rels/.rels": a.relations()}), "表.xlsx", ".xlsx").main_part() is None
    )


def test_limits_end_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    package = opened("<a>" + "<b/>" * 20 + "</a>")
    assert package.stream(PART, Values("b"))
    monkeypatch.setattr(rules, "MOST_STREAMED", 30)
    listener = Values("b")
    assert not package.stream(PART, listener)
    assert len(listener.found) == 8  # the limit is that of the file: 21 were told before


def test_depth_ends_a_stream() -> None:
    assert not opened("<a>" * 200 + "</a>" * 200).stream(PART, Values("b"))


@pytest.mark.parametrize(
    "words", ["<a", "<a></b>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<!DOCTYPE a><a/>", "词"]
)
def test_what_is_no_plain_xml_is_refused(words: str) -> None:
    with pytest.raises(Refused, match="内部结构不正常，请用 Word 或 WPS 打开，另存为一份新的 .docx 再传"):
        opened(words).stream(PART, Values("a"))
