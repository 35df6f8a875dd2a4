"""What the parts of a model text may be."""

from dataclasses import dataclass

from town_portal.foundation.errors import Refused
from town_portal.model_texts.rules.blanks import unseen
from town_portal.model_texts.rules.kind import EventKind

LONGEST_NAME = 20
LONGEST_TITLE = 60
LONGEST_BODY = 5_000
LONGEST_HINT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A model text as plain values. The body is typed lines, as in an editor without script."""

    kind: EventKind
    name: str
    title: str
    body: str
    hint: str = ""
    column_id: int | None = None


def checked(wording: Wording) -> Wording:
    """The same without blanks at the ends. Refused: too short, too long, or a gap nobody would catch if it were left."""
    parts = {name: getattr(wording, name).strip() for name in ("name", "title", "body", "hint")}
    limits = (("name", "名称", LONGEST_NAME), ("title", "标题", LONGEST_TITLE), ("body", "正文", LONGEST_BODY))
    for field, label, most in limits:
        if not 0 < len(parts[field]) <= most:
            raise Refused(f"{label}要有 1—{most} 个字。")
    if len(parts["hint"]) > LONGEST_HINT:
        raise Refused(f"提示最多 {LONGEST_HINT} 个字。")
    if left := [*unseen(parts["title"]), *unseen(parts["body"])]:
        raise Refused(
            f"空格{'、'.join(dict.fromkeys(left))}留着不填，校对也查不出来。"
            "请换成【时间】【地点】【人数】这样的名称，并且不要放在一行的开头。"
        )
    return Wording(kind=wording.kind, column_id=wording.column_id, **parts)
