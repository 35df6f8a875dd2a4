"""Questions about exports."""

from tests.cast import Cast
from tests.portal.articles import put_article, take_away
from town_portal.exports import queries


def test_an_export_begins_with_every_article_column_and_unit(town: Cast) -> None:
    here, gone = put_article(town), put_article(town)
    take_away(gone)
    seeds = queries.seeds()
    assert f"/portal/articles/{here}" in seeds
    assert f"/portal/articles/{gone}" not in seeds
    assert {"/portal/columns/gzdt", "/portal/columns/qt/feed.xml", "/portal/articles?unit=C03"} <= set(seeds)
    assert [number for number, _, _ in queries.public_articles()] == [here]
    assert (queries.static_address(), queries.portal_address()) == ("", "")
    assert queries.waiting() is None and queries.last_made() is None and list(queries.newest()) == []
    assert queries.trail_length() > 0
