"""Devices in words."""

import pytest

from town_portal.accounts.rules import device


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/86.0 Safari/537.36", "Windows 电脑 · Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Windows 电脑 · Edge"),
        ("Mozilla/5.0 (Linux; Android 12) Chrome/86 MicroMessenger/8.0", "安卓手机 · 微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Safari/604.1 wxwork/4", "苹果手机 · 企业微信"),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0", "Linux 电脑 · 火狐"),
        ("curl/8", "未知设备"),
        ("", "未知设备"),
        (None, "未知设备"),
    ],
)
def test_words(agent: str | None, words: str) -> None:
    assert device.words(agent) == words
