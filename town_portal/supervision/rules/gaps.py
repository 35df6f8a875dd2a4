"""What is wrong in the network on a day: seats nobody holds, people who fell silent, posts about to end.

The source report: every unit names one 专职信息员; 七（三）: gaps in the network were found too late.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from town_portal.access.roles import Role
from town_portal.network.rules.absence import Absence, bare_since
from town_portal.network.rules.appointment import Place, Tenure

DAY = timedelta(days=1)


class GapKind(StrEnum):
    """What sort of gap, the worst first."""

    VACANCY = "vacancy"
    ABSENCE = "absence"
    SEAT = "seat"
    ENDING = "ending"
    SILENT = "silent"
    NEWCOMER = "newcomer"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """The sort in Chinese."""
        return LABELS[self]


K = GapKind
LABELS = {
    K.VACANCY: "缺信息员",
    K.ABSENCE: "请假没人顶",
    K.SEAT: "缺审核人",
    K.ENDING: "任职快到期",
    K.SILENT: "很久没动静",
    K.NEWCOMER: "还没报送过",
    K.DEPUTY: "没有副手",
}
SIGNERS = (Role.HEAD, Role.LEADER)
"""Who signs for an office: without one of them its items stop."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: where, what, since or until when."""

    kind: GapKind
    unit_id: int
    role: Role
    since: date | None = None
    """The first day of the gap; None when it was there always."""
    until: date | None = None
    """The last day of a post or a leave."""
    person_id: int | None = None
    person: str = ""
    post_id: int | None = None
    absence_id: int = 0
    seen_on: date | None = None
    """The last day the person was signed in."""
    filed_on: date | None = None
    """The last day the person handed something in."""
    filled: bool = False
    """Of a vacant reporter's post: a deputy is there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The network on a day, as plain values."""

    day: date
    places: Sequence[Place]
    posts: Sequence[Tenure]
    absences: Sequence[Absence] = ()

    def holders(self, unit_id: int, role: Role, day: date | None = None) -> list[Tenure]:
        """Who holds a seat on a day (the picture's own by default), deputies too."""
        day = day or self.day
        return [post for post in self.posts if (post.unit_id, post.role) == (unit_id, role) and post.on(day)]

    def at_work(self, unit_id: int, role: Role) -> bool:
        """Is anybody there for a seat today?"""
        away = {absence.person_id for absence in self.absences if absence.on(self.day)}
        return any(post.person_id not in away for post in self.holders(unit_id, role))


@dataclass(frozen=True, slots=True)
class Terms:
    """From when on something is a gap, in days (the setting ``supervision``)."""

    silent: int
    newcomer: int
    ending: int


def empty_since(posts: Iterable[Tenure], day: date) -> date | None:
    """The first day since which none of some posts holds, asked on a day on which none does; None when none ever did."""
    ends = [post.ends_on for post in posts if post.ends_on is not None and post.ends_on < day]
    return max(ends) + DAY if ends else None


def vacancies(picture: Picture) -> Iterator[Gap]:
    """Units without a reporter. A leave cover fills the post, a deputy alone does not."""
    for place in picture.places:
        held = picture.holders(place.id, Role.REPORTER)
        if not any(not post.deputy for post in held):
            since = _empty_since(picture, place.id, Role.REPORTER, deputy=False)
            yield Gap(K.VACANCY, place.id, Role.REPORTER, since=since, filled=bool(held))


def deputies(picture: Picture) -> Iterator[Gap]:
    """Units with a reporter and without a deputy. Where the reporter is missing, that is said instead."""
    for place in picture.places:
        held = picture.holders(place.id, Role.REPORTER)
        if any(not post.deputy for post in held) and not any(post.deputy for post in held):
            since = _empty_since(picture, place.id, Role.REPORTER, deputy=True)
            yield Gap(K.DEPUTY, place.id, Role.REPORTER, since=since)


def signers(picture: Picture) -> Iterator[Gap]:
    """Offices without a head or without a leader."""
    for place in picture.places:
        for role in SIGNERS if place.is_office else ():
            if not picture.holders(place.id, role):
                yield Gap(K.SEAT, place.id, role, since=_empty_since(picture, place.id, role))


def absences(picture: Picture) -> Iterator[Gap]:
    """Leaves during which nobody does the work of a post."""
    for absence in picture.absences:
        for post in picture.posts:
            if post.person_id == absence.person_id:
                since = bare_since(post, absence, picture.day, picture.posts, picture.absences)
                if since is not None:
                    yield _about(K.ABSENCE, post, since=since, until=absence.ends_on, absence_id=absence.id)


