"""The one table of grants: permission → role → how far it reaches.

Routes ask ``allows`` (may this kind of person come in at all), moves ask ``check`` (this act, on
this thing, by this person). The system's administrator has no right to content, the auditor only
reads (三员分立, GB/T 22239).
"""

from collections.abc import Iterable
from enum import Enum, auto
from typing import Any

from town_portal.access.actor import Actor, HeldPost
from town_portal.access.permissions import Permission as P
from town_portal.access.roles import Role as R
from town_portal.foundation.errors import Forbidden


class Scope(Enum):
    """How far a grant reaches."""

    UNIT = auto()
    """Things of the post's own unit."""
    WAITING = auto()
    """Things that wait for exactly this role in exactly this unit."""
    TOWN = auto()
    """Everything."""


_READERS = dict.fromkeys((R.REPORTER, R.HEAD, R.LEADER, R.PRINCIPAL, R.COORDINATOR, R.PUBLISHER, R.AUDITOR), Scope.TOWN)

_AT_TEXTS = (R.REPORTER, R.HEAD, R.LEADER, R.PRINCIPAL, R.COORDINATOR, R.PUBLISHER)
"""Who works at texts: each of them may meet a finding that is no error."""

GRANTS: dict[P, dict[R, Scope]] = {
    P.ACCOUNT_MANAGE: {R.ADMINISTRATOR: Scope.TOWN},
    P.BULLETIN_COMPILE: {R.COORDINATOR: Scope.TOWN},
    P.BULLETIN_ISSUE: {R.LEADER: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.BULLETIN_READ: _READERS,
    P.BULLETIN_RECEIVE: {R.REPORTER: Scope.UNIT, R.HEAD: Scope.UNIT},
    P.APPRAISAL_CLOSE: {R.PRINCIPAL: Scope.TOWN},
    P.APPRAISAL_EXPORT: {R.COORDINATOR: Scope.TOWN, R.PRINCIPAL: Scope.TOWN, R.AUDITOR: Scope.TOWN},
    P.APPRAISAL_READ: _READERS,
    P.CALENDAR_AMEND: {R.COORDINATOR: Scope.TOWN},
    P.CHANNEL_MANAGE: {R.ADMINISTRATOR: Scope.TOWN},
    P.CHANNEL_READ: dict.fromkeys((R.ADMINISTRATOR, R.COORDINATOR, R.AUDITOR), Scope.TOWN),
    P.COLUMN_MANAGE: {R.COORDINATOR: Scope.TOWN},
    P.CREDIT_CONFIRM: {R.LEADER: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.CREDIT_ENTER: {R.COORDINATOR: Scope.TOWN},
    P.EXCEPTION_PROPOSE: dict.fromkeys(_AT_TEXTS, Scope.TOWN),
    P.FAULT_ANSWER: {R.REPORTER: Scope.UNIT, R.HEAD: Scope.UNIT},
    P.FAULT_FIX: {R.PUBLISHER: Scope.TOWN},
    P.FAULT_HANDLE: {R.COORDINATOR: Scope.TOWN},
    P.FAULT_READ: _READERS,
    P.FAULT_REPORT: dict.fromkeys(_AT_TEXTS, Scope.TOWN),
    P.FAULT_SIGN: dict.fromkeys((R.LEADER, R.PRINCIPAL, R.COORDINATOR), Scope.TOWN),
    P.JOBS_READ: dict.fromkeys((R.ADMINISTRATOR, R.AUDITOR), Scope.TOWN),
    P.MODEL_TEXT_MANAGE: {R.COORDINATOR: Scope.TOWN},
    P.NETWORK_MANAGE: {R.ADMINISTRATOR: Scope.TOWN},
    P.NETWORK_READ: {**_READERS, R.ADMINISTRATOR: Scope.TOWN},
    P.PUBLISH: {R.PUBLISHER: Scope.TOWN},
    P.RELEASE: {R.COORDINATOR: Scope.TOWN, R.PUBLISHER: Scope.TOWN},
    P.RELEASE_CHANNEL_MANAGE: {R.COORDINATOR: Scope.TOWN},
    P.RELEASE_REPORT: {R.REPORTER: Scope.UNIT},
    P.RECTIFICATION_ANSWER: {R.REPORTER: Scope.UNIT, R.HEAD: Scope.UNIT},
    P.RECTIFICATION_CHECK: {R.COORDINATOR: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.RECTIFICATION_OPEN: {R.COORDINATOR: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.RECTIFICATION_READ: dict.fromkeys(
        (R.REPORTER, R.HEAD, R.LEADER, R.PRINCIPAL, R.COORDINATOR, R.AUDITOR), Scope.TOWN
    ),
    P.REGISTER_IMPORT: {R.COORDINATOR: Scope.TOWN},
    P.REMIND: {R.COORDINATOR: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.REMINDER_READ: {R.COORDINATOR: Scope.TOWN, R.PRINCIPAL: Scope.TOWN, R.AUDITOR: Scope.TOWN},
    P.REVIEW: {R.HEAD: Scope.WAITING, R.LEADER: Scope.WAITING, R.PRINCIPAL: Scope.WAITING},
    P.SCHEME_CONFIRM: {R.LEADER: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.SCHEME_PROPOSE: {R.COORDINATOR: Scope.TOWN},
    P.SETTING_CONFIRM: {R.LEADER: Scope.TOWN, R.PRINCIPAL: Scope.TOWN},
    P.SETTING_PROPOSE: {R.COORDINATOR: Scope.TOWN},
    P.SITE_EXPORT: {R.COORDINATOR: Scope.TOWN, R.PUBLISHER: Scope.TOWN},
    P.SPOT_CHECK_CHECK: dict.fromkeys((R.COORDINATOR, R.PRINCIPAL, R.LEADER, R.HEAD), Scope.TOWN),
    P.SPOT_CHECK_READ: {**_READERS, R.ADMINISTRATOR: Scope.TOWN},
    P.SPOT_CHECK_RUN: {R.COORDINATOR: Scope.TOWN},
    P.STATISTICS_EXPORT: {R.COORDINATOR: Scope.TOWN, R.AUDITOR: Scope.TOWN},
    P.STATISTICS_READ: _READERS,
    P.SUBMISSION_DRAFT: {R.REPORTER: Scope.UNIT},
    P.SUBMISSION_READ: _READERS,
    P.SUPERVISION_READ: dict.fromkeys((R.COORDINATOR, R.PRINCIPAL, R.ADMINISTRATOR, R.AUDITOR), Scope.TOWN),
    P.TERM_CONFIRM: {R.COORDINATOR: Scope.TOWN, R.PUBLISHER: Scope.TOWN, R.HEAD: Scope.UNIT},
    P.TERM_PROPOSE: {R.COORDINATOR: Scope.TOWN},
    P.TRAIL_READ: {R.AUDITOR: Scope.TOWN},
}


def allows(roles: Iterable[R], *permissions: str) -> bool:
    """May somebody with these roles come in where any of these permissions is asked?"""
    held = set(roles)
    return any(held & GRANTS[P(permission)].keys() for permission in permissions)


def reaches(post: HeldPost, permission: P, subject: Any) -> bool:
    """Does this post carry the permission as far as this subject?"""
    match GRANTS[permission].get(post.role):
        case Scope.UNIT:
            return bool(subject.unit_id == post.unit_id)
        case Scope.WAITING:
            return bool(subject.waiting_role == post.role and subject.waiting_unit_id == post.unit_id)
        case Scope.TOWN:
            return True
    return False


def post_reaching(actor: Actor, permission: P, subject: Any) -> HeldPost | None:
    """The first of the actor's posts whose grant reaches this subject, or None."""
    return next((post for post in actor.posts if reaches(post, permission, subject)), None)


def check(actor: Actor, permission: P, subject: Any) -> HeldPost:
    """The post by which the actor may do this to this subject; Forbidden when there is none."""
    post = post_reaching(actor, permission, subject)
    if post is None:
        raise Forbidden(f"您现在的任职不能对这一件“{permission.label}”。需要办理请联系党政和人大办公室。")
    return post
