"""Ten files as clerks send them: what the page shows beside what the paper showed."""

import re
from functools import cache

import pytest

from tests.files.clerks_files import TEN
from town_portal.files.rules.word_file import Imported, read


@cache
def of(name: str) -> Imported:
    """What one of the ten gives."""
    return read(TEN[name](), f"{name}.docx")


def words(name: str) -> list[str]:
    """Its paragraphs without marks."""
    return [
        re.sub(r"<[^>]*>", "", line) for line in re.findall(r"<(?:p|h2|h3|li)\b.*?</(?:p|h2|h3|li)>", of(name).html)
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("会议", "汤塘镇洛洞村召开2026年秋收冬种工作部署会"),
        ("巡查简报", "应急管理办公室开展冬季安全隐患排查"),
        ("财务公开", "洛洞村2026年第三季度财务收支公开表"),
        ("活动照片", "高岭村开展“清洁家园”志愿服务活动"),
        ("走访图文框", "情系困难户　走访暖人心"),
        ("修订批注", "围镇村开展防溺水宣传"),
        ("自动编号方案", "脉塘村人居环境整治工作方案"),
        ("公示名单", "关于拟新增低保对象的公示"),
        ("手机文档", "石门村开展森林防火巡查"),
        ("拼贴稿", "四九村便民服务再升级"),
    ],
)
def test_the_title_is_found_and_stands_once(name: str, title: str) -> None:
    assert of(name).title == title
    assert title not in of(name).html


@pytest.mark.parametrize("name", TEN)
def test_nothing_of_the_looks_comes_over(name: str) -> None:
    assert not re.search(r"style=|font|mso|<span|&nbsp;|\u00a0|　　[^　]{0,4}11月|<p></p>", of(name).html)


def test_a_meeting() -> None:
    first, *_, last = words("会议")
    assert first.startswith("11月16日上午，洛洞村在村委会")
    assert last == "（通讯员：李月娥）"
    assert '<p class="ta-right">（通讯员：李月娥）</p>' in of("会议").html
    assert of("会议").html.count("<strong>") == 3


def test_a_patrol_with_a_letterhead() -> None:
    assert "<h2>一、基本情况</h2>" in of("巡查简报").html
    assert "<h3>（一）消防通道被占</h3>" in of("巡查简报").html
    assert "页眉、页脚" in of("巡查简报").report.dropped
    assert "标题上面的文字 3 段" in of("巡查简报").report.warnings[0]


def test_a_table_of_accounts() -> None:
    table = of("财务公开").html
    assert '<tr><td colspan="3">收入</td><td colspan="3">支出</td><td rowspan="2">备注</td></tr>' in table
    assert '<td rowspan="3">经村务监督委员会审核</td>' in table
    assert table.count("<tr>") == 6
    for figure in ("86400.00", "4862.37", "160400.00", "74562.37"):
        assert figure in table


def test_six_photos_in_a_table() -> None:
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", of("活动照片").html)
    assert captions == [
        "志愿者清扫村道",
        "清理河涌水面垃圾",
        "清运卫生死角",
        "向村民派发倡议书",
        "党员带头擦洗公共设施",
        "整治后的文化广场",
    ]
    assert "<table" not in of("活动照片").html
    assert [len(photo) > 2_500_000 for photo in of("活动照片").pictures] == [True] * 6


def test_captions_in_boxes() -> None:
    assert re.findall(r"<figcaption>(.*?)</figcaption>", of("走访图文框").html) == [
        "图为走访脱贫户朱某家",
        "图为了解低保户用电安全",
    ]
    assert words("走访图文框")[-2:] == ["温馨提示：烤火取暖请开窗通风。", "村委会电话见公示栏。"]
    assert "文本框 1 个：里面的字已放到正文末尾" in of("走访图文框").report.changed


def test_what_a_leader_changed() -> None:
    assert words("修订批注")[:2] == [
        "7月9日，围镇村在文化广场开展防溺水宣传。",
        "活动共发放宣传单张200份，入户走访36户。",
    ]
    assert "领导高度重视" not in of("修订批注").html
    warnings = "\n".join(of("修订批注").report.warnings)
    for told in (
        "修订：已按“接受修订”处理，新增 3 处、删除 3 处",
        "批注 1 条没有带进来：林副镇长：",
        "带删除线的文字 1 处",
        "标了底色的文字 1 处",
    ):
        assert told in warnings


def test_numbers_word_draws() -> None:
    assert re.findall(r"<h[23]>(.*?)</h[23]>", of("自动编号方案").html) == [
        "一、工作目标", "二、主要任务", "（一）清理“三堆”", "（二）整治残垣断壁", "三、保障措施",
    ]  # fmt: skip
    assert "<ol><li>柴草堆统一搬到指定地点。</li><li>杂物堆由户主限期清走。</li></ol>" in of("自动编号方案").html
    assert words("自动编号方案")[-1] == "注：指上围、下围、新屋三个自然村。"
    assert of("自动编号方案").report.dropped == ["目录"]


def test_a_list_of_people_with_a_seal() -> None:
    assert "<th>身份证号</th>" in of("公示名单").html
    assert '<p class="ta-right">2026年11月9日</p>' in of("公示名单").html
    assert any("公章" in line for line in of("公示名单").report.warnings)


def test_typed_on_a_phone() -> None:
    assert words("手机文档")[:4] == [
        "连日来天干物燥，石门村组织护林员巡山护林。", "✅劝返携带火种上山人员5人次；", "✅清理墓地周边可燃物3处。", "√做到人在林中、岗在山上。",
    ]  # fmt: skip
    assert '<a href="https://example.com/v/1">防火宣传视频</a>' in of("手机文档").html
    assert "<figcaption>护林员在山口检查站值守</figcaption>" in of("手机文档").html


def test_put_together_from_elsewhere() -> None:
    assert "今年以来共办理业务1 286件。" in words("拼贴稿")
    assert "隐藏的旧稿" not in of("拼贴稿").html
    told = of("拼贴稿").report
    assert "隐藏的文字 1 处没有带进来：隐藏的旧稿" in told.warnings
    assert any("EMF" in line for line in told.dropped)
    assert any("Excel" in line for line in told.dropped)
    assert any("排版的表格 1 个" in line for line in told.changed)
