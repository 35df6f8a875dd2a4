"""Count which words stand side by side in approved texts: ``python tools/usage.py FILE… > …/data/usage.txt``.

A file holds one JSON object a line with ``body`` (paragraphs) or ``text``. Blanks to be filled ({d}, {y}) are none of
their words. Beside them the shipped lists of phrases are counted.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from town_portal.proofreading.queries import shipped_terms
from town_portal.proofreading.rules import usage

LISTS = frozenset({"set_phrases", "slogans", "organs", "laws", "yearly_work"})


def _words_in(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield re.sub(r"\{[^}]*\}", "，", part)
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _words_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _words_in(inner)


def _texts(files: list[str]) -> Iterator[str]:
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            for key in ("title", "body", "text"):
                yield from _words_in(item.get(key, []))
    for term in shipped_terms():
        if term.kind in LISTS:
            yield term.words if term.kind != "organs" else term.right


if __name__ == "__main__":
    for line in usage.written(usage.counted(_texts(sys.argv[1:]))):
        print(line)
