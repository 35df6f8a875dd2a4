"""What Word, Excel and PowerPoint files have in common: properties, comments, links outside, files inside."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from town_portal.files.rules.contents.contents import Concern, Kind, Part, listed, shortened, unread
from town_portal.files.rules.contents.place_data import place_data
from town_portal.files.rules.contents.prose import Prose
from town_portal.files.rules.package import Package, Relation
from town_portal.files.rules.sniff import MEGABYTE
from town_portal.foundation.errors import Refused

Told = Iterator[Part | Concern]

_PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "关键词",
    "description": "备注",
    "lastModifiedBy": "最后修改人",
    "category": "类别",
    "Company": "单位",
    "Manager": "主管",
}
_PEOPLE = ("creator", "lastModifiedBy", "Manager", "Company")
_PROGRAMS = frozenset({"openpyxl", "python-docx", "python-pptx", "administrator", "admin", "user", "microsoft", "wps"})
"""Names that programs write themselves: nobody's."""
_OWN = re.compile(
    r"\[content_types\]\.xml|.*\.rels|.*/(?:theme|printersettings|fonts|slidelayouts|slidemasters|notesmasters"
    r"|handoutmasters)/.*|.*/(?:styles|styleswitheffects|settings|websettings|fonttable|numbering|calcchain|tablestyles"
    r"|presprops|viewprops|stylesxml|people|metadata|commentsids|commentsextended|commentsextensible|revisioninfo"
    r"|changesinfo|volatiledependencies|connections)\d*\.xml|.*/(?:colors|style)\d+\.xml|docprops/.*"
)
"""Parts a program writes for itself; no words of people stand in them."""
_PICTURE = re.compile(r".*\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|svg|webp|wdp)")
_MOST_PICTURES, _LARGEST_PICTURE = 60, 10 * MEGABYTE
LINKS = "链接地址"
"""The place of addresses that links lead to; a page shows other words."""


