"""A PDF: page by page, with comments, form fields, properties, and refused when something in it would act."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from town_portal.files.rules.contents import office
from town_portal.files.rules.contents.contents import Concern, Kind, Part, listed, shortened, unread, unreadable
from town_portal.files.rules.contents.office import Told
from town_portal.files.rules.contents.place_data import place_data
from town_portal.foundation.errors import Refused

MOST_OBJECTS = 60_000
_DEEPEST = 12
_LEAST_WORDS = 5
"""Signs on a page that shows something; fewer, and the words are probably in a picture."""
_DRAWING = re.compile(rb"(?<![\w/])(?:Do|BI|Tj|TJ|sh|f\*?|F|S|s|B\*?|b\*?)(?!\w)")
"""The orders that put something on a page."""
_PROPERTIES = {"/Title": "标题", "/Subject": "主题", "/Author": "作者", "/Keywords": "关键词", "/Company": "单位"}
_PEOPLE = ("/Author", "/Company")
_NO_COMMENT = ("/Link", "/Popup", "/Widget", "/FileAttachment")
_MOST_PICTURES = 60
_SCRIPTS = ("/JavaScript", "/Launch", "/Rendition", "/ImportData")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a broken file is told to the clerk, not to the log


def told(content: bytes, name: str) -> Told:
    """Every page, then what stands beside the pages. Refuses what asks for a password or would run something."""
    try:
        reader = PdfReader(io.BytesIO(content))
        closed = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if closed else len(reader.pages)
    except Exception:  # noqa: BLE001 - what a broken or hostile file makes a reader of PDF raise, nobody can list
        yield unreadable()
        return
    if closed:
        raise Refused(f"“{name}”加了密码，打不开。请取消密码（用 WPS 或浏览器“打印成 PDF”）再传。")
    walk = _Walk(name)
    yield from walk.told(reader)
    yield from _properties(reader)
    scanned = []
    links: dict[str, None] = {}
    for number in range(pages):
        place = f"第 {number + 1} 页"
        try:
            page = reader.pages[number]
            words = page.extract_text()
            beside = list(_beside(page, place, links))
        except Exception:  # noqa: BLE001 - as above, and the other pages may be sound
            yield unread(place)
            continue
        if words.strip():
            yield Part(place, words.strip())
        if len("".join(words.split())) < _LEAST_WORDS and _draws(page):
            scanned.append(str(number + 1))
        yield from beside
    if links:
        yield Part(office.LINKS, "\n".join(links))
    if scanned:
        yield Concern(
            Kind.SCANNED,
            f"第 {listed(scanned)} 页",
            "没有读到字",
            f"第 {listed(scanned)} 页是扫描件或图片，机器读不出字。请逐字人工核对有没有身份证号、手机号、密级标志。",
        )


class _Walk:
    """Looks at every object of a PDF once, wherever it hangs: pages may not show what the file holds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._files: dict[str, None] = {}
        self._outside: dict[str, None] = {}
        self._pictures: dict[str, None] = {}
        self._looked_at = 0

    def told(self, reader: PdfReader) -> Told:
        """The concerns about the objects; Refused when one of them would run something."""
        keys = {(number, generation) for generation, table in reader.xref.items() for number in table}
        keys |= {(number, 0) for number in reader.xref_objStm}
        for number, generation in sorted(keys)[:MOST_OBJECTS]:
            try:
                found = IndirectObject(number, generation, reader).get_object()
            except Exception:  # noqa: BLE001, S112 - an object nobody can read shows nothing to anybody
                continue
            self._look(found, 0)
        if len(keys) > MOST_OBJECTS:
            yield unread("文件")
        if self._files:
            yield Concern(
                Kind.EMBEDDED,
                "夹带的文件",
                shortened(listed(self._files)),
                f"里面夹着别的文件（{shortened(listed(self._files))}），读者可以取出来。请用“打印成 PDF”重新做一份再传。",
            )
        if self._outside:
            yield Concern(
                Kind.OUTSIDE,
                "外部链接",
                shortened(listed(self._outside)),
                "文件会向外面的地址取内容或提交内容。请用“打印成 PDF”重新做一份再传。",
            )
        if self._pictures:
            told = "、".join(self._pictures)
            yield Concern(
                Kind.PLACE_DATA, "图片", told, f"文件里的照片带着{told}，会跟着文件公开。请压缩或截图后重新生成 PDF。"
            )
        if _hidden_layers(reader):
            yield Concern(
                Kind.HIDDEN,
                "隐藏的图层",
                "图层",
                "有默认不显示的图层，里面的内容会跟着文件公开。请用“打印成 PDF”重新做一份，只留看得见的。",
            )

    def _look(self, found: Any, depth: int) -> None:
        if depth > _DEEPEST or isinstance(found, IndirectObject):
            return
        if isinstance(found, ArrayObject):
            for one in list(found):
                self._look(one, depth + 1)
        elif isinstance(found, DictionaryObject):
            self._judge(found)
            for one in list(found.values()):
                if isinstance(one, (ArrayObject, DictionaryObject)):
                    self._look(one, depth + 1)

    def _judge(self, found: DictionaryObject) -> None:
        act = str(found.get("/S", ""))
        if act in _SCRIPTS or "/JS" in found:
            raise Refused(f"“{self._name}”里有会自动运行的脚本或程序，不能传。请打开后用“打印成 PDF”重新做一份再传。")
        if "/EF" in found or str(found.get("/Type", "")) == "/EmbeddedFile":
            self._files[_text(found.get("/UF") or found.get("/F") or "没有名字的文件")] = None
        if str(found.get("/Subtype", "")) in ("/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"):
            self._files["多媒体"] = None
        if act in ("/GoToR", "/SubmitForm") and "/F" in found:
            self._outside[shortened(_text(found["/F"]))] = None
        if isinstance(found, StreamObject) and str(found.get("/Subtype", "")) == "/Image":
            self._looked_at += 1
            if self._looked_at <= _MOST_PICTURES and "/DCTDecode" in str(found.get("/Filter", "")):
                words = place_data(found._data)  # noqa: SLF001 - the photo as it came; decoding would drop what is looked for
                if words:
                    self._pictures[words] = None


