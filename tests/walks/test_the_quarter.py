"""The quarter's page before a leader: at a desk, on a phone, without script, and on paper."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import builders
from tests.browser import DESK, PHONE, Watch, chromium
from tests.conftest import Databases
from tests.walks.conftest import HOLDERS, Stage, staged
from tests.walks.test_the_loop import Tour
from town_portal.foundation import clock
from town_portal.submissions.rules.lifecycle import State

pytestmark = pytest.mark.browser
__all__ = ["chromium"]


@pytest.fixture(scope="module")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all windows, on a house with a few articles."""
    for stage in staged(databases, tmp_path_factory.mktemp("quarter"), HOLDERS):
        with stage.inside() as cast:
            for state in (State.PUBLISHED, State.PUBLISHED, State.WITHDRAWN, State.RETURNED, State.THIRD_REVIEW):
                builders.a_submission(cast, state, event_on=clock.today() - timedelta(days=1))
        yield stage


@pytest.fixture
def watch(chromium: Browser, stage: Stage) -> Iterator[Watch]:
    """Nothing may go wrong on any page: no violation, no error, no foreign host, no barrier."""
    watching = Watch(chromium, f"http://127.0.0.1:{stage.server.port}")
    yield watching
    watching.close()
    assert watching.report() == {"console": [], "foreign": [], "barriers": []}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_from_the_board_to_the_items_and_back(watch: Watch, viewport: dict[str, int], script: bool) -> None:
    tour = Tour(watch, script, viewport)
    page = tour.signed_in("leader")
    page.goto("/dashboard")
    expect(page.get_by_role("heading", level=1)).to_contain_text("看板")
    tour.look(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"] if script else True
    # The marks have a size of their own, drawn by no script.
    bar = page.locator("svg.tp-gr rect.gr-1").first.bounding_box()
    assert bar is not None
    assert bar["width"] > 10
    page.get_by_role("row").filter(has_text="发布后撤改").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("发布后撤改 1 条")
    tour.look(page)
    page.get_by_role("navigation", name="位置").get_by_role("link", name="季度看板").click()
    page.get_by_role("row").filter(has_text="二审二校，审核人指出").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("审核人指出 1 处")
    tour.look(page)
    page.goto("/dashboard")
    page.get_by_label("季度", exact=True).select_option(index=0)
    if not script:
        page.get_by_role("button", name="换季度").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("看板")


def test_on_paper(watch: Watch, tmp_path: Path) -> None:
    page = Tour(watch, True, DESK).signed_in("leader")
    page.goto("/dashboard")
    page.emulate_media(media="print")
    assert page.locator(".tp-side").is_hidden()
    assert page.locator("svg.tp-gr").first.is_visible()
    path = tmp_path / "board.pdf"
    page.pdf(path=str(path), format="A4", print_background=False)
    assert path.read_bytes().startswith(b"%PDF")
