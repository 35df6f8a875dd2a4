"""The channels the town works."""

from town_portal.releases.rules.channel import USUAL, Medium, Tier


def test_the_usual_ones_are_those_of_the_report() -> None:
    assert [one.name for one in USUAL] == ["佛冈通", "佛冈发布", "清远日报", "南方+"]
    assert len({one.code for one in USUAL}) == len(USUAL)
    assert [one.name for one in USUAL if one.selects] == ["清远日报", "南方+"]


def test_tiers_go_upwards() -> None:
    assert [one.label for one in Tier] == ["本镇", "县级", "市级", "省级", "国家级"]
    assert all(one.label for one in Medium)
