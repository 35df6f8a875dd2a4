"""列举: what is announced and what is named."""

import pytest

from town_portal.proofreading.rules.values.enumerations import enumerations

WRONG = (
    ("开设五门课程：甲、乙、丙、丁。", 5, 4),
    ("这4个自然村分别为上屋、下屋、新屋。", 4, 3),
    ("走访了石门村、田心村、大埔村四个村。", 4, 3),
    ("《宪法》《民法典》《森林法》《土地法》三部法律。", 3, 4),
    ("围绕“怎么看、怎么干、怎么管”四个问题展开讨论。", 4, 3),
    ("提出三点要求：一是认识；二是责任；三是督导；四是纪律。", 3, 4),
    ("设了内科、外科、中医科、口腔科五个诊台。", 5, 4),
    ("提出“三个坚持”：坚持党建引领，坚持群众主体。", 3, 2),
    ("四个文件，即《甲》《乙》《丙》。", 4, 3),
)
RIGHT = (
    "开设五门课程：甲、乙、丙、丁、戊。",
    "走访了石门村、田心村等四个村。",
    "走访石门村、田心村和大埔村三个村。",
    "镇党委、政府组织石门村、田心村两个村开会。",
    "三个方面：抓宣传、抓整治和抓长效。",
    "由党政和人大办公室、应急管理办公室两个办公室负责。",
    "活动分为三个阶段：宣传（3月1日—15日）、实施（4月）、总结（5月）。",
    "《民法典》《森林法》等5部法律法规。",
    "三点要求：一是认识；二是责任；最后，要抓落实。",
)


@pytest.mark.parametrize("text, said, named", WRONG)
def test_more_or_fewer_than_announced(text, said, named):
    (one,) = [one for one in enumerations(text) if one.wrong]
    assert (one.said, one.least) == (said, named)


@pytest.mark.parametrize("text", RIGHT)
def test_as_many_as_announced_or_not_to_be_counted(text):
    assert not [one for one in enumerations(text) if one.wrong]
