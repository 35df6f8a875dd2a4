"""Run check modules over a collection of lines and print hits, misses and false alarms.

``python -m tests.proofreading.visible MODULE [MODULE …] [--collection FILE]``; without FILE the lines
of ``visible.jsonl`` and the town's own report.
"""

import importlib
import json
import sys
from pathlib import Path

from tests.proofreading.say import LEXICON, day_of
from town_portal.proofreading.rules.finding import Finding
from town_portal.proofreading.rules.writing import Writing

HERE = Path(__file__).parent
FREE = 30


def main(words: list[str]) -> None:
    """Print what the modules hit, miss and wrongly say."""
    files = [HERE / "visible.jsonl", HERE / "report.jsonl"]
    if "--collection" in words:
        files = [Path(words[words.index("--collection") + 1])]
        words = words[: words.index("--collection")]
    modules = [importlib.import_module(f"town_portal.proofreading.rules.checks.{name}") for name in words]
    hit = missed = 0
    for line in (line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()):
        case = json.loads(line)
        context = case.get("ctx", {})
        writing = Writing(
            case["text"],
            day_of(context.get("publish_date")),
            context.get("title", ""),
            context.get("field") == "title",
            tuple(context.get("prior", ())),
            halfwidth_source=bool(context.get("halfwidth_source")),
        )
        said = [finding for module in modules for finding in module.check(writing, LEXICON)]
        for label in case["issues"]:
            right = next((one for one in said if matches(one, label)), None)
            hit += right is not None
            missed += right is None
            if right is not None:
                said.remove(right)
            else:
                print("miss ", label["category"], case["id"], case["text"][:80])
        for one in said:
            print("ALARM", one.family, case["id"], case["text"][one.start : one.end], "|", one.message)
    print(f"hit {hit}, missed {missed} (families of other modules are misses here)")


def matches(finding: Finding, label: dict[str, object]) -> bool:
    """Does a finding hit a label: same category, overlapping, not much longer?"""
    start, end = label["span"]  # type: ignore[misc]
    short = finding.end - finding.start <= end - start + FREE or label["category"] in ("near_dup", "missing_element")
    return finding.family.value == label["category"] and finding.start < end and start < finding.end and short


if __name__ == "__main__":
    main(sys.argv[1:])
