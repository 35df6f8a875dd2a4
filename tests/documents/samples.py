"""A paper with everything in it."""

from datetime import date

from town_portal.documents.rules.paper import Annex, Heading, Paper, Paragraph, Table

RANKING = Table(
    ("名次", "单位", "得分"),
    tuple((str(place), f"第{place}村", f"{100 - place}.5") for place in range(1, 41)),
    (1, 4, 2),
    frozenset({1}),
)

PAPER = Paper(
    mark="佛冈县汤塘镇党政和人大办公室文件",
    number="汤信公〔2026〕3号",
    title="关于2026年第三季度全镇政府信息公开工作情况的通报",
    to="各村（社区）、各办公室",
    blocks=(
        Heading("基本情况"),
        Heading("总体情况", 2),
        Paragraph("全镇31个单位共报送195条。"),
        Heading("数量", 3),
        Heading("办公室", 4),
        Heading("村", 4),
        Heading("存在问题"),
        Heading("不及时", 2),
        Paragraph("汉" * 28 * 44, flush=True),
    ),
    annexes=(
        Annex("2026年第三季度排名", (RANKING,)),
        Annex("2026年第三季度评分明细", (RANKING,), across=True),
        Annex("零报送单位名单", (Table(("序号", "单位"), (("1", "甲村"),)),)),
    ),
    signed="佛冈县汤塘镇党政和人大办公室",
    on=date(2026, 10, 9),
    note="此件公开发布",
    proof=("留痕核验：共 1234 条，链尾校验值：", "0123456789abcdef" * 4),
    copies="镇党委、政府、人大领导班子成员，县政务服务和数据管理局，县档案馆",
    printed_by="汤塘镇党政和人大办公室",
    printed_on=date(2026, 10, 10),
)
