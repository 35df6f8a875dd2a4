import pytest

from tests.proofreading.say import LEXICON, found, silent
from town_portal.proofreading.rules.checks.hidden_signs import check
from town_portal.proofreading.rules.writing import Writing

BAD = [
    "全镇\u200b防汛",
    "全镇\u00a0防汛",
    "防汛\ufeff物资",
    "\ufeff\ufeff全镇",
    "防\u200d汛",
    "防汛\ue004物资",
    "\uf0b7防汛物资",
    "防汛\ufffd物资",
    "防汛\ufffc",
    "<o:p></o:p>全镇防汛",
    "全镇防汛mso-bidi-font-size:12.0pt;",
    "全镇&nbsp;防汛",
    "全镇&nbsp防汛",
    "会议&ldquo;三会一课&rdquo;",
    "全镇\u3000防汛物资已储备到位，各村注意。",
    "近日，\u3000镇政府召开会议。",
    "会议强调。\u3000下一步，将继续推进各项工作。",
    "锟斤拷锟斤拷",
    "烫烫烫烫",
    "\u00e4\u00bd \u00e5\u00a5\u00bd，镇政府",
    "镇长\u00e2\u20ac\u0153强调\u00e2\u20ac",
    "鏂囦欢已下发",
    "姹\u3085闀囨斂搴",
    "防汛\u000b物资",
    "防汛\u0007物资",
    "防汛\u2028物资",
    "\u2f00、\u2f2f作情况",
    "防汛\u202e物资",
    '<span style="font-family:宋体">全镇</span>',
    "<font color=red>重点",
    "全镇防汛。<br>下一步",
    "</p>全镇防汛",
    "全镇\u3164防汛",
    "\\u6c64\\u5858镇",
    "%E6%B1%A4%E5%A1%98镇",
    "下一步\\n各村",
    'class="MsoNormal"',
    "<!--[if gte mso 9]>",
    "全镇\u2003防汛",
    "全镇\u00ad防汛",
    "\u00e9\u2022\u2021\u00e6”\u00bf\u00e5\u00ba\u0153",
    "\u00c3\u00a6\u00c2\u00b1\u00c2\u00a4",
    "&#160;全镇",
    "StartFragment",
    "font-family:仿宋_GB2312;",
    "全镇防\ufe0f汛",
    "全镇\U000f0001",
    "\u00ef\u00bb\u00bf全镇",
]


@pytest.mark.parametrize("text", BAD)
def test_it_is_found(text):
    assert found(check, text)
    assert {family for family, _ in found(check, text)} == {"hidden_junk"}


GOOD = [
    "\u3000\u3000全镇防汛物资已储备到位。",
    "全镇防汛物资已储备到位。",
    "第一章\u3000总则",
    "第一条\u3000为了规范工作，制定本办法。",
    "主持人：黎文澍\u3000记录：陈志明",
    "参加：王\u3000芳、李\u3000明、陈志强。",
    "通\u3000知",
    "关\u3000于\u3000召\u3000开",
    "附件：1.名单\n\u3000\u3000\u30002.方案",
    "汤塘镇人民政府\n\u3000\u3000\u3000\u3000\u3000\u30002026年5月8日",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467一家",
    "\u2764\ufe0f感谢",
    "http://www.fogang.gov.cn/a?x=%E6%B1%A4%E5%A1%98",
    "A&B公司",
    "caf\u00e9",
    "25\u2103",
    "<p>全镇防汛物资已储备到位。</p>",
    "<p>全镇<strong>防汛</strong></p>",
    "Q&A",
    "5 月 8 日",
    "内部资料 严禁外传",
    "\ufeff全镇",
    "一、\u3000总体情况如下，请查阅。",
    "表1\t2026年",
    "“联通”公司",
    "第1\n\u3000\u30002",
    "面积\u22655亩，温度\u00b12\u2103",
    "时间：6月8日\u3000地点：镇文化站",
    "\uffe5500",
    "\u2460\u2461\u2462",
    "\u00bd",
    "\u03b1、\u03b2射线",
    "鑫森淼焱垚",
    "联系人：陈生\u3000电话：0763-4630012",
    "汤塘镇\u3000石角镇",
]


def test_other_texts_stay_silent():
    silent(check, GOOD)


def test_hostile_text_is_read_quickly():
    for sign in (
        "<",
        "&",
        "\u3000",
        "全\u3000",
        "\u200b",
        "%",
        "锟",
        "鏂",
        "&nbsp",
        "<o:p>",
        "mso-",
        "\\\\u",
        "\u00e4",
        "<span ",
    ):
        assert list(check(Writing(sign * (100_000 // len(sign))), LEXICON)) is not None
