"""The pages: read by everybody who reads figures, changed by two persons, no JSON typed anywhere."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.http import ClientVisitor
from tests.scoring.schemes import a_credit, a_scheme_in_force
from town_portal.foundation import clock
from town_portal.scoring import queries
from town_portal.statistics.rules.quarter import Quarter

SignedIn = Callable[[str], FlaskClient]


def as_it_stands(
    client: FlaskClient, path: str = "/scoring/schemes/new", **changes: str
) -> tuple[list[tuple[str, str]], str]:
    """What a browser would send of the editor, with some fields changed."""
    page = ClientVisitor(client).get(path)
    fields = page.form("/scoring/schemes").filled(reason="按今年的要求调整")
    said = dict(fields) | changes
    return list(said.items()), page.text


def settle(app: Flask, cast: Cast) -> int:
    """A scheme in force; its number."""
    with app.app_context():
        return a_scheme_in_force(cast).id


def test_a_house_without_a_scheme_says_so(signed_in: SignedIn) -> None:
    reporter = signed_in("reporter")
    assert "还没有评分办法" in reporter.get("/scoring").text
    schemes = reporter.get("/scoring/schemes").text
    assert "泄密一票否决" in schemes and "起草" not in schemes


def test_the_shipped_scheme_is_proposed_as_it_stands_and_confirmed(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    client, leader = signed_in("coordinator"), ClientVisitor(signed_in("leader"))
    fields, _ = as_it_stands(client)
    response = client.post("/scoring/schemes", data=dict(fields))
    assert response.status_code == 303
    page = leader.get(response.location)
    assert "待确认" in page.text and "确认，按这份执行" in page.text
    assert leader.send(page, f"{response.location}/confirmations").status == 303
    with app.app_context():
        held = queries.version_for(Quarter.containing(clock.today()))
        assert held is not None and held.scheme == queries.shipped()


def test_what_is_typed_is_tried_and_kept_on_the_page(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    settle(app, cast)
    client = signed_in("coordinator")
    fields, _ = as_it_stands(client, **{"s0.cap": "25", "act": "preview"})
    response = client.post("/scoring/schemes/drafts", data=dict(fields))
    assert response.status_code == 200
    assert "试排" in response.text and 'value="25"' in response.text


def test_what_is_no_number_is_refused_beside_what_was_typed(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    fields, _ = as_it_stands(client, **{"s1.r0.full": "四十"})
    response = client.post("/scoring/schemes", data=dict(fields))
    assert response.status_code == 422
    assert "“质量”的“一次通过”：满分要写成数字" in response.text and 'value="四十"' in response.text


def test_a_rule_and_a_section_are_added_without_a_script(signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    fields, _ = as_it_stands(client, **{"act": "add.s0", "s0.add": "surplus"})
    page = client.post("/scoring/schemes/drafts", data=dict(fields)).text
    assert 'name="s0.r2.kind" value="surplus"' in page
    fields, _ = as_it_stands(client, act="section")
    assert 'name="s4.name"' in client.post("/scoring/schemes/drafts", data=dict(fields)).text


def test_who_may_not_propose_has_no_editor(signed_in: SignedIn) -> None:
    assert signed_in("head").get("/scoring/schemes/new").status_code == 403
    assert signed_in("leader").post("/scoring/schemes", data={}).status_code in (400, 403)


def test_a_unit_sees_its_sheet_and_what_is_behind_a_line(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    settle(app, cast)
    with app.app_context():
        unit = cast.unit("C03").id
        number = a_credit(cast, "约稿按时交", clock.today()).number
    client = signed_in("reporter")
    page = client.get(f"/scoring/units/{unit}").text
    assert "本单位（洛洞村）" in page and "怎样能再提高" in page and "约稿按时交" in page
    line = client.get(f"/scoring/units/{unit}/lines/s3.r1.0").text
    assert number in line and "约稿函" in line
    assert client.get(f"/scoring/units/{unit}/lines/nothing").status_code == 404
    assert client.get("/scoring/units/999").status_code == 404
    assert "洛洞村" in client.get("/scoring").text


def test_a_credit_is_entered_confirmed_and_revoked_on_pages(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    settle(app, cast)
    coordinator, leader = ClientVisitor(signed_in("coordinator")), ClientVisitor(signed_in("leader"))
    page = coordinator.get("/scoring/credits")
    quarter = Quarter.containing(clock.today())
    entered = coordinator.send(
        page,
        f"/scoring/credits?quarter={quarter.key}",
        matter="县级领导批示",
        happened_on=clock.today().isoformat(),
        words="县领导对农技培训简报作出批示",
        evidence="佛办批〔2026〕12号",
    )
    assert entered.status == 303 and "待确认" in coordinator.get(entered.location).text
    assert leader.send("/scoring/credits/1", "/scoring/credits/1/confirmations").status == 303
    page = leader.get("/scoring/credits/1")
    assert "已确认" in page.text
    assert leader.send(page, "/scoring/credits/1/revocations").status == 422
    assert leader.send(page, "/scoring/credits/1/revocations", reason="批示不是给本镇的").status == 303
    assert "已撤销" in leader.get("/scoring/credits/1").text


def test_the_ranking_of_the_statistics_shows_points(app: Flask, cast: Cast, signed_in: SignedIn) -> None:
    assert "得分" not in signed_in("reporter").get("/statistics").text
    settle(app, cast)
    page = signed_in("reporter").get("/statistics").text
    assert "按评分办法的总分排名" in page and "得分" in page
