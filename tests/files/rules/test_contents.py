"""Attachments as they come: every word is found, wherever it hides; what is wrong by itself is said."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.files.rules import attachment_samples as a
from tests.files.rules import word_samples as w
from tests.files.rules.attachment_samples import ID_NUMBER, pdf, slides, workbook
from tests.files.rules.word_samples import deleted, document, field, inserted, p, row, t, table, text_box
from town_portal.files.rules.contents import contents as limits
from town_portal.files.rules.contents.contents import Concern, Contents, Kind, Part, all_plain, from_plain, listed
from town_portal.files.rules.contents.reader import read
from town_portal.files.rules.contents.sheets import column_name, column_number, shown
from town_portal.foundation.errors import Refused

NAMES = {b"%PDF": "文件.pdf", b"PK\x03\x04": "文件.xlsx"}


def contents(content: bytes) -> Contents:
    """Everything read in a file."""
    told = list(read(content, NAMES.get(content[:4], "文件.jpg")))
    return Contents(
        tuple(one for one in told if isinstance(one, Part)), tuple(one for one in told if isinstance(one, Concern))
    )


def words(content: bytes) -> dict[str, str]:
    """The words by place."""
    return {part.place: part.words for part in contents(content).parts}


def kinds(content: bytes) -> list[Kind]:
    """The kinds of concerns, in order."""
    return [one.kind for one in contents(content).concerns]


def concern(content: bytes, kind: Kind) -> Concern:
    """The one concern of a kind."""
    (found,) = [one for one in contents(content).concerns if one.kind is kind]
    return found


# -- tables


def test_a_table_is_read_row_by_row() -> None:
    found = contents(workbook(["村", "人数", None], [], ["洛洞村", 12, None], ["合计", 12.5, "元"]))
    assert found.concerns == ()
    (part,) = found.parts
    assert part.place == "工作表“名单”"
    assert part.words == "村\t人数\t\n洛洞村\t12\t\n合计\t12.5\t元"
    assert part.place_of(part.words.index("洛")) == "工作表“名单”第 3 行 A 列"
    assert part.place_of(part.words.index("元")) == "工作表“名单”第 4 行 C 列"


def test_values_stand_as_people_see_them() -> None:
    book = workbook([13812345678, 0.1 + 0.2, date(2026, 2, 3), True, "两\n行\t字"])
    assert words(book)["工作表“名单”"] == "13812345678\t0.3\t2026年2月3日\t是\t两 行 字"


@pytest.mark.parametrize(
    ("kept", "told"),
    [("1.3800000142E10", "13800000142"), ("12.50", "12.5"), ("0", "0"), ("1E400", "1E400"), ("NaN", "NaN"), ("x", "x")],
)
def test_a_kept_number_as_people_see_it(kept: str, told: str) -> None:
    assert shown(kept, None) == told


@pytest.mark.parametrize(("kept", "told"), [("46327", "2026年11月1日"), ("0.5", "0.5"), ("99999999", "99999999")])
def test_a_kept_day_as_people_see_it(kept: str, told: str) -> None:
    assert shown(kept, date(1899, 12, 30)) == told


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_columns_have_letters(letters: str, number: int) -> None:
    assert (column_number(letters), column_name(number)) == (number, letters)


@pytest.mark.parametrize(("state", "place"), [("hidden", "隐藏的"), ("veryHidden", "深度隐藏的")])
def test_a_hidden_sheet_is_read_and_said(state: str, place: str) -> None:
    book = workbook(["村"], change=a.draft_sheet(state))
    assert words(book)[f"{place}工作表“底稿”"] == f"张三\t{ID_NUMBER}"
    said = concern(book, Kind.HIDDEN)
    assert "底稿" in said.place
    assert "取消隐藏" in said.message


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    def hide(book) -> None:
        for number in (2, 3, 5):
            book["名单"].row_dimensions[number].hidden = True
        book["名单"].column_dimensions["C"].hidden = True

    book = workbook(*[[f"行{number}", "乙", ID_NUMBER] for number in range(1, 6)], change=hide)
    (part,) = contents(book).parts
    assert part.place_of(part.words.index("行2")) == "工作表“名单”隐藏的第 2 行 A 列"
    assert part.place_of(part.words.index(ID_NUMBER)) == "工作表“名单”第 1 行 隐藏的 C 列"
    rows, columns = contents(book).concerns
    assert "第 2—3、5 行是隐藏或筛选掉的" in rows.message
    assert "C 列是隐藏的" in columns.message


def test_an_empty_hidden_sheet_is_no_matter() -> None:
    assert kinds(workbook(["村"], change=a.draft_sheet("hidden", []))) == []


def test_comments_of_a_table() -> None:
    book = workbook(["村", "人"], ["洛洞", "张三"], change=a.commented)
    assert words(book)["工作表“名单”批注（王某）"] == "此人电话13812345678，先不要公开"
    assert concern(book, Kind.COMMENTS).message.startswith("有 1 条批注（王某）")


def test_what_was_deleted_but_stayed_in_the_file() -> None:
    book = a.excel(["村", "人数"], ["洛洞", 12])
    assert words(book) == {"工作表“名单”": "村\t人数\n洛洞\t12"}
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        strings = file.read("xl/sharedStrings.xml").decode()
    left = a.rezipped(
        book, {"xl/sharedStrings.xml": strings.replace("</sst>", f"<si><t>张三{ID_NUMBER}</t></si></sst>")}
    )
    assert words(left)["已删除但还留在文件里的文字"] == f"张三{ID_NUMBER}"
    assert kinds(left) == [Kind.HIDDEN]


def test_a_pivot_table_keeps_its_source() -> None:
    kept = f'<pivotCacheRecords xmlns="{w.OFFICE}/spreadsheetml/2006/main"><r><s v="张三"/><n v="5"/></r></pivotCacheRecords>'
    book = a.rezipped(workbook(["村"]), {"xl/pivotCache/pivotCacheRecords1.xml": kept})
    assert words(book)["数据透视表里存着的原始数据"] == "张三\n5"
    assert concern(book, Kind.HIDDEN).place == "数据透视表"


def test_a_sheet_no_tab_shows_is_read_too() -> None:
    sheet = f'<worksheet xmlns="{w.OFFICE}/spreadsheetml/2006/main"><c t="str"><v>藏着的</v></c></worksheet>'
    assert "藏着的" in words(a.rezipped(workbook(["村"]), {"xl/worksheets/sheet9.xml": sheet}))["文件里没有显示的部分"]


def test_links_to_other_files() -> None:
    rels = (
        f'<Relationships xmlns="{a.RELATIONS}"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{w.OFFICE}/officeDocument/2006/relationships/externalLinkPath" Target="file:///D:/李月娥/底稿.xlsx"/>'
        f'<Relationship Id="rId2" TargetMode="External" Target="http://a.cn/x" '
        f'Type="{w.OFFICE}/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    book = a.rezipped(workbook(["村"]), {"xl/externalLinks/_rels/externalLink1.xml.rels": rels})
    assert concern(book, Kind.OUTSIDE).words == "file:///D:/李月娥/底稿.xlsx"
    assert words(book)["链接地址"] == "http://a.cn/x"


def test_properties_and_their_people() -> None:
    def sign(book) -> None:
        book.properties.creator = "李月娥"
        book.properties.title = "内部名单"

    book = workbook(["村"], change=sign)
    assert words(book)["文件属性：作者"] == "李月娥"
    assert words(book)["文件属性：标题"] == "内部名单"
    assert concern(book, Kind.AUTHOR).words == "李月娥"


def test_files_inside_are_said_and_read() -> None:
    inside = workbook(["身份证号"], [ID_NUMBER])
    doc = document(p("见图"))
    doc = a.rezipped(doc, {"word/embeddings/Sheet1.xlsx": inside, "word/embeddings/oleObject1.bin": b"\0" * 9})
    assert ID_NUMBER in words(doc)["夹带的“sheet1.xlsx”工作表“名单”"]
    assert "sheet1.xlsx、oleobject1.bin" in concern(doc, Kind.EMBEDDED).message


def test_too_many_columns_are_said() -> None:
    assert kinds(workbook(list(range(200)))) == [Kind.UNREAD]


# -- Word


def test_a_text_with_a_table() -> None:
    doc = document(p("关于培训的通知") + table(row("村", "人数"), row("洛洞村", "12")) + p("特此通知。"))
    assert words(doc)["正文"] == "关于培训的通知\n村\t人数\n洛洞村\t12\n特此通知。"
    assert kinds(doc) == []


def test_a_text_box_is_read_once() -> None:
    assert words(document(p("正文", text_box(p("框里")))))["正文"].count("框里") == 1


def test_tracked_changes() -> None:
    doc = document(p("共", deleted("三十", "王某"), inserted("五十", "李四"), "人"))
    assert words(doc) == {"正文": "共五十人", "修订删除的文字": "三十"}
    said = concern(doc, Kind.CHANGES)
    assert said.message.startswith("有 2 处修订痕迹（王某、李四）")


def test_hidden_words() -> None:
    doc = document(p("公开", t("张三" + ID_NUMBER, "<w:vanish/>"), t("的", '<w:vanish w:val="0"/>'), "名单"))
    assert words(doc) == {"正文": "公开的名单", "隐藏的文字": "张三" + ID_NUMBER}
    assert kinds(doc) == [Kind.HIDDEN]


def test_margins_notes_and_comments() -> None:
    doc = document(
        p("正文"),
        header=p("机密★1年"),
        footer=p("第 1 页"),
        footnotes=f'<w:footnote w:id="2">{p("据内部测算")}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="王某">{p("此处再核")}{p("尽快")}</w:comment>',
    )
    found = words(doc)
    assert (found["页眉"], found["页脚"], found["脚注"]) == ("机密★1年", "第 1 页", "据内部测算")
    assert found["批注（王某）"] == "此处再核\n尽快"
    assert kinds(doc) == [Kind.COMMENTS]


def test_a_field_that_calls_a_program_is_refused() -> None:
    with pytest.raises(Refused, match="DDE"):
        contents(document(p(field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', t("1")))))
    assert kinds(document(p(field("PAGE", t("1"))))) == []


def test_a_photo_with_its_place_inside_a_text() -> None:
    doc = document(p("见图"), {"a.jpg": a.photo(), "b.jpg": a.photo(place=False)})
    assert "有 2 张照片带着拍摄地点（经纬度）、作者" in concern(doc, Kind.PLACE_DATA).message
    assert kinds(document(p("见图"), {"a.jpg": w.image("JPEG")})) == []


def test_words_of_a_chart() -> None:
    chart = f'<c:chart xmlns:c="{w.OFFICE}/drawingml/2006/chart"><c:pt><c:v>张三</c:v></c:pt></c:chart>'
    assert words(a.rezipped(document(p("图")), {"word/charts/chart1.xml": chart}))["图表"] == "张三"


# -- slides


def test_slides_in_their_order_with_all_beside_them() -> None:
    show = slides(["第一张", "内容"], ["藏的", ID_NUMBER], hidden=2, notes="讲的时候提一下王某", comment="改一改")
    assert words(show) == {
        "第 1 张幻灯片": "第一张\n内容",
        "第 1 张幻灯片的备注页": "讲的时候提一下王某",
        "第 1 张幻灯片批注（王某）": "改一改",
        "隐藏的第 2 张幻灯片": f"藏的\n{ID_NUMBER}",
    }
    assert kinds(show) == [Kind.HIDDEN, Kind.COMMENTS, Kind.HIDDEN]


# -- PDF


def test_pages_of_a_pdf() -> None:
    found = contents(pdf("关于公示的通知\n洛洞村", f"张三 {ID_NUMBER}"))
    assert [part.place for part in found.parts] == ["第 1 页", "第 2 页"]
    assert "关于公示的通知" in found.parts[0].words
    assert ID_NUMBER in found.parts[1].words
    assert found.concerns == ()


def test_a_scanned_pdf_is_said() -> None:
    said = concern(pdf("", "有字的一页，写了些话", "", picture=w.image("JPEG")), Kind.SCANNED)
    assert "第 1、3 页是扫描件" in said.message
    assert kinds(pdf("", "空白页不算扫描件")) == []


def test_comments_and_people_of_a_pdf() -> None:
    def sign(writer: PdfWriter) -> None:
        a.noted(writer)
        writer.add_metadata({"/Author": "李月娥", "/Title": "内部稿"})

    file = pdf("公示的名单", change=sign)
    assert words(file)["第 1 页批注（王某）"] == "这里的数先别公开"
    assert words(file)["文件属性：标题"] == "内部稿"
    assert sorted(kinds(file)) == [Kind.AUTHOR, Kind.COMMENTS]


def test_forms_and_links_of_a_pdf() -> None:
    def fill(writer: PdfWriter) -> None:
        field_ = DictionaryObject({
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/V"): TextStringObject(f"张三{ID_NUMBER}"),
        })  # fmt: skip
        goes = DictionaryObject({
            NameObject("/S"): NameObject("/URI"),
            NameObject("/URI"): TextStringObject("http://a.cn/x"),
        })  # fmt: skip
        link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): goes})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(one) for one in (field_, link)])

    found = words(pdf("公示的名单", change=fill))
    assert found["第 1 页的表单"] == f"张三{ID_NUMBER}"
    assert found["链接地址"] == "http://a.cn/x"


def test_files_and_photos_inside_a_pdf() -> None:
    file = pdf("公示的名单", picture=a.photo(), change=lambda writer: writer.add_attachment("名单.xlsx", b"x"))
    assert "名单.xlsx" in concern(file, Kind.EMBEDDED).message
    assert "拍摄地点" in concern(file, Kind.PLACE_DATA).message


def _acting(**entries: str) -> Callable[[PdfWriter], None]:
    """A change by which opening the file does something."""

    def act(writer: PdfWriter) -> None:
        names = {"S": NameObject, "F": TextStringObject, "JS": TextStringObject}
        asked = {NameObject(f"/{key}"): names[key](words) for key, words in entries.items()}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(asked)

    return act


@pytest.mark.parametrize("change", [_acting(S="/JavaScript", JS="app.alert(1)"), _acting(S="/Launch", F="cmd.exe")])
def test_a_pdf_that_acts_is_refused(change) -> None:
    with pytest.raises(Refused, match="脚本或程序"):
        contents(pdf("公示的名单", change=change))


def test_a_pdf_with_a_password() -> None:
    with pytest.raises(Refused, match="加了密码"):
        contents(pdf("公示的名单", change=lambda writer: writer.encrypt("1234", algorithm="AES-256")))
    open_to_read = pdf("公示名单在此", change=lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert "公示名单在此" in words(open_to_read)["第 1 页"]


def test_hidden_layers_of_a_pdf() -> None:
    def hide(writer: PdfWriter) -> None:
        layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
        default = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
        layers = DictionaryObject({NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): default})
        writer.root_object[NameObject("/OCProperties")] = layers

    assert kinds(pdf("公示的名单", change=hide)) == [Kind.HIDDEN]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n%a small one\n", b"%PDF-1.4\n%%EOF\n", b"%PDF-" + bytes(range(256)) * 40]
)
def test_a_pdf_nobody_can_open_is_said(content: bytes) -> None:
    assert kinds(content) == [Kind.UNREADABLE]


# -- pictures


def test_a_picture_cannot_be_read_and_lost_its_place() -> None:
    assert kinds(a.photo()) == [Kind.REMOVED, Kind.SCANNED]
    assert "拍摄地点（经纬度）、作者" in concern(a.photo(), Kind.REMOVED).message
    assert kinds(w.image("JPEG")) == [Kind.SCANNED]


# -- limits and hostile files


def test_what_is_too_long_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("town_portal.files.rules.contents.reader.MOST_CHARACTERS", 10)
    found = contents(workbook(["一二三四五六七八九十甲乙丙"], change=a.draft_sheet()))
    assert [part.words for part in found.parts] == ["一二三四五六七八九十"]
    assert [one.kind for one in found.concerns] == [Kind.UNREAD, Kind.HIDDEN]


def test_a_long_list_ends_at_the_limit_of_one_file() -> None:
    found = contents(workbook(*[[f"姓名{number}", "洛洞村第一村民小组"] for number in range(9_000)]))
    assert found.characters <= limits.MOST_CHARACTERS
    assert [one.kind for one in found.concerns] == [Kind.UNREAD]
    assert found.parts[0].words.startswith("姓名0\t")


def test_a_long_text_ends_at_the_limit_of_one_file() -> None:
    found = contents(document(p("汤塘镇各村要抓好落实。" * 20) * 700))
    assert 100_000 < found.characters <= limits.MOST_CHARACTERS
    assert [one.kind for one in found.concerns] == [Kind.UNREAD]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
    with pytest.raises(Refused, match="内部结构不正常.*Excel"):
        contents(a.rezipped(workbook(["村"]), {"xl/worksheets/sheet1.xml": bomb}))


def test_an_external_entity_is_refused() -> None:
    file = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document>&b;</w:document>'
    with pytest.raises(Refused, match="内部结构不正常"):
        contents(a.rezipped(document(p("文")), {"word/document.xml": file}))


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(part: str) -> None:
    with pytest.raises(Refused, match="宏"):
        contents(a.rezipped(workbook(["村"]), {part: b"x"}))


def test_a_bomb_is_refused() -> None:
    with pytest.raises(Refused, match="内部结构不正常|太大"):
        contents(a.rezipped(workbook(["村"]), {"xl/worksheets/sheet1.xml": b"0" * 60_000_000}))


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_or_read(place: int, junk: bytes) -> None:
    for file in (workbook(["村", ID_NUMBER]), pdf("公示的名单")):
        at = place % len(file)
        broken = file[:at] + junk + file[at + len(junk) :]
        with suppress(Refused):  # anything else it raises would end the reader
            assert contents(broken).parts is not None


# -- kept and told


def test_contents_come_back_from_plain_values() -> None:
    found = contents(workbook(["村", "人"], ["洛洞", "张三"], change=a.commented))
    again = from_plain(all_plain(found))
    assert again == found


def test_lists_of_names_stay_short() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(map(str, range(9)), 3) == "0、1、2等 9 个"
