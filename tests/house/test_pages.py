"""Every page as it is drawn: one heading, names that are there, nothing from elsewhere, nothing inline."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from tests.house.town import Walk

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
LOOSE_ENDS = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option"))
NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, words: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.inline = False
        self.feed(words)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        if self.open[-1] != tag:
            self.crossed.append(f"</{tag}> closes <{self.open[-1]}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style") and data.strip():
            self.inline = True

    def all(self, attribute: str) -> list[str]:
        """The values of an attribute, in order."""
        return [given[attribute] or "" for _, given in self.elements if attribute in given]


def faults(words: str) -> list[str]:
    """What is wrong with a page."""
    page = Page(words)
    ids = page.all("id")
    named = {one for attribute in NAMING for value in page.all(attribute) for one in value.split()}
    linked = {address[1:] for address in page.all("href") if re.fullmatch(r"#[\w-]+", address)}
    found = [f"two elements are called {one}" for one in sorted({one for one in ids if ids.count(one) > 1})]
    found += [f"nothing is called {one}" for one in sorted((named | linked) - set(ids))]
    found += page.crossed[:1]
    heads = sum(tag == "h1" for tag, _ in page.elements)
    if heads != 1:
        found.append(f"{heads} h1")
    if page.inline:
        found.append("an inline script or style")
    for tag, given in page.elements:
        found += [f"<{tag} {one}>" for one in given if one.startswith("on") or one == "style"]
        found += [f"<{tag}> {given[one]}" for one in ("src", "action", "srcset") if _elsewhere(given.get(one))]
        if tag == "img" and "alt" not in given:
            found.append("a picture without words")
        if tag == "form" and (given.get("method") or "").lower() == "post" and "csrf_token" not in page.all("name"):
            found.append("a form without a token")
        if tag == "html" and given.get("lang") != "zh-CN":
            found.append("the language is not told")
    if re.search(r">\s*None\s*<|Undefined|&lt;built-in|object at 0x", words):
        found.append("a word of the program's")
    return found


def _elsewhere(address: str | None) -> bool:
    return bool(address and re.match(r"(?:[a-z]+:)?//|data:|blob:|javascript:", address))


def test_every_page_is_sound(walk: Walk) -> None:
    wrong = [
        f"{page.path} as {page.key}: {fault}"
        for page in walk.pages
        if "<html" in page.text and not 300 <= page.status < 400 and not _to_keep(page.headers)
        for fault in faults(page.text)
    ]
    assert not wrong, "\n".join(wrong)


def _to_keep(headers: Mapping[str, str]) -> bool:
    """A file to save, such as a channel's text with its styles inside: no page of ours, never drawn under our policy."""
    return headers.get("Content-Disposition", "").startswith("attachment")


def test_headers_stand_on_every_answer(walk: Walk) -> None:
    for page in walk.pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, page.path
        assert "unsafe" not in policy, page.path
        assert page.headers["X-Content-Type-Options"] == "nosniff", page.path
        private = page.status == 200 and not page.rule.startswith(("/portal", "/static", "/files", "/favicon"))
        assert not private or "no-store" in page.headers["Cache-Control"], page.path


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('<html lang="zh-CN"><h1>好</h1></html>', []),
        ('<html lang="zh-CN"><h1 id="a">好</h1><p id="a"></p></html>', ["two elements are called a"]),
        ('<html lang="zh-CN"><h1>好</h1><label for="b"></label></html>', ["nothing is called b"]),
        ('<html lang="zh-CN"><h1>好</h1><script>x</script></html>', ["an inline script or style"]),
        ('<html lang="zh-CN"><h1>好</h1><img alt="" src="//x.cn/a"></html>', ["<img> //x.cn/a"]),
        ('<html lang="zh-CN"><h1>None</h1></html>', ["a word of the program's"]),
    ],
)
def test_the_test_itself(words: str, fault: list[str]) -> None:
    assert faults(words) == fault
