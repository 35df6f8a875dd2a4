"""A browser without a window: cookies, a kept connection, forms sent with the page's token."""

import gzip
import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|"X-CSRFToken":\s*"([^"]+)"')


class NotAnAnswer(AssertionError):
    """A redirect, a refusal or a fault where a page was to be measured."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    head_bytes: int
    raw: bytes

    @property
    def body(self) -> bytes:
        """The body, unpacked."""
        return gzip.decompress(self.raw) if self.headers.get("content-encoding") == "gzip" else self.raw

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def bytes(self) -> int:
        """Everything that came over the wire."""
        return self.head_bytes + len(self.raw)


class Browser:
    """One person's browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def request(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, whatever the answer."""
        sent = {"Accept-Encoding": "gzip", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()  # the server let a quiet connection go
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
        raw = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        head = f"HTTP/1.1 {response.status} {response.reason}\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in response.getheaders()
        )
        headers_found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers_found, len(head) + 2, raw)

    def get(self, path: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Answer:
        """A page; anything but the wanted status stops the run."""
        answer = self.request("GET", path, headers=headers)
        if answer.status != status:
            raise NotAnAnswer(f"GET {path} answered {answer.status} {answer.headers.get('location', '')}")
        return answer

    def open(self, path: str) -> Answer:
        """A page, whose forms' token is kept for what is sent next."""
        answer = self.get(path)
        found = TOKEN.search(answer.text)
        if found:
            self.token = found[1] or found[2]
        return answer

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """A form with a fresh key; anything but "go and look" (303) stops the run."""
        data = {"csrf_token": self.token, "form_key": secrets.token_urlsafe(16), **fields}
        answer = self.request("POST", path, urlencode(data))
        if answer.status != 303:
            words = re.sub(r"<[^>]+>|\s+", " ", answer.text)[:2000]
            raise NotAnAnswer(f"POST {path} answered {answer.status}: {words}")
        return answer

    def sign_in(self, phone: str, password: str) -> "Browser":
        """Through the real form."""
        self.open("/sign-in")
        self.post("/sign-in", {"login": phone, "password": password, "next": ""})
        return self
