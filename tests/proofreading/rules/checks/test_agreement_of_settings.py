"""前后一致, where and when an event is, and whose a thing is: what is said, and what is left alone."""

import pytest

from tests.proofreading.articles import ARTICLES
from tests.proofreading.say import found
from town_portal.proofreading.rules.checks.agreement_of_settings import check

BAD = (
    ("4月16日上午，镇妇联在镇政府三楼会议室举办讲座。讲座现场设在镇文化站一楼，座无虚席。", "", "镇文化站一楼"),
    ("活动在镇文化广场举行，由镇妇联主办。下午四时，镇中心小学操场上的活动在掌声中结束。", "", "镇中心小学操场"),
    (
        "会议通知\n一、时间：4月9日上午9时\n二、要求：请各村提前十分钟签到，会议于当日上午10时准时开始。",
        "",
        "于当日上午10时准时开始",
    ),
    ("石门村的长者饭堂开张满月。老人们都夸，田心村长者饭堂的饭菜软烂可口。", "石门村长者饭堂满月记", "田心村"),
    ("走进陈伯的果园，花香扑面而来。“那年砍了三百多棵，心疼啊！”林伯一边说，一边挂诱虫板。", "", "林伯"),
    ("|项目|数额|\n|---|---|\n|村集体全年收入|38.6万元|\n说明：本表全年收入36.8万元，含物业出租。", "", "36.8万元"),
)
GOOD = (
    ("讲座在镇政府三楼会议室举行。会后，学员们来到镇文化站一楼参观书画展。", ""),
    ("活动在镇文化广场举行。分会场设在田心村文化室，两地同时开展。", ""),
    ("会议在镇政府四楼会议室召开。会场设在四楼会议室，请提前入场。", ""),
    ("一、时间：4月9日下午3时\n二、要求：请于当日15时准时参加会议。", ""),
    ("一、时间：4月9日上午9时\n二、要求：请于上午8时50分前签到。", ""),
    ("石门村的长者饭堂和田心村的长者饭堂都开了张，田心村长者饭堂离学校更近。", "石门村长者饭堂满月记"),
    ("石门村代表队以78:72战胜田心村代表队，夺得冠军。", "石门村代表队夺冠"),
    ("石门村党支部开展结对活动，邀请田心村党支部的老党员讲课。", "石门村党支部结对共建"),
    ("陈伯的果园和林伯的果园挨在一起。“那年砍了三百多棵！”林伯说，陈伯在一旁点头。", ""),
    ("陈伯在门口择菜。邻居林伯一边说，一边帮着搬凳子。", ""),
    ("村集体全年收入38.6万元，比上年全年收入36.8万元增加1.8万元。", ""),
    ("办公用品全年支出12.3万元，维修全年支出13.2万元。", ""),
)


@pytest.mark.parametrize(("text", "title", "wrong"), BAD)
def test_two_tellings_are_found(text: str, title: str, wrong: str):
    assert ("inconsistent", wrong) in found(check, text, title=title)


@pytest.mark.parametrize(("text", "title"), GOOD + ARTICLES)
def test_what_may_both_be_true_is_left_alone(text: str, title: str):
    assert found(check, text, title=title) == []


def test_a_title_is_not_read():
    assert found(check, BAD[0][0], is_title=True) == []
