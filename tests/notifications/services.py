"""Services on this machine that speak like the real ones: HTTP 200 to everything, the truth in the body."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's value."""
        return json.loads(self.body)

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the address."""
        return parse_qs(urlsplit(self.path).query)


@dataclass
class Answer:
    """One answer: status, body (a value is sent as JSON), headers, and how long it is waited with."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0


GOOD = {
    "/cgi-bin/webhook/send": {"errcode": 0, "errmsg": "ok"},
    "/robot/send": {"errcode": 0, "errmsg": "ok"},
    "/open-apis": {"code": 0, "msg": "success", "data": {}},
    "/sms": {"code": 0, "data": {"id": "SMS-77"}},
}


class Services:
    """Everything that was asked, and what to answer next; after that, all is well."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.next: list[Answer] = []
        self.always: Answer | None = None
        self.by_path: dict[str, Answer] = {}
        self.address = ""
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Answer:
        """What this request gets."""
        with self._lock:
            self.asked.append(asked)
            if self.next:
                return self.next.pop(0)
        good = next((body for path, body in GOOD.items() if asked.path.startswith(path)), {})
        own = next((answer for path, answer in self.by_path.items() if asked.path.startswith(path)), None)
        return self.always or own or Answer(good)


@contextmanager
def services() -> Iterator[Services]:
    """A server that runs as long as the block."""
    house = Services()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = house.answer(Asked(self.command, self.path, dict(self.headers), body))
            time.sleep(answer.after)
            sent = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = _any  # noqa: N815 - the library calls them so

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    house.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class MailBox:
    """A mail server's other side."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: list[str] = []
        self.accounts: list[tuple[str, str]] = []
        self.address = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a letter, or not."""
        if self.refusals:
            return self.refusals.pop(0)
        content = envelope.original_content or b""
        self.letters.append(BytesParser(EmailMessage, policy=default).parsebytes(content))
        return "250 OK"

    def sign_in(self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """One account is known."""
        name, password = data.login.decode(), data.password.decode()
        self.accounts.append((mechanism, name))
        return AuthResult(success=password == "a-secret-of-the-mail-box", handled=False)


@contextmanager
def mail_server(*, wants_account: bool = False) -> Iterator[MailBox]:
    """A mail server that runs as long as the block."""
    box = MailBox()
    more = {"authenticator": box.sign_in, "auth_require_tls": False} if wants_account else {}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    box.address = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
