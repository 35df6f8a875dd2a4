"""Pages travel packed: to browsers that take it, once, and with lengths that tell nothing."""

import gzip
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from town_portal.web.compression import LEAST, packed

PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_travels_packed_and_reads_the_same(client: FlaskClient) -> None:
    answer = client.get("/sign-in", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "登录" in gzip.decompress(answer.data).decode()


@pytest.mark.parametrize("accepted", [None, "identity", "gzip;q=0"])
def test_who_does_not_take_it_packed_gets_it_plain(client: FlaskClient, accepted: str | None) -> None:
    answer = client.get("/sign-in", headers={"Accept-Encoding": accepted} if accepted else None)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "登录" in answer.text


def test_no_head_and_no_empty_answer_is_packed(client: FlaskClient, signed_in: Callable[[str], FlaskClient]) -> None:
    assert "Content-Encoding" not in client.head("/sign-in", headers=PACKED).headers
    page = client.get("/portal", headers=PACKED)
    unchanged = client.get("/portal", headers={**PACKED, "If-None-Match": page.headers["ETag"]})
    assert unchanged.status_code == 304
    assert "Content-Encoding" not in unchanged.headers
    reviewer = signed_in("head")
    seen = reviewer.get("/waiting/pulse", headers={"X-Seen": "0.0"}).headers["X-Seen"]
    pulse = reviewer.get("/waiting/pulse", headers={**PACKED, "X-Seen": seen})
    assert pulse.status_code == 204
    assert "Content-Encoding" not in pulse.headers


def test_what_is_the_same_for_everybody_is_packed_once(client: FlaskClient) -> None:
    first, second = (client.get("/portal", headers=PACKED) for _ in range(2))
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.data == second.data
    assert client.get("/portal").text == gzip.decompress(first.data).decode()


def test_the_length_of_a_page_of_ones_own_is_noise() -> None:
    page = "汤塘镇信息公开".encode() * LEAST
    lengths = {len(packed(page, noise=True)) for _ in range(60)}
    assert len(lengths) > 10
    assert all(gzip.decompress(packed(page, noise=True)) == page for _ in range(60))
    assert packed(page, noise=False) == packed(page, noise=False)
