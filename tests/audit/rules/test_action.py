"""Actions are values."""

from town_portal.audit.rules.action import Action


def test_an_action_is_its_name_and_its_label() -> None:
    assert Action("draft", "起草") == Action("draft", "起草") != Action("draft", "起稿")
