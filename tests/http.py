"""A visitor who reads pages and sends the forms on them, like a browser without script.

The same visitor walks Flask's test client and a real server in a process of its own.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from tests.scene import PASSWORD

ROOT = Path(__file__).resolve().parents[1]
VOID_TYPES = {"submit", "button", "image", "reset", "file"}
BOUNDARY = b"-----------a-line-between-parts"
FORM = "application/x-www-form-urlencoded"


@dataclass
class SentForm:
    """A form as it stands on a page, with the values it would send."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: set[str] = field(default_factory=set)
    """The addresses its buttons send to."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """What is to be ticked one by one: the proofreader's warnings."""

    def filled(self, **changes: Any) -> list[tuple[str, str]]:
        """Its values with some changed; a list stands for several values, None for a field left out."""
        ticked = [pair for pair in self.warnings if pair not in self.fields]
        kept = [(name, value) for name, value in (*self.fields, *ticked) if name not in changes]
        for name, value in changes.items():
            values = value if isinstance(value, list) else [value]
            kept += [(name, str(one)) for one in values if one is not None]
        return kept


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SentForm] = []
        self._form: SentForm | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "form":
            self._form = SentForm(given.get("action") or "")
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "button":
            self._form.buttons.add(given.get("formaction") or self._form.action)
        elif tag == "input" and name and given.get("type") not in VOID_TYPES:
            if name == "answered":
                self._form.warnings.append((name, value))
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._form.fields.append((name, value if "value" in given else "on"))
        elif tag == "textarea" and name:
            self._area = name
            self._form.fields.append((name, ""))
        elif tag == "select" and name:
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in given):
            self._chosen = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select" and self._select and self._form:
            if self._chosen is not None:
                self._form.fields.append((self._select, self._chosen))
            self._select = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + (data if value else data.removeprefix("\r").removeprefix("\n")))


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    text: str
    location: str = ""
    headers: Any = None

    def form(self, action: str) -> SentForm:
        """The form that sends to an address, itself or by one of its buttons."""
        reader = _FormReader()
        reader.feed(self.text)
        found = [one for one in reader.forms if one.action == action or action in one.buttons]
        assert found, f"no form sends to {action}; there are {[one.action for one in reader.forms]}"
        return found[0]


def choice(page: Page, words: str) -> str:
    """The value of the choice that people see under these words."""
    found = re.search(rf'<option[^>]*value="([^"]*)"[^>]*>{re.escape(words)}</option>', page.text)
    assert found, f"no choice “{words}”"
    return found[1]


class Visitor:
    """Reads pages and sends the forms on them."""

    def get(self, path: str, **headers: str) -> Page:
        """Open a page."""
        raise NotImplementedError

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Page:
        """Send a form's values."""
        raise NotImplementedError

    def send(self, page: str | Page, action: str, **changes: Any) -> Page:
        """Open a page (or take one that is open), fill in one of its forms, and send it."""
        opened = self.get(page) if isinstance(page, str) else page
        return self.post(action, opened.form(action).filled(**changes))

    def sign_in(self, login: str, password: str = PASSWORD) -> Page:
        """Sign in by the form."""
        return self.send("/sign-in", "/sign-in", login=login, password=password)


class ClientVisitor(Visitor):
    """Walks Flask's test client."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> Page:
        """Open a page."""
        answer = self.client.get(path, headers=headers)
        return Page(answer.status_code, answer.text, answer.location or "", answer.headers)

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Page:
        """Send a form's values."""
        answer = self.client.post(path, data=urlencode(fields), content_type=FORM, headers=headers)
        return Page(answer.status_code, answer.text, answer.location or "", answer.headers)


class Browser(Visitor):
    """Walks a real server over a connection of its own; keeps cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})

    def twin(self) -> "Browser":
        """Another window of the same browser."""
        return Browser(self.port, self.cookies)

    def get(self, path: str, **headers: str) -> Page:
        """Open a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Page:
        """Send a form's values."""
        return self._ask("POST", path, urlencode(fields).encode(), {"Content-Type": FORM, **headers})

    def send_file(self, path: str, fields: list[tuple[str, str]], file: tuple[str, str, bytes]) -> Page:
        """Send a form's values with one file: (field, name, content)."""
        field, name, content = file
        line = b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name="
        parts = [line + f'"{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields]
        parts += [line + f'"{field}"; filename="{name}"\r\n\r\n'.encode() + content, b"\r\n--" + BOUNDARY + b"--\r\n"]
        return self._ask(
            "POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY.decode()}"}
        )

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {**headers, **({"Cookie": cookie} if cookie else {})})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return Page(answer.status, text, answer.headers.get("Location", ""), answer.headers)


class Server:
    """``python -m town_portal.server`` on a database, in a process of its own."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        self.database = database
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data / "server.log"

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TOWN_PORTAL_")},
            "TOWN_PORTAL_DATA": str(self.data),
            "TOWN_PORTAL_DATABASE": self.database,
            "TOWN_PORTAL_SECRET_KEY": "a key for tests only, forty bytes long!!",
            "PORT": str(self.port),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "town_portal.server"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self._wait()
        return self

    def kill(self) -> None:
        """Take its power away (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it finish what is under way (SIGTERM)."""
        self._end(signal.SIGTERM)

    def browser(self) -> Browser:
        """A browser that is not signed in."""
        return Browser(self.port)

    def words(self) -> str:
        """What it logged."""
        return self.log.read_text()

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(90)  # jobs under way end first; the machine may be busy
            self.process = None

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                if self.browser().get("/sign-in").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        code = self.process and self.process.poll()
        raise AssertionError(f"the server did not start (it ended with {code}):\n{self.words()}")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def shown(page: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
