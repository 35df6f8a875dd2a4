"""The batch command's work: lines in, findings out."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from town_portal.proofreading.rules.engine import CHECKS, Check, proofread
from town_portal.proofreading.rules.finding import Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing
from town_portal.proofreading.speller import open_speller


def checks(model: Path) -> tuple[Check, ...]:
    """Every check there is; the speller's with them where set-up could bring it."""
    speller = open_speller(model)
    return (*CHECKS, speller.check) if speller else CHECKS


def proofread_lines(lines: Iterable[str], lexicon: Lexicon, by: Iterable[Check] = CHECKS) -> Iterator[str]:
    """For every line ``{id, text, ctx?}`` the line ``{id, issues: [{category, span, severity, message, suggestion}]}``.

    ``ctx`` may carry publish_date, title, field ("title"), prior and halfwidth_source. Spans count code
    points of the given text.
    """
    asked = tuple(by)
    for line in lines:
        if line.strip():
            case = json.loads(line)
            found = proofread(writing_of(case["text"], case.get("ctx") or {}), lexicon, (), asked)
            yield json.dumps({"id": case["id"], "issues": [told(finding) for finding in found]}, ensure_ascii=False)


def writing_of(text: str, context: dict[str, Any]) -> Writing:
    """A text with what a line says about it."""
    day = context.get("publish_date")
    return Writing(
        text,
        date.fromisoformat(day) if day else None,
        title=context.get("title") or "",
        is_title=context.get("field") == "title",
        prior=tuple(context.get("prior") or ()),
        captions=tuple(context.get("captions") or ()),
        halfwidth_source=bool(context.get("halfwidth_source")),
    )


def told(finding: Finding) -> dict[str, Any]:
    """A finding as the batch command writes it."""
    return {
        "category": finding.family.value,
        "span": [finding.start, finding.end],
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }
