import pytest

from town_portal.proofreading.rules.values.identifiers import Kind, check_digit, identifiers, luhn


@pytest.mark.parametrize("number", ["441821197212128146", "44182119610310321X", "441821199308171228"])
def test_the_check_digit_of_an_id_card(number):
    assert check_digit(number[:17]) == number[17]


@pytest.mark.parametrize("number, holds", [("6228485406135895252", True), ("6228485406135895253", False)])
def test_the_check_digit_of_a_card(number, holds):
    assert luhn(number) is holds


@pytest.mark.parametrize(
    "text, expected",
    [
        ("身份证441821197212128146", [(Kind.ID_CARD, "441821197212128146")]),
        ("441821 19610310 321x", [(Kind.ID_CARD, "44182119610310321X")]),
        ("四四一八二一一九七二一二一二八一四六", [(Kind.ID_CARD, "441821197212128146")]),
        ("+86 135 9876 1234", [(Kind.MOBILE, "13598761234")]),
        ("幺三五九八七六幺二三四", [(Kind.MOBILE, "13598761234")]),
        ("卡号6228 4854 0613 5895 252", [(Kind.BANK_CARD, "6228485406135895252")]),
        (
            "441821197212128146 13598761234 6217004762007530",
            [
                (Kind.ID_CARD, "441821197212128146"),
                (Kind.MOBILE, "13598761234"),
                (Kind.BANK_CARD, "6217004762007530"),
            ],
        ),
        ("项目代码2020-441821-48-01-012345", []),
        ("统一社会信用代码91441821MA4W2B3C4D", []),
        ("佛府〔2026〕12号", []),
        ("粤ICP备2021012345号-1", []),
        ("公告编号441821202605120018", []),
        ("2026-05-12 19:30", []),
    ],
)
def test_numbers_are_told_apart(text, expected):
    assert [(number.kind, number.digits) for number in identifiers(text)] == expected


def test_places_are_those_of_the_text():
    text = "电话：135-9876-1234。"
    (number,) = identifiers(text)
    assert text[number.start : number.end] == "135-9876-1234"