def endings(picture: Picture, days: int) -> Iterator[Gap]:
    """Posts that end within so many days and that nobody holds on the day after. Leave covers end by themselves."""
    for post in picture.posts:
        if post.acting_for_id is not None or post.ends_on is None or not post.on(picture.day):
            continue
        if (post.ends_on - picture.day).days <= days:
            after = picture.holders(post.unit_id, post.role, post.ends_on + DAY)
            if not any(held.acting_for_id is None and (held.deputy <= post.deputy) for held in after):
                yield _about(K.ENDING, post, until=post.ends_on)


def silent(picture: Picture, days: int, seen: Mapping[int, date], filed: Mapping[int, date]) -> Iterator[Gap]:
    """Reporters in their post for so many days who in that time neither signed in nor handed anything in.

    Who is on leave today is not asked after.
    """
    start = picture.day - days * DAY
    away = {absence.person_id for absence in picture.absences if absence.on(picture.day)}
    for post in _reporters(picture):
        last = max((day for day in (seen.get(post.person_id), filed.get(post.person_id)) if day), default=date.min)
        if post.starts_on <= start and last < start and post.person_id not in away:
            yield _about(
                K.SILENT,
                post,
                since=post.starts_on,
                seen_on=seen.get(post.person_id),
                filed_on=filed.get(post.person_id),
            )


def newcomers(picture: Picture, days: int, filed: Mapping[int, date]) -> Iterator[Gap]:
    """Reporters whose post began within so many days and who never handed anything in."""
    for post in _reporters(picture):
        if (picture.day - post.starts_on).days < days and post.person_id not in filed:
            yield _about(K.NEWCOMER, post, since=post.starts_on)


def find(picture: Picture, terms: Terms, seen: Mapping[int, date], filed: Mapping[int, date]) -> list[Gap]:
    """Every gap, by the order of the units, in each the worst first.

    ``seen``: person → the last day he was signed in; ``filed``: person → the last day he handed
    something in. Who is new is not also called silent.
    """
    new = list(newcomers(picture, terms.newcomer, filed))
    names = {gap.person_id for gap in new}
    found = [
        *vacancies(picture),
        *absences(picture),
        *signers(picture),
        *endings(picture, terms.ending),
        *(gap for gap in silent(picture, terms.silent, seen, filed) if gap.person_id not in names),
        *new,
        *deputies(picture),
    ]
    place = {place.id: number for number, place in enumerate(picture.places)}
    worst = {kind: number for number, kind in enumerate(GapKind)}
    return sorted((gap for gap in found if gap.unit_id in place), key=lambda gap: (place[gap.unit_id], worst[gap.kind]))


def words(gap: Gap, day: date) -> str:
    """What is wrong, in a sentence."""
    match gap.kind:
        case K.VACANCY:
            rest = "，现在只有副手" if gap.filled else ""
            return f"没有专职信息员，{_since(gap.since, day)}{rest}"
        case K.DEPUTY:
            return "没有副手，信息员有事没人接"
        case K.SEAT:
            return f"没有{gap.role.label}，{_since(gap.since, day)}，稿件到这一步会停下"
        case K.ABSENCE:
            when = "已经" if gap.since and gap.since <= day else f"{_day(gap.since, day)}起"
            return f"{gap.person}请假到{_day(gap.until, day)}，{when}没有人顶{gap.role.label}的岗"
        case K.ENDING:
            return f"{gap.person}任{gap.role.label}到{_day(gap.until, day)}，还没有接任的人"
        case K.NEWCOMER:
            return f"{gap.person}{_day(gap.since, day)}到岗，还没报送过"
        case K.SILENT:
            return f"{gap.person}最近登录：{_day(gap.seen_on, day) or '没有'}，最近报送：{_day(gap.filed_on, day) or '没有'}"


def _since(since: date | None, day: date) -> str:
    if since is None:
        return "一直空缺"
    days = (day - since).days
    return f"{_day(since, day)}起空缺" + (f"，已经 {days} 天" if days else "")


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def _about(kind: GapKind, post: Tenure, **more: object) -> Gap:
    return Gap(
        kind,
        post.unit_id,
        post.role,
        person_id=post.person_id,
        person=post.person_name,
        post_id=post.post_id,
        **more,  # type: ignore[arg-type]
    )


def _reporters(picture: Picture) -> Iterator[Tenure]:
    for post in picture.posts:
        if post.role is Role.REPORTER and post.is_principal and post.on(picture.day):
            yield post


def _empty_since(picture: Picture, unit_id: int, role: Role, *, deputy: bool | None = None) -> date | None:
    seat = (
        post for post in picture.posts if (post.unit_id, post.role) == (unit_id, role) and deputy in (None, post.deputy)
    )
    return empty_since(seat, picture.day)
