"""The door: a route that declares nothing is closed, and every request passes here first."""

import re
from collections.abc import Callable, Collection, Sequence
from ipaddress import ip_address, ip_network
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_login import current_user

from town_portal.access import policy
from town_portal.access.actor import Actor
from town_portal.access.permissions import PUBLIC, SIGNED_IN

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
View = TypeVar("View", bound=Callable[..., Any])


def requires(*permissions: str, sure: bool = False) -> Callable[[View], View]:
    """Label a view with what it needs: PUBLIC, SIGNED_IN, or any of some permissions.

    ``sure``: the person gave his password again lately, in this session. A cookie alone changes
    no rights and carries no personal data out of the house (ASVS 7.5.1).
    """

    def label(view: View) -> View:
        view.permissions = permissions  # type: ignore[attr-defined]
        view.sure = sure  # type: ignore[attr-defined]
        return view

    return label


def person() -> Actor:
    """The person of this request, with the posts of today."""
    actor: Actor = current_user._get_current_object()
    return actor


def is_outside() -> bool:
    """Does this request come from beyond the staff networks? There, everybody is the public."""
    return bool(g.get("outside", False))


def me() -> Actor:
    """The person of this request with the key of the form he sent: who acts in an operation."""
    return person().at(form_key=_form_key()) if request.method == "POST" else person()


def _form_key() -> str | None:
    """The one-time key of the posted form; a form among several on a page has a prefix."""
    found = next((value for name, value in request.form.items() if name.endswith("form_key")), None)
    return found if found and _KEY.fullmatch(found) else None


def declared(app: Flask, endpoint: str | None) -> tuple[str, ...]:
    """What an endpoint declares; empty when it declares nothing."""
    view = app.view_functions.get(endpoint or "")
    return getattr(view, "permissions", ())


def wants_to_be_sure(app: Flask, endpoint: str | None) -> bool:
    """Does an endpoint ask for the password again?"""
    return getattr(app.view_functions.get(endpoint or ""), "sure", False)


def stand_guard(app: Flask, staff_networks: Sequence[str] = (), open_to_all: Collection[str] = ()) -> None:
    """Check every request before its view runs.

    Where staff networks are configured, everything but the endpoints (or blueprints) that are
    open to all is 404 for other addresses (互联网政务应用安全管理规定 第十九条).
    """
    networks = [ip_network(network) for network in staff_networks]

    @app.before_request
    def check() -> Any:
        if request.endpoint is None:
            return None  # no such address: the 404 page
        if networks:
            address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - an address nobody has, not one to listen on
            g.outside = not any(address in network for network in networks)
            if g.outside and not {request.endpoint, request.blueprint} & set(open_to_all):
                abort(404)
        permissions = declared(app, request.endpoint)
        if not permissions:
            abort(403)
        if PUBLIC in permissions:
            return None
        if not current_user.is_authenticated:
            return current_app.extensions["ask_to_sign_in"]()
        if current_user.must_change_password and request.endpoint not in app.config["OPEN_BEFORE_PASSWORD"]:
            return current_app.extensions["ask_for_new_password"]()
        if SIGNED_IN not in permissions and not policy.allows(current_user.roles, *permissions):
            g.missing_permissions = permissions
            abort(403)
        if wants_to_be_sure(app, request.endpoint) and not current_app.extensions["is_sure"](person()):
            return current_app.extensions["ask_to_confirm"]()
        return None
