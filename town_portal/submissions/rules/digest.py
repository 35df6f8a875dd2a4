"""The digest a signature holds for: title, text, attachments, column, and all that is published."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

FIELDS = (
    "title",
    "column_id",
    "event_on",
    "body_html",
    "importance",
    "urgency",
    "urgency_reason",
    "attribute",
    "attribute_reason",
    "secrecy_cleared",
    "source",
    "counterpart_id",
    "cross_unit_id",
)


def digest_of(fields: Mapping[str, Any], files: Iterable[tuple[str, str, str]]) -> str:
    """SHA-256 over an item's fields and its files as (kind, shown name, sha256), in order.

    Changing one character, one picture or the name of one attachment changes it.
    """
    content = [[name, str(fields[name]) if fields[name] is not None else None] for name in FIELDS]
    text = json.dumps([content, [list(file) for file in files]], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
