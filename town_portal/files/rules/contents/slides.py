"""A PowerPoint file: slide by slide, with notes, comments and slides that are not shown."""

from town_portal.files.rules.contents import office
from town_portal.files.rules.contents.contents import Concern, Kind, Part, shortened, unread
from town_portal.files.rules.contents.office import Told
from town_portal.files.rules.contents.prose import Prose
from town_portal.files.rules.package import Package


def told(package: Package) -> Told:
    """Every slide in the order of the show, then whatever else stands in the file."""
    main = package.main_part() or "ppt/presentation.xml"
    relations = package.relations(main)
    read = {main.lower()}
    people = {}
    for part in office.related(relations, "commentAuthors") + office.related(relations, "authors"):
        read.add(part.lower())
        listed = office.values(package, part, "cmAuthor", "author")
        people.update({attributes.get("id", ""): attributes.get("name", "") for _, attributes, _ in listed})
    order = [attributes.get("r_id", "") for _, attributes, _ in office.values(package, main, "sldId")]
    for number, key in enumerate(order, 1):
        if key in relations and not relations[key].outside:
            yield from _slide(package, relations[key].target, number, people, read)
    yield from office.rest(package, read)


def _slide(package: Package, part: str, number: int, people: dict[str, str], read: set[str]) -> Told:
    read.add(part.lower())
    roots = office.values(package, part, "sld")
    hidden = any(attributes.get("show") in ("0", "false") for _, attributes, _ in roots)
    place = f"隐藏的第 {number} 张幻灯片" if hidden else f"第 {number} 张幻灯片"
    prose = Prose()
    whole = package.stream(part, prose)
    if prose.lines:
        yield Part(place, prose.words)
    if hidden:
        yield Concern(
            Kind.HIDDEN,
            place,
            shortened(prose.words) or place,
            f"第 {number} 张幻灯片是隐藏的，会跟着文件公开。请取消隐藏看一遍，不该公开的删掉。",
        )
    if not whole:
        yield unread(place)
    relations = package.relations(part)
    for notes in office.related(relations, "notesSlide"):
        read.add(notes.lower())
        spoken = Prose()
        whole = package.stream(notes, spoken)
        lines = [line for line in spoken.lines if line != str(number)]  # the number of the page stands there too
        if lines:
            yield Part(f"{place}的备注页", "\n".join(lines))
            yield Concern(
                Kind.HIDDEN,
                f"{place}的备注页",
                shortened(lines[0]),
                f"第 {number} 张幻灯片下面有备注，放映时看不见，但会跟着文件公开。不该公开的请删掉。",
            )
        if not whole:
            yield unread(f"{place}的备注页")
    for kind in ("comments", "comment"):
        for comments in office.related(relations, kind):
            read.add(comments.lower())
            said = Prose({"cm": "authorId"})
            whole = package.stream(comments, said)
            yield from office.comments(place, [(people.get(key, ""), lines) for key, lines in said.headed])
            if not whole:
                yield unread(f"{place}批注")
