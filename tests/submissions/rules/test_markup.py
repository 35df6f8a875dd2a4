"""What HTML is kept: nothing that acts, nothing from elsewhere, and nothing lost that may stay."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from town_portal.submissions.rules.markup import TAGS, blocks, pictures, sanitised, summary, words

TOKEN = "0123456789abcdef" * 2
PICTURE = f'<figure><img src="/files/{TOKEN}" alt="讲台前的人" width="800" height="600"><figcaption>培训现场</figcaption></figure>'

KEPT = [
    "<p>一段话</p>",
    '<p class="ta-center">居中</p>',
    "<h2>小标题</h2><h3>更小的</h3>",
    "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>",
    "<ol><li><p>一</p></li></ol>",
    "<p><strong>粗</strong><em>斜</em><u>线</u><sub>下</sub><sup>上</sup></p>",
    "<blockquote><p>引</p></blockquote>",
    '<table><thead><tr><th colspan="2">户</th></tr></thead><tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table>',
    "<hr>",
    PICTURE,
]

HOSTILE = [
    "<script>alert(1)</script>",
    "<style>p{color:red}</style>",
    "<p onclick='alert(1)'>x</p>",
    "<p hx-get='/sign-out' hx-trigger='load'>x</p>",
    "<p data-hx-get='/x'>x</p>",
    "<p style='background:url(//evil)'>x</p>",
    "<p id='main' name='main'>x</p>",
    "<p class='tp-errsum btn'>x</p>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/1.png'>",
    "<img src='/files/../sign-out'>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    f"<img src='/files/{TOKEN}?x=1'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='/x' target='_top' ping='/y' download>x</a>",
    "<svg onload=alert(1)><circle/></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<iframe src='//evil'></iframe><object data='x'></object><embed src='x'>",
    "<form action='/sign-out' method='post'><button formaction='/x'>x</button><input name='y'></form>",
    "<meta http-equiv='refresh' content='0;url=//evil'><base href='//evil'><link rel=stylesheet href='//evil'>",
    "<!-- <script> --><p>x</p><!--[if IE]><script>alert(1)</script><![endif]-->",
    "<p>x</p\x00><scr\x00ipt>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<details open ontoggle=alert(1)>x</details><dialog open>x</dialog>",
    "<table><td background='//evil' width='100%'>x</td></table>",
    "<p><p hx-on:click='alert(1)'>x",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
]

ALLOWED_ATTRIBUTES = {
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "class"},
    "img": {"src", "alt", "width", "height"},
    "a": {"href", "rel"},
    **{tag: {"class"} for tag in ("p", "h2", "h3", "figure")},
}


class Inspector(HTMLParser):
    """Asserts that every tag and attribute is one of the few; written apart from the rule."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES.get(tag, set()), (tag, name)
            assert value is not None
            if name == "class":
                assert set(value.split()) <= {"ta-center", "ta-right", "ta-justify"}
            if name == "src":
                assert re.fullmatch(r"/files/[0-9a-f]{32}", value)
            if name == "href":
                assert re.match(r"(https?://|mailto:|/(?![/\\]))", value, re.IGNORECASE)
                assert not re.search(r"[\x00-\x20]", value.strip()) or value.startswith("http")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


@pytest.mark.parametrize("stored", KEPT)
def test_what_is_kept_is_kept_as_it_is(stored: str) -> None:
    assert sanitised(stored) == stored


@pytest.mark.parametrize("raw", HOSTILE)
def test_nothing_that_acts_survives(raw: str) -> None:
    kept = sanitised(raw)
    Inspector().feed(kept)
    assert not re.search(r"alert|evil|hx-|\son\w+=|style=|<script|<style|javascript:", kept, re.IGNORECASE)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*KEPT, *HOSTILE, "<", ">", '"', "'", "&lt;script&gt;", "文字"]), max_size=8))
def test_neither_does_any_mixture_and_twice_is_once(parts: list[str]) -> None:
    once = sanitised("".join(parts))
    Inspector().feed(once)
    assert sanitised(once) == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_nor_any_text_at_all(raw: str) -> None:
    once = sanitised(raw)
    Inspector().feed(once)
    assert sanitised(once) == once


def test_escaped_text_stays_text() -> None:
    assert (
        words(sanitised("<p>&lt;script&gt;alert(1)&lt;/script&gt; 5 &lt; 6</p>")) == "<script>alert(1)</script> 5 < 6"
    )


def test_links_are_kept_with_their_rel() -> None:
    assert sanitised('<p><a href="https://www.gov.cn/">国务院</a></p>') == (
        '<p><a href="https://www.gov.cn/" rel="noopener noreferrer nofollow">国务院</a></p>'
    )


def test_empty_ends_and_empty_figures_go() -> None:
    assert sanitised("<p>一</p><p></p><p><br></p>") == "<p>一</p>"
    assert sanitised('<figure><img src="x"><figcaption>没有图</figcaption></figure><p>一</p>') == "<p>一</p>"


def test_the_pieces_of_a_text() -> None:
    stored = f"<h2>一</h2><p>二<br>行</p><ul><li><p>甲</p></li><li><p>乙</p></li></ul>{PICTURE}"
    found = blocks(stored)
    assert [(block.tag, block.lines) for block in found] == [
        ("h2", ["一"]),
        ("p", ["二\n行"]),
        ("ul", ["甲", "乙"]),
        ("figure", ["培训现场"]),
    ]
    assert "".join(block.html for block in found) == stored
    picture = pictures(stored)[0]
    assert (picture.token, picture.alt, picture.text) == (TOKEN, "讲台前的人", "培训现场")


def test_a_table_is_read_row_by_row() -> None:
    assert words("<table><tbody><tr><td>村</td><td>户</td></tr><tr><td>洛洞</td><td>68</td></tr></tbody></table>") == (
        "村 | 户\n洛洞 | 68"
    )


def test_loose_text_is_a_paragraph() -> None:
    assert [(block.tag, block.text) for block in blocks("裸字<p>段</p>")] == [("p", "裸字"), ("p", "段")]


@pytest.mark.parametrize("stored", [*KEPT, "<p>5 &lt; 6 &amp; 7 &#169;</p>"])
def test_the_pieces_joined_are_the_text(stored: str) -> None:
    assert "".join(block.html for block in blocks(stored)) == stored


def test_the_first_words() -> None:
    assert summary("<h2>题</h2><p>一二三</p><p>四五六</p>") == "一二三四五六"
    assert summary("<p>一二三四五六</p>", 3) == "一二三…"
