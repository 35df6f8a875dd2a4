"""Asking for the contents of an upload."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock

from town_portal.files.rules.contents.contents import Concern, Contents, Kind, from_plain
from town_portal.foundation.errors import Refused

PATIENCE = 8.0
"""Seconds a file may take; what was read by then is kept."""
_ROOT = Path(__file__).resolve().parents[3]
_ONE_AT_A_TIME = Lock()
_UNFINISHED = Concern(
    Kind.UNREAD,
    "文件",
    "没能读完",
    "这个文件太大或太复杂，机器没能读完，没读到的地方没有检查。请精简、拆开，或另存一份再传；一定要用的，请逐页人工核对。",
)


def contents_of(content: bytes, name: str) -> Contents:
    """What stands in an upload, read in another process within ``PATIENCE`` and 300 MiB.

    Passes on a refusal, in words for the clerk. A file that ends the reader gives what was read before, and the
    concern that the rest is unread. One file is read at a time, so that eight do not fill the memory.
    """
    with _ONE_AT_A_TIME:
        lines = _asked(json.dumps(name).encode() + b"\n" + content)
    told, done = [], False
    for line in lines:
        try:
            one = json.loads(line)
        except ValueError:  # cut off in the middle
            break
        if "refused" in one:
            raise Refused(one["refused"])
        if "done" in one:
            done = True
        else:
            told.append(one)
    contents = from_plain(told)
    return contents if done else Contents(contents.parts, (*contents.concerns, _UNFINISHED))


def _asked(given: bytes) -> list[bytes]:
    """The lines the other process wrote until it ended, or was ended."""
    kept = {key: os.environ[key] for key in ("PATH", "PYTHONPYCACHEPREFIX") if key in os.environ}
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "town_portal.files.apart.child"],
        cwd=_ROOT,
        env=kept,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            out, _ = process.communicate(given, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
    return out.splitlines()
