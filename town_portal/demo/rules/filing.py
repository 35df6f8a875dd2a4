"""The items of the demo that are signed and filed, not published, and the reason each of them gives."""

from town_portal.demo.rules.corpus import Item

ACTIVE = ("active", "")
_LAW = "《政府信息公开条例》"

NOT_ACTIVE = {
    "镇综治中心调解一起46人欠薪纠纷": (
        "closed",
        f"涉及劳资双方约定保密的调解内容，公开会损害当事人合法权益，按{_LAW}第十五条不予公开。",
    ),
    "关于元旦假期机关值班和窗口服务安排的通知": (
        "closed",
        f"机关内部值班安排，属内部事务信息，按{_LAW}第十六条第一款不予公开。",
    ),
    "围镇村公益性岗位人员管理办法（试行）": (
        "on_request",
        f"试行办法只涉及在岗人员，不主动公开；按{_LAW}第二十七条接受申请。",
    ),
    "田心村调解一起宅基地滴水纠纷 两家砌起一道沟": (
        "closed",
        f"涉及邻里双方家庭情况，公开会损害其合法权益，按{_LAW}第十五条不予公开。",
    ),
    "法律顾问参与调解湴江村一起八年排水沟纠纷": (
        "on_request",
        f"涉及两户土地界址，不主动公开；按{_LAW}第二十七条接受申请。",
    ),
    "关于报送村（社区）党组织书记年度述职材料的通知": (
        "closed",
        f"机关内部工作流程，属内部事务信息，按{_LAW}第十六条第一款不予公开。",
    ),
}


def attribute(item: Item) -> tuple[str, str]:
    """The 公开属性 of an item and the reason for it."""
    return NOT_ACTIVE.get(item.title, ACTIVE)


def is_active(item: Item) -> bool:
    """Is the item to be published?"""
    return item.title not in NOT_ACTIVE
