"""Reads an attachment: every word in it with its place, and what is wrong with it by itself.

Parts are told one by one as they are read, so that whoever stops a long reading keeps what came before.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace

from town_portal.files.rules import sniff
from town_portal.files.rules.contents import office, pdf, sheets, slides, word
from town_portal.files.rules.contents.contents import (
    MOST_CHARACTERS,
    MOST_CONCERNS,
    Concern,
    Kind,
    Part,
    unread,
)
from town_portal.files.rules.contents.office import Told
from town_portal.files.rules.contents.place_data import place_data
from town_portal.files.rules.package import Package
from town_portal.foundation.errors import Refused

_OFFICE: dict[str, Callable[[Package], Told]] = {".docx": word.told, ".xlsx": sheets.told, ".pptx": slides.told}
_MOST_INSIDE = 5
"""Office files inside an office file that are read as well."""


def read(content: bytes, name: str) -> Iterator[Part | Concern]:
    """The parts and concerns of a .docx, .xlsx, .pptx, a PDF or a picture.

    Refused, in words that say what to do: a password, macros and scripts, and files built to harm whoever opens
    them. At a limit the rest is said to be unread, never passed over. The name serves the words only.
    """
    left, cut = MOST_CHARACTERS, False
    concerns: set[Concern] = set()
    for told in _told(content, name, sniff.sniff(content, name).ending):
        if isinstance(told, Concern):
            if told not in concerns and len(concerns) < MOST_CONCERNS:
                yield told
            concerns.add(told)
        elif not cut:
            cut = len(told.words) > left
            if left:
                yield replace(told, words=told.words[:left])
            left -= min(left, len(told.words))
            if cut and unread(told.place) not in concerns:
                concerns.add(unread(told.place))
                yield unread(told.place)
    if len(concerns) > MOST_CONCERNS:
        yield unread("其余的提示")


def _told(content: bytes, name: str, ending: str) -> Told:
    if ending == ".pdf":
        yield from pdf.told(content, name)
    elif ending in _OFFICE:
        package = Package(content, name, ending)
        yield from _OFFICE[ending](package)
        yield from office.properties(package)
        yield from office.outside(package)
        yield from _inside(package)
    else:
        yield from _picture(content)


def _inside(package: Package) -> Told:
    """Office files inside an office file, one level deep: often the whole table behind a chart."""
    inside = [part for part in package.parts if "/embeddings/" in part and part.endswith(tuple(_OFFICE))]
    for part in inside[:_MOST_INSIDE]:
        leaf = posixpath.basename(part)
        ending = posixpath.splitext(leaf)[1]
        try:
            content = package.content(part, sniff.MOST_BYTES) or b""
            for told in _OFFICE[ending](Package(content, leaf, ending)):
                yield replace(told, place=f"夹带的“{leaf}”{told.place}")
        except Refused:
            yield unread(f"夹带的“{leaf}”")
    if len(inside) > _MOST_INSIDE:
        yield unread("夹带的其余文件")


def _picture(content: bytes) -> Told:
    """A picture is drawn anew when it is taken in, so what a camera wrote into it is gone already."""
    told = place_data(content)
    if told:
        yield Concern(Kind.REMOVED, "图片", told, f"照片里原来带着{told}，上传时已经去掉，公开的那份没有。")
    yield Concern(
        Kind.SCANNED,
        "图片",
        "图片里的字",
        "这个附件是图片，机器读不出字。请逐字人工核对有没有身份证号、手机号、密级标志。",
    )
