"""Who acts: a person as he is at this moment, with the posts he holds today."""

from dataclasses import dataclass, replace
from datetime import datetime

from town_portal.access.roles import Role

# How surely an act's person was known (the ``authentication`` of an actor and of its events).
FRESH = "password+reauth"
"""The password was given with this very act."""
RECENT = "password+recent"
"""The password was given again within the limit, in this session."""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post of today: a role in a unit, perhaps held for somebody on leave."""

    id: int
    role: Role
    unit_id: int
    unit_name: str
    unit_kind: str
    acting_for: str | None = None
    acting_for_id: int | None = None

    @property
    def label(self) -> str:
        """As in "农业农村办公室 · 部门负责人", with the absent holder's name when standing in."""
        words = f"{self.unit_name} · {self.role.label}"
        return f"{words}（代 {self.acting_for}）" if self.acting_for else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The first argument of every operation: who acts, from where, and how surely we know it.

    ``form_key`` is the one-time key of the form that was sent; ``answer`` is where the view will
    send the browser, kept so that a repeated form gets the same answer.
    """

    id: int | None
    name: str
    posts: tuple[HeldPost, ...] = ()
    session_id: int | None = None
    session_hash: str | None = None
    last_seen_at: datetime | None = None
    reauthenticated_at: datetime | None = None
    must_change_password: bool = False
    address: str | None = None
    authentication: str | None = None
    form_key: str | None = None
    answer: str | None = None

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of today's posts."""
        return frozenset(post.role for post in self.posts)

    def units_as(self, *roles: Role) -> tuple[int, ...]:
        """The units in which one of these roles is held today."""
        return tuple(dict.fromkeys(post.unit_id for post in self.posts if post.role in roles))

    def post_for(self, role: Role, unit_id: int | None = None) -> HeldPost | None:
        """The held post that gives this role (in this unit, when one is named)."""
        for post in self.posts:
            if post.role == role and unit_id in (None, post.unit_id):
                return post
        return None

    def without_form_key(self) -> "Actor":
        """The same person in an act that the form's key does not stand for, such as a proof of identity."""
        return replace(self, form_key=None)

    def at(
        self, *, form_key: str | None = None, answer: str | None = None, authentication: str | None = None
    ) -> "Actor":
        """The same person, with what the request at hand adds."""
        return replace(
            self,
            form_key=form_key or self.form_key,
            answer=answer or self.answer,
            authentication=authentication or self.authentication,
        )


SYSTEM = Actor(id=None, name="系统")
STRANGER = Actor(id=None, name="未登录者")
