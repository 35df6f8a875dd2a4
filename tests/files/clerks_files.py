"""Ten Word files of the kinds village and office clerks send, built in code; every name and figure is invented.

Each comes as Word or WPS writes it: looks on every run, empty paragraphs for space, blanks for indents.
"""

import io
from functools import cache

from PIL import Image

from tests.files.rules import word_samples as w
from tests.files.rules.word_samples import cell, document, p, picture, row, t, table

FANG_SONG = '<w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312"/>'
BIG = '<w:rFonts w:eastAsia="方正小标宋简体"/>'
HEI = '<w:rFonts w:hint="eastAsia" w:ascii="黑体" w:eastAsia="黑体"/>'
KAI = '<w:rFonts w:hint="eastAsia" w:ascii="楷体" w:eastAsia="楷体_GB2312"/>'
INDENT = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
BLANK = p(more=INDENT)


def said(*words: str) -> str:
    """A paragraph of an official text: 仿宋 三号, indented."""
    runs = [word if word.startswith("<") else t(word, f'{FANG_SONG}<w:sz w:val="32"/>') for word in words]
    return p(*runs, more=INDENT)


def headline(*lines: str) -> str:
    """小标宋 二号, centred, one paragraph a line."""
    return "".join(p(t(line, f'{BIG}<w:sz w:val="44"/>'), align="center") for line in lines)


def first_rank(words: str) -> str:
    """黑体 三号, as a first heading is typed."""
    return p(t(words, f'{HEI}<w:sz w:val="32"/>'), more=INDENT)


def second_rank(words: str) -> str:
    """楷体 三号."""
    return p(t(words, f'{KAI}<w:sz w:val="32"/>'), more=INDENT)


def ended(*lines: str) -> str:
    """Who signs, and the day, at the right."""
    return "".join(p(t(line, f'{FANG_SONG}<w:sz w:val="32"/>'), align="right") for line in lines)


