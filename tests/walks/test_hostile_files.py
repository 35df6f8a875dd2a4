"""Word files that nobody should send, sent to a real server: answered in words, soon, without filling the memory."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Databases
from tests.files.rules import word_samples as w
from tests.files.rules.word_samples import document, p, picture
from tests.http import Browser, Page, choice
from tests.walks.conftest import Stage, staged
from town_portal.audit import queries as trail
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.submissions import queries
from town_portal.submissions.models import Submission
from town_portal.submissions.rules import markup

pytestmark = [pytest.mark.slow, pytest.mark.one_engine]

MOST_SECONDS = 10
"""Of the server's computing: what the clock shows on a machine that does nothing else."""
MOST_MEGABYTES = 300
TEXT = p("今天上午，洛洞村清理水渠 1200 米。")


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all files: what it took for one it must not keep for the next."""
    yield from staged(databases, tmp_path_factory.mktemp("hostile"), ("reporter",))


@pytest.fixture(scope="module")
def reporter(stage: Stage) -> Browser:
    """The window of somebody who may send files."""
    return stage.browser("reporter")


def sent(browser: Browser, content: bytes, name: str) -> Page:
    """Choose the file on the page and send the form."""
    page = browser.get("/submissions/new/word")
    form = page.form("/submissions/word-files")
    filled = form.filled(counterpart_id=choice(page, "农业农村办公室"), event_on=clock.today().isoformat())
    return browser.send_file("/submissions/word-files", filled, ("file", name, content))


def peak(stage: Stage) -> float:
    """The most memory the server ever held, in megabytes."""
    assert stage.server.process is not None
    status = Path(f"/proc/{stage.server.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def busy(stage: Stage) -> float:
    """How long the server has computed, in seconds."""
    assert stage.server.process is not None
    figures = Path(f"/proc/{stage.server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")


def flat(mode: str, width: int, height: int, form: str) -> bytes:
    """A picture of one colour: few bytes, many pixels."""
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, form)
    return out.getvalue()


def packed(parts: dict[str, bytes | str]) -> bytes:
    """Everything packed as small as it goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def body(inside: str, before: str = "", pack: Callable[..., bytes] = w.archive) -> bytes:
    """A document whose main part is given whole; a large one is not packed, as a packed one is a bomb."""
    main = f"{before}<w:document {w.SPACES}><w:body>{inside}</w:body></w:document>"
    return pack({**w.parts(""), w.MAIN: main})


def with_part(name: str, content: bytes | str) -> bytes:
    """A document with one part more."""
    return packed({**w.parts(TEXT), name: content})


def in_front(words: bytes) -> bytes:
    """A file that is two things at once."""
    return words + document(TEXT)


def nested_archive() -> bytes:
    """An archive of archives of zeroes, named as a document."""
    inner = bytes(40_000_000)
    for _ in range(3):
        inner = packed({w.MAIN: inner})
    return inner


SHORT = "<w:p><w:r><w:t>一二三四五</w:t></w:r></w:p>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: with_part("word/media/a.bin", bytes(150_000_000)), "内部结构不正常"),
    "a bomb in the text": (lambda: body(TEXT + " " * 150_000_000, pack=packed), "内部结构不正常"),
    "an archive of archives": (nested_archive, "不是 Word 文件"),
    "entities of entities": (
        lambda: body(p("&l9;"), f'<!DOCTYPE d [<!ENTITY l0 "哈">{LAUGHS}]>'),
        "内部结构不正常",
    ),
    "an entity from outside": (lambda: body(p("&x;"), OUTSIDE), "内部结构不正常"),
    "macros": (lambda: with_part("word/vbaProject.bin", b"x"), "带有宏"),
    "a page that is a document too": (lambda: in_front(b"<html><script>alert(1)</script></html>"), "不是 Word 文件"),
    "a program that is a document too": (lambda: in_front(b"MZ\x90\x00"), "不是 Word 文件"),
    "a PDF that is a document too": (lambda: in_front(b"%PDF-1.7\n"), "是 PDF"),
    "a photo that is a document too": (lambda: flat("RGB", 9, 9, "JPEG") + document(TEXT), "不是 Word 文件"),
    "a place outside": (lambda: with_part("../../etc/cron.d/x", "x"), "内部结构不正常"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    "fifty thousand paragraphs": (lambda: body(SHORT * 50_000), "结构太复杂"),
    "as many as are read": (lambda: body(SHORT * 39_000), "太长"),
    "two million letters": (lambda: body(p("字" * 1_990_000)), "太长"),
    "a deep nest": (lambda: body("<w:tbl><w:tr><w:tc>" * 5_000 + TEXT + "</w:tc></w:tr></w:tbl>" * 5_000), "结构太复杂"),
    "a thousand photos": (
        lambda: document(TEXT + p(picture() * 1_000), {"a.png": w.image()}),
        "里有 1000 张图片，一篇最多 60 张",
    ),
}  # fmt: skip

HARMLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a flood of pixels": (
        lambda: document(TEXT + p(picture()), {"a.png": flat("1", 30_000, 30_000, "PNG")}),
        "图片 1 张打不开或太大，请另传",
    ),
    "sixty large pictures": (
        lambda: document(
            TEXT + "".join(p(picture(f"rId{n}")) for n in range(10, 70)),
            dict.fromkeys((f"{n}.png" for n in range(60)), flat("RGBA", 4_990, 5_000, "PNG")),
        ),
        "打不开或太大，请另传",
    ),
    "a picture from elsewhere": (
        lambda: document(
            TEXT + p(picture("rId90", way="r:link")),
            relations=w.relation("rId90", "image", "http://203.0.113.9/pixel.png", outside=True),
        ),
        "存在别的地方",
    ),
    "a script in the words": (
        lambda: document(TEXT + p(w.t("<script>alert(1)</script><img src=x onerror=alert(1)>"))),
        "保留",
    ),
    "a link that acts": (
        lambda: document(
            TEXT + p('<w:hyperlink r:id="rId90"><w:r><w:t>点这里</w:t></w:r></w:hyperlink>'),
            relations=w.relation("rId90", "hyperlink", "javascript:alert(1)", outside=True),
        ),
        "链接 1 个不是网页或邮箱地址",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_in_words(kind: str, stage: Stage, reporter: Browser) -> None:
    make, words = REFUSED[kind]
    content, before, began = make(), peak(stage), busy(stage)
    answer = sent(reporter, content, "简报.docx")
    assert answer.status == 422
    assert words in answer.text
    assert busy(stage) - began < MOST_SECONDS
    assert peak(stage) - before < MOST_MEGABYTES
    with stage.inside():
        assert db.session.query(Submission).filter(Submission.title.contains("简报")).count() == 0


@pytest.mark.parametrize("kind", HARMLESS)
def test_it_is_made_harmless_and_told(kind: str, stage: Stage, reporter: Browser) -> None:
    make, words = HARMLESS[kind]
    content, before, began = make(), peak(stage), busy(stage)
    answer = sent(reporter, content, "简报.docx")
    assert answer.status == 303
    assert busy(stage) - began < MOST_SECONDS
    assert words in reporter.get(answer.location).text
    assert peak(stage) - before < MOST_MEGABYTES
    with stage.inside():
        item = db.session.get_one(Submission, int(answer.location.split("/")[2]))
        report = queries.import_report(item.id)
        assert report is not None
        stored = item.revision.body_html  # type: ignore[union-attr]
        assert stored == markup.sanitised(stored)
        assert "<script" not in stored
        assert "javascript:" not in stored
        assert trail.verify().sound
