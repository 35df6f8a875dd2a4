"""Units without a reporter. The source report: 均明确1名专职信息员, so a gap is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from town_portal.access.roles import Role
from town_portal.network.rules.appointment import Tenure


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A unit whose reporter's post nobody fills; ``deputy`` when at least a deputy is there."""

    unit_id: int
    deputy: bool

    @property
    def words(self) -> str:
        """What to write beside the unit."""
        return "只有副手，缺专职信息员" if self.deputy else "信息员空缺"


def vacancies(unit_ids: Iterable[int], tenures: Iterable[Tenure]) -> list[Vacancy]:
    """The vacant units in the order given; ``tenures`` are the posts in force on the day asked about.

    A leave cover fills the post, a deputy alone does not.
    """
    filled: set[int] = set()
    deputies: set[int] = set()
    for post in tenures:
        if post.role is Role.REPORTER:
            (deputies if post.deputy else filled).add(post.unit_id)
    return [Vacancy(unit_id, unit_id in deputies) for unit_id in unit_ids if unit_id not in filled]
