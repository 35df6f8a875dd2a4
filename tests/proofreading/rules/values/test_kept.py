"""What is worked out once for a lexicon."""

from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.kept import kept_for_lexicon


def test_made_once_for_a_lexicon_and_again_for_another():
    made = []

    @kept_for_lexicon
    def name(lexicon):
        made.append(lexicon.town)
        return lexicon.town

    one, other = Lexicon(town="甲镇"), Lexicon(town="乙镇")
    assert [name(one), name(one), name(other)] == ["甲镇", "甲镇", "乙镇"]
    assert made == ["甲镇", "乙镇"]
