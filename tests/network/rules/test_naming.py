"""Names, codes and the keys they sort by."""

import pytest

from town_portal.foundation.errors import Refused
from town_portal.network.rules import naming


def test_codes_are_tidied() -> None:
    assert naming.check_code(" b05 ") == "B05"


@pytest.mark.parametrize("code", ["", "5B", "BB05", "B5", "B055", "办01"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(Refused, match="一个字母加两位数字"):
        naming.check_code(code)


def test_division_codes_have_twelve_digits_or_are_absent() -> None:
    assert naming.check_division("441821102201") == "441821102201"
    assert naming.check_division("") is None
    assert naming.check_division(None) is None
    with pytest.raises(Refused, match="12 位"):
        naming.check_division("4418211022")


def test_person_names() -> None:
    assert naming.check_person_name("李 四") == "李四"
    assert naming.check_person_name(" 买买提·艾力 ") == "买买提·艾力"


@pytest.mark.parametrize("name", ["", "李", "李" * 21, "李=四", "李4", "李\n四四", "李\u200b四"])
def test_other_person_names_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        naming.check_person_name(name)


@pytest.mark.parametrize("name", ["", "办", "办" * 31])
def test_unit_names_have_a_length(name: str) -> None:
    with pytest.raises(Refused):
        naming.check_unit_name(name)


def test_surnames_sort_as_surnames() -> None:
    assert naming.pinyin_of_person("曾若谷").startswith("zeng")
    assert naming.pinyin_of_person("单小雨").startswith("shan")
    assert naming.pinyin_of_person("张三") == "zhangsan"
    assert naming.pinyin("洛洞村") == "luodongcun"