@cache
def phone_photo(number: int, kilobytes: int = 3000) -> bytes:
    """A photo of a phone: 12 million pixels where it weighs 3 MB, lying on its side, with the place it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "HUAWEI"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 43.0, 12.0), 3: "E", 4: (113.0, 31.0, 40.0)})
    side = (4000, 3000) if kilobytes >= 1000 else (1280, 960)
    out = io.BytesIO()
    grain = Image.effect_noise((side[0] // 2, side[1] // 2), 16).resize(side)
    colours = Image.merge("RGB", (grain, grain.point(lambda v: min(255, v + 8 * number)), grain.transpose(1)))
    colours.save(out, "JPEG", quality=83 if kilobytes >= 1000 else 80, exif=exif)
    return out.getvalue()


def meeting() -> bytes:
    """会议: a plain piece of news, title in two lines, the writer in brackets at the end."""
    return document(
        BLANK
        + headline("汤塘镇洛洞村召开", "2026年秋收冬种工作部署会")
        + BLANK
        + said(
            "　　11月16日上午，洛洞村在村委会二楼会议室召开秋收冬种工作部署会，村“两委”干部、各村民小组长共23人参加会议，"
        )
        + said(
            "　　会议传达了镇秋收冬种工作会议精神，通报了全村晚稻收割进度。截至11月15日，全村晚稻已收割 1 260 亩，占种植面积的84%。"
        )
        + said(
            "    会议要求，",
            w.bold("一要"),
            "抢抓晴好天气；",
            w.bold("二要"),
            "备足种子和肥料；",
            w.bold("三要"),
            "严禁露天焚烧秸秆。",
        )
        + BLANK
        + ended("（通讯员：李月娥）")
        + BLANK * 3
    )


def patrol() -> bytes:
    """巡查简报: a red letterhead with its number, a line, headings by hand, a box of readers at the end."""
    red = '<w:color w:val="FF0000"/>'
    return document(
        p(t("汤塘镇安全生产简报", f'{BIG}{red}<w:sz w:val="72"/>'), align="center")
        + p(t("第 18 期", f"{FANG_SONG}{red}<w:sz w:val='32'/>"), align="center")
        + p(t("汤塘镇应急管理办公室", FANG_SONG), "<w:r><w:tab/></w:r>", t("2026年11月12日", FANG_SONG))
        + p('<w:r><w:pict><v:line from="0,0" to="440,0" strokecolor="red"/></w:pict></w:r>')
        + headline("应急管理办公室开展冬季安全隐患排查")
        + said("11月10日至12日，应急管理办公室会同派出所、市场监管所，对镇区餐饮场所和出租屋开展安全巡查。")
        + first_rank("一、基本情况")
        + said("共检查餐饮场所18家、出租屋42栋，发现隐患27处，当场整改19处，限期整改8处。")
        + first_rank("二、存在问题")
        + second_rank("（一）消防通道被占")
        + said("个别出租屋楼梯口停放电动自行车。")
        + second_rank("（二）燃气软管老化")
        + said("3家餐饮场所的燃气软管超期使用。")
        + table(row(cell("报：镇党政领导班子成员", '<w:gridSpan w:val="2"/>')), row("送：各村（社区）", "共印50份")),
        header=p("内部资料  注意保存"),
        footer=p("— ", w.field(" PAGE ", t("1")), " —"),
        relations=w.relation("rId90", "header", "header.xml") + w.relation("rId91", "footer", "footer.xml"),
    )


def accounts() -> bytes:
    """财务公开: a wide table with merged heads, sums, the unit of money over it and the writers under it."""
    wide, tall, more = '<w:gridSpan w:val="3"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    lines = (("1", "土地承包款", "86400.00", "1", "环卫保洁员工资", "31200.00"),
             ("2", "鱼塘发包款", "24000.00", "2", "路灯电费", "4862.37"),
             ("3", "上级拨款", "50000.00", "3", "水渠维修", "38500.00"))  # fmt: skip
    return document(
        p(t("洛洞村2026年第三季度财务收支公开表", '<w:b/><w:sz w:val="36"/>'), align="center")
        + p(t("填报单位：洛洞村股份经济合作联合社"), "<w:r><w:tab/></w:r>", t("单位：元"))
        + table(
            row(cell("收入", wide), cell("支出", wide), cell("备注", tall)),
            row("序号", "项目", "金额", "序号", "项目", "金额", cell("", more)),
            *(row(*line, cell("", more) if n else cell("经村务监督委员会审核", tall)) for n, line in enumerate(lines)),
            row(
                cell("合计", '<w:gridSpan w:val="2"/>'),
                "160400.00",
                cell("合计", '<w:gridSpan w:val="2"/>'),
                "74562.37",
                "",
            ),
        )
        + p(t("负责人：黄　强　　　　　　审核人：李　芳　　　　　　制表人：李月娥"))
        + p(t("公开日期：2026年10月8日"), align="right")
    )


def activity() -> bytes:
    """活动: six photos of 3 MB straight from the phone, two and two in a table, captions under them."""
    ids = [f"rId{n}" for n in range(10, 16)]
    words = [
        "志愿者清扫村道",
        "清理河涌水面垃圾",
        "清运卫生死角",
        "向村民派发倡议书",
        "党员带头擦洗公共设施",
        "整治后的文化广场",
    ]
    rows = []
    for n in range(0, 6, 2):
        rows.append(row(*(cell(p(picture(each), align="center")) for each in ids[n : n + 2])))
        rows.append(row(*(cell(p(word, align="center")) for word in words[n : n + 2])))
    return document(
        headline("高岭村开展“清洁家园”志愿服务活动")
        + said("11月14日，高岭村组织党员、志愿者56人开展“清洁家园”志愿服务活动，清理卫生死角12处，清运垃圾3车。")
        + table(*rows)
        + ended("高岭村供稿"),
        {f"IMG_2026111{n}.jpg": phone_photo(n) for n in range(6)},
    )


def visit() -> bytes:
    """走访: floating photos with their captions in text boxes, and a box with the 'hot words' of the page."""
    box = '<w:jc w:val="center"/>'
    return document(
        p(t("情系困难户　走访暖人心", f'{BIG}<w:sz w:val="44"/>'), align="center")
        + said("11月9日，大埔村“两委”干部走访慰问辖区困难群众8户，送上大米、食用油等慰问品。")
        + p(picture("rId10"), w.text_box(p(t("图为走访脱贫户朱某家"), more=box)))
        + said("每到一户，村干部都详细询问身体状况和过冬准备。")
        + p(picture("rId11"))
        + p(w.text_box(p(t("图为了解低保户用电安全"), more=box)))
        + p(w.text_box(p(t("温馨提示：", "<w:b/>"), "烤火取暖请开窗通风。") + p("村委会电话见公示栏。"))),
        {"image1.jpeg": phone_photo(1, 200), "image2.jpeg": phone_photo(2, 200)},
    )


def marked_up() -> bytes:
    """领导改过的稿子: insertions, deletions, a moved sentence, comments, a struck and a coloured passage."""
    comment = '<w:commentRangeStart w:id="0"/>'
    return document(
        headline("围镇村开展防溺水宣传")
        + said("7月", w.deleted("8", "陈志明"), w.inserted("9", "陈志明"), "日，围镇村在", comment, t("文化广场"),
               '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', "开展防溺水宣传。")
        + said(w.inserted("活动共发放宣传单张200份，", "陈志明"), "入户走访", w.deleted("三十余", "陈志明"),
               w.inserted("36", "陈志明"), "户。")
        + said(w.deleted("领导高度重视，成效十分显著。", "陈志明"))
        + p(t("现场气氛热烈。", "<w:strike/>"), t("（此处人数请核实）", '<w:highlight w:val="yellow"/>')),
        comments='<w:comment w:id="0" w:author="林副镇长"><w:p><w:r><w:t>是文化广场还是祠堂前？请核实</w:t></w:r></w:p></w:comment>',
    )  # fmt: skip


def plan() -> bytes:
    """方案: numbers that Word draws on three levels, styled headings, a table of contents, a footnote."""
    families = (
        w.level(0, "chineseCountingThousand", "%1、")
        + w.level(1, "chineseCounting", "（%2）")
        + w.level(2, "decimal", "%3."),
    )

    def numbered(words: str, level: int) -> str:
        return w.item(words, 1, level, "<w:b/>" if level < 2 else "")

    return document(
        p(t("脉塘村人居环境整治工作方案"), style="title")
        + p(w.field(' TOC \\o "1-2" ', t("一、工作目标 1")), style="toc1")
        + said("为进一步改善村容村貌，制定本方案。")
        + numbered("工作目标", 0)
        + said("12月底前完成3个自然村整治", '<w:r><w:footnoteReference w:id="2"/></w:r>', "。")
        + numbered("主要任务", 0)
        + numbered("清理“三堆”", 1)
        + numbered("柴草堆统一搬到指定地点。", 2)
        + numbered("杂物堆由户主限期清走。", 2)
        + numbered("整治残垣断壁", 1)
        + numbered("保障措施", 0)
        + said("村“两委”干部分片包干，每周通报一次进度。"),
        numbering=w.numbering(*families),
        footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>指上围、下围、新屋三个自然村。</w:t></w:r></w:p></w:footnote>',
    )


def publicity() -> bytes:
    """公示: a list of people with masked numbers, a floating seal, contact lines, who signs at the right."""
    people = (
        ("1", "朱某明", "上围", "4418**********1234", "A类"),
        ("2", "黄某娣", "下围", "4418**********5678", "B类"),
    )
    return document(
        headline("关于拟新增低保对象的公示")
        + said("经本人申请、入户核查、民主评议，拟将以下人员纳入最低生活保障，现予公示。")
        + table(
            row("序号", "姓名", "村民小组", "身份证号", "类别", shape="<w:tblHeader/>"), *(row(*one) for one in people)
        )
        + said("公示期：2026年11月9日至11月15日（7天）。")
        + said("监督电话：0763-4318002")
        + ended("汤塘镇官山村村民委员会", "2026年11月9日　　")
        + p(
            '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:docPr id="3" name="公章"/><a:graphic><a:graphicData><pic:pic>'
            '<pic:blipFill><a:blip r:embed="rId10"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:anchor>'
            "</w:drawing></w:r>"
        ),
        {"seal.png": w.image(side=120)},
    )


def from_a_phone() -> bytes:
    """手机 WPS: one paragraph with soft breaks, blanks for indents, a sign of a symbol font, WPS's own parts."""
    return document(
        p(
            t("石门村开展森林防火巡查", '<w:rFonts w:hint="eastAsia"/><w:b/><w:bCs/><w:sz w:val="36"/>'),
            align="center",
            more='<w:pPr/><w:rPr><w:rFonts w:hint="default"/></w:rPr>',
        )
        + p(
            "<w:r><w:t xml:space='preserve'>    连日来天干物燥，石门村组织护林员巡山护林。</w:t><w:br/>"
            "<w:t xml:space='preserve'>　　✅劝返携带火种上山人员5人次；</w:t><w:br/>"
            "<w:t xml:space='preserve'>　　✅清理墓地周边可燃物3处。</w:t><w:br/><w:br/></w:r>"
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            t("做到人在林中、岗在山上。"),
        )
        + p(
            '<w:hyperlink r:id="rId20"><w:r><w:rPr><w:rStyle w:val="link"/></w:rPr><w:t>防火宣传视频</w:t></w:r></w:hyperlink>',
        )
        + p(picture("rId10"))
        + p(picture("rId11"))
        + p(t("护林员在山口检查站值守", '<w:sz w:val="21"/>'), align="center"),
        {"wps_1.jpg": phone_photo(3, 200), "wps_2.jpg": phone_photo(4, 200)},
        relations=w.relation("rId20", "hyperlink", "https://example.com/v/1", outside=True),
    )


