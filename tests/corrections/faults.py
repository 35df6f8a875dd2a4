"""Faults in a given state, made through the operations of the people whose work it is."""

from typing import Any

from tests.builders import a_submission, surely
from tests.cast import Cast
from town_portal.corrections import operations
from town_portal.corrections.models import Fault
from town_portal.corrections.rules.fault import FaultCause, FaultOrigin, FixWay
from town_portal.publishing import queries as publishing
from town_portal.publishing.models import Publication
from town_portal.submissions.rules.lifecycle import State

BODY = "<p>今天上午，洛洞村共排查农房1268栋，发现隐患12处，已全部完成整改。</p>"
WRONG, RIGHT = "共排查农房1268栋", "共排查农房268栋"
MATTER = "排查农房数写成1268栋，台账是268栋"
NOTE = "更正农房排查数。"


def public(cast: Cast, **text: Any) -> Publication:
    """An article of 洛洞村 the public reads."""
    item = a_submission(cast, State.PUBLISHED, **({"title": "洛洞村开展农房安全排查", "body_html": BODY} | text))
    publication = publishing.of_submission(item.id)
    assert publication is not None
    return publication


def reported(cast: Cast, publication: Publication | None = None, **given: Any) -> Fault:
    """A fault that waits for the coordinating office."""
    return operations.report(
        cast.actor("coordinator"),
        publication or public(cast),
        given.pop("origin", FaultOrigin.MONITOR),
        given.pop("words", "农房数好像多写了一个1"),
        **given,
    )


def confirmed(cast: Cast, publication: Publication | None = None, **given: Any) -> Fault:
    """A fault indeed."""
    fault = reported(cast, publication)
    return operations.confirm(
        cast.actor("coordinator"),
        fault,
        fault.version,
        MATTER,
        given.pop("way", FixWay.IN_PLACE),
        cause=given.pop("cause", FaultCause.FIGURES),
        values=given.pop("values", True),
    )


def coordinator(cast: Cast) -> Any:
    """The coordinator with his password just given."""
    return surely(cast.actor("coordinator"))


def publisher(cast: Cast) -> Any:
    """The publisher with his password just given."""
    return surely(cast.actor("publisher"))
