"""The links of a drawn page turned into links between files; the page's words stay byte for byte."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LINK = re.compile(r"(\s)(href|src|action|poster)=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_XML_LINK = re.compile(r"<loc>([^<]*)</loc>|(\shref=)\"([^\"]*)\"|<id>([^<]*)</id>")
_SYMBOL = re.compile(r"<symbol id=\"([\w-]+)\"([^>]*)>(.*?)</symbol>", re.DOTALL)
_SPRITE = "/static/icons.svg"
PREFIX = "icon-"

Turn = Callable[[str], str | None]
"""A link as it stands in the page → as it stands in the file; None: it leads nowhere and is taken off."""


def symbols(sprite: str) -> dict[str, str]:
    """The drawings of the sprite by name, each ready to stand in a page: from file:// browsers take none from outside."""
    return {
        name: f'<symbol id="{PREFIX}{name}"{attributes}>{inner}</symbol>'
        for name, attributes, inner in _SYMBOL.findall(sprite)
    }


def page(html: str, turn: Turn, drawings: Mapping[str, str]) -> str:
    """A page with its links turned, and the drawings it uses inside it."""
    used: dict[str, None] = {}

    def tag(found: re.Match[str]) -> str:
        def link(given: re.Match[str]) -> str:
            target = unescape(given[3][1:-1])
            if target.startswith(_SPRITE) and "#" in target:
                name = target.rpartition("#")[2]
                used[name] = None
                return f'{given[1]}{given[2]}="#{PREFIX}{escape(name)}"'
            turned = turn(target)
            return "" if turned is None else f'{given[1]}{given[2]}="{escape(turned)}"'

        return f"<{found[1]}{_LINK.sub(link, found[2])}>"

    turned = _TAG.sub(tag, html)
    inside = "".join(drawings[name] for name in used if name in drawings)
    before, body, after = turned.rpartition("</body>")
    return f'{before}<svg class="d-none" aria-hidden="true">{inside}</svg>\n{body}{after}' if inside else turned


def document(xml: str, turn: Turn, name: Callable[[str], str]) -> str:
    """A feed or a map with its links turned; ``name`` makes the lasting name of an entry from its link."""

    def one(found: re.Match[str]) -> str:
        loc, attribute, href, number = found.groups()
        if number is not None:
            return f"<id>{escape(name(unescape(number)))}</id>"
        turned = escape(turn(unescape(href if loc is None else loc)) or "")
        return f"<loc>{turned}</loc>" if loc is not None else f'{attribute}"{turned}"'

    return _XML_LINK.sub(one, xml)


def links_of(text: str) -> list[str]:
    """Every link of a written page, as it stands there."""
    return [unescape(given[3][1:-1]) for found in _TAG.finditer(text) for given in _LINK.finditer(found[2])]
