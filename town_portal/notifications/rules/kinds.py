"""The kinds of channels, with what each takes and where an administrator finds its address."""

from dataclasses import dataclass
from enum import StrEnum

from town_portal.notifications.rules.message import Way


class ChannelKind(StrEnum):
    """By whose service a channel sends."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    SMTP = "smtp"
    GATEWAY = "gateway"
    APPRISE = "apprise"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {
            "wecom": "企业微信群机器人",
            "dingtalk": "钉钉群机器人",
            "feishu": "飞书群机器人",
            "smtp": "电子邮箱",
            "gateway": "短信网关",
            "apprise": "其他服务",
        }[self.value]


class Audience(StrEnum):
    """Whom a channel reaches."""

    TOWN = "town"
    UNITS = "units"
    PERSONS = "persons"

    @property
    def label(self) -> str:
        """The audience in Chinese."""
        return {"town": "全镇的工作群", "units": "指定单位的工作群", "persons": "发给个人"}[self.value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one kind. ``bytes_limit``: of UTF-8; ``per_minute``: messages in any sixty seconds."""

    way: Way
    bytes_limit: int
    per_minute: int
    explanation: str


FACTS: dict[ChannelKind, Facts] = {
    # https://developer.work.weixin.qq.com/document/path/91770: 2048 bytes, 20 a minute
    ChannelKind.WECOM: Facts(
        Way.GROUP,
        2_048,
        20,
        "在企业微信里打开工作群，点右上角“…”→“群机器人”→“添加”，建好后复制它的 Webhook 地址。"
        "私有部署的政务微信一样，地址换成本单位的域名。",
    ),
    # The robot of a group: 20 a minute, else it is shut for ten; a message of 20,000 bytes.
    ChannelKind.DINGTALK: Facts(
        Way.GROUP,
        16_000,
        20,
        "在钉钉工作群里点“群设置”→“机器人”→“添加机器人”→“自定义”。安全设置选“加签”并把 SEC 开头的密钥填在下面；"
        "选“自定义关键词”的，关键词填“信息公开”。",
    ),
    # 100 a minute and five a second; a request of 20 KB.
    ChannelKind.FEISHU: Facts(
        Way.GROUP,
        16_000,
        100,
        "在飞书工作群里点“设置”→“群机器人”→“添加机器人”→“自定义机器人”，复制 Webhook 地址。"
        "勾选“签名校验”的，把密钥填在下面；勾选“自定义关键词”的，关键词填“信息公开”。",
    ),
    ChannelKind.SMTP: Facts(
        Way.MAIL,
        32_000,
        60,
        "向邮箱的管理员要发信服务器（SMTP）的地址、端口和授权码。授权码不是登录密码，一般在邮箱网页版的设置里生成。",
    ),
    # Two joined texts of 67 characters each are a price most towns bear; three bytes a character.
    ChannelKind.GATEWAY: Facts(
        Way.SMS,
        402,
        60,
        "按短信服务商的接口说明填写。写 {phone} 的地方换成手机号，{text} 换成内容，{number} 换成编号，{secret} 换成密钥。",
    ),
    ChannelKind.APPRISE: Facts(
        Way.GROUP,
        2_000,
        20,
        "没有列在上面的服务，填 Apprise 格式的地址。服务器上要先装好 apprise 这个组件。",
    ),
}

FOR_PERSONS = frozenset(kind for kind, facts in FACTS.items() if facts.way is not Way.GROUP)


def audiences(kind: ChannelKind) -> tuple[Audience, ...]:
    """Whom a channel of this kind may reach."""
    return (Audience.PERSONS,) if kind in FOR_PERSONS else (Audience.TOWN, Audience.UNITS)
