"""How channels are connected."""

import pytest

from tests.notifications.channels import KEY, PASSWORD, SECRETS, SIGN, TOKEN, given
from tests.refusals import Refused
from town_portal.notifications.rules.connection import checked, gateway_template, opened
from town_portal.notifications.rules.kinds import ChannelKind as K


@pytest.mark.parametrize("kind", K)
def test_what_is_secret_stands_apart(kind: K) -> None:
    made = checked(kind, given(kind, signed=True))
    seen = f"{made.address}{made.config}{made!r}"
    assert not [secret for secret in SECRETS if secret in seen]
    assert made.secrets or kind is K.SMTP


def test_each_kind_keeps_its_secrets() -> None:
    assert checked(K.WECOM, given(K.WECOM)).secret == {"key": KEY}
    assert checked(K.DINGTALK, given(K.DINGTALK, signed=True)).secret == {"key": KEY, "sign": SIGN}
    assert checked(K.FEISHU, given(K.FEISHU)).config == {"signed": False}
    assert checked(K.GATEWAY, given(K.GATEWAY)).secret == {"secret": TOKEN}
    box = checked(K.SMTP, given(K.SMTP, "smtp://h:25", user="u", mail_password=PASSWORD))
    assert (box.address, box.config["port"], box.secret) == ("127.0.0.1", 25, {"password": PASSWORD})
    again = opened(K.WECOM, "https://a.example", {}, '{"key": "k"}')
    assert again.secret == {"key": "k"}


def test_a_gateway_keeps_its_template() -> None:
    made = checked(K.GATEWAY, given(K.GATEWAY, body_kind="form", body="m={phone}\nt={text}", retry_values="1，2, 3"))
    assert gateway_template(made.config, made.address).form
    assert made.config["again"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        (K.WECOM, {"webhook": ""}, "请填机器人地址"),
        (K.WECOM, {"webhook": "https://a.example/send"}, "key=……"),
        (K.WECOM, {"webhook": f"https://a.example/send?key={'k' * 600}"}, "看不见的字符"),
        (K.DINGTALK, {"webhook": "https://a.example/robot/send"}, "access_token=……"),
        (K.DINGTALK, {"signing_secret": "a\x00b"}, "看不见的字符"),
        (K.FEISHU, {"webhook": "https://a.example/robot/send"}, "/hook/……"),
        (K.SMTP, {"host": "https://smtp.example"}, "不带 http"),
        (K.SMTP, {"port": "０"}, "端口"),
        (K.SMTP, {"port": "99999"}, "端口"),
        (K.SMTP, {"security": "tls9"}, "加密方式"),
        (K.SMTP, {"user": "u"}, "要么都填"),
        (K.SMTP, {"mail_password": "p"}, "要么都填"),
        (K.SMTP, {"user": "a\x01", "mail_password": "p"}, "账号里有看不见的字符"),
        (K.SMTP, {"sender": "nobody"}, "邮箱地址"),
        (K.GATEWAY, {"gateway_secret": ""}, "请填密钥"),
        (K.GATEWAY, {"headers": ""}, "模板里没有"),
        (K.GATEWAY, {"expected": ""}, "请写明网关收下"),
        (K.GATEWAY, {"pointer": "code"}, "写成 /code"),
        (K.GATEWAY, {"number_pointer": "id"}, "写成 /code"),
        (K.GATEWAY, {"body": "{"}, "不是正确的 JSON"),
        (K.APPRISE, {"service_address": "nothing"}, "不是 Apprise 的格式"),
        (K.APPRISE, {"service_address": "dbus://x"}, "只发给服务器自己"),
    ],
)
def test_what_is_refused(kind: K, changes: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(kind, {**given(kind), **changes})
