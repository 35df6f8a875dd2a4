import pytest

from tests.proofreading.say import found, silent
from tests.proofreading.traps import TRAPS
from town_portal.proofreading.rules.checks.private_rows import check

BAD = [
    "姓名|出生年月|致贫原因\n欧水生|1958.3|因病",
    "|户主|所在村|家庭住址|\n|---|---|---|\n|陈树根|菱塘村|菱塘村上围组17号|",
    "学生姓名\t学校\t健康状况\n林小航\t汤塘中心小学\t地中海贫血",
    "姓名 性别 残疾类别\n冯德贵 男 视力一级",
    "对象|矫正类别|期限\n黄志强|缓刑|一年",
]
GOOD = [
    "姓名|致贫原因\n陈某根|因病\n李**|因残",
    "姓名|出生年月|学历|拟任职务\n陈树根|1985.3|本科|镇党建工作办公室副主任",
    "姓名|所在村|补贴金额（元）\n陈树根|菱塘村|1200",
    "户主|家庭住址\n陈树根|菱塘村",
    "单位|地址\n镇便民服务中心|汤塘圩建设路1号",
    "姓名|残疾等级\n陈树根|——",
]


@pytest.mark.parametrize("text", BAD)
def test_it_is_found(text):
    assert found(check, text)


def test_others_stay_silent():
    silent(check, GOOD)
    silent(check, TRAPS)