def _properties(reader: PdfReader) -> Told:
    people: dict[str, None] = {}
    try:
        information = dict(reader.metadata or {})
    except Exception:  # noqa: BLE001 - as above
        return
    for key, label in _PROPERTIES.items():
        words = _text(information.get(key) or "").strip()
        if words:
            yield Part(f"文件属性：{label}", words)
            if key in _PEOPLE and office.of_a_person(words):
                people[words] = None
    if people:
        yield office.author(people)


def _beside(page: Any, place: str, links: dict[str, None]) -> Iterator[Part | Concern]:
    """Comments and form fields of a page; where its links lead goes to ``links``."""
    said: list[tuple[str, list[str]]] = []
    filled: list[str] = []
    for one in page.get("/Annots", ArrayObject()).get_object():
        note = one.get_object()
        kind = str(note.get("/Subtype", ""))
        act = note.get("/A", DictionaryObject()).get_object()
        if "/URI" in act:
            links[_text(act["/URI"])] = None
        if kind == "/Widget" and note.get("/V") is not None:
            filled.append(_text(note["/V"]))
        elif kind not in _NO_COMMENT and _text(note.get("/Contents") or "").strip():
            said.append((_text(note.get("/T") or ""), [_text(note["/Contents"])]))
    if filled:
        yield Part(f"{place}的表单", "\n".join(filled))
    yield from office.comments(place, said)


def _text(found: Any) -> str:
    return str(found.get_object() if hasattr(found, "get_object") else found)


def _draws(page: Any) -> bool:
    """Does a page show anything: a picture, or words and lines no words were read from? Who cannot tell warns."""
    if "/Contents" not in page:
        return False
    try:
        return _DRAWING.search(page.get_contents().get_data()) is not None
    except Exception:  # noqa: BLE001 - as above
        return True


def _hidden_layers(reader: PdfReader) -> bool:
    try:
        layers = reader.root_object.get("/OCProperties", DictionaryObject()).get_object()
        default = layers.get("/D", DictionaryObject()).get_object()
        return bool(default.get("/OFF", ArrayObject()).get_object()) or str(default.get("/BaseState", "")) == "/OFF"
    except Exception:  # noqa: BLE001 - as above
        return False
