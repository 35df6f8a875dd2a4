"""Items that are filed and not published."""

from tests.demo.rules.test_corpus import item
from town_portal.demo.rules import filing


def test_most_items_are_published() -> None:
    assert filing.is_active(item())
    assert filing.attribute(item()) == ("active", "")


def test_some_give_a_reason_with_its_article() -> None:
    assert len(filing.NOT_ACTIVE) >= 5
    for title, (attribute, reason) in filing.NOT_ACTIVE.items():
        assert not filing.is_active(item(title=title))
        assert attribute in ("closed", "on_request")
        assert "《政府信息公开条例》第" in reason
