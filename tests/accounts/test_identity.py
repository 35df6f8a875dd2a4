"""Who signs: the password asked for with an act."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask, session
from wtforms import Form, PasswordField

from tests.cast import Cast, open_session
from town_portal.access.actor import FRESH, RECENT, Actor
from town_portal.accounts import identity, operations, queries
from town_portal.foundation import clock

GOOD = "Lizhi-hao-chi-7"


class Signing(Form):
    password = PasswordField("登录密码")


@pytest.fixture
def signer(town: Cast) -> Actor:
    operations.use_link(operations.issue_link(town.actor("administrator"), town.person("head")), GOOD)
    actor = queries.load_actor(open_session(town.phone("head"), timedelta(minutes=11)), "10.0.0.1")
    assert actor is not None
    return actor


def typed(text: str) -> Signing:
    return Signing(data={"password": text})


def test_the_right_password_confirms_and_rotates(app: Flask, signer: Actor) -> None:
    with app.test_request_context():
        session["_user_id"] = "old"
        actor = identity.identified(replace(signer, form_key="a key"), typed(GOOD).password, final=True)
        assert actor is not None
        assert (actor.authentication, actor.form_key) == (FRESH, "a key")
        again = queries.load_actor(session["_user_id"], "10.0.0.1")
        assert again is not None
        assert again.session_hash == actor.session_hash
        assert identity.confirmed_lately(again)


def test_a_wrong_password_is_told_at_the_field(app: Flask, signer: Actor) -> None:
    with app.test_request_context():
        session["_user_id"] = "old"
        form = typed("wrong")
        assert identity.identified(signer, form.password) is None
        assert form.password.errors == ("密码不对，还可以再试 4 次",)
        assert session["_user_id"] == "old"


def test_nothing_typed_is_asked_for(app: Flask, signer: Actor) -> None:
    form = typed("")
    assert identity.identified(signer, form.password) is None
    assert form.password.errors == ("请输入登录密码，核验是您本人",)


def test_a_recent_confirmation_is_enough_for_all_but_the_final_acts(signer: Actor) -> None:
    recent = replace(signer, reauthenticated_at=clock.now() - timedelta(minutes=9))
    actor = identity.identified(recent, typed("").password)
    assert actor is not None
    assert actor.authentication == RECENT
    assert identity.identified(recent, typed("").password, final=True) is None
