"""Addresses as people paste them."""

import pytest

from tests.refusals import Refused
from town_portal.notifications.rules.address import check, host, link, with_last_part, with_parameter


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填地址"),
        ("qyapi.example/send", "要以 https://"),
        ("file:///etc/passwd", "要以 https://"),
        ("https://user:word@a.example", "不能带用户名和密码"),
        ("https://a.example/x y", "有空格或换行"),
        ("https://a.example\\@b.example", "有空格或换行"),
        ("https://a.example:99999/", "不完整"),
        ("https://a.example:0/", "不完整"),
        ("https://[1::/", "不完整"),
        ("https://a.example/#x", "不完整"),
        ("https:///x", "要以 https://"),
        (f"https://a.example/{'x' * 1_000}", "有空格或换行"),
    ],
)
def test_what_is_no_address(typed: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(typed)


def test_what_is_one() -> None:
    assert check(" https://a.example:8443/x?y=1 ") == "https://a.example:8443/x?y=1"
    assert host("https://a.example:8443/x?y=1") == "a.example:8443"


def test_a_robot_is_taken_apart() -> None:
    typed = "https://wx.example/cgi-bin/webhook/send?key=7-3&debug=1"
    assert with_parameter(typed, "key") == ("https://wx.example/cgi-bin/webhook/send", "7-3")
    with pytest.raises(Refused, match="access_token=……"):
        with_parameter(typed, "access_token")
    assert with_last_part("https://f.example/open-apis/bot/v2/hook/ab-c") == (
        "https://f.example/open-apis/bot/v2/hook", "ab-c",
    )  # fmt: skip
    for wrong in ("https://f.example/hook/", "https://f.example/a/b", "https://f.example/hook/a?b=1"):
        with pytest.raises(Refused, match="/hook/……"):
            with_last_part(wrong)


@pytest.mark.parametrize(
    ("portal", "path", "whole"),
    [
        ("https://p.example", "/waiting", "https://p.example/waiting"),
        ("https://p.example/", "/a?b=1#c", "https://p.example/a?b=1#c"),
        ("https://p.example", "/稿件 1", "https://p.example/%E7%A8%BF%E4%BB%B6%201"),
        ("", "/waiting", ""),
        ("https://p.example", "", ""),
        ("https://p.example", "//b.example", ""),
        ("https://p.example", "/\\b.example", ""),
        ("https://p.example", "https://b.example", ""),
    ],
)
def test_a_link_leads_into_the_portal_or_nowhere(portal: str, path: str, whole: str) -> None:
    assert link(portal, path) == whole