class Values:
    """Listens to the attributes, or to the words, of some elements."""

    def __init__(self, *names: str) -> None:
        self.found: list[tuple[str, dict[str, str], str]] = []
        self._names = frozenset(names)
        self._inside: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that was asked for."""
        if name in self._names:
            self.found.append((name, attributes, ""))
        self._inside.append(name)

    def end(self, _name: str) -> None:
        """Leave an element."""
        self._inside.pop()

    def data(self, words: str) -> None:
        """Take in the words of the element that is open, if it was asked for."""
        if self._inside and self._inside[-1] in self._names and self.found:
            name, attributes, before = self.found[-1]
            self.found[-1] = (name, attributes, (before + words)[:2_000])


def values(package: Package, part: str, *names: str) -> list[tuple[str, dict[str, str], str]]:
    """(name, attributes, words) of the elements of a part that have one of the names."""
    listener = Values(*names)
    package.stream(part, listener)
    return listener.found


def properties(package: Package) -> Told:
    """What the file says of itself: title, people, unit, and fields a program added."""
    people: dict[str, None] = {}
    for part, names in (("docProps/core.xml", tuple(_PROPERTIES)), ("docProps/app.xml", ("Company", "Manager"))):
        for name, _, words in values(package, part, *names):
            personal = name in _PEOPLE
            if words.strip() and (not personal or of_a_person(words)):
                yield Part(f"文件属性：{_PROPERTIES[name]}", words.strip())
                people.update({words.strip(): None} if personal else {})
    for _, _, words in values(package, "docProps/custom.xml", "lpwstr", "lpstr", "bstr"):
        if words.strip():
            yield Part("文件属性：自定义", words.strip())
    if people:
        yield author(people)


def of_a_person(words: str) -> bool:
    """Is it a name somebody has, not one that a program fills in by itself?"""
    return bool(words.strip()) and words.strip().lower() not in _PROGRAMS


def author(people: Iterable[str]) -> Concern:
    """The hint that names stand in the properties of a file."""
    told = shortened(listed(people))
    return Concern(
        Kind.AUTHOR,
        "文件属性",
        told,
        f"文件属性里写着“{told}”，会跟着文件公开。不想公开，请在“文件—信息—检查文档”里删除个人信息。",
    )


def comments(place: str, told: Iterable[tuple[str, Iterable[str]]]) -> Told:
    """The comments of one place, each with its author, and the concern that there are some."""
    people: dict[str, None] = {}
    count, first = 0, ""
    for name, lines in told:
        words = "\n".join(lines).strip()
        if not words:
            continue
        count, first = count + 1, first or words
        people[name.strip() or "无名"] = None
        yield Part(f"{place}批注（{name.strip() or '无名'}）", words)
    if count:
        yield Concern(
            Kind.COMMENTS,
            f"{place}批注",
            shortened(first),
            f"有 {count} 条批注（{listed(people)}），会跟着文件公开。请处理后删掉批注。",
        )


def changes(prose: Prose) -> Told:
    """What was deleted under tracking and still stands in the file, and the concern that changes are tracked."""
    if prose.deleted:
        yield Part("修订删除的文字", "\n".join(prose.deleted))
    if prose.changed_by:
        yield Concern(
            Kind.CHANGES,
            "修订",
            shortened(prose.deleted[0]) if prose.deleted else listed(prose.changed_by),
            f"有 {sum(prose.changed_by.values())} 处修订痕迹（{listed(prose.changed_by)}），改前的文字会跟着文件公开。"
            "请在“审阅”里接受或拒绝全部修订。",
        )


def outside(package: Package) -> Told:
    """Links that a program follows by itself: other files, pictures elsewhere, templates. Plain links are words."""
    found: dict[str, None] = {}
    links: dict[str, None] = {}
    for rels in [part for part in package.parts if part.endswith(".rels")]:
        owner = posixpath.join(posixpath.dirname(posixpath.dirname(rels)), posixpath.basename(rels)[: -len(".rels")])
        for relation in package.relations(owner).values():
            if relation.outside and relation.kind == "hyperlink":
                links[relation.target] = None
            elif relation.outside:
                found[relation.target] = None
    if links:
        yield Part(LINKS, "\n".join(links))
    if found:
        yield Concern(
            Kind.OUTSIDE,
            "外部链接",
            shortened(listed(found)),
            f"文件连着 {len(found)} 个外面的文件或地址，打开时会去取，也会露出别人电脑里的路径。请断开链接后重新保存。",
        )


def requests(fields: Iterable[str]) -> None:
    """Refuse fields that call another program (DDE): they are macros by another name."""
    if any(re.match(r"\s*DDE(?:AUTO)?\b", words, re.IGNORECASE) for words in fields):
        raise Refused("文件里有会自动运行别的程序的域（DDE），不能传。请另存为 PDF，或复制到新文件里再传。")


def rest(package: Package, read: set[str]) -> Told:
    """Every part nobody has read: words that no page shows, pictures with place data, files inside."""
    inside: dict[str, None] = {}
    pictures: list[str] = []
    for part in package.parts:
        if part in read or _OWN.fullmatch(part):
            continue
        if _PICTURE.fullmatch(part):
            pictures.append(part)
        elif part.endswith((".xml", ".vml")):
            yield from _of_xml(package, part)
        else:
            inside[posixpath.basename(part)] = None
    yield from _of_pictures(package, pictures)
    if inside:
        yield Concern(
            Kind.EMBEDDED,
            "夹带的文件",
            shortened(listed(inside)),
            f"里面夹着 {len(inside)} 个别的文件（{listed(inside)}），读者可以取出来。不需要的请删掉，图表请粘贴成图片。",
        )


def _of_xml(package: Package, part: str) -> Told:
    prose = Prose()
    whole = package.stream(part, prose)
    place = "图表" if "/charts/" in part else "图示" if "/diagrams/" in part else "文件里没有显示的部分"
    if prose.lines:
        yield Part(place, prose.words)
    if not whole:
        yield unread(place)


def _of_pictures(package: Package, parts: list[str]) -> Told:
    """What cameras wrote into the photos inside; only the first of many are looked at."""
    found = [
        told
        for part in parts[:_MOST_PICTURES]
        if (package.size(part) or 0) <= _LARGEST_PICTURE
        and (told := place_data(package.content(part, _LARGEST_PICTURE) or b""))
    ]
    if found:
        told = "、".join(dict.fromkeys("、".join(found).split("、")))
        yield Concern(
            Kind.PLACE_DATA,
            "图片",
            told,
            f"文件里有 {len(found)} 张照片带着{told}，会跟着文件公开。请在 Word 或 WPS 里“压缩图片”后另存，或换成截图。",
        )
    if len(parts) > _MOST_PICTURES:
        yield unread(f"第 {_MOST_PICTURES} 张以后的图片")


def related(relations: dict[str, Relation], kind: str) -> list[str]:
    """The parts of a kind inside the file that something points to."""
    return [one.target for one in relations.values() if one.kind == kind and not one.outside]
