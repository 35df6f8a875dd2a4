"""What sort of device a browser says it is, in words its owner recognises."""

SYSTEMS = (
    ("HarmonyOS", "鸿蒙手机"), ("Android", "安卓手机"), ("iPhone", "苹果手机"), ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"), ("Mac OS", "苹果电脑"), ("Linux", "Linux 电脑"),
)  # fmt: skip
BROWSERS = (
    ("wxwork", "企业微信"), ("MicroMessenger", "微信"), ("QQBrowser", "QQ 浏览器"), ("360SE", "360 浏览器"),
    ("Edg", "Edge"), ("Firefox", "火狐"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def words(agent: str | None) -> str:
    """Windows 电脑 · Chrome; 未知设备 when it says nothing known."""
    names = [next((name for sign, name in table if sign in (agent or "")), None) for table in (SYSTEMS, BROWSERS)]
    return " · ".join(name for name in names if name) or "未知设备"
