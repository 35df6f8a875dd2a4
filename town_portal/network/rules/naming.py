"""Names and codes of units and people, and the keys Chinese names sort by."""

import re

from town_portal.foundation.errors import Refused

# Surnames that read otherwise than the character does elsewhere.
SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "朴": "piao", "冼": "xian", "查": "zha",
    "任": "ren", "盖": "ge", "覃": "qin", "翟": "zhai", "缪": "miao", "乐": "yue", "华": "hua", "洗": "xian",
}  # fmt: skip


def check_code(code: str) -> str:
    """A unit's short code: one capital letter and two figures; Refused otherwise."""
    code = code.strip().upper()
    if not re.fullmatch(r"[A-Z][0-9]{2}", code):
        raise Refused("单位代码要一个字母加两位数字，如 B05、C12")
    return code


def check_division(code: str | None) -> str | None:
    """The twelve digits of the statistical division code of a village; None when there is none."""
    code = (code or "").strip()
    if code and not re.fullmatch(r"[0-9]{12}", code):
        raise Refused("区划代码要 12 位数字")
    return code or None


def check_unit_name(name: str, what: str = "单位名称", most: int = 30) -> str:
    """The name of a unit, 2 characters to ``most``; Refused when too short, too long or not in one line."""
    return _one_line(name, what, 2, most)


def check_person_name(name: str) -> str:
    """A person's name, 2—20 characters, without the blanks that forms put between two of them."""
    name = name.strip()
    if re.fullmatch(r"[㐀-鿿]\s+[㐀-鿿]", name):
        name = re.sub(r"\s+", "", name)
    name = _one_line(name, "姓名", 2, 20)
    if re.search(r"[0-9<>=+@]", name):
        raise Refused("姓名里不能有数字和符号")
    return name


def pinyin(name: str) -> str:
    """The key a name of a unit sorts by on every engine."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its 50 MB of readings are wanted only when a name is given

    return "".join(lazy_pinyin(name)).lower()


def pinyin_of_person(name: str) -> str:
    """The key a person's name sorts by: surnames as surnames."""
    if name[:1] in SURNAMES:
        return SURNAMES[name[0]] + pinyin(name[1:])
    return pinyin(name)


def _one_line(text: str, what: str, least: int, most: int) -> str:
    text = text.strip()
    if not text:
        raise Refused(f"请填{what}")
    if not least <= len(text) <= most:
        raise Refused(f"{what}要 {least}—{most} 个字，您写了 {len(text)} 个")
    if not text.isprintable():
        raise Refused(f"{what}里有看不见的字符，请重新输入")
    return text
