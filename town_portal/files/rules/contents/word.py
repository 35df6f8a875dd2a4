"""A Word file: its text, and all that does not stand in it."""

from town_portal.files.rules.contents import office
from town_portal.files.rules.contents.contents import Concern, Kind, Part, shortened, unread
from town_portal.files.rules.contents.office import Told
from town_portal.files.rules.contents.prose import Prose
from town_portal.files.rules.package import Package

_AROUND = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def told(package: Package) -> Told:
    """The text, then headers and notes, comments, tracked changes, hidden words, and the rest of the file."""
    main = package.main_part() or "word/document.xml"
    relations = package.relations(main)
    read = {main.lower()}
    yield from _text(package, main, "正文")
    for kind, place in _AROUND.items():
        for part in office.related(relations, kind):
            read.add(part.lower())
            yield from _text(package, part, place)
    for part in office.related(relations, "comments"):
        read.add(part.lower())
        prose = Prose({"comment": "author"})
        whole = package.stream(part, prose)
        yield from office.comments("", prose.headed)
        if not whole:
            yield unread("批注")
    yield from office.rest(package, read)


def _text(package: Package, part: str, place: str) -> Told:
    prose = Prose()
    whole = package.stream(part, prose)
    office.requests(prose.fields)
    if prose.lines:
        yield Part(place, prose.words)
    yield from office.changes(prose)
    if prose.hidden:
        yield Part("隐藏的文字", "\n".join(prose.hidden))
        yield Concern(
            Kind.HIDDEN,
            place,
            shortened(prose.hidden[0]),
            "有设成“隐藏”的文字，会跟着文件公开。请全选正文，在“字体”里取消“隐藏”看一遍，不该公开的删掉。",
        )
    if not whole:
        yield unread(place)
