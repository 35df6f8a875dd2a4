"""Three kinds of template and what each may hold: pages, fragments, components."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from tests.house import tree

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))

# Fragments whose root is known to scripts and styles under a name of its own.
OTHER_NAMES = {
    "submissions/_save.html": "save",
    "review/_pill.html": "newpill",
    "layout/_sign_in_again.html": "sign-in-again",
}
# Fragments that are only ever sent by themselves: no page shows them when it is first drawn.
ANSWERS = {"portal/_suggestions.html", "errors/_notice.html", "review/_pulse.html"}
BY_ITSELF = re.compile(r"\b(every|load) ")
# Fragments a view draws and keeps, for the page that shows them.
DRAWN = {"statistics/_town.html", "dashboard/_board.html"}

FORBIDDEN = {
    "an inline style": r"<style|\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline handler": r"<[a-z][^<>{}]*\son[a-z]+\s*=",
    "script in an attribute": r"hx-on|\bjs:|javascript:|hx-vals='?js",
    "a made-up address": r"(?:href|src|action|srcset)\s*=\s*[\"'](?:data|blob):|\bdata:(?:image|text)",
    "text marked as safe": r"\|\s*safe\b|autoescape\s+false",
    "another host": r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}",
}


def key(path: Path) -> str:
    """The name by which templates are opened."""
    return path.relative_to(tree.TEMPLATES).as_posix()


KEYS = [key(path) for path in tree.templates()]
PAGES = [name for name in KEYS if "/_" not in name and not name.startswith(("components/", "layout/"))]
FRAGMENTS = [name for name in KEYS if "/_" in name]


@cache
def source(name: str) -> str:
    """A template without its comments."""
    words = (tree.TEMPLATES / name).read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}", "", words, flags=re.DOTALL)


@cache
def markup(name: str) -> str:
    """A template's elements: macros and statements taken out, expressions replaced by a letter."""
    words = source(name)
    if not name.startswith("components/"):
        words = re.sub(r"\{% macro.*?endmacro -?%\}", "", words, flags=re.DOTALL)
    words = re.sub(r"\{%.*?%\}", "", words, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", "x", words, flags=re.DOTALL)


class Roots(HTMLParser):
    """Counts what stands at the top, and keeps the elements."""

    def __init__(self, words: str) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.roots: list[dict[str, str | None]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.loose = ""
        self.feed(words)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if self.depth == 0:
            self.roots.append(dict(attrs))
        if tag not in VOID:
            self.depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID

    def handle_data(self, data: str) -> None:
        if self.depth == 0:
            self.loose += data.strip()


@pytest.fixture(scope="module")
def trees(house: Flask) -> dict[str, nodes.Template]:
    """The syntax tree of every template; a template that does not parse fails here."""
    env = house.jinja_env
    return {name: env.parse((tree.TEMPLATES / name).read_text(encoding="utf-8"), name) for name in KEYS}


def referred(parsed: nodes.Template, *kinds: type[nodes.Node]) -> Iterator[str]:
    """The templates a template names."""
    for node in parsed.find_all(kinds):
        named = node.template  # type: ignore[attr-defined]
        assert isinstance(named, nodes.Const), "a template is named by a constant, never by data"
        yield named.value


def test_there_are_templates() -> None:
    assert len(PAGES) > 30
    assert len(FRAGMENTS) > 30


def test_every_template_compiles(house: Flask) -> None:
    for name in KEYS:
        house.jinja_env.get_template(name)


def test_every_template_a_template_names_exists(trees: dict[str, nodes.Template]) -> None:
    for name, parsed in trees.items():
        for other in referred(parsed, nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
            assert other in trees, f"{name} names {other}"


def test_every_template_python_names_exists_and_every_page_is_named(trees: dict[str, nodes.Template]) -> None:
    named = {
        node.value
        for path in tree.modules()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"\w+/\w+\.html", node.value)
    }
    assert named <= set(KEYS), named - set(KEYS)
    extended = {other for parsed in trees.values() for other in referred(parsed, nodes.Extends)}
    assert set(PAGES) <= named | extended, f"no view draws {sorted(set(PAGES) - named - extended)}"


def test_pages_extend_a_layout(trees: dict[str, nodes.Template]) -> None:
    for name in PAGES:
        if name == "files/picture.html":
            continue  # the answer to an upload without script
        above = list(referred(trees[name], nodes.Extends))
        assert len(above) == 1, name
        assert above[0].startswith("layout/"), name


def test_components_are_macros_and_are_used(trees: dict[str, nodes.Template]) -> None:
    imported = {other for parsed in trees.values() for other in referred(parsed, nodes.Import, nodes.FromImport)}
    for name in (name for name in KEYS if name.startswith("components/")):
        assert name in imported, f"nobody imports {name}"
        rest = re.sub(r"\{% macro.*?endmacro -?%\}", "", source(name), flags=re.DOTALL)
        assert not re.sub(r"\{%.*?%\}", "", rest, flags=re.DOTALL).strip(), f"{name} draws outside its macros"
    for name, parsed in trees.items():
        for node in parsed.find_all((nodes.Import, nodes.FromImport)):
            assert not node.with_context, f"{name} imports with context"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_has_one_root_with_its_name(name: str) -> None:
    found = Roots(markup(name))
    assert found.depth == 0, "elements do not close"
    assert len(found.roots) == 1, f"{len(found.roots)} roots"
    assert not found.loose, f"text beside the root: {found.loose[:40]}"
    room, part = name.removesuffix(".html").split("/_")
    ours = OTHER_NAMES.get(name, f"{room}-{part}".replace("_", "-"))
    assert (found.roots[0].get("id") or "") in (ours, f"{ours}-x"), found.roots[0].get("id")


def test_fragments_stand_in_a_page(trees: dict[str, nodes.Template]) -> None:
    included = {other for parsed in trees.values() for other in referred(parsed, nodes.Include)}
    assert set(FRAGMENTS) - included == ANSWERS | DRAWN
    for name in FRAGMENTS:
        assert not list(referred(trees[name], nodes.Extends)), f"{name} extends"


def test_every_endpoint_exists_and_gets_its_values(house: Flask, trees: dict[str, nodes.Template]) -> None:
    rules = {rule.endpoint: rule for rule in house.url_map.iter_rules()}
    for name, parsed in trees.items():
        for call in parsed.find_all(nodes.Call):
            if not (isinstance(call.node, nodes.Name) and call.node.name == "url_for"):
                continue
            if not isinstance(call.args[0], nodes.Const):
                continue
            endpoint = call.args[0].value
            assert endpoint in rules, f"{name}: no endpoint {endpoint}"
            given = {one.key for one in call.kwargs} | set(rules[endpoint].defaults or ())
            assert call.dyn_kwargs or rules[endpoint].arguments <= given, f"{name}: {endpoint} needs more"


def test_every_endpoint_python_names_exists(house: Flask) -> None:
    endpoints = {rule.endpoint for rule in house.url_map.iter_rules()}
    for path in tree.modules():
        for call in tree.calls(tree.parsed(path)):
            place = {"url_for": 0, "Entry": 1}.get(tree.word(call.func))
            if place is None or len(call.args) <= place or not isinstance(call.args[place], ast.Constant):
                continue
            named = str(call.args[place].value)  # type: ignore[attr-defined]
            endpoint = f"{path.parent.name}{named}" if named.startswith(".") else named
            assert endpoint in endpoints, f"{tree.name_of(path)}:{call.lineno}: {endpoint}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [name for name in KEYS if re.search(FORBIDDEN[what], source(name), re.IGNORECASE)]
    assert not found, found


def test_htmx_sits_on_what_works_without_script() -> None:
    """A link, a form, or a control inside a form; what asks by itself (every …, load …) only adds to the page."""
    for name in KEYS:
        for tag, attributes in Roots(markup(name)).elements:
            asks = {"hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch"} & attributes.keys()
            if asks and not BY_ITSELF.search(attributes.get("hx-trigger") or ""):
                assert tag in ("a", "form", "button", "input", "select", "textarea"), f"{name}: <{tag} {asks}>"
            if tag == "a" and asks:
                assert attributes.get("href"), f"{name}: a link without an address"


def test_no_element_listens_or_styles_itself() -> None:
    for name in KEYS:
        for tag, attributes in Roots(markup(name)).elements:
            assert not [one for one in attributes if one.startswith("on") or one == "style"], f"{name}: <{tag}>"


def test_forms_carry_their_token() -> None:
    for name in KEYS:
        for form in re.findall(r"<form\b.*?</form>", source(name), re.DOTALL | re.IGNORECASE):
            if re.search(r'method="post"', form[: form.index(">") + 1], re.IGNORECASE):
                assert "hidden_tag" in form or "csrf_token" in form, f"{name}: {form[:120]}"


def test_only_the_web_room_knows_htmx() -> None:
    speaking = {
        tree.name_of(path)
        for path in tree.modules()
        for _, words in tree.sentences(path)
        if re.search(r"\bHX-|\bhx-", words)
    }
    assert speaking <= {"town_portal/web/respond.py", "town_portal/web/errors.py"}
