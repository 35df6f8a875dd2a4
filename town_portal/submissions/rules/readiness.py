"""Is an item ready to be handed in? The conditions, each with the place to mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from town_portal.submissions.rules import markup

TITLE_LEAST, TITLE_MOST = 5, 60
BODY_LEAST = 20


@dataclass(frozen=True, slots=True)
class Text:
    """What the conditions look at, as plain values."""

    title: str
    body_html: str
    event_on: date
    urgent: bool
    urgency_reason: str
    major: bool
    cross_unit_id: int | None
    counterpart_id: int
    unit_id: int
    active: bool
    attribute_reason: str
    secrecy_cleared: bool
    source: str
    column_open: bool


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is missing, and the field where it is."""

    field: str
    words: str


def _title(text: Text, _today: date) -> Iterator[Issue]:
    length = len(text.title)
    if not TITLE_LEAST <= length <= TITLE_MOST:
        yield Issue("title", f"标题要 {TITLE_LEAST}—{TITLE_MOST} 个字，现在是 {length} 个")


def _body(text: Text, _today: date) -> Iterator[Issue]:
    length = len(markup.words(text.body_html).replace("\n", ""))
    if length < BODY_LEAST:
        yield Issue("body", f"正文至少写 {BODY_LEAST} 个字，现在是 {length} 个")


def _pictures(text: Text, _today: date) -> Iterator[Issue]:
    for number, picture in enumerate(markup.pictures(text.body_html), 1):
        if not picture.text:
            yield Issue("body", f"请给第 {number} 张照片写说明")
        if not picture.alt:
            yield Issue("body", f"请给第 {number} 张照片写画面描述，给看不见图的人听")


def _event(text: Text, today: date) -> Iterator[Issue]:
    if text.event_on > today:
        yield Issue("event_on", "事件日期不能晚于今天")


def _reasons(text: Text, _today: date) -> Iterator[Issue]:
    if text.urgent and not text.urgency_reason:
        yield Issue("urgency_reason", "走绿色通道要写理由")
    if not text.active and not text.attribute_reason:
        yield Issue("attribute_reason", "不主动公开要写明理由和依据")


def _secrecy(text: Text, _today: date) -> Iterator[Issue]:
    if not text.secrecy_cleared:
        yield Issue("secrecy_cleared", "请先做保密审查，确认不涉密再送审")


def _places(text: Text, _today: date) -> Iterator[Issue]:
    if not text.source:
        yield Issue("source", "请写信息来源")
    if not text.column_open:
        yield Issue("column_id", "这个栏目已停用，请另选栏目")
    if text.major and text.cross_unit_id is None:
        yield Issue("cross_unit_id", "重要信息要选一个办公室做交叉审核")
    if text.cross_unit_id is not None and text.cross_unit_id in (text.counterpart_id, text.unit_id):
        yield Issue("cross_unit_id", "交叉审核要选另一个办公室，不能是本单位或对口办公室")


CONDITIONS: tuple[Callable[[Text, date], Iterator[Issue]], ...] = (
    _title,
    _places,
    _event,
    _body,
    _pictures,
    _reasons,
    _secrecy,
)


def issues(text: Text, today: date) -> list[Issue]:
    """Everything that keeps an item from being handed in, in the order of the form."""
    return [issue for condition in CONDITIONS for issue in condition(text, today)]
