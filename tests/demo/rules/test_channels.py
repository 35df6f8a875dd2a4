"""Which invented articles ran where."""

from datetime import date
from io import BytesIO

from PIL import Image

from town_portal.demo.rules.channels import HOSTS, came_out, lot, offered_to, ran_on, screenshot, url
from town_portal.releases.rules.channel import USUAL

NUMBERS = [f"TT441821102/2026-{number:05}" for number in range(200)]


def test_lots_are_always_the_same_and_spread() -> None:
    assert lot(NUMBERS[0], "x", 7) == lot(NUMBERS[0], "x", 7)
    assert {lot(number, "x", 7) for number in NUMBERS} == set(range(7))


def test_a_part_runs_elsewhere_and_links_lead_nowhere() -> None:
    ran = [name for number in NUMBERS for name in ran_on(number, "工作动态")]
    assert 60 < len(ran) < 140
    assert set(ran) <= set(HOSTS) == {one.name for one in USUAL}
    assert ran_on(NUMBERS[0], "领导分工") == offered_to(NUMBERS[0], "通知公告") == []
    assert any(offered_to(number, "工作动态") for number in NUMBERS)
    assert url(NUMBERS[0], "佛冈通").split("/")[2].endswith(".example")


def test_nothing_runs_before_it_was_published() -> None:
    assert all(came_out(date(2026, 4, 1), number, name) >= date(2026, 4, 1) for number in NUMBERS for name in HOSTS)


def test_a_screenshot_is_a_small_picture() -> None:
    content = screenshot(NUMBERS[0])
    assert len(content) < 20_000
    assert Image.open(BytesIO(content)).height > 400
