"""The faults of the invented year."""

from datetime import date

from town_portal.demo.rules.faults import FAULTS, changes, steps_of, working_day


def test_every_state_is_there() -> None:
    assert {fault.last for fault in FAULTS} == {
        "report", "confirm", "propose", "sign", "answer", "close", "case", "dismiss",
    }  # fmt: skip
    assert [step for step, _ in steps_of(FAULTS[3])] == ["report", "dismiss"]
    assert [step for step, _ in steps_of(FAULTS[0])][-1] == "case"


def test_a_weekend_gives_way() -> None:
    assert working_day(date(2026, 11, 22)) == date(2026, 11, 20)
    assert working_day(date(2026, 11, 18)) == date(2026, 11, 18)


def test_a_place_is_there_once() -> None:
    text = "服务农户68户，发放手册120册，又发放手册120册。大家都看了新种的树苗。"
    assert [(one.before, one.after) for one in changes(text, figures=True)] == [("服务农户68户", "服务农户69户")]
    assert [one.after for one in changes(text, figures=False)] == ["家都看"]
