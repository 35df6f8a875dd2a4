"""分项: what may be said of figures beside a total."""

import pytest

from town_portal.proofreading.rules.values.figures import figures
from town_portal.proofreading.rules.values.parts import equal, opposed, overlapping, total_of


@pytest.mark.parametrize("text", ("男18人、女12人", "已办40件，剩12件", "线上15票，线下28票", "上午12人，下午15人"))
def test_two_sides_of_one_thing(text):
    assert opposed(figures(text))


@pytest.mark.parametrize("text", ("党员18人、妇女12人", "60岁以上18人、80岁以上3人", "党员18人、退役军人12人"))
def test_somebody_may_be_counted_twice(text):
    assert overlapping([one for one in figures(text) if one.unit == "人"])


@pytest.mark.parametrize("text", ("党员18人、群众12人", "男18人、女12人", "种植户18人、养殖户12人"))
def test_nobody_is_counted_twice(text):
    assert not overlapping(figures(text))


@pytest.mark.parametrize(
    "text, right", (("10万元，3.3万元、3.3万元、3.3万元", True), ("94件，47件、29件、17件", False))
)
def test_rounding_is_forgiven_counting_is_not(text, right):
    whole, *parts = figures(text)
    assert equal(total_of(parts), whole, parts) is right
