"""The list of who may do what, printed for a person to read and for a test to compare."""

from flask import Flask

from town_portal.access import policy
from town_portal.access.guard import declared, wants_to_be_sure
from town_portal.access.permissions import PUBLIC, SIGNED_IN
from town_portal.access.roles import Role


def routes(app: Flask) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(method, rule, "+" where the password is asked again, declared permissions) of every route, sorted."""
    return sorted(
        (method, rule.rule, "+" if wants_to_be_sure(app, rule.endpoint) else "-", declared(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    )


def mark(role: Role | None, permissions: tuple[str, ...]) -> str:
    """Give "+" when somebody with this role (None: nobody signed in) may come in, else "-"."""
    if PUBLIC in permissions:
        return "+"
    if role is None or not permissions:
        return "-"
    return "+" if SIGNED_IN in permissions or policy.allows({role}, *permissions) else "-"


def table(app: Flask) -> str:
    """The matrix as CSV: one line a route, one column a role; the first is nobody."""
    lines = [",".join(("method", "route", "sure", "stranger", *Role))]
    lines += [
        ",".join((method, rule, sure, *(mark(role, permissions) for role in (None, *Role))))
        for method, rule, sure, permissions in routes(app)
    ]
    return "\n".join(lines) + "\n"
