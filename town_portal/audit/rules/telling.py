"""An event in words: what the act was about, why, and whether it was a signature."""

import json
from dataclasses import dataclass
from typing import Any

SIGNED = frozenset({"proof", "sign", "publish"})
"""Acts that are signatures; a hand-in is one too when the drafter signs by it (一审一校)."""
HANDED_IN = ("submit", "一审一校")
SENT_BACK = frozenset({"return", "reject_setting", "send_back_rectification"})
SHORT = 12
MOST_MOVES = 20
"""How many moved clocks are told one by one."""

SURE = {
    "password": "已登录",
    "password+recent": "十分钟内核验过密码",
    "password+reauth": "当场核验密码",
    "link": "一次性口令",
}
"""How surely an act's person was known, in words."""

NAMES = {
    "act": "校还是审",
    "acting_for": "代谁",
    "at": "定在",
    "changed": "内容有改动",
    "corrects": "更正哪一篇",
    "demand": "整改要求",
    "digest": "内容校验码",
    "due_on": "期限",
    "event_on": "事件日期",
    "fallen": "失效的签字",
    "golden_until": "黄金期到",
    "index_number": "索引号",
    "key": "设置项",
    "kind": "种类",
    "marks": "标出的地方",
    "matter": "整改事项",
    "meaning": "签的是",
    "moved": "改了几处",
    "moves": "改了哪些",
    "note": "说明",
    "opinion": "意见",
    "publication": "发布编号",
    "reason": "理由",
    "reasons": "勾选的理由",
    "revision": "第几版",
    "round": "第几次送审",
    "route": "审核路线",
    "sha256": "文件校验码",
    "size": "大小（字节）",
    "source": "来源",
    "stage": "环节",
    "timely": "在黄金期内",
    "to": "送到",
    "valid_from": "从何时起",
    "value": "值",
}
"""What the fields of a detail are called; one that is not here keeps its own name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an event's detail says to people."""

    action: str
    detail: dict[str, Any]

    @property
    def words(self) -> str:
        """The words somebody wrote in acting: reasons ticked, opinion, reason, public note."""
        given = [*self.detail.get("reasons", ()), *(self.detail.get(name) for name in ("opinion", "reason", "note"))]
        return "；".join(str(part) for part in given if part)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The whole detail as (name, value) for people."""
        return [
            (NAMES.get(name, name), _moves(value) if name == "moves" else _plain(value))
            for name, value in self.detail.items()
        ]

    def about(self, submission_id: int) -> "Told":
        """Of a change of law that moved many clocks, what it did to one item's."""
        why = self.detail.get("reason", "")
        mine = [move for move in self.detail.get("moves", ()) if move["id"] == submission_id]
        said = [f"{move['what']}因{why}，由 {move['old']} 改为 {move['new']}" for move in mine]
        return Told(self.action, {"reason": "；".join(said)})

    @property
    def signed(self) -> bool:
        """Did the actor sign by this act?"""
        return self.action in SIGNED or (self.action, self.detail.get("meaning")) == HANDED_IN

    @property
    def back(self) -> bool:
        """Did this act send something back?"""
        return self.action in SENT_BACK

    @property
    def facts(self) -> list[str]:
        """What else a reader of the trace wants to know, one line each."""
        found = []
        if fallen := self.detail.get("fallen"):
            found.append(f"内容已改，原来的签字失效：{'、'.join(fallen)}")
        if number := self.detail.get("index_number"):
            found.append(f"索引号 {number}")
        if self.signed and (meaning := self.detail.get("meaning")):
            found.append(f"{meaning}，内容校验码 {str(self.detail.get('digest', ''))[:SHORT]}")
        return found


def told(action: str, detail: str) -> Told:
    """The telling of an event from its action and its detail as stored."""
    return Told(action, json.loads(detail))


def _moves(moves: list[dict[str, Any]]) -> str:
    """The first moves of clocks, item by item; the whole list stands in the record."""
    told = [f"《{one['title']}》（{one['id']}）{one['what']} {one['old']} → {one['new']}" for one in moves[:MOST_MOVES]]
    rest = len(moves) - len(told)
    return "；".join(told) + (f"；另有 {rest} 处" if rest else "")


def _plain(value: Any) -> str:
    if value in (None, "", [], {}):
        return "没有"
    match value:
        case bool():
            return "是" if value else "否"
        case str() | int() | float():
            return str(value)
        case list() if all(isinstance(part, str) for part in value):
            return "、".join(value)
    return json.dumps(value, ensure_ascii=False)
