"""What a link may be, where a machine may look, and what it saw."""

import pytest

from town_portal.foundation.errors import Refused
from town_portal.releases.rules.link import Look, Seen, allowed, broken, judge, onward, public, target, tidy

HOSTS = allowed(["mp.weixin.qq.com", "https://static.nfnews.com/", "Localhost.test:8123", "不是 域名"])


@pytest.mark.parametrize("url", ["https://mp.weixin.qq.com/s/a1_B", "http://epaper.qyrb.cn:8080/x?y=1#z"])
def test_a_link_of_a_browser_is_taken_as_it_is(url: str) -> None:
    assert tidy(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    ["", "佛冈发布", "mp.weixin.qq.com/s/1", "ftp://a.cn/", "javascript:alert(1)", "https://", "https://localhost/x",
     "https://a.cn/有 空格", "https://user:word@a.cn/", "https://a.cn:99999/", "https://a.cn/" + "x" * 600],
)  # fmt: skip
def test_others_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        tidy(url)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://mp.weixin.qq.com/s/1", ("https", "mp.weixin.qq.com", 443)),
        ("HTTP://MP.weixin.QQ.com./s", ("http", "mp.weixin.qq.com", 80)),
        ("http://localhost.test:8123/", ("http", "localhost.test", 8123)),
        ("http://localhost.test/", None),
        ("https://mp.weixin.qq.com:8443/", None),
        ("https://mp.weixin.qq.com.evil.cn/", None),
        ("https://evil.cn/?mp.weixin.qq.com", None),
        ("https://mp.weixin.qq.com@evil.cn/", None),
        ("https://a@mp.weixin.qq.com/", None),
        ("file:///etc/passwd", None),
        ("https://[::1", None),
    ],
)
def test_only_listed_hosts_and_ports_are_spoken_to(url: str, place: object) -> None:
    assert target(url, HOSTS) == place


def test_an_empty_list_allows_nothing() -> None:
    assert allowed([]) == frozenset()
    assert target("https://mp.weixin.qq.com/", allowed([])) is None


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1"])
def test_the_open_internet(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "not an address"],
)  # fmt: skip
def test_everything_else(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    ("status", "text", "seen"),
    [(200, "正文", Seen.FINE), (200, "抱歉，该内容已被发布者删除", Seen.GONE), (404, "", Seen.GONE), (410, "", Seen.GONE),
     (403, "", Seen.UNSURE), (500, "", Seen.UNSURE), (302, "", Seen.UNSURE)],
)  # fmt: skip
def test_an_answer_is_judged(status: int, text: str, seen: Seen) -> None:
    assert judge(status, text).seen is seen


def test_doubt_counts_the_third_time() -> None:
    doubt = Look(Seen.UNSURE, "")
    assert [broken(doubt, number) for number in (1, 2, 3)] == [False, False, True]
    assert broken(Look(Seen.GONE, ""), 1)
    assert not broken(Look(Seen.FINE, ""), 9)


def test_a_redirect_is_read_from_where_it_stands() -> None:
    assert onward("https://a.cn/x/y", "../z") == "https://a.cn/z"
    assert onward("https://a.cn/x", "//b.cn/") == "https://b.cn/"
