"""Reading an upload in a process of its own: quick, small, and told in words, whatever the file tries."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files import hostile
from tests.files.rules.attachment_samples import ID_NUMBER, pdf, workbook
from town_portal.files.apart import parent
from town_portal.files.apart.parent import contents_of
from town_portal.files.rules.contents.contents import Kind
from town_portal.foundation.errors import Refused

MEBIBYTE = 1024 * 1024
MEASURED = """
import json, resource, sys, time
from pathlib import Path
from town_portal.files.apart.parent import contents_of
from town_portal.foundation.errors import Refused
content, began = Path(sys.argv[1]).read_bytes(), time.monotonic()
try:
    found = contents_of(content, "文件")
    told = {"kinds": [one.kind.value for one in found.concerns], "characters": found.characters}
except Refused as refusal:
    told = {"refused": refusal.reason}
took = time.monotonic() - began
print(json.dumps({**told, "seconds": took, "kibibytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}))
"""
NOT_WHOLE = {Kind.UNREAD.value, Kind.UNREADABLE.value, Kind.SCANNED.value}
ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_read() -> None:
    found = contents_of(workbook(["村", ID_NUMBER]), "名单.xlsx")
    assert [(part.place, part.words) for part in found.parts] == [("工作表“名单”", f"村\t{ID_NUMBER}")]
    assert found.concerns == ()


def test_a_refusal_comes_over_with_its_words() -> None:
    with pytest.raises(Refused, match="“表\n格.xlsx”这种文件不能传"):
        contents_of(b"MZ\0\0", "表\n格.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("build", hostile.HOSTILE)
def test_a_hostile_file_harms_nobody(build: Callable[[], bytes], tmp_path: Path) -> None:
    """Refused, or said to be unread; in less than ten seconds and 300 MiB, the interpreter included."""
    file = tmp_path / "file"
    file.write_bytes(build())
    done = subprocess.run([sys.executable, "-c", MEASURED, file], cwd=ROOT, capture_output=True, check=True)
    told = json.loads(done.stdout)
    print(build.__name__, round(told["seconds"], 1), told["kibibytes"] // 1024, told.get("refused") or told["kinds"])
    assert told["kibibytes"] * 1024 < 300 * MEBIBYTE
    assert told["seconds"] < 10
    assert "refused" in told or NOT_WHOLE & set(told["kinds"])


def test_what_was_read_before_the_end_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes too long is ended; its first sheet is told, and that the rest is not."""
    monkeypatch.setattr(parent, "PATIENCE", 1.5)
    found = contents_of(hostile.attributes(), "名单.xlsx")
    assert [part.words for part in found.parts] == ["洛洞村"]
    assert [one.words for one in found.concerns] == ["没能读完"]


def test_a_small_pdf_takes_no_time() -> None:
    began = time.monotonic()
    assert contents_of(pdf("公示的名单"), "公示.pdf").characters == 5
    assert time.monotonic() - began < 3
