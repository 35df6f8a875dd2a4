"""The acts of the script."""

from town_portal.demo.operations import Player
from town_portal.demo.rules.act import Verb


def test_every_verb_has_somebody_to_perform_it(database: object, tmp_path: object) -> None:
    assert set(Player(tmp_path)._verbs) == set(Verb)  # type: ignore[arg-type]
