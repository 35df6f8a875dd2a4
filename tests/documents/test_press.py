"""The rendered page, measured: skipped, and said so, where this machine has no LibreOffice."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.documents.samples import PAPER
from town_portal.documents import press
from town_portal.documents.rules import layout
from town_portal.documents.rules.word import docx
from town_portal.foundation.errors import Refused

installed = pytest.mark.skipif(
    not press.able(), reason="LibreOffice (Debian: libreoffice-writer) is not installed: NO PAGE WAS RENDERED"
)
POINTS = layout.POINTS_PER_MM


@pytest.fixture(scope="module")
def printed() -> bytes:
    return press.pdf(docx(PAPER))


@installed
@pytest.mark.slow
def test_pages_are_a4_and_the_wide_annex_lies_across(printed: bytes) -> None:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(printed)).pages]
    sizes = [(round(float(box.width) / POINTS), round(float(box.height) / POINTS)) for box in boxes]
    assert set(sizes) == {(210, 297), (297, 210)}


Word = tuple[str, float, float, float, float]
"""The word, and its left, upper, right and lower edge in millimetres."""


@pytest.fixture(scope="module")
def words(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    """The words of each page with their places."""
    file = tmp_path_factory.mktemp("paper") / "paper.pdf"
    file.write_bytes(printed)
    text = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True).stdout
    found = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
    return [
        [(word, *(float(edge) / POINTS for edge in edges)) for *edges, word in found.findall(page)]  # type: ignore[misc]
        for page in text.split("<page ")[1:]
    ]


measured = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (Debian: poppler-utils) is not installed: NOTHING WAS MEASURED"
)


@installed
@measured
@pytest.mark.slow
def test_a_page_has_22_lines_of_28_characters(words: list[list[Word]]) -> None:
    full = next(page for page in words if sum(word[0].count("汉") for word in page) >= 28 * 20)
    lines = [word[0] for word in full if not set(word[0]) <= set("—0123456789")]
    assert len(lines) == layout.LINES
    assert {len(line) for line in lines if line.startswith("汉")} == {layout.CHARACTERS}


@installed
@measured
@pytest.mark.slow
def test_what_is_measured_on_the_rendered_page(words: list[list[Word]]) -> None:
    """Within the standard's ±1 mm; the type of this machine stands for the fonts it lacks."""
    first, second = words[:2]
    foot, one_in = layout.TOP + layout.TYPE_HEIGHT, layout.ONE_CHARACTER / 20 / POINTS
    mark = next(word for word in first if word[0].startswith("佛冈县汤塘镇"))
    assert abs(mark[2] - (layout.TOP + layout.MARK_FROM_TYPE)) < 1.5  # the edge of the type's box, not of its ink
    to = next(word for word in first if word[0].startswith("各村"))
    assert abs(to[1] - layout.BINDING) < 1
    body = next(word for word in second if word[0].startswith("汉汉"))
    assert abs(body[1] - layout.CUT) < 1  # the binding of an even page is on its right
    assert 0 <= second[0][2] - layout.TOP < layout.LINE_PITCH / layout.TWIPS_PER_MM / 2
    for page in (first, second):
        left, right = (word for word in page if word[0] == "—")
        assert abs((left[2] + left[4]) / 2 - (foot + layout.PAGE_NUMBER_BELOW)) < 1.2
        if page is first:
            assert abs(right[3] - (layout.PAGE_WIDTH - layout.CUT - one_in)) < 1.2
        else:
            assert abs(left[1] - (layout.CUT + one_in)) < 1.2
    imprint = next(word for word in words[-1] if word[0].endswith("印发"))
    assert foot - 10 < imprint[4] < foot + 1


@installed
@pytest.mark.slow
def test_the_same_bytes_are_printed_once(printed: bytes) -> None:
    before = press.pdf.cache_info().hits
    assert press.pdf(docx(PAPER)) is printed
    assert press.pdf.cache_info().hits == before + 1


def test_without_the_program_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not press.able()
    with pytest.raises(Refused, match="没有装 LibreOffice"):
        press.pdf(b"nothing printed before")


def test_a_press_that_fails_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="PDF 没有做成"):
        press.pdf(b"another")
