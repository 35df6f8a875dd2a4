"""What is quick, and the run through it."""

from dataclasses import replace

import pytest

from town_portal.review.rules.quick import Facts, Run, why_quick
from town_portal.settings.rules.catalogue import CATALOGUE

SETTING = CATALOGUE["quick_review"].default
SHORT = Facts(120, 1, 0, 0, major=False, hands_off=False)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (SHORT, "120 字，1 张照片，没有附件，校对没有疑点"),
        (replace(SHORT, pictures=0), "120 字，没有照片，没有附件，校对没有疑点"),
        (replace(SHORT, returns=1), "退回改过一次，120 字，1 张照片，没有附件，校对没有疑点"),
        (replace(SHORT, characters=SETTING["most_characters"]), "字"),
        (replace(SHORT, characters=SETTING["most_characters"] + 1), None),
        (replace(SHORT, pictures=SETTING["most_pictures"] + 1), None),
        (replace(SHORT, attachments=1), None),
        (replace(SHORT, returns=2), None),
        (replace(SHORT, major=True), None),
        (replace(SHORT, hands_off=True), None),
    ],
)
def test_why_it_is_quick(facts: Facts, words: str | None) -> None:
    found = why_quick(facts, SETTING)
    assert found is None if words is None else words in (found or "")


def test_a_run() -> None:
    run = Run(1, (7, 8, 9))
    assert (run.total, run.place(7), run.place(9), run.place(5)) == (4, 2, 4, None)
    assert (run.following(7), run.following(8), run.following(9), run.following(5)) == (8, 9, 7, 7)
    assert Run(3, (7,)).following(7) is None
    assert Run(3, ()).following(7) is None
