"""Who signs: the helper of every view that asks for the password with an act (签字背书)."""

from flask import session
from wtforms import Field

from town_portal.access.actor import RECENT, Actor
from town_portal.accounts import operations, queries
from town_portal.accounts.operations import SignInRefused
from town_portal.accounts.rules.session import new_token


def confirmed_lately(actor: Actor) -> bool:
    """Was the password given again within the limit, in this session?"""
    return queries.is_confirmed(actor)


def identified(actor: Actor, field: Field, *, final: bool = False) -> Actor | None:
    """The actor with his identity confirmed, or None after the field was given its error.

    A final act asks for the password every time; others accept one given lately. A confirmed
    session goes on under a new token, so that a copy of the old cookie cannot sign.
    """
    if field.data:
        token = new_token()
        try:
            confirmed = operations.confirm_identity(actor, field.data, token, session.get("_user_id"))
        except SignInRefused as refusal:
            field.errors = (*field.errors, refusal.reason)
            return None
        go_on_under(token)
        return confirmed
    if not final and confirmed_lately(actor):
        return actor.at(authentication=RECENT)
    field.errors = (*field.errors, "请输入登录密码，核验是您本人")
    return None


def go_on_under(token: str) -> None:
    """Let this browser go on in its session under another token."""
    session["_user_id"] = token
