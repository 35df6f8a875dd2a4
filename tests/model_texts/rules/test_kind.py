"""The kinds of events."""

from town_portal.model_texts.rules.kind import EventKind


def test_what_the_owner_named_is_there() -> None:
    labels = [kind.label for kind in EventKind]
    assert {"会议", "巡查", "活动", "走访", "通知", "公示", "财务公开"} <= set(labels)
    assert len(set(labels)) == len(labels)
