"""Links turned in pages and documents, words left alone."""

from town_portal.exports.rules import links


def test_only_links_inside_tags_are_turned() -> None:
    html = '<body><p title="a > b">写着 href="/portal" 的字</p><a class="x" href="/portal?a=1&amp;b=2">去</a></body>'
    turned = links.page(html, lambda link: link.upper(), {})
    assert 'href="/portal" 的字' in turned and '<a class="x" href="/PORTAL?A=1&amp;B=2">' in turned


def test_a_link_to_nowhere_loses_its_address_and_keeps_its_words() -> None:
    assert links.page('<a rel="x" href="/a">字</a>', lambda _: None, {}) == '<a rel="x">字</a>'


def test_drawings_move_into_the_page_once() -> None:
    drawings = links.symbols('<svg><symbol id="a-b" viewBox="0 0 1 1"><path d="M0"/></symbol></svg>')
    use = '<svg><use href="/static/icons.svg?v=1#a-b"></use></svg>'
    turned = links.page(f"<body>{use}{use}</body>", lambda link: link, drawings)
    assert turned.count("<symbol") == 1 and turned.count('href="#icon-a-b"') == 2


def test_documents() -> None:
    xml = '<link href="/portal"/><id>/portal/articles/7</id><loc>/portal</loc>'
    turned = links.document(xml, lambda _: "i.html", lambda link: f"urn:{link}")
    assert turned == '<link href="i.html"/><id>urn:/portal/articles/7</id><loc>i.html</loc>'


def test_links_of_a_page() -> None:
    assert links.links_of('<a href="a?b&amp;c"><img src="d"></a> href="e"') == ["a?b&c", "d"]