def pasted() -> bytes:
    """从网页和旧文件拼起来的: a layout table, hidden text, an Excel object, an EMF chart, a field, odd blanks."""
    emf = b"\x01\x00\x00\x00" + bytes(84)
    return document(
        table(row(cell(p(t("四九村便民服务再升级", '<w:b/><w:sz w:val="36"/>'), align="center") + p("来源：村委会\u00a0\u00a0 时间：2026-11-13", align="center"))))
        + p(t("为方便群众办事，四九村党群服务中心推出“午间不断岗”服务。", '<w:color w:val="333333"/><w:shd w:fill="FFFFFF"/>'), t("隐藏的旧稿", "<w:vanish/>"))
        + p("今年以来共办理业务", w.field(" =SUM(A1:A3) ", t("1 286")), "件。\u200b")
        + p('<w:r><w:object><v:shape><v:imagedata r:id="rId10"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>')
        + p(picture("rId11"))
        + p("（见上图）各类业务占比"),
        {"ole.emf": emf, "chart.emf": emf},
    )  # fmt: skip


TEN = {
    "会议": meeting,
    "巡查简报": patrol,
    "财务公开": accounts,
    "活动照片": activity,
    "走访图文框": visit,
    "修订批注": marked_up,
    "自动编号方案": plan,
    "公示名单": publicity,
    "手机文档": from_a_phone,
    "拼贴稿": pasted,
}
