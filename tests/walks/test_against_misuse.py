"""What a careless or hostile hand could do once, and cannot now."""

import logging
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.exc import DatabaseError

from tests.browsing import browser, post
from tests.builders import a_submission, a_text, hand_in, surely
from tests.cast import Cast, open_session
from tests.refusals import refused
from tests.scene import made
from tests.stopwatch import stopped
from town_portal.access.guard import is_outside, requires, stand_guard
from town_portal.access.permissions import PUBLIC
from town_portal.access.roles import Role
from town_portal.accounts import queries as accounts
from town_portal.audit import operations as sealing
from town_portal.audit import queries as trail
from town_portal.files.rules.picture import redraw
from town_portal.files.rules.sniff import sniff
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Forbidden, Refused
from town_portal.network import operations as network
from town_portal.network import queries as network_queries
from town_portal.network.models import Person, Unit
from town_portal.review import operations as review
from town_portal.settings import operations as settings
from town_portal.submissions import operations as submissions
from town_portal.submissions import queries
from town_portal.submissions.rules import comparison, markup
from town_portal.submissions.rules.lifecycle import State

S = State
SOON = 2.0
"""Seconds that no check of one text may take, on a busy machine."""


# -- two acts that each check what the other changes -----------------------------------------------


def test_two_appointments_at_once_do_not_pass_each_other(app: Flask, cast: Cast) -> None:
    with app.app_context():
        administrator = cast.actor("administrator")
        unit, people = cast.unit("B10").id, [cast.person(key).id for key in ("idler", "other_leader")]
        for post in network_queries.posts_on(clock.today(), unit_id=unit, roles=(Role.REPORTER,)):
            network.relieve(administrator, post, clock.today() - timedelta(days=1), "空出来")

    def appoint(person_id: int) -> str:
        with app.app_context():
            person, place = db.session.get_one(Person, person_id), db.session.get_one(Unit, unit)
            try:
                network.appoint(administrator, person, place, Role.REPORTER, clock.today())
            except Refused as refusal:
                return refusal.reason
            return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(appoint, people))
    assert answers.count("done") == 1, answers
    with app.app_context():
        assert len(network_queries.posts_on(clock.today(), unit_id=unit, roles=(Role.REPORTER,))) == 1
        assert trail.verify().sound


def test_whoever_was_disabled_while_his_page_was_open_signs_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        item = a_submission(cast, S.SECOND_REVIEW)
        head = accounts.load_actor(open_session(cast.phone("head")), "127.0.0.1")
        assert head
        network.disable_person(cast.actor("administrator"), cast.person("head"), "调离")
        with pytest.raises(Forbidden, match="任职刚有变动"):
            review.proof(surely(head), item, item.version, item.digest)


def test_whoever_was_relieved_while_his_page_was_open_signs_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        item = a_submission(cast, S.SECOND_REVIEW)
        head = accounts.load_actor(open_session(cast.phone("head")), "127.0.0.1")
        assert head
        held = next(post for post in network_queries.posts_of_person(head.id or 0) if post.role is Role.HEAD)
        network.relieve(cast.actor("administrator"), held, clock.today() - timedelta(days=1), "免职")
        with pytest.raises(Forbidden):
            review.proof(surely(head), item, item.version, item.digest)


# -- one hand in two gloves ------------------------------------------------------------------------


def test_whom_the_drafter_stands_in_for_signs_nothing_of_it(town: Cast) -> None:
    actor = town.actor("reporter")
    absent = town.person("head")
    post = actor.posts[0]
    cover = replace(actor, posts=(replace(post, acting_for=absent.name, acting_for_id=absent.id),))
    item = a_submission(town, by="reporter")
    item_by_cover = submissions.draft(cover, town.unit("C03").id, a_text(town))
    assert absent.id not in {person for person, _ in queries.hands(item.id)}
    assert (absent.id, S.DRAFT) in queries.hands(item_by_cover.id)
    hand_in(town, item_by_cover)
    with refused("写过或改过"):
        review.proof(surely(town.actor("head")), item_by_cover, item_by_cover.version, item_by_cover.digest)


def _drafted_by(town: Cast, actor: object) -> object:
    from tests.builders import a_text
    from town_portal.submissions import operations

    return operations.draft(actor, town.unit("C03").id, a_text(town))


def test_a_setting_is_not_confirmed_in_the_name_of_its_proposer(town: Cast) -> None:
    setting = settings.propose(town.actor("coordinator"), "golden_days", {"days": 5, "count": "working"}, None, "x")
    proposer = town.person("coordinator")
    leader = town.actor("leader")
    gloves = tuple(replace(post, acting_for=proposer.name, acting_for_id=proposer.id) for post in leader.posts)
    with refused("请另一位领导确认"):
        settings.confirm(replace(leader, posts=gloves), setting, setting.version)


