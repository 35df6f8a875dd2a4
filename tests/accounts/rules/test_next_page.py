"""Only pages of our own are gone to."""

import pytest

from town_portal.accounts.rules.next_page import own_path


@pytest.mark.parametrize("address", ["/", "/network", "/submissions/12?v=diff&page=2", "/a#b", "/稿件"])
def test_own_pages(address: str) -> None:
    assert own_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None, "", "network", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "https://evil.example", "http:evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example",
        "/\n/evil.example", "/%0d%0a\r\nX: y", " /x", "/x y", "@evil.example", "/" + "x" * 2_000, "//[", "/\u2028x",
    ],
)  # fmt: skip
def test_foreign_pages(address: str | None) -> None:
    assert own_path(address) is None
