import pytest

from tests.proofreading.say import LEXICON, found, silent
from tests.proofreading.traps import TRAPS
from tests.stopwatch import stopped
from town_portal.proofreading.rules.checks.confidences import check
from town_portal.proofreading.rules.writing import Writing

BAD = [
    "现将投诉人名册发给各村，请逐户上门沟通。",
    "本次反映问题的举报人是围镇村村民李某。",
    "检举人：陈某，家住菱塘村。",
    "镇派出所在该村的线人提供了赌博窝点的位置。",
    "派出所单线联系的信息员名单见附件。",
    "武装部营区设有固定哨2处，每两小时换岗一次。",
    "民兵应急分队领取81式步枪20支。",
    "该案进展暂不对外公布。",
    "名单仅限本群内传阅。",
    "收购底价由班子内部掌握。",
    "会议纪要看完即删。",
]
CLEAN = [
    "对举报人信息严格保密，不得泄露。",
    "建立信访人员台账，逐件跟踪办理。",
    "举报人须如实填写联系方式。",
    "围镇村的整治让村容村貌令人耳目一新。",
    "党史馆展出了当年部队哨所的照片和步枪3支。",
    "派出所收缴非法枪支2支。",
    "护林员在山口设立防火哨卡3处。",
    "图书室周一对外开放。",
    "谨防诈骗，要求看完即删的链接一律不要点。",
    "民兵参加防汛，领取铁锹20把。",
]


@pytest.mark.parametrize("text", BAD)
def test_what_must_not_go_out_is_found(text: str):
    assert found(check, text)


def test_everyday_sentences_pass():
    silent(check, CLEAN)
    silent(check, TRAPS)


@pytest.mark.parametrize(
    "sign",
    [
        "举报人",
        "举报人：",
        "李某",
        "派出所线人",
        "民兵",
        "部队",
        "哨位",
        "领取",
        "步枪",
        "进展",
        "不对外",
        "仅限",
        "内部掌握",
        "看完",
        "2",
    ],
)
def test_long_lines_of_one_sign_take_no_time(sign: str):
    """Twice as long takes about twice the time, not four times."""
    took = []
    for length in (20_000, 80_000):
        with stopped() as watch:
            list(check(Writing(f"派出所部队民兵设有{sign * (length // len(sign))}"), LEXICON))
        took.append(watch.seconds)
    assert took[1] < 8 * took[0] + 0.5
