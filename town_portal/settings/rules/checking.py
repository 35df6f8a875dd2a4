"""Is this a value the setting may take? The catalogue says which fields there are and their bounds.

A form sends text for every dotted path; ``build`` makes the value of it. ``check`` judges a whole
value, wherever it came from.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from town_portal.foundation.errors import Refused
from town_portal.settings.rules.catalogue import CATALOGUE, Field, Key

MOST_TEXT = 200
WHOLE = 100
MOST_LINES = 30
TIME = r"([01]\d|2[0-3]):[0-5]\d"
PLACEHOLDERS = frozenset({"org", "year", "serial"})


def key_of(name: str) -> Key:
    """The setting of this name; Refused when there is none."""
    if name not in CATALOGUE:
        raise Refused(f"没有“{name}”这项设置。")
    return CATALOGUE[name]


def build(key: Key, texts: Mapping[str, str]) -> dict[str, Any]:
    """The value that typed text (path → text) stands for; Refused for what is not in the catalogue."""
    value: dict[str, Any] = {}
    for field in key.fields:
        text = texts.get(field.path, "")
        if not _left_out(field, text if not field.beside else texts.get(field.beside, "")):
            put(value, field.path, read(field, text))
    check(key, value)
    return value


def _left_out(field: Field, text: str) -> bool:
    """A number that may be missing and was left empty, or what would stand beside one."""
    return field.optional and (field.kind == "number" or bool(field.beside)) and not text.strip()


def read(field: Field, text: str) -> Any:
    """What one field's text stands for; Refused with words for that field."""
    text = text.strip()
    if field.kind == "lines":
        found: Any = [line.strip() for line in text.splitlines() if line.strip()]
    elif field.kind == "number":
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise Refused(f"“{field.label}”要写整数")
        found = int(text)
    else:
        found = text
    check_field(field, found)
    return found


def check(key: Key, value: Mapping[str, Any]) -> None:
    """Refused unless the value has exactly the key's fields, each within its bounds."""
    given = leaves(value)
    wanted = {field.path for field in key.fields}
    if unknown := sorted(given.keys() - wanted):
        raise Refused(f"“{key.label}”里没有“{'”“'.join(unknown)}”这一项。")
    for field in key.fields:
        if field.path in given:
            if field.beside and field.beside not in given:
                raise Refused(f"“{key.label}”里有“{field.label}”，没有数。")
            check_field(field, given[field.path])
        elif not field.optional or field.kind in ("text", "address", "lines") or field.beside in given:
            raise Refused(f"“{key.label}”缺“{field.label}”。")
    _check_order(key, given)
    if key.shares and (whole := sum(given.values())) != WHOLE:
        raise Refused(f"各项合计要是 {WHOLE}，现在是 {whole}。")


def check_field(field: Field, value: Any) -> None:
    """Refused unless one field's value is of its kind and within its bounds."""
    match field.kind:
        case "number":
            _check_number(field, value)
        case "lines":
            _check_lines(field, value)
        case "choice":
            if value not in dict(field.choices):
                raise Refused(f"“{field.label}”请从列出的里面选一个")
        case "time":
            if not isinstance(value, str) or not re.fullmatch(TIME, value):
                raise Refused(f"“{field.label}”要写成 08:30 这样")
        case "address":
            _check_text(field, value)
            if value and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?", value):
                raise Refused(f"“{field.label}”要以 https:// 或 http:// 开头，只写到域名（和端口）为止")
        case _:
            _check_text(field, value)


def leaves(value: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Dotted path → scalar or list."""
    found: dict[str, Any] = {}
    for name, part in value.items():
        if isinstance(part, Mapping):
            found |= leaves(part, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = part
    return found


def put(value: dict[str, Any], path: str, part: Any) -> None:
    """Set what stands at a dotted path."""
    *folders, last = path.split(".")
    for folder in folders:
        value = value.setdefault(folder, {})
    value[last] = part


def _check_number(field: Field, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"“{field.label}”要写整数")
    least, most = field.least, field.most
    if (least is not None and value < least) or (most is not None and value > most):
        raise Refused(f"“{field.label}”要在 {_bounds(least, most)}")


def _bounds(least: int | None, most: int | None) -> str:
    if least is None:
        return f"{most} 以内"
    return f"{least} 以上" if most is None else f"{least}—{most} 之间"


def _check_lines(field: Field, value: Any) -> None:
    if (
        not isinstance(value, list)
        or not all(isinstance(line, str) and line.strip() for line in value)
        or not (value or field.optional)
    ):
        raise Refused(f"“{field.label}”至少要有一行")
    if len(value) > MOST_LINES or any(len(line) > MOST_TEXT for line in value):
        raise Refused(f"“{field.label}”最多 {MOST_LINES} 行，每行最多 {MOST_TEXT} 个字")
    if len(set(value)) != len(value):
        raise Refused(f"“{field.label}”有重复的行，请删去")


def _check_text(field: Field, value: Any) -> None:
    if not isinstance(value, str) or not (value.strip() or field.optional):
        raise Refused(f"请写“{field.label}”")
    if len(value) > MOST_TEXT:
        raise Refused(f"“{field.label}”最多 {MOST_TEXT} 个字")
    if field.path == "pattern":
        names = re.findall(r"\{(\w*)\}", value)
        if set(names) - PLACEHOLDERS or len(names) != value.count("{") or len(names) != value.count("}"):
            raise Refused(f"“{field.label}”里只能用 {{org}}、{{year}}、{{serial}}")
        if not {"year", "serial"} <= set(names):
            raise Refused(f"“{field.label}”里要有 {{year}} 和 {{serial}}，否则会重号")


def _check_order(key: Key, given: Mapping[str, Any]) -> None:
    """Times of one setting follow each other in the order of the catalogue, or at least differ."""
    times = [field for field in key.fields if field.kind == "time"]
    for earlier, later in pairwise(times):
        if key.over_midnight:
            if given[earlier.path] == given[later.path]:
                raise Refused(f"“{later.label}”不能和“{earlier.label}”一样")
            continue
        if given[earlier.path] >= given[later.path]:
            raise Refused(f"“{later.label}”要晚于“{earlier.label}”")
