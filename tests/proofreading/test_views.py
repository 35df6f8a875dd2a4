"""Pages of the lists."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.forms import post
from tests.network.rules.test_table_file import workbook
from tests.proofreading.terms import BAD, GOOD, a_proposal, an_entry, confirmed
from town_portal.network.rules import table_file
from town_portal.proofreading import queries
from town_portal.proofreading.rules.kinds import KINDS, TermKind

SignedIn = Callable[[str], FlaskClient]
SLIP = {"words": "粉蕉基地", "right": "香蕉基地", "bad": BAD, "good": GOOD, "reason": "常写错"}
HEAD = "错的写法,应为,第一天,最后一天,停用,负责单位,错的例句,对的例句\n"
LINE = f"粉蕉基地,香蕉基地,,,否,,{BAD},{GOOD}\n"


@pytest.fixture
def office(app: Flask, cast: Cast) -> str:
    """The number of the coordinating office."""
    with app.app_context():
        return str(cast.unit("B01").id)


def propose(client: FlaskClient, office: str, **changed: str) -> int:
    """Propose a slip by the form; the number of the proposal."""
    response = post(client, "/lexicon/typos/proposals", SLIP | {"owner_id": office} | changed)
    assert response.status_code == 303, response.text
    return int(response.location.rsplit("/", 1)[1])


def sent(client: FlaskClient, content: bytes | str, name: str = "错字.csv", word_list: str = "typos") -> str:
    """The page that answers a file."""
    kept = content.encode() if isinstance(content, str) else content
    response = post(client, f"/lexicon/{word_list}/imports", {"file": (io.BytesIO(kept), name)})
    assert response.status_code in (200, 422), response.text
    return response.text


def test_every_list_has_its_line_and_its_page(signed_in: SignedIn) -> None:
    client = signed_in("reporter")
    page = client.get("/lexicon").text
    for kind in KINDS.values():
        assert kind.kind.label in page
        listed = client.get(f"/lexicon/{kind.kind.value}")
        assert listed.status_code == 200
        assert kind.about in listed.text
    assert "单位与人员" in page


@pytest.mark.parametrize("kind", TermKind)
def test_every_list_has_its_form_and_its_file(signed_in: SignedIn, kind: TermKind) -> None:
    client = signed_in("coordinator")
    assert "检验例句，送同事确认" in client.get(f"/lexicon/{kind.value}/new").text
    assert "看会改什么" in client.get(f"/lexicon/{kind.value}/imports").text
    for form in ("csv", "xlsx"):
        response = client.get(f"/lexicon/exports/{kind.value}.{form}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert table_file.read(f"x.{form}", response.data, queries.term_file.LIMITS)[0][0] == KINDS[kind].words


def test_unknown_things_are_not_there(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    for path in (
        "/lexicon/shapes",
        "/lexicon/shapes/new",
        "/lexicon/shapes/imports",
        "/lexicon/exports/shapes.csv",
        "/lexicon/terms/999",
        "/lexicon/proposals/999",
        "/lexicon/typos/new?term=999",
        "/lexicon/typos/new?shipped=没有的",
        "/lexicon/typos/ends",
        "/lexicon/typos/ends?term=x",
    ):
        assert client.get(path).status_code == 404, path
    assert post(client, "/lexicon/shapes/proposals", SLIP).status_code == 404


def test_from_proposal_to_force(app: Flask, signed_in: SignedIn, office: str) -> None:
    coordinator, publisher = signed_in("coordinator"), signed_in("publisher")
    number = propose(coordinator, office)
    path = f"/lexicon/proposals/{number}"
    page = coordinator.get(path).text
    assert "这是您自己提出的" in page
    assert "确认这一条" not in page
    assert "1 份提议待确认" in publisher.get("/lexicon").text
    assert "等党政和人大办公室的另一位同事确认" in signed_in("head").get(path).text
    assert "确认这一条" in publisher.get(path).text
    response = post(publisher, f"{path}/confirmations", {"version": "1"})
    assert (response.status_code, response.location) == (303, path)
    assert "已确认，按写明的日子生效。" in publisher.get(path).text
    listed = publisher.get("/lexicon/typos?show=town").text
    assert "粉蕉基地" in listed
    assert "共 1 条" in listed
    with app.app_context():
        (line,) = [one for one in queries.lines(TermKind.TYPOS) if one.term_id]
    assert "历次提议" in publisher.get(f"/lexicon/terms/{line.term_id}").text


def test_a_rejection_reaches_the_proposer(signed_in: SignedIn, office: str) -> None:
    number = propose(signed_in("coordinator"), office)
    path = f"/lexicon/proposals/{number}/rejections"
    invalid = post(signed_in("publisher"), path, {"version": "1", "reason": " "})
    assert invalid.status_code == 422
    assert "请写明为什么不同意" in invalid.text
    assert post(signed_in("publisher"), path, {"version": "1", "reason": "不常见"}).status_code == 303
    assert "不常见" in signed_in("coordinator").get(f"/lexicon/proposals/{number}").text


def test_a_stale_page_is_told(signed_in: SignedIn, office: str) -> None:
    path = f"/lexicon/proposals/{propose(signed_in('coordinator'), office)}"
    publisher = signed_in("publisher")
    assert post(publisher, f"{path}/rejections", {"version": "1", "reason": "不行"}).status_code == 303
    assert post(publisher, f"{path}/confirmations", {"version": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"words": " "}, "请填写"),
        ({"right": ""}, "请填写"),
        ({"reason": ""}, "请写明为什么要改"),
        ({"bad": ""}, "请写一句“错的例句”"),
        ({"bad": "村里种了香蕉。"}, "例句检验没有通过"),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "最后一天不能早于第一天"),
        ({"valid_from": "0026-05-01"}, "年份不对"),
        ({"owner_id": "999"}, "owner_id"),
    ],
)
def test_a_proposal_with_mistakes_keeps_what_was_typed(
    signed_in: SignedIn, office: str, changed: dict[str, str], words: str
) -> None:
    response = post(signed_in("coordinator"), "/lexicon/typos/proposals", SLIP | {"owner_id": office} | changed)
    assert response.status_code == 422
    assert words in response.text
    assert GOOD in response.text


def test_a_shipped_term_is_changed_and_switched_off_by_its_words(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "部署" in client.get("/lexicon/typos/new?shipped=布署").text
    page = client.get("/lexicon/typos/ends?shipped=布署")
    assert "停用“布署”" in page.text
    assert post(client, "/lexicon/typos/ends?shipped=布署", {"reason": ""}).status_code == 422
    response = post(client, "/lexicon/typos/ends?shipped=布署", {"reason": "本地写法"})
    assert response.status_code == 303
    assert "停用" in client.get(response.location).text
    again = post(client, "/lexicon/typos/ends?shipped=布署", {"reason": "本地写法"})
    assert again.status_code == 422
    assert "已有一份提议在等确认" in again.text


def test_an_exception_is_proposed_from_what_an_item_knows(signed_in: SignedIn) -> None:
    client = signed_in("reporter")
    page = client.get("/lexicon/not-errors/new?family=wrong_char&words=禾塘&sentence=禾塘晒谷。").text
    assert 'value="禾塘"' in page
    assert "禾塘晒谷。" in page
    assert "身份证号" not in page
    data = {"family": "wrong_char", "words": "禾塘", "sentence": "禾塘晒谷。", "reason": "本地话"}
    response = post(client, "/lexicon/not-errors", data)
    assert response.status_code == 303
    assert "等党政和人大办公室的另一位同事确认" in client.get(response.location).text
    assert post(client, "/lexicon/not-errors", data | {"words": "禾墉"}).status_code == 422
    forged = post(client, "/lexicon/not-errors", data | {"family": "privacy_id"})
    assert forged.status_code == 422


def test_searching_and_narrowing_down(signed_in: SignedIn) -> None:
    client = signed_in("auditor")
    assert "共 1 条" in client.get("/lexicon/typos?q=布署").text
    assert "没有找到词条" in client.get("/lexicon/typos?q=没有这个").text
    assert "这个名录还是空的" in client.get("/lexicon/leaders").text
    part = client.get("/lexicon/typos?q=布署", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="proofreading-list">')
    assert client.get("/lexicon/typos?page=9999").status_code == 200


# -- files -----------------------------------------------------------------------------------------


def test_an_import_is_looked_at_then_proposed_as_one(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = sent(client, HEAD + LINE + "布署,部署,,,否,,,\n")
    assert "新增 1 条，修改 0 条" in page
    assert "没有变 1 条" in page
    with app.app_context():
        assert queries.waiting() == []
    data = {"table": HEAD + LINE, "source": "错字.csv", "reason": "本月整理"}
    assert post(client, "/lexicon/typos/imports/proposals", data | {"reason": ""}).status_code == 422
    response = post(client, "/lexicon/typos/imports/proposals", data)
    assert response.status_code == 303
    assert "错字.csv" in client.get(response.location).text
    path = f"{response.location}/confirmations"
    assert post(signed_in("publisher"), path, {"version": "1"}).status_code == 303
    assert "没有变 1 条" in sent(client, HEAD + LINE)


def test_what_is_exported_comes_in_unchanged(app: Flask, signed_in: SignedIn, cast: Cast) -> None:
    with app.app_context():
        confirmed(cast)
    client = signed_in("coordinator")
    for form in ("csv", "xlsx"):
        content = client.get(f"/lexicon/exports/typos.{form}").data
        assert "新增 0 条，修改 0 条" in sent(client, content, f"错字.{form}")
        town = client.get(f"/lexicon/exports/typos.{form}?town=1").data
        assert len(table_file.read(f"x.{form}", town, queries.term_file.LIMITS)) == 2


def test_one_wrong_line_and_nothing_is_proposed(app: Flask, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    page = sent(client, HEAD + LINE + "粉蕉苗,,,,否,,,\n粉蕉基地,芭蕉基地,,,否,,一。,二。\n")
    assert "第 3 行：请写“应为”" in page
    assert "第 4 行：和第 2 行写的是同一条" in page
    assert "送同事确认" not in page
    data = {"table": HEAD + "粉蕉苗,,,,否,,,\n", "source": "x", "reason": "整理"}
    assert post(client, "/lexicon/typos/imports/proposals", data).status_code == 422
    with app.app_context():
        assert queries.waiting() == []


def test_examples_that_prove_nothing_are_told_by_line(signed_in: SignedIn) -> None:
    page = sent(signed_in("coordinator"), HEAD + f"粉蕉基地,香蕉基地,,,否,,村里种了香蕉。,{GOOD}\n")
    assert "第 2 行：错的例句“村里种了香蕉。”没有报“错别字”" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "文件是空的"),
        ("a.csv", "姓名,手机号\n甲,乙\n".encode(), "表头缺"),
        ("a.csv", HEAD.encode(), "表头下面没有内容"),
        ("a.csv", b"\xff\xfe\x00\xd8" * 9, "读不出来"),
        ("a.csv", (HEAD + "粉\x00蕉,香蕉,,,否,,,\n").encode(), "看不见的字符"),
        ("a.csv", HEAD.encode() + b"a,b\n" * 5_000, "最多导入 5000 行"),
        ("a.txt", HEAD.encode(), "只能导入"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "打不开"),
        ("a.xlsx", workbook([HEAD.strip().split(","), ["=1+1", "香蕉"]]), "是公式"),
    ],
)
def test_odd_files_are_refused_with_words(signed_in: SignedIn, name: str, content: bytes, words: str) -> None:
    assert words in sent(signed_in("coordinator"), content, name)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>'
)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook in which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "words"),
    [(BOMB, "打不开"), (b"<worksheet", "打不开"), (b" " * (table_file.MOST_UNPACKED + 1), "内容太多")],
    ids=["entities", "broken", "unpacks to too much"],
)
def test_a_hostile_workbook_is_refused_with_words(signed_in: SignedIn, part: bytes, words: str) -> None:
    hostile = with_part(workbook([HEAD.strip().split(",")]), "xl/worksheets/sheet1.xml", part)
    assert words in sent(signed_in("coordinator"), hostile, "a.xlsx")


def test_an_exported_list_runs_nothing(app: Flask, signed_in: SignedIn, cast: Cast) -> None:
    """Words that a spreadsheet would take for a formula."""
    with app.app_context():
        confirmed(cast, an_entry(words="=粉蕉", right="@香蕉", bad=("到=粉蕉基地。",), good=("到香蕉基地。",)))
    client = signed_in("auditor")
    assert "'=粉蕉,'@香蕉," in client.get("/lexicon/exports/typos.csv?town=1").data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(client.get("/lexicon/exports/typos.xlsx?town=1").data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_an_import_without_a_file_is_told(signed_in: SignedIn) -> None:
    response = post(signed_in("coordinator"), "/lexicon/typos/imports", {})
    assert response.status_code == 422
    assert "请选文件" in response.text


# -- who may come in -------------------------------------------------------------------------------


def test_who_may_do_what(app: Flask, signed_in: SignedIn, cast: Cast) -> None:
    with app.app_context():
        number = a_proposal(cast).id
    path = f"/lexicon/proposals/{number}"
    assert signed_in("administrator").get("/lexicon").status_code == 403
    for key in ("reporter", "head", "publisher", "auditor"):
        client = signed_in(key)
        assert client.get(path).status_code == 200
        assert client.get("/lexicon/typos/new").status_code == 403
        assert "加一条" not in client.get("/lexicon/typos").text
        assert post(client, "/lexicon/typos/proposals", SLIP).status_code == 403
    for key in ("reporter", "leader", "auditor"):
        assert post(signed_in(key), f"{path}/confirmations", {"version": "1"}).status_code == 403
    assert post(signed_in("head"), f"{path}/confirmations", {"version": "1"}).status_code == 403
    assert signed_in("publisher").get(f"{path}/confirmations").status_code == 405


def test_a_repeated_form_has_one_effect(app: Flask, signed_in: SignedIn, office: str) -> None:
    client = signed_in("coordinator")
    data = SLIP | {"owner_id": office}
    first = post(client, "/lexicon/typos/proposals", data, form_key="one-key")
    post(client, "/lexicon/typos/proposals", data, form_key="one-key")
    assert first.status_code == 303
    with app.app_context():
        assert len(queries.waiting()) == 1
