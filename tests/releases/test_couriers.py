"""A look at links of a real server on this machine: what is listed is asked, nothing else ever is."""

import contextlib
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic, sleep

import pytest

from town_portal.releases import couriers
from town_portal.releases.rules.link import Seen, allowed

HERE = frozenset({"127.0.0.1", "::1"})


class Web:
    """A small site and whom it was asked by."""

    def __init__(self) -> None:
        asked: list[tuple[str, str]] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.headers["Host"], self.path))
                kind, _, rest = self.path.strip("/").partition("?")
                if kind == "moved":
                    self.send_response(302)
                    self.send_header("Location", rest)
                    self.end_headers()
                    return
                self.send_response(int(kind) if kind.isdigit() else 200)
                self.end_headers()
                if kind == "deleted":
                    self.wfile.write("<p>该内容已被发布者删除</p>".encode())
                elif kind == "slow":
                    for _ in range(200):
                        self.wfile.write(b"x")
                        self.wfile.flush()
                        sleep(0.05)
                elif kind == "huge":
                    for _ in range(64):
                        self.wfile.write(b"x" * 64 * 1024)
                else:
                    self.wfile.write("<p>正文</p>".encode())

            def log_message(self, *_args: object) -> None:
                """Nothing to say."""

            def handle(self) -> None:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    super().handle()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.hosts = allowed([f"localhost.localdomain:{self.port}", f"127.0.0.1:{self.port}"])
        Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


@pytest.fixture
def web() -> Iterator[Web]:
    found = Web()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("s/1", Seen.FINE),
        ("404", Seen.GONE),
        ("410", Seen.GONE),
        ("deleted", Seen.GONE),
        ("500", Seen.UNSURE),
        ("403", Seen.UNSURE),
    ],
)
def test_what_is_there_is_told(web: Web, path: str, seen: Seen) -> None:
    assert couriers.look(web.url(path), web.hosts, HERE).seen is seen


def test_an_inner_address_is_not_spoken_to_even_when_it_is_listed(web: Web) -> None:
    look = couriers.look(web.url("s/1"), web.hosts)
    assert (look.seen, "内部地址" in look.words, web.asked) == (Seen.UNSURE, True, [])


def test_what_is_not_listed_is_not_even_resolved(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("resolved")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert couriers.look(web.url("s/1"), frozenset(), HERE).seen is Seen.UNSURE
    assert couriers.look("http://127.0.0.1:1/", web.hosts, HERE).seen is Seen.UNSURE
    assert web.asked == []


def test_redirects_are_followed_to_listed_hosts_only(web: Web) -> None:
    assert couriers.look(web.url("moved?/404"), web.hosts, HERE).seen is Seen.GONE
    other = Web()
    try:
        look = couriers.look(web.url(f"moved?http://127.0.0.1:{other.port}/s"), web.hosts, HERE)
        assert (look.seen, "名单以外" in look.words, other.asked) == (Seen.UNSURE, True, [])
    finally:
        other.server.shutdown()
        other.server.server_close()
    assert couriers.look(web.url("moved?file:///etc/passwd"), web.hosts, HERE).seen is Seen.UNSURE


def test_a_circle_ends(web: Web) -> None:
    look = couriers.look(web.url("moved?/moved?/moved?/moved?/moved?/s"), web.hosts, HERE)
    assert look.seen is not Seen.GONE
    assert len(web.asked) <= 4


def test_a_long_answer_is_not_read_to_its_end(web: Web) -> None:
    began = monotonic()
    assert couriers.look(web.url("huge"), web.hosts, HERE).seen is Seen.FINE
    assert monotonic() - began < 5


def test_a_drop_at_a_time_runs_out_of_time(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "SECONDS", 0.5)
    began = monotonic()
    assert couriers.look(web.url("slow"), web.hosts, HERE).seen is Seen.UNSURE
    assert monotonic() - began < 5


def test_the_connection_goes_to_the_address_that_was_judged(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers something else the second time leads nowhere else."""
    real, answers = socket.getaddrinfo, []

    def once(host: str, *args: object, **options: object) -> object:
        if host == "localhost.localdomain":
            answers.append(host)
            assert len(answers) == 1
            return real("127.0.0.1", *args, **options)
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    url = f"http://localhost.localdomain:{web.port}/s/1"
    assert couriers.look(url, web.hosts, HERE).seen is Seen.FINE
    assert web.asked == [(f"localhost.localdomain:{web.port}", "/s/1")]


def test_nobody_at_home_is_no_proof(web: Web) -> None:
    web.server.shutdown()
    web.server.server_close()
    assert couriers.look(web.url("s/1"), web.hosts, HERE).seen is Seen.UNSURE
