from datetime import date

import pytest

from tests.proofreading.say import LEXICON
from town_portal.proofreading.rules.values.festivals import (
    festivals_in,
    lunar_month_length,
    lunar_of,
    solar_terms,
    year_names,
)

TERMS = LEXICON.of("festivals", date(2026, 5, 1))


def festival(words):
    return next(iter(festivals_in(words, TERMS))).festival


@pytest.mark.parametrize("name, year, day", [
    ("春节", 2026, (2, 17)), ("除夕", 2026, (2, 16)), ("元宵节", 2026, (3, 3)), ("清明节", 2026, (4, 5)), ("端午节", 2026, (6, 19)),
    ("端午节", 2025, (5, 31)), ("七夕", 2026, (8, 19)), ("中秋节", 2026, (9, 25)),
    ("重阳节", 2026, (10, 18)), ("腊八节", 2026, (1, 26)),
    ("冬至", 2026, (12, 22)), ("国庆节", 2026, (10, 1)), ("母亲节", 2026, (5, 10)),
    ("父亲节", 2026, (6, 21)), ("全国助残日", 2026, (5, 17)),
    ("全国中小学生安全教育日", 2026, (3, 30)), ("中国农民丰收节", 2026, (9, 23)), ("小寒", 2026, (1, 5)),
])  # fmt: skip
def test_the_day_of_a_festival(name, year, day):
    assert festival(name).days(year) == {date(year, *day)}


def test_every_line_of_the_list_can_be_computed():
    for term in TERMS:
        assert festival(term.words).days(2026), term


def test_names_are_found_with_quotation_marks_and_the_longest_wins():
    found = [one.festival.name for one in festivals_in("“六一”国际儿童节、三八国际妇女节、端午", TERMS)]
    assert found == ["六一国际儿童节", "三八国际妇女节", "端午"]


def test_a_long_holiday_and_its_eve():
    spring = festival("春节")
    assert spring.lasts_to(date(2026, 2, 16)) and spring.lasts_to(date(2026, 2, 23))
    assert not spring.lasts_to(date(2026, 2, 15)) and not festival("端午节").lasts_to(date(2026, 6, 20))


def test_lunar_facts():
    assert lunar_of(date(2026, 2, 17)) == (1, 1)
    assert festival("端午").lunar_days() == ((5, 5),)
    assert festival("除夕").lunar_days() == ((12, 29), (12, 30))
    assert lunar_month_length(2025, 12) == 29
    assert solar_terms(2026)["立春"] == date(2026, 2, 4)
    assert year_names(2026) == ("丙午", "马")


def test_a_year_beyond_the_tables_has_no_days():
    assert festival("端午").days(3000) == frozenset()
