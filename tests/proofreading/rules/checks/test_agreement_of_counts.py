"""Numbers told a second time as known."""

import pytest

from tests.proofreading.say import found, silent
from town_portal.proofreading.rules.checks.agreement_of_counts import check


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("升平村召开村民代表大会，52名代表到会。表决时，62名代表全部赞成。", "62名"),
        ("镇里送去棉被120床。这210床棉被由爱心企业捐赠。", "210床"),
        ("义诊队看诊97人次。午饭时分，队长翻了翻登记簿，79人次，一个不少。", "79人次"),
        ("建设项目总投资420万元，于去年动工。项目总投资402万元由县、镇两级承担。", "402万元"),
    ],
)
def test_another_number_of_what_is_known(text: str, wrong: str):
    assert found(check, text) == [("inconsistent", wrong)]


@pytest.mark.parametrize(
    "text",
    [
        "52名代表到会，38名代表发了言，表决时52名代表全票通过。",
        "计划培训200人，实际到课186人，186人全部取得结业证书。",
        "去年全村种荔枝1200亩，今年新种300亩，1500亩荔枝连成一片。",
        "路面由3.5米拓宽到5米，两侧增设错车台4处。",
        "上午组织18名志愿者清扫街道，下午又有25名志愿者到河边捡拾垃圾。",
    ],
)
def test_other_facts_stay_silent(text: str):
    silent(check, [text])