# -- forms of other sites ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}, {}],
)
def test_a_form_of_another_site_gets_no_token(app: Flask, cast: Cast, headers: dict[str, str]) -> None:
    number = made(app, cast, S.DRAFT)
    client = browser(app, "reporter")
    answer = client.post(f"/submissions/{number}/discards", data={"d-reason": "x"}, headers=headers)
    assert answer.status_code == 400
    assert "csrf" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_ours_that_lay_too_long_is_offered_again(app: Flask, cast: Cast) -> None:
    number = made(app, cast, S.DRAFT)
    client = browser(app, "reporter")
    answer = client.post(
        f"/submissions/{number}/discards", data={"d-reason": "写重了"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, "写重了" in answer.text) == (400, True)


# -- texts that take long --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<p></p>" * 20_000 + "<p>x</p>", "<figure>" + " " * 60_000, "<p>" + "<br>" * 30_000, "<img " * 20_000,
        "<figure><figcaption>" * 5_000, "&lt;" * 40_000,
    ],
)  # fmt: skip
def test_no_text_keeps_the_sanitiser_long(text: str) -> None:
    with stopped() as watch:
        markup.sanitised(text)
    assert watch.seconds < SOON


def test_empty_ends_still_fall_away() -> None:
    assert markup.sanitised("<p>一</p><p></p> <p><br></p>\n") == "<p>一</p>"
    assert markup.sanitised('<p>一</p><figure class="ta-center"><figcaption>无图</figcaption></figure>') == "<p>一</p>"
    assert markup.sanitised('<p>a<img alt="x">b</p>') == "<p>ab</p>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "".join(f"<p>{n}旧的一段话{n}</p>" for n in range(1_500)),
            "".join(f"<p>{n}新写{n}</p>" for n in range(1_500)),
        ),
        (f"<p>{'啊' * 50_000}</p>", f"<p>{'啊' * 49_000}呀</p>"),
        ("<p>同</p>" * 5_000, "<p>同</p>" * 4_999),
    ],
)
def test_no_comparison_takes_long_or_loses_a_word(old: str, new: str) -> None:
    with stopped() as watch:
        lines = comparison.compare(old, new)
    assert watch.seconds < 2 * SOON
    kept = "".join(words for line in lines for piece, words in line.pieces if piece is not comparison.Piece.GONE)
    assert kept == "".join(line for block in markup.blocks(new) for line in block.lines)


# -- files ----------------------------------------------------------------------------------------------------


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:

    out = BytesIO()
    Image.new("1", (6_000, 6_000)).save(out, "PNG")
    with pytest.raises(Refused, match="尺寸太大"):
        redraw(out.getvalue(), "大图.png")


def test_a_document_with_names_in_another_script_is_no_fault() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("汤塘.xml", "x")
    spoilt = out.getvalue().replace("汤塘".encode(), b"\xcc\xc0\xcc\xc1\xff\xff")
    with pytest.raises(Refused, match="打不开|不能传"):
        sniff(spoilt, "坏名字.docx")


def test_beyond_the_staff_networks_everybody_is_the_public() -> None:
    app = Flask("house")

    @app.get("/open")
    @requires(PUBLIC)
    def opened() -> str:
        return str(is_outside())

    stand_guard(app, ["10.0.0.0/8"], {"opened"})
    client = app.test_client()
    assert client.get("/open", environ_base={"REMOTE_ADDR": "10.1.2.3"}).text == "False"
    assert client.get("/open", environ_base={"REMOTE_ADDR": "203.0.113.9"}).text == "True"


# -- what is left behind ------------------------------------------------------------------------------------------


def test_what_people_wrote_does_not_stand_in_a_log(app: Flask, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    number = "44000" * 4
    with app.app_context():
        with pytest.raises(DatabaseError) as error:
            db.session.execute(db.text("select * from no_such_table where x = :words"), {"words": number})
        logging.getLogger("town_portal").error("fault", exc_info=error.value)
    assert number not in caplog.text


def test_half_a_checkpoint_is_never_left(town: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_submission(town)
    key = sealing.open_key(tmp_path / "keys")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            sealing.checkpoint(tmp_path / "points", key)
    assert list((tmp_path / "points").iterdir()) == []
    assert sealing.checkpoint(tmp_path / "points", key)
    assert len(sealing.checkpoints(tmp_path / "points", sealing.public_key(tmp_path / "keys"))) == 1


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31", "action=%00", "words=%00"])
def test_no_date_or_sign_is_a_fault_of_the_trail(signed_in: object, query: str) -> None:
    client: FlaskClient = signed_in("auditor")  # type: ignore[operator]
    assert client.get(f"/trail?{query}").status_code in (200, 422)


def test_a_form_key_is_short_and_plain(app: Flask, cast: Cast) -> None:
    number = made(app, cast, S.DRAFT)
    client = browser(app, "reporter")

    for key in ("x\x00y", "k" * 5_000, "钥匙"):
        answer = post(client, f"/submissions/{number}/discards", {"d-reason": "", "d-form_key": key})
        assert answer.status_code == 422
