"""Addresses and the files they become."""

import pytest

from town_portal.exports.rules import places


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/portal", "index.html"),
        ("/portal?ts=2", "index.html"),
        ("/portal/articles", "articles/index.html"),
        ("/portal/articles?page=1", "articles/index.html"),
        ("/portal/articles?page=12", "articles/page-12.html"),
        ("/portal/articles?unit=C03&page=2", "units/C03/page-2.html"),
        ("/portal/articles?year=2026&unit=", "years/2026/index.html"),
        ("/portal/articles?unit=C03&year=2026", None),
        ("/portal/articles?q=x", None),
        ("/portal/articles?unit=../../x", None),
        ("/portal/articles?page=-1", None),
        ("/portal/articles/7", "articles/7.html"),
        ("/portal/articles/7?page=2", None),
        ("/portal/articles/7/faults/new", None),
        ("/portal/columns/gzdt?page=3", "columns/gzdt/page-3.html"),
        ("/portal/columns/gzdt/feed.xml", "columns/gzdt/feed.xml"),
        ("/portal/sitemap-2.xml", "sitemap-2.xml"),
        ("/static/app.css", "static/app.css"),
        ("/static/../x", None),
        ("/sign-in", None),
    ],
)
def test_a_page_has_one_place_or_none(address: str, place: str | None) -> None:
    assert places.place(address) == place


def test_one_page_is_asked_for_by_one_address() -> None:
    assert places.address_of("/portal/articles?page=2&unit=C03&ts=3#list-t") == "/portal/articles?page=2&unit=C03"
    assert places.address_of("/portal/articles?page=1&unit=") == "/portal/articles"


def test_files_name_each_other() -> None:
    assert places.relative("index.html", "articles/7.html") == "articles/7.html"
    assert places.relative("articles/7.html", "files/x/名册.pdf") == "../files/x/%E5%90%8D%E5%86%8C.pdf"
    assert places.relative("columns/gzdt/page-2.html", "index.html", "main") == "../../index.html#main"
    assert places.absolute("https://a.cn/b/", "feed.xml") == "https://a.cn/b/feed.xml"
