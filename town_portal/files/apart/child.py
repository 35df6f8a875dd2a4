"""The process that reads one upload and ends: ``python -m town_portal.files.apart.child``.

In: a line of JSON with the name, then the bytes. Out: a line of JSON for every part and concern, as soon as it is
read; at last ``{"done": true}``, or ``{"refused": reason}``. No such end: it was killed, or ran out of memory.
"""

import json
import resource
import sys

from town_portal.files.rules.contents.contents import as_plain
from town_portal.files.rules.contents.reader import read
from town_portal.foundation.errors import Refused

MEMORY = 300 * 1024 * 1024
"""Bytes of address space, the interpreter included."""
CPU_SECONDS = 8


def main() -> None:
    """Read what stands on the input, within the limits."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    name = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for told in read(content, name):
            _tell(as_plain(told))
    except Refused as refusal:
        _tell({"refused": refusal.reason})
    except (MemoryError, RecursionError):
        sys.exit(1)
    else:
        _tell({"done": True})


def _tell(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
