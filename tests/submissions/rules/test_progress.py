"""One dot of the chain."""

from town_portal.submissions.rules.progress import StepShown


def test_a_dot_needs_a_title_and_a_kind_only() -> None:
    step = StepShown("二审二校", "todo")
    assert (step.who, step.at, step.due_at) == ("", None, None)
